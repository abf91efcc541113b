"""The main job on Slack with nothing replaced but Slack: subscribe, poll, alert, the toll changes, same message."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.conftest import Newsroom, Program, connected, until
from tests.fakes import slack_checks
from tests.fakes.slack_process import APP_TOKEN, BOT_TOKEN, FakeSlack

OLD = datetime.now(UTC) - timedelta(days=2)
FIRST = (
    "Afghan Taliban attack Pakistani posts in Kurram, 11 soldiers martyred: ISPR",
    "Afghan Taliban forces attacked Pakistani border posts in Kurram overnight. Eleven Pakistani soldiers were "
    "killed in the clashes, the military's media wing ISPR said. Pakistan hit back with artillery.",
)
LATER = (
    "ISPR: 23 soldiers martyred in clashes with Afghan Taliban in Kurram",
    "The number of Pakistani soldiers killed in the overnight border clashes with Afghan Taliban forces in "
    "Kurram has risen to 23, the military's media wing ISPR said.",
)


async def subscribed(program: Program, slack: FakeSlack, newsroom: Newsroom) -> None:
    """Two feeds with something old in them, a running bot, and a channel that asked to be told."""
    program.feeds(TOLOnews="AF", Dawn="PK")
    newsroom.publish("TOLOnews", "Pakistani air strike kills 9 in Khost, Taliban say", "Days ago.", OLD)
    newsroom.publish("Dawn", "Cabinet approves new railway timetable", "Trains will run earlier.", OLD)
    await program.start()
    await connected(slack)
    answer = await slack.slash("subscribe")
    assert answer["seconds"] < 3
    assert answer["answer"]["response_type"] == "ephemeral"
    assert answer["answer"]["text"].startswith("Subscribed"), program.said
    await newsroom.read_again()


async def says(slack: FakeSlack, words: str) -> list[dict[str, Any]]:
    return [m for m in await slack.messages() if words in slack_checks.shown(m).text]


async def test_one_alert_that_changes_in_place(
    program: Program, slack: FakeSlack, newsroom: Newsroom
) -> None:
    await subscribed(program, slack, newsroom)
    assert await slack.messages() == []  # nothing old

    newsroom.publish("Dawn", *FIRST)
    (message,) = await until(slack.messages)
    assert "11" in slack_checks.shown(message).text
    assert slack_checks.shown(message).text.split(" · ")[0] in ("MAJOR", "CRITICAL")

    newsroom.publish("Dawn", *LATER)
    (edited,) = await until(lambda: says(slack, "23 soldiers"))
    assert edited["ts"] == message["ts"]
    assert edited["revisions"] >= 2
    assert "Changed" in slack_checks.shown(edited).text
    assert slack_checks.shown(edited).mentions == []
    assert [m["ts"] for m in await slack.messages() if m["thread_ts"] is None] == [message["ts"]]
    assert "refused" not in (await slack.truth())["counts"]
    assert await program.stop() == 0
    assert "Traceback" not in program.said
    assert not any(secret in program.said for secret in (BOT_TOKEN, APP_TOKEN, "ticket="))


async def test_asking_works_beside_it(program: Program, slack: FakeSlack, newsroom: Newsroom) -> None:
    await subscribed(program, slack, newsroom)
    newsroom.publish("Dawn", *FIRST)
    (message,) = await until(slack.messages)
    for name in ("wording", "sources", "timeline"):
        click = {"ts": message["ts"], "action": f"borderwire.{name}", "user": "U0MEMBER"}
        done = await slack.admin("click", click)
        assert done["answer"]["response_type"] == "ephemeral"
        assert "story" in done["answer"]["text"], name
    timeline = await slack.slash("since=2025-10-09 until=2025-10-19", "/timeline", user="U0MEMBER")
    assert "Doha" in str(timeline["answer"]["blocks"])
    status = await slack.slash("status", user="U0MEMBER")
    assert not status["answer"]["text"].startswith("⚠")
    ended = await slack.slash("unsubscribe")
    assert ended["answer"]["text"].startswith("Unsubscribed")


async def test_only_admins_subscribe_and_a_channel_without_the_bot_is_named(
    program: Program, slack: FakeSlack, newsroom: Newsroom
) -> None:
    program.feeds(Dawn="PK")
    await program.start()
    await connected(slack)
    for user in ("U0MEMBER", "U0GUEST"):
        denied = await slack.slash("subscribe", user=user)
        assert "Not allowed" in denied["answer"]["text"]
    lacking = await slack.slash("subscribe channel=<#C0AWAY|away>")
    assert "/invite" in str(lacking["answer"]["blocks"])


async def test_killed_and_started_again_it_tells_once(
    program: Program, slack: FakeSlack, newsroom: Newsroom
) -> None:
    await subscribed(program, slack, newsroom)
    await slack.fault("chat.postMessage", "reset_after")
    newsroom.publish("Dawn", *FIRST)
    await until(slack.messages)
    await program.stop(signal.SIGKILL)
    newsroom.publish("Dawn", *LATER)
    await program.start()
    await until(lambda: says(slack, "23 soldiers"))
    await newsroom.read_again()
    assert len([m for m in await slack.messages() if m["thread_ts"] is None]) == 1


async def test_a_wrong_token_is_one_line_and_an_exit_code(
    program: Program, slack: FakeSlack, newsroom: Newsroom
) -> None:
    program.feeds(Dawn="PK")
    program.environment["SLACK_BOT_TOKEN"] = "xoxb-canary-0000"
    await program.start()
    assert await program.ended() == 1
    assert "Slack refused SLACK_BOT_TOKEN (invalid_auth" in program.said
    assert "Traceback" not in program.said
    assert "canary" not in program.said
    assert newsroom.reads == {"Dawn": 0}
