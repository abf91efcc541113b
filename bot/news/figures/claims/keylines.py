"""The key figures of an alert: conflicts first and whole, a total before its parts, a denial beside its claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.news.figures.claims.claim import UNVERIFIED, Lane, Ledger, is_added, number_of, period_of, some_of
from bot.news.figures.claims.compare import (
    contradictions,
    is_spread,
    local,
    may_be_part,
    overtakes,
    same_count,
    same_number,
    same_people,
    standing,
    whole_of,
)
from bot.news.figures.claims.houses import one_side, one_voice, side_of_people
from bot.news.model import HARM, UNATTRIBUTED, WORDED, FigureLine, Measure

WHOSE = {None: "", True: "own loss", False: "claim about the other side"}
Voice = tuple[str, bool]  # a side or a claimant, and whether of its own loss
ORDER: tuple[Measure, ...] = (
    "killed", "wounded", "casualties", "displaced", "returned", "deported", "captured", "abducted", "missing", "surrendered",
    "positions", "camps", "vehicles_equipment", "trucks", "attacks", "strikes", "money", "duration", "other",
)  # fmt: skip
TOPS = frozenset({"killed", "casualties", "captured", "positions"})
OWED = 2  # lines that are kept for sides not heard yet
PARTS = 2  # of a total
OTHERS = 3  # other reports' numbers beside one in nobody's name


def lines(ledger: Ledger, most: int = 5, last: Collection[Measure] = ()) -> tuple[FigureLine, ...]:
    """The lines of an alert: conflicts first, then what weighs most; claims that contradict each other all or none.

    `last`: measures of earlier happenings, as of the dead in the report of a truce.
    """
    standing_ = [lane for lane in standing(ledger) if not echoes(lane, ledger)]
    standing_ = [lane for lane in standing_ if not any(_rounds(lane, other) for other in standing_)]
    spread = is_spread(standing_)
    passed = {
        id(lane)
        for lane in standing_
        for other in standing_
        if _overtakes(other, lane, spread) or (lane.claimant == UNATTRIBUTED and overtakes(other, lane))
    }
    pairs = [pair for pair in contradictions(ledger) if not any(id(lane) in passed for lane in pair)]
    lanes, others = _gathered(standing_)
    against = {id(lane) for pair in pairs for lane in pair}

    def order(group: list[Lane]) -> tuple[object, ...]:
        earlier = group[0].measure in last and group[0].scope == "incident"
        return (
            group[0].last.hearsay,
            earlier,
            id(group[0]) in passed,
            *_weight(group[0], id(group[0]) in against),
        )

    shown: list[FigureLine] = []
    told: set[Voice] = set()
    groups = sorted(_groups(lanes, pairs), key=order)
    for at, group in enumerate(groups):
        told |= {_voice(lane) for lane in group if _tops(lane, last)}
        later = (other[0] for other in groups[at + 1 :] if id(other[0]) not in passed)
        owed = {_voice(lane) for lane in later if _tops(lane, last)} - told
        room = most - len(shown) - min(len(owed), OWED)
        found = [
            line
            for lane in _fewest(group, room)
            for line in _with_parts(lane, lanes, id(lane) in against, others)
        ]
        whole = [line for line in found if not line.part]
        if len(whole) > room and shown:
            continue
        shown += found if len(found) <= room else whole[:room]
    denials = (lane for lane in ledger.lanes if lane.is_denial and lane.stands)
    shown += [_line(lane) for lane in denials if _lone(lane, ledger)]
    return tuple(
        line if spread else replace(line, figure=replace(line.figure, place="")) for line in shown[:most]
    )


def _rounds(lane: Lane, other: Lane) -> bool:
    """Whether it is the headline's rounder word for what the report counts itself: "passes 60" above 63."""
    same = lane.last.entry == other.last.entry
    return lane.claimant == UNATTRIBUTED != other.claimant and same and overtakes(other, lane)


def _voice(lane: Lane) -> Voice:
    """Which side says it, of its own loss or not; else the claimant: a mission, a militant, a witness."""
    names, figure = (lane.claimant, *lane.speaks_for), lane.figure
    named = next((side for name in names if (side := side_of_people(name))), None)
    reports = lane.last.side if figure.own_loss is not None else lane.claimant
    return named or reports, bool(figure.own_loss)


def _tops(lane: Lane, last: Collection[Measure]) -> bool:
    """Whether a claim is kept in view: what somebody says in his name of the dead, or of posts and men taken."""
    told = lane.measure in TOPS and lane.measure not in last and lane.scope == "incident" and not lane.subset
    return told and lane.claimant != UNATTRIBUTED


def _fewest(group: Sequence[Lane], room: int) -> Sequence[Lane]:
    """A group too large for its room: the first word of each voice before a voice's second."""
    if len(group) <= room:
        return group
    first: dict[Voice, Lane] = {}
    for lane in group:
        first.setdefault(_voice(lane), lane)
    heads = list(first.values())
    return [*heads, *(lane for lane in group if not any(lane is head for head in heads))]


def _overtakes(newer: Lane, lane: Lane, spread: bool) -> bool:
    """Whether one side has said a later number of the same people since, or the total of which this is a province's share."""
    if newer is lane or newer.subset or lane.subset or lane.measure not in HARM or not one_side(newer, lane):
        return False
    now, then = newer.last, lane.last
    if not same_count(newer, lane) or is_added(now.figure) or some_of(now.figure) or is_added(then.figure):
        return False
    if local(lane, newer, spread):
        return True
    return newer.place == lane.place and now.at > then.at and not same_number(now.figure, then.figure)


