"""What did not have to be told at once comes in one message, at the channel's own hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Level
from bot.outbox import digest
from tests.fakes.sink import once
from tests.outbox.conftest import Bench
from tests.outbox.test_crash import killer, ticks_until_killed
from tests.store.nouns import alert

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("day", ["2025-03-30", "2025-10-26", "2025-07-01"])
def test_a_daily_digest_comes_at_eight_across_clock_changes(day: str) -> None:
    eight = datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=BERLIN).astimezone(UTC)
    assert digest.slot("daily", "Europe/Berlin", eight) == eight
    before = digest.slot("daily", "Europe/Berlin", eight - timedelta(seconds=1))
    assert before.astimezone(BERLIN).hour == 8
    assert before.astimezone(BERLIN).date() == eight.astimezone(BERLIN).date() - timedelta(days=1)


@pytest.mark.parametrize(("day", "hours"), [("2025-03-30", 23), ("2025-10-26", 25), ("2025-07-01", 24)])
@pytest.mark.parametrize("pace", ["hourly", "daily"])
def test_every_hour_and_every_day_has_one_digest_whatever_the_clocks_do(
    day: str, hours: int, pace: str
) -> None:
    begin = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=BERLIN).astimezone(UTC)
    minutes = (begin + timedelta(minutes=minute) for minute in range(hours * 60))
    slots = {digest.slot(pace, "Europe/Berlin", now) for now in minutes}
    today = [at for at in slots if at.astimezone(BERLIN).date().isoformat() == day]
    assert len(today) == (hours if pace == "hourly" else 1)


@given(
    st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.sampled_from(
        ["Europe/Berlin", "Asia/Kabul", "America/New_York", "Australia/Lord_Howe", "nowhere", ""]
    ),
    st.sampled_from(["hourly", "daily"]),
)
def test_a_slot_is_never_in_the_future_nor_far_behind(now: datetime, zone: str, pace: str) -> None:
    now = now.replace(tzinfo=UTC)
    late = now - digest.slot(pace, zone, now)
    assert timedelta(0) <= late <= timedelta(hours=2 if pace == "hourly" else 26)


async def until(bench: Bench, moment: datetime) -> None:
    bench.clock.true = moment.timestamp()
    await bench.ticks(3)


async def test_lesser_stories_come_in_one_message_next_morning(bench: Bench) -> None:
    await bench.subscribe("a", zone="Asia/Kabul")
    await bench.say(alert(1, level=Level.NOTABLE), alert(2, level=Level.MINOR))
    await bench.say(alert(1, 2, level=Level.NOTABLE))
    await until(bench, datetime(2025, 10, 16, 3, 29, tzinfo=UTC))
    assert bench.sink.posts == []
    await until(bench, datetime(2025, 10, 16, 3, 31, tzinfo=UTC))
    (post,) = bench.sink.posts
    assert post.payload["stories"] == [[1, 2], [2, 1]]
    assert post.payload["title"] == "Daily digest of 16 October 2025: 2 stories"
    await until(bench, datetime(2025, 10, 17, 3, 31, tzinfo=UTC))
    assert len(bench.sink.posts) == 1  # nothing new, nothing said
    await bench.say(alert(2, 2, Level.MINOR))
    await until(bench, datetime(2025, 10, 18, 3, 29, tzinfo=UTC))
    assert len(bench.sink.posts) == 1  # it came after the hour of its day
    await until(bench, datetime(2025, 10, 18, 3, 31, tzinfo=UTC))
    assert bench.sink.posts[1].payload["stories"] == [[2, 2]]


async def test_a_long_digest_has_several_messages_in_order(bench: Bench) -> None:
    await bench.subscribe("a", digest="hourly")
    await bench.say(*(alert(number, level=Level.NOTABLE) for number in range(1, 24)))
    await until(bench, datetime(2025, 10, 15, 13, 1, tzinfo=UTC))
    assert [len(post.payload["stories"]) for post in bench.sink.posts] == [10, 10, 3]


async def test_a_critical_alert_overtakes_a_digest(bench: Bench) -> None:
    await bench.subscribe("a", digest="hourly")
    await bench.subscribe("b")
    await bench.say(alert(1, level=Level.NOTABLE))
    bench.sink.connected = False
    await until(bench, datetime(2025, 10, 15, 13, 1, tzinfo=UTC))
    await bench.say(alert(2, level=Level.CRITICAL, type="attack"))
    bench.sink.connected = True
    await bench.ticks(2)
    assert [post.payload.get("story", "digest") for post in bench.sink.posts if post.channel == "a"] == [
        2,
        "digest",
    ]


@pytest.mark.parametrize("step", ["rendered", "trying", "answered", "ended"])
@pytest.mark.parametrize("fault", ["", "reset after", "reset before"])
async def test_a_digest_is_sent_once_however_often_it_is_killed(bench: Bench, step: str, fault: str) -> None:
    await bench.subscribe("a", digest="hourly")
    await bench.say(*(alert(number, level=Level.NOTABLE) for number in range(1, 14)))
    bench.sink.fault = once(fault)
    bench.clock.true = datetime(2025, 10, 15, 13, 1, tzinfo=UTC).timestamp()
    bench.new_outbox(step=killer(step))
    assert await ticks_until_killed(bench, 10)
    bench.new_outbox()
    await bench.settle()
    assert [len(post.payload["stories"]) for post in bench.sink.posts] == [10, 3]
    assert await bench.unfinished() == []


async def test_a_story_that_rose_is_not_in_the_digest(bench: Bench) -> None:
    await bench.subscribe("a", digest="hourly")
    await bench.say(alert(1, level=Level.NOTABLE), alert(2, level=Level.NOTABLE))
    await bench.say(alert(1, 2, Level.MAJOR, level_rose=True))
    await until(bench, datetime(2025, 10, 15, 13, 1, tzinfo=UTC))
    assert [post.payload.get("stories") or post.payload["story"] for post in bench.sink.posts] == [
        1,
        [[2, 1]],
    ]
