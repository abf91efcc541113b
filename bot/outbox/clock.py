"""The two clocks of the outbox: what the wall says, and how much time has really passed."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    def wall(self) -> float:
        """Unix seconds; may jump."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow; stands still while the machine sleeps."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's own."""

    def wall(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Steady:
    """Unix seconds as they would be if the wall clock had never jumped since we started."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._monotonic = clock.wall(), clock.monotonic()

    def now(self) -> float:
        return self._wall + self._clock.monotonic() - self._monotonic

    def earliest(self) -> float:
        """The earlier of the two readings: where to begin when looking for what we posted."""
        return min(self.now(), self._clock.wall())


def elapsed(clock: Clock, since: tuple[float, float]) -> float | None:
    """Seconds since a (wall, monotonic) reading by the slower clock to trust: the larger; None after a jump back."""
    by_wall, by_monotonic = clock.wall() - since[0], clock.monotonic() - since[1]
    return None if by_wall < 0 else max(by_wall, by_monotonic)
