"""Killed between any two steps, and started again: every alert is in the channel once, in its order."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.news.model import Level
from bot.outbox.deliver import STEPS, Outbox
from bot.store import db, meta, migrate, restore
from tests.fakes.clock import FakeClock
from tests.fakes.sink import FAULTS, once
from tests.outbox.conftest import POLICY, Bench
from tests.store.nouns import NOON, alert


class Killed(BaseException):
    """As SIGKILL: no handler of ours runs."""


def killer(name: str, count: int = 1) -> Callable[[str], None]:
    """Dies the `count`-th time that a step is reached."""
    left = [count]

    def step(reached: str) -> None:
        if reached == name:
            left[0] -= 1
            if left[0] == 0:
                raise Killed(name)

    return step


async def bury(outbox: Outbox) -> None:
    """What dies with the process: all its tasks."""
    tasks = list(outbox._busy.values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def ticks_until_killed(bench: Bench, count: int = 40, seconds: float = 3.0) -> bool:
    for _ in range(count):
        try:
            await bench.outbox.tick()
        except Killed:
            await bury(bench.outbox)
            return True
        if count > 1 and not await bench.unfinished():
            break
        bench.clock.pass_time(seconds)
    return False


@pytest.mark.parametrize(("safe", "style"), [(True, "message"), (False, "message"), (True, "forum")])
@pytest.mark.parametrize("fault", ["", "reset before", "reset after", "late"])
@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_each_step(bench: Bench, step: str, fault: str, safe: bool, style: str) -> None:
    bench.use(reposts_safely=safe, fault=once(fault))
    await bench.subscribe("a", style=style)
    await bench.say(alert(1), alert(2))
    for count in (1, 2):
        bench.new_outbox(step=killer(step, count))
        killed = await ticks_until_killed(bench)
        bench.clock.pass_time(3)
        if count == 1 and step not in ("looking", "looked"):
            assert killed
    bench.new_outbox()
    await bench.settle()
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]
    assert await bench.states() == ["sent", "sent"]


@pytest.mark.parametrize("step", STEPS)
async def test_killed_while_editing(bench: Bench, step: str) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(3)
    await bench.say(alert(1, 2))
    bench.new_outbox(step=killer(step))
    await ticks_until_killed(bench, 5)
    await bench.say(alert(1, 3))
    bench.new_outbox()
    await bench.settle()
    assert (bench.sink.shown("a"), await bench.unfinished()) == ([(1, 3)], [])


@pytest.mark.parametrize("seed", range(int(os.environ.get("SEEDS", "4"))))
async def test_faults_and_kills_at_random(bench: Bench, seed: int) -> None:
    """30 % faults of all kinds, a kill every few steps, the wall clock jumping about."""
    chance = random.Random(seed)
    safe = seed % 2 == 0

    def fault(call: str) -> str:
        return chance.choice(FAULTS) if chance.random() < 0.3 else ""

    def step(name: str) -> None:
        if chance.random() < 0.04:
            raise Killed(name)

    bench.use(reposts_safely=safe, fault=fault)
    await bench.subscribe("a", "b", style="forum" if seed % 4 == 2 else "message")
    bench.new_outbox(step=step)
    kills, newest = 0, {}
    for turn in range(240):
        if turn % 10 == 0 and turn < 100:
            story = turn // 10 + 1
            await bench.say(alert(story))
            newest[story] = 1
        elif turn % 7 == 0 and turn < 150:
            story = chance.choice(list(newest))
            newest[story] += 1
            await bench.say(alert(story, newest[story]))
        if chance.random() < 0.02:
            bench.clock.off = chance.choice((0.0, 3600.0, -3600.0))
        if await ticks_until_killed(bench, 1, 1.0):
            kills += 1
            bench.clock.off = 0.0
            bench.new_outbox(step=step if turn < 200 else lambda name: None)
    bench.sink.fault = lambda call: ""
    bench.new_outbox()
    await bench.settle(300, 10.0)
    assert await bench.unfinished() == [], await bench.dump()
    for channel in "ab":
        assert bench.sink.shown(channel) == sorted(newest.items())
    assert kills > 0


def jump(clock: FakeClock, seconds: float) -> None:
    clock.off += seconds


@pytest.mark.parametrize("seconds", [3600.0, -3600.0, 30 * 86_400.0, -30 * 86_400.0])
@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("fault", ["reset before", "reset after"])
async def test_the_wall_clock_jumps_while_nobody_knows(
    bench: Bench, seconds: float, restart: bool, fault: str
) -> None:
    bench.sink.fault = once(fault)
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2))
    await bench.outbox.tick()
    jump(bench.clock, seconds)
    if restart:
        bench.new_outbox()
    await bench.ticks(30)
    told = [post.payload.get("story") or post.payload["stories"] for post in bench.sink.posts]
    if restart and seconds > 86_400:
        assert told == [1, [[2, 1]]]  # to a new run it was a month of silence
    else:
        assert told == [1, 2]


async def test_a_clock_that_ran_ahead_is_set_right_between_two_runs(bench: Bench) -> None:
    bench.sink.fault = once("reset after")
    jump(bench.clock, 30 * 86_400.0)
    bench.new_outbox()
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    bench.clock.off = 0.0
    bench.new_outbox()
    await bench.ticks(30)
    assert bench.sink.shown("a") == [(1, 1)]


async def test_a_full_disk_delays_and_repeats_nothing(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2))
    pages: list[int] = []

    async def room(more: int) -> None:
        async with bench.database._writing:
            connection = bench.database._writer
            if not pages:
                pages.append(next(iter(await connection.execute_fetchall("PRAGMA page_count")))[0])
            await connection.execute_fetchall(f"PRAGMA max_page_count = {pages[0] + more}")

    bench.sink.render = lambda alert, target: {  # type: ignore[method-assign]
        "story": alert.story, "revision": 1, "bulk": "x" * 50_000,
    }  # fmt: skip
    await room(0)
    await bench.ticks(5)
    assert bench.sink.posts == []  # what cannot be written down is not sent
    await room(1000)
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]


@pytest.mark.parametrize("days", [0, 5])
async def test_after_restoring_a_copy_it_looks_before_the_first_send(tmp_path: Path, days: int) -> None:
    clock = FakeClock(NOON.timestamp())
    async with db.opened(tmp_path / "old") as database:
        bench = Bench(database, clock)
        await bench.subscribe("a")
        copy = migrate.backup(database.path, tmp_path / "old" / "backups", 3, NOON)
        clock.pass_time(600)
        await bench.say(alert(1), alert(2))
        await bench.ticks(3)
        sink = bench.sink
    (tmp_path / "new").mkdir()
    copy.rename(tmp_path / "new" / db.FILE)
    async with db.opened(tmp_path / "new") as database:
        bench = Bench(database, clock, sink)
        clock.pass_time(days * 86_400)
        sink.calls.clear()
        await bench.say(alert(1), alert(2), alert(3))  # the feeds bring the same again, and one more
        await bench.ticks(10)
        assert sink.shown("a") == [(1, 1), (2, 1), (3, 1)]
        assert [call for call, _ in sink.calls] == ["read", "edit", "read", "edit", "read", "post"]
        clock.pass_time(POLICY.after_restore + 1)
        bench.new_outbox()
        await bench.ticks(1)
        async with database.read() as connection:
            assert await meta.get(connection, meta.COPIED) is None


async def test_the_copy_of_a_copy_looks_as_far_back_as_the_first(tmp_path: Path) -> None:
    """Restored, and copied again before it had read the channels: the second copy is younger than what it knows."""
    clock = FakeClock(NOON.timestamp())
    told = [alert(number) for number in range(1, 12)]
    channels = [f"c{number}" for number in range(25)]
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock)
        sink = bench.sink
        await bench.subscribe(*channels)
        first = migrate.backup(database.path, tmp_path / "backups", 3, NOON)
        await bench.say(*told)
        await bench.settle()
    clock.pass_time(6 * 3_600)
    restore.restore(tmp_path, first, NOON + timedelta(hours=6))
    async with db.opened(tmp_path) as database:
        second = migrate.backup(database.path, tmp_path / "backups", 3, NOON + timedelta(hours=6))
    clock.pass_time(3_600)
    restore.restore(tmp_path, second, NOON + timedelta(hours=7))
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock, sink)
        await bench.say(*told)
        await bench.settle()
    right = [(one.story, 1) for one in told]
    assert [channel for channel in channels if sink.shown(channel) != right] == []


async def test_closing_waits_for_what_is_under_way(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2))
    running = asyncio.create_task(bench.outbox.run())
    await asyncio.wait_for(bench.sink.called.wait(), 5)
    await bench.outbox.close()
    await running
    assert set(await bench.states()) <= {"sent", "new"}
    assert bench.sink.in_flight == 0
    bench.new_outbox()
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]


async def test_what_was_changed_after_the_copy_is_put_right(tmp_path: Path) -> None:
    clock = FakeClock(NOON.timestamp())
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock)
        sink = bench.sink
        await bench.subscribe("a", role="editors", role_level=Level.MINOR)
        copy = migrate.backup(database.path, tmp_path / "backups", 3, NOON)
        await bench.say(alert(1))
        await bench.ticks(3)
    restore.restore(tmp_path, copy, NOON)
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock, sink)
        await bench.say(alert(1, headline="What became of it meanwhile"))
        await bench.ticks(3)
    (post,) = sink.posts
    assert [edit["headline"] for edit in post.edits] == ["What became of it meanwhile"]
    assert (post.ping, post.edits[0]["ping"]) == ("editors", "")  # nobody is called twice


@pytest.mark.parametrize("told", ["429", "reset before"])
async def test_what_was_surely_absent_when_the_copy_was_made_may_be_there(tmp_path: Path, told: str) -> None:
    clock = FakeClock(NOON.timestamp())
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock)
        sink = bench.sink
        sink.fault = once(told)
        await bench.subscribe("a")
        await bench.say(alert(1))
        await bench.ticks(1)
        assert await bench.states() == (["new"] if told == "429" else ["unsure"])
        copy = migrate.backup(database.path, tmp_path / "backups", 3, NOON)
        await bench.ticks(100)
    assert sink.shown("a") == [(1, 1)]
    restore.restore(tmp_path, copy, NOON)
    clock.pass_time(sink.nonce_window)
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock, sink)
        await bench.ticks(20)
        assert await bench.states() == ["sent"]
        again = migrate.backup(database.path, tmp_path / "backups", 3, NOON)
    restore.restore(tmp_path, again, NOON)
    async with db.opened(tmp_path) as database, database.read() as connection:
        assert await meta.get(connection, meta.RESTORED) is None
    assert sink.shown("a") == [(1, 1)]
