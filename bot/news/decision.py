"""What is known of an entry before it is judged, and what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.news.model import Alert, Entry, Level, Reading


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that we have met: enough to recognise it, an edit of it, or a copy of it."""

    id: str
    outlet: str
    family: str
    url: str
    title: str
    summary: str
    seen: datetime
    story: int | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The judgement of one entry, with reasons; what `record` writes in one transaction.

    `story` is the story's whole state after this entry (see `news.stories.Story`), `alert` the new
    revision if there is something new to say, `quiet` why nobody is to be told ("" otherwise).
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
