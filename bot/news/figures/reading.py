"""A sentence as tagged units: words in their lists, numbers with qualifier and kind, counted nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.news.figures.numbers import ONES, TENS, number_at
from bot.news.figures.vocabulary import EMPTY, Token, Vocabulary, tokens
from bot.news.model import Qualifier
from bot.news.text import word_set

QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "over", "nearly", "about", "up_to", "under")
DASHES = frozenset("-–—‑‐")
BE = word_set("is are was were be been being get got gets getting 's")
HAVE = frozenset(["has", "have", "had", "having"])
PREPOSITIONS = word_set(
    "in at on of from near by with for into inside outside across during over around under along "
    "between through to against within beyond towards toward via off throughout among amid behind "
    "beside about"
)
DETERMINERS = word_set("the a an his her its their our these those this that some any all both each every")
PRONOUNS = word_set("he she it they we i you them him us me who whom which that what")
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
    "documented designated supported funded orchestrated listed"
)
ADVERBS = word_set(
    "also reportedly later then already allegedly now yet still so instantly immediately since "
    "critically seriously severely badly successfully briefly once only even both just subsequently "
    "finally eventually apparently together further again thus simultaneously previously recently "
    "initially directly tragically fatally slightly half there all mistakenly deliberately today "
    "yesterday overnight"
)


@dataclass(slots=True)
class Quantity:
    """A number in a sentence: what it is worth, how it is qualified, what sort of number it is."""

    low: float | None
    high: float | None
    start: int  # of the number itself
    end: int
    qualifier: Qualifier = "exact"
    kind: str = "count"
    unit: str = ""
    additional: bool = False
    definite: bool = False
    approximate_start: int = -1  # where the qualifier begins
    owner: str = ""  # "its 23 soldiers"


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
        return not self.tags.isdisjoint(names)

    def within(self, table: str) -> str:
        """The list of a table that holds this unit ("people.security" → "security"), or ""."""
        return _within(self.tags, table)


@lru_cache(maxsize=8_192)
def _within(tags: frozenset[str], table: str) -> str:
    return next((tag.partition(".")[2] for tag in sorted(tags) if tag.startswith(table + ".")), "")


def read(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Unit]:
    """The units of a sentence: phrases collapsed, numbers found, ranged, sorted into kinds, qualified."""
    found = tokens(text, start, end)
    units: list[Unit] = []
    at = 0
    while at < len(found):
        number = number_at(found, at)
        if number is not None:
            first, last = found[number.first], found[number.last - 1]
            quantity = Quantity(number.value, number.value, first.start, last.end)
            units.append(Unit(text[first.start : last.end].lower(), first.start, last.end, quantity=quantity))
            at = number.last
            continue
        size, tags = vocabulary.longest(found, at)
        units.append(_unit(text, found, at, size, tags))
        at += size
    units = _ranges(units)
    for index, unit in enumerate(units):
        if unit.quantity:
            unit.quantity.kind = _kind(units, index, text)
    return _qualified(units)


def _unit(text: str, found: Sequence[Token], at: int, size: int, tags: frozenset[str]) -> Unit:
    first, last = found[at], found[at + size - 1]
    unit = Unit(
        first.low if size == 1 else " ".join(t.low for t in found[at : at + size]),
        first.start,
        last.end,
        tags,
        first.capital,
        first.is_word,
    )
    if "qualifier.vague" in tags:
        unit.quantity = Quantity(None, None, first.start, last.end, qualifier="vague")
    return unit


# --------------------------------------------------------------------------- ranges


def _ranges(units: list[Unit]) -> list[Unit]:
    """ "10-15", "10 to 15", "two or three", "between 10 and 15" as one number each."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        other = units[at + 2] if at + 2 < len(units) else None
        if unit.quantity and other and other.quantity and _is_range(out, units, at):
            low, high = unit.quantity, other.quantity
            assert low.low is not None
            assert high.high is not None
            between = out and out[-1].low == "between"
            start = out.pop().start if between else unit.start
            merged = Quantity(
                low.low, high.high, unit.start, other.end, qualifier="range", approximate_start=start
            )
            out.append(Unit("range", start, other.end, quantity=merged))
            at += 3
            continue
        out.append(unit)
        at += 1
    return out


def _is_range(before: list[Unit], units: list[Unit], at: int) -> bool:
    first, joint, second = units[at], units[at + 1], units[at + 2]
    assert first.quantity
    assert second.quantity
    low, high = first.quantity.low, second.quantity.high
    if low is None or high is None or low >= high or (before and before[-1].low == "from"):
        return False
    if joint.low in DASHES:
        return (joint.start == first.end and second.start == joint.end) or joint.low != "-"
    if joint.low == "and":
        return bool(before) and before[-1].low == "between"
    return joint.low in ("to", "or")


# --------------------------------------------------------------------------- kinds


