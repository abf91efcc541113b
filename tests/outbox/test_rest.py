"""Quiet hours and the ceiling: held, batched, never lost; by the clock on the channel's wall."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.news.alerts import hours
from bot.news.model import Level, Subscription
from bot.outbox import retry
from bot.outbox.deliver import Outbox
from bot.outbox.turn import Turn
from bot.store import codec, subscriptions
from tests.fakes.sink import once
from tests.outbox import conftest
from tests.outbox.conftest import Bench
from tests.outbox.test_crash import killer, ticks_until_killed
from tests.store.nouns import alert, subscription

NIGHT = {"quiet": (time(22), time(7)), "zone": "Asia/Kabul"}  # 17:30 to 02:30 UTC
EVENING = datetime(2025, 10, 15, 18, 0, tzinfo=UTC)
MORNING = datetime(2025, 10, 16, 2, 30, tzinfo=UTC)


async def until(bench: Bench, moment: datetime) -> None:
    bench.clock.true = moment.timestamp()
    await bench.ticks(3)


def told(bench: Bench) -> list[object]:
    return [post.payload.get("stories") or post.payload["story"] for post in bench.sink.posts]


async def test_what_falls_due_at_night_comes_in_one_message_in_the_morning(bench: Bench) -> None:
    await bench.subscribe("a", **NIGHT)
    await until(bench, EVENING)
    await bench.say(alert(1), alert(2), alert(3, level=Level.NOTABLE))
    await until(bench, EVENING + timedelta(hours=2))
    await bench.say(alert(2, 2))
    await until(bench, MORNING - timedelta(seconds=10))
    assert told(bench) == []
    await until(bench, MORNING + timedelta(seconds=31))
    assert told(bench) == [[[2, 2], [1, 1]]]
    assert bench.sink.posts[0].payload["title"] == "During quiet hours (22:00–07:00): 2 stories"
    await until(bench, MORNING + timedelta(hours=1, seconds=31))  # eight in Kabul
    assert told(bench)[1:] == [[[3, 1]]]
    # what a batch told is told anew when it changes, as a message that can change
    await bench.say(alert(1, 2))
    await bench.ticks(3)
    assert told(bench)[2:] == [1]
    assert await bench.unfinished() == []


@pytest.mark.parametrize(("passes", "shown"), [(True, [1]), (False, [])])
async def test_what_is_critical_comes_at_night_unless_the_channel_says_no(
    bench: Bench, passes: bool, shown: list[int]
) -> None:
    await bench.subscribe("a", critical_passes=passes, **NIGHT)
    await until(bench, EVENING)
    await bench.say(alert(1, level=Level.CRITICAL), alert(2))
    await until(bench, EVENING + timedelta(hours=1))
    assert told(bench) == shown
    await until(bench, MORNING + timedelta(minutes=1))
    assert told(bench) == [*shown, [[2, 1]] if passes else [[1, 1], [2, 1]]]


async def test_a_held_story_that_turns_critical_comes_at_once_and_not_again(bench: Bench) -> None:
    await bench.subscribe("a", **NIGHT)
    await until(bench, EVENING)
    await bench.say(alert(1))
    await bench.ticks(3)
    await bench.say(alert(1, 2, Level.CRITICAL, level_rose=True))
    await bench.ticks(3)
    assert told(bench) == [1]
    await until(bench, MORNING + timedelta(minutes=1))
    assert told(bench) == [1]


async def test_a_shown_alert_changes_silently_at_night_and_calls_in_the_morning(bench: Bench) -> None:
    await bench.subscribe("a", role_level=Level.MAJOR, **NIGHT)
    await bench.say(alert(1, level=Level.NOTABLE), alert(2))
    await bench.ticks(3)
    await until(bench, EVENING)
    await bench.say(alert(2, 2))
    await bench.ticks(3)
    assert bench.sink.shown("a") == [(2, 2)]
    await bench.say(alert(2, 3, level_rose=True))
    await bench.ticks(3)
    await bench.say(alert(2, 4))
    await bench.ticks(3)
    assert bench.sink.shown("a") == [(2, 2)]  # the fourth carries the call of the third
    await until(bench, MORNING + timedelta(minutes=1))
    assert bench.sink.shown("a") == [(2, 4)]
    assert bench.sink.posts[0].edits[-1]["ping"] == "role"


async def test_a_rise_at_night_is_told_in_the_morning_where_nobody_is_called(bench: Bench) -> None:
    await risen_at_night(bench, EVENING, role="", **NIGHT)
    await bench.ticks(3)
    await bench.say(alert(1, 3, Level.CRITICAL))
    await bench.ticks(3)
    assert bench.sink.shown("a") == [(1, 1)]
    await until(bench, MORNING + timedelta(minutes=1))
    assert [(edit["revision"], edit["rose"]) for edit in bench.sink.posts[0].edits] == [(3, True)]


async def risen_at_night(bench: Bench, moment: datetime, **changed: object) -> None:
    """A story is shown by day, and rises at `moment`; the channel hears of it when its night is over."""
    await bench.subscribe("a", role_level=Level.MAJOR, critical_passes=False, **changed)
    bench.clock.true = (moment - timedelta(hours=10)).timestamp()
    bench.new_outbox()
    await bench.say(alert(1))
    await bench.ticks(3)
    bench.clock.true = moment.timestamp()
    await bench.say(alert(1, 2, Level.CRITICAL, level_rose=True))


@pytest.fixture
def ends(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When each step ended; too many at one moment are a loop that never sleeps."""
    moments: list[float] = []

    class Watched(Outbox):
        async def _end(self, at: Turn, move: retry.Move) -> bool:
            moments.append(bench.clock.true)
            assert moments.count(bench.clock.true) < 10, "again and again without a pause"
            return await super()._end(at, move)

    monkeypatch.setattr(conftest, "Outbox", Watched)
    return moments


