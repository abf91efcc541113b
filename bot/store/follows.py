"""Who follows which story: subscriptions to one story each, told to one person in direct messages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import aiosqlite

from bot.news.model import Alert, Subscription
from bot.store import codec, deliveries, subscriptions

OF = """
SELECT id, paused, subscription FROM subscription
WHERE removed IS NULL AND story <> 0 AND (:platform = '' OR platform = :platform AND person = :person) ORDER BY id
"""


async def of(
    connection: aiosqlite.Connection, platform: str = "", person: str = ""
) -> tuple[Subscription, ...]:
    """The stories that a person follows; without one all that anybody follows."""
    rows = await connection.execute_fetchall(OF, {"platform": platform, "person": person})
    return tuple(subscriptions.row(found) for found in rows)


HEARING = """
SELECT id, paused, subscription FROM subscription
WHERE removed IS NULL AND story <> 0 AND story IN (SELECT value FROM json_each(?)) ORDER BY id
"""


async def hearing(connection: aiosqlite.Connection, stories: Iterable[int]) -> tuple[Subscription, ...]:
    """All who follow one of these stories."""
    rows = await connection.execute_fetchall(HEARING, (json.dumps(sorted(stories)),))
    return tuple(subscriptions.row(found) for found in rows)


BEGIN = """
INSERT INTO subscription (platform, space, channel, created, subscription, story, person) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING RETURNING id
"""


async def begin(
    connection: aiosqlite.Connection, wanted: Subscription, alert: Alert, now: float
) -> Subscription | None:
    """Follow a story, and owe it as it stands; None where this person follows it already."""
    where = (wanted.platform, wanted.space, wanted.channel, codec.stamp(wanted.created))
    values = (*where, codec.write(wanted), wanted.story, wanted.person)
    rows = list(await connection.execute_fetchall(BEGIN, values))
    if not rows:
        return None
    who = replace(wanted, id=rows[0]["id"])
    owed: dict[str, object] = {"subscription": who.id, "story": alert.story, "revision": alert.revision}
    owed |= {"state": "new", "kind": "", "place": 0, "level": int(alert.level), "ping": 0}
    owed |= {"because": "followed", "created": now, "not_before": 0.0}
    await connection.execute(deliveries.ADD, owed)
    await connection.execute(deliveries.PLACES, (alert.story, alert.revision))
    return who


DROP = "DELETE FROM subscription WHERE id = ? AND story <> 0"


async def drop(connection: aiosqlite.Connection, subscription: int) -> None:
    """Keep nothing of a follow that could not begin."""
    await connection.execute(DROP, (subscription,))


MOVE = """
UPDATE OR IGNORE subscription SET story = :into, subscription = json_set(subscription, '$.story', :into)
WHERE removed IS NULL AND story = :gone
"""


async def move(connection: aiosqlite.Connection, gone: int, into: int) -> None:
    """Who followed a story that became part of another follows that one; who followed both has its last word."""
    await connection.execute(MOVE, {"gone": gone, "into": into})


STILL = """
SELECT who.id FROM subscription AS who JOIN story ON story.id = who.story
WHERE who.removed IS NULL AND who.story <> 0 AND story.active < ?
"""


async def end_still(connection: aiosqlite.Connection, before: datetime, now: datetime) -> int:
    """End the follows of stories of which nothing was heard since then; how many."""
    rows = list(await connection.execute_fetchall(STILL, (codec.stamp(before),)))
    for row in rows:
        await subscriptions.remove(connection, row["id"], now)
    return len(rows)
