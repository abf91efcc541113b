"""Who did it, as a speaker tells it: nobody claims to have killed his own."""

from __future__ import annotations

from bot.news.figures.claimants.sayings import CLAIMS
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.people import FIGHTERS, MEN
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.units import ADVERBS, HAVE
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

DEEDS = word_set("killed wounded casualties captured abducted")
SPEAKERS = (*NATIONS, "militants")
MOURNING = word_set("buried bury buries burying mourned mourn mourns mourning")
SELF = word_set("it they")
ACTING = SELF | {"we"}
WHOSE = word_set("its their his")
QUOTES = frozenset(("that", '"', "“", "”", "'", "‘", "’"))
TURNS = word_set("; : but while whereas who which whose where when as")
OWNED = 3  # units from "its" to the forces that are its own
CLAUSE = 14  # units from who acts to the last of what it did


def done_by_speaker(number: Number) -> bool:
    """ "claims to have killed 58", "said IT killed 30", "said ITS JETS had killed 40", "boasted of killing nine"."""
    return number.bound.measure in DEEDS and acted(number)


def acted(number: Number) -> bool:
    """Whether the speaker tells of its own deed: "it killed 250 fighters and OVERRAN 17 posts"."""
    bound, sentence, around = number
    if bound.rule not in ("active", "doing") or around.voice.side not in SPEAKERS:
        return False
    if sentence.low(bound.verb) in MOURNING:
        return False  # "we have BURIED 318"
    at = bound.verb - 1
    while sentence.low(at) in HAVE or sentence.low(at) in ADVERBS:
        at -= 1
    low = sentence.low(at)
    if low in ("to", "of"):
        return _claims(sentence, at - 1)
    if low == "and":
        return _went_on(number, at)
    if bound.rule == "doing" and sentence.has(at, "say.verbs"):
        return True  # "claims KILLING 58", but not "strikes that Kabul says KILLED nine"
    return _is_speaker(sentence, at)


def _claims(sentence: Sentence, at: int) -> bool:
    return sentence.has(at, "say.verbs") or sentence.low(at) in CLAIMS


def _is_speaker(sentence: Sentence, at: int) -> bool:
    """Whether the unit that ends a subject is the speaker, or its men and arms: "said IT", "WE", "said its own JETS"."""
    low = sentence.low(at)
    if low == "we":
        return True
    if low in SELF:
        return _is_told(sentence, at - 1)
    if not sentence.has(at, "structure.strike", "people.security", "people.taliban") and not (
        low in MEN or low in FIGHTERS
    ):
        return False
    for first in range(at - 1, at - 1 - OWNED, -1):
        if sentence.low(first) == "our":
            return True
        if sentence.low(first) in WHOSE:
            return _is_told(sentence, first - 1)
    return False


def _is_told(sentence: Sentence, at: int) -> bool:
    """Whether a unit says, perhaps before "that" or a quotation mark."""
    while sentence.low(at) in QUOTES:
        at -= 1
    return _claims(sentence, at)


def _went_on(number: Number, at: int) -> bool:
    """ "they lost four men AND KILLED 11", "it took two posts AND KILLED 19": the same who did the thing before."""
    bound, sentence, _ = number
    if any(b.rule == "lost" and b.verb < bound.verb for b in sentence.bound.values()):
        return True
    for first in range(at - 1, max(-1, at - CLAUSE), -1):
        if sentence.low(first) in TURNS:
            return False
        if sentence.low(first) in ACTING:
            return _is_speaker(sentence, first)
    return False
