"""Is the bot doing its work? Health is judged by progress, not by being alive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from bot import masks

# a container asks for health every 30 seconds: whoever only reads the report needs no store
if TYPE_CHECKING:
    from bot.store.feeds import FeedRow

FeedState = Literal[
    "ok", "failing", "blocked", "frozen", "empty", "undated", "quarantined", "waiting", "retired"
]
STATES: tuple[FeedState, ...] = get_args(FeedState)
WELL = ("ok", "undated")  # brings news
NOTED = timedelta(hours=24)  # how long a notice is shown
FILE = "health.json"


@dataclass(frozen=True, slots=True)
class FeedFact:
    """How one feed is doing."""

    name: str
    url: str
    side: str
    health: FeedState
    because: str = ""  # what an operator should know of it
    last_poll: float = 0.0
    newest: float = 0.0  # date of its newest entry


@dataclass(frozen=True, slots=True)
class Share:
    """How well a side is heard."""

    healthy: int
    feeds: int
    thin: bool  # fewer than half of those that were asked are healthy


@dataclass(frozen=True, slots=True)
class Facts:
    """What the running bot writes down about itself every few seconds (Unix seconds, 0: never)."""

    at: float
    started: float
    last_poll: float
    stale_after: float  # seconds without a poll from which on it says of itself that it is not healthy
    feeds: tuple[FeedFact, ...] = ()
    platforms: Mapping[str, bool] = field(default_factory=dict)  # connected and allowed to send?
    waiting: int = 0  # deliveries that could be made now
    oldest: float = 0.0  # since when the oldest of them waits


def of_feed(row: FeedRow, now: datetime) -> FeedState:
    """One word for a feed: failure is told from silence, being refused from being down.

    >>> from bot.store.feeds import FeedRow
    >>> of_feed(FeedRow("https://a.example/"), datetime(2026, 1, 1))
    'waiting'
    """
    if row.retired:
        return "retired"
    if row.quarantined is not None and row.quarantined > now:
        return "quarantined"
    known = next((state for state in STATES if state == row.health != "quarantined"), None)
    return known or ("failing" if row.failures else "ok" if row.last_success else "waiting")


def because(row: FeedRow, now: datetime) -> str:
    """What an operator should know of a feed: its failure, since when it is silent, a notice of the last day."""
    words = [row.retired or row.reason]
    if row.failures > 1:
        words.append(f"{row.failures} times in a row")
    if of_feed(row, now) == "frozen" and row.newest:
        words.append(f"newest entry of {row.newest:%d %b %Y}")
    if row.notice and row.noticed and now - row.noticed < NOTED:
        words.append(row.notice)
    return masks.masked("; ".join(dict.fromkeys(filter(None, words))))


def troubles(facts: Facts, now: float) -> tuple[str, ...]:
    """Why the bot is not healthy; empty when it is.

    >>> troubles(Facts(at=1000, started=0, last_poll=990, stale_after=900), now=1005)
    ()
    >>> troubles(Facts(at=1000, started=0, last_poll=50, stale_after=900), now=1005)
    ('no feed was polled for 955 s (limit 900 s)',)
    """
    found, stale_after = [], facts.stale_after
    if now - facts.at > max(60.0, stale_after / 10):
        found.append(f"the bot has not reported for {now - facts.at:.0f} s")
    idle = now - (facts.last_poll or facts.started)
    if idle > stale_after:
        found.append(f"no feed was polled for {idle:.0f} s (limit {stale_after:.0f} s)")
    down = sorted(name for name, up in facts.platforms.items() if not up)
    if facts.waiting and facts.oldest and now - facts.oldest > stale_after and not down:
        found.append(f"a delivery has waited for {now - facts.oldest:.0f} s")
    if down and now - facts.started > stale_after:
        found.append(f"not connected: {', '.join(down)}")
    return tuple(found)


def verdict(state: Path, now: float) -> tuple[Facts | None, tuple[str, ...]]:
    """What the running bot said last, and why it is not healthy."""
    facts = read(state)
    return facts, troubles(facts, now) if facts else (f"{state} holds no report of a running bot",)


def told(facts: Facts | None, found: tuple[str, ...]) -> str:
    """A verdict in words."""
    if found or facts is None:
        return "\n".join(f"unhealthy: {trouble}" for trouble in found)
    return f"healthy: {words(coverage((feed.side, feed.health) for feed in facts.feeds))}"


def write(state: Path, facts: Facts) -> None:
    """Replace state/health.json in one step: a reader never sees half of it. Raises OSError."""
    draft = state / f"{FILE}.new"
    draft.write_text(json.dumps(as_json(facts), ensure_ascii=False), "utf-8")
    draft.replace(state / FILE)


def read(state: Path) -> Facts | None:
    """What the running bot last said; None when there is nothing readable."""
    try:
        found = json.loads((state / FILE).read_text("utf-8"))
        known = {one.name: found[one.name] for one in fields(Facts) if one.name in found}
        return Facts(**known | {"feeds": tuple(FeedFact(**feed) for feed in known.get("feeds", ()))})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as plain data, with the coverage that follows from them."""
    shares = coverage((feed.side, feed.health) for feed in facts.feeds)
    return {**asdict(facts), "coverage": {side: asdict(share) for side, share in shares.items()}}


def coverage(states: Iterable[tuple[str, FeedState]]) -> dict[str, Share]:
    """How many feeds of each side are healthy; one that its publisher closed is missed there like one that fails.

    >>> coverage([("AF", "ok"), ("AF", "failing"), ("AF", "retired")])
    {'AF': Share(healthy=1, feeds=3, thin=True)}
    """
    sides: dict[str, list[FeedState]] = {}
    for side, state in states:
        sides.setdefault(side, []).append(state)
    shares = {}
    for side, found in sides.items():
        healthy = sum(state in WELL for state in found)
        asked = sum(state != "waiting" for state in found)
        shares[side] = Share(healthy, len(found), healthy * 2 < asked)
    return shares


def words(shares: Mapping[str, Share]) -> str:
    """Coverage in a line, with a warning where a side is thin: 'one side only' may be an artefact.

    >>> words({"PK": Share(1, 1, False), "AF": Share(1, 3, True)})
    "PK 1/1, AF 1/3 feeds healthy; AF is thin: 'one side only' may be an artefact"
    """
    if not shares:
        return "no feeds"
    counts = ", ".join(f"{side} {share.healthy}/{share.feeds}" for side, share in shares.items())
    thin = [side for side, share in shares.items() if share.thin]
    verb = "is" if len(thin) == 1 else "are"
    warning = f"; {', '.join(thin)} {verb} thin: 'one side only' may be an artefact" if thin else ""
    return f"{counts} feeds healthy{warning}"
