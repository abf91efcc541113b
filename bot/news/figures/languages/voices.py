"""Everybody in a sentence of the feeds' other languages who can speak: named, titled, or without a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.news.figures.languages.latin import GIVEN, latin
from bot.news.figures.languages.line import Line
from bot.news.model import UNATTRIBUTED
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set
from bot.news.topics.topic import Nation

SPEAKER = "speaker."
LONGEST_NAME = 4  # words of a person's name
COUNTED = 3  # words after a number that may name the counted: "12 khawarij" are no speakers
SAID = word_set("how.say how.say_first")
ENDS = SAID | {"how.agent", "how.after_name", "how.according"}  # a name ends
TOLD = 3  # words from those who are told to the word of saying
NAMED = {"how.other"}  # words that names hold too: "نور"
JOINTS = word_set("how.after_name how.in_before")  # "officials IN the Taliban government"
OFFICES = ("police", "department")  # their spokesmen are shown as they are
SPEAK_FOR = frozenset(("spokesman", "officials", "local officials", "sources", "security sources"))
OF_PLACE = frozenset(("local officials", "local sources"))  # of the country where it happened
OF_NATION = OF_PLACE | {"sources", "security sources", "police"}  # whose country is told with them
SOURCES = OF_PLACE | {"security sources"}
SEATED = ("governor's office", "governor", "commissioner", "deputy commissioner", "assistant commissioner", "hospital")  # fmt: skip
WHOSE = word_set("demonym state country")
STATE = 3  # rank of a country's name: a speaker only where grammar says so


class Ground(NamedTuple):
    """The two countries, the side where a sentence's news happened, the only Afghan province of its report, and whose army is meant."""

    nations: Mapping[str, Nation]
    side: str = ""
    province: str = ""
    army: str = ""


class OtherClaim(NamedTuple):
    """The claimant, the words that name it, its side, and who denies it."""

    name: str = UNATTRIBUTED
    words: str = ""
    side: str = ""
    person: bool = False
    denied_by: str | None = None
    denied_side: str = ""


class Voice(NamedTuple):
    name: str
    words: str
    first: int  # word
    last: int  # word
    side: str
    rank: int  # persons before bodies before the unnamed before countries
    land: bool = False  # a name that is a country's or a capital's as well
    office: bool = False  # a body with a name: who arrests tells of it
    bare: bool = False  # the spokesman of a body, by no name

    @property
    def claim(self) -> OtherClaim:
        return OtherClaim(self.name, self.words, self.side, self.rank == 0)


def voices_of(line: Line, ground: Ground) -> tuple[Voice, ...]:
    """In order; an actor with the title before or behind its name. `ground`: where things happened."""
    kept: list[Voice] = []
    for voice in sorted(_voices(line, ground), key=lambda one: (one.first, one.rank)):
        joint = _joint(line, kept[-1], voice) if kept else None
        kept[-1:] = [joint] if joint else [*kept[-1:], voice]
    return tuple(voice for voice in kept if not _is_counted(line, voice))


def _is_counted(line: Line, voice: Voice) -> bool:
    for number in line.numbers:
        last = number.last
        stop = next((k for k in range(last, last + COUNTED) if line.pauses(k - 1)), last + COUNTED)
        if number.first < voice.first < stop:
            return True
    return False


