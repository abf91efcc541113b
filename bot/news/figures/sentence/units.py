"""The units of a sentence: words with their lists, numbers with what is known of them; and plain grammar words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.news.model import Qualifier
from bot.news.text.words import word_set

EMPTY: frozenset[str] = frozenset()
DASHES = frozenset("-–—‑‐")
BE = word_set("is are was were be been being get got gets getting 's")
HAVE = frozenset(["has", "have", "had", "having"])
PREPOSITIONS = word_set(
    "in at on of from near by with for into inside outside across during over around under along "
    "between through to against within beyond towards toward via off throughout among amid behind "
    "beside about"
)
DETERMINERS = word_set("the a an his her its their our these those this that some any all both each every")
PRONOUNS = word_set("he she it they we i you them him us me who whom whose which that what")
PAST = word_set(
    "went came took fell fought met began broke drove shot led left made got gave said told saw ran "
    "sent rose won lost put held hit kept brought became did does do is are was were has have had can "
    "could would will shall may might must should include includes use used says say faces face live "
    "lived lay lie"
)
ADJECTIVES_ED = word_set(
    "armed unarmed uniformed masked suspected sponsored backed banned wanted unidentified alleged "
    "so-called affiliated associated allied aligned linked disabled united retired trained related red "
    "undocumented registered unregistered wounded injured displaced elected appointed led combined "
    "occupied married based hundred hatred killed unprovoked off-duty loaded armoured armored stranded "
    "documented designated supported funded orchestrated listed improvised targeted"
)
ADVERBS = word_set(
    "also reportedly later then already allegedly now yet still so instantly immediately since "
    "critically seriously severely badly successfully briefly once only even both just subsequently "
    "finally eventually apparently together further again thus simultaneously previously recently "
    "initially directly tragically fatally forcibly physically temporarily voluntarily slightly half there all mistakenly deliberately today "
    "yesterday overnight earlier too lightly badly gravely"
)

HAPPENINGS = (
    "killed", "wounded", "casualties", "captured", "abducted", "missing", "surrendered", "displaced", "returned",
    "deported", "other",
)  # fmt: skip
READ_BY_NOUN = (
    "hit", "lose", "shot", "traffic", "overrun", "flight", "shut", "ruined", "moved", "held",
)  # fmt: skip  # happenings whose measure is told by what they befall
NOT_VERBS = word_set(
    "noun act toll after hurts hospitals doctors dwellings queue place"
)  # forms of a happening that no verb tells
NONE: Mapping[str, frozenset[str]] = {}
SAYING = frozenset(("say.verbs", "say.deny"))


@dataclass(slots=True)
class Quantity:
    """A number in a sentence: what it is worth, how it is qualified, what sort of number it is."""

    low: float | None
    high: float | None
    start: int  # of the number itself
    end: int
    qualifier: Qualifier = "exact"
    kind: str = "count"
    additional: bool = False
    definite: bool = False
    approximate_start: int = -1  # where the qualifier begins
    owner: str = ""  # "its 23 soldiers"
    family: bool = False  # "a family of nine"


@dataclass(slots=True)
class Unit:
    low: str
    start: int
    end: int
    tags: frozenset[str] = EMPTY
    capital: bool = False
    word: bool = False
    quantity: Quantity | None = field(default=None)

    def has(self, *names: str) -> bool:
        tags = self.tags
        return not tags.isdisjoint(names) if tags else False  # most words are in no list

    def within(self, table: str) -> str:
        """The list of a table that holds this unit ("people.security" → "security"), or ""."""
        return _within(self.tags, table)


@lru_cache(maxsize=8_192)
def _within(tags: frozenset[str], table: str) -> str:
    return next((tag.partition(".")[2] for tag in sorted(tags) if tag.startswith(table + ".")), "")


def number_of(unit: Unit) -> Quantity:
    """The number of a unit that is one."""
    if unit.quantity is None:
        raise ValueError(f"{unit.low!r} is no number")
    return unit.quantity


def neighbour(units: Sequence[Unit], at: int, step: int) -> Unit:
    """The unit some steps away, an empty one beyond the ends."""
    index = at + step
    return units[index] if 0 <= index < len(units) else Unit("", -9, -9)


def said_in(units: Sequence[Unit]) -> frozenset[str]:
    """Every word of a sentence, every list that holds one, and the sorts of its numbers ("number.money"): looked at
    before a search for where."""
    said = {unit.low for unit in units}
    for unit in units:
        if unit.tags:
            said |= unit.tags
        if unit.quantity:
            said.add("number." + unit.quantity.kind)
    return frozenset(said)


def verb_forms(unit: Unit) -> Mapping[str, frozenset[str]]:
    """Which happenings a word tells of, in which forms: {"killed": {"done"}}."""
    return forms_of(unit.tags) if unit.tags else NONE


@lru_cache(maxsize=4_096)
def forms_of(tags: frozenset[str]) -> Mapping[str, frozenset[str]]:
    forms: dict[str, frozenset[str]] = {}
    for tag in sorted(tags):
        table, _, form = tag.partition(".")
        if table in HAPPENINGS or table in READ_BY_NOUN:
            forms[table] = forms.get(table, frozenset()) | {form}
    return forms


def is_verb(unit: Unit) -> bool:
    return _is_verb(unit.tags) if unit.tags else False


@lru_cache(maxsize=4_096)
def _is_verb(tags: frozenset[str]) -> bool:
    return any(form not in NOT_VERBS for forms in forms_of(tags).values() for form in forms)


def is_noun(unit: Unit) -> bool:
    return _is_noun(unit.tags) if unit.tags else False


@lru_cache(maxsize=4_096)
def _is_noun(tags: frozenset[str]) -> bool:
    return any(tag.startswith(("people.", "things.")) for tag in tags)


def before_adverbs(units: Sequence[Unit], at: int) -> int:
    """The unit before one, over adverbs; -1 where there is none."""
    at -= 1
    while at >= 0 and units[at].low in ADVERBS:
        at -= 1
    return at


def looks_finite(unit: Unit) -> bool:
    """A word that is probably a verb: nothing here knows grammar, endings are a good guess."""
    return unit.word and _looks_finite(unit.low, unit.tags, unit.capital)


@lru_cache(maxsize=8_192)
def _looks_finite(low: str, tags: frozenset[str], capital: bool) -> bool:
    if _is_noun(tags):
        return False
    if low in PAST or low in BE or low in HAVE or not SAYING.isdisjoint(tags):
        return True
    return low.endswith("ed") and len(low) > 3 and low not in ADJECTIVES_ED and not capital
