"""Keeps to a platform's rate before it has to complain; of those who wait, what matters most goes first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections import deque

from bot.outbox.clock import Clock

EVEN = 0.9  # of an even pace; the rest of each second makes up for when we woke late


class Gate:
    """So many calls within any second, nearly evenly spaced. Every channel waits here for itself."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._clock = clock
        most = max(1, int(rate))
        self._period = most / rate  # in which `most` may go
        self._apart = EVEN / rate
        self._gone: deque[list[float]] = deque(maxlen=most)  # when each of the last ones went
        self._last = -math.inf  # when the last one was let through
        self._numbers = itertools.count()
        self._queue: list[tuple[int, int, int, asyncio.Future[bool]]] = []
        self._waiting: dict[int, tuple[int, asyncio.Future[bool]]] = {}
        self._let: dict[int, list[float]] = {}  # channels let through that have not gone yet
        self._opening: asyncio.Task[None] | None = None

    async def turn(self, channel: int, weight: int) -> bool:
        """Wait for a turn, the heavier first, then in order; False: look again at what is waiting, it is more."""
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (-weight, next(self._numbers), channel, mine))
        self._waiting[channel] = (weight, mine)
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._open())
        try:
            return await mine
        finally:
            del self._waiting[channel]

    def goes(self, channel: int, calls: int = 1) -> None:
        """The call leaves only now, what was to be written down first took its time; and so many come of it."""
        if (went := self._let.pop(channel, None)) is not None:
            went[0] = self._clock.monotonic()
            self._gone.extend([went[0]] for _ in range(calls - 1))

    def call_back(self, channel: int, weight: int) -> None:
        """Something heavier came into the queue of a channel that may be waiting here with less."""
        waits, mine = self._waiting.get(channel, (weight, None))
        if mine is not None and waits < weight and not mine.done():
            mine.set_result(False)

    def clear(self) -> None:
        """Call everybody back, whatever they wait with."""
        for _, mine in self._waiting.values():
            if not mine.done():
                mine.set_result(False)

    async def _open(self) -> None:
        """Let one after the other through for as long as somebody waits."""
        while self._queue:
            if (wait := self._free_at() - self._clock.monotonic()) > 0:
                await self._clock.sleep(wait)
            while self._queue:
                _, _, channel, first = heapq.heappop(self._queue)
                if not first.done():  # neither called back nor cancelled
                    first.set_result(True)
                    self._last = self._clock.monotonic()
                    self._let[channel] = went = [self._last]
                    self._gone.append(went)
                    break

    def _free_at(self) -> float:
        """When the next may go: after the one before it, and not as one too many since the first of them."""
        after = self._last + self._apart
        full = len(self._gone) == self._gone.maxlen
        return max(after, self._gone[0][0] + self._period) if full else after
