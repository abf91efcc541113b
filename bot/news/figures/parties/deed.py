"""The clause of a number: who did it, whether he tells it himself, and what he went for.

"It killed 58", "said ITS JETS had killed 40", "GUNMEN stormed A POST, killing 13", "TROOPS intercepted A GROUP, killing 12",
"killed BY PAKISTANI SHELLING". Whose people were hit follows: nobody claims to have killed his own.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.news.figures.parties.number import Number
from bot.news.figures.parties.sides import COMING, Surroundings
from bot.news.figures.sentence.clause import TIMES, Sentence
from bot.news.figures.sentence.units import ADVERBS, BE, DASHES, DETERMINERS, HAVE, PREPOSITIONS, is_verb
from bot.news.model import HARM
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set

SPEAKERS = (*NATIONS, "militants")
DEEDS = word_set("killed wounded casualties captured abducted")
MOURNING = word_set(
    "treated treating treats received receives buried bury buries burying mourned mourn mourns mourning"
)
SELF = word_set("it they")
WHOSE = word_set("its their his")
MEN = word_set("men fighters fighter members mujahideen side")
QUOTES = frozenset(("that", '"', "“", "”", "'", "‘", "’"))
OPENS = word_set("; : ( that who which whose but while whereas")  # what begins a clause
RELATIVE = word_set("who which that")
GROUPS = word_set(
    "group groups organisation outfit outfits faction factions network"
)  # of militants, where any are named
BOMBERS = word_set("bomber bombers") | {"suicide bomber", "suicide bombers"}
LEAVES = word_set("left leaving leaves claimed claiming claims cost costing costs")
BAND = word_set(
    "group groups band bands gang gangs cell cells network formation formations column infiltration incursion attempt attempts "
    "bid bids attack assault compound compounds hideout hideouts den dens intruders"
)
INTRUDES = word_set("infiltrate infiltrating sneak sneaking intrude intruding")  # "killed trying to SNEAK in"
SENT = frozenset(("by", "from"))
OPERATION = word_set("operation operations encounter encounters ibo ibos")
HUNTED = OPERATION | INTRUDES | {"opened"}
FORCES = ("people.security", "people.taliban")
ARMS = ("structure.strike", "things.vehicles_equipment")
LONGEST = 40  # characters of a name
NOUN = 4  # units of a noun phrase
ASIDE = 8  # units of "the spokesman in Kabul said"
AGENT = 6  # units after "by" in which it is said by whom
HUNT = 7  # units after "killed" in which it is said how


ACTING = SELF | GROUPS | BOMBERS | MEN | {"we"}  # who may act, though no list and no capital names him


class Deed(NamedTuple):
    """What was done to a number's people."""

    actor: str = ""  # the side whose men or arms did it; "militants"
    told: bool = False  # by whoever speaks, of himself
    fire: bool = False  # by shells and bombs, which hit whoever is there
    aim: str = ""  # whom or what it was aimed at: militants, taliban, civilians, security (a post, a patrol)


class Actor(NamedTuple):
    """Who acts in a clause: his side, and where his words end."""

    side: str
    at: int
    told: bool = False
    fire: bool = False


NOBODY = Actor("", -1)


