"""All that is remembered, a page at a time, for `export`: no read lasts long, however much there is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiosqlite

from bot.news.stories.story import Story
from bot.news.text.words import word_set
from bot.store import codec
from bot.store.db import Database

PAGE = 100
STORIES = "SELECT id AS key, state FROM story WHERE id > ? ORDER BY id LIMIT ?"


async def stories(database: Database, page: int = PAGE) -> AsyncIterator[Story]:
    """Every story in the order of its number, merged ones too."""
    async for row in _rows(database, STORIES, page):
        yield codec.story(row["state"])


# What is kept about a place, by kind. Payloads are our own alerts in a platform's words, and those are exported with
# the stories.
KINDS = {
    "subscription": """
SELECT id AS key, id, platform, space, channel, created, paused, removed, gone, digested, subscription AS settings
FROM subscription WHERE space = ? AND id > ? ORDER BY id LIMIT ?""",
    "earlier_settings": """
SELECT past.rowid_key AS key, past.subscription, past.until, past.paused, past.settings FROM (
    SELECT row_number() OVER (ORDER BY subscription, until) AS rowid_key, * FROM subscription_past
    WHERE subscription IN (SELECT id FROM subscription WHERE space = ?)
) AS past WHERE past.rowid_key > ? ORDER BY past.rowid_key LIMIT ?""",
    "message": """
SELECT told.number AS key, told.subscription, told.story, told.message, told.revision, told.posted, told.changed, told.gone
FROM (
    SELECT row_number() OVER (ORDER BY subscription, story) AS number, * FROM message
    WHERE subscription IN (SELECT id FROM subscription WHERE space = ?)
) AS told WHERE told.number > ? ORDER BY told.number LIMIT ?""",
    "digest": """
SELECT id AS key, id, subscription, made, title FROM digest
WHERE subscription IN (SELECT id FROM subscription WHERE space = ?) AND id > ? ORDER BY id LIMIT ?""",
    "delivery": """
SELECT id AS key, id, subscription, story, revision, digest, state, kind AS sent_as, level, ping, because, created, attempts,
    last_attempt, reason, ended
FROM delivery WHERE subscription IN (SELECT id FROM subscription WHERE space = ?) AND id > ? ORDER BY id LIMIT ?""",
}
MOMENTS = word_set("created removed gone digested until posted changed made last_attempt ended")


async def of_place(database: Database, space: str, page: int = PAGE) -> AsyncIterator[dict[str, Any]]:
    """Everything that is kept about a place: its channels with their settings, now and before, and what was sent."""
    for kind, query in KINDS.items():
        async for row in _rows(database, query, page, space):
            yield {"kind": kind, **_plain(dict(row))}


async def _rows(database: Database, query: str, page: int, *asked: str) -> AsyncIterator[aiosqlite.Row]:
    """All that a query finds, page by page: each continues behind the last key."""
    last, full = 0, True
    while full:
        async with database.read() as connection:
            rows = list(await connection.execute_fetchall(query, (*asked, last, page)))
        for row in rows:
            last = row["key"]
            yield row
        full = len(rows) == page


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    del row["key"]
    for name, value in row.items():
        if name in MOMENTS and isinstance(value, float):
            row[name] = codec.moment(value).isoformat()
        elif name == "settings":
            row[name] = json.loads(value)
    return row
