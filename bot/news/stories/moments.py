"""When a report and a story were: by the days that they name, and by when they were told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.news.days.happened import between
from bot.news.days.named import Days, news_day
from bot.news.families import FIRE, FOUGHT
from bot.news.stories.story import Features, Story


def told(days: Days | None, at: datetime) -> Days:
    """The days of a happening; what names none is told on the day or on the next."""
    day = news_day(at)
    return days or (day - timedelta(1), day)


def days_later(of: Features, story: Story) -> timedelta:
    """How much later an entry's happening was than a story's."""
    return told(of.days, of.at)[1] - told(story.days, story.opened)[1]


def same_days(of: Features, story: Story, gap: int = 0) -> bool:
    """Whether both texts name the same day, or days no further apart."""
    return of.days is not None and story.days is not None and between(of, story) <= gap


def about_then(of: Features, story: Story) -> bool:
    """Whether a text that names no day, or a story that has none, was told when the other happened."""
    if of.days and story.days:
        return False
    one, other = told(of.days, of.at), told(story.days, story.opened)
    return one[0] <= other[1] and other[0] <= one[1]


def at_once(of: Features, story: Story) -> bool:
    """Whether both may be of one day, by the days that they name or by when they were told."""
    return same_days(of, story) or about_then(of, story)


def silence(of: Features, story: Story) -> timedelta:
    """How far an entry lies outside a story's life."""
    if of.at > story.active:
        return of.at - story.active
    return story.opened - of.at if of.at < story.opened else timedelta(0)


def as_of(of: Features, story: Story) -> Features:
    """An entry as one of the story's day, if its text names that day as well: of two days of fighting, either may be its
    own. Attacks are many, so there the place must be the story's, too.
    """
    alike = of.type == story.type and (of.type in FIRE or not set(of.places).isdisjoint(story.places))
    if of.again or not alike or of.type not in FOUGHT or of.days is None or story.days not in of.mentioned:
        return of
    return replace(of, days=story.days, night=story.night)
