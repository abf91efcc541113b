"""The main job on Discord with nothing replaced but Discord: subscribe, poll, alert, the toll changes, same message."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.conftest import Newsroom, Program, until
from tests.fakes.discord_process import CHANNEL, OTHER_CHANNEL, FakeDiscord
from tests.fakes.discord_world import HISTORY

OLD = datetime.now(UTC) - timedelta(days=2)
FIRST = (
    "Pakistani jets strike Paktika, at least 20 civilians killed: Taliban",
    "Pakistani military aircraft bombed three houses in Barmal district of Paktika province on the border "
    "overnight, killing at least 20 civilians, women and children among them, Afghan Taliban spokesman Zabihullah "
    "Mujahid said. Pakistan's army has not commented.",
)
LATER = (
    "Toll of Pakistani air strike in Paktika rises to 46 civilians killed, Taliban say",
    "The number of civilians killed in the Pakistani air strike on Barmal district of Paktika province has risen "
    "to 46, Afghan Taliban spokesman Zabihullah Mujahid said on the same day.",
)


async def shown(discord: FakeDiscord, channel: str = CHANNEL) -> list[dict[str, Any]]:
    return await discord.messages(channel)


async def subscribed(program: Program, discord: FakeDiscord, newsroom: Newsroom) -> None:
    """Two feeds with something old in them, a running bot, and a channel that asked to be told."""
    program.feeds(TOLOnews="AF", Dawn="PK")
    newsroom.publish(
        "TOLOnews", "Pakistani air strike kills 9 in Khost, Taliban say", "It was days ago.", OLD
    )
    newsroom.publish("Dawn", "Cabinet approves new railway timetable", "Trains will run earlier.", OLD)
    await program.start()
    answer = await discord.command("subscribe", channel=CHANNEL, manager=True, wait=20)
    assert answer["replies"][0]["embeds"][0]["title"] == "Subscribed", program.said
    await newsroom.read_again()


async def test_one_alert_that_changes_in_place(
    program: Program, discord: FakeDiscord, newsroom: Newsroom
) -> None:
    await subscribed(program, discord, newsroom)
    assert await shown(discord) == []  # nothing old

    newsroom.publish("TOLOnews", *FIRST)
    (message,) = await until(lambda: shown(discord))
    assert "20" in str(message["embeds"])
    assert message["embeds"][0]["author"]["name"].split(" · ")[0] in ("MAJOR", "CRITICAL")

    newsroom.publish("TOLOnews", *LATER)

    async def changed() -> dict[str, Any] | None:
        return next((one for one in await shown(discord) if one["edited_timestamp"]), None)

    edited = await until(changed)
    assert edited["id"] == message["id"]
    assert len(await shown(discord)) == 1
    text = str(edited["embeds"])
    assert "46" in text
    assert "Changed" in text
    assert not discord.truth("bad")
    assert all(line["body"]["allowed_mentions"] == {"parse": []} for line in discord.truth("create", "edit"))
    assert await program.stop() == 0
    assert "Traceback" not in program.said


async def test_asking_works_beside_it(program: Program, discord: FakeDiscord, newsroom: Newsroom) -> None:
    await subscribed(program, discord, newsroom)
    newsroom.publish("TOLOnews", *FIRST)
    (message,) = await until(lambda: shown(discord))
    buttons = [item["custom_id"] for row in message["components"] for item in row["components"]]
    for custom_id in buttons:
        answer = await discord.press(custom_id, message=message["id"], channel=CHANNEL)
        (embed,) = answer["replies"][-1]["embeds"]
        said = embed["title"] + embed.get("description", "")
        assert message["embeds"][0]["footer"]["text"].lower() in said.lower()
    assert embed["title"] == "Followed"
    timeline = await discord.command("timeline", options={"since": "2025-10-09", "until": "2025-10-19"})
    assert "Doha" in str(timeline["replies"][-1]["embeds"])
    status = await discord.command("status")
    assert not status["replies"][-1]["embeds"][0]["title"].startswith("⚠")
    ended = await discord.command("unsubscribe", channel=CHANNEL, manager=True)
    assert ended["replies"][-1]["embeds"][0]["title"] == "Unsubscribed"
    assert not discord.truth("bad")


async def test_only_managers_subscribe_and_missing_permissions_are_named(
    program: Program, discord: FakeDiscord, newsroom: Newsroom
) -> None:
    program.feeds(Dawn="PK")
    await program.start()
    denied = await discord.command("subscribe", channel=CHANNEL, manager=False, wait=20)
    assert denied["replies"][0]["embeds"][0]["title"] == "⚠ Not allowed"
    await discord.channel(OTHER_CHANNEL, deny=HISTORY)
    lacking = await discord.command(
        "subscribe", options={"channel": OTHER_CHANNEL}, channel=CHANNEL, manager=True
    )
    (embed,) = lacking["replies"][0]["embeds"]
    assert embed["title"].startswith("⚠ Not subscribed")
    assert "Read Message History" in embed["description"]
    assert "Send Messages" not in embed["description"]


async def test_killed_and_started_again_it_tells_once(
    program: Program, discord: FakeDiscord, newsroom: Newsroom
) -> None:
    await subscribed(program, discord, newsroom)
    newsroom.publish("TOLOnews", *FIRST)
    await until(lambda: shown(discord))
    await program.stop(signal.SIGKILL)
    newsroom.publish("TOLOnews", *LATER)
    await program.start()
    await until(lambda: bool(discord.truth("edit")))
    await newsroom.read_again()
    assert len(await shown(discord)) == 1
    assert len(discord.truth("commands")) == 1


async def test_a_wrong_token_is_one_line_and_an_exit_code(
    program: Program, discord: FakeDiscord, newsroom: Newsroom
) -> None:
    program.feeds(Dawn="PK")
    program.environment["DISCORD_TOKEN"] = "wrong.token-canary.here"
    await program.start()
    assert await program.ended() == 1
    assert "the token is refused" in program.said
    assert "Traceback" not in program.said
    assert "canary" not in program.said