def _joint(line: Line, one: Voice, two: Voice) -> Voice | None:
    """ "Spokesman of the ministry", "Taliban officials": one voice, by the name that it has.

    Two that say one thing together, "Pakistan AND Afghanistan announced", are no one's word against the other's.
    """
    if {one.side, two.side} == NATIONS and _are_joined(line, one, two):
        words = line.spelled(one.first, two.last)
        return Voice(UNATTRIBUTED, words, one.first, two.last, "", min(one.rank, two.rank))
    between = [line.lists[k] for k in range(one.last + 1, two.first) if not _is_place(line, k)]
    links = JOINTS if one.name in SPEAK_FOR else {"how.after_name"}
    if len(between) > 1 or any(links.isdisjoint(found) for found in between):
        return None
    words = line.spelled(one.first, two.last)
    if two.rank == 0 and not between and (one.bare or one.name.endswith("spokesman")):
        return two._replace(first=one.first)
    if "spokesman" in (one.name, two.name):
        other = two if one.name == "spokesman" else one
        last = max(one.last, two.last)
        if other.name.endswith("governor"):
            place = _place(line, one.first, two.last) if other.name == "governor" else ""
            return one._replace(name=f"{place}{other.name}'s spokesman", words=words, last=last)
        if other.name.endswith("hospital"):
            return one._replace(name=f"{other.name} spokesman", words=words, last=last)
        if other.rank == 2 and other.name.endswith(OFFICES):
            return one._replace(name=other.name, words=words, last=last, bare=True)
    for actor, unnamed in ((one, two), (two, one)):
        if actor.rank in (1, STATE) and unnamed.rank == 2 and unnamed.name in SPEAK_FOR:
            last, bare = max(one.last, two.last), unnamed.name == "spokesman"
            return actor._replace(first=one.first, last=last, rank=1, land=False, bare=bare)
    return None


def _are_joined(line: Line, one: Voice, two: Voice) -> bool:
    """Whether "and" alone stands between two voices; Arabic writes it onto the second."""
    between = line.lists[one.last + 1 : two.first]
    if not between:
        return "how.and" in line.lists[two.first] and not line.pauses(one.last)
    return len(between) == 1 and "how.and" in between[0]


def _place(line: Line, first: int, last: int) -> str:
    """Of what place, before or behind its title: "سخنگوی والی پکتیا", "د پکتیا والي ویاند"."""
    return next((f"{m.name} " for m in _beside(line, first, last) if m.is_ground), "")


def _beside(line: Line, first: int, last: int) -> list[Mention]:
    """The names that stand beside words, or behind "of the PROVINCE of"."""
    near = {first - 2, first - 1, last + 1}
    if not {"how.of_place", "how.in_before"}.isdisjoint(line.at(last + 1)):
        near.add(last + 2)
    return [m for m in line.names if line.word_at(m.start) in near]


def _is_place(line: Line, at: int) -> bool:
    word = line.words[at]
    return any(m.is_place and m.start <= word.start < m.end for m in line.names)


def _voices(line: Line, ground: Ground) -> Iterator[Voice]:
    for name in line.names:
        if name.is_actor and name.kind != "media":
            first, last = line.words_of(name)
            rank = {"person": 0, "state": STATE}.get(name.kind, 1)
            land = rank == STATE and "how.land" in line.lists[first]
            said = line.text[name.start : name.end]
            yield Voice(name.name, said, first, last, name.side, rank, land, name.kind == "office")
    covered = 0  # words before this one are part of a longer phrase
    for at, found in enumerate(line.lists):
        if "how.title" in found:
            yield from _persons(line, at)
        called = [name for name in found if name.startswith(SPEAKER)] if at >= covered else []
        if called:  # the longest is the most telling: "local officials"
            covered, _, longest = max((line.end_of(at, one), len(one), one) for one in called)
            yield from _unnamed(line, longest[len(SPEAKER) :], at, covered - 1, ground)


