"""Direct speech of several sentences whose speaker is named after the last: "“Ten died. Six were hurt,” he said."."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.sayings import COLON, NOBODY, POSTPOSED, Saying, Speaker

LONGEST = 5  # sentences of a quotation before its speaker is named
MARKS = ('"', "“", "”")


def name_later(parts: Sequence[Part], text: str) -> None:
    """Give each sentence of a quotation the speaker who is named where it ends."""
    for index, part in enumerate(parts):
        said = text[part.span.start : part.span.end]
        if not part.sayings and any(mark in said for mark in MARKS[:2]) and _is_open(said):
            _name(parts, index, text)


def _name(parts: Sequence[Part], first: int, text: str) -> None:
    """Look for the end of a quotation in its own paragraph."""
    for index in range(first + 1, min(len(parts), first + LONGEST)):
        span = parts[index].span
        if "\n\n" in text[parts[first].span.start : span.start]:
            return
        said = text[span.start : span.end]
        if not any(mark in said for mark in MARKS):
            continue
        speaker = _named_after(parts[index], text)
        for part in parts[first:index] if speaker.is_named else ():
            part.sayings[:] = [Saying(speaker, part.span.start, part.span.end, COLON)]
        return


def _named_after(part: Part, text: str) -> Speaker:
    """Who is named behind the mark that ends a quotation: "…,” said the envoy"."""
    ends = min(k for mark in MARKS if (k := text.find(mark, part.span.start, part.span.end)) >= 0)
    after = (s.speaker for s in part.sayings if s.strength == POSTPOSED and s.speaker.start > ends)
    return next(after, NOBODY)


def _is_open(said: str) -> bool:
    """Whether a sentence begins a quotation that it does not end."""
    return said.count("“") > said.count("”") or said.count('"') % 2 == 1
