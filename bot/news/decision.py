"""What is known before an entry is judged, and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.news.model import Alert, Entry, Level, PastEvent, Reading
from bot.news.stories.candidates import Index
from bot.news.stories.identity import Known
from bot.news.stories.story import Story


@dataclass(slots=True)
class Memory:
    """What is known before a batch, carried forward by the fold. Bounded by what `recall` reads."""

    known: dict[str, Known] = field(default_factory=dict)  # identity key (news.identity.keys) → entry
    stories: dict[int, Story] = field(default_factory=dict)  # candidates, by id
    next_story: int = 1
    past: tuple[PastEvent, ...] = ()  # stories of our own as history; the chronology is in the topic
    index: Index = field(default_factory=Index)  # follows `stories`


@dataclass(frozen=True, slots=True)
class Decision:
    """The judgement of one entry, with reasons; what `record` writes in one transaction.

    `story` is the number of the story that it belongs to, `alert` the story's new revision if there is
    something new to say, `quiet` why nobody is to be told ("" otherwise).
    """

    entry: Entry
    reading: Reading
    same_as: str | None
    edited: bool
    copy_of: str | None
    story: int | None
    level: Level
    alert: Alert | None
    quiet: str = ""
    because: tuple[str, ...] = field(default=())
    others: tuple[Alert, ...] = ()  # of stories that it merged or split: only where they are shown
    left: int | None = None  # the story that it was part of until it was rewritten; its copies leave with it
