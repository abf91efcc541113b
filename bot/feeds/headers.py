"""What an answer's headers ask of us: when to come back, what to send next time, is it a feed at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.feeds.feed import Validators

MAX_VALIDATOR = 1024
MAX_WAIT = 30 * 86_400.0
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s{0,4}=\s{0,4}\"?(\d{1,12})")
_FEED_START = re.compile(rb"<(?:[\w-]{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(rb"<(?:!doctype\s{1,8}html|html|head|body|script)[\s>]", re.IGNORECASE)
_SNIFF = 4096


def seconds_until(value: str, now: datetime) -> float | None:
    """Retry-After or Expires as seconds from now, at most a month; None where it makes no sense.

    >>> seconds_until("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> seconds_until("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), MAX_WAIT)
    moment = http_date(value)
    if moment is None:
        return None
    return min(max((moment - now).total_seconds(), 0.0), MAX_WAIT)


def http_date(value: str) -> datetime | None:
    """A date of a header, or None."""
    try:
        moment = parsedate_to_datetime(value[:80])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def freshness(headers: Mapping[str, str], now: datetime) -> float | None:
    """For how long the server says that nothing will be new: Cache-Control before Expires.

    >>> freshness({"Cache-Control": "public, max-age=900"}, datetime(2026, 1, 1, tzinfo=UTC))
    900.0
    """
    control = headers.get("Cache-Control", "")[:500].lower()
    if "no-cache" in control or "no-store" in control:
        return None
    if found := _MAX_AGE.search(control):
        return min(float(found[1]), MAX_WAIT) or None
    expires = headers.get("Expires")
    return seconds_until(expires, now) or None if expires and not expires.isdigit() else None


def validators(headers: Mapping[str, str], digest: str, now: datetime) -> Validators:
    """ETag and Last-Modified exactly as given; a Last-Modified in the future would say 304 for ever."""
    etag = headers.get("ETag", "")
    modified = headers.get("Last-Modified", "")
    moment = http_date(modified) if modified else None
    ahead = moment is not None and (moment - now).total_seconds() > 86_400
    return Validators(
        etag=etag if len(etag) <= MAX_VALIDATOR else "",
        last_modified="" if ahead or len(modified) > MAX_VALIDATOR else modified,
        digest=digest,
    )


def conditions(known: Validators) -> dict[str, str]:
    """The headers that ask "only if there is something new"."""
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def is_html(body: bytes) -> bool:
    """Is this a web page where a feed was expected? Login walls and error pages answer 200, too.

    >>> is_html(b" <!DOCTYPE html><html><body>Just a moment"), is_html(b"<?xml version='1.0'?><rss version='2.0'>")
    (True, False)
    """
    start = body[:_SNIFF]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\0", b"")
    html, feed = _HTML_START.search(start), _FEED_START.search(start)
    return html is not None and (feed is None or html.start() < feed.start())