def _unnamed(line: Line, name: str, first: int, last: int, ground: Ground) -> Iterator[Voice]:
    """ "Local officials", "Pakistani sources", "of Nangarhar the refugees department": with what tells whose.

    "The army" is Pakistan's where nobody else's is named.
    """
    said = line.spelled(first, last)
    beside = _beside(line, first, last)
    whose = next((m for m in beside if m.kind in WHOSE), None)
    side = whose.side if whose else ""
    if name == ground.army:
        if side in ("", "PK"):
            yield Voice(name, said, first, last, "PK", 2)
        return
    where = next((m for m in beside if m.is_place and m.side in ground.nations), None)
    behind = next((m for m in beside if m.is_place and line.word_at(m.start) == last + 1), None)
    if behind and name in (*SEATED, "police"):
        _, last = line.words_of(behind)
    if name in SEATED or name.endswith("department"):
        seat = f"{ground.province} " if name == "governor's office" and ground.side == "AF" else ""
        name = f"{f'{behind.name} ' if behind else _place(line, first, last) or seat.lstrip()}{name}"
    elif name == "police":
        name = _police(side, where, ground)
    elif name in OF_NATION:
        there = (where.side if where else "") if name == "security sources" else ground.side
        side = side or ("AF" if name in SOURCES and there == "AF" else "")
        nation = ground.nations.get(side)
        name = f"{nation.people} {name.replace('local sources', 'sources')}" if nation else name
    yield Voice(name, said, first, last, "", 2)


def _police(side: str, where: Mention | None, ground: Ground) -> str:
    """ "Police in Khost", "the Taliban's police", of a report from Khost: the province's; Pakistan's are one police."""
    side = side or (where.side if where else ground.side)
    if side == "AF":
        return f"{(where.name if where else ground.province) or ground.nations[side].people} police"
    return f"{ground.nations[side].people} police" if side in ground.nations else "police"


def _persons(line: Line, title: int) -> Iterator[Voice]:
    """ "ترجمان نعمان خان نے بتایا": the name between a title and what its bearer does.

    A title may have words of its own before a comma, "سخنگوی والی کنر، نجیب‌الله حنفی، گفت", and may stand behind
    the name: "نجیب‌الله حنفی، سخنگوی والی کنر، گفت".
    """
    if title and line.pauses(title - 1):
        first = title
        while first and _is_of_name(line, first - 1, -1) and (first == title or not line.pauses(first - 1)):
            first -= 1
        if 2 <= title - first <= LONGEST_NAME and (first == 0 or line.pauses(first - 1)):
            yield _person(line, first, title - 1)
            return
    behind = line.end_of(title, "how.title")
    seat = next((k for k in range(behind, len(line.words)) if not _is_place(line, k)), behind)
    for first in (behind, seat, _after_pause(line, title)):
        last = first - 1
        while last + 1 < len(line.words) and _is_of_name(line, last + 1, first):
            last += 1
            if line.pauses(last):
                break
        ends = last + 1 < len(line.words) and not line.lists[last + 1].isdisjoint(ENDS)
        told = "how.small" in line.at(last + 1)  # "TO REPORTERS said"
        ends = ends or (told and not line.near(last + 2, last + 2 + TOLD).isdisjoint(SAID))
        if ends and 2 <= last + 1 - first <= LONGEST_NAME:
            yield _person(line, first, last)
            return


def _person(line: Line, first: int, last: int) -> Voice:
    said = line.spelled(first, last)
    words = line.words[first : last + 1]
    places = {word: m.name for m in line.names for word in words if m.start <= word.start < m.end}
    name = latin([places.get(w, line.text[w.start : w.end]) for w in words], line.lists[first : last + 1])
    return Voice(name, said, first, last, "", 0)


def _after_pause(line: Line, at: int) -> int:
    """The first word after the next comma, at most some words on; the end where there is none."""
    near = range(at, min(len(line.words) - 1, at + LONGEST_NAME))
    return next((k for k in near if line.pauses(k)), len(line.words)) + 1


def _is_of_name(line: Line, at: int, first: int) -> bool:
    """Whether a word may be part of a person's name; only its first cannot be a place's: "مستغفر ګربز"."""
    word = line.words[at]
    held = [m for m in line.names if m.start < word.end and word.start < m.end]
    said = {name for name in line.lists[at] if not name.startswith(GIVEN)}
    return said <= NAMED and (not held or (at != first and all(m.is_place for m in held)))
