"""One fake Discord for all these tests, as new for each of them, and a real client that talks to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.commands.base import Reply, Request
from bot.platforms.discord.client import DiscordPlatform
from tests.fakes.discord_process import FakeDiscord, running

Connect = Callable[..., Awaitable[DiscordPlatform]]


@pytest.fixture(scope="session")
def discord_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeDiscord]:
    with running(tmp_path_factory.mktemp("discord") / "truth.jsonl") as fake:
        yield fake


@pytest.fixture
async def fake(discord_process: FakeDiscord) -> FakeDiscord:
    await discord_process.admin("reset", {})
    return discord_process


@pytest.fixture
async def connect(fake: FakeDiscord) -> AsyncIterator[Connect]:
    """Builds clients of the fake; all are stopped at the end of the test."""
    async with AsyncExitStack() as stack:

        async def made(**wanted: Any) -> DiscordPlatform:
            given: dict[str, Any] = {"api_base": fake.api, "commands": COMMANDS, "timeout": 5.0} | wanted
            platform = DiscordPlatform(given.pop("token", fake.token), **given)
            stack.push_async_callback(platform.stop)
            await platform.start()
            return platform

        yield made


@pytest.fixture
async def platform(connect: Connect) -> DiscordPlatform:
    return await connect()


class Asked:
    """Stands where the commands are: keeps what was asked, answers what the test wants."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.reply = Reply("Answer", "All is well.")
        self.wait = asyncio.Event()
        self.wait.set()

    async def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        await self.wait.wait()
        return self.reply


@pytest.fixture
def asked() -> Asked:
    return Asked()
