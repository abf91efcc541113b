"""Numbers in the feeds' other languages: digits of any script, words, "twenty and three", "9 lakh 80 thousand"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.text.words import Token

OF_ONE = 2  # words between a number and the "one" that it belongs to
TENS = (20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
COMMAS, POINTS = (",", "٬"), (".", "٫")
JOINER = "\u200c"  # joins the parts of one word
PARTS = {"value.half_more": 0.5, "value.quarter_more": 0.25, "value.quarter_less": -0.25}
SCALES = (100, 1_000, 100_000, 1_000_000, 10_000_000)
Read = tuple[float, int]  # a value, and the word behind it


class Number(NamedTuple):
    """A value and the words that spell it: `first` up to, not including, `last`; None where it is vague."""

    low: float | None
    first: int  # word
    last: int


def numbers_of(text: str, words: Sequence[Token], lists: Sequence[set[str]]) -> Iterator[Number]:
    """The numbers of a sentence, in order."""
    read = _Reader(text, words, lists)
    at, done = 0, -OF_ONE
    while at < len(words):
        value = read.value(at, read.lists_at(at + 1))
        last = at + 1
        if value is not None and read.raw(at)[0].isdecimal():
            value, last = read.digits(value, last)
        elif "value.vague" in lists[at]:
            value = None  # "ده‌ها": tens, not ten
        elif text[words[at].end : words[at].end + 1] == JOINER:
            value = None  # "سه‌شنبه": Tuesday, not three
        elif value is not None:
            value, last = read.spelled(value, last)
            value, last = read.parted(value, at, last)
            if at == done and any(name.startswith("noun.") for name in lists[at]):
                at += 1
                continue  # "four POLICEMEN": behind a number the ending of a pair is a plural's
            family = "noun.family" in set().union(*lists[last : last + OF_ONE])
            if value == 1 and (at - done < OF_ONE or family):  # "three members of ONE family"
                at = last
                continue
        if value is not None:
            value, last = read.scaled(value, last)
            if not _is_name(text, words[at].start):
                yield Number(value, at, last)
                done = last
        elif "value.vague" in lists[at]:
            yield Number(None, at, last)
        at = last


class _Reader(NamedTuple):
    """A sentence whose numbers are read; each step takes what is read and where it ends, and reads on."""

    text: str
    words: Sequence[Token]
    lists: Sequence[set[str]]

    def raw(self, at: int) -> str:
        return self.text[self.words[at].start : self.words[at].end] if at < len(self.words) else ""

    def lists_at(self, at: int) -> set[str]:
        return self.lists[at] if at < len(self.lists) else set()

    def before(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at < len(self.words) else ""

    def scale(self, at: int) -> int | None:
        return next((scale for scale in SCALES if f"value.{scale}" in self.lists_at(at)), None)

    def value(self, at: int, following: set[str] | None = None) -> float | None:
        """Four digits that may be a year are one unless they count somebody: "۲۰۴۴ تنه"."""
        raw = self.raw(at)
        if raw.isdecimal() and len(raw) <= 9:
            year = len(raw) == 4 and 1900 <= int(raw) <= 2100
            counts = any(name.startswith("noun.") for name in following or ())
            return float(raw) if counts or not year else None
        return _listed(self.lists_at(at))

    def digits(self, value: float, last: int) -> Read:
        """ "84,000"; "1.5 million": a point is read before a scale alone."""
        while self.before(last) in COMMAS and self.raw(last).isdecimal():
            value, last = value * 10 ** len(self.raw(last)) + float(self.raw(last)), last + 1
        raw = self.raw(last)
        if self.before(last) in POINTS and raw.isdecimal() and len(raw) <= 2 and self.scale(last + 1):
            return value + float(raw) / 10 ** len(raw), last + 1
        return value, last

    def spelled(self, value: float, last: int) -> Read:
        """ "twenty and three", "three ten" (thirteen), "three and-twenty": one number in several words."""
        second = last + ("how.and" in self.lists_at(last) and value in TENS)
        found = _listed(self.lists_at(second))
        if found is None:
            return value, last
        tens_first = value in TENS and second > last and found < 10
        ones_first = value < 10 and second == last and found in (10, *TENS)
        return (value + found, second + 1) if tens_first or ones_first else (value, last)

    def parted(self, value: float, at: int, last: int) -> Read:
        """ "HALF MORE THAN three thousand", "three and a HALF thousand": a part of the scale that follows."""
        end = last + ("how.and" in self.lists_at(last))
        if "value.and_half" in self.lists_at(end) and self.scale(end + 1):
            return value + 0.5, end + 1
        more = next((PARTS[name] for name in sorted(self.lists[at - 1]) if at and name in PARTS), 0.0)
        return (value + more if self.scale(last) else value), last

    def scaled(self, value: float, last: int) -> Read:
        """ "3 thousand 400", "9 lakh 80 thousand", "301 thousand and 500": scales that fall are one number."""
        scale = self.scale(last)
        if scale is None:
            return value, last
        value, last = value * scale, last + 1
        second = last + ("how.and" in self.lists_at(last))
        rest = self.value(second)
        if rest is None:
            return value, last
        lower = self.scale(second + 1)
        rest *= lower or 1
        return (value + rest, second + 1 + (lower is not None)) if 10 <= rest < scale else (value, last)


def _listed(lists: set[str]) -> float | None:
    """The value of a number word below a hundred."""
    values = (float(name[6:]) for name in sorted(lists) if name.startswith("value.") and name[6].isdecimal())
    return next((value for value in values if value < 100), None)


def _is_name(text: str, start: int) -> bool:
    """A number glued to what stands before it: G-7, 10:30, 1.5."""
    return start > 0 and text[start - 1] in "-–:/.#" and start > 1 and not text[start - 2].isspace()
