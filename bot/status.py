"""How the bot is doing: for /status, and written down for the health check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.commands.base import Row
from bot.feeds.feed import Feed
from bot.store import deliveries
from bot.store import feeds as feed_memory
from bot.store.db import Database
from bot.web import health


async def rows(database: Database, feeds: Iterable[Feed], now: Callable[[], datetime]) -> tuple[Row, ...]:
    """The lines of /status."""
    at = now()
    async with database.read() as connection:
        known = {row.url: row for row in await feed_memory.listed(connection)}
        counts = await deliveries.counts(connection)
    states = {feed: health.of_feed(known.get(feed.url, feed_memory.FeedRow(feed.url)), at) for feed in feeds}
    polled = [row.last_polled for row in known.values() if row.last_polled]
    bad = [
        Row(f"{feed.name} ({feed.side}): {state}", known[feed.url].reason if feed.url in known else "")
        for feed, state in states.items()
        if state in ("failing", "retired", "quiet")
    ]
    waiting = {
        state: count for state, (count, _) in counts.items() if state in ("new", "trying", "unsure", "held")
    }
    return (
        Row("Feeds", health.coverage((feed.side, state) for feed, state in states.items())),
        Row("Last poll", f"{max(polled):%d %b %Y %H:%M} UTC" if polled else "none yet"),
        Row("Waiting to be sent", ", ".join(f"{n} {s}" for s, n in waiting.items()) or "nothing"),
        *bad,
    )
