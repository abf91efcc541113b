"""Of which happening does somebody speak who only answers one? Who condemns "the strikes", denies them, summons an envoy.

Such a text has few words in common with the reports: it names the happening by its kind, at most by a province. It
is of the one story that this can mean; where there are two, of none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from bot.news.families import ANSWERS, FIRE, FOUGHT, REPORTED
from bot.news.model import EventType
from bot.news.stories.acts import tolls
from bot.news.stories.moments import at_once, told
from bot.news.stories.story import Features, Story, rough
from bot.news.text.lexicon import OWN
from bot.news.topics.topic import Place, Topic

LATELY = timedelta(3)  # until then "the strikes" are those
AFTERWARDS = timedelta(8)  # ... and "the strikes in Khost"
RARE = FIRE | {"ceasefire"}  # what is known by its kind; attacks are many


def meant(of: Features, found: Sequence[Story], topic: Topic) -> int | None:
    """The one story that a text answers, of fighting or a truce; or that it tells of, where one of both does not say where."""
    if of.about or of.type in ANSWERS:
        near = [story for story in found if _answers(of, story, of.about, topic)]
        if not near and not FIRE.isdisjoint(of.about):
            near = [story for story in found if _answers(of, story, FIRE, topic)]
    elif of.type in RARE:
        near = [story for story in found if _tells(of, story)]
        near = near if len(near) == 1 and _is_unplaced(of, near[0], topic) else []
    else:
        return None
    return near[0].id if len(near) == 1 and near[0].relevant else None


def _tells(of: Features, story: Story) -> bool:
    """Whether a story is of the same kind and time; or of that time and place, called by another name."""
    alike = story.type == of.type or (story.type in FOUGHT and not set(of.places).isdisjoint(story.places))
    return alike and at_once(of, story)


def _is_unplaced(one: Features | Story, other: Story, topic: Topic) -> bool:
    """Whether either says no more of where it happened than that it was at the border."""
    return any(set(told.places) <= {topic.roles.line} for told in (one, other))


def _answers(of: Features, story: Story, about: Collection[EventType], topic: Topic) -> bool:
    """Whether what is condemned, denied or welcomed may be a story's: it came lately, and is of a kind that is answered,
    with every place that is named in it; or the same toll, or it is the UN's own.
    """
    later = told(of.days, of.at)[1] - told(story.days, story.opened)[0]
    if not timedelta(0) <= later <= AFTERWARDS:
        return False
    grounds = [{p.name, p.district, p.province} for p in _grounds(of.sketch.places, topic)]
    if story.type in RARE and story.type in about and (grounds or later <= LATELY):
        return all(not wider.isdisjoint(story.places) for wider in grounds)
    if later > LATELY:
        return False
    if rough(of.tolls) & rough(tolls(story)):
        return True
    here, there = _bodies(of, topic), _bodies(story, topic)
    return story.type in REPORTED and bool(here and there) and (here <= there or there <= here)


def _bodies(told: Features | Story, topic: Topic) -> set[str]:
    """The bodies of the UN that are named, and who speaks for them."""
    return {name for name in told.actors if topic.sides.get(name) == "UN"}


def _grounds(names: Iterable[str], topic: Topic) -> list[Place]:
    """The places where it may have happened: below the two countries, and no seat of a government."""
    known = [place for name in names if (place := topic.gazetteer.get(name))]
    return [p for p in known if p.country in OWN and p.kind != "country" and not p.capital]
