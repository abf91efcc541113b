"""When a feed is asked again: faster with news, slower in silence, never silently off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.feed import Answer, Failed, Fetched, NotModified
from bot.feeds.pace import DAY, LONGEST_WISH, STUCK, Pace, PaceSettings, next_due

SETTINGS = PaceSettings()
BODY = Fetched(b"", "https://a.example/")
SAME = NotModified("https://a.example/")
DOWN = Failed("down", "connect")


def after(*answers: tuple[Answer, int], own: float | None = None) -> list[float]:
    pace, waits = Pace(), []
    for answer, new in answers:
        due = next_due(pace, answer, new, 0.5, SETTINGS, own)
        pace = due.pace
        waits.append(due.seconds)
    return waits


def test_news_quickens_and_silence_slows_within_bounds() -> None:
    busy = after(*[(BODY, 5)] * 6)
    assert busy == sorted(busy, reverse=True)
    assert busy[-1] == SETTINGS.min_interval
    quiet = after(*[(SAME, 0)] * 20)
    assert quiet == sorted(quiet)
    assert quiet[-1] == SETTINGS.quiet_interval
    assert after((BODY, 1)) == [SETTINGS.interval]


def test_failures_back_off_to_a_day_and_success_forgets_them() -> None:
    waits = after(*[(DOWN, 0)] * 15, (BODY, 1), (DOWN, 0))
    assert waits[:3] == [600, 1200, 2400]
    assert waits[14] == DAY
    assert waits[15] == SETTINGS.interval
    assert waits[16] == 600


def test_an_interval_of_its_own_is_kept() -> None:
    assert after((BODY, 9), (SAME, 0), own=900.0) == [900.0, 900.0]


def test_the_server_may_ask_for_patience_but_not_for_a_year() -> None:
    assert next_due(Pace(), Failed("429", "limited", 3600.0), 0, 0.5, SETTINGS).seconds == 3600.0
    assert next_due(Pace(), Failed("503", "http", 1e9), 0, 0.5, SETTINGS).seconds == LONGEST_WISH
    assert next_due(Pace(), Failed("503", "http", 0.0), 0, 0.5, SETTINGS).seconds == 600.0
    patient = next_due(Pace(), Fetched(b"", "u", ttl=1e7), 1, 0.5, SETTINGS)
    assert patient.seconds == SETTINGS.quiet_interval


def test_a_day_of_not_modified_ends_with_an_unconditional_question() -> None:
    pace, asked, waited = Pace(), [], 0.0
    while not asked or not asked[-1]:
        due = next_due(pace, SAME, 0, 0.5, SETTINGS)
        pace, waited = due.pace, waited + due.seconds
        asked.append(due.unconditional)
    assert STUCK <= waited < STUCK + 2 * SETTINGS.quiet_interval <= DAY
    assert not next_due(pace, SAME, 0, 0.5, SETTINGS).unconditional


answers = st.one_of(
    st.builds(Fetched, st.just(b""), st.just("u"), ttl=st.none() | st.floats(0, 1e9)),
    st.builds(NotModified, st.just("u"), ttl=st.none() | st.floats(0, 1e9)),
    st.builds(
        Failed,
        st.just("x"),
        st.sampled_from(["http", "limited", "gone", "parse"]),
        st.none() | st.floats(0, 1e9),
    ),
)


@given(
    st.lists(
        st.tuples(answers, st.integers(0, 100), st.floats(0, 1, exclude_max=True)), min_size=1, max_size=60
    )
)
def test_whatever_happens_a_feed_is_asked_again(story: list[tuple[Answer, int, float]]) -> None:
    pace = Pace()
    for answer, new, fraction in story:
        due = next_due(pace, answer, new, fraction, SETTINGS)
        assert SETTINGS.min_interval <= due.seconds <= LONGEST_WISH
        pace = due.pace


@pytest.mark.parametrize("fraction", [0.0, 0.25, 0.999])
def test_jitter_stays_within_its_share(fraction: float) -> None:
    assert 270 <= next_due(Pace(), BODY, 1, fraction, SETTINGS).seconds <= 330
