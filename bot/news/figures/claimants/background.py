"""What a sentence recalls beside what is said in it: nobody there says it, and nobody denies it.

"Kabul rejected the claim that the attack, WHICH KILLED 11, was planned there", "the army said on Sunday, TWO DAYS AFTER A
BOMB KILLED 16", "the sides agreed to a truce, Doha said, AFTER CLASHES KILLED DOZENS".
"""

from __future__ import annotations

from functools import partial

from bot.news.figures.claimants.between import RELATIVE
from bot.news.figures.claimants.sayings import COLON, NOUN, POSTPOSED, VERB, Saying, leave
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import PREPOSITIONS, is_verb, looks_finite, verb_forms
from bot.news.text.words import word_set

RELATIVES = RELATIVE | {"when", "where"}
LOSSES = word_set("killed wounded casualties captured abducted")
HARM = ("structure.violence", "structure.strike", "structure.fighting")
FROM_THEN = word_set("after before since following")
LATER = FROM_THEN | word_set("when amid")
SPANS = word_set("minutes hour hours day days week weeks month months year years")
DISTANCE = 5  # units of "less than two days after"
DEEDS = ("killed.doing", "killed.noun", "wounded.doing", "captured.doing", "abducted.doing")


def hear_background(here: Utterance) -> None:
    """Take what is only recalled from those who speak, charge and deny beside it."""
    if here.found and any(saying.denied_by for saying in here.found):
        for first, last in recalled(here):
            leave(here.found, first, last, partial(_is_denial, first))
    dated = here.found and not LATER.isdisjoint(here.said)
    for at in range(1, len(here.units) - 2) if dated else ():
        if here.units[at].low == "," and (last := _since(here, at)):
            start = here.units[at].start
            leave(here.found, start, last, partial(_is_speech, start))


def _is_denial(start: int, saying: Saying) -> bool:
    """Whether somebody turns down what stands there, and whoever claims it claims it so."""
    return bool(saying.denied_by) and saying.strength in (NOUN, VERB) and saying.start <= start


def _is_speech(start: int, saying: Saying) -> bool:
    return saying.strength != COLON and saying.start <= start and saying.speaker.start < start


def recalled(here: Utterance) -> list[tuple[int, int]]:
    """The clauses that tell of somebody or something: "the men WHO KILLED NINE", "the raid, IN WHICH 12 DIED,"."""
    found = []
    for at in range(1, len(here.units) - 1):
        if _is_relative(here, at):
            end = _clause_end(here, at)
            if not any(u.has("say.verbs") for u in here.units[at:end]):
                found.append((here.units[at].start, _offset(here, end)))
        elif _is_deed(here, at):
            found.append((here.units[at].start, _offset(here, _clause_end(here, at))))
    return found


def _is_relative(here: Utterance, at: int) -> bool:
    low, before = here.low(at), here.units[at - 1]
    if low in RELATIVES:
        return True
    noun = before.word and not (
        looks_finite(before) or before.has("say.claim_nouns", "say.verbs", "say.deny")
    )
    follows = here.units[at + 1]
    return low == "that" and noun and (looks_finite(follows) or is_verb(follows)) and before.low != "on"


def _is_deed(here: Utterance, at: int) -> bool:
    """ "behind THE KILLING of 12", "responsible for THE DEATHS of 12": what is not denied to have happened."""
    led = here.low(at - 1) == "the" and here.low(at - 2) in PREPOSITIONS
    return led and here.units[at].has(*DEEDS) and here.low(at + 1) == "of"


def _clause_end(here: Utterance, at: int) -> int:
    """Where a clause without a subject of its own ends: at a comma behind which nothing is counted."""
    last = len(here.units)
    commas = (k for k in range(at + 1, last - 1) if here.low(k) == ",")
    return next((k for k in commas if here.units[k + 1].quantity is None), last)


def _since(here: Utterance, comma: int) -> int:
    """Where a clause of time ends that begins behind a comma and is the reporter's; 0 where none does."""
    after = next(
        (k for k in range(comma + 1, min(len(here.units), comma + DISTANCE)) if here.low(k) in LATER), 0
    )
    if not after:
        return 0
    apart = here.low(after) in FROM_THEN and here.low(after - 1).rpartition(" ")[2] in SPANS  # "A DAY after"
    harm = any(u.has(*HARM) or not LOSSES.isdisjoint(verb_forms(u)) for u in here.units[after:])
    if not apart and not (after == comma + 1 and harm and _is_of_something_else(here, comma)):
        return 0
    back = next(
        (k for k in range(after, len(here.units) - 1) if here.low(k) == "," and here.low(k + 1) == "that"), 0
    )
    return _offset(here, back or len(here.units))


def _is_of_something_else(here: Utterance, comma: int) -> bool:
    """ "A truce is agreed, Doha said, AFTER …": whether what was said before tells of no harm."""
    start = here.units[comma].start
    spoke = [s for s in here.found if s.strength == POSTPOSED and s.speaker.start < start]
    said = [u for u in here.units[:comma] if spoke and u.start < spoke[-1].speaker.start]
    return bool(said) and not any(u.has(*HARM) or not LOSSES.isdisjoint(verb_forms(u)) for u in said)


def _offset(here: Utterance, at: int) -> int:
    return here.units[at].start if at < len(here.units) else here.end
