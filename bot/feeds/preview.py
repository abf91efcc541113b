"""Looks at an address that somebody wants to add: a feed, or a page that announces some."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.feeds.discover import discover
from bot.feeds.feed import Failed, Feed, Fetched, Parsed
from bot.feeds.fetch import Fetcher
from bot.feeds.headers import is_html
from bot.feeds.parse import Parser
from bot.feeds.prepare import decode


@dataclass(frozen=True, slots=True)
class Preview:
    """A feed that works, under its last address, and what is in it now."""

    feed: Feed
    parsed: Parsed
    others: tuple[str, ...] = ()  # further feeds that the same page announces


async def preview(url: str, fetcher: Fetcher, parser: Parser, now: datetime) -> Preview | Failed:
    """What adding this address would bring. A page's first feed that can be read is taken."""
    answer = await fetcher.get(url, want="anything")
    if not isinstance(answer, Fetched):
        return answer if isinstance(answer, Failed) else Failed("answers without a body", "protocol")
    if not is_html(answer.body):
        return await _read(url, answer, parser, now)
    announced = discover(
        decode(answer.body, answer.content_type)[0], answer.url, frozenset(fetcher.limits.allow_ports)
    )
    failed = Failed("a web page that announces no feed", "html")
    for address in announced[:5]:
        found = await fetcher.get(address)
        if isinstance(found, Fetched):
            read = await _read(address, found, parser, now)
            if isinstance(read, Preview):
                return replace(read, others=tuple(other for other in announced if other != address))
        failed = found if isinstance(found, Failed) else failed
    return failed


async def _read(url: str, answer: Fetched, parser: Parser, now: datetime) -> Preview | Failed:
    url = answer.moved or url
    parsed = await parser.parse(Feed(url, url, ""), answer, now)
    if isinstance(parsed, Failed):
        return parsed
    name = parsed.title or url
    entries = tuple(replace(entry, outlet=name) for entry in parsed.entries)
    return Preview(Feed(url, name, name), replace(parsed, entries=entries))
