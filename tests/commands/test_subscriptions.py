"""What a channel wants, said and changed in chat: every option, every mistake, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot import commands
from bot.commands import COMMANDS
from bot.commands.base import Context, Request
from bot.news.alerts import audience
from bot.news.model import Level, Subscription
from bot.platforms.discord import slash
from bot.store import alerts, follows, stories, subscriptions
from tests.commands.conftest import HERE, ask
from tests.store import nouns

ALL = {
    "instant": "critical", "digest": "daily", "types": "ceasefire", "places": "Torkham", "quiet": "22:00-07:00",
    "zone": "kabul", "critical_passes": "no", "ceiling": "5", "digest_hour": "6", "role": "123456789012345678",
    "role_level": "critical",
}  # fmt: skip


async def here(context: Context) -> Subscription | None:
    async with context.database.read() as connection:
        return await subscriptions.find(connection, "discord", "guild", "channel")


async def test_every_option_is_kept_and_told_in_plain_words(context: Context) -> None:
    reply = await ask(context, "subscribe", **ALL)
    assert not reply.error, reply.text
    for words in (
        "critical come at once",
        "daily digest at 06:00 (Asia/Kabul)",
        "Quiet hours are 22:00–07:00 (Asia/Kabul)",
        "At most 5 stories a day",
        "mentioned from critical on",
    ):
        assert words in reply.text
    assert "comes even then" not in reply.text
    stored = await here(context)
    assert stored is not None
    assert stored.quiet == (time(22), time(7))
    assert (stored.ceiling, stored.digest_hour, stored.role_level) == (5, 6, Level.CRITICAL)


async def test_a_second_call_changes_only_what_it_names(context: Context) -> None:
    await ask(context, "subscribe", **ALL)
    before = await here(context)
    assert before is not None
    await ask(context, "subscribe", ceiling="off", quiet="off", role="off", places="all")
    after = await here(context)
    assert after is not None
    assert (after.ceiling, after.quiet, after.role, after.places) == (0, None, "", ())
    assert (after.zone, after.types, after.instant) == (before.zone, before.types, before.instant)


@pytest.mark.parametrize(
    ("option", "typed", "words"),
    [
        ("zone", "Asia/Kabull", "Did you mean Asia/Kabul?"),
        ("zone", "x" * 200, "not a time zone"),
        ("zone", "../../etc/passwd", "not a time zone"),
        ("quiet", "22-7-9", "Write 22:00-07:00"),
        ("quiet", "25:00-07:00", "Write 22:00-07:00"),
        ("quiet", "22:60-07:00", "Write 22:00-07:00"),
        ("quiet", "22:00-24:30", "Write 22:00-07:00"),
        ("quiet", "at night", "Write 22:00-07:00"),
        ("quiet", "07:00-07:00", "whole day"),
        ("ceiling", "-1", "whole number"),
        ("ceiling", "٣", "whole number"),
        ("digest_hour", "24", "from 0 to 23"),
        ("critical_passes", "perhaps", "yes, no"),
        ("role", "@everyone", "is no role"),
        ("role", "@here", "is no role on Discord"),
        ("role", "S12345", "is no role on Discord"),
        ("role_level", "huge", "role_level"),
        ("role_level", "minor", "Use one of: major, critical"),
        ("role_level", "notable", "Use one of: major, critical"),
    ],
)
async def test_a_mistake_is_one_clear_line_and_changes_nothing(
    context: Context,
    option: str,
    typed: str,
    words: str,
) -> None:
    reply = await ask(context, "subscribe", **{option: typed})
    assert reply.error
    assert words in reply.text
    assert "\n" not in reply.text
    assert await here(context) is None


async def test_everybody_of_a_server_cannot_be_called(context: Context) -> None:
    """On Discord the role of everybody has the number of the server."""
    server = "123456789012345678"
    request = replace(HERE, command="subscribe", space=server, options={"role": f"<@&{server}>"})
    assert "everybody" in (await commands.answer(request, context)).text


async def test_slack_calls_user_groups_and_a_terminal_nobody(context: Context) -> None:
    def typed(platform: str, role: str) -> Request:
        return replace(HERE, command="subscribe", platform=platform, space="T0123", options={"role": role})

    assert not (await commands.answer(typed("slack", "S0123ABC"), context)).error
    assert not (await commands.answer(typed("slack", "@here"), context)).error
    wrong = await commands.answer(typed("slack", "123456789012345678"), context)
    assert "is no role on Slack" in wrong.text
    assert "nobody can be called here" in (await commands.answer(typed("console", "S0123ABC"), context)).text


async def test_the_border_is_called_border_and_an_alert_from_there_is_heard(context: Context) -> None:
    for typed in ("Durand Line", "Pak-Afghan border", "Pakistan–Afghanistan border"):
        reply = await ask(context, "subscribe", places=typed)
        assert "only about Pakistan–Afghanistan border" in reply.text
    stored = await here(context)
    assert stored is not None
    alert = nouns.alert(1, place=context.topic.displayed("Durand Line"))
    assert audience.wants(stored, alert)[0] == "instant"


async def test_a_ceiling_without_a_digest_says_what_becomes_of_the_rest(context: Context) -> None:
    reply = await ask(context, "subscribe", digest="none", ceiling="3")
    assert "more than that comes in a digest at 08:00 (UTC), the only one here" in reply.text


async def test_pause_and_resume(context: Context) -> None:
    assert (await ask(context, "pause")).error
    assert (await ask(context, "resume")).error
    await ask(context, "subscribe")
    assert (await ask(context, "resume")).title == "Not paused"
    assert (await ask(context, "pause")).title == "Paused"
    stored = await here(context)
    assert stored is not None
    assert stored.paused
    assert "It is paused" in (await ask(context, "subscriptions")).rows[0].text
    assert (await ask(context, "resume")).title == "Resumed"
    assert (await here(context) or stored).paused == ""


async def test_resume_names_what_is_still_missing(context: Context) -> None:
    async with context.database.write() as connection:
        lost = await subscriptions.add(connection, nouns.subscription("locked"))
        await subscriptions.pause(connection, lost.id, subscriptions.LOST + "missing access")
    reply = await ask(context, "resume", channel="locked")
    assert reply.error
    assert [row.head for row in reply.rows] == ["Send Messages", "Embed Links"]


async def test_the_list_shows_this_place_only(context: Context) -> None:
    assert (await ask(context, "subscriptions")).rows == ()
    await ask(context, "subscribe")
    await ask(context, "subscribe", channel="other")
    async with context.database.write() as connection:
        await subscriptions.add(connection, nouns.subscription("foreign", space="elsewhere"))
    rows = (await ask(context, "subscriptions")).rows
    assert [row.channel for row in rows] == ["channel", "other"]


async def test_the_list_tells_a_member_what_they_follow_and_a_manager_not_what_others_do(
    context: Context,
) -> None:
    await ask(context, "subscribe")
    async with context.database.write() as connection:
        await stories.save(connection, [nouns.story(7, active=HERE.now)])
        for number, person in ((7, "user"), (8, "somebody")):
            wanted = Subscription(0, "discord", "guild", "D1", HERE.now, story=number, person=person)
            await follows.begin(connection, wanted, nouns.alert(7), 0.0)
    (mine,) = (await ask(context, "subscriptions", manager=False)).typed("/{}".format).rows
    assert mine.head == "story 7"
    assert "/follow story:7 stop:yes stops it" in mine.text
    assert [row.head for row in (await ask(context, "subscriptions")).rows] == ["this channel", "story 7"]
    assert (await ask(context, "follow", manager=False, story="7", stop="yes")).title == "No longer followed"
    assert "You follow no story" in (await ask(context, "subscriptions", manager=False)).text
    assert (await ask(context, "follow", manager=False, story="7", stop="yes")).error


async def test_a_preview_shows_real_stories_to_the_asker_and_posts_nothing(context: Context) -> None:
    assert "No story of late" in (await ask(context, "preview", manager=False)).text
    said = [
        nouns.alert(number, level=level)
        for number, level in enumerate((Level.MAJOR, Level.MINOR, Level.CRITICAL), 1)
    ]
    async with context.database.write() as connection:
        await stories.save(connection, [nouns.story(alert.story, alert=alert) for alert in said])
        await alerts.add(connection, said, nouns.NOON)
    reply = await ask(context, "preview", manager=False)
    assert reply.private
    assert reply.typed("/{}".format).title == "Preview: what /subscribe would bring"
    assert sorted(row.text.rpartition(" [")[2] for row in reply.rows) == [
        "at once]",
        "at once]",
        "in the daily digest]",
    ]
    await ask(context, "subscribe", digest="none", instant="critical")
    (row,) = (await ask(context, "preview")).rows
    assert row.head.startswith("CRITICAL · air strike")
    async with context.database.read() as connection:
        assert list(await connection.execute_fetchall("SELECT * FROM delivery")) == []


def test_discord_takes_the_table() -> None:
    """25 options a command, 100 characters a help, names in lower case, 8000 characters a command."""
    for declared in slash.declare(COMMANDS):
        assert len(declared["options"]) <= 25
        for part in (declared, *declared["options"]):
            assert part["name"] == part["name"].lower()
            assert 1 <= len(part["name"]) <= 32
            assert 1 <= len(part["description"]) <= 100
    for command in COMMANDS:
        assert all(len(option.help) <= 100 for option in command.options), command.name
        assert len(command.help) <= 100
