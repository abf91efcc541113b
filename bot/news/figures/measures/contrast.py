"""Numbers that are taken back: "nine people, NOT 11, were killed", "four, rather than the 70 Pakistan boasts of"."""

from __future__ import annotations

from itertools import pairwise

from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase, read_noun
from bot.news.figures.sentence.units import ADVERBS, BE, DETERMINERS, is_verb
from bot.news.text.words import word_set

MARKED = frozenset(("structure.contrast", "structure.former"))
EARLIER = word_set("first earlier initially previously originally before")
CLOSING = {",": ",", "(": ")", "-": "-", "–": "–", "—": "—"}
STOPS = word_set(", ; : . ) - – —")
BREAKS = frozenset((";", ":", ".", "that", "but"))
ONLY = frozenset(("just", "only"))  # "not only four policemen": they are counted, too
REACH = 9  # units after a number in which somebody may be named whose it is
BEHIND = 20  # units behind a number where "not seven" may still take one back


def set_apart(sentence: Sentence) -> None:
    """Pass over "not 11" as an aside, before happenings look for their numbers; nobody's 11 is no figure."""
    if sentence.said.isdisjoint(MARKED):
        return
    for one, other in zip(sentence.phrases, sentence.phrases[1:], strict=False):
        mark = _mark(sentence, one, other)
        if mark < 0:
            continue
        last = _last(sentence, mark, other)
        _share_noun(sentence, one, other, last)
        if sentence.low(last) == CLOSING.get(sentence.low(mark)) or sentence.low(mark) not in CLOSING:
            sentence.aside[last] = mark
        told = not sentence.has(_word(sentence, other), "structure.former") and _is_told(sentence, other)
        if not told:
            other.head = "never"
            paired = sentence.owner.get(other.last + 1) if sentence.low(other.last) == "and" else None
            if paired and not paired.head and not paired.measure:
                paired.head = "never"  # "89 deaths and 312 injuries, up from 41 AND 120"


def bind_told(sentence: Sentence) -> None:
    """ "contrary to THE 36 announced by Islamabad": what another counted is of the same; "six, not nine" is a revision."""
    if sentence.said.isdisjoint(MARKED):
        return
    for one, other in pairwise(sentence.phrases):
        if other.head == "never" and one.at in sentence.bound and _mark(sentence, one, other) >= 0:
            sentence.bound[one.at].update = "revision"
    counted = [p for p in sentence.phrases if p.head != "never"]
    for one, other in pairwise(counted):
        known = sentence.bound.get(one.at)
        bare = other.head in ("", one.head) or sentence.has_capital(
            other.at + 1
        )  # "the 70 PAKISTAN boasts of"
        if known and bare and other.at not in sentence.bound and _mark(sentence, one, other) >= 0:
            sentence.bound[other.at] = Bound(other, known.measure, "elliptic", -1, 6)


def _mark(sentence: Sentence, one: Phrase, other: Phrase) -> int:
    """Where what sets a number apart from the one before it begins; -1 where nothing does."""
    word = _word(sentence, other)
    if not sentence.has(word, *MARKED) or sentence.low(word + 1) in ONLY:
        return -1
    mark = word - (sentence.low(word - 1) == "and")
    mark -= sentence.low(mark - 1) in CLOSING
    if mark in (one.last, one.tail):
        return mark
    apart = (
        sentence.low(mark) in CLOSING and 0 < mark - one.last < BEHIND
    )  # "four people in Khost, not seven"
    between = sentence.units[one.last : mark] if apart else ()
    return mark if apart and not any(u.quantity or u.low in BREAKS for u in between) else -1


def _word(sentence: Sentence, other: Phrase) -> int:
    """Where "not" or "rather than" stands, if it does."""
    at = other.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in DETERMINERS:
        at -= 1
    return at


def _last(sentence: Sentence, mark: int, other: Phrase) -> int:
    """The last unit of what is set apart: its closing mark, else the number's own last word."""
    closing = CLOSING.get(sentence.low(mark), "")
    if closing:
        for at in range(other.last, min(len(sentence.units), other.last + REACH)):
            if sentence.low(at) == closing and sentence.low(at + 1) != "as":
                return at
    return max(other.last, other.at + 1) - 1


def _share_noun(sentence: Sentence, one: Phrase, other: Phrase, last: int) -> None:
    """ "Seven and not 17 CIVILIANS", "four, not seven, PEOPLE": the noun of both, said once."""
    if one.head or one.measure or one.partitive:
        return
    if other.head:
        one.head, one.noun, one.away = other.head, other.noun, range(other.at + 1, other.last)
        return
    shared = Phrase(one.at, one.quantity, last + 1, last + 1)
    read_noun(sentence.units, shared, last + 1)
    if shared.head not in ("", "unknown", "refused") and not shared.measure:
        one.head, one.noun, one.away = shared.head, shared.noun, range(last + 1, shared.last)


def _is_told(sentence: Sentence, other: Phrase) -> bool:
    """Whether somebody is named whose number it is: "as Kabul alleges", never "as first reported" or "as reported earlier"."""
    for at in range(max(other.last, other.at + 1), min(len(sentence.units), other.last + REACH)):
        unit = sentence.units[at]
        if unit.low in EARLIER or (unit.low in STOPS and sentence.low(at + 1) != "as"):
            return False
        if unit.capital or any(tag.startswith("say.") for tag in unit.tags):
            return sentence.low(at + 1) not in EARLIER
        if is_verb(unit) or unit.low in BE:
            return False
    return False
