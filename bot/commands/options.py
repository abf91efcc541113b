"""What people type after a command, checked: levels, types, places, dates. Mistakes are `Mistake`s."""

from __future__ import annotations

import calendar
import difflib
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import cast

from bot.commands.base import call
from bot.news.model import EVENT_TYPES, STYLES, DigestPace, EventType, Level, Style
from bot.news.topics.topic import Topic

DIGESTS: tuple[DigestPace, ...] = ("none", "hourly", "daily")
INSTANT = ("major", "critical")
YES_NO = ("yes", "no")
OFF = ("off", "none", "no")
MOST_POSTS = 1_000
HOURS = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))? ?(?:-|–|—|to) ?([0-9]{1,2})(?::([0-9]{2}))?")
STORY = re.compile(r"(?:story\s{0,3})?#?\s{0,3}([0-9]{1,9})", re.IGNORECASE)
ROLES = {  # how each platform writes whom it can call, and what to type
    "discord": (
        re.compile(r"[0-9]{15,21}|<@&[0-9]{15,21}>"),
        "a role by its id, such as 1100000000000000042",
    ),
    "slack": (
        re.compile(r"<!subteam\^S[A-Z0-9]{2,20}(?:\|[^<>]{0,80})?>|S[A-Z0-9]{2,20}|@?(?:here|channel)"),
        "a user group by its id, such as S0123ABC, or @here or @channel",
    ),
}


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
    hint = perhaps(wanted, {one: one for one in allowed})
    raise Mistake(f"{name}: {word!r} is not known.{hint} Use one of: {', '.join(allowed)}.")


def instant(word: str, default: Level) -> Level:
    return Level.of(one_of(word, INSTANT, "instant")) if word else default


def level(word: str, name: str = "level") -> Level | None:
    return Level.of(one_of(word, tuple(item.word for item in Level), name)) if word else None


def digest(word: str, default: DigestPace) -> DigestPace:
    return cast(DigestPace, one_of(word, DIGESTS, "digest")) if word else default


def style(word: str, default: Style, can: Sequence[Style]) -> Style:
    """How changes are told, where the channel can have it so."""
    wanted = cast(Style, one_of(word, STYLES, "style")) if word else default
    if wanted not in can:
        why = (
            "this is no forum channel (Slack has none at all)" if wanted == "forum" else "it takes no threads"
        )
        why = "in a forum every story is a post" if "forum" in can else why
        raise Mistake(f"style: {wanted} is not possible here: {why}. Use {' or '.join(can)}.")
    return wanted


def types(words: str, name: str = "types") -> tuple[EventType, ...]:
    """Comma-separated event types; empty or "all" means all."""
    if words.strip().lower() == "all":
        return ()
    found = [one_of(word, EVENT_TYPES, name) for word in words.split(",") if word.strip()]
    return cast(tuple[EventType, ...], tuple(dict.fromkeys(found)))


def places(words: str, topic: Topic) -> tuple[str, ...]:
    """Comma-separated places by any of their names; empty or "all" means all."""
    if words.strip().lower() == "all":
        return ()
    names, typed = place_names(topic), [word.strip() for word in words.split(",")]
    if unknown := next((word for word in typed if word and word.casefold() not in names), ""):
        raise Mistake(f"places: {unknown!r} is not a place I know.{perhaps(unknown, names)}")
    return tuple(dict.fromkeys(names[word.casefold()] for word in typed if word))


def place_names(topic: Topic) -> dict[str, str]:
    """The places of a topic, as alerts name them, by each of their names, casefolded."""
    return {
        alias.casefold(): place.display or place.name
        for place in topic.places
        for alias in (place.name, *place.aliases, *filter(None, [place.display]))
    }


def perhaps(word: str, names: Mapping[str, str]) -> str:
    """A sentence that offers the nearest of the names (by their casefolded spellings), or nothing.

    >>> perhaps("Tokhram", {"torkham": "Torkham", "kabul": "Kabul"})
    ' Did you mean Torkham?'
    """
    near = difflib.get_close_matches(word.strip().casefold()[:40], names, 1)
    return f" Did you mean {names[near[0]]}?" if near else ""


