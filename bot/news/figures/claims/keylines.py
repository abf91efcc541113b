"""The key figures of an alert: conflicts first and whole, a total before its parts, a denial beside its claim."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.news.figures.claims.claim import (
    UNIT,
    UNVERIFIED,
    Lane,
    in_digits,
    is_added,
    number_of,
    period_of,
    some_of,
    words,
)
from bot.news.figures.claims.compare import (
    agree,
    collapses,
    is_spread,
    local,
    may_be_part,
    same_count,
    same_number,
    same_people,
    whole_of,
)
from bot.news.figures.claims.heirs import Ledger, exceeds, overtakes
from bot.news.figures.claims.houses import answers_for, one_side, opposed, same_name
from bot.news.model import HARM, UNATTRIBUTED, WORDED, FigureLine, Measure

WHOSE = {None: "", True: "own loss", False: "claim about the other side"}
ORDER: tuple[Measure, ...] = (
    "killed", "wounded", "casualties", "displaced", "returned", "deported", "captured", "abducted", "missing", "surrendered",
    "positions", "camps", "vehicles_equipment", "trucks", "attacks", "strikes", "money", "duration", "other",
)  # fmt: skip
TOPS = frozenset({"killed", "casualties", "captured", "positions"})
PARTS = 2  # of a total
OTHERS = 3  # other reports' numbers beside one in nobody's name


def lines(
    ledger: Ledger,
    most: int = 5,
    is_earlier: Callable[[Lane], bool] = lambda lane: False,
    changed: Container[int] = (),
) -> tuple[FigureLine, ...]:
    """The lines of an alert: conflicts first, then what weighs most; claims that contradict each other all or none.

    `is_earlier`: whether a claim is of an earlier happening, as of the dead in the report of a truce; such come last.
    `changed`: the claims (their `id`) that are told to have changed; one of them has room beyond the most.
    """
    standing = [lane for lane in ledger.standing if words(lane.figure) and not echoes(lane, ledger.standing)]
    spread = is_spread(standing)
    passed = {id(lane) for lane in standing if any(_passes(other, lane, spread) for other in standing)}
    pairs = [pair for pair in ledger.contradictions if not any(id(lane) in passed for lane in pair)]
    disputed = {id(lane) for pair in pairs for lane in pair}
    lanes, others = _gathered(standing, disputed)

    def order(group: list[Lane]) -> tuple[object, ...]:
        first, numbers = group[0], [lane.figure.high for lane in group if lane.figure.high]
        late = (first.last.hearsay, is_earlier(first), id(first) in passed)
        return *late, *_weight(first, id(first) in disputed, min(numbers, default=0))

    groups = sorted(_groups(lanes, pairs), key=order)
    parts = {id(lane): _parts(lane, lanes) for group in groups for lane in group}
    chosen = _chosen(
        groups, pairs, parts, most, lambda lane: id(lane) not in passed and _tops(lane, is_earlier), changed
    )
    against = {id(lane) for pair in pairs if chosen >= {*map(id, pair)} for lane in pair}
    shown: list[FigureLine] = []
    for lane in (lane for group in groups for lane in group if id(lane) in chosen):
        note = others.get(id(lane), "") or _perhaps_part(lane, lanes)
        shown.append(_line(lane, id(lane) in against, note=note, before=ledger.replaced.get(id(lane))))
        shown += (_line(part, part=True) for part in parts[id(lane)] if id(part) in chosen)
    denials = (lane for lane in ledger.lanes if lane.is_denial and lane.stands)
    shown += [
        _line(lane) for lane in denials if all(lane.claimant != one.last.denied_by for one in ledger.standing)
    ]
    return tuple(
        line if spread else replace(line, figure=replace(line.figure, place=""))
        for line in shown[: max(most, len(chosen))]
    )


def contradicts(line: FigureLine, other: FigureLine) -> bool:
    """Whether two lines of an alert give other numbers of the same."""
    one, two = line.figure, other.figure
    same = one.measure == two.measure and (one.party == two.party or same_people(one.party, two.party))
    return line.conflict and other.conflict and same and not agree(one, two)


def _tops(lane: Lane, is_earlier: Callable[[Lane], bool]) -> bool:
    """Whether a claim is kept in view: what somebody says in his name of the dead, or of posts and men taken."""
    told = lane.measure in TOPS and lane.scope == "incident" and not lane.subset
    return told and lane.claimant != UNATTRIBUTED and not is_earlier(lane)


def _chosen(
    groups: Sequence[Sequence[Lane]],
    pairs: Sequence[tuple[Lane, Lane]],
    parts: Mapping[int, Sequence[Lane]],
    most: int,
    tops: Callable[[Lane], bool],
    changed: Container[int],
) -> set[int]:
    """The claims (their `id`) that there is room for. Of each count that is kept in view its heaviest claim comes, with
    who contradicts it, before what has changed, another word on the same people and a lesser count; never one side of a
    contradiction alone."""
    heads = [_heads(group, pairs) for group in groups]
    kept = [head for head in heads if tops(head[0])]
    again = [any(same_count(head[0], known[0]) for known in kept[:at]) for at, head in enumerate(kept)]
    wanted = [head for told, head in zip(again, kept, strict=True) if not told]
    each = [[*head, lane] for group, head in zip(groups, heads, strict=True) for lane in group]
    wanted += [lanes for lanes in each if id(lanes[-1]) in changed]
    wanted += kept
    for lanes in each:
        wanted += [lanes, *([*lanes, part] for part in parts[id(lanes[-1])])]
    chosen: set[int] = set()
    for lanes in wanted:
        new = {id(lane) for lane in lanes} - chosen
        if len(chosen) + len(new) <= most + (id(lanes[-1]) in changed):
            chosen |= new
    return chosen


def _heads(group: Sequence[Lane], pairs: Iterable[tuple[Lane, Lane]]) -> list[Lane]:
    """The heaviest claim of a count, and the heaviest that contradicts it: the other side's before anybody else's."""
    first = group[0]
    against = {id(lane) for pair in pairs if any(lane is first for lane in pair) for lane in pair}
    others = [lane for lane in group if id(lane) in against and lane is not first]
    return [first, *sorted(others, key=lambda lane: not opposed(first, lane))[:1]]


def _passes(newer: Lane, lane: Lane, spread: bool) -> bool:
    """Whether one side has said another number of the same people since, or the total of which this is a province's share;
    or somebody more of them, "seven" after "at least four", or a total with more of them among it: "14, ten policemen among
    them", after six policemen."""
    here = not spread or newer.place in ("", lane.place)
    if here and overtakes(newer, lane) and (newer.subset or agree(newer.figure, lane.figure)):
        return True
    if (
        newer is lane
        or newer.subset
        or lane.subset
        or lane.measure not in HARM
        or not answers_for(newer, lane)
    ):
        return False
    now, then = newer.last, lane.last
    if not same_count(newer, lane) or is_added(now.figure) or some_of(now.figure) or is_added(then.figure):
        return False
    if local(lane, newer, spread) and not exceeds(then.figure, now.figure):
        return True
    if newer.place != lane.place or now.at <= then.at:
        return False
    return not (same_number(now.figure, then.figure) or collapses(then.figure, now.figure))


