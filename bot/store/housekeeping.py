"""Once a day: forget what may be forgotten. Identity keys, stories, claims and alerts never are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import entries, follows, stories, subscriptions, wishes
from bot.store.db import Database

TEXTS = timedelta(days=90)  # how long the text of entries is kept
TERMS = timedelta(days=30)  # how long a silent story can be found as a candidate
REMOVED = timedelta(days=30)  # how long the record of a removed subscription is kept


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was forgotten."""

    texts: int
    terms: int
    subscriptions: int
    wishes: int
    follows: int


async def tidy(
    database: Database,
    now: datetime,
    texts: timedelta = TEXTS,
    terms: timedelta = TERMS,
    removed: timedelta = REMOVED,
    still: timedelta = TERMS,
) -> Tidied:
    """Forget old texts, the terms of silent stories, removed subscriptions, and how others were as long ago as texts.

    End the follows of stories that have been `still`. Then fold the log into the file.
    """
    async with database.write() as connection:
        done = Tidied(
            await entries.expire(connection, now - texts),
            await stories.prune(connection, now - terms),
            await subscriptions.purge(connection, now - removed),
            await wishes.forget(connection, now - texts),
            await follows.end_still(connection, now - still, now),
        )
    await database.checkpoint()
    return done
