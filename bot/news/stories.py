"""Which happening does an entry belong to? Stories, and the score that decides.

The score is a sum of named parts, faded by time, and kept as the explanation. Vetoes come first:
a wrong merge mixes two tolls, so it is worse than a duplicate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.news.figures.ledger import Ledger
from bot.news.identity import is_periodic
from bot.news.idf import LEAD, Sketch, cosine
from bot.news.model import Alert, Entry, EventType, Level, Reading, Side, Verdict, When, Where
from bot.news.topic import Topic

VECTOR = 48  # terms that a story's centroid keeps
TERMS = 24  # rare terms by which a story is found
RARE = 4.5  # weight from which a term is rare
HAPPENINGS: frozenset[EventType] = frozenset({"air_strike", "border_clash", "attack", "operation"})
RECURRING: frozenset[EventType] = HAPPENINGS | {"ceasefire", "talks", "crossing", "multilateral"}


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
    ledger: Ledger = field(default_factory=Ledger)
    alert: Alert | None = None  # the last revision said, whoever got it
    merged_into: int | None = None
    alone: str = ""  # why nothing may join it: "round-up", "periodic post"
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Features:
    """What of an entry counts for its place among the stories."""

    sketch: Sketch
    at: datetime
    outlet: str
    lang: str
    type: EventType | None
    when: When | None
    places: tuple[str, ...]
    actors: tuple[str, ...]
    title: str
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """How well an entry fits a story: the sum of `parts` times `fade`, or nothing after a veto."""

    story: int
    parts: tuple[tuple[str, float], ...] = ()
    fade: float = 1.0
    veto: str = ""

    @property
    def total(self) -> float:
        return 0.0 if self.veto else sum(value for _, value in self.parts) * self.fade

    @property
    def because(self) -> str:
        """One line for `/why`: `story 7: 0.52 = (centroid 0.31 + place 0.06 …) × 0.93`."""
        if self.veto:
            return f"not story {self.story}: {self.veto}"
        parts = " + ".join(f"{name} {value:.2f}" for name, value in self.parts)
        return f"story {self.story}: {self.total:.2f} = ({parts}) × {self.fade:.2f}"


def features(entry: Entry, reading: Reading, topic: Topic) -> Features:
    """What of an entry counts; a round-up or periodic post is marked to stay alone."""
    countries = {p.name for p in topic.places if p.kind in ("country", "line")}
    return Features(
        sketch=topic.terms.sketch(entry.title, entry.summary[:LEAD]),
        at=entry.when,
        outlet=entry.outlet,
        lang=entry.lang,
        type=reading.type,
        when=reading.when,
        places=tuple(p for p in reading.where.places if p not in countries),
        actors=reading.actors,
        title=entry.title,
        alone=_alone(entry, topic),
    )


def _alone(entry: Entry, topic: Topic) -> str:
    """Why an entry joins no story and takes none in, or ""."""
    cues = {c.name for c in topic.lexicon.read(entry.document.text).cues if c.start < len(entry.title)}
    if "stories.periodic" in cues:
        return "periodic post"
    return "round-up of several happenings" if "stories.roundup" in cues else ""


def probe(of: Features, topic: Topic) -> tuple[str, ...]:
    """The terms by which to look for candidate stories, heaviest first."""
    return _rare(of.sketch.vector, topic)


def _rare(vector: dict[str, float], topic: Topic) -> tuple[str, ...]:
    rare = [(w, t) for t, w in vector.items() if topic.terms.weight(t) >= RARE]
    return tuple(term for _, term in sorted(rare, key=lambda pair: (-pair[0], pair[1]))[:TERMS])


def score(of: Features, story: Story, topic: Topic) -> Score:
    """How well an entry fits a story."""
    weights = topic.weights
    if veto := _veto(of, story, topic):
        return Score(story.id, veto=veto)
    whole = cosine(of.sketch.vector, story.vector)
    closest = title = 0.0
    for member in story.members:
        other = topic.terms.sketch(member.title, member.lead)
        closest = max(closest, cosine(of.sketch.vector, other.vector))
        title = max(title, cosine(of.sketch.title, other.title))
    parts = [
        ("centroid", weights["stories.centroid"] * whole),
        ("closest", weights["stories.closest"] * closest),
        ("title", weights["stories.title"] * title),
        *_structure(of, story, topic),
    ]
    fade = math.exp(-_apart(of.at, story) / timedelta(hours=weights["stories.hours"]))
    return Score(story.id, tuple(p for p in parts if p[1]), fade)


def least(of: Features, story: Story, topic: Topic) -> float:
    """The score from which an entry joins a story; across languages, words alone prove little."""
    return topic.weights["stories.join" if of.lang == story.lang else "stories.foreign_join"]


def _structure(of: Features, story: Story, topic: Topic) -> Iterable[tuple[str, float]]:
    """What place, day and kind of event add or take away."""
    weights = topic.weights
    if of.places and story.where.places:
        if set(of.places) & set(story.where.places):
            yield "place", weights["stories.place"]
        else:
            yield "other place", -weights["stories.place_conflict"]
    if of.when and story.when and _overlap(of.when, story.when):
        yield "day", weights["stories.date"]
    if of.type and of.type == story.type:
        yield "type", weights["stories.type"]


def _veto(of: Features, story: Story, topic: Topic) -> str:
    """Why an entry cannot belong to a story, whatever its words; "" if it can."""
    if of.alone or story.alone:
        return of.alone or story.alone
    if _apart(of.at, story) > timedelta(days=topic.weights["stories.days"]):
        return "the story has been silent for too long"
    if (
        of.type == story.type
        and of.type in RECURRING
        and of.when
        and story.when
        and not _overlap(of.when, story.when)
    ):
        return f"another day ({of.when.start}, not {story.when.start})"
    for member in story.members:
        if member.outlet == of.outlet and is_periodic(of.title, member.title):
            return "the same outlet's periodic post"
    return ""


def _overlap(a: When, b: When) -> bool:
    return a.start <= b.end and b.start <= a.end


def _apart(at: datetime, story: Story) -> timedelta:
    """How far a moment lies outside a story's life."""
    if at > story.active:
        return at - story.active
    return story.opened - at if at < story.opened else timedelta(0)


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
        terms=_rare(of.sketch.vector, topic),
        actors=reading.actors[:TERMS],
        alone=of.alone,
        lang=of.lang,
    )


