"""Who a figure is said to come from: "according to police", "by the army's count", "was put at 14 by a doctor"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.news.figures.claimants.between import WHEN
from bot.news.figures.claimants.nominals import is_participle
from bot.news.figures.claimants.reach import relative_end
from bot.news.figures.claimants.sayings import ACCORDING, NOBODY, NOUN, VERB, turns
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import BE, Unit, before_adverbs, looks_finite
from bot.news.text.words import word_set

LEARNED = ("learned", "learnt", "heard", "going", "judging", "to judge")  # "Reuters LEARNED FROM doctors"
TOLD_OF = frozenset(("which", "who", "that"))  # "raids WHICH, going by UNAMA, killed 13"
RELATIVES = frozenset(("which", "who", "where"))  # behind a comma: said aside
CITING = frozenset(("citing", "quoting"))
BREAKS = frozenset((",", ";"))
COUNTS = ("say.papers", "structure.anaphor")
COUNTED = word_set(
    "count figures numbers reading reckoning tally estimate telling account calculation"
)  # "ON the army's COUNT"
PAPER = 9  # units from "by" to the count that is somebody's
TOLD = 8  # units between "was put at 14" and "by the doctor"
OWNED = frozenset(("its", "their", "his", "her"))
TURNS = frozenset(("while", "but", "whereas"))
NEAR = frozenset((",", "not"))  # what ends that which is "cited by X"


def _relative(here: Utterance, at: int) -> int:
    """ "He said the blast, WHICH KILLED 12 according to doctors, was …": where such a clause opens; -1 if there is none."""
    for k in range(at - 1, 0, -1):
        if here.low(k) in RELATIVES and "," in (here.low(k - 1), here.low(k - 2)):
            return k - 1
        shut = here.low(k) == "," and not here.found  # "ten men, WHO CAME BY NIGHT, died, according to ISPR"
        if shut or here.units[k].has("say.verbs") or here.low(k) in (";", "but", "while"):
            return -1
    return -1


def hear_according(here: Utterance, at: int) -> None:
    """ "according to X" holds for its clause, "cited by X" only for what stands right before."""
    units = here.units
    right = here.speakers.after(units, at + 1, strong=True) or here.speakers.him(units, at + 1)
    if right is None:
        means = at + 1 < len(units) and units[at + 1].has("say.not_speakers")
        if left := here.speakers.before(units, at) if means else None:
            here.add(left[0], units[at].end, here.end, VERB)  # "a nurse CONFIRMED BY PHONE that two had died"
        return
    speaker, last = right
    citing = units[at].low in CITING and here.low(at - 1) == ","
    if _is_cited(here, at, last, citing):
        return
    if citing:  # "Radio Pakistan said, CITING POLICE, that": the police say it
        here.found[:] = [s for s in here.found if not s.speaker.is_carrier]
    near = units[at].low.endswith(("by", " from")) and not units[at].low.startswith(LEARNED)
    near = near and not (units[at].low.startswith("as ") or here.low(at - 2) == "as")
    told_of = at > 1 and here.low(at - 1 - (here.low(at - 1) == ",")) in TOLD_OF
    if told_of or (near and here.low(last + 1) in ("that", "to")):
        set_off = (
            "," in (here.low(at - 1), here.low(at - 2)) and not told_of
        )  # "raids, said by Kabul to …, led to"
        shut = (u.start for u in units[last:] if u.low == "," and set_off)
        here.add(speaker, units[last].end, next(shut, relative_end(here, last + 1)), VERB)
    elif (aside := _relative(here, at)) >= 0:
        here.add(speaker, units[aside].end, units[at].start, VERB)
    elif at <= 1 or (here.found and here.low(at - 1) in BREAKS and _goes_on(units, last + 1)):
        for saying in here.found:  # "While police spoke of 12, ACCORDING TO UNAMA 37 died"
            saying.end = min(saying.end, units[at].start)
        here.add(speaker, units[last].end, here.end, ACCORDING)
    elif near:
        denied = any(here.low(k) == "not" for k in range(max(0, at - 5), at))
        denier = next((s.speaker.name for s in reversed(here.found)), None) if denied else None
        low = max(units[max(0, at - 7)].start, _clause_before(here, at, NEAR))
        here.add(speaker, low, units[at].end, NOUN, denier if denier != speaker.name else None)
    else:
        here.add(speaker, _clause_before(here, at), here.end, ACCORDING)


def _is_cited(here: Utterance, at: int, last: int, citing: bool) -> bool:
    """Whether a body is only cited by whoever speaks, or did what is told: "54 attacks, 31 of them CLAIMED BY separatists"."""
    units = here.units
    spoken = citing and here.found and not here.found[-1].speaker.is_carrier
    if spoken and here.low(last + 1) == "," and any(u.has("say.papers") for u in units[at : last + 1]):
        return True  # "UNAMA said, CITING HOSPITAL RECORDS, that 12 died": it says so
    return units[at].low == "claimed by" and any(u.has("say.deeds", "things.attacks") for u in units[:at])


def _goes_on(units: Sequence[Unit], at: int) -> bool:
    return any(u.word or u.quantity for u in units[at : at + 1])


def _clause_before(here: Utterance, at: int, ends: Collection[str] = ()) -> int:
    """Where the clause begins that a source is named behind."""
    for k in range(at - 1, -1, -1):
        joins = here.low(k) in TURNS or (here.low(k) == "," and here.low(k + 1) in ("and", "but", "while"))
        told = joins and any(s.start < here.units[k].start for s in here.found)  # "Kabul says 12 died, AND …"
        told = told or (joins and turns(here.units, k))  # "…, AND ON MAY 3 a house was hit"
        if told or here.low(k) in (";", ":") or here.low(k) in ends:
            return here.units[k].end
    return here.start


def _hear_own_count(here: Utterance, at: int) -> None:
    """ "Pakistan lost 23, BY ITS OWN ACCOUNT"; "a clerk spoke of tyres; $3 billion, IN HIS RECKONING, went elsewhere"."""
    units, mentions = here.units, here.speakers.names.mention_at
    owner = here.speakers.him(units, at + 1)
    known = owner[0] if owner else NOBODY
    if here.low(at + 2) == "own":
        named = next((m for k in range(at - 1, -1, -1) if (m := mentions(units[k]))), None)
        known = here.speakers.names.named(named) if named else known
    known = known._replace(words=here.speakers.names.words([units[at + 1]]), start=units[at + 1].start)
    here.add(known, here.clause_start(at), here.end, ACCORDING)
    if here.low(at + 4) != ",":
        here.add(known, units[at + 1].end, here.end, VERB)  # "Pakistan BY ITS OWN ACCOUNT lost 23"


def hear_count(here: Utterance, at: int) -> None:
    """ "540 died, BY THE ARMY'S FIGURES"; "in Kabul's telling"; "the toll WAS PUT AT 14 BY a doctor"."""
    if here.low(at + 1) in OWNED and any(u.has("say.papers") for u in here.units[at + 2 : at + 4]):
        _hear_own_count(here, at)
        return
    near = here.units[at + 1 : at + PAPER] if "say.papers" in here.said else ()
    counted = next((u for u in near if "say.papers" in u.tags), None)
    if here.low(at) == "on" and not (counted and counted.low in COUNTED):
        return
    told = _told_before(here, at) if here.low(at) == "by" else None
    cited = any(s.strength == ACCORDING for s in here.found)
    of = _count_of(here, at)
    if here.low(at) == "by" and not told and _is_said(here, at - 1):
        hear_according(here, at)
        return
    if not (counted or told or cited or of):
        return
    right = here.speakers.after(here.units, of + 1 if of else at + 1, strong=told is not None)
    if right is None:
        return
    speaker, last = right
    owned = counted and here.units[last].end >= counted.end and speaker.start < counted.start
    again = cited and (
        here.low(last + 1) == "'s" or here.low(at - 2) == "at"
    )  # "9 by Kabul's", "AT 9 by Kabul"
    if owned or told or again or of:
        if here.low(at - 1) in TOLD_OF:  # "raids THAT by Kabul's count took 46 lives, led to"
            shut = (u.start for u in here.units[at:] if u.low == ",")
            here.add(speaker, here.units[last].end, next(shut, here.end), VERB)
            return
        spoken = (s.speaker.start + len(s.speaker.words) for s in here.found if s.strength == ACCORDING)
        joins = (
            k for k in range(at, len(here.units)) if here.low(k) == ";" and here.low(k + 1) in ("and", "but")
        )
        shut = (here.units[k].start for k in joins)  # "nine died, by Kabul's account; AND on May 3 …"
        here.add(speaker, max(here.clause_start(at), *spoken, 0), next(shut, here.end), ACCORDING)
        mark = next((k for k in range(at - 1, 0, -1) if here.low(k) in (":", ";")), 0)
        if mark and owned:  # "…, the ministry says: 450 went home BY THE POLICE'S COUNT"
            here.add(speaker, here.units[mark].end, here.units[at].start, NOUN)


def _is_said(here: Utterance, at: int) -> bool:
    """ "the 12 deaths LOGGED by the mayor", "a raid SAID by Kabul to have killed 12"; not "soldiers freed by"."""
    verb = here.units[at]
    if verb.low == "said":
        return "to" in here.said and here.low(at + 2) not in WHEN
    return verb.has("say.verbs") and is_participle(verb)


def _count_of(here: Utterance, at: int) -> int:
    """ "540 died, BY THE COUNT OF the agency": where the "of" stands, 0 without it."""
    noun = at + 1 + (here.low(at + 1) == "the")
    counts = noun + 1 < len(here.units) and here.units[noun].has(*COUNTS)
    return noun + 1 if counts and here.low(noun + 1) == "of" else 0


def _told_before(here: Utterance, at: int) -> Unit | None:
    """What was said before a unit, "was put", "has been confirmed", where nothing else happened since."""
    for k in range(at - 1, max(0, at - TOLD), -1):
        revised = here.units[k].has("structure.revision") and any(
            u.has("say.claim_nouns", "structure.anaphor") for u in here.units[:k]
        )
        if revised or here.units[k].has("say.verbs"):
            return here.units[k] if here.low(before_adverbs(here.units, k)) in BE else None
        if looks_finite(here.units[k]) or here.low(k) in (",", ";", ":"):
            return None
    return None
