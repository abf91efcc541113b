"""The sentences of a text, with the sides that each names and what it says of them."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from bot.news.text import Mention, Text, word_set

FIRST = 4  # sentences, headline included, that tell what happened
HAPPENING = "type."
OWN = word_set("PK AF border")
STIR = word_set("evidence.dispute evidence.violence")
POSTS = word_set("ambassador envoy commissioner representative")
FORMER = word_set("former ex onetime erstwhile")
MISSIONS = {"UNAMA": "AF"}  # the mission to one country speaks of that
Evidence = tuple[float, str]


class Part(NamedTuple):
    """A sentence with what it names and says."""

    start: int
    sides: frozenset[str]
    said: frozenset[str]  # names of word lists
    title: bool

    @property
    def happening(self) -> bool:
        return any(n.startswith(HAPPENING) for n in self.said) or bool(STIR & self.said)

    @property
    def meeting(self) -> bool:
        return len(self.sides & OWN) > 1


def parts_of(text: Text, title_end: int) -> tuple[Part, ...]:
    """The sentences in order; outlets and datelines name no side."""
    starts = [s.start for s in text.sentences]
    sides: list[set[str]] = [set() for _ in starts]
    said: list[set[str]] = [set() for _ in starts]
    for m in text.mentions:
        if m.weight > 0 and not m.dateline and m.kind != "media" and not _held_post(m, text):
            sides[bisect_right(starts, m.start) - 1].update((m.side, MISSIONS.get(m.name, m.side)))
    for cue in text.cues:
        said[bisect_right(starts, cue.start) - 1].add(cue.name)
    return tuple(
        Part(start, frozenset(a), frozenset(b), start < title_end)
        for start, a, b in zip(starts, sides, said, strict=True)
    )


def _held_post(mention: Mention, text: Text) -> bool:
    """ "A former ambassador to Pakistan": where somebody once served takes no part in the news."""
    before = [token.word for token in text.tokens[max(0, mention.token - 6) : mention.token]]
    return before[-1:] == ["to"] and bool(POSTS & set(before[-3:])) and bool(FORMER & set(before))


def opening(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The headline and the first sentence below it."""
    head = tuple(part for part in parts if part.title)
    return (*head, *parts[len(head) : len(head) + 1])


def all_sides(text: Text) -> frozenset[str]:
    return frozenset(m.side for m in text.mentions)
