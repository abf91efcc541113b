"""Which numbers of a ledger are outdated or contradicted, and which sentences and titles tell them.

A number is outdated once its own claimant gave another, or once a later and higher count, by nobody of the other
side, has overtaken it. A report does not know that; whoever shows its words must.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from bot.news.alerts.passages import Sentence
from bot.news.figures.claims.claim import Lane, some_of
from bot.news.figures.claims.heirs import Ledger, overtakes
from bot.news.figures.claims.houses import about_enemies
from bot.news.model import HARM, Figure, Measure
from bot.news.text.words import is_english, word_set

Count = float | str  # what a figure amounts to; the word of a vague one: "dozens"
Counts = Mapping[Measure, frozenset[Count]]
GREW = re.compile(r"\b(?:up|down|raised|revised|lowered|risen|rising)\s(?:\w+\s){0,3}from\b", re.IGNORECASE)
DEATH = word_set(
    "killed kill kills killing dead die dies died death deaths toll martyred martyrs fatalities bodies slain lives life lost "
    "claimed claims victims casualties perished fell fallen"
)
SHOWN = 10  # from this number on it is told once


def count_of(figure: Figure) -> Count:
    return figure.low if figure.low is not None else figure.text.casefold()


def tells(told: Sentence, count: Count) -> bool:
    return count in told.words if isinstance(count, str) else count in told.numbers


def carries(told: Sentence, lane: Lane) -> bool:
    """Whether a sentence tells the number that stands in a lane."""
    return bool(lane.points) and tells(told, count_of(lane.figure))


@dataclass(frozen=True, slots=True)
class Tolls:
    """What of a ledger the reports may be telling too early, or one side's word alone."""

    replaced: Mapping[str, tuple[tuple[Count, Count], ...]]  # entry → (number it told, number that stands)
    behind: Counts  # overtaken by others
    current: Counts
    dead: frozenset[Count] = frozenset()  # the numbers of killed in this incident
    most: Count = ""  # the highest of them, a side's claim about the other apart where others count
    contradicted: tuple[tuple[Lane, Lane], ...] = ()  # claims that cannot both be true

    def is_stale(self, told: Sentence) -> bool:
        """It tells a number that its own claimant has replaced, and not the one that stands, nor "17, up from 10"."""
        if GREW.search(told.text) and any(tells(told, count) for count in self.dead):
            return False
        pairs = self.replaced.get(told.member.entry, ())
        return any(tells(told, old) and not tells(told, new) for old, new in pairs)

    def is_behind(self, told: Sentence) -> bool:
        """It tells an early count of a rising toll, and not what it has risen to."""
        return any(
            any(tells(told, count) for count in counts)
            and not any(tells(told, count) for count in self.current.get(measure, ()))
            for measure, counts in self.behind.items()
        )

    def is_outdated(self, told: Sentence) -> bool:
        return self.is_stale(told) or self.is_behind(told)

    def numbers(self, told: Sentence) -> frozenset[float]:
        """The numbers of two digits and more that it tells."""
        return frozenset(number for number in told.numbers if number >= SHOWN)

    def weight(self, told: Sentence) -> float:
        """How much of the toll it tells: the highest number, another one, or none; "three hurt" is not three dead."""
        if is_english(told.text) and not told.words & DEATH:
            return 0.0
        if self.most and tells(told, self.most):
            return 1.0
        return 0.5 if any(tells(told, count) for count in self.dead) else 0.0


def tolls(ledger: Ledger) -> Tolls:
    newer = _newer(ledger)
    replaced: dict[str, list[tuple[Count, Count]]] = {}
    for lane in ledger.lanes:
        heir = newer.get(id(lane), lane)
        now = count_of(heir.figure) if heir.stands else ""
        for point in lane.points:
            if point.status == "current" and heir is lane:
                continue
            for entry in (point.entry, *(entry for _, entry, _ in point.repeats)):
                replaced.setdefault(entry, []).append((count_of(point.figure), now))
    dead = [
        lane
        for lane in ledger.standing
        if (lane.measure, lane.scope, lane.subset) == ("killed", "incident", False)
        and not some_of(lane.figure)
        and not lane.last.hearsay
    ]
    behind, current = _overtaken(ledger, newer)
    counted = [lane.figure for lane in dead if not about_enemies(lane)] or [lane.figure for lane in dead]
    return Tolls(
        {entry: tuple(pairs) for entry, pairs in replaced.items()},
        behind,
        current,
        frozenset(count_of(lane.figure) for lane in dead),
        count_of(max(counted, key=lambda figure: figure.high or 0)) if counted else "",
        ledger.contradictions,
    )


def _newer(ledger: Ledger) -> dict[int, Lane]:
    """For each lane (its `id`) that has been overtaken: the lane that tells what it has grown or sunk to."""
    over = ledger.heirs
    known = [lane for lane in ledger.held if lane.measure in HARM]
    found: dict[int, Lane] = {}
    for lane in ledger.held:
        later = [other for other in known if overtakes(other, lane)] if not lane.subset else []
        later += [over[id(lane)]] if id(lane) in over else []
        later = [other for other in later if not _together(other, lane)]
        if later:
            found[id(lane)] = max(later, key=lambda other: other.last.at)
    return found


def _overtaken(ledger: Ledger, newer: Container[int]) -> tuple[Counts, Counts]:
    """By measure: the numbers that others have overtaken, and those that stand."""
    behind: dict[Measure, set[Count]] = {}
    current: dict[Measure, set[Count]] = {}
    for lane in ledger.held:
        if lane.measure in HARM and not lane.subset:
            told = behind if id(lane) in newer else current
            told.setdefault(lane.measure, set()).add(count_of(lane.figure))
    stands = frozenset[Count]().union(*current.values())
    old = {measure: frozenset(found - stands) for measure, found in behind.items()}
    return old, {measure: frozenset(found) for measure, found in current.items()}


def _together(one: Lane, other: Lane) -> bool:
    """Whether one report tells both: "passes 60" above a count of 63 is no older than that."""
    return one.last.entry == other.last.entry
