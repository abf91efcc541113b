"""A clock that tests set: true time, and a wall clock that may be wrong about it."""

from __future__ import annotations

import asyncio


class FakeClock:
    """Sleeping takes no time but passes it."""

    def __init__(self, true: float = 1_760_000_000.0) -> None:
        self.true = true
        self.off = 0.0  # by how much the wall clock is wrong
        self.started = true

    def wall(self) -> float:
        return self.true + self.off

    def monotonic(self) -> float:
        return self.true - self.started

    async def sleep(self, seconds: float) -> None:
        self.true += max(0.0, seconds)
        await asyncio.sleep(0)

    def pass_time(self, seconds: float) -> None:
        self.true += seconds
