"""Whether claims agree, contradict or deny each other; only what counts the same people is compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from bot.news.figures.claims.claim import Lane, counted, is_named, period_of, some_of
from bot.news.figures.claims.houses import one_side, one_voice, opposed
from bot.news.model import HARM, UNATTRIBUTED, Figure, Party

CLOSE = 0.15  # how far "about 100" or "nearly 100" reaches
LATER = timedelta(hours=6)  # between an early count and one that may have grown out of it
MOST_RISE = 3  # times the early count; beyond, somebody is wrong
ANSWERS = timedelta(hours=12)  # a denial answers what is said; a number told longer after it is a new claim
KIN: tuple[frozenset[Party], ...] = (
    frozenset(("pak_people", "pak_civilians")),
    frozenset(("afg_people", "afg_civilians", "afg_refugees")),
    frozenset(("afg_taliban_forces", "afg_taliban_and_militants")),
    frozenset(("militants", "afg_taliban_and_militants")),
)
MILITANT: frozenset[Party] = frozenset({"militants", "afg_taliban_and_militants"})
ARMED: frozenset[Party] = MILITANT | {"pak_security_forces", "afg_taliban_forces", "both"}
ALL_OF: dict[Party, tuple[Party, ...]] = {
    "pak_people": ("pak_security_forces", "pak_civilians"),
    "afg_people": ("afg_taliban_forces", "afg_civilians", "afg_refugees"),
}


def bounds(figure: Figure) -> tuple[float, float] | None:
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


def agree(one: Figure, other: Figure) -> bool:
    """Whether two claims can both be true: "over 200" and 214, "at least 17" and 35.

    Words such as dozens contradict nothing.
    """
    first, second = bounds(one), bounds(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def same_number(one: Figure, other: Figure) -> bool:
    if one.low is None or other.low is None:
        return one.low is other.low and one.text.lower() == other.text.lower()
    return one.low == other.low and one.high == other.high


def same_people(one: Party, other: Party) -> bool:
    return one == other != "unspecified" or any(one in kin and other in kin for kin in KIN)


# --------------------------------------------------------------------------- provinces, growth


def is_spread(lanes: Iterable[Lane], place: str = "") -> bool:
    """Whether people were harmed in several provinces, so that a number of one of them is no count of all."""
    return len({place, *(lane.place for lane in lanes)} - {""}) > 1


def local(part: Lane, whole: Lane, spread: bool) -> bool:
    """Whether a number of one province may be counted in another of the whole happening: "nine in Paktika" of 14."""
    return spread and bool(part.place) and not whole.place and _fits_in(part.figure, whole.figure)


def _fits_in(part: Figure, whole: Figure) -> bool:
    """Whether a number is none larger than another may be."""
    least, most = bounds(part), bounds(whole)
    return least is None or most is None or least[0] <= most[1]


def outgrown(early: Lane, late: Lane) -> bool:
    """Whether a later count of the same is what an early one grew to: larger, and not by the other side of the fighting."""
    first, then = early.last, late.last
    if early.measure not in HARM or opposed(early, late) or then.hearsay:
        return False
    if then.at - first.at < (timedelta() if then.figure.update == "rise" else LATER):
        return False
    before, after = first.figure.high, then.figure.low
    grew = before is not None and after is not None and before < after <= MOST_RISE * before
    return grew and same_count(early, late)


def collapses(before: Figure, after: Figure) -> bool:
    """Whether a number falls so far that it is another happening's, where nobody says that it was revised."""
    return after.update != "revision" and (after.high or 0) * MOST_RISE < (before.low or 0)


def covers(party: Party, part: Party) -> bool:
    """Whether a count of some people may hold those of another: all of a side its soldiers, any but militants "40 people"."""
    if part == "unspecified":
        return party not in MILITANT
    return (
        part in ALL_OF.get(party, ())
        or same_people(party, part)
        or (party == "unspecified" and part not in ARMED)
    )