def _gathered(lanes: Sequence[Lane]) -> tuple[list[Lane], dict[int, str]]:
    """What several reports give in nobody's name as one lane, the highest, and what the others say."""
    alike: dict[object, list[Lane]] = {}
    for lane in lanes:
        figure = lane.figure
        some = some_of(figure)
        whom = (lane.measure, lane.party, lane.subset, lane.what, some)
        key: object = (*whom, lane.scope, period_of(lane.period), lane.place)
        if lane.claimant != UNATTRIBUTED:  # who says one number of this year and of a period says it once
            key = (*whom, lane.claimant, number_of(figure))
        elif lane.measure in WORDED:
            key = id(lane)
        alike.setdefault(key, []).append(lane)
    kept: list[Lane] = []
    notes: dict[int, str] = {}
    for same in alike.values():
        best = max(same, key=lambda lane: lane.figure.high or 0)
        rest = [lane.last for lane in same if lane is not best]
        named = best.claimant != UNATTRIBUTED
        said = {} if named else dict.fromkeys(f"{number_of(p.figure)} ({p.outlet})" for p in rest)
        kept.append(best)
        if said:
            notes[id(best)] = f"other reports: {', '.join(list(said)[:OTHERS])}"
    return kept, notes


def _groups(lanes: Sequence[Lane], pairs: Iterable[tuple[Lane, Lane]]) -> list[list[Lane]]:
    """Lanes that contradict each other, together; parts go with their totals."""
    groups = [[lane] for lane in lanes if whole_of(lane, lanes) is None]
    for pair in pairs:
        found = [group for group in groups if any(lane is one for lane in group for one in pair)]
        if len(found) == 2:
            found[0] += found[1]
            groups = [group for group in groups if group is not found[1]]
    for group in groups:
        group.sort(key=lambda lane: _weight(lane, True))
    return groups


def _with_parts(
    lane: Lane, lanes: Sequence[Lane], conflict: bool, others: Mapping[int, str]
) -> Iterable[FigureLine]:
    yield _line(lane, conflict, note=others.get(id(lane), "") or _perhaps_part(lane, lanes))
    parts = [part for part in lanes if part.subset and whole_of(part, lanes) is lane]
    parts.sort(key=lambda part: _weight(part, False))
    for part in parts[:PARTS]:
        yield _line(part, part=True)


def _perhaps_part(lane: Lane, lanes: Iterable[Lane]) -> str:
    """That a number may count some of those whom another claimant counts."""
    figure = lane.figure
    if not some_of(figure) or lane.subset or is_added(figure):
        return ""
    wholes = (one for one in lanes if one is not lane and not one.subset and same_count(lane, one))
    some = any(may_be_part(figure, one.figure) for one in wholes if not some_of(one.figure))
    return "perhaps counted in the total" if some else ""


def _weight(lane: Lane, conflict: bool) -> tuple[object, ...]:
    figure = lane.figure
    denied = lane.last.denied_by is not None and not some_of(
        figure
    )  # a denied part does not go before its total
    return (
        not (conflict or denied) or lane.measure == "wounded",
        lane.subset,
        lane.scope != "incident",
        ORDER.index(lane.measure),
        bool(some_of(figure)),
        not conflict and figure.own_loss is False,
        lane.party,
        lane.claimant == UNATTRIBUTED,
        -(figure.high or 0),
        lane.claimant,
        lane.points[0].at,
    )


def echoes(lane: Lane, ledger: Ledger) -> bool:
    """A number in nobody's name, or in its country's, that a named claimant's lane already shows."""
    return any(
        other is not lane
        and other.measure == lane.measure
        and other.subset == lane.subset
        and (other.party == lane.party or same_people(other.party, lane.party))
        and same_number(other.figure, lane.figure)
        and (
            lane.claimant == UNATTRIBUTED != other.claimant
            or (lane.claimant in other.speaks_for and one_voice(lane, other))
        )
        for other in standing(ledger)
    )


def _lone(denial: Lane, ledger: Ledger) -> bool:
    """A denial that no claim stands beside."""
    return not any(lane.last.denied_by == denial.claimant for lane in standing(ledger))


def _line(lane: Lane, conflict: bool = False, part: bool = False, note: str = "") -> FigureLine:
    point = lane.last
    own = point.figure.own_loss
    label = WHOSE[None if lane.is_denial else own]
    told = (p for p in lane.points[:-1] if p.status != "withdrawn")
    earlier = [p for p in told if not same_number(p.figure, point.figure)]
    revised = "revised, " if earlier and earlier[-1].status == "revised" else ""
    others = len(point.outlets) - 1
    notes = (
        f"{revised}was {number_of(earlier[-1].figure)}" if earlier else "",
        f"denied by {point.denied_by}" if point.denied_by else "",
        UNVERIFIED if point.hearsay else "",
        f"also {others} outlet{'s' if others > 1 else ''}" if others > 0 else "",
    )
    said = "; ".join(filter(None, (", ".join(filter(None, notes)), note)))
    figure = replace(point.figure, denied_by=point.denied_by)
    return FigureLine(figure, point.outlet, point.url, label, conflict, said, part)
