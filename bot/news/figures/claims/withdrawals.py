"""What leaves a ledger: what an entry no longer says, what its outlet corrects, what its claimant gives up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, MutableMapping
from dataclasses import replace
from datetime import datetime

from bot.news.figures.claims.changes import passed_on
from bot.news.figures.claims.claim import Change, Lane, counted, some_of
from bot.news.figures.claims.compare import same_count, same_number, same_people
from bot.news.figures.claims.houses import opposed
from bot.news.model import UNATTRIBUTED, Figure


def taken_back(
    lanes: list[Lane],
    told: MutableMapping[int, Change | None],
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
            left += () if lane.subset else (gone,)  # who names a part no more takes nothing back
        else:
            told[heir] = passed_on(lane, lanes[heir])
    return left


def given_up(lanes: list[Lane], figure: Figure, at: datetime) -> Iterable[Lane]:
    """Take out of the lanes a number that its own claimant, or one who answers for him, is said to have withdrawn."""
    for index, lane in enumerate(lanes):
        named = figure.claimant in (UNATTRIBUTED, lane.claimant, *lane.speaks_for)
        whom = "unspecified" in (lane.party, figure.party) or same_people(lane.party, figure.party)
        alike = counted(lane) == counted(figure) and (whom or lane.party == figure.party)
        if lane.stands and named and alike and at >= lane.last.at and same_number(lane.figure, figure):
            lanes[index] = _gone(lane, at)
            yield lanes[index]


def _replaces(heir: Lane, lane: Lane, entry: str) -> bool:
    """Whether a rewritten report gives a number of the same people by somebody else."""
    new, old = heir.last, lane.last
    return (
        new.entry == entry
        and not heir.is_denial
        and (heir.subset == lane.subset or "" != heir.place == lane.place)
        and same_count(heir, lane)
        and some_of(new.figure) == some_of(old.figure)
    )


def _withdrawn(lane: Lane, entries: Collection[str], at: datetime) -> Lane | None:
    """A lane without its last claim, where only these entries made it."""
    last = lane.last
    others = [entry for _, entry, _ in last.repeats if entry not in entries]
    if last.entry not in entries or others or last.status == "withdrawn" or at < last.at:
        return None
    return _gone(lane, at)


def _gone(lane: Lane, at: datetime) -> Lane:
    return lane.ending(replace(lane.last, status="withdrawn", gone_at=at))
