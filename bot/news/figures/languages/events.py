"""What happened to the counted in the feeds' other languages: killed, wounded, returned and the like.

The nearest word for a happening tells it; behind a number in languages that end a clause with the verb, before it
in Arabic. A toll that rises, and those who are some of the dead, say it in other ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.news.figures.languages.line import BREAKS, Line
from bot.news.figures.languages.numbers import Number
from bot.news.figures.languages.things import CLAUSE, TIMES, Thing
from bot.news.model import Measure

MEASURES: tuple[Measure, ...] = (
    "casualties", "killed", "wounded", "abducted", "captured", "returned", "deported", "displaced", "positions", "camps",
    "vehicles_equipment",
)  # fmt: skip
NEAR = 8  # words between a number and what happened
LATER = 12  # where the verb ends the sentence
NOUN_NEAR = 3
LIST = 8  # words from one number of a list to the next
TOLL = 24  # words from "the number of the dead" to the number
CALLED = 4  # words between "number" and whose number
POINTER = 3  # words between "among them" and a number
AMONG = 9  # words from a number to "are among the dead"
NO_COUNT = TIMES | {"how.not_counts"}  # hours, years, houses
DOWNED = 8  # words between drones and their fall
DYING = 6  # words from the wounded to their death, or to how they fare
PENALTY = 3  # words that a comma between a number and a happening counts for
THE_HURT: Mapping[str, Measure] = {"how.dead": "killed", "how.hurt": "wounded"}
TOLLS: Mapping[str, Measure] = {"killed.words": "killed", "wounded.words": "wounded"}
HAPPENINGS = frozenset(f"{measure}.words" for measure in MEASURES)
PEOPLE = frozenset(f"noun.{who}" for who in ("security", "civilians", "people", "militants"))
SOMEBODY = PEOPLE | HAPPENINGS


class Told(NamedTuple):
    """What a number counts, the word that tells it, and whether it is part of another number."""

    measure: Measure
    at: int
    part: bool = False


def told_of(line: Line, things: Mapping[int, Thing], before: Measure | None) -> dict[int, Told]:
    """What each number counts, where that is said; `before` is what the sentence before told of.

    "5 policemen AND 3 passers-by were killed", "WITH 3 children 7 civilians were killed": the first takes its
    happening from the second.
    """
    numbers = line.numbers
    counted = [n for n, one in enumerate(numbers) if n not in things and _counts(line, one)]
    told = _told_alone(line, counted, before)
    for index in [k for k, one in told.items() if one.measure == "positions"]:
        if _is_article(line, numbers[index]):
            del told[index]
    joints = [_joint_of(line, one, other) for one, other in pairwise(numbers)]
    for index, joint in reversed(list(enumerate(joints))):
        after = told.get(index + 1)
        if index not in told and joint and after and index in counted:
            told[index] = after._replace(part=after.part or joint == "how.including")
        if index in told and joint == "how.among" and index + 1 in counted:
            told[index + 1] = (after or told[index])._replace(part=True)
    for index, joint in enumerate(joints):
        first = told.get(index)
        if joint == "how.and" and first and first.at < numbers[index].first and index + 1 in counted:
            told.setdefault(index + 1, first)  # "the death of 23 soldiers AND 200 fighters"
    return told


def _told_alone(line: Line, counted: Sequence[int], before: Measure | None) -> dict[int, Told]:
    """What each number counts by its own words, its neighbours apart."""
    told, taken = dict[int, Told](), set[int]()
    others = [line.numbers[index] for index in counted]
    for index in counted:
        number, last = line.numbers[index], next((one.measure for one in reversed(told.values())), before)
        if some := _some_of(line, number, last):
            told[index] = some
        elif happened := _happened(line, number, taken, others):
            told[index] = happened._replace(measure=_joint(line, happened))
            taken.add(happened.at)
        elif other := _entered(line, number) or _toll(line, number):
            told[index] = other
    return told


def _counts(line: Line, number: Number) -> bool:
    """Whether a number can be one of people: no hours; "one" is "a", but for who was hurt or who somebody is."""
    if line.at(number.last) & NO_COUNT or _is_clock(line, number):
        return False
    spelled = not line.text[line.words[number.first].start].isdecimal()
    return number.low != 1 or not spelled or bool(line.near(number.last, number.last + 2) & SOMEBODY)


def _is_clock(line: Line, number: Number) -> bool:
    """ "At THE HOUR OF four": not "within 24 HOURS four"."""
    at = number.first - 1
    hour = "how.hour" in line.at(at)
    return hour and not line.pauses(at) and not any(n.last == at for n in line.numbers)


def _is_article(line: Line, number: Number) -> bool:
    """ "An attack on A post": one post counts where it was taken or destroyed."""
    if number.low != 1:
        return False
    near = line.near(number.first - CLAUSE, number.last + CLAUSE)
    return near.isdisjoint(("how.destroyed", "vehicles_equipment.downed"))


def _some_of(line: Line, number: Number, before: Measure | None) -> Told | None:
    """ "Six policemen are among the dead", "seven were killed, three OF THEM children": part of what was told."""
    for at in range(max(0, number.first - CALLED), min(len(line.words), number.last + AMONG)):
        hurt = next((name for name in THE_HURT if name in line.lists[at]), None)
        if hurt is None or line.near(number.last, at) & HAPPENINGS:
            continue
        before_, behind = line.near(at - 2, at), line.near(at + 1, at + CALLED)
        if "how.within_before" in before_ or "how.within_after" in behind:
            return Told(THE_HURT[hurt], number.last, part=True)
    own = line.near(number.last, number.last + CALLED)
    if before is None or not own & PEOPLE:
        return None
    if "how.amount" in own:
        return Told(before, number.last)  # "these families, WHO ARE 2,044 people"
    pointed = (
        "how.of_them" in line.near(number.first - POINTER, number.first)
        or "how.of_them_after" in line.near(number.last, number.last + 2)
        or "how.among_them" in line.near(number.last, number.last + CALLED + 1)
    )
    return Told(before, number.last, part=True) if pointed and not own & HAPPENINGS else None


def _toll(line: Line, number: Number) -> Told | None:
    """ "The number of the dead rose from four to SEVEN": told far before the number."""
    for at in range(max(0, number.first - TOLL), number.first):
        if "how.toll" not in line.lists[at]:
            continue
        whose = line.near(at - CALLED, at) | line.near(at + 1, at + CALLED + 1)
        measure = next((m for name, m in (*TOLLS.items(), *THE_HURT.items()) if name in whose), None)
        if measure and "how.reaches" in line.near(at, len(line.words)):
            return Told(measure, at)
    return None


def _entered(line: Line, number: Number) -> Told | None:
    """ "18,000 refugees have ENTERED AFGHANISTAN": they returned; not who went the other way."""
    if "noun.refugees" not in line.near(number.last, number.last + NOUN_NEAR):
        return None
    for name in line.names:
        if name.side != "AF" or name.kind not in ("country", "state"):
            continue
        first, last = line.words_of(name)
        goal = "how.into_before" in line.near(first - 2, first) or "how.into_after" in line.at(last + 1)
        clause = (*range(max(0, number.first - NEAR), number.first), *range(number.last, last + NOUN_NEAR))
        enters = (k for k in clause if "how.enters" in line.at(k))
        if goal and last - number.last <= LATER and (at := next(enters, None)) is not None:
            return Told("returned", at)
    return None


def _joint_of(line: Line, one: Number, other: Number) -> str:
    """Whether "and" or "including" stands between two numbers so near that they are one list."""
    if not 1 < other.first - one.last + 1 <= LIST:
        return ""
    between = line.near(one.last, other.first)
    if "how.agent" in between:
        return ""
    return next((joint for joint in ("how.including", "how.among", "how.and") if joint in between), "")


def _happened(line: Line, number: Number, taken: set[int], others: Sequence[Number]) -> Told | None:
    """The nearest happening; "were held AND 1,400 of them sent back": not the one that "and" has ended."""
    best: tuple[int, int, Measure] | None = None
    for at in range(max(0, number.first - NEAR), min(len(line.words), number.last + LATER)):
        measure = next((m for m in MEASURES if f"{m}.words" in line.lists[at]), None)
        if measure is None or number.first <= at < number.last:
            continue
        if measure == "vehicles_equipment" and not _brought_down(line, number, at):
            continue
        later = at >= number.last
        first, second = (number.last, at) if later else (at + 1, number.first)
        if any(first <= n.first < second for n in others):
            continue
        if not later and (at in taken or "how.and" in line.near(first, second)):
            continue
        if not later and at == number.first - 1 and "how.before" in line.lists[at]:
            return Told(measure, at)  # Arabic tells first what happened, then to how many
        between = line.between(first - 1, second)
        distance = (second - first) + PENALTY * sum(mark in between for mark in BREAKS) + (not later)
        if best is None or distance < best[0]:
            best = (distance, at, measure)
    if best is None or best[0] > (LATER if best[1] >= number.last else NEAR):
        return None
    _, at, measure = best
    return _wounded(line, number, at) if measure == "wounded" and at >= number.last else Told(measure, at)


def _wounded(line: Line, number: Number, at: int) -> Told:
    """ "Two of the wounded died"; "two of the wounded fare badly" are some of them."""
    stop = next((n.first for n in line.numbers if n.first > at), len(line.words))
    died = next((k for k in range(at + 1, min(at + DYING, stop)) if "killed.words" in line.lists[k]), None)
    if died and not line.pauses(at) and not line.near(at + 1, died) & {"how.and", "how.ended"}:
        return Told("killed", died)
    return Told("wounded", at, part="how.critical" in line.near(number.last, number.last + DYING))


def _brought_down(line: Line, number: Number, at: int) -> bool:
    """Whether drones right after a number are what was brought down: no drone that struck, no strike by one."""
    near = 0 <= at - number.last <= NOUN_NEAR
    return near and "vehicles_equipment.downed" in line.near(number.first - DOWNED, at + DOWNED)


def _joint(line: Line, told: Told) -> Measure:
    """ "کشته و زخمی": killed or wounded, one sum."""
    other = {"killed": "wounded.words", "wounded": "killed.words"}.get(told.measure, "")
    for k in range(max(0, told.at - 3), min(len(line.lists), told.at + 4)):
        first, last = min(told.at, k), max(told.at, k)
        joint = "how.and" in line.near(first, last) and other in line.lists[k]
        if joint and not any(first <= n.first <= last for n in line.numbers):
            return "casualties"
    return told.measure
