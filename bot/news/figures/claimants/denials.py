"""Claims that are named, and denied: "the Taliban's claim of 58", "rejected the claim that", "calling Kabul's 200 invented"."""

from __future__ import annotations

from bot.news.figures.claimants.sayings import CLAIMS, NOBODY, NOUN, VERB, Speaker
from bot.news.figures.claimants.unnamed import Found
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import BE

ARTICLES = frozenset(("the", "a", "an"))
MAKING = frozenset(("made", "makes", "with", "aired", "floated", "offered", "voiced", "spread"))
POSSESSIVE = frozenset(("its", "their", "his", "her"))
PASSED_ON = frozenset(("received", "obtained", "verified"))
UNDONE = 5  # units from "not" to "deny"
ASIDE = 12  # units of "fed to all television stations"
OWNER = 7  # units of "from the hospital in Wana is"
RECEIVED = 4  # units from "received" to "reports"


def hear_claim(here: Utterance, at: int) -> bool:
    """ "the Taliban claim that 58 …", "claims by Kabul of 58", "rejected the claim that 58 …"."""
    units, noun = here.units, here.units[at]
    if not noun.has("say.claim_nouns") and not _is_told(here, at):
        return False
    if heard := _received(here, at):
        here.add(heard[0], noun.end, here.end, VERB)
        return True
    denier = _denier(here, at)
    owned = "'s" in (here.low(at - 1), here.low(at - 2))
    if noun.has("say.verbs") and not (denier or owned or _determined(here, at)):
        return False
    speaker, stop = _whose(here, at)
    if speaker is None and denier is not None:
        speaker = here.speakers.voices.against(denier.side)
    if speaker is None:
        return False
    here.add(speaker, units[stop].end, here.end, NOUN, denier.name if denier else None)
    return True


def _is_told(here: Utterance, at: int) -> bool:
    """ "Kabul's LINE is that 12 died", "his CHARGE that", "the ministry's COUNT OF THE DEAD stands at 34"."""
    if not here.units[at].has("say.lines"):
        return "'s" in (here.low(at - 1), here.low(at - 2))
    at = (
        next((k for k in range(at + 2, at + OWNER) if here.low(k) in BE), at + 1) - 1
        if here.low(at + 1) == "from"
        else at
    )
    if here.low(at + 1) == ",":  # "Kabul's line, fed to every station, IS THAT"
        at = next((k for k in range(at + 2, at + ASIDE) if here.low(k) == ","), at)
    after = here.units[at + 1 : at + 3]
    told = bool(after) and (after[0].low in ("that", "of") or after[0].low in BE)
    return told and (after[0].low == "that" or any(u.low in ("that", "of") or u.quantity for u in after[1:]))


def _received(here: Utterance, at: int) -> Found | None:
    """ "UNAMA HAS RECEIVED credible REPORTS that nine died": who passes on what was heard."""
    if here.low(at + 1) not in ("that", "of"):
        return None
    verb = next((k for k in range(at - 1, max(0, at - RECEIVED), -1) if here.low(k) in PASSED_ON), 0)
    return here.speakers.before(here.units, verb) if verb else None


def _whose(here: Utterance, at: int) -> tuple[Speaker | None, int]:
    if here.low(at + 1) in ("by", "from"):
        right = here.speakers.after(here.units, at + 2)
        return right if right else (None, at)
    if here.low(at - 1) == "own" and here.low(at - 3) in ("by", "on"):
        return None, at  # "by its own account" is heard at the "by"
    if {here.low(at - 1), here.low(at - 2)} & POSSESSIVE and (owner := here.first_actor(at)):
        return owner, at  # "Kabul stood by ITS figure of 58"
    if here.low(at - 1) in ARTICLES and here.low(at - 2) in MAKING and here.low(at + 1) in ("that", "of"):
        return here.first_actor(at), at  # "Mujahid followed WITH THE ASSERTION THAT", "Kabul made a claim of"
    reach = 5 if here.low(at - 1) == "'s" or any(here.low(k) == "'s" for k in range(at - 3, at)) else 3
    if here.units[at].low not in CLAIMS and reach == 3:
        return None, at
    for back in range(at - 1, max(-1, at - reach), -1):
        unit = here.units[back]
        people = here.speakers.names.people_at(unit) if back == at - 1 else None
        if mention := here.speakers.names.mention_at(unit) or people:
            first = next(k for k in range(back + 1) if here.units[k].start >= mention.start)
            if here.low(first - (2 if here.low(first - 1) == "the" else 1)) == "by":
                return None, at  # "by Pakistan's count": for what stands before it
            return here.speakers.names.named(mention), at
        if here.low(back + 1) == "'s" and (state := here.speakers.names.people(here.units, back)):
            return state, at  # "scoffs at KABUL'S toll of 91"
        if unit.quantity or not (unit.word or unit.low == "'s") or unit.has("say.verbs", "say.deny"):
            break
    end = at - (here.low(at - 1) == "own")  # "the army's OWN figure"
    owned = here.low(end - 1) == "'s"
    body = here.speakers.phrase_before(here.units, end - 2, subject=False) if owned else None
    led = body[1] - 1 if body else at
    led -= led > 0 and here.units[led].quantity is not None  # "by ONE AGENCY'S tally"
    return (body[0] if body and here.low(led) != "by" else None), at  # "a spokesman's figure of 40"


