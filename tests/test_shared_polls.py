"""Polls that reach the judgement at the same time share it: each as if it were alone, and none hurt by another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import judging, pipeline
from bot.feeds.feed import Feed, Fetched, Parsed
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.parse import Parser
from bot.news.model import Entry
from bot.news.topics.topic import Topic
from bot.store import db, feeds, subscriptions
from bot.store.feeds import FeedRow
from tests.store import nouns

NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
STRIKE = "Pakistani air strikes kill {} civilians in Khost, Afghan Taliban say"


@pytest.fixture
async def parts(tmp_path: Path, topic: Topic) -> AsyncIterator[pipeline.Parts]:
    async with db.opened(tmp_path) as database:
        async with database.write() as connection:
            await subscriptions.add(connection, nouns.subscription("a"))
        yield pipeline.Parts(database, Fetcher(Limits()), Parser(), topic, chance=lambda: 0.5)


def brought(number: int, *titles: str, name: str = "") -> pipeline.Brought:
    """A poll of a feed that was read before, with entries of these titles."""
    url = f"https://{number}.example/rss"
    given = tuple(
        Entry(name or f"{number}-{at}", url, f"Outlet {number}", f"{url}/{at}", title, "", NOW, NOW)
        for at, title in enumerate(titles)
    )
    row = FeedRow(url, first_polled=NOW - timedelta(hours=1), last_success=NOW - timedelta(minutes=5))
    feed, marks = Feed(url, f"feed {number}", f"Outlet {number}"), f"marks of {number}".encode()
    parsed = Parsed(given, marks=marks, total=len(given))
    return pipeline.Brought(feed, row, Fetched(b"", url), parsed, given, lambda entry: "", NOW)


async def all_at_once(parts: pipeline.Parts, polls: Sequence[pipeline.Brought]) -> list[Any]:
    """What came of each, where all wait when the first one's turn comes."""
    async with parts.database.judging:
        tasks = [asyncio.create_task(pipeline.concluded(one, parts)) for one in polls]
        await asyncio.sleep(0)
    return await asyncio.gather(*tasks, return_exceptions=True)


async def stored(database: db.Database) -> dict[str, list[tuple[object, ...]]]:
    """All that is remembered of it."""
    asked = {
        "entry": "SELECT id, feed, title, story FROM entry ORDER BY id",
        "story": "SELECT id, opener, level, headline FROM story ORDER BY id",
        "feed": "SELECT url, marks, entries, health, due FROM feed ORDER BY url",
        "alert": "SELECT story, revision FROM alert ORDER BY story, revision",
        "delivery": "SELECT story, revision FROM delivery ORDER BY id",
    }
    async with database.read() as connection:
        return {
            name: [tuple(row) for row in await connection.execute_fetchall(sql)]
            for name, sql in asked.items()
        }


def several() -> list[pipeline.Brought]:
    return [
        brought(1, STRIKE.format(11)),
        brought(2, "Hockey: the national side wins again in the final"),
        brought(3),
        brought(4, STRIKE.format(11), STRIKE.format(12)),
        brought(5, "Torkham crossing reopens to trucks after talks"),
    ]


async def test_judged_together_is_judged_as_if_each_came_alone(
    parts: pipeline.Parts, tmp_path: Path, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    transactions = 0
    write = db.Database.write

    @asynccontextmanager
    async def counted(self: db.Database) -> AsyncIterator[Any]:
        nonlocal transactions
        transactions += 1
        async with write(self) as connection:
            yield connection

    monkeypatch.setattr(db.Database, "write", counted)
    together = await all_at_once(parts, several())
    assert transactions == 1
    assert parts.waiting == []
    async with db.opened(tmp_path / "other") as database:
        async with write(database) as connection:
            await subscriptions.add(connection, nouns.subscription("a"))
        others = replace(parts, database=database)
        alone = [await pipeline.concluded(one, others) for one in several()]
        assert [(one.new, one.total, one.due) for one in together] == [
            (one.new, one.total, one.due) for one in alone
        ]
        shared, apart = await stored(parts.database), await stored(database)
    assert [one.owed for one in together] == [
        1,
        0,
        0,
        0,
        0,
    ]  # told as it stands at the end, not again and again
    assert dict(shared.pop("delivery")) == dict(apart.pop("delivery"))  # type: ignore[arg-type]
    assert shared == apart


async def test_what_spoils_one_spoils_no_other(parts: pipeline.Parts) -> None:
    async def judge(database: db.Database, given: Sequence[Entry], *rest: Any) -> judging.Judged:
        if any("Hockey" in entry.title for entry in given):
            raise ValueError("no hockey")
        return await judging.judgement(database, given, *rest)

    ended = await all_at_once(replace(parts, judge=judge), several())
    assert [type(one).__name__ for one in ended] == ["Polled", "ValueError", "Polled", "Polled", "Polled"]
    assert parts.waiting == []
    kept = await stored(parts.database)
    assert {row[1] for row in kept["entry"]} == {f"https://{number}.example/rss" for number in (1, 4, 5)}
    assert len(kept["feed"]) == 4


async def test_whose_turn_it_is_may_be_cancelled_and_the_others_still_come(parts: pipeline.Parts) -> None:
    begun = asyncio.Event()

    async def judge(database: db.Database, given: Sequence[Entry], *rest: Any) -> judging.Judged:
        if not begun.is_set():
            begun.set()
            await asyncio.sleep(60)
        return await judging.judgement(database, given, *rest)

    slow = replace(parts, judge=judge)
    async with parts.database.judging:
        first, *others = [asyncio.create_task(pipeline.concluded(one, slow)) for one in several()]
        await asyncio.sleep(0)
    await begun.wait()
    first.cancel()
    ended = await asyncio.gather(*others)
    assert first.cancelled()
    assert [one.new for one in ended] == [1, 0, 2, 1]
    assert parts.waiting == []


def test_nothing_is_judged_beside_what_may_be_the_same_or_too_much() -> None:
    mine = brought(1, "a", name="same")
    large = brought(6, *map(str, range(pipeline.TOGETHER)))
    waiting = [mine, brought(2, "b", name="same"), large, brought(1, "c"), brought(3), brought(4, "d")]
    waiting[-1].alone = True
    assert pipeline.companions(mine, waiting) == [mine, waiting[4]]
    assert pipeline.companions(waiting[-1], waiting) == [waiting[-1]]
    assert pipeline.companions(large, waiting)[1:] == [waiting[4]]


async def test_their_feeds_are_remembered_with_what_they_brought(parts: pipeline.Parts) -> None:
    await all_at_once(parts, several())
    async with parts.database.read() as connection:
        (row,) = await feeds.rows(connection, ["https://4.example/rss"])
    assert (row.marks, row.entries) == (b"marks of 4", 2)
