"""/feeds: who may change what everybody reads, and what they must say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import chat, commands, settings
from bot.commands.base import Context, Reply, Request
from bot.store import db
from tests.news.making import shipped

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = Request("feeds", "discord", "guild", "channel", "42", NOW, manager=True, operator=True)
Asked = list[tuple[str, ...]]


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[tuple[Context, Asked]]:
    said: Asked = []

    async def act(action: str, address: str, data: bytes | None) -> Reply:
        said.append((action, address, data.decode()) if data else (action, address))
        return Reply("Done")

    async def missing(*_: str) -> tuple[str, ...]:
        return ()

    async def health() -> tuple[()]:
        return ()

    async with db.opened(tmp_path) as database:
        yield Context(database, shipped(), missing, health, feeds=act), said


async def test_only_operators_change_what_everybody_reads(asked: tuple[Context, Asked]) -> None:
    context, said = asked
    for request in (replace(HERE, operator=False), replace(HERE, operator=False, manager=False)):
        assert (await commands.answer(request, context)).error
    assert said == []
    assert not (await commands.answer(HERE, context)).error
    assert said == [("list", "")]


@pytest.mark.parametrize(
    ("options", "done"),
    [
        ({"action": "add", "url": " https://a.example/rss "}, [("add", "https://a.example/rss")]),
        ({"action": "Remove", "url": "Dawn"}, [("remove", "Dawn")]),
        ({"action": "release", "url": "Dawn"}, [("release", "Dawn")]),
        ({"url": "Dawn"}, [("check", "Dawn")]),
        ({"action": "export"}, [("export", "")]),
        ({"action": "import", "url": "https://a.example/list.opml"}, [("import", "https://a.example/list.opml")]),
        ({"action": "import"}, []),
        ({"action": "add"}, []),
        ({"action": "burn", "url": "Dawn"}, []),
    ],
)  # fmt: skip
async def test_what_is_typed_is_checked(
    asked: tuple[Context, Asked], options: dict[str, str], done: Asked
) -> None:
    context, said = asked
    reply = await commands.answer(replace(HERE, options=options), context)
    assert (reply.error, said) == (not done, done)


async def test_a_file_is_read_only_for_who_may_send_it(asked: tuple[Context, Asked]) -> None:
    context, said = asked
    reads = 0

    async def read() -> bytes:
        nonlocal reads
        reads += 1
        return b"<opml/>"

    stranger = replace(HERE, operator=False, files={"file": read})
    assert (await commands.answer(stranger, context)).error
    assert (await commands.answer(replace(stranger, operator=True, files={"other": read}), context)).error
    assert reads == 0
    await commands.answer(replace(stranger, operator=True), context)
    assert said == [("import", "", "<opml/>")]


def test_operators_are_those_that_the_configuration_names() -> None:
    named = settings.load(
        environment={"BORDERWIRE_OPERATORS__DISCORD_IDS": '["420000000000000001"]'}
    ).settings
    stranger = replace(HERE, manager=True, operator=True, user="7")
    assert not chat.permitted(stranger, named).operator  # whatever a platform claims
    own = chat.permitted(replace(stranger, user="420000000000000001", manager=False), named)
    assert own.operator
    assert own.manager  # may do what a server's managers may
    assert not chat.permitted(replace(stranger, user="420000000000000001", platform="slack"), named).operator
