"""The sentences of a text, with the sides that each names and what it says of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from bot.news.text.lexicon import NATIONS, OWN, Mention, Text
from bot.news.text.words import OWNING, Span, word_set

FIRST = 4  # sentences, headline included, that tell what happened
HAPPENING = "type."
STIR = word_set("evidence.dispute evidence.violence")
POSTS = word_set("ambassador envoy commissioner representative")
BEHIND = word_set("amid amidst despite")
ASIDE = 3  # words from "amid" to who stands behind the news, or from them to their "influence"
OWNER = 4  # words from whose envoy it is to the post
MOVEMENTS = word_set("taliban taleban talibans")
FORMER = word_set("former ex onetime erstwhile")


class Part(NamedTuple):
    """A sentence with what it names and says."""

    span: Span
    sides: frozenset[str]
    said: frozenset[str]  # names of word lists
    title: bool

    @property
    def happening(self) -> bool:
        return any(n.startswith(HAPPENING) for n in self.said) or bool(STIR & self.said)

    @property
    def meeting(self) -> bool:
        return len(self.sides & OWN) > 1


Parts = tuple[Part, ...]


def parts_of(text: Text, title_end: int, missions: Mapping[str, str], network: Collection[str]) -> Parts:
    """The sentences in order; outlets and datelines name no side.

    A mission to one country speaks of that; beside who is of the `network` the Taliban are no government.
    """
    starts = [s.start for s in text.sentences]
    sides: list[set[str]] = [set() for _ in starts]
    said: list[set[str]] = [set() for _ in starts]
    for at, m in enumerate(text.mentions):
        if m.weight > 0 and not m.dateline and m.kind != "media" and not _stands_aside(m, at, text, network):
            sides[bisect_right(starts, m.start) - 1].update((m.side, missions.get(m.name, m.side)))
    for cue in text.cues:
        said[bisect_right(starts, cue.start) - 1].add(cue.name)
    told = zip(text.sentences, sides, said, strict=True)
    return tuple(Part(span, frozenset(a), frozenset(b), span.start < title_end) for span, a, b in told)


def _stands_aside(mention: Mention, at: int, text: Text, network: Collection[str]) -> bool:
    """Whether a name takes no part in the news as the side that it mostly stands for."""
    return (
        _held_post(mention, text)
        or _is_others_envoy(mention, at, text)
        or _is_movement(mention, at, text, network)
        or _is_backdrop(mention, at, text)
    )


def _is_others_envoy(mention: Mention, at: int, text: Text) -> bool:
    """ "Russia's special envoy for Afghanistan": the post is Pakistan's man only where nobody else's name stands before it."""
    if mention.kind != "person" or "for" not in text.spelled(mention).split():
        return False
    before = [m for m in text.mentions[max(0, at - 1) : at] if mention.token - m.token <= OWNER]
    if any(m.side in NATIONS for m in before):
        return False
    last = text.tokens[mention.token - 1] if mention.token else None
    owned = last is not None and text.text[last.start : mention.start].rstrip().endswith(OWNING)
    return bool(before) or owned


def _is_movement(mention: Mention, at: int, text: Text, network: Collection[str]) -> bool:
    """ "Al-Qaeda and the Taliban" hiding in Pakistan: fighters, not the government in Kabul."""
    return text.spelled(mention).casefold() in MOVEMENTS and any(
        other.name in network and _are_joined(mention, other, text)
        for other in text.mentions[max(0, at - 1) : at + 2]
    )


def _is_backdrop(mention: Mention, at: int, text: Text) -> bool:
    """ "Muttaqi lands in Tashkent amid China's and Pakistan's growing presence": one of several, behind the news."""
    if mention.side not in NATIONS:
        return False
    others = [m for m in text.mentions[max(0, at - 1) : at + 2] if m.side in ("intl", "IN")]
    first = next((m for m in others if _are_joined(mention, m, text)), None)
    if first is None:
        return False
    start, end = sorted((first.token, mention.token))
    if any(text.tokens[start].start == span.start for span in text.sentences):
        return False  # who opens a sentence acts in it
    amid = not BEHIND.isdisjoint(text.before(start, ASIDE))
    return amid or any(0 < c.token - end <= ASIDE for c in text.all_said("cue.influence"))


def _are_joined(one: Mention, two: Mention, text: Text) -> bool:
    """Whether only "and" stands between two names."""
    first, last = sorted((one, two), key=lambda m: m.start)
    between = text.text[first.end : last.start].casefold().replace("'s", "").replace("’s", "").split()
    return between in (["and"], ["and", "the"], ["or"], ["&"])


def _held_post(mention: Mention, text: Text) -> bool:
    """ "A former ambassador to Pakistan": where somebody once served takes no part in the news."""
    before = text.before(mention.token, 6)
    return before[-1:] == ["to"] and bool(POSTS & set(before[-3:])) and bool(FORMER & set(before))


def opening(parts: Parts) -> Parts:
    """The headline and the first sentence below it."""
    head = titles(parts)
    return (*head, *parts[len(head) : len(head) + 1])


def sides_of(parts: Iterable[Part]) -> frozenset[str]:
    """The sides that some sentences name."""
    return frozenset[str]().union(*(part.sides for part in parts))


def said_in(parts: Iterable[Part]) -> frozenset[str]:
    """The lists of whose words some sentences hold one."""
    return frozenset[str]().union(*(part.said for part in parts))


def titles(parts: Iterable[Part]) -> Parts:
    """The sentences of the headline."""
    return tuple(part for part in parts if part.title)
