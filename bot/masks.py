"""What may be shown of an address: its query may hold a key, and what stands before an @ a password."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"""\b((?:https?|wss?)://)(?:[^\s/?#"<>@]*@)?([^\s?#"<>]*)([?#][^\s"<>]*)?""", re.IGNORECASE
)
TICKET = re.compile(r"""\bticket=[^\s&"'<>]+""")  # Slack's, which is as good as a token for a while


def masked(text: str) -> str:
    """The text, each address in it without query and user.

    >>> masked("moved to https://a.example/rss?key=1")
    'moved to https://a.example/rss?…'
    """
    if "://" in text:
        text = ADDRESS.sub(lambda found: found[1] + found[2] + (f"{found[3][0]}…" if found[3] else ""), text)
    return TICKET.sub("ticket=…", text)
