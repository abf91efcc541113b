"""How changes are told: on the message alone, in a thread on it, in a forum's post."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import chat, commands
from bot.commands.base import Reply, Request
from bot.news.model import Alert, Level
from tests.fakes.discord_process import CHANNEL, GUILD, FakeDiscord
from tests.fakes.discord_world import FORUM, OPEN, THREADS
from tests.platforms import world
from tests.platforms.world import OnDiscord, Place, Scene, until
from tests.store import nouns

NOW = datetime.now(UTC)
SILENT = 1 << 12


def told(revision: int = 1, story: int = 12, **changed: object) -> Alert:
    """The alert of a story that goes on now."""
    made = nouns.alert(story, revision, headline="Spera struck", first_seen=NOW, last_change=NOW, **changed)
    return made if revision == 1 else replace(made, kind="update", changed=(f"killed {revision} → 20",))


async def subscribe(scene: Scene, channel: str = CHANNEL, **options: str) -> Reply:
    place = scene.place
    place_of = (scene.name, place.space, channel if isinstance(place, OnDiscord) else place.channel)
    request = Request("subscribe", *place_of, place.people[1], NOW, manager=True, options=options)
    return (await commands.answer(request, scene.context)).typed("/{}".format)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    with world.places(tmp_path_factory.mktemp("fakes")) as found:
        yield found


@pytest.fixture(params=chat.PLATFORMS)
async def scene(
    request: pytest.FixtureRequest, places: dict[str, Place], tmp_path: Path
) -> AsyncIterator[Scene]:
    await places[request.param].begin()
    async with world.playing(places[request.param], tmp_path) as one:
        yield one


@pytest.fixture
async def discord(places: dict[str, Place], tmp_path: Path) -> AsyncIterator[tuple[Scene, FakeDiscord]]:
    place = places["discord"]
    assert isinstance(place, OnDiscord)
    await place.begin()
    await place.fake.settings(channel_limit=0)
    await place.fake.channel(CHANNEL, type=FORUM, tags=["Critical", "major", "talk"])
    async with world.playing(place, tmp_path) as one:
        yield one, place.fake


# --------------------------------------------------------------------------- a thread


async def test_changes_are_told_in_a_thread_and_the_message_is_changed_in_place(scene: Scene) -> None:
    place = scene.place
    reply = await subscribe(scene, style="thread")
    assert "in a thread on its message" in reply.text, reply
    await scene.say(told())
    await scene.shown(1, place.channel)
    for revision in (2, 3):
        await scene.say(told(revision))

        async def there(revision: int = revision) -> list[dict[str, Any]]:
            rooms = await place.rooms()
            found = place.told(rooms, rooms[place.channel][0])
            return found if len(found) == revision - 1 else []

        notes = await until(there)
    rooms = await place.rooms()
    assert "3 → 20" in str(rooms[place.channel][0])
    assert ["2 → 20" in str(notes[0]), "3 → 20" in str(notes[1])] == [True, True]
    if isinstance(place, OnDiscord):
        assert [note["flags"] for note in notes] == [SILENT, SILENT]
        (thread,) = place.fake.truth("thread")
        assert thread["name"] == "Spera struck"
        assert not place.fake.truth("bad")
    else:
        assert not any(note["broadcast"] for note in notes)


async def test_a_rise_is_heard(scene: Scene) -> None:
    place = scene.place
    await subscribe(scene, style="thread")
    await scene.say(told())
    await scene.shown(1, place.channel)
    await scene.say(replace(told(2, level=Level.CRITICAL), level_rose=True))

    async def there() -> list[dict[str, Any]]:
        rooms = await place.rooms()
        return place.told(rooms, rooms[place.channel][0])

    (note,) = await until(there)
    assert "the level rose" in str(note)
    assert note["flags"] == 0 if isinstance(place, OnDiscord) else note["broadcast"]


@asynccontextmanager
async def threaded(place: Place, folder: Path) -> AsyncIterator[tuple[OnDiscord, Scene, dict[str, Any]]]:
    """A channel of Discord that hears changes in threads, and its first message."""
    assert isinstance(place, OnDiscord)
    await place.begin()
    async with world.playing(place, folder) as scene:
        await subscribe(scene, style="thread")
        await scene.say(told())
        (message,) = await scene.shown(1, place.channel)
        yield place, scene, message


@pytest.mark.parametrize("kind", ["reset-after", "500-after", "hang-after"])
async def test_no_second_thread_and_no_second_note_where_no_answer_came(
    places: dict[str, Place], tmp_path: Path, kind: str
) -> None:
    async with threaded(places["discord"], tmp_path) as (place, scene, message):
        await place.fake.fault(kind, path="*/threads")
        await scene.say(told(2))

        async def sent() -> bool:
            return bool((await place.rooms()).get(message["id"]))

        await until(sent)
        assert len(place.fake.truth("thread")) == 1
        assert len((await place.rooms())[message["id"]]) == 1


@pytest.mark.parametrize("change", [{"remove": True}, {"archived": True}])
async def test_a_deleted_thread_stays_away_and_an_archived_one_opens(
    places: dict[str, Place], tmp_path: Path, change: dict[str, bool]
) -> None:
    async with threaded(places["discord"], tmp_path) as (place, scene, message):
        await scene.say(told(2))

        async def sent() -> bool:
            return len((await place.rooms()).get(message["id"], ())) == 1

        await until(sent)
        await place.fake.channel(message["id"], **change)
        await scene.say(told(3))

        async def changed() -> bool:
            return "3 → 20" in str((await place.rooms())[place.channel][0])

        await until(changed)
        await scene.say(told(1, story=13))
        await scene.shown(2, place.channel)  # the channel goes on
        notes = (await place.rooms()).get(message["id"], [])
        assert len(notes) == (2 if "archived" in change else 0)
        assert len(place.fake.truth("thread")) == 1


# --------------------------------------------------------------------------- a forum


async def test_a_forum_gets_a_post_a_story(discord: tuple[Scene, FakeDiscord]) -> None:
    scene, fake = discord
    reply = await subscribe(scene)  # picks it by itself
    assert "post of the forum" in reply.text, reply
    await scene.say(told())
    (first,) = await scene.shown(1)
    post = first["channel_id"]
    assert first["id"] == post  # a post is called as its first message
    (thread,) = fake.truth("thread")
    assert (thread["channel"], thread["name"]) == (CHANNEL, "Spera struck")
    assert await fake.tags(post) == ["2"]  # major
    await scene.say(told(2))
    changed, note = await scene.shown(2, post)
    assert "2 → 20" in str(changed)
    assert "2 → 20" in str(note)
    assert note["flags"] == SILENT
    await fake.channel(post, archived=True)
    await scene.say(told(3))
    assert "3 → 20" in str((await scene.shown(3, post))[0])
    await fake.channel(post, tags=["2", "3"])  # somebody adds one of their own
    await scene.say(replace(told(4, level=Level.CRITICAL), level_rose=True))

    async def tagged() -> bool:
        return await fake.tags(post) == ["1", "3"]

    await until(tagged)
    assert not fake.truth("bad")


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("kind", ["reset-after", "500-after", "reset-before", "late"])
async def test_a_post_that_nobody_knows_of_is_looked_for(
    discord: tuple[Scene, FakeDiscord], kind: str, archived: bool
) -> None:
    scene, fake = discord
    await subscribe(scene)
    await fake.fault(kind, path="*/threads")
    await scene.say(told())
    if archived and kind != "reset-before":
        (first,) = await scene.shown(1)
        await fake.channel(first["id"], archived=True)
    await scene.say(told(1, story=13))
    await scene.shown(2)

    async def sent() -> bool:
        async with scene.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT state FROM delivery")
        return {row["state"] for row in rows} == {"sent"}

    await until(sent)
    assert len(fake.truth("thread")) == 2


@pytest.mark.parametrize("style", ["thread", "forum"])
async def test_killed_while_no_answer_comes_there_is_one_after_the_restart(
    places: dict[str, Place], tmp_path: Path, style: str
) -> None:
    place = places["discord"]
    assert isinstance(place, OnDiscord)
    await place.begin()
    await place.fake.settings(channel_limit=0)
    if style == "forum":
        await place.fake.channel(CHANNEL, type=FORUM)
    async with world.playing(place, tmp_path) as scene:
        await subscribe(scene, style=style)
        if style == "thread":
            await scene.say(told())
            await scene.shown(1, place.channel)
        await place.fake.fault("hang-after", path="*/threads")
        await scene.say(told(2) if style == "thread" else told())

        async def made() -> bool:
            return bool(place.fake.truth("thread"))

        await until(made)
    async with world.playing(place, tmp_path) as scene:

        async def sent() -> bool:
            async with scene.database.read() as connection:
                rows = await connection.execute_fetchall("SELECT state FROM delivery")
            return {row["state"] for row in rows} == {"sent"}

        await until(sent)
    assert len(place.fake.truth("thread")) == 1
    assert len(await scene.shown(1)) == 1


async def test_a_deleted_post_stays_away(discord: tuple[Scene, FakeDiscord]) -> None:
    scene, fake = discord
    await subscribe(scene)
    await scene.say(told())
    (first,) = await scene.shown(1)
    await fake.channel(first["id"], remove=True)
    await scene.say(told(2))
    await scene.say(told(1, story=13))
    await scene.shown(1)
    async with scene.database.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT paused FROM subscription")
    assert row["paused"] == ""


# --------------------------------------------------------------------------- asked for


async def test_a_style_that_a_channel_cannot_have_is_told(scene: Scene) -> None:
    reply = await subscribe(scene, style="forum")
    assert reply.error
    assert "Slack has none at all" in reply.text
    assert "Use message or thread" in reply.text


async def test_exactly_what_lacks_is_named(discord: tuple[Scene, FakeDiscord]) -> None:
    scene, fake = discord
    text = str(int(CHANNEL) + 1)
    await fake.channel(text, deny=OPEN | THREADS)
    lacking = await subscribe(scene, text, style="thread")
    assert [row.head for row in lacking.rows] == ["Create Public Threads", "Send Messages in Threads"]
    assert not (await subscribe(scene, text)).error
    await fake.channel(CHANNEL, wants_tag=True)
    (row,) = (await subscribe(scene)).rows
    assert row.head == "tags named notable, minor, as this forum wants a tag on every post"
    assert "every story is a post" in (await subscribe(scene, style="thread")).text
    assert scene.place.space == GUILD
