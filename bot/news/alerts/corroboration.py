"""Who reports it: publisher families by side, and one plain word for what that means. Copies do not count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from bot.news.figures.claimants.houses import side_of_people
from bot.news.figures.claims.ledger import Lane, contradictions
from bot.news.model import Corroboration, Side
from bot.news.stories.story import Member, Story
from bot.news.topics.topic import Topic

ORDER: tuple[Side, ...] = get_args(Side)  # PK, AF, AF-exile, UN, IN, intl, militants, none
AFGHAN: frozenset[Side] = frozenset({"AF", "AF-exile"})
THIRD: frozenset[Side] = frozenset({"UN", "IN", "intl"})

ONE_SIDE = "one side only"
BOTH = "both sides report it"
THIRD_PARTY = "third party reports it"
CONTRADICT = "sides contradict each other"


def corroboration(story: Story, topic: Topic) -> Corroboration:
    """Families per side and the word for it."""
    families = by_side(story.members)
    word = CONTRADICT if sides_contradict(story, topic) else word_of(frozenset(families))
    return Corroboration(tuple((side, len(families[side])) for side in ORDER if side in families), word)


def sides_contradict(story: Story, topic: Topic) -> bool:
    """Whether Pakistan's and Afghanistan's claims cannot both be true, or one side denies the other's."""
    sides = {actor.name: actor.side for actor in topic.actors}

    def pair(one: Side, other: Side) -> bool:
        return (one == "PK" and other in AFGHAN) or (other == "PK" and one in AFGHAN)

    def side(lane: Lane) -> Side:
        return sides.get(lane.claimant) or side_of_people(lane.claimant) or lane.points[-1].side

    def denier(name: str) -> Side:
        return sides.get(name) or side_of_people(name) or "none"

    standing = [(lane, lane.stands) for lane in story.ledger.lanes]
    denied = [(lane, point.denied_by) for lane, point in standing if point and point.denied_by]
    return any(pair(side(one), side(other)) for one, other in contradictions(story.ledger)) or any(
        pair(side(lane), denier(by)) for lane, by in denied
    )


def by_side(members: Iterable[Member]) -> dict[Side, frozenset[str]]:
    """The publisher families of each side that told it themselves."""
    found: dict[Side, set[str]] = {}
    taken: set[str] = set()
    for member in members:
        family = member.family or member.outlet
        if member.copy_of is None and member.relevant and family not in taken:
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
    if sides & THIRD:
        return THIRD_PARTY
    return ONE_SIDE
