"""A bound number as a figure: with its words, its quote and what it covers."""

from __future__ import annotations

from typing import NamedTuple

from bot.news.figures.claimants.sayings import Speaker
from bot.news.figures.parties.answering import answers
from bot.news.figures.parties.sides import PARTY_SIDE
from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.model import Figure, Measure, Party, Scope
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import Span, word_set

LOSSES = word_set(
    "killed wounded casualties captured abducted missing surrendered positions vehicles_equipment"
)


class Told(NamedTuple):
    """What the text says around a number: who is counted, who says so, who denies it, what it covers."""

    party: Party
    speaker: Speaker
    denied_by: str | None
    scope: Scope
    period: str | None
    asked: bool = False  # a question tells of nothing, but of whom its answer speaks


def figure_of(
    text: str, span: Span, sentence: Sentence, bound: Bound, measure: Measure, told: Told
) -> Figure:
    """A bound number as a figure."""
    quantity = bound.phrase.quantity
    start, end = _quote(sentence, bound)
    speaker = told.speaker
    return Figure(
        low=quantity.low,
        high=quantity.high,
        text=text[quantity.start : quantity.end],
        qualifier=quantity.qualifier,
        measure=measure,
        what=_what(text, sentence, bound) if measure in ("other", "duration", "money") else None,
        party=told.party,
        claimant=speaker.name,
        claimant_text=speaker.words or None,
        scope=told.scope,
        own_loss=_is_own(sentence, bound, measure, told),
        denied_by=told.denied_by,
        subset=bound.phrase.subset,
        quote=text[start:end],
        start=start,
        end=end,
        period=told.period,
        rule=bound.rule,
        sentence=text[span.start : span.end],
        hypothetical=told.asked,
        noun=_noun(text, sentence, bound),
        update="additional" if quantity.additional and bound.update == "none" else bound.update,  # type: ignore[arg-type]
    )


def _is_own(sentence: Sentence, bound: Bound, measure: Measure, told: Told) -> bool | None:
    """Whether a loss is of the speaker's side; None where it is nobody's, or he answers for no side."""
    side, speaker = PARTY_SIDE.get(told.party, ""), told.speaker
    if not side or speaker.side not in NATIONS or measure not in LOSSES or not answers(speaker):
        return None
    if measure == "positions" and sentence.low(bound.verb).startswith("attack"):
        return None  # what was attacked is not yet lost
    return side == speaker.side


def _noun(text: str, sentence: Sentence, bound: Bound) -> str:
    """The counted noun as written: after the number, or where else it stands."""
    phrase, units = bound.phrase, sentence.units
    if phrase.away:
        return " " + text[units[phrase.away.start].start : units[phrase.away.stop - 1].end]
    return text[phrase.quantity.end : max(phrase.quantity.end, units[max(phrase.at, phrase.last - 1)].end)]


def _quote(sentence: Sentence, bound: Bound) -> tuple[int, int]:
    """The number with its noun and, where it is near, the happening."""
    phrase, units = bound.phrase, sentence.units
    start = (
        phrase.quantity.approximate_start if phrase.quantity.approximate_start >= 0 else phrase.quantity.start
    )
    start = min(start, units[phrase.at].start)
    end = max(phrase.quantity.end, units[max(phrase.at, phrase.last - 1)].end)
    if bound.verb >= 0:
        verb = units[bound.verb]
        if 0 <= verb.start - end < 40:
            end = verb.end
        elif 0 <= start - verb.end < 25:
            start = verb.start
    return start, end


def _what(text: str, sentence: Sentence, bound: Bound) -> str:
    last = max(bound.phrase.at, bound.phrase.last - 1)
    words = text[bound.phrase.quantity.end : sentence.units[last].end].strip(" -")
    return words or bound.measure
