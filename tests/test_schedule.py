"""Jobs run whatever the wall clock does; what is due is monotonic."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base

from bot.schedule import Deadlines, Every, Schedule


class Hands:
    """A clock whose hands are set by the test."""

    def __init__(self) -> None:
        self.monotonic = 1000.0
        self.wall = 50_000.0


def test_missed_runs_are_not_enumerated() -> None:
    now = datetime(2026, 1, 31, tzinfo=UTC)
    assert Every(5).get_next_fire_time(now - timedelta(days=30), now) == now + timedelta(seconds=5)


def test_due_names_come_longest_overdue_first_and_once() -> None:
    hands = Hands()
    due = Deadlines(lambda: hands.monotonic)
    due.set("late", 10)
    due.set("later", 20)
    due.set("never", 900)
    hands.monotonic += 30
    due.set("last", -5)
    assert due.take(2) == ["late", "later"]
    assert due.take(2) == ["last"]
    assert due.take() == []


def test_sleep_counts_as_time_passed() -> None:
    hands = Hands()
    due = Deadlines(lambda: hands.monotonic)
    due.set("feed", 300)
    due.advance(8 * 3600)
    assert due.take() == ["feed"]


@pytest.mark.parametrize("jump", [-3600.0, 3600.0, 30 * 86_400.0])
def test_a_jump_is_noticed_once_and_told(jump: float) -> None:
    hands = Hands()
    schedule = Schedule(lambda: hands.monotonic, lambda: hands.wall)
    told: list[float] = []
    schedule.on_jump(told.append)
    hands.monotonic += 60
    hands.wall += 60
    assert schedule.check() == 0.0
    hands.wall += jump
    assert schedule.check() == jump
    assert schedule.check() == 0.0
    assert told == [jump]


class ShiftedClock(datetime):
    """What APScheduler takes for the wall clock."""

    shift = timedelta()

    @classmethod
    def now(cls, tz=None):  # type: ignore[no-untyped-def]
        return datetime.now(tz) + cls.shift


@pytest.mark.parametrize("hours", [-1, 1, 30 * 24])
async def test_jobs_go_on_after_the_clock_was_set(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    monkeypatch.setattr(base, "datetime", ShiftedClock)
    monkeypatch.setattr("bot.schedule.datetime", ShiftedClock)
    monkeypatch.setattr(ShiftedClock, "shift", timedelta())
    ran = asyncio.Event()

    async def job() -> None:
        ran.set()

    schedule = Schedule(time.monotonic, lambda: time.time() + ShiftedClock.shift.total_seconds(), watch=0.01)
    schedule.every("job", 0.02, job)
    async with asyncio.timeout(10), schedule:
        await ran.wait()
        ShiftedClock.shift = timedelta(hours=hours)
        ran.clear()
        await ran.wait()
        ran.clear()
        await ran.wait()


async def test_a_failing_job_goes_on() -> None:
    runs = 0
    enough = asyncio.Event()

    async def job() -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            enough.set()
        raise ValueError("once in a while")

    schedule = Schedule()
    schedule.every("job", 0.01, job)
    async with asyncio.timeout(10), schedule:
        await enough.wait()