def _gathered(lanes: Sequence[Lane], disputed: Container[int]) -> tuple[list[Lane], dict[int, str]]:
    """One number in several mouths as one lane, that of whose loss it is; what several reports give in nobody's name as
    the highest, and what the others say."""
    alike: dict[object, list[Lane]] = {}
    for lane in lanes:
        figure = lane.figure
        some = some_of(figure)
        whom = (lane.measure, lane.party, lane.subset, lane.what, some)
        key: object = (*whom, lane.scope, period_of(lane.period), lane.place)
        if lane.claimant != UNATTRIBUTED:
            key = (key, in_digits(figure).lower())
        elif lane.measure in WORDED:
            key = id(lane)
        if lane.measure == "duration":  # "48-hour truce", "ceasefire for 48 hours", by whomever
            unit = UNIT.search(f"{figure.text}{figure.noun}")
            key = (lane.measure, figure.low, figure.high, unit[1] if unit else some)
        alike.setdefault(key, []).append(lane)
    kept: list[Lane] = []
    notes: dict[int, str] = {}
    for same in alike.values():
        best = max(same, key=lambda lane: _rank(lane, id(lane) in disputed))
        rest = [lane.last for lane in same if lane is not best]
        kept.append(best)
        if best.claimant == UNATTRIBUTED:
            said = dict.fromkeys(f"{number_of(p.figure)} ({p.outlet})" for p in rest)
            told = "other reports: "
        else:
            names = dict.fromkeys(p.figure.claimant for p in rest)
            said = {name: None for name in names if name not in (best.claimant, UNATTRIBUTED)}
            told = "also "
        if said:
            notes[id(best)] = f"{told}{', '.join(list(said)[:OTHERS])}"
    return kept, notes


