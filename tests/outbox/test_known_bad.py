"""The tests of the outbox can fail: each known way to build it wrongly is caught by one schedule."""

from __future__ import annotations

import itertools

import pytest

from bot.outbox import turn
from bot.store import deliveries
from tests.fakes.sink import once
from tests.outbox.conftest import Bench
from tests.outbox.test_crash import killer, ticks_until_killed
from tests.store.nouns import alert

RIGHT = [(1, 1), (2, 1)]


async def story_of(bench: Bench, fault: str = "", step: str = "") -> list[tuple[int, int]]:
    """Two alerts, perhaps a fault, perhaps a kill and a restart: what stands in the channel at the end."""
    bench.sink.fault = once(fault)
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2))
    if step:
        bench.new_outbox(step=killer(step))
        assert await ticks_until_killed(bench)
    bench.new_outbox()
    await bench.settle()
    return bench.sink.shown("a")


async def test_marking_before_sending_loses(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await story_of(bench, step="trying") == RIGHT
    await bench.say(alert(3))
    monkeypatch.setattr(deliveries, "BEGIN", deliveries.BEGIN.replace("'trying'", "'sent'"))
    bench.new_outbox(step=killer("trying"))
    assert await ticks_until_killed(bench)
    bench.new_outbox()
    await bench.settle()
    assert bench.sink.shown("a") == RIGHT  # the third is lost


@pytest.mark.parametrize("bad", [False, True])
@pytest.mark.parametrize(
    "trouble", [{"fault": "reset after"}, {"step": "answered"}], ids=["again", "restarted"]
)
async def test_a_fresh_key_for_each_attempt_repeats(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, trouble: dict[str, str], bad: bool
) -> None:
    numbers = itertools.count()
    if bad:
        monkeypatch.setattr(turn.Turn, "key", property(lambda self: f"fresh{next(numbers)}"))
    assert (await story_of(bench, **trouble) == RIGHT) is not bad


@pytest.mark.parametrize("bad", [False, True])
async def test_believing_history_at_once_repeats(bench: Bench, bad: bool) -> None:
    bench.use(reposts_safely=False)
    if bad:
        bench.sink.settle = 0.0
    shown = await story_of(bench, fault="reset after")
    assert (shown == RIGHT) is not bad


@pytest.mark.parametrize("bad", [False, True])
async def test_drawing_anew_for_a_repost_shows_what_was_never_sent(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, bad: bool
) -> None:
    """The platform answers with the first message; marking it with a newer revision would hide an old text."""
    if bad:
        monkeypatch.setattr(
            deliveries,
            "SUPERSEDE",
            deliveries.SUPERSEDE.replace("AND payload IS NULL", "").replace("'held'", "'unsure'"),
        )
    bench.sink.fault = once("reset after")
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.say(alert(1, 2))
    await bench.settle()
    assert (bench.sink.shown("a") == [(1, 2)]) is not bad
