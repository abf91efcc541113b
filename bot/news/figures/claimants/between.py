"""What may stand between a subject and its verb: adverbs, words of time, a relative clause."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.sayings import is_head
from bot.news.figures.sentence.units import (
    ADJECTIVES_ED,
    ADVERBS,
    BE,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    Unit,
    is_noun,
    is_verb,
    looks_finite,
)
from bot.news.figures.sentence.weekdays import WEEKDAYS
from bot.news.text.words import word_set

QUIET = word_set(
    "elsewhere nearby inside outside upstairs downstairs afterwards hours days weeks months here nevertheless "
    "nonetheless still perhaps indeed moreover furthermore otherwise similarly likewise hence therefore"
)  # what begins a sentence and is no name
CALLED = word_set("called named")
RELATIVE = frozenset(("who", "which", "whose", "whom"))
WHEN = word_set(
    "late early earlier later last today yesterday morning afternoon evening night noon midday midnight dusk nightfall daybreak"
)
SINCE = word_set("by until till since on as of")
NOUNS_LY = word_set("family assembly ally rally supply monopoly tally reply")
BETWEEN = word_set(
    "not n't did does do could can would first afterwards afterward thereafter soon duly instead meanwhile never"
)
JOINING = word_set("and or but that to as when while after before if")  # a verb behind these is no sentence's
LEADS_TO_WHEN = word_set("on in at by during the that this")
TIMED = 5  # units of "late on Monday evening"
REACH = 16  # units of a relative clause
SUBJECTS = word_set("it they he she we")
PARTICLES = word_set("back out again")
OWN = word_set("its their his her")
TELLING = word_set("told tells tell telling informed informs briefed briefs")
FINITE = frozenset(("were", "was", "had", "have"))
PUTTING = frozenset(("put", "puts"))
PUT = 9  # units from "put" to "at 27"
PROVING = word_set(
    "show shows showed find finds found suggest suggests suggested indicate indicates indicated"
)
NOT = frozenset(("not", "n't", "never"))
VIEW = 5  # units of "of the firm belief"
AUDIENCE = 3  # units from "told" to whom


def speaks(units: Sequence[Unit], verb: int) -> bool:
    """Whether anybody who does this says something: "SAID", "CLAIMED THAT", never "the footage SHOWED that"."""
    ends = verb + 1 >= len(units) or not (units[verb + 1].word or units[verb + 1].quantity)
    if not units[verb].has("say.weak") or (
        ends and units[verb].low not in PROVING and not units[verb].has("say.papers")
    ):
        return True  # "…, the petition CLAIMS."
    if units[verb].low in PUTTING:  # "a border guard PUT the number of dead AT 27"
        return any(
            units[k].low == "at" and units[k + 1].quantity
            for k in range(verb + 1, min(len(units) - 1, verb + PUT))
        )
    past = (
        units[verb].low.endswith("ed") and units[verb].low not in PROVING
    )  # "credible REPORTS that" are none
    return past and leads_clause(units, verb + 1)


def leads_clause(units: Sequence[Unit], at: int) -> bool:
    """ "claimed THEY HAD killed seven", "reported on Monday THAT …": what follows is told, whatever the verb may mean else."""
    at = over_time(units, at)
    if at + 1 >= len(units) or units[at].low == "that":
        return at + 1 < len(units)
    if units[at].quantity:  # "a driver reported 27 PEOPLE WERE killed"
        return any(units[k].low in FINITE for k in range(at + 1, min(len(units), at + 4)))
    reach = 1 if units[at].low in SUBJECTS else 3 if units[at].low in OWN else 0
    return any(is_finite(units, k) for k in range(at + 1, min(len(units), at + 1 + reach)))


def takes_clause(units: Sequence[Unit], at: int) -> bool:
    """ "Kabul DECIDED on Friday THAT 400 …": any verb with a clause of its own; not "the raids THAT killed 12"."""
    unit = units[at]
    if unit.capital or not (
        looks_finite(unit) or unit.low == "fears" or (unit.low.endswith("s") and not unit.tags)
    ):
        return False
    back = at + 1 < len(units) and units[at + 1].low in PARTICLES  # "shot BACK that"
    view = _over_view(units, at + 1 + back)
    counted = units[at - 1].has("say.papers", "say.claim_nouns")  # "the ESTIMATE is that"
    if unit.low in BE and not counted and (view > at + 1) == (units[at - 1].low in ("it", "there")):
        return False  # "IT was clear that", "what he could tell WAS THAT"
    that = over_time(units, view)
    told = that + 1 < len(units) and units[that].low == "that"
    return told and not (looks_finite(units[that + 1]) or is_verb(units[that + 1]))


def _over_view(units: Sequence[Unit], at: int) -> int:
    """The unit behind what somebody thinks: "was CERTAIN that", "voiced THE BELIEF on Friday that"; not "was not certain that"."""
    for k in range(at, min(len(units), at + VIEW)):
        unit = units[k]
        if unit.has("say.views"):
            return k + 1
        if not unit.word or unit.low in NOT or looks_finite(unit):
            break
    return at


def is_told(units: Sequence[Unit], at: int) -> bool:
    """ "told local REPORTERS": who only listens."""
    return any(units[k].low in TELLING for k in range(max(0, at - AUDIENCE), at))


def subject_end(units: Sequence[Unit], verb: int) -> int:
    """The unit before a verb at which its subject may end: "UNAMA has so far confirmed", "had by Sunday counted"."""
    at = verb - 1
    while at >= 0 and (units[at].low in ADVERBS or units[at].low in HAVE or _between(units, at)):
        at -= 1
    return _before_time(units, at)


def _between(units: Sequence[Unit], at: int) -> bool:
    """What may stand between a subject and its verb: "has SO FAR confirmed", "had AT FIRST counted"."""
    first = units[at].low == "at" and units[at + 1].low == "first"
    low = units[at].low
    manner = at > 0 and low.endswith("ly") and low not in NOUNS_LY and not units[at].capital
    return first or manner or units[at].low in BETWEEN or units[at].has("scope.cumulative")


def _before_time(units: Sequence[Unit], at: int) -> int:
    """The unit before an auxiliary that words of time part from its verb: "UNAMA had BY SUNDAY confirmed"."""
    for k in range(at, max(0, at - TIMED), -1):
        if units[k].low in HAVE and k < at:
            return k - 1
        if not (is_when(units, k) or units[k].low in SINCE):
            return k if k < at and units[k].low == "," else at  # "the institute, LAST WEEK put the toll"
    return at


def main_verb(units: Sequence[Unit]) -> int:
    """The first verb that is not part of what tells of the subject: "a man who FLED to Quetta CONDEMNED it"; 0 without one."""
    k = behind_lead(units)
    while k < len(units):
        low = units[k].low
        if low in RELATIVE and units[k - 1].word:
            k = _relative_end(units, k)
        elif low in RELATIVE or (low == "," and _is_aside(units, k + 1)):
            k = next((n for n in range(k + 1, len(units)) if units[n].low == ","), k) + 1
        elif low == "(":
            k = next((n for n in range(k + 1, len(units)) if units[n].low == ")"), k) + 1
        elif _tells(units, k):
            return k
        else:
            k += 1
    return 0


def behind_lead(units: Sequence[Unit]) -> int:
    """Where the subject may begin: behind "In a report PUBLISHED ON FRIDAY,", whose verb is a participle."""
    led = bool(units) and units[0].low == "in"
    comma = next((k for k in range(1, len(units)) if units[k].low == ","), 0) if led else 0
    verb = next((k for k in range(1, comma) if looks_finite(units[k])), 0)
    return comma + 1 if verb and units[verb + 1].low in PREPOSITIONS else 1


def _is_aside(units: Sequence[Unit], at: int) -> bool:
    return at < len(units) and (units[at].low in RELATIVE or units[at].low in DETERMINERS)


def _relative_end(units: Sequence[Unit], at: int) -> int:
    """Where a relative clause without commas ends: before its second verb, or behind a comma."""
    told = at + 1 < len(units) and _begins_verb(units[at + 1])
    for k in range(at + 1 + told, len(units)):
        if units[k].low == ",":
            return k + 1
        if not _tells(units, k):
            continue
        if told and units[k - 1].low not in JOINING and not is_finite(units, k - 1):
            return k
        told = True
    return len(units)


def _tells(units: Sequence[Unit], at: int) -> bool:
    if units[at].low in ADJECTIVES_ED:  # "she LINKED THE rise to Kabul", not "the linked groups"
        return (
            at + 1 < len(units) and units[at + 1].low in DETERMINERS and units[at - 1].low not in DETERMINERS
        )
    return is_finite(units, at) and not calls(units, at)


def calls(units: Sequence[Unit], at: int) -> bool:
    """ "a baker CALLED Lal Gul", "who asked to be CALLED Zarmina"."""
    return units[at].low in CALLED and at + 1 < len(units) and units[at + 1].capital


def is_finite(units: Sequence[Unit], at: int) -> bool:
    """A verb, but no participle after an article: "the OUTLAWED group"."""
    unit = units[at]
    if not looks_finite(unit):
        return "ed " in unit.low and _is_phrasal(unit)
    if at == 0:
        return True
    before = units[at - 1]
    led = before.low in DETERMINERS and unit.low.endswith("ed")
    return not (led or (before.low == "-" and before.end == unit.start and at > 1))  # "Taliban-LED"


def _is_phrasal(unit: Unit) -> bool:
    """ "ASKED FOR calm", where that is one of the topic's phrases; not "armed forces"."""
    first, space, _ = unit.low.partition(" ")
    verb = space and first.endswith("ed") and first not in ADJECTIVES_ED and not unit.capital
    return bool(verb) and not is_noun(unit)


