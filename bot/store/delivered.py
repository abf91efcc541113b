"""What was delivered last, and what waits to be: for `/status` and the health check."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

import aiosqlite

from bot.store import codec

LAST = "SELECT platform, max(ended) AS ended FROM delivery JOIN subscription ON subscription.id = delivery.subscription WHERE delivery.state = 'sent' GROUP BY platform ORDER BY ended DESC"


async def last(connection: aiosqlite.Connection) -> tuple[tuple[str, datetime], ...]:
    """The last delivery that arrived on each platform, the latest first."""
    rows = await connection.execute_fetchall(LAST)
    return tuple((row["platform"], codec.moment(row["ended"])) for row in rows)


COUNTS = "SELECT state, count(*) AS count FROM delivery GROUP BY state"


async def counts(connection: aiosqlite.Connection) -> dict[str, int]:
    """How many deliveries are in each state: for `/status`."""
    return {row["state"]: row["count"] for row in await connection.execute_fetchall(COUNTS)}


# What was tried waits since it was owed, however far off its next attempt is; what waits on purpose (for a quiet hour's
# end, for a second change) waits only from then on, and so do the digests behind it, which come one after the other.
BACKLOG = """
SELECT count(*) AS count, min(CASE WHEN tried THEN created ELSE max(created, not_before + :ahead) END) AS oldest
FROM (
    SELECT delivery.*, attempts + looks > 0 AND reason <> :quiet AS tried
    FROM subscription AS who JOIN delivery ON who.id = delivery.subscription
    WHERE delivery.state IN ('new', 'trying', 'unsure', 'held') AND delivery.state <> 'held'
        AND who.paused = '' AND who.removed IS NULL AND who.platform IN (SELECT value FROM json_each(:platforms))
) AS owed
WHERE (tried OR not_before <= :now) AND (story IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM delivery AS ahead
    WHERE ahead.subscription = owed.subscription AND ahead.story IS NULL AND ahead.id < owed.id
        AND ahead.state IN ('new', 'trying', 'unsure', 'held') AND ahead.reason = :quiet AND ahead.not_before > :now
))
"""


async def backlog(
    connection: aiosqlite.Connection, platforms: Collection[str], quiet: str, now: float, wall: float
) -> tuple[int, float]:
    """How many deliveries on these platforms could be made now, and since when, by the wall, the oldest waits.

    `quiet`: for this reason deliveries wait on purpose. `now`: by the clock that waits are counted by.
    """
    values = {"platforms": json.dumps(sorted(platforms)), "quiet": quiet, "now": now, "ahead": wall - now}
    (row,) = await connection.execute_fetchall(BACKLOG, values)
    return row["count"], row["oldest"] or 0.0
