"""What an entry leaves open, or only speaks of, as the other reports of its story tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.news.families import FOUGHT, SPEAKS, comes_of
from bot.news.model import EventType, Reading, When, Where
from bot.news.stories.story import Features, Story, is_nearer, is_wide
from bot.news.topics.topic import Topic


def completed(reading: Reading, of: Features, story: Story, topic: Topic) -> Reading:
    """An entry's kind, day and place, with what its story knows better.

    Who speaks of a happening a day later, elsewhere, speaks of that day and place; and what came of it (the wounded,
    the shut gate) is told of it, whatever kind of news it makes by itself.
    """
    kind = _kind(reading.type, story.type)
    because, when, where = f"as story {story.id} tells", reading.when, reading.where
    told = When(*story.days, named=True) if story.days and story.days != of.days else story.when
    by_night = of.night and of.days == (of.night, of.night + timedelta(1)) and story.days == (of.night,) * 2
    if when and told and told.start <= when.end:
        open = told.named and (
            of.days is None or by_night
        )  # "overnight": others name the night by its evening
        if open or (kind in SPEAKS and story.entries > 1 and told.start < when.start):
            when = replace(told, because=because)
    answers = kind in SPEAKS and story.type in FOUGHT
    if not is_wide(story.where, topic) and (answers or is_nearer(story.where, where, topic)):
        country = Where() if answers or where.guessed or not is_wide(where, topic) else where
        label = ", ".join(filter(None, (story.where.label, country.label)))  # "Gurbuz, Khost, Afghanistan"
        where = Where(tuple(dict.fromkeys((*story.where.places, *country.places))), label, because)
    return replace(reading, type=kind, when=when, where=where)


def _kind(own: EventType | None, told: EventType | None) -> EventType | None:
    """The kind of an entry in a story of a kind."""
    return told if told and (own is None or comes_of(own, told)) else own
