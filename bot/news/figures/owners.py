"""Whose the counted things are: posts, drones, camps."""

from __future__ import annotations

from bot.news.figures.clause import Bound, Sentence
from bot.news.figures.losses import HOSTILE, loss_of
from bot.news.figures.sides import BY_SIDE, OTHER_SIDE, SIDES, Surroundings
from bot.news.model import Party
from bot.news.text import word_set

TERROR = frozenset(("terror", "terrorist", "militant"))
AIRBORNE = word_set(
    "drone drones quadcopter quadcopters missiles missile rockets uavs aircraft"
)  # come from across
FORCES = frozenset(("afg_taliban_forces", "pak_security_forces"))


def owner_of(bound: Bound, sentence: Sentence, around: Surroundings, previous: Party) -> Party:
    """Named in the noun, as the people before, or the opposite of who took, hit or brought them down."""
    phrase = bound.phrase
    words = [sentence.units[k] for k in phrase.words]
    if bound.measure == "camps" or any(u.has("people.militants") or u.low in TERROR for u in words):
        return "militants"
    if any(u.has("people.taliban") for u in words):
        return "afg_taliban_forces"
    side = _named(bound, sentence, around)
    if side is not None:
        return BY_SIDE["security"][side]
    if any(u.low in HOSTILE for u in words) and (against := around.hostile_to()):
        return BY_SIDE["security"][OTHER_SIDE[against]]
    if (bound.rule in ("passive", "reduced") or phrase.quantity.owner) and previous in FORCES:
        return previous
    side = ""
    if bound.verb > 0 and bound.rule not in ("passive", "reduced"):
        agent = _agent(sentence, around, bound.verb)
        side = agent if sentence.has(bound.verb, "structure.uses") else OTHER_SIDE.get(agent, "")
    if (
        not side
        and not loss_of(bound, sentence, around).own
        and bound.measure in ("positions", "vehicles_equipment")
    ):
        side = OTHER_SIDE.get(around.speaker_side, "")  # each tells of what it took or brought down
    if not side and AIRBORNE & {phrase.noun, *(u.low for u in words)}:
        side = OTHER_SIDE.get(around.dateline(), "")
    return BY_SIDE["security"][side]


def _named(bound: Bound, sentence: Sentence, around: Surroundings) -> str | None:
    """The side in the noun, or "from Afghanistan" after it; None where no words name one."""
    phrase, units = bound.phrase, sentence.units
    first, last = phrase.words[0], phrase.words[-1]
    side = next((m.side for m in around.between(units[first].start, units[last].end) if m.side in SIDES), "")
    if side:
        return side
    for at in range(phrase.last, phrase.last + 4):
        if sentence.low(at) == "from":
            start = units[at].start
            return next((m.side for m in around.between(start, start + 30) if m.side in SIDES), "")
    return None


def _agent(sentence: Sentence, around: Surroundings, verb: int) -> str:
    """The side of who destroyed, captured or intercepted: the last one named who is not counted."""
    start = around.start
    counted = [
        (sentence.units[p.at].start, sentence.units[max(p.at, p.last - 1)].end) for p in sentence.phrases
    ]
    actors = [
        m.side
        for m in around.between(start, sentence.units[verb].start)
        if m.side in SIDES and m.is_actor and not any(a <= m.start < b for a, b in counted)
    ]
    return actors[-1] if actors else ""
