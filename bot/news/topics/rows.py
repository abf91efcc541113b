"""One row of the configuration, read key by key; what cannot be used says where it stands and what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


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


def records(
    rows: Iterable[Mapping[str, Any]], table: str, of: type[Record], /, **allowed: Collection[str]
) -> tuple[Record, ...]:
    """The rows of a table, each as what it stands for; `allowed`: the words that a key may have. Raises TopicError."""
    found: list[Record] = []
    for at, row in enumerate(rows, 1):
        where = f"{table} {at} ({row.get('name', row.get('term', 'no name'))})"
        only(row, {field.name for field in fields(of)}, where)
        for key, choice in allowed.items():
            one_of(row, key, where, choice)
        found.append(of(**_typed(row, of, where)))
    return tuple(found)


def _typed(row: Mapping[str, Any], of: type[Record], where: str) -> dict[str, Any]:
    """A row's values, each of its field's type, lists as tuples; what must be there may not be blank."""
    typed: dict[str, Any] = {}
    for field in fields(of):
        name, wanted = field.name, str(field.type)
        if name not in row:
            if field.default is MISSING:
                raise TopicError(f"{where}: {name} is missing")
            continue
        value = row[name]
        if wanted.startswith("tuple"):
            value = phrases(value, f"{where}: {name}")
        elif wanted == "float":
            value = number(value, f"{where}: {name}")
        elif wanted == "bool" and not isinstance(value, bool):
            raise TopicError(f"{where}: {name} must be true or false")
        elif wanted != "bool" and (not isinstance(value, str) or field.default is MISSING):
            value = text(row, name, where)
        typed[name] = value
    return typed
