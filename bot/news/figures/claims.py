"""What a ledger is made of: claims in lanes, and how a figure reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.news.model import Figure, Measure, Party, Scope, Side

QUALIFIERS = {
    "at_least": "at least ", "over": "over ", "nearly": "nearly ", "about": "about ", "up_to": "up to ", "under": "under ",
}  # fmt: skip
MEASURE_WORDS: dict[Measure, str] = {
    "killed": "killed", "wounded": "wounded", "casualties": "killed or wounded", "captured": "captured", "abducted": "abducted",
    "missing": "missing", "surrendered": "surrendered", "displaced": "displaced", "returned": "returned", "deported": "deported",
}  # fmt: skip
SAYS_IT = ("dead", "deaths", "death", "fatalities", "casualties", "injuries", "bodies", "wounded", "injured", "killed", "hurt", "victims", "returns", "returnees", "deportees", "arrests", "lives")  # fmt: skip

Status = Literal["current", "superseded", "revised", "withdrawn", "denied"]


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
    status: Status = "current"
    denied_by: str | None = None
    repeats: tuple[tuple[datetime, str, str], ...] = ()  # when, which entry, which outlet carried it again


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

    @property
    def stands(self) -> Point | None:
        """The claim that holds now; None once it was withdrawn."""
        return self.points[-1] if self.points and self.points[-1].status != "withdrawn" else None


@dataclass(frozen=True, slots=True)
class Ledger:
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry changed in a ledger; `words` is one line of an alert's Changed ("killed (ISPR): 11 → 23")."""

    kind: Literal["new", "rise", "revision", "denial", "withdrawal", "corroborated"]
    lane: Lane
    words: str


def words(figure: Figure) -> str:
    """How a figure reads: qualifier, number and noun as written, and what happened where the noun does not say it.

    "over 200 Taliban and affiliated militants killed", "nearly 1,200 Pakistani deaths", "48-hour ceasefire".
    """
    said = f"{number_of(figure)}{figure.noun}"
    last = said.split()[-1].lower().strip(".,") if said.split() else ""
    happened = MEASURE_WORDS.get(figure.measure, "")
    return said if not happened or last in SAYS_IT else f"{said} {happened}"


def number_of(figure: Figure) -> str:
    """The number as it reads: "over 200", "between 10 and 15"."""
    if figure.qualifier == "range" and " and " in figure.text:
        return f"between {figure.text}"
    return QUALIFIERS.get(figure.qualifier, "") + figure.text


def name_of(lane: Lane) -> str:
    """What a change is about: "killed (ISPR)"."""
    measure = lane.measure if lane.measure != "other" else lane.what or "other"
    return f"{measure.replace('_', ' ')} ({lane.claimant})"
