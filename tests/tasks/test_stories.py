"""`story`, `search`, `why` and `help` of the real program, on a store that holds a story."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import judging
from bot.store import db
from tests.commands.test_stories import CLASH, CRICKET, RISE
from tests.news.making import shipped
from tests.tasks.conftest import Bot

HERE = ("--platform", "slack", "--channel", "C0123456789", "--space", "T0123456789")


@pytest.fixture
def told(bot: Bot, tmp_path: Path) -> Bot:
    """The program with one story of two reports, and one article that is about nothing of ours."""
    topic = shipped()

    async def judge() -> None:
        async with db.opened(tmp_path / "state") as database:
            for entry in (CLASH, RISE, replace(CRICKET, seen=RISE.seen)):
                await judging.judge(database, [entry], topic, entry.seen)

    asyncio.run(judge())
    return bot


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_story_is_shown_and_given_as_data(told: Bot) -> None:
    shown = told("story", "1", COLUMNS="300")
    assert shown.returncode == 0, shown.stderr
    assert "Claims (" in shown.stdout
    (data,) = rows(told("story", "torkham", "clash", "--json").stdout)
    assert (data["story"], data["entries"], data["type"]) == (1, 2, "border_clash")
    claims = [(one["claimant"], one["low"], one["status"]) for one in data["claims"]]
    assert ("ISPR", 7, "superseded") in claims
    assert ("ISPR", 9, "current") in claims
    assert all(one["sentence"] and one["url"] and one["at"] for one in data["claims"])
    assert [one["id"] for one in data["reports"]] == ["dawn-1", "geo-1"]
    assert [one["revision"] for one in data["revisions"]] == [1, 2]
    assert data["before"]


def test_stories_are_searched(told: Bot) -> None:
    assert "Search: 1 story" in told("search", "torkham").stdout
    (found,) = rows(told("search", "torkham", "soldiers", "--json").stdout)
    assert (found["story"], found["entries"]) == (1, 2)


def test_why_is_answered_for_an_article_and_for_a_channel(told: Bot) -> None:
    shown = told("why", CLASH.url, COLUMNS="300").stdout
    for stage in ("1. Known: yes", "2. About the topic: yes", "3. Story: story 1", "4. Level: "):
        assert stage in shown
    assert "why 1 --platform slack --channel C0123456789 --space T0123456789 asks for one" in shown
    assert "it has no subscription" in told("why", "1", *HERE, COLUMNS="300").stdout
    (data,) = rows(told("why", "five", "wickets", "--json").stdout)
    assert [stage["verdict"] for stage in data["stages"][1:2]] == ["no"]
    assert data["entry"]["id"] == "dawn-2"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("story", "99", "--json"), 1, "No such story"),
        (("search",), 2, "say what to look for"),
        (
            ("why", "1", "--platform", "slack", "--channel", "#general", "--space", "T0123"),
            2,
            "is no Slack id",
        ),
    ],
)
def test_what_cannot_be_answered_is_one_clear_line(
    bot: Bot, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = bot(*arguments, COLUMNS="300")
    assert done.returncode == code
    assert words in done.stderr
    assert "\ue000" not in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_short_and_explains_one_command(bot: Bot) -> None:
    short = bot("help", COLUMNS="300").stdout
    assert "python -m bot subscribe slack C0123456789 --space T0123456789" in short
    assert "python -m bot why 12" in short
    assert "--place" in bot("help", "timeline").stdout
    assert "feed" in bot("help", "feeds", "add").stdout
    assert bot("help", "frobnicate").returncode == 2