def antecedent(units: Sequence[Unit], at: int) -> int:
    """Where the subject ends whose relative clause ends at a unit: "a DOCTOR who lost two sons said"; -1 without one."""
    opens = _opens_relative(units, at)
    if opens < 0:
        return -1
    told = any(_is_present(units, k + 1) for k in range(opens, at + 1)) or any(
        is_finite(units, k) or is_verb(units[k]) for k in range(opens + 1, at + 1)
    )
    if units[opens].low != "that":
        told = told or (opens < at and not is_head(units[at]) and _begins_verb(units[opens + 1]))
        return opens - 1 if told and units[opens - 1].word else -1
    one = is_head(units[opens - 1]) or any(u.low in ("a", "an") for u in units[max(0, opens - 4) : opens])
    return opens - 1 if told and one and not units[opens - 1].has("say.verbs", "say.claim_nouns") else -1


def _opens_relative(units: Sequence[Unit], at: int) -> int:
    """The "who", "which" or "that" whose clause may end at a unit: nothing but words stands between; -1 without one."""
    for k in range(at, max(0, at - REACH), -1):
        unit = units[k]
        if unit.low in ("who", "which", "that"):
            return k
        if not (unit.word or unit.quantity) or unit.low in ("and", "but"):
            return -1
    return -1


