"""What people type after a command, checked: levels, types, places, dates. Mistakes are `Mistake`s."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast

from bot.news.model import EVENT_TYPES, DigestPace, EventType, Level
from bot.news.topic import Topic

DIGESTS: tuple[DigestPace, ...] = ("none", "hourly", "daily")
INSTANT = ("major", "critical")


class Mistake(ValueError):
    """What was typed cannot be used; the message says why and what to type instead."""


def one_of(word: str, allowed: Sequence[str], name: str) -> str:
    """The allowed word that was meant, whatever its case and spacing.

    >>> one_of("Air strike", ("air_strike", "attack"), "type")
    'air_strike'
    """
    wanted = word.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in allowed:
        return wanted
    near = difflib.get_close_matches(wanted, allowed, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise Mistake(f"{name}: {word!r} is not known.{hint} Use one of: {', '.join(allowed)}.")


def instant(word: str, default: Level) -> Level:
    return Level.of(one_of(word, INSTANT, "instant")) if word else default


def level(word: str) -> Level | None:
    return Level.of(one_of(word, tuple(item.word for item in Level), "level")) if word else None


def digest(word: str, default: DigestPace) -> DigestPace:
    return cast(DigestPace, one_of(word, DIGESTS, "digest")) if word else default


def types(words: str) -> tuple[EventType, ...]:
    """Comma-separated event types; empty means all."""
    found = [one_of(word, EVENT_TYPES, "types") for word in words.split(",") if word.strip()]
    return cast(tuple[EventType, ...], tuple(dict.fromkeys(found)))


def places(words: str, topic: Topic) -> tuple[str, ...]:
    """Comma-separated places by any of their names; empty means all."""
    names = {alias.casefold(): place.name for place in topic.places for alias in (place.name, *place.aliases)}
    found = []
    for word in words.split(","):
        wanted = word.strip().casefold()
        if not wanted:
            continue
        if wanted not in names:
            near = difflib.get_close_matches(wanted, names, 1)
            hint = f" Did you mean {names[near[0]]}?" if near else ""
            raise Mistake(f"places: {word.strip()!r} is not a place I know.{hint}")
        found.append(names[wanted])
    return tuple(dict.fromkeys(found))


def day(word: str, name: str, now: datetime) -> date | None:
    """A day: 2025-10-15, 2025-10, 2025, today, yesterday, or 7d / 2w / 3m back from now.

    >>> day("2w", "since", datetime(2026, 3, 15, tzinfo=UTC))
    datetime.date(2026, 3, 1)
    """
    text = word.strip().lower()
    today = now.astimezone(UTC).date()
    if not text:
        return None
    if text in ("today", "yesterday"):
        return today - timedelta(days=text == "yesterday")
    spans = {"d": 1, "w": 7, "m": 30, "y": 365}
    if text[-1] in spans and text[:-1].isdecimal() and len(text) <= 5:
        return today - timedelta(days=min(int(text[:-1]) * spans[text[-1]], 36_500))
    try:
        return date.fromisoformat({4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text))
    except ValueError:
        raise Mistake(
            f"{name}: {word!r} is not a date. Write 2025-10-15, 2025-10, 2025, today, yesterday, or 7d, 2w, 3m."
        ) from None


def last_day(word: str, name: str, now: datetime) -> date | None:
    """As `day`, but a month or a year means its last day.

    >>> last_day("2025-10", "until", datetime(2026, 3, 15, tzinfo=UTC))
    datetime.date(2025, 10, 31)
    """
    first = day(word, name, now)
    text = word.strip()
    if first is None or len(text) not in (4, 7) or not text[:4].isdecimal():
        return first
    following = (
        first.replace(year=first.year + 1) if len(text) == 4 else (first + timedelta(days=32)).replace(day=1)
    )
    return following - timedelta(days=1)


def page(word: str) -> int:
    if not word:
        return 1
    if not word.isdecimal() or not 1 <= int(word) <= 10_000:
        raise Mistake(f"page: {word!r} is not a page number.")
    return int(word)
