"""The times that a sentence names, each found once: days, spans, months, and what points back to another time."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.units import DASHES, PREPOSITIONS, PRONOUNS, Unit, is_verb, looks_finite
from bot.news.figures.sentence.weekdays import DAYS, WEEK, WEEKDAYS
from bot.news.model import Scope

# A day is when one thing happened; a span is all that a count covers; a month is either, what is counted tells;
# "so far" runs on where a count does already; "over the same period" covers what was counted before.
Kind = Literal["day", "span", "month", "so far", "same"]

ORDINALS = frozenset(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))
RECENT = frozenset((*WEEKDAYS, "weekend", "week"))
OF_DAY = frozenset(("midnight", "dawn", "morning", "noon", "then"))
BESIDE_DAY = frozenset(("last", "the", "early", "late"))  # "since LAST Monday"
OPENS = frozenset(("between", "from", "of", "range"))  # words before a span of days
EDGES = frozenset(("the", "early", "mid", "late", "end", "start", "beginning", "of", *DASHES))
JOINS = EDGES | {"and", "to", "until", ",", "year"}  # within a span of days
SPANS = frozenset(["in", "over", "during", "within", "past", "last", "the", "first", "these", "those"])
YEARS = frozenset(
    ["in", "during", "throughout", "over", "for", "of", "year"]
)  # words before a year that is counted
WITHIN = frozenset(("in", "during", "throughout", "for", "all", "early", "late"))
ENDS_OF = frozenset(
    ("by", "until", "till", "after", "before", "since", "to")
)  # words before an end of a time
PERFECT = frozenset(("has", "have"))
LASTING = frozenset(
    ("for", "lasted", "lasting", "lasts", "after", "took")
)  # "for over two weeks" is more than that
SHORT = frozenset(["night", "nights", "hour", "hours", "minute", "minutes"])  # how long one fight may take
SUPERLATIVES = frozenset(("first", "worst", "most", "least"))
TIMED = frozenset(
    ("kind.month", "scope.cumulative", "scope.period", "scope.month", "scope.same", "scope.until_now")
)
CUES = frozenset((*WEEKDAYS, *OPENS, "since", "today", "overnight", "tonight", "single"))
BEYOND = (PREPOSITIONS - {"of"}) | PRONOUNS | {"and", "while"}  # words that no name of a time goes on with
WORDS = 5  # units that the words of a period may take
RECORD = 9  # units between a superlative and the time in which nothing was like it
NEAR = 4  # units between an act of saying and the time it was said at


class Time(NamedTuple):
    """A time in a sentence, and what a figure covers that it speaks of."""

    at: int
    kind: Kind
    scope: Scope = "incident"
    words: str | None = None


def times_of(sentence: Sentence) -> list[Time]:
    """Every time of a sentence, in order; the days within a span are part of it."""
    times: list[Time] = []
    done = -1
    for at, unit in enumerate(sentence.units):
        if at <= done or not (unit.low in CUES or _counts_time(sentence, at) or _is_listed(unit)):
            continue
        time = _since(sentence, at) if unit.low == "since" else _listed(sentence, at) or _told(sentence, at)
        if time:
            times.append(time)
            done = _end(sentence, at) if time.kind in ("span", "month") else at
    return times


def _is_listed(unit: Unit) -> bool:
    return bool(unit.tags) and not unit.tags.isdisjoint(TIMED)


def _counts_time(sentence: Sentence, at: int) -> bool:
    quantity = sentence.units[at].quantity
    return quantity is not None and (quantity.kind in ("date", "duration") or sentence.low(at - 1) == ".")


def _listed(sentence: Sentence, at: int) -> Time | None:
    """Times that stand in a list: "this year", "so far", "over the same period", "last week"."""
    unit = sentence.units[at]
    if not _is_listed(unit) or sentence.low(at + 1) == "'s":
        return None  # "this week's attack"
    if unit.has("scope.same"):
        return Time(at, "same", "period", unit.low)
    if unit.has("scope.until_now"):
        return Time(at, "so far", "cumulative", unit.low)
    dated = any(is_date(sentence, k) for k in (at - 1, at - 2)) or (
        sentence.low(at + 1) == "," and sentence.low(at + 2) == "on"
    )
    if dated or _is_record(sentence, at):
        return None  # "on December 24 last year", "last year, on June 9"
    if unit.has("scope.month"):
        if sentence.has(at + 1, "structure.fighting"):
            return Time(at, "span", "period", _words(sentence, at, at + 1))  # "the spring fighting"
        return None if _is_said_at(sentence, at) else Time(at, "month", "period", unit.low)
    if unit.has("scope.period"):
        said = sentence.has(at - 1, "say.verbs")
        return None if said else Time(at, "span", "period", unit.low)
    return Time(at, "span", "cumulative", unit.low) if unit.has("scope.cumulative") else None


def _told(sentence: Sentence, at: int) -> Time | None:
    return _between(sentence, at) or _span(sentence, at) or _month(sentence, at) or _day(sentence, at)


def _since(sentence: Sentence, at: int) -> Time | None:
    """ "since January" runs on, "since Sunday" is closed; "since dawn" is the day's news; a record is neither."""
    follows = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    ends = follows is None or not (follows.word or follows.quantity)
    if _is_record(sentence, at) or _binds_closure(sentence, at):
        return None
    if follows is None or ends:  # "have been killed SINCE;"
        return Time(at, "span", "cumulative", "since") if is_perfect(sentence) else None
    taking = follows.low.endswith("ing")  # "since TAKING power"
    if not taking and (is_verb(follows) or looks_finite(follows) or follows.has("structure.rise")):
        return None  # "has since climbed to 31"
    day = at + 1 + (follows.low in BESIDE_DAY)
    if follows.low == "then":
        return Time(at, "span", "cumulative", "since then") if is_perfect(sentence) else None
    if sentence.low(day) in OF_DAY or sentence.low(day + 1) == "'s":
        return None  # "since dawn", "since Saturday's clash"
    scope: Scope = "period" if sentence.low(day) in RECENT else "cumulative"
    return Time(at, "span", scope, _words(sentence, at, _last_of(sentence, at)))


