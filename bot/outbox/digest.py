"""One summary of what did not have to be told at once, at an hour of the channel's own clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.news.alerts import hours
from bot.news.model import Alert, Subscription
from bot.outbox.sink import Payload, Sink, Target
from bot.store import digests
from bot.store.db import Database

# what a channel was not told yet
Unheard = Callable[[Subscription, Sequence[Alert]], Awaitable[tuple[Alert, ...]]]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest that is due."""

    subscription: Subscription
    slot: datetime
    title: str
    alerts: tuple[Alert, ...]


def slot(pace: str, zone: str, now: datetime, hour: int = 8) -> datetime:
    """The last moment, now included, at which a digest of this pace was due.

    Local hours, whatever the clocks of that place did: a daily digest comes once on the day that has
    its hour twice, and an hour late on the day that has none.

    >>> slot("daily", "Asia/Kabul", datetime(2025, 10, 15, 3, 29, tzinfo=UTC)).isoformat()
    '2025-10-14T03:30:00+00:00'
    >>> slot("hourly", "Asia/Kabul", datetime(2025, 10, 15, 3, 31, tzinfo=UTC)).isoformat()
    '2025-10-15T03:30:00+00:00'
    """
    local = now.astimezone(hours.zone_of(zone))
    if pace == "hourly":
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    if due.astimezone(UTC) > now:
        due = (due.replace(tzinfo=None) - timedelta(days=1)).replace(tzinfo=local.tzinfo)
    return due.astimezone(UTC)


def title(subscription: Subscription, at: datetime, count: int) -> str:
    """The headline of a digest, in the channel's own time.

    >>> title(Subscription(1, "slack", "T", "C", datetime(2025, 10, 1, tzinfo=UTC)), datetime(2025, 10, 15, 8, tzinfo=UTC), 3)
    'Daily digest of 15 October 2025: 3 stories'
    """
    local = at.astimezone(hours.zone_of(subscription.zone))
    day = f"{local.day} {local:%B %Y}"
    if subscription.digest == "hourly":
        return f"Hourly digest of {day}, {local:%H:%M}: {counted(count)}"
    return f"Daily digest of {day}: {counted(count)}"


async def make(
    database: Database, sinks: Mapping[str, Sink], now: datetime, unheard: Unheard | None = None
) -> int:
    """Owe every digest that is due, in one transaction each; how many were made."""
    made = 0
    async with database.read() as connection:
        waiting = await digests.waiting(connection)
    for subscription, last, oldest in waiting:
        if subscription.platform not in sinks or hours.quiet(subscription, now):
            continue
        held = not is_due(subscription, last, oldest, now)
        async with database.read() as connection:
            alerts = await digests.alerts(connection, subscription.id, held)
        if unheard is not None and alerts:
            alerts = await unheard(subscription, alerts)
        if not alerts:
            continue
        due = of_held(subscription, alerts, now) if held else of_hour(subscription, alerts, now)
        parts = render(due, sinks[subscription.platform])
        async with database.write() as connection:
            told = [(alert.story, alert.revision) for alert in alerts]
            number = await digests.add(connection, subscription.id, due.slot, due.title, told, now, held)
            await digests.owe(connection, subscription.id, number, name(parts), parts, now.timestamp())
        made += 1
    return made


def due_at(subscription: Subscription, now: datetime) -> datetime:
    """The last moment at which the channel's digest was due."""
    return slot(subscription.digest, subscription.zone, now, subscription.digest_hour)


def is_due(subscription: Subscription, last: datetime | None, oldest: datetime, now: datetime) -> bool:
    """Has its hour passed since the last digest, and did anything wait then? What came later waits for the next."""
    at = due_at(subscription, now)
    since = last or subscription.created
    # A clock that ran ahead must not silence a channel.
    return max(since, oldest) > now or since < at >= oldest


def of_hour(subscription: Subscription, alerts: Sequence[Alert], now: datetime) -> Digest:
    """The digest of its hour: everything that waits."""
    at = due_at(subscription, now)
    return Digest(subscription, at, title(subscription, at, len(alerts)), ordered(alerts))


def of_held(subscription: Subscription, alerts: Sequence[Alert], now: datetime) -> Digest:
    """What quiet hours held back, as soon as they are over."""
    at = f" ({words})" if (words := hours.words(subscription)) else ""
    return Digest(subscription, now, f"During quiet hours{at}: {counted(len(alerts))}", ordered(alerts))


def counted(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"


def ordered(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """What matters most first, then the latest."""
    return tuple(
        sorted(alerts, key=lambda alert: (-alert.level, -alert.last_change.timestamp(), alert.story))
    )


def render(due: Digest, sink: Sink) -> list[Payload]:
    """Its messages; a digest never mentions anybody."""
    return sink.render_digest(due.alerts, due.title, Target.of(due.subscription, False))


def name(parts: Sequence[Payload]) -> str:
    """What names a digest for good: all that it says, its hour among that. One that says more is another one.

    >>> name([{"title": "Daily digest of 15 October 2025: 3 stories"}])
    '0ba9b4194f754a2d82b65b80763af0'
    """
    said = json.dumps(parts, sort_keys=True)
    return hashlib.blake2b(said.encode(), digest_size=15).hexdigest()
