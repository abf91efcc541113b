"""`feeds check` says of each address what it is like, and ends."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import get_args

from bot.feeds import health
from bot.feeds.check import CheckResult, check, check_all
from bot.feeds.feed import Failed, Feed, Fetched, Health, Parsed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news.model import Entry
from tests.fakes.hostile_feeds import ROUTES
from tests.feeds.conftest import NOW, Hostile

WORDS = {
    "/good": "ok", "/moved": "ok", "/gzip": "ok", "/persian": "undated", "/wide": "undated", "/truncated": "ok",
    "/html": "failing", "/empty": "failing", "/404": "failing", "/500": "failing", "/410": "failing", "/text": "failing",
    "/binary": "failing", "/json": "failing", "/in/name": "failing", "/silence": "failing", "/bomb-gzip": "failing",
    "/403": "blocked", "/401": "blocked", "/429": "blocked", "/406": "blocked",
}  # fmt: skip


async def test_each_kind_of_feed_gets_its_word(
    hostile: Hostile, fetcher: Fetcher, hasty: Fetcher, parser: Parser
) -> None:
    for path, word in WORDS.items():
        result = await check(hostile.url(path), hasty if path == "/silence" else fetcher, parser, NOW)
        assert result.status == word, (path, result)
        assert result.parseable == (word in ("ok", "undated")), path


async def test_a_frozen_feed_is_not_a_quiet_one(hostile: Hostile, fetcher: Fetcher, parser: Parser) -> None:
    late = NOW + timedelta(days=3)
    assert (await check(hostile.url("/good"), fetcher, parser, late)).status == "frozen"
    slow = Feed(hostile.url("/good"), "Slow", "Slow", frozen_after=24 * 7)
    assert (await check(slow, fetcher, parser, late)).status == "ok"
    future = await check(hostile.url("/future"), fetcher, parser, NOW)
    assert (future.status, future.newest) == ("ok", NOW - timedelta(hours=1))


async def test_what_an_operator_wants_to_know(hostile: Hostile, fetcher: Fetcher, parser: Parser) -> None:
    feed = Feed(hostile.url("/moved"), "Moved", "Moved", "UN")
    result = await check(feed, fetcher, parser, NOW, relevant=lambda entry: entry.title.endswith("1"))
    assert (result.entries, result.relevant, result.undated, result.text) == (2, 1, 0, "teaser")
    assert result.moved == hostile.url("/good")
    assert result.title == "Hostile"


async def test_a_hostile_list_gives_one_line_each_and_ends(
    hostile: Hostile, hasty: Fetcher, parser: Parser
) -> None:
    urls = [hostile.url(path) for path in ROUTES] + ["nonsense", "http://[", "ftp://127.0.0.1/"]
    results: list[CheckResult] = [result async for result in check_all(urls, hasty, parser, NOW)]
    assert sorted(result.url for result in results) == sorted(urls)
    for result in results:
        line = json.dumps(result.as_json())
        assert "\n" not in line
        assert json.loads(line)["status"] in get_args(Health)
        assert result.parseable or result.reason


def entry(number: int, title: str = "", url: str = "") -> Entry:
    name = title or f"t{number}"
    return Entry(f"e{number}", "f", "o", url or f"http://x/{number}", name, "", NOW, NOW)


def test_health_needs_no_more_than_what_is_at_hand() -> None:
    body = Fetched(b"x", "u")
    assert health.health(body, Parsed(()), None, NOW) == "empty"
    assert health.health(body, Parsed((), unchanged=3, total=3), NOW, NOW) == "ok"
    assert health.health(body, Failed("bad", "parse"), NOW, NOW) == "failing"


def test_a_poll_without_overlap_is_a_possible_gap() -> None:
    assert health.gap_possible(Parsed((entry(1), entry(2)), total=2), known=0)
    assert not health.gap_possible(Parsed((entry(1), entry(2)), total=2), known=1)
    assert not health.gap_possible(Parsed((), total=0), known=0)


def test_old_items_under_new_names_are_a_flood_and_a_busy_hour_is_not() -> None:
    new = [entry(number) for number in range(10)]
    titles, urls = [e.title for e in new], [e.url for e in new]
    assert health.flood(new, titles, [])
    assert health.flood(new, [], urls)
    assert not health.flood(new, titles[:2], urls[:2])
    assert not health.flood(new[:3], titles, urls)
