"""A sentence as tagged units: words in their lists, numbers with qualifier and kind, counted nouns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.news.figures.sentence.kinds import ends_date, kind_of, opens_date
from bot.news.figures.sentence.numbers import number_at
from bot.news.figures.sentence.units import (
    DASHES,
    EMPTY,
    Quantity,
    Unit,
    is_verb,
    looks_finite,
    neighbour,
    number_of,
)
from bot.news.figures.sentence.vocabulary import NONE, TOKEN, VAGUE, Longer, Vocabulary, Word
from bot.news.model import Qualifier

QUOTES = frozenset("\"'“”‘’«»")
DOUBLE = frozenset('"“”«»')
FELL, SUNK = ("fell", "fallen"), frozenset(("to", "from", "by", "below"))
SINKS = frozenset(("structure.revision",))  # "the number had FALLEN TO 20": a count, and nobody who fell
SCARE = 7  # units from one mark to the other around words that are no speech
END: Word = ("", EMPTY, False, False, NONE, False)  # behind the last word
Opening = tuple[int, Longer, bool]  # where a word stands, the phrases it begins, whether a number may
QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "over", "nearly", "about", "up_to", "under")
AFTER: tuple[tuple[str, Qualifier], ...] = (
    ("qualifier.at_least_after", "at_least"), ("qualifier.about_after", "about"), ("qualifier.over_after", "over"),
)  # fmt: skip


def read(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Unit]:
    """The units of a sentence: phrases collapsed, numbers found, ranged, sorted into kinds, qualified."""
    found = TOKEN.findall(text, start, end)
    units, numbers = _collapsed(text, *_words(text, start, found, vocabulary))
    if len(numbers) > 1:
        units = _ranges(units, numbers)
        numbers = _numbers(units)
    for at in numbers:
        number_of(units[at]).kind = kind_of(units, at)
    units = _qualified(units, numbers) if numbers else units
    return units if QUOTES.isdisjoint(found) else _unquoted(units)


def _words(
    text: str, start: int, found: Sequence[str], vocabulary: Vocabulary
) -> tuple[list[Unit], list[Opening]]:
    """Each word and mark by itself, and those that may begin more than themselves."""
    words = [*map(vocabulary.word, found), END]
    units: list[Unit] = []
    openings: list[Opening] = []
    for raw, (low, tags, capital, letters, longer, counts) in zip(found, words, strict=False):
        if counts or (longer and words[len(units) + 1][0] in longer):
            openings.append((len(units), longer, counts))
        at = text.index(raw, start)  # only white space stands between two words
        start = at + len(raw)
        units.append(Unit(low, at, start, tags, capital, letters))
    return units, openings


def _collapsed(
    text: str, single: Sequence[Unit], openings: Sequence[Opening]
) -> tuple[list[Unit], list[int]]:
    """The words with each number and each listed phrase as one unit, and where the numbers stand."""
    units: list[Unit] = []
    numbers: list[int] = []
    done = 0
    for at, longer, counts in openings:
        if at < done:
            continue
        unit, last = (counts and _number(text, single, at)) or _phrase(single, at, longer)
        if unit is not single[at] or unit.quantity:
            units += single[done:at]
            if unit.quantity:
                numbers.append(len(units))
            units.append(unit)
            done = last
    return [*units, *single[done:]], numbers


def _number(text: str, single: Sequence[Unit], at: int) -> tuple[Unit, int] | None:
    """The number that begins at a word, and where it ends."""
    number = number_at(single, at)
    if number is None:
        return None
    start, end = single[at].start, single[number.last - 1].end
    quantity = Quantity(number.value, number.value, start, end)
    return Unit(text[start:end].lower(), start, end, quantity=quantity), number.last


def _phrase(single: Sequence[Unit], at: int, longer: Longer) -> tuple[Unit, int]:
    """The longest listed phrase that begins at a word, else the word, and where it ends."""
    unit, last = single[at], at + 1
    second = single[last].low if last < len(single) else ""
    third = single[last + 1].low if last + 1 < len(single) else ""
    for phrase, tags in longer.get(second, ()):
        size = len(phrase)
        more = size > 2 and phrase[2] == third
        if size == 2 or (more and [u.low for u in single[at + 3 : at + size]] == [*phrase[3:]]):
            last = at + size
            unit = Unit(" ".join(phrase), unit.start, single[last - 1].end, tags, unit.capital, unit.word)
            break
    if VAGUE in unit.tags:
        unit.quantity = Quantity(None, None, unit.start, unit.end, qualifier="vague")
    return unit, last


def _unquoted(units: list[Unit]) -> list[Unit]:
    """killed "no fewer than 20" fighters: marks around nothing but a number belong to it."""
    out: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if (
            unit.low in QUOTES
            and at + 2 < len(units)
            and units[at + 1].quantity
            and units[at + 2].low in QUOTES
        ):
            number = units[at + 1]
            number.start, number.end = unit.start, units[at + 2].end
            out.append(number)
            at += 3
            continue
        out.append(unit)
        at += 1
    return out


def without_scare_quotes(units: list[Unit]) -> list[Unit]:
    """ "neutralised" 402 fighters, lost "more than 1,100 citizens": marks around a few words say nothing of what is counted."""
    marks = [at for at, unit in enumerate(units) if unit.low in DOUBLE]
    if len(marks) < 2:
        return units
    dropped: set[int] = set()
    for first, last in pairwise(marks):
        if first not in dropped and 1 < last - first <= SCARE and _is_scare(units[first + 1 : last]):
            dropped |= {first, last}
    return [unit for at, unit in enumerate(units) if at not in dropped]


def _is_scare(inside: Sequence[Unit]) -> bool:
    """A word or two in another's words, and no speech: it would have a verb and a stop."""
    words = all(u.word or u.quantity or u.low == "-" for u in inside)
    return words and (len(inside) == 1 or not any(is_verb(u) or looks_finite(u) for u in inside))


