"""Every entry that was ever met: under which names, and what was made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiosqlite

from bot.news.decision import Decision
from bot.news.model import Entry, Level
from bot.news.stories.identity import Known
from bot.store import codec

KNOWN = """
SELECT entry_key.key, entry.id, outlet, family, url, title, summary, seen, story, copy_of
FROM json_each(?) AS asked JOIN entry_key ON entry_key.key = asked.value JOIN entry ON entry.id = entry_key.entry
"""


async def known(connection: aiosqlite.Connection, keys: Iterable[str]) -> dict[str, Known]:
    """What we have met under these identity keys."""
    rows = await connection.execute_fetchall(KNOWN, (json.dumps(sorted(set(keys))),))
    return {row["key"]: _known(dict(row)) for row in rows}


def _known(values: dict[str, Any]) -> Known:
    del values["key"]
    return Known(**values | {"seen": codec.moment(values["seen"])})


TAKEN = "SELECT id FROM entry WHERE id IN (SELECT value FROM json_each(?))"


async def taken(connection: aiosqlite.Connection, ids: Iterable[str]) -> frozenset[str]:
    """Which of these ids are in use."""
    rows = await connection.execute_fetchall(TAKEN, (json.dumps(sorted(set(ids))),))
    return frozenset(row["id"] for row in rows)


ADD = """
INSERT INTO entry (id, feed, outlet, side, family, guid, url, title, summary, lang, seen, published,
                   story, copy_of, relevant, level, quiet, because)
VALUES (:id, :feed, :outlet, :side, :family, :guid, :url, :title, :summary, :lang, :seen, :published,
        :story, :copy_of, :relevant, :level, :quiet, :because)
ON CONFLICT (id) DO UPDATE SET
    url = excluded.url, title = excluded.title, summary = excluded.summary, story = excluded.story,
    copy_of = excluded.copy_of, relevant = excluded.relevant, level = excluded.level, because = excluded.because,
    edits = edits + 1, expired = 0
"""
FOLLOW = """
UPDATE entry SET story = :story, copy_of = coalesce(:copy_of, copy_of) WHERE story = :left AND copy_of = :entry
"""
KEY = (
    "INSERT INTO entry_key (key, entry) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET entry = excluded.entry"
)


async def add(
    connection: aiosqlite.Connection, decisions: Sequence[tuple[Decision, tuple[str, ...]]]
) -> None:
    """Store entries with their verdicts, each under all its identity keys.

    The same entry again adds the names it came under; an edited one replaces the text. Where feeds
    give one name to several entries, it means the last of them.
    """
    stored = [_values(decision) for decision, _ in decisions if decision.same_as is None or decision.edited]
    if stored:
        await connection.executemany(ADD, stored)
    for decision, _ in decisions:
        if decision.left is not None:  # what copied an entry goes where that went
            moved = {"story": decision.story, "copy_of": decision.copy_of, "left": decision.left}
            await connection.execute(FOLLOW, moved | {"entry": decision.same_as})
    if keys := [(key, d.same_as or d.entry.id) for d, names in decisions for key in names]:
        await connection.executemany(KEY, keys)


def _values(decision: Decision) -> dict[str, object]:
    entry = decision.entry
    return {
        **{name: getattr(entry, name) for name in WRITTEN},
        "id": decision.same_as or entry.id,
        "seen": codec.stamp(entry.seen),
        "published": codec.stamp(entry.published) if entry.published else None,
        "story": decision.story,
        "copy_of": decision.copy_of,
        "relevant": int(decision.reading.verdict.relevant),
        "level": int(decision.level),
        "quiet": decision.quiet,
        "because": codec.words(decision.because or decision.reading.verdict.because),
    }


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as stored, with its verdict: what `/why` and `/story` tell."""

    entry: Entry
    story: int | None
    copy_of: str | None
    relevant: bool
    level: Level
    quiet: str
    because: tuple[str, ...]
    edits: int


