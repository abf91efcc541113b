"""Which happening does an entry belong to? The score that decides, with its parts as the explanation.

The score is a sum of named parts, faded by time. Vetoes come first: a wrong merge mixes two tolls, so it
is worse than a duplicate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.news.days.happened import between
from bot.news.families import ACTS, FIRE, FOUGHT, PASSAGE, REACTIONS, SPOKEN, comes_of, kin
from bot.news.stories.acts import same_toll, tolls
from bot.news.stories.answers import meant
from bot.news.stories.moments import about_then, as_of, at_once, days_later, same_days, silence
from bot.news.stories.story import Features, Story, rough
from bot.news.stories.vetoes import LATEST, sketch_of, veto_of
from bot.news.stories.vicinity import MET, PIN, compared, met_elsewhere
from bot.news.text.idf import Sketch, cosine
from bot.news.text.lexicon import NATIONS
from bot.news.topics.topic import Topic

MANY = 1000  # from this number on a toll is hardly anybody else's
MOST = 3  # numbers in common that count
SPOKEN_GAP = 1  # days between which what was said on one is told on the other
FRESH = timedelta(1)  # until then
NEAR = 4  # stories that are scored in full for one entry
FAR = 0.3  # share of the nearest's nearness below which another is not worth it
DAILY = PASSAGE - {"crossing"}  # what happens at one place day after day
Parts = Iterable[tuple[str, float]]  # what adds to a score or takes away, by name


@dataclass(frozen=True, slots=True)
class Score:
    """How well an entry fits a story: the sum of `parts` times `fade`, or nothing after a veto."""

    story: int
    parts: tuple[tuple[str, float], ...] = ()
    fade: float = 1.0
    veto: str = ""

    @property
    def total(self) -> float:
        return 0.0 if self.veto else sum(value for _, value in self.parts) * self.fade

    @property
    def doubted(self) -> bool:
        """Whether anything speaks against it."""
        return any(value < 0 for _, value in self.parts)

    @property
    def because(self) -> str:
        """One line for `/why`: `story 7: 0.52 = (centroid 0.31 + place 0.06 …) × 0.93`."""
        if self.veto:
            return f"not story {self.story}: {self.veto}"
        parts = " + ".join(f"{name} {value:.2f}" for name, value in self.parts)
        return f"story {self.story}: {self.total:.2f} = ({parts}) × {self.fade:.2f}"


def rank(of: Features, found: Iterable[Story], topic: Topic) -> tuple[Score, ...]:
    """The scores of the stories that come near an entry, best first; the far ones are not worth a look."""
    near = sorted((-_nearness(of, story, topic), story.id, story) for story in found)
    only = meant(of, [story for _, _, story in near], topic)
    scores = [
        score(of, story, topic, story.id == only)
        for order, (far, _, story) in enumerate(near)
        if story.id == only or (order < NEAR and far <= FAR * near[0][0])
    ]
    return tuple(sorted(scores, key=lambda s: (-s.total, s.story)))


def _nearness(of: Features, story: Story, topic: Topic) -> float:
    """A quick guess at the score."""
    alike = cosine(of.sketch.vector, story.vector)
    if of.lang != story.lang:
        alike = max(
            alike, topic.weights["stories.bridge"] * cosine(names(of.sketch.vector), names(story.vector))
        )
    if of.type == story.type and not set(of.places).isdisjoint(story.places):
        alike += topic.weights["stories.happening"] + topic.weights["stories.type"]
    return alike * _fade(of, story, topic)


def score(of: Features, story: Story, topic: Topic, only: bool = False) -> Score:
    """How well an entry fits a story; `only`: there is no other that it can mean."""
    weights = topic.weights
    of = as_of(of, story)
    if veto := veto_of(of, story, topic):
        return Score(story.id, veto=veto)
    own, bridge = of.sketch.vector, weights["stories.bridge"] if of.lang != story.lang else 0.0
    if of.type in SPOKEN and "statement" in (of.type, story.type):
        told_before = any(member.outlet == of.outlet for member in story.members)
        own = unsigned(own) if told_before or not at_once(of, story) else own
    whole = cosine(own, story.vector)
    closest = title = 0.0
    numbers = sum(1 + 2 * (count >= MANY) for _, count in rough(of.tolls) & rough(tolls(story)))
    for member in story.members[-LATEST:]:
        other = sketch_of(member, topic)
        closest = max(closest, cosine(own, other.vector))
        if not (of.sketch.lead and other.lead):  # a headline alone
            closest = max(closest, weights["stories.contained"] * contained(of.sketch, other))
        if bridge:  # across languages only names and numbers can agree
            closest = max(closest, bridge * cosine(names(own), names(other.vector)))
        title = max(title, cosine(of.sketch.title, other.title))
        numbers = max(numbers, len(of.sketch.counts & other.counts))
    parts = [
        ("centroid", weights["stories.centroid"] * whole),
        ("closest", weights["stories.closest"] * closest),
        ("title", weights["stories.title"] * title),
        ("numbers", weights["stories.number"] * min(numbers, MOST)),
        *_structure(of, story, topic),
        ("nothing else is meant", weights["stories.meant"] * only),
    ]
    return Score(story.id, tuple(p for p in parts if p[1]), 1.0 if only else _fade(of, story, topic))


def contained(one: Sketch, other: Sketch) -> float:
    """How much of the shorter of two texts the other has: a headline's words are few, so it is like nothing."""
    short, long = sorted((one.vector, other.vector), key=len)
    return math.fsum(weight * weight for term, weight in short.items() if term in long)


