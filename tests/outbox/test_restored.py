"""After a copy was restored: what a channel was told since is found there, in messages of its own and in digests."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.news.model import Alert, Level
from bot.outbox.sink import Gone, Outcome, Page, Target
from bot.store import db, migrate, restore
from tests.fakes.clock import FakeClock
from tests.fakes.sink import FAULTS, FakeSink, once
from tests.outbox.conftest import POLICY, Bench
from tests.outbox.test_crash import Killed, bury, ticks_until_killed
from tests.store.nouns import NOON, alert

ONE, NEXT = (datetime(2025, 10, 15, hour, 1, tzinfo=UTC) for hour in (13, 14))


def lesser(number: int, **changed: object) -> Alert:
    return alert(number, level=Level.NOTABLE, **changed)


class Lives:
    """Two lives on one channel: what the first does after the copy is unknown to the second."""

    def __init__(self, folder: Path, *, safe: bool = True) -> None:
        self.folder, self.clock = folder, FakeClock(NOON.timestamp())
        self.sink = FakeSink(self.clock, reposts_safely=safe)
        self.policy = POLICY
        self.copy = folder / "none"

    @asynccontextmanager
    async def life(self, restored: bool = True) -> AsyncIterator[Bench]:
        if restored and self.copy.exists():
            restore.restore(self.folder, self.copy, datetime.fromtimestamp(self.clock.true, UTC))
        async with db.opened(self.folder) as database:
            bench = Bench(database, self.clock, self.sink)
            bench.new_outbox(policy=self.policy)
            yield bench
            await bench.outbox.close()

    def keep(self, bench: Bench) -> None:
        now = datetime.fromtimestamp(self.clock.true, UTC)
        self.copy = migrate.backup(bench.database.path, self.folder / "backups", 3, now)

    async def until(self, bench: Bench, moment: datetime) -> None:
        self.clock.true = moment.timestamp()
        await bench.ticks(3)
        await bench.settle()

    def told(self) -> list[list[int]]:
        """Story by story, digest by digest."""
        posts = [post for post in self.sink.posts if not post.deleted]
        return [[number for number, _ in post.payload.get("stories", ())] for post in posts]


async def test_what_a_digest_told_after_the_copy_is_not_in_the_next(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        await bench.say(lesser(1))
        lives.keep(bench)
        await bench.say(lesser(2))
        await lives.until(bench, ONE)
    assert lives.told() == [[1, 2]]
    async with lives.life() as bench:
        await bench.say(lesser(2), lesser(3))
        await lives.until(bench, NEXT)
        assert set(await bench.states()) <= {"digested", "sent"}
    assert lives.told() == [[1, 2], [3]]


async def test_a_digest_of_the_same_hour_that_says_more_is_not_taken_for_told(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        await bench.say(lesser(1))
        lives.keep(bench)
        await lives.until(bench, ONE)
    async with lives.life() as bench:
        await bench.say(lesser(2))
        await lives.until(bench, ONE + timedelta(minutes=1))
    assert lives.told() == [[1], [2]]


async def test_what_rose_since_the_earlier_digest_is_told(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        await bench.say(lesser(1), lesser(2))
        lives.keep(bench)
        await lives.until(bench, ONE)
    async with lives.life() as bench:
        await bench.say(lesser(2, headline="Two more are found dead in Spera"))
        async with bench.database.write() as connection:
            await connection.execute(
                "UPDATE alert SET alert = replace(alert, 'Strike in Spera, revision 1 of story 2', 'Two more dead')"
            )
        await lives.until(bench, NEXT)
    assert lives.told() == [[1, 2], [2]]


async def test_what_was_told_alone_is_changed_there_and_in_no_digest(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        lives.keep(bench)
        await bench.say(alert(1))
        await bench.settle()
    async with lives.life() as bench:
        await bench.say(lesser(1, headline="What became of it"), lesser(2))
        await lives.until(bench, ONE)
        assert set(await bench.states()) <= {"digested", "sent"}
    assert lives.told() == [[], [2]]
    assert [edit["headline"] for edit in lives.sink.posts[0].edits] == ["What became of it"]


@pytest.mark.parametrize("fault", ["503", "500 before", "reset before"])
async def test_a_digest_waits_until_the_channel_can_be_read(tmp_path: Path, fault: str) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        await bench.say(lesser(1))
        lives.keep(bench)
        await lives.until(bench, ONE)
    lives.sink.fault = lambda call: fault if call == "read" else ""
    async with lives.life() as bench:
        await bench.say(lesser(2))
        await lives.until(bench, NEXT)
        assert lives.told() == [[1]]
        lives.sink.fault = lambda call: ""
        await bench.ticks(40)
    assert lives.told() == [[1], [2]]


async def test_a_channel_that_lets_nobody_in_is_paused_not_asked_for_ever(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        await bench.say(lesser(1))
        lives.keep(bench)
    lives.sink.lost = {"a"}
    async with lives.life() as bench:
        lives.sink.calls.clear()
        await lives.until(bench, ONE)
        await bench.ticks(100)
        assert bench.notices == ["discord channel a is paused: missing access"]
    assert lives.sink.calls == [("read", "a")]


@pytest.mark.parametrize("safe", [True, False])
async def test_the_parts_of_a_digest_are_told_apart(tmp_path: Path, safe: bool) -> None:
    """One part is lost on the way: the other is not taken for it, nor removed as its copy."""
    lives = Lives(tmp_path, safe=safe)
    posts = once("", "reset before")
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        await bench.say(*(lesser(number) for number in range(1, 15)))
        lives.sink.fault = lambda call: posts(call) if call == "post" else ""
        await lives.until(bench, ONE)
        await bench.ticks(600)
    assert [len(part) for part in lives.told()] == [10, 4]


@pytest.mark.parametrize("fault", ["late", "reset after"])
async def test_what_was_under_way_when_the_copy_was_put_back_is_waited_for(
    tmp_path: Path, fault: str
) -> None:
    """Slack's history lags, and a request may be accepted after its sender is gone."""
    lives = Lives(tmp_path, safe=False)
    async with lives.life() as bench:
        await bench.subscribe("a")
        lives.keep(bench)
        lives.sink.fault = once(fault)
        await bench.say(alert(1))
        await bench.ticks(1)
    async with lives.life() as bench:
        await bench.say(alert(1))
        await bench.ticks(120)
        assert await bench.states() == ["sent"]
    assert lives.sink.shown("a") == [(1, 1)]


