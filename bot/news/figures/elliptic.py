"""What a second speaker leaves unsaid: "Kabul claims 58" after "23 soldiers died"."""

from __future__ import annotations

from bot.news.figures.clause import LINKS, PEOPLE_HEADS, THING_HEADS, Bound, Sentence, measure_before
from bot.news.figures.linking import is_linked, is_of_them, is_same_kind
from bot.news.figures.nouns import Phrase
from bot.news.figures.units import ADVERBS, BE, PREPOSITIONS
from bot.news.text import word_set

GIVEN = word_set("at to was is were are as :")
FIGURES = word_set("figure number count tally toll total estimate average")
LORRIES = 30  # units between lorries and a number that waits as they do
FIGURE = 8  # units between "the figure" and the number that it is


def bind_elliptic(sentence: Sentence, before: Bound | None) -> None:
    """ "…; Kabul claims 58", "not the 58 cited by Kabul": what was counted just before is counted again."""
    for phrase in sentence.phrases:
        if not phrase.head and _of_lorries(sentence, phrase, before):
            sentence.bound[phrase.at] = Bound(phrase, "trucks", "elliptic", phrase.last, 6)
            continue
        if phrase.at in sentence.bound or phrase.measure or phrase.quantity.kind != "count":
            continue
        if before and _are_people(sentence, phrase) and measure_before(sentence, phrase.at) is None:
            sentence.bound[phrase.at] = Bound(phrase, before.measure, "elliptic", -1, 6)
            continue
        alone = not phrase.head and _stands_alone(sentence, phrase)
        if not (alone or _gapped(sentence, phrase) or _spoken_of(sentence, phrase)):
            continue
        measure = measure_before(sentence, phrase.at) or (before.measure if before else None)
        if measure and measure not in THING_HEADS:
            sentence.bound[phrase.at] = Bound(phrase, measure, "elliptic", -1, 6)
            _follow(sentence, phrase)


def _are_people(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Four of them ARE CIVILIANS": some of those counted in the sentence before."""
    said = any(u.within("people") for u in sentence.units[phrase.last + 1 : phrase.last + 3])
    return is_of_them(sentence, phrase) and sentence.low(phrase.last) in BE and said


def _of_lorries(sentence: Sentence, phrase: Phrase, before: Bound | None) -> bool:
    """ "5,340 trucks are parked here and another 1,700 STRANDED there": lorries again."""
    at = phrase.last
    while sentence.low(at) in BE or sentence.low(at) in ADVERBS:
        at += 1
    earlier = [b for k, b in sorted(sentence.bound.items()) if k < phrase.at]
    last = earlier[-1] if earlier else before
    waits = sentence.has(at, "traffic.done", "traffic.self")
    if not earlier and any(
        u.has("things.trucks") for u in sentence.units[max(0, phrase.at - LORRIES) : phrase.at]
    ):
        return waits  # "containers need a permit; 3,150 are held up"
    return waits and last is not None and last.measure == "trucks"


def _spoken_of(sentence: Sentence, phrase: Phrase) -> bool:
    """ "18 died; Islamabad SPOKE OF over 80 militants": people who were counted before by somebody else."""
    said = sentence.low(phrase.at - 1) in ("spoke of", "speaks of", "spoken of")
    return said and phrase.head in PEOPLE_HEADS and measure_before(sentence, phrase.at) is not None


def _follow(sentence: Sentence, phrase: Phrase) -> None:
    """ "… 58 soldiers and nine of their own": what is listed after it."""
    index = sentence.phrases.index(phrase)
    for other in sentence.phrases[index + 1 : index + 3]:
        if (
            other.at in sentence.bound
            or not is_linked(sentence, phrase, other)
            or not is_same_kind(phrase, other)
        ):
            return
        sentence.bound[other.at] = Bound(other, sentence.bound[phrase.at].measure, "elliptic", -1, 6)


def _gapped(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Pakistan reported 23 dead, THE TALIBAN 58 soldiers": the verb is left out."""
    if phrase.head not in ("", "security", "militants", "taliban", "civilians", "people"):
        return False
    at = phrase.at - 1
    if at < 2 or not sentence.units[at].capital or sentence.units[at].quantity:
        return False
    at -= 1 if sentence.low(at - 1) != "the" else 2
    said = any(sentence.has(k, "say.verbs") for k in range(at))
    return said and sentence.low(at) in (",", ";", "and", "while", "but")


def _stands_alone(sentence: Sentence, phrase: Phrase) -> bool:
    at = phrase.at - 1
    after = phrase.at + 1
    if (
        after < len(sentence.units)
        and sentence.units[after].word
        and not sentence.has(after, "say.according", "structure.causal", "say.false")
        and sentence.low(after) not in PREPOSITIONS | LINKS
    ):
        return False
    if sentence.has(at, "say.verbs") or sentence.low(at) == "'s":
        return True
    if sentence.low(at) == "not" and (sentence.has(after, "say.according") or sentence.low(after) == "as"):
        return True
    return _figure_given(sentence, phrase.at)


def _figure_given(sentence: Sentence, at: int) -> bool:
    """ "put the figure at 30", "UNAMA's number is 268", "a figure doctors later raised to 16": the same again."""
    if sentence.low(at - 1) == "of":  # "the figure of eight"
        return sentence.low(at - 2).rpartition(" ")[2] in FIGURES - {"average", "total", "number"}
    if sentence.low(at - 1) not in GIVEN and not sentence.has(at - 1, "structure.rise"):
        return False
    for k in range(at - 1, max(-1, at - FIGURE), -1):
        if sentence.has(k, "structure.anaphor") or sentence.low(k) in FIGURES:
            return True
        if sentence.low(k) in (",", ";", "(") or (sentence.units[k].quantity and k < at):
            return False
    return False
