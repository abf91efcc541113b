"""Later evidence: two stories prove to be one happening, or a story's entry proves to tell of another.

A wrong merge mixes two tolls, so nothing is merged on likeness alone: kind, day, place and toll must agree, and no
two entries may deny each other. Nothing is taken back in silence: both alerts say what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import reduce
from itertools import product
from typing import NamedTuple

from bot.news.days import dates
from bot.news.days.happened import between
from bot.news.families import kin
from bot.news.figures.claims.union import united, without
from bot.news.model import Alert
from bot.news.places.tied import place_of
from bot.news.stories import grouping, vetoes, vicinity
from bot.news.stories.acts import otherwise, tolls
from bot.news.stories.grouping import Score
from bot.news.stories.identity import is_periodic
from bot.news.stories.story import (
    PLACES,
    TELLING,
    TERMS,
    Features,
    Member,
    Story,
    bounded,
    found_by,
    marks,
    moved,
    usual,
)
from bot.news.topics.topic import Topic

NAMED = 0.7  # how telling a place is that two stories of kinds that only go together must share


# --------------------------------------------------------------------------- two stories are one


def one_happening(of: Features, story: Story, other: Story, score: Score, topic: Topic, copied: bool) -> str:
    """Why an entry of one story proves that another tells of the same happening; "" if it does not.

    `score` is how well the entry fits the other, `copied` whether it copies a report of each.
    """
    if score.veto or score.total < topic.weights["stories.merge"] or _deny(of, story, other, topic):
        return ""
    if copied:
        return "one report copies reports of both"
    if story.type is None or other.type is None or story.days is None or other.days is None:
        return ""
    alike, place = other.type in (story.type, of.type), _place(story, other, topic)
    telling = vicinity.telling(place, topic) if place else 0.0
    if alike and telling >= vicinity.PIN:
        return f"the same kind of event on the same day at {place}"
    shared = of.tolls & (tolls(story) or of.tolls) & tolls(other)
    many = [toll for toll in shared if toll[1] >= TELLING]
    unpinned = not (vicinity.pins(story.places, topic) and vicinity.pins(other.places, topic))
    if many and (telling >= NAMED or (alike and unpinned)):
        measure, count = max(many, key=lambda toll: (toll[1], toll[0]))
        return f"all count {count:,.0f} {measure} on the same day"
    return ""


def _place(story: Story, other: Story, topic: Topic) -> str:
    """The most telling place that both name."""
    common = (place for place in story.places if place in other.places)
    return max(common, key=lambda place: vicinity.telling(place, topic), default="")


def _deny(of: Features, one: Story, other: Story, topic: Topic) -> bool:
    """Whether anything speaks against two stories being one, be it between any two of their entries."""
    if one.alone or other.alone or (one.type and other.type and not kin(one.type, other.type)):
        return True
    if between(one, other) or _tolls_differ(of, one, other) or otherwise(one, other, topic):
        return True
    return any(_members_deny(a, b, topic) for a, b in product(one.members, other.members))


def _members_deny(one: Member, other: Member, topic: Topic) -> bool:
    if between(one, other):
        return True
    here, there = vicinity.pins(one.places, topic), vicinity.pins(other.places, topic)
    if here and there and not here & there:
        return True
    return one.outlet == other.outlet and is_periodic(one.title, other.title)


def _tolls_differ(of: Features, one: Story, other: Story) -> bool:
    """Whether both count their dead, and nothing ties the counts together: neither a number nor the entry."""
    counts = [_killed(tolls(one)), _killed(tolls(other))]
    tied = bool(counts[0] & counts[1]) or all(count & _killed(of.tolls) for count in counts)
    return all(counts) and not tied


def _killed(tolls: Iterable[tuple[str, float]]) -> set[float]:
    return {count for measure, count in tolls if measure == "killed"}


def merged(older: Story, younger: Story, topic: Topic) -> Story:
    """Both as one, under the older's number: every claim keeps its time, a copy stays a copy."""
    told = younger if younger.relevant and not older.relevant else older
    members = bounded(
        tuple(sorted((*older.members, *younger.members), key=lambda m: (m.seen, m.at, m.entry))), topic
    )
    relevant = older.relevant or younger.relevant
    kind = usual(members, relevant, told.type) or told.type
    many, few = (older, younger) if older.entries >= younger.entries else (younger, older)
    vector = moved(many.vector, few.vector, many.entries / few.entries)
    named = tuple(dict.fromkeys((*older.places, *younger.places)))[:PLACES]
    return replace(
        older,
        opened=min(older.opened, younger.opened),
        active=max(older.active, younger.active),
        relevant=relevant,
        type=kind,
        when=told.when or older.when or younger.when,
        where=next((s.where for s in (told, older, younger) if s.where.places), told.where),
        verdict=told.verdict,
        members=members,
        entries=older.entries + younger.entries,
        vector=vector,
        terms=found_by(vector, kind, named, topic, marks((*older.terms, *younger.terms))),
        places=named,
        days=older.days or younger.days,
        night=older.night or younger.night,
        actors=tuple(dict.fromkeys((*older.actors, *younger.actors)))[:TERMS],
        ledger=united(older.ledger, younger.ledger),
    )


