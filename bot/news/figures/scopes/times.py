"""The times that a sentence names, each found once: days, spans, months, and what points back to another time."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bot.news.figures.scopes.dates import (
    EDGES,
    end_of,
    is_date,
    is_day_number,
    is_long_range,
    is_month,
    is_past,
    is_perfect,
    is_record,
    is_said_at,
    is_year,
    last_of,
    was_said,
    words_of,
)
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.units import BE, DASHES, is_verb, looks_finite, number_of
from bot.news.figures.sentence.weekdays import DAYS, WEEKDAYS
from bot.news.model import Scope
from bot.news.text.words import DAY_NAMES

# A day is when one thing happened; a span is all that a count covers; a month is either, what is counted tells;
# "so far" runs on where a count does already; "over the same period" covers what was counted before.
# A sum is the span of a total alone: "taking the total over two days to 41".
Kind = Literal["day", "span", "month", "so far", "same", "sum"]

RECENT = frozenset((*WEEKDAYS, "weekend", "week"))
OF_DAY = frozenset(("midnight", "dawn", "morning", "noon", "then"))
BESIDE_DAY = frozenset(("last", "the", "early", "late"))  # "since LAST Monday"
OPENS = frozenset(("between", "from", "of", "range"))  # words before a span of days
SPANS = frozenset(["in", "over", "during", "within", "past", "last", "the", "first", "these", "those"])
YEARS = frozenset(
    ["in", "during", "throughout", "over", "for", "of", "year"]
)  # words before a year that is counted
WHOLE = frozenset(("all", "whole", "entirety", "course"))  # "in the WHOLE of 2025"
WITHIN = frozenset(("in", "during", "throughout", "for", "all", "early", "late"))
ENDS_OF = frozenset(
    ("by", "until", "till", "after", "before", "since", "to", "as of")
)  # words before an end of a time
RUNNING = frozenset(("this month",))
LASTING = frozenset(
    ("for", "lasted", "lasting", "lasts", "after", "took")
)  # "for over two weeks" is more than that
SHORT = frozenset(["night", "nights", "hour", "hours", "minute", "minutes"])  # how long one fight may take
SUMS = frozenset(("total", "toll", "number", "count", "tally"))
SUMMED = 6  # units between a sum and the days that it sums up
PERIODS = frozenset(("year", "this year", "month", "quarter", "season"))
TIMED = frozenset(
    (
        "kind.month",
        "scope.cumulative",
        "scope.period",
        "scope.month",
        "scope.same",
        "scope.until_now",
        "scope.war",
    )
)
NUMBERS = ("number.date", "number.duration")
NAMED = TIMED.union(
    DAYS, NUMBERS, ("since", "single")
)  # without any of these, "from" and "of" open no span of days
UP_TO = frozenset(
    ("up to", "by")
)  # "UP TO March 6", "had been killed BY March 5": what was counted until then
CUES = NAMED | OPENS | UP_TO


class Time(NamedTuple):
    """A time in a sentence, and what a figure covers that it speaks of."""

    at: int
    kind: Kind
    scope: Scope = "incident"
    words: str | None = None


def times_of(sentence: Sentence) -> list[Time]:
    """Every time of a sentence, in order; the days within a span are part of it."""
    times: list[Time] = []
    if sentence.said.isdisjoint(NAMED):
        return times
    units, done = sentence.units, -1
    cues = [k for k, u in enumerate(units) if u.low in CUES or u.quantity or not u.tags.isdisjoint(TIMED)]
    for at in cues:
        unit = units[at]
        listed = not unit.tags.isdisjoint(TIMED)
        if at <= done or not (listed or unit.low in CUES or _counts_time(sentence, at)):
            continue
        if unit.low == "since":
            time = _since(sentence, at)
        else:
            time = (_listed(sentence, at) if listed else None) or _told(sentence, at)
        if time:
            times.append(time)
            done = end_of(sentence, at) if time.kind in ("span", "month") else at
    return times


def _counts_time(sentence: Sentence, at: int) -> bool:
    return number_of(sentence.units[at]).kind in ("date", "duration") or sentence.low(at - 1) == "."


def _listed(sentence: Sentence, at: int) -> Time | None:
    """A time that stands in a list: "this year", "so far", "over the same period", "last week"."""
    unit = sentence.units[at]
    noun = at + 1 + (sentence.low(at + 1) == "'s")
    if (
        unit.has("scope.month")
        and "week" not in unit.low
        and sentence.has(noun, "structure.fighting", "scope.counts")
    ):
        return Time(at, "span", "period", words_of(sentence, at, noun))  # "the spring fighting"
    if noun > at + 1:
        return None  # "this week's attack"
    if unit.has("scope.same"):
        return Time(at, "same", "period", unit.low)
    if unit.has("scope.war"):
        return Time(at, "span", "cumulative", f"in the {unit.low}") if is_past(sentence) else None
    if unit.has("scope.until_now"):
        return Time(at, "so far", "cumulative", unit.low)
    dated = any(is_date(sentence, k) for k in (at - 1, at - 2)) or (
        sentence.low(at + 1) == "," and sentence.low(at + 2) == "on"
    )
    if dated or is_record(sentence, at):
        return None  # "on December 24 last year", "last year, on June 9"
    if unit.has("scope.month"):
        if unit.low in RUNNING and is_perfect(sentence) and sentence.bound and min(sentence.bound) < at:
            return Time(at, "span", "cumulative", unit.low)  # "90 HAVE been killed THIS MONTH"
        return None if is_said_at(sentence, at) else Time(at, "month", "period", unit.low)
    if unit.has("scope.period"):
        said = sentence.has(at - 1, "say.verbs") and sentence.low(at - 2) not in BE
        return None if said else Time(at, "span", "period", unit.low)
    return Time(at, "span", "cumulative", unit.low) if unit.has("scope.cumulative") else None


def _told(sentence: Sentence, at: int) -> Time | None:
    unit = sentence.units[at]
    if unit.low in DAYS:
        return _day(sentence, at)
    if unit.low in UP_TO:
        named = is_date(sentence, at + 1) and (unit.low == "up to" or is_perfect(sentence))
        last = end_of(sentence, at + 1)
        return Time(at, "span", "period", words_of(sentence, at, last)) if named else None
    if unit.low in OPENS and not unit.quantity:
        return _between(sentence, at)
    return _between(sentence, at) or _span(sentence, at) or _month(sentence, at) or _day(sentence, at)


def _since(sentence: Sentence, at: int) -> Time | None:
    """ "since January" runs on, "since Sunday" is closed; "since dawn" is the day's news; a record is neither."""
    follows = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    ends = follows is None or not (follows.word or follows.quantity)
    if is_record(sentence, at) or _binds_closure(sentence, at):
        return None
    if follows is None or ends:  # "have been killed SINCE;"
        return Time(at, "span", "cumulative", "since") if is_perfect(sentence) else None
    named = follows.low.endswith("ing") or is_month(sentence, at + 1)  # "since TAKING power", "since May"
    if not named and (is_verb(follows) or looks_finite(follows) or follows.has("structure.rise")):
        return None  # "has since climbed to 31"
    day = at + 1 + (follows.low in BESIDE_DAY)
    if follows.low == "then":
        return Time(at, "span", "cumulative", "since then") if is_perfect(sentence) else None
    if sentence.low(day) in OF_DAY or sentence.low(day + 1) == "'s":
        return None  # "since dawn", "since Saturday's clash"
    scope: Scope = "period" if sentence.low(day) in RECENT else "cumulative"
    return Time(at, "span", scope, words_of(sentence, at, last_of(sentence, at)))


