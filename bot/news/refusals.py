"""Denials that name no number: "Kabul denied that any of its soldiers were hurt", "rejected the Taliban figure".

Such a denial is a claim without a number: who denies, whose losses, and whose word, each only where the text
names it. The ledger sets it against the claims that it answers, whichever was told first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.news.figures.claimants.sayings import CLAIMS
from bot.news.figures.claims.claim import DENIAL
from bot.news.figures.claims.houses import voices
from bot.news.figures.parties.sides import BY_SIDE
from bot.news.model import OTHER_SIDE, Document, Figure, Measure, Party, Side
from bot.news.text.denying import DISPUTE, NOT
from bot.news.text.lexicon import Mention, Text
from bot.news.text.words import PRONOUNS, Span, Token, word_set
from bot.news.topics.topic import Topic

OTHER_MATTERS = word_set(
    "involvement responsibility role hand part complicity entry access visas carrying conducting harbouring harboring "
    "sheltering link links knowledge hosting"
)
RECALLS = word_set("which who whose whom where when")  # "the raid WHICH killed nine": that is not denied
FIGURE = word_set("figure figures toll tolls number numbers")
HARM_WORDS: dict[Measure, frozenset[str]] = {
    "casualties": word_set("hurt harmed hit casualties casualty losses loss harm targeted"),
    "killed": word_set("killed killing killings died deaths death dead"),
    "wounded": word_set("wounded injured injuries"),
    "captured": word_set("captured seized prisoner prisoners"),
}
OWNED = CLAIMS | FIGURE
DONE = frozenset().union(*HARM_WORDS.values()) | word_set("left claimed")
FORCES = word_set("soldiers soldier troops forces fighters personnel men guards army")
CIVILIANS = word_set("civilian civilians women children noncombatants")
OFFICIALS = word_set("officials official sources military army government ministry")

ADVERBS = word_set("also later however again had has have strongly flatly on")
ARMED, UNARMED = BY_SIDE["security"], BY_SIDE["civilians"]
BEFORE, BEHIND = 14, 24  # words around the verb that are looked at
NEAR = 6  # words between whose word it is and "claim"
POSSESSIVE = ("'s", "’s", "s'", "s’")
EARLIER = 30  # figures before a denial that it may be about
LONGEST = 140  # characters of a denial's own words


class Denier(NamedTuple):
    name: str
    side: Side
    text: str


def refusals(document: Document, topic: Topic, figures: Sequence[Figure] = ()) -> tuple[Figure, ...]:
    """The denials of a text that name no number; `figures`: its numbers, whose denials are theirs."""
    text = topic.lexicon.read(document.text)
    figures = sorted(figures, key=lambda figure: figure.start)
    starts = [figure.start for figure in figures]
    denied = {f.text.lower() for f in figures if f.denied_by and f.low is not None}
    found: list[Figure] = []
    for order, span in enumerate(text.sentences):
        words = text.words(span)
        verb = next((at for at in words if text.tokens[at].word in DISPUTE), None)
        if verb is None:
            continue
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        if any(figure.denied_by for figure in figures[first:last]) or denied & set(text.folded(span)):
            continue
        if NOT.intersection(text.before(verb, 2, span)):
            continue
        earlier = text.sentences[order - 1] if order else None
        before = figures[max(0, first - EARLIER) : last]
        denier = _denier(text, span, verb, earlier, before)
        if denier and (made := _denial(text, span, verb, denier)):
            found.append(_of_number(made, before, topic))
    return tuple({(f.measure, f.party, f.claimant, f.what): f for f in reversed(found)}.values())


def _denier(
    text: Text, span: Span, verb: int, earlier: Span | None, figures: Sequence[Figure]
) -> Denier | None:
    """Who denies, by name; a pronoun stands for the only one who spoke, or is named, in the sentence before."""
    tokens = text.tokens
    inside = [m for m in text.within(span) if m.token < verb <= m.token + BEFORE and m.side in OTHER_SIDE]
    subject = verb - 1
    while subject > 0 and tokens[subject].word in ADVERBS:
        subject -= 1
    if tokens[subject].start >= span.start and tokens[subject].word in PRONOUNS:
        spoke = {f.claimant for f in figures if earlier and earlier.start <= f.start < earlier.end}
        named = {m.name: m for m in text.within(earlier) if m.is_actor} if earlier else {}
        meant = [m for name, m in named.items() if name in spoke] or list(named.values())
        word = text.text[tokens[subject].start : tokens[subject].end]
        one = meant[0] if len(meant) == 1 and meant[0].side in OTHER_SIDE else None
        return Denier(one.name, _side(one), word) if one else None
    for mention in reversed(inside):
        said = text.spelled(mention)
        if mention.is_actor:
            return Denier(mention.name, _side(mention), said)
        follow = tokens[mention.token + 1 : min(mention.token + 4, verb)]
        of = next((token for token in follow if token.word in OFFICIALS), None)
        if mention.kind == "demonym" and of:
            who = text.text[mention.start : of.end]
            return Denier(who, _side(mention), who)
    return None


def _of_number(denial: Figure, figures: Sequence[Figure], topic: Topic) -> Figure:
    """ "The Taliban figure": whom it counts is said where the text gives it."""
    if denial.party != "unspecified":
        return denial
    known = voices(topic)
    told = [
        f
        for f in figures
        if f.start < denial.start
        and f.own_loss is False
        and f.measure in HARM_WORDS
        and denial.what in (f.claimant, *known.get(f.claimant, ()))
    ]
    return replace(denial, measure=told[-1].measure, party=told[-1].party) if told else denial


def _side(mention: Mention) -> Side:
    return "PK" if mention.side == "PK" else "AF"


def _denial(text: Text, span: Span, verb: int, denier: Denier) -> Figure | None:
    """What is denied, where it is somebody's losses or somebody's count of them."""
    behind = [t for t in text.tokens[verb + 1 : verb + 1 + BEHIND] if t.end <= span.end]
    behind = behind[: next((at for at in range(1, len(behind)) if _recalls(behind, at)), len(behind))]
    if not behind or OTHER_MATTERS & {token.word for token in behind[:3]}:
        return None
    words = {token.word for token in behind}
    named = [m for m in text.within(span) if m.token > verb]
    owners = [m for m in named if m.side in OTHER_SIDE and _owns_claim(text, m)]
    counted = bool(FIGURE & words)
    measure = next((of for of, said in HARM_WORDS.items() if said & words), "casualties" if counted else None)
    party = _party(behind, [m for m in named if m not in owners], denier)
    whose = next((m.name for m in named if m.is_actor and m.side == OTHER_SIDE[denier.side]), None)
    if measure is None or (party == "unspecified" and not ((counted or owners) and whose)):
        return None
    start, end = text.tokens[verb].start, _end(text, behind)
    said = text.text[start:end]
    return Figure(
        None, None, said, "vague", measure, whose, party, denier.name, denier.text, "incident",
        party in (ARMED[denier.side], UNARMED[denier.side]), None, False, said, start, end,
        rule=DENIAL, sentence=text.spelled(span),
    )  # fmt: skip


def _owns_claim(text: Text, mention: Mention) -> bool:
    """ "KABUL'S claim of 58 soldiers killed", "TALIBAN claims": whose word it is, not whose dead."""
    after = text.tokens[mention.token + 1 : mention.token + NEAR]
    said = next((token for token in after if token.word in OWNED), None)
    if said is None:
        return False
    return said is after[0] or text.text[mention.start : said.start].rstrip().endswith(POSSESSIVE)


def _recalls(behind: Sequence[Token], at: int) -> bool:
    """Whether a clause begins that only tells of somebody or something: "the strike THAT killed ten"."""
    word, before = behind[at].word, behind[at - 1].word
    killing = word == "that" and before not in CLAIMS and behind[at + 1 :] and behind[at + 1].word in DONE
    return word in RECALLS or bool(killing)


def _party(behind: Sequence[Token], named: Iterable[Mention], denier: Denier) -> Party:
    """Whose losses: "its soldiers" are the denier's own, a people named is that people, civilians are the other side's."""
    words = [token.word for token in behind]
    side = next((_side(m) for m in named if m.side in OTHER_SIDE), None)
    if FORCES & set(words):
        own = any(word in ("its", "their", "his") for word in words)
        whose = denier.side if own else side
        return ARMED[whose] if whose else "unspecified"
    if CIVILIANS & set(words):
        return UNARMED[side or OTHER_SIDE[denier.side]]
    return "unspecified"


def _end(text: Text, behind: Sequence[Token]) -> int:
    """Where the denial's own words end: before a second clause, or at a bound."""
    start = behind[0].start
    stop = min(behind[-1].end, start + LONGEST)
    cut = next((at for mark in (";", ", ") if (at := text.text.find(mark, start, stop)) > 0), stop)
    whole = [token.end for token in behind if token.end <= min(cut, stop)]
    return whole[-1] if whole else behind[0].end
