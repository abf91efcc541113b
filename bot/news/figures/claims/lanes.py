"""Which lane of a ledger a figure continues, or opens."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from bot.news.figures.claims.claim import DENIAL, Lane, Point, counted, is_added, is_named, period_of, some_of
from bot.news.figures.claims.compare import collapses, is_spread, same_number, same_people
from bot.news.figures.claims.houses import same_name, spoken_for
from bot.news.model import UNATTRIBUTED, Figure


def lane_of(
    lanes: Sequence[Lane], point: Point, told: Container[int], copy_of: str | None = None
) -> int | None:
    """The lane that a figure continues. Two different numbers of one entry never share a lane."""
    figure, outlet = point.figure, point.outlet
    if copy_of and (of := _copied(lanes, figure, copy_of)) is not None:
        return of
    spread = bool(figure.place or any(lane.place for lane in lanes)) and is_spread(lanes, figure.place)
    fits = [
        i
        for i, lane in enumerate(lanes)
        if _same_lane(lane, figure)
        and (lane.place == figure.place or not (spread or (lane.place and figure.place)))
    ]
    for i in fits:
        if any(same_number(p.figure, figure) for p in lanes[i].points):
            return i
    free = (i for i in fits if i not in told and lanes[i].last.hearsay == point.hearsay)
    free = (i for i in free if lanes[i].last.entry == point.entry or not collapses(lanes[i].figure, figure))
    if figure.claimant == UNATTRIBUTED:  # another outlet's lower number in nobody's name is not a revision
        free = (i for i in free if outlet in lanes[i].last.outlets or _rises(lanes[i].figure, figure))
    return next(free, None)


def opened(point: Point, voices: Mapping[str, tuple[str, ...]]) -> Lane:
    of = point.figure
    above = voices[of.claimant] if of.claimant in voices else spoken_for(of, point.side)
    period, what = of.period or "", of.what or ""
    return Lane(
        of.measure, of.party, of.scope, of.claimant, period, what, of.subset, (point,), above, of.place
    )


def _copied(lanes: Sequence[Lane], figure: Figure, copy_of: str) -> int | None:
    """The claim that a copy carries on, whatever it calls the claimant: "officials", "officials from both sides"."""
    for index, lane in enumerate(lanes):
        carried = any(
            same_number(p.figure, figure) and copy_of in (p.entry, *(entry for _, entry, _ in p.repeats))
            for p in lane.points
        )
        same = (counted(lane), lane.scope, lane.subset) == (counted(figure), figure.scope, figure.subset)
        named = lane.claimant != UNATTRIBUTED or figure.claimant == UNATTRIBUTED
        whom = lane.party == figure.party or same_people(lane.party, figure.party)
        if carried and same and named and whom and lane.is_denial == (figure.rule == DENIAL):
            return index
    return None


def _same_lane(lane: Lane, figure: Figure) -> bool:
    """Whether a figure counts what a lane counts. Some of the people are no revision of all of them."""
    last = lane.figure
    if counted(lane) != counted(figure) or lane.is_denial != (figure.rule == DENIAL):
        return False
    mine = (lane.party, lane.scope, lane.subset, period_of(lane.period))
    if mine != (figure.party, figure.scope, figure.subset, period_of(figure.period or "")):
        return False
    if not same_name(lane.claimant, figure.claimant):
        return False
    again = is_named(lane.period) and (some_of(figure), is_added(figure)) == (some_of(last), is_added(last))
    return again or same_number(figure, last)


def _rises(before: Figure, after: Figure) -> bool:
    return (after.high or 0) >= (before.high or 0)
