"""Why nobody is told of an entry at once: a first poll, an old piece, a long pause before it, a feed in quarantine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.news.model import Entry
from bot.news.stories import identity
from bot.news.stories.identity import Known
from bot.store.feeds import FeedRow

EDITED = timedelta(days=7)  # how long an entry's edits may still be told
OLD = "older at first sight than"
LATE = "happened during a long pause: in the digest"

Quiet = Callable[[Entry], str]


def quiet_rule(row: FeedRow, now: datetime, fresh: timedelta, pause: timedelta) -> Quiet:
    """Why nobody is told of an entry: the feed's first poll, old at first sight, or a long pause before it."""
    if row.first_polled is None or row.last_success is None:
        return lambda entry: "first poll of this feed"
    paused = now - row.last_success > pause
    since = row.last_success if paused else None
    if row.quarantined is not None and row.quarantined > now:
        return lambda entry: "its feed is in quarantine"

    def quiet(entry: Entry) -> str:
        age = now - entry.when
        if since is not None and entry.published is not None and entry.when > since and age > pause:
            return LATE
        if age > fresh:
            return f"{OLD} {fresh / timedelta(hours=1):g} hours"
        if paused and (age > pause or entry.published is None):
            return "from a long pause, and not surely new"
        return ""

    return quiet


def edits_apart(rule: Quiet, known: Mapping[str, Known], now: datetime) -> Quiet:
    """An edit is news by what it changes: it is not at first sight, however old the entry is."""

    def apart(entry: Entry) -> str:
        reason = rule(entry)
        if not reason.startswith(OLD) or (met := identity.recognise(entry, known)) is None:
            return reason
        return "" if now - met.known.seen <= EDITED else "an edit of an old entry"

    return apart
