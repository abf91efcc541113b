"""Brings the text of linked articles: only where robots.txt lets us, and no page twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from urllib.robotparser import RobotFileParser

from yarl import URL

from bot.feeds.feed import Failed, Fetched
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import Refusal, check_url
from bot.feeds.parse import Parser

TROUBLE = 1_800.0  # seconds until a server that could not be asked is asked again
ROBOTS_BYTES = 512_000  # more of a robots.txt is not read, as search engines do it


class Pages:
    """Article texts by address, with a small memory of pages and of permissions."""

    def __init__(
        self,
        fetcher: Fetcher,
        parser: Parser,
        keep: int = 500,
        robots_hours: float = 24.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._fetcher, self._parser, self._clock = fetcher, parser, clock
        self._keep, self._good_for = keep, robots_hours * 3600
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._robots: OrderedDict[str, tuple[float, RobotFileParser]] = OrderedDict()

    async def text(self, url: str) -> str | Failed:
        """The article behind a link, or why there is none: then the feed's own words must do."""
        if url in self._texts:
            self._texts.move_to_end(url)
            return self._texts[url]
        address = check_url(url, self._fetcher.limits.allow_ports)
        if isinstance(address, Refusal):
            return Failed(address.reason, "refused")
        if not await self._may_read(address):
            return Failed("robots.txt asks bots to stay away from this page", "blocked")
        page = await self._fetcher.get(url, want="page")
        if not isinstance(page, Fetched):
            return page if isinstance(page, Failed) else Failed("no page came", "protocol")
        landed = URL(page.url)
        if landed.origin() != address.origin() and not await self._may_read(landed):
            return Failed("robots.txt of the site that it leads to asks bots to stay away", "blocked")
        text = await self._parser.article(page)
        if isinstance(text, str):
            self._texts[url] = text
            while len(self._texts) > self._keep:
                self._texts.popitem(last=False)
        return text

    def forget(self, url: str) -> None:
        """Ask for this page again: it was edited."""
        self._texts.pop(url, None)

    async def _may_read(self, address: URL) -> bool:
        site = str(address.origin())
        known = self._robots.get(site)
        if known is None or self._clock() > known[0]:
            known = await self._rules(site)
            self._robots[site] = known
            while len(self._robots) > self._keep:
                self._robots.popitem(last=False)
        return known[1].can_fetch(self._fetcher.limits.user_agent, str(address))

    async def _rules(self, site: str) -> tuple[float, RobotFileParser]:
        """As the standard has it (RFC 9309): no file means yes, a server in trouble means not now."""
        rules, good_for = RobotFileParser(), self._good_for
        answer = await self._fetcher.get(f"{site}/robots.txt", want="anything")
        if isinstance(answer, Fetched):
            lines = answer.body[:ROBOTS_BYTES].decode("utf-8", "replace").splitlines()
            rules.parse(lines[:5_000])
        elif isinstance(answer, Failed) and (400 <= answer.status < 500 or answer.kind == "empty"):
            rules.parse([])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
            good_for = TROUBLE
        return self._clock() + good_for, rules
