"""What a sentence tells of an earlier happening: "a bomb hit a convoy, a day after an attack in Tank killed nine"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.news.text.lexicon import Text
from bot.news.text.words import Span

_UNITS = r"(?:hour|day|night|week|fortnight|month)s?"
AFTER = re.compile(
    rf"(?<!\bin )\b(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,4}}|just|barely|few|several|the|same)\s){{1,4}}{_UNITS}\s(?:after|following)\b"
    rf"|\b{_UNITS}\safter\b|\bin\s(?:response|reply|retaliation|answer|revenge)\s(?:to|for)\b",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"(?:(?:an?|one|two|three|four|five|six|\d{{1,4}}|few|several)\s){{1,4}}{_UNITS}\s(?:earlier|before|ago)\b",
    re.IGNORECASE,
)
NEWS = tuple(
    f"type.{kind}"
    for kind in (
        "air_strike",
        "border_clash",
        "attack",
        "operation",
        "diplomacy",
        "crossing",
        "arrest",
        "talks",
        "ceasefire",
    )
)  # what is news beside an earlier happening; who only speaks a day after it speaks of it


@lru_cache(maxsize=32)
def told(text: Text) -> tuple[Span, ...]:
    """The parts of a text that tell of an earlier happening, beside a later one that is the news.

    "The toll rose to nine, a day after the attack" tells of nothing else than the attack.
    """
    found = []
    for order, span in enumerate(text.sentences):
        match = BEFORE.match(text.text, span.start, span.end) if order > 1 else None
        if match:
            found.append(span)
            continue
        match = AFTER.search(text.text, span.start, span.end)
        if match and _is_news(text, Span(span.start, match.start())):
            stop = re.search(r"[,;]", text.text[match.end() : span.end])
            found.append(Span(match.start(), match.end() + stop.start() if stop else span.end))
    return tuple(found)


def _is_news(text: Text, before: Span) -> bool:
    """Whether a happening is told there, not what came of one: a burial, a higher toll."""
    return bool(text.said(before, *NEWS, "cue.strike", "part.felled")) and not text.said(
        before, "stories.sequel", "stories.followed"
    )
