"""Dates of feeds, right to the minute or not at all: never now."""

from __future__ import annotations

from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.published import moment

read = feedparser.datetimes._parse_date
KABUL, KARACHI = "Asia/Kabul", "Asia/Karachi"


@pytest.mark.parametrize(
    ("words", "zone", "expected"),
    [
        ("Wed, 15 Oct 2025 18:00:00 +0500", "UTC", "2025-10-15T13:00"),
        ("Wed, 15 Oct 2025 18:00:00 GMT", KARACHI, "2025-10-15T18:00"),
        ("Wed, 15 Oct 2025 18:00:00 UT", KARACHI, "2025-10-15T18:00"),
        ("Wed, 15 Oct 2025 18:00:00 Z", KARACHI, "2025-10-15T18:00"),
        ("Wed, 15 Oct 2025 18:00:00 EST", KARACHI, "2025-10-15T23:00"),
        ("Wed, 15 Oct 2025 18:00:00 PKT", "UTC", "2025-10-15T13:00"),
        ("Wed, 15 Oct 2025 18:00:00 AFT", "UTC", "2025-10-15T13:30"),
        ("Wed, 15 Oct 2025 18:00:00 PST", KARACHI, "2025-10-15T13:00"),  # Pakistan's, not California's
        ("Wed, 15 Oct 2025 18:00:00 PST", "UTC", "2025-10-16T02:00"),
        ("Wed, 15 Oct 2025 18:00:00", KARACHI, "2025-10-15T13:00"),
        ("2025-10-15T18:00:00Z", KARACHI, "2025-10-15T18:00"),
        ("2025-10-15T18:00:00+04:30", "UTC", "2025-10-15T13:30"),
        ("2025-10-15T18:00:00.123", KABUL, "2025-10-15T13:30"),
        ("2025-10-15 18:00:00", KABUL, "2025-10-15T13:30"),
        ("2025-10-15", KABUL, "2025-10-14T19:30"),
        ("20251015T120000Z", KABUL, "2025-10-15T12:00"),
        ("1760515200", KABUL, "2025-10-15T08:00"),
        ("1760515200000", KABUL, "2025-10-15T08:00"),
        ("Wed, 15 Oct 2125 10:00:00 GMT", "UTC", "2125-10-15T10:00"),
    ],
)
def test_a_date_is_read_in_its_own_zone_or_the_feeds(words: str, zone: str, expected: str) -> None:
    found = moment(words, read(words), zone)
    assert found is not None
    assert found.replace(microsecond=0) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    ["", "soon", "yesterday evening", "0000-00-00", "10000-01-01", "99999999999999999999", "0001-01-01T00:00:00Z",
     "Mon, 99 Feb 2025 99:99:99 +9999", "9999-12-31T23:59:59-23:59", "-1", "2025-13-45"],
)  # fmt: skip
def test_what_is_no_date_is_none(words: str) -> None:
    assert moment(words, read(words) if words else None, KARACHI) is None


@given(
    st.text(max_size=60)
    | st.from_regex(r"[A-Z][a-z]{2}, \d{1,5} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d:\d\d [A-Z+-]{1,4}\d{0,5}")
)
def test_no_words_raise(words: str) -> None:
    found = moment(words, read(words), KABUL)
    assert found is None or (found.tzinfo is UTC and 1990 <= found.year <= 9000)