def _rank(lane: Lane, conflict: bool) -> tuple[object, ...]:
    return lane.figure.high or 0, lane.claimant != UNATTRIBUTED, conflict, lane.figure.own_loss is True


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


def _parts(lane: Lane, lanes: Sequence[Lane]) -> list[Lane]:
    """The parts that are told with a total."""
    parts = [part for part in lanes if part.subset and whole_of(part, lanes) is lane]
    return sorted(parts, key=lambda part: _weight(part, False))[:PARTS]


def _perhaps_part(lane: Lane, lanes: Iterable[Lane]) -> str:
    """That a number may count some of those whom another claimant counts."""
    figure = lane.figure
    if not some_of(figure) or lane.subset or is_added(figure):
        return ""
    wholes = (one for one in lanes if one is not lane and not one.subset and same_count(lane, one))
    some = any(may_be_part(figure, one.figure) for one in wholes if not some_of(one.figure))
    return "perhaps counted in the total" if some else ""


def _weight(lane: Lane, conflict: bool, count: float | None = None) -> tuple[object, ...]:
    """What goes before what; `count`: of a group of claims, the most cautious."""
    figure, some = lane.figure, bool(some_of(lane.figure))
    denied = lane.last.denied_by is not None and not some  # a denied part does not go before its total
    enemies = figure.own_loss is False or (figure.party == "militants" and not figure.own_loss)
    return (
        not (conflict or denied) or lane.measure == "wounded",
        lane.subset,
        lane.scope != "incident",
        ORDER.index(lane.measure),
        some,
        not conflict and enemies,
        lane.claimant == UNATTRIBUTED,
        -(figure.high or 0) if count is None else -count,
        lane.party,
        lane.claimant,
        lane.points[0].at,
    )


def echoes(lane: Lane, lanes: Iterable[Lane]) -> bool:
    """Whether another lane shows the same number of the same people already: a named claimant's, where nobody or its
    country's officials say it here; or the same claimant's, told first."""
    return any(
        other is not lane
        and other.measure == lane.measure
        and (other.party == lane.party or same_people(other.party, lane.party) or _enemies(lane, other))
        and same_number(other.figure, lane.figure)
        and (
            (same_name(other.claimant, lane.claimant) and _first(other) < _first(lane))
            if lane.claimant == other.claimant or other.subset != lane.subset
            else lane.claimant == UNATTRIBUTED or lane.claimant in other.speaks_for
        )
        for other in lanes
    )


def _first(lane: Lane) -> tuple[datetime, bool, str]:
    """When a claim was first told; a part of a total after the same told by itself."""
    return lane.points[0].at, lane.subset, lane.party


def _enemies(lane: Lane, other: Lane) -> bool:
    """Whether both are one side's word of whom it fought: "38 fighters" to one outlet, "38 terrorists" to another."""
    return lane.figure.own_loss is other.figure.own_loss is False and one_side(lane, other)


def _line(
    lane: Lane, conflict: bool = False, part: bool = False, note: str = "", before: Lane | None = None
) -> FigureLine:
    point = lane.last
    own = point.figure.own_loss
    label = WHOSE[None if lane.is_denial else own]
    others = len(point.outlets) - 1
    notes = (
        _was(lane, before),
        f"denied by {point.denied_by}" if point.denied_by else "",
        UNVERIFIED if point.hearsay else "",
        f"also {others} outlet{'s' if others > 1 else ''}" if others > 0 else "",
    )
    said = "; ".join(filter(None, (", ".join(filter(None, notes)), note)))
    figure = replace(point.figure, denied_by=point.denied_by)
    return FigureLine(figure, point.outlet, point.url, label, conflict, said, part)


def _was(lane: Lane, before: Lane | None) -> str:
    """The number whose place a claim took: its claimant's own, another's of its side, or one that only its text names."""
    figure = lane.figure
    told = (p for p in lane.points[:-1] if p.status != "withdrawn")
    earlier = [p for p in told if not same_number(p.figure, figure)]
    if earlier:
        return f"{'revised, ' if earlier[-1].status == 'revised' else ''}was {number_of(earlier[-1].figure)}"
    revised = "revised, " if figure.update == "revision" else ""
    if before is not None:
        return f"{revised}was {number_of(before.figure)} ({before.claimant})"
    return f"{revised}was {figure.instead:,.0f}" if figure.instead is not None else ""
