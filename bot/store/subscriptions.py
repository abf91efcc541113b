"""Which channel wants what. A subscription is paused when access is lost, never deleted for it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import aiosqlite

from bot.news.alerts import audience
from bot.news.model import Subscription
from bot.store import codec

LOST = audience.LOST  # how a pause by the outbox begins; what was due then is kept for its end

FIND = """
SELECT id, paused, subscription FROM subscription
WHERE platform = ? AND space = ? AND channel = ? AND removed IS NULL AND story = 0
"""
ADD = "INSERT INTO subscription (platform, space, channel, created, paused, subscription) VALUES (?, ?, ?, ?, ?, ?)"
CHANGE = "UPDATE subscription SET paused = ?, subscription = ? WHERE id = ?"


async def add(connection: aiosqlite.Connection, subscription: Subscription) -> Subscription:
    """Store it and return it with its id; a channel that has one gets its settings changed."""
    there = await find(connection, subscription.platform, subscription.space, subscription.channel)
    if there:
        changed = replace(subscription, id=there.id, created=there.created)
        await connection.execute(CHANGE, (changed.paused, codec.write(changed), there.id))
        return changed
    created = codec.stamp(subscription.created)
    where = (subscription.platform, subscription.space, subscription.channel)
    cursor = await connection.execute(
        ADD, (*where, created, subscription.paused, codec.write(replace(subscription, id=0)))
    )
    if cursor.lastrowid is None:
        raise RuntimeError("a subscription was stored without a number")
    return replace(subscription, id=cursor.lastrowid)


async def find(
    connection: aiosqlite.Connection, platform: str, space: str, channel: str
) -> Subscription | None:
    """The subscription of a channel."""
    rows = list(await connection.execute_fetchall(FIND, (platform, space, channel)))
    return row(rows[0]) if rows else None


GET = "SELECT id, paused, subscription FROM subscription WHERE id = ? AND removed IS NULL"


async def get(connection: aiosqlite.Connection, subscription: int) -> Subscription | None:
    """One subscription by its number."""
    rows = list(await connection.execute_fetchall(GET, (subscription,)))
    return row(rows[0]) if rows else None


LIST = """
SELECT id, paused, subscription FROM subscription
WHERE removed IS NULL AND story = 0 AND (:platform = '' OR platform = :platform) AND (:space IS NULL OR space = :space)
ORDER BY id
"""


async def listed(
    connection: aiosqlite.Connection, platform: str = "", space: str | None = None
) -> tuple[Subscription, ...]:
    """All channels' subscriptions, or those of a platform or of one place there; paused ones included."""
    rows = await connection.execute_fetchall(LIST, {"platform": platform, "space": space})
    return tuple(row(found) for found in rows)


REMOVE = "UPDATE subscription SET removed = ? WHERE id = ? AND removed IS NULL"
CANCEL = """
UPDATE delivery SET state = 'dead', reason = 'unsubscribed', ended = ?
WHERE subscription = ? AND state IN ('new', 'unsure', 'held', 'digest')
"""


async def remove(connection: aiosqlite.Connection, subscription: int, now: datetime) -> bool:
    """End it: nothing more is sent. What was sent stays on record until `purge`."""
    at = codec.stamp(now)
    cursor = await connection.execute(REMOVE, (at, subscription))
    await connection.execute(CANCEL, (at, subscription))
    return cursor.rowcount == 1


PAUSE = "UPDATE subscription SET paused = ? WHERE id = ? AND removed IS NULL"


async def pause(connection: aiosqlite.Connection, subscription: int, reason: str) -> bool:
    """Send nothing until resumed; `reason` is shown to whoever asks."""
    return (await connection.execute(PAUSE, (reason or "paused", subscription))).rowcount == 1


async def resume(connection: aiosqlite.Connection, subscription: int) -> bool:
    """Send again; what waited too long meanwhile comes in the digest (`deliveries.overdue`)."""
    return (await connection.execute(PAUSE, ("", subscription))).rowcount == 1


REMOVED = "the bot was removed from here"
LEAVING = """
platform = :platform AND removed IS NULL AND gone IS NULL
    AND space NOT IN (SELECT value FROM json_each(:spaces))
"""
COMING = "platform = :platform AND gone IS NOT NULL AND space IN (SELECT value FROM json_each(:spaces))"
LEFT = f"""
UPDATE subscription SET
    gone = :now, paused = CASE WHEN paused = '' OR paused LIKE :lost THEN :why ELSE paused END
WHERE {LEAVING}
"""  # noqa: S608
BACK = f"""
UPDATE subscription SET gone = NULL, paused = CASE WHEN paused = :why THEN '' ELSE paused END WHERE {COMING}
"""  # noqa: S608
# How they were until now, as `wishes.keep` writes it of one.
KEEP = f"""
INSERT OR IGNORE INTO subscription_past (subscription, until, paused, settings)
SELECT id, :now, paused, subscription FROM subscription WHERE ({LEAVING}) OR ({COMING})
"""  # noqa: S608


async def present(
    connection: aiosqlite.Connection, platform: str, spaces: Collection[str], now: datetime
) -> tuple[int, int]:
    """The servers in which the bot is, all of them: the others' subscriptions rest, and are purged in time.

    Whoever invites it again before that finds everything as it was. How many left, how many came back.
    """
    values: dict[str, object] = {"platform": platform, "spaces": json.dumps(sorted(spaces)), "why": REMOVED}
    values["now"] = codec.stamp(now)
    await connection.execute(KEEP, values)
    left = await connection.execute(LEFT, values | {"lost": f"{LOST}%"})
    back = await connection.execute(BACK, values)
    return left.rowcount, back.rowcount


PURGE = "DELETE FROM subscription WHERE removed < :before OR gone < :before"
PURGE_SPACE = "DELETE FROM subscription WHERE platform = ? AND space = ?"


async def purge(connection: aiosqlite.Connection, before: datetime) -> int:
    """Delete what was removed, or left us out, before then, with all that was sent there; how many."""
    return (await connection.execute(PURGE, {"before": codec.stamp(before)})).rowcount


KEPT = """
SELECT platform, count(DISTINCT channel) AS channels,
    sum((SELECT count(*) FROM message WHERE message.subscription = subscription.id)) AS messages,
    sum((SELECT count(*) FROM delivery WHERE delivery.subscription = subscription.id)) AS deliveries
FROM subscription WHERE space = ? GROUP BY platform
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept about a place."""

    platform: str
    channels: int
    messages: int
    deliveries: int


async def kept(connection: aiosqlite.Connection, space: str) -> tuple[Kept, ...]:
    """What `purge_space` would delete, on each platform that has a place of this id."""
    return tuple(Kept(**dict(found)) for found in await connection.execute_fetchall(KEPT, (space,)))


async def purge_space(connection: aiosqlite.Connection, platform: str, space: str) -> int:
    """Delete everything of one place at once, on an operator's word."""
    return (await connection.execute(PURGE_SPACE, (platform, space))).rowcount


def row(found: aiosqlite.Row) -> Subscription:
    """A subscription from its columns id, paused and subscription."""
    stored = codec.read(Subscription, found["subscription"])
    return replace(stored, id=found["id"], paused=found["paused"])
