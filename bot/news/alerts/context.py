"""What happened before: the few earlier happenings that explain this one.

Candidates come from the chronology and from our own stories. They are ranked by relation (what explains
what, the same place or crossing, the same group or mediator, how long ago), then by significance, then by
recency; never the same happening, never a later one, and no more than three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.news.alerts.timeline import BROAD, folded, looks_same, merge, of_story
from bot.news.model import Background, Before, Level, PastEvent, Source
from bot.news.stories.story import Story
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import fold
from bot.news.topics.chronology import names
from bot.news.topics.topic import Topic

MOST = 3
AGES = ((4, 3.5), (14, 3.0), (45, 2.0), (120, 1.0), (366, 0.3))  # up to so many days ago: points
TOLD = 2.0  # more for what the reports themselves date
LEAST = 2.5  # relation below which nothing is explained
SAME_KIND_AGAIN = 1.5  # taken off for each chosen happening of the same kind
STATES = frozenset({"state", "office", "person", "media"})
NOUNS = {"air_strike": "air strike", "border_clash": "border clash"}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NEAR_DAYS = 30
UNDATED = 4  # days that a report without a date may lag behind its happening
PLACE = 40  # characters of a place that is put before a line that does not name it


@dataclass(frozen=True, slots=True)
class _Ground:
    """The happening that is to be explained, and what is looked up for every candidate."""

    this: PastEvent
    topic: Topic
    inside: Mapping[str, str]  # folded place → folded province
    telling: frozenset[str]  # its groups, mediators and agencies

    @classmethod
    def of(cls, this: PastEvent, topic: Topic) -> _Ground:
        return cls(this, topic, provinces(topic), _telling(this.parties, topic))


def before(
    story: Story,
    past: Sequence[PastEvent],
    topic: Topic,
    now: datetime,
    told: Sequence[Background] = (),
) -> tuple[Before, ...]:
    """At most three earlier happenings, newest first. `told`: what the reports themselves date."""
    this = of_story(story)
    slack = 1 if story.when else UNDATED
    sure = story.when is not None and story.when.named
    ground = _Ground.of(this, topic)
    history = merge(past)
    earlier = [e for e in history if _is_before(e, this, now, slack, sure)]
    dated = {e.id for e in earlier if any(b.start <= e.end and e.start <= b.end for b in told)}
    ranked = {e.id: (_relation(e, ground) + TOLD * (e.id in dated), e) for e in earlier}
    chosen: list[PastEvent] = []
    for _ in range(MOST):
        kinds = [e.type for e in chosen]
        left = [
            (worth, e.level, e.start, e.id)
            for relation, e in ranked.values()
            if (worth := relation - SAME_KIND_AGAIN * kinds.count(e.type)) >= LEAST
            and not any(_same(e, other) for other in chosen)
        ]
        if left:
            chosen.append(ranked[max(left)[3]][1])
    newest_first = sorted(chosen, key=lambda e: (e.end, e.id), reverse=True)
    since = min((e.start for e in past), default=None)
    counted = [*earlier, *(e for e in history if _is_elsewhere_that_day(e, ground))]
    return _with_count(tuple(_line(e) for e in newest_first), newest_first, ground, counted, since)


def _is_before(event: PastEvent, this: PastEvent, now: datetime, slack: int, sure: bool) -> bool:
    """Whether a happening is an earlier one; `sure`: the reports of this one name its day."""
    if event.id == this.id or event.end > now.date():
        return False
    nights = sure and _are_ours(event, this) and event.end < this.start  # kept apart: two nights running
    led = event.start == this.start and _led_to(event, this)
    if not (nights or led) and looks_same(event, this, slack):
        return False
    if event.known is not None and event.known > now:
        return False
    return led or (event.start if event.precision == "day" else event.end) < this.start


def _led_to(event: PastEvent, this: PastEvent) -> bool:
    """Whether a story of ours of the same day, of another kind, was told first: the strikes that a night's fighting answers."""
    told = event.known and this.known and event.known < this.known
    return bool(told) and event.type != this.type and _are_ours(event, this)


def _are_ours(one: PastEvent, other: PastEvent) -> bool:
    """Whether both are stories of ours, dated to the day: what those were found to be, two happenings, they are."""
    return None not in (one.story, other.story) and one.precision == other.precision == "day"


def _is_elsewhere_that_day(event: PastEvent, ground: _Ground) -> bool:
    """Whether a story of ours that was told before this one is of the same day and of another district."""
    this = ground.this
    if not _are_ours(event, this) or event.start != this.start or not event.known or not this.known:
        return False
    if event.id == this.id or event.known >= this.known:
        return False
    here, there = (folded(e.places) - BROAD - frozenset(ground.inside.values()) for e in (this, event))
    return bool(here and there) and here.isdisjoint(there)


