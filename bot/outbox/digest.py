"""One summary of what did not have to be told at once, at an hour of the channel's own clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.news.model import Alert, Subscription
from bot.outbox.sink import Payload, Sink, Target
from bot.store import digests
from bot.store.db import Database

HOUR = 8  # of the day, for a daily digest


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest that is due: its moment names it, so it is never made twice."""

    subscription: Subscription
    slot: datetime
    title: str
    alerts: tuple[Alert, ...]


def slot(pace: str, zone: str, now: datetime) -> datetime:
    """The last moment, now included, at which a digest of this pace was due.

    Local hours, whatever the clocks of that place did: a daily digest comes once on the day that has
    its hour twice, and an hour late on the day that has none.

    >>> slot("daily", "Asia/Kabul", datetime(2025, 10, 15, 3, 29, tzinfo=UTC)).isoformat()
    '2025-10-14T03:30:00+00:00'
    >>> slot("hourly", "Asia/Kabul", datetime(2025, 10, 15, 3, 31, tzinfo=UTC)).isoformat()
    '2025-10-15T03:30:00+00:00'
    """
    local = now.astimezone(place(zone))
    if pace == "hourly":
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)
    if due.astimezone(UTC) > now:
        due = (due.replace(tzinfo=None) - timedelta(days=1)).replace(tzinfo=local.tzinfo)
    return due.astimezone(UTC)


def place(zone: str) -> ZoneInfo:
    """A time zone, UTC where its name is unknown."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def title(subscription: Subscription, at: datetime, count: int) -> str:
    """The headline of a digest, in the channel's own time.

    >>> title(Subscription(1, "slack", "T", "C", datetime(2025, 10, 1, tzinfo=UTC)), datetime(2025, 10, 15, 8, tzinfo=UTC), 3)
    'Daily digest of 15 October 2025: 3 stories'
    """
    local = at.astimezone(place(subscription.zone))
    stories = "1 story" if count == 1 else f"{count} stories"
    day = f"{local.day} {local:%B %Y}"
    if subscription.digest == "hourly":
        return f"Hourly digest of {day}, {local:%H:%M}: {stories}"
    return f"Daily digest of {day}: {stories}"


async def make(database: Database, sinks: Mapping[str, Sink], now: datetime) -> int:
    """Owe every digest that is due, in one transaction each; how many were made."""
    made = 0
    async with database.read() as connection:
        waiting = await digests.waiting(connection)
    for subscription, last in waiting:
        at = slot(subscription.digest, subscription.zone, now)
        since = last or subscription.created
        if since > now:  # a clock that ran ahead must not silence a channel
            since = at - timedelta(seconds=1)
        if subscription.platform not in sinks or at <= since:
            continue
        async with database.read() as connection:
            alerts = await digests.alerts(connection, subscription.id)
        due = Digest(subscription, at, title(subscription, at, len(alerts)), ordered(alerts))
        parts = render(due, sinks[subscription.platform])
        async with database.write() as connection:
            told = [(alert.story, alert.revision) for alert in alerts]
            number = await digests.add(connection, subscription.id, due.slot, due.title, told, now)
            name, at_once = due.slot.isoformat(), now.timestamp()
            await digests.owe(connection, subscription.id, number, name, parts, at_once)
        made += 1
    return made


def ordered(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    """What matters most first, then the latest."""
    return tuple(
        sorted(alerts, key=lambda alert: (-alert.level, -alert.last_change.timestamp(), alert.story))
    )


def render(due: Digest, sink: Sink) -> list[Payload]:
    """Its messages; a digest never mentions anybody."""
    return sink.render_digest(due.alerts, due.title, Target.of(due.subscription, False))
