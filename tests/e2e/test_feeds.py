"""/feeds in the running program: an operator looks, adds, imports, exports and removes, on both platforms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.conftest import Newsroom, Program, connected, until
from tests.fakes import slack_checks
from tests.fakes.discord_process import CHANNEL, FakeDiscord
from tests.fakes.discord_world import MEMBER, OWNER
from tests.fakes.slack_process import FakeSlack

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Added">
<outline type="rss" text="Valley &amp; Post" title="Valley &amp; Post" xmlUrl="{base}/Valley"/>
<outline type="rss" text="Inner" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""


@pytest.fixture
def operated(program: Program) -> Program:
    """One feed is read, and there is somebody who may change that."""
    program.feeds(Dawn="PK")
    program.environment |= {
        "BORDERWIRE_OPERATORS__DISCORD_IDS": f'["{MEMBER}"]',
        "BORDERWIRE_OPERATORS__SLACK_IDS": '["U0MEMBER"]',
    }
    return program


@pytest.fixture
def site(operated: Program, newsroom: Newsroom) -> str:
    """Two more feeds could be read."""
    newsroom.open("Pass", "Valley")
    return f"http://127.0.0.1:{newsroom.port}/feeds"


async def test_on_discord_with_a_file_in_and_out(
    program: Program, discord: FakeDiscord, newsroom: Newsroom, site: str
) -> None:
    await program.start()

    async def feeds(
        user: str = MEMBER, files: dict[str, Any] | None = None, **options: str
    ) -> dict[str, Any]:
        asked = {"options": options, "files": files or {}, "user": user, "channel": CHANNEL, "wait": 20}
        answer = await discord.command("feeds", manager=True, **asked)
        assert answer["private"]
        assert answer["replies"], discord.truth("bad")
        reply: dict[str, Any] = answer["replies"][-1]
        return reply

    file = {"file": {"name": "mine.opml", "content": OPML.format(base=site)}}
    refused = await feeds(OWNER, file, action="import")
    assert refused["embeds"][0]["title"] == "⚠ Not allowed"
    taken = await feeds(files=file, action="import")
    assert "1 feeds added" in taken["embeds"][0]["description"], taken
    assert "/etc/passwd: only http" in taken["embeds"][0]["description"]
    await until(lambda: newsroom.reads["Valley"])
    exported = await feeds(action="export")
    assert "Valley &amp; Post" in exported["files"]["feeds.opml"]
    for about, words in (
        ({"size": 3_000_000}, "at most 2 MB"),
        ({"url": "http://files.example/x"}, "cannot be read"),
        ({"url": f"{site}/nothing"}, "did not hand the file over"),
    ):
        bad = await feeds(files={"file": {**file["file"], "about": about}}, action="import")
        assert words in str(bad["embeds"]), about
    assert "not OPML" in str(
        await feeds(files={"file": {"name": "x", "content": "<html/>"}}, action="import")
    )
    assert "needs an OPML file" in str(await feeds(action="import"))
    assert "not in quarantine" in str(await feeds(action="release", url="Valley & Post"))
    assert "Removed" in str(await feeds(action="remove", url="Valley & Post"))
    assert not discord.truth("bad")
    assert await program.stop() == 0
    assert "Traceback" not in program.said


async def test_a_feed_that_was_quarantined_for_its_behaviour_is_released_and_told_of_again(
    operated: Program, discord: FakeDiscord, newsroom: Newsroom
) -> None:
    newsroom.restless.add("Dawn")
    await operated.start()

    async def feeds(**options: str) -> str:
        asked = {"options": options, "user": MEMBER, "channel": CHANNEL, "wait": 20}
        return str((await discord.command("feeds", manager=True, **asked))["replies"][-1]["embeds"])

    async def word() -> str:
        return (await feeds()).partition("test Dawn (PK): ")[2].partition("'")[0]

    async def quarantined() -> bool:
        return (await word()).startswith("quarantined")

    await discord.command("subscribe", channel=CHANNEL, manager=True, wait=20)
    await until(quarantined)
    newsroom.restless.clear()
    newsroom.publish("Dawn", *report("Khost", 21))
    await newsroom.read_again()
    assert await discord.messages(CHANNEL) == []  # read, told to nobody
    assert "Released: test Dawn" in await feeds(action="release", url="test Dawn")
    newsroom.publish("Dawn", *report("Paktika", 34))
    (message,) = await until(lambda: discord.messages(CHANNEL))
    assert "34" in str(message["embeds"])
    assert "Paktika" in message["embeds"][0]["title"]  # what came meanwhile is at most told as history
    await newsroom.read_again()
    assert not await quarantined()
    assert len(await discord.messages(CHANNEL)) == 1
    assert not discord.truth("bad")
    assert await operated.stop() == 0
    assert "Traceback" not in operated.said


def report(place: str, toll: int) -> tuple[str, str]:
    """An air strike that a channel is told of at once."""
    return (
        f"Pakistani jets strike {place}, at least {toll} civilians killed: Taliban",
        f"Pakistani military aircraft bombed houses in {place} province overnight, killing at least {toll} civilians,"
        " Afghan Taliban spokesman Zabihullah Mujahid said. Pakistan's army has not commented.",
    )


async def test_on_slack_typed_and_pasted(
    program: Program,
    slack: FakeSlack,
    newsroom: Newsroom,
    site: str,
) -> None:
    await program.start()
    await connected(slack)

    async def feeds(typed: str, user: str = "U0MEMBER") -> str:
        answer = (await slack.slash(f"feeds {typed}", user=user, wait=20))["answer"]
        assert answer["response_type"] == "ephemeral"
        assert slack_checks.problems(answer["blocks"]) == []
        return slack_checks.shown(answer).text

    assert "test Dawn" in await feeds("")
    assert "Only operators" in await feeds(f"add url={site}/Pass", user="U0ADMIN")
    # "Escape channels, users, and links": an address comes wrapped.
    assert "Added: Pass" in await feeds(f"add <{site}/Pass>")
    await until(lambda: newsroom.reads["Pass"])
    assert "is read already" in await feeds(f"action=add url=<{site}/Pass|127.0.0.1>")
    assert "0 entries" in await feeds("check Pass")
    pasted = OPML.format(base=site).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    pasted = pasted.replace(f"{site}/Valley", f"<{site}/Valley>")  # as Slack sends what was pasted
    assert "1 feeds added" in await feeds(f"import {pasted}")
    await until(lambda: newsroom.reads["Valley"])
    exported = await feeds("export")
    assert f'xmlUrl="{site}/Valley"' in exported
    assert "Removed: Pass" in await feeds("remove Pass")
    assert "frobnicate: failing" in await feeds("frobnicate")
    assert "needs a feed" in await feeds("remove")
    assert "No feed that is read" in await feeds("release Nobody")
    assert "needs an OPML file" in await feeds("import")
    assert await program.stop() == 0
    assert "Traceback" not in program.said
