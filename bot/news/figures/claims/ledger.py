"""A story's claims: one lane per measure, party, scope, period and claimant; never summed or merged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.news.figures.claims.claim import (
    DENIAL,
    Change,
    Lane,
    Ledger,
    Point,
    Status,
    counted,
    is_added,
    is_named,
    limited,
    name_of,
    number_of,
    part_words,
    period_of,
    some_of,
    voice_of,
    words,
)
from bot.news.figures.claims.compare import (
    CLOSE,
    agree,
    answered,
    contradictions,
    is_spread,
    same_count,
    same_number,
    same_people,
    without_wrong,
)
from bot.news.figures.claims.houses import COUNTRIES, opposed, same_name, side_of_people
from bot.news.figures.claims.keylines import echoes, lines
from bot.news.figures.claims.then import as_of
from bot.news.model import UNATTRIBUTED, Figure, Side

__all__ = [
    "Change", "Lane", "Ledger", "Point", "Status", "add", "as_of", "contradictions", "limited", "lines", "part_words", "words",
]  # fmt: skip

Told = dict[int, Change | None]  # lane → what an entry changed in it


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
    voices: Mapping[str, tuple[str, ...]] | None = None,
    corrects: Collection[str] | None = None,
    withdraws: Collection[str] = (),
    hearsay: Callable[[Figure], bool] = lambda _: False,
) -> tuple[Ledger, tuple[Change, ...]]:
    """The ledger after one entry's figures and denials, and what they changed.

    An entry met before is an edit: what only it had said and no longer says is withdrawn. A syndicated
    copy (`copy_of`) adds its outlet to the points of what it copies, and opens lanes only for new claims.
    `voices`: for whom each claimant speaks. A correction is an edit under another address: of the entries that
    it `corrects`, what it gives another number for is replaced; of those that it `withdraws`, everything goes.
    `hearsay`: whether nobody answers for a figure; such a claim is no claim of those who do.
    """
    lanes = list(ledger.lanes)
    figures = tuple(figures) if corrects is None else without_wrong(tuple(figures), lanes, corrects)
    told: Told = {}
    for figure in _by_measure(figures):
        if figure.hypothetical:
            continue
        point = replace(_point(figure, entry, at, outlet, side, url), hearsay=hearsay(figure))
        index = _lane_of(lanes, point, told, copy_of)
        if index is None:
            lanes.append(_opened(point, voices or {}))
            told[len(lanes) - 1] = _new(lanes[-1])
        else:
            lanes[index], change = _put(lanes[index], point, copied=copy_of is not None)
            before = told.get(index)
            told[index] = change if before is None or before.kind == "corroborated" else before
    gone = [
        Change("withdrawal", lane, f"{name_of(lane)}: {number_of(lane.figure)} withdrawn by {outlet}")
        for lane in _taken_back(lanes, told, entry, at, corrects or (), withdraws)
    ]
    known = answered(lanes, at)
    denied = {index for index, lane in enumerate(known) if lane is not lanes[index]}
    for index in denied:
        told[index] = _denied(known[index], told.get(index))
    for index in [index for index in told if denied and known[index].is_denial]:
        told[index] = None  # said on the claim that it denies
    book, spread = Ledger(tuple(known)), is_spread(known)
    news = [_placed(change) if spread else change for change in (*told.values(), *gone) if change]
    return book, tuple(change for change in news if not echoes(change.lane, book))


def _taken_back(
    lanes: list[Lane],
    told: Told,
    entry: str,
    at: datetime,
    corrects: Collection[str],
    withdraws: Collection[str],
) -> list[Lane]:
    """Take out of the lanes what an entry no longer says, or corrects; those that nobody else's number replaces."""
    left: list[Lane] = []
    for index, lane in enumerate(lanes):
        wholly = _withdrawn(lane, {entry, *withdraws}, at)
        if index in told or not (gone := wholly or _withdrawn(lane, {entry, *corrects}, at)):
            continue
        heir = next((t for t in told if _replaces(lanes[t], lane, entry)), None)
        if not wholly and (heir is None or len(lanes[heir].points) > 1 or opposed(lanes[heir], lane)):
            continue
        lanes[index] = gone
        if heir is None:
            left.append(gone)
        else:
            told[heir] = _passed_on(lane, lanes[heir])
    return left


def _placed(change: Change) -> Change:
    """A change that says where, among the claims of several provinces."""
    place = change.lane.place
    return replace(change, words=f"in {place}: {change.words}") if place else change


def _by_measure(figures: tuple[Figure, ...]) -> Iterable[Figure]:
    """Parts of the casualties are the total of their own measure: "457 casualties: 35 killed and 422 injured"."""
    joint = {figure.claimant for figure in figures if figure.measure == "casualties" and not figure.subset}
    totals = {(figure.claimant, figure.measure) for figure in figures if not figure.subset}
    denied = [figure for figure in figures if figure.denied_by]
    for figure in figures:
        if any(figure.claimant in (f.denied_by or "") and same_number(figure, f) for f in denied):
            continue  # who denies a number in the text does not claim it in the headline
        split = figure.measure in ("killed", "wounded") and figure.claimant in joint
        whole = split and not some_of(figure) and (figure.claimant, figure.measure) not in totals
        yield replace(figure, subset=False) if figure.subset and whole else figure


def _point(figure: Figure, entry: str, at: datetime, outlet: str, side: Side, url: str) -> Point:
    denied_at = at if figure.denied_by else None
    return Point(
        figure, entry, at, outlet, side, url, (outlet,), denied_by=figure.denied_by, denied_at=denied_at
    )


