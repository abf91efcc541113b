"""Whose report a text is: bare sentences and tables in it belong to the body that its opening names.

"UNAMA recorded 331 casualties, according to its quarterly update. … Kunar was worst with 71." A report of the body's
own, which has headings, is told by it to the end; a news text about one only until somebody else speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.sayings import NOBODY, REPORTS, Speaker, reporter
from bot.news.text.words import word_set

OPENING = 4  # sentences, headline and lead-in among them, in which a report is named
HEADING = re.compile(r"(?m)^(?=[A-Z])[^\n.!?:]{3,40}$")  # "Cross-border violence", on a line of its own
HEADINGS = 2
COUNTED = word_set("killed wounded casualties captured abducted displaced returned deported attacks strikes")


class Publisher(NamedTuple):
    """The body whose report a text is, and whether the text is that report itself."""

    speaker: Speaker = NOBODY
    start: int = 0  # sentences before which nothing is its
    is_author: bool = False


def publisher_of(parts: Sequence[Part], text: str, title_end: int) -> Publisher:
    """The body that alone speaks in the opening sentence which names a report."""
    for index, part in enumerate(parts[:OPENING]):
        named = part.sayings and not part.sentence.said.isdisjoint(REPORTS)
        speaker = reporter(part.sayings) if named else NOBODY
        if speaker.is_named:
            return Publisher(speaker, index, len(HEADING.findall(text, title_end)) >= HEADINGS)
    return Publisher()


def published(publisher: Publisher, parts: Sequence[Part], index: int, text: str) -> Speaker:
    """The publisher, where a sentence counts people, nobody speaks in it and nobody else has taken the floor."""
    part, speaker = parts[index], publisher.speaker
    counts = any(b.measure in COUNTED for b in part.sentence.bound.values())
    if not speaker.is_named or not counts:
        return NOBODY
    for before in reversed(parts[publisher.start : index]):
        if publisher.is_author and "\n" in text[before.span.start : part.span.start].rstrip():
            return speaker
        if before.sayings:
            return speaker if before.sayings[-1].speaker.name == speaker.name else NOBODY
    return NOBODY
