"""Feed text made harmless for any chat: no hidden characters, no half figures, only web addresses."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST_URL = 300  # longer ones are trackers or attacks; the outlet's name is shown without a link
MARKS_IN_A_ROW = 2
PICTURES = 0x2190  # from here on characters are arrows, symbols and emoji, which a joiner may join
ZWJ = "\u200d"

SENTENCE = re.compile(r"[.!?؟۔]['\"”’»)]?\s")
CLAUSE = re.compile(r"[;,،]\s|\s[–—]\s")
IN_URL = {c: f"%{ord(c):02X}" for c in "<>()[]{}|\\`^\"'*_~"}


def clean(text: str) -> str:
    """One line of text without controls, direction overrides, zero-width characters or stacked marks.

    >>> clean("Two\\n lines \\u202e and\\u200b a trick")
    'Two lines and a trick'
    """
    kept: list[str] = []
    marks = 0
    for index, char in enumerate(text):
        kind = unicodedata.category(char)
        if char.isspace():
            char = " "
        elif kind in ("Cc", "Cf", "Cs", "Co", "Cn") and not joins(text, index):
            continue
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(char)
    return " ".join("".join(kept).split())


def joins(text: str, index: int) -> bool:
    """A joiner between two parts of one emoji is the only invisible character with a use here."""
    return (
        text[index] == ZWJ
        and 0 < index < len(text) - 1
        and ord(text[index - 1]) >= PICTURES
        and ord(text[index + 1]) >= PICTURES
    )


def web(url: str) -> str:
    """An address that may be linked: http or https with a host and nothing that ends a link; else "".

    >>> web("https://dawn.com/a b(c)"), web("javascript:alert(1)"), web("https://user@evil.example/")
    ('https://dawn.com/a%20b%28c%29', '', '')
    """
    kept = "".join(
        c for c in url.strip() if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
    )
    address = "".join("%20" if c.isspace() else IN_URL.get(c, c) for c in kept)
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return ""
    return address if len(address) <= LONGEST_URL else ""


def shorten(text: str, most: int) -> str:
    """At most `most` characters, cut where a sentence or clause ends if one does, never close behind a number.

    >>> shorten("Eleven were killed, officials said. The toll rose to 23 by noon.", 40)
    'Eleven were killed, officials said. …'
    """
    if len(text) <= most:
        return text
    if most < 2:
        return ""
    head = text[: most - 2]
    for rule in (SENTENCE, CLAUSE):
        ends = [match.end() for match in rule.finditer(text[: most - 1])]
        if ends and ends[-1] >= most // 4:
            return f"{text[: ends[-1]].strip()} …"
    words = head.split(" ")[:-1] or [head]
    while len(words) > 1 and any(c.isdigit() for word in words[-4:] for c in word):
        words.pop()
    return f"{' '.join(words)} …"