def _kind(units: list[Unit], at: int, text: str) -> str:
    """What sort of number this is: only a "count" counts people or things.

    The order matters: what is glued to a number says more than what stands near it.
    """
    unit = units[at]
    before, after = _neighbour(units, at, -1), _neighbour(units, at, 1)
    quantity = unit.quantity
    assert quantity
    for test in (_glued, _money, _measured, _dated, _aged, _named, _pronoun):
        kind = test(units, at, before, after)
        if kind:
            return kind
    return "count"


def _neighbour(units: list[Unit], at: int, step: int) -> Unit:
    index = at + step
    return units[index] if 0 <= index < len(units) else Unit("", -9, -9)


def _digits_only(unit: Unit) -> bool:
    return unit.low[:1].isdecimal() or unit.low == "range"


def _glued(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    unit = units[at]
    touching = before.end == unit.start
    if touching and before.word and not before.has("kind.currency"):
        return "name"
    if touching and before.low in (":", ".", "/", "#", "@", "_", "="):
        return "clock" if before.low == ":" else "name"
    if touching and before.low in DASHES:
        earlier = _neighbour(units, at, -2)
        if earlier.end == before.start and (earlier.word or earlier.quantity):
            return "name"
    if after.start == unit.end:
        if after.low in ("st", "nd", "rd", "th"):
            return "ordinal"
        if (
            after.low in (":", "/")
            and _neighbour(units, at, 2).quantity
            and _neighbour(units, at, 2).start == after.end
        ):
            return "clock"
        if after.word and _digits_only(unit) and not after.has("kind.time") and after.low not in ("plus",):
            return (
                "clock" if after.low in ("am", "pm") else "distance" if after.has("kind.distance") else "name"
            )
        if after.low in DASHES and _neighbour(units, at, 2).start == after.end:
            return _compound(units, at)
    return ""


def _compound(units: list[Unit], at: int) -> str:
    """ "48-hour", "two-page", "12-year-old", "100-odd": a number glued to a word by a hyphen."""
    word, then = _neighbour(units, at, 2), _neighbour(units, at, 3)
    if word.low in ("odd", "plus"):
        return ""
    if word.has("kind.time"):
        old = _neighbour(units, at, 4)
        if (then.low in DASHES and old.low == "old") or then.low == "old":
            return "age"
        units[at].quantity.unit = word.low  # type: ignore[union-attr]
        return "duration"
    if word.quantity or not word.word:
        return "name"
    return "compound"


def _money(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    quantity = units[at].quantity
    assert quantity
    sign = before
    if before.low == "." and _neighbour(units, at, -2).low == "rs":
        sign = _neighbour(units, at, -2)
    if sign.has("kind.currency"):
        first = sign
        earlier = _neighbour(units, at, -2)
        if sign.low == "$" and earlier.end == sign.start and earlier.word:
            first = earlier
        quantity.start, quantity.unit = first.start, first.low
        return "money"
    if after.has("kind.currency_after"):
        quantity.unit = after.low
        return "money"
    return ""


def _measured(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    if after.low in ("am", "pm", "a.m.", "p.m.", "o'clock"):
        return "clock"
    if after.has("kind.distance") or after.low == "%":
        return "distance"
    if after.low in ("third", "thirds", "quarters", "fifths", "fourths", "tenths"):
        return "fraction"
    if after.has("kind.time"):
        if _neighbour(units, at, 2).low in ("old", "of age"):
            return "age"
        units[at].quantity.unit = after.low  # type: ignore[union-attr]
        return "duration"
    if before.low == "magnitude" or (
        after.low == "-" and _neighbour(units, at, 2).low in ("third", "thirds")
    ):
        return "distance"
    return ""


def _is_month(unit: Unit) -> bool:
    return unit.has("kind.month") and (unit.capital or not unit.word) and unit.low != ""


def _dated(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    unit = units[at]
    if not _digits_only(unit):
        return ""
    quantity = unit.quantity
    assert quantity
    if quantity.high is None or quantity.high != int(quantity.high):
        return ""
    value = int(quantity.high)
    year = len(unit.low) == 4 and unit.low.isdecimal() and (1300 <= value <= 1500 or 1900 <= value <= 2100)
    if (value <= 31 or year) and (_is_month(before) or (_is_month(after) and not year)):
        return "date"
    earlier = _neighbour(units, at, -2)
    if (
        before.low in ("and", ",", "to", "or", "&", "-", "–")
        and earlier.quantity
        and earlier.quantity.kind == "date"
    ):
        following = after.has("people", "things") or (
            bool(after.tags) and any(t.startswith(("people.", "things.")) for t in after.tags)
        )
        if (value <= 31 or year) and not following:
            return "date"
    if (
        value <= 31
        and after.low in ("and", "or", ",", "to")
        and _neighbour(units, at, 2).quantity
        and _is_month(_neighbour(units, at, 3))
    ):
        return "date"
    if year and not _counts_after(units, at, before, after):
        return "date"
    return ""


def _counts_after(units: list[Unit], at: int, before: Unit, after: Unit) -> bool:
    """Whether a bare four-digit number between 1900 and 2100 counts something after all."""
    if before.low in (
        "in",
        "since",
        "of",
        "until",
        "till",
        "by",
        "from",
        "during",
        "early",
        "late",
        "mid",
        "year",
        "the",
    ):
        return False
    return any(
        t.startswith(("people.", "things.", "killed.", "wounded.", "qualifier."))
        for t in after.tags | before.tags
    )


def _aged(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    earlier = _neighbour(units, at, -2)
    if before.has("kind.age_before") or (before.has("qualifier.about") and earlier.has("kind.age_before")):
        return "age"
    if before.low in ("and", ",", "to") and earlier.quantity and earlier.quantity.kind == "age":
        return "age"
    low = units[at].quantity.low  # type: ignore[union-attr]
    apposed = before.low == "," and after.low == "," and earlier.word and not is_counted(earlier)
    return "age" if apposed and _digits_only(units[at]) and low is not None and low < 100 else ""


def is_counted(unit: Unit) -> bool:
    """A word that a number may count, so that "5 soldiers, 12, …" is a list and no age."""
    return any(tag.startswith(("things.",)) for tag in unit.tags)


def _named(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    """Numbers that are names: resolution 2593, Article 51, 2 Division, Room 4."""
    unit = units[at]
    if (
        before.has("kind.identity")
        and (_digits_only(unit) or before.capital)
        and before.low not in ("number",)
    ):
        return "name"
    if before.low == "." and _neighbour(units, at, -2).low == "no":
        return "name"
    earlier = _neighbour(units, at, -2)
    if (
        before.low in ("and", ",", "or")
        and earlier.quantity
        and earlier.quantity.kind == "name"
        and not after.word
    ):
        return "name"
    if after.has("kind.organisation") and after.capital and _digits_only(unit):
        return "name"
    return ""


def _pronoun(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    """ "one" that counts nothing: "one of the founders", "no one", "one another", "on the one hand"."""
    if units[at].low != "one":
        return ""
    if before.low in (
        "no",
        "any",
        "every",
        "some",
        "this",
        "that",
        "which",
        "the",
        "day",
        "another",
        "last",
        "next",
        "each",
    ):
        return "pronoun"
    if after.low in ("another", "point", "side", "hand", "day", "thing", "way", "time") or not (
        after.word or after.low == ","
    ):
        return "pronoun" if after.low != "" else "pronoun"
    if after.low == "of":
        return "pronoun" if _neighbour(units, at, 2).low not in ("them", "whom", "those", "these") else ""
    return ""


# --------------------------------------------------------------------------- qualifiers


def _qualified(units: list[Unit]) -> list[Unit]:
    """Attach what stands before ("at least") and after ("or more") a number to it, as one unit."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if unit.quantity:
            _look_left(out, unit)
            at += _look_right(units, at)
        out.append(unit)
        at += 1
    return out


def _look_left(out: list[Unit], unit: Unit) -> None:
    quantity = unit.quantity
    assert quantity
    quantity.approximate_start = min(
        quantity.start, unit.start if quantity.approximate_start < 0 else quantity.approximate_start
    )
    taken = 0
    while out and taken < 4:
        last = out[-1]
        if (last.has("kind.currency") or last.low == "$" or last.low == ".") and last.start >= quantity.start:
            out.pop()
            continue
        word = last.within("qualifier")
        if last.quantity or not last.word or not word or word == "vague":
            break
        if "." in last.low:
            break
        _apply(quantity, last)
        out.pop()
        unit.start = quantity.approximate_start = last.start
        taken += 1
    unit.start = min(unit.start, quantity.approximate_start)


def _apply(quantity: Quantity, word: Unit) -> None:
    for name in QUALIFIERS:
        if word.has("qualifier." + name):
            if quantity.qualifier == "exact":
                quantity.qualifier = name
            return
    if word.has("qualifier.additional"):
        quantity.additional = True
    if word.low in ("the", "these", "those", "all the", "all", "both"):
        quantity.definite = True
    if word.low in ("his", "her", "its", "their"):
        quantity.owner = word.low


def _look_right(units: list[Unit], at: int) -> int:
    """Qualifiers after the number: how many units to skip."""
    unit, quantity = units[at], units[at].quantity
    assert quantity
    first, second = _neighbour(units, at, 1), _neighbour(units, at, 2)
    if first.low == "+" and first.start == unit.end:
        quantity.qualifier = "over" if quantity.qualifier == "exact" else quantity.qualifier
        unit.end = first.end
        return 1
    skip, word = (1, second) if first.low == "-" and first.start == unit.end else (0, first)
    for after, qualifier in (
        ("at_least_after", "at_least"),
        ("about_after", "about"),
        ("over_after", "over"),
    ):
        if word.has("qualifier." + after) and (after != "over_after" or skip):
            if quantity.qualifier == "exact":
                quantity.qualifier = qualifier  # type: ignore[assignment]
            unit.end = word.end
            return skip + 1
    if first.low == "more":
        quantity.additional = True
        if second.low != "than":
            unit.end = first.end
            return 1
    return 0


__all__ = ["ADVERBS", "BE", "HAVE", "ONES", "PREPOSITIONS", "TENS", "Quantity", "Unit", "read"]
