"""Every claim ever read, appended and never changed: what was known on any day can be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
        (one.story, one.same_as or one.entry.id, codec.stamp(one.entry.seen), *_values(figure))
        for one in decisions
        if one.story is not None and (one.same_as is None or one.edited)
        for figure in one.reading.figures
    ]
    if rows:
        await connection.executemany(ADD, rows)


def _values(of: Figure) -> tuple[object, ...]:
    return of.measure, of.party, of.claimant, of.low, of.high, codec.write(of)


OF_STORY = """
SELECT claim.figure, claim.story, claim.entry, claim.at, entry.outlet, entry.side, entry.url
FROM claim JOIN entry ON entry.id = claim.entry
WHERE entry.story = :story AND entry.relevant = 1 AND claim.at <= :at
ORDER BY claim.at, claim.id
"""


async def of_story(connection: aiosqlite.Connection, story: int, at: datetime) -> tuple[ClaimRow, ...]:
    """What the reports about the topic claimed of a story, as known at a moment, oldest first."""
    rows = await connection.execute_fetchall(OF_STORY, {"story": story, "at": codec.stamp(at)})
    return tuple(_row(dict(row)) for row in rows)


def _row(values: dict[str, Any]) -> ClaimRow:
    figure, at = codec.read(Figure, values["figure"]), codec.moment(values["at"])
    return ClaimRow(**values | {"figure": figure, "at": at})
