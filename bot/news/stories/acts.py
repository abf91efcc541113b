"""What is news of its own, however like the story: an act days later, a truce renewed or breached, another gate.

Nor is a strike abroad one happening with the attack that it answers, or one count of people with another.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.news.days.happened import Days
from bot.news.days.named import news_day
from bot.news.families import ACTS, PASSAGE, kin
from bot.news.model import EventType
from bot.news.stories.story import Features, Story, rough
from bot.news.topics.topic import Topic

LATER = timedelta(2)  # from then on what is done about a happening is news of its own
HELD = timedelta(3)  # ... an arrest: until then it is part of the report of the attack
NEXT = timedelta(1)  # ... a truce that is renewed, a summons
AGREED = frozenset({"talks", "ceasefire"})
RENEWED = "extend"  # the term of a renewal, in all languages
BREACHED = "violat"  # the same of a breach
STRUCK: frozenset[EventType] = frozenset({"attack", "operation"})  # what a strike abroad answers
FAR = 2  # days from one renewal to the next, where both name theirs
GONE = frozenset({"returned", "deported"})


def told(days: Days | None, at: datetime) -> Days:
    """The days of a happening; what names none is told on the day or on the next."""
    day = news_day(at)
    return days or (day - timedelta(1), day)


def own_act(of: Features, story: Story, topic: Topic) -> bool:
    """Whether what is done about a happening was done days later: a summons, an arrest, a gate that is shut; or a
    truce that is renewed, or that outsiders host or talk of, when the one before was not agreed there.
    """
    if of.type not in ACTS or story.type is None:
        return False
    later = _days_later(of, story)
    hosted = {p for p in of.places if (known := topic.gazetteer.get(p)) and known.kind == "venue"}
    elsewhere = bool(hosted) and hosted.isdisjoint(story.places) and later >= LATER
    if elsewhere and "ceasefire" in (of.type, story.type) and {of.type, story.type} <= AGREED:
        return True
    if of.type == story.type:
        return of.type == "ceasefire" and later >= NEXT and _renews(of, story, topic)
    if kin(of.type, story.type) and (of.type in AGREED or not (of.days and story.days)):
        return False
    return later >= {"arrest": HELD, "diplomacy": NEXT}.get(of.type, LATER)


def _renews(of: Features, story: Story, topic: Topic) -> bool:
    """ "Truce extended by a week": of which no report of the truce could speak, nor one of the renewal before."""
    if RENEWED not in of.sketch.title:
        return False
    sketches = (topic.terms.sketch(member.title, member.lead) for member in story.members)
    again = bool(of.days and story.days) and _days_later(of, story) >= timedelta(FAR)
    return again or all(RENEWED not in sketch.vector for sketch in sketches)


def breaches(of: Features, story: Story, topic: Topic) -> bool:
    """Whether one tells that a truce is renewed, the other that it is breached."""
    titles = [topic.terms.sketch(member.title, member.lead).title for member in story.members]
    for one, other in ((RENEWED, BREACHED), (BREACHED, RENEWED)):
        told = sum(other in title for title in titles)
        if one in of.sketch.title and other not in of.sketch.title and 2 * told >= len(titles):
            return not any(one in title for title in titles)
    return False


def other_gate(of: Features, story: Story, topic: Topic) -> bool:
    """Whether what is told of one crossing was told of another: each gate is shut and opened by itself."""
    if "crossing" not in (of.type, story.type) or not (of.type in PASSAGE and story.type in PASSAGE):
        return False
    here, there = _gates(of.places, topic), _gates(story.where.places, topic)
    return bool(here and there) and here.isdisjoint(there)


def _gates(places: Collection[str], topic: Topic) -> frozenset[str]:
    """The crossings among places, each with its other end."""
    known = [p for name in places if (p := topic.gazetteer.get(name)) and p.kind == "crossing"]
    return frozenset(name for place in known for name in (place.name, place.across) if name)


def answered(of: Features, story: Story, topic: Topic) -> bool:
    """Whether one is a strike in Afghanistan, and the other the attack in Pakistan that it answers."""
    kinds = {of.type, story.type}
    if "air_strike" not in kinds or STRUCK.isdisjoint(kinds):
        return False
    strike, attack = (of.places, story.places) if of.type == "air_strike" else (story.places, of.places)
    return _grounds(strike, topic) == {"AF"} and _grounds(attack, topic) == {"PK"}


def _grounds(places: Collection[str], topic: Topic) -> set[str]:
    """Whose ground places are, the two countries and capitals left out."""
    known = (topic.gazetteer.get(name) for name in places)
    return {p.country for p in known if p and p.kind in ("province", "district", "town", "crossing")}


def counts_others(of: Features, known: Collection[tuple[str, float]]) -> bool:
    """Whether both count who went home, and no number is the same: a gate's families, an agency's quarter."""
    here, there = (
        {count for measure, count in counted if measure in GONE} for counted in (rough(of.tolls), known)
    )
    return of.type == "returns" and bool(here and there) and here.isdisjoint(there)


def _days_later(of: Features, story: Story) -> timedelta:
    return told(of.days, of.at)[1] - told(story.days, story.opened)[1]