def _same(one: PastEvent, other: PastEvent) -> bool:
    """Not worth telling twice: one kind of happening at one place within two days."""
    near = abs(one.start - other.start) <= timedelta(days=2)
    alike = near and one.type == other.type
    return one.id == other.id or (alike and bool(folded(one.places) & folded(other.places)))


# --------------------------------------------------------------------------- relation


def _relation(event: PastEvent, ground: _Ground) -> float:
    this = ground.this
    kinds = ground.topic.scale.before.get(this.type, ())
    if event.type not in kinds:
        return 0.0
    days = (this.start - event.end).days
    age = next((points for limit, points in AGES if days <= limit), 0.0)
    place = _place(event, ground)
    desks = ground.topic.roles.desks
    if not age and not (event.type == this.type and (_spots(this) & _spots(event)) - folded(desks)):
        return 0.0  # talks of years ago in a capital explain nothing
    shared = _telling(event.parties, ground.topic) & ground.telling if ground.telling else ()
    actors = min(1.0, 0.5 * len(shared))
    if event.level < Level.MAJOR and not place and not actors:
        return 0.0
    kind = 2.0 - 0.25 * kinds.index(event.type)
    return kind + age + place + actors + 0.4 * event.level


def _place(event: PastEvent, ground: _Ground) -> float:
    """The same town or crossing, or the same province."""
    mine, theirs = _spots(ground.this), _spots(event)
    if not mine or not theirs:
        return 0.0
    if shared := len(mine & theirs):
        return 1.0 + shared / max(len(mine), len(theirs))
    around = [{ground.inside[name] for name in spots if name in ground.inside} for spots in (mine, theirs)]
    return 0.75 if around[0] & around[1] else 0.0


def _spots(event: PastEvent) -> frozenset[str]:
    """Where it happened, as far as that was told: who announced it says nothing of where."""
    return frozenset() if event.guessed else folded(event.places) - BROAD


@lru_cache(maxsize=4)
def provinces(topic: Topic) -> Mapping[str, str]:
    """Each place and the province it lies in, folded; a province stands for itself."""
    return {fold(p.name): fold(p.province or p.name) for p in topic.places if p.kind != "country"}


def _telling(parties: Iterable[str], topic: Topic) -> frozenset[str]:
    """Groups, mediators, agencies; the two governments are in nearly everything."""
    named = {m for party in parties for m in topic.lexicon.mentions(party) if m.is_actor}
    return frozenset(m.name for m in named if m.kind not in STATES or m.side not in NATIONS)


# --------------------------------------------------------------------------- words


def _line(event: PastEvent) -> Before:
    told = f" {fold(event.what)} "
    named = [name for name in event.places if fold(name) not in BROAD]
    silent = named and not any(f" {fold(name)} " in told for name in named)
    what = f"{event.place}: {event.what}" if silent and len(event.place) <= PLACE else event.what
    return Before(event.start, what, _link(event.sources), event.story)


def _link(sources: Sequence[Source]) -> str:
    """The best page to read: an outlet that we know, in its own words."""
    ranked = sorted(sources, key=lambda s: (s.side == "none", " via " in s.outlet or "(" in s.outlet))
    return ranked[0].url if ranked else ""


def _with_count(
    lines: tuple[Before, ...],
    chosen: Sequence[PastEvent],
    ground: _Ground,
    earlier: Sequence[PastEvent],
    since: date | None,
) -> tuple[Before, ...]:
    """The count, said on the line of the latest happening that it counts."""
    words = count(ground.this, earlier, ground.topic, since)
    for at, event in enumerate(chosen):
        if words and event.type == ground.this.type and _place(event, ground):
            marked = replace(lines[at], what=f"{lines[at].what} ({words})")
            return (*lines[:at], marked, *lines[at + 1 :])
    return lines


def count(this: PastEvent, earlier: Sequence[PastEvent], topic: Topic, since: date | None) -> str:
    """How often lately, in words that say how far the records go: "" when there is nothing to count.

    The form is "now the third reported air strike in Khost in 30 days, in records since August 2021".
    """
    kind, inside = NOUNS.get(this.type), provinces(topic)
    named = [p for p in this.places if fold(p) not in BROAD]
    if kind is None or since is None or not named:
        return ""
    place = topic.gazetteer.get(named[0])
    label = (place.province if place else "") or named[0]
    where = {fold(label)}
    near = [
        e
        for e in earlier
        if e.type == this.type
        and timedelta() <= this.start - e.start <= timedelta(days=NEAR_DAYS)
        and {inside.get(name, name) for name in folded(names(e.place))} & where
    ]
    if not 0 < len(near) < len(ORDINALS):
        return ""
    often = f"now the {ORDINALS[len(near)]} reported {kind} in {label} in {NEAR_DAYS} days"
    return f"{often}, in records since {since:%B %Y}"
