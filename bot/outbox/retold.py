"""After a copy was restored: what waits for a digest may have been told after the copy was made, and is not told again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.model import Alert, Subscription
from bot.outbox import history, turn
from bot.outbox.sink import Mark, Sink
from bot.store import digests, entries
from bot.store.db import Database


async def leave_out(
    database: Database,
    who: Subscription,
    sink: Sink,
    alerts: Sequence[Alert],
    stands: Sequence[Mark],
    now: float,
) -> tuple[Alert, ...]:
    """Those of `alerts` that neither a message of their own nor a line of an earlier digest says.

    A story with a message is changed there to what is known now. A line that says something else is news.
    """
    lines = frozenset(line for mark in stands for line in mark.lines)
    left = []
    async with database.write() as connection:
        for alert in alerts:
            names = [turn.named(who, name) for name in await entries.ids(connection, alert.story)]
            own = next((mark for mark in stands if history.of_story(mark, names)), None)
            if own is not None:
                await digests.shown_already(connection, who.id, alert, own.message, turn.UNKNOWN, now)
            elif {*sink.line(alert).splitlines()} <= lines:
                await digests.told_already(connection, who.id, alert, now)
            else:
                left.append(alert)
    return tuple(left)
