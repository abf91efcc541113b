"""TOML files laid over each other: what an operator writes wins over what was shipped."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class SettingsError(ValueError):
    """A setting that cannot be used: one line naming source, key and what is allowed."""


def read(path: Path) -> dict[str, Any]:
    """A TOML file; a mistake in it is one line with file and line number."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 (byte {error.start})") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None


def overlay(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge tables key by key. Rows of an array of tables replace the row of the same name or url.

    >>> overlay({"a": {"x": 1, "y": 2}}, {"a": {"y": 3}})
    {'a': {'x': 1, 'y': 3}}
    >>> overlay({"feed": [{"name": "A", "n": 1}]}, {"feed": [{"name": "A", "n": 2}, {"name": "B"}]})
    {'feed': [{'name': 'A', 'n': 2}, {'name': 'B'}]}
    """
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            merged[key] = overlay(old, value)
        elif rows(value) and isinstance(old, list) and rows(old):
            named = {identity(row): row for row in old}
            for row in value:
                named[identity(row)] = {**named.get(identity(row), {}), **row}
            merged[key] = list(named.values())
        else:
            merged[key] = value
    return merged


def rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def identity(row: Mapping[str, Any]) -> str:
    """What makes a row of a table itself: its name, else its address, else all of it."""
    return str(row.get("name") or row.get("url") or sorted(row.items(), key=lambda item: item[0]))
