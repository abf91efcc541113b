"""Verbs of saying: "police said", "said the envoy", "…, while confirming 23", "the Taliban 58"."""

from __future__ import annotations

from bot.news.figures.claimants.between import leads_clause, over_time
from bot.news.figures.claimants.nominals import QUOTES
from bot.news.figures.claimants.participles import hear_participle, last_denier, subject_before
from bot.news.figures.claimants.reach import aside_end, deed_end, ends_clause, relative_end
from bot.news.figures.claimants.sayings import ACCORDING, NOUN, POSTPOSED, VERB, Speaker, is_head
from bot.news.figures.claimants.unnamed import Found
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    HAVE,
    PREPOSITIONS,
    before_adverbs,
    is_verb,
    looks_finite,
)
from bot.news.figures.sentence.weekdays import WEEKDAYS
from bot.news.text.words import word_set

PAUSES = frozenset((",", "-", "–", "—"))
ABLE = word_set(
    "able managed continued authorised authorized quick happy ready forced obliged compelled went took held spoke called "
    "came phoned rang wrote appeared hastened rushed hurried issued released stepped stood"
)
ERRAND = 7  # units from "held" to "to say"
SEVERAL = word_set("both these those such two several all")
LEADS = word_set("after when while although though as since once if because despite before")
CITED = 4  # units from "according to" to "estimates"
ARTICLES = frozenset(("a", "an", "the"))
SOURCE = 9  # units between "if" and "believed"
DENIED = 5  # units between "not" and "as Kabul claims"
SPOKE = frozenset(("spoke", "speaks", "spoken"))
TAKES_IN = frozenset(("received", "receives", "took in", "takes in"))
NEGATIONS = word_set("not n't never cannot neither")
UNWILLING = word_set("refused declined refuses declines failed unable yet unwilling reluctant")
WARD = 6  # units from the hospital to "received"
MARKS = QUOTES | frozenset(("'", "‘", "’"))


def hear_verb(here: Utterance, at: int) -> None:
    """ "X said that …", "…, X said", "…", said X."""
    unit = here.units[at]
    if unit.low.partition(" ")[0].endswith("ing"):
        hear_participle(here, at)
        return
    if _says_nothing(here, at) or ("say.aside" in unit.tags and not _is_set_off(here, at)):
        return
    if _is_unsaid(here, at):
        return
    if unit.low == "believed" and here.low(at - 1).endswith("be") and (doubt := _if(here, at)) >= 0:
        if doubted := here.speakers.phrase_before(here.units, at - 2):
            _as_told(here, doubted[0], doubt, at)  # "IF KABUL IS TO BE BELIEVED, 12 died"
        return
    left = here.speakers.before(here.units, at, sure=not unit.has("say.verbs")) or _able(here, at)
    if _inverted(here, at, left):
        return
    if left is None and _continues(here, at):
        known = _of_clause(here, at) or last_denier(here) or here.spoken_first()
        known = known or subject_before(here, at) or here.first_actor(at)
        left = (known, at) if known else None
    if left is None and unit.has("say.continues") and here.low(at - 1) in BE and here.low(at - 2) == "it":
        left = (here.speakers.voices.last, at)  # "IT WAS ADDED that …"
    if left is None:
        return
    speaker, first = left
    if first > 1 and here.low(first - 1) == "of" and here.units[first - 2].quantity:
        first -= 2  # "…, ONE OF the diplomats said"
    first -= 1 if here.low(first - 1) == "or so" else 0  # "…, OR SO police say"
    mark = here.low(first - 1) if first > 0 else ""
    relative = first - 1 - (mark in PAUSES)  # "raids THAT, Kabul says, killed 14"
    if here.low(relative) in ("who", "which", "that") and _is_told_of(here, at + 1):
        here.add(speaker, here.clause_start(first), unit.start, POSTPOSED)  # "14 WHO POLICE SAY were shot"
        here.add(speaker, unit.end, relative_end(here, at + 1), VERB)
        return
    counted = first > 1 and "structure.anaphor" in here.units[first - 1].tags  # "nine, A FIGURE police gave"
    if (
        (counted or mark in PAUSES or mark in MARKS)
        and not _of_deed(here, first)
        and _nothing_follows(here, first, at)
    ):
        here.add(speaker, here.clause_start(first), here.units[first].start, POSTPOSED)
    if mark in ("as", "so") and ends_clause(here, at + 1):
        _as_told(here, speaker, first - 1, at)
        return
    here.add(
        speaker, unit.end, min(here.clause_end(at), deed_end(here, at), aside_end(here, first, at)), VERB
    )