OF_STORY = "SELECT * FROM entry WHERE story = ? ORDER BY seen, id LIMIT ?"
IDS = "SELECT id FROM entry WHERE story = ? ORDER BY seen, id LIMIT ?"
BY_URL = "SELECT * FROM entry WHERE id = ?1 OR url = ?1 ORDER BY seen DESC LIMIT 1"


async def of_story(connection: aiosqlite.Connection, story: int, limit: int = 200) -> tuple[EntryRow, ...]:
    """The entries of a story, as they came."""
    return tuple(_row(row) for row in await connection.execute_fetchall(OF_STORY, (story, limit)))


async def ids(connection: aiosqlite.Connection, story: int, limit: int = 200) -> tuple[str, ...]:
    """What the entries of a story are called, as they came."""
    return tuple(row["id"] for row in await connection.execute_fetchall(IDS, (story, limit)))


async def find(connection: aiosqlite.Connection, url: str) -> EntryRow | None:
    """The entry with this id or address."""
    rows = list(await connection.execute_fetchall(BY_URL, (url,)))
    return _row(rows[0]) if rows else None


BY_KEYS = """
SELECT entry.* FROM json_each(?) AS asked JOIN entry_key ON entry_key.key = asked.value
JOIN entry ON entry.id = entry_key.entry ORDER BY asked.key, entry.seen DESC LIMIT 1
"""


async def met(connection: aiosqlite.Connection, keys: Sequence[str]) -> EntryRow | None:
    """The entry that we know by one of these identity keys; of several by the first of them."""
    rows = list(await connection.execute_fetchall(BY_KEYS, (json.dumps(list(keys)),)))
    return _row(rows[0]) if rows else None


# A title is looked for among the newest entries only, so that the question costs the same however many there are.
LOOKED_AT = 20_000
TITLED = f"""
SELECT entry.* FROM (SELECT id, title FROM entry ORDER BY seen DESC LIMIT {LOOKED_AT}) AS latest
JOIN entry USING (id)
WHERE NOT EXISTS (SELECT 1 FROM json_each(?) AS word WHERE instr(lower(latest.title), word.value) = 0)
ORDER BY entry.seen DESC LIMIT ?
"""  # noqa: S608


async def titled(connection: aiosqlite.Connection, words: str, limit: int) -> tuple[EntryRow, ...]:
    """The newest entries whose title has all of the words."""
    asked = json.dumps([word.lower() for word in words.split()[:32]])
    rows = await connection.execute_fetchall(TITLED, (asked, limit)) if words.strip() else ()
    return tuple(_row(row) for row in rows)


FROM_HOST = """
SELECT outlet, max(seen) AS seen FROM (
    SELECT outlet, seen FROM entry WHERE url >= ?1 || '/' AND url < ?1 || '0' LIMIT 5000
) GROUP BY outlet ORDER BY seen DESC
"""


async def from_host(connection: aiosqlite.Connection, address: str) -> tuple[tuple[str, datetime], ...]:
    """Whose entries lead to addresses that begin so ("https://www.dawn.com"), and when the last one came."""
    rows = await connection.execute_fetchall(FROM_HOST, (address,))
    return tuple((row["outlet"], codec.moment(row["seen"])) for row in rows)


EXPIRE = "UPDATE entry SET summary = '', expired = 1 WHERE seen < ? AND expired = 0"


async def expire(connection: aiosqlite.Connection, before: datetime) -> int:
    """Forget the text of old entries; their identity keys are never forgotten. How many."""
    return (await connection.execute(EXPIRE, (codec.stamp(before),))).rowcount


WRITTEN = ("id", "feed", "outlet", "url", "title", "summary", "side", "family", "guid", "lang")  # as they are


def _row(row: aiosqlite.Row) -> EntryRow:
    seen, published = codec.moment(row["seen"]), codec.maybe(row["published"])
    return EntryRow(
        entry=Entry(**{name: row[name] for name in WRITTEN}, seen=seen, published=published),
        story=row["story"],
        copy_of=row["copy_of"],
        relevant=bool(row["relevant"]),
        level=Level(row["level"]),
        quiet=row["quiet"],
        because=codec.lines(row["because"]),
        edits=row["edits"],
    )