def quiet(word: str) -> tuple[time, time] | None:
    """From when until when nothing is posted; None for "off".

    >>> quiet("22:00-07:00"), quiet("off")
    ((datetime.time(22, 0), datetime.time(7, 0)), None)
    >>> quiet("22 to 24")[1]
    datetime.time(0, 0)
    """
    text = word.strip().lower()
    if text in OFF:
        return None
    found = HOURS.fullmatch(text)
    numbers = [int(number or 0) for number in found.groups()] if found else [25]
    if numbers[0] > 23 or max(numbers[1::2]) > 59 or tuple(numbers[2:]) > (24, 0):
        raise Mistake(f"quiet: {word[:80]!r} is not a range of hours. Write 22:00-07:00, or off.")
    begin, end = (time(hour % 24, minute) for hour, minute in (numbers[:2], numbers[2:]))
    if begin == end:
        hint = f"Use {call('pause')} for that, or write 22:00-07:00."
        raise Mistake(f"quiet: {word!r} is the whole day. {hint}")
    return begin, end


@cache
def zones() -> dict[str, str]:
    """All time zones by their name, and by the city alone: "kabul"."""
    names = sorted(zoneinfo.available_timezones())
    return {n.rpartition("/")[2].casefold(): n for n in names if "/" in n} | {n.casefold(): n for n in names}


def zone(word: str) -> str:
    """A time zone by its name or by its city.

    >>> zone("asia/kabul"), zone("Karachi"), zone("UTC")
    ('Asia/Kabul', 'Asia/Karachi', 'UTC')
    """
    wanted = word.strip().casefold().replace(" ", "_")
    if wanted in zones():
        return zones()[wanted]
    hint = perhaps(wanted, zones())
    raise Mistake(f"zone: {word!r} is not a time zone I know.{hint} Write Asia/Kabul, Europe/London, UTC …")


def number(word: str, name: str, most: int) -> int:
    """A whole number, 0 for "off"."""
    text = word.strip().lower()
    if text in OFF:
        return 0
    if not (text.isascii() and text.isdecimal()) or len(text) > 6 or int(text) > most:
        raise Mistake(f"{name}: {word!r} is not a whole number from 0 to {most}.")
    return int(text)


def hour(word: str) -> int:
    """An hour of the day: 8, 08:00.

    >>> hour("6"), hour("18:00")
    (6, 18)
    """
    return number(word.strip().removesuffix(":00"), "digest_hour", 23)


def role(word: str, platform: str, space: str) -> str:
    """Whom to call: a role or user group as the platform writes it; "" for "off".

    >>> role("S0123ABC", "slack", "T1"), role("off", "discord", "1")
    ('S0123ABC', '')
    """
    text = word.strip()
    if text.lower() in OFF:
        return ""
    if platform not in ROLES:
        raise Mistake("role: nobody can be called here; only Discord and Slack have roles.")
    shape, looks = ROLES[platform]
    if not shape.fullmatch(text):
        hint = f"Choose one that exists, or write off: {looks}."
        raise Mistake(f"role: {word[:80]!r} is no role on {platform.title()}. {hint}")
    if text.removeprefix("<@&").removesuffix(">") == space:
        raise Mistake("role: everybody cannot be called. Choose a role that people can leave.")
    return text


def role_level(word: str, default: Level) -> Level:
    """From which level on somebody is called; nothing lower comes at once."""
    return Level.of(one_of(word, INSTANT, "role_level")) if word else default


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
        hint = "Write 2025-10-15, 2025-10, 2025, today, yesterday, or 7d, 2w, 3m."
        raise Mistake(f"{name}: {word!r} is not a date. {hint}") from None


def last_day(word: str, name: str, now: datetime) -> date | None:
    """As `day`, but a month or a year means its last day.

    >>> last_day("2025-10", "until", datetime(2026, 3, 15, tzinfo=UTC))
    datetime.date(2025, 10, 31)
    """
    first = day(word, name, now)
    text = word.strip()
    if first is None or len(text) not in (4, 7) or not text[:4].isdecimal():
        return first
    if len(text) == 4:
        return first.replace(month=12, day=31)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def page(word: str) -> int:
    if not word:
        return 1
    if not word.isdecimal() or not 1 <= int(word) <= 10_000:
        raise Mistake(f"page: {word!r} is not a page number.")
    return int(word)


def story_number(word: str) -> int | None:
    """A story's number as people write it; None for anything else.

    >>> story_number("12"), story_number("#12"), story_number("Story 12"), story_number("12 killed")
    (12, 12, 12, None)
    """
    found = STORY.fullmatch(word.strip())
    return int(found[1]) if found else None


def counted(count: int, noun: str) -> str:
    """
    >>> counted(1, "report"), counted(2, "story")
    ('1 report', '2 stories')
    """
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else many}"