def folded(story: Story, into: Story, now: datetime) -> Story:
    """A story that became part of another; its alert points there, and keeps no figure that would grow old."""
    alert = story.alert and into.alert and _pointer(story.alert, into.alert, now)
    return replace(story, merged_into=into.id, alert=alert or story.alert)


def _pointer(said: Alert, on: Alert, now: datetime) -> Alert:
    return replace(
        said,
        revision=said.revision + 1,
        kind="update",
        url=on.url,
        summary=f"This is the same event as story {on.story}, which goes on: {on.headline}",
        figures=(),
        changed=(f"proved to be the same event as story {on.story}",),
        before=(),
        last_change=now,
        level_rose=False,
        replaced=(),
    )


# --------------------------------------------------------------------------- an entry belongs elsewhere


class Parting(NamedTuple):
    """An entry that was rewritten leaves its story: what is left, the copies that go with it, and why it goes."""

    rest: Story
    copies: tuple[Member, ...]
    why: str


def elsewhere(of: Features, entry: str, story: Story, topic: Topic) -> Parting | None:
    """How one of a story's entries leaves it, where its new text no longer belongs there."""
    old = next((m for m in story.members if m.entry == entry), None)
    copies = tuple(m for m in story.members if m.copy_of == entry)
    alone = len(story.members) == 1 + len(copies)
    if old is None or alone or (of.days, of.places) == (old.days, old.places):
        return None
    rest = left(story, (old, *copies), topic)
    if grouping.score(of, rest, topic).veto == vetoes.OTHER_DAY:
        return Parting(rest, copies, "another day")
    pinned = vicinity.pins(rest.places, topic)
    if pinned and vicinity.pins(of.places, topic) and pinned.isdisjoint((*of.places, *of.sketch.places)):
        return Parting(rest, copies, "another place")
    return None


def followed(story: Story, copies: tuple[Member, ...], original: str, topic: Topic) -> Story:
    """A story with the copies of an entry that came to it. They carry the text that was taken back, so their
    words, places and claims count for nothing.
    """
    after = tuple(
        replace(copy, copy_of=original, days=None, night=None, places=(), type=None) for copy in copies
    )
    members = bounded((*story.members, *after), topic)
    return replace(story, members=members, entries=story.entries + len(copies))


def left(story: Story, gone: tuple[Member, ...], topic: Topic) -> Story:
    """A story as if some of its entries had never come: day, place, words and claims are those of the others."""
    members = tuple(m for m in story.members if m not in gone)
    kind = usual(members, story.relevant, story.type) or story.type
    named = tuple(dict.fromkeys(place for m in members for place in m.places))[:PLACES]
    dated = next((m for m in members if m.days), members[0])
    placed = next((m for m in members if m.places), members[0])
    sketches = [topic.terms.sketch(m.title, m.lead).vector for m in members]
    vector = reduce(lambda sum, one: moved(sum, one, 2), sketches[1:], sketches[0])
    return replace(
        story,
        type=kind,
        when=dates.when(dated.document, topic, kind),
        where=place_of(placed.document, topic, kind),
        members=members,
        entries=story.entries - len(gone),
        vector=vector,
        terms=found_by(vector, kind, named, topic, marks(story.terms)),
        places=named,
        days=next((m.days for m in members if m.days), None),
        night=next((m.night for m in members if m.night), None),
        ledger=without(story.ledger, {m.entry for m in gone}, {m.entry: (m.side, m.url) for m in members}),
    )
