"""Who reports it: publisher families by side, and one plain word for what that means.

Copies do not count, nor does who denies it, or an outlet that withdrew its report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.news.alerts import standing
from bot.news.alerts.states import disputed
from bot.news.figures.claims.houses import side_of_people
from bot.news.figures.claims.ledger import Lane
from bot.news.model import SIDES, Corroboration, Side, Source
from bot.news.stories.story import Member, Story
from bot.news.text.lexicon import THIRD
from bot.news.topics.topic import Topic

SOURCES = 40
SIDE_ORDER: tuple[Side, ...] = ("PK", "AF", "UN", "intl", "AF-exile", "IN", "militants", "none")
AFGHAN: frozenset[Side] = frozenset({"AF", "AF-exile"})

ONE_SIDE = "one side only"
BOTH = "both sides report it"
THIRD_PARTY = "third party reports it"
CONTRADICT = "sides contradict each other"
UNVERIFIED = "unverified reports only"
DENIED = "both sides deny it"
WITHDRAWN = "withdrawn by who told it"


def corroboration(story: Story, topic: Topic) -> Corroboration:
    """Families per side and the word for it."""
    families = by_side(story.members)
    if standing.denied_by_both(story.members):
        word = DENIED
    elif sides_contradict(story, topic):
        word = CONTRADICT
    elif standing.is_withdrawn(story.members):
        word = WITHDRAWN
    elif standing.is_hearsay(story.members):
        word = UNVERIFIED
    else:
        word = word_of(frozenset(families))
    return Corroboration(tuple((side, len(families[side])) for side in SIDES if side in families), word)


def sides_contradict(story: Story, topic: Topic) -> bool:
    """Whether Pakistan's and Afghanistan's claims cannot both be true, or one side denies the other's."""

    def pair(one: Side, other: Side) -> bool:
        return "PK" in (one, other) and not AFGHAN.isdisjoint((one, other))

    def named(name: str) -> Side | None:
        return topic.sides.get(name) or side_of_people(name)

    def side(lane: Lane) -> Side:
        return named(lane.claimant) or lane.last.side

    claims = [(lane, lane.stands) for lane in story.ledger.lanes]
    denied = [(lane, point.denied_by) for lane, point in claims if point and point.denied_by]
    told = {m.side for m in standing.telling(story.members)}
    told |= {side(lane) for lane, point in claims if point and not lane.is_denial}
    if disputed(story, topic):
        return True
    deniers = {stance.side for stance in standing.denials(story.members)}
    return (
        any(pair(side(one), side(other)) for one, other in story.ledger.contradictions)
        or any(pair(side(lane), named(by) or "none") for lane, by in denied)
        or any(pair(one, other) for one in deniers for other in told)
    )


def by_side(members: Sequence[Member]) -> dict[Side, frozenset[str]]:
    """The publisher families of each side that told it themselves, and stand by it."""
    found: dict[Side, set[str]] = {}
    taken: set[str] = set()
    for member in standing.telling(members):
        family = member.publisher
        if family not in taken:
            taken.add(family)
            found.setdefault(member.side, set()).add(family)
    return {side: frozenset(names) for side, names in found.items()}


def word_of(sides: frozenset[Side]) -> str:
    """What the sides that report it amount to, when they do not contradict each other.

    >>> word_of(frozenset({"PK"})), word_of(frozenset({"PK", "AF-exile"})), word_of(frozenset({"AF", "UN"}))
    ('one side only', 'both sides report it', 'third party reports it')
    """
    if "PK" in sides and sides & AFGHAN:
        return BOTH
    return THIRD_PARTY if sides & THIRD else ONE_SIDE


def sources(members: Iterable[Member]) -> tuple[Source, ...]:
    """One link per publisher family, the sides taking turns, so that the first five show them all; copies last."""
    by_side: dict[Side, list[Source]] = {}
    copies: list[Source] = []
    families: set[str] = set()
    for member in members:
        family = member.publisher
        source = Source(member.outlet, member.side, member.url, family)
        if not member.counts:
            copies.append(source)
        elif family not in families:
            families.add(family)
            by_side.setdefault(member.side, []).append(source)
    turns: list[Source] = []
    for turn in range(max((len(found) for found in by_side.values()), default=0)):
        turns += [by_side[side][turn] for side in SIDE_ORDER if turn < len(by_side.get(side, ()))]
    return tuple({source.url: source for source in (*turns, *copies)}.values())[:SOURCES]
