"""What is news of its own, however like the story: an act days later, a truce that is renewed, another count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.news.days.happened import Days
from bot.news.days.named import news_day
from bot.news.families import ACTS, kin
from bot.news.stories.story import Features, Story, rough
from bot.news.topics.topic import Topic

LATER = timedelta(2)  # from then on what is done about a happening is news of its own
HELD = timedelta(3)  # ... an arrest: until then it is part of the report of the attack
NEXT = timedelta(1)  # ... a truce that is renewed, a summons
AGREED = frozenset({"talks", "ceasefire"})
RENEWED = "extend"  # the term of a renewal, in all languages
GONE = frozenset({"returned", "deported"})


def told(days: Days | None, at: datetime) -> Days:
    """The days of a happening; what names none is told on the day or on the next."""
    day = news_day(at)
    return days or (day - timedelta(1), day)


def own_act(of: Features, story: Story, topic: Topic) -> bool:
    """Whether what is done about a happening was done days later: a summons, an arrest, a gate that is shut; or a
    truce that is renewed, or that outsiders hosted, when the one before was not agreed there.
    """
    if of.type not in ACTS or story.type is None:
        return False
    later = _days_later(of, story)
    if of.type == story.type:
        hosted = {p for p in of.places if (known := topic.gazetteer.get(p)) and known.kind == "venue"}
        elsewhere = bool(hosted) and hosted.isdisjoint(story.places) and later >= LATER
        return of.type == "ceasefire" and (elsewhere or (later >= NEXT and _renews(of, story, topic)))
    if kin(of.type, story.type) and (of.type in AGREED or not (of.days and story.days)):
        return False
    return later >= {"arrest": HELD, "diplomacy": NEXT}.get(of.type, LATER)


def _renews(of: Features, story: Story, topic: Topic) -> bool:
    """ "Truce extended by a week": of which no report of the truce could speak."""
    sketches = (topic.terms.sketch(member.title, member.lead) for member in story.members)
    return RENEWED in of.sketch.title and all(RENEWED not in sketch.vector for sketch in sketches)


def counts_others(of: Features, known: Collection[tuple[str, float]]) -> bool:
    """Whether both count who went home, and no number is the same: a gate's families, an agency's quarter."""
    here, there = (
        {count for measure, count in counted if measure in GONE} for counted in (rough(of.tolls), known)
    )
    return of.type == "returns" and bool(here and there) and here.isdisjoint(there)


def _days_later(of: Features, story: Story) -> timedelta:
    return told(of.days, of.at)[1] - told(story.days, story.opened)[1]
