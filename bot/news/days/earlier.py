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
PAST = re.compile(
    r"(?=[^.;]{0,80}\bhad\b)(?:(?:on|in|last|earlier|back\sin)\s[^.;]{3,24},?\s)?"
    r"(?:an?|the)\s(?:similar|previous|earlier|separate)\s(?:\w+\s){0,2}"
    r"(?:attack|strike|bombing|blast|raid|assault|clash|ambush|shelling|incident)s?\b",
    re.IGNORECASE,
)  # "On March 3 a similar attack in Tank had killed five"
APART = re.compile(
    r"(?:separately|elsewhere|in\s(?:other\snews|(?:a|another)\sseparate|(?:another|a\ssimilar)\s(?:attack|incident|raid|strike|blast)))\b",
    re.IGNORECASE,
)  # "Separately, nine militants were killed in Tank"
AGAIN = re.compile(
    r"\b(?:second|third|fourth|fifth|another|consecutive|successive)\s(?:consecutive\s|straight\s|successive\s)?"
    r"(?:night|day)s?\s(?:of\s(?:strikes|air|raids|bomb|shelling|attacks)|running|in\sa\srow)",
    re.IGNORECASE,
)  # what was counted on the night before is told with it
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

    "On March 3 a similar attack in Tank had killed five" tells of one by itself. "The toll rose to nine, a day after
    the attack" tells of nothing else than the attack.
    """
    found = []
    for order, span in enumerate(text.sentences):
        if order and APART.match(text.text, span.start, span.end):
            found.append(Span(span.start, len(text.text)))  # and what is told after it
            break
        match = BEFORE.match(text.text, span.start, span.end) if order > 1 else None
        match = match or (PAST.match(text.text, span.start, span.end) if order else None)
        if match:
            found.append(span)
            continue
        match = AFTER.search(text.text, span.start, span.end)
        if match and _is_news(text, Span(span.start, match.start())):
            stop = re.search(r"[,;]", text.text[match.end() : span.end])
            found.append(Span(match.start(), match.end() + stop.start() if stop else span.end))
    return tuple(found)


def is_told(text: Text, at: int) -> bool:
    """Whether a word stands where a text tells of an earlier happening."""
    return any(part.start <= at < part.end for part in told(text))


def _is_news(text: Text, before: Span) -> bool:
    """Whether a happening is told there, not what came of one: a burial, a higher toll."""
    return bool(text.said(before, *NEWS, "cue.strike", "part.felled")) and not text.said(
        before, "stories.sequel", "stories.followed"
    )
