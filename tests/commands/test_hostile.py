"""Whatever is typed after a command, the answer is a reply: nothing that people write is a surprise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot import commands
from bot.commands.base import Command, Context, Reply, Request, Row
from bot.news.topics.topic import Topic
from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from bot.store import db
from tests.fakes import slack_checks

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NASTY = (
    *(
        "",
        " ",
        "0",
        "-1",
        "00000",
        "9999",
        "9999-12",
        "0000-00",
        "0001-01",
        "99999d",
        "9999y",
        "1e9",
        "²",
        "٣d",
        "∞",
    ),
    *(
        "2025-02-30",
        "2025-W01",
        "20251015",
        "24:00-24:00",
        "22-22",
        "7 to 7",
        "all",
        "off",
        ",",
        ", ,",
        "none",
    ),
    *("\x00", "\u202e", "<!channel>", "@everyone", "' OR 1=1 --", "%s%n", "{}", "*" * 2000, "Torkham," * 300),
    *(
        "١٢",
        "Asia/Kabul\x00",
        "../../etc/passwd",
        "Etc/GMT+12",
        "critical",
        "ceasefire, Air strike",
        "turkham",
    ),
)
WORDS = st.sampled_from(NASTY) | st.text(max_size=60) | st.from_regex(r"[0-9:.dwmy/ -]{1,12}", fullmatch=True)


@pytest.fixture
async def context(tmp_path: Path, topic: Topic) -> AsyncIterator[Context]:
    async def missing(*_: str) -> tuple[str, ...]:
        return ()

    async def rows() -> tuple[Row, ...]:
        return ()

    async def act(action: str, address: str, data: bytes | None) -> Reply:
        return Reply(action, address)

    async with db.opened(tmp_path) as database:
        yield Context(database, topic, missing, rows, feeds=act)


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
async def test_nothing_that_is_typed_is_a_surprise(
    command: Command, context: Context, data: st.DataObject
) -> None:
    names = [option.name for option in command.options if option.kind != "file"]
    options = data.draw(st.dictionaries(st.sampled_from(names), WORDS, max_size=4)) if names else {}
    request = Request(
        command.name, "slack", "T1", "C1", "U1", NOW, manager=True, operator=True, options=options
    )
    reply = await commands.answer(request, context)
    assert reply.title
    assert slack_checks.refused(slack.render_reply(reply)) is None
    (embed,) = discord.render_reply(reply)["embeds"]
    assert len(embed.get("description", "")) <= 4096
