"""Where the happening that is told happened, beside the earlier one that it is set against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.news.text.words import word_set

# "hours after a bombing in Bannu", "in answer to an attack in Mohmand": what follows came before
SET_AGAINST = re.compile(
    r"\b(?:minutes|hours?|days?|weeks?|months?) after\b"
    r"|\b(?:in|an?) (?:answer|response|reply|retaliation|revenge) (?:to|for)\b"
)
RELATIVE = re.compile(
    r",\s(?:which|who|whose|whom)\b"
)  # "strikes on Khost, WHICH ANSWERED A BOMBING IN BANNU, killed five"
BORDERS = word_set("border frontier")
ENDS = re.compile(r"[.!?;]\s|\n")
RUNS_ON = word_set("where which that who whose when and in")  # "in Bannu, WHERE 14 died": still of that


def foreground(text: str, placed: Sequence[tuple[str, int]], until: int) -> list[str]:
    """The sides of places up to an offset, without an earlier happening's or a closed relative clause's: "strikes in Khost, HOURS AFTER A BOMBING IN
    BANNU, killed five" tells of Khost alone, "… a bombing in Bannu killed 14" of both."""
    kept: list[str] = []
    aside = False
    for k, (side, at) in enumerate(placed):
        between = text[placed[k - 1][1] : at] if k else ""
        aside = (aside and not ENDS.search(between)) or is_set_against(between) or _relates(between)
        if not (aside and kept and side != kept[-1] and _is_closed(text, at, until)):
            kept.append(side)
    return kept


def is_set_against(between: str) -> bool:
    """Whether words turn to what came before: " six people, HOURS AFTER a bombing in "."""
    ends = [found.end() for found in SET_AGAINST.finditer(between.lower())]
    return bool(ends) and not ENDS.search(between, ends[-1])


def _relates(between: str) -> bool:
    found = RELATIVE.search(between)
    return found is not None and not ENDS.search(between, found.end())


def names_line(rest: Sequence[str]) -> bool:
    """Whether words after a side's name make a line of it: "the Afghan BORDER"."""
    return bool(rest) and rest[0] in BORDERS


def _is_closed(text: str, at: int, until: int) -> bool:
    """Whether the clause of a place is over before an offset: "after a bombing in Bannu, …"."""
    if ENDS.search(text, at, until):
        return True
    comma = text.find(",", at, until)
    word = text[comma + 1 : until].split(None, 1)[:1] if comma >= 0 else []
    return comma >= 0 and not (word and word[0].lower() in RUNS_ON)
