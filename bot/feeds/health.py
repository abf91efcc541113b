"""Is a feed well? Tells failure from silence, and a frozen feed from a quiet one: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.feeds.feed import Answer, Failed, Health, Parsed
from bot.news.model import Entry

UNDATED = 0.5  # share of entries without a date from which dates cannot be relied on
FLOOD_LEAST = 5  # fewer new entries than this are news, whatever they look like
FLOOD_SHARE = 0.6  # of new entries that say what known ones said


def health(
    answer: Answer,
    parsed: Parsed | Failed | None,
    newest: datetime | None,
    now: datetime,
    frozen_after: float = 48.0,
) -> Health:
    """One word for the last poll. `newest` is the newest date ever seen in the feed.

    `frozen_after` is in hours: the newest entry of a working feed is not older.

    >>> from datetime import UTC
    >>> health(Failed("403", "blocked"), None, None, datetime(2026, 1, 1, tzinfo=UTC))
    'blocked'
    """
    failed = answer if isinstance(answer, Failed) else parsed if isinstance(parsed, Failed) else None
    if failed is not None:
        return "blocked" if failed.kind in ("blocked", "limited") else "failing"
    if isinstance(parsed, Parsed):
        if not parsed.entries and not parsed.unchanged:
            return "empty"
        undated = sum(entry.published is None for entry in parsed.entries)
        if undated > UNDATED * len(parsed.entries):
            return "undated"
    if newest is not None and now - newest > timedelta(hours=frozen_after):
        return "frozen"
    return "ok"


def newest(entries: Iterable[Entry], now: datetime) -> datetime | None:
    """The newest date that is not in the future: one wrong date must not make a feed look alive."""
    soon = now + timedelta(hours=1)
    return max((e.published for e in entries if e.published and e.published <= soon), default=None)


def gap_possible(parsed: Parsed, known: int) -> bool:
    """Nothing in this poll was there at the last: entries may have come and gone in between.

    `known` counts entries of this poll that were already stored. Not for a feed's first poll.

    >>> gap_possible(Parsed((), total=20), 0), gap_possible(Parsed((), total=20, unchanged=1), 0)
    (True, False)
    """
    return parsed.total > 0 and not parsed.unchanged and not known


def flood(new: Sequence[Entry], known_titles: Iterable[str], known_urls: Iterable[str]) -> bool:
    """Did the publisher change how items are named? Then "new" entries are old ones: quarantine, post nothing.

    `new` are entries whose id is unknown; the titles and addresses are those stored for this feed.
    """
    if len(new) < FLOOD_LEAST:
        return False
    titles, urls = frozenset(known_titles), frozenset(known_urls)
    same = sum(entry.title in titles or entry.url in urls for entry in new)
    return same >= FLOOD_SHARE * len(new)
