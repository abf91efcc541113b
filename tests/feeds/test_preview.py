"""Adding a feed: the address may be a feed, a page that announces one, or nothing of use."""

from __future__ import annotations

from bot.feeds.feed import Failed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.feeds.preview import Preview, preview
from tests.fakes.hostile_feeds import INWARD
from tests.feeds.conftest import NOW, Hostile
from tests.feeds.test_fetch import canaries


async def test_a_feed_is_taken_as_it_is(hostile: Hostile, fetcher: Fetcher, parser: Parser) -> None:
    found = await preview(hostile.url("/good"), fetcher, parser, NOW)
    assert isinstance(found, Preview)
    assert (found.feed.url, found.feed.name, len(found.parsed.entries)) == (
        hostile.url("/good"),
        "Hostile",
        2,
    )
    assert found.parsed.entries[0].outlet == "Hostile"


async def test_a_page_leads_to_its_first_feed_that_works(
    hostile: Hostile, fetcher: Fetcher, parser: Parser
) -> None:
    found = await preview(hostile.url("/announces"), fetcher, parser, NOW)
    assert isinstance(found, Preview)
    assert found.feed.url == hostile.url("/good")  # the announced address has moved for good


async def test_no_page_and_no_redirect_leads_inside(
    hostile: Hostile, fetcher: Fetcher, parser: Parser
) -> None:
    before = await canaries(hostile)
    for path in ("/announces-inward", *INWARD):
        found = await preview(hostile.url(path), fetcher, parser, NOW)
        assert isinstance(found, Failed), path
        assert found.kind in ("refused", "protocol", "html"), (path, found)
    assert await canaries(hostile) == before


async def test_what_is_of_no_use_says_why(hostile: Hostile, fetcher: Fetcher, parser: Parser) -> None:
    for path, kind in {"/html": "html", "/404": "http", "/json": "parse", "/in/name": "refused"}.items():
        found = await preview(hostile.url(path), fetcher, parser, NOW)
        assert isinstance(found, Failed), path
        assert found.kind == kind, path
