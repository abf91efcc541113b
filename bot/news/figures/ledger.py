"""A story's claims: one lane per measure, party, scope, period and claimant; never summed or merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.news.model import Figure, Measure, Party, Scope, Side


@dataclass(frozen=True, slots=True)
class Point:
    """One claim at one time. Syndicated repeats add outlets to a point, never a point."""

    figure: Figure
    entry: str
    at: datetime
    outlet: str
    side: Side
    url: str
    outlets: tuple[str, ...] = ()  # all that carried this same claim, the first included
    status: Literal["current", "superseded", "revised", "withdrawn", "denied"] = "current"
    denied_by: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """All that one claimant said about one number, oldest first. The last point is what stands."""

    measure: Measure
    party: Party
    scope: Scope
    claimant: str
    period: str = ""
    what: str = ""
    subset: bool = False
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry changed in a ledger; `words` is one line of an alert's Changed ("killed (ISPR): 11 → 23")."""

    kind: Literal["new", "rise", "revision", "denial", "withdrawal", "corroborated"]
    lane: Lane
    words: str