def _binds_closure(sentence: Sentence, at: int) -> bool:
    """ "closed SINCE December", "shut to trade SINCE then": the gate, not the count."""
    return any(sentence.has(k, "kind.closure") for k in range(max(0, at - 3), at))


def _between(sentence: Sentence, at: int) -> Time | None:
    """ "from July 1 to 9", "between 4 and 17 October", "July to September": never one night."""
    unit = sentence.units[at]
    months = _is_month(sentence, at) and (
        sentence.low(at + 1) in ("to", "and", "until", *DASHES) and _is_month(sentence, at + 2)
    )
    if unit.low not in OPENS and not months:
        return None
    if any(sentence.low(k).startswith("night") for k in range(max(0, at - 2), at)):
        return None  # "in the night of January 9-10"
    if months:
        return Time(at, "span", "period", _words(sentence, at, _end(sentence, at)))
    first = at + 1
    while sentence.low(first) in EDGES:
        first += 1
    days = is_date(sentence, first) or _are_apart(sentence.low(first), sentence.low(first + 2))
    opens = unit.low in ("between", "from") and days
    opens = opens or (
        unit.low == "of"
        and is_date(sentence, at + 1)
        and any(_is_long_range(sentence, k) for k in (at + 1, at + 2))
    )
    range_of_days = (
        _is_long_range(sentence, at)
        and is_date(sentence, at)
        and sentence.low(at - 1) not in ("on", "of")
        and not _is_month(sentence, at - 1)
    )
    found = opens or range_of_days
    return Time(at, "span", "period", _words(sentence, at, _end(sentence, at))) if found else None


def _are_apart(first: str, last: str) -> bool:
    """ "between Monday and Thursday"; Monday and Tuesday share a night."""
    if first not in WEEK or last not in WEEK:
        return False
    return (WEEK.index(last) - WEEK.index(first)) % len(WEEK) > 1


