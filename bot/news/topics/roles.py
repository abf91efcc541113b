"""Who plays a part that the judgement knows by itself: the border line, whose rivals fight whom.

The code asks for the part; which row of actors.toml or places.toml plays it stands in topic.toml, by the name that
readers see, and a name that no row has is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.news.model import SIDES
from bot.news.topics.rows import TopicError, one_of, only, phrases, text
from bot.news.topics.topic import Actor, Place, Roles

ACTORS, PLACES, EITHER = ("actors",), ("places",), ("actors", "places")
ONE = {"line": PLACES, "seat": PLACES, "council": ACTORS, "army": ACTORS}  # parts that one row plays
SOME = {
    "rivals": ACTORS, "caliphate": ACTORS, "network": ACTORS, "bystanders": EITHER, "no_hosts": PLACES,
    "frontier": PLACES, "insurgency": PLACES, "desks": PLACES,
}  # fmt: skip
MISSIONS = "missions"  # name → side


def roles(table: Mapping[str, Any], actors: Iterable[Actor], places: Iterable[Place]) -> Roles:
    """The table `roles`, checked. Raises TopicError."""
    where = "topic: roles"
    only(table, {*ONE, *SOME, MISSIONS}, where)
    rows = {"actors": {a.name for a in actors}, "places": {p.name for p in places}}
    one = {key: text(table, key, where) for key in ONE}
    some = {key: phrases(table.get(key, []), f"{where}.{key}") for key in SOME}
    sent = table.get(MISSIONS, {})
    for key, files in (ONE | SOME).items():
        _are_rows((one[key],) if key in one else some[key], files, rows, f"{where}.{key}")
    _are_rows(sent, ACTORS, rows, f"{where}.{MISSIONS}")
    found: dict[str, Any] = {**one, **{key: frozenset(named) for key, named in some.items()}}
    return Roles(**found, missions={name: one_of(sent, name, f"{where}.{MISSIONS}", SIDES) for name in sent})


def _are_rows(
    named: Collection[str], files: Collection[str], rows: Mapping[str, set[str]], where: str
) -> None:
    known = set[str]().union(*(rows[file] for file in files))
    if unknown := sorted(name for name in named if name not in known):
        raise TopicError(f"{where}: no row of {' or '.join(files)} has the name {unknown[0]!r}")
