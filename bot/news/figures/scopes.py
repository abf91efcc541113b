"""What a figure covers: one incident, a closed period, a running total, or a stock at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.news.figures.clause import MOVES, Bound, Sentence
from bot.news.figures.units import Unit, is_verb, looks_finite, verb_forms
from bot.news.model import Figure, Scope
from bot.news.text import word_set

Covered = tuple[Scope, str | None]  # the scope, and the words that say so for periods and totals

OPENS = frozenset(("between", "from", "of", "range"))  # words before a span of days
STOCKS = frozenset(("camps", "trucks"))
REMAIN = word_set("remain remains remained remaining still yet")
HELD_UP = frozenset(("stuck", "stranded", "trapped", "marooned", "without income", "out of work", "jobless"))
RATES = ("day", "daily", "week", "weekly", "month", "monthly")  # how "a day", "per month" end
PERFECT = frozenset(("has", "have"))
YEARLY = ("year", "yearly", "annually")
ONCE = 5  # units between a price and the word for it
DAILY = frozenset((*MOVES, "other"))  # "1,800 a day" is how it stands
BY_MONTH = frozenset((*MOVES, "attacks", "strikes", "captured"))
SPANS = frozenset(["in", "over", "during", "within", "past", "last", "the", "first", "these"])
WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday"]
)
DAYS = frozenset((*WEEKDAYS, "today", "overnight", "tonight", "kind.month"))
OF_DAY = frozenset((*WEEKDAYS, "midnight", "dawn", "morning", "noon", "last", "then"))
SUPERLATIVES = frozenset(("first", "worst", "most", "least"))
WITHIN = frozenset(("in", "during"))
OPENING = OPENS | WITHIN
COVERING = frozenset(("scope.cumulative", "scope.period"))
LEAD = 6  # units at the start of a sentence that speak for all of it: "Since 2022, …"
WORDS = 5  # units that the words of a period may take
RECORD = 5  # units between a superlative and the time in which nothing was like it
NEAR = 4  # units between an act of saying and the day it was said on


def scope_of(sentence: Sentence, bound: Bound) -> Covered | None:
    """What the sentence says the figure covers; None where it says nothing."""
    sure = _by_measure(sentence, bound)
    if sure:
        return sure
    if bound.rule == "total":
        return "cumulative", _words(sentence, bound.verb, bound.phrase.at)
    window = _window(sentence, bound)
    starts = window if "since" in sentence.said else ()
    since = (found for at in starts if sentence.low(at) == "since" and (found := _since(sentence, at)))
    may = (at for at in window if _may_say(sentence.units[at]))
    said = (found for at in may if (found := _said(sentence, at, bound)))
    return next(since, None) or next(said, None)


def _by_measure(sentence: Sentence, bound: Bound) -> Covered | None:
    """Camps, waiting lorries, refugees hosted, money and durations: by what they are."""
    if bound.rule in ("strength", "hosted") or _is_state(sentence, bound):
        return "state", None
    if bound.measure == "money":
        return _of_money(sentence, bound), None
    if bound.measure == "duration":
        if sentence.has(bound.phrase.last - 1, "kind.session"):
            return "incident", None
        closed = not sentence.said.isdisjoint(("kind.closure", "kind.reopen"))
        return ("period" if closed and "kind.truce" not in sentence.said else "incident"), None
    return None


def _is_state(sentence: Sentence, bound: Bound) -> bool:
    """How it stands: prisoners, waiting lorries, the "still displaced", "1,800 a day"."""
    if bound.measure == "captured":
        return bound.rule == "state"
    if bound.measure == "other" and bound.verb >= 0 and sentence.low(bound.verb) in HELD_UP:
        return True
    if bound.measure in STOCKS:
        return not _moves(sentence, bound)
    if bound.measure == "displaced":
        near = range(bound.phrase.at - 2, max(bound.phrase.tail, bound.verb) + 3)
        return any(sentence.low(k) in REMAIN for k in near)
    daily = bound.measure in DAILY and "scope.daily" in sentence.said
    near = range(bound.phrase.at, bound.phrase.tail + 4)
    return daily and any(sentence.has(k, "scope.daily") and sentence.low(k).endswith(RATES) for k in near)


def _of_money(sentence: Sentence, bound: Bound) -> Scope:
    """Losses and trade run over a time, so much a day or an appeal stands, and a fine or a price is paid once."""
    near = range(bound.phrase.at - ONCE, bound.phrase.at + ONCE)
    if any(sentence.has(k, "kind.paid_once") for k in near) or sentence.has(
        bound.phrase.at - 1, "kind.costs"
    ):
        return "incident"
    if any(sentence.has(k, "kind.asked") for k in near):
        return "state"
    rates = ("scope.daily" in sentence.said) and [u.low for u in sentence.units if u.has("scope.daily")]
    return "state" if rates and not all(rate.endswith(YEARLY) for rate in rates) else "period"


def _moves(sentence: Sentence, bound: Bound) -> bool:
    """Lorries that pass or camps that are hit: something that happens."""
    if bound.rule == "queue":
        return False
    if bound.verb < 0:
        window = _window(sentence, bound) if "structure.flow" in sentence.said else ()
        return any(sentence.has(k, "structure.flow") for k in window)
    return "hit" in verb_forms(sentence.units[bound.verb]) or sentence.has(bound.verb, "structure.flow")


def _window(sentence: Sentence, bound: Bound) -> list[int]:
    """The units that speak of this number: up to its neighbours, and the sentence's opening words."""
    at = bound.phrase.at
    numbers = sorted(sentence.bound)
    before = max((sentence.bound[n].phrase.last for n in numbers if n < at), default=0)
    later = [n for n in numbers if n > at]
    after = min(later, default=len(sentence.units))
    totals = [n for n in later if sentence.bound[n].rule == "total"]
    if totals:  # "…, and since January the total is 210,000": from its comma on, of the total
        after = max((k for k in range(at, totals[0]) if sentence.low(k) == ","), default=after)
        later = [n for n in later if n < after]
    for k, n in enumerate(later):  # "42 killed and 104 injured from February 26 to March 2"
        same = sentence.bound[n].verb == bound.verb >= 0
        part = sentence.bound[n].phrase.subset
        if not (same or part) and sentence.low(n - 1) not in ("and", ",", "("):
            break
        after = later[k + 1] if k + 1 < len(later) else after if totals else len(sentence.units)
    near = [k for k in range(before, after) if k < len(sentence.units)]
    stop = next((k for k in range(at, after) if sentence.low(k) in (";", "when", "after")), after)
    return [k for k in near if k < stop] + [k for k in range(min(LEAD, before)) if k not in near]


