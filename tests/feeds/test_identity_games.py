"""Feeds that rename, shrink, reorder and lie about dates: what was read once is never new again.

The real pipeline, store and server; three polls of each game, and how many entries each found new.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import pipeline
from bot.feeds.feed import Failed, Feed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news.topics.topic import Topic
from bot.store import db
from tests.feeds.conftest import NOW, Hostile

GAMES: dict[str, list[int | str]] = {
    "/good": [2, 0, 0],
    "/guid-migrates": [8, 0, 0],
    "/guid-secured": [1, 0, 0],
    "/guid-with-title": [1, 0, 0],
    "/guid-shared": [5, 0, 0],
    "/session-in-links": [6, 0, 0],
    "/shrink": [10, 0, 0],
    "/empty-then-back": [2, 0, 0],
    "/returns-one-by-one": [1, 1, 1, 0, 0, 0],
    "/reorder": [5, 0, 0],
    "/title-flips": [1, 0, 0],
    "/date-bumps": [1, 0, 0],
    "/new-after-future": [1, 1, 0],
    "/html-sometimes": [2, "html", 0],
}


@pytest.mark.parametrize(("path", "expected"), GAMES.items(), ids=GAMES.keys())
async def test_what_was_read_once_is_never_new_again(
    path: str,
    expected: list[int | str],
    tmp_path: Path,
    hostile: Hostile,
    fetcher: Fetcher,
    parser: Parser,
    topic: Topic,
) -> None:
    feed = Feed(hostile.url(f"{path}?game"), path, "Valley Post", "PK")
    found: list[int | str] = []
    async with db.opened(tmp_path) as database:
        parts = pipeline.Parts(database, fetcher, parser, topic)
        for turn in range(len(expected)):
            polled = await pipeline.poll(feed, parts, NOW + timedelta(minutes=10 * turn))
            found.append(polled.answer.kind if isinstance(polled.answer, Failed) else polled.new)
    assert found == expected
