"""The demo's newsrooms: sample feeds served on this machine, and a calendar that can be turned forward.

Only this is not the bot: scheduler, fetching, parsing, store, judgement and outbox are those of `run`.
"""

from __future__ import annotations

import asyncio
import hashlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import takewhile
from typing import Any, Self

from aiohttp import web

from bot.feeds.feed import Feed
from bot.news.model import Side


@dataclass(frozen=True, slots=True)
class Round:
    at: datetime
    caption: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry of a sample feed, visible from its round on."""

    round: int
    feed: str
    guid: str
    published: datetime
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Script:
    """What happens in the demo, round by round."""

    rounds: tuple[Round, ...]
    samples: tuple[Sample, ...]

    @classmethod
    def of(cls, tables: Mapping[str, Any]) -> Script:
        rounds = tuple(Round(row["at"].astimezone(UTC), row["caption"]) for row in tables["round"])
        return cls(rounds, tuple(Sample(**row) for row in tables["entry"]))

    @property
    def feeds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sample.feed for sample in self.samples))

    def visible(self, feed: str, now: int) -> list[Sample]:
        """What a feed holds in a round: the newest version of each entry, newest entry first."""
        newest = {s.guid: s for s in self.samples if s.feed == feed and s.round <= now}
        return sorted(newest.values(), key=lambda sample: sample.published, reverse=True)


class Calendar:
    """A clock that the demo turns forward; between two turns it runs as clocks do."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._ahead = timedelta()

    def turn(self, at: datetime) -> None:
        self._ahead = at - self._real()

    def __call__(self) -> datetime:
        return self._real() + self._ahead


class Newsroom:
    """The loopback server of the sample feeds: RSS with ETag and 304, as the better publishers have it."""

    def __init__(self, script: Script, rounds: Rounds) -> None:
        self.script = script
        self.rounds = rounds
        self.round = 0
        self.requests = 0
        self.unchanged = 0
        self.port = 0
        application = web.Application()
        application.router.add_get("/{name}.xml", self._serve)
        self._runner = web.AppRunner(application, access_log=None)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._runner.cleanup()

    def feeds(self, sides: Mapping[str, Side]) -> tuple[Feed, ...]:
        return tuple(
            Feed(
                url=f"http://127.0.0.1:{self.port}/{slug(name)}.xml", name=name, outlet=name, side=sides[name]
            )
            for name in self.script.feeds
        )

    async def _serve(self, request: web.Request) -> web.Response:
        self.requests += 1
        name = next((n for n in self.script.feeds if slug(n) == request.match_info["name"]), None)
        if name is None:
            raise web.HTTPNotFound
        await self.rounds.turn_of(name)
        body = rss(name, self.script.visible(name, self.round))
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            self.unchanged += 1
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def rss(name: str, samples: Sequence[Sample]) -> bytes:
    """A feed as RSS 2.0 bytes."""
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    for tag, text in (("title", name), ("link", home(name)), ("description", f"Sample feed of {name}")):
        ElementTree.SubElement(channel, tag).text = text
    for sample in samples:
        item = ElementTree.SubElement(channel, "item")
        for tag, text in (
            ("title", sample.title),
            ("link", f"{home(name)}{sample.guid}?utm_source=rss"),
            ("description", sample.summary),
            ("pubDate", format_datetime(sample.published)),
        ):
            ElementTree.SubElement(item, tag).text = text
        ElementTree.SubElement(item, "guid", isPermaLink="false").text = sample.guid
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def home(name: str) -> str:
    """Where a sample outlet would live: a name that is reserved for examples."""
    return f"https://{slug(name)}.example/"


class Rounds:
    """In each round every feed is read once, in the script's order, so that every run tells the same."""

    def __init__(self, feeds: Sequence[str]) -> None:
        self._polled = {feed: asyncio.Event() for feed in feeds}
        self._served: set[str] = set()

    def turn(self) -> None:
        """A new page: what is under way still belongs to the old one."""
        self._served.clear()
        for event in self._polled.values():
            event.clear()

    async def turn_of(self, feed: str) -> None:
        """Wait until the feeds before this one have been read in this round."""
        for earlier in takewhile(lambda name: name != feed, self._polled):
            await self._polled[earlier].wait()
        self._served.add(feed)

    def polled(self, feed: str) -> None:
        if feed in self._served:
            self._polled[feed].set()

    async def done(self, seconds: float = 20.0) -> None:
        """Wait until every feed was read."""
        async with asyncio.timeout(seconds):
            for event in self._polled.values():
                await event.wait()
