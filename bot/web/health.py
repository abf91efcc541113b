"""Is the bot doing its work? Health is judged by progress, not by being alive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from bot.store.feeds import FeedRow

FeedState = Literal[
    "ok", "failing", "blocked", "frozen", "empty", "undated", "quarantined", "waiting", "retired"
]
STATES: tuple[FeedState, ...] = get_args(FeedState)
WELL = ("ok", "undated")  # brings news
NOTED = timedelta(hours=24)  # how long a notice is shown
FILE = "health.json"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the running bot writes down about itself every few seconds (Unix seconds, 0: never)."""

    at: float
    started: float
    last_poll: float
    feeds: Mapping[str, int] = field(default_factory=dict)  # FeedState → how many
    platforms: Mapping[str, bool] = field(default_factory=dict)  # connected and allowed to send?
    waiting: int = 0  # deliveries not yet made
    oldest: float = 0.0  # since when the oldest of them waits


def of_feed(row: FeedRow, now: datetime) -> FeedState:
    """One word for a feed: failure is told from silence, being refused from being down.

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
    return "; ".join(dict.fromkeys(filter(None, words)))


def troubles(facts: Facts, now: float, stale_after: float) -> tuple[str, ...]:
    """Why the bot is not healthy; empty when it is.

    >>> troubles(Facts(at=1000, started=0, last_poll=990), now=1005, stale_after=900)
    ()
    >>> troubles(Facts(at=1000, started=0, last_poll=50), now=1005, stale_after=900)
    ('no feed was polled for 955 s (limit 900 s)',)
    """
    found = []
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


def write(state: Path, facts: Facts) -> None:
    """Replace state/health.json in one step: a reader never sees half of it."""
    draft = state / f"{FILE}.new"
    draft.write_text(json.dumps(asdict(facts)), "utf-8")
    draft.replace(state / FILE)


def read(state: Path) -> Facts | None:
    """What the running bot last said; None when there is nothing readable."""
    try:
        return Facts(**json.loads((state / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def coverage(states: Iterable[tuple[str, FeedState]]) -> str:
    """Healthy feeds by side, with a warning where a side is thin: 'one side only' may be an artefact.

    >>> coverage([("PK", "ok"), ("AF", "failing"), ("AF", "failing"), ("AF", "ok")])
    "PK 1/1, AF 1/3 feeds healthy; AF is thin: 'one side only' may be an artefact"
    """
    known: dict[str, int] = {}
    healthy: dict[str, int] = {}
    asked: dict[str, int] = {}
    for side, state in states:
        if state != "retired":
            known[side] = known.get(side, 0) + 1
            healthy[side] = healthy.get(side, 0) + (state in WELL)
            asked[side] = asked.get(side, 0) + (state != "waiting")
    words = ", ".join(f"{side} {healthy[side]}/{known[side]}" for side in known)
    thin = [side for side in known if healthy[side] * 2 < asked[side]]
    verb = "is" if len(thin) == 1 else "are"
    warning = f"; {', '.join(thin)} {verb} thin: 'one side only' may be an artefact" if thin else ""
    return f"{words} feeds healthy{warning}" if words else "no feeds"
