"""Who published this? Outlets by name or address, each with its family, side and kind.

A wire copy belongs to the agency that wrote it, whoever prints it: "Dawn (AFP)" is AFP, "Pajhwok via
MENAFN" is Pajhwok. An outlet that is not in the table is a family of its own and on no side, so that it
corroborates only itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, get_args
from urllib.parse import urlsplit

from bot.news.model import SIDES
from bot.news.text.words import fold
from bot.news.topics.rows import TopicError, records
from bot.news.topics.topic import Outlet, OutletKind, Topic

KINDS: tuple[OutletKind, ...] = get_args(OutletKind)
CREDIT = re.compile(r"\b(?:via|citing|copy of|copy|repost|text)\b|[()]")
HOST = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|$)")  # of an address as most are
LONGEST = 300
Finder = Callable[[str, str], Outlet]  # by name and address


def outlets(rows: Iterable[Mapping[str, Any]]) -> tuple[Outlet, ...]:
    """The table of outlets, checked: no name and no host twice."""
    named = ({"family": row.get("name"), **row} for row in rows)  # most are a family of their own
    known = records(named, "outlets: outlet", Outlet, side=SIDES, kind=KINDS)
    found = [replace(one, hosts=tuple(h.lower().removeprefix("www.") for h in one.hosts)) for one in known]
    taken: dict[str, str] = {}
    for outlet in found:
        for key in (*(fold(n) for n in (outlet.name, *outlet.aliases)), *outlet.hosts):
            if taken.setdefault(key, outlet.name) != outlet.name:
                raise TopicError(f"outlets: {key!r} stands for {taken[key]} and for {outlet.name}")
    return tuple(found)


def find(name: str, url: str, topic: Topic) -> Outlet:
    """The outlet of an entry, by its name (and the credit in it), else by its address."""
    return _finder(topic)(name, url)


@lru_cache(maxsize=4)
def _finder(topic: Topic) -> Finder:
    return finder(topic.outlets)


def finder(known: Sequence[Outlet]) -> Finder:
    """`find` over a plain table, again and again.

    >>> dawn = Outlet("Dawn", "Dawn", "PK", "own", ("dawn.com",))
    >>> find = finder([dawn, Outlet("AFP", "AFP", "intl", "agency", ("afp.com",))])
    >>> [find(name, url).family for name, url in [
    ...     ("Dawn", ""), ("Dawn (AFP)", "https://www.dawn.com/news/1"), ("", "https://images.dawn.com/2"),
    ...     ("Ghazni Gazette", "https://gazette.example/3")]]
    ['Dawn', 'AFP', 'Dawn', 'Ghazni Gazette']
    """
    by_name = {fold(n): outlet for outlet in known for n in (outlet.name, *outlet.aliases)}
    by_host = {host: outlet for outlet in known for host in outlet.hosts}
    return lambda name, url: _found(name, url, by_name, by_host)


def _found(name: str, url: str, by_name: Mapping[str, Outlet], by_host: Mapping[str, Outlet]) -> Outlet:
    name = name[:LONGEST]
    credited = [by_name[part] for part in _credits(name) if part in by_name]
    if credited:
        return [*credited[:1], *(outlet for outlet in credited if outlet.kind == "agency")][-1]
    host = _host(url)
    known_hosts = (by_host[h] for h in _parents(host) if h in by_host)
    return next(known_hosts, None) or Outlet(name or host, name or host, "none", "own")


@lru_cache(1024)  # a feed's entries all have its name
def _credits(name: str) -> tuple[str, ...]:
    """The names that may stand in a credit, folded.

    >>> _credits("Dawn (AFP)")
    ('dawn afp', 'dawn', 'afp', '', 'dawn afp')
    """
    return tuple(fold(part) for part in (name, *CREDIT.split(name), *name.split("/")))


def _host(url: str) -> str:
    if usual := HOST.match(url):
        return usual[1].removeprefix("www.")
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # "http://[": an address that cannot be read names nobody
        return ""


def _parents(host: str) -> list[str]:
    """A host and the domains above it.

    >>> _parents("english.aaj.tv")
    ['english.aaj.tv', 'aaj.tv']
    """
    parts = host.split(".")
    return [".".join(parts[at:]) for at in range(len(parts) - 1)]
