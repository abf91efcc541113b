"""Figures in the feeds' other languages: a number and the nearest word for what happened.

No grammar is tried here: a number counts what the nearest listed word tells of within one clause, and
whatever has no such word near is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.news.figures.language_numbers import Number, numbers_of
from bot.news.figures.language_things import Thing, scope_of, thing_of
from bot.news.figures.other_claims import Heard, OtherClaim, Speech
from bot.news.figures.sides import BY_SIDE, OTHER_SIDE, SIDES
from bot.news.matching import Trie
from bot.news.model import Figure, Measure, Party, Qualifier
from bot.news.text import Mention, Span, Token, tokens

MEASURES: tuple[Measure, ...] = (
    "killed", "wounded", "abducted", "captured", "returned", "deported", "displaced", "positions", "camps", "vehicles_equipment",
)  # fmt: skip
NEAR = 8  # words between a number and what happened
LATER = 12  # where the verb ends the sentence
NOUN_NEAR = 3
LIST = 6  # words from one number of a list to the next
NO_COUNT = frozenset(("how.hour", "how.not_counts"))  # hours, years, houses
DOWNED = 5  # words between drones and their fall
STRUCK = 2  # words between whose strike it was and the word for it
QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "over", "nearly")
BREAKS = frozenset(",;:،؛।.!?")
PENALTY = 3  # words that a comma between a number and a happening counts for


def read_other(
    text: str, span: Span, phrases: Trie[str], mentions: Sequence[Mention], heard: Heard
) -> Iterator[Figure]:
    """The figures of a sentence that is not English; `heard` goes from sentence to sentence."""
    words = [
        Token(t.word, t.start + span.start, t.end + span.start) for t in tokens(text[span.start : span.end])
    ]
    folded = [word.word for word in words]
    ends = [phrases.ends(folded, at) for at in range(len(words))]
    lists = [{name for _, names in found for name in names} for found in ends]
    titles = {at: end for at, found in enumerate(ends) for end, names in found if "how.title" in names}
    inside = [m for m in mentions if span.start <= m.start < span.end]
    numbers = list(numbers_of(text, words, lists))
    things = [thing_of(lists, number.first, number.last, number.low) for number in numbers]
    told = _told(text, words, lists, numbers, things)
    speech = Speech(text, words, lists, inside, titles, heard)
    for index, number in enumerate(numbers):
        thing = things[index]
        if thing:
            claim = speech.claim(number.first, number.last)
            party = _party_of_thing(lists, words, number, thing, inside, mentions)
            figure = _figure(
                text, span, words, number, thing.measure, party, _qualifier(lists, number), claim
            )
            yield replace(figure, scope=thing.scope)
            continue
        happened = told.get(index)
        if happened is not None:
            measure, at, part = happened
            claim = speech.claim(number.first, number.last)
            party = _party(lists, words, number, measure, inside, mentions, at)
            figure = _figure(text, span, words, number, measure, party, _qualifier(lists, number), claim)
            yield replace(figure, subset=part, scope=scope_of(lists, number.first, number.last))
    speech.end()


def _party_of_thing(
    lists: Sequence[set[str]],
    words: Sequence[Token],
    number: Number,
    thing: Thing,
    inside: Sequence[Mention],
    mentions: Sequence[Mention],
) -> Party:
    """Both sides keep a truce; houses are some civilians'; lorries, money and days are nobody's."""
    if thing.measure != "other":
        return "both" if thing.truce else "unspecified"
    return _party(lists, words, number, "other", inside, mentions, number.last)


def _told(
    text: str,
    words: Sequence[Token],
    lists: Sequence[set[str]],
    numbers: Sequence[Number],
    things: Sequence[Thing | None],
) -> dict[int, tuple[Measure, int, bool]]:
    """What each number counts, where that is said, and whether it is part of another.

    "5 policemen AND 3 passers-by were killed", "WITH 3 children 7 civilians were killed": the first takes its
    happening from the second.
    """
    told: dict[int, tuple[Measure, int, bool]] = {}
    taken: set[int] = set()
    counts = [
        thing is None and (number.last >= len(lists) or not lists[number.last] & NO_COUNT)
        for number, thing in zip(numbers, things, strict=True)
    ]
    for index, number in enumerate(numbers):
        happened = _happened(text, words, lists, number, numbers, taken) if counts[index] else None
        if happened is not None:
            measure, at = happened
            told[index] = (_joint(lists, measure, at, numbers), at, False)
            taken.add(at)
    for index in range(len(numbers) - 2, -1, -1):
        joint = _joint_of(lists, numbers[index], numbers[index + 1])
        if index not in told and joint and index + 1 in told and counts[index]:
            measure, at, part = told[index + 1]
            told[index] = (measure, at, part or joint == "how.including")
        if index in told and joint == "how.among" and counts[index + 1]:
            measure, at, _ = told.get(index + 1, told[index])
            told[index + 1] = (measure, at, True)
    return told


def _joint_of(lists: Sequence[set[str]], one: Number, other: Number) -> str:
    """Whether "and" or "including" stands between two numbers so near that they are one list."""
    if not 1 < other.first - one.last + 1 <= LIST:
        return ""
    between = set().union(*lists[one.last : other.first])
    return next((joint for joint in ("how.including", "how.among", "how.and") if joint in between), "")


def _happened(
    text: str,
    words: Sequence[Token],
    lists: Sequence[set[str]],
    number: Number,
    numbers: Sequence[Number],
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
        if not later and at == number.first - 1 and "how.before" in lists[at]:
            return measure, at  # Arabic tells first what happened, then to how many
        distance = (second - first) + PENALTY * sum(mark in between for mark in BREAKS) + (0 if later else 1)
        if best is None or distance < best[0]:
            best = (distance, at, measure)
    return (best[2], best[1]) if best and best[0] <= (LATER if best[1] >= number.last else NEAR) else None


def _brought_down(lists: Sequence[set[str]], number: Number, at: int) -> bool:
    """Whether drones right after a number are what was brought down: no drone that struck, no strike by one."""
    around = lists[max(0, number.first - DOWNED) : at + DOWNED]
    near = 0 <= at - number.last <= NOUN_NEAR
    return near and any("vehicles_equipment.downed" in found for found in around)


def _joint(lists: Sequence[set[str]], measure: Measure, at: int, numbers: Sequence[Number]) -> Measure:
    """ "کشته و زخمی": killed or wounded, one sum."""
    others = {"killed": "wounded.words", "wounded": "killed.words"}
    for k in range(max(0, at - 3), min(len(lists), at + 4)):
        if others.get(measure, "") in lists[k] and not any(
            min(at, k) <= n.first <= max(at, k) for n in numbers
        ):
            return "casualties"
    return measure


def _qualifier(lists: Sequence[set[str]], number: Number) -> Qualifier:
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
    number: Number,
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
    number: Number,
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
    number: Number,
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
