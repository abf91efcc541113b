"""What we remember of each feed: when it was asked, what it said, and what operators changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

import aiosqlite

from bot.store import codec


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed's memory. `settings` is the JSON of its line of feeds.toml where it was added at run time."""

    url: str
    origin: str = "config"  # config | chat
    settings: str = "{}"
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    marks: bytes = b""
    first_polled: datetime | None = None
    last_polled: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    reason: str = ""
    moved_to: str = ""
    retired: str = ""
    entries: int = 0
    health: str = ""  # of the last poll, one word; "": not polled yet
    newest: datetime | None = None  # the newest date ever seen in it
    notice: str = ""  # what an operator should know, and since when
    noticed: datetime | None = None
    quarantined: datetime | None = None  # until when nothing of it is told
    gaps: int = 0  # polls in a row that had nothing in common with the one before
    interval: float | None = None  # learned pace, in seconds
    unmodified: float = 0.0  # seconds for which the server has only said "not modified"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a poll says of the feed itself: how it is, and when to ask again."""

    health: str = "ok"
    due: datetime | None = None
    interval: float | None = None
    unmodified: float = 0.0
    newest: datetime | None = None
    gaps: int = 0


COLUMNS = ", ".join(column.name for column in fields(FeedRow))
MOMENTS = tuple(column.name for column in fields(FeedRow) if column.type == "datetime | None")
SEVERAL = f"SELECT {COLUMNS} FROM feed WHERE url IN (SELECT value FROM json_each(?))"  # noqa: S608
LIST = f"SELECT {COLUMNS.replace(' marks,', '')} FROM feed ORDER BY url"  # noqa: S608


async def rows(connection: aiosqlite.Connection, urls: Sequence[str]) -> list[FeedRow]:
    """The memory of each of these feeds, in their order; a feed never met has an empty one."""
    known = await connection.execute_fetchall(SEVERAL, (json.dumps(urls),))
    found = {row["url"]: _row(row) for row in known}
    return [found.get(url) or FeedRow(url) for url in urls]


async def listed(connection: aiosqlite.Connection) -> tuple[FeedRow, ...]:
    """Every feed that was ever polled or added, retired ones included; without the marks of their items."""
    rows = await connection.execute_fetchall(LIST)
    return await asyncio.to_thread(lambda: tuple(map(_row, rows)))  # there may be thousands


REMEMBER = """
INSERT INTO feed (url, etag, last_modified, digest, marks, first_polled, last_polled, last_success, last_new,
                  entries, health, due, interval, unmodified, newest, gaps)
VALUES (:url, :etag, :last_modified, :digest, :marks, :now, :now, :now, :fresh,
        :entries, :health, :due, :interval, :unmodified, :newest, :gaps)
ON CONFLICT (url) DO UPDATE SET
    etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest,
    marks = CASE WHEN excluded.marks = x'' THEN marks ELSE excluded.marks END,
    first_polled = coalesce(first_polled, excluded.first_polled),
    last_polled = excluded.last_polled, last_success = excluded.last_success,
    last_new = coalesce(excluded.last_new, last_new),
    failures = 0, reason = '', entries = entries + excluded.entries,
    health = excluded.health, due = coalesce(excluded.due, due), interval = excluded.interval,
    unmodified = excluded.unmodified, newest = coalesce(excluded.newest, newest), gaps = excluded.gaps
"""


Note = Mapping[str, object]  # what `REMEMBER` is given


def note(
    url: str,
    now: datetime,
    *,
    etag: str = "",
    last_modified: str = "",
    digest: str = "",
    marks: bytes = b"",
    entries: int = 0,
    asked: Asked | None = None,
) -> Note:
    """What is to be remembered of a poll that worked."""
    at = codec.stamp(now)
    values = {"url": url, "etag": etag, "last_modified": last_modified, "digest": digest, "marks": marks}
    counted = {"now": at, "fresh": at if entries else None, "entries": entries}
    return {**values, **counted, **_asked(asked or Asked())}


async def remember(connection: aiosqlite.Connection, poll: Note) -> None:
    """A poll that worked; belongs into the transaction that stores what it brought."""
    await remember_all(connection, [poll])


