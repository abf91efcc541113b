"""Entries about one happening: what a story remembers, and how it grows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.news import model
from bot.news.days.named import Days, news_day
from bot.news.families import FIRE, family
from bot.news.figures.claims.ledger import Ledger
from bot.news.model import Alert, Document, EventType, Level, Reading, Side, Verdict, When, Where
from bot.news.text.idf import Sketch
from bot.news.topics.topic import Topic

VECTOR = 48  # terms that a story's centroid keeps
TERMS = 24  # rare terms by which a story is found
MOST_MARKS = 6  # of them that are tolls or days
ANSWERED = 4  # days on which what is answered is looked for by its kind alone
TELLING = 10  # from this number on a toll tells one happening from another
RARE = 4.5  # weight from which a term is rare
ONE_PLACE: frozenset[EventType] = frozenset({"attack"})
PLACES = 10  # places that a story or an entry may have


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
    days: Days | None = None  # that it names for the happening
    night: date | None = None  # of a night: the date of its evening
    places: tuple[str, ...] = ()  # that it happened at, and the provinces around
    stance: model.Stance = field(default_factory=model.Stance)  # what it does to what was told before
    undated: bool = False  # `at` is when we first saw it

    @property
    def counts(self) -> bool:
        """Whether it is a report of its own about the topic, not another's copied."""
        return self.copy_of is None and self.relevant

    @property
    def publisher(self) -> str:
        """Who answers for it: outlets of one family are one publisher."""
        return self.family or self.outlet

    @property
    def document(self) -> Document:
        """What it says, to be read again."""
        return Document(f"{self.title}\n{self.lead}", len(self.title), self.at)


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
    ledger: Ledger = field(default_factory=Ledger)
    alert: Alert | None = None  # the last revision said, whoever got it
    merged_into: int | None = None
    alone: str = ""  # why nothing may join it: "round-up", "periodic post"
    lang: str = "en"
    days: Days | None = None  # the first that one of its entries names for the happening
    night: date | None = None  # the same, where it was by night: the date of the evening
    places: tuple[str, ...] = ()  # all that its entries happened at, and the provinces around
    about: tuple[EventType, ...] = ()  # the kinds of what its first report answers
    note: str = ""  # how it came to be a story of its own, for its alert


@dataclass(frozen=True, slots=True)
class Features:
    """What of an entry counts for its place among the stories."""

    sketch: Sketch
    at: datetime
    outlet: str
    lang: str
    type: EventType | None
    days: Days | None  # that the text names for its happening
    places: tuple[str, ...]
    actors: tuple[str, ...]
    title: str
    tolls: frozenset[tuple[str, float]] = frozenset()  # what was counted, and how many
    figures: tuple[model.Figure, ...] = ()  # of its own happening, not of one before
    also: tuple[EventType, ...] = ()  # other kinds of happening that the text speaks of
    alone: str = ""
    terms: tuple[str, ...] = ()  # by which to look for candidate stories
    night: date | None = None  # of which evening, where it happened by night
    about: tuple[EventType, ...] = ()  # the kinds of what a text answers
    relevant: bool = False  # about the topic, or too short to say so
    mentioned: tuple[Days, ...] = ()  # all days that the text names
    again: bool = False  # "for a second night": it tells of the one before as well


def probe(of: Features, topic: Topic) -> tuple[str, ...]:
    """The terms by which to look for candidate stories: kinds of event at places, then the rarest words; last of all
    the days of what it may answer.
    """
    about = {*of.about, *(() if FIRE.isdisjoint(of.about) else FIRE)}
    answered = (
        f"{kind}={news_day(of.at) - timedelta(ago)}" for kind in sorted(about) for ago in range(ANSWERED)
    )
    return (*found_by(of.sketch.vector, of.type, of.places, topic, _marks_of(of)), *answered)


def _marks_of(of: Features) -> list[str]:
    """Its tolls, and the day of what there is but one of a day, wherever it is told: a truce, a tariff."""
    found = [f"{measure}={count:g}" for measure, count in sorted(rough(of.tolls))]
    if of.type:
        days = of.days or (news_day(of.at), news_day(of.at) - timedelta(1))
        found += [f"{of.type}={day}" for day in dict.fromkeys(days)]
    return found


def marks(terms: Iterable[str]) -> list[str]:
    """The tolls and days among the terms of stories."""
    return [term for term in terms if "=" in term]


def rough(tolls: Iterable[tuple[str, float]]) -> frozenset[tuple[str, float]]:
    """The tolls that tell one happening from another, to two digits: "31,400" is what others call over 31,000.

    >>> sorted(rough({("returned", 31400.0), ("killed", 17.0), ("killed", 3.0)}))
    [('killed', 17.0), ('returned', 31000.0)]
    """
    return frozenset((measure, float(f"{count:.2g}")) for measure, count in tolls if count >= TELLING)


