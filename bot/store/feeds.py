"""What we remember of each feed: when it was asked, what it said, and what operators changed."""

from __future__ import annotations

from dataclasses import dataclass
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


COLUMNS = (
    "url, origin, settings, etag, last_modified, digest, marks, first_polled, last_polled, last_success,"
    " last_new, due, failures, reason, moved_to, retired, entries"
)
GET = f"SELECT {COLUMNS} FROM feed WHERE url = ?"  # noqa: S608
LIST = f"SELECT {COLUMNS} FROM feed ORDER BY url"  # noqa: S608


async def validators(connection: aiosqlite.Connection, url: str) -> FeedRow:
    """The memory of one feed; a feed never met has an empty one."""
    rows = list(await connection.execute_fetchall(GET, (url,)))
    return _row(rows[0]) if rows else FeedRow(url)


async def listed(connection: aiosqlite.Connection) -> tuple[FeedRow, ...]:
    """Every feed that was ever polled or added, retired ones included."""
    return tuple(_row(row) for row in await connection.execute_fetchall(LIST))


REMEMBER = """
INSERT INTO feed (url, etag, last_modified, digest, marks, first_polled, last_polled, last_success, last_new, entries)
VALUES (:url, :etag, :last_modified, :digest, :marks, :now, :now, :now, :fresh, :entries)
ON CONFLICT (url) DO UPDATE SET
    etag = excluded.etag, last_modified = excluded.last_modified, digest = excluded.digest,
    marks = CASE WHEN excluded.marks = x'' THEN marks ELSE excluded.marks END,
    first_polled = coalesce(first_polled, excluded.first_polled),
    last_polled = excluded.last_polled, last_success = excluded.last_success,
    last_new = coalesce(excluded.last_new, last_new),
    failures = 0, reason = '', entries = entries + excluded.entries
"""


async def remember(
    connection: aiosqlite.Connection,
    url: str,
    now: datetime,
    *,
    etag: str = "",
    last_modified: str = "",
    digest: str = "",
    marks: bytes = b"",
    entries: int = 0,
) -> None:
    """A poll that worked; belongs into the transaction that stores what it brought."""
    at = codec.stamp(now)
    values = {"url": url, "etag": etag, "last_modified": last_modified, "digest": digest, "marks": marks}
    await connection.execute(
        REMEMBER, {**values, "now": at, "fresh": at if entries else None, "entries": entries}
    )


FAILED = """
INSERT INTO feed (url, last_polled, failures, reason) VALUES (:url, :now, 1, :reason)
ON CONFLICT (url) DO UPDATE SET last_polled = :now, failures = failures + 1, reason = :reason
"""


async def failed(connection: aiosqlite.Connection, url: str, reason: str, now: datetime) -> None:
    """A poll that did not work: validators and marks stay as they were."""
    await connection.execute(FAILED, {"url": url, "now": codec.stamp(now), "reason": reason})


DUE = "UPDATE feed SET due = ? WHERE url = ?"


async def due(connection: aiosqlite.Connection, url: str, at: datetime) -> None:
    """A hint for the next start: ask again then."""
    await connection.execute(DUE, (codec.stamp(at), url))


MOVED = "UPDATE feed SET moved_to = ? WHERE url = ?"


async def moved(connection: aiosqlite.Connection, url: str, to: str) -> None:
    """The server says that the feed has moved for good."""
    await connection.execute(MOVED, (to, url))


ADD = """
INSERT INTO feed (url, origin, settings) VALUES (?, 'chat', ?)
ON CONFLICT (url) DO UPDATE SET origin = 'chat', settings = excluded.settings, retired = ''
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
    for name in ("first_polled", "last_polled", "last_success", "last_new", "due"):
        values[name] = None if values[name] is None else codec.moment(values[name])
    return FeedRow(**values)