def _determined(here: Utterance, at: int) -> bool:
    before = {here.low(k) for k in range(max(0, at - 4), at)}
    claimed = here.units[at].low.startswith(("claim", "report"))
    return (
        bool(before & {"the", "this", "that", "a", "any", "such"})
        and claimed
        and here.low(at + 1) in ("that", "of", "by", "as", "about", ",")
    )


def _denier(here: Utterance, at: int) -> Speaker | None:
    """Who rejects the claim named at a unit."""
    for back in range(at - 1, max(-1, at - 9), -1):
        if here.units[back].has("say.deny") and not is_undone(here, back):
            left = here.speakers.before(here.units, back)
            return left[0] if left and left[0].is_named else None
    return None


def is_undone(here: Utterance, at: int) -> bool:
    """ "Kabul did NOT deny", "NEITHER confirmed NOR denied"."""
    for back in range(at - 1, max(-1, at - UNDONE), -1):
        if here.units[back].has("structure.negation"):
            return True
        if not here.units[back].word or here.units[back].capital:
            return False
    return False


def hear_denial(here: Utterance, at: int) -> bool:
    """ "Pakistan denied that 58 …", "a figure Kabul disputes", "calling the 58 false"."""
    units, verb = here.units, here.units[at]
    if is_undone(here, at):
        return False
    left = here.speakers.before(units, at)
    if not left or not left[0].is_named:
        return False
    speaker, first = left
    here.denier = speaker
    named = units[max(0, first - 1) : at]  # "a figure KABUL disputes", not "what IT called seven camps"
    if any(u.has("say.claim_nouns", "structure.anaphor") and u.low != "it" for u in named):
        for saying in here.found:
            saying.denied_by = speaker.name
        return True
    if here.low(first - 1) == "which" and (at + 1 == len(units) or not units[at + 1].word):
        for saying in here.found:  # "25 posts fell, he said, WHICH ISLAMABAD DENIES"
            saying.answered_by = speaker.name if saying.speaker.name != speaker.name else None
        return True
    if verb.low in ("called", "calling", "disputed", "countered") and not any(
        u.has("say.false") for u in units[at + 1 : at + 14]
    ):
        return False
    counted = here.low(at + 2) == "of" and units[at + 1].has(
        "structure.anaphor"
    )  # "ridiculed THE FIGURE OF 58"
    claimed = here.speakers.voices.against(speaker.side) if counted else NOBODY
    here.add(claimed, verb.end, here.clause_end(at), VERB, speaker.name)
    here.speakers.voices.heard(speaker)
    return True


def hear_possessive(here: Utterance, at: int) -> None:
    """ "Islamabad's 200"."""
    mention = here.speakers.names.mention_at(here.units[at - 1]) if at else None
    if mention is None:
        return
    speaker = here.speakers.names.named(mention)
    denier = None
    if any(u.has("say.false") for u in here.units[at + 1 : at + 6]):
        denier = next(
            (
                s.denied_by or s.speaker.name
                for s in here.found
                if (s.denied_by or s.speaker.name) != speaker.name
            ),
            None,
        )
    here.add(speaker, here.units[at].end, here.units[at + 1].end, NOUN, denier)
