"""Whatever a feed writes, on every platform: nobody is called, nothing is hidden, no sense is turned round."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot.commands.base import Reply, Row
from bot.news.model import Before, FigureLine, Source
from bot.outbox.sink import Target
from bot.platforms.console import ConsolePlatform
from bot.platforms.discord import render as discord
from bot.platforms.escape import LONGEST, clean, shorten
from bot.platforms.slack import render as slack
from bot.platforms.words import figure, heading
from tests.fakes import slack_checks
from tests.platforms.discord import judge
from tests.platforms.slack.samples import ORDINARY, UPDATED

HERE = Target("1", "2")
PLAIN = ("author", "footer")  # Discord shows these as they are
TRICKS = {
    "everyone": "@everyone @here look at Torkham",
    "ids": "<@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#123456789012345678> in Chaman",
    "slack calls": "<!channel> <!here|here> <!everyone> <!subteam^S0DESK00> <@U0ADMIN> in Chaman",
    "already escaped": "&lt;!channel&gt; &#60;!here&#62; &amp;lt;@U0ADMIN&amp;gt;",
    "masked link": "[https://dawn.com](https://evil.example) and <https://evil.example|dawn.com>",
    "link in pieces": "](https://evil.example) [dawn.com",
    "commands and emoji": "</subscribe:123456789012345678> <a:alarm:123456789012345678> <id:customize>",
    "time": "<t:0:R> <!date^0^{date}^https://evil.example|now>",
    "spoiler and fence": "||58 killed|| ```\nno toll\n``` `11`",
    "styles": "# 58 killed\n## more\n-# less\n> said nobody\n>>> all of it\n- a point\n* _a_ __b__ ~~c~~",
    "direction": "Toll \u202e32\u202c \u2067rises\u2069 \u200f\u200e\u061c to 23",
    "invisible": "killed\u200b\u2060\ufeff\u00ad\u180e\u2062 \U000e0041\U000e0042 eleven",
    "controls": "\x1b[2J\x1b]0;title\x07 beep\x00 \x9b31m",
    "marks": "Ka" + "\u0301\u0489\u20dd" * 300 + "bul",
    "one word": "A" * 9_000,
    "other scheme": "javascript:alert(1) discord://-/settings data:text/html,x file:///etc/passwd",
    "lone surrogate": "Kabul \ud83d and \udeab",
}


def readings(text: str) -> list[judge.Seen | slack_checks.Shown]:
    """What readers see where every part of an alert, a digest and an answer is this text."""
    line = replace(UPDATED.figures[0].figure, claimant=text, noun=f" {text}", claimant_text=text)
    alert = replace(
        UPDATED,
        level_rose=True,
        place=text,
        headline=text,
        summary=text,
        url=text,
        figures=(FigureLine(line, text, text, text, True, text),),
        changed=(text,),
        before=(Before(date(2025, 10, 1), text, text),),
        sources=(Source(text, "PK", f"https://a.example/{text}"), Source("Dawn", "PK", text)),
    )
    reply = Reply(text, text, (Row(text, text, text),), text)
    found: list[judge.Seen | slack_checks.Shown] = []
    for drawn in (
        discord.render_alert(alert, HERE),
        *discord.render_digest([alert], text, HERE),
        discord.render_reply(reply),
    ):
        assert judge.complaints(drawn) == []
        assert judge.complaints({"content": drawn.get("reply", "")}) == []
        json.dumps(drawn).encode()
        texts = judge.texts(drawn)
        found += [judge.read(shown) for where, shown in texts if where not in PLAIN]
    for drawn in (
        slack.render_alert(alert, HERE),
        *slack.render_digest([alert], text, HERE),
        slack.render_reply(reply),
    ):
        assert slack_checks.refused(drawn) is None
        found += [slack_checks.shown(drawn), slack_checks.read_mrkdwn(drawn["text"])]
        found.append(slack_checks.read_mrkdwn(drawn.get("reply", "")))
    return found


@pytest.mark.parametrize("text", TRICKS.values(), ids=TRICKS)
def test_no_trick_works_anywhere(text: str) -> None:
    for seen in readings(text):
        assert seen.mentions == []
        assert not [
            address
            for address, _ in seen.links
            if not address.startswith(("https://a.", "https://www.dawn."))
        ]
        assert not [char for char in seen.text if judge.hidden(char)]
        assert "\u0301\u0489\u20dd" not in seen.text


async def test_a_terminal_is_not_steered() -> None:
    screen = StringIO()
    platform = ConsolePlatform(Console(file=screen, width=100))
    alert = replace(ORDINARY, headline=TRICKS["controls"], place=TRICKS["direction"])
    await platform.post(HERE, platform.render(alert, HERE), "a")
    assert "beep" in screen.getvalue()
    assert not [char for char in screen.getvalue() if judge.hidden(char)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("> 50 killed, < 20 named", "＞ 50 killed, ＜ 20 named"),
        ("5 * 3, a_b and C++", "5 * 3, a_b and C++"),
        ("می\u200cخواهند", "می\u200cخواهند"),
        ("👩\u200d🚒 rescued", "👩\u200d🚒 rescued"),
    ],
)
def test_the_sense_of_a_text_is_kept(text: str, kept: str) -> None:
    slack_kept = kept.replace("＜", "<").replace("*", "∗")
    assert judge.read(discord.marked(text)).text == kept
    assert slack_checks.read_mrkdwn(slack.mrkdwn(text)).text == slack_kept


def test_no_more_is_read_than_a_message_could_hold() -> None:
    assert len(clean("word " * 1_000_000)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short.", "Short."),
        ("He said that 11 men died; later reports gave 23 and more after that.", "He said that 11 men died; …"),
        ("Nobody knows how many people crossed there before 58 soldiers were killed", "Nobody knows how many people crossed there before …"),
        ("Shells fell on the bazaar, and eleven people died, said the governor of Khost", "Shells fell on the bazaar, …"),
        ("58 soldiers of the frontier corps were killed in the raid on the post", "58 soldiers of the frontier corps were killed in the raid …"),
        ("x" * 90, "x" * 58 + " …"),
    ],
)  # fmt: skip
def test_a_number_never_loses_who_gives_it(text: str, short: str) -> None:
    assert shorten(text, 60) == short


def test_a_day_that_is_not_today_is_said() -> None:
    """What happened a week ago must not look as if it were new."""
    assert heading(replace(ORDINARY, event_date=date(2025, 10, 5))).endswith(" · 5 Oct 2025")
    assert heading(replace(ORDINARY, event_date=ORDINARY.first_seen.date())) == heading(ORDINARY)


def test_a_contradiction_is_said_in_words() -> None:
    words = figure(UPDATED.figures[0])
    (embed,) = discord.render_alert(UPDATED, HERE)["embeds"]
    text = slack.render_alert(UPDATED, HERE)["text"]
    for drawn in (embed["fields"][0]["value"], text):
        assert f"contradicted: {words}" in drawn
