"""Which side the counted belong to, where their noun does not say it: by place, by who struck, by who speaks."""

from __future__ import annotations

import re

from bot.news.figures.claimants.sayings import CLAIMS as SAID_CLAIMS
from bot.news.figures.parties.deed import sender
from bot.news.figures.parties.foreground import is_set_against, names_line
from bot.news.figures.parties.sides import LOOK, Surroundings
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import Unit, is_verb
from bot.news.model import OTHER_SIDE
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set

NOWHERE = frozenset(("border", "none", "UN", "militants"))  # no country
CLAIMS = SAID_CLAIMS | word_set("statement statements boast boasts denial")
CLAUSE_ENDS = re.compile(r";|, (?:while|but|whereas)\b")
FOE = 5  # units after "clashes with" in which the foe stands
ANOTHER = re.compile(r"\band an? ")
CLAIM = 3  # words from "Afghan" to its claim
CLOSE = 60  # a place so near after a number says more than one before it
REACH = 140  # characters after a number in which a place still says where


def side_from_words(phrase: Phrase, sentence: Sentence, around: Surroundings, kind: str) -> str:
    """The side of people whom their noun does not place."""
    start, speaker_side = phrase.quantity.start, around.voice.side
    struck = _struck_by(sentence, around, phrase)
    if struck and kind != "security" and not _told_where(around, start):
        return OTHER_SIDE[struck]
    if kind == "security":
        side = speaker_side if speaker_side in NATIONS else ""
        if foe := _foe(sentence, around, phrase):
            return OTHER_SIDE[foe]
        if side and side == OTHER_SIDE.get(struck):
            return side  # "four policemen were hurt by Pakistani shelling", says Khost's police chief
        last = (
            phrase.last if phrase.head == "security" else phrase.tail + 4
        )  # "311 personnel of the forces", "of the 203 CORPS"
        two_sided = around.names.ground.two_sided
        of_either = phrase.noun in two_sided or any(
            u.low in two_sided for u in sentence.units[phrase.at : last]
        )
        return _security_side(of_either, around, start, side, struck)
    own = kind == "civilians" and speaker_side in NATIONS and bool(around.between(around.start, around.end))
    if (
        own and phrase.quantity.kind == "zero"
    ):  # "no civilian was hit", it says of where it is told to have struck
        told = around.told_places(0, start, exact=True)
        return told[-1] if told else _place_side(around, start, own)
    return _place_side(around, start, own)  # a state counts its own civilians


def _foe(sentence: Sentence, around: Surroundings, phrase: Phrase) -> str:
    """ "killed in fighting WITH PAKISTANI FORCES", "in a clash WITH THE TALIBAN": whom the counted fought."""
    if sentence.said.isdisjoint(("structure.fighting", "structure.violence")):
        return ""
    for at in range(phrase.last, min(len(sentence.units) - 1, phrase.last + LOOK)):
        if sentence.low(at) not in ("with", "against") or not sentence.has(
            at - 1, "structure.fighting", "structure.violence"
        ):
            continue
        after = sentence.units[at + 1 : at + FOE]
        named = around.between(after[0].start, after[-1].end)
        return next((m.side for m in named if m.side in NATIONS and not m.is_place), "")
    return ""


def _told_where(around: Surroundings, start: int) -> bool:
    """Whether the sentence says where, of another thing than what came before it."""
    at = around.first_place(start, around.end)[1]
    after = at >= 0 and not is_set_against(around.text[start:at])
    return after or bool(around.places(around.start, start))


def _struck_by(sentence: Sentence, around: Surroundings, phrase: Phrase) -> str:
    """ "Pakistani air strikes killed 46 people": whose strikes, where no place is named."""
    if "structure.strike" not in sentence.said:
        return ""
    for at in range(max(0, phrase.at - LOOK), min(len(sentence.units), phrase.at + LOOK + 1)):
        unit = sentence.units[at]
        if "structure.strike" not in unit.tags or (at > phrase.last and _turns_to(sentence, at)):
            continue
        before = around.between(sentence.units[max(0, at - 2)].start, unit.start)
        sides = [m.side for m in before if m.side in NATIONS and _are_of(m, around, unit)]
        if side := sides[-1] if sides else sender(sentence, around, at):
            return side if side in NATIONS else ""
    return ""


