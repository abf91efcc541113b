"""A channel's own hours, by the clock on its wall: when it is quiet, and when its day begins."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.news.model import Level, Subscription


def zone_of(zone: str) -> ZoneInfo:
    """A time zone, UTC where its name is unknown."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def quiet(subscription: Subscription, now: datetime) -> bool:
    """Is it quiet there now? The clock on the wall decides, whatever it did last night.

    >>> night = Subscription(1, "slack", "T", "C", datetime(2025, 10, 1, tzinfo=UTC), zone="Asia/Kabul",
    ...     quiet=(time(22), time(7)))
    >>> [quiet(night, datetime(2025, 10, 15, hour, 30, tzinfo=UTC)) for hour in (17, 23, 2)]
    [True, True, False]
    """
    if subscription.quiet is None:
        return False
    begin, end = subscription.quiet
    at = now.astimezone(zone_of(subscription.zone)).time()
    return begin <= at < end if begin < end else at >= begin or at < end


def ends(subscription: Subscription, now: datetime) -> datetime:
    """When the quiet hours end that are now, or come next."""
    if subscription.quiet is None:
        return now
    local = now.astimezone(zone_of(subscription.zone))
    end = datetime.combine(local.date(), subscription.quiet[1], local.tzinfo)
    if end.time() <= local.time():
        end = datetime.combine(local.date() + timedelta(days=1), subscription.quiet[1], local.tzinfo)
    if end.astimezone(UTC) <= now:  # in the hour that comes twice: this is its second time
        end = end.replace(fold=1)
    return end.astimezone(UTC)


def midnight(subscription: Subscription, now: datetime) -> datetime:
    """When the channel's day began."""
    local = now.astimezone(zone_of(subscription.zone))
    return datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)


def rests(subscription: Subscription, level: Level, now: datetime) -> bool:
    """Is nothing of this level to disturb the channel now?"""
    passes = subscription.critical_passes and level >= Level.CRITICAL
    return not passes and quiet(subscription, now)


def words(subscription: Subscription) -> str:
    """The quiet hours as people write them, "" where there are none.

    >>> words(Subscription(1, "slack", "T", "C", datetime(2025, 10, 1, tzinfo=UTC), quiet=(time(22), time(7))))
    '22:00–07:00'
    """
    return "–".join(f"{at:%H:%M}" for at in subscription.quiet or ())
