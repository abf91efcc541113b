"""Kinds of event: the word list that tells of each, and which of them are told of one happening."""

from __future__ import annotations

from collections.abc import Collection

from bot.news.model import EVENT_TYPES, EventType

PREFIX = "type."
TYPES: dict[str, EventType] = {PREFIX + name: name for name in EVENT_TYPES}  # by its list of words

FOUGHT: frozenset[EventType] = frozenset({"air_strike", "border_clash", "attack", "operation"})
SPOKEN: frozenset[EventType] = frozenset(
    {"ceasefire", "talks", "diplomacy", "multilateral", "statement", "political"}
)
PASSAGE: frozenset[EventType] = frozenset({"crossing", "returns", "trade", "humanitarian"})
FAMILIES = {"fought": FOUGHT, "spoken": SPOKEN, "passage": PASSAGE}
RECURRING = FOUGHT | {"ceasefire", "talks", "diplomacy", "crossing", "multilateral"}
ACTS: frozenset[EventType] = frozenset(  # what is done about a happening, not said of it
    {"diplomacy", "arrest", "talks", "ceasefire", "crossing"}
)
SPEAKS: frozenset[EventType] = frozenset(  # told on a later day, and elsewhere, of what happened
    {"statement", "diplomacy", "political", "multilateral", "humanitarian", "ceasefire", "trade", "returns"}
)
FOLLOWS: dict[
    EventType, frozenset[EventType]
] = {  # what is told by its outcome, or by a plain word, and of what
    "humanitarian": FOUGHT | {"crossing"},
    "attack": frozenset({"air_strike", "border_clash"}),
    "operation": frozenset({"attack"}),
    "arrest": frozenset({"border_clash"}),
    "crossing": frozenset({"border_clash"}),
    "trade": frozenset({"crossing"}),
    "political": frozenset({"ceasefire", "talks"}),
}
REACTIONS: frozenset[EventType] = frozenset({"statement", "political", "multilateral", "humanitarian"})

# what may only answer another
ANSWERS: frozenset[EventType] = frozenset({"statement", "political", "diplomacy"})
FIRE: frozenset[EventType] = frozenset({"air_strike", "border_clash"})  # a "strike" that others call shelling
REPORTED: tuple[EventType, ...] = ("humanitarian", "multilateral")  # what the UN tells


def lists(kinds: Collection[EventType]) -> tuple[str, ...]:
    """The lists of words that tell of some kinds."""
    return tuple(PREFIX + kind for kind in kinds)


def family(kind: EventType) -> str:
    """The name under which a kind and its kin are found."""
    return next((name for name, kinds in FAMILIES.items() if kind in kinds), kind)


def comes_of(kind: EventType | None, of: EventType | None) -> bool:
    """Whether one kind is told as what came of another: the wounded of a strike, the gate that a clash shut."""
    return kind is not None and of in FOLLOWS.get(kind, ())


def kin(one: EventType, other: EventType) -> bool:
    """Whether two kinds of event are often told of one happening."""
    return one == other or any(one in kinds and other in kinds for kinds in FAMILIES.values())
