"""A sentence under analysis: its counted nouns, and which happening each belongs to so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DETERMINERS,
    HAVE,
    READ_BY_NOUN,
    Unit,
    is_noun,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.model import MEASURES, Measure, Party
from bot.news.text.words import word_set

PEOPLE_HEADS = word_set(
    "security militants taliban civilians people refugees foreign commander militant_strength"
)
THING_HEADS = word_set(
    "positions camps vehicles_equipment trucks attacks strikes operations property breaches"
)
UNMEASURED = frozenset(("property", "breaches"))  # things that have no measure of their own
CRAFT = word_set(
    "drone drones quadcopter quadcopters uav uavs systems airframes airframe munitions helicopter helicopters aircraft jet jets "
    "warplanes"
)
NAMED: dict[str, Measure] = {name: name for name in MEASURES}
SAID_BY_NOUN = {
    "traffic": "trucks",
    "shot": "killed",
    "overrun": "positions",
    "flight": "vehicles_equipment",
    "shut": "other",
    "ruined": "other",
}
SHUT = word_set(
    "schools school colleges clinics hospitals posts shops markets bazaars madrassas mills factories offices"
)
HELD = word_set("prisoners detainees inmates captives hostages prisoner detainee captive hostage bodies")
UNKNOWN: Party = "unspecified"
MOVES = ("returned", "deported")  # people who are counted as they pass a border
OUTLIVED = (
    "wounded",
    "displaced",
    "captured",
    "abducted",
    "other",
    *MOVES,
)  # what may befall people before they die
LEFT, RIGHT = 22, 8  # how many units a subject or an object may be away
WHOLES: dict[str, Measure] = {
    **dict.fromkeys(
        ("victims", "dead", "killed", "slain", "martyred", "martyrs", "deceased", "fatalities"), "killed"
    ),
    **dict.fromkeys(("wounded", "injured", "hurt"), "wounded"),
}
BESIDE = word_set(
    "not n't either confirmed reported pronounced declared found recorded registered counted seen"
)  # "are so far confirmed dead"
LINKS = frozenset(("and", "or", "&", "/", ",", "and/or"))
TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday night morning evening afternoon noon midday midnight dawn dusk "
    "sunrise daybreak sunset nightfall yesterday today day week weekend month hours mon tue wed thu fri sat sun"
) | {"the evening", "the morning"}
OF_TIME = word_set(
    "on in at by late early before after during since the this that same next following previous"
)
WHEN = 5  # units that "on the following Monday night" may take


@dataclass(slots=True)
class Bound:
    """A number with its measure, and what the structure of the sentence says about it."""

    phrase: Phrase
    measure: Measure
    rule: str
    verb: int  # unit that tells the happening; -1 where inherited
    rank: int  # lower wins
    passive: bool = False
    update: str = "none"
    also: list[Measure] = field(default_factory=list)  # "2 abducted, killed"


class _Lows(dict[int, str]):
    """The words of some units, "" beyond the ends."""

    def __missing__(self, at: int) -> str:
        return ""


@dataclass(slots=True)
class Sentence:
    """A sentence under analysis."""

    units: list[Unit]
    said: frozenset[str]  # its words, the lists that hold them, the sorts of its numbers
    phrases: list[Phrase]
    bound: dict[int, Bound] = field(default_factory=dict)  # by the number's unit
    owner: dict[int, Phrase] = field(default_factory=dict)  # unit → the phrase it is part of
    aside: dict[int, int] = field(
        default_factory=dict
    )  # where what is said in passing ends → where it begins
    themes: frozenset[str] = frozenset()  # what the text is about: "returned", "displaced"
    last_victim: Bound | None = None  # "A CONSTABLE died, taking the toll to 11": no figure, but of those
    low: Callable[[int], str] = field(
        init=False
    )  # the word at a unit, "" beyond the ends: asked for most of all

    def __post_init__(self) -> None:
        self.low = _Lows(enumerate([unit.low for unit in self.units])).__getitem__

    def has(self, at: int, *names: str) -> bool:
        return 0 <= at < len(self.units) and not self.units[at].tags.isdisjoint(names)

    def has_capital(self, at: int) -> bool:
        """Whether a word stands at a unit that may be part of a name."""
        return 0 <= at < len(self.units) and self.units[at].capital and not self.units[at].quantity


def quantity_near(sentence: Sentence, at: int) -> bool:
    """Whether a number stands at a unit, perhaps after an adverb or determiner, as an object does."""
    while sentence.low(at) in ADVERBS or sentence.low(at) in ("the", "any"):
        at += 1
    unit = sentence.units[at] if at < len(sentence.units) else None
    return bool(
        unit
        and ((unit.quantity and unit.quantity.kind in ("count", "pronoun")) or sentence.owner.get(at, None))
    )


def before(sentence: Sentence, at: int) -> int:
    """The unit before one, over adverbs, "not", "(were) left" and "on Monday night"."""
    at -= 1
    while at >= 0:
        low = sentence.low(at)
        left = low == "left" and sentence.low(at - 1) in BE  # "were LEFT badly hurt": they were hurt
        if left or low in ADVERBS or low in BESIDE or sentence.has(at, "scope.cumulative"):
            at -= 1
        elif low in TIMES and (opens := _when(sentence, at)) < at:
            at = opens - 1
        else:
            break
    return at


def _when(sentence: Sentence, at: int) -> int:
    """Where the words of a time begin that end at a unit; the unit itself where none do."""
    for first in range(at, max(-1, at - WHEN), -1):
        low = sentence.low(first)
        if low in ("on", "in", "at", "late", "early", "during") and first < at:
            return first - 1 if sentence.low(first - 1) in ("late", "early") else first
        if low not in TIMES and low not in OF_TIME:
            break
    return at


def predicate(sentence: Sentence, at: int) -> int:
    """The unit behind "were", "have been", "have already": what is said of those before it."""
    while sentence.low(at) in BE or sentence.low(at) in HAVE or sentence.low(at) in ADVERBS:
        at += 1
    return at


def is_done(sentence: Sentence, at: int) -> bool:
    return 0 <= at < len(sentence.units) and any(
        form & {"done", "state", "self"}
        for measure, form in verb_forms(sentence.units[at]).items()
        if measure not in READ_BY_NOUN
    )


def stops(sentence: Sentence, at: int) -> bool:
    unit = sentence.units[at]
    if unit.low in (";", ":", "(", ")", "—", '"', "“", "”", ".", "|", "•", "!", "?"):
        return True
    if unit.low in ("that", "who", "which", "whose", "but", "while", "whereas"):
        return True
    if unit.has("structure.causal", "say.verbs", "say.deny", "structure.modal") and not is_noun(unit):
        return True
    return (is_verb(unit) and not is_noun(unit)) or looks_finite(unit)


def fits(phrase: Phrase, measure: str) -> bool:
    """Whether a noun can be killed, captured or hit."""
    if phrase.head in ("never", "refused") or (phrase.noun == "ones" and phrase.head == "unknown"):
        return False
    if measure in FITS:
        return FITS[measure](phrase)
    if phrase.head in THING_HEADS or (measure == "other" and phrase.head == "unknown"):
        return False
    return not phrase.measure or phrase.measure in (*OUTLIVED, measure)


def thing(head: str) -> str:
    """The measure of counted things: houses, schools and breaches of a truce have none of their own."""
    return "other" if head in UNMEASURED else head


def is_spared(phrase: Phrase) -> bool:
    """ "The strikes hit NO CIVILIANS": nobody was killed or hurt."""
    return phrase.quantity.kind == "zero" and phrase.head in PEOPLE_HEADS


def is_lorry(phrase: Phrase) -> bool:
    """Lorries, boxes as hauliers call them, and vehicles where nothing says that they are an army's."""
    armed = phrase.noun.startswith(("armoured", "armored", "military", "unmanned"))
    return phrase.head == "trucks" or (phrase.noun.endswith(("vehicle", "vehicles", "boxes")) and not armed)


