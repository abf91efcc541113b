"""What is news of its own, however like the story: an act days later, a truce renewed or breached, another gate.

Nor is a strike abroad one happening with the attack that it answers, or one count of people with another.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import product

from bot.news.families import ACTS, FOUGHT, PASSAGE, kin
from bot.news.figures.parties.sides import PARTY_SIDE
from bot.news.model import EventType, Figure
from bot.news.stories.moments import at_once, days_later, told
from bot.news.stories.story import Features, Story, rough
from bot.news.text.lexicon import NATIONS
from bot.news.topics.topic import Topic

LATER = timedelta(2)  # from then on what is done about a happening is news of its own
HELD = timedelta(3)  # ... an arrest: until then it is part of the report of the attack
ROUND = timedelta(3)  # ... a truce: until then it is what the talks came to
NEXT = timedelta(1)  # ... a truce that is renewed, a summons
AGREED = frozenset({"talks", "ceasefire"})
RENEWED = "extend"  # the term of a renewal, in all languages
FAILED, RESUMED = "failed", "resumed"  # outcomes of talks
STRUCK: frozenset[EventType] = frozenset({"attack", "operation"})  # what a strike abroad answers
SOUGHT = "sought"  # what an operation of the army's own making is
GONE = frozenset({"returned", "deported", "captured"})
GOES: frozenset[EventType] = frozenset({"returns", "arrest"})  # what counts them, day by day and city by city
TAKEN = frozenset({"killed", "captured", "abducted"})
FEW = 3  # dead or taken that tell one happening from another of the same day


def another(of: Features, story: Story, topic: Topic) -> str:
    """Why what an entry tells is news of its own beside the story; "" where nothing says so."""
    if _own_act(of, story, topic):
        return "an act of its own, beside what it is about"
    if _counts_others(of, tolls(story)):
        return "it counts other people than the story"
    if otherwise(of, story, topic) and not same_toll(of, story):
        return "an attack made by other means"
    if _answered(of, story, topic):
        return "a strike across the border, beside what it answers"
    if _broken(of, story):
        return "a truce or talks, beside fighting"
    if _session(of, story, topic):
        return "a session of the council, beside what it speaks of"
    if _resumed(of, story, topic):
        return "talks that go on after they had failed"
    if _other_gate(of, story, topic):
        return "another crossing than the story's"
    return ""


def _own_act(of: Features, story: Story, topic: Topic) -> bool:
    """Whether what is done about a happening was done days later: a summons, an arrest, a gate that is shut; or a
    truce that is renewed, or that outsiders host or talk of, when the one before was not agreed there.
    """
    if of.type in FOUGHT and story.type == "diplomacy" and "diplomacy" not in of.also:
        return True  # the fighting itself, told after the summons over it
    later = days_later(of, story)
    if of.type == "statement" and story.type in STRUCK and of.days and story.days and later >= LATER:
        return True  # what is told parliament of it, on a day of its own
    if of.type not in ACTS or story.type is None:
        return False
    hosted = {p for p in of.places if (known := topic.gazetteer.get(p)) and known.kind == "venue"}
    elsewhere = bool(hosted) and hosted.isdisjoint(story.places) and later >= LATER
    if elsewhere and "ceasefire" in (of.type, story.type) and {of.type, story.type} <= AGREED:
        return True
    if of.type == "ceasefire" and story.type == "talks" and later > ROUND:
        return True
    if of.type == story.type:
        soonest = told(of.days, of.at)[0] - told(story.days, story.opened)[1]
        return of.type == "ceasefire" and soonest >= NEXT and _renews(of, story, topic, later)
    if kin(of.type, story.type) and (of.type in AGREED or not (of.days and story.days)):
        return False
    if of.type == "diplomacy" and story.type in STRUCK:
        return True  # an envoy is summoned over it, be it on the same day
    return later >= {"arrest": HELD, "diplomacy": NEXT, "crossing": NEXT}.get(of.type, LATER)


def _renews(of: Features, story: Story, topic: Topic, later: timedelta) -> bool:
    """ "Truce extended by a week": of which no report of the truce could speak, nor one of the renewal before; or a truce
    agreed days after one was extended.
    """
    sketches = [topic.terms.sketch(member.title, member.lead) for member in story.members]
    if RENEWED not in of.sketch.title:
        unsaid = RENEWED not in of.sketch.vector
        return later >= LATER and unsaid and all(RENEWED in sketch.title for sketch in sketches)
    again = bool(of.days and story.days) and later >= LATER
    return again or all(RENEWED not in sketch.vector for sketch in sketches)


def _resumed(of: Features, story: Story, topic: Topic) -> bool:
    """ "Agree to resume talks", of talks that a story has told the failure of, and no going on."""
    if not of.type == story.type == "talks" or of.sketch.outcomes & {FAILED, RESUMED} != {RESUMED}:
        return False
    told = frozenset[str]().union(*(topic.terms.sketch(m.title, m.lead).outcomes for m in story.members))
    return FAILED in told and RESUMED not in told


def _other_gate(of: Features, story: Story, topic: Topic) -> bool:
    """Whether what is told of one crossing was told of another: each gate is shut and opened by itself."""
    if "crossing" not in (of.type, story.type) or not (of.type in PASSAGE and story.type in PASSAGE):
        return False
    here, there = _gates(of.places, topic), _gates(story.where.places, topic)
    return bool(here and there) and here.isdisjoint(there)


def _gates(places: Collection[str], topic: Topic) -> frozenset[str]:
    """The crossings among places, each with its other end."""
    known = [p for name in places if (p := topic.gazetteer.get(name)) and p.kind == "crossing"]
    return frozenset(name for place in known for name in (place.name, place.across) if name)


def _broken(of: Features, story: Story) -> bool:
    """Whether one is a truce, or talks, and the other the fighting that breaks or precedes it."""
    kinds = {of.type, story.type}
    return not (kinds.isdisjoint(AGREED) or kinds.isdisjoint(FOUGHT))


def _session(of: Features, story: Story, topic: Topic) -> bool:
    """Whether the UN's council sits over it: a session is news of its own, a condemnation is part of what it condemns."""
    sits = of.type == "multilateral" and topic.roles.council in of.actors and "statement" not in of.also
    return sits and story.type in AGREED | PASSAGE | FOUGHT


