"""What a figure covers: one incident, a closed period, a running total, or a stock at a time."""

from __future__ import annotations

from bot.news.figures.clause import Bound, Sentence
from bot.news.model import Scope

STOCKS = frozenset(("camps", "trucks"))
MOVED = frozenset(("returned", "deported"))  # people who are counted by the month
SPANS = frozenset(["in", "over", "during", "within", "past", "last", "the", "first", "these"])
WEEKDAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday"]
)
LEAD = 6  # units at the start of a sentence that speak for all of it: "Since 2022, …"
WORDS = 5  # units that the words of a period may take


def scope_of(sentence: Sentence, bound: Bound) -> tuple[Scope, str | None]:
    """The scope, and the words that say so for periods and totals."""
    if bound.measure in STOCKS or bound.rule == "strength":
        return "state", None
    if bound.measure == "duration":
        closed = any(u.has("kind.closure") or u.low.startswith("reopen") for u in sentence.units) and not any(
            u.has("kind.truce") for u in sentence.units
        )
        return ("period" if closed else "incident"), None
    if bound.measure == "money":
        return ("state" if any(u.has("scope.daily") for u in sentence.units) else "period"), None
    if bound.rule == "total":
        return "cumulative", _words(sentence, bound.verb, bound.phrase.at)
    for at in _window(sentence, bound):
        found = _said(sentence, at)
        if found:
            return found
        if (
            bound.measure in MOVED
            and sentence.low(at) in ("in", "during")
            and sentence.has(at + 1, "kind.month")
        ):
            return "period", _words(sentence, at, at + 1)
    return "incident", None


def _window(sentence: Sentence, bound: Bound) -> list[int]:
    """The units that speak of this number: up to its neighbours, and the sentence's opening words."""
    at = bound.phrase.at
    numbers = sorted(sentence.bound)
    before = max((sentence.bound[n].phrase.last for n in numbers if n < at), default=0)
    after = min((n for n in numbers if n > at), default=len(sentence.units))
    same = [n for n in numbers if n > at and sentence.bound[n].verb == bound.verb and bound.verb >= 0]
    after = max([after, *(min((m for m in numbers if m > n), default=len(sentence.units)) for n in same)])
    near = [k for k in range(before, after) if k < len(sentence.units)]
    stop = next((k for k in range(at, after) if sentence.low(k) in (";", "when", "after")), after)
    return [k for k in near if k < stop] + [k for k in range(min(LEAD, before)) if k not in near]


def _said(sentence: Sentence, at: int) -> tuple[Scope, str | None] | None:
    unit = sentence.units[at]
    if unit.low == "since":
        follows = sentence.units[at + 1] if at + 1 < len(sentence.units) else None
        if follows is None or not (follows.word or follows.quantity):
            return None
        recent = follows.low in WEEKDAYS
        return ("period" if recent else "cumulative"), _words(sentence, at, at + 1)
    if unit.has("scope.cumulative") and not any(sentence.has(k, "say.verbs") for k in (at - 1, at + 1)):
        return "cumulative", unit.low
    if unit.has("scope.period") and not sentence.has(at - 1, "say.verbs"):
        return "period", unit.low
    quantity = unit.quantity
    if quantity and sentence.low(at - 1) in SPANS:
        if (
            quantity.kind == "duration"
            and not sentence.has(at, "kind.truce")
            and sentence.low(at + 2) != "of"
        ):
            return "period", _words(sentence, at - 1, at + 1)
        year = quantity.kind == "date" and quantity.high is not None and quantity.high >= 1_900
        if year and sentence.low(at - 1) == "in":
            return "period", _words(sentence, at - 1, at)
    if unit.low in ("between", "from") and any(_is_date(sentence, k) for k in (at + 1, at + 2)):
        return "period", _words(sentence, at, at + 5)
    return None


def _is_date(sentence: Sentence, at: int) -> bool:
    if at >= len(sentence.units):
        return False
    quantity = sentence.units[at].quantity
    return sentence.has(at, "kind.month") or (quantity is not None and quantity.kind == "date")


def _words(sentence: Sentence, first: int, last: int) -> str:
    return " ".join(u.low for u in sentence.units[max(0, first) : last + 1][: WORDS + 1])
