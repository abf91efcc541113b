"""Each feed at its own pace: takes what is due, polls it, and says when to ask again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog

from bot import pipeline
from bot.feeds import pace
from bot.feeds.feed import Feed
from bot.schedule import Deadlines
from bot.store import feeds as memory

log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Watch:
    """All feeds and when each is due. `tick` starts what is due and never waits for it."""

    def __init__(
        self,
        feeds: Iterable[Feed],
        parts: pipeline.Parts,
        settings: pace.PaceSettings,
        now: Callable[[], datetime],
        *,
        polled: Callable[[Feed, pipeline.Polled], None] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.feeds = {feed.url: feed for feed in feeds}
        self._parts, self._settings, self._now, self._chance = parts, settings, now, chance
        self._told = polled or (lambda feed, result: None)
        self._deadlines = Deadlines()
        self._paces: dict[str, pace.Due] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self.last_poll: datetime | None = None

    async def start(self) -> None:
        """Plan the first poll of each feed: what the last run had planned, spread where it is overdue."""
        async with self._parts.database.read() as connection:
            rows = {row.url: row for row in await memory.listed(connection)}
        now = self._now()
        for url, feed in self.feeds.items():
            row = rows.get(url)
            if row is not None and row.retired:
                continue
            waited = (row.due - now).total_seconds() if row and row.due else 0.0
            spread = self._chance() * min(self._settings.interval, 30.0) * self._settings.jitter
            limit = feed.interval or self._settings.max_interval
            self._deadlines.set(url, min(max(waited, spread), limit))

    async def tick(self) -> None:
        """Start a poll of every feed that is due; a feed is never polled twice at once."""
        for url in self._deadlines.take():
            if url in self._running:  # it planned its next poll and has not quite ended
                self._deadlines.set(url, 0.0)
                continue
            task = asyncio.create_task(self._turn(self.feeds[url]), name=f"poll {self.feeds[url].name}")
            self._running[url] = task
            task.add_done_callback(lambda _, done=url: self._running.pop(done, None))  # type: ignore[misc]

    def jumped(self, seconds: float) -> None:
        """The machine slept, or the clock was set: time lost counts as passed."""
        if seconds > 0:
            self._deadlines.advance(seconds)

    async def _turn(self, feed: Feed) -> None:
        try:
            await self.poll(feed)
        except Exception:
            log.exception("poll failed", feed=feed.name)
            self._deadlines.set(feed.url, self._settings.interval)

    async def poll(self, feed: Feed) -> pipeline.Polled:
        """One feed, once; plans its next poll."""
        now = self._now()
        last = self._paces.get(feed.url)
        result = await pipeline.poll(feed, self._parts, now, unconditional=bool(last and last.unconditional))
        self.last_poll = now
        known = last.pace if last else pace.Pace()
        due = pace.next_due(known, result.answer, result.new, self._chance(), self._settings, feed.interval)
        self._paces[feed.url] = due
        if due.pace.retired:
            async with self._parts.database.write() as connection:
                await memory.retire(connection, feed.url, due.because)
            log.warning("feed retired", feed=feed.name, because=due.because)
        else:
            self._deadlines.set(feed.url, due.seconds)
            async with self._parts.database.write() as connection:
                await memory.due(connection, feed.url, now + timedelta(seconds=due.seconds))
        log.info("polled", feed=feed.name, next=round(due.seconds), **result.words())
        self._told(feed, result)
        return result

    async def close(self, seconds: float) -> None:
        """Let polls under way finish for a while, then cancel them; nothing half-done is kept."""
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
