"""Feed text made harmless for any chat: no hidden characters, no half figures, only web addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

LONGEST = 20_000  # characters of a text that are looked at: no message of any platform holds more
LONGEST_URL = 300  # longer ones are trackers or attacks; the outlet's name is shown without a link
MARKS_IN_A_ROW = 2
PICTURES = "\u2190"  # from here on characters are arrows, symbols and emoji, which a joiner may join
ZWJ = "\u200d"
ZWNJ = "\u200c"

SENTENCE = re.compile(r"[.!?؟۔;؛]['\"”’»)]?\s")
CLAUSE = re.compile(r"[,،]\s|\s[–—]\s")
NUMBER = re.compile(
    r"\S{0,3}\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?)\b",
    re.IGNORECASE,
)
IN_URL = {c: f"%{ord(c):02X}" for c in "<>()[]{}|\\`^\"'*_~"}


def clean(text: str) -> str:
    """One line of text without controls, direction overrides, zero-width characters or stacked marks.

    >>> clean("Two\\n lines \\u202e and\\u200b a trick")
    'Two lines and a trick'
    """
    kept: list[str] = []
    marks = 0
    text = text[:LONGEST]
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
    """The two invisible characters with a use here: what joins the parts of an emoji, what parts Persian letters.

    >>> [joins(text, 1) for text in ("👩\u200d🚒", "a\u200db", "ه\u200cا", "a\u200cb")]
    [True, False, True, False]
    """
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if text[index] == ZWJ:
        return before >= PICTURES and after >= PICTURES
    return text[index] == ZWNJ and all("\u0600" <= char <= "\u06ff" for char in (before, after))


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
    """At most `most` characters, with … where it was cut: at a sentence's end, else before the first number.

    Who gives a number may stand anywhere in its sentence, so half a sentence with one is not shown, unless
    it begins with it.

    >>> shorten("Eleven were killed, officials said. The toll rose to 23 by noon.", 40)
    'Eleven were killed, officials said. …'
    >>> shorten("Shells fell on the bazaar at dusk, and 23 people were killed there, said the governor.", 70)
    'Shells fell on the bazaar at dusk, …'
    """
    if len(text) <= most:
        return text
    if most < 2:
        return ""
    head, least = text[: most - 2], most // 4
    ends = [match.end() for match in SENTENCE.finditer(text[: most - 1])]
    if ends and ends[-1] >= least:
        return f"{head[: ends[-1]].strip()} …"
    number = NUMBER.search(head, head.find(" ", least) + 1 or least)
    head = head[: number.start()] if number else head.rpartition(" ")[0] or head
    clauses = [match.end() for match in CLAUSE.finditer(head)]
    if clauses and clauses[-1] >= least:
        head = head[: clauses[-1]]
    return f"{head.strip()} …"


def fitted(text: str, most: int, dressed: Callable[[str], str]) -> str:
    """A text in a platform's dress, of at most `most` characters; "" where not even one word fits.

    What escapes add counts, too, so the text is shortened until its dress fits.
    """
    source, room = clean(text), most
    while len(shown := dressed(shorten(source, room))) > most and room > 8:
        room = room * 3 // 4
    return shown if len(shown) <= most else ""
