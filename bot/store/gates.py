"""The stories in which border crossings are spoken of."""

from __future__ import annotations

import json
from collections.abc import Iterable

import aiosqlite

from bot.news.stories.story import Story
from bot.store import codec

MOST = 400  # the latest; what is older is told by the records
NEAR = """
SELECT state FROM story
WHERE relevant = 1 AND merged_into IS NULL AND (
    type IN ('crossing', 'trade', 'returns')
    OR EXISTS (SELECT 1 FROM json_each(?) AS gate WHERE instr(story.place, gate.value) > 0)
)
ORDER BY active DESC, id DESC LIMIT ?
"""


async def stories(
    connection: aiosqlite.Connection, crossings: Iterable[str], most: int = MOST
) -> tuple[Story, ...]:
    """The latest stories at crossings, and those of trade and travel, which may be about any of them."""
    rows = await connection.execute_fetchall(NEAR, (json.dumps(list(crossings)), most))
    return tuple(codec.story(row["state"]) for row in rows)