def deed_of(number: Number) -> Deed:
    """Who did what befell a number's people, as far as the sentence says."""
    bound, sentence, around = number
    if bound.verb < 0 or sentence.low(bound.verb) in MOURNING:
        return Deed()  # "we have BURIED 318"
    if sentence.low(bound.phrase.at - 1) in LEAVES:  # "a blast LEFT 12 dead", "CLAIMED 12 lives"
        actor = subject(
            sentence, around, bound.phrase.at - 1, sentence.low(bound.phrase.at - 1).endswith("ing")
        )
        return Deed(
            actor.side,
            actor.told,
            actor.fire,
            _aim(sentence, around, actor.at + 1, bound.phrase.at) if actor.at >= 0 else "",
        )
    listed = bound.rule == "listed" and bound.verb < bound.phrase.at and not bound.passive
    if listed or bound.rule in ("active", "doing"):
        actor = subject(sentence, around, bound.verb, bound.rule == "doing")
        aim = _aim(sentence, around, actor.at + 1, bound.phrase.at)
        aim = aim if actor.at >= 0 else ""
        if actor.side == "militants" and not aim:  # "AT A CHECKPOST militants killed three"
            here = _aim(sentence, around, _opening(sentence, actor.at) + 1, actor.at)
            aim = here if here == "security" else ""
    else:
        actor, aim = _by(sentence, around, bound.verb), _hunted(number)
    return Deed(actor.side, actor.told and actor.side in SPEAKERS, actor.fire, aim)


def subject(sentence: Sentence, around: Surroundings, verb: int, doing: bool = False) -> Actor:
    """Who does what a verb tells: the first in its clause who is no object, else whom the clause before it named."""
    at = verb - 1
    while sentence.low(at) in HAVE or sentence.low(at) in ADVERBS:
        at -= 1
    if sentence.low(at) in ("to", "of") and _claims(sentence, at - 1) and sentence.low(at - 2) not in BE:
        return Actor(
            around.voice.side, at, told=True
        )  # "claims TO HAVE killed 58", "boasted OF killing nine"
    if doing and sentence.has(at, "say.verbs"):
        return Actor(around.voice.side, at, told=True)  # "claims KILLING 58"
    beside = _actor(sentence, around, at) if at >= 0 else NOBODY
    if beside is not NOBODY:
        return beside  # "it lost 23 men and THE TALIBAN lost 200"
    while at >= 0:
        opens = _opening(sentence, at)
        if sentence.low(opens) in RELATIVE and not _claims(sentence, opens - 1) and opens == at:
            return _last(sentence, around, _opening(sentence, opens - 1) + 1, opens)
        found = NOBODY
        for k in range(opens + 1, at + 1):
            actor = _actor(sentence, around, k)
            if actor.at >= 0 and (found is NOBODY or sentence.low(_first(sentence, around, k) - 1) == ","):
                found = actor  # "… killed nine in Hangu, DRONES bombed Khost"
        if found is not NOBODY:
            return found
        closed = opens < at and sentence.low(verb - 1) != "," and not doing  # "hours after BOMBS killed five"
        if opens < 0 or closed or sentence.low(opens) in (";", ":") or _claims(sentence, opens):
            break
        at = opens - 1
    return NOBODY


def _opening(sentence: Sentence, at: int) -> int:
    """The unit that opens the clause of another one; -1 where the sentence does."""
    while at >= 0:
        unit = sentence.units[at]
        says = "say.verbs" in unit.tags and sentence.low(at - 1) not in BE
        if says and sentence.low(at + 1) == "," and (aside := _comma(sentence, at)) > 0:
            at = aside - 1  # "The Afghan side, HE SAID, lost 73 posts"
            continue
        apart = (
            unit.low in DASHES and at > 0 and unit.start > sentence.units[at - 1].end
        )  # "PESHAWAR, Pakistan - …"
        if (
            apart
            or unit.low in OPENS
            or ((says or "structure.causal" in unit.tags) and at not in sentence.aside)
        ):
            break
        at -= 1
    return at


def _comma(sentence: Sentence, at: int) -> int:
    """The comma that opens what is said in passing up to a unit; -1 where none does."""
    return next((k for k in range(at - 1, max(-1, at - ASIDE), -1) if sentence.low(k) == ","), -1)


def _last(sentence: Sentence, around: Surroundings, start: int, end: int) -> Actor:
    """ "strikes WHICH killed nine": of the one named last."""
    found = (
        _actor(sentence, around, k, anywhere=True) for k in range(end - 1, max(start, end - NOUN) - 1, -1)
    )
    return next((actor for actor in found if actor.at >= 0), NOBODY)


