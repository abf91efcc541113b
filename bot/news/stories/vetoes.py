"""Why an entry cannot belong to a story, whatever its words: a wrong merge mixes two tolls, so it is worse than a duplicate."""

from __future__ import annotations

from collections.abc import Set
from datetime import timedelta

from bot.news.days.happened import between
from bot.news.families import FOUGHT, RECURRING, kin
from bot.news.stories.acts import another, tolls, tolls_differ
from bot.news.stories.identity import is_periodic
from bot.news.stories.moments import at_once, days_later, silence
from bot.news.stories.story import Features, Member, Story, rough
from bot.news.stories.vicinity import compared, pins
from bot.news.text.idf import Sketch
from bot.news.topics.topic import Topic

LATEST = 8  # of a story's entries, those that a new one is compared with
SPOKEN_DAYS = 2  # talks and truces are told for longer than a night of fighting
LOCAL = FOUGHT | {"crossing"}  # kinds that happen at one place
PLACE = ("@province:", "@district:", "@town:", "@crossing:")  # how the terms of places begin
OTHER_DAY = "another day than the story's"


def sketch_of(member: Member, topic: Topic) -> Sketch:
    return topic.terms.sketch(member.title, member.lead)


def veto_of(of: Features, story: Story, topic: Topic) -> str:
    """Why an entry cannot belong to a story, whatever its words; "" if it can."""
    if of.alone or story.alone:
        return of.alone or story.alone
    if silence(of, story) > timedelta(days=topic.weights["stories.days"]):
        return "the story has been silent for too long"
    if why := another(of, story, topic):
        return why
    if of.type in RECURRING and story.type in RECURRING and _days_differ(of, story, topic):
        return OTHER_DAY
    if {of.type, story.type} == {"returns", "crossing"} and not at_once(of, story):
        return OTHER_DAY  # people come by an open gate day after day
    elsewhere = of.type in LOCAL and story.type in LOCAL and compared(of, story, topic)[1]
    pinned = elsewhere and pins(of.places, topic)
    counted = rough(of.tolls) & rough(tolls(story))
    if elsewhere and (
        of.again or tolls_differ(of, story) or (pinned and pins(story.places, topic) and not counted)
    ):
        return "another place than the story's"
    for member in story.members:
        if member.outlet != of.outlet:
            continue
        if is_periodic(of.title, member.title):
            return "the same outlet's periodic post"
        if _other_place_alone(of.sketch.title.keys(), sketch_of(member, topic).title.keys()):
            return "the same outlet's same headline, of another place"
        if pinned and pins(member.places, topic):
            return "the same outlet tells of another place"
    return ""


def _other_place_alone(one: Set[str], other: Set[str]) -> bool:
    """Whether two headlines are the same but for places and numbers: "Hundreds march in Khost", "... in Kabul"."""
    here, there = ({t for t in a - b if not t.isdecimal()} for a, b in ((one, other), (other, one)))
    return bool(here and there) and all(term.startswith(PLACE) for term in here | there)


def _days_differ(of: Features, story: Story, topic: Topic) -> bool:
    """Whether both texts name their day, and not the same.

    A night has two days, if the numbers say that it is the same; what is said is often reported a day later.
    """
    if of.type == story.type and of.type in LOCAL and of.days and not story.days:
        return days_later(of, story) > timedelta(SPOKEN_DAYS)  # told days before: a gate is shut again
    gap = between(of, story)
    if of.type not in FOUGHT or story.type not in FOUGHT:
        return gap > (SPOKEN_DAYS if of.type and story.type and kin(of.type, story.type) else 0)
    if gap != 1 or rough(of.tolls) & rough(tolls(story)):
        return gap > 1
    if of.night and story.night:
        return True
    if of.tolls & tolls(story) or any(m.days and not between(of, m) for m in story.members):
        return False
    return not any(of.sketch.counts & sketch_of(m, topic).counts for m in story.members[-LATEST:])