def _if(here: Utterance, at: int) -> int:
    return next((k for k in range(at - 1, max(-1, at - SOURCE), -1) if here.low(k) == "if"), -1)


def _of_deed(here: Utterance, first: int) -> bool:
    """ "…, AN ATTACK Islamabad blamed on the TTP": what a speaker tells of the deed, not of what stands before it."""
    led = here.low(first) in ARTICLES and first + 2 < len(here.units)
    deed = here.units[first + 1] if led else here.units[first]
    return (led or here.low(first).startswith(("a ", "an "))) and deed.has("say.deeds", "scope.event")


def _as_told(here: Utterance, speaker: Speaker, mark: int, verb: int) -> None:
    """ "AS THE MINISTRY TELLS IT, 12 died", "seven fell, as the army put it"; "four, NOT 30 AS KABUL CLAIMS"."""
    units = here.units
    if mark == 0:
        comma = next((u.end for u in units[verb:] if u.low == ","), here.end)
        here.add(speaker, comma, here.end, ACCORDING)
        return
    denied = next((k for k in range(mark - 1, max(-1, mark - DENIED), -1) if here.low(k) == "not"), -1)
    if denied < 0:
        aside = (
            here.low(mark - 1) == "," and here.low(verb + 1) == ","
        )  # "The raid, AS KABUL PUT IT, killed 12"
        aside = aside or (here.low(verb + 1) == "it" and here.low(verb + 2) == ",")
        end = here.clause_end(verb) if aside else units[mark].start
        here.add(speaker, here.clause_start(mark), end, ACCORDING)
        return
    denier = here.spoken_first()
    here.add(speaker, units[denied].end, units[mark].start, NOUN, denier.name if denier else None)
    if here.found and here.found[-1].start == units[denied].end:
        here.found[-1].taken_back = here.low(verb - 1) == "had"  # "not 30 as Kabul CLAIMS" is still claimed
        here.refuted.append(here.found[-1])


def _is_set_off(here: Utterance, at: int) -> bool:
    """ "Islamabad, he WENT ON, had lost 512", "he WENT ON: …", never "the fighting went on, …"."""
    after, long = here.low(at + 1), at > 2 and here.low(at - 2) == "the" and is_head(here.units[at - 1])
    return after == ":" or (
        here.low(at - 2 - long) in (",", "”", '"', "-", "–", "—") and after in (",", ".", ":")
    )


def _says_nothing(here: Utterance, at: int) -> bool:
    """Verbs of saying that say nothing here: "claimed the attack", "answered fire", "released prisoners"."""
    unit, before = here.units[at], here.low(at - 1)
    if "say.papers" in unit.tags and any(
        "say.according" in u.tags for u in here.units[max(0, at - CITED) : at]
    ):
        return True  # "as per intelligence ESTIMATES, 200 died"
    if before in ("for", "of", "from", "without"):
        return True  # "families still wait FOR ANSWERS."
    if unit.low in SPOKE and here.low(over_time(here.units, at + 1)) != "of":
        return True  # "UNAMA SPOKE on Monday OF 12 dead", never "spoke to traders"
    if unit.low in TAKES_IN and (here.found or not _is_ward(here, at)):
        return True  # "a hospital RECEIVED nine wounded", never "he said the hospital received nine", "UNHCR received"
    if unit.low == "called" and here.low(at + 1) in ARTICLES - {"the"} and not _what(here, at):
        return True  # "elders CALLED A meeting", never "what Kabul called a camp"
    if here.low(at + 1) == "nothing":
        return True  # "the gunmen SAID NOTHING, and two fled"
    if unit.low == "attributed" and before in PAUSES:
        return True  # "317 injured, ATTRIBUTED to the army"
    if before in SEVERAL and unit.low.endswith("s"):
        return True  # "the forces of BOTH STATES"
    if unit.low.startswith(("claim", "took responsibility")):
        return _deed(here, at)
    if "say.issue" in unit.tags:
        near = here.units[at + 1 : at + 6]
        online = unit.low == "posted" and any(u.low in ("on", "online", "that", "at") for u in near[:1])
        return not online and not any(u.has("say.papers", "say.claim_nouns") for u in near)
    return "say.reply" in unit.tags and not _says(here, at)


