"""The list of feeds: reads the rows of feeds.toml, and says in one line what is wrong with one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot import masks
from bot.feeds.feed import KINDS, Feed
from bot.feeds.guard import Refusal, check_url
from bot.news.model import SIDES

REMOVED = "removed by an operator"  # why a feed is read no longer, where its publisher did not close it
_TEXT = ("url", "name", "outlet", "side", "lang", "kind", "group", "note", "zone", "family")
_NUMBERS = {"interval": (60, 604_800, "seconds"), "frozen_after": (1, 8_760, "hours")}
_KEYS = (*_TEXT, *_NUMBERS, "enabled")
_NEEDED = ("url", "name", "outlet", "side")
_ALLOWED: dict[str, tuple[str, ...]] = {"side": SIDES, "kind": KINDS}


class CatalogError(ValueError):
    """A row of feeds.toml that cannot be used; the message names file, row, key and what is allowed."""


def load(tables: Mapping[str, Any], file: str = "feeds.toml", ports: Iterable[int] = ()) -> tuple[Feed, ...]:
    """The feeds of a parsed feeds.toml, in its order, disabled ones included.

    >>> load({"feed": [{"url": "https://a.example/", "name": "A", "outlet": "A", "side": "UN"}]})[0].side
    'UN'
    """
    unknown = sorted(set(tables) - {"feed", "balance"})
    if unknown:
        raise CatalogError(f'{file}: unknown table "{unknown[0]}"; allowed: balance, feed')
    rows = tables.get("feed", [])
    if not isinstance(rows, list):
        raise CatalogError(f"{file}: feed must be a list of tables: write [[feed]]")
    ports = frozenset(ports)
    feeds = tuple(_feed(row, f"{file}: feed {number}", ports) for number, row in enumerate(rows, 1))
    twice = [url for url, count in Counter(feed.url for feed in feeds).items() if count > 1]
    if twice:
        raise CatalogError(
            f"{file}: url {masks.masked(twice[0])} is listed twice; each feed needs an address of its own"
        )
    return feeds


class Changed(Protocol):
    """What is remembered of a feed that differs from the configuration."""

    @property
    def url(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def settings(self) -> str: ...
    @property
    def retired(self) -> str: ...


def followed(
    configured: Iterable[Feed], changed: Iterable[Changed], ports: Iterable[int] = ()
) -> tuple[Feed, ...]:
    """The feeds that are polled: those of the configuration, then those added at run time, none retired."""
    changed, ports = tuple(changed), tuple(ports)
    retired = {row.url for row in changed if row.retired}
    feeds = {feed.url: feed for feed in configured if feed.url not in retired}
    for row in changed:
        if row.origin == "chat" and not row.retired and (feed := from_line(row.settings, ports)):
            feeds.setdefault(row.url, feed)
    return tuple(feeds.values())


def closed(configured: Iterable[Feed], changed: Iterable[Changed]) -> tuple[Feed, ...]:
    """The feeds of the configuration that are read no longer as their publisher says that they are gone."""
    gone = {row.url for row in changed if row.retired not in ("", REMOVED)}
    return tuple(feed for feed in configured if feed.url in gone)


def line(feed: Feed) -> str:
    """A feed as the JSON of its row of feeds.toml."""
    return json.dumps({key: value for key, value in asdict(feed).items() if value is not None})


def from_line(text: str, ports: Iterable[int] = ()) -> Feed | None:
    """The feed of such a line; None where this version or these settings do not allow it.

    >>> from_line(line(Feed("https://a.example/rss", "A", "A", "UN"))).side
    'UN'
    """
    try:
        return _feed(json.loads(text), "a feed added at run time", frozenset(ports))
    except ValueError:
        return None


def _feed(row: object, where: str, ports: frozenset[int]) -> Feed:
    if not isinstance(row, Mapping):
        raise CatalogError(f"{where}: must be a table of keys: {', '.join(_KEYS)}")
    where = f"{where} ({row['name']})" if isinstance(row.get("name"), str) else where
    for key in row:
        if key not in _KEYS:
            raise CatalogError(f'{where}: unknown key "{key}"; allowed: {", ".join(_KEYS)}')
    for key in _NEEDED:
        if not row.get(key):
            raise CatalogError(f"{where}: {key} is missing; each feed needs {', '.join(_NEEDED)}")
    for key, value in row.items():
        _check(key, value, where)
    url = check_url(row["url"], ports)
    if isinstance(url, Refusal):
        raise CatalogError(f"{where}: url: {url.reason}")
    return Feed(**{**row, **{key: float(row[key]) for key in _NUMBERS if key in row}})


def _check(key: str, value: object, where: str) -> None:
    if key in _TEXT and not isinstance(value, str):
        raise CatalogError(f"{where}: {key} must be text, not {value!r}")
    if key in _ALLOWED and value not in _ALLOWED[key]:
        raise CatalogError(f"{where}: {key} is {value!r}; allowed: {', '.join(_ALLOWED[key])}")
    if key == "enabled" and not isinstance(value, bool):
        raise CatalogError(f"{where}: enabled must be true or false, not {value!r}")
    if key in _NUMBERS:
        least, most, unit = _NUMBERS[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise CatalogError(f"{where}: {key} must be {unit} from {least} to {most}, not {value!r}")
    if key == "zone":
        try:
            ZoneInfo(str(value))
        except (KeyError, ValueError, OSError):
            raise CatalogError(
                f'{where}: zone {value!r} is not a time zone; for example "Asia/Kabul"'
            ) from None