class Paged(FakeSink):
    """Notes when each page was read."""

    went: list[float]

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        self.went.append(self.clock.monotonic())
        return await super().read(target, since, more)


async def test_every_page_of_a_channel_is_a_call_that_waits_for_its_turn(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    lives.sink = sink = Paged(lives.clock)
    sink.went, sink.page = [], 1
    lives.policy = replace(POLICY, per_second={"discord": 10})
    channels = [f"c{number}" for number in range(8)]
    async with lives.life() as bench:
        await bench.subscribe(*channels)
        lives.keep(bench)
        await bench.say(*(alert(number) for number in range(1, 11)))
        await bench.settle()
    assert sink.went == []
    async with lives.life() as bench:
        await bench.say(alert(10), alert(11))
        await bench.settle()
    assert len(sink.went) == len(channels) * (10 + 10)
    assert sink.went[-1] - sink.went[0] > 0.9 * len(sink.went) / 10
    assert {channel: len(sink.shown(channel)) for channel in channels} == dict.fromkeys(channels, 11)


class Busy(FakeSink):
    """A channel in which people have written: so many pages without anything of ours above what is."""

    pages = 0

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        if (number := int(more or 0)) >= self.pages:
            return await super().read(target, since, str(number - self.pages))
        self.calls.append(("read", target.channel))
        return Page((), str(number + 1))


@pytest.mark.parametrize("safe", [True, False])
async def test_the_day_after_a_restore_ends_without_a_restart(tmp_path: Path, safe: bool) -> None:
    lives = Lives(tmp_path, safe=safe)
    async with lives.life() as bench:
        await bench.subscribe("a")
        lives.keep(bench)
    async with lives.life() as bench:
        await bench.say(alert(1))
        await bench.settle()
        assert ("read", "a") in lives.sink.calls
        lives.clock.pass_time(2 * 86_400.0)
        await bench.ticks(1)
        lives.sink.calls.clear()
        await bench.say(alert(2))
        await bench.ticks(1)
        assert lives.sink.calls == [("post", "a")]


@pytest.mark.parametrize("safe", [True, False])
async def test_a_channel_too_busy_to_look_through_is_told_all_the_same(tmp_path: Path, safe: bool) -> None:
    lives = Lives(tmp_path)
    lives.sink = sink = Busy(lives.clock, reposts_safely=safe)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        lives.keep(bench)
        await bench.say(lesser(2))
        await lives.until(bench, ONE)
    sink.pages = 30
    async with lives.life() as bench:
        await bench.say(alert(1))
        await bench.settle()
        assert sink.shown("a") == [(1, 1)]
        assert bench.notices == [
            "discord channel a: story 1 is posted without knowing whether it was told before the restore: "
            "too many messages to look through"
        ]
        await bench.say(lesser(3))
        await lives.until(bench, NEXT)
        assert [3] in lives.told()


async def test_the_newest_messages_of_a_busy_channel_keep_a_digest_from_being_told_again(
    tmp_path: Path,
) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", digest="hourly")
        lives.keep(bench)
        await bench.say(lesser(1))
        await lives.until(bench, ONE)
    lives.sink.read = endless(lives.sink)  # type: ignore[method-assign]
    async with lives.life() as bench:
        await bench.say(lesser(1), lesser(2))
        await lives.until(bench, NEXT)
    assert lives.told() == [[1], [2]]


def endless(sink: FakeSink) -> Callable[..., Awaitable[Page | Outcome]]:
    """After what stands there comes ever more of other people."""
    read = sink.read

    async def reads(target: Target, since: float, more: str = "") -> Page | Outcome:
        page = await read(target, since) if not more else Page()
        return Page(page.marks, "more") if isinstance(page, Page) else page

    return reads


async def test_what_could_not_be_looked_for_is_told_when_the_day_is_over(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a")
        lives.keep(bench)
    lives.sink.fault = lambda call: "500 before" if call == "read" else ""
    async with lives.life() as bench:
        await bench.say(alert(1))
        await bench.ticks(100, 600.0)
        assert await bench.states() == ["held"]
        await bench.ticks(60, 600.0)
        assert await bench.states() == ["sent"]
    assert lives.sink.shown("a") == [(1, 1)]


async def test_a_token_that_is_refused_while_looking_stops_the_platform(tmp_path: Path) -> None:
    lives = Lives(tmp_path)
    async with lives.life() as bench:
        await bench.subscribe("a", "b", digest="hourly")
        await bench.say(lesser(1))
        lives.keep(bench)

    async def refused(*_: object) -> Outcome:
        lives.sink.calls.append(("read", ""))
        return Gone("the token is refused", "all")

    lives.sink.read = refused  # type: ignore[method-assign,assignment]
    async with lives.life() as bench:
        await lives.until(bench, ONE)
        await bench.ticks(100)
        assert bench.notices == ["discord is stopped until the next start: the token is refused"]
    assert lives.sink.calls == [("read", "")]


@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize("seed", range(int(os.environ.get("SEEDS", "3"))))
async def test_restored_at_any_time_under_faults_and_kills_everything_is_told_once(
    tmp_path: Path, seed: int, safe: bool
) -> None:
    """Alerts and hourly digests through many lives, some of which begin from an old copy."""
    chance = random.Random(seed)
    lives = Lives(tmp_path, safe=safe)
    said: list[Alert] = []

    def step(name: str) -> None:
        if chance.random() < 0.02:
            raise Killed(name)

    async with lives.life() as bench:
        await bench.subscribe("a", "b", digest="hourly")
        lives.keep(bench)
    lives.sink.fault = lambda call: chance.choice(FAULTS) if chance.random() < 0.3 else ""
    for _ in range(8):
        async with lives.life(restored=chance.random() < 0.5) as bench:
            await bench.say(*said)  # the feeds bring the same again
            bench.new_outbox(step=step)
            for _ in range(25):
                if len(said) < 40 and chance.random() < 0.4:
                    said.append(chance.choice((alert, lesser))(len(said) + 1))
                    await bench.say(said[-1])
                if chance.random() < 0.1:
                    lives.keep(bench)
                if await ticks_until_killed(bench, 1, chance.choice((5.0, 60.0, 600.0))):
                    break
            await bury(bench.outbox)
    lives.sink.fault = lambda call: ""
    async with lives.life(restored=False) as bench:
        await bench.say(*said)
        await bench.settle(400, 30.0)
        lives.clock.pass_time(3_600)
        await bench.settle(400, 30.0)
        assert await bench.unfinished() == []
    right = {one.story for one in said if one.level >= Level.MAJOR}
    for channel in "ab":
        alone = [story for story, _ in lives.sink.shown(channel)]
        posts = [post for post in lives.sink.posts if post.channel == channel and not post.deleted]
        digests = [story for post in posts for story, _ in post.payload.get("stories", ())]
        assert (sorted(alone), sorted(digests)) == (
            sorted(right),
            sorted({one.story for one in said} - right),
        )
