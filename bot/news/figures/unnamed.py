"""Speakers whom the lexicon does not know: "a hospital official", "a driver", "Khanjan Alokozay of the chamber"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.names import Names
from bot.news.figures.sayings import LEADING, STOPS, Speaker
from bot.news.figures.scopes import WEEKDAYS
from bot.news.figures.units import ADVERBS, PREPOSITIONS, Unit, looks_finite

Found = tuple[Speaker, int]  # a speaker and the unit where its words begin (or end, when read rightwards)
PARTICLES = frozenset(("-", "ul", "al", "ur", "bin"))
PAPERS = frozenset(("statement", "report", "media"))  # these speak for somebody who must be named
LONGEST = 6  # units of an unnamed speaker's words


def unknown_name(names: Names, units: list[Unit], end: int) -> Found | None:
    """Two capitals or more right before the verb: somebody whom the lexicon does not know."""
    first = end
    while first >= 0 and ((units[first].capital and units[first].word) or units[first].low in PARTICLES):
        if units[first].has("kind.month", "say.not_speakers"):
            break
        first -= 1
    first += 1
    if units[first : end + 1] and units[first].low in LEADING:
        first += 1
    title = [k for k in range(first, end - 1) if units[k].has("say.anonymous", "speaker.person")]
    first = title[-1] + 1 if title else first  # "Deputy Commissioner Habib Bangulzai"
    if end - first < 1:
        return None
    places = [k for k in range(first, end + 1) if names.is_place(units[k])]
    if places and (places[0] == first or units[first].tags):  # "Spin Boldak", but "Mostaghfar Gurbuz"
        return None
    words = names.words(units[first : end + 1])
    return Speaker(words, words, units[first].start, "", "person"), first


def titled_name(names: Names, units: list[Unit], start: int, end: int) -> Found | None:
    """A name that the lexicon does not know, before what it speaks for or is.

    "Khanjan Alokozay OF THE CHAMBER", "the Norwegian Refugee Council, AN AID GROUP", "STATION OFFICER Tariq Mehmood".
    """
    for at in range(start + 2, end):
        aside = units[at].low == "," and units[at + 1].low in ("a", "an", "the", "one")
        if not aside and units[at].low not in ("of", "from", "at", "with", ","):
            continue
        found = unknown_name(names, units, at - 1)
        name = units[found[1] : at] if found else []
        plain = name and not any(names.mention_at(u) or (u.tags and not aside) for u in name)
        return found if plain else None
    found = unknown_name(names, units, end)
    name = units[found[1] : end + 1] if found and found[1] > start else []
    return found if name and not any(u.tags or names.mention_at(u) for u in name) else None


def witness(names: Names, units: list[Unit], end: int) -> Found | None:
    """ "A driver said", "a butcher aged 54 told": somebody without a name or an office."""
    first = next((k for k in range(end, max(-1, end - 9), -1) if units[k].low in ("a", "an", "another")), end)
    if first == end or any(not _of_noun(u) for u in units[first + 1 : end + 1]):
        return None
    at = first + 1
    while at <= end and _is_age(units[at]):
        at += 1  # "35-year-old"
    last = at
    while last <= end and units[last].word and (units[last].low not in PREPOSITIONS or last == at):
        if units[last].low == "aged":
            break
        last += 1
    if last == at or names.is_place(units[last - 1]) or units[last - 1].low in PAPERS:
        return None
    where = last < end and units[last].low in ("in", "from") and units[last + 1].capital
    if (where or units[last].low == "of") and not any(u.quantity for u in units[last : end + 1]):
        last = end + 1  # "a member of the Afghan delegation", "an elder in Khost"
    words = names.words(units[at:last])
    side = names.side_of(units[at:last])
    return Speaker(words, words, units[at].start, side, "anonymous", single=True), first


def _of_noun(unit: Unit) -> bool:
    """Whether a unit may be part of what a speaker is called."""
    inside = unit.word or unit.quantity is not None or unit.low in ("-", "'s")
    return inside and not looks_finite(unit) and unit.low not in STOPS


def _is_age(unit: Unit) -> bool:
    return unit.quantity is not None or unit.low == "-" or unit.low.endswith("old") or unit.has("kind.time")


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
        if words[k].low in ("in", "at", "near", "on") and (
            not words[k + 1].capital or words[k + 1].low in WEEKDAYS
        ):
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