def joins(of: Features, story: Story, fits: Score, topic: Topic) -> bool:
    """Whether an entry's score is enough to join a story: less is, where the two are likely to be one."""
    return fits.total >= topic.weights["stories.join_likely" if _likely(of, story, fits) else "stories.join"]


def _likely(of: Features, story: Story, fits: Score) -> bool:
    """Whether both are about the topic, of one day and of kinds that go together, and nothing speaks against it."""
    next_day = of.type in SPOKEN and timedelta(0) <= days_later(of, story) <= timedelta(SPOKEN_GAP)
    lately = same_days(of, story) or ((at_once(of, story) or next_day) and silence(of, story) <= FRESH)
    told = of.relevant and story.relevant and lately
    kinds = (of.type, *of.also, *of.about)
    untold = not (of.type or of.lang != story.lang)  # across languages words hardly agree: a kind must
    akin = not story.type or untold or any(one and kin(one, story.type) for one in kinds)
    return told and akin and not fits.doubted


def unsigned(vector: dict[str, float]) -> dict[str, float]:
    """A vector without who speaks: a minister says many things in a week."""
    return {term: w for term, w in vector.items() if not term.startswith(("@person:", "@office:"))}


def names(vector: dict[str, float]) -> dict[str, float]:
    """The part of a vector that does not depend on the language, as a unit vector."""
    kept = {term: w for term, w in vector.items() if term[0] == "@" or term.isdecimal()}
    norm = math.sqrt(math.fsum(w * w for w in kept.values()))
    return {term: w / norm for term, w in kept.items()} if norm else {}


def _structure(of: Features, story: Story, topic: Topic) -> Parts:
    """What place, day and kind of event add or take away."""
    weights = topic.weights
    shared, apart = compared(of, story, topic)
    if of.type == story.type and of.type in DAILY and not at_once(of, story):
        shared = 0.0  # people and lorries come by one gate day after day
    if shared:
        yield "place", weights["stories.place"] * shared
    elif apart:
        yield "other place", -weights["stories.other_place"]
    if of.type and story.type:
        # what the story's first report only answered: fighting there
        told = bool(shared) and of.type in FOUGHT and of.type in story.about and at_once(of, story)
        kinds = _same_kind if of.type == story.type or told else _other_kind
        yield from kinds(of, story, topic, shared, apart)
    if of.type in MET and story.type in MET and _same_two(of, story, topic):
        yield "the same two met", weights["stories.met"]
    if not apart and same_toll(of, story):
        yield "same toll", weights["stories.toll"]
    if same_days(of, story):
        yield "day", weights["stories.date"]
    elif of.type and story.type and (gap := between(of, story)):
        soon = gap <= SPOKEN_GAP and (of.type in REACTIONS or kin(of.type, story.type))
        yield "other day", -weights["stories.other_day"] * (not soon)


def _same_kind(of: Features, story: Story, topic: Topic, shared: float, apart: bool) -> Parts:
    weights, how = topic.weights, topic.weights[f"stories.of_{of.type}"]
    yield "type", weights["stories.type"] * how
    if shared:
        yield "same kind there", weights["stories.happening"] * shared
    elif met_elsewhere(of, story, topic):
        yield "met elsewhere", -weights["stories.other_place"]
    elif not apart and same_days(of, story, SPOKEN_GAP if of.type in SPOKEN else 0):
        yield "same kind that day", weights["stories.same_day"] * how
    if not apart and about_then(of, story):
        yield "same kind about then", weights["stories.about_then"] * how
    if not apart and of.lang != story.lang and at_once(of, story):
        yield "in another language", weights["stories.foreign"]


def _other_kind(of: Features, story: Story, topic: Topic, shared: float, apart: bool) -> Parts:
    weights, reacts = topic.weights, of.type in REACTIONS
    kinds, akin = {of.type, story.type}, bool(of.type and story.type and kin(of.type, story.type))
    counts = reacts and comes_of(of.type, story.type)  # whom the fighting killed or drove away
    if shared >= PIN and (akin or counts):
        yield "akin there", weights["stories.akin"] * shared
    elif akin:
        if of.type in PASSAGE and story.type in of.also and not apart:
            yield "tells of it", weights["stories.about"]  # goods, and the gate that lets them through
        elif not shared and kinds == FIRE:  # a raid is no battle, be it of the same night
            yield "other type", -weights["stories.other_type"]
    elif not reacts and ("crossing" in kinds or kinds <= ACTS):
        yield "an act of its own", -weights["stories.act"]
    elif not between(of, story) and not {story.type, *story.about}.isdisjoint((*of.also, *of.about)):
        yield "tells of it", weights["stories.about"]
    elif not (reacts or (of.type in ACTS and not of.sketch.places.isdisjoint(story.places))):
        yield "other type", -weights["stories.other_type"]
        if apart:
            yield "neither place nor kind", -weights["stories.neither"]


def _fade(of: Features, story: Story, topic: Topic) -> float:
    alike = of.type and story.type and kin(of.type, story.type)
    if (alike and same_days(of, story)) or (of.type == story.type and about_then(of, story)):
        return 1.0  # however late it is told
    condemned = of.type == "statement" and story.type in of.also[:1] and same_days(of, story)
    if condemned and compared(of, story, topic)[0]:
        return 1.0  # however late it is condemned
    return math.exp(-silence(of, story).total_seconds() / 3600 / topic.weights["stories.hours"])


def _same_two(of: Features, story: Story, topic: Topic) -> bool:
    """Whether both name an official of either side, the same ones, about then."""
    named = set(of.actors) & set(story.actors)
    if len(named) < 2:
        return False
    shared = {a.side for a in topic.actors if a.kind == "person" and a.name in named}
    return shared >= NATIONS and (same_days(of, story, 1) or about_then(of, story))