def _actor(sentence: Sentence, around: Surroundings, at: int, anywhere: bool = False) -> Actor:
    """Who acts, where a unit names somebody who may: a pronoun, fighters, forces, their arms, a state."""
    unit = sentence.units[at]
    if not (unit.tags or unit.capital or unit.low in ACTING):
        return NOBODY
    if unit.low == "we":
        return Actor(around.voice.side, at, told=True)
    if unit.low in SELF:
        told = _claims(sentence, at - 1) or (
            sentence.low(at - 1) in (";", ":") and around.voice.side in SPEAKERS
        )
        return Actor(around.voice.side, at, told) if told else _meant(sentence, around, at)
    if unit.has("structure.of_militants") or unit.low in BOMBERS:
        return Actor("militants", at, fire=True)
    if at in sentence.owner and not unit.has("people.militants"):
        return NOBODY  # who is counted does nothing
    group = unit.low in GROUPS and "militants" in around.sides()
    army = f"names.{around.names.ground.army}"
    forces = group or unit.has("people.militants", army, *FORCES) or unit.low in MEN
    arms = unit.has(*ARMS)
    named = _named(around, unit.start, unit.end)
    if not (forces or arms or named):
        return NOBODY
    first = _first(sentence, around, at)
    if not anywhere and _is_object(sentence, around, first):
        return NOBODY
    if named and not (forces or arms):
        return Actor(named.side, at) if named.kind in ("state", "group", "office") else NOBODY
    owner = next((k for k in range(first, at + 1) if sentence.low(k) in (*WHOSE, "our")), -1)
    if owner >= 0:
        told = _claims(sentence, owner - 1)
        side = around.voice.side if told else _meant(sentence, around, owner).side
        return Actor(side, at, told, arms and not forces)
    side = _side(sentence, around, first, at) or (sender(sentence, around, at) if arms else "")
    return Actor(side, at, False, arms and not forces)


def sender(sentence: Sentence, around: Surroundings, at: int) -> str:
    """ "shells FIRED BY THE TALIBAN", "mortars FROM KUNAR", not "attacks FROM Nuristan TO Paktika": whose arms they are."""
    behind = at + 1 + (sentence.low(at + 1) in COMING)
    near = sentence.units[behind + 1 : behind + NOUN]
    if sentence.low(behind) not in SENT or any(u.low == "to" for u in near):
        return ""
    named = around.between(near[0].start, near[-1].end) if near else ()
    return next((m.side for m in named if m.side in SPEAKERS), "")


def _is_object(sentence: Sentence, around: Surroundings, first: int) -> bool:
    """ "bombed MILITANTS", "a raid on THE TALIBAN", "crossed from AFGHANISTAN", "in Kohat AND RAWALPINDI": no subject."""
    before = sentence.low(first - 1).rpartition(" ")[2]
    if before == "and" and first > 1:
        return _is_object(sentence, around, _first(sentence, around, first - 2))
    return before in PREPOSITIONS or (first > 0 and is_verb(sentence.units[first - 1]))


def _meant(sentence: Sentence, around: Surroundings, at: int) -> Actor:
    """Whom "it" and "they" stand for: who acts first in the sentence before them, else who speaks."""
    for k in range(at):
        actor = _actor(sentence, around, k) if sentence.low(k) not in (*SELF, *WHOSE) else NOBODY
        if actor.side:
            return actor._replace(at=at, fire=False)
    return Actor("", at)


def _first(sentence: Sentence, around: Surroundings, at: int) -> int:
    """Where the noun phrase that ends at a unit begins: not with the day or town of "by noon TROOPS", "in Tank POLICE"."""
    first = at
    while first > max(0, at - NOUN) and sentence.low(first) not in DETERMINERS:
        unit = sentence.units[first - 1]
        linked = unit.low in PREPOSITIONS or unit.low in TIMES or unit.low in ("of", "by", "and", "or")
        if linked or (not unit.word and unit.low != "'s") or is_verb(unit):
            break
        if unit.has("say.verbs", "structure.causal") or any(
            m.is_ground for m in around.between(unit.start, unit.end)
        ):
            break
        first -= 1
    return first


