"""What happened, in order: the chronology and our own stories as one list that can be asked.

A row of the chronology and a story of ours about the same happening become one entry: the story stands,
because it has the message and the ledger, and what only the row knows is added to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.news.alerts import claimed
from bot.news.alerts.corroboration import sources
from bot.news.figures.claims.ledger import as_of as ledger_as_of
from bot.news.model import Alert, EventType, Level, PastEvent
from bot.news.stories.story import Story
from bot.news.text.words import fold
from bot.news.topics.chronology import names
from bot.news.topics.topic import Topic

SOURCES_KEPT = 12
NOWHERE = "place not stated"
LONG = 14  # days
DAYS_APART = 1  # a midnight strike has two dates
BROAD = frozenset({"pakistan", "afghanistan", "durand line", "pakistan afghanistan border", "border"})

# Types under which one happening is told: a truce is made in talks, a clash is fought from the air.
KIN: tuple[frozenset[EventType], ...] = (
    frozenset({"air_strike", "border_clash"}),
    frozenset({"talks", "ceasefire"}),
    frozenset({"talks", "diplomacy", "multilateral", "statement"}),
    frozenset({"returns", "humanitarian"}),
    frozenset({"crossing", "trade"}),
)


# --------------------------------------------------------------------------- a story as history


def of_story(story: Story, as_of: datetime | None = None, said: Alert | None = None) -> PastEvent:
    """A story of ours as one entry of the timeline.

    With `as_of` only what was known by then: `said` is the last that we told of it by then.
    """
    members = [m for m in story.members if as_of is None or m.seen <= as_of]
    ledger = story.ledger if as_of is None else ledger_as_of(story.ledger, as_of)
    told = said or story.alert
    now = PastEvent(
        id=f"s:{story.id}",
        start=story.when.start if story.when else story.opened.date(),
        end=story.when.end if story.when else story.opened.date(),
        precision=story.when.precision if story.when else "day",
        place=story.where.label or "; ".join(story.where.places),
        type=story.type or "statement",
        level=story.level,
        parties=story.actors,
        what=told.headline if told else (members[0].title if members else ""),
        claims=tuple(claimed.of_ledger(ledger)),
        sources=sources(members)[:SOURCES_KEPT],
        story=story.id,
        known=told.first_seen if told else story.opened,
        places=story.where.places or names(story.where.label),
        guessed=story.where.guessed,
    )
    return _as_said(now, said) if said else now


def _as_said(now: PastEvent, said: Alert) -> PastEvent:
    """What we took a story for when we said so."""
    place = "" if said.place == NOWHERE else said.place
    same = said.event_date is None or now.start <= said.event_date <= now.end
    start = now.start if same else said.event_date or now.start
    return replace(
        now,
        start=start,
        end=now.end if same else start,
        place=place,
        places=now.places if place == now.place else names(place),
        type=said.type,
        level=said.level,
    )


# --------------------------------------------------------------------------- one list


def merge(past: Iterable[PastEvent]) -> tuple[PastEvent, ...]:
    """Chronology and stories in date order, no happening twice."""
    unique = {event.id: event for event in past}
    found = {key: event for key, event in unique.items() if event.story is not None}
    by_day: dict[date, list[str]] = {}
    for key, story in found.items():
        for day in _days(story):
            by_day.setdefault(day, []).append(key)
    for key, row in unique.items():
        if row.story is not None:
            continue
        near = dict.fromkeys(other for day in _days(row, DAYS_APART) for other in by_day.get(day, ()))
        twin = next((other for other in near if looks_same(found[other], row)), None)
        if twin is None:
            found[key] = row
        else:
            found[twin] = _joined(found[twin], row)
    return tuple(sorted(found.values(), key=lambda event: (event.start, event.end, event.id)))


def _days(event: PastEvent, around: int = 0) -> Iterable[date]:
    """The days of a happening, and some around it; of a long one the first and last weeks."""
    length = (event.end - event.start).days
    whole = range(-around, length + around + 1)
    ends = (*range(-around, LONG), *range(length - LONG, length + around + 1))
    offsets = whole if length <= LONG else ends
    return (event.start + timedelta(days=offset) for offset in offsets)


def looks_same(one: PastEvent, other: PastEvent, days: int = DAYS_APART) -> bool:
    """Whether two entries look like one happening: its days, its kind and its place."""
    slack = timedelta(days=days)
    if abs(one.start - other.start) > slack and not (one.start <= other.end and other.start <= one.end):
        return False
    if one.precision != other.precision or not alike(one.type, other.type):
        return False
    together = one.start <= other.end and other.start <= one.end
    if one.type == other.type and together and not (_placed(one) and _placed(other)):
        return True  # "along the border": the reports of that day name no place
    return shares_place(one, other)


def _placed(event: PastEvent) -> bool:
    return bool(folded(event.places) - BROAD)


def alike(one: EventType, other: EventType) -> bool:
    """Whether two types may tell one happening."""
    return one == other or any(one in kin and other in kin for kin in KIN)


def shares_place(one: PastEvent, other: PastEvent) -> bool:
    """A named place in common; whole countries and the border as such are no place."""
    return bool(folded(one.places) & folded(other.places) - BROAD)


def folded(found: Iterable[str]) -> frozenset[str]:
    """Place names as they are compared."""
    return frozenset(fold(name) for name in found)


def _joined(story: PastEvent, row: PastEvent) -> PastEvent:
    """The story, with the claims and sources that only the row has."""
    lanes = {(c.measure, c.party, c.claimant) for c in story.claims}
    families = {s.family or s.outlet for s in story.sources}
    return replace(
        story,
        level=max(story.level, row.level),
        what=row.what,
        place=row.place,
        places=tuple(dict.fromkeys((*row.places, *story.places))),
        guessed=story.guessed and not row.places,
        claims=(*story.claims, *(c for c in row.claims if (c.measure, c.party, c.claimant) not in lanes)),
        sources=(*story.sources, *(s for s in row.sources if (s.family or s.outlet) not in families)),
        known=min(row.known, story.known) if row.known and story.known else None,
    )


# --------------------------------------------------------------------------- asking


def filter(
    past: Iterable[PastEvent],
    since: date | None = None,
    until: date | None = None,
    place: str = "",
    party: str = "",
    type: EventType | None = None,
    level: Level | None = None,
    text: str = "",
    as_of: datetime | None = None,
    topic: Topic | None = None,
) -> tuple[PastEvent, ...]:
    """The entries that match all of it, in date order.

    `level` is the lowest wanted. With a topic, names are understood in any spelling and a province
    includes its districts, and claims say whose loss they speak of. `as_of` leaves out what was not known by then.
    """
    places, parties = _meant(place, topic, within=True), _meant(party, topic)
    words = fold(text).split()
    return tuple(
        claimed.labelled(_then(event, as_of), topic) if topic else _then(event, as_of)
        for event in merge(past)
        if (since is None or event.end >= since)
        and (until is None or event.start <= until)
        and (type is None or event.type == type)
        and (level is None or event.level >= level)
        and (as_of is None or _known(event, as_of))
        and (not places or places & folded(event.places) or fold(place) in fold(event.place))
        and (not parties or any(f" {name} " in f" {fold(p)} " for p in event.parties for name in parties))
        and all(word in _said(event) for word in words)
    )


def _known(event: PastEvent, as_of: datetime) -> bool:
    """A row of the chronology tells its happening to the end, so it counts as known from its last day."""
    return event.known <= as_of if event.known is not None else event.end <= as_of.date()


def _then(event: PastEvent, as_of: datetime | None) -> PastEvent:
    """An entry without the claims that were published later."""
    if as_of is None:
        return event
    return replace(event, claims=tuple(c for c in event.claims if not c.known or c.known <= as_of.date()))


def _meant(word: str, topic: Topic | None, within: bool = False) -> frozenset[str]:
    """The folded names that a word stands for; `within` adds the places inside a province."""
    if not word.strip():
        return frozenset()
    if topic is None:
        return folded({word})
    found = folded({word, *(mention.name for mention in topic.lexicon.mentions(word))})
    inside = (p.name for p in topic.places if {fold(p.province), fold(p.district)} & found)
    return found | folded(inside) if within else found


def _said(event: PastEvent) -> str:
    claims = (f"{c.claimant} {c.text} {c.figure.quote if c.figure else c.note}" for c in event.claims)
    return fold(" ".join((event.what, event.place, *event.parties, *claims)))
