"""Who loses people, and what costs their lives: "Pakistan LOST nine men", "the raid COST the Taliban nine"."""

from __future__ import annotations

from bot.news.figures.measures.binding import object_of, objects, propose, subjects
from bot.news.figures.sentence.clause import PEOPLE_HEADS, THING_HEADS, Sentence, before, fits
from bot.news.figures.sentence.units import BE, DETERMINERS, HAVE, PREPOSITIONS
from bot.news.text.words import word_set

CLAIMS = word_set("claim claims claimed claiming")
TAKING = word_set("cost costs costing") | CLAIMS
LOSERS = 4  # units that name who lost


def lost(sentence: Sentence, at: int, forms: frozenset[str]) -> None:
    """ "LOST nine men", "the LOSS OF nine", "nine WERE LOST"."""
    if "done" in forms or sentence.low(at + 1) == "of":
        objects(sentence, at, at + (1 if "done" in forms else 2), "killed", "lost", 4)
    if "done" in forms:
        _lost_too(sentence, at)
        if sentence.low(at) == "lost" and sentence.low(before(sentence, at)) in BE:
            subjects(sentence, at, "killed", "lost", 1, start=before(sentence, at))


def _lost_too(sentence: Sentence, verb: int) -> None:
    """ "lost four vehicles AND SEVEN MEN", "lost his wife AND THREE DAUGHTERS"."""
    phrase = object_of(sentence, verb)
    at = phrase.tail if phrase and phrase.head in THING_HEADS else verb + 1
    while phrase is None and (
        sentence.low(at) in DETERMINERS or sentence.has(at, "people.people", "people.civilians")
    ):
        at += 1
    other = object_of(sentence, at) if at > verb + 1 and sentence.low(at) in ("and", ",") else None
    if other and other.head in PEOPLE_HEADS and fits(other, "killed"):
        propose(sentence, other, "killed", "lost", verb, 4)


def cost(sentence: Sentence) -> None:
    """ "The raid COST (THE TALIBAN) nine fighters", "the blast CLAIMED nine": who lost them may stand between."""
    for at in (k for k, unit in enumerate(sentence.units) if unit.low in TAKING):
        if sentence.low(at) in CLAIMS and not _by_violence(sentence, at):
            continue  # "Kabul CLAIMED nine soldiers"
        end = at + 1
        while (
            end <= at + LOSERS
            and end not in sentence.owner
            and sentence.low(end) not in PREPOSITIONS | {"", "of"}
        ):
            end += 1
        phrase = sentence.owner.get(end)
        if phrase and phrase.at == end and phrase.head in PEOPLE_HEADS and fits(phrase, "killed"):
            propose(sentence, phrase, "killed", "lost", at, 4)


def _by_violence(sentence: Sentence, at: int) -> bool:
    """ "THE ATTACK HAS claimed": what happened takes lives, where a state would say that it did."""
    at = before(sentence, at)
    at = before(sentence, at) if sentence.low(at) in HAVE else at
    return sentence.has(at, "structure.violence", "structure.fighting", "structure.strike")
