"""A bare number that stands for what was counted before: "put the figure at 30", "insists on 408", "Kabul of 58"."""

from __future__ import annotations

from bot.news.figures.sentence.clause import LINKS, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import PREPOSITIONS
from bot.news.text.words import word_set

GIVEN = word_set("at to was is were are as :")
FIGURES = word_set("figure number count tally toll total estimate average")
COMPARED = word_set("lower higher smaller larger bigger different")
NEXT = word_set("next following previous same day night")
SOON = word_set("overnight later earlier yesterday since")
OF_WHOM = word_set("'s media officials sources police army ministry military mission agency")
FIGURE = 8  # units between "the figure" and the number that it is


def stands_alone(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether somebody says a number and nothing of what it counts."""
    at = phrase.at - 1
    after = phrase.at + 1
    if (
        after < len(sentence.units)
        and sentence.units[after].word
        and not sentence.has(after, "say.according", "structure.causal", "say.false")
        and not is_later(sentence, after)
        and sentence.low(after) not in PREPOSITIONS | LINKS
    ):
        return False
    if stood_by(sentence, at) or sentence.has(at, "say.verbs") or sentence.low(at) == "'s":
        return True
    return figure_given(sentence, phrase.at)


def figure_given(sentence: Sentence, at: int) -> bool:
    """ "put the figure at 30", "UNAMA's number is 268", "a figure doctors later raised to 16": the same again."""
    if sentence.low(at - 1) == "of":  # "the figure of eight"
        return sentence.low(at - 2).rpartition(" ")[2] in FIGURES - {"average", "total", "number"}
    if sentence.low(at - 1) in COMPARED and sentence.low(at - 2) == "a":
        return True  # "a lower total of eight"
    if (
        sentence.has(at - 2, "kind.gives", "structure.puts")
        and sentence.low(at - 1).rpartition(" ")[2] in FIGURES
    ):
        return True  # "gave THE FIGURE as 19", "put THE NUMBER above 80"
    if sentence.low(at - 1) in ("to", "at") and sentence.low(at - 2) in ("this", "that"):
        return sentence.has(
            at - 3, "structure.rise", "structure.revision", "structure.puts"
        )  # "raised THAT TO 80"
    if sentence.low(at - 1) not in GIVEN and not sentence.has(at - 1, "structure.rise"):
        return False
    for k in range(at - 1, max(-1, at - FIGURE), -1):
        if sentence.has(k, "structure.anaphor") or sentence.low(k) in FIGURES:
            return sentence.low(k + 1) != "of"  # "the number of the raiders"
        if sentence.low(k) in (",", ";", "(") or (sentence.units[k].quantity and k < at):
            return False
    return False


def stood_by(sentence: Sentence, at: int) -> bool:
    """ "Kabul ADMITS TO nine", "INSISTS ON 408", "as is Islamabad's OF 36", "… speaks of 23, Kabul OF 58"."""
    low = sentence.low(at)
    if low in ("to", "on") and sentence.has(at - 1, "structure.admits", "say.verbs"):
        return True
    speaks = any(sentence.has(k, "say.verbs") and sentence.low(k).endswith(" of") for k in range(at))
    speaks = speaks or sentence.low(at - 1) == "'s"
    return (
        low == "of"
        and speaks
        and (sentence.has_capital(at - 1) or sentence.low(at - 1).rpartition(" ")[2] in OF_WHOM)
    )


def is_later(sentence: Sentence, at: int) -> bool:
    """ "and 14 THE NEXT NIGHT", "and state media of 80 A FEW HOURS LATER"."""
    low = sentence.low(at)
    of_time = sentence.units[at].quantity if 0 <= at < len(sentence.units) else None
    if low == "a" or low.startswith("a ") or (of_time and of_time.kind == "duration"):
        return "later" in (sentence.low(k) for k in range(at + 1, at + 4))
    return low in SOON or (low == "the" and sentence.low(at + 1) in NEXT)
