"""Numbers that a text gives as said before, and no longer true: "six, not nine", "an earlier figure of 21 was wrong"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.sayings import is_taken_back
from bot.news.model import UNATTRIBUTED, WORDED, Figure
from bot.news.text.words import Span

_EARLIER = r"(?:earlier|previous(?:ly)?|initial(?:ly)?|original(?:ly)?|preliminary|at\sfirst|first)"
_COUNT = r"(?:figures?|tolls?|counts?|numbers?|tally|tallies|reports?|estimates?|claims?)"
_SAID = r"(?:said|put|reported|announced|claimed|gave|given|told|counted|spoken?|stated|listed|estimated|had|cited)"
HINTS = (  # without one of these a sentence gives no former number, unless it sets one apart
    "earlier", "previous", "initial", "original", "preliminary", "first", "twice", "wrong", "incorrect", "mistak", "erron", "in error",
    "inaccura", "withdr", "retract", "disown", "back", "longer",
)  # fmt: skip
SET_APART = re.compile(  # behind which contrast and tolls have found a number to be no figure; "down from 55 in April" compares
    r"(?:\bnot|n't|\brather\sthan|\binstead\sof|\bcontrary\sto|\bas\sopposed\sto|(?<!\bup\s)(?<!\bdown\s)\bfrom)\s"
    r"(?:(?:the|an?|as|many|just|at|least|most|about|around|nearly|over|some|more|than|up|to|earlier|previous|initial|original)\s){0,4}$",
    re.IGNORECASE,
)
GIVEN = (
    re.compile(  # "an earlier toll of", "had initially reported", "an earlier version of this report said"
        rf"\b(?:{_EARLIER}\s(?:\w+\s){{0,2}}{_COUNT}\s(?:of|at|that|was)"
        rf"|{_EARLIER}\s(?:{_SAID}\b|version\sof\s(?:this|the|our)\s\w+\s{_SAID}\b)"
        rf"|{_SAID}\s(?:earlier|previously|initially|originally|at\sfirst)\b)(?:\s[^\s.;:,]+){{0,5}}\s$",
        re.IGNORECASE,
    )
)
WRONG = re.compile(  # "the figure of 21 was wrong", "the nine announced earlier"
    rf"[^.;:,\d]{{0,40}}?\b(?:(?:was|were|had\sbeen)\s(?:wrong|incorrect|mistaken|inaccurate|erroneous|a\smistake|an?\serror|in\serror)\b"
    rf"|(?:{_SAID}\s{_EARLIER}|{_EARLIER}\s{_SAID})\b)",
    re.IGNORECASE,
)
MISCOUNTED = re.compile(  # "two bodies had been counted twice": of nobody
    r"(?:\s(?!as|after|because|since|when|that)\w+){0,3}\s(?:had|have|has|was|were)\s(?:been\s)?(?:wrongly\s|mistakenly\s|erroneously\s)?"
    r"(?:counted|included|listed|recorded|registered)\s(?:twice|as\sdead|among\sthe\sdead|in\serror|by\smistake|wrongly)\b",
    re.IGNORECASE,
)
GIVEN_UP = re.compile(  # "the ministry withdrew its claim that 12 had died"
    r"\b(?:withdr[ae]w\w*|retract\w*|disown\w*|back-?tracked\son|backed\saway\sfrom|(?:walk|t[ao]k|took)\w*\sback|no\slonger\sstands?\sby)"
    rf"\s(?:[\w’']+\s){{0,4}}(?:{_COUNT}|statements?|assertions?|announcements?|allegations?)\s(?:that|of)\s[^.;]{{0,60}}$",
    re.IGNORECASE,
)


BESIDE = 240  # code points around a sentence in which the number stands that takes its number's place


class Former(NamedTuple):
    """A number that a text says was told before: where it stands, and in which sentence."""

    at: int
    low: float
    span: Span
    fate: Literal["former", "miscounted", "withdrawn"] = "former"  # miscounted: of nobody at all


def said_before(part: Part, text: str) -> Iterator[Former]:
    """The former numbers of a sentence."""
    counts = [p for p in part.sentence.phrases if p.quantity.kind == "count" and p.quantity.low is not None]
    if not counts:
        return
    span = part.span
    hinted = any(map(text[span.start : span.end].lower().__contains__, HINTS))
    for phrase in counts if hinted else (p for p in counts if p.head == "never"):
        of = phrase.quantity
        if of.low is None or of.low != of.high:
            continue
        before, behind = Span(span.start, of.start), Span(of.end, span.end)
        if MISCOUNTED.match(text, behind.start, behind.end):
            yield Former(of.start, of.low, span, "miscounted")
        elif _ends(GIVEN_UP, text, before):
            yield Former(of.start, of.low, span, "withdrawn")
        elif (
            is_taken_back(part.sayings, of.start)
            or (phrase.head == "never" and of.low > 1 and _ends(SET_APART, text, before))
            or _ends(GIVEN, text, before)
            or WRONG.match(text, behind.start, behind.end)
        ):
            yield Former(of.start, of.low, span)


def _ends(form: re.Pattern[str], text: str, before: Span) -> bool:
    """Whether the words before a number are of a form that ends there."""
    return form.search(text[max(before.start, before.end - 90) : before.end]) is not None


def corrected(figures: Sequence[Figure], former: Sequence[Former]) -> list[Figure]:
    """The figures: those that take another number's place say so, those whose place is taken, or that were withdrawn."""
    made: dict[int, Figure] = {}
    for one in former:
        was = next((f for f in figures if f.start <= one.at < f.end and f.low == one.low), None)
        heir = None if one.fate == "miscounted" else _heir(one, was, figures)
        if heir is not None:
            made.setdefault(id(heir), _instead(heir, one.low))
        if was is not None and one.fate == "withdrawn" and heir is None:
            made[id(was)] = replace(was, update="withdrawn")
        elif was is not None and (heir is not None or one.fate == "miscounted"):
            made[id(was)] = replace(was, update="former")
    return [made.get(id(figure), figure) for figure in figures]


def _heir(one: Former, was: Figure | None, figures: Sequence[Figure]) -> Figure | None:
    """The figure that takes a former number's place: of the same sentence, of the dead first; else, where the number is
    all that its sentence tells, of the sentence beside it."""

    def is_here(figure: Figure) -> bool:
        return one.span.start <= figure.start < one.span.end

    def fits(figure: Figure) -> bool:
        if figure.subset or figure.measure in WORDED or figure.low in (None, one.low):
            return False
        return was is None or (
            (figure.measure, figure.scope, figure.place) == (was.measure, was.scope, was.place)
            and was.claimant in (figure.claimant, UNATTRIBUTED)
            and (figure.party == was.party or "unspecified" in (figure.party, was.party))
        )

    def nearness(figure: Figure) -> tuple[bool, bool, int]:
        return figure.measure != "killed", figure.start > one.at, abs(figure.start - one.at)

    here = [figure for figure in figures if is_here(figure)]
    told = [figure for figure in here if fits(figure)]
    if not told and was is not None and here == [was]:
        beside = [
            f for f in figures if one.span.start - BESIDE <= f.start < one.span.end + BESIDE and f not in here
        ]
        told = [figure for figure in beside if fits(figure)]
    return min(told, key=nearness, default=None)


def _instead(figure: Figure, was: float) -> Figure:
    """A figure that takes a number's place: told as a revision, unless it says that the toll rose."""
    rose = figure.update == "none" and was < (figure.low or 0)
    update: Literal["rise", "revision"] = "rise" if rose else "revision"
    return replace(figure, instead=was, update=figure.update if figure.update != "none" else update)
