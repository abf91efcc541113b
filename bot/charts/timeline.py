"""How much happened when: happenings by level in equal periods, as a picture and in words.

Counted are happenings, never people. Levels differ by pattern and by place in the bar, not by colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.charts.canvas import GRID, HEIGHT, Canvas, Pattern, breadth
from bot.news.model import Level, PastEvent

Unit = Literal["day", "week", "month", "year"]
WIDTH, TALL = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 48, 16, 64, 44
LEVELS = (Level.CRITICAL, Level.MAJOR, Level.NOTABLE, Level.MINOR)  # from the bottom of a bar up
PALETTE = [(255, 255, 255), (30, 30, 30), (225, 225, 225), (176, 42, 48), (232, 170, 60), (120, 180, 215), (245, 245, 245)]  # fmt: skip
COLOURS = {level: 3 + n for n, level in enumerate(LEVELS)}
PATTERNS: dict[Level, Pattern] = {
    Level.CRITICAL: lambda x, y: (x + y) % 3 == 0,
    Level.MAJOR: lambda x, y: (x + y) % 6 == 0,
    Level.NOTABLE: lambda x, y: x % 4 == 0 and y % 4 == 0,
    Level.MINOR: lambda x, y: False,
}
SPANS: tuple[tuple[int, Unit], ...] = ((31, "day"), (210, "week"), (2200, "month"))  # days up to which


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time and what happened in it, by level."""

    start: date
    label: str
    counts: Counter[Level]


def unit_of(events: Sequence[PastEvent]) -> Unit:
    """The period in which a span is counted."""
    days = (max(e.start for e in events) - min(e.start for e in events)).days
    return next((unit for most, unit in SPANS if days <= most), "year")


def periods(events: Sequence[PastEvent]) -> list[Period]:
    """All periods from the first happening to the last, those in which nothing happened too."""
    if not events:
        return []
    unit = unit_of(events)
    counts: dict[date, Counter[Level]] = {}
    for event in events:
        counts.setdefault(_begin(event.start, unit), Counter())[event.level] += 1
    found = []
    at, last = min(counts), max(counts)
    while at <= last:
        found.append(Period(at, _label(at, unit), counts.get(at, Counter())))
        at = _next(at, unit)
    return found


def _begin(day: date, unit: Unit) -> date:
    """The first day of the period.

    >>> _begin(date(2026, 11, 26), "week"), _begin(date(2026, 11, 26), "month")
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 1))
    """
    if unit == "week":
        return day - timedelta(day.weekday())
    return day.replace(day=1, month=1) if unit == "year" else day.replace(day=1) if unit == "month" else day


def _next(day: date, unit: Unit) -> date:
    if unit in ("day", "week"):
        return day + timedelta(1 if unit == "day" else 7)
    return _begin(day + timedelta(366 if unit == "year" else 31), unit)


def _label(day: date, unit: Unit) -> str:
    shape = {"day": "%d %b", "week": "%d %b", "month": "%b %Y", "year": "%Y"}[unit]
    return day.strftime(shape).lstrip("0")


def words(events: Sequence[PastEvent]) -> str:
    """The same in words: a line for each period in which something happened.

    Periods without a happening are named where they lie between others.
    """
    unit = unit_of(events) if events else "month"
    lines = []
    for period in periods(events):
        parts = [f"{period.counts[level]} {level.word}" for level in LEVELS if period.counts[level]]
        told = f" ({', '.join(parts)})" if parts else ""
        lines.append(f"{period.label}: {period.counts.total()}{told}")
    rough = sum(event.precision != "day" for event in events)
    note = f"{rough} of them are known by month or year only and stand at its beginning." if rough else ""
    return "\n".join([f"Happenings by {unit}:", *lines, *([note] if note else [])])


def picture(events: Sequence[PastEvent], title: str) -> bytes:
    """A stacked bar for each period, as PNG."""
    canvas = Canvas(WIDTH, TALL)
    found = periods(events)
    most = max((one.counts.total() for one in found), default=1)
    step = _step(most)
    top = step * -(-most // step)
    room = TALL - TOP - BOTTOM
    canvas.text(LEFT, 12, title[: (WIDTH - LEFT) // breadth(" ", 2)], 2)
    _legend(canvas)
    for value in range(0, top + 1, step):
        y = TALL - BOTTOM - room * value // top
        canvas.fill(LEFT, y, WIDTH - LEFT - RIGHT, 1, GRID)
        canvas.text(LEFT - 8 - breadth(str(value)), y - HEIGHT // 2, str(value))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(found))
    width = max(2, min(60, int(slot * 0.8)))
    free = 0
    for n, period in enumerate(found):
        left = int(LEFT + n * slot + (slot - width) / 2)
        _bar(canvas, period, left, width, room, top)
        if left >= free and left + breadth(period.label) < WIDTH:
            canvas.text(left, TALL - BOTTOM + 8, period.label)
            free = left + breadth(period.label) + 10
    canvas.text(LEFT, TALL - 14, "happenings, not people. source: borderwire timeline")
    return canvas.png(PALETTE)


def _bar(canvas: Canvas, period: Period, left: int, width: int, room: int, top: int) -> None:
    base = done = 0
    for level in LEVELS:
        done += period.counts[level]
        height = room * done // top - base
        if height:
            y = TALL - BOTTOM - base - height
            canvas.bar(left, y, width, height, COLOURS[level], PATTERNS[level])
        base += height
    if done and width >= breadth("0"):
        canvas.text(left, TALL - BOTTOM - base - HEIGHT - 3, str(done))


def _legend(canvas: Canvas) -> None:
    left = LEFT
    for level in LEVELS:
        canvas.bar(left, 36, 16, 12, COLOURS[level], PATTERNS[level])
        canvas.text(left + 22, 39, level.word)
        left += 22 + breadth(level.word) + 24


def _step(most: int) -> int:
    """The distance of the lines: 1, 2, 5, 10 … so that there are at most six.

    >>> [_step(n) for n in (1, 7, 30, 61)]
    [1, 2, 5, 20]
    """
    step = 1
    for factor in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        step = factor
        if most <= 6 * factor:
            break
    return step
