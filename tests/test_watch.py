"""The watch starts what is due: never one feed twice at once, never more than there is room for."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import pipeline, watch
from bot.feeds.feed import Feed, NotModified
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.pace import Due, Pace
from bot.feeds.parse import Parser
from bot.store import db, feeds
from bot.watch import Watch
from tests.news.making import shipped

NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
MONTH = 30 * 86_400.0


@dataclass
class Polls:
    """Stands for the pipeline: a poll ends when the test lets it."""

    allowed: asyncio.Event = field(default_factory=asyncio.Event)
    begun: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    most: int = 0
    broken: str = ""
    by: Exception = field(default_factory=lambda: RuntimeError("no reason"))

    async def poll(self, feed: Feed, parts: pipeline.Parts, now: datetime) -> pipeline.Polled:
        self.begun[feed.name] += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await self.allowed.wait()
            if feed.name == self.broken:
                raise self.by
        finally:
            self.under_way -= 1
        return pipeline.Polled(NotModified(feed.url), due=Due(300.0, Pace()))

    async def settled(self) -> None:
        """Until nothing happens any more."""
        for _ in range(20):
            await asyncio.sleep(0)


@pytest.fixture
def polls(monkeypatch: pytest.MonkeyPatch) -> Polls:
    stand_in = Polls()
    monkeypatch.setattr(pipeline, "poll", stand_in.poll)
    return stand_in


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[pipeline.Parts]:
    topic = shipped()
    async with db.opened(tmp_path) as database:
        yield pipeline.Parts(database, Fetcher(Limits()), Parser(), topic)


def made(count: int) -> list[Feed]:
    return [Feed(f"https://f{number}.example/rss", f"feed {number}", "Outlet") for number in range(count)]


async def started(parts: pipeline.Parts, count: int) -> Watch:
    ours = Watch(made(count), parts, lambda: NOW, chance=lambda: 0.0)
    await ours.start()
    ours.jumped(MONTH)
    return ours


async def test_a_feed_that_is_due_again_while_it_is_polled_is_not_polled_twice_at_once(
    parts: pipeline.Parts, polls: Polls
) -> None:
    ours = await started(parts, 1)
    [url] = ours.feeds
    await ours.tick()
    for reason in ("removed", ""):  # taken away and taken up again: it is due at once
        async with parts.database.write() as connection:
            await feeds.retire(connection, url, reason)
        await ours.tick()
    await polls.settled()
    assert (polls.begun["feed 0"], polls.under_way) == (1, 1)
    polls.allowed.set()
    await polls.settled()
    ours.jumped(MONTH)
    await ours.tick()
    await polls.settled()
    assert (polls.begun["feed 0"], polls.most) == (2, 1)


async def test_a_poll_that_ends_later_than_the_next_is_due_is_followed_by_the_next(
    parts: pipeline.Parts, polls: Polls
) -> None:
    def late(feed: Feed, result: pipeline.Polled) -> None:  # it has planned the next, and has not ended
        if polls.begun[feed.name] == 1:
            ours.jumped(MONTH)
            ours._begin()

    ours = Watch(made(1), parts, lambda: NOW, polled=late, chance=lambda: 0.0)
    await ours.start()
    ours.jumped(MONTH)
    polls.allowed.set()
    for _ in range(2):
        await ours.tick()
        await polls.settled()
    assert (polls.begun["feed 0"], polls.most) == (2, 1)


async def test_what_has_no_room_waits_until_polls_end(parts: pipeline.Parts, polls: Polls) -> None:
    count = 3 * watch.MOST + 10
    ours = await started(parts, count)
    await ours.tick()
    await polls.settled()
    assert polls.under_way == watch.MOST
    await ours.tick()
    await polls.settled()
    assert polls.under_way == watch.MOST
    polls.allowed.set()
    await polls.settled()
    assert polls.begun == dict.fromkeys((f"feed {number}" for number in range(count)), 1)
    assert polls.most == watch.MOST


@pytest.mark.parametrize("by", [RuntimeError("no reason"), sqlite3.OperationalError("disk is full")], ids=str)
async def test_a_poll_that_breaks_is_planned_again_and_holds_up_nobody(
    parts: pipeline.Parts, polls: Polls, by: Exception
) -> None:
    polls.broken, polls.by = "feed 1", by
    polls.allowed.set()
    ours = await started(parts, 3)
    with capture_logs() as logs:
        for _ in range(2):
            await ours.tick()
            await polls.settled()
            ours.jumped(MONTH)
    assert polls.begun == {"feed 0": 2, "feed 1": 2, "feed 2": 2}
    failed = [line for line in logs if line["event"] == "poll failed"]
    assert len(failed) == 2
    # a full disk says the same of every feed: a surprise alone is worth its traceback
    assert all(("exc_info" in line) == isinstance(by, RuntimeError) for line in failed)


async def test_what_a_clock_that_had_run_ahead_planned_is_not_believed(parts: pipeline.Parts) -> None:
    async with parts.database.write() as connection:
        for feed, ahead in zip(made(2), (timedelta(days=30), -timedelta(seconds=100)), strict=True):
            asked = feeds.Asked(due=NOW + ahead + timedelta(seconds=300))
            await feeds.remember(connection, feeds.note(feed.url, NOW + ahead, asked=asked))
    ours = Watch(made(2), parts, lambda: NOW, chance=lambda: 0.5)
    await ours.start()
    waits = [ours._deadlines.waiting()[feed.url] for feed in made(2)]
    assert waits == [pytest.approx(1.5, abs=1.0), pytest.approx(200.0, abs=1.0)]


async def test_nothing_is_begun_once_it_closes(parts: pipeline.Parts, polls: Polls) -> None:
    ours = await started(parts, 2 * watch.MOST)
    await ours.tick()
    await polls.settled()
    polls.allowed.set()
    await ours.close(5.0)
    assert sum(polls.begun.values()) == watch.MOST
