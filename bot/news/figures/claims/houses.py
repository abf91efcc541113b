"""For whom each claimant speaks: a spokesman for his ministry, it for its government, that for the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.news.figures.claims.claim import Lane
from bot.news.model import Side
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


LINKS = word_set("the a an of for in s provincial district local spokesperson spokesman spokeswoman")
OFFICE = word_set("spokesperson spokesman spokeswoman")


@lru_cache(maxsize=1024)
def _office(claimant: str) -> tuple[frozenset[str], bool]:
    words = frozenset(fold(claimant.replace("’s", "").replace("'s", "")).split())
    return words - LINKS, bool(words & OFFICE)


def same_name(one: str, other: str) -> bool:
    """Whether two claimants are one office, however it is put.

    >>> same_name("Khost provincial governor's spokesman", "spokesman for Khost's governor")
    True
    >>> same_name("governor's spokesman", "Khost governor")
    False
    """
    return one == other or (_office(one) == _office(other) and len(_office(one)[0]) > 1)


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


def about_enemies(lane: Lane) -> bool:
    """Whether it is one side's word of the other's dead, or an armed group's of anybody's."""
    return lane.figure.own_loss is False or GROUPS in lane.speaks_for


def opposed(one: Lane, other: Lane) -> bool:
    """Whether two claimants speak for the two sides of the fighting, or one of them for who fights them."""
    if (GROUPS in one.speaks_for) != (GROUPS in other.speaks_for):
        return True
    sides = [
        {side for name in (lane.claimant, *lane.speaks_for) if (side := side_of_people(name))}
        for lane in (one, other)
    ]
    return sides[0] | sides[1] == NATIONS and sides[0].isdisjoint(sides[1])