def found_by(
    vector: dict[str, float],
    type: EventType | None,
    places: tuple[str, ...],
    topic: Topic,
    more: Iterable[str] = (),
) -> tuple[str, ...]:
    """Families of kinds at places, tolls and days (`more`: "killed=17", "talks=2025-10-19"), then the rarest words."""
    happenings = [f"{family(type)}@{place}" for place in places[:3]] if type else []
    happenings += list(dict.fromkeys(more))[:MOST_MARKS]
    rare = [(w, t) for t, w in vector.items() if topic.terms.weight(t) >= RARE]
    words = [t for _, t in sorted(rare, key=lambda pair: (pair[1][0] != "@", -pair[0], pair[1]))]
    return tuple([*happenings, *words][:TERMS])


def opened(number: int, of: Features, member: Member, reading: Reading, topic: Topic) -> Story:
    """A story of one entry."""
    return Story(
        id=number,
        opened=member.at,
        active=member.at,
        relevant=member.relevant,
        type=reading.type,
        when=reading.when,
        where=reading.where,
        level=Level.MINOR,
        verdict=reading.verdict,
        members=(member,),
        entries=1,
        vector=of.sketch.vector,
        terms=of.terms[:TERMS],
        places=of.places,
        days=of.days,
        night=of.night,
        about=of.about,
        actors=reading.actors[:TERMS],
        alone=of.alone,
        lang=of.lang,
    )


def joined(story: Story, of: Features, member: Member, reading: Reading, topic: Topic) -> Story:
    """The story with one entry more: bounded members, moved centroid, and what the entry adds."""
    vector = moved(story.vector, of.sketch.vector, min(story.entries, 8))
    both = of.type in ONE_PLACE and len(story.places) > 0 and not set(of.places).isdisjoint(story.places)
    places = story.places if both else tuple(dict.fromkeys((*story.places, *of.places)))[:PLACES]
    members = bounded((*story.members, member), topic)
    story = _told(story, members, reading, topic)
    return replace(
        story,
        opened=min(story.opened, member.at),
        active=max(story.active, member.at),
        members=members,
        entries=story.entries + 1,
        vector=vector,
        terms=found_by(vector, story.type, places, topic, [*marks(story.terms), *_marks_of(of)]),
        places=places,
        days=story.days or of.days,
        night=story.night or of.night,
        actors=story.actors
        if reading.stance.does == "denies"  # who denies it does not take part
        else tuple(dict.fromkeys((*story.actors, *reading.actors)))[:TERMS],
    )


def edited(story: Story, member: Member, reading: Reading, topic: Topic) -> Story:
    """The story after one of its entries was rewritten; the entry stays where it is."""
    members = tuple(
        replace(member, at=m.at, seen=m.seen) if m.entry == member.entry else m for m in story.members
    )
    return replace(_told(story, members, reading, topic), members=members)


def _told(story: Story, members: tuple[Member, ...], reading: Reading, topic: Topic) -> Story:
    """What a story is about once one more report is read: most reports' kind, the first day and place that are named."""
    better = reading.verdict.relevant and not story.relevant
    kind = usual(members, story.relevant, story.type)
    alone = reading.stance.does == "corrects" and len({m.outlet for m in members if m.counts}) == 1
    return replace(
        story,
        relevant=story.relevant or reading.verdict.relevant,
        type=(reading.type if better else kind) or story.type,
        when=reading.when
        if better or story.when is None or (not _is_named(story.when) and _is_named(reading.when))
        else story.when,
        where=reading.where
        if better or alone or is_nearer(reading.where, story.where, topic)
        else story.where,
        verdict=reading.verdict if better else story.verdict,
    )


def _is_named(when: When | None) -> bool:
    return when is not None and when.named


def is_nearer(found: Where, known: Where, topic: Topic) -> bool:
    """Whether a report says more exactly where: any place after none but a country, or one inside the one that is known."""
    if is_wide(known, topic):
        return bool(found.places) and (not known.places or not is_wide(found, topic))
    places = [topic.gazetteer[name] for name in found.places]
    return len(known.places) == 1 and any(known.places[0] in (p.district, p.province) for p in places)


def is_wide(where: Where, topic: Topic) -> bool:
    """Whether no place is told but a country, or where somebody spoke of it."""
    return where.guessed or all(topic.gazetteer[name].kind == "country" for name in where.places)


def usual(members: Iterable[Member], relevant: bool, before: EventType | None) -> EventType | None:
    """The kind of event that most reports tell of."""
    kinds = Counter(m.type for m in members if m.type and m.copy_of is None and m.relevant >= relevant)
    return max(kinds, key=lambda k: (kinds[k], k == before), default=None)


def bounded(members: tuple[Member, ...], topic: Topic) -> tuple[Member, ...]:
    """The first and the latest of many."""
    most = int(topic.weights["stories.members"])
    if len(members) <= most:
        return members
    return (*members[: most // 4], *members[len(members) - most + most // 4 :])


def moved(centroid: dict[str, float], vector: dict[str, float], weight: float) -> dict[str, float]:
    """The centroid after a vector came to it, where it weighs as much as so many of them."""
    total = {t: weight * w for t, w in centroid.items()}
    for term, w in vector.items():
        total[term] = total.get(term, 0.0) + w
    heaviest = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:VECTOR]
    norm = math.sqrt(sum(w * w for _, w in heaviest)) or 1.0
    return {term: w / norm for term, w in heaviest}