def _counts(phrase: Phrase, nouns: frozenset[str]) -> bool:
    return phrase.quantity.kind == "count" and phrase.noun.rpartition(" ")[2] in nouns


FITS: dict[str, Callable[[Phrase], bool]] = {  # by what befell them: whom or what it may befall
    "shut": lambda p: _counts(p, SHUT),
    "ruined": lambda p: p.head == "property" and p.quantity.kind in ("count", "article"),
    "hit": lambda p: (p.head in THING_HEADS and p.head != "property") or is_spared(p),
    "held": lambda p: p.head == "positions" or (p.head in PEOPLE_HEADS and not p.measure),
    "overrun": lambda p: p.head == "positions",
    "traffic": lambda p: p.head != "property" and is_lorry(p),
    "flight": lambda p: p.head != "property" and (_counts(p, CRAFT) or p.noun.startswith("unmanned")),
    "shot": lambda p: p.head == "militants",
}


def measured(phrase: Phrase, happening: str, traffic: bool = False) -> str:
    """The measure of a number that something befell: what was hit or shot, and what waits, is told by the noun."""
    if happening == "hit":
        if is_spared(phrase):
            return "casualties"
        return "trucks" if traffic and is_lorry(phrase) else thing(phrase.head)
    if happening == "returned" and (phrase.head == "unknown" or phrase.partitive == "my"):
        return ""
    own = phrase.quantity.owner and phrase.noun in ("men", "man", "members")
    if happening == "returned" and (
        own or phrase.head in ("security", "militants", "taliban") or phrase.noun in HELD
    ):
        return "other"  # soldiers and prisoners who come back are no returnees
    return SAID_BY_NOUN.get(happening, happening)


def by_tail(sentence: Sentence, at: int) -> Phrase | None:
    return next((p for p in sentence.phrases if p.last <= at < p.tail), None)


def subset_marker(sentence: Sentence, phrase: Phrase) -> int:
    """Where "including" stands before a part, -1 if it is none."""
    if "structure.subset" not in sentence.said:
        return -1
    for back in range(1, 4):
        at = phrase.at - back
        if sentence.has(at, "structure.subset"):
            return at if sentence.low(at - 1) != "not" else -1
        if (
            sentence.low(at) not in DETERMINERS
            and sentence.low(at) not in ADVERBS
            and not sentence.has(at, "people.civilians")
        ):
            return -1
    return -1


def measure_before(sentence: Sentence, at: int) -> Measure | None:
    """The last thing that happened to people before a unit, numbers or not."""
    for k in range(at - 1, -1, -1):
        known = sentence.bound.get(k)
        if known and known.measure not in THING_HEADS and known.phrase.quantity.kind != "zero":
            return known.measure
        unit = sentence.units[k]
        for measure, forms in verb_forms(unit).items() if unit.tags else ():
            if measure in ("killed", "wounded", "captured") and forms & {"done", "self", "state"}:
                return NAMED[measure]
    return None
