"""Words typed in Slack become options; names that Slack keeps for itself are not used."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import COMMANDS
from bot.commands.base import Reply, Request
from bot.commands.options import Mistake
from bot.platforms.slack import slash
from bot.platforms.slack.slash import parse, understand

MANIFEST = json.loads((Path(slash.__file__).parent / "manifest.json").read_text("utf-8"))
# Slack's help page on built-in commands, with the aliases and later additions that developers report.
RESERVED = {
    *("active", "apps", "archive", "away", "call", "calls", "canvas", "close", "collapse", "contact"),
    *("dm", "dnd", "expand", "feed", "feedback", "giphy", "help", "huddle", "invite", "invite_people"),
    *("join", "keys", "kick", "leave", "list", "me", "msg", "mute", "open", "part", "prefs", "pro"),
    *("remind", "remove", "rename", "s", "search", "shortcuts", "shrug", "star", "status", "topic", "who"),
}
NEEDED_SCOPES = {
    "chat:write", "commands", "channels:history", "groups:history", "im:history", "im:write", "users:read",
}  # fmt: skip


def command(name: str) -> Any:
    return next(c for c in COMMANDS if c.name == name)


def body(typed: str, name: str = "/borderwire", **more: str) -> dict[str, str]:
    return {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": name, "text": typed, **more}


async def ask(typed: str, name: str = "/borderwire", admin: bool = True) -> Request | Reply:
    async def is_manager(user: str) -> bool:
        return admin

    return await understand(body(typed, name), COMMANDS, is_manager)


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("", {}),
        ("since=7d until=2025-10-20", {"since": "7d", "until": "2025-10-20"}),
        ("--since 7d --place=Torkham", {"since": "7d", "place": "Torkham"}),
        ("—since 7d", {"since": "7d"}),
        ("place=“Spin Boldak” level=major", {"place": "Spin Boldak", "level": "major"}),
        ("Torkham gate", {"text": "Torkham gate"}),
        ("place=Kabul trade talks", {"place": "Kabul", "text": "trade talks"}),
        ("text=a=b", {"text": "a=b"}),
        ("Pakistan's &amp; Afghanistan", {"text": "Pakistan's & Afghanistan"}),
        ("text=&lt;!here&gt;", {"text": "<!here>"}),
    ],
)
def test_options_of_timeline(typed: str, options: dict[str, str]) -> None:
    assert parse(typed, command("timeline")) == options


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("critical", {"instant": "critical"}),
        ("<#C0123ABC|news> hourly", {"channel": "C0123ABC", "digest": "hourly"}),
        ("channel=<#C0123ABC|news>", {"channel": "C0123ABC"}),
        ("places=Spin Boldak, Torkham", {"places": "Spin Boldak, Torkham"}),
    ],
)
def test_options_of_subscribe(typed: str, options: dict[str, str]) -> None:
    assert parse(typed, command("subscribe")) == options


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("timeline", "sinse=7d", "Did you mean since?"),
        ("timeline", "--since", "a value is missing"),
        ("timeline", 'place="Spin', "quotation mark"),
        ("timeline", "x" * 2001, "too long"),
        ("subscribe", "channel=#news", "typing #"),
        ("subscribe", "whatever", "I do not know what 'whatever' is for"),
        ("status", "now", "no options"),
    ],
)
def test_mistakes_are_explained(name: str, typed: str, words: str) -> None:
    with pytest.raises(Mistake, match=words.replace("?", r"\?")):
        parse(typed, command(name))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from([c.name for c in COMMANDS]))
def test_anything_typed_is_understood_or_explained(typed: str, name: str) -> None:
    with suppress(Mistake):
        options = parse(typed, command(name))
        assert set(options) <= {option.name for option in command(name).options}


async def test_a_shortcut_and_the_long_form_ask_the_same() -> None:
    one, other = await ask("since=7d", "/timeline"), await ask("timeline since=7d")
    assert isinstance(one, Request)
    assert isinstance(other, Request)
    assert (one.command, one.options) == (other.command, other.options)


@pytest.mark.parametrize(
    ("typed", "name", "about"),
    [
        ("", "/borderwire", {}),
        ("help", "/borderwire", {}),
        ("HELP", "/borderwire", {}),
        ("help timeline", "/borderwire", {"command": "timeline"}),
        ("help /timeline", "/borderwire", {"command": "/timeline"}),
        ("timeline help", "/borderwire", {"command": "timeline"}),
        ("help", "/timeline", {"command": "timeline"}),
    ],
)
async def test_help_is_asked_for_in_every_way(typed: str, name: str, about: dict[str, str]) -> None:
    asked = await ask(typed, name)
    assert isinstance(asked, Request)
    assert (asked.command, asked.options) == ("help", about)


@pytest.mark.parametrize(
    ("typed", "name", "options"),
    [
        ("12", "story", {"story": "12"}),
        ("Torkham clash page=2", "story", {"story": "Torkham clash", "page": "2"}),
        ("Torkham closed", "search", {"words": "Torkham closed"}),
        ("<https://www.dawn.com/news/1?a=b&amp;c=d|dawn.com>", "why", {"about": "https://www.dawn.com/news/1?a=b&c=d"}),
        ("story 12 <#C012345|news>", "why", {"about": "story 12", "channel": "C012345"}),
    ],
)  # fmt: skip
def test_plain_words_are_what_a_command_is_about(typed: str, name: str, options: dict[str, str]) -> None:
    assert parse(typed, command(name)) == options


async def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    reply = await ask("subscirbe")
    assert isinstance(reply, Reply)
    assert reply.error
    assert "subscribe" in reply.text


@pytest.mark.parametrize("name", [c.name for c in COMMANDS])
@pytest.mark.parametrize("admin", [True, False])
async def test_who_asks_is_told_to_be_an_admin_where_that_counts(name: str, admin: bool) -> None:
    asked = await ask(name, admin=admin)
    assert isinstance(asked, Request)
    assert asked.manager is (admin and (command(name).manager or command(name).more))


def test_the_manifest_uses_no_name_that_slack_keeps() -> None:
    names = [c["command"] for c in MANIFEST["features"]["slash_commands"]]
    assert names
    assert {name.removeprefix("/") for name in names}.isdisjoint(RESERVED)


def test_the_manifest_declares_what_the_program_listens_to() -> None:
    declared = MANIFEST["features"]["slash_commands"]
    assert {c["command"] for c in declared} == {slash.MAIN, *slash.SHORTCUTS}
    assert all(c["should_escape"] for c in declared)  # or #channels arrive as bare names
    assert all(len(c["description"]) <= 2000 and len(c["usage_hint"]) <= 1000 for c in declared)
    assert {name.removeprefix("/") for name in slash.SHORTCUTS} <= {c.name for c in COMMANDS}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == NEEDED_SCOPES
    assert MANIFEST["settings"]["socket_mode_enabled"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
