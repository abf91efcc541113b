"""One row of the configuration, read key by key; what cannot be used says where it stands and what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any


class TopicError(ValueError):
    """A line of the configuration that cannot be used; the message says which and why."""


def only(row: Mapping[str, Any], allowed: Collection[str], where: str) -> None:
    """No key but these: a slip of the pen must not be read as silence. Raises TopicError."""
    if unknown := sorted(set(row) - set(allowed)):
        raise TopicError(f"{where}: unknown key {unknown[0]!r} (allowed: {', '.join(sorted(allowed))})")


def text(row: Mapping[str, Any], key: str, where: str) -> str:
    """Some text that is not blank. Raises TopicError."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TopicError(f"{where}: {key} must be some text")
    return value


def one_of(
    row: Mapping[str, Any], key: str, where: str, allowed: Collection[str], default: str | None = None
) -> Any:
    """One of the allowed words; Any, because the caller knows of which Literal they are. Raises TopicError."""
    value = row.get(key, default)
    if value not in allowed:
        raise TopicError(f"{where}: {key} is {value!r} (allowed: {', '.join(sorted(allowed))})")
    return value


def phrases(value: object, where: str) -> tuple[str, ...]:
    """A list of words. Raises TopicError."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise TopicError(f"{where} must be a list of words, not {value!r}"[:300])
    return tuple(value)


def number(value: object, where: str) -> float:
    """A number, and not a truth. Raises TopicError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TopicError(f"{where} must be a number, not {value!r}")
    return float(value)


def numbers(table: Mapping[str, object], where: str) -> dict[Any, float]:
    """A table of numbers; keys are Any, because the caller knows of which Literal they are. Raises TopicError."""
    return {key: number(value, f"{where}.{key}") for key, value in table.items()}


def day(row: Mapping[str, Any], key: str, where: str) -> date:
    """A date without an hour, written as TOML writes it. Raises TopicError."""
    value = row.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TopicError(f"{where}: {key} must be a date such as 2025-10-19, without quotes")
    return value
