"""What a toll weighs: people killed, hurt, moved, each by the most cautious claim that stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.news.figures.claims.ledger import Lane, Point
from bot.news.model import UNATTRIBUTED, Measure, Party, Scope
from bot.news.stories.story import Story
from bot.news.topics.scale import Scale, Steps

LOSSES = ("killed", "casualties", "wounded", "captured", "abducted")
SHARES = {"abducted": "captured"}
MILITANT: frozenset[Party] = frozenset({"militants", "afg_taliban_and_militants"})
TALLY = "by the most cautious claim"

Part = tuple[float, str]


def dead(story: Story, scale: Scale) -> Iterable[Part]:
    """The heaviest count of people, each by the lowest claim that stands."""
    if story.type not in scale.toll_types:
        return
    periods = story.type == "humanitarian"
    weighed = [
        (stepped(scale.killed, low.count * _share(low, scale)), low.words)
        for low in cautious(story.ledger.lanes, periods)
        if low.measure in LOSSES
    ]
    if weighed:
        yield max(weighed)


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
        for low in cautious(story.ledger.lanes, every_scope=True)
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

    @property
    def words(self) -> str:
        return f"{self.count:,.0f} {self.measure} {TALLY} ({self.claimant})"


def cautious(lanes: Iterable[Lane], every_scope: bool = False) -> list[Lowest]:
    """For each measure, party and scope: the lowest count that stands, reports in nobody's name being one voice.

    Running totals and counts over a period are left out (another happening's dead), unless asked for;
    so are subsets, withdrawn claims, and a zero beside other claims (a denial, not the lowest count).
    """
    lanes = [lane for lane in lanes if not lane.subset and (every_scope or lane.scope == "incident")]
    named = {(lane.measure, _count(lane.points)) for lane in lanes if lane.claimant != UNATTRIBUTED}
    voices: dict[tuple[Measure, Party, Scope], dict[str, tuple[float, bool]]] = {}
    for lane in lanes:
        count = _count(lane.points)
        if count is None or (lane.claimant == UNATTRIBUTED and (lane.measure, count) in named):
            continue  # the same number, without the name
        said = voices.setdefault((lane.measure, lane.party, lane.scope), {})
        about_others = lane.points[-1].figure.own_loss is False
        said[lane.claimant] = max(said.get(lane.claimant, (0.0, about_others)), (count, about_others))
    return [_lowest(key, said) for key, said in voices.items()]


def _lowest(key: tuple[Measure, Party, Scope], said: dict[str, tuple[float, bool]]) -> Lowest:
    counted = {who: claim for who, claim in said.items() if claim[0] > 0} or said
    count, claimant = min((claim[0], who) for who, claim in counted.items())
    return Lowest(*key, count, claimant, all(about for _, about in said.values()))


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
