"""Follows: one a person and story, moved with a story that became part of another, over when it is still."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.news.model import Subscription
from bot.store import codec, db, deliveries, follows, housekeeping, merges, stories, subscriptions
from tests.store import nouns
from tests.store.nouns import NOON

AT = codec.stamp(NOON)


def following(story: int, person: str = "reader") -> Subscription:
    """What pressing Follow makes."""
    return Subscription(0, "discord", "guild", f"direct {person}", NOON, story=story, person=person)


@pytest.fixture
async def database(tmp_path: Path) -> object:
    async with db.opened(tmp_path) as opened:
        async with opened.write() as connection:
            await stories.save(connection, [nouns.story(1), nouns.story(2), nouns.story(3)])
        yield opened


async def begin(database: db.Database, story: int, person: str = "reader") -> Subscription | None:
    async with database.write() as connection:
        return await follows.begin(connection, following(story, person), nouns.alert(story), AT)


async def of(database: db.Database, person: str = "reader") -> list[int]:
    async with database.read() as connection:
        return [one.story for one in await follows.of(connection, "discord", person)]


async def test_one_for_each_person_and_story_and_the_alert_is_owed(database: db.Database) -> None:
    first = await begin(database, 1)
    assert first is not None
    assert await begin(database, 1) is None
    for story, person in ((2, "reader"), (1, "other")):
        assert await begin(database, story, person) is not None
    assert (await of(database), await of(database, "other")) == ([1, 2], [1])
    async with database.read() as connection:
        assert [one.person for one in await follows.hearing(connection, {1})] == ["reader", "other"]
        (owed,) = await deliveries.of_story(connection, first.id, 1)
        assert (owed.state, owed.revision, owed.because) == ("new", 1, "followed")
        assert await subscriptions.listed(connection) == ()  # channels only
        assert await subscriptions.find(connection, "discord", "guild", "direct reader") is None


async def test_who_followed_a_story_follows_what_it_became_part_of(database: db.Database) -> None:
    for story, person in ((2, "reader"), (2, "both"), (1, "both")):
        await begin(database, story, person)
    async with database.write() as connection:
        await merges.fold(connection, 2, 1)
    assert await of(database) == [1]
    assert await of(database, "both") == [2, 1]  # told the end of the one in its own message
    async with database.read() as connection:
        rows = list(await connection.execute_fetchall("SELECT id, story FROM subscription ORDER BY id"))
        for row in rows:
            kept = await subscriptions.get(connection, row["id"])
            assert kept is not None
            assert kept.story == row["story"]


async def test_a_follow_ends_when_its_story_has_been_still_for_its_lifetime(database: db.Database) -> None:
    await begin(database, 1)
    await begin(database, 2)
    later = NOON + timedelta(days=5)
    async with database.write() as connection:
        await stories.save(connection, [replace(nouns.story(2), active=later - timedelta(days=1))])
    done = await housekeeping.tidy(database, later, still=timedelta(days=4))
    assert done.follows == 1
    assert await of(database) == [2]


async def test_nothing_is_kept_of_a_follow_that_could_not_begin(database: db.Database) -> None:
    who = await begin(database, 1)
    assert who is not None
    async with database.write() as connection:
        channel = await subscriptions.add(connection, nouns.subscription("a"))
        for number in (who.id, channel.id):
            await follows.drop(connection, number)
    async with database.read() as connection:
        assert list(await connection.execute_fetchall("SELECT id FROM delivery")) == []
        assert await subscriptions.listed(connection) == (channel,)  # a channel is never dropped so
