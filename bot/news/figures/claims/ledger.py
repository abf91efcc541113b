"""A story's claims: one lane per measure, party, scope, period and claimant; never summed or merged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.news.figures.claims.changes import denying, kind_of, opening, passed_on, placed, withdrawal
from bot.news.figures.claims.claim import (
    ADDED,
    Change,
    Lane,
    Point,
    Status,
    in_digits,
    limited,
    name_of,
    number_of,
    part_words,
    some_of,
    words,
)
from bot.news.figures.claims.compare import answered, is_spread, same_number
from bot.news.figures.claims.heirs import Ledger
from bot.news.figures.claims.keylines import echoes, lines
from bot.news.figures.claims.lanes import lane_of, opened
from bot.news.figures.claims.then import as_of
from bot.news.figures.claims.withdrawals import given_up, taken_back
from bot.news.model import HARM, Figure, Side

__all__ = [
    "Change", "Lane", "Ledger", "Point", "Status", "add", "as_of", "limited", "lines", "part_words", "words",
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
    corrects: Collection[str] = (),
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
    told: Told = {}
    left: list[Lane] = []
    for figure in _by_measure(tuple(figures)):
        if figure.update == "withdrawn":
            left += given_up(lanes, figure, at)
        elif not figure.hypothetical and figure.update != "former":
            denied = at if figure.denied_by else None
            point = Point(
                figure, entry, at, outlet, side, url, (outlet,), denied_by=figure.denied_by, denied_at=denied, hearsay=hearsay(figure)
            )  # fmt: skip
            _lay(lanes, told, point, copy_of, voices or {})
    taken = taken_back(lanes, told, entry, at, corrects, withdraws)
    gone = [
        *(withdrawal(lane, f" by {outlet}") for lane in taken),
        *(withdrawal(lane, f", {outlet} reports") for lane in left),
    ]
    book = Ledger(tuple(_answered(lanes, told, at)))
    return book, tuple(_news((*told.values(), *gone), book))


def _lay(
    lanes: list[Lane], told: Told, point: Point, copy_of: str | None, voices: Mapping[str, tuple[str, ...]]
) -> None:
    """A claim into the lane that it continues or opens, and what that changed; the first change that tells something."""
    index = lane_of(lanes, point, told, copy_of)
    if index is None:
        lanes.append(opened(point, voices))
        told[len(lanes) - 1] = opening(lanes[-1])
        return
    lanes[index], change = _put(lanes[index], point, copied=copy_of is not None)
    before = told.get(index)
    told[index] = change if before is None or before.kind == "corroborated" else before


def _answered(lanes: list[Lane], told: Told, at: datetime) -> list[Lane]:
    """The lanes with the denials of their claims, and those told as what changed."""
    known = answered(lanes, at)
    denied = {index for index, lane in enumerate(known) if lane is not lanes[index]}
    for index in denied:
        told[index] = denying(known[index], told.get(index))
    for index in [index for index in told if denied and known[index].is_denial]:
        told[index] = None  # said on the claim that it denies
    return known


def _news(changes: Iterable[Change | None], book: Ledger) -> Iterable[Change]:
    """The changes that tell something: no number that another claim shows already, or had taken the place of."""
    spread = is_spread(book.lanes)
    for change in filter(None, changes):
        lane = change.lane
        if echoes(lane, book.standing) or (change.kind in ("new", "denial") and id(lane) in book.heirs):
            continue
        was = book.replaced.get(id(lane)) if change.kind == "new" else None
        told = change if was is None else passed_on(was, lane)
        yield placed(told) if spread else told


def _by_measure(figures: tuple[Figure, ...]) -> Iterable[Figure]:
    """Parts of the casualties are the total of their own measure: "457 casualties: 35 killed and 422 injured"."""
    joint = {figure.claimant for figure in figures if figure.measure == "casualties" and not figure.subset}
    totals = {(figure.claimant, figure.measure) for figure in figures if not figure.subset}
    denied = [figure for figure in figures if figure.denied_by]
    for at, figure in enumerate(figures):
        figure = _whole(figure, figures[:at])
        if any(figure.claimant in (f.denied_by or "") and same_number(figure, f) for f in denied):
            continue  # who denies a number in the text does not claim it in the headline
        split = figure.measure in ("killed", "wounded") and figure.claimant in joint
        whole = split and not some_of(figure) and (figure.claimant, figure.measure) not in totals
        yield replace(figure, subset=False) if figure.subset and whole else figure


def _whole(figure: Figure, before: tuple[Figure, ...]) -> Figure:
    """ "41 died and 22 OTHERS were hurt": all the hurt, where its sentence, or all before it, tells of no other hurt."""
    first, _, rest = figure.noun.lstrip().partition(" ")
    here = tuple(one for one in before if one.sentence == figure.sentence)
    beside = ({one.measure for one in told} & HARM for told in (here, before))
    if (
        first.lower() not in ADDED | {"others"}
        or figure.measure not in HARM
        or not any(told and figure.measure not in told for told in beside)
    ):
        return figure
    update = "none" if figure.update == "additional" else figure.update
    return replace(figure, noun=f" {rest}" if rest else "", update=update)


def _put(lane: Lane, point: Point, copied: bool = False) -> tuple[Lane, Change | None]:
    """A lane with one more claim in it, and what that changed; a copy repeats a claim, however old.

    After a withdrawal whoever tells again begins anew: a new number revises nothing, an old one stands again.
    """
    if lane.stands is None and point.at >= lane.last.at:
        new = replace(lane, points=(*lane.points, point))
        return (lane, None) if copied else (new, opening(new))
    for index, known in enumerate(lane.points):
        stands = index == len(lane.points) - 1
        known_then = stands or copied or point.at <= lane.last.at
        if same_number(known.figure, point.figure) and known_then:
            return _repeat(lane, index, point)
    if point.at < lane.last.at:
        history = sorted([*lane.points[:-1], replace(point, status="superseded")], key=lambda p: p.at)
        return replace(lane, points=(*history, lane.last)), None
    last = lane.last
    kind = kind_of(last.figure, point.figure)
    old = replace(last, status="revised" if kind == "revision" else "superseded")
    place = lane.place if lane.place == point.figure.place else ""
    new = replace(lane.ending(old, point), place=place)
    arrow = f"{in_digits(last.figure)} → {in_digits(point.figure)}"
    return new, Change(kind, new, f"{name_of(lane)}: {arrow}{' (revised)' if kind == 'revision' else ''}")


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
        return new, denying(new)
    if fresh and index == len(lane.points) - 1:
        told = f"{name_of(lane)}: {number_of(known.figure)}, also {point.outlet}"
        return new, Change("corroborated", new, told)
    return new, None