def _binds_closure(sentence: Sentence, at: int) -> bool:
    """ "closed SINCE December", "shut to trade SINCE then": the gate, not the count."""
    return any(sentence.has(k, "kind.closure") for k in range(max(0, at - 3), at))


def _between(sentence: Sentence, at: int) -> Time | None:
    """ "from July 1 to 9", "between 4 and 17 October", "July to September": never one night."""
    unit = sentence.units[at]
    months = is_month(sentence, at) and (
        sentence.low(at + 1) in ("to", "and", "until", *DASHES) and is_month(sentence, at + 2)
    )
    if unit.low not in OPENS and not months:
        return None
    if any(sentence.low(k).startswith("night") for k in range(max(0, at - 2), at)):
        return None  # "in the night of January 9-10"
    if months:
        return Time(at, "span", "period", words_of(sentence, at, end_of(sentence, at)))
    first = at + 1
    while sentence.low(first) in EDGES:
        first += 1
    days = is_date(sentence, first) or _are_apart(sentence.low(first), sentence.low(first + 2))
    opens = unit.low in ("between", "from") and days
    opens = opens or (
        unit.low == "of"
        and is_date(sentence, at + 1)
        and any(is_long_range(sentence, k) for k in (at + 1, at + 2))
    )
    range_of_days = (
        is_long_range(sentence, at)
        and is_date(sentence, at)
        and sentence.low(at - 1) not in ("on", "of")
        and not is_month(sentence, at - 1)
    )
    found = opens or range_of_days
    return Time(at, "span", "period", words_of(sentence, at, end_of(sentence, at))) if found else None


def _are_apart(first: str, last: str) -> bool:
    """ "between Monday and Thursday"; Monday and Tuesday share a night."""
    if first not in DAY_NAMES or last not in DAY_NAMES:
        return False
    return (DAY_NAMES.index(last) - DAY_NAMES.index(first)) % len(DAY_NAMES) > 1


