"""Who speaks without a verb of saying: "Pakistan reported 23 dead, THE TALIBAN 58", "by its own account", "raised to 16"."""

from __future__ import annotations

from bot.news.figures.claimants.sayings import VERB
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import PREPOSITIONS

JOINTS = frozenset((",", ";", "and", "while", "but"))
REVISED = 16  # units from "raised" to "to 22": "the toll of Friday's blast in Peshawar"
TOLL = 6  # units from "raised" to "the toll"


def hear_gap(here: Utterance, at: int) -> None:
    """ "Pakistan reported 23 dead, THE TALIBAN 58", "… at 23 and KABUL AT 58": a second speaker without a verb."""
    last = at - 1
    while last > 0 and here.low(last) in ("at", "of", "its", "own", "that"):
        last -= 1  # "… and KABUL ITS OWN AT seven", "…, KABUL THAT 58 fell"
    mention = here.speakers.names.mention_at(here.units[last])
    if mention is None:  # "…, and STATE MEDIA of 80"
        left = here.speakers.phrase_before(here.units, last) if last < at - 1 else None
        if left and here.low(left[1] - 1) in JOINTS:
            here.add(left[0], here.units[at].start, here.end, VERB)
        return
    first = last
    while first > 0 and here.units[first - 1].start >= mention.start:
        first -= 1
    first -= 1 if here.low(first - 1) == "the" else 0
    if here.low(first - 1) in JOINTS:
        here.add(here.speakers.names.named(mention), here.units[at].start, here.end, VERB)


def hear_account(here: Utterance, at: int) -> None:
    """ "Pakistan lost 23 soldiers by its own account"."""
    for k in range(at - 1, -1, -1):
        if mention := here.speakers.names.mention_at(here.units[k]):
            here.add(here.speakers.names.named(mention), mention.end, here.end, VERB)
            return


def hear_revision(here: Utterance, at: int) -> None:
    """ "…, a figure LOCAL DOCTORS RAISED to 16": whose number it is from here on."""
    near = here.units[at + 1 : at + TOLL]
    toll = any(u.has("say.claim_nouns", "structure.anaphor") for u in near)
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
