"""Where two texts are set: how telling a place in common is, and when one denies the other's."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from bot.news.model import EventType
from bot.news.stories.story import Features, Story
from bot.news.topics.topic import Topic

PIN = 0.9  # how telling a place is that pins a happening down
WIDE = 0.8  # the same for one that at least tells provinces apart
MET: frozenset[EventType] = frozenset({"talks", "diplomacy"})  # kinds at which officials meet
ALONG = frozenset({"border_clash", "crossing", "attack", "operation"})  # what happens on or over the line


def compared(of: Features, story: Story, topic: Topic) -> tuple[float, bool]:
    """How telling the places are that both name, and whether each names one that the other denies.

    Where both name a district or a town, a province in common proves nothing. A report that speaks of the
    story's place, though it tells of another, denies nothing, but where it says that it is hit "for a second night".
    """
    here, there = pins(of.places, topic), pins(story.places, topic)
    common = here & there if here and there else frozenset(of.places) & frozenset(story.places)
    seats = {n.capital for n in topic.nations.values()} if of.type == story.type == "attack" else set[str]()
    known = all(
        any(telling(p, topic) >= WIDE or p in seats for p in places) for places in (of.places, story.places)
    )
    if known:  # every clash is on the line: where both say where, that tells nothing
        common = frozenset(p for p in common if p != topic.roles.line)
    denied = of.again or there.isdisjoint(of.sketch.places)
    apart = known and not common and denied and not _facing(of, story, topic)
    return max((telling(p, topic) for p in common), default=0.0), apart


def met_elsewhere(of: Features, story: Story, topic: Topic) -> bool:
    """Whether officials met in one of the two capitals, and others for the story in the other."""
    seats = {nation.capital for nation in topic.nations.values()}
    here, there = seats & set(of.places), seats & set(story.places)
    if of.type not in MET or not (here and there) or not here.isdisjoint(there):
        return False
    return not any(term.startswith("@person:") and term in story.vector for term in of.sketch.vector)


def _facing(of: Features, story: Story, topic: Topic) -> bool:
    """Whether a place of one lies opposite one of the other across the line, and it is told from both sides of it;
    or is but a vaguer name for it ("Waziristan").
    """
    along = of.type in ALONG and story.type in ALONG
    here, there = (
        [p for name in places if (p := topic.gazetteer.get(name))] for places in (of.places, story.places)
    )
    return any(
        (a.name in b.facing or b.name in a.facing) and (along or a.country == b.country)
        for a, b in product(here, there)
    )


def pins(places: Iterable[str], topic: Topic) -> frozenset[str]:
    """The places that pin a happening down."""
    return frozenset(p for p in places if telling(p, topic) >= PIN)


def telling(place: str, topic: Topic) -> float:
    """How much it tells that two texts share a place: a village much, a capital little."""
    values, found = topic.weights, topic.gazetteer.get(place)
    by_kind = f"stories.at_{found.kind if found else 'country'}"
    return values.get(f"stories.at_{place}", values.get(by_kind, 0.0))
