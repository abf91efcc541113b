"""Who takes people: an army or the police capture them, a gang abducts them."""

from __future__ import annotations

from bot.news.figures.sentence.clause import Sentence
from bot.news.text.words import word_set

TAKING = word_set(
    "take takes taken took taking lead led leading carried carrying drag dragged dragging marched marching whisked hauled "
    "hold holds held holding seize seizes seized seizing rounded rounding picked picking bundled forced herded carted driven "
    "kept grabbed grabbing fell fall fallen"
)  # verbs that do not say by themselves who does it
ANYBODYS = word_set("fighter fighters affiliates operatives proxies infiltrators snipers")
GANGS = ("people.militants", "people.militant_strength")
ARMED = ("people.security", "people.taliban")
CAPTIVE = ("captive", "prisoner", "prisoners")
BEFORE, BEHIND = 12, 7  # units in which those who take are named: before a verb, and behind "by"
ENDS = frozenset((",", ";", ":", ".", "and", "but", "who", "which"))


def taken(sentence: Sentence, verb: int, measure: str, passive: bool) -> str:
    """ "TAKEN AWAY BY POLICE", "militants TOOK six men CAPTIVE": who takes decides, where the verb does not."""
    low = sentence.low(verb)
    if low.partition(" ")[0] not in TAKING or (measure == "captured" and _as_captive(sentence, low)):
        return measure
    return (taken_by(sentence, verb) if passive else taker(sentence, verb)) or measure


def _as_captive(sentence: Sentence, low: str) -> bool:
    """ "took three soldiers CAPTIVE": whoever does, they are prisoners."""
    return low.endswith(CAPTIVE) if low.startswith("taken ") else not sentence.said.isdisjoint(CAPTIVE)


def taker(sentence: Sentence, verb: int) -> str:
    """What those who are named before a verb do when they take people, "" where nobody is; not who says so in passing."""
    for at in range(verb - 1, max(-1, verb - BEFORE), -1):
        if sentence.low(at) in ANYBODYS:
            break
        said = sentence.has(at + 1, "say.verbs") and sentence.low(at + 2) == ","
        if not said and (does := _does(sentence, at)):
            return does
    return ""


def taken_by(sentence: Sentence, verb: int) -> str:
    """ "held BY THE TTP", "in the hands OF GUNMEN", "in MILITANT captivity": what those do who hold people."""
    named = sentence.low(verb).endswith(" of")
    for at in range(verb + 1, verb + BEHIND):
        low = sentence.low(at)
        if low in ENDS:
            break
        if named and (does := _does(sentence, at)):
            return does
        named = named or low in ("by", "of")
    return ""


def _does(sentence: Sentence, at: int) -> str:
    if sentence.has(at, *GANGS) and sentence.low(at) not in ANYBODYS:
        return "abducted"
    return "captured" if sentence.has(at, *ARMED) else ""


def held_within(sentence: Sentence, first: int, place: int) -> str:
    """ "in MILITANT captivity", "in the hands OF GUNMEN"."""
    within = (does for at in range(first, place) if (does := _does(sentence, at)))
    return next(within, "") or taken_by(sentence, place) or "captured"
