"""Feed text made harmless for Slack: no mention, no hidden character, no link that shows another host."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

LONGEST_URL = 500  # longer ones are trackers or attacks; the outlet's name is shown without a link
MARKS_IN_A_ROW = 2
PICTURES = 0x2190  # from here on characters are arrows, symbols and emoji, which a joiner may join
ZWJ = "\u200d"

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
LETTERS = str.maketrans({"*": "∗", "`": "'", "~": "∼"})  # Slack has no escape for its own marks
PLAIN = str.maketrans({"<": "‹", ">": "›"})
IN_LABEL = str.maketrans({"|": "¦"})
IN_URL = {"<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", "\\": "%5C", "`": "%60", "^": "%5E"}
ENDINGS = "com|org|net|int|info|io|gov|edu|pk|af|uk|in|tv|co|ru|cn|news|ly|me"
HOST = re.compile(
    rf"(?<![\w@.-])(?:(?i:[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,3}}\.(?:{ENDINGS}))"
    r"|[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,24})(?![\w-])"
)


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


def mrkdwn(text: str) -> str:
    """Text for a mrkdwn object: `<` can never open a mention, `*` never bold half a figure.

    >>> mrkdwn("<!here> 5 * 3 & more")
    '&lt;!here&gt; 5 ∗ 3 &amp; more'
    """
    return clean(text).translate(LETTERS).translate(ENTITIES)


def plain(text: str) -> str:
    """Text for a plain_text object, which shows everything but entities as it is."""
    return clean(text).translate(PLAIN)


def web(url: str) -> str:
    """An address that may be linked: http or https with a host, safe within `<…|…>`; "" for any other.

    >>> web("https://dawn.com/a b|c"), web("javascript:alert(1)"), web("https://user@evil.example/")
    ('https://dawn.com/a%20b%7Cc', '', '')
    """
    address = "".join(c for c in url.strip() if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    address = "".join("%20" if c.isspace() else IN_URL.get(c, c) for c in address)
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return ""
    except ValueError:
        return ""
    return address.translate(ENTITIES) if len(address) <= LONGEST_URL else ""


def link(url: str, label: str) -> str:
    """`<url|label>`, or the label alone where the address is none or the label shows another host.

    >>> link("https://dawn.com/1", "Clash | Torkham <live>")
    '<https://dawn.com/1|Clash ¦ Torkham &lt;live&gt;>'
    >>> link("https://evil.example/", "see DAWN.com"), link("https://evil.example/", "see dawn.example")
    ('see DAWN.com', 'see dawn.example')
    """
    address, shown = web(url), mrkdwn(label).translate(IN_LABEL)
    if not address or not shown:
        return shown
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    named = {match[0].lower().removeprefix("www.") for match in HOST.finditer(shown)}
    return f"<{address}|{shown}>" if all(name == host for name in named) else shown


def moment(at: datetime, form: str = "{date_short_pretty} {time}") -> str:
    """A time in the reader's own zone, with UTC for clients that cannot."""
    return f"<!date^{int(at.timestamp())}^{form}|{at:%d %b %Y %H:%M} UTC>"


def mention(who: str) -> str:
    """What an administrator chose to call, if it is a user group, a person or the channel; else nothing.

    >>> mention("S012AB3CD"), mention("here"), mention("<!channel> x")
    ('<!subteam^S012AB3CD>', '<!here>', '')
    """
    word = who.strip().removeprefix("@")
    if word in ("here", "channel"):
        return f"<!{word}>"
    if match := re.fullmatch(r"<!subteam\^(S[A-Z0-9]{2,20})(?:\|[^<>]*)?>|(S[A-Z0-9]{2,20})", word):
        return f"<!subteam^{match[1] or match[2]}>"
    if match := re.fullmatch(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>|([UW][A-Z0-9]{2,20})", word):
        return f"<@{match[1] or match[2]}>"
    return ""


SENTENCE = re.compile(r"[.!?؟۔]['\"”’»)]?\s")
CLAUSE = re.compile(r"[;,،]\s|\s[–—]\s")


def shorten(text: str, most: int) -> str:
    """At most `most` characters, cut where a sentence or clause ends, so that no figure loses its words.

    >>> shorten("Eleven were killed, officials said. The toll rose to 23 by noon.", 40)
    'Eleven were killed, officials said. …'
    """
    if len(text) <= most:
        return text
    for rule in (SENTENCE, CLAUSE):
        ends = [match.end() for match in rule.finditer(text[: most - 1])]
        if ends and ends[-1] >= most // 4:
            return f"{text[: ends[-1]].strip()} …"
    words = text[: most - 1].split(" ")[:-1] or [text[: most - 1]]
    while len(words) > 1 and any(c.isdigit() for word in words[-4:] for c in word):
        words.pop()
    return f"{' '.join(words)} …"


def fitted(text: str, most: int) -> str:
    """Escaped mrkdwn of at most `most` characters: entities count, so shorten until they fit."""
    room, source = most, clean(text)
    while len(result := mrkdwn(shorten(source, room))) > most and room > 8:
        room = room * 3 // 4
    return result
