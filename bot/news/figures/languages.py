"""Figures in the feeds' other languages: a number and the nearest word for what happened.

No grammar is tried here: a number counts what the nearest listed word tells of within one clause, and
whatever has no such word near is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.news.figures.other_claims import OtherClaim, claim_of
from bot.news.figures.sides import BY_SIDE, OTHER_SIDE, SIDES
from bot.news.matching import Trie
from bot.news.model import Figure, Measure, Party, Qualifier
from bot.news.text import Mention, Span, Token, tokens

MEASURES: tuple[Measure, ...] = (
    "killed", "wounded", "captured", "returned", "deported", "displaced", "positions", "camps", "vehicles_equipment",
)  # fmt: skip
NEAR = 8  # words between a number and what happened
LATER = 12  # where the verb ends the sentence
NOUN_NEAR = 3
LIST = 6  # words from one number of a list to the next
NO_COUNT = frozenset(("how.hour", "how.not_counts"))  # hours, years, houses
TENS = (20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0)
DOWNED = 5  # words between drones and their fall
STRUCK = 2  # words between whose strike it was and the word for it
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
    told = _told(text, words, lists, numbers)
    for index, number in enumerate(numbers):
        if _is_truce(lists, number):
            yield _figure(text, span, words, number, "duration", "both", "exact", OtherClaim())
            continue
        happened = told.get(index)
        if happened is not None:
            measure, at, part = happened
            claim = claim_of(text, words, lists, inside, (number.first, number.last))
            party = _party(lists, words, number, measure, inside, mentions, at)
            figure = _figure(text, span, words, number, measure, party, _qualifier(lists, number), claim)
            yield replace(figure, subset=part)


def _is_truce(lists: Sequence[set[str]], number: _Number) -> bool:
    """ "48-hour truce", "three-day truce"."""
    after = lists[number.last] if number.last < len(lists) else set()
    near = lists[number.last : number.last + 5]
    later = any("how.later" in found for found in near[:2])  # "three days after the truce"
    truce = any("how.truce" in found for found in near) and not later
    return truce and bool(after & {"how.hour", "how.day"})


def _told(
    text: str, words: Sequence[Token], lists: Sequence[set[str]], numbers: Sequence[_Number]
) -> dict[int, tuple[Measure, int, bool]]:
    """What each number counts, where that is said, and whether it is part of another.

    "5 policemen AND 3 passers-by were killed", "WITH 3 children 7 civilians were killed": the first takes its
    happening from the second.
    """
    told: dict[int, tuple[Measure, int, bool]] = {}
    taken: set[int] = set()
    counts = [number.last >= len(lists) or not lists[number.last] & NO_COUNT for number in numbers]
    for index, number in enumerate(numbers):
        happened = _happened(text, words, lists, number, numbers, taken)
        if happened is not None and counts[index]:
            measure, at = happened
            told[index] = (_joint(lists, measure, at, numbers), at, False)
            taken.add(at)
    for index in range(len(numbers) - 2, -1, -1):
        joint = _joint_of(lists, numbers[index], numbers[index + 1])
        if index not in told and joint and index + 1 in told and counts[index]:
            measure, at, part = told[index + 1]
            told[index] = (measure, at, part or joint == "how.including")
        elif index in told and joint == "how.including" and counts[index + 1]:
            told.setdefault(index + 1, (*told[index][:2], True))
    return told


def _joint_of(lists: Sequence[set[str]], one: _Number, other: _Number) -> str:
    """Whether "and" or "including" stands between two numbers so near that they are one list."""
    if not 1 < other.first - one.last + 1 <= LIST:
        return ""
    between = set().union(*lists[one.last : other.first])
    return next((joint for joint in ("how.including", "how.and") if joint in between), "")


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
        elif value is not None:
            value, last = _spelled(value, lists, last)
        if value is not None:
            scale = next((s for s in SCALES if last < len(words) and f"value.{s}" in lists[last]), None)
            if scale:
                value, last = value * scale, last + 1
            if not _is_name(text, words[at].start):
                yield _Number(value, at, last)
        elif "value.vague" in lists[at]:
            yield _Number(None, at, last)
        at = last


def _spelled(value: float, lists: Sequence[set[str]], last: int) -> tuple[float, int]:
    """ "twenty and three", "three ten" (thirteen), "three and-twenty": one number in several words."""
    second = last + 1 if last < len(lists) and "how.and" in lists[last] and value in TENS else last
    if second >= len(lists):
        return value, last
    found = _listed(lists[second])
    tens_first = value in TENS and second > last and found is not None and found < 10
    ones_first = value < 10 and second == last and found in (10, *TENS)
    return (value + found, second + 1) if found is not None and (tens_first or ones_first) else (value, last)


def _value(raw: str, lists: set[str]) -> float | None:
    if raw.isdecimal() and len(raw) <= 9:
        return float(raw) if not (len(raw) == 4 and 1900 <= int(raw) <= 2100) else None
    return _listed(lists)


def _listed(lists: set[str]) -> float | None:
    """The value of a number word below a hundred."""
    values = (int(name[6:]) for name in sorted(lists) if name.startswith("value.") and name[6:].isdecimal())
    return next((float(value) for value in values if value < 100), None)


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
    for at in range(max(0, number.first - NEAR), min(len(words), number.last + LATER)):
        measure = next((m for m in MEASURES if f"{m}.words" in lists[at]), None)
        if measure is None or number.first <= at < number.last:
            continue
        if measure == "vehicles_equipment" and not _brought_down(lists, number, at):
            continue
        later = at >= number.last
        first, second = (number.last, at) if later else (at + 1, number.first)
        between = text[words[first - 1].end : words[second].start] if second < len(words) else ""
        if any(first <= n.first < second for n in numbers) or (at in taken and not later):
            continue
        distance = (second - first) + PENALTY * sum(mark in between for mark in BREAKS) + (0 if later else 1)
        if best is None or distance < best[0]:
            best = (distance, at, measure)
    return (best[2], best[1]) if best and best[0] <= (LATER if best[1] >= number.last else NEAR) else None


def _brought_down(lists: Sequence[set[str]], number: _Number, at: int) -> bool:
    """Whether drones right after a number are what was brought down: no drone that struck, no strike by one."""
    after = lists[at + 1 : at + DOWNED]
    near = 0 <= at - number.last <= NOUN_NEAR
    return near and any("vehicles_equipment.downed" in found for found in after)


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
    if measure == "vehicles_equipment":
        senders = {m.side for m in inside if m.kind in ("demonym", "state") and m.side in SIDES}
        return BY_SIDE["security"][senders.pop() if len(senders) == 1 else ""]
    side = _side(lists, words, number, near, inside, mentions, kind)
    return BY_SIDE["security" if measure == "positions" else kind][side]


def _side(
    lists: Sequence[set[str]],
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
            and mention.side in SIDES
            and mention.start > words[number.first].start
            and not _strikes(lists, words, mention)
        ):
            return mention.side
    if kind == "security":
        return "PK" if any(m.side == "PK" for m in mentions) else ""
    struck = {OTHER_SIDE[m.side] for m in inside if m.side in SIDES and _strikes(lists, words, m)}
    if here := (*_ground(inside), *struck):
        return here[0]
    before = _ground([m for m in mentions if m.start < words[0].start])
    everywhere = set(_ground(mentions))
    return next(iter((*reversed(before), *(everywhere if len(everywhere) == 1 else ()))), "")


def _ground(mentions: Sequence[Mention]) -> list[str]:
    return [
        m.side for m in mentions if m.is_place and m.kind != "country" and m.side in SIDES and not m.dateline
    ]


def _strikes(lists: Sequence[set[str]], words: Sequence[Token], mention: Mention) -> bool:
    """ "in a PAKISTANI air strike": it struck, and was not struck."""
    at = next((k for k, word in enumerate(words) if word.end > mention.start >= word.start), -1)
    near = lists[max(0, at - STRUCK) : at + STRUCK + 1] if at >= 0 else []
    return any("how.strike" in found for found in near)


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
