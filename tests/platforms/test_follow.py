"""Follow, on every platform of the table: pressed under an alert, told in direct messages, stopped again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import chat
from bot.news.model import Alert
from tests.platforms import world
from tests.platforms.world import Place, Scene
from tests.store import nouns

NOW = datetime.now(UTC)


def told(revision: int = 1, **changed: object) -> Alert:
    """The alert of a story that goes on now."""
    made = nouns.alert(12, revision, headline="Spera struck", first_seen=NOW, last_change=NOW, **changed)
    return made if revision == 1 else replace(made, kind="update", changed=(f"killed {revision} → 20",))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    with world.places(tmp_path_factory.mktemp("fakes")) as found:
        yield found


@pytest.fixture(params=chat.PLATFORMS)
async def place(request: pytest.FixtureRequest, places: dict[str, Place]) -> Place:
    await places[request.param].begin()
    return places[request.param]


@pytest.fixture
async def scene(place: Place, tmp_path: Path) -> AsyncIterator[Scene]:
    async with world.playing(place, tmp_path) as one:
        await begin(one)
        yield one


async def begin(scene: Scene) -> None:
    """A channel hears of the story."""
    await scene.subscribe()
    await scene.say(told())


async def pressed(scene: Scene, label: str = "Follow", person: int = 0) -> str:
    """Somebody presses a button under the alert in the channel."""
    place = scene.place
    (message,) = await scene.shown(1, place.channel)
    return await place.press(place.channel, message, label, place.people[person])


async def test_who_follows_is_told_what_changes_until_they_stop(scene: Scene) -> None:
    place = scene.place
    answer = await pressed(scene)
    assert "Followed" in answer
    assert "Unfollow" in answer
    (first,) = await scene.shown(1)  # there already: the answer waited for it
    (channel,) = [name for name in await place.rooms() if name != place.channel]
    assert list(place.labels(first)) == ["Wording", "All sources", "Timeline", "Unfollow"]
    await scene.say(told(2))
    changed, note = await scene.shown(2)
    assert "2 → 20" in str(changed)  # in place
    assert "2 → 20" in str(note)  # and said, for an edit calls nobody
    assert len(await scene.shown(1, place.channel)) == 1  # the channel only sees the edit
    assert "Wording" in await place.press(channel, first, "Wording", place.people[0])
    stopped = await place.press(channel, first, "Unfollow", place.people[0])
    assert "No longer followed" in stopped
    assert await scene.followed() == ()
    await scene.say(told(3))
    await scene.say(nouns.alert(13, headline="Another", last_change=NOW))
    await scene.shown(2, place.channel)
    assert len(await scene.shown(2)) == 2


async def test_pressing_again_stops_it_and_each_person_follows_alone(scene: Scene) -> None:
    for person in (0, 1):
        assert "Followed" in await pressed(scene, person=person)
    assert len(await scene.shown(2)) == 2
    assert "No longer followed" in await pressed(scene)
    (left,) = await scene.followed()
    assert left.person == scene.place.people[1]


async def test_who_cannot_be_written_to_is_told_at_once_and_nothing_is_kept(scene: Scene) -> None:
    await scene.shown(1, scene.place.channel)
    await scene.place.close()
    answer = await pressed(scene)
    assert "I cannot write to you" in answer
    assert "direct messages" in answer
    async with scene.database.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT count(*) AS count FROM subscription")
    assert row["count"] == 1  # the channel's own


async def test_after_a_restart_buttons_work_and_the_message_is_still_changed(
    place: Place, tmp_path: Path
) -> None:
    async with world.playing(place, tmp_path) as scene:
        await begin(scene)
        assert "Followed" in await pressed(scene)
    async with world.playing(place, tmp_path) as scene:
        await scene.say(told(2))
        changed, _ = await scene.shown(2)
        assert "2 → 20" in str(changed)
        assert "No longer followed" in await pressed(scene)


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"follows": 0}, "One person may follow 0 stories"), ({"lifetime": timedelta(0)}, "is over")],
)
async def test_there_is_a_most_and_an_end(
    place: Place, tmp_path: Path, changed: dict[str, object], words: str
) -> None:
    async with world.playing(place, tmp_path, **changed) as scene:
        await begin(scene)
        assert words in await pressed(scene)
        assert await scene.followed() == ()