def otherwise(one: Features | Story, other: Story, topic: Topic) -> bool:
    """Whether one is an attack, and the other was made by other means: a roadside bomb and a shooting in one district."""
    kinds = {one.type, other.type}
    if "air_strike" in kinds or not kinds <= FOUGHT or STRUCK.isdisjoint(kinds):
        return False
    here = one.sketch.means if isinstance(one, Features) else _means(one, topic)
    there = _means(other, topic)
    return (bool(here and there) or SOUGHT in here | there) and here.isdisjoint(there)


def _means(story: Story, topic: Topic) -> frozenset[str]:
    """By what the attack of a story was made, as far as its reports say; the "intelligence" of a clash sought nobody."""
    reports = ((m.type, topic.terms.sketch(m.title, m.lead).means) for m in story.members)
    return frozenset(one for kind, means in reports for one in means if kind == "operation" or one != SOUGHT)


def _answered(of: Features, story: Story, topic: Topic) -> bool:
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


def _counts_others(of: Features, known: Collection[tuple[str, float]]) -> bool:
    """Whether both count who went home or was rounded up, and no number may be the same: a gate's families, a city's."""
    here, there = ({n for measure, n in rough(counted) if measure in GONE} for counted in (of.tolls, known))
    alike = any(one == other or _rounded(one, other) for one in here for other in there)
    return of.type in GOES and bool(here and there) and not alike


def _rounded(one: float, other: float) -> bool:
    """ "More than 300" or "nearly 320", where others count 312; "more than 250" of 260."""
    low, high = sorted((one, other))
    size = 10.0 ** math.floor(math.log10(high))
    down = low in (high // size * size, high // (size / 2) * (size / 2))
    return down or (high % size == 0 and high - low <= high / 10)


def same_toll(of: Features, story: Story) -> bool:
    """Whether both count as many dead or taken of the same people, in fighting of one time, whatever either calls it."""
    if not {of.type, story.type} <= FOUGHT or not at_once(of, story):
        return False
    many = [f for f in of.figures if f.measure in TAKEN and (f.low or 0) >= FEW]
    return any(
        (one.measure, one.low) == (other.measure, other.low)
        and {PARTY_SIDE.get(one.party), PARTY_SIDE.get(other.party)} != NATIONS
        for one, other in product(many, _told(story))
    )


def tolls_differ(of: Features, story: Story) -> bool:
    """Whether both count their dead or taken, and no number is the same."""
    here, there = ({toll for toll in found if toll[0] in TAKEN} for found in (of.tolls, tolls(story)))
    return bool(here and there) and here.isdisjoint(there)


def tolls(story: Story) -> frozenset[tuple[str, float]]:
    """What a story's reports count, and how many."""
    return frozenset((figure.measure, figure.low) for figure in _told(story) if figure.low)


def _told(story: Story) -> Iterator[Figure]:
    return (point.figure for lane in story.ledger.lanes for point in lane.points)
