"""Feed text made harmless for Slack: no mention, no hidden character, no link that shows another host."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from bot.platforms import escape
from bot.platforms.escape import clean, web

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
LETTERS = str.maketrans({"*": "∗", "`": "'", "~": "∼"})  # Slack has no escape for its own marks
PLAIN = str.maketrans({"<": "＜", ">": "＞"})
QUOTE = "&gt;"  # at a line's start Slack takes it for a quotation
EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # an underscore that slants words, unlike one inside a name
IN_LABEL = str.maketrans({"|": "¦"})
ENDINGS = "com|org|net|int|info|io|gov|edu|pk|af|uk|in|tv|co|ru|cn|news|ly|me"
HOST = re.compile(
    rf"(?<![\w@.-])(?:(?i:[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,3}}\.(?:{ENDINGS}))"
    r"|[a-z0-9-]{2,63}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,24})(?![\w-])"
)


def mrkdwn(text: str) -> str:
    """Text for a mrkdwn object: `<` can never open a mention, `*` never bold half a figure.

    >>> mrkdwn("<!here> 5 * 3 & more"), mrkdwn("> 50 killed, says _who_ of a_b")
    ('&lt;!here&gt; 5 ∗ 3 &amp; more', '＞ 50 killed, says ＿who＿ of a_b')
    """
    shown = EDGE.sub("＿", clean(text).translate(LETTERS)).translate(ENTITIES)
    return f"＞{shown.removeprefix(QUOTE)}" if shown.startswith(QUOTE) else shown


def plain(text: str) -> str:
    """Text for a plain_text object, which shows everything but entities as it is."""
    return clean(text).translate(PLAIN)


def link(url: str, label: str, most: int) -> str:
    """`<url|label>`, or the label alone where the address is none or the label shows another host.

    The label has at most `most` characters; the address comes on top, up to five times as long as it was written.

    >>> link("https://dawn.com/1", "Clash | Torkham <live>", 99)
    '<https://dawn.com/1|Clash ¦ Torkham &lt;live&gt;>'
    >>> [link("https://evil.example/", label, 99) for label in ("see DAWN.com", "see dawn.example")]
    ['see DAWN.com', 'see dawn.example']
    """
    address, shown = web(url).translate(ENTITIES), fitted(label, most).translate(IN_LABEL)
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


def fitted(text: str, most: int) -> str:
    """Escaped mrkdwn of at most `most` characters."""
    return escape.fitted(text, most, mrkdwn)