async def test_a_clock_that_is_set_back_at_night_keeps_nobody_busy(bench: Bench, ends: list[float]) -> None:
    await risen_at_night(bench, MORNING - timedelta(minutes=30), **NIGHT)
    bench.clock.off = -3600.0
    await until(bench, MORNING + timedelta(minutes=1))
    assert bench.sink.shown("a") == [(1, 1)]  # the wall says one minute past half past five
    await bench.ticks(60, 60.0)
    assert bench.sink.shown("a") == [(1, 2)]
    assert len(ends) < 20


async def test_a_night_that_is_slept_through_ends_in_the_morning(bench: Bench) -> None:
    """The machine sleeps: its other clock stands still, and what waits for the morning must not wait by that."""
    await risen_at_night(bench, EVENING, **NIGHT)
    await bench.ticks(3)
    bench.clock.off = (MORNING - EVENING).total_seconds()
    assert bench.sink.shown("a") == [(1, 1)]
    await bench.ticks(11, 60.0)
    assert bench.sink.shown("a") == [(1, 2)]


async def test_a_clock_set_right_late_does_not_put_off_the_morning(bench: Bench) -> None:
    await risen_at_night(bench, EVENING, **NIGHT)
    bench.clock.off = (MORNING - EVENING).total_seconds() - 1800.0
    await bench.ticks(29, 60.0)
    assert bench.sink.shown("a") == [(1, 1)]
    await bench.ticks(3, 60.0)
    assert bench.sink.shown("a") == [(1, 2)]


async def test_the_hour_that_comes_twice_is_quiet_twice(bench: Bench, ends: list[float]) -> None:
    """London, 26 October 2025: at 01:00 UTC the clocks go from 02:00 back to 01:00."""
    quiet = {"quiet": (time(22), time(1, 30)), "zone": "Europe/London"}
    second = datetime(2025, 10, 26, 1, 5, tzinfo=UTC)
    assert hours.ends(subscription(**quiet), second) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert hours.ends(subscription(**quiet), second - timedelta(hours=1)) == datetime(
        2025, 10, 26, 0, 30, tzinfo=UTC
    )
    await risen_at_night(bench, second, **quiet)
    await bench.ticks(24, 60.0)
    assert bench.sink.shown("a") == [(1, 1)]
    await bench.ticks(3, 60.0)
    assert bench.sink.shown("a") == [(1, 2)]
    assert len(ends) < 20


async def test_an_outage_that_ends_at_night_does_not_wake_anybody(bench: Bench) -> None:
    await bench.subscribe("a", digest="hourly", **NIGHT)
    bench.sink.connected = False
    await bench.say(alert(1), alert(3, level=Level.NOTABLE))
    await until(bench, EVENING - timedelta(hours=1))  # the hourly digest is made, and cannot be sent
    await until(bench, EVENING)
    bench.sink.connected = True
    bench.new_outbox()
    await bench.ticks(40, 60.0)
    assert told(bench) == []
    await until(bench, MORNING + timedelta(minutes=2))
    assert sorted(story for post in told(bench) for story, _ in post) == [1, 3]  # type: ignore[attr-defined]


async def test_without_quiet_hours_what_was_held_comes_at_once(bench: Bench) -> None:
    (who,) = await bench.subscribe("a", **NIGHT)
    await until(bench, EVENING)
    await bench.say(alert(1))
    await bench.ticks(3)
    async with bench.database.write() as connection:
        await subscriptions.add(connection, subscription("a"))
        assert (await subscriptions.get(connection, who.id)) is not None
    await until(bench, EVENING + timedelta(minutes=2))
    assert told(bench) == [[[1, 1]]]
    assert bench.sink.posts[0].payload["title"] == "During quiet hours: 1 story"


