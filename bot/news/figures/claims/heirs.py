"""A story's ledger, and what became of each claim: the later one that took its place, and those that stand beside each other.

Only the lanes are stored. Which claim took another's place, whose it is and since when, a ledger tells at any time: a
later and higher count by the same side, or by anybody where nobody answered for the first; a number that its own
side takes back ("six, not nine"), told by whichever outlet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from bot.news.figures.claims.claim import Lane, counted, is_added, some_of
from bot.news.figures.claims.compare import (
    agree,
    covers,
    is_spread,
    local,
    may_be_part,
    outgrown,
    same_count,
    same_matter,
    same_number,
    same_people,
    whole_of,
)
from bot.news.figures.claims.houses import (
    UN,
    about_enemies,
    answers_for,
    is_partisan,
    one_side,
    one_voice,
    opposed,
)
from bot.news.model import HARM, UNATTRIBUTED, WORDED, Figure
from bot.news.text.wards import WARDS
from bot.news.text.words import fold, word_set

MEDICS = WARDS | word_set("doctor doctors medic medics")
MOST_VAGUE = 20  # a count from which "dozens" is no news any more


@dataclass(frozen=True)
class Ledger:
    """A story's claims, and what became of each: derived once, when it is first asked for."""

    lanes: tuple[Lane, ...] = ()

    @cached_property
    def held(self) -> tuple[Lane, ...]:
        """The lanes whose claim was not withdrawn, those of denials apart."""
        return tuple(lane for lane in self.lanes if lane.stands and not lane.is_denial)

    @cached_property
    def heirs(self) -> dict[int, Lane]:
        """For each lane (its `id`) whose claim no longer stands: the lane of the one that took its place."""
        return _heirs(self.held)

    @cached_property
    def standing(self) -> tuple[Lane, ...]:
        """The lanes whose claim holds, those of denials apart."""
        return tuple(lane for lane in self.held if id(lane) not in self.heirs)

    @cached_property
    def replaced(self) -> dict[int, Lane]:
        """For each lane that took the place of others: whose number it is told to have replaced, the last that was told."""
        found: dict[int, Lane] = {}
        for lane in sorted(self.held, key=lambda lane: lane.last.at):
            heir = self.heirs.get(id(lane)) if not lane.subset else None
            if heir and (lane.claimant != UNATTRIBUTED or takes_back(heir, lane.figure)):
                found[id(heir)] = lane
        return found

    @cached_property
    def contradictions(self) -> tuple[tuple[Lane, Lane], ...]:
        """Pairs of lanes by different claimants that cannot both be true."""
        named = (lane for lane in self.standing if not lane.subset and lane.claimant != UNATTRIBUTED)
        lanes = [lane for lane in named if not lane.last.hearsay]
        spread = is_spread(lanes)
        return tuple((one, other) for one, other in combinations(lanes, 2) if _conflict(one, other, spread))

    def keeping(self, kept: Callable[[Lane], bool]) -> Ledger:
        """With some lanes only; itself where none is left out."""
        lanes = tuple(filter(kept, self.lanes))
        return self if len(lanes) == len(self.lanes) else Ledger(lanes)


def _heirs(lanes: Sequence[Lane]) -> dict[int, Lane]:
    spread = is_spread(lanes)
    alike: dict[object, list[Lane]] = {}
    for lane in lanes:
        alike.setdefault((counted(lane), lane.scope), []).append(lane)
    found: dict[int, Lane] = {}
    for group in alike.values():
        for lane in group:
            later = [other for other in group if other is not lane and replaces(other, lane, spread)]
            if later:
                found[id(lane)] = max(later, key=lambda other: other.last.at)
        for total, one in _summed(group):
            found.setdefault(id(one), total)
    for lane in lanes:  # parts go with their total
        whole = whole_of(lane, lanes) if lane.subset and id(lane) not in found else None
        if whole is not None and id(whole) in found:
            found[id(lane)] = found[id(whole)]
        elif whole is not None and _is_part_of_revised(lane, whole):
            found[id(lane)] = whole
    return found


def _summed(group: Sequence[Lane]) -> Iterator[tuple[Lane, Lane]]:
    """Totals, each with the early count and the dead since of which its report makes it up: "TWO more policemen died,
    taking the toll to NINE", after seven policemen."""
    for added in (lane for lane in group if is_added(lane.figure) and not lane.subset):
        beside = [lane for lane in group if lane is not added and lane.last.entry == added.last.entry]
        for total in (lane for lane in beside if lane.figure.update == "rise" and not lane.subset):
            for early in group:
                known = early.last.at < total.last.at and not (early.subset or opposed(early, total))
                alike = some_of(early.figure) in ("", some_of(added.figure)) and covers(
                    total.party, early.party
                )
                if known and alike and _sum(early.figure, added.figure) == total.figure.low is not None:
                    yield total, early
                    yield total, added


