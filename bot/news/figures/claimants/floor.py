"""Who still has the floor in a sentence that says nothing of who speaks.

Reported speech goes on from an attributed headline into the text, between two sentences of one speaker, in the text about
one body's report, and, within a paragraph, from what somebody told to more of the same; a date, a scene or a voice of its
own ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from bot.news.figures.claimants.carrying import Turn, carried, only_voice, teller
from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.published import Publisher, publisher_of
from bot.news.figures.claimants.sayings import NOBODY, Speaker
from bot.news.figures.sentence.clause import Bound
from bot.news.figures.sentence.units import Unit

NOUN = 4  # units from a number to its noun
OPENING = 2  # sentences below a headline in which its source is named


def floors(parts: Sequence[Part], text: str, title_end: int) -> list[Speaker]:
    """For each sentence who says the numbers in it that it gives to nobody itself."""
    held: list[Speaker] = []
    publisher, spoke = publisher_of(parts, text, title_end), NOBODY
    for index, part in enumerate(parts):
        if part.sayings:
            speaker = _before_its_own(parts, index, spoke, publisher, text) if index else NOBODY
            spoke = _last_named(part) or spoke
        else:
            speaker = carried(Turn(parts, index, held, publisher, text, title_end)) if index else NOBODY
        held.append(speaker)
    if parts and title_end and not parts[0].sayings:
        held[0] = _said_again(parts, held, title_end)
    return held


def _before_its_own(
    parts: Sequence[Part], index: int, spoke: Speaker, publisher: Publisher, text: str
) -> Speaker:
    """ "28 died in three provinces; THE MISSION has since added six": who had the floor speaks in the sentence alone."""
    speaker = only_voice(parts[index])
    if not speaker.is_named or "say.blame" in parts[index].sentence.said:
        return NOBODY
    apart = "\n\n" in text[parts[index - 1].span.start : parts[index].span.start]
    goes_on = speaker.name == spoke.name and (speaker.name == publisher.speaker.name or not apart)
    return speaker if goes_on else NOBODY


def _last_named(part: Part) -> Speaker | None:
    """Who spoke last in a sentence, outlets apart."""
    return next(
        (s.speaker for s in reversed(part.sayings) if s.speaker.is_named and not s.speaker.is_outlet), None
    )


def _said_again(parts: Sequence[Part], held: Sequence[Speaker], title_end: int) -> Speaker:
    """Whose numbers a headline tells: of the one who says each of them again where the text below begins."""
    losses = [
        (b.phrase.quantity.low, _are_militants(parts[0].sentence.units, at))
        for at, b in parts[0].sentence.bound.items()
    ]
    opening = [(p, h) for p, h in zip(parts, held, strict=True) if p.span.start >= title_end][:OPENING]
    again = [
        (unit.quantity.low, _are_militants(part.sentence.units, at), teller(part, unit.start, floor))
        for part, floor in opening
        for at, unit in enumerate(part.sentence.units)
        if unit.quantity and unit.quantity.low is not None and not unit.quantity.definite
    ]
    found = [next((s for *told, s in again if told == list(one)), None) for one in losses]
    said = [speaker for speaker in found if speaker is not None]
    voices = {s.speaker.name for part, _ in opening for s in part.sayings}
    if not said and len(voices) == 1:
        said = [s for b in parts[0].sentence.bound.values() for s in _in_parts(b, opening)]
    same = {speaker.name for speaker in said}
    whole = len(said) == len(found) or len(voices) == 1
    return said[0] if len(same) == 1 and whole and not said[0].is_outlet else NOBODY


def _in_parts(whole: Bound, opening: Sequence[tuple[Part, Speaker]]) -> list[Speaker]:
    """Who tells both parts of a headline's sum: "EIGHT killed", where he says that six died here and two there."""
    told = [
        (b.phrase.quantity.low or 0, teller(p, b.phrase.quantity.start, held))
        for p, held in opening
        for b in p.sentence.bound.values()
        if b.measure == whole.measure
    ]
    pairs = (pair for pair in combinations(told, 2) if pair[0][0] + pair[1][0] == whole.phrase.quantity.low)
    return [teller for _, teller in next(pairs, ())]


def _are_militants(units: Sequence[Unit], at: int) -> bool:
    return any(u.has("people.militants") for u in units[at : at + NOUN])
