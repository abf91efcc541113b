"""How the bot is doing: for /status, and written down for the health check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.commands.base import Row
from bot.feeds import catalog
from bot.feeds.feed import Feed
from bot.store import deliveries
from bot.store import feeds as feed_memory
from bot.store.db import Database
from bot.store.feeds import FeedRow
from bot.web import health

RETIRED = timedelta(days=30)


async def rows(
    database: Database, feeds: Iterable[Feed], now: Callable[[], datetime], ports: Iterable[int] = ()
) -> tuple[Row, ...]:
    """The lines of /status."""
    at = now()
    async with database.read() as connection:
        known = {row.url: row for row in await feed_memory.listed(connection)}
        counts = await deliveries.counts(connection)
    read = catalog.followed(
        feeds, [row for row in known.values() if row.origin == "chat" or row.retired], ports
    )
    states = [
        (feed, of, health.of_feed(of, at))
        for feed, of in ((f, known.get(f.url, FeedRow(f.url))) for f in read)
    ]
    polled = [row.last_polled for row in known.values() if row.last_polled]
    waiting = {
        state: count for state, (count, _) in counts.items() if state in ("new", "trying", "unsure", "held")
    }
    told = [
        Row(f"{feed.name} ({feed.side}): {state}", words)
        for feed, row, state in states
        if (words := health.because(row, at)) or state not in (*health.WELL, "waiting")
    ]
    retired = [Row(f"no longer read: {row.url}", row.retired) for row in known.values() if _recent(row, at)]
    return (
        Row("Feeds", health.coverage((feed.side, state) for feed, _, state in states)),
        Row("Last poll", f"{max(polled):%d %b %Y %H:%M} UTC" if polled else "none yet"),
        Row("Waiting to be sent", ", ".join(f"{n} {s}" for s, n in waiting.items()) or "nothing"),
        *told,
        *retired,
    )


def _recent(row: FeedRow, now: datetime) -> bool:
    """A feed that its publisher closed is named for a while; what an operator removed is not."""
    return bool(row.retired and row.noticed and now - row.noticed < RETIRED)
