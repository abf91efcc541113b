"""An entry as it is stored, with its verdict: what tests look at, and the bot reads only in parts."""

from __future__ import annotations

from dataclasses import dataclass

import aiosqlite

from bot.news.model import Entry, Level
from bot.store import codec

OF_STORY = "SELECT * FROM entry WHERE story = ? ORDER BY seen, id"
FIND = "SELECT * FROM entry WHERE id = ?1 OR url = ?1 ORDER BY seen DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class EntryRow:
    entry: Entry
    story: int | None
    copy_of: str | None
    relevant: bool
    level: Level
    quiet: str
    because: tuple[str, ...]
    edits: int


async def of_story(connection: aiosqlite.Connection, story: int) -> tuple[EntryRow, ...]:
    """The entries of a story, as they came."""
    return tuple(_row(row) for row in await connection.execute_fetchall(OF_STORY, (story,)))


async def find(connection: aiosqlite.Connection, name: str) -> EntryRow | None:
    """The entry with this id or address."""
    rows = list(await connection.execute_fetchall(FIND, (name,)))
    return _row(rows[0]) if rows else None


def _row(row: aiosqlite.Row) -> EntryRow:
    entry = Entry(
        id=row["id"],
        feed=row["feed"],
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        summary=row["summary"],
        seen=codec.moment(row["seen"]),
        published=None if row["published"] is None else codec.moment(row["published"]),
        side=row["side"],
        family=row["family"],
        guid=row["guid"],
        lang=row["lang"],
    )
    return EntryRow(
        entry=entry,
        story=row["story"],
        copy_of=row["copy_of"],
        relevant=bool(row["relevant"]),
        level=Level(row["level"]),
        quiet=row["quiet"],
        because=codec.lines(row["because"]),
        edits=row["edits"],
    )
