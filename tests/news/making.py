"""Stories, members and figures for the tests of telling, with as few words as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from bot.news import decide
from bot.news.decision import Decision, Memory
from bot.news.figures.claims.ledger import Lane, Ledger, Point
from bot.news.model import (
    Alert,
    Document,
    Entry,
    EventType,
    Figure,
    Level,
    Measure,
    Party,
    PastEvent,
    Scope,
    Verdict,
    When,
    Where,
)
from bot.news.stories.story import Member, Story
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.news.types import kinds
from bot.settings import load

DAY = date(2027, 1, 10)  # after the shipped records, so that they are the past
NOON = datetime(2027, 1, 10, 12, tzinfo=UTC)


@cache
def shipped() -> Topic:
    """The topic as it is shipped."""
    return load(None, None, {}).topic()


def kind(document: Document, topic: Topic) -> tuple[EventType | None, tuple[str, ...]]:
    """The first of the kinds of event that a text tells of, and why."""
    found, because = kinds(document, topic)
    return (found[0] if found else None), because


def member(
    outlet: str,
    title: str,
    lead: str = "",
    *,
    entry: str = "",
    minutes: int = 0,
    copy_of: str | None = None,
    type: EventType | None = None,
) -> Member:
    known = outlets.find(outlet, "", shipped())
    at = NOON + timedelta(minutes=minutes)
    key = entry or f"{outlet}-{minutes}"
    url = f"https://{outlet.replace(' ', '-').lower()}.example/{key}"
    return Member(
        key, outlet, known.side, known.family, url, title, lead, at, at, True, copy_of=copy_of, type=type
    )


def figure(
    measure: Measure,
    party: Party,
    low: float | None,
    claimant: str,
    own_loss: bool | None = None,
    scope: Scope = "incident",
    **more: Any,
) -> Figure:
    text = "" if low is None else f"{low:,.0f}"
    made = Figure(
        low, low, text, "exact", measure, None, party, claimant, None, scope, own_loss, None, False, text, 0, len(text)
    )  # fmt: skip
    return replace(made, **more)


def lane(
    of: Figure, outlet: str = "Dawn", entry: str = "e", minutes: int = 0, told: Sequence[str] = ()
) -> Lane:
    known = outlets.find(outlet, "", shipped())
    at = NOON + timedelta(minutes=minutes)
    point = Point(
        of,
        entry,
        at,
        outlet,
        known.side,
        f"https://{entry}.example",
        tuple(told) or (outlet,),
        denied_by=of.denied_by,
    )
    return Lane(
        of.measure, of.party, of.scope, of.claimant, of.period or "", of.what or "", of.subset, (point,)
    )


def story(
    type: EventType,
    places: Sequence[str] = (),
    members: Sequence[Member] = (),
    lanes: Sequence[Lane] = (),
    actors: Sequence[str] = (),
    *,
    id: int = 1,
    day: date = DAY,
    level: Level = Level.MINOR,
) -> Story:
    members = tuple(members) or (member("Dawn", "A headline of enough words to stand"),)
    vector: dict[str, float] = {}
    for one in members:
        for term, weight in shipped().terms.sketch(one.title, one.lead).vector.items():
            vector[term] = vector.get(term, 0.0) + weight / len(members)
    return Story(
        id, members[0].seen, members[-1].seen, True, type, When(day, day), Where(tuple(places), "; ".join(places)),
        level, Verdict(True, 5.0, ()), members, len(members), vector, (), tuple(actors), Ledger(tuple(lanes)),
    )  # fmt: skip


def past(
    id: str,
    day: date,
    type: EventType,
    places: Sequence[str],
    what: str = "Something happened there.",
    level: Level = Level.MAJOR,
    **more: Any,
) -> PastEvent:
    made = PastEvent(
        id, day, day, "day", "; ".join(places), type, level, ("Pakistan",), what, places=tuple(places)
    )
    return replace(made, **more)


Told = tuple[str, str, str]  # outlet, title, lead
MORNING = datetime(2027, 3, 2, 4, tzinfo=UTC)


def entry(order: int, told: Told, hours: float | None = None) -> Entry:
    """A report, an hour after the one before."""
    outlet, title, lead = told
    known = outlets.find(outlet, "", shipped())
    at = MORNING + timedelta(hours=order if hours is None else hours)
    url = f"https://{outlet.replace(' ', '').lower()}.example/2027/report-{order}"
    return Entry(
        f"e{order}", "f", outlet, url, title, lead, at, at, side=known.side, family=known.family or outlet
    )


def told(*reports: Told) -> list[Decision]:
    """What is decided of reports that come one after the other."""
    return decide.decide([entry(order, report) for order, report in enumerate(reports)], Memory(), shipped())


def alerts(*reports: Told) -> list[Alert]:
    """The revisions of the alerts that reports lead to."""
    return [decision.alert for decision in told(*reports) if decision.alert]
