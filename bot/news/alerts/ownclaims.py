"""Which claims of a ledger are of the story's own happening: not of what it answers, nor how long men sat and talked."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.news.families import FOUGHT, SPOKEN
from bot.news.figures.claims.ledger import Lane, Ledger
from bot.news.figures.parties.sides import PARTY_SIDE
from bot.news.figures.sentence.vocabulary import vocabulary
from bot.news.model import HARM, UNATTRIBUTED, Figure
from bot.news.stories.story import Story
from bot.news.text.lexicon import NATIONS
from bot.news.topics.topic import Topic

SETTLING = SPOKEN | {"crossing", "trade", "returns"}  # the dead in their reports are of earlier days
FAR = 10_000  # characters


def is_earlier(lane: Lane, story: Story, topic: Topic) -> bool:
    """Whether a claim tells of what went before: the dead before a truce; the people of the country that struck, whose
    dead the strike answers."""
    if lane.measure not in HARM or lane.scope != "incident":
        return False
    if story.type != "air_strike":
        return story.type in SETTLING
    known = topic.gazetteer
    struck = {known[name].country for name in story.where.places if name in known}
    whose = PARTY_SIDE.get(lane.party)
    return len(struck) == 1 and struck < NATIONS and whose in NATIONS and whose not in struck


def own(story: Story, topic: Topic) -> Ledger:
    """The ledger of a story without the dead of what it answers."""
    if story.type not in FOUGHT:
        return story.ledger
    return story.ledger.keeping(lambda lane: not is_earlier(lane, story, topic))


def telling(story: Story, topic: Topic) -> Ledger:
    """The ledger of a story without the hours of its talks, unless one in his name tells nothing else of them."""
    if story.type not in SPOKEN:
        return story.ledger
    idle = [lane for lane in story.ledger.held if is_of_talks(lane.figure, topic)]
    alone = story.type != "ceasefire" and len(idle) == len(story.ledger.held)
    gone = {id(lane) for lane in idle if not alone or lane.claimant == UNATTRIBUTED}
    return story.ledger.keeping(lambda lane: id(lane) not in gone)


def is_of_talks(figure: Figure, topic: Topic) -> bool:
    """Whether so long was talked or fought: "13 hours of talks", not "a truce of 48 hours"."""
    return figure.measure == "duration" and is_talked(
        figure.sentence, figure.sentence.find(figure.quote), topic
    )


def is_talked(text: str, at: int, topic: Topic) -> bool:
    """Whether talks or a fight are named nearer to a place in a text than a truce is."""
    talks, truce = (
        min((abs(found.start() - at) for found in form.finditer(text)), default=FAR)
        for form in _lasting(topic)
    )
    return talks < truce


@lru_cache(maxsize=4)
def _lasting(topic: Topic) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What lasts, in words: talks and fights, truces."""
    lists = vocabulary(topic).lists
    talks, truce = (
        "|".join(map(re.escape, sorted(lists.get(name, ())))) for name in ("kind.session", "kind.truce")
    )
    return re.compile(rf"\b(?:{talks})\b", re.IGNORECASE), re.compile(rf"\b(?:{truce})\b", re.IGNORECASE)
