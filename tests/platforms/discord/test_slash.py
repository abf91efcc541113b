"""Questions on Discord: declared, asked through the gateway, answered privately; buttons and pages."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, cast

import pytest

from bot import commands
from bot.commands import COMMANDS, options
from bot.commands.base import Command, Context, Option, Reply, Request, Row
from bot.platforms.discord import slash
from tests.fakes.discord_checks import Checks, command_complaints
from tests.fakes.discord_process import CHANNEL, GUILD, OPENAPI, OTHER_CHANNEL, FakeDiscord
from tests.fakes.discord_world import MEMBER, OWNER
from tests.platforms.discord.conftest import Asked, Connect

PAGES = Reply("Timeline", "Newest first", (Row("Truce signed in Doha"),), page=2, pages=3)


def embed(answer: dict[str, Any]) -> dict[str, Any]:
    """The last answer that the asker sees."""
    shown: dict[str, Any] = answer["replies"][-1]["embeds"][0]
    return shown


def buttons(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in answer["replies"][-1].get("components") or [] for button in row["components"]]


# --------------------------------------------------------------------------- declaring


def test_the_commands_are_what_discord_accepts() -> None:
    declared = slash.declare(COMMANDS)
    assert command_complaints(declared) == []
    assert Checks(OPENAPI if OPENAPI.is_file() else None).complaints("commands", declared) == []
    assert all(len(command.help) <= 100 for command in COMMANDS)
    assert all(len(option.help) <= 100 for command in COMMANDS for option in command.options)


def test_discord_is_told_anew_only_when_something_changed() -> None:
    before = slash.fingerprint(slash.declare(COMMANDS), 1)
    assert before == slash.fingerprint(slash.declare(COMMANDS), 1)
    assert before != slash.fingerprint(slash.declare(COMMANDS[1:]), 1)
    assert before != slash.fingerprint(slash.declare(COMMANDS), 2)


def test_too_many_choices_become_free_text() -> None:
    async def run(request: Request, context: object) -> Reply:
        return Reply("")

    command = Command("x", "X", run, (Option("many", "Many", tuple(map(str, range(26)))),))
    (option,) = slash.declare([command])[0]["options"]
    assert "choices" not in option


# --------------------------------------------------------------------------- asking


async def test_a_question_and_its_private_answer(connect: Connect, fake: FakeDiscord, asked: Asked) -> None:
    await connect(ask=asked)
    answer = await fake.command(
        "subscribe", options={"instant": "critical", "channel": OTHER_CHANNEL}, channel=CHANNEL, manager=True
    )
    assert answer["private"]
    assert answer["type"] == 5  # acknowledged first
    assert embed(answer)["title"] == "Answer"
    (request,) = asked.requests
    assert (request.command, request.platform, request.space) == ("subscribe", "discord", GUILD)
    assert (request.channel, request.user, request.manager) == (CHANNEL, MEMBER, True)
    assert dict(request.options) == {"instant": "critical", "channel": OTHER_CHANNEL}
    assert not fake.truth("bad")


async def test_rights_are_taken_from_discord_each_time(
    connect: Connect, fake: FakeDiscord, asked: Asked
) -> None:
    await connect(ask=asked)
    for manager in (True, False):
        await fake.command("subscribe", manager=manager)
    assert [request.manager for request in asked.requests] == [True, False]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_who_may_ask_what(connect: Connect, fake: FakeDiscord, command: Command) -> None:
    """Every command by a manager, a member, and in a direct message; a new command is tested as soon as it exists."""
    asked: list[Request] = []

    async def run(request: Request, context: object) -> Reply:
        asked.append(request)
        return Reply("Done")

    async def ask(request: Request) -> Reply:
        return await commands.answer(request, cast(Context, None))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "COMMANDS", (replace(command, run=run),))
        await connect(ask=ask)
        said = [
            embed(await fake.command(command.name, **who))["title"]
            for who in ({"manager": True}, {"manager": False}, {"direct": True, "manager": True})
        ]
    refused = "⚠ Not allowed"
    assert said == [
        refused if command.operator else "Done",
        refused if command.manager else "Done",
        "⚠ Only in a server",
    ]
    assert len(asked) == 2 - command.manager - command.operator


async def test_direct_messages_are_declined(connect: Connect, fake: FakeDiscord, asked: Asked) -> None:
    await connect(ask=asked)
    answer = await fake.command("status", direct=True)
    assert embed(answer)["title"].endswith("Only in a server")
    assert asked.requests == []


async def test_a_slow_answer_was_acknowledged_in_time(
    connect: Connect, fake: FakeDiscord, asked: Asked
) -> None:
    asked.wait.clear()
    await connect(ask=asked)
    pending = await fake.command("timeline", wait=0.3)
    assert pending["replies"] == []
    assert pending["type"] == 5
    asked.wait.set()
    assert not fake.truth("bad")


async def test_a_failing_command_says_so_and_the_next_one_works(connect: Connect, fake: FakeDiscord) -> None:
    async def ask(request: Request) -> Reply:
        if request.command == "status":
            raise RuntimeError("disk full at secret-path")
        return Reply("Fine")

    await connect(ask=ask)
    failed = await fake.command("status")
    assert embed(failed)["title"].endswith("That did not work")
    assert "secret" not in str(failed)
    assert embed(await fake.command("timeline"))["title"] == "Fine"


async def test_a_mistake_is_an_answer(connect: Connect, fake: FakeDiscord) -> None:
    async def ask(request: Request) -> Reply:
        return Reply("I did not understand", str(options.Mistake("since: 'x' is not a date")), error=True)

    await connect(ask=ask)
    shown = embed(await fake.command("timeline", options={"since": "x"}))
    assert shown["title"].startswith("⚠")
    assert shown["color"] == 0xB3261E


# --------------------------------------------------------------------------- buttons


@pytest.mark.parametrize("which", ["wording", "sources", "timeline"])
async def test_a_storys_buttons_show_it_privately_also_in_direct_messages(
    connect: Connect, fake: FakeDiscord, asked: Asked, which: str
) -> None:
    await connect(ask=asked)
    for direct in (False, True):
        answer = await fake.press(f"bw1:{which}:41:abcdefghijklmnopqrstuaaab", direct=direct, manager=direct)
        assert embed(answer)["title"] == "Answer"
        assert answer["private"]
        assert buttons(answer) == []
        request = asked.requests[-1]
        assert (request.command, request.options) == ("story", {"story": "41", "part": which})
        assert (request.space, request.manager) == ("" if direct else GUILD, False)


@pytest.mark.parametrize(("name", "stop"), [("follow", {}), ("unfollow", {"stop": "yes"})])
async def test_follow_and_unfollow_are_asked_like_a_command(
    connect: Connect, fake: FakeDiscord, asked: Asked, name: str, stop: dict[str, str]
) -> None:
    await connect(ask=asked)
    await fake.press(f"bw1:{name}:41:abcdefghijklmnopqrstuaaab", user=OWNER)
    (request,) = asked.requests
    assert (request.command, request.user) == ("follow", OWNER)
    assert request.options == {"story": "41", **stop}


async def test_what_a_button_shows_has_pages_that_are_turned_in_place(
    connect: Connect, fake: FakeDiscord, asked: Asked
) -> None:
    asked.reply = Reply("Wording", page=1, pages=3)
    await connect(ask=asked)
    shown = await fake.press("bw1:wording:41:abcdefghijklmnopqrstuaaab", user=MEMBER)
    _, forth = buttons(shown)
    turned = await fake.press(forth["custom_id"], user=MEMBER)
    assert turned["type"] == 6  # the same message changes
    assert asked.requests[-1].command == "story"
    assert dict(asked.requests[-1].options) == {"story": "41", "part": "wording", "page": "2"}


async def test_pages_are_turned_by_who_asked_even_after_a_restart(
    connect: Connect, fake: FakeDiscord, asked: Asked
) -> None:
    asked.reply = PAGES
    first = await connect(ask=asked)
    shown = await fake.command("timeline", options={"place": "Torkham", "page": "2"}, user=MEMBER)
    assert embed(shown)["footer"]["text"] == "page 2 of 3"
    back, forth = buttons(shown)
    await first.stop()

    await connect(ask=asked)
    turned = await fake.press(forth["custom_id"], user=MEMBER)
    assert turned["type"] == 6  # the same message changes
    assert dict(asked.requests[-1].options) == {"place": "Torkham", "page": "3"}
    before = len(asked.requests)
    refused = await fake.press(back["custom_id"], user=OWNER)
    assert embed(refused)["title"].endswith("Somebody else asked this")
    assert len(asked.requests) == before


async def test_the_first_page_has_nothing_before_it(
    connect: Connect, fake: FakeDiscord, asked: Asked
) -> None:
    asked.reply = Reply("Timeline", page=1, pages=3)
    await connect(ask=asked)
    back, forth = buttons(await fake.command("timeline"))
    assert back["disabled"]
    assert not forth.get("disabled")


async def test_a_question_too_long_for_a_button_says_how_to_go_on(
    connect: Connect, fake: FakeDiscord, asked: Asked
) -> None:
    asked.reply = PAGES
    await connect(ask=asked)
    shown = await fake.command("timeline", options={"text": "many words " * 15})
    assert buttons(shown) == []
    assert embed(shown)["footer"]["text"].endswith("next: page:3")


@pytest.mark.parametrize(
    "custom_id",
    [
        "bw1:wording:x",
        "bw1:drop:41",
        "bw1:ask:-:1:timeline?a=b:c:d",
        "bw0:wording:1",
        "other",
        "bw1:ask:7:1:subscribe",
    ],
)
async def test_a_forged_button_leads_nowhere(
    connect: Connect, fake: FakeDiscord, asked: Asked, custom_id: str
) -> None:
    await connect(ask=asked)
    answer = await fake.press(custom_id)
    assert embed(answer)["title"].endswith("This button leads nowhere")
    assert asked.requests == []


async def test_a_button_cannot_lend_rights(connect: Connect, fake: FakeDiscord, asked: Asked) -> None:
    """A forged page button may name a settings command; the rights are still those of who presses it."""
    await connect(ask=asked)
    await fake.press(f"bw1:ask:{MEMBER}:1:unsubscribe?", user=MEMBER)
    assert [request.manager for request in asked.requests] == [False]


async def test_answers_come_at_once(connect: Connect, fake: FakeDiscord, asked: Asked) -> None:
    await connect(ask=asked)
    await fake.command("status")
    began = time.monotonic()
    await fake.command("status")
    assert time.monotonic() - began < 3  # what Discord waits for
