"""The nouns of the judgement as JSON text, and moments as Unix seconds: the only way they are stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.news.alerts import timeline
from bot.news.model import Alert, Figure, PastEvent, Subscription
from bot.news.stories.story import Story

T = TypeVar("T")
KINDS = {kind.__name__: kind for kind in (Alert, Figure, Story, Subscription)}


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[name])


def write(noun: Alert | Figure | Story | Subscription) -> str:
    """A noun as JSON; equal nouns give equal text."""
    return _adapter(type(noun).__name__).dump_json(noun).decode()


def read(kind: type[T], text: str) -> T:
    """The noun again, equal to what was written."""
    noun: T = _adapter(kind.__name__).validate_json(text)
    return noun


@lru_cache(512)
def story(text: str) -> Story:
    """A story's state. The same text gives the same story: most are read again and again unchanged."""
    return read(Story, text)


@lru_cache(512)
def event(text: str) -> PastEvent:
    """A story's state as one line of history."""
    return timeline.of_story(read(Story, text))


def words(lines: Sequence[str]) -> str:
    """Reasons as JSON."""
    return json.dumps(list(lines), ensure_ascii=False)


def lines(text: str) -> tuple[str, ...]:
    """Reasons again.

    >>> lines(words(["a place of Kunar", "no date"]))
    ('a place of Kunar', 'no date')
    """
    return tuple(json.loads(text))


def stamp(moment: datetime) -> float:
    """Unix seconds; a moment without a zone is a mistake, never a guess."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {moment}")
    return moment.timestamp()


def maybe(seconds: float | None) -> datetime | None:
    """A moment that may be none."""
    return None if seconds is None else moment(seconds)


def moment(seconds: float) -> datetime:
    """
    >>> moment(stamp(datetime(2025, 10, 19, 4, 30, 0, 123456, tzinfo=UTC)))
    datetime.datetime(2025, 10, 19, 4, 30, 0, 123456, tzinfo=datetime.timezone.utc)
    """
    return datetime.fromtimestamp(seconds, UTC)
