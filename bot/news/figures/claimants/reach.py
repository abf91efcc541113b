"""How far a verb of saying reaches: to the end of its clause, or to the happening that it only mentions."""

from __future__ import annotations

from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import Unit

HAPPENING = 5  # units of "and in a suicide bombing", "blast near the court that"
KNOWN = frozenset(("the", "'s", "s'"))


def aside_end(here: Utterance, first: int, at: int) -> int:
    """ "…, WHEN KABUL ANNOUNCED its plan, 12 died": what a clause of time says ends with it."""
    aside = ("when", "after", "as", "since", "before", "because", "although")
    if here.low(first - 1) not in aside and not (here.low(first - 1) == "what" and here.low(at + 1) == ","):
        return here.end  # but "contrary to WHAT KABUL CLAIMED, none died"
    return next((u.start for u in here.units[at:] if u.low == ","), here.end)


def relative_end(here: Utterance, at: int) -> int:
    """Where a clause ends that tells of a noun: before another happening, "… killed 14 AND AN AMBUSH IN which nine died"."""
    for k in range(at + 1, len(here.units) - 1):
        if here.low(k) == "and" and any(_is_happening(u) for u in here.units[k + 1 : k + HAPPENING]):
            return here.units[k].start
    return here.end


def _is_happening(unit: Unit) -> bool:
    return unit.has("say.deeds", "scope.event", "structure.fighting")


def deed_end(here: Utterance, at: int) -> int:
    """ "accuses Kabul of sheltering the men who attacked a post, WHEN eight died": what follows is background."""
    if not here.units[at].has("say.blame"):
        return here.end
    turns = (k for k in range(at + 1, len(here.units)) if _is_background(here, k))
    return next((here.units[k].start for k in turns), here.end)


def _is_background(here: Utterance, at: int) -> bool:
    if here.low(at) == "that":  # "blamed the TTP for THE BLAST in Tank THAT killed nine"
        named = (k for k in range(at - 1, max(0, at - HAPPENING), -1) if _is_happening(here.units[k]))
        return here.low(next(named, 0) - 1) in KNOWN
    led = at - 1 - (here.low(at - 1) == "in")  # "the bombing, IN WHICH nine died"
    return here.low(at) in ("when", "who") or (here.low(at) == "which" and here.low(led) == ",")


def ends_clause(here: Utterance, at: int) -> bool:
    at += here.low(at) == "it"  # "as the ministry tells IT", but "as Pakistan says IT HIT ten targets"
    return at >= len(here.units) or not here.units[at].word