def _span(sentence: Sentence, at: int) -> Time | None:
    """ "over five months", "two weeks of air raids", "in 2025", "in all of 2025"."""
    quantity = sentence.units[at].quantity
    if quantity is None or quantity.kind not in ("duration", "date"):
        return None
    before = sentence.low(at - 1)
    if quantity.kind == "date":
        year = quantity.high is not None and quantity.high >= 1_900
        counted = before in YEARS and (before != "of" or sentence.low(at - 2) in WHOLE)
        told = year and counted and not is_record(sentence, at - 1)
        return Time(at, "span", "period", words_of(sentence, at - 1, at)) if told else None
    if sentence.has(at, "kind.truce") or is_record(sentence, at - 1):
        return None
    if _sums_up(sentence, at):
        return Time(at, "sum", "period", words_of(sentence, at - (before in SPANS), at + 1))
    if any(sentence.low(k) in SHORT for k in (at + 1, at + 2)):
        return None
    fought = sentence.low(at + 2) == "of" and any(
        sentence.has(k, "structure.violence", "structure.strike", "structure.fighting")
        for k in range(at + 3, at + 6)
    )
    fought = fought or _is_of_time(sentence, at)
    over = (
        quantity.qualifier == "over" and before not in LASTING and not sentence.low(at + 1).startswith("day")
    )
    if not (fought or over or before in SPANS):
        return None
    return Time(at, "span", "period", words_of(sentence, at - 1, at + 1))


def _sums_up(sentence: Sentence, at: int) -> bool:
    """ "taking THE TOTAL over two days to 41", "brings to 23 THE NUMBER killed in two nights"."""
    many = (number_of(sentence.units[at]).high or 0) > 1
    return many and any(sentence.low(k).rpartition(" ")[2] in SUMS for k in range(at - SUMMED, at))


def _is_of_time(sentence: Sentence, at: int) -> bool:
    """ "for the three months OF THE YEAR", "the last ten days OF MAY": a part of it."""
    if sentence.low(at + 2) != "of":
        return False
    return is_month(sentence, at + 3) or sentence.low(at + 3 + (sentence.low(at + 3) == "the")) in PERIODS


def _month(sentence: Sentence, at: int) -> Time | None:
    """ "in November" closes a count or dates an attack; "December brought 288 deaths" does the first."""
    if not is_month(sentence, at) or is_day_number(sentence, at - 1) or is_day_number(sentence, at + 1):
        return None
    noun = at + 1 + (sentence.low(at + 1) == "'s")
    if sentence.has(noun, "structure.fighting", "scope.counts"):
        return Time(
            at, "span", "period", words_of(sentence, at, noun)
        )  # "October's fighting", "the July arrivals"
    end = end_of(sentence, at)
    words = words_of(sentence, at, end)
    if sentence.low(at - 1) == "of" and sentence.has(at - 2, "structure.fighting"):
        return Time(at, "span", "period", words)  # "the clashes of October 2025"
    whole = sentence.low(at - 1) == "of" and sentence.low(at - 2) in WHOLE
    if (
        whole
        or sentence.low(at + 1) == "alone"
        or (sentence.low(end + 1), sentence.low(end + 2)) == ("that", "year")
    ):
        return Time(at, "span", "period", f"in {words}")  # "in the whole of March", "in March alone"
    within = sentence.low(at - 1).rpartition(" ")[2] in WITHIN
    if within and (sentence.low(at - 1) == "for" or not is_said_at(sentence, at)):
        return Time(at, "month", "period", f"in {words}")
    if is_recalled(sentence, at):
        return Time(at, "month", "period", sentence.low(at))
    brings = at == 0 and sentence.low(1) not in (",", "'s") and not sentence.has_capital(1)
    return Time(at, "span", "period", words_of(sentence, at, at)) if brings else None


def is_recalled(sentence: Sentence, at: int) -> bool:
    """ "compared with August, WHEN 111 attacks were recorded": of what follows."""
    return sentence.low(at + 1) == "," and sentence.low(at + 2) == "when"


def _day(sentence: Sentence, at: int) -> Time | None:
    """ "on Tuesday", "on 16 March", "in a single strike": when one thing happened."""
    unit = sentence.units[at]
    named = unit.low in DAYS or (is_date(sentence, at) and not is_year(unit))
    single = unit.low == "single" and sentence.low(at - 1) == "a"
    if not (single or named) or (named and (was_said(sentence, at) or _is_bound(sentence, at))):
        return None
    return Time(at, "day")


def _is_bound(sentence: Sentence, at: int) -> bool:
    """ "by Sunday", "after October 10": the end of a time, not when it was; "Saturday's clash" names it."""
    back = at - 1
    while sentence.low(back) in BESIDE_DAY or (back >= at - 3 and is_date(sentence, back)):
        back -= 1
    return sentence.low(back) in ENDS_OF
