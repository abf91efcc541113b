"""The whole judgement on one page: entries and memory in, decisions with reasons out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.news.model import Decision, Document, Entry, Known, PastEvent, Reading
from bot.news.stories import Story
from bot.news.topic import Topic


@dataclass(slots=True)
class Memory:
    """What is known before a batch, carried forward by the fold. Bounded by what `recall` reads."""

    known: dict[str, Known] = field(default_factory=dict)  # identity key (news.identity.keys) → entry
    stories: dict[int, Story] = field(default_factory=dict)  # candidates, by id
    next_story: int = 1
    past: tuple[PastEvent, ...] = ()  # stories of our own as history; the chronology is in the topic


def read(document: Document, topic: Topic) -> Reading:
    """All that one text says by itself."""
    raise NotImplementedError


def decide(entries: Sequence[Entry], memory: Memory, topic: Topic) -> list[Decision]:
    """One decision per entry, in order; `memory` is updated as the fold goes on."""
    raise NotImplementedError
