"""What health is judged by: what could be sent now and is not, never what waits on purpose."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.news.model import Level
from bot.store import subscriptions
from bot.web import health
from tests.outbox.conftest import Bench
from tests.store.nouns import NOON, alert, subscription

NIGHT = {"quiet": (time(22), time(7)), "zone": "Asia/Kabul"}  # 17:30 to 02:30 UTC
EVENING = datetime(2025, 10, 15, 18, 0, tzinfo=UTC)


async def troubles(bench: Bench) -> tuple[str, ...]:
    """What the health check says, with everything but the deliveries in order."""
    waiting, oldest = await bench.outbox.backlog()
    now = bench.clock.wall()
    facts = health.Facts(
        at=now,
        started=0,
        last_poll=now,
        stale_after=900.0,
        platforms={"discord": True},
        waiting=waiting,
        oldest=oldest,
    )
    return health.troubles(facts, now)


async def test_a_paused_channel_is_no_trouble_and_a_resumed_one_is_where_nothing_is_sent(
    bench: Bench,
) -> None:
    (who,) = await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(3)
    async with bench.database.write() as connection:
        await subscriptions.pause(connection, who.id, "paused by somebody")
    await bench.say(alert(1, 2))
    await bench.ticks(3, 86_400.0)
    assert await bench.outbox.backlog() == (0, 0.0)
    async with bench.database.write() as connection:
        await subscriptions.resume(connection, who.id)
    assert await troubles(bench) == (f"a delivery has waited for {3 * 86_400} s",)
    await bench.ticks(1)
    assert await troubles(bench) == ()


async def test_a_server_that_removed_the_bot_is_no_trouble(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    async with bench.database.write() as connection:
        await subscriptions.present(connection, "discord", [], NOON)
    await bench.ticks(3, 3_600.0)
    assert await troubles(bench) == ()


async def test_a_platform_without_a_token_any_more_is_no_trouble(bench: Bench) -> None:
    async with bench.database.write() as connection:
        await subscriptions.add(connection, subscription("terminal", platform="console"))
    await bench.say(alert(1))
    await bench.ticks(3, 3_600.0)
    assert await troubles(bench) == ()


async def test_what_waits_for_the_end_of_quiet_hours_is_no_trouble(bench: Bench) -> None:
    await bench.subscribe("a", critical_passes=False, **NIGHT)
    await bench.say(alert(1))
    await bench.ticks(3)
    bench.clock.true = EVENING.timestamp()
    await bench.say(alert(1, 2, Level.CRITICAL, level_rose=True))
    for _ in range(8):
        bench.clock.pass_time(3_600.0)
        await bench.outbox.tick()
        assert await troubles(bench) == ()
    await bench.ticks(2, 3_600.0)
    assert bench.sink.shown("a") == [(1, 2)]


async def test_the_parts_of_a_digest_that_a_night_holds_are_no_trouble(bench: Bench) -> None:
    await bench.subscribe("a", digest="hourly", **NIGHT)
    await bench.say(*(alert(number, level=Level.NOTABLE) for number in range(1, 15)))
    bench.sink.connected = False
    bench.clock.true = (EVENING - timedelta(hours=1)).timestamp()
    await bench.ticks(2)
    bench.clock.true = EVENING.timestamp()
    bench.sink.connected = True
    for _ in range(8):
        bench.clock.pass_time(3_600.0)
        await bench.outbox.tick()
        assert await troubles(bench) == ()
    assert bench.sink.posts == []
    await bench.ticks(3, 3_600.0)
    assert len(bench.sink.posts) == 2


@pytest.mark.parametrize("fault", ["503", "500 before"])
async def test_what_fails_again_and_again_is_trouble_also_between_two_attempts(
    bench: Bench, fault: str
) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    bench.sink.fault = lambda call: fault
    await bench.ticks(100, 10.0)
    assert [line[:21] for line in await troubles(bench)] == ["a delivery has waited"]


async def test_a_machine_that_slept_is_no_trouble(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(3)
    await bench.say(alert(1, 2), coalesce=60)
    bench.clock.off = 8 * 3600.0
    assert await troubles(bench) == ()
    bench.clock.pass_time(60)
    assert await troubles(bench) == ()
