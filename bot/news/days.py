"""Days as texts name them: "October 11-12", "on Friday", "the day before", "in August this year".

Every expression is resolved against the day of publication, which begins at the region's dawn. A day without a year
is the latest one that is not after publication, unless the sentence has just named a year for that month
or speaks of what is to come.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.news.model import Precision
from bot.news.text import Span, Text, word_set

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NUMBERS = {
    w: n
    for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
} | {"a": 1}

_M = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])(?!,\d{3})"
_Y = r"(?:,?\s(?P<{0}>(?:19|20)\d\d)\b(?!\s(?:people|civilians|soldiers|families)))?"
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TO = r"\s?(?P<{0}>[-–—]|to|and|until|till|through)\s?"

TELLING = (
    word_set(
        "jan feb mar apr jun jul aug sep sept oct nov dec yesterday today tonight night overnight morning day days"
    )
    | word_set("evening weekend")
    | frozenset([*MONTHS, *WEEKDAYS])
)
EXPRESSION = re.compile(
    "|".join(
        [
            r"(?P<iso>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b)",
            rf"(?P<span>\b(?P<m1>{_M})\s(?P<d1>{_D}){_Y.format('y1')}{_TO.format('to1')}(?P<m2>{_M})\s(?P<d2>{_D}){_Y.format('y2')})",
            rf"(?P<days>\b(?P<m3>{_M})\s(?P<d3>{_D}){_TO.format('to3')}(?P<d4>{_D})(?!\s?[ap]\.?m\b){_Y.format('y3')})",
            rf"(?P<yad>\b(?P<d5>{_D}){_TO.format('to5')}(?P<d6>{_D})\s(?P<m5>{_M})\b{_Y.format('y5')})",
            rf"(?P<day>\b(?:(?P<w1>{_W}),?\s)?(?P<m7>{_M})\s(?P<d7>{_D}){_Y.format('y7')}(?!\s?(?:%|percent|people|civilians|soldiers|troops)))",
            rf"(?P<dmy>\b(?:(?P<w2>{_W}),?\s)?(?P<d8>{_D})\s(?:of\s)?(?P<m8>{_M})\b{_Y.format('y8')})",
            rf"(?P<month>\b(?P<last>last\s|this\s|next\s)?(?P<m9>{_M})(?:,?\s(?:of\s)?(?P<y9>(?:19|20)\d\d)\b|\s(?P<rel9>this|last)\syear\b)?)",
            r"(?P<ordinal>\b[Tt]he\s(?P<o1>\d{1,2})(?:st|nd|rd|th)\b(?!\s\w+(?:ury|ion|ment)))",
            rf"(?P<week>\b(?:(?P<lastw>[Ll]ast|[Nn]ext)\s)?(?P<w3>{_W})(?:\sand\s(?P<w4>{_W}))?)",
            r"(?P<ago>\b(?P<n1>\d{1,2}|[A-Za-z]{1,5})\sdays?\s(?P<dir>ago|earlier|before|later|after)\b)",
            r"(?P<near>\b(?:(?:[Oo]ver|[Aa]t|[Ll]ast|[Tt]his)\s(?:the\s)?weekend|[Yy]esterday|[Tt]oday|[Tt]onight|[Ll]ast\snight|[Oo]vernight|[Tt]his\smorning|[Tt]he\sday\sbefore|[Tt]he\sprevious\s(?:day|night)|[Tt]he\ssame\s(?:day|evening|night)|[Tt]hat\s(?:day|evening|night))\b)",
            r"(?P<year>\b(?:[Ii]n|[Ss]ince|[Oo]f|[Dd]uring)\s(?P<y10>(?:19|20)\d\d)\b)",
        ]
    )
)


class Dated(NamedTuple):
    """An expression and the days it stands for."""

    start: date
    end: date
    precision: Precision
    at: Span
    words: str
    relative: bool = False  # a weekday, "last night", "a day later": may tell when somebody spoke
    future: bool = False


def news_day(moment: datetime) -> date:
    """The day of which a text of this moment speaks: before dawn in the region it is still the day before.

    >>> news_day(datetime.fromisoformat("2025-10-18T01:25:00+05:30"))
    datetime.date(2025, 10, 17)
    """
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).date()


@lru_cache(maxsize=32)
def dates(text: Text, today: date) -> tuple[tuple[Dated, ...], ...]:
    """The dated expressions of a text, sentence by sentence, in order.

    >>> from bot.news.text import Lexicon
    >>> text = Lexicon().read("Shut in September 2023, it reopened on September 15. On the night of October 11 and 12 it")
    >>> [[f"{d.start:%d.%m.%y}-{d.end:%d.%m.%y}" for d in found] for found in dates(text, date(2025, 11, 12))]
    [['01.09.23-30.09.23', '15.09.23-15.09.23'], ['11.10.25-12.10.25']]
    """
    return tuple(tuple(_expressions(text, span, today)) for span in text.sentences)


def _expressions(text: Text, span: Span, today: date) -> Iterator[Dated]:
    known: dict[int, int] = {}  # month → the year the sentence gave it
    before: Dated | None = None
    until = span.start
    for at in _places(text, span):
        if at < until:
            continue
        match = EXPRESSION.match(text.text, at, span.end)
        dated = _resolve(match, today, known, before) if match else None
        if match and dated:
            if dated.precision != "year":
                known[dated.start.month] = dated.start.year
            before, until = dated, match.end()
            yield dated


def _places(text: Text, span: Span) -> list[int]:
    """Where an expression may begin: at a telling word, or up to three words before it."""
    inside = text.words(span)
    found: set[int] = set()
    for at in inside:
        word = text.tokens[at].word
        if word in TELLING or word[0].isdecimal():
            found.update(range(max(inside.start, at - 3), at + 1))
    return [text.tokens[at].start for at in sorted(found)]


def _resolve(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated | None:
    kind = match.lastgroup and next(k for k in RESOLVERS if match[k] is not None)
    try:
        return RESOLVERS[kind](match, today, known, before) if kind else None
    except ValueError:  # the 31st of June
        return None


def _dated(match: re.Match[str], start: date, end: date, precision: Precision = "day", **more: bool) -> Dated:
    return Dated(start, end, precision, Span(*match.span()), match.group(), **more)


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _year(month: int, day: int, given: str | None, today: date, known: dict[int, int]) -> tuple[int, bool]:
    """The year of a day, and whether it lies ahead: soon to come is not a year ago."""
    if given:
        return int(given), date(int(given), month, day) > today
    if month in known:
        return known[month], date(known[month], month, day) > today
    this = date(today.year, month, min(day, monthrange(today.year, month)[1]))
    if this <= today + timedelta(days=1):
        if (today - this).days > 330 and (date(today.year + 1, month, min(day, 28)) - today).days <= SOON:
            return today.year + 1, True
        return today.year, this > today
    if (this - today).days <= SOON:
        return today.year, True
    return today.year - 1, False


SOON = 30  # days ahead within which a day without a year is taken as to come


def _iso(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated:
    day = date.fromisoformat(match["iso"])
    return _dated(match, day, day, future=day > today)


def _span(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated:
    m1, m2, d1, d2 = _month(match["m1"]), _month(match["m2"]), _number(match["d1"]), _number(match["d2"])
    last, future = _year(m2, d2, match["y2"], today, known)
    first = int(match["y1"]) if match["y1"] else last - (m1 > m2)
    start, end = date(first, m1, d1), date(last, m2, d2)
    if match["to1"] == "and" and not _after_between(match):
        return _dated(match, start, start, future=start > today)
    return _dated(match, start, end, future=future)


def _days(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated:
    month, one, two, to, given = (
        (match["m3"], match["d3"], match["d4"], match["to3"], match["y3"])
        if match["days"]
        else (match["m5"], match["d5"], match["d6"], match["to5"], match["y5"])
    )
    first, last, number = _number(one), _number(two), _month(month)
    year, future = _year(number, last, given, today, known)
    if last < first or (to == "and" and last != first + 1 and not _after_between(match)):
        last = first
    return _dated(match, date(year, number, first), date(year, number, last), future=future)


def _after_between(match: re.Match[str]) -> bool:
    return match.string[max(0, match.start() - 10) : match.start()].rstrip().lower().endswith("between")


def _day(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated:
    week, month, day, given = (
        (match["w1"], match["m7"], match["d7"], match["y7"])
        if match["day"]
        else (match["w2"], match["m8"], match["d8"], match["y8"])
    )
    number = _month(month)
    year, future = _year(number, _number(day), given, today, known)
    found = date(year, number, _number(day))
    if week and not given:  # "Saturday, October 17": a slip of one day is the number's, not the weekday's
        for near in (found, found + timedelta(1), found - timedelta(1)):
            if near.weekday() == WEEKDAYS.index(week.lower()) and near <= today:
                found = near
                break
    return _dated(match, found, found, future=future)


def _whole_month(
    match: re.Match[str], today: date, known: dict[int, int], before: Dated | None
) -> Dated | None:
    number, rel = _month(match["m9"]), (match["rel9"] or "").lower()
    last = (match["last"] or "").strip().lower()
    lead = match.string[max(0, match.start() - 12) : match.start()].rstrip().lower()
    if not (
        match["y9"]
        or rel
        or last
        or re.search(r"(?:\bin|of|since|until|late|early|mid|by|during|,)[-\s]*$", lead)
    ):
        return None
    if last == "next":
        return None
    if match["y9"]:
        year = int(match["y9"])
    elif rel:
        year = today.year - (rel == "last")
    else:
        year = known.get(
            number, today.year - (number > today.month or (last == "last" and number >= today.month))
        )
    end = date(year, number, monthrange(year, number)[1])
    return _dated(match, date(year, number, 1), end, "month", future=date(year, number, 1) > today)


def _ordinal(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated | None:
    if before is None or before.precision == "year":
        return None
    day = date(before.start.year, before.start.month, int(match["o1"]))
    return _dated(match, day, day, future=day > today)


def _week(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated:
    def back(word: str) -> date:
        return today - timedelta((today.weekday() - WEEKDAYS.index(word.lower())) % 7)

    future = (match["lastw"] or "").lower() == "next"
    start = back(match["w3"])
    if (today - start).days == 6 and re.search(
        r"\b(?:early|after midnight)\s(?:on\s)?$",
        match.string[max(0, match.start() - 20) : match.start()],
        re.IGNORECASE,
    ):
        start = today  # "early on Wednesday", told before dawn: of Tuesday's news
    if not match["w4"]:
        return _dated(match, start, start, relative=True, future=future)
    end = back(match["w4"])
    return _dated(match, min(start, end), end, relative=True, future=future)


def _ago(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated | None:
    word, direction = match["n1"].lower(), match["dir"]
    number = int(word) if word.isdecimal() else NUMBERS.get(word)
    if number is None or direction == "before" or (direction == "later" and before is None):
        return None
    base = today if direction == "ago" or before is None else before.start
    day = base + timedelta(number if direction == "later" else -number)
    return _dated(match, day, day, relative=True) if day <= today else None


def _near(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated | None:
    words = match.group().lower()
    if words.endswith("weekend"):
        saturday = today - timedelta((today.weekday() - 5) % 7)
        return _dated(match, saturday, min(today, saturday + timedelta(1)), relative=True)
    if words in ("yesterday", "last night"):
        day = today - timedelta(1)
    elif words in ("the day before", "the previous day", "the previous night"):
        day = (before.start if before else today) - timedelta(1)
    elif words.startswith(("the same", "that")):
        return None
    else:
        day = today
    return _dated(match, day, day, relative=True)


def _whole_year(match: re.Match[str], today: date, known: dict[int, int], before: Dated | None) -> Dated:
    year = int(match["y10"])
    return _dated(match, date(year, 1, 1), date(year, 12, 31), "year", future=year > today.year)


RESOLVERS = {
    "iso": _iso, "span": _span, "days": _days, "yad": _days, "day": _day, "dmy": _day, "month": _whole_month,
    "ordinal": _ordinal, "week": _week, "ago": _ago, "near": _near, "year": _whole_year,
}  # fmt: skip