def _what(here: Utterance, at: int) -> bool:
    return any(here.low(k) == "what" for k in range(max(0, at - SOURCE), at))


def _is_unsaid(here: Utterance, at: int) -> bool:
    """ "UNAMA did NOT confirm that 27 died", "the army REFUSED TO say": nobody says it."""
    if here.low(at - 1) == "to" and here.low(at - 2) in UNWILLING:
        return True
    told = here.units[at + 1].quantity if at + 1 < len(here.units) else None
    if told and told.qualifier == "over":
        return False  # "Kabul has never admitted MORE THAN 340"
    k = at - 1
    while here.low(k) in ADVERBS or here.low(k) in HAVE or here.low(k) == "been":
        k -= 1
    return here.low(k) in NEGATIONS and here.low(k + 1) not in ("only", "just")


def _is_ward(here: Utterance, at: int) -> bool:
    """Whether a hospital is the subject, in a sentence that nobody else tells."""
    ward = any(u.has("wounded.hospitals") for u in here.units[max(0, at - WARD) : at])
    return ward and not any(u.has("say.verbs") and not u.has("say.weak") for u in here.units[at + 1 :])


def _able(here: Utterance, at: int) -> Found | None:
    """ "UNAMA had by nightfall been ABLE TO confirm 16": who was, is the subject of the sentence."""
    if here.low(at - 1) != "to":
        return None
    able = next((k for k in range(at - 2, max(-1, at - ERRAND), -1) if here.low(k) in ABLE), -1)
    if able < 0 or "not" in (here.low(able - 1), here.low(able - 2)):
        return None
    while here.low(able - 1) in HAVE or here.low(able - 1) in BE:
        able -= 1
    if left := here.speakers.before(here.units, able, sure=True):
        return left
    subject = here.speakers.subject(here.units)
    return (subject, able) if subject.is_named and not subject.is_outlet else None


def _of_clause(here: Utterance, at: int) -> Speaker | None:
    """ "Pakistan said …, WHILE KABUL CLAIMED 55 and put its own losses at 18": who began the clause."""
    turn = next(
        (here.units[k].start for k in range(at, 0, -1) if here.low(k) in ("while", "whereas", ";")), -1
    )
    said = (s.speaker for s in here.found if s.strength == VERB and s.speaker.start > turn)
    return next(said, None) if turn >= 0 else None


def _is_told_of(here: Utterance, at: int) -> bool:
    """Whether a relative clause has its verb behind a speaker: "who police say WERE shot"."""
    at += here.low(at) == ","
    return _is_finite(here, at) or (at < len(here.units) and is_verb(here.units[at]))


def _is_finite(here: Utterance, at: int) -> bool:
    return at < len(here.units) and looks_finite(here.units[at])


def _says(here: Utterance, at: int) -> bool:
    """ "answered on Sunday that …", never "answered fire"."""
    after = here.low(over_time(here.units, at + 1))
    return after in ("that", ",", ":", ".") or after in QUOTES


