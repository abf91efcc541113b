"""What a poll says of the feed itself: how it is, when to ask again, what an operator should know.

The first half is pure; `save` writes it down in the transaction that stores what the poll brought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiosqlite

from bot import masks
from bot.feeds import health, pace
from bot.feeds.feed import Answer, Failed, Feed, Fetched, NotModified, Parsed, Validators
from bot.news.model import Entry
from bot.store import feeds
from bot.store.feeds import Asked, FeedRow

QUARANTINE = timedelta(hours=24)  # without another flood; then the feed is trusted again
GAPS = 3  # polls in a row, each with nothing but new entries, that no honest feed has
GAP_LEAST = 5  # a feed shorter than this has gaps all the time
GAP = "no entry of the last poll was left in this one: some may have come and gone in between"
GONE = "says that it is gone for good (410); it is asked for another day before that is believed"
GONE_FOR = timedelta(hours=24)  # three such answers at least, and nothing else in between
SOON = timedelta(hours=1)  # two polls no further apart than this should share entries


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is to be remembered of a feed after a poll."""

    asked: Asked
    due: pace.Due
    notices: tuple[str, ...] = ()
    quarantined: datetime | None = None  # a new end of it
    moved: str | None = None  # a new address; "": back to the configured one
    retired: str = ""

    @property
    def more(self) -> bool:
        """Is there more to write down than that the feed was asked?"""
        return bool(self.notices or self.quarantined or self.moved is not None or self.retired)


def conditions(row: FeedRow) -> Validators:
    """What to ask with: nothing at all now and then, should the server's "not modified" be stuck."""
    stuck = row.unmodified >= pace.STUCK
    return Validators() if stuck else Validators(row.etag, row.last_modified, row.digest)


def well(
    feed: Feed,
    row: FeedRow,
    answer: Fetched | NotModified,
    parsed: Parsed | None,
    due: pace.Due,
    now: datetime,
    *,
    known: int = 0,
    flood: str = "",
) -> Upkeep:
    """After a poll that worked; `known` entries of it were met before, `flood` says what is wrong with it."""
    dated = health.newest(parsed.entries, now) if parsed else None
    newest = max(filter(None, (row.newest, dated)), default=None)
    gap = _gap(row, parsed, known)
    gaps = row.gaps + 1 if gap and _soon(row, now) else 0
    if gaps >= GAPS and not flood:
        flood = f"{gaps} polls in a row brought nothing but new entries"
    until = now + QUARANTINE if flood else row.quarantined
    apart = until is not None and until > now
    notices = _moves(feed, row, answer)
    if not apart and gap:
        notices.append(GAP)
    elif apart and not (row.quarantined and row.quarantined > now):
        notices.insert(0, f"quarantined: {flood}")
    return Upkeep(
        Asked(
            health="quarantined" if apart else _word(feed, row, answer, parsed, newest, now),
            due=now + timedelta(seconds=due.seconds),
            interval=due.pace.interval,
            unmodified=pace.STUCK if due.unconditional else due.pace.unmodified,
            newest=newest,
            gaps=gaps,
        ),
        due,
        tuple(notices),
        until if flood else None,
        _moved(feed, row, answer) or None,
    )


def ill(row: FeedRow, failure: Failed, due: pace.Due, now: datetime) -> Upkeep:
    """After a poll that did not work. One at a remembered new address only ends the remembering."""
    asked = Asked(
        health=health.health(failure, None, None, now),
        due=now + timedelta(seconds=due.seconds),
        interval=row.interval,
    )
    if row.moved_to:
        address = masks.masked(row.moved_to)
        return Upkeep(asked, due, (f"{address} failed: back to the configured address",), moved="")
    if failure.kind != "gone":
        return Upkeep(asked, due)
    since = row.noticed if row.notice == GONE and row.reason == failure.reason else None
    if since is None or since > now:
        return Upkeep(asked, due, (GONE,))  # the first time in a row; its notice remembers when that was
    thrice = row.last_polled is not None and row.last_polled > since  # the last time was not the first
    if thrice and now - since >= GONE_FOR:
        return Upkeep(asked, due, (f"retired: {failure.reason}",), retired=failure.reason)
    return Upkeep(asked, due)


def planned(
    feed: Feed, row: FeedRow, answer: Answer, new: int, settings: pace.PaceSettings, chance: float
) -> pace.Due:
    """When to ask again, from what the store remembers of the feed's pace."""
    known = pace.Pace(row.interval, row.failures, row.unmodified if row.unmodified < pace.STUCK else 0.0)
    return pace.next_due(known, answer, new, chance, settings, feed.interval)


def flood(new: Sequence[Entry], titles: Iterable[str], urls: Iterable[str]) -> str:
    """What is wrong with so many new entries, or ""."""
    if not health.flood(new, titles, urls):
        return ""
    return f"{len(new)} entries came as new, most of them known under other names"


async def save(connection: aiosqlite.Connection, feed: Feed, kept: Upkeep, now: datetime) -> None:
    """The parts that few polls bring; validators and pace are written by `feeds.remember` and `feeds.failed`."""
    if kept.notices:
        await feeds.notice(connection, feed.url, "; ".join(kept.notices)[:1000], now)
    if kept.quarantined:
        await feeds.quarantine(connection, feed.url, kept.quarantined)
    if kept.moved is not None:
        await feeds.moved(connection, feed.url, kept.moved)
    if kept.retired:
        await feeds.retire(connection, feed.url, kept.retired)


def _word(
    feed: Feed,
    row: FeedRow,
    answer: Fetched | NotModified,
    parsed: Parsed | None,
    newest: datetime | None,
    now: datetime,
) -> str:
    """How the feed is; as it was, where nothing was said that would change it."""
    word = health.health(answer, parsed, newest, now, feed.frozen_after)
    kept = ("undated", "empty") if parsed is None else ("undated",)
    silent = parsed is None or not parsed.entries
    return row.health if silent and word == "ok" and row.health in kept else word


def _gap(row: FeedRow, parsed: Parsed | None, known: int) -> bool:
    if parsed is None or row.first_polled is None or parsed.total < GAP_LEAST:
        return False
    return health.gap_possible(parsed, known)


def _soon(row: FeedRow, now: datetime) -> bool:
    return row.last_success is not None and now - row.last_success <= SOON


def _moved(feed: Feed, row: FeedRow, answer: Fetched | NotModified) -> str:
    """A new permanent address worth remembering; never one that gives up encryption."""
    downgraded = feed.url.startswith("https:") and not answer.moved.startswith("https:")
    return answer.moved if answer.moved not in ("", row.moved_to, feed.url) and not downgraded else ""


def _moves(feed: Feed, row: FeedRow, answer: Fetched | NotModified) -> list[str]:
    moved = _moved(feed, row, answer)
    return [f"moved for good to {masks.masked(moved)}"] if moved else []