def _may_say(unit: Unit) -> bool:
    """Whether a word can begin what `_said` looks for: most cannot."""
    return unit.low in OPENING or unit.quantity is not None or not unit.tags.isdisjoint(COVERING)


def _said(sentence: Sentence, at: int, bound: Bound) -> Covered | None:
    unit = sentence.units[at]
    if unit.has("scope.cumulative") and not any(sentence.has(k, "say.verbs") for k in (at - 1, at + 1)):
        return "cumulative", unit.low
    if sentence.low(at + 1) == "'s":
        return None  # "this week's attack"
    dates = (at - 1, at - 2)  # "on December 24 last year"
    if unit.has("scope.period") and not (
        sentence.has(at - 1, "say.verbs") or any(_is_date(sentence, k) for k in dates)
    ):
        return "period", unit.low
    if unit.low in WITHIN and sentence.has(at + 1, "kind.month"):
        if sentence.low(at + 2) == "alone":
            return "period", _words(sentence, at, at + 1)
        return ("period", _words(sentence, at, at + 1)) if _by_the_month(sentence, bound) else None
    return _between(sentence, at) or _span(sentence, at)


def _between(sentence: Sentence, at: int) -> Covered | None:
    """ "from July 1 to 9", "between 4 and 17 October", "the fighting of January 9-11": never one night."""
    unit = sentence.units[at]
    if unit.low not in OPENS:
        return None
    opens = unit.low in ("between", "from", "of") and _is_date(sentence, at + 1)
    opens = opens or (
        unit.low in ("between", "from") and any(_is_date(sentence, k) for k in range(at + 2, at + 5))
    )
    of_days = unit.low != "of" or any(sentence.low(k) == "range" for k in (at + 1, at + 2))
    range_of_days = (
        unit.low == "range" and _is_date(sentence, at) and sentence.low(at - 1) not in ("on", "of")
    )
    range_of_days = range_of_days and not sentence.has(at - 1, "kind.month")
    night = any(sentence.low(k).startswith("night") for k in range(max(0, at - 2), at))
    if night or not ((opens and of_days) or range_of_days):
        return None
    return "period", _words(sentence, at, at + 5)


def _since(sentence: Sentence, at: int) -> Covered | None:
    """ "since January" runs on; "since midnight" is the day's news; "the worst since spring" is neither."""
    follows = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
    if follows is None or not (follows.word or follows.quantity) or is_verb(follows):
        return None
    if looks_finite(follows) or follows.has("structure.rise"):
        return None  # "has since climbed to 31"
    if _is_record(sentence, at) or follows.low in OF_DAY:
        return None
    return "cumulative", _words(sentence, at, at + 1)


def _is_record(sentence: Sentence, at: int) -> bool:
    """ "the WORST since spring", "the DEADLIEST attack in years"."""
    before = [sentence.low(k).rpartition(" ")[2] for k in range(max(0, at - RECORD), at)]
    return any(low in SUPERLATIVES or (low.endswith("est") and len(low) > 5) for low in before)