def _turns_to(sentence: Sentence, at: int) -> bool:
    """ "After gunmen killed nine policemen, PAKISTANI DRONES BOMBED Khost": who strikes in a clause of its own."""
    acts = at + 1 < len(sentence.units) and is_verb(sentence.units[at + 1])
    return acts and any(sentence.low(k) == "," for k in (at - 1, at - 2))


def _are_of(mention: Mention, around: Surroundings, strike: Unit) -> bool:
    """ "in PAKISTAN'S air strikes", "PAKISTANI JETS": whose they are, not where."""
    owner = around.text[mention.end : mention.end + 2] in ("'s", "’s")
    adjective = mention.kind in ("demonym", "state") and not around.places(mention.start, mention.end)
    return owner or adjective or (mention.end == strike.end and "people.security" not in strike.tags)


def _security_side(two_sided: bool, around: Surroundings, start: int, speaker_side: str, struck: str) -> str:
    """Soldiers whom nobody calls Afghan or Pakistani: by the nearest people or place named.

    Nobody says "soldiers" or "policemen" of the Taliban without saying so; guards and forces have two sides.
    """
    named = [
        m
        for m in around.between(around.start, start)
        if m.side in NATIONS
        and (m.kind == "demonym" or m.is_place)
        and not m.dateline
        and not _claims(m, around, start)
    ]
    if two_sided:
        if named:
            return named[-1].side
        return OTHER_SIDE.get(struck, "") or around.first_place(start, around.end)[0] or speaker_side
    sides = {m.side for m in around.names.mentions}
    known = speaker_side in NATIONS or "PK" in sides or sides <= NOWHERE
    return "PK" if known else named[-1].side if named else ""


def _claims(mention: Mention, around: Surroundings, until: int) -> bool:
    """ "the AFGHAN CLAIM that nine soldiers died", "the AFGHAN BORDER": whose word or line it is, not whose soldiers."""
    if mention.kind != "demonym":
        return False
    rest = [word.strip(".,;:") for word in around.text[mention.end : until].lower().split()]
    return names_line(rest) or any(word in CLAIMS for word in rest[:CLAIM])


def _place_side(around: Surroundings, start: int, own: bool) -> str:
    """The country of the nearest place that the text names: after, before, earlier, anywhere; else the speaker's."""
    after, at = around.first_place(start, min(around.end, start + REACH))
    if after and is_set_against(around.text[start:at]):
        after = ""  # "killed three, HOURS AFTER a bombing in Bannu"
    clauses = [m.end() for m in CLAUSE_ENDS.finditer(around.text, around.start, start)] if own else []
    before = around.told_places(
        clauses[-1] if clauses else around.start, start
    )  # "…; Kabul reports 19 civilians dead"
    if after and before and ANOTHER.search(around.text, start, at):
        after = ""  # "killed 14 civilians AND AN AMBUSH in Tirah"
    if after and (before or own) and CLAUSE_ENDS.search(around.text, start, at):
        after = ""  # "88 dead, WHILE officials in Bannu say …"
    if after and (not before or at - start < CLOSE):
        return after
    if before:
        return before[-1]
    paragraph = around.told_places(max(0, around.text.rfind("\n", 0, around.start)), around.start, exact=True)
    if around.voice.home:
        return paragraph[-1] if paragraph and not own else around.voice.home
    earlier = around.told_places(0, around.start, exact=True)
    if side := earlier[-1] if earlier else around.dateline():
        return side
    if earlier := around.told_places(0, around.start):
        return earlier[-1]
    named = set(around.places(0, len(around.text)))
    if len(named) == 1:
        return named.pop()
    sides = {m.side for m in around.names.mentions if m.side in NATIONS and not around.is_elsewhere(m)}
    return sides.pop() if len(sides) == 1 else around.written_in()
