"""Participles of saying: "…, while CONFIRMING 23", "with officials COUNTING 17", "was quoted as SAYING"."""

from __future__ import annotations

from bot.news.figures.claimants.nominals import QUOTES
from bot.news.figures.claimants.reach import deed_end, ends_clause
from bot.news.figures.claimants.sayings import POSTPOSED, SUBJECT, VERB, Speaker
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import BE, looks_finite

TURNS = frozenset(("but", "and", "while", "whereas", ";"))


def hear_participle(here: Utterance, at: int) -> None:
    """ "…, while confirming 23": the subject goes on; "Pakistan acknowledging four": a new one."""
    unit = here.units[at]
    if here.low(at - 1) == "as" and (quoted := _quoted(here, at)):
        here.add(quoted, unit.end, here.end, VERB)
        first = next(k for k, u in enumerate(here.units) if u.end > quoted.start)
        if first and ends_clause(here, at + 1) and here.low(at + 1) not in QUOTES:
            here.add(quoted, here.clause_start(first), here.units[first].start, POSTPOSED)
        return
    body = here.speakers.phrase_before(here.units, at - 1) if here.units[at - 1].word else None
    if body and "with" in (here.low(body[1] - 1), here.low(body[1])):  # "WITH OFFICIALS counting 17"
        here.add(body[0], unit.end, here.end, VERB)
        if any("structure.anaphor" in u.tags for u in here.units[at + 1 : at + 3]):
            here.add(body[0], here.start, unit.start, POSTPOSED)  # "…, with the mayor confirming THE NUMBER"
        return
    known = last_denier(here) or here.spoken_last()
    known = known or here.first_actor(min(at, SUBJECT)) or subject_before(here, at)
    if known:
        here.add(known, unit.end, min(deed_end(here, at), _charge_end(here, at)), VERB)


def subject_before(here: Utterance, at: int) -> Speaker | None:
    """ "Traders' groups on both sides ASKED for the gate to be opened, saying …"."""
    turn = next(
        (k for k in range(at - 1, 0, -1) if here.low(k) in TURNS), 0
    )  # "the road was shut, BUT Kabul went …"
    verbs = (next((k for k in range(first + 1, at) if looks_finite(here.units[k])), 0) for first in (turn, 0))
    left = (here.speakers.before(here.units, verb, sure=True) for verb in verbs if verb)
    return next((found[0] for found in left if found), None)


def _charge_end(here: Utterance, at: int) -> int:
    """ "…, ACCUSING Kabul of turning away the sick, AND guards fired": a charge beside a deed ends with its clause."""
    joins = (k for k in range(at + 1, len(here.units) - 1) if here.low(k) in (",", ";"))
    ends = (here.units[k].start for k in joins if here.low(k) == ";" or here.low(k + 1) in ("and", "but"))
    return next(ends, here.end) if here.units[at].has("say.blame") else here.end


def _quoted(here: Utterance, at: int) -> Speaker | None:
    """ "RTA quoted THE GOVERNOR as saying", "THE GOVERNOR was cited by RTA as saying": whose words are carried."""
    verb = next(
        (k for k in range(at - 1, 0, -1) if here.units[k].has("say.passive_outlet", "say.carries")), 0
    )
    low, units = here.low(verb), here.units
    if low.endswith(" by") or here.low(verb + 1) in ("by", "as"):
        found = here.speakers.phrase_before(units, verb - 1 - (here.low(verb - 1) in BE))
    else:
        found = here.speakers.after(units, verb + 1) if verb else None
    return found[0] if found else None


def last_denier(here: Utterance) -> Speaker | None:
    """ "Kabul said 18 died; ISLAMABAD REJECTED THE NUMBER and said …": who denied, where nobody spoke since."""
    spoke = max((s.speaker.start for s in here.found if s.strength == VERB), default=-1)
    return here.denier if here.denier and here.denier.start > spoke else None
