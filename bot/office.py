"""What goes on behind the counter: small things remembered, servers that come and go, tidying, the operator's channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.outbox.notices import Office
from bot.settings import Settings
from bot.store import housekeeping, meta, subscriptions
from bot.store.db import Database

log: structlog.stdlib.BoundLogger = structlog.get_logger()
TIDY_EVERY, TELL_EVERY = 86_400.0, 60.0  # seconds


async def recall(database: Database, name: str) -> str | None:
    async with database.read() as connection:
        value = await meta.get(connection, name)
    return None if value is None else str(value)


async def remember(database: Database, name: str, value: str) -> None:
    async with database.write() as connection:
        await meta.put(connection, name, value)


async def present(database: Database, platform: str, spaces: frozenset[str]) -> None:
    """The servers in which the bot is, as it was just told: others rest, and are purged after some time."""
    async with database.write() as connection:
        left, back = await subscriptions.present(connection, platform, spaces, datetime.now(UTC))
    if left or back:
        log.info("presence", platform=platform, subscriptions_left=left, subscriptions_back=back)


async def tidy(database: Database, settings: Settings, still: timedelta, now: Callable[[], datetime]) -> None:
    """Once a day: forget what may be forgotten. `still`: after so long a silence nobody joins a story any more."""
    store = settings.store
    done = await housekeeping.tidy(
        database,
        now(),
        texts=timedelta(days=store.keep_text_days),
        removed=timedelta(days=store.keep_removed_days),
        still=still,
    )
    log.info(
        "tidied", texts=done.texts, terms=done.terms, subscriptions=done.subscriptions, follows=done.follows
    )


def offices(settings: Settings, platforms: Mapping[str, Any]) -> dict[str, Office]:
    """The operator's own channels, on the platforms that are used."""
    return {
        name: Office(channel, platform.tell)
        for name, platform in platforms.items()
        if (channel := getattr(settings.operators, f"{name}_channel", ""))
    }
