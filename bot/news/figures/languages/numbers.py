"""Numbers in the feeds' other languages: digits of any script, words, "twenty and three", "9 lakh 80 thousand"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.text.words import Token

OF_ONE = 2  # words between a number and the "one" that it belongs to
TENS = (20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
JOINER = "\u200c"  # joins the parts of one word
PARTS = {"value.half_more": 0.5, "value.quarter_more": 0.25, "value.quarter_less": -0.25}
SCALES = (100, 1_000, 100_000, 1_000_000, 10_000_000)


class Number(NamedTuple):
    """A value and the words that spell it: `first` up to, not including, `last`; None where it is vague."""

    low: float | None
    first: int  # word
    last: int


def numbers_of(text: str, words: Sequence[Token], lists: Sequence[set[str]]) -> Iterator[Number]:
    """The numbers of a sentence, in order."""
    at, done = 0, -OF_ONE
    while at < len(words):
        raw = text[words[at].start : words[at].end]
        value = _value(raw, lists[at], lists[at + 1] if at + 1 < len(lists) else set())
        last = at + 1
        if value is not None and raw[0].isdecimal():
            while (
                last < len(words)
                and text[words[last - 1].end : words[last].start] in (",", "٬")
                and text[words[last].start : words[last].end].isdecimal()
            ):
                value = value * 10 ** (words[last].end - words[last].start) + float(
                    text[words[last].start : words[last].end]
                )
                last += 1
            value, last = _decimal(text, words, lists, value, last)
        elif "value.vague" in lists[at]:
            value = None  # "ده‌ها": tens, not ten
        elif text[words[at].end : words[at].end + 1] == JOINER:
            value = None  # "سه‌شنبه": Tuesday, not three
        elif value is not None:
            value, last = _spelled(value, lists, last)
            value, last = _parted(value, lists, at, last)
            if at == done and any(name.startswith("noun.") for name in lists[at]):
                at += 1
                continue  # "four POLICEMEN": behind a number the ending of a pair is a plural's
            family = "noun.family" in set().union(*lists[last : last + OF_ONE])
            if value == 1 and (at - done < OF_ONE or family):  # "three members of ONE family"
                at = last
                continue
        if value is not None:
            value, last = _scaled(text, words, lists, value, last)
            if not _is_name(text, words[at].start):
                yield Number(value, at, last)
                done = last
        elif "value.vague" in lists[at]:
            yield Number(None, at, last)
        at = last


def _decimal(
    text: str, words: Sequence[Token], lists: Sequence[set[str]], value: float, last: int
) -> tuple[float, int]:
    """ "1.5 million": a point is read before a scale alone."""
    if last >= len(words) or text[words[last - 1].end : words[last].start] not in (".", "٫"):
        return value, last
    raw = text[words[last].start : words[last].end]
    if not raw.isdecimal() or len(raw) > 2 or _scale(lists, last + 1) is None:
        return value, last
    return value + float(raw) / 10 ** len(raw), last + 1


def _scaled(
    text: str, words: Sequence[Token], lists: Sequence[set[str]], value: float, last: int
) -> tuple[float, int]:
    """ "3 thousand 400", "9 lakh 80 thousand", "301 thousand and 500": scales that fall are one number."""
    scale = _scale(lists, last)
    if scale is None:
        return value, last
    value, last = value * scale, last + 1
    second = last + (last < len(lists) and "how.and" in lists[last])
    raw = text[words[second].start : words[second].end] if second < len(words) else ""
    rest = _value(raw, lists[second], set()) if raw else None
    if rest is not None:
        lower = _scale(lists, second + 1)
        rest, end = rest * (lower or 1), second + 1 + (lower is not None)
        return (value + rest, end) if 10 <= rest < scale else (value, last)
    return value, last


def _parted(value: float, lists: Sequence[set[str]], at: int, last: int) -> tuple[float, int]:
    """ "HALF MORE THAN three thousand", "three and a HALF thousand": a part of the scale that follows."""
    more = next((PARTS[name] for name in sorted(lists[at - 1]) if at and name in PARTS), 0.0)
    end = last + ("how.and" in lists[last] if last < len(lists) else 0)
    if end < len(lists) and "value.and_half" in lists[end] and _scale(lists, end + 1) is not None:
        return value + 0.5, end + 1
    return (value + more if _scale(lists, last) is not None else value), last


def _scale(lists: Sequence[set[str]], at: int) -> int | None:
    return next((s for s in SCALES if at < len(lists) and f"value.{s}" in lists[at]), None)


def _spelled(value: float, lists: Sequence[set[str]], last: int) -> tuple[float, int]:
    """ "twenty and three", "three ten" (thirteen), "three and-twenty": one number in several words."""
    second = last + 1 if last < len(lists) and "how.and" in lists[last] and value in TENS else last
    if second >= len(lists):
        return value, last
    found = _listed(lists[second])
    tens_first = value in TENS and second > last and found is not None and found < 10
    ones_first = value < 10 and second == last and found in (10, *TENS)
    return (value + found, second + 1) if found is not None and (tens_first or ones_first) else (value, last)


def _value(raw: str, lists: set[str], following: set[str]) -> float | None:
    """Four digits that may be a year are one unless they count somebody: "۲۰۴۴ تنه"."""
    if raw.isdecimal() and len(raw) <= 9:
        year = len(raw) == 4 and 1900 <= int(raw) <= 2100
        return float(raw) if not year or any(name.startswith("noun.") for name in following) else None
    return _listed(lists)


def _listed(lists: set[str]) -> float | None:
    """The value of a number word below a hundred."""
    values = (float(name[6:]) for name in sorted(lists) if name.startswith("value.") and name[6].isdecimal())
    return next((value for value in values if value < 100), None)


def _is_name(text: str, start: int) -> bool:
    """A number glued to what stands before it: G-7, 10:30, 1.5."""
    return start > 0 and text[start - 1] in "-–:/.#" and start > 1 and not text[start - 2].isspace()
