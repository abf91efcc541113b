"""Search feeds carry other people's reports: whose each is, and its own address where that can be told."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from urllib.parse import urlsplit

_ENDS_WITH_OUTLET = re.compile(r"^(.{10,}\S) - ([^-]{2,60})$", re.DOTALL)
_ADDRESS = re.compile(rb"https?://[\x21-\x7e]{4,2000}")


def publisher(title: str, source: str, url: str, kind: str, otherwise: str) -> tuple[str, str]:
    """The title without "- Outlet", and that outlet.

    >>> publisher("Truce holds - for now - Kabul Lantern", "Kabul Lantern", "", "google-news", "Google News")
    ('Truce holds - for now', 'Kabul Lantern')
    >>> publisher("Truce holds", "", "https://www.lantern.example/1", "gdelt", "GDELT")
    ('Truce holds', 'lantern.example')
    """
    if kind == "gdelt":
        host = urlsplit(url).hostname or ""
        return title, host.removeprefix("www.") or otherwise
    if source and title.endswith(f" - {source}"):
        return title[: -len(source) - 3].strip(), source
    split = _ENDS_WITH_OUTLET.match(title)
    if not source and split:
        return split[1], split[2].strip()
    return title, source or otherwise


def unwrapped(url: str) -> str:
    """The article's own address, where a Google News link still carries it; newer links do not.

    >>> unwrapped("https://news.google.com/rss/articles/CBMiGGh0dHBzOi8vdmFsbGV5LmV4YW1wbGUvMdIBAA?oc=5")
    'https://valley.example/1'
    >>> unwrapped("https://news.google.com/rss/articles/CBMiQUVfeXFMTg?oc=5")
    'https://news.google.com/rss/articles/CBMiQUVfeXFMTg?oc=5'
    """
    parts = urlsplit(url)
    if parts.hostname != "news.google.com" or "/articles/" not in parts.path:
        return url
    token = parts.path.rpartition("/")[2].encode()
    try:
        found = _ADDRESS.search(urlsafe_b64decode(token + b"=" * (-len(token) % 4)))
        address = found[0].decode() if found else ""
        return address if urlsplit(address).hostname else url
    except ValueError:
        return url
