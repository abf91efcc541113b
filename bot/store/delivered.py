"""What was delivered last: for `/status`."""

from __future__ import annotations

from datetime import datetime

import aiosqlite

from bot.store import codec

LAST = "SELECT platform, max(ended) AS ended FROM delivery JOIN subscription ON subscription.id = delivery.subscription WHERE delivery.state = 'sent' GROUP BY platform ORDER BY ended DESC"


async def last(connection: aiosqlite.Connection) -> tuple[tuple[str, datetime], ...]:
    """The last delivery that arrived on each platform, the latest first."""
    rows = await connection.execute_fetchall(LAST)
    return tuple((row["platform"], codec.moment(row["ended"])) for row in rows)
