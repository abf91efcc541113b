"""Killed at every named step and at random instants, the program loses nothing and repeats nothing; bad builds are caught."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.news.model import Before
from bot.outbox.sink import Target
from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from tests.killtest import verdict
from tests.killtest.builds import BUILDS
from tests.killtest.plan import CATCHING, ROUND, STEPS, Plan
from tests.killtest.rounds import Result, play, rounds
from tests.killtest.scene import stories
from tests.store import nouns

KILLS = 100


async def test_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    result = await play(tmp_path, Plan(KILLS, seed=1))
    assert (result.kills, result.found.troubles) == (KILLS, [])
    assert result.found.due > KILLS
    assert result.at["any instant"] >= KILLS / 4
    assert [step for step in STEPS if not result.at[step]] == []


@pytest.mark.parametrize("name", sorted(CATCHING))
async def test_a_known_bad_build_is_caught(tmp_path: Path, name: str) -> None:
    result = await play(tmp_path, CATCHING[name])
    assert (result.found.lost, result.found.duplicated) != (0, 0)


def test_every_bad_build_has_a_schedule() -> None:
    assert {*CATCHING, "good"} == {*BUILDS}
    assert all(plan.build == name for name, plan in CATCHING.items())


def test_kills_are_dealt_to_rounds() -> None:
    dealt = list(rounds(Plan(2_000, seed=3)))
    assert sum(plan.kills for plan in dealt) == 2_000
    assert max(plan.kills for plan in dealt) <= ROUND
    assert len({plan.seed for plan in dealt}) == len(dealt)
    assert [plan.kills for plan in rounds(replace(dealt[0], kills=0))] == [0]


def test_the_verdict_sees_what_is_missing_twice_old_or_swapped() -> None:
    told = stories(3, 1)
    first, second, third = ([story.text(toll)[0] for toll in story.tolls] for story in told)
    right = [first[1], second[1], third[1]]
    seen = {
        "right": right,
        "missing": right[1:],
        "twice": [*right, first[1]],
        "old": [first[0], *right[1:]],
        "swapped": [second[1], first[1], third[1]],
    }
    found = {name: verdict.judge(told, {"channel": texts}) for name, texts in seen.items()}
    counts = {name: (one.lost, one.duplicated, one.out_of_order) for name, one in found.items()}
    assert counts == {
        "right": (0, 0, 0),
        "missing": (1, 0, 0),
        "twice": (0, 1, 0),
        "old": (1, 0, 0),
        "swapped": (0, 0, 1),
    }
    assert {one.due for one in found.values()} == {3}
    assert [name for name, one in found.items() if one.clean] == ["right"]


def test_a_story_that_another_one_names_as_earlier_is_not_there_twice() -> None:
    """A soak once counted it so: 275 messages that nobody had posted, in the one round that a midnight fell into."""
    told = stories(2, 0)
    first, second = (story.text(story.tolls[0])[0] for story in told)
    earlier = (Before(date(2025, 10, 14), first, "https://tolonews.example/story-0"),)
    said = [nouns.alert(1, headline=first), nouns.alert(2, headline=second, before=earlier)]
    where = Target("space", "room")
    rooms = [
        {"id": str(n), "channel_id": "room", "embeds": discord.render_alert(one, where)["embeds"]}
        for n, one in enumerate(said)
    ]
    halls = [{"ts": str(n), "channel": "hall"} | slack.render_alert(one, where) for n, one in enumerate(said)]
    texts = verdict.discord_texts({"messages": {"room": rooms}, "parents": {}}, ["room"])
    texts |= verdict.slack_texts({"messages": halls}, ["hall"])
    assert [first in str(rooms[1]), first in str(halls[1])] == [True, True]
    found = verdict.judge(told, texts)
    assert (found.due, found.troubles) == (4, [])


def test_the_last_line_has_its_keys_in_order() -> None:
    assert list(Result().as_json())[:6] == ["kills", "due", "lost", "duplicated", "out_of_order", "seconds"]
