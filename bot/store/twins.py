"""What was sent again because it seemed lost, and may yet turn out to be there twice."""

from __future__ import annotations

import aiosqlite

from bot.store import deliveries
from bot.store.deliveries import Delivery

# Of what is sent, `not_before` says when to look for a twin; 0: never.
DUE = f"""
SELECT {", ".join("delivery." + name.strip() for name in deliveries.COLUMNS.split(","))}, message.message AS shown
FROM delivery LEFT JOIN message USING (subscription, story)
WHERE delivery.state = 'sent' AND delivery.not_before > 0 AND delivery.not_before <= ? LIMIT 100
"""  # noqa: S608


async def due(connection: aiosqlite.Connection, now: float) -> list[tuple[Delivery, str]]:
    """Where to look now, with the message that we know ("" for a part of a digest)."""
    found = []
    for row in await connection.execute_fetchall(DUE, (now,)):
        values = dict(row)
        shown = values.pop("shown") or ""
        found.append((deliveries.read(values), shown))
    return found


LOOKED = "UPDATE delivery SET not_before = ? WHERE id = ? AND state = 'sent'"


async def looked(connection: aiosqlite.Connection, delivery: int, again: float) -> None:
    """That was looked after; once more at `again`, never at 0."""
    await connection.execute(LOOKED, (again, delivery))