def same_matter(one: Lane, other: Lane) -> bool:
    """Whether two lanes count the same thing at the same time and place, be it of whom it may."""
    return (
        counted(one) == counted(other)
        and one.scope == other.scope
        and period_of(one.period) == period_of(other.period)
        and is_named(one.period)
        and (not (one.place and other.place) or one.place == other.place)
    )


def same_count(one: Lane, other: Lane) -> bool:
    """Whether two lanes count the same thing of the same people at the same time."""
    return same_people(one.party, other.party) and same_matter(one, other)


def may_be_part(part: Figure, whole: Figure) -> bool:
    """Whether a number may count some of another's people: "three players" of "at least 10 civilians".

    Two numbers of some ("nine children", "four women") say nothing of each other.
    """
    some, others = some_of(part), some_of(whole)
    return bool(some) and some != others and (bool(others) or _fits_in(part, whole))


# --------------------------------------------------------------------------- parts


def whole_of(part: Lane, lanes: Iterable[Lane]) -> Lane | None:
    """The total in which a lane is known to be counted: told beside it in one report, by the same claimant or a copy."""
    entries = {point.entry for point in part.points}
    wholes = [
        lane
        for lane in lanes
        if lane is not part
        and not lane.subset
        and (lane.measure, lane.scope) == (part.measure, part.scope)
        and (one_voice(lane, part) or entries & _carried(lane))
        and lane.place in ("", part.place)
        and ("unspecified" in (part.party, lane.party) or same_people(part.party, lane.party))
        and entries & ({point.entry for point in lane.points} | _carried(lane))
        and (part.figure.low or 0) <= (lane.figure.high or inf)
        and (part.subset or (not some_of(lane.figure) and some_of(part.figure)))
    ]
    return min(wholes, key=lambda lane: lane.figure.high or inf, default=None)


def _carried(lane: Lane) -> set[str]:
    """The reports that repeat a lane's claim, in whatever name: their parts are its parts."""
    return {entry for point in lane.points for _, entry, _ in point.repeats}


# --------------------------------------------------------------------------- denials


def answered(lanes: Sequence[Lane], at: datetime) -> list[Lane]:
    """The lanes, each with the denial of its claim wherever one is known, in whatever order they were told."""
    known = list(lanes)
    for index, lane in enumerate(lanes):
        point = lane.stands
        if point is None or lane.is_denial or point.denied_by:
            continue
        if denier := next((name for other in lanes if (name := _denies(other, lane))), None):
            known[index] = lane.ending(replace(point, denied_by=denier, denied_at=at))
    return known


def _nobodys(other: Lane, lane: Lane, denier: str) -> bool:
    """ "Rejected the claim that nine died": whoever made it, but not the denier."""
    return other.claimant == UNATTRIBUTED and denier not in (lane.claimant, *lane.speaks_for)


def _denies(other: Lane, lane: Lane) -> str | None:
    """Who denies a lane's claim, as far as another lane shows: in general, or its number under another name."""
    point, figure = other.stands, lane.figure
    if point is None or other is lane:
        return None
    if not other.is_denial:
        same = (
            point.denied_by
            and (one_voice(other, lane) or _nobodys(other, lane, point.denied_by))
            and same_count(other, lane)
            and same_number(point.figure, figure)
        )
        return point.denied_by if same else None
    if lane.subset or lane.scope != "incident" or one_side(other, lane) or figure.low == 0:
        return None
    since = lane.last.at - point.at
    if since > ANSWERS or (since > timedelta() and not point.figure.own_loss):
        return None  # "the claim is baseless" answers what was said; who lost nobody denies every number
    if other.measure not in ("casualties", lane.measure) or lane.measure not in (*HARM, "captured"):
        return None
    theirs = other.party == "unspecified"  # "their figure": of what they say of others
    if figure.own_loss is True if theirs else not same_people(other.party, lane.party):
        return None
    whose = point.figure.what
    meant = not whose or lane.claimant == UNATTRIBUTED or whose in (lane.claimant, *lane.speaks_for)
    return other.claimant if meant else None
