"""The forms in which days are written, each resolved: "October 11-12", "on Friday", "in August", "two days ago"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from bot.news.days.words import MONTHS, NUMBERS
from bot.news.model import Precision
from bot.news.text.words import DAY_NAMES, Span


class Dated(NamedTuple):
    """An expression and the days it stands for."""

    start: date
    end: date
    precision: Precision
    at: Span
    words: str
    relative: bool = False  # a weekday, "last night", "a day later": may tell when somebody spoke
    after: bool = False  # "on Monday, a day after …": the day of what is told behind it
    future: bool = False


@dataclass
class Years:
    """Which years a text has given so far: its paragraph in digits, its sentence however they were found."""

    told: dict[int, int] = field(default_factory=dict)  # month → year, by the paragraph
    months: dict[int, int] = field(default_factory=dict)  # month → year, by the sentence
    last: date | None = None  # the latest day, month or year that was given in digits
    here: bool = False  # ... in this sentence
    whole: bool = False  # ... a year alone

    def sentence(self) -> Years:
        """What still holds in the next sentence."""
        return Years(dict(self.told), {}, self.last, False, self.whole)

    def add(self, dated: Dated) -> None:
        if YEAR.search(dated.words):
            self.last, self.here, self.whole = dated.start, True, dated.precision == "year"
        if dated.precision == "year":
            return
        self.months[dated.start.month] = dated.start.year
        if YEAR.search(dated.words):
            self.told[dated.start.month] = dated.start.year

    def of(self, month: int, day: int, today: date) -> int | None:
        """The year of a day, from its month or from the dated story that it goes on with; None if none is told."""
        if month in self.months:
            return self.months[month]
        latest = date(today.year, month, min(day, 28))
        if self.last is None or timedelta(0) <= today - latest <= timedelta(NEWS):
            return None
        year = self.told.get(month, self.last.year)
        found = date(year, month, min(day, 28))
        lately = self.here or self.last.year >= today.year - 2
        goes_on = self.whole or timedelta(0) < found - self.last <= timedelta(GOES_ON)
        return year if found <= today and (month in self.told or (goes_on and lately)) else None


YEAR = re.compile(r"\d{4}")
EARLY = re.compile(r"\b(?:early|after midnight)\s(?:on\s)?$", re.I)
IN = re.compile(r"(?:\bin|of|since|until|late|early|mid|by|during|,)[-\s]*$", re.I)  # a month, no name
EACH = re.compile(r"\s(?:nights|evenings|mornings)\b")  # "on Wednesday and Thursday nights"
THAT_YEAR = re.compile(r",?\s(?:of\s)?(last|this|that|the\ssame|the\sprevious)\syear\b", re.IGNORECASE)
NEWS = 45  # days within which a day without a year is this year's, whatever was told before
GOES_ON = 150  # days over which a story goes on in the year that it began with


def resolve(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated | None:
    kind = next(form for form in RESOLVERS if match[form] is not None)
    try:
        return RESOLVERS[kind](match, today, known, before)
    except ValueError:  # the 31st of June
        return None


def _dated(match: re.Match[str], start: date, end: date, precision: Precision = "day", **more: bool) -> Dated:
    return Dated(start, end, precision, Span(*match.span()), match.group(), **more)


def _either(match: re.Match[str], *forms: str) -> tuple[Any, ...]:
    """The parts of an expression, by the names that they have in the form that it is written in."""
    return next(parts for form in forms if (parts := match.group(*form.split()))[0])


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def year_of(month: int, day: int, given: str | None, today: date, known: Years) -> tuple[int, bool]:
    """The year of a day, and whether it lies ahead: soon to come is not a year ago."""
    if given:
        return int(given), date(int(given), month, day) > today
    if (told := known.of(month, day, today)) is not None:
        return told, date(told, month, day) > today
    this = date(today.year, month, min(day, monthrange(today.year, month)[1]))
    if this > today + timedelta(days=SOON):
        return today.year - 1, False
    if (today - this).days > 330 and (date(today.year + 1, month, min(day, 28)) - today).days <= SOON:
        return today.year + 1, True
    return today.year, this > today


FAR = 200  # days ahead of which a text speaks without their year
SOON = 30  # days ahead within which a day without a year is taken as to come


def _iso(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated:
    day = date.fromisoformat(match["iso"])
    return _dated(match, day, day, future=day > today)


def _span(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated:
    one, day1, year1, two, day2, year2 = _either(match, "m1 d1 y1 m2 d2 y2", "m10 d9 y11 m11 d10 y12")
    m1, m2, d1, d2 = _month(one), _month(two), _number(day1), _number(day2)
    last, future = year_of(m2, d2, year2, today, known)
    first = int(year1) if year1 else last - (m1 > m2)
    start, end = date(first, m1, d1), date(last, m2, d2)
    if match["to1"] == "and" and not _after_between(match):
        return _dated(match, start, start, future=start > today)
    return _dated(match, start, end, future=future)


def _days(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated:
    month, one, two, to, given = _either(match, "m3 d3 d4 to3 y3", "m5 d5 d6 to5 y5")
    first, last, number = _number(one), _number(two), _month(month)
    year, future = year_of(number, last, given, today, known)
    if last < first or (to == "and" and last != first + 1 and not _after_between(match)):
        last = first
    return _dated(match, date(year, number, first), date(year, number, last), future=future)


def _after_between(match: re.Match[str]) -> bool:
    return match.string[max(0, match.start() - 10) : match.start()].rstrip().lower().endswith("between")


def _day(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated:
    month, day, given, week = _either(match, "m7 d7 y7 w1", "m8 d8 y8 w2")
    number = _month(month)
    given = given or _that_year(match, today, known)
    year, future = year_of(number, _number(day), given, today, known)
    found = date(year, number, _number(day))
    if week and not given:  # "Saturday, October 17": a slip of one day is the number's, not the weekday's
        for near in (found, found + timedelta(1), found - timedelta(1)):
            if near.weekday() == DAY_NAMES.index(week.lower()) and near <= today:
                found = near
                break
    return _dated(match, found, found, future=future)


def _that_year(match: re.Match[str], today: date, known: Years) -> str | None:
    """ "October 12 last year", "November 28 of that year"."""
    words = THAT_YEAR.match(match.string, match.end())
    if words is None:
        return None
    word = words[1].lower()
    if word in ("last", "this"):
        return str(today.year - (word == "last"))
    return str(known.last.year - (word == "the previous")) if known.last else None


def _whole_month(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated | None:
    number, rel = _month(match["m9"]), (match["rel9"] or "").lower()
    last = (match["last"] or "").strip().lower()
    led = IN.search(match.string, max(0, match.start() - 12), match.start())
    if last == "next" or not (match["y9"] or rel or last or led):
        return None
    if match["y9"]:
        year = int(match["y9"])
    elif rel:
        year = today.year - (rel == "last")
    else:
        gone = number > today.month or (last == "last" and number == today.month)
        year = known.months.get(number, today.year - gone)
    end = date(year, number, monthrange(year, number)[1])
    return _dated(match, date(year, number, 1), end, "month", future=date(year, number, 1) > today)


def _ordinal(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated | None:
    if before is None or before.precision == "year":
        return None
    day = date(before.start.year, before.start.month, int(match["o1"]))
    return _dated(match, day, day, future=day > today)


def _week(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated:
    def back(word: str) -> date:
        return today - timedelta((today.weekday() - DAY_NAMES.index(word.lower())) % 7)

    future = (match["lastw"] or "").lower() == "next"
    start = back(match["w3"])
    early = EARLY.search(match.string, max(0, match.start() - 20), match.start())
    if early and (today - start).days == 6:
        start = today  # "early on Wednesday", told before dawn: of Tuesday's news
    if future:
        start += timedelta(7)
    if not match["w4"]:
        return _dated(match, start, start, relative=True, future=future)
    end = back(match["w4"])
    if EACH.match(match.string, match.end()):
        return _dated(match, end, end, relative=True, future=future)  # of two nights the later is the news
    return _dated(match, min(start, end), end, relative=True, future=future)


def _ago(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated | None:
    word, direction = match["n1"].lower(), match["dir"]
    number = int(word) if word.isdecimal() else NUMBERS.get(word)
    if number is None or (direction in ("later", "after") and before is None):
        return None
    if direction == "into":  # the first day counts: "two days into the closure" began yesterday
        number -= 1
    base = today if direction in ("ago", "into") or before is None else before.start
    day = base + timedelta(number if direction == "later" else -number)
    after = direction in ("after", "into")
    return _dated(match, day, day, relative=True, after=after) if day <= today else None


def _near(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated | None:
    words = match.group().lower()
    if words.endswith("weekend"):
        saturday = today - timedelta((today.weekday() - 5) % 7)
        return _dated(match, saturday, min(today, saturday + timedelta(1)), relative=True)
    if words in ("yesterday", "last night"):
        day = today - timedelta(1)
    elif words.startswith("the "):
        day = (before.start if before else today) - timedelta(1)
    else:
        day = today
    return _dated(match, day, day, relative=True)


def _whole_year(match: re.Match[str], today: date, known: Years, before: Dated | None) -> Dated:
    year = int(match["y10"])
    return _dated(match, date(year, 1, 1), date(year, 12, 31), "year", future=year > today.year)


RESOLVERS = {
    "iso": _iso, "span": _span, "from": _span, "days": _days, "yad": _days, "day": _day, "dmy": _day, "month": _whole_month,
    "ordinal": _ordinal, "week": _week, "ago": _ago, "near": _near, "year": _whole_year,
}  # fmt: skip
