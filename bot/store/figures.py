"""Every claim ever read, appended and never changed: what was known on any day can be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from bot.news.decision import Decision
from bot.news.model import Figure
from bot.store import codec


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One figure as one entry gave it."""

    figure: Figure
    story: int
    entry: str
    outlet: str
    side: str
    url: str
    at: datetime


ADD = """
INSERT INTO claim (story, entry, at, measure, party, claimant, low, high, figure)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""


async def add(connection: aiosqlite.Connection, decisions: Iterable[Decision]) -> None:
    """Append the figures of entries that belong to a story; an edit adds what it says anew."""
    rows = [
        (
            decision.story,
            decision.same_as or decision.entry.id,
            codec.stamp(decision.entry.seen),
            figure.measure,
            figure.party,
            figure.claimant,
            figure.low,
            figure.high,
            codec.write(figure),
        )
        for decision in decisions
        if decision.story is not None and (decision.same_as is None or decision.edited)
        for figure in decision.reading.figures
    ]
    if rows:
        await connection.executemany(ADD, rows)


OF_STORY = """
SELECT claim.figure, claim.story, claim.entry, claim.at, entry.outlet, entry.side, entry.url
FROM claim JOIN entry ON entry.id = claim.entry
WHERE entry.story = :story AND entry.relevant = 1 AND claim.at <= :at
ORDER BY claim.at, claim.id
"""


async def of_story(connection: aiosqlite.Connection, story: int, at: datetime) -> tuple[ClaimRow, ...]:
    """What the reports about the topic claimed of a story, as known at a moment, oldest first."""
    rows = await connection.execute_fetchall(OF_STORY, {"story": story, "at": codec.stamp(at)})
    return tuple(
        ClaimRow(
            figure=codec.read(Figure, row["figure"]),
            story=row["story"],
            entry=row["entry"],
            outlet=row["outlet"],
            side=row["side"],
            url=row["url"],
            at=codec.moment(row["at"]),
        )
        for row in rows
    )
