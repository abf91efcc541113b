"""Every call to a platform: at its turn where the platform counts them, and within its time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any

import structlog

from bot.outbox.clock import Clock
from bot.outbox.gate import Gate
from bot.outbox.retry import Policy
from bot.outbox.sink import Later, Outcome, Page, Sink, Target, Unsure


class Calls:
    """The way to the platforms that everybody shares, with a gate before those that count calls."""

    def __init__(self, policy: Policy, clock: Clock) -> None:
        self._policy = policy
        self._log = structlog.get_logger("outbox")
        self.gates = {name: Gate(rate, clock) for name, rate in policy.per_second.items() if rate}
        self._closed = False

    def close(self) -> None:
        """Nobody waits for a turn any more."""
        self._closed = True
        for gate in self.gates.values():
            gate.clear()

    async def timed(self, call: Awaitable[Any]) -> Any:
        """The platform's answer; whatever goes wrong on the way means that nobody knows."""
        try:
            async with asyncio.timeout(self._policy.send_timeout):
                return await call
        except TimeoutError:
            return Unsure("no answer in time")
        except Exception as error:
            self._log.exception("sink")
            return Unsure(f"{type(error).__name__}: {error}"[:300])

    async def page(
        self, sink: Sink, target: Target, since: float, asks: int, weight: int, more: str
    ) -> Page | Outcome:
        """A page of a channel's history, at its own turn. A channel's worker (`asks` above 0) has had that of the first."""
        if gate := self.gates.get(sink.platform):
            while (more or asks < 0) and not await gate.turn(asks, weight):
                if self._closed:
                    return Later(self._policy.first_wait, "stopping")
            gate.goes(asks)
        answer = await self.timed(sink.read(target, since, more))
        return answer if isinstance(answer, Page | Outcome) else Unsure("an odd answer")


async def ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel what is not done, and see it end."""
    for task in (tasks := tuple(tasks)):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
