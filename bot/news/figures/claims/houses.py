"""For whom each claimant speaks: a spokesman for his ministry, it for its government, that for the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.news.figures.claims.claim import Lane
from bot.news.figures.parties.sides import PARTY_SIDE
from bot.news.model import OTHER_SIDE, UNATTRIBUTED, Figure, Side
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import fold, word_set
from bot.news.topics.topic import Actor, Topic

COUNTRIES: dict[Side, str] = {"PK": "Pakistan", "AF": "Afghanistan"}
UN, GROUPS = "United Nations", "armed groups"
HOUSES: dict[Side, str] = {"UN": UN, "militants": GROUPS}

PEOPLES: dict[str, Side] = {"Pakistani": "PK", "Pakistan": "PK", "Afghan": "AF", "Afghanistan": "AF"}


def side_of_people(claimant: str) -> Side | None:
    """The side of a country, or of officials known by their people only: "Pakistani officials"."""
    return PEOPLES.get(claimant.partition(" ")[0])


@lru_cache(maxsize=4)
def voices(topic: Topic) -> Mapping[str, tuple[str, ...]]:
    """Each known claimant, and whom it speaks for, nearest first."""
    known = {actor.name: actor for actor in topic.actors}
    return {name: tuple(_above(name, known)) for name in known}


def _above(name: str, known: Mapping[str, Actor]) -> Iterable[str]:
    seen = {name}
    while (actor := known.get(name)) is not None:
        if not actor.of or actor.of in seen:
            house = HOUSES.get(actor.side, COUNTRIES.get(actor.side) if actor.kind == "state" else None)
            if house:
                yield house
            return
        name = actor.of
        seen.add(name)
        yield name


SPEAKING = word_set(  # who speaks for an office, and says no more of which one it is
    "the a an of for in s at provincial district local spokesperson spokesman spokeswoman officials official "
    "sources source director directors chief head management administration"
)


@lru_cache(maxsize=1024)
def _office(claimant: str) -> frozenset[str]:
    return frozenset(fold(claimant.replace("’s", "").replace("'s", "")).split()) - SPEAKING


def same_name(one: str, other: str) -> bool:
    """Whether two claimants are one office, however it is put and whoever speaks for it.

    >>> same_name("Khost provincial governor's spokesman", "spokesman for Khost's governor")
    True
    >>> same_name("Bannu hospital", "Bannu hospital officials"), same_name("governor's spokesman", "Khost governor")
    (True, False)
    """
    return one == other or (len(_office(one)) > 1 and _office(one) == _office(other))


def one_voice(one: Lane, other: Lane) -> bool:
    """Whether two claimants are one in what they say: the same, or one who speaks for the other."""
    return (
        same_name(one.claimant, other.claimant)
        or one.claimant in other.speaks_for
        or other.claimant in one.speaks_for
    )


def one_side(one: Lane, other: Lane) -> bool:
    """Whether two claimants are of one government: its army and its foreign office."""
    return one_voice(one, other) or bool({*one.speaks_for} & {*other.speaks_for} - {GROUPS})


def answers_for(one: Lane, other: Lane) -> bool:
    """Whether one may take back what another has said: one of its side, but no provincial minister what the army said;
    a report in nobody's name what officials said, but not an outlet of the other side."""
    if one.claimant == UNATTRIBUTED:
        told = side_of_people(COUNTRIES.get(one.last.side, ""))
        return told is None or told in {side_of_people(name) for name in (other.claimant, *other.speaks_for)}
    return one_voice(one, other) or (one_side(one, other) and len(one.speaks_for) >= len(other.speaks_for))


def about_enemies(lane: Lane) -> bool:
    """Whether it is one side's word of the other's dead, or an armed group's of anybody's."""
    return lane.figure.own_loss is False or GROUPS in lane.speaks_for


def spoken_for(figure: Figure, side: Side) -> tuple[str, ...]:
    """The country whose officials one of whom nothing is known speaks for: by the people in his name, else by whose loss
    he tells of; of militants, the country of the outlet that he told it to (`side`)."""
    of = side_of_people(figure.claimant)
    if of is None and figure.own_loss is not None:
        whose = PARTY_SIDE.get(figure.party, "")
        told = whose if figure.own_loss else OTHER_SIDE.get(whose, side)
        of = "PK" if told == "PK" else "AF" if told == "AF" else None
    return (COUNTRIES[of],) if of and COUNTRIES[of] != figure.claimant else ()


def is_boast(lane: Lane) -> bool:
    """Whether an armed group tells of those whom it attacked."""
    return GROUPS in lane.speaks_for


def is_partisan(lane: Lane) -> bool:
    """Whether a claimant speaks for one of those who fight: not a mission, a hospital or a reporter."""
    names = (lane.claimant, *lane.speaks_for)
    return GROUPS in names or any(side_of_people(name) for name in names)


def opposed(one: Lane, other: Lane) -> bool:
    """Whether two claimants speak for the two sides of the fighting, or one of them for who fights them."""
    if (GROUPS in one.speaks_for) != (GROUPS in other.speaks_for):
        return True
    sides = [
        {side for name in (lane.claimant, *lane.speaks_for) if (side := side_of_people(name))}
        for lane in (one, other)
    ]
    return sides[0] | sides[1] == NATIONS and sides[0].isdisjoint(sides[1])
