"""Whose report a text is: bare sentences and tables in it belong to the body that its opening names.

"UNAMA recorded 331 casualties, according to its quarterly update. … Kunar was worst with 71." A report of the body's
own, which has headings or says "we", is told by it to the end; a news text about one only until somebody else speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.sayings import NOBODY, REPORTS, Speaker, reporter
from bot.news.text.words import word_set

OPENING = 4  # sentences, headline and lead-in among them, in which a report is named
HEADING = re.compile(r"(?m)^(?=[A-Z])[^\n.!?:]{3,40}$")  # "Cross-border violence", on a line of its own
HEADINGS = 2
COUNTED = word_set("killed wounded casualties captured abducted displaced returned deported attacks strikes")
OURSELVES = frozenset(("we", "our"))


@dataclass(frozen=True, slots=True)
class Publisher:
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
            headed = len(HEADING.findall(text, title_end)) >= HEADINGS
            return Publisher(speaker, index, headed or _says_we(parts))
    return Publisher()


def _says_we(parts: Sequence[Part]) -> bool:
    """Whether a text speaks for itself outside quotations."""
    return any(
        not OURSELVES.isdisjoint(p.sentence.said) and not p.sayings and _plain(p)
        for p in parts[: 2 * OPENING]
    )


def _plain(part: Part) -> bool:
    return not any(u.low in ("“", "”", '"') for u in part.sentence.units)


def published(publisher: Publisher, parts: Sequence[Part], index: int, text: str) -> Speaker:
    """The publisher, where a sentence counts people, nobody speaks in it and nobody else has taken the floor."""
    part = parts[index]
    if index <= publisher.start or not publisher.speaker.is_named:
        return NOBODY
    if part.sayings or not any(b.measure in COUNTED for b in part.sentence.bound.values()):
        return NOBODY
    for k in range(index - 1, publisher.start - 1, -1):
        if publisher.is_author and "\n" in text[parts[k].span.start : part.span.start].rstrip():
            return publisher.speaker
        if parts[k].sayings:
            last = parts[k].sayings[-1].speaker
            return publisher.speaker if last.name == publisher.speaker.name else NOBODY
    return NOBODY
