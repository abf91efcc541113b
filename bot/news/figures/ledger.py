"""A story's claims: one lane per measure, party, scope, period and claimant; never summed or merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from math import inf
from typing import Literal

from bot.news.figures.claims import Change, Lane, Ledger, Point, Status, name_of, number_of, words
from bot.news.model import UNATTRIBUTED, Figure, FigureLine, Measure, Party, Side

__all__ = [
    "Change", "Lane", "Ledger", "Point", "Status", "add", "as_of", "contradictions", "lines", "words",
]  # fmt: skip

ORDER: tuple[Measure, ...] = (
    "killed", "wounded", "casualties", "displaced", "returned", "deported", "captured", "abducted", "missing", "surrendered",
    "positions", "camps", "vehicles_equipment", "trucks", "attacks", "strikes", "money", "duration", "other",
)  # fmt: skip
CLOSE = 0.15  # how far "about 100" or "nearly 100" reaches
KIN: tuple[frozenset[Party], ...] = (
    frozenset(("pak_people", "pak_civilians")),
    frozenset(("afg_people", "afg_civilians", "afg_refugees")),
    frozenset(("afg_taliban_forces", "afg_taliban_and_militants")),
    frozenset(("militants", "afg_taliban_and_militants")),
)


# --------------------------------------------------------------------------- adding claims


def add(
    ledger: Ledger,
    figures: Iterable[Figure],
    *,
    entry: str,
    at: datetime,
    outlet: str,
    side: Side,
    url: str,
    copy_of: str | None = None,
) -> tuple[Ledger, tuple[Change, ...]]:
    """The ledger after one entry's figures, and what they changed.

    An entry met before is an edit: what only it had said and no longer says is withdrawn. A syndicated
    copy (`copy_of`) adds its outlet to the points of what it copies, and opens lanes only for new claims.
    """
    lanes = list(ledger.lanes)
    changes: list[Change] = []
    told: set[int] = set()
    for figure in figures:
        if figure.hypothetical:
            continue
        point = Point(figure, entry, at, outlet, side, url, (outlet,), denied_by=figure.denied_by)
        index = _lane_of(lanes, figure, told, outlet)
        if index is None:
            lane = Lane(
                figure.measure,
                figure.party,
                figure.scope,
                figure.claimant,
                figure.period or "",
                figure.what or "",
                figure.subset,
                (point,),
            )
            lanes.append(lane)
            told.add(len(lanes) - 1)
            changes.append(Change("denial" if figure.denied_by else "new", lane, _first_words(lane, point)))
            continue
        told.add(index)
        lanes[index], change = _put(lanes[index], point)
        if change:
            changes.append(change)
    for index, lane in enumerate(lanes):
        if index not in told and (withdrawn := _withdrawn(lane, entry, at)):
            lanes[index] = withdrawn
            changes.append(
                Change(
                    "withdrawal", withdrawn, f"{name_of(lane)}: {number_of(lane.points[-1].figure)} withdrawn"
                )
            )
    return Ledger(tuple(lanes)), tuple(changes)


def _first_words(lane: Lane, point: Point) -> str:
    denied = f", denied by {point.denied_by}" if point.denied_by else ""
    return f"{name_of(lane)}: {number_of(point.figure)}{denied}"


def _lane_of(lanes: Sequence[Lane], figure: Figure, told: set[int], outlet: str) -> int | None:
    """The lane that a figure continues. Two different numbers of one entry never share a lane."""
    fits = [i for i, lane in enumerate(lanes) if _same_lane(lane, figure)]
    for i in fits:
        if any(_same_number(p.figure, figure) for p in lanes[i].points):
            return i
    for i in fits:
        if i in told:
            continue
        lane = lanes[i]
        if (
            figure.claimant == UNATTRIBUTED
            and outlet not in lane.points[-1].outlets
            and not _rises(lane.points[-1].figure, figure)
        ):
            continue  # another outlet's lower number in nobody's name is not a revision
        return i
    return None


def _same_lane(lane: Lane, figure: Figure) -> bool:
    return (
        lane.measure == figure.measure
        and lane.party == figure.party
        and lane.scope == figure.scope
        and lane.claimant == figure.claimant
        and lane.period == (figure.period or "")
        and lane.subset == figure.subset
        and (lane.measure not in ("other", "money", "duration") or lane.what == (figure.what or ""))
        and (figure.update == "additional") == (lane.points[-1].figure.update == "additional")
    )


def _same_number(one: Figure, other: Figure) -> bool:
    if one.low is None or other.low is None:
        return one.low is other.low and one.text.lower() == other.text.lower()
    return one.low == other.low and one.high == other.high


def _rises(before: Figure, after: Figure) -> bool:
    return (after.high or 0) >= (before.high or 0)


def _put(lane: Lane, point: Point) -> tuple[Lane, Change | None]:
    """A lane with one more claim in it, and what that changed."""
    for index, known in enumerate(lane.points):
        stands = index == len(lane.points) - 1
        if _same_number(known.figure, point.figure) and (stands or point.at <= lane.points[-1].at):
            return _repeat(lane, index, point)
    if point.at < lane.points[-1].at:
        history = sorted([*lane.points[:-1], replace(point, status="superseded")], key=lambda p: p.at)
        return replace(lane, points=(*history, lane.points[-1])), None
    last = lane.points[-1]
    kind = _kind(last.figure, point.figure)
    old = replace(last, status="revised" if kind == "revision" else "superseded")
    new = replace(lane, points=(*lane.points[:-1], old, point))
    arrow = f"{number_of(last.figure)} → {number_of(point.figure)}"
    return new, Change(kind, new, f"{name_of(lane)}: {arrow}{' (revised)' if kind == 'revision' else ''}")


def _kind(before: Figure, after: Figure) -> Literal["rise", "revision", "corroborated"]:
    if before.high is None or after.high is None or before.low is None or after.low is None:
        return "corroborated"
    if (
        before.qualifier in ("over", "about", "nearly")
        and _agree(before, after)
        and after.high <= before.high * (1 + CLOSE)
    ):
        return "corroborated"
    return "rise" if (after.low, after.high) > (before.low, before.high) else "revision"


def _repeat(lane: Lane, index: int, point: Point) -> tuple[Lane, Change | None]:
    """The same claim again: one more outlet, perhaps a first denial."""
    known = lane.points[index]
    news = point.denied_by and not known.denied_by
    fresh = point.outlet not in known.outlets
    repeats = known.repeats if not fresh else (*known.repeats, (point.at, point.entry, point.outlet))
    merged = replace(
        known,
        outlets=(*known.outlets, point.outlet) if fresh else known.outlets,
        denied_by=known.denied_by or point.denied_by,
        repeats=repeats,
    )
    new = replace(lane, points=(*lane.points[:index], merged, *lane.points[index + 1 :]))
    if news:
        return new, Change(
            "denial", new, f"{name_of(lane)}: {number_of(known.figure)}, denied by {point.denied_by}"
        )
    if fresh and index == len(lane.points) - 1:
        return new, Change(
            "corroborated", new, f"{name_of(lane)}: {number_of(known.figure)}, also {point.outlet}"
        )
    return new, None


def _withdrawn(lane: Lane, entry: str, at: datetime) -> Lane | None:
    last = lane.points[-1]
    if last.entry != entry or last.repeats or last.status == "withdrawn" or at < last.at:
        return None
    return replace(lane, points=(*lane.points[:-1], replace(last, status="withdrawn")))


# --------------------------------------------------------------------------- comparing claims


def _bounds(figure: Figure) -> tuple[float, float] | None:
    """The values that a figure allows; None for words such as dozens."""
    if figure.low is None or figure.high is None:
        return None
    low, high = figure.low, figure.high
    match figure.qualifier:
        case "at_least" | "over":
            return low, inf
        case "nearly":
            return low * (1 - CLOSE), high
        case "about":
            return low * (1 - CLOSE), high * (1 + CLOSE)
        case "up_to" | "under":
            return 0.0, high
        case _:
            return low, high


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two claims can both be true: "over 200" and 214, "at least 17" and 35.

    Words such as dozens contradict nothing.
    """
    first, second = _bounds(one), _bounds(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def contradictions(ledger: Ledger) -> tuple[tuple[Lane, Lane], ...]:
    """Pairs of lanes by different claimants that cannot both be true."""
    standing = [
        lane for lane in ledger.lanes if lane.stands and not lane.subset and lane.claimant != UNATTRIBUTED
    ]
    return tuple((one, other) for one, other in combinations(standing, 2) if _conflict(one, other))


def _conflict(one: Lane, other: Lane) -> bool:
    if one.measure != other.measure or one.scope != other.scope or one.claimant == other.claimant:
        return False
    if one.measure in ("other", "money", "duration") and one.what != other.what:
        return False
    if one.period != other.period or not _same_people(one.party, other.party):
        return False
    if "additional" in (one.points[-1].figure.update, other.points[-1].figure.update):
        return False
    return not _agree(one.points[-1].figure, other.points[-1].figure)


def _same_people(one: Party, other: Party) -> bool:
    return one == other != "unspecified" or any(one in kin and other in kin for kin in KIN)


def as_of(ledger: Ledger, when: datetime) -> Ledger:
    """The ledger as it was known at a time: later claims, repeats and denials taken away."""
    lanes = []
    for lane in ledger.lanes:
        points = [_point_then(p, when) for p in lane.points if p.at <= when]
        if not points:
            continue
        if points[-1].status != "withdrawn":
            points[-1] = replace(points[-1], status="current")
        lanes.append(replace(lane, points=tuple(points)))
    return Ledger(tuple(lanes))


def _point_then(point: Point, when: datetime) -> Point:
    repeats = tuple(r for r in point.repeats if r[0] <= when)
    return replace(point, repeats=repeats, outlets=(point.outlet, *dict.fromkeys(r[2] for r in repeats)))


# --------------------------------------------------------------------------- showing


def lines(ledger: Ledger, most: int = 5) -> tuple[FigureLine, ...]:
    """The lines of an alert: conflicts first, then what weighs most; never a part beside its whole's place."""
    against = {id(lane) for pair in contradictions(ledger) for lane in pair}
    lanes = [lane for lane in ledger.lanes if lane.stands and not _echoes(lane, ledger)]
    lanes.sort(key=lambda lane: _weight(lane, id(lane) in against))
    return tuple(_line(lane, id(lane) in against) for lane in lanes[:most])


def _weight(lane: Lane, conflict: bool) -> tuple[object, ...]:
    figure = lane.points[-1].figure
    denied = lane.points[-1].denied_by is not None
    return (
        not (conflict or denied),
        lane.subset,
        lane.scope not in ("incident",),
        ORDER.index(lane.measure),
        lane.party,
        lane.claimant == UNATTRIBUTED,
        -(figure.high or 0),
        lane.claimant,
        lane.points[0].at,
    )


def _echoes(lane: Lane, ledger: Ledger) -> bool:
    """A number in nobody's name that a named claimant's lane already shows."""
    if lane.claimant != UNATTRIBUTED:
        return False
    return any(
        other.claimant != UNATTRIBUTED
        and other.stands is not None
        and other.measure == lane.measure
        and other.subset == lane.subset
        and (other.party == lane.party or _same_people(other.party, lane.party))
        and _same_number(other.points[-1].figure, lane.points[-1].figure)
        for other in ledger.lanes
    )


def _line(lane: Lane, conflict: bool) -> FigureLine:
    point = lane.points[-1]
    own = point.figure.own_loss
    label = "" if own is None else "own loss" if own else "claim about the other side"
    notes = []
    earlier = [p for p in lane.points[:-1] if not _same_number(p.figure, point.figure)]
    if earlier:
        notes.append(
            f"{'revised, ' if earlier[-1].status == 'revised' else ''}was {number_of(earlier[-1].figure)}"
        )
    if point.denied_by:
        notes.append(f"denied by {point.denied_by}")
    others = len(point.outlets) - 1
    if others > 0:
        notes.append(f"also {others} outlet{'s' if others > 1 else ''}")
    return FigureLine(point.figure, point.outlet, point.url, label, conflict, ", ".join(notes))