def joined(story: Story, of: Features, member: Member, reading: Reading, topic: Topic) -> Story:
    """The story with one entry more: bounded members, moved centroid, and what the entry adds."""
    vector = _moved(story.vector, of.sketch.vector, min(story.entries, 8))
    better = reading.verdict.relevant and not story.relevant
    most = int(topic.weights["stories.members"])
    members = (*story.members, member)
    if len(members) > most:
        members = (*members[: most // 4], *members[len(members) - most + most // 4 :])
    return replace(
        story,
        opened=min(story.opened, member.at),
        active=max(story.active, member.at),
        relevant=story.relevant or member.relevant,
        type=reading.type if better or story.type is None else story.type,
        when=reading.when if better or story.when is None else story.when,
        where=reading.where if better or not story.where.places else story.where,
        verdict=reading.verdict if better else story.verdict,
        members=members,
        entries=story.entries + 1,
        vector=vector,
        terms=_rare(vector, topic),
        actors=tuple(dict.fromkeys((*story.actors, *reading.actors)))[:TERMS],
    )


def edited(story: Story, member: Member, reading: Reading) -> Story:
    """The story after one of its entries was rewritten; the entry stays where it is."""
    better = member.relevant and not story.relevant
    return replace(
        story,
        relevant=story.relevant or member.relevant,
        type=reading.type if better or story.type is None else story.type,
        when=reading.when if better or story.when is None else story.when,
        where=reading.where if better or not story.where.places else story.where,
        verdict=reading.verdict if better else story.verdict,
        members=tuple(
            replace(member, at=m.at, seen=m.seen) if m.entry == member.entry else m for m in story.members
        ),
    )


def _moved(centroid: dict[str, float], vector: dict[str, float], weight: int) -> dict[str, float]:
    total = {t: weight * w for t, w in centroid.items()}
    for term, w in vector.items():
        total[term] = total.get(term, 0.0) + w
    heaviest = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:VECTOR]
    norm = math.sqrt(sum(w * w for _, w in heaviest)) or 1.0
    return {term: w / norm for term, w in heaviest}
