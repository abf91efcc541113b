"""Everything we ever said about a story, revision by revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import aiosqlite

from bot.news.model import Alert
from bot.store import codec

ADD = """
INSERT INTO alert (story, revision, at, level, alert) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (story, revision) DO NOTHING
"""


async def add(connection: aiosqlite.Connection, alerts: Iterable[Alert], now: datetime) -> None:
    """Append revisions; one that was said is never said differently."""
    rows = [
        (alert.story, alert.revision, codec.stamp(now), int(alert.level), codec.write(alert))
        for alert in alerts
    ]
    if rows:
        await connection.executemany(ADD, rows)


GET = "SELECT alert FROM alert WHERE story = ? AND revision = ?"


async def get(connection: aiosqlite.Connection, story: int, revision: int) -> Alert | None:
    """One revision."""
    rows = list(await connection.execute_fetchall(GET, (story, revision)))
    return codec.read(Alert, rows[0]["alert"]) if rows else None


HISTORY = "SELECT alert, at FROM alert WHERE story = ? ORDER BY revision"


async def history(connection: aiosqlite.Connection, story: int) -> tuple[tuple[datetime, Alert], ...]:
    """All revisions with the moment of each, oldest first."""
    rows = await connection.execute_fetchall(HISTORY, (story,))
    return tuple((codec.moment(row["at"]), codec.read(Alert, row["alert"])) for row in rows)


LATEST = """
SELECT alert FROM alert JOIN (SELECT story, max(revision) AS revision FROM alert GROUP BY story)
USING (story, revision) JOIN story ON story.id = alert.story
WHERE alert.level >= ? AND story.merged_into IS NULL ORDER BY at DESC, story DESC LIMIT ?
"""


async def latest(connection: aiosqlite.Connection, level: int, limit: int) -> tuple[Alert, ...]:
    """The newest revision of the stories last changed, from a level on: what a preview shows."""
    rows = await connection.execute_fetchall(LATEST, (level, limit))
    return tuple(codec.read(Alert, row["alert"]) for row in rows)
