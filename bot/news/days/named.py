"""Days as texts name them: "October 11-12", "on Friday", "the day before", "in August this year".

Every expression is resolved against the day of publication, which begins at the region's dawn. A day without a year
is the latest one that is not after publication, unless the sentence has just named a year for that month
or speaks of what is to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.news.days import calendars
from bot.news.days.forms import FAR, Dated, Years, resolve, year_of
from bot.news.days.words import AHEAD, EXPRESSION, REACH, TELLING
from bot.news.text.lexicon import Text
from bot.news.text.words import DAY_NAMES, OWNING, Span

__all__ = ["Dated", "Days", "dates", "days_of", "in_dateline", "news_day", "utc"]


WEEK = timedelta(7)
AHEAD_OF_UTC = 5  # hours: the region's clocks
Days = tuple[date, date]
DATELINE = 16  # characters from the place to the day


def news_day(moment: datetime) -> date:
    """The day of which a text of this moment speaks: before dawn in the region it is still the day before.

    >>> news_day(datetime.fromisoformat("2025-10-18T01:25:00+05:30"))
    datetime.date(2025, 10, 17)
    """
    return utc(moment).date()


def utc(moment: datetime) -> datetime:
    """A moment in UTC; a naive one is in it already."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def days_of(dated: Dated, published: datetime) -> Days:
    """The days of an expression: most of what a report calls "overnight" came after midnight, so that it is its own day."""
    local = utc(published + timedelta(hours=AHEAD_OF_UTC)).date()
    if dated.relative and dated.precision == "day" and dated.end == local - WEEK:
        return dated.start + WEEK, dated.end + WEEK  # "Wednesday", in its small hours
    return dated.start, dated.end


@lru_cache(maxsize=32)
def dates(text: Text, today: date) -> tuple[tuple[Span, tuple[Dated, ...]], ...]:
    """The sentences of a text, each with its dated expressions in order.

    >>> from bot.news.text.lexicon import Lexicon
    >>> text = Lexicon().read("Shut in September 2023, it reopened on September 15. On the night of October 11 and 12 it")
    >>> [[f"{d.start:%d.%m.%y}-{d.end:%d.%m.%y}" for d in found] for _, found in dates(text, date(2025, 11, 12))]
    [['01.09.23-30.09.23', '15.09.23-15.09.23'], ['11.10.25-12.10.25']]
    """
    found, years, end = [], Years(), 0
    for span in text.sentences:
        if "\n" in text.text[end : span.start]:
            years = Years()  # a new paragraph tells of another time
        years = years.sentence()
        end = span.end
        named = (*_expressions(text, span, today, years), *_elsewhere(text, span, today))
        found.append((span, tuple(sorted(named, key=lambda d: d.at))))
    return tuple(found)


def _elsewhere(text: Text, span: Span, today: date) -> Iterator[Dated]:
    """The days that other languages and the solar calendar name."""
    inside = text.words(span)
    for one in calendars.named(text.tokens, inside):
        at = Span(text.tokens[one.first].start, text.tokens[one.last].end)
        words = text.spelled(at)
        try:
            day, future = _day_of(one, today)
        except ValueError:
            continue
        if one.weekday is not None and calendars.is_to_come(text.tokens, inside, one):
            day, future = day + WEEK, True
        yield Dated(day, day, "day", at, words, relative=one.weekday is not None, future=future)


def _day_of(one: calendars.Named, today: date) -> tuple[date, bool]:
    if one.weekday is not None:
        return today - timedelta((today.weekday() - one.weekday) % 7), False
    if one.solar and one.year:
        day = calendars.solar(one.year, one.month, one.day)
        return day, day > today
    if one.solar:
        return calendars.solar_before(one.month, one.day, today), False
    year, future = year_of(one.month, one.day, str(one.year) if one.year else None, today, Years())
    return date(year, one.month, one.day), future


def _expressions(text: Text, span: Span, today: date, known: Years) -> Iterator[Dated]:
    before: Dated | None = None
    until = span.start
    for at in _places(text, span):
        if at < until:
            continue
        match = EXPRESSION.match(text.text, at, span.end)
        dated = resolve(match, today, known, before) if match else None
        if match and dated:
            owned = text.text.startswith(
                OWNING, match.end()
            )  # "Friday's attack" has happened, whoever answers it
            if not owned and AHEAD.search(text.text, max(span.start, until, at - REACH), at):
                dated = _to_come(dated, today)
            known.add(dated)
            before, until = dated, match.end()
            yield dated


def _to_come(dated: Dated, today: date) -> Dated:
    """What "will" happen on a day without a year lies ahead: "will reopen on Friday", "from June 30"."""
    if dated.precision != "day" or dated.end > today or re.search(r"\d{4}", dated.words):
        return dated
    if dated.relative:
        weekly = dated.words.lower().startswith(DAY_NAMES) or dated.words.endswith("weekend")
        week = WEEK if weekly else timedelta(0)
        return dated._replace(start=dated.start + week, end=dated.end + week, future=bool(week))
    start, end = (
        day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
        for day in (dated.start, dated.end)
    )
    return dated._replace(start=start, end=end, future=True) if (start - today).days <= FAR else dated


def _places(text: Text, span: Span) -> list[int]:
    """Where an expression may begin: at a telling word, or up to three words before it."""
    inside = text.words(span)
    found: set[int] = set()
    for at in inside:
        word = text.tokens[at].word
        if word in TELLING or word[:1].isdecimal():
            found.update(range(max(inside.start, at - 3), at + 1))
    return [text.tokens[at].start for at in sorted(found)]


def in_dateline(text: Text, dated: Dated) -> bool:
    """Whether a day is that on which a report was written: "KABUL, 3 May (Agency) -"."""
    return any(m.dateline and 0 <= dated.at.start - m.end < DATELINE for m in text.mentions)
