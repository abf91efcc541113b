"""Whatever a feed says, an alert is composed: no exception, bounded time and length, the same each time."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.alerts import compose, context, headline
from bot.news.alerts.passages import candidates
from bot.news.topics import outlets, wording
from tests.news import making
from tests.news.making import NOON, figure, lane, member

TOPIC = making.shipped()
TEXTS = [
    "",
    " ",
    "x",
    "…",
    "\u202e\u200f\u0000\ufffd",
    "🇵🇰🇦🇫" * 40,
    "<p>&nbsp;</p>" * 200,
    "A" * 20_000,
    "a " * 20_000,
    "(" * 5_000,
    "- " * 5_000,
    '"' * 5_001,
    "‘" * 5_000 + "martyred",
    "KABUL (AP) — " * 2_000,
    "martyred " * 3_000,
    "1,234,567 " * 3_000,
    "طالبان " * 2_000,
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_any_text_makes_an_alert_in_time(text: str) -> None:
    members = [member("Dawn", text, text[:400]), member("TOLOnews", text[::-1], text[:400], minutes=3)]
    claim = replace(figure("killed", "pak_people", 3, text[:80] or "unattributed"), text=text[:40])
    story = making.story("attack", ["Kurram"], members, [lane(claim)])
    started = time.process_time()
    alert = compose.compose(story, (), TOPIC, NOON, ())
    assert alert is not None
    assert time.process_time() - started < 10
    assert len(alert.headline) <= headline.LONGEST
    assert len(alert.summary) < 1_200


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400), st.text(max_size=60))
def test_random_texts_make_the_same_alert_twice(title: str, lead: str, name: str) -> None:
    members = [replace(member("Dawn", title, lead), outlet=name, family=name)]
    story = making.story("crossing", ["Torkham"], members)
    first = compose.compose(story, (), TOPIC, NOON, ())
    assert first is not None
    assert first == compose.compose(story, (), TOPIC, NOON, ())


@given(st.text(max_size=300), st.text(max_size=120))
def test_an_outlet_is_one_of_the_table_or_stands_for_itself_alone(name: str, url: str) -> None:
    found = outlets.find(name, f"https://{url}", TOPIC)
    unknown = (found.name, found.side) == (found.family, "none") and (not name or found.name == name)
    assert unknown or found in TOPIC.outlets


@given(st.text(alphabet="abcdefgh (AP)—:-.,\nKABULISLM", max_size=400))
def test_sentences_of_a_lead_come_from_the_lead(lead: str) -> None:
    one = member("Dawn", "A title", lead)
    folded = " ".join(lead.split())
    for found in candidates(one, TOPIC):
        assert found.headline or found.text.rstrip(".") in folded


def test_no_number_is_told_that_no_report_has() -> None:
    lead = "The army said soldiers were killed when posts in Kurram came under fire from across the border."
    story = making.story("border_clash", ["Kurram"], [member("Dawn", "Posts under fire in Kurram", lead)])
    alert = compose.compose(story, (), TOPIC, NOON, ())
    assert alert is not None
    shown = f"{alert.headline} {alert.summary}".replace("10 Jan", "")
    assert not any(character.isdigit() for character in shown)
    assert alert.figures == ()


def test_many_stories_of_the_past_stay_quick() -> None:
    rows = [
        making.past(f"s:{n}", making.DAY.replace(year=2026, day=n % 28 + 1), "attack", ["Kurram"], story=n)
        for n in range(2, 2_000)
    ]
    story = making.story("attack", ["Kurram"])
    started = time.process_time()
    assert len(context.before(story, rows, TOPIC, NOON)) <= 3
    assert time.process_time() - started < 10


def test_a_very_long_text_is_left_as_it_is() -> None:
    assert wording.neutral("martyred " * 2_000, TOPIC).replaced == ()
