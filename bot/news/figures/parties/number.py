"""A bound number where it stands: in its sentence, among the text's names, in somebody's mouth."""

from __future__ import annotations

from typing import NamedTuple

from bot.news.figures.parties.sides import Surroundings, Voice
from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase


class Number(NamedTuple):
    """A bound number with what may be asked about it: whose it is, is told from these three alone."""

    bound: Bound
    sentence: Sentence
    around: Surroundings

    @property
    def phrase(self) -> Phrase:
        return self.bound.phrase

    @property
    def voice(self) -> Voice:
        return self.around.voice
