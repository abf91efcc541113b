"""How a state word is meant: a state, one to come, a wish, one before; for whom; denied or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.news.text.denying import DENY, DENYING, NEGATION
from bot.news.text.lexicon import Cue, Text
from bot.news.text.words import DAY_NAMES, Span, word_set

BEFORE_IT = word_set("after following since despite ended ends end ending until till lift lifts lifted")
AHEAD = word_set("to will would may might could can shall should must")
BETWEEN = word_set(
    "be been being is are was were fully partially partly finally soon again temporarily formally immediately now all"
)
STAY = word_set(
    "remain remains remained stay stays stayed still keep keeps kept stands stood continue continues"
)
FAILED = word_set("yet refuses refused refuse fails failed unable declines declined unwilling")
WISHED = word_set(
    "urge urges urged urging call calls called calling demand demands demanded ask asks asked want wants wanted discuss "
    "discusses discussed discussing appeal appeals appealed press pressed seek seeks sought hope hopes hoped negotiate "
    "request requests requested propose proposes proposed give gives gave ultimatum deadline if unless whether consider considers"
)

WHO = word_set("who that which")
FALSE = word_set("false untrue baseless fake incorrect wrong unfounded rumours rumors")
FIRE = word_set("fire firing gunfire")
SOON = word_set("tomorrow کل سبا فردا غدا कल")
SOMEWHAT = word_set("partially partly partial limited restricted جزوی قسما جزئيا")
BRIEF = word_set("temporarily temporary briefly عارضی موقتا")
FOR_WHOM = word_set("for to only solely exclusively")
ONLY = word_set("only solely exclusively")
A_WHILE = word_set(
    "a an one be few hour hours minute minutes day days week weeks while now"
)  # "for an hour only"
AGAIN = word_set("again later")
EXCEPT = word_set("except excepting excluding")  # "closed to all except patients"
AND = word_set("and or")
WHEN = frozenset(DAY_NAMES) | word_set("on early late morning afternoon evening night today again")
STRONG = word_set("while whereas but although though as because when")  # begin another clause
NEAR = 6  # words before a state word that say how it is meant
HELD = 3  # words between "not", "stays" or "had" and it
GONE = 4  # words between "after" and it
WHOM = 4  # words between "for" and for whom, or between two in a list
AROUND = 9  # words between "suspended" and what was
FAR = 10  # words between it and "was false"
WEAK = frozenset(("state.halt", "state.resume", "state.let"))  # say something only of traffic
OPENS = frozenset(("state.open", "state.resume", "state.let"))
PASSING = {"passing.goods": "goods", "passing.people": "people", "passing.few": "few"}
GATES = frozenset(("gate.border", "gate.all"))


class Word(NamedTuple):
    """A state word as it is meant."""

    opens: bool
    planned: bool
    at: int  # token
    passing: frozenset[str] = frozenset()  # goods, people or few; empty: everything
    whom: str = ""  # the text's own words for the few
    brief: bool = False
    perfect: bool = False  # "had been closed"
    denier: int = -1  # the token of "denied", where somebody does
    denied: bool = False
    noun: bool = False  # "the closure"
    holds: bool = False  # "remains shut": no change of that day
    again: bool = False  # "shut again two hours later": over is what was before


class Line(NamedTuple):
    """A sentence with what the lists find in it. `gates`: tokens at which a crossing is named."""

    text: Text
    span: Span
    cues: Sequence[Cue]
    gates: Sequence[int]

    @property
    def tokens(self) -> range:
        return self.text.words(self.span)

    def words(self, first: int, last: int) -> list[str]:
        """The words of the sentence between two tokens."""
        inside = self.tokens
        return [t.word for t in self.text.tokens[max(first, inside.start) : min(last, inside.stop)]]

    def breaks(self, first: int, last: int) -> list[int]:
        """The tokens between two with which another clause begins: behind a ";", or at "but"."""
        tokens, inside = self.text.tokens, self.tokens
        among = range(max(first, inside.start), min(last, inside.stop))
        return [at for at in among if tokens[at].word in STRONG or ";" in self.between(at - 1, at)]

    def between(self, one: int, other: int) -> str:
        """What stands between two tokens."""
        tokens = self.text.tokens
        return self.text.text[tokens[max(one, 0)].end : tokens[other].start]

    def near(self, names: frozenset[str] | set[str], first: int, last: int) -> list[Cue]:
        return [cue for cue in self.cues if cue.name in names and first <= cue.token < last]


def states(line: Line) -> list[Word]:
    """Every state word of a sentence, in order; none of a question."""
    if line.text.text[line.span.start : line.span.end].rstrip().endswith(("?", "؟")):
        return []
    found: list[Cue] = []
    for cue in (one for one in line.cues if one.name.startswith("state.")):
        if not (found and cue.name == "state.let" and _is_aim(line, found[-1], cue)):
            found.append(cue)
    marks = [cue.token for cue in found]
    return [word for n, cue in enumerate(found) if (word := _word(line, cue, marks[:n], marks[n + 1 :]))]


def _is_aim(line: Line, opening: Cue, cue: Cue) -> bool:
    """ "Opened (Chaman) to let families home": one opening."""
    words = line.words(opening.token + 1, cue.token)
    near = words[-1:] == ["to"] and len(words) <= WHOM
    return near and opening.name == "state.open" and "," not in line.between(opening.token, cue.token)


def _word(line: Line, cue: Cue, before: Sequence[int], behind: Sequence[int]) -> Word | None:
    first = before[-1] + 1 if before else line.tokens.start
    last = behind[0] if behind else line.tokens.stop
    told = _passing(line, cue, first, last)
    if cue.name == "state.open" and _opens_fire(line, cue.token):
        return None
    if told is None or _of_others(line, cue):
        return None
    denier = _denier(line, cue.token)
    denied = denier >= 0 or _is_false(line, cue.token)
    meant = _opens(line, cue)
    if meant is None or (denied and meant[1]):
        return None
    prior = set(line.words(cue.token - HELD, cue.token))
    behind_it = set(line.words(cue.token, cue.token + NEAR))
    return Word(
        opens=meant[0] is not denied or ("few" in told[0] and bool(EXCEPT & behind_it)),
        planned=meant[1],
        at=cue.token,
        passing=told[0],
        whom=told[1],
        brief=bool(BRIEF & {*prior, *line.words(cue.token, cue.token + HELD)}),
        perfect="had" in prior,
        denier=denier,
        denied=denied,
        noun=cue.name == "state.closure",
        holds=bool((STAY | FAILED | NEGATION) & prior),
        again=bool(AGAIN & behind_it),
    )


def _opens_fire(line: Line, at: int) -> bool:
    """ "Opened unprovoked and indiscriminate fire"; not "opened two days after the firing"."""
    return next((w for w in line.words(at + 1, at + NEAR) if w in FIRE | BEFORE_IT | FOR_WHOM), "") in FIRE


def _opens(line: Line, cue: Cue) -> tuple[bool, bool] | None:
    """Whether it opens or shuts, and whether that is to come; None for a wish, or for what was before."""
    at, opens = cue.token, cue.name in OPENS
    prior = line.words(at - NEAR, at)
    if prior and prior[-1] == "to" and WISHED & set(prior):
        return None
    if opens and FAILED & set(prior[-HELD:]):
        return False, False
    if NEGATION & set(prior[-HELD:]):
        return opens is _of_who(line, at, prior[-HELD:]), False
    if _was_before(line, at) or (WISHED & set(prior[-2:]) and not STAY & set(prior)):
        return None
    if STAY & set(prior[-HELD:]):
        return opens, False
    while prior and prior[-1] in BETWEEN:
        prior = prior[:-1]
    if prior[-2:] == ["only", "to"] and line.near(OPENS | {"state.shut"}, line.tokens.start, at):
        return opens, False  # "reopened only to be shut again"
    return opens, bool(AHEAD & set(prior[-1:]) or SOON & set(line.words(at, at + NEAR)))


def _of_who(line: Line, at: int, prior: Sequence[str]) -> bool:
    """ "Not closed by us", "it was not we who closed it": closed it is."""
    negated = max(n for n, word in enumerate(prior) if word in NEGATION)
    return "by" in line.words(at + 1, at + HELD) or not WHO.isdisjoint(prior[negated:])


def _was_before(line: Line, at: int) -> bool:
    """ "After a 25-day closure"; not "after the clash Torkham closed", "after talks, shut again"."""
    prior = line.words(at - GONE, at)
    gone = max((n for n, word in enumerate(prior) if word in BEFORE_IT), default=-1)
    if gone < 0:
        return False
    start = at - len(prior) + gone
    named = any(start < gate < at for gate in line.gates) or line.near(GATES, start, at)
    apart = named or line.breaks(start, at + 1) or "," in line.between(start, at)
    return not apart or line.near({"state.closure"}, at, at + 1) != []


def _denier(line: Line, at: int) -> int:
    """The token of the verb that denies it, or -1: "denied that it was closed"."""
    words = line.words(line.tokens.start, at)
    deny = max((n for n, word in enumerate(words) if word in DENY or word in DENYING), default=-1)
    if deny < 0 or STRONG & set(words[deny:]) or NEGATION & set(words[max(0, deny - 2) : deny]):
        return -1
    return line.tokens.start + deny


def _is_false(line: Line, at: int) -> bool:
    """ "Reports that it was shut were false"."""
    behind = line.words(at, at + FAR)
    return bool(FALSE & set(behind)) and not NEGATION & set(behind[1:])


def _of_others(line: Line, cue: Cue) -> bool:
    """Whether a school or a road is shut and no gate: it stands nearer to the word."""
    at, reach = cue.token, WHOM + 1
    other = line.near({"gate.elsewhere"}, at - reach, at + reach)
    if not other:
        return False
    ours = [c.token for c in line.near(GATES | {"passing.traffic", *PASSING}, at - reach, at + reach)]
    ours += [gate for gate in line.gates if abs(gate - at) <= reach]
    nearest = min((abs(one - at) for one in ours), default=reach)
    return any(abs(c.token - at) < nearest for c in other)


def _passing(line: Line, cue: Cue, first: int, last: int) -> tuple[frozenset[str], str] | None:
    """Whom a state word is about; None where a word that needs traffic has none: "suspended an officer"."""
    at, end = cue.token, cue.token + len(cue.phrase.split())
    weak = cue.name in WEAK
    start, stop = max(first, at - AROUND), min(last, end + AROUND)
    around = max((start, *line.breaks(start, at + 1))), min((stop, *line.breaks(end, stop)))
    subject = _subject(line, first, at)
    if weak or not cue.phrase.isascii():
        found = subject or line.near(set(PASSING), *around)
        traffic = line.near({"passing.traffic"}, *around)
        if weak and not found and not (traffic and cue.name != "state.let"):
            return None
    else:
        found = _for_whom(line, end, last) or subject
        if not found and cue.name == "state.open" and (alone := _only_whom(line, end, last)) is not None:
            return frozenset({"few"}), alone
    if SOMEWHAT & set(line.words(at - 2, end + 2)):
        return frozenset({"few"}), ""
    every = line.near({"passing.every"}, *around) and not (weak and subject)
    if every or "first" in line.words(end, end + 3):
        return frozenset(), ""  # "patients were let through FIRST": others follow
    whom = {PASSING[c.name] for c in found}
    few = [c.phrase.lower() for c in found if c.name == "passing.few"]
    if few:
        return frozenset({"few"}), " and ".join(dict.fromkeys(few))
    return frozenset() if whom == {"goods", "people"} else frozenset(whom), ""


def _for_whom(line: Line, start: int, last: int) -> list[Cue]:
    """ "Open for trade and pedestrians", "open only for returnees"; not "closed for a third day, stranding lorries"."""
    when = line.words(start, last)
    start += next((at for at, word in enumerate(when) if word not in WHEN), len(when))
    named = [gate for gate in line.gates if start <= gate <= start + 1]
    words = line.words(start, start + 2 + 2 * len(named))
    if not FOR_WHOM & set(words):
        return []
    begin = start + min(n for n, word in enumerate(words) if word in FOR_WHOM)
    found: list[Cue] = []
    following = _subject(line, begin, last) if last < line.tokens.stop else ()  # "…, cargo still halted"
    reach = begin + WHOM + 1
    for cue in line.near(set(PASSING), begin, last):
        between = line.text.text[line.text.tokens[begin].end : cue.start]
        if (
            cue.token > reach
            or (not found and "," in between)
            or line.breaks(begin, cue.token + 1)
            or cue in following
        ):
            break
        found.append(cue)
        reach = cue.token + WHOM
    return found


def _only_whom(line: Line, start: int, last: int) -> str | None:
    """Those for whom alone it is open, "" where only the first word of them is sure; None where it says no such thing.

    "To holders of permits only", "(but) only for locals"; not "for two hours only"
    """
    words = line.words(start, min((last, start + NEAR + WHOM, *line.breaks(start + 1, last))))
    at = next((n for n, word in enumerate(words) if word in FOR_WHOM - ONLY), len(words))
    before, whom = set(words[:at]), words[at + 1 : at + 2 + WHOM]
    gate = at <= WHOM and any(start <= gate < start + at for gate in line.gates)
    if not whom or not (gate or before <= WHEN | ONLY | {"but"}):
        return None
    end = next((n for n, word in enumerate(whom) if word in ONLY), 0)
    if not (end or before & ONLY) or A_WHILE & set(whom[: end or 2]):
        return None
    return " ".join(whom[:end])


def _subject(line: Line, first: int, at: int) -> list[Cue]:
    """ "Commercial goods remain barred", "trade and travel suspended": right before the word."""
    while at > first and line.words(at - 1, at)[0] in BETWEEN | STAY:
        at -= 1
    found: list[Cue] = []
    if line.between(at - 1, at).strip():
        return found  # "for patients; closed to others"
    while nearest := [c for c in line.near(set(PASSING), first, at) if c.token + len(c.phrase.split()) == at]:
        found[:0] = nearest
        at = nearest[0].token
        if AND & set(line.words(at - 1, at)):
            at -= 1
        elif "," not in line.between(at - 1, at) or FOR_WHOM & set(line.words(at - HELD, at)):
            break  # "open to travellers, cargo still halted"
    return found
