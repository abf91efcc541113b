"""What a number counts by the noun after it, in the feeds' other languages: lorries, houses, money, days shut, those freed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.news.model import Measure, Scope

NOUN = 3  # words after a number in which its noun stands; one before it in some languages
CLAUSE = 9  # words around a number in which what happened to the counted is told
LASTING = 6  # words between how long and what lasted
UNTIL_OPEN = (
    12  # words from "after 25 days" to the verb that ends the sentence: "to lorries and travellers opened"
)
UNIT = 2  # words in which what is counted in days stands right behind them
MANY = 1_000
CROWDED = 20  # people who wait somewhere
MANY_OVER_TIME = frozenset(("returned", "deported", "captured", "displaced"))
TELLS = frozenset(("how.say", "how.say_first", "how.that"))
TIMES = frozenset(("how.hour", "how.day", "how.week", "how.month"))
SOME = frozenset(f"noun.{who}" for who in ("security", "civilians", "people", "refugees", "militants"))
CROWD = frozenset(("noun.civilians", "noun.people", "noun.refugees"))
HURT = frozenset(("killed.words", "wounded.words", "captured.words"))
Lists = Sequence[set[str]]


class Thing(NamedTuple):
    """A number of things: what it is a figure of, and how it stands."""

    measure: Measure
    scope: Scope
    truce: bool = False  # of a truce, of which both sides are the party


def thing_of(lists: Lists, first: int, last: int, value: float | None) -> Thing | None:
    """What a number counts that stands from word `first` up to `last`, where no one was hurt."""
    after = _any(lists, last, last + NOUN)
    time = bool(lists[last] & TIMES) if last < len(lists) else False
    around = _any(lists, first - CLAUSE, last + CLAUSE)
    if value is None and "noun.trucks" not in after:
        return None
    if time:
        return _lasting(lists, first, last)
    if "how.currency" in _any(lists, last, last + 2):
        said = _any(lists, 0, len(lists)) & {"how.business", "how.loss"}
        daily = "how.daily" in around
        return Thing("money", "state" if daily else "period") if said else None
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
    if (
        after & CROWD
        and value >= CROWDED
        and "how.waits" in _any(lists, last, last + CLAUSE)
        and not around & HURT
    ):
        return Thing("other", "state")
    return None


def _lasting(lists: Lists, first: int, last: int) -> Thing | None:
    """ "48-hour truce", "a truce of 48 hours", "reopened after 25 days"; "three days after the truce" is when."""
    follows, precedes = _any(lists, last, last + 5), _any(lists, first - 5, first)
    afterwards = "how.later" in _any(lists, last, last + 2)
    if "how.truce" in follows | precedes:
        when = afterwards or ("how.later" in _any(lists, first - 2, first) and "how.truce" not in follows)
        return None if when else Thing("duration", "incident", truce=True)
    if "how.pause" in _any(lists, last, last + UNIT) and "how.truce" in _any(lists, 0, len(lists)):
        return Thing("duration", "incident", truce=True)  # "truce: a five-day PAUSE"
    waited = afterwards or "how.later" in _any(lists, first - UNIT, first)
    told = not _any(lists, last, last + UNTIL_OPEN).isdisjoint(TELLS)  # another clause follows
    until = last + (UNTIL_OPEN if waited and not told else LASTING)
    near = _any(lists, first - LASTING, until)
    shut = near & {"how.reopens", "how.shut"}
    lasts = "how.reopens" in near or not afterwards
    return Thing("duration", "period") if shut and lasts else None


def _any(lists: Lists, first: int, last: int) -> set[str]:
    return set().union(*lists[max(0, first) : max(0, last)])
