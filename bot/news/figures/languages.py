"""Figures in the feeds' other languages: a number and the nearest word for what happened.

No grammar is tried here: a number counts what the nearest listed word tells of within one clause, and
whatever has no such word near is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.figures.other_claims import OtherClaim, claim_of
from bot.news.figures.sides import BY_SIDE
from bot.news.matching import Trie
from bot.news.model import Figure, Measure, Party, Qualifier
from bot.news.text import Mention, Span, Token, tokens

MEASURES: tuple[Measure, ...] = (
    "killed", "wounded", "captured", "returned", "deported", "displaced", "positions", "camps",
)  # fmt: skip
NEAR = 8  # words between a number and what happened
NOUN_NEAR = 3
QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "over", "nearly")
BREAKS = frozenset(",;:،؛।.!?")
PENALTY = 3  # words that a comma between a number and a happening counts for
SCALES = (1_000, 100_000, 1_000_000)


class _Number(NamedTuple):
    low: float | None
    first: int  # word
    last: int


def read_other(text: str, span: Span, phrases: Trie[str], mentions: Sequence[Mention]) -> Iterator[Figure]:
    """The figures of a sentence that is not English."""
    words = [
        Token(t.word, t.start + span.start, t.end + span.start) for t in tokens(text[span.start : span.end])
    ]
    folded = [word.word for word in words]
    lists = [{name for _, names in phrases.ends(folded, at) for name in names} for at in range(len(words))]
    inside = [m for m in mentions if span.start <= m.start < span.end]
    numbers = list(_numbers(text, words, lists))
    taken: set[int] = set()
    for number in numbers:
        after = lists[number.last] if number.last < len(lists) else set()
        if "how.hour" in after and any("how.truce" in x for x in lists[number.last : number.last + 5]):
            yield _figure(text, span, words, number, "duration", "both", "exact", OtherClaim())
        elif "how.hour" not in after and "how.not_counts" not in after:
            happened = _happened(text, words, lists, number, numbers, taken)
            if happened is not None:
                measure, at = happened
                measure = _joint(lists, measure, at, numbers)
                taken.add(at)
                claim = claim_of(text, words, lists, inside, (number.first, number.last))
                party = _party(lists, words, number, measure, inside, mentions, at)
                yield _figure(text, span, words, number, measure, party, _qualifier(lists, number), claim)


def _numbers(text: str, words: Sequence[Token], lists: Sequence[set[str]]) -> Iterator[_Number]:
    at = 0
    while at < len(words):
        raw = text[words[at].start : words[at].end]
        value = _value(raw, lists[at])
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
        if value is not None:
            scale = next((s for s in SCALES if last < len(words) and f"value.{s}" in lists[last]), None)
            if scale:
                value, last = value * scale, last + 1
            if not _is_name(text, words[at].start):
                yield _Number(value, at, last)
        elif "value.vague" in lists[at]:
            yield _Number(None, at, last)
        at = last


def _value(raw: str, lists: set[str]) -> float | None:
    if raw.isdecimal() and len(raw) <= 9:
        return float(raw) if not (len(raw) == 4 and 1900 <= int(raw) <= 2100) else None
    return next(
        (
            float(n[6:])
            for n in sorted(lists)
            if n.startswith("value.") and n[6:].isdecimal() and int(n[6:]) <= 10
        ),
        None,
    )


def _is_name(text: str, start: int) -> bool:
    """A number glued to what stands before it: G-7, 10:30, 1.5."""
    return start > 0 and text[start - 1] in "-–:/.#" and start > 1 and not text[start - 2].isspace()


def _happened(
    text: str,
    words: Sequence[Token],
    lists: Sequence[set[str]],
    number: _Number,
    numbers: Sequence[_Number],
    taken: set[int],
) -> tuple[Measure, int] | None:
    best: tuple[int, int, Measure] | None = None
    for at in range(max(0, number.first - NEAR), min(len(words), number.last + NEAR)):
        measure = next((m for m in MEASURES if f"{m}.words" in lists[at]), None)
        if measure is None or number.first <= at < number.last:
            continue
        later = at >= number.last
        first, second = (number.last, at) if later else (at + 1, number.first)
        between = text[words[first - 1].end : words[second].start] if second < len(words) else ""
        if any(first <= n.first < second for n in numbers) or (at in taken and not later):
            continue
        distance = (second - first) + PENALTY * sum(mark in between for mark in BREAKS) + (0 if later else 1)
        if best is None or distance < best[0]:
            best = (distance, at, measure)
    return (best[2], best[1]) if best and best[0] <= NEAR else None


def _joint(lists: Sequence[set[str]], measure: Measure, at: int, numbers: Sequence[_Number]) -> Measure:
    """ "کشته و زخمی": killed or wounded, one sum."""
    others = {"killed": "wounded.words", "wounded": "killed.words"}
    for k in range(max(0, at - 3), min(len(lists), at + 4)):
        if others.get(measure, "") in lists[k] and not any(
            min(at, k) <= n.first <= max(at, k) for n in numbers
        ):
            return "casualties"
    return measure


def _qualifier(lists: Sequence[set[str]], number: _Number) -> Qualifier:
    if number.low is None:
        return "vague"
    for at in (*range(max(0, number.first - 4), number.first), number.last, number.last + 1):
        if at < len(lists):
            for name in QUALIFIERS:
                if f"how.{name}" in lists[at]:
                    return name
    return "exact"


def _party(
    lists: Sequence[set[str]],
    words: Sequence[Token],
    number: _Number,
    measure: Measure,
    inside: Sequence[Mention],
    mentions: Sequence[Mention],
    happened: int,
) -> Party:
    near = range(
        max(0, number.first - NOUN_NEAR), min(len(words), max(number.last + NOUN_NEAR, happened + 1))
    )
    ordered = [*range(number.last, near.stop), *range(number.first - 1, near.start - 1, -1)]
    kind = next(
        (
            k
            for at in ordered
            for k in ("militants", "security", "civilians", "refugees", "people")
            if f"noun.{k}" in lists[at]
        ),
        "people",
    )
    if kind == "militants":
        return "militants"
    if measure in ("returned", "deported") or kind == "refugees":
        return "afg_refugees"
    side = _side(words, number, near, inside, mentions, kind)
    return BY_SIDE["security" if measure == "positions" else kind][side]


def _side(
    words: Sequence[Token],
    number: _Number,
    near: range,
    inside: Sequence[Mention],
    mentions: Sequence[Mention],
    kind: str,
) -> str:
    low, high = words[near.start].start, words[near.stop - 1].end
    for mention in inside:
        if (
            low <= mention.start < high
            and mention.kind in ("demonym", "state", "country")
            and mention.side in BY_SIDE["people"]
            and mention.start > words[number.first].start
        ):
            return mention.side
    if kind == "security":
        return "PK" if any(m.side == "PK" for m in mentions) else ""
    for group in (inside, mentions):
        sides = [m.side for m in group if m.is_place and m.side in ("PK", "AF") and not m.dateline]
        if sides:
            return sides[0] if group is inside else (sides[0] if len(set(sides)) == 1 else "")
    return ""


def _figure(
    text: str,
    span: Span,
    words: Sequence[Token],
    number: _Number,
    measure: Measure,
    party: Party,
    qualifier: Qualifier,
    claim: OtherClaim,
) -> Figure:
    start, end = words[number.first].start, words[number.last - 1].end
    until = min(len(words), number.last + NOUN_NEAR) - 1
    return Figure(
        low=number.low, high=number.low, text=text[start:end], qualifier=qualifier if number.low is not None else "vague",
        measure=measure, what=None, party=party, claimant=claim.name, claimant_text=claim.words or None, scope="incident",
        own_loss=None, denied_by=claim.denied_by, subset=False, quote=text[start : words[until].end], start=start, end=words[until].end,
        rule="nearest", sentence=text[span.start : span.end], noun=text[end : words[until].end],
    )  # fmt: skip
