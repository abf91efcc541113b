"""What needs a person goes to the operator's channel, never to a subscriber's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outbox.notices import Notices, Office
from bot.outbox.sink import Outcome, Sent, Unsure
from bot.store import housekeeping, subscriptions
from tests.outbox.conftest import Bench
from tests.store import nouns
from tests.store.nouns import NOON, alert


class Room:
    """An operator's channel that keeps what was said."""

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.said: list[tuple[str, str]] = []
        self.outcome = outcome or Sent("m1")

    async def tell(self, channel: str, text: str) -> Outcome:
        self.said.append((channel, text))
        return self.outcome


async def test_a_lost_channel_is_told_in_the_operators_channel_and_nowhere_else(bench: Bench) -> None:
    room = Room()
    notices = Notices(bench.database, {"discord": Office("ops", room.tell)})
    bench.new_outbox(notice=notices)
    await bench.subscribe("a", "b")
    bench.sink.lost.add("a")
    await bench.say(alert(1))
    await bench.ticks(5)
    await notices.tell()
    await notices.tell()
    assert room.said == [("ops", "discord channel a is paused: missing access")]
    assert [post.channel for post in bench.sink.posts] == ["b"]


async def test_a_bad_day_is_one_message(bench: Bench) -> None:
    room = Room(Unsure("reset"))
    notices = Notices(bench.database, {"discord": Office("ops", room.tell)})
    for number in range(1000):
        notices(f"channel {number} is paused")
    await notices.tell()
    ((_, text),) = room.said
    assert len(text.splitlines()) == 16
    assert text.endswith("+985 more in the log")
    await notices.tell()
    assert len(room.said) == 1  # best effort: the log has it


async def test_nothing_is_said_in_a_subscribed_channel(bench: Bench) -> None:
    room = Room()
    notices = Notices(bench.database, {"discord": Office("a", room.tell)})
    await bench.subscribe("a")
    notices("trouble")
    await notices.tell()
    assert room.said == []


# --------------------------------------------------------------------------- servers that come and go


async def test_a_server_that_removed_the_bot_rests_and_comes_back_as_it_was(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.subscribe("b", space="other")
    async with bench.database.write() as connection:
        assert await subscriptions.present(connection, "discord", {"other"}, NOON) == (1, 0)
        assert await subscriptions.present(connection, "discord", {"other"}, NOON) == (0, 0)
        assert await subscriptions.present(connection, "slack", set(), NOON) == (0, 0)
    await bench.say(alert(1))
    await bench.ticks(5)
    assert [post.channel for post in bench.sink.posts] == ["b"]
    async with bench.database.write() as connection:
        assert await subscriptions.present(connection, "discord", {"guild", "other"}, NOON) == (0, 1)
    await bench.say(alert(2))
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(2, 1)]  # nothing is made up for


@pytest.mark.parametrize(("days", "kept"), [(29, 2), (31, 1)])
async def test_after_thirty_days_its_data_is_purged(bench: Bench, days: int, kept: int) -> None:
    await bench.subscribe("a")
    await bench.subscribe("b", space="other")
    await bench.say(alert(1))
    await bench.ticks(5)
    async with bench.database.write() as connection:
        await subscriptions.present(connection, "discord", {"other"}, NOON)
    await housekeeping.tidy(bench.database, NOON + timedelta(days=days))
    async with bench.database.read() as connection:
        assert len(await subscriptions.listed(connection)) == kept
        rows = list(await connection.execute_fetchall("SELECT DISTINCT subscription FROM delivery"))
    assert len(rows) == kept


async def test_a_manager_s_pause_outlives_a_removal(bench: Bench) -> None:
    (who,) = await bench.subscribe("a")
    async with bench.database.write() as connection:
        await subscriptions.pause(connection, who.id, "by a manager")
        await subscriptions.present(connection, "discord", set(), NOON)
        await subscriptions.present(connection, "discord", {nouns.subscription().space}, NOON)
        stored = await subscriptions.get(connection, who.id)
    assert stored is not None
    assert stored.paused == "by a manager"
