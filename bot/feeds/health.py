"""Is a feed well? Tells failure from silence, and a frozen feed from a quiet one: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.feeds.feed import Answer, Failed, Feed, Health, Parsed
from bot.news.model import Entry, Side

FLOOD_LEAST = 5  # fewer new entries than this are news, whatever they look like
FLOOD_SHARE = 0.6  # of new entries that say what known ones said


@dataclass(frozen=True, slots=True)
class HealthSettings:
    frozen_hours: float = 48.0  # the newest entry of a working feed is not older than this
    undated_share: float = 0.5
    failing_after: int = 1  # failures in a row


def health(
    answer: Answer,
    parsed: Parsed | Failed | None,
    newest: datetime | None,
    now: datetime,
    settings: HealthSettings | None = None,
    failures: int = 1,
) -> Health:
    """One word for the last poll. `newest` is the newest date ever seen in the feed.

    >>> from datetime import UTC
    >>> health(Failed("403", "blocked"), None, None, datetime(2026, 1, 1, tzinfo=UTC))
    'blocked'
    """
    settings = settings or HealthSettings()
    failed = answer if isinstance(answer, Failed) else parsed if isinstance(parsed, Failed) else None
    if failed is not None:
        if failed.kind in ("blocked", "limited"):
            return "blocked"
        return "failing" if failures >= settings.failing_after else "ok"
    if isinstance(parsed, Parsed):
        if not parsed.entries and not parsed.unchanged:
            return "empty"
        undated = sum(entry.published is None for entry in parsed.entries)
        if undated > settings.undated_share * len(parsed.entries):
            return "undated"
    if newest is not None and now - newest > timedelta(hours=settings.frozen_hours):
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


def coverage(feeds: Iterable[Feed], words: Mapping[str, Health]) -> dict[Side, tuple[int, int]]:
    """Per side: how many enabled feeds are well, of how many; `words` by feed address.

    >>> coverage([Feed("u", "n", "o", "AF")], {"u": "frozen"})
    {'AF': (0, 1)}
    """
    sides: dict[Side, tuple[int, int]] = {}
    for feed in feeds:
        if feed.enabled:
            well, all_ = sides.get(feed.side, (0, 0))
            sides[feed.side] = (well + (words.get(feed.url, "ok") == "ok"), all_ + 1)
    return sides
