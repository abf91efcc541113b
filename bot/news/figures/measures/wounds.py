"""Wounds that are borne, treated and brought to hospital."""

from __future__ import annotations

from bot.news.figures.measures.binding import chained_before, object_of, propose, subjects
from bot.news.figures.measures.subjects import subject
from bot.news.figures.sentence.clause import PEOPLE_HEADS, Sentence, before, fits, quantity_near
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import BE
from bot.news.text.words import word_set

BEARING = word_set("with suffering nursing bearing")  # wounds
TAKEN = word_set("taken brought shifted airlifted admitted evacuated ferried flown")
REACH = 8  # units in which those who are counted may be said to bear wounds


def brought(sentence: Sentence, at: int) -> None:
    """ "Eleven others were BROUGHT to the hospital in Urgun", "ambulances TOOK nine people to clinics"."""
    if "wounded.hospitals" not in sentence.said:
        _moved_on(sentence, at)
        return
    last = at + 1
    while last < min(len(sentence.units), at + REACH) and sentence.low(last) not in (
        ",",
        ";",
        "and",
        "where",
    ):
        if sentence.has(last, "wounded.hospitals"):
            break
        last += 1
    else:
        _moved_on(sentence, at)
        return
    if are_ill(sentence, last):
        return
    chained = chained_before(sentence, before(sentence, at))
    if sentence.low(chained) in BE:
        who = subject(sentence, chained, "wounded", False) if "wounded.doctors" in sentence.said else None
        if who is None or not sentence.has(
            who.last - 1, "wounded.doctors"
        ):  # "ten NURSES were sent to hospital"
            subjects(sentence, at, "wounded", "passive", 1, start=chained)
        return
    if sentence.low(at) in TAKEN and not quantity_near(sentence, at + 1):
        subjects(sentence, at, "wounded", "reduced", 2, adjacent=True)  # "Nine TAKEN to hospital after blast"
        return
    phrase = object_of(sentence, at)
    if phrase and phrase.tail < last and fits(phrase, "wounded"):
        propose(sentence, phrase, "wounded", "active", at, 2)


def are_ill(sentence: Sentence, at: int) -> bool:
    """ "taken to hospital WITH CHOLERA": no wounds."""
    if "wounded.ills" not in sentence.said:
        return False
    return any(sentence.has(k, "wounded.ills") for k in range(at, at + REACH))


def _moved_on(sentence: Sentence, at: int) -> None:
    """ "38 of the wounded were driven to Tank and NINE WERE FLOWN to Peshawar": wounded as those before them."""
    chained = chained_before(sentence, before(sentence, at))
    if sentence.low(at + 1) == "in" and sentence.low(chained) in BE and sentence.has(at + 2, "wounded.state"):
        subjects(
            sentence, at, "wounded", "passive", 1, start=chained
        )  # "more than 200 were brought in WOUNDED"
        return
    wounded = any(sentence.has(k, "wounded.noun", "wounded.done", "wounded.state") for k in range(at))
    to = at + 1 + (sentence.low(at + 1) == "on")  # "sent ON to Jalalabad"
    if not wounded or sentence.low(to) != "to" or sentence.low(chained) not in BE:
        return
    phrase = subject(sentence, chained, "wounded", False)
    if phrase and phrase is not sentence.phrases[0] and not phrase.head and phrase.quantity.kind == "count":
        phrase.subset = True
        propose(sentence, phrase, "wounded", "passive", at, 2, passive=True)


def treated(sentence: Sentence, at: int) -> None:
    """ "Doctors TREATED 17 people", for wounds and not for fever."""
    phrase = object_of(sentence, at)
    if phrase is None or not fits(phrase, "wounded") or phrase.head not in PEOPLE_HEADS:
        return
    if phrase.noun == "patients" or sentence.has(phrase.tail, "scope.daily"):
        return  # "hospitals treat several hundred Afghans A MONTH"
    reason = sentence.low(phrase.tail) == "for"
    if not reason or injuries(sentence, phrase.tail):
        propose(sentence, phrase, "wounded", "active", at, 2)


def with_wounds(sentence: Sentence, phrase: Phrase) -> bool:
    """ "40 patients WITH BLAST INJURIES", "15 were evacuated WITH BURNS"."""
    if not fits(phrase, "wounded") or phrase.quantity.kind == "zero":
        return False
    known = sentence.bound.get(phrase.at)
    if known and known.measure not in ("other", "wounded", "displaced"):
        return False
    passed = next((last + 1 for last, first in sentence.aside.items() if first == phrase.tail), phrase.tail)
    for at in range(passed, min(len(sentence.units), passed + REACH)):
        if sentence.low(at) in BEARING:
            return injuries(sentence, at)
        if sentence.low(at) in ("and", ",", ";", ":") or sentence.units[at].quantity:
            return False
    return False


def injuries(sentence: Sentence, at: int) -> bool:
    """ "sustained SPLINTER INJURIES": the words between are no number."""
    for unit in sentence.units[at + 1 : at + 4]:
        if unit.quantity or not unit.word:
            return False
        if unit.has("wounded.noun", "wounded.hurts"):
            return True
    return False
