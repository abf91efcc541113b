"""When was it published? A feed's date words as a moment in UTC, or None: never now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate
from time import struct_time
from zoneinfo import ZoneInfo

_OFFSET = re.compile(
    r"(?:[+-]\d{2}:?\d{2}|(?<=\d)Z|\b(?:GMT|UTC?|Z))\s{0,4}(?:\([^)]{0,40}\))?$", re.IGNORECASE
)
_USUAL = re.compile(
    r"[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:GMT|[+-][0-9]{4})"
)
_LETTERS = re.compile(r"(?<![A-Za-z])([A-Z]{3,5})$")
_KNOWN = frozenset({"EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET", "CT", "MT", "PT"})
# Zone names of the region that date libraries do not know or take for American ones, in hours.
_NAMED = {"PKT": 5.0, "AFT": 4.5, "IST": 5.5, "BST": 1.0, "CET": 1.0, "CEST": 2.0, "TRT": 3.0, "IRST": 3.5}
_HOME = {"PST": "Asia/Karachi", "IST": "Asia/Kolkata"}
_ISO_DAY = re.compile(r"\d{4}-(\d{2})-(\d{2})")
_LONG_RUN = re.compile(r"\d{5,}")


def moment(words: str, parsed: struct_time | None, zone: str = "UTC") -> datetime | None:
    """The moment that feedparser read, put right: dates without a zone are in the feed's own.

    >>> moment("2025-10-15 18:00:00", struct_time((2025, 10, 15, 18, 0, 0, 2, 288, 0)), "Asia/Kabul")
    datetime.datetime(2025, 10, 15, 13, 30, tzinfo=datetime.timezone.utc)
    >>> moment("soon", None) is None
    True
    """
    words = words.strip()[:100]
    if parsed is not None and _USUAL.fullmatch(words):  # most are, and this takes a tenth of the time
        read = _read(parsed)
        return _sane(read) if read else None
    if words.isascii() and words.isdigit() and len(words) in (10, 13):
        return _sane(datetime.fromtimestamp(int(words) / (1000 if len(words) == 13 else 1), UTC))
    try:
        exact = datetime.fromisoformat(words)
        return _sane(exact.replace(tzinfo=exact.tzinfo or ZoneInfo(zone)).astimezone(UTC))
    except (ValueError, OverflowError):
        pass
    parsed = parsed or _mail_date(words)
    if (
        parsed is None
        or not _possible(words)
        or any(len(run) in (5, 7) or len(run) > 14 for run in _LONG_RUN.findall(words))
    ):
        return None
    read = _read(parsed)
    return _sane(_in_zone(words, read, zone)) if read else None


def _read(parsed: struct_time) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None


def _possible(words: str) -> bool:
    """A 13th month is a mistake, not the next January."""
    found = _ISO_DAY.match(words)
    return found is None or (1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31)


def _mail_date(words: str) -> struct_time | None:
    try:
        found = parsedate(words)
        return struct_time(found) if found else None
    except (ValueError, IndexError):
        return None


def _in_zone(words: str, read: datetime, zone: str) -> datetime:
    """`read` took the words for UTC unless they carry an offset that it understood."""
    if _OFFSET.search(words):
        return read
    letters = _LETTERS.search(words)
    name = letters[1] if letters else ""
    if name in _KNOWN and _HOME.get(name) != zone:
        return read
    if name in _NAMED:
        return read - timedelta(hours=_NAMED[name])
    if name in _KNOWN:  # PST that means Pakistan: feedparser has added eight hours for California
        read = read - timedelta(hours=8)
    try:
        return read.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return read


def _sane(read: datetime) -> datetime | None:
    return read if 1990 <= read.year <= 9000 else None
