"""Which happening does an entry belong to? Stories, and the score that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.news.figures.ledger import Ledger
from bot.news.model import Alert, EventType, Level, Side, Verdict, When, Where


@dataclass(frozen=True, slots=True)
class Member:
    """An entry as its story remembers it."""

    entry: str
    outlet: str
    side: Side
    family: str
    url: str
    title: str
    lead: str  # the summary, cut at a bound
    at: datetime  # Entry.when
    seen: datetime
    relevant: bool
    copy_of: str | None = None
    type: EventType | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Entries about one happening, as far as we know now. Bounded: old members drop out, `entries` counts on.

    `vector` is the centroid over alias-folded terms (term → weight, only the heaviest are kept);
    `terms` are the rare ones by which the store finds candidates.
    """

    id: int
    opened: datetime
    active: datetime
    relevant: bool
    type: EventType | None
    when: When | None
    where: Where
    level: Level
    verdict: Verdict
    members: tuple[Member, ...]
    entries: int
    vector: dict[str, float]
    terms: tuple[str, ...]
    actors: tuple[str, ...]
    ledger: Ledger = Ledger()
    alert: Alert | None = None  # the last revision said, whoever got it
    merged_into: int | None = None