async def remember_all(connection: aiosqlite.Connection, polls: Sequence[Note]) -> Sequence[None]:
    """Several polls that worked."""
    await connection.executemany(REMEMBER, polls)
    return [None] * len(polls)


FAILED = """
INSERT INTO feed (url, last_polled, failures, reason, health, due, interval)
VALUES (:url, :now, 1, :reason, :health, :due, :interval)
ON CONFLICT (url) DO UPDATE SET
    last_polled = excluded.last_polled, failures = failures + 1, reason = excluded.reason,
    health = excluded.health, due = coalesce(excluded.due, due), unmodified = 0
"""


async def failed(
    connection: aiosqlite.Connection, url: str, reason: str, now: datetime, asked: Asked | None = None
) -> None:
    """A poll that did not work: validators, marks and pace stay as they were."""
    values = {"url": url, "now": codec.stamp(now), "reason": reason}
    await connection.execute(FAILED, {**values, **_asked(asked or Asked("failing"))})


def _asked(asked: Asked) -> dict[str, object]:
    return asdict(asked) | {"due": _stamp(asked.due), "newest": _stamp(asked.newest)}


def _stamp(moment: datetime | None) -> float | None:
    return None if moment is None else codec.stamp(moment)


NOTICE = "UPDATE feed SET notice = ?, noticed = ? WHERE url = ?"
QUARANTINE = "UPDATE feed SET quarantined = ? WHERE url = ?"


async def notice(connection: aiosqlite.Connection, url: str, words: str, now: datetime) -> None:
    """Something that an operator should know of a feed; the last one stands."""
    await connection.execute(NOTICE, (words, codec.stamp(now), url))


async def quarantine(connection: aiosqlite.Connection, url: str, until: datetime) -> None:
    """Nothing of this feed is told until then; it is read and kept."""
    await connection.execute(QUARANTINE, (codec.stamp(until), url))


RECENT = "SELECT title, url FROM entry WHERE feed = ? ORDER BY seen DESC LIMIT ?"


async def recent(
    connection: aiosqlite.Connection, url: str, limit: int = 2000
) -> tuple[frozenset[str], frozenset[str]]:
    """Titles and addresses of what a feed brought lately."""
    rows = list(await connection.execute_fetchall(RECENT, (url, limit)))
    return frozenset(row["title"] for row in rows), frozenset(row["url"] for row in rows if row["url"])


MOVED = "UPDATE feed SET moved_to = ? WHERE url = ?"


async def moved(connection: aiosqlite.Connection, url: str, to: str) -> None:
    """The server says that the feed has moved for good."""
    await connection.execute(MOVED, (to, url))


CHANGED = (
    "SELECT url, origin, settings, retired FROM feed WHERE origin = 'chat' OR retired <> '' ORDER BY rowid"
)


async def changed(connection: aiosqlite.Connection) -> tuple[FeedRow, ...]:
    """What differs from the configuration: feeds added at run time, and those that are no longer polled."""
    rows = await connection.execute_fetchall(CHANGED)
    return tuple(FeedRow(**dict(row)) for row in rows)


ADD = """
INSERT INTO feed (url, origin, settings) VALUES (?, 'chat', ?)
ON CONFLICT (url) DO UPDATE SET origin = 'chat', settings = excluded.settings, retired = '', moved_to = '', due = NULL
"""


async def add(connection: aiosqlite.Connection, url: str, settings: str) -> None:
    """An operator adds a feed at run time; `settings` is its line as JSON."""
    await connection.execute(ADD, (url, settings))


RETIRE = """
INSERT INTO feed (url, retired) VALUES (:url, :reason) ON CONFLICT (url) DO UPDATE SET retired = :reason
"""


async def retire(connection: aiosqlite.Connection, url: str, reason: str) -> None:
    """Poll it no longer ("" polls it again); what it brought stays."""
    await connection.execute(RETIRE, {"url": url, "reason": reason})


def _row(row: aiosqlite.Row) -> FeedRow:
    values = dict(row)
    return FeedRow(**values | {name: codec.maybe(values[name]) for name in MOMENTS})
