"""What is said in passing, between commas, dashes or brackets: ", he said,", ", aged seven and ten,", "- all women -"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.news.figures.sentence.units import DASHES, Unit
from bot.news.text.words import word_set

LONGEST = 24  # units between two dashes or brackets
SHORT = 9  # units between two commas
OPENING = 7  # units that a dateline takes: "TORKHAM, Feb 28 -"
CLAUSES = word_set("and but or which who whose while when where after as")
ALL_OF_THEM = word_set("all both most mostly each")


def asides(units: Sequence[Unit], said: frozenset[str]) -> dict[int, int]:
    """The asides of a sentence: where each ends → where it begins, marks included."""
    found = dict(_bracketed(units)) if "(" in said else {}
    if not DASHES.isdisjoint(said):
        found.update(_dashed(units))
    commas = [at for at, unit in enumerate(units) if unit.low == ","] if "," in said else []
    for first, last in pairwise(commas):
        if 1 < last - first <= SHORT and _is_aside(units[first + 1 : last]):
            found[last] = first
    found.update(_ages(units, commas))
    return found


def _ages(units: Sequence[Unit], commas: Sequence[int]) -> Iterator[tuple[int, int]]:
    """ ", aged nine, 11 and 14,"."""
    for first in reversed(commas):
        last = first + 1
        while last < len(units) and _is_age(units[last]):
            last += 1
        if last - first > 2 and units[last - 1].low == "," and units[first + 1].low != ",":
            yield last - 1, first


def _is_age(unit: Unit) -> bool:
    return (
        unit.low in (",", "and")
        or "kind.age_before" in unit.tags
        or bool(unit.quantity and unit.quantity.kind == "age")
    )


def _bracketed(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    opened = -1
    for at, unit in enumerate(units):
        if unit.low == "(":
            opened = at
        elif unit.low == ")" and opened >= 0:
            if at - opened <= LONGEST:
                yield at, opened
            opened = -1


def _dashed(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Pairs of dashes that stand free; the one after a dateline begins the sentence."""
    free = [at for at, unit in enumerate(units) if unit.low in DASHES and not is_glued(units, at)]
    if free and free[0] <= OPENING and all(u.capital or not u.word for u in units[: free[0]]):
        free = free[1:]
    for first, last in zip(free[::2], free[1::2], strict=False):
        if last - first <= LONGEST and not any(u.low in (";", ".") for u in units[first:last]):
            yield last, first


def is_glued(units: Sequence[Unit], at: int) -> bool:
    """Whether a mark joins two words: "air-strike"."""
    inside = 0 < at < len(units) - 1
    return inside and units[at - 1].end == units[at].start and units[at].end == units[at + 1].start


def _is_aside(between: Sequence[Unit]) -> bool:
    """Who says so, how old they are, or what all of them are: never a clause that counts."""
    first = between[0]
    if first.quantity and len(between) > 1 and between[1].has("structure.subset_after"):
        return True  # ", four of them in a critical state,"
    if first.quantity and first.quantity.low == 1 and len(between) > 2 and between[1].low in ("a", "an"):
        return True  # ", one a girl of six,"
    if first.low in CLAUSES or any(u.quantity and u.quantity.kind == "count" for u in between):
        return False
    if any(u.quantity and u.quantity.kind == "age" for u in between):
        return len(between) <= 4
    if first.low in ALL_OF_THEM:
        return len(between) <= 7
    return any(u.has("say.verbs", "say.according") for u in between)
