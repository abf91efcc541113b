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
def site(program: Program, newsroom: Newsroom) -> str:
    """One feed is read, two more could be."""
    program.feeds(Dawn="PK")
    newsroom.open("Pass", "Valley")
    program.environment |= {
        "BORDERWIRE_OPERATORS__DISCORD_IDS": f'["{MEMBER}"]',
        "BORDERWIRE_OPERATORS__SLACK_IDS": '["U0MEMBER"]',
    }
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
