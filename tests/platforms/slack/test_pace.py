"""Changes and look-ups stay within fifty a minute, whoever wants them."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from bot.platforms.slack.pace import BURST, PATIENT, PER_SECOND, Pace
from tests.fakes.clock import FakeClock


async def test_a_burst_passes_and_a_stream_is_spread() -> None:
    clock, made = FakeClock(1_000.0), []
    pace = Pace(PER_SECOND, lambda: clock.true, clock.sleep)
    for _ in range(200):
        assert await pace.turn() == 0.0
        made.append(clock.true)
    assert made[:BURST] == [1_000.0] * BURST
    assert all(later - earlier >= 1 / PER_SECOND - 1e-6 for earlier, later in pairwise(made[BURST:]))
    assert max(sum(start <= at < start + 60 for at in made) for start in made) <= 60 * PER_SECOND + BURST + 1


async def test_who_would_wait_too_long_comes_again_later() -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    pace = Pace(PER_SECOND, lambda: 5.0, sleep)
    answers = await asyncio.gather(*(pace.turn() for _ in range(100)))
    assert max(waited) <= PATIENT
    assert answers.count(0.0) == len(waited) == BURST + PATIENT * PER_SECOND
    assert all(seconds >= PATIENT / 2 for seconds in answers if seconds)