def _inverted(here: Utterance, at: int, left: Found | None) -> bool:
    """ "…, said the envoy", "…, reported colleagues.", "… was quoted as saying by the envoy"."""
    units, unit = here.units, here.units[at]
    comes_after = at > 0 and (units[at - 1].low == "," or units[at - 1].low in MARKS)
    if unit.low != "quoted" and (not comes_after or unit.has("say.passive_outlet")):
        return False
    right = here.speakers.after(units, at + 1)
    if right is None and not _is_parted(here, at + 1):
        right = here.speakers.after(units, at + 1, strong=True)
        right = right if right and _closes(here, right[1]) else None
    if right is None or not (not unit.has("say.weak") or _closes(here, right[1])):
        return False
    named = left is not None and not (left[0].kind == "anonymous" and _closes(here, right[1]))
    inverted = comes_after and not (left and named and _touches(here, left, at))
    if not inverted and unit.low != "quoted":
        return False
    end = unit.start if inverted else here.clause_end(at)
    here.add(right[0], here.clause_start(at), end, POSTPOSED)
    if inverted:
        here.add(right[0], units[right[1]].end, here.end, VERB)
    return True


def _is_parted(here: Utterance, at: int) -> bool:
    """Whether a verb is followed by no name of anybody: by the end, a number, a day."""
    behind = here.units[at] if at < len(here.units) else None
    return behind is None or bool(behind.quantity or behind.low in WEEKDAYS or behind.has("kind.month"))


def _closes(here: Utterance, at: int) -> bool:
    """Whether a clause ends behind a unit."""
    return at + 1 >= len(here.units) or not (here.units[at + 1].word or here.units[at + 1].quantity)


def _deed(here: Utterance, at: int) -> bool:
    """ "claims the bombing that killed 11": it says who did it, not how many died."""
    if leads_clause(here.units, at + 1):
        return False  # "claimed IT HAD repulsed the attack"
    for k in range(at + 1, min(at + 6, len(here.units))):
        unit = here.units[k]
        if unit.quantity or unit.low in (",", ";"):
            return False
        if unit.has("structure.strike", "say.deeds"):
            return unit.low != "responsibility"
    return False


def _continues(here: Utterance, at: int) -> bool:
    """ "UNAMA voiced concern AND CONFIRMED that …", "the TTP claimed the raid AND HAS SAID …"."""
    before = before_adverbs(here.units, at)
    if here.low(before) in HAVE:
        before = before_adverbs(here.units, before)
    return here.low(before) in ("and", "but")


def _touches(here: Utterance, left: Found, at: int) -> bool:
    """ "Asim Iftikhar Ahmad, told …", "Fitrat, a deputy spokesman, said": the name before the comma is the subject."""
    first = left[1]
    if not any(looks_finite(u) or is_verb(u) for u in here.units[:at]):
        return True
    aside = any(
        u.low == "," for u in here.units[first : at - 1]
    )  # "the mission's report, MEANWHILE, counted"
    return aside and not any(looks_finite(u) or is_verb(u) for u in here.units[:first])


def _nothing_follows(here: Utterance, first: int, at: int) -> bool:
    """Whether what follows a verb of saying is no clause: "…, police said on Monday.", "… in a note that Kabul rejects."."""
    if here.low(at + 1) != "that" and leads_clause(here.units, at + 1):
        return False  # "villagers count 14 dead, Pakistan says IT BOMBED a camp"
    for k, unit in enumerate(here.units[at + 1 : at + 8], at):
        if unit.low in (",", ".", ";", ":", ")") or unit.low in QUOTES:
            return True
        if unit.low == "that":
            return _is_told(here, first)
        if unit.quantity and unit.quantity.kind == "count" and here.low(k) not in PREPOSITIONS:
            return False  # but "ISPR said IN TWO statements"
    return True


def _is_told(here: Utterance, first: int) -> bool:
    """Whether a whole sentence stands before a speaker: "Shells killed 40, the mission said", not "After a raid, …"."""
    lead = here.units[0].low
    whole = here.low(first - 1) == "," and any(looks_finite(u) or is_verb(u) for u in here.units[:first])
    return whole and not (lead in PREPOSITIONS or lead in LEADS or lead.endswith("ing"))
