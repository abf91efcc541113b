"""What a toll weighs: people killed, hurt, moved, each by the most cautious claim that stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.news.figures.claims.claim import is_added, some_of
from bot.news.figures.claims.compare import ARMED, MILITANT, outgrown, same_people
from bot.news.figures.claims.houses import about_enemies
from bot.news.figures.claims.ledger import Lane, Ledger, Point
from bot.news.model import UNATTRIBUTED, Measure, Party, Scope
from bot.news.stories.story import Story
from bot.news.topics.scale import Scale, Steps

LOSSES = ("killed", "casualties", "wounded", "captured", "abducted")
SHARES = {"abducted": "captured"}
TALLY = "by the most cautious claim"

Part = tuple[float, str]


def dead(story: Story, scale: Scale) -> Iterable[Part]:
    """The heaviest count of people, each by the lowest claim that stands."""
    if story.type in scale.toll_types:
        weighed = [(points, -LOSSES.index(low.measure), low.words) for points, low in _weighed(story, scale)]
        points, _, words = max(weighed, key=lambda one: one[:2], default=(0.0, 0, ""))
        yield points, words


def shared(story: Story, scale: Scale) -> float:
    """What the heaviest count is worth up to which as many publishers go as a critical story needs."""
    if story.type not in scale.toll_types:
        return 0.0
    copied = {m.outlet for m in story.members if m.copy_of} - {m.outlet for m in story.members if m.counts}
    family = {m.outlet: m.publisher for m in story.members}
    least = int(scale.limits.get("lone_families", 0))
    heaviest = 0.0
    for points, low in _weighed(story, scale):
        most: dict[str, float] = {}
        for outlet, count in low.told:
            name = family.get(outlet, outlet)
            if outlet not in copied:
                most[name] = max(most.get(name, 0.0), count)
        if len(most) >= least:
            count = sorted(most.values(), reverse=True)[max(least, 1) - 1] if most else low.count
            heaviest = max(heaviest, min(points, stepped(scale.killed, count * _share(low, scale))))
    return heaviest


def _weighed(story: Story, scale: Scale) -> list[tuple[float, Lowest]]:
    lows = cautious(story.ledger, story.type == "humanitarian")
    lost = (low for low in lows if low.measure in LOSSES)
    return [(stepped(scale.killed, low.count * _share(low, scale)), low) for low in lost]


def _share(low: Lowest, scale: Scale) -> float:
    """How much of a death one of these counts: the wounded less, enemies counted by their enemies less."""
    share = scale.shares.get(SHARES.get(low.measure, low.measure), 1.0)
    if low.party in MILITANT:
        return share * scale.shares.get("militants", 1.0)
    if low.about_others:
        share *= scale.shares.get("about_others", 1.0)
    return share if low.scope == "incident" else share * scale.shares.get("period", 1.0)


def crowds(story: Story, scale: Scale) -> Iterable[Part]:
    if story.type not in scale.crowd_types:
        return
    weighed = [
        (stepped(scale.crowds[low.measure], low.count), low.words)
        for low in cautious(story.ledger, every_scope=True)
        if low.measure in scale.crowds
    ]
    if weighed:
        yield max(weighed)


@dataclass(frozen=True, slots=True)
class Lowest:
    """The most cautious claim of one count."""

    measure: Measure
    party: Party
    scope: Scope
    count: float
    claimant: str
    about_others: bool  # every claim of it speaks about the other side
    told: tuple[tuple[str, float], ...]  # which outlet tells of how many

    @property
    def words(self) -> str:
        return f"{self.count:,.0f} {self.measure} {TALLY} ({self.claimant})"


def cautious(ledger: Ledger, every_scope: bool = False) -> list[Lowest]:
    """For each measure, party and scope: the lowest count that stands, reports in nobody's name being one voice.

    Running totals and counts over a period are left out (another happening's dead), unless asked for;
    so are subsets, withdrawn claims, early counts that have risen since, and a zero beside other claims (a denial, not the
    lowest count). A rumour counts only where nobody else counts. "40 people" are no others than a claimant's six civilians.
    """
    lanes = [
        lane
        for lane in ledger.held
        if not lane.subset and (every_scope or lane.scope == "incident") and _count(lane.points) is not None
    ]
    lanes = [lane for lane in lanes if not lane.last.hearsay] or lanes
    named = {(lane.measure, _count(lane.points)) for lane in lanes if lane.claimant != UNATTRIBUTED}
    counts = [
        lane
        for lane in lanes  # without the same number in nobody's name
        if id(lane) not in ledger.heirs
        and (lane.claimant != UNATTRIBUTED or (lane.measure, _count(lane.points)) not in named)
        and not any(outgrown(lane, other) for other in lanes)
    ]
    found: dict[tuple[Measure, Party, Scope], Lowest] = {}
    for lane in counts:
        key = (lane.measure, lane.party, lane.scope)
        alike = [other for other in counts if _is_alike(other, lane)]
        if key not in found and not (lane.party == "unspecified" and len({o.party for o in alike}) > 1):
            found[key] = _lowest(key, alike, [other for other in lanes if _is_alike(other, lane)])
    return list(found.values())


def _is_alike(other: Lane, lane: Lane) -> bool:
    same = (other.measure, other.scope) == (lane.measure, lane.scope)
    return same and (other.party == lane.party or _may_be(other.party, lane.party))


def _may_be(party: Party, other: Party) -> bool:
    """Whether two words for the harmed may mean the same people; men of the forces are only some of "40 people"."""
    unspecified = "unspecified" in (party, other) and not {party, other} & ARMED
    return unspecified or same_people(party, other)


def _lowest(key: tuple[Measure, Party, Scope], lanes: Sequence[Lane], all_told: Iterable[Lane]) -> Lowest:
    whole = [lane for lane in lanes if not some_of(lane.figure) and not is_added(lane.figure)]
    said: dict[str, float] = {}
    for lane in whole or lanes:
        said[lane.claimant] = max(said.get(lane.claimant, 0.0), _count(lane.points) or 0.0)
    counted = {who: count for who, count in said.items() if count > 0} or said
    count, claimant = min((count, who) for who, count in counted.items())
    others = all(about_enemies(lane) for lane in lanes)
    told = tuple((name, _count(lane.points) or 0.0) for lane in all_told for name in lane.last.outlets)
    return Lowest(*key, count, claimant, others, told)


def _count(points: Sequence[Point]) -> float | None:
    if not points or points[-1].status == "withdrawn" or points[-1].figure.hypothetical:
        return None
    figure = points[-1].figure
    return figure.low if figure.low is not None else figure.high


def stepped(steps: Steps, count: float) -> float:
    """The points of a count.

    >>> stepped(((1, 0.5), (3, 1.0), (10, 2.0)), 9)
    1.0
    """
    return max((points for least, points in steps if count >= least), default=0.0)