@pytest.mark.parametrize("step", ["rendered", "trying", "answered", "ended"])
@pytest.mark.parametrize("fault", ["", "reset after", "reset before"])
async def test_a_batch_is_sent_once_however_often_it_is_killed(bench: Bench, step: str, fault: str) -> None:
    await bench.subscribe("a", **NIGHT)
    await until(bench, EVENING)
    await bench.say(*(alert(number) for number in range(1, 14)))
    await bench.ticks(20)
    bench.sink.fault = once(fault)
    bench.clock.true = MORNING.timestamp() + 1
    bench.new_outbox(step=killer(step))
    assert await ticks_until_killed(bench, 10)
    bench.new_outbox()
    await bench.settle()
    assert [len(post.payload["stories"]) for post in bench.sink.posts] == [10, 3]


async def test_two_batches_of_one_minute_are_two_messages(bench: Bench) -> None:
    """A name made of the moment alone would make Discord take the second for the first."""
    await bench.subscribe("a", **NIGHT)
    for story in (1, 2):
        await until(bench, EVENING + timedelta(seconds=story))
        await bench.subscribe("a", **NIGHT)
        await bench.say(alert(story))
        await bench.ticks(1)
        await bench.subscribe("a")
        bench.new_outbox()
        await bench.ticks(1, 0.0)
        bench.new_outbox()
        await bench.ticks(2, 0.0)
    assert told(bench) == [[[1, 1]], [[2, 1]]]


@pytest.mark.parametrize("day", ["2025-10-25", "2026-03-28", "2026-07-01"])
async def test_the_morning_is_the_morning_across_clock_changes(bench: Bench, day: str) -> None:
    who = subscription(quiet=(time(22), time(7)), zone="Europe/Berlin")
    await bench.subscribe("a", quiet=who.quiet, zone=who.zone)
    evening = datetime.fromisoformat(f"{day}T22:00+00:00")
    seven = hours.ends(who, evening)
    assert seven.astimezone(hours.zone_of(who.zone)).time() == time(7)
    assert hours.quiet(who, seven - timedelta(seconds=1))
    assert not hours.quiet(who, seven)
    await until(bench, evening)
    await bench.say(alert(1))
    await until(bench, seven - timedelta(seconds=10))
    assert told(bench) == []
    await until(bench, seven + timedelta(seconds=31))
    assert told(bench) == [[[1, 1]]]


async def test_above_the_ceiling_the_rest_of_the_day_goes_into_the_digest(bench: Bench) -> None:
    await bench.subscribe("a", ceiling=3, digest="hourly", zone="Asia/Kabul")
    await bench.say(*(alert(number) for number in range(1, 7)))
    await bench.ticks(30)
    assert told(bench) == [1, 2, 3]
    await bench.say(alert(7, level=Level.CRITICAL), alert(1, 2), alert(8))
    await bench.ticks(30)
    assert told(bench) == [1, 2, 3, 7]  # what is critical passes, what is shown changes
    assert bench.sink.shown("a")[0] == (1, 2)
    await until(bench, datetime(2025, 10, 15, 12, 30, 31, tzinfo=UTC))  # a full hour in Kabul
    assert sorted(story for story, _ in told(bench)[4]) == [4, 5, 6, 8]  # type: ignore[attr-defined]
    await until(bench, datetime(2025, 10, 15, 19, 29, tzinfo=UTC))
    await bench.say(alert(9))
    await bench.ticks(3)
    assert told(bench)[5:] == []
    await until(bench, datetime(2025, 10, 15, 19, 31, tzinfo=UTC))  # midnight in Kabul has passed
    await bench.say(alert(10))
    await bench.ticks(3)
    assert 10 in told(bench)
    assert await bench.unfinished() == []


async def test_a_ceiling_without_a_digest_still_loses_nothing(bench: Bench) -> None:
    await bench.subscribe("a", ceiling=1, digest="none")
    await bench.say(alert(1), alert(2))
    await bench.ticks(5)
    await until(bench, datetime(2025, 10, 16, 8, 1, tzinfo=UTC))
    assert told(bench) == [1, [[2, 1]]]


def test_subscriptions_of_before_are_read_with_defaults() -> None:
    """A row as it was stored before there were quiet hours."""
    old = (
        '{"id":0,"platform":"discord","space":"g","channel":"c","created":"2025-10-15T12:00:00Z","instant":2,'
        '"digest":"daily","types":[],"places":[],"role":"","role_level":3,"zone":"UTC","paused":""}'
    )
    read = codec.read(Subscription, old)
    assert (read.quiet, read.critical_passes, read.ceiling, read.digest_hour) == (None, True, 0, 8)
    full = subscription(quiet=(time(22, 30), time(7)), ceiling=5, critical_passes=False, digest_hour=6)
    assert codec.read(Subscription, codec.write(full)) == full
