"""Slack counts changes and look-ups a minute, over the whole workspace: we keep below that by ourselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

PER_SECOND = 0.8  # Slack allows about fifty a minute of each kind
BURST = 8  # calls that may come at once after a rest
PATIENT = 10.0  # seconds that a call waits for its turn; beyond that it comes again later


class Pace:
    """One kind of call. `turn` waits until the call may be made, or says how long that would take."""

    def __init__(
        self,
        per_second: float = PER_SECOND,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._now, self._sleep = now, sleep
        self._full_at = 0.0  # when all of the burst is free again

    async def turn(self) -> float:
        """0.0: now, and counted. Otherwise the seconds to stay away; nothing was counted."""
        now = self._now()
        full_at = max(self._full_at, now) + self._gap
        wait = full_at - now - BURST * self._gap
        if wait > PATIENT:
            return wait - PATIENT / 2
        self._full_at = full_at
        await self._sleep(max(0.0, wait))
        return 0.0
