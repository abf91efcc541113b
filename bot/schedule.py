"""When each job runs: APScheduler fires the jobs, monotonic deadlines say what is due, a watchdog minds the clock.

APScheduler plans by the wall clock: set back an hour it would not run for an hour, set forward a month it
would first enumerate every missed run. So jobs only *look* at what is due, at every tick; due times are
monotonic; and a watchdog, which sleeps on the monotonic clock, notices when wall and monotonic time part
(a set clock, a suspended machine), re-arms the jobs and lets the lost time count as passed.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

JUMP = 5.0  # seconds by which wall and monotonic time may part before it counts as a jump

log: structlog.stdlib.BoundLogger = structlog.get_logger()


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Fires every `seconds`, counted from now: missed runs are never enumerated."""

    def __init__(self, seconds: float) -> None:
        self.interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return now if previous is None else now + self.interval

    def __str__(self) -> str:
        return f"every {self.interval.total_seconds():g} s"


class Deadlines:
    """What is due when, on the monotonic clock."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._due: dict[str, float] = {}

    def set(self, name: str, seconds: float) -> None:
        """`name` is due `seconds` from now; a second call replaces the first."""
        self._due[name] = self._monotonic() + seconds

    def drop(self, name: str) -> None:
        self._due.pop(name, None)

    def take(self, most: int | None = None) -> list[str]:
        """Names that are due, longest overdue first, at most so many; they are no longer waited for."""
        now = self._monotonic()
        due = [name for name, at in self._due.items() if at <= now]
        names = heapq.nsmallest(len(due) if most is None else most, due, key=self._due.__getitem__)
        for name in names:
            del self._due[name]
        return names

    def advance(self, seconds: float) -> None:
        """Time passed that the monotonic clock did not count (a suspended machine)."""
        self._due = {name: at - seconds for name, at in self._due.items()}

    def waiting(self) -> dict[str, float]:
        """Seconds left by name, negative when overdue."""
        now = self._monotonic()
        return {name: at - now for name, at in self._due.items()}


class Schedule:
    """Jobs by name, each run again and again, never twice at once."""

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        watch: float = 1.0,
    ) -> None:
        self._scheduler: Any = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": AsyncIOExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._monotonic, self._wall, self._watch = monotonic, wall, watch
        self._offset = wall() - monotonic()
        self._watcher: asyncio.Task[None] | None = None
        self._jumped: list[Callable[[float], None]] = []

    def every(self, name: str, seconds: float, job: Callable[[], Awaitable[None]]) -> None:
        """Run `job` now and every `seconds`; an exception is logged and the job goes on."""

        async def guarded() -> None:
            try:
                await job()
            except asyncio.CancelledError:
                log.debug("job stopped", job=name)  # by us; APScheduler would report it as a failure
            except Exception:
                log.exception("job failed", job=name)

        self._scheduler.add_job(guarded, Every(seconds), id=name)

    def on_jump(self, told: Callable[[float], None]) -> None:
        """Call `told(seconds)` when the clock jumped; positive: forward, or the machine slept."""
        self._jumped.append(told)

    def check(self) -> float:
        """Compare the clocks once; returns the jump in seconds (0.0: none) after acting on it."""
        offset = self._wall() - self._monotonic()
        jump = offset - self._offset
        if abs(jump) < JUMP:
            return 0.0
        self._offset = offset
        log.warning("the clock jumped or the machine slept", seconds=round(jump, 1))
        for told in self._jumped:
            told(jump)
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=now)
        return jump

    async def _watchdog(self) -> None:
        while True:
            await asyncio.sleep(self._watch)
            self.check()

    async def __aenter__(self) -> Self:
        self._scheduler.start()
        self._watcher = asyncio.create_task(self._watchdog(), name="clock watchdog")
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        self._scheduler.shutdown(wait=False)
