"""`forget` on the command line: says what it would delete, asks, deletes it all and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.outbox import retry, turn
from bot.store import alerts, db, deliveries, entries, stories, subscriptions
from bot.store.deliveries import Wanted
from tests.outbox.conftest import POLICY
from tests.store import nouns
from tests.tasks.conftest import Bot


async def fill(state: Path) -> None:
    """Two servers, one of them with a channel that unsubscribed, and a workspace; a story is owed to all."""
    async with db.opened(state) as database, database.write() as connection:
        told = nouns.alert(1)
        await stories.save(connection, [nouns.story(1, alert=told)])
        await entries.add(connection, [(nouns.decision(nouns.entry("e1"), 1), ())])
        await alerts.add(connection, [told], nouns.NOON)
        places = [("discord", "1", "a"), ("discord", "1", "b"), ("discord", "2", "c"), ("slack", "T1", "d")]
        for platform, space, channel in places:
            who = await subscriptions.add(
                connection, nouns.subscription(channel, platform=platform, space=space)
            )
            await deliveries.add(connection, told, [Wanted(who.id, "instant", "")], 1.0)
            (owed,) = await deliveries.waiting(connection, who.id)
            await deliveries.shown(connection, owed, f"m{channel}", 1, 1.0)
        gone = await subscriptions.find(connection, "discord", "1", "b")
        assert gone is not None
        await subscriptions.remove(connection, gone.id, nouns.NOON)


async def left(state: Path) -> dict[str, int]:
    async with db.opened(state) as database, database.read() as connection:
        counts = {}
        for table in ("subscription", "delivery", "message", "story"):
            (row,) = await connection.execute_fetchall(f"SELECT count(*) FROM {table}")  # noqa: S608
            counts[table] = row[0]
        return counts


async def test_it_asks_and_deletes_one_place_and_no_other(bot: Bot, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    await fill(state)
    all_of_it = {"subscription": 4, "delivery": 4, "message": 4, "story": 1}
    for answer in ("n\n", ""):
        refused = bot("forget", "1", stdin=answer)
        assert refused.returncode == 1
        assert "discord 1: 2 channels, 2 messages, 2 deliveries" in refused.stdout
        assert "Traceback" not in refused.stderr
        assert await left(state) == all_of_it
    done = bot("forget", "1", stdin="y\n")
    assert done.returncode == 0, done.stderr
    assert "Deleted." in done.stdout
    assert await left(state) == {"subscription": 2, "delivery": 2, "message": 2, "story": 1}
    assert bot("forget", "T1", "--yes").returncode == 0
    assert await left(state) == {"subscription": 1, "delivery": 1, "message": 1, "story": 1}


@pytest.mark.parametrize("place", ["9", "", "1 OR 1=1"])
async def test_a_place_that_nobody_knows_is_one_clear_line(bot: Bot, tmp_path: Path, place: str) -> None:
    (tmp_path / "state").mkdir()
    await fill(tmp_path / "state")
    done = bot("forget", place, "--yes")
    assert (done.returncode, done.stderr) == (1, f"borderwire: nothing is kept about a place {place!r}\n")


async def test_an_answer_that_comes_after_it_is_no_trouble(tmp_path: Path) -> None:
    """A running bot was just sending there: what it writes down of that is nothing, not an error again and again."""
    await fill(tmp_path)
    async with db.opened(tmp_path) as database:
        async with database.read() as connection:
            who = await subscriptions.find(connection, "discord", "2", "c")
        assert who is not None
        async with database.write() as connection:
            await connection.execute("DELETE FROM message")
        at = await turn.take(database, who.id, 2.0, POLICY)
        assert at is not None
        async with database.write() as connection:
            await subscriptions.purge_space(connection, "discord", "2")
        await turn.record(database, at, retry.Move("sent", message="m"), 3.0)
    assert (await left(tmp_path))["message"] == 0
