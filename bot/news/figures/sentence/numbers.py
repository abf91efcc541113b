"""Numbers as reporters write them: digits, words, dozens, lakh and crore, a couple, half a million.

Only the value is read here; whether it counts anything is for `reading` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.news.figures.sentence.units import Unit

ONES = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES = {
    "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "million": 1e6, "mn": 1e6, "crore": 1e7,
    "crores": 1e7, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
GLUED = {"m": 1e6, "bn": 1e9, "k": 1e3, "mn": 1e6, "b": 1e9, "tn": 1e12}  # 1.2m, Rs5bn
OPENERS = frozenset((*ONES, *TENS, "a", "an", "half"))
LONGEST, LARGEST = 18, 1e15  # digits and values beyond which a number is no count
GROUPS = {"hundred": 100.0, "dozen": 12.0, "couple": 2.0}


class Number(NamedTuple):
    """A value and the words that spell it: `first` up to, not including, `last`."""

    value: float
    first: int
    last: int


def number_at(found: Sequence[Unit], at: int) -> Number | None:
    """The number that begins at a word.

    >>> from bot.news.figures.sentence.vocabulary import TOKEN
    >>> def value(text):
    ...     at = [(match[0].lower(), *match.span()) for match in TOKEN.finditer(text)]
    ...     return number_at([Unit(*word) for word in at], 0).value
    >>> value("one hundred and five dead"), value("half a dozen"), value("two dozen men")
    (105.0, 6.0, 24.0)
    >>> value("9,56,720"), value("15 lakh"), value("2.5 crore"), value("1.2m"), value("a couple of men")
    (956720.0, 1500000.0, 25000000.0, 1200000.0, 2.0)
    >>> value("Twenty-seven"), value("five hundred thousand"), value("a million")
    (27.0, 500000.0, 1000000.0)
    """
    low = found[at].low
    if low[0].isdecimal():
        return _digits(found, at) if len(low) <= LONGEST else None
    if low not in OPENERS:
        return None
    if low in ("a", "an"):
        return _with_article(found, at)
    return _half(found, at) if low == "half" else _words(found, at)


def _low(found: Sequence[Unit], at: int) -> str:
    return found[at].low if at < len(found) else ""


def _digits(found: Sequence[Unit], at: int) -> Number:
    value, last = float(found[at].low.replace(",", "").replace("٬", "")), at + 1
    follower = found[last] if last < len(found) else None
    if follower and follower.start == found[at].end and follower.low in GLUED and "m" not in follower.low[1:]:
        scale = GLUED[follower.low]
        if follower.low != "m" or "." in found[at].low or _is_money(found, at):
            return Number(round(value * scale, 6), at, last + 1)
    if (
        follower
        and follower.low == "-"
        and _low(found, last + 1) in SCALES
        and follower.start == found[at].end
    ):
        last += 1  # "a $7-BILLION line"
    value, last = _scaled(found, value, last)
    return Number(value, at, last)


def _is_money(found: Sequence[Unit], at: int) -> bool:
    return at > 0 and found[at - 1].low in {"$", "€", "£", "rs", "pkr", "₨", "₹"}


def _scaled(found: Sequence[Unit], value: float, at: int) -> tuple[float, int]:
    while value < LARGEST and ((word := _low(found, at)) in SCALES or word in ("hundred", "dozen")):
        value = round(value * (SCALES.get(word) or GROUPS[word]), 6)
        at += 1
    return value, at


def _with_article(found: Sequence[Unit], at: int) -> Number | None:
    word = _low(found, at + 1)
    if word in GROUPS:
        if word == "hundred" and _low(found, at + 2) == "and":
            return _words(found, at + 1, first=at)
        value, last = _scaled(found, GROUPS[word], at + 2)
        return Number(value, at, last)
    if word in SCALES and word not in ("mn", "bn", "tn"):
        value, last = _scaled(found, SCALES[word], at + 2)
        return Number(value, at, last)
    return None


def _half(found: Sequence[Unit], at: int) -> Number | None:
    last = at + 1
    while _low(found, last) in ("a", "-"):
        last += 1
    word = _low(found, last)
    if word == "dozen":
        return Number(6.0, at, last + 1)
    if word in SCALES:
        return Number(SCALES[word] / 2, at, last + 1)
    return None


def _words(found: Sequence[Unit], at: int, first: int | None = None) -> Number:
    """Number words from a word on: "five hundred and twelve thousand"."""
    total = current = 0.0
    last = at
    while last < len(found) and total < LARGEST and current < LARGEST:
        word = found[last].low
        if word in ONES and not _clashes(current, ONES[word]):
            current += ONES[word]
        elif word in TENS and not current % 100:
            current += TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word == "dozen" and current:
            current *= 12
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0.0
        elif not _joins(found, last, current, total):
            break
        last += 1
    return Number(total + current, at if first is None else first, last)


def _clashes(current: float, value: int) -> bool:
    """Whether a word below twenty cannot follow: "five three", "thirty twelve"."""
    below = current % 100
    return bool(below) and (value >= 10 or below < 20 or below % 10 != 0)


def _joins(found: Sequence[Unit], at: int, current: float, total: float) -> bool:
    """Hyphen of "twenty-one", "and" of "one hundred and five"."""
    after = _low(found, at + 1)
    if found[at].low == "-":
        glued = (
            at + 1 < len(found)
            and found[at].start == found[at - 1].end
            and found[at + 1].start == found[at].end
        )
        return (
            glued
            and (after in ONES or after in TENS or after in SCALES)
            and not _clashes(current, ONES.get(after, 0))
        )
    if found[at].low == "and":
        round_before = (current and current % 100 == 0) or (total and not current)
        return bool(round_before) and (after in ONES or after in TENS) and (current >= 100 or total >= 1000)
    return False
