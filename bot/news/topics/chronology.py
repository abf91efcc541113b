"""The shipped chronology, checked row by row: what happened before we began to watch.

Every row names its sources, every count names its claimant and the page it was read on. What cannot be
used is a `TopicError` that says which row, which key and what is allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, get_args

from bot.news import model
from bot.news.model import EVENT_TYPES, MEASURES, Claim, Level, PastEvent, Source
from bot.news.text.words import word_set
from bot.news.topics import outlets
from bot.news.topics.rows import TopicError, day, number, one_of, only, text
from bot.news.topics.topic import Outlet

EVENT_KEYS = word_set("date end precision place type level parties what claims sources known")
CLAIM_KEYS = word_set("measure party low high text qualifier claimant scope note denied_by url known")
LONGEST_WHAT = 200
ALLOWED: dict[str, tuple[str, ...]] = {
    "measure": MEASURES,
    "party": get_args(model.Party),
    "qualifier": get_args(model.Qualifier),
    "scope": get_args(model.Scope),
    "type": EVENT_TYPES,
    "level": tuple(level.word for level in Level),
    "precision": get_args(model.Precision),
}


def events(rows: Iterable[Mapping[str, Any]], known: Sequence[Outlet] = ()) -> tuple[PastEvent, ...]:
    """The chronology's rows, checked; `known` outlets give the sources their side and family."""
    days: Counter[date] = Counter()
    find = outlets.finder(known)
    found = []
    for at, row in enumerate(rows, 1):
        where = f"chronology: event {at} ({row.get('date', 'no date')})"
        event = _event(row, where, find)
        days[event.start] += 1
        found.append(replace(event, id=f"c:{event.start}.{days[event.start]}"))
    return tuple(sorted(found, key=lambda e: e.start))


def _event(row: Mapping[str, Any], where: str, find: outlets.Finder) -> PastEvent:
    only(row, EVENT_KEYS, where)
    start, end = day(row, "date", where), day(row, "end", where) if "end" in row else None
    if end is not None and end < start:
        raise TopicError(f"{where}: end {end} is before date {start}")
    what = text(row, "what", where)
    if len(what) > LONGEST_WHAT:
        raise TopicError(f"{where}: what has {len(what)} characters; at most {LONGEST_WHAT} are allowed")
    place = text(row, "place", where)
    sources = tuple(_source(s, where, find) for s in row.get("sources", ()))
    if not sources:
        raise TopicError(f"{where}: sources must name at least one outlet with its url")
    return PastEvent(
        id="",
        start=start,
        end=end or start,
        precision=_one_of(row, "precision", where, "day"),
        place=place,
        type=_one_of(row, "type", where),
        level=Level.of(_one_of(row, "level", where)),
        parties=tuple(str(p) for p in row.get("parties", ())),
        what=what,
        claims=tuple(_claim(c, f"{where}: claim {n}") for n, c in enumerate(row.get("claims", ()), 1)),
        sources=sources,
        places=names(place),
        known=datetime.combine(day(row, "known", where), time.max, UTC) if "known" in row else None,
    )


def _claim(row: Mapping[str, Any], where: str) -> Claim:
    """A count with its claimant and the page it was read on; without the page it is no count."""
    only(row, CLAIM_KEYS, where)
    low, high = _number(row, "low", where), _number(row, "high", where)
    if low is not None and high is not None and high < low:
        raise TopicError(f"{where}: high {high:g} is below low {low:g}")
    return Claim(
        measure=_one_of(row, "measure", where),
        party=_one_of(row, "party", where),
        low=low,
        high=high,
        text=text(row, "text", where),
        qualifier=_one_of(row, "qualifier", where),
        claimant=text(row, "claimant", where),
        scope=_one_of(row, "scope", where, "incident"),
        denied_by=row.get("denied_by"),
        url=text(row, "url", where),
        note=str(row.get("note", "")),
        known=day(row, "known", where) if "known" in row else None,
    )


def _source(row: Mapping[str, Any], where: str, find: outlets.Finder) -> Source:
    only(row, {"outlet", "url"}, f"{where}: source")
    name, url = text(row, "outlet", f"{where}: source"), text(row, "url", f"{where}: source")
    outlet = find(name, url)
    return Source(name, outlet.side, url, outlet.family)


def _one_of(row: Mapping[str, Any], key: str, where: str, default: str | None = None) -> Any:
    return one_of(row, key, where, ALLOWED[key], default)


def _number(row: Mapping[str, Any], key: str, where: str) -> float | None:
    return number(row[key], f"{where}: {key}") if key in row else None


def names(place: str) -> tuple[str, ...]:
    """The names in a place, one by one.

    >>> names("Khost (Spera); Kunar (Shaltan)")
    ('Khost', 'Spera', 'Kunar', 'Shaltan')
    """
    parts = place.replace("(", ";").replace(")", "").replace(",", ";").split(";")
    return tuple(dict.fromkeys(name.strip() for name in parts if name.strip()))
