"""How a day and a stretch of days read: "9 Oct 2025", in a form that no reader can take for another."""

from __future__ import annotations

from datetime import date, datetime

from bot.news.model import PastEvent


def day(of: date) -> str:
    """A day in words.

    >>> day(date(2025, 10, 9))
    '9 Oct 2025'
    """
    return f"{of.day} {of:%b %Y}"


def moment(at: datetime) -> str:
    """A time in words, for readers everywhere: "9 Oct 2025 14:05 UTC"."""
    return f"{day(at)} {at:%H:%M} UTC"


def span(event: PastEvent) -> str:
    """The days of a happening, as exactly as they are known."""
    if event.precision != "day":
        shape = "%b %Y" if event.precision == "month" else "%Y"
        start, end = event.start.strftime(shape), event.end.strftime(shape)
    else:
        start, end = day(event.start), day(event.end)
    return start if start == end else f"{start} – {end}"
