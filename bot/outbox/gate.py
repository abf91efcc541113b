"""Keeps to a platform's rate before it has to complain; of those who wait, what matters most goes first."""

from __future__ import annotations

import asyncio
import heapq
import itertools

from bot.outbox.clock import Clock

BEHIND = 1  # turns that may be made up for when we woke late: more would be a burst


class Gate:
    """So many calls a second, evenly spaced. `turn` returns when it is the caller's."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._apart, self._clock = 1 / rate, clock
        self._free_at = clock.monotonic()
        self._numbers = itertools.count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._opening: asyncio.Task[None] | None = None

    async def turn(self, weight: int) -> None:
        """Wait for a turn; the heavier first, then in order."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (-weight, next(self._numbers), mine))
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._open())
        await mine

    async def _open(self) -> None:
        """Let one after the other through for as long as somebody waits."""
        while self._waiting:
            if (wait := self._free_at - self._clock.monotonic()) > 0:
                await self._clock.sleep(wait)
            _, _, first = heapq.heappop(self._waiting)
            if not first.done():
                first.set_result(None)
                earliest = self._clock.monotonic() - BEHIND * self._apart
                self._free_at = max(self._free_at, earliest) + self._apart