def _span(sentence: Sentence, at: int) -> Covered | None:
    """ "over five months", "in the first nine months of the year", "in 2025"."""
    quantity = sentence.units[at].quantity
    if not quantity or sentence.low(at - 1) not in SPANS or _is_record(sentence, at - 1):
        return None
    if quantity.kind == "duration" and not sentence.has(at, "kind.truce"):
        lasts = sentence.low(at + 2) == "of" and not any("year" in sentence.low(k) for k in (at + 3, at + 4))
        return None if lasts else ("period", _words(sentence, at - 1, at + 1))
    year = quantity.kind == "date" and quantity.high is not None and quantity.high >= 1_900
    return ("period", _words(sentence, at - 1, at)) if year and sentence.low(at - 1) == "in" else None


def _by_the_month(sentence: Sentence, bound: Bound) -> bool:
    """Whether "in November" closes a count, and is not the date of one attack."""
    return bound.measure in BY_MONTH or "scope.aggregate" in sentence.said


def _is_date(sentence: Sentence, at: int) -> bool:
    if not 0 <= at < len(sentence.units):
        return False
    quantity = sentence.units[at].quantity
    return sentence.has(at, "kind.month") or (quantity is not None and quantity.kind == "date")


def _words(sentence: Sentence, first: int, last: int) -> str:
    return " ".join(u.low for u in sentence.units[max(0, first) : last + 1][: WORDS + 1])


# --------------------------------------------------------------------------- what an earlier figure says of a later one


@dataclass(slots=True)
class Frame:
    """The period of which a passage tells, and from where on."""

    start: int
    covered: Covered
    all_over: bool = False  # a report of a year or a month tells of it to its end


def frame_of(sentence: Sentence, start: int) -> Frame | None:
    """ "The fighting of January 9-11 was the bloodiest yet.": of what follows, though nothing is counted here."""
    if sentence.bound or OPENS.isdisjoint(sentence.said):
        return None
    found = (told for at in range(len(sentence.units)) if (told := _between(sentence, at)))
    told = next(found, None)
    return Frame(start, told) if told else None


def reported(sentence: Sentence, figures: Sequence[Figure], report: bool) -> Frame | None:
    """ "Our annual review records 1,204 attacks in 2026": the whole text is of that year."""
    told = next((f for f in figures if f.scope == "period" and _alike(f)), None)
    report = report or "scope.reporting" in sentence.said
    return Frame(told.start, ("period", told.period), all_over=True) if told and report else None


def carried(
    bound: Bound,
    sentence: Sentence,
    made: Sequence[Figure],
    earlier: Sequence[Figure],
    frames: Sequence[Frame],
    paragraph: int,
) -> Covered | None:
    """A part covers what its whole does, and a period holds on in its paragraph until another time is named."""
    harm = bound.measure not in (*STOCKS, "money", "duration", "other")
    if not harm:
        return None
    whole = _last(made, wholes=True)
    if made and (bound.phrase.subset or bound.rule in ("listed", "part")):
        return _of(whole)
    dated = is_dated(sentence)
    if bound.measure in MOVES and "returned" in sentence.themes and not dated:
        return _of_report((*earlier, *made))
    if bound.rule == "elliptic" or (bound.phrase.subset and not made and not dated):
        return _of(whole or _last(earlier, wholes=True))
    if dated:
        return None
    last = _last(earlier)
    last = last if last and last.start >= paragraph else None
    since = max(paragraph, last.start if last else 0)
    framed = next((f.covered for f in reversed(frames) if f.all_over or f.start >= since), None)
    if last and last.scope == "cumulative" and _goes_on(sentence):
        return _of(last)
    return _of(last, periods=True) or framed


def _goes_on(sentence: Sentence) -> bool:
    """ "They killed 203", "it has lost 611 men": a running total goes on where the verb is perfect or points back."""
    return sentence.low(0) in ("they", "these", "those") or not sentence.said.isdisjoint(PERFECT)


def _of_report(figures: Sequence[Figure]) -> Covered | None:
    """A report on returns tells of one week or month until it names another time."""
    moved = (f for f in reversed(figures) if f.measure in MOVES and f.scope == "period")
    last = next(moved, None)
    return ("period", last.period) if last else None


def _last(figures: Sequence[Figure], wholes: bool = False) -> Figure | None:
    """The last figure of people, or of attacks on them."""
    return next((f for f in reversed(figures) if _alike(f) and not (wholes and f.subset)), None)


def _alike(figure: Figure) -> bool:
    return figure.measure not in (*STOCKS, "money", "duration", "other")


def _of(figure: Figure | None, periods: bool = False) -> Covered | None:
    """What an earlier figure covers, where that is more than its day."""
    if figure is None or (periods and figure.scope != "period"):
        return None
    if periods and "week" in (figure.period or ""):
        return None  # of one event, as likely as not
    return (figure.scope, figure.period) if figure.scope in ("period", "cumulative") else None


def is_dated(sentence: Sentence) -> bool:
    """Whether a sentence says when: the day on which somebody spoke is not when it happened."""
    days = not sentence.said.isdisjoint(DAYS)
    for at, unit in enumerate(sentence.units):
        if not days and unit.quantity is None:
            continue
        if (unit.low in DAYS or _is_date(sentence, at)) and not any(
            sentence.has(k, "say.verbs") for k in range(max(0, at - NEAR), at)
        ):
            return True
    return False