def _span(sentence: Sentence, at: int) -> Time | None:
    """ "over five months", "two weeks of air raids", "in 2025", "in all of 2025"."""
    quantity = sentence.units[at].quantity
    if quantity is None or quantity.kind not in ("duration", "date") or _is_record(sentence, at - 1):
        return None
    before = sentence.low(at - 1)
    if quantity.kind == "date":
        year = quantity.high is not None and quantity.high >= 1_900
        counted = before in YEARS and (before != "of" or sentence.low(at - 2) == "all")
        return Time(at, "span", "period", _words(sentence, at - 1, at)) if year and counted else None
    if any(sentence.low(k) in SHORT for k in (at + 1, at + 2)) or sentence.has(at, "kind.truce"):
        return None
    fought = sentence.low(at + 2) == "of" and any(
        sentence.has(k, "structure.violence", "structure.strike", "structure.fighting")
        for k in range(at + 3, at + 6)
    )
    over = (
        quantity.qualifier == "over" and before not in LASTING and not sentence.low(at + 1).startswith("day")
    )
    if not fought and (not (over or before in SPANS) or _lasts(sentence, at)):
        return None
    return Time(at, "span", "period", _words(sentence, at - 1, at + 1))


def _lasts(sentence: Sentence, at: int) -> bool:
    """ "in three days OF TALKS" is how long those took; "in the first 12 days OF MAY" is a span; orders are for later."""
    if sentence.low(at + 2) == "of":
        return any(sentence.has(k, "kind.session", "kind.closure") for k in range(at + 3, at + 6))
    return sentence.low(at - 1) == "within" and "kind.orders" in sentence.said


def _month(sentence: Sentence, at: int) -> Time | None:
    """ "in November" closes a count or dates an attack; "December brought 288 deaths" does the first."""
    if not _is_month(sentence, at) or _is_day_number(sentence, at - 1) or _is_day_number(sentence, at + 1):
        return None
    if sentence.has(at + 1, "structure.fighting"):
        return Time(at, "span", "period", _words(sentence, at, at + 1))  # "the January fighting"
    if sentence.low(at - 1) == "of" and sentence.has(at - 2, "structure.fighting"):
        return Time(
            at, "span", "period", _words(sentence, at, _end(sentence, at))
        )  # "the clashes of October 2025"
    alone = sentence.low(at + 1) == "alone"
    if sentence.low(at - 1).rpartition(" ")[2] in WITHIN and (alone or not _is_said_at(sentence, at)):
        return Time(
            at, "span" if alone else "month", "period", f"in {_words(sentence, at, _end(sentence, at))}"
        )
    brings = at == 0 and sentence.low(1) not in (",", "'s") and not sentence.has_capital(1)
    return Time(at, "span", "period", _words(sentence, at, at)) if brings else None


def _day(sentence: Sentence, at: int) -> Time | None:
    """ "on Tuesday", "on 16 March", "in a single strike": when one thing happened."""
    unit = sentence.units[at]
    named = unit.low in DAYS or (is_date(sentence, at) and not _is_year(unit))
    single = unit.low == "single" and sentence.low(at - 1) == "a"
    if not (single or named) or (named and (_was_said(sentence, at) or _is_bound(sentence, at))):
        return None
    return Time(at, "day")


def _is_bound(sentence: Sentence, at: int) -> bool:
    """ "by Sunday", "after October 10": the end of a time, not when it was; "Saturday's clash" names it."""
    back = at - 1
    while sentence.low(back) in BESIDE_DAY or (back >= at - 3 and is_date(sentence, back)):
        back -= 1
    return sentence.low(back) in ENDS_OF


# --------------------------------------------------------------------------- parts of a time


