"""How much it matters, held against hand-labelled examples near each boundary."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.news import stances
from bot.news.alerts import significance
from bot.news.model import Level
from tests.news import making

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("levels.jsonl").read_text("utf-8").splitlines()
]
BOUNDARIES = ("minor|notable", "notable|major", "major|critical")
FLOORS = {"minor|notable": 0.90, "notable|major": 0.90, "major|critical": 0.90}  # these only rise


def judged(row: dict[str, Any]) -> tuple[Level, tuple[str, ...]]:
    members = [
        replace(one, stance=stances.stance(one.document, making.shipped()))
        for n, (outlet, title, lead) in enumerate(row["reports"])
        for one in (making.member(outlet, title, lead, minutes=n),)
    ]
    outlets = [member.outlet for member in members]  # every claim is told by all the reports
    lanes = [making.lane(making.figure(*figure), told=outlets) for figure in row["figures"]]
    story = making.story(row["type"], row["places"], members, lanes, row["actors"])
    return significance.level(story, making.shipped())


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_each_boundary_has_enough_examples_on_both_sides(boundary: str) -> None:
    sides = Counter(row["level"] for row in ROWS if row["boundary"] == boundary)
    assert set(sides) == set(boundary.split("|"))
    assert sum(sides.values()) >= 20
    assert min(sides.values()) >= 10


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_the_level_falls_on_the_right_side(boundary: str) -> None:
    least = Level.of(boundary.split("|")[1])
    rows = [row for row in ROWS if row["boundary"] == boundary]
    wrong = []
    for row in rows:
        found, because = judged(row)
        if (found >= least) != (Level.of(row["level"]) >= least):
            wrong.append(f"{row['level']}, found {found.word}: {row['reports'][0][1]} {because}")
    assert 1 - len(wrong) / len(rows) >= FLOORS[boundary], "\n".join(wrong)


def test_the_chronology_keeps_its_levels() -> None:
    """The shipped rows carry a level of their own: most are found again, and none two levels off."""
    topic = making.shipped()
    right = far = 0
    for event in topic.chronology:
        members = [making.member(s.outlet, event.what, minutes=n) for n, s in enumerate(event.sources)]
        lanes = [
            making.lane(
                making.figure(c.measure, c.party, c.low, c.claimant, None, c.scope),
                told=[m.outlet for m in members],
            )
            for c in event.claims
        ]
        named = [m.name for party in event.parties for m in topic.lexicon.mentions(party) if m.is_actor]
        story = making.story(event.type, event.places, members, lanes, named, day=event.start)
        found, _ = significance.level(story, topic, topic.chronology)
        right += found == event.level
        far += abs(found - event.level) > 1
    assert right / len(topic.chronology) >= 0.75
    assert far <= 1
