"""Whom a side's forces act on: who is intercepted, raided, hunted or fired back at is not of their own.

"Troops INTERCEPTED A GROUP, killing 12", "a group was STOPPED, with 22 killed": of the group. Armies write so every day
and leave the object of the killing out; what is left without a noun is nobody's own dead.
"""

from __future__ import annotations

from bot.news.figures.parties.counted import Counted
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.units import BE
from bot.news.model import HARM, Party
from bot.news.text.words import word_set

BANDS = word_set(
    "group groups band bands gang gangs cell cells network formation formations column infiltration incursion attempt attempts "
    "bid bids attack assault compound compounds hideout hideouts den dens intruders"
)
REACH, OBJECT = 30, 9  # units from what forces did to the number, and to whom they did it
FORCES = ("people.security", "people.taliban")
UNARMED = ("people.civilians", "people.refugees")
HUNT = 7  # units after "killed" in which it is said how
HUNTS = word_set("operation operations encounter encounters ibo ibos")


def repelled(counted: Counted) -> Party | None:
    """The other side, where a side tells of what its forces did to a band, a post or an attack."""
    bound, sentence, around = counted.bound, counted.sentence, counted.around
    if bound.measure not in HARM or not counted.is_bare or counted.named or counted.loss.side:
        return None
    if "structure.repels" not in sentence.said or around.voice.side == "militants":
        return None
    number = min(counted.phrase.at, bound.verb) if bound.verb >= 0 else counted.phrase.at
    for at in range(number - 1, max(-1, number - REACH), -1):
        if at in sentence.bound and sentence.bound[at].measure in HARM:
            return None
        if sentence.has(at, "structure.repels"):
            return _acted_on(counted, at)
    return None


def _acted_on(counted: Counted, verb: int) -> Party | None:
    """Who stands behind what was done, or before it where it "was" done to them."""
    sentence, around = counted.sentence, counted.around
    passive = sentence.low(verb - 1) in BE
    by = _forces(sentence, verb)
    if by < 0 and not passive:
        return None
    last = min(counted.phrase.at, verb + 1 + OBJECT)
    units = sentence.units[max(0, verb - REACH) : verb] if passive else sentence.units[verb + 1 : last]
    if any(u.has(*UNARMED) for u in units):
        return None
    side = around.voice.side
    if side == "" and by >= 0:
        afghan = sentence.has(by, "people.taliban") or any(
            m.side == "AF" for m in around.between(around.start, sentence.units[by].end)
        )
        side = "AF" if afghan else "PK"
    hostile = any(u.low in BANDS or u.has("people.militants") for u in units)
    if side == "AF":
        foes = around.between(units[0].start, units[-1].end) if units else ()
        posts = any(u.has("things.positions", "people.security") for u in units)
        pakistani = posts and any(m.side == "PK" for m in foes)
        return "pak_security_forces" if pakistani else None
    if side != "PK":
        return None
    afghan = any(u.has("people.taliban") for u in units) and not any(u.has("people.militants") for u in units)
    return "afg_taliban_forces" if afghan else "militants" if hostile else None


def _forces(sentence: Sentence, verb: int) -> int:
    """Where those who acted stand before what they did; -1 where nobody does."""
    for at in range(verb - 1, max(-1, verb - OBJECT), -1):
        forces = sentence.has(at, *FORCES) or sentence.low(at) in ("they", "we")
        if forces and at not in sentence.owner:
            return at
        if sentence.low(at) in (";", ".") or sentence.has(at, "people.militants"):
            break
    return -1


def hunted(counted: Counted) -> Party | None:
    """ "Two others were killed IN AN OPERATION", "… when they OPENED FIRE ON a raiding party": whom forces go after."""
    bound, sentence = counted.bound, counted.sentence
    others = counted.phrase.noun in ("", "others", "more", "men") and not counted.named
    if bound.measure != "killed" or bound.rule != "passive" or not (others and counted.is_bare):
        return None
    said = [sentence.low(k) for k in range(bound.verb + 1, bound.verb + HUNT)]
    operation = said[0] in ("in", "during") and not HUNTS.isdisjoint(said)
    return "militants" if operation or said[:4] == ["when", "they", "opened", "fire"] else None