def _side(sentence: Sentence, around: Surroundings, first: int, at: int) -> str:
    """The side of a noun phrase: as a name in it says, else its noun."""
    unit = sentence.units[at]
    named = _named(around, sentence.units[first].start, unit.end, demonyms=True)
    if named:
        return named.side
    if unit.has("people.militants") or unit.low in GROUPS:
        return "militants"
    if unit.has("people.taliban"):
        return "AF"
    if not unit.has("people.security", f"names.{around.names.ground.army}"):
        return ""
    return around.voice.side if around.voice.side in NATIONS else around.written_in() or "PK"


def _named(around: Surroundings, start: int, end: int, demonyms: bool = False) -> Mention | None:
    """The last one named in a stretch who may act."""
    named = (m for m in around.between(start - LONGEST, end) if m.end > start and not m.dateline)
    kept = (m for m in named if m.side in SPEAKERS and (m.is_actor or (demonyms and m.kind == "demonym")))
    return next(reversed(list(kept)), None)


def _claims(sentence: Sentence, at: int) -> bool:
    """Whether a unit says, perhaps before "that" or a quotation mark."""
    while sentence.low(at) in QUOTES:
        at -= 1
    return sentence.has(at, "say.verbs")


def _by(sentence: Sentence, around: Surroundings, verb: int) -> Actor:
    """ "killed BY Pakistani shelling", "killed IN AIR STRIKES by Pakistan"."""
    if sentence.low(verb + 1) not in ("by", "in", "from"):
        return NOBODY
    found = (
        _actor(sentence, around, k, anywhere=True)
        for k in range(verb + 2, min(len(sentence.units), verb + AGENT))
    )
    return next((actor for actor in found if actor.side), NOBODY)


def _aim(sentence: Sentence, around: Surroundings, start: int, end: int) -> str:
    """Whom or what somebody went for, between his name and the number."""
    aims: set[str] = set()
    for at in range(start, end):
        unit = sentence.units[at]
        if not (unit.tags or unit.low in BAND) or at in sentence.bound or sentence.low(at - 1) == "from":
            continue
        if unit.has("people.militants") or unit.low in BAND:
            aims.add("militants")
        if unit.has("people.taliban"):
            aims.add("taliban")
        if unit.has("people.civilians", "people.refugees"):
            aims.add("civilians")
        if unit.has("structure.manned", "people.security", "things.positions"):
            aims.add("security")
    return next((aim for aim in ("civilians", "taliban", "militants", "security") if aim in aims), "")


def _hunted(number: Number) -> str:
    """ "killed IN AN OPERATION", "… when they OPENED FIRE ON a raiding party", "a group WAS STOPPED, with 22 killed"."""
    bound, sentence, around = number
    if not sentence.said.isdisjoint(HUNTED):
        said = [unit.low for unit in sentence.units[bound.verb + 1 : bound.verb + HUNT]]
        operation = said[:1] in (["in"], ["during"]) and not OPERATION.isdisjoint(said)
        if operation or not INTRUDES.isdisjoint(said) or said[:4] == ["when", "they", "opened", "fire"]:
            return "militants"
    if "structure.repels" not in sentence.said:
        return ""
    for at in range(min(bound.verb, bound.phrase.at) - 1, 0, -1):
        if at in sentence.bound and sentence.bound[at].measure in HARM:
            break
        if sentence.has(at, "structure.repels"):
            passive = sentence.low(at - 1) in BE
            return (
                _aim(sentence, around, 0, at) if passive else _aim(sentence, around, at + 1, bound.phrase.at)
            )
    return ""
