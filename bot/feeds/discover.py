"""Finds the feeds that a web page announces, for people who paste the page's address: pure."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from bot.feeds.guard import Refusal, check_url

_LOOKED_AT = 262_144  # characters; announcements stand in the head
_LINK = re.compile(r"<(?:link|base)\s([^<>]{1,1000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z]{2,10})\s{0,4}=\s{0,4}(?:"([^"]{0,900})"|'([^']{0,900})'|([^\s"'>]{1,900}))"""
)
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


def discover(html: str, url: str, ports: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """Addresses of announced feeds, absolute, in the page's order, comments' feeds last.

    >>> discover('<link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b">', "https://x.example/a")
    ('https://x.example/feed?a=1&b',)
    """
    base = url
    found: list[str] = []
    comments: list[str] = []
    for tag in _LINK.finditer(html[:_LOOKED_AT]):
        values = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag[1])}
        href = values.get("href", "").strip()
        if tag[0][1:5].lower() == "base":
            base = _join(base, href) or base
        elif (
            "alternate" in values.get("rel", "").lower().split() and values.get("type", "").lower() in _TYPES
        ):
            address = _join(base, href)
            if address and not isinstance(check_url(address, ports), Refusal):
                (comments if "comment" in (address + values.get("title", "")).lower() else found).append(
                    address
                )
    return tuple(dict.fromkeys([*found, *comments]))


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href) if href else ""
    except ValueError:
        return ""