def _sum(one: Figure, other: Figure) -> float | None:
    return one.low + other.low if one.low is not None and other.low is not None else None


def _is_part_of_revised(part: Lane, whole: Lane) -> bool:
    """Whether a part was told beside a total that was lowered since."""
    told = [p for p in whole.points if part.last.entry in (p.entry, *(entry for _, entry, _ in p.repeats))]
    return bool(told) and all(point.status == "revised" for point in told)


def replaces(new: Lane, old: Lane, spread: bool = False) -> bool:
    """Whether a claim took another's place: by the same side, or where nobody answered for that one."""
    now, then = new.last, old.last
    nobodys = old.claimant == UNATTRIBUTED
    if (now.hearsay and not then.hearsay) or opposed(new, old) or takes_back(old, now.figure):
        return False
    if new.measure in WORDED or not _same_people(new, old) or (spread and old.place != new.place):
        return False
    if takes_back(new, then.figure):
        return nobodys or not old.speaks_for or answers_for(new, old)
    if not (one_side(new, old) or _rises(new, old) or (nobodys and not about_enemies(new))):
        return False
    if now.at <= then.at and not nobodys:
        return False
    lowered = now.figure.update == "revision" and one_side(new, old) and not agree(now.figure, then.figure)
    return exceeds(now.figure, then.figure) or lowered


def _rises(new: Lane, old: Lane) -> bool:
    """Whether an early count is told to have risen, or was of those brought to a hospital when officials count all their
    dead; and no side of the fighting answers for it: a doctor's, a reporter's."""
    brought = new.figure.own_loss and not MEDICS.isdisjoint(fold(old.claimant).split())
    early = brought or new.figure.update == "rise"
    return early and bool(new.place) and not (is_partisan(old) or UN in old.speaks_for)


def takes_back(lane: Lane, figure: Figure) -> bool:
    """Whether a lane's claimant has taken such a number back, and not given it again since."""
    if same_number(lane.figure, figure):
        return False
    if lane.figure.instead is not None and lane.figure.instead == figure.low == figure.high:
        return True
    gone = (point.figure for point in lane.points if point.status in ("revised", "withdrawn"))
    return any(same_number(one, figure) for one in gone)


def _same_people(new: Lane, old: Lane) -> bool:
    """Whether both count the same people, all of them: not some of them, nor others besides."""
    now, then = new.figure, old.figure
    if is_added(now) or is_added(then) or some_of(now) != some_of(then):
        return False
    if old.subset and not (new.place and new.place == old.place):
        return False  # but a province's share of a total is that province's count
    if not _is_whole(new, old):
        return False
    unnamed = "unspecified" in (new.party, old.party) and covers(new.party, old.party)
    return same_matter(new, old) and (unnamed or new.party == old.party or same_people(new.party, old.party))


def _is_whole(one: Lane, other: Lane) -> bool:
    """Whether a claim counts all of another's people: "ten policemen" of 14 people are all policemen, "three of them" not."""
    return not one.subset or bool(some_of(one.figure) and some_of(one.figure) == some_of(other.figure))


def exceeds(now: Figure, then: Figure) -> bool:
    """Whether a number is higher than another may be."""
    most = MOST_VAGUE if then.low is None else then.high
    return most is not None and (now.low or 0.0) > most


def overtakes(other: Lane, lane: Lane) -> bool:
    """Whether whoever tells a claim tells an early count: somebody has given a higher one since, though not for its claimant."""
    if other is lane or other.last.hearsay or opposed(other, lane) or takes_back(lane, other.figure):
        return False
    if UN in lane.speaks_for and not one_side(other, lane):
        return False  # what it has counted others only claim
    if is_added(lane.figure) or is_added(other.figure) or lane.subset or not _is_whole(other, lane):
        return False
    later = other.last.at > lane.last.at or lane.claimant == UNATTRIBUTED
    lowered = takes_back(other, lane.figure) and answers_for(other, lane)
    return later and _counts(other, lane) and (exceeds(other.figure, lane.figure) or lowered)


def _counts(other: Lane, lane: Lane) -> bool:
    """Whether a claim counts the harm of all whom another counts."""
    harm = lane.measure in HARM and (other.measure, other.scope) == (lane.measure, lane.scope)
    return harm and covers(other.party, lane.party)


def _conflict(one: Lane, other: Lane, spread: bool) -> bool:
    first, second = one.figure, other.figure
    if one_voice(one, other) or not same_count(one, other) or is_added(first) or is_added(second):
        return False
    if local(one, other, spread) or local(other, one, spread):
        return False
    if outgrown(one, other) or outgrown(other, one):
        return False
    return not agree(first, second) and not may_be_part(first, second) and not may_be_part(second, first)
