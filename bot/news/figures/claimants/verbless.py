"""Who speaks without a verb of saying: "Pakistan reported 23 dead, THE TALIBAN 58", "raised to 16"."""

from __future__ import annotations

from bot.news.figures.claimants.sayings import VERB
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import BE, DETERMINERS, HAVE, PREPOSITIONS, looks_finite

JOINTS = frozenset((",", ";", "and", "while", "but"))
REVISED = 16  # units from "raised" to "to 22": "the toll of Friday's blast in Peshawar"
LINKS = frozenset(("at", "of", "its", "own", "that"))  # "KABUL ITS OWN AT seven", "KABUL THAT 58 fell"
TOLLS = ("say.claim_nouns", "structure.anaphor", "killed.toll", "wounded.toll")
TOLL = 6  # units from "raised" to "the toll"


def hear_gap(here: Utterance, at: int) -> None:
    """ "Pakistan spoke of 23 dead, THE TALIBAN OF 58", "… at 23 and KABUL ITS OWN AT 58": a second speaker without a verb."""
    last = at - 1
    while last > 0 and here.low(last) in LINKS:
        last -= 1
    link = here.low(last + 1) if last < at - 1 else ""
    if not here.units[last].word or not (
        here.speakers.names.mention_at(here.units[last]) or _is_again(here, link, last)
    ):
        return
    found = here.speakers.phrase_before(here.units, last)
    if found and here.low(found[1] - 1) in JOINTS:
        here.add(found[0], here.units[at].start, here.end, VERB)


def _is_again(here: Utterance, link: str, last: int) -> bool:
    """Whether a number was told before by the same word: "put it AT 23 …, the mayor AT 58"."""
    told = range(1, last if link else 0)
    return any(here.low(k - 1).rpartition(" ")[2] == link and here.units[k].quantity for k in told)


def hear_put(here: Utterance, at: int) -> bool:
    """ "the mayor PEGGED THE TOLL at 22": any verb that sets a toll is whoever's who does it."""
    verb = at - 1 - (here.low(at - 1) in DETERMINERS)
    unit = here.units[verb]
    listed = unit.has("say.verbs", "structure.rise", "structure.revision")
    put = any(here.low(k) == "at" for k in range(at + 1, at + TOLL))  # not "which took the toll to 22"
    if verb < 1 or listed or not put or unit.low in HAVE or unit.low in BE or not looks_finite(unit):
        return False
    hear_revision(here, verb)
    return True


def hear_revision(here: Utterance, at: int) -> None:
    """ "…, a figure LOCAL DOCTORS RAISED to 16": whose number it is from here on."""
    near = here.units[at + 1 : at + TOLL]
    toll = any(u.has(*TOLLS) for u in near) or here.low(at + 1) == "that"
    put = toll and any(u.low in ("to", "at", "from") for u in here.units[at + 1 : at + REVISED])
    told = put and not here.units[at].low.endswith("ing")
    teller = here.speakers.before(here.units, at, sure=True) if told else None
    if teller:  # "late on Wednesday HE RAISED THE TOLL to 22"
        here.add(teller[0], here.units[at].end, here.clause_end(at), VERB)
        return
    left = here.speakers.before(here.units, at) if here.low(at + 1) in ("to", "at") else None
    counted = left and here.units[left[1] - 1].has("structure.anaphor", "say.claim_nouns")
    if left and counted and here.low(left[1]) not in PREPOSITIONS:  # "the number OF DEAD rose to 16"
        here.add(left[0], here.units[at].end, here.clause_end(at), VERB)
