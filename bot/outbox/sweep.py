"""Removes a late twin: a message that a platform accepted after it seemed surely lost and was sent again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Protocol, runtime_checkable

from bot.outbox import history
from bot.outbox.key import NAME
from bot.outbox.sink import Gone, Outcome, Page, Sink, Target
from bot.store import subscriptions, twins
from bot.store.db import Database
from bot.store.deliveries import Delivery


@runtime_checkable
class Sweeper(Protocol):
    """A platform on which twins can come to be, and that can remove them."""

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome: ...

    async def remove(self, target: Target, message: str) -> Outcome:
        """Delete a message of ours."""
        ...


async def sweep(database: Database, sinks: Mapping[str, Sink], now: float, again: float) -> int:
    """Look once more at what was sent twice; how many twins were removed."""
    removed = 0
    async with database.read() as connection:
        due = await twins.due(connection, now)
        known = [await subscriptions.get(connection, delivery.subscription) for delivery, _ in due]
    for (delivery, shown), who in zip(due, known, strict=True):
        sink = sinks.get(who.platform) if who else None
        until = 0.0
        if who and isinstance(sink, Sweeper) and await sink.ready():
            done = await _remove(sink, Target.of(who, False), delivery, shown)
            removed += done or 0
            until = now + again if done is None else 0.0
        async with database.write() as connection:
            await twins.looked(connection, delivery.id, until)
    return removed


async def _remove(sink: Sweeper, target: Target, delivery: Delivery, shown: str) -> int | None:
    """Remove every copy but the one that we know; None if that cannot be told now."""
    found = await history.whole(partial(sink.read, target, delivery.created))
    if isinstance(found, Gone):
        return 0
    if not isinstance(found, list):
        return None
    name = delivery.key[:NAME]
    same = [m.message for m in found if m.key == delivery.key or (delivery.story and m.key[:NAME] == name)]
    twins = [message for message in same if message != shown] if shown else same[1:]
    for twin in twins:
        await sink.remove(target, twin)
    return len(twins)
