"""Two plain words that tell a happening together: flour and a ban, shots and a border, a truck and a gate.

Neither word tells by itself, and no list of phrases holds all the ways to put them together. A frame names
the lists of which a sentence needs a word each, near each other, and whose sides it must name or not name:
"shots + @PK + @AF - @militants". With > in place of + a word must stand behind the first: "killing > rebels".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.news.signs.meanings import MAY
from bot.news.text.lexicon import Cue, Mention, Text
from bot.news.text.words import Span, word_set

LISTS = "part."  # the word lists that frames are made of
WHO = word_set("PK AF border militants UN crossing venue PK-ground AF-ground feast")
ELSEWHERE = word_set("off.quake off.weather off.accident off.health off.sport")  # the same words, other news
FORCE = word_set("part.shots part.hit part.assault")
NEAR = 8  # words between the words of a frame


class Frame(NamedTuple):
    """What a sentence needs in order to tell a happening of a type."""

    type: str
    lists: tuple[str, ...]  # a word of each, near the first
    behind: tuple[bool, ...]  # which of them must stand behind the first
    sides: tuple[str, ...] = ()  # each named
    without: tuple[str, ...] = ()  # none named, and no word of it said


def parse(type: str, pattern: str, known: Collection[str]) -> Frame:
    """A frame out of its pattern.

    >>> parse("trade", "goods + measure + @PK - @militants", ["part.goods", "part.measure"])
    Frame(type='trade', lists=('part.goods', 'part.measure'), behind=(False, False), sides=('PK',), without=('militants',))
    """
    words = ["+", *pattern.split()]
    if len(words) % 2:
        raise ValueError(f"{pattern!r} ends in a sign")
    signs = iter(words)
    lists, behind, sides, without = list[str](), list[bool](), list[str](), list[str]()
    for sign, name in zip(signs, signs, strict=True):
        plain = name.removeprefix("@")
        side = plain != name
        if sign not in "+->" or (plain not in WHO if side else LISTS + name not in known):
            raise ValueError(f"{pattern!r}: {sign} {name} is no list of words.part and no side")
        found = without if sign == "-" else sides if side else lists
        found.append(plain if side else LISTS + name)
        if found is lists:
            behind.append(sign == ">")
    if not lists:
        raise ValueError(f"{pattern!r} has no list of words")
    return Frame(type, tuple(lists), tuple(behind), tuple(sides), tuple(without))


def told(text: Text, span: Span, frames: Iterable[Frame], cues: Sequence[Cue]) -> list[Cue]:
    """The happenings that a sentence tells by frames, other than those that `cues` of its own have told."""
    found: list[Cue] = []
    if text.said(span, *ELSEWHERE):
        return found
    types = {cue.name for cue in cues}
    inside = text.named(span)
    named = {m.side for m in inside} | {m.kind for m in inside}
    named |= {f"{m.side}-ground" for m in inside if m.is_ground}
    named |= {cue.name.removeprefix("cue.") for cue in text.cues_in(span)}
    free = _free([c for c in text.cues_in(span) if not _is_unreal(text, c)], inside, cues)
    for frame in frames:
        if frame.type in types or not free.keys() >= set(frame.lists):
            continue
        if not named.issuperset(frame.sides) or not named.isdisjoint(frame.without):
            continue
        if cue := _together(frame, [free[name] for name in frame.lists]):
            found.append(cue)
            types.add(frame.type)
    return found


def _is_unreal(text: Text, cue: Cue) -> bool:
    """ "Held for crossing to fight", "no strike", "would answer", "close to the border": meant to be done, or not done."""
    before = text.word(cue.token - 1)
    near = cue.phrase.casefold() == "close" and text.word(cue.token + 1) == "to"
    return near or before == "no" or (cue.name in FORCE and (before == "to" or before in MAY))


def _free(
    words: Iterable[Cue], inside: Sequence[Mention], cues: Sequence[Cue]
) -> Mapping[str, Sequence[Cue]]:
    """By list, the words that stand for themselves: neither the "Pass" of Nawa Pass nor the "fire" of "hold fire"."""
    places = [(m.start, m.end) for m in inside if m.is_place]
    phrases = {(c.start, c.end) for c in cues}
    found: dict[str, list[Cue]] = {}
    for word in words:
        if word.name.startswith(LISTS):
            start, end = own = word.start, word.end
            longer = phrases - {own}
            if not any(s <= start and end <= e for held in (places, longer) for s, e in held):
                found.setdefault(word.name, []).append(word)
    return found


def _together(frame: Frame, words: Sequence[Sequence[Cue]]) -> Cue | None:
    """One word of each list, all near the first."""
    for first in words[0]:
        near = [first]
        for others, behind in zip(words[1:], frame.behind[1:], strict=True):
            reach = range(first.token + 1 if behind else first.token - NEAR, first.token + NEAR + 1)
            near += [c for c in others if c.token in reach and c.token != first.token][:1]
        if len(near) == len(words):
            phrase = " … ".join(c.phrase for c in sorted(near, key=lambda c: c.token))
            start, end = min(c.start for c in near), max(c.end for c in near)
            return Cue(frame.type, start, end, min(c.token for c in near), phrase)
    return None
