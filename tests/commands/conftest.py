"""A real store to ask, and a manager who asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import commands
from bot.commands.base import Context, Reply, Request, Row
from bot.news.topics.topic import Topic
from bot.store import db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = Request("status", "discord", "guild", "channel", "user", NOW, manager=True)


@pytest.fixture
async def context(tmp_path: Path, topic: Topic) -> AsyncIterator[Context]:
    async def missing(_platform: str, _space: str, channel: str, _style: str) -> tuple[str, ...]:
        return ("Send Messages", "Embed Links") if channel == "locked" else ()

    async def health() -> tuple[Row, ...]:
        return (Row("feeds", "PK 1/1"),)

    async with db.opened(tmp_path) as database:
        yield Context(database, topic, missing, health)


async def ask(context: Context, command: str, manager: bool = True, **options: str) -> Reply:
    request = replace(HERE, command=command, manager=manager, options=options)
    return await commands.answer(request, context)
