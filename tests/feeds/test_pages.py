"""Articles are fetched as robots.txt allows, once, and come back as plain text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.feeds.feed import Failed
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.pages import Pages
from bot.feeds.parse import Parser
from tests.feeds.conftest import NOW

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>Gate opens - Valley Post</title></head><body>
<nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>Gate opens after 12 days</h1>
<p>The gate at Torkham opened on Monday morning after twelve days, officials on both sides said.</p>
<p>About 1,200 trucks had been waiting, the customs office in Landi Kotal said in a statement.</p>
<p>Traders said that they hoped the crossing would stay open through the winter months.</p></article>
<footer>Subscribe to our newsletter</footer><script>track()</script></body></html>"""


@dataclass
class Site:
    robots: str | int = ""
    asked: list[str] = field(default_factory=list)
    base: str = ""
    port: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if request.path == "/robots.txt":
            return (
                web.Response(text=self.robots)
                if isinstance(self.robots, str)
                else web.Response(status=self.robots)
            )
        return web.Response(text=ARTICLE, content_type="text/html")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site, app = Site(), web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    site.base = f"http://127.0.0.1:{site.port}"
    yield site
    await runner.cleanup()


@pytest.fixture
async def pages(site: Site, parser: Parser) -> AsyncIterator[Pages]:
    limits = Limits(
        timeout=2, allow_networks=("127.0.0.1/32",), allow_ports=(site.port,), user_agent="borderwire/1 (+x)"
    )
    async with Fetcher(limits, now=lambda: NOW) as fetcher:
        yield Pages(fetcher, parser, clock=lambda: 0.0)


async def test_an_article_is_read_once_and_without_its_frame(site: Site, pages: Pages) -> None:
    site.robots = "User-agent: *\nDisallow: /private"
    text = await pages.text(f"{site.base}/news/1")
    assert isinstance(text, str)
    assert "About 1,200 trucks had been waiting" in text
    assert "newsletter" not in text
    assert "track()" not in text
    assert await pages.text(f"{site.base}/news/1") == text
    await pages.text(f"{site.base}/news/2")
    assert site.asked == ["/robots.txt", "/news/1", "/news/2"]


@pytest.mark.parametrize(
    "robots",
    ["User-agent: *\nDisallow: /", "User-agent: borderwire\nDisallow: /news", 503],
    ids=["all", "us", "down"],
)
async def test_a_site_that_asks_us_to_stay_away_is_not_read(
    robots: str | int, site: Site, pages: Pages
) -> None:
    site.robots = robots
    answer = await pages.text(f"{site.base}/news/1")
    assert isinstance(answer, Failed)
    assert answer.kind == "blocked"
    assert site.asked == ["/robots.txt"]


async def test_no_robots_file_means_welcome(site: Site, pages: Pages) -> None:
    site.robots = 404
    assert isinstance(await pages.text(f"{site.base}/news/1"), str)


async def test_an_address_inside_is_refused_before_anything_is_asked(site: Site, pages: Pages) -> None:
    for url in (f"http://127.0.0.2:{site.port}/news/1", "file:///etc/passwd", "nonsense"):
        answer = await pages.text(url)
        assert isinstance(answer, Failed)
    assert site.asked == []
