"""The picture of a timeline and its twin in words."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.charts import canvas, timeline
from bot.news.model import Level, PastEvent
from tests.news.making import DAY, past


def events(*days: int, level: Level = Level.MAJOR) -> list[PastEvent]:
    return [
        past(f"c:{n}", DAY + timedelta(day), "attack", ["Khost"], level=level) for n, day in enumerate(days)
    ]


def pixels(png: bytes) -> list[bytes]:
    """The rows of a picture, read as any reader would: chunks with their checksums, then one filter byte a row."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, body, size = 8, b"", (0, 0)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + data)
        size = struct.unpack(">II", data[:8]) if name == b"IHDR" else size
        body += data if name == b"IDAT" else b""
        at += 12 + length
    raw, width = zlib.decompress(body), size[0] + 1
    rows = [raw[n + 1 : n + width] for n in range(0, len(raw), width)]
    assert len(rows) == size[1]
    return rows


@pytest.mark.parametrize(
    ("last", "unit", "count"),
    [(0, "day", 1), (20, "day", 21), (100, "week", 16), (800, "month", 27), (3000, "year", 9)],
)
def test_periods_follow_the_span_and_leave_no_gap(last: int, unit: str, count: int) -> None:
    found = events(0, last)
    assert timeline.unit_of(found) == unit
    periods = timeline.periods(found)
    assert len(periods) == count
    assert sum(one.counts.total() for one in periods) == 2


def test_every_number_of_the_picture_stands_in_words() -> None:
    found = [*events(0, 0, 2), *events(2, level=Level.CRITICAL)]
    assert timeline.words(found).splitlines() == [
        "Happenings by day:",
        "10 Jan: 2 (2 major)",
        "11 Jan: 0",
        "12 Jan: 2 (1 critical, 1 major)",
    ]
    rough = replace(found[0], precision="month")
    assert "known by month or year only" in timeline.words([rough])


def test_levels_are_told_by_more_than_their_colour() -> None:
    told = set()
    for level in timeline.LEVELS:
        drawn = canvas.Canvas(40, 40)
        drawn.bar(0, 0, 40, 40, 3, timeline.PATTERNS[level])
        told.add(b"".join(pixels(drawn.png(timeline.PALETTE))))
    assert len(told) == len(timeline.LEVELS)


def test_the_picture_is_whole_whatever_is_asked() -> None:
    for found in ([], events(0), events(*range(0, 4000, 3)), events(*[0] * 900)):
        rows = pixels(timeline.picture(found, "ابن - <b>\n" * 30))
        assert {len(row) for row in rows} == {timeline.WIDTH}


def test_a_week_begins_on_monday() -> None:
    week = timeline.periods(events(0, 100))[0]
    assert week.start == date(2027, 1, 4)