def _begins_verb(unit: Unit) -> bool:
    """ "who SPOKE on condition of anonymity": a plain word behind "who" is its verb; not "who POLICE said"."""
    return unit.word and not (unit.capital or unit.low in DETERMINERS or is_head(unit))


def _is_present(units: Sequence[Unit], at: int) -> bool:
    """ "who HEADS the clinic": a verb that no ending tells from a noun, before a determiner."""
    return at + 1 < len(units) and units[at].low.endswith("s") and units[at + 1].low in DETERMINERS


def over_time(units: Sequence[Unit], at: int) -> int:
    """The unit after words that say when, if any do: "late on Monday", "in the evening", "that night"."""
    for k in range(at, min(len(units), at + TIMED)):
        near = range(k + 1, min(len(units), k + 3)) if units[k].low in LEADS_TO_WHEN else ()
        if not (is_when(units, k) or any(is_when(units, n) for n in near)):
            return k
    return at


def is_when(units: Sequence[Unit], at: int) -> bool:
    """Whether words say when and no name goes on: "last week", "late on Sunday"; not "third quarter figures"."""
    unit = units[at]
    timed = unit.low in WEEKDAYS or unit.low.removeprefix("the ") in WHEN
    timed = timed or (bool(unit.tags) and unit.has("scope.period", "kind.time"))
    after = units[at + 1 : at + 3]
    linked = after and after[0].low in PREPOSITIONS  # "on Monday OF reports"
    return timed and (bool(linked) or not any("say.papers" in u.tags or is_head(u) for u in after))
