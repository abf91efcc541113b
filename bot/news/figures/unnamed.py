"""Speakers whom the lexicon does not know: "a hospital official", "a driver", "Khanjan Alokozay of the chamber"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.names import Names
from bot.news.figures.sayings import LEADING, STOPS, Speaker
from bot.news.figures.units import ADVERBS, PREPOSITIONS, Unit, looks_finite

Found = tuple[Speaker, int]  # a speaker and the unit where its words begin (or end, when read rightwards)
LONGEST = 6  # units of an unnamed speaker's words


def unknown_name(names: Names, units: list[Unit], end: int) -> Found | None:
    """Two capitals or more right before the verb: somebody whom the lexicon does not know."""
    first = end
    while (
        first >= 0
        and (units[first].capital or units[first].low in ("-", "ul", "al", "ur", "bin"))
        and units[first].word | (units[first].low == "-")
    ):
        if units[first].tags & {"kind.month"} or units[first].has("say.not_speakers"):
            break
        if names.is_place(units[first]):  # "Toll in Spin Boldak put at 40"
            return None
        first -= 1
    first += 1
    if end - first < 1 or (first == 0 and end - first < 1):
        return None
    words = names.text[units[first].start : units[end].end]
    return Speaker(words, words, units[first].start, "", "person"), first


def titled_name(names: Names, units: list[Unit], start: int, end: int) -> Found | None:
    """ "Khanjan Alokozay OF THE CHAMBER": a name that the lexicon does not know, before what it speaks for."""
    for at in range(start, end):
        if units[at].low in ("of", "from", "at", "with") or units[at].low == ",":
            found = unknown_name(names, units, at - 1) if at > start + 1 else None
            plain = found and not any(u.tags or names.mention_at(u) for u in units[found[1] : at])
            return found if plain else None
    return None


def witness(names: Names, units: list[Unit], end: int) -> Found | None:
    """ "A driver said", "a butcher aged 54 told": somebody without a name or an office."""
    for first in range(end, max(-1, end - 9), -1):
        unit = units[first]
        if unit.low in ("a", "an", "another"):
            break
        if not (unit.word or unit.quantity or unit.low == "-") or looks_finite(unit) or unit.low in STOPS:
            return None
    else:
        return None
    at = first + 1
    while at <= end and (
        units[at].quantity
        or units[at].low == "-"
        or units[at].low.endswith("old")
        or units[at].has("kind.time")
    ):
        at += 1  # "35-year-old"
    last = at
    while (
        last <= end and units[last].word and units[last].low not in PREPOSITIONS and units[last].low != "aged"
    ):
        last += 1
    if last == at or names.is_place(units[last - 1]):
        return None
    words = names.text[units[at].start : units[last - 1].end]
    return Speaker(words, words, units[at].start, "", "anonymous", single=True), first


def is_definite(units: Sequence[Unit]) -> bool:
    """Whether words point back: "the envoy", "on its own side THE army"."""
    return bool(units) and (units[0].low in ("the", "his", "its") or _later_the(units) > 0)


def office(units: Sequence[Unit]) -> list[Unit]:
    """The words of an unnamed speaker, without what leads up to them or follows; empty where they name nobody."""
    words = list(units)
    while words and _leads(words):
        words = words[1:]
    while words and (not words[-1].word or words[-1].low in PREPOSITIONS):
        words = words[:-1]
    words = words[_later_the(words) :]
    for k in range(1, len(words) - 1):
        if words[k].low in ("in", "at", "near", "on") and not words[k + 1].capital:
            words = words[:k]  # "a hospital official in the provincial capital"
            break
    if len(words) > LONGEST or any(looks_finite(u) for u in words):
        return []
    return [] if words and words[0].has("structure.zero") else words  # "says no hospital was hit"


def _leads(words: Sequence[Unit]) -> bool:
    first = words[0]
    if not first.word or first.low in LEADING or first.low in ADVERBS:
        return True
    timed = first.has("scope.period", "kind.time") and not first.has("say.anonymous")
    return timed and len(words) > 1


def _later_the(words: Sequence[Unit]) -> int:
    """Where a new noun phrase begins inside some words: 0 where none does."""
    for k in range(len(words) - 2, 0, -1):
        if words[k].low == "the" and words[k - 1].low not in PREPOSITIONS:
            return k + 1
    return 0
