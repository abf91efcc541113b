"""What happened before: related, earlier, never the same happening, at most three."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.news.alerts import context, timeline
from bot.news.model import Background, Level, When
from tests.news import making
from tests.news.making import DAY, past

TOPIC = making.shipped()
END = datetime(2027, 1, 10, 20, tzinfo=UTC)


def test_a_truce_is_explained_by_the_fighting_and_the_truce_before() -> None:
    talks = next(e for e in TOPIC.chronology if e.start == date(2025, 10, 25))
    story = making.story("talks", ["Istanbul"], day=talks.start, actors=["Türkiye"])
    found = context.before(story, TOPIC.chronology, TOPIC, datetime(2025, 10, 25, 20, tzinfo=UTC))
    assert len(found) == 3
    assert any("Doha" in line.what for line in found)
    assert all(line.date < talks.start and line.url for line in found)
    assert [line.date for line in found] == sorted((line.date for line in found), reverse=True)


def test_a_crossing_is_explained_by_its_own_history() -> None:
    story = making.story("crossing", ["Torkham"], day=date(2025, 10, 21))
    found = context.before(story, TOPIC.chronology, TOPIC, datetime(2025, 10, 21, 20, tzinfo=UTC))
    assert any("crossings" in line.what for line in found)


@pytest.mark.parametrize("days", [0, 1, 3])
def test_never_the_same_happening_and_never_a_later_one(days: int) -> None:
    story = making.story("air_strike", ["Khost"])
    other = past("c:1", DAY + timedelta(days=days), "air_strike", ["Khost"], level=Level.CRITICAL)
    assert context.before(story, [other], TOPIC, END + timedelta(days=9)) == ()


def test_what_had_not_ended_is_not_told_as_history() -> None:
    story = making.story("border_clash", ["Torkham"])
    closed = past("c:1", DAY - timedelta(days=5), "crossing", ["Torkham"], end=DAY + timedelta(days=20))
    assert context.before(story, [closed], TOPIC, END) == ()


def test_an_unrelated_kind_or_an_old_matter_explains_nothing() -> None:
    story = making.story("returns", ["Torkham"])
    rows = [
        past("c:1", DAY - timedelta(days=3), "attack", ["Karachi"], level=Level.CRITICAL),
        past("c:2", DAY - timedelta(days=900), "crossing", ["Chaman"], level=Level.CRITICAL),
    ]
    assert context.before(story, rows, TOPIC, END) == ()


def test_a_guessed_place_is_no_place_in_common() -> None:
    rows = [past("c:1", DAY - timedelta(days=400), "trade", ["Chaman"], level=Level.MAJOR)]
    story = making.story("trade", ["Chaman"])
    assert context.before(story, rows, TOPIC, END)
    story = replace(story, where=replace(story.where, guessed=True))
    assert context.before(story, rows, TOPIC, END) == ()


def test_a_line_names_its_place_and_our_own_story() -> None:
    story = making.story("air_strike", ["Khost"])
    ours = past("s:4", DAY - timedelta(days=2), "attack", ["Bannu"], "A convoy was hit.", story=4)
    (line,) = context.before(story, [ours], TOPIC, END)
    assert (line.what, line.story) == ("Bannu: A convoy was hit.", 4)


def test_it_counts_strikes_and_says_how_far_the_records_go() -> None:
    story = making.story("air_strike", ["Khost"])
    rows = [
        past("c:1", DAY - timedelta(days=20), "air_strike", ["Spera"]),
        past("c:2", DAY - timedelta(days=9), "air_strike", ["Khost"]),
        past("c:3", date(2026, 3, 1), "talks", ["Doha"]),
    ]
    found = context.before(story, rows, TOPIC, END)
    assert (
        "now the third reported air strike in Khost in 30 days, in records since March 2026" in found[0].what
    )


def test_the_night_before_and_another_district_of_that_day_are_counted() -> None:
    story = replace(making.story("air_strike", ["Barmal", "Paktika"]), when=When(DAY, DAY, named=True))
    rows = [
        past("c:1", DAY - timedelta(days=9), "air_strike", ["Barmal"]),
        past("s:7", DAY - timedelta(days=1), "air_strike", ["Barmal", "Paktika"], story=7),
        past(
            "s:8", DAY, "air_strike", ["Gomal", "Paktika"], story=8, known=story.opened - timedelta(hours=1)
        ),
        past(
            "s:9", DAY, "air_strike", ["Barmal", "Paktika"], story=9, known=story.opened - timedelta(hours=1)
        ),
    ]
    found = context.before(story, rows, TOPIC, END)
    assert found[0].story == 7
    assert "now the fourth reported air strike in Paktika" in found[0].what


def test_what_led_to_it_on_the_same_day_was_told_first_and_is_of_another_kind() -> None:
    story = making.story("border_clash", ["Durand Line", "Paktika"])
    for hours, kind, told in (
        (-3, "air_strike", True),
        (3, "air_strike", False),
        (-3, "border_clash", False),
    ):
        known = story.opened + timedelta(hours=hours)
        row = past("s:7", DAY, kind, ["Barmal", "Paktika"], story=7, known=known, level=Level.CRITICAL)
        assert bool(context.before(story, [row], TOPIC, END)) is told


def test_attacks_are_not_counted_because_the_records_do_not_hold_them_all() -> None:
    this = timeline.of_story(making.story("attack", ["Bannu"]))
    rows = [past("c:1", DAY - timedelta(days=2), "attack", ["Bannu"])]
    assert context.count(this, rows, TOPIC, date(2021, 8, 15)) == ""


def test_what_the_reports_date_themselves_comes_first() -> None:
    story = making.story("multilateral", ["New York"])
    rows = [past(f"c:{n}", DAY - timedelta(days=60 + n), "border_clash", [f"Place {n}"]) for n in range(6)]
    told = [Background(rows[5].start, rows[5].end, "clashes", "On that day there were clashes.")]
    found = context.before(story, rows, TOPIC, END, told)
    assert rows[5].start in {line.date for line in found}
