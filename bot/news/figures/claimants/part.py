"""A sentence that was heard: what it counts, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from bot.news.figures.claimants.sayings import Saying
from bot.news.figures.sentence.clause import Sentence
from bot.news.text.words import Span


@dataclass(slots=True)
class Part:
    """A sentence of a text, where it stands, and its acts of saying."""

    span: Span
    sentence: Sentence
    sayings: list[Saying]
