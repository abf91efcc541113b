"""Figures read in a report's English, in its own words."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.news.glosses.english import English
from bot.news.model import Figure
from bot.news.text.words import Span


def in_own_words(figure: Figure, english: English, text: str) -> Figure:
    """A figure with the words of its report: who says so and what is counted stay in English."""
    read = english.document.text
    start, end = english.own(figure.start, figure.end)
    number = _number(figure, english)
    said = read.find(figure.sentence, max(0, figure.end - len(figure.sentence)))
    sentence = english.own(said, said + len(figure.sentence))
    return replace(
        figure,
        text=text[number.start : number.end],
        quote=text[start:end],
        start=start,
        end=end,
        sentence=text[sentence.start : sentence.end],
        claimant_text=_named(figure, english, text, said),
    )


def _number(figure: Figure, english: English) -> Span:
    """Where the number of a figure stands: "8" is not in "58"."""
    number = re.compile(rf"(?<!\w){re.escape(figure.text)}(?!\w)")
    match = number.search(english.document.text, figure.start, figure.end)
    return english.own(match.start(), match.end()) if match else english.own(figure.start, figure.end)


def _named(figure: Figure, english: English, text: str, said: int) -> str | None:
    """The words that name who says so: of the sentence, else the last before it."""
    if not figure.claimant_text:
        return None
    words = re.compile(rf"(?<!\w){re.escape(figure.claimant_text)}(?!\w)")
    read, end = english.document.text, said + len(figure.sentence)
    match = words.search(read, max(0, said), end) or next(words.finditer(read), None)
    named = english.own(match.start(), match.end()) if match else Span(0, 0)
    return text[named.start : named.end] or None