def _opened(point: Point, voices: Mapping[str, tuple[str, ...]]) -> Lane:
    of = point.figure
    people = side_of_people(of.claimant)
    country = (COUNTRIES[people],) if people and COUNTRIES[people] != of.claimant else ()
    above = voices.get(of.claimant, country)
    period, what = of.period or "", of.what or ""
    return Lane(
        of.measure, of.party, of.scope, of.claimant, period, what, of.subset, (point,), above, of.place
    )


def _new(lane: Lane) -> Change:
    point = lane.last
    denied = f", denied by {point.denied_by}" if point.denied_by else ""
    kind: Literal["denial", "new"] = "denial" if denied or lane.is_denial else "new"
    revised = ", revised" if lane.figure.update == "revision" else ""
    return Change(kind, lane, f"{_told(lane)}{revised}{denied}")


def _told(lane: Lane) -> str:
    """A claim in a line of what changed: "456 wounded (UNAMA, in three months)"."""
    return f"{words(lane.figure)} ({voice_of(lane)})"


def _denied(lane: Lane, news: Change | None = None) -> Change:
    """A claim that is denied; where the same report brought it, with what that changed."""
    point = lane.last
    if news is not None:
        return replace(news, lane=lane, words=f"{news.words}, denied by {point.denied_by}")
    return Change("denial", lane, f"{_told(lane)}, denied by {point.denied_by}")


def _replaces(heir: Lane, lane: Lane, entry: str) -> bool:
    """Whether a rewritten report gives a number of the same people by somebody else."""
    new, old = heir.last, lane.last
    return (
        new.entry == entry
        and not heir.is_denial
        and heir.subset == lane.subset
        and same_count(heir, lane)
        and some_of(new.figure) == some_of(old.figure)
    )


def _passed_on(lane: Lane, heir: Lane) -> Change:
    old, new = lane.figure, heir.figure
    kind = _kind(old, new)
    numbers = f"{number_of(old)} ({lane.claimant}) → {number_of(new)} ({heir.claimant})"
    return Change(kind, heir, f"{lane.measure.replace('_', ' ')}: {numbers}")


def _lane_of(
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
    if figure.claimant == UNATTRIBUTED:  # another outlet's lower number in nobody's name is not a revision
        free = (i for i in free if outlet in lanes[i].last.outlets or _rises(lanes[i].figure, figure))
    return next(free, None)


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


def _put(lane: Lane, point: Point, copied: bool = False) -> tuple[Lane, Change | None]:
    """A lane with one more claim in it, and what that changed; a copy repeats a claim, however old.

    After a withdrawal whoever tells again begins anew: a new number revises nothing, an old one stands again.
    """
    if lane.stands is None and point.at >= lane.last.at:
        new = replace(lane, points=(*lane.points, point))
        return (lane, None) if copied else (new, _new(new))
    for index, known in enumerate(lane.points):
        stands = index == len(lane.points) - 1
        known_then = stands or copied or point.at <= lane.last.at
        if same_number(known.figure, point.figure) and known_then:
            return _repeat(lane, index, point)
    if point.at < lane.last.at:
        history = sorted([*lane.points[:-1], replace(point, status="superseded")], key=lambda p: p.at)
        return replace(lane, points=(*history, lane.last)), None
    last = lane.last
    kind = _kind(last.figure, point.figure)
    old = replace(last, status="revised" if kind == "revision" else "superseded")
    place = lane.place if lane.place == point.figure.place else ""
    new = replace(lane.ending(old, point), place=place)
    arrow = f"{number_of(last.figure)} → {number_of(point.figure)}"
    return new, Change(kind, new, f"{name_of(lane)}: {arrow}{' (revised)' if kind == 'revision' else ''}")


def _kind(before: Figure, after: Figure) -> Literal["rise", "revision", "corroborated"]:
    if before.high is None or after.high is None or before.low is None or after.low is None:
        return "corroborated"
    near = after.high <= before.high * (1 + CLOSE)
    if near and before.qualifier in ("over", "about", "nearly") and agree(before, after):
        return "corroborated"
    return "rise" if (after.low, after.high) > (before.low, before.high) else "revision"


def _repeat(lane: Lane, index: int, point: Point) -> tuple[Lane, Change | None]:
    """The same claim again: one more outlet, perhaps a first denial."""
    known = lane.points[index]
    fresh = (point.outlet,) if point.outlet not in known.outlets else ()
    merged = replace(
        known,
        outlets=(*known.outlets, *fresh),
        denied_by=known.denied_by or point.denied_by,
        denied_at=known.denied_at or point.denied_at,
        repeats=(*known.repeats, *((point.at, point.entry, outlet) for outlet in fresh)),
        hearsay=known.hearsay and point.hearsay,
    )
    new = replace(lane, points=(*lane.points[:index], merged, *lane.points[index + 1 :]))
    if point.denied_by and not known.denied_by:
        return new, _denied(new)
    if fresh and index == len(lane.points) - 1:
        told = f"{name_of(lane)}: {number_of(known.figure)}, also {point.outlet}"
        return new, Change("corroborated", new, told)
    return new, None


def _withdrawn(lane: Lane, entries: Collection[str], at: datetime) -> Lane | None:
    """A lane without its last claim, where only these entries made it."""
    last = lane.last
    others = [entry for _, entry, _ in last.repeats if entry not in entries]
    if last.entry not in entries or others or last.status == "withdrawn" or at < last.at:
        return None
    return lane.ending(replace(last, status="withdrawn"))
