"""What channels wished for before, and what became of it there: what only `/why` asks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import aiosqlite

from bot.news.model import Subscription
from bot.store import codec, subscriptions

KEEP = """
INSERT INTO subscription_past (subscription, until, paused, settings) VALUES (?, ?, ?, ?)
ON CONFLICT (subscription, until) DO NOTHING
"""


async def keep(connection: aiosqlite.Connection, before: Subscription, now: datetime) -> None:
    """Call before a subscription is changed: so it was until now."""
    values = (before.id, codec.stamp(now), before.paused, codec.write(before))
    await connection.execute(KEEP, values)


THEN = "SELECT paused, settings FROM subscription_past WHERE subscription = ? AND until > ? ORDER BY until LIMIT 1"


async def then(connection: aiosqlite.Connection, now: Subscription, at: datetime) -> Subscription:
    """A subscription as it was at a moment."""
    rows = list(await connection.execute_fetchall(THEN, (now.id, codec.stamp(at))))
    if not rows:
        return now
    return replace(codec.read(Subscription, rows[0]["settings"]), id=now.id, paused=rows[0]["paused"])


FORGET = "DELETE FROM subscription_past WHERE until < ?"


async def forget(connection: aiosqlite.Connection, before: datetime) -> int:
    """Forget how subscriptions were so long ago; how many changes."""
    return (await connection.execute(FORGET, (codec.stamp(before),))).rowcount


@dataclass(frozen=True, slots=True)
class Wished:
    """A channel's subscription, or the last that it had."""

    subscription: Subscription
    removed: datetime | None


LAST = """
SELECT id, paused, subscription, removed FROM subscription
WHERE platform = ? AND space = ? AND channel = ? AND story = 0 ORDER BY removed IS NOT NULL, removed DESC LIMIT 1
"""


async def last(connection: aiosqlite.Connection, platform: str, space: str, channel: str) -> Wished | None:
    """The subscription of a channel, also one that was ended and not yet purged."""
    rows = list(await connection.execute_fetchall(LAST, (platform, space, channel)))
    if not rows:
        return None
    removed = rows[0]["removed"]
    return Wished(subscriptions.row(rows[0]), codec.maybe(removed))


DIGESTS = "SELECT id, title FROM digest WHERE id IN (SELECT value FROM json_each(?))"


async def digests(connection: aiosqlite.Connection, ids: Iterable[int]) -> dict[int, str]:
    """The titles of digests."""
    rows = await connection.execute_fetchall(DIGESTS, (json.dumps(sorted(set(ids))),))
    return {row["id"]: row["title"] for row in rows}
