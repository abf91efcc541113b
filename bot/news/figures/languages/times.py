"""The time that a sentence in the feeds' other languages is of: another day than the one before it, a span, a running total."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.news.figures.languages.line import Line
from bot.news.figures.languages.numbers import Number
from bot.news.figures.languages.things import CLAUSE, MANY_OVER_TIME, TIMES
from bot.news.model import Measure, Scope
from bot.news.text.words import word_set

NAMED = word_set("how.elsewhen how.weekday how.named_month")
AGO = 3  # words between a time and "ago", or "before" and a time
LONG = (TIMES - {"how.hour"}) | {"how.night"}  # what a span is counted in
UNIT = 2  # words between how many and of what time: "the last THREE FULL DAYS"
STRUCK = word_set("how.strike how.fighting how.destroyed")  # camps that were hit
CLOSED = word_set("how.say how.say_first how.according how.according_to how.ended how.unreal")
LINK = 2  # words between a time and what makes a span of it
MONTHS_APART = 6  # words from one month to the other of "between April and June"


def turns(line: Line) -> bool:
    """Whether a sentence turns to another time or place: "two days ago", "earlier", "on Monday", "elsewhere"."""
    for at, found in enumerate(line.lists):
        if not found.isdisjoint(NAMED):
            return True
        if found & TIMES and "how.later" in line.near(at - AGO, at) | line.near(at + 1, at + AGO):
            return True
    return False


def scope_of(line: Line, number: Number, measure: Measure) -> Scope:
    """Whether a sentence tells of a running total or a closed time, near a number, or of camps that stand.

    "So far" may be of one attack, a month the date of one: of people who are sent across a border they are not. A
    span with both its ends is closed, whatever it began with: "from the beginning of April TO THE END of June".
    """
    near = line.near(number.first - 2 * CLAUSE, number.last + CLAUSE)
    if measure == "camps" and near.isdisjoint(STRUCK):
        return "state"
    if any(_speaks_of(line, at, number) for at in _spans(line)):
        return "period"
    many = measure in MANY_OVER_TIME
    if "how.so_far" in near or (many and "how.until_now" in near):
        return "cumulative"
    return "period" if "how.period" in near or (many and "how.in_month" in near) else "incident"


def _speaks_of(line: Line, at: int, number: Number) -> bool:
    """Whether a span is of a number: in its clause, or before it where nobody speaks and nothing ends in between."""
    first, second = (at, number.first) if at < number.first else (number.last - 1, at)
    if not any(line.pauses(k) for k in range(first, second)):
        return True
    return at < number.first and line.near(first, second).isdisjoint(CLOSED)


def _spans(line: Line) -> Iterator[int]:
    """Where a sentence names a closed time: "from the start of April to the end of June", "in three months"."""
    begins = next((k for k, found in enumerate(line.lists) if "how.span_from" in found), None)
    if begins is not None and any("how.span_to" in found for found in line.lists):
        yield begins
    months = [k for k, found in enumerate(line.lists) if "how.named_month" in found]
    for first, second in pairwise(months):
        near = line.near(first - LINK, second + LINK + 1)
        if second - first <= MONTHS_APART and {"how.months_from", "how.months_to"} <= near:
            yield first
    for number in line.numbers:
        if _lasts(line, number):
            yield number.first


def _lasts(line: Line, number: Number) -> bool:
    """ "IN two days", "over THE LAST three nights": a number of days in which several things happened."""
    ends = range(number.last, number.last + UNIT)
    unit = next((k for k in ends if not line.at(k).isdisjoint(LONG)), None)
    if unit is None or number.low == 1 or line.near(number.first, unit + AGO) & {"how.later"}:
        return False
    before = line.near(number.first - LINK, number.first)
    after = line.near(unit + 1, unit + 1 + LINK)
    return "how.later" not in before and ("how.span_before" in before or "how.span_after" in after)
