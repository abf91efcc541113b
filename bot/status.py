"""How the bot is doing: for /status, and written down for the health check."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot import masks
from bot.commands.base import Row
from bot.feeds import catalog
from bot.feeds.feed import Feed
from bot.store import delivered
from bot.store import feeds as memory
from bot.store.db import Database
from bot.store.feeds import FeedRow
from bot.web import health

RETIRED = timedelta(days=30)
UNSENT = ("new", "trying", "unsure", "held")  # states of deliveries that are owed


async def feeds(database: Database, followed: Iterable[Feed], at: datetime) -> tuple[health.FeedFact, ...]:
    """How each of these feeds is doing: those that are read, and those that their publishers closed."""
    async with database.read() as connection:
        known = {row.url: row for row in await memory.listed(connection)}
    read = tuple(followed)
    return await asyncio.to_thread(lambda: tuple(fact(feed, known.get(feed.url), at) for feed in read))


async def rows(
    database: Database, configured: Iterable[Feed], now: Callable[[], datetime], ports: Iterable[int] = ()
) -> tuple[Row, ...]:
    """The lines of /status."""
    at = now()
    async with database.read() as connection:
        known = {row.url: row for row in await memory.listed(connection)}
        counts = await delivered.counts(connection)
        sent = await delivered.last(connection)
    changed = [row for row in known.values() if row.origin == "chat" or row.retired]
    configured = tuple(configured)
    closed = catalog.closed(configured, changed)
    read = (*catalog.followed(configured, changed, ports), *closed)
    facts = [fact(feed, known.get(feed.url), at) for feed in read]
    polled = [row.last_polled for row in known.values() if row.last_polled]
    last = ", ".join(f"{name} {when:%d %b %Y %H:%M} UTC" for name, when in sent)
    waiting = ", ".join(f"{count} {state}" for state, count in counts.items() if state in UNSENT)
    told = [
        Row(f"{one.name} ({one.side}): {one.health}", one.because)
        for one in facts
        if one.health != "retired" and (one.because or one.health not in (*health.WELL, "waiting"))
    ]
    missed = {feed.url for feed in closed}
    retired = [
        Row(f"no longer read: {masks.masked(row.url)}", masks.masked(row.retired))
        for row in changed
        if row.url in missed or _recent(row, at)
    ]
    said = health.words(health.coverage((one.side, one.health) for one in facts))
    return (
        Row("Feeds", said if polled else f"not asked yet: {len(facts)} feeds"),
        Row("Last poll", f"{max(polled):%d %b %Y %H:%M} UTC" if polled else "none yet"),
        Row("Last delivery", last or "none yet"),
        Row("Waiting to be sent", waiting or "nothing"),
        *told,
        *retired,
    )


def fact(feed: Feed, remembered: FeedRow | None, at: datetime) -> health.FeedFact:
    """How a feed is doing, from what is remembered of it."""
    row = remembered or FeedRow(feed.url)
    return health.FeedFact(
        feed.name,
        masks.masked(feed.url),
        feed.side,
        health.of_feed(row, at),
        health.because(row, at),
        row.last_polled.timestamp() if row.last_polled else 0.0,
        row.newest.timestamp() if row.newest else 0.0,
    )


def _recent(row: FeedRow, now: datetime) -> bool:
    """A feed that its publisher closed is named for a while; what an operator removed is not."""
    return bool(row.retired not in ("", catalog.REMOVED) and row.noticed and now - row.noticed < RETIRED)
