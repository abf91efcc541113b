"""Never one call too many in any second, hardly one too few, and what matters most goes first."""

from __future__ import annotations

import asyncio
import bisect
import itertools

import pytest

from bot.outbox.gate import Gate
from tests.fakes.clock import FakeClock

RATE = 49


class Late(FakeClock):
    """Wakes everybody late, as a busy machine does; who was let through has gone before time passes."""

    def __init__(self, *late: float) -> None:
        super().__init__()
        self._late = itertools.cycle(late or (0.0,))

    async def sleep(self, seconds: float) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        await super().sleep(seconds + next(self._late))


async def times(clock: FakeClock, gate: Gate, count: int) -> list[float]:
    """When each of so many went."""
    went: list[float] = []

    async def go(channel: int) -> None:
        assert await gate.turn(channel, 0)
        went.append(clock.monotonic())

    await asyncio.gather(*map(go, range(count)))
    return went


def most_within(went: list[float], seconds: float) -> int:
    """The most that went within any span of so many seconds."""
    return max(bisect.bisect_left(went, at + seconds) - place for place, at in enumerate(went))


@pytest.mark.parametrize("late", [(0.0,), (0.002,), (0.0, 0.03), (*[0.0] * 40, 0.09), (*[0.0] * 40, 2.0)])
async def test_no_second_ever_has_one_too_many(late: tuple[float, ...]) -> None:
    clock = Late(*late)
    went = await times(clock, Gate(RATE, clock), 400)
    assert most_within(went, 1.0 - 1e-9) <= RATE


@pytest.mark.parametrize("late", [(0.0,), (0.001,), (0.0, 0.003), (*[0.0] * 47, 0.06)])
async def test_waking_late_costs_next_to_nothing(late: tuple[float, ...]) -> None:
    clock = Late(*late)
    went = await times(clock, Gate(RATE, clock), 1_000)
    assert 999 / (went[-1] - went[0]) > 0.95 * 50


async def test_a_call_counts_from_when_it_leaves() -> None:
    clock = Late()
    gate = Gate(RATE, clock)
    left: list[float] = []

    async def go(channel: int) -> None:
        await gate.turn(channel, 0)
        while clock.monotonic() < 2.0:  # noqa: ASYNC110 - a disk that answers nobody before then
            await asyncio.sleep(0)
        gate.goes(channel)
        left.append(clock.monotonic())

    await asyncio.gather(*map(go, range(300)))
    assert left[2 * RATE] - left[0] < 0.1  # the burst of those who were held up
    assert most_within([at for at in left if at > left[0] + 0.1], 1.0 - 1e-9) <= RATE
    assert sum(at < left[0] + 0.9 for at in left) == sum(at < left[0] + 0.1 for at in left)


async def test_what_takes_several_calls_counts_as_several() -> None:
    clock = Late()
    gate = Gate(RATE, clock)
    went: list[float] = []

    async def go(channel: int) -> None:
        await gate.turn(channel, 0)
        gate.goes(channel, calls=3)
        went.extend([clock.monotonic()] * 3)

    await asyncio.gather(*map(go, range(100)))
    assert most_within(went, 1.0 - 1e-9) <= RATE + 2  # the last of a second may bring its others along


async def test_a_pause_is_not_made_up_for_in_a_burst() -> None:
    clock = Late()
    gate = Gate(RATE, clock)
    await times(clock, gate, 100)
    clock.pass_time(60)
    went = await times(clock, gate, 20)
    assert min(later - earlier for earlier, later in itertools.pairwise(went)) > 0.9 / RATE - 1e-6


@pytest.mark.parametrize("rate", [0.5, 1.5, 10.0])
async def test_any_rate_is_kept(rate: float) -> None:
    clock = Late()
    went = await times(clock, Gate(rate, clock), 30)
    assert 29 / (went[-1] - went[0]) == pytest.approx(rate, rel=0.05)


async def order(gate: Gate, *waits: tuple[int, int]) -> list[int]:
    """In which order channels get their turn, given (channel, weight)."""
    went: list[int] = []

    async def go(channel: int, weight: int) -> None:
        if await gate.turn(channel, weight):
            went.append(channel)

    await asyncio.gather(*itertools.starmap(go, waits))
    return went


async def test_the_heavier_goes_first_and_equals_in_order() -> None:
    assert await order(Gate(RATE, Late()), (1, -1), (2, 0), (3, 3), (4, 0), (5, 3)) == [3, 5, 2, 4, 1]


async def test_who_is_called_back_waits_again_with_more() -> None:
    gate = Gate(RATE, Late())
    went: list[int] = []

    async def go(channel: int, weight: int) -> None:
        while not await gate.turn(channel, weight):
            weight = 3
        went.append(channel)

    waiting = [asyncio.create_task(go(channel, channel // 4)) for channel in range(8)]
    await asyncio.sleep(0)
    gate.call_back(1, 3)
    gate.call_back(6, 1)  # waits with as much already
    gate.call_back(99, 3)  # does not wait at all
    await asyncio.gather(*waiting)
    assert went == [4, 1, 5, 6, 7, 0, 2, 3]  # the gate was open for the first of them


async def test_whoever_gives_up_takes_no_turn() -> None:
    clock = Late()
    gate = Gate(RATE, clock)
    waiting = [asyncio.create_task(gate.turn(channel, 0)) for channel in range(100)]
    await asyncio.sleep(0)
    for task in waiting[1:-1]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert clock.monotonic() < 3 / RATE


async def test_all_can_be_called_back() -> None:
    gate = Gate(RATE, Late())
    waiting = [asyncio.create_task(gate.turn(channel, 3)) for channel in range(5)]
    await asyncio.sleep(0)
    gate.clear()
    assert await asyncio.gather(*waiting) == [False] * 5
