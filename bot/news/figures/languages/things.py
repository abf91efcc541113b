"""What a number counts by the noun after it, in the feeds' other languages: lorries, houses, money, days shut, those freed."""

from __future__ import annotations

from typing import NamedTuple

from bot.news.figures.languages.line import Line
from bot.news.figures.languages.numbers import Number
from bot.news.model import Measure, Scope

NOUN = 3  # words after a number in which its noun stands; one before it in some languages
CLAUSE = 9  # words around a number in which what happened to the counted is told
LASTING = 6  # words between how long and what lasted
UNTIL_OPEN = 12  # words from "after 25 days" to the last verb: "to lorries and travellers opened"
UNIT = 2  # words in which what is counted in days stands right behind them
MANY = 1_000
CROWDED = 20  # people who wait somewhere
MANY_OVER_TIME = frozenset(("returned", "deported", "captured", "displaced"))
TELLS = frozenset(("how.say", "how.say_first", "how.that"))
TIMES = frozenset(("how.hour", "how.day", "how.week", "how.month"))
SOME = frozenset(f"noun.{who}" for who in ("security", "civilians", "people", "refugees", "militants"))
CROWD = frozenset(("noun.civilians", "noun.people", "noun.refugees"))
HURT = frozenset(("killed.words", "wounded.words", "captured.words"))


class Thing(NamedTuple):
    """A number of things: what it is a figure of, and how it stands."""

    measure: Measure
    scope: Scope
    truce: bool = False  # of a truce, of which both sides are the party


def thing_of(line: Line, number: Number) -> Thing | None:
    """What a number counts, where no one was hurt."""
    value, first, last = number
    after, around = line.near(last, last + NOUN), line.near(first - CLAUSE, last + CLAUSE)
    if value is None and "noun.trucks" not in after:
        return None
    if line.at(last) & TIMES:
        return _lasting(line, first, last)
    if "how.currency" in line.near(last, last + 2):
        traded = line.near(0, len(line.lists)) & {"how.business", "how.loss"}
        return Thing("money", "state" if "how.daily" in around else "period") if traded else None
    if "noun.trucks" in after:
        waits = "how.waits" in around or "how.passes" not in around
        return Thing("trucks", "state" if waits else "incident")
    if value is None:
        return None
    if "noun.vehicles" in after and "how.waits" in around:
        return Thing("trucks", "state")
    if "noun.houses" in after:
        return Thing("other", "incident") if "how.destroyed" in around and value > 1 else None
    if "noun.militants" in after and value >= MANY and not around & HURT:
        return Thing("other", "state")
    if after & SOME and "how.freed" in around and not around & {"killed.words", "wounded.words"}:
        return Thing("other", "incident")
    crowded = value >= CROWDED and "how.waits" in line.near(last, last + CLAUSE)
    return Thing("other", "state") if crowded and after & CROWD and not around & HURT else None


def _lasting(line: Line, first: int, last: int) -> Thing | None:
    """ "48-hour truce", "a truce of 48 hours", "reopened after 25 days"; "three days after the truce" is when."""
    follows, precedes = line.near(last, last + 5), line.near(first - 5, first)
    afterwards = "how.later" in line.near(last, last + 2)
    if "how.truce" in follows | precedes:
        when = afterwards or ("how.later" in line.near(first - 2, first) and "how.truce" not in follows)
        return None if when else Thing("duration", "incident", truce=True)
    if "how.pause" in line.near(last, last + UNIT) and "how.truce" in line.near(0, len(line.lists)):
        return Thing("duration", "incident", truce=True)  # "truce: a five-day PAUSE"
    waited = afterwards or "how.later" in line.near(first - UNIT, first)
    told = not line.near(last, last + UNTIL_OPEN).isdisjoint(TELLS)  # another clause follows
    until = last + (UNTIL_OPEN if waited and not told else LASTING)
    near = line.near(first - LASTING, until)
    lasts = "how.reopens" in near or ("how.shut" in near and not afterwards)
    return Thing("duration", "period") if lasts else None
