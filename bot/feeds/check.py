"""Looks at one feed as an operator would: reachable, parseable, fresh, dated, full text or teaser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from time import monotonic
from typing import Any, Literal

from bot.feeds import health
from bot.feeds.feed import Failed, Feed, Fetched, Health, Parsed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news.model import Entry

Relevant = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of `feeds check`."""

    url: str
    name: str
    status: Health
    reachable: bool
    parseable: bool
    entries: int = 0
    newest: datetime | None = None
    undated: int = 0
    text: Literal["full", "teaser", "none"] = "none"
    relevant: int | None = None
    reason: str = ""
    moved: str = ""
    title: str = ""
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for a JSON line."""
        return {**asdict(self), "newest": self.newest.isoformat() if self.newest else None}


async def check(
    feed: Feed | str, fetcher: Fetcher, parser: Parser, now: datetime, relevant: Relevant | None = None
) -> CheckResult:
    """Ask a feed once, unconditionally, and say what it is like. Never raises for a bad feed."""
    feed = Feed(url=feed, name=feed, outlet="") if isinstance(feed, str) else feed
    started = monotonic()
    answer = await fetcher.get(feed.url)
    if not isinstance(answer, Fetched):
        return _failed(feed, answer if isinstance(answer, Failed) else None, False, started, now)
    parsed = await parser.parse(feed, answer, now)
    if isinstance(parsed, Failed):
        return _failed(feed, parsed, True, started, now)
    newest = health.newest(parsed.entries, now)
    return CheckResult(
        url=feed.url,
        name=feed.name,
        status=health.health(answer, parsed, newest, now, feed.frozen_after),
        reachable=True,
        parseable=True,
        entries=parsed.total,
        newest=newest,
        undated=sum(entry.published is None for entry in parsed.entries),
        text=_text(parsed),
        relevant=sum(map(relevant, parsed.entries)) if relevant else None,
        moved=answer.moved,
        title=parsed.title,
        seconds=round(monotonic() - started, 3),
        notes=parsed.notes,
    )


async def check_all(
    feeds: Iterable[Feed | str],
    fetcher: Fetcher,
    parser: Parser,
    now: datetime,
    relevant: Relevant | None = None,
) -> AsyncIterator[CheckResult]:
    """Check many at once; results come as they are ready, one for each address, and always end."""
    tasks = [asyncio.create_task(check(feed, fetcher, parser, now, relevant)) for feed in feeds]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()


def _failed(feed: Feed, failed: Failed | None, reachable: bool, started: float, now: datetime) -> CheckResult:
    failed = failed or Failed("answers 304 to a question without conditions", "protocol")
    return CheckResult(
        url=feed.url,
        name=feed.name,
        status=health.health(failed, None, None, now),
        reachable=reachable or failed.status > 0,
        parseable=False,
        reason=failed.reason,
        seconds=round(monotonic() - started, 3),
    )


def _text(parsed: Parsed) -> Literal["full", "teaser", "none"]:
    if not any(entry.summary for entry in parsed.entries):
        return "none"
    return "full" if parsed.full_text else "teaser"
