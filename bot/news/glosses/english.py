"""A report put into English, and the way back: where in its own words stands what the English says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import NamedTuple

from bot.news.glosses.order import in_order
from bot.news.glosses.pieces import pieces, sentences_of
from bot.news.glosses.table import Glossary
from bot.news.model import Document
from bot.news.text.lexicon import Lexicon
from bot.news.text.words import Span

MARKS = " \n.!?…»”“\"')"  # that end a text
Place = tuple[int, ...]  # in the English, and in the report's own words


class English(NamedTuple):
    """A report in English, and where each piece of it comes from."""

    document: Document
    places: list[Place]

    def own(self, start: int, end: int) -> Span:
        """What part of the report a part of its English stands for."""
        first = max(0, bisect_right(self.places, (start, len(self.document.text))) - 1)
        last = bisect_left(self.places, (end,))
        inside = [p for p in self.places[first:last] if start < p[1]]
        return Span(min((p[2] for p in inside), default=0), max((p[3] for p in inside), default=0))

    def at(self, own: int) -> int:
        """Where in the English stands what stands at a place of the report, or next behind it."""
        return min((p[0] for p in self.places if p[3] > own), default=len(self.document.text))


def in_english(document: Document, glossary: Glossary, lexicon: Lexicon) -> English:
    """A report as its English reader sees it."""
    text, title_end = document.text, document.title_end
    mentions = lexicon.mentions(text)
    written, places, length, title = list[str](), list[Place](), 0, 0
    for span in (Span(0, title_end), Span(title_end, len(text))):
        for sentence in sentences_of(pieces(text, span, glossary, mentions)):
            for at, piece in enumerate(in_order(sentence, glossary)):
                english, gap = piece.english, piece.gap.replace("\u00a0", " ") or " "
                if at == 0 and ";" not in gap:
                    english = english[:1].upper() + english[1:]
                length += len(gap)
                places.append((length, length + len(english), piece.start, piece.end))
                length += len(english)
                written += gap, english
        if span.start == 0 and title_end:
            title = length
    written.append(text[len(text.rstrip(MARKS)) :].strip())
    return English(replace(document, text="".join(written), title_end=title, lang="en"), places)
