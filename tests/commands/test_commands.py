"""Questions and answers on a real store, whatever the platform."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot import commands
from bot.commands.base import CALL, Context, Reply, Row, call
from bot.news.model import Level
from bot.platforms import console
from bot.platforms.discord import render as discord_render
from bot.platforms.slack import render as slack_render
from bot.store import alerts, stories, subscriptions
from tests.commands.conftest import ask
from tests.store import nouns


async def test_a_new_subscription_gets_the_quiet_default(context: Context) -> None:
    reply = await ask(context, "subscribe")
    assert not reply.error
    assert "critical and major come at once" in reply.text
    assert "daily digest" in reply.text
    async with context.database.read() as connection:
        stored = await subscriptions.find(connection, "discord", "guild", "channel")
    assert stored is not None
    assert (stored.instant.word, stored.digest) == ("major", "daily")


async def test_subscribing_again_changes_the_one_subscription(context: Context) -> None:
    await ask(context, "subscribe")
    reply = await ask(
        context, "subscribe", instant="critical", types="ceasefire, Air strike", places="turkham"
    )
    assert reply.title == "Subscription changed"
    async with context.database.read() as connection:
        (stored,) = await subscriptions.listed(connection)
    assert (stored.instant.word, stored.types, stored.places) == (
        "critical",
        ("ceasefire", "air_strike"),
        ("Torkham",),
    )


async def test_missing_permissions_are_named_and_nothing_is_stored(context: Context) -> None:
    reply = await ask(context, "subscribe", channel="locked")
    assert reply.error
    assert [row.head for row in reply.rows] == ["Send Messages", "Embed Links"]
    async with context.database.read() as connection:
        assert await subscriptions.listed(connection) == ()


async def test_unsubscribe_ends_it_once(context: Context) -> None:
    await ask(context, "subscribe")
    assert not (await ask(context, "unsubscribe")).error
    assert (await ask(context, "unsubscribe")).error


@pytest.mark.parametrize("command", [one.name for one in commands.COMMANDS if one.manager])
async def test_settings_need_a_manager_checked_here(context: Context, command: str) -> None:
    reply = await ask(context, command, manager=False)
    assert reply.title == "Not allowed"


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("subscribe", {"instant": "minor"}, "major, critical"),
        ("subscribe", {"types": "cesefire"}, "Did you mean ceasefire?"),
        ("subscribe", {"places": "Torkam"}, "Did you mean Torkham?"),
        ("timeline", {"since": "yestreday"}, "is not a date"),
        ("timeline", {"page": "0"}, "page"),
        ("timeline", {"color": "red"}, "It takes: since"),
        ("weather", {}, "subscribe, unsubscribe, pause"),
    ],
)
async def test_a_mistake_is_explained(
    context: Context, command: str, options: dict[str, str], words: str
) -> None:
    reply = await ask(context, command, **options)
    assert reply.error
    assert words in reply.text


async def test_nothing_found_is_an_answer_and_a_place_that_was_perhaps_meant_is_named(
    context: Context,
) -> None:
    misspelt = await ask(context, "timeline", place="Tokhram")
    assert not misspelt.error
    assert "Did you mean Torkham?" in misspelt.text
    known = await ask(context, "timeline", place="Torkham", since="2021-08", until="2021-08-01")
    assert not known.error
    assert "Did you mean" not in known.text


async def test_the_timeline_works_on_an_empty_store(context: Context) -> None:
    reply = await ask(context, "timeline", manager=False, since="2025-10", until="2025-10", place="Doha")
    assert not reply.error
    assert "18 Oct 2025" in reply.rows[-1].head
    assert "ceasefire" in reply.rows[-1].head


async def test_pages_go_back_in_time(context: Context) -> None:
    first = await ask(context, "timeline", since="2025-10", until="2025-12")
    second = await ask(context, "timeline", since="2025-10", until="2025-12", page="2")
    assert first.pages > 2
    assert len(first.rows) == len(second.rows) == 5
    assert not {row.head for row in first.rows} & {row.head for row in second.rows}


async def test_as_of_hides_what_was_not_known(context: Context) -> None:
    reply = await ask(context, "timeline", since="2025-10", as_of="2025-10-12")
    assert all("2025" in row.head for row in reply.rows)
    assert not any("Doha" in row.head for row in reply.rows)


async def test_as_of_tells_a_story_as_it_was_told_then(context: Context) -> None:
    early, late = nouns.NOON, nouns.NOON + timedelta(days=3)
    talks = nouns.alert(1, level=Level.NOTABLE, type="talks", place="Doha", headline="Qwerty met.")
    truce = nouns.alert(1, 2, level=Level.CRITICAL, place="Doha", type="political", headline="Qwerty signed.")
    story = nouns.story(1, type="political", level=Level.CRITICAL, alert=truce)
    async with context.database.write() as connection:
        await stories.save(connection, [story])
        await alerts.add(connection, [talks], early)
        await alerts.add(connection, [truce], late)
    then = await ask(context, "timeline", text="qwerty", as_of=early.date().isoformat())
    now = await ask(context, "timeline", text="qwerty")
    assert [row.text.partition("\n")[0] for row in then.rows] == ["Qwerty met."]
    assert "notable · talks" in then.rows[0].head
    assert "critical · political" in now.rows[0].head
    before = await ask(
        context, "timeline", text="qwerty", as_of=(early - timedelta(days=1)).date().isoformat()
    )
    assert not before.rows


async def test_a_happening_tells_whose_loss_each_side_claims_and_lets_no_side_speak_alone(
    context: Context,
) -> None:
    reply = await ask(context, "timeline", since="2025-10-11", until="2025-10-11", type="border_clash")
    (row,) = reply.rows
    assert row.head.startswith("11 Oct 2025 – 12 Oct 2025 · critical")
    assert "58 killed among Pakistani forces — Zabihullah Mujahid (claim about the other side)" in row.text
    assert "23 killed among Pakistani forces — ISPR (own loss)" in row.text


async def test_status_tells_what_the_app_knows(context: Context) -> None:
    assert (await ask(context, "status")).rows[0].text == "PK 1/1"


TYPED: dict[str, Callable[[str], str]] = {
    "discord": "/{}".format,
    "slack": lambda name: "/timeline" if name == "timeline" else f"/borderwire {name}",
    "console": "borderwire {}".format,
}


def on_screen(reply: Reply) -> str:
    screen = StringIO()
    console.show(reply, Console(file=screen, width=200), "borderwire")
    return screen.getvalue()


DRAWN: dict[str, Callable[[Reply], str]] = {
    "discord": lambda reply: str(discord_render.render_reply(reply)),
    "slack": lambda reply: str(slack_render.render_reply(reply)["blocks"]),
    "console": on_screen,
}


@pytest.mark.parametrize("platform", TYPED)
@pytest.mark.parametrize("command", [command.name for command in commands.COMMANDS])
def test_an_answer_names_a_command_as_the_asker_types_it(command: str, platform: str) -> None:
    said = [f"{part} {call(command)}." for part in ("title", "text", "head", "row", "footer")]
    drawn = DRAWN[platform](Reply(said[0], said[1], (Row(said[2], said[3]),), said[4]))
    for part in ("title", "text", "head", "row", "footer"):
        assert f"{part} {TYPED[platform](command)}." in drawn
    assert not CALL.search(drawn)


async def test_who_is_told_what_to_type_can_type_it(context: Context) -> None:
    none = await ask(context, "pause")
    assert "/borderwire subscribe makes one." in DRAWN["slack"](none)
    assert "/subscribe makes one." in DRAWN["discord"](none)
    whole_day = await ask(context, "subscribe", quiet="07:00-07:00")
    assert "Use /borderwire pause for that" in DRAWN["slack"](whole_day)
    made = await ask(context, "subscribe")
    assert "stop it with /borderwire pause or /borderwire unsubscribe." in DRAWN["slack"](made)
    assert "look at it with borderwire preview," in " ".join(DRAWN["console"](made).split())


def test_no_answer_writes_a_command_by_hand() -> None:
    names = "|".join(command.name for command in commands.COMMANDS)
    by_hand = re.compile(rf"(?<![\w/.])/(?:{names})\b")
    root = Path(commands.__file__).parent
    for path in (*root.glob("*.py"), root.parent / "roster.py", root.parent / "status.py"):
        tree = ast.parse(path.read_text("utf-8"))
        documented = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        captions = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in captions:
                assert not by_hand.search(node.value), f"{path.name}:{node.lineno}: use call()"
