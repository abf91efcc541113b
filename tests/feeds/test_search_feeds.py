"""Search feeds: GDELT's JSON through the real child, and whose each entry is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.feeds.attribution import attributed
from bot.feeds.feed import Failed, Feed, Fetched, Parsed
from bot.feeds.parse import Parser
from tests.feeds.conftest import NOW
from tests.news.making import shipped

GDELT = Feed("https://api.gdeltproject.org/api/v2/doc/doc?format=json", "GDELT", "GDELT", kind="gdelt")
ARTICLES = [
    {"url": "https://www.dawn.com/news/1", "title": "Gate opens at Torkham", "seendate": "20251015T101500Z",
     "domain": "dawn.com", "language": "English", "sourcecountry": "Pakistan"},
    {"url": "https://lantern.example/2", "title": "Talks resume in <b>Istanbul</b>", "seendate": "soon", "language": "English"},
    {"url": "javascript:alert(1)", "title": "No address", "seendate": "20251015T101500Z"},
    {"url": "https://lantern.example/3", "title": ""},
    "nonsense",
]  # fmt: skip


async def test_gdelts_json_is_read_like_a_feed(parser: Parser) -> None:
    body = json.dumps({"articles": ARTICLES}).encode()
    parsed = await parser.parse(GDELT, Fetched(body, GDELT.url, content_type="application/json"), NOW)
    assert isinstance(parsed, Parsed)
    assert [(e.title, e.outlet, e.published is not None) for e in parsed.entries] == [
        ("Gate opens at Torkham", "dawn.com", True),
        ("Talks resume in Istanbul", "lantern.example", False),
    ]
    topic = shipped()
    dawn, lantern = (attributed(entry, GDELT, topic) for entry in parsed.entries)
    assert (dawn.outlet, dawn.side, dawn.family) == ("Dawn", "PK", "Dawn Media Group")
    assert (lantern.outlet, lantern.side) == ("lantern.example", "none")
    own = attributed(
        replace(dawn, outlet="Valley Post", side="AF", family=""), Feed("u", "n", "Valley Post", "AF"), topic
    )
    assert (own.outlet, own.side) == ("Valley Post", "AF")  # a feed's own row says who speaks there


@pytest.mark.parametrize(
    "body", [b'{"articles": {}}', b'{"articles": [', b"Please limit requests", b"{" * 90_000]
)
async def test_what_gdelt_says_instead_is_a_failure(parser: Parser, body: bytes) -> None:
    parsed = await parser.parse(GDELT, Fetched(body, GDELT.url), NOW)
    assert isinstance(parsed, Failed)
    assert parsed.kind == "parse"


async def test_nothing_found_is_no_failure(parser: Parser) -> None:
    parsed = await parser.parse(GDELT, Fetched(b"{}", GDELT.url), NOW)
    assert isinstance(parsed, Parsed)
    assert parsed.total == 0