# --------------------------------------------------------------------------- ranges


def _ranges(units: list[Unit], numbers: Sequence[int]) -> list[Unit]:
    """ "10-15", "10 to 15", "two or three", "between 10 and 15" as one number each."""
    out: list[Unit] = []
    done = 0
    for at in numbers:
        if at < done:
            continue
        out += units[done:at]
        done, unit, last = at, units[at], _other_end(out, units, at)
        if last >= len(units) or not units[last].quantity:
            continue
        if _is_range(out, units[at + 1], unit, units[last]):
            low, high, end = number_of(unit).low, number_of(units[last]).high, units[last].end
            start = out.pop().start if out and out[-1].low == "between" else unit.start
            merged = Quantity(low, high, unit.start, end, qualifier="range", approximate_start=start)
            out.append(Unit("range", start, end, quantity=merged))
            done = last + 1
    return [*out, *units[done:]]


def _numbers(units: Sequence[Unit]) -> list[int]:
    return [at for at, unit in enumerate(units) if unit.quantity]


def _other_end(before: list[Unit], units: list[Unit], at: int) -> int:
    """Where the number stands that a range may end with: "10 to 15", "between Rs180 million and RS200 MILLION"."""
    money = before and "kind.currency" in before[-1].tags and neighbour(units, at, 2).has("kind.currency")
    return at + (3 if money else 2)


def _is_range(before: list[Unit], joint: Unit, first: Unit, second: Unit) -> bool:
    if before and before[-1].has("kind.currency"):
        before = before[:-1]
    low, high = number_of(first).low, number_of(second).high
    if low is None or high is None or low >= high or (before and before[-1].low == "from"):
        return False
    if before and opens_date(before, first) and not ends_date(before, second):
        return False  # "since October 2023 to 1.7 million", "the toll since March 3 to 96"
    if joint.low in DASHES:
        return (joint.start == first.end and second.start == joint.end) or joint.low != "-"
    if joint.low == "and":
        return bool(before) and before[-1].low == "between"
    return joint.low in ("to", "or")


# --------------------------------------------------------------------------- qualifiers


def _qualified(units: list[Unit], numbers: Sequence[int]) -> list[Unit]:
    """Attach what stands before ("at least") and after ("or more") a number to it, as one unit."""
    out: list[Unit] = []
    done = 0
    for at in numbers:
        if at < done:
            continue
        out += units[done:at]
        _look_left(out, units, at)
        if len(out) > 1 and out[-1].low in SUNK and out[-2].low.endswith(FELL):
            out[-2].tags = SINKS
        out.append(units[at])
        done = at + 1 + _look_right(units, at)
    return [*out, *units[done:]]


def _look_left(out: list[Unit], units: list[Unit], at: int) -> None:
    unit = units[at]
    quantity = number_of(unit)
    quantity.approximate_start = min(
        quantity.start, unit.start if quantity.approximate_start < 0 else quantity.approximate_start
    )
    taken = 0
    while out and taken < 4:
        last = out[-1]
        if ("kind.currency" in last.tags or last.low == ".") and last.start >= quantity.start:
            out.pop()
            continue
        word = last.within("qualifier")
        if last.quantity or not last.word or not word or word == "vague":
            break
        counts = last.low == "as" and neighbour(units, at, 1).word
        if "." in last.low or (counts and len(out) > 1 and is_verb(out[-2])):
            break  # "12 killed AS two attempts fail", not "gave the number killed AS 61"
        _apply(quantity, last)
        out.pop()
        unit.start = quantity.approximate_start = last.start
        taken += 1
    unit.start = min(unit.start, quantity.approximate_start)


def _apply(quantity: Quantity, word: Unit) -> None:
    for name in QUALIFIERS:
        if word.has("qualifier." + name):
            if quantity.qualifier == "exact":
                quantity.qualifier = name
            return
    if word.has("qualifier.additional"):
        quantity.additional = True
    quantity.family = quantity.family or word.low.endswith(("family of", "household of"))
    if word.low in ("the", "these", "those", "all the", "all", "both", "the other", "the remaining"):
        quantity.definite = True
    if word.low in ("his", "her", "its", "their"):
        quantity.owner = word.low


def _look_right(units: list[Unit], at: int) -> int:
    """Qualifiers after the number: how many units to skip."""
    unit, quantity = units[at], number_of(units[at])
    first = neighbour(units, at, 1)
    if first.low == "+" and first.start == unit.end:
        quantity.qualifier = "over" if quantity.qualifier == "exact" else quantity.qualifier
        unit.end = first.end
        return 1
    glued = first.low == "-" and first.start == unit.end
    skip, word = (1, neighbour(units, at, 2)) if glued else (0, first)
    for after, qualifier in AFTER if word.tags else ():
        if after in word.tags and (qualifier != "over" or skip):
            if quantity.qualifier == "exact":
                quantity.qualifier = qualifier
            unit.end = word.end
            return skip + 1
    if first.low == "more":
        quantity.additional = True
        if neighbour(units, at, 2).low != "than":
            unit.end = first.end
            return 1
    return 0
