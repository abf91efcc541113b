"""What a story's reports claim: each number once for each who says it, with its words, its links and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.commands.base import Row
from bot.news.alerts.claimed import LABELS
from bot.news.alerts.days import moment
from bot.news.figures.claims import ledger
from bot.news.figures.claims.claim import number_of, some_of
from bot.news.figures.claims.ledger import Point
from bot.news.model import Figure, FigureLine
from bot.news.stories.story import Story
from bot.news.topics.topic import Topic
from bot.store.figures import ClaimRow

SCOPES = {"period": "over a period", "cumulative": "a running total", "state": "as things stand"}
STATUS = {"superseded": "a later number took its place", "revised": "revised since", "withdrawn": "withdrawn"}
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One number in one mouth: all reports of it, the first of them first."""

    figure: Figure
    reports: tuple[ClaimRow, ...]
    status: str = "current"
    denied_by: str | None = None
    after: Point | None = None  # the claim that took its place


def key(figure: Figure) -> Key:
    """What makes two reports of a number one claim."""
    number = (figure.low, figure.high) if figure.low is not None else figure.text.lower()
    told = (figure.claimant, figure.measure, figure.scope, figure.period or "", figure.what or "", number)
    return (*told, figure.party, some_of(figure))  # five women and five children are two claims


def of(story: Story, rows: Iterable[ClaimRow]) -> tuple[Said, ...]:
    """All claims of a story, by claimant in the order in which they first spoke."""
    found: dict[Key, list[ClaimRow]] = {}
    for row in rows:
        if not row.figure.hypothetical:
            found.setdefault(key(row.figure), []).append(row)
    points: dict[Key, tuple[Point, Point | None]] = {}
    for lane in story.ledger.lanes:
        heir = story.ledger.heirs.get(id(lane))
        for point, after in zip_longest(lane.points, (*lane.points[1:], *((heir.last,) if heir else ()))):
            points[key(point.figure)] = point, after
            found.setdefault(key(point.figure), [reported(point, story.id)])  # a denial without a number
    said = [_said(reports, *points.get(name, (None, None))) for name, reports in found.items()]
    first = {name: number for number, name in reversed(list(enumerate(one.figure.claimant for one in said)))}
    return tuple(sorted(said, key=lambda one: (first[one.figure.claimant], one.reports[0].at)))


def reported(point: Point, story: int) -> ClaimRow:
    return ClaimRow(point.figure, story, point.entry, point.outlet, point.side, point.url, point.at)


def _said(reports: Sequence[ClaimRow], point: Point | None, after: Point | None) -> Said:
    figure = reports[0].figure
    denied = next((row.figure.denied_by for row in reports if row.figure.denied_by), None)
    if point is None:
        return Said(figure, tuple(reports), denied_by=denied)
    status = "superseded" if after is not None and point.status == "current" else point.status
    return Said(figure, tuple(reports), status, point.denied_by or denied, after)


def shown_first(said: Sequence[Said], lines: Sequence[FigureLine]) -> tuple[Said, ...]:
    """The claims of an alert's key figures in its order, then the others, the newest first."""
    place = {key(line.figure): number for number, line in reversed(list(enumerate(lines)))}

    def order(one: Said) -> tuple[int, float]:
        return place.get(key(one.figure), len(place)), -one.reports[-1].at.timestamp()

    return tuple(sorted(said, key=order))


def row(said: Said) -> Row:
    """A claim with who says it, of whom, the sentence that it was read in, and where that stood."""
    figure, first = said.figure, said.reports[0]
    sentence = (figure.sentence or figure.quote).strip()
    outlets = ", ".join(dict.fromkeys(report.outlet for report in said.reports))
    told = f"“{sentence}” — {outlets}" if sentence else f"— {outlets}"
    head = f"{ledger.words(figure)} — {figure.claimant}{LABELS[figure.own_loss]}"
    return Row(head, " · ".join((told, *notes(said))), first.url, first.at)


def notes(said: Said) -> Iterable[str]:
    """What a number covers, and what became of it."""
    figure = said.figure
    if covers := SCOPES.get(figure.scope):
        yield f"{covers}: {figure.period}" if figure.period else covers
    if figure.subset:
        yield "part of another number"
    if said.denied_by:
        yield f"denied by {said.denied_by}"
    if said.status in STATUS:
        by = said.after
        number = f"{number_of(by.figure)} ({by.figure.claimant}, {moment(by.at)})" if by else ""
        yield ": ".join(filter(None, (STATUS[said.status], number)))


def speakers(said: Iterable[Said], topic: Topic) -> Iterable[Row]:
    """Who the claimants are, as far as the topic knows: their side, their office, for whom they speak."""
    named = {one.figure.claimant for one in said}
    for actor in topic.actors:
        known = [actor.role, f"for {actor.of}" if actor.of else ""]
        if actor.name in named and any(known):
            yield Row(f"{actor.name} ({side_word(actor.side)})", " · ".join(filter(None, known)))


def side_word(side: str) -> str:
    return "other" if side == "none" else side