def is_date(sentence: Sentence, at: int) -> bool:
    if not 0 <= at < len(sentence.units):
        return False
    quantity = sentence.units[at].quantity
    if quantity is None:
        return _is_month(sentence, at)
    return quantity.kind == "date" or (
        sentence.low(at - 1) == "." and _is_month(sentence, at - 2)
    )  # "Nov. 24"


def _is_long_range(sentence: Sentence, at: int) -> bool:
    """ "10 to 17 October": "October 11-12" is one night."""
    quantity = sentence.units[at].quantity if at < len(sentence.units) else None
    if sentence.low(at) != "range" or quantity is None or quantity.low is None or quantity.high is None:
        return False
    return quantity.high - quantity.low > 1


def _is_month(sentence: Sentence, at: int) -> bool:
    """A month is written with a capital: "may" is none."""
    return sentence.has(at, "kind.month") and sentence.units[at].capital


def _is_year(unit: Unit) -> bool:
    quantity = unit.quantity
    return bool(quantity and quantity.high is not None and quantity.high >= 1_900)


def _is_day_number(sentence: Sentence, at: int) -> bool:
    return (
        0 <= at < len(sentence.units)
        and bool(sentence.units[at].quantity)
        and is_date(sentence, at)
        and not _is_year(sentence.units[at])
    )


def _is_record(sentence: Sentence, at: int) -> bool:
    """ "the WORST since spring", "the DEADLIEST attack on the city in years"."""
    for k in range(at - 1, max(-1, at - RECORD - 1), -1):
        low = sentence.low(k).rpartition(" ")[2]
        if low in (",", ";", ":"):
            return False
        if low in SUPERLATIVES or low in ORDINALS or (low.endswith("est") and len(low) > 5):
            return True
    return False


def _was_said(sentence: Sentence, at: int) -> bool:
    """ "SAID on Thursday": the day on which somebody spoke is not when it happened."""
    return any(sentence.has(k, "say.verbs") for k in range(max(0, at - NEAR), at))


def _is_said_at(sentence: Sentence, at: int) -> bool:
    """ "SAID last week that …", "in a REPORT last week", "last month the UN REPORTED": when it was told."""
    if any(sentence.has(k, "say.verbs", "scope.told_in", "scope.report") for k in range(max(0, at - 2), at)):
        return True
    if sentence.bound and min(sentence.bound) < at:
        return False  # "61,500 return in June, UNHCR says"
    for k in range(at + 1, at + NEAR + 1):
        if sentence.low(k) in ("and", ",") or sentence.has(k, "say.verbs", "structure.puts"):
            return sentence.low(k) not in ("and", ",")
    return False


def is_perfect(sentence: Sentence) -> bool:
    """ "HAVE died", "HAS lost": what runs on until now."""
    return any(unit.low.partition(" ")[0] in PERFECT for unit in sentence.units)


def _end(sentence: Sentence, at: int) -> int:
    """The last unit of a time: "between 1 April and 30 June 2026"."""
    last = at
    for k in range(at + 1, min(at + 9, len(sentence.units))):
        if is_date(sentence, k):
            last = k
        elif sentence.low(k) not in JOINS:
            break
    return last


def _words(sentence: Sentence, first: int, last: int) -> str:
    """The words of a time, without what closes it: "between 4-17 october"."""
    units = sentence.units[max(0, first) : last + 1]
    return " ".join(_written(u) for u in units if u.word or u.quantity).strip()


def _written(unit: Unit) -> str:
    quantity = unit.quantity
    if unit.low == "range" and quantity and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:g}-{quantity.high:g}"
    return unit.low


def _last_of(sentence: Sentence, at: int) -> int:
    """The last word of what a "since" names: "since the truce of October 19 | killed 12"."""
    if is_date(sentence, at + 1):
        return _end(sentence, at)
    for k in range(at + 2, at + WORDS + 1):
        unit = sentence.units[k] if k < len(sentence.units) else None
        if unit is None or not (unit.word or unit.quantity) or unit.low in BEYOND:
            return k - 1
        if is_verb(unit) or looks_finite(unit):
            return k - 1
    return at + WORDS
