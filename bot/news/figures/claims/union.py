"""Two ledgers become one when two stories prove to be one; an entry's claims leave with it when it proves to be another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.news.figures.claims.claim import Lane, Point, counted, period_of
from bot.news.figures.claims.heirs import Ledger
from bot.news.model import UNATTRIBUTED, Figure, Side


def united(one: Ledger, other: Ledger) -> Ledger:
    """All claims of both, each with its time; what both have is one claim with the outlets of both."""
    lanes = list(one.lanes)
    taken: set[int] = set()
    for lane in other.lanes:
        at = _continued(lanes[: len(one.lanes)], lane, taken)
        if at is None:
            lanes.append(lane)
        else:
            taken.add(at)
            lanes[at] = _laid(lanes[at], lane)
    return Ledger(tuple(lanes))


def without(ledger: Ledger, gone: Collection[str], reports: Mapping[str, tuple[Side, str]]) -> Ledger:
    """The ledger as if some entries had never been read; a claim that others repeated is theirs (`reports`: side, address)."""
    lanes = []
    for lane in ledger.lanes:
        points = [left for point in lane.points if (left := _less(point, gone, reports))]
        if points:
            stands = points[-1].status != "withdrawn" and points[-1] != lane.last
            last = replace(points[-1], status="current") if stands else points[-1]
            lanes.append(replace(lane, points=(*points[:-1], last)))
    return Ledger(tuple(lanes))


def _continued(lanes: Iterable[Lane], lane: Lane, taken: set[int]) -> int | None:
    """The lane that another is the same as: the one that shares a number, or the claimant's own."""
    if not lane.stands:
        return None
    free = ((at, known) for at, known in enumerate(lanes) if at not in taken and known.stands)
    fits = {at: known for at, known in free if _subject(known) == _subject(lane)}
    shared = [at for at, known in fits.items() if _numbers(known) & _numbers(lane)]
    own = () if lane.claimant == UNATTRIBUTED else fits
    return next(iter((*shared, *own)), None)


def _subject(lane: Lane) -> tuple[object, ...]:
    own = (lane.party, lane.scope, lane.claimant, lane.subset, lane.place)
    return counted(lane), own, period_of(lane.period), lane.figure.update == "additional"


def _numbers(lane: Lane) -> set[object]:
    return {_number(point.figure) for point in lane.points}


def _number(figure: Figure) -> object:
    return figure.text.lower() if figure.low is None else (figure.low, figure.high)


def _laid(one: Lane, other: Lane) -> Lane:
    """The points of both, in order of time; the last one stands."""
    points: list[Point] = []
    for point in sorted((*one.points, *other.points), key=lambda point: point.at):
        if points and _number(points[-1].figure) == _number(point.figure):
            points[-1] = _with_repeats(points[-1], point)
            continue
        if points:
            fell = (point.figure.high or 0) < (points[-1].figure.high or 0)
            points[-1] = replace(points[-1], status="revised" if fell else "superseded")
        points.append(replace(point, status="current"))
    return replace(one, points=tuple(points))


def _with_repeats(known: Point, again: Point) -> Point:
    """One claim that was told twice: by its first outlet, and by all that repeated it."""
    told = sorted([*known.repeats, (again.at, again.entry, again.outlet), *again.repeats])
    first = {outlet: (at, entry, outlet) for at, entry, outlet in reversed(told) if outlet != known.outlet}
    repeats = tuple(sorted(first.values()))
    return replace(
        known,
        outlets=(known.outlet, *(outlet for _, _, outlet in repeats)),
        denied_by=known.denied_by or again.denied_by,
        repeats=repeats,
    )


def _less(point: Point, gone: Collection[str], reports: Mapping[str, tuple[Side, str]]) -> Point | None:
    """A claim without some entries; the next that told it takes its place."""
    repeats = tuple(repeat for repeat in point.repeats if repeat[1] not in gone)
    if point.entry in gone:
        known = [repeat for repeat in repeats if repeat[1] in reports]
        if not known:
            return None
        at, other, outlet = known[0]
        side, url = reports[other]
        point = replace(point, entry=other, at=at, outlet=outlet, side=side, url=url)
        repeats = tuple(known[1:])
    return replace(point, outlets=(point.outlet, *(outlet for _, _, outlet in repeats)), repeats=repeats)
