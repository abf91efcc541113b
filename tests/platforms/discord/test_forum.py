"""A forum's posts: found again page by page, whether open or archived, and removed where they stand twice."""

from __future__ import annotations

import time

import pytest

from bot.outbox.sink import Payload, Sent, Target
from bot.platforms.discord.client import DiscordPlatform
from tests.fakes.discord_process import CHANNEL, GUILD, OTHER_CHANNEL, FakeDiscord
from tests.fakes.discord_world import FORUM
from tests.platforms.finding import copies, find

HERE = Target(GUILD, CHANNEL, style="forum")
PAYLOAD: Payload = {
    "embeds": [{"title": "Spera struck"}],
    "components": [
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "W", "custom_id": "bw1:wording:41"}]}
    ],
    "thread": "Spera struck",
}
MANY = 60


def key(number: int) -> str:
    return f"{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}cdefghijklmnopqrstuaaab"


@pytest.fixture
async def forum(fake: FakeDiscord, platform: DiscordPlatform) -> DiscordPlatform:
    await fake.settings(channel_limit=0, global_limit=0)
    for channel in (CHANNEL, OTHER_CHANNEL):
        await fake.channel(channel, type=FORUM)
    return platform


async def posted(platform: DiscordPlatform, number: int, where: Target = HERE) -> str:
    sent = await platform.post(where, PAYLOAD, key(number))
    assert isinstance(sent, Sent), sent
    return sent.message


async def test_posts_are_found_page_by_page_open_and_archived(
    fake: FakeDiscord, forum: DiscordPlatform
) -> None:
    began = time.time()
    posts = [await posted(forum, number) for number in range(MANY)]
    await posted(forum, MANY, Target(GUILD, OTHER_CHANNEL, style="forum"))
    for number in range(0, MANY, 2):
        await fake.channel(posts[number], archived=True)
    for number in (0, 1, MANY - 2, MANY - 1):
        assert await find(forum, HERE, key(number), began) == posts[number]
    assert await find(forum, HERE, key(MANY), began) is None  # it stands in another forum
    assert await find(forum, HERE, key(0), began + 10_000) is None  # older than what is looked for
    assert not fake.truth("bad")


async def test_a_second_copy_is_removed_or_at_least_what_it_says(
    fake: FakeDiscord, forum: DiscordPlatform
) -> None:
    began = time.time()
    first, second = [await posted(forum, 0) for _ in range(2)]
    assert await copies(forum, HERE, key(0), began) == [first, second]
    assert isinstance(await forum.remove(HERE, second), Sent)  # without Manage Threads
    assert await copies(forum, HERE, key(0), began) == [first]
