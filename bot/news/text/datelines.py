"""Datelines: where a report was written, which is not where it happened."""

from __future__ import annotations

import re

DATELINE = re.compile(
    r"(?:/[A-Z][A-Za-z]{1,20})?(?:,\s{1,3}[A-Z][A-Za-z. ]{2,20})?"
    r"(?:,?\s{1,3}[A-Z][a-z]{2,8}\.?\s{1,3}\d{1,2}(?:,\s{1,3}\d{4})?)?"
    r"\s{0,3}(?:\([A-Za-z/ .]{2,30}\)\s{0,3}[:—–-]?|:|\s?[—–-]{1,2})\s"
)


def is_dateline(text: str, start: int, end: int) -> bool:
    """A name at the start of a line, followed by an agency, a colon or a dash.

    >>> is_dateline("KABUL, April 17 (ANI): ...", 0, 5), is_dateline("In Kabul on Friday", 3, 8)
    (True, False)
    """
    line = text.rfind("\n", max(0, start - 25), start) + 1
    head = text[line:start].strip() if line or start < 25 else "far from a line's start"
    if head and not re.fullmatch(r"[A-Z][A-Za-z]{2,20}/", head):
        return False
    match = DATELINE.match(text, end)
    if match is None:
        return False
    return text[start:end].isupper() or "(" in match.group() or "/" in head + match.group()
