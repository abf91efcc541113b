"""Each feed at its own pace: takes what is due, polls it, and says when to ask again."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from bot import pipeline
from bot.feeds import catalog
from bot.feeds.feed import Feed, NotModified
from bot.feeds.pace import LONGEST_WISH
from bot.schedule import Deadlines
from bot.store import feeds as memory

SHARE = 0.001  # seconds that the judgement, in its thread, computes before others have their turn
MOST = 64  # polls under way at once; what else is due waits, and holds no memory meanwhile

log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Watch:
    """All feeds and when each is due. `tick` starts what is due and never waits for it.

    Where more is due than may be under way, polls that end make room for the next.
    """

    def __init__(
        self,
        configured: Iterable[Feed],
        parts: pipeline.Parts,
        now: Callable[[], datetime],
        *,
        polled: Callable[[Feed, pipeline.Polled], None] | None = None,
        notice: Callable[[str], None] = lambda line: log.warning("notice", line=line),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._configured = tuple(configured)
        self.feeds = {feed.url: feed for feed in self._configured}
        self._parts, self._now, self._chance = parts, now, chance
        self.closed: tuple[Feed, ...] = ()  # by their publishers, and read no longer
        self._told, self._notice = polled or (lambda feed, result: None), notice
        self._deadlines = Deadlines()
        self._changed: tuple[memory.FeedRow, ...] = ()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._closed = False
        self.last_poll: datetime | None = None

    async def start(self) -> None:
        """Plan the first poll of each feed: what the last run had planned, spread where it is overdue."""
        sys.setswitchinterval(SHARE)
        async with self._parts.database.read() as connection:
            rows = {row.url: row for row in await memory.listed(connection)}
        await self.follow()
        now, pace = self._now(), self._parts.pace
        for url, feed in self.feeds.items():
            waited = planned(rows.get(url), now)
            spread = self._chance() * min(pace.interval, 30.0) * pace.jitter
            self._deadlines.set(url, min(max(waited, spread), feed.interval or LONGEST_WISH))

    async def tick(self) -> None:
        """Start a poll of every feed that is due and for which there is room; none is polled twice at once."""
        await self.follow()
        self._begin()

    def _begin(self) -> None:
        for url in self._deadlines.take(MOST - len(self._running)):
            if url not in self.feeds:
                continue
            if url in self._running:  # it is due again before it has ended
                self._deadlines.set(url, 0.0)
                continue
            task = asyncio.create_task(self._turn(self.feeds[url]), name=f"poll {self.feeds[url].name}")
            self._running[url] = task
            task.add_done_callback(lambda _, done=url: self._ended(done))  # type: ignore[misc]

    def _ended(self, url: str) -> None:
        del self._running[url]
        if len(self._running) == MOST // 2 and not self._closed:  # many at a time: what they ask is shared
            self._begin()

    async def follow(self) -> None:
        """Take up what operators added, let go of what they removed, since the last look."""
        async with self._parts.database.read() as connection:
            changed = await memory.changed(connection)
        if changed == self._changed:
            return
        self._changed = changed
        before = self.feeds
        followed = catalog.followed(self._configured, changed, self._parts.fetcher.limits.allow_ports)
        self.feeds = {feed.url: feed for feed in followed}
        self.closed = catalog.closed(self._configured, changed)
        for url in before.keys() - self.feeds.keys():
            self._deadlines.drop(url)
            log.info("feed dropped", feed=before[url].name)
        for url in self.feeds.keys() - before.keys():
            self._deadlines.set(url, 0.0)
            log.info("feed taken up", feed=self.feeds[url].name)

    def jumped(self, seconds: float) -> None:
        """The machine slept, or the clock was set: time lost counts as passed."""
        if seconds > 0:
            self._deadlines.advance(seconds)

    async def _turn(self, feed: Feed) -> None:
        try:
            await self.poll(feed)
            return
        except sqlite3.OperationalError as error:  # a full disk, a locked store: of every feed the same
            log.error("poll failed", feed=feed.name, store=str(error))
        except Exception:
            log.exception("poll failed", feed=feed.name)
        self._deadlines.set(feed.url, self._parts.pace.interval)

    async def poll(self, feed: Feed) -> pipeline.Polled:
        """One feed, once; plans its next poll."""
        now = self._now()
        result = await pipeline.poll(feed, self._parts, now)
        self.last_poll = now
        due = result.due
        if due is not None and feed.url in self.feeds:
            self._deadlines.set(feed.url, due.seconds)
        for notice in result.notices:
            self._notice(f"{feed.name}: {notice}")
        if not isinstance(result.answer, NotModified):
            log.info("polled", feed=feed.name, next=round(due.seconds) if due else None, **result.words())
        self._told(feed, result)
        return result

    async def close(self, seconds: float) -> None:
        """Let polls under way finish for a while, unless cancelled, then cancel them; nothing half-done is kept."""
        self._closed = True
        running = list(self._running.values())
        if running:
            try:
                await asyncio.wait(running, timeout=seconds)
            finally:
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)


def planned(row: memory.FeedRow | None, now: datetime) -> float:
    """Seconds until the poll that the last run planned; none where its clock had run ahead: then no plan counts."""
    if row is None or row.due is None or (row.last_polled is not None and row.last_polled > now):
        return 0.0
    return (row.due - now).total_seconds()
