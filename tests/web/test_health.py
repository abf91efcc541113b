"""What the bot writes down of itself, and the page that shows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot import status
from bot.feeds.feed import Feed
from bot.news.model import Side
from bot.store.feeds import FeedRow
from bot.web import health, server

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIDES: dict[str, Side] = {
    "ok": "AF",
    "failing": "AF",
    "blocked": "AF",
    "frozen": "PK",
    "empty": "PK",
    "undated": "UN",
}
FACTS = health.Facts(at=NOW.timestamp(), started=0.0, last_poll=NOW.timestamp(), stale_after=900.0)


def row(state: str) -> FeedRow | None:
    """What a store remembers of a feed in that state."""
    new = FeedRow(f"https://{state}.example/rss", last_polled=NOW, health=state)
    match state:
        case "waiting":
            return None
        case "quarantined":
            return replace(new, health="ok", quarantined=NOW + timedelta(hours=5))
        case "failing" | "blocked":
            return replace(new, failures=1, reason="HTTP status 500")
        case _:
            return replace(new, last_success=NOW, newest=NOW - timedelta(days=9))


@pytest.fixture
def facts() -> health.Facts:
    """Feeds of every kind, as polls left them."""
    sides: dict[str, Side] = {**SIDES, "quarantined": "UN", "waiting": "UN"}
    named = (
        (state, Feed(f"https://{state}.example/rss", state, state, side)) for state, side in sides.items()
    )
    return replace(FACTS, feeds=tuple(status.fact(feed, row(state), NOW) for state, feed in named))


async def test_every_feed_is_written_down_with_its_word_and_why(facts: health.Facts, tmp_path: Path) -> None:
    health.write(tmp_path, facts)
    written = json.loads((tmp_path / health.FILE).read_text("utf-8"))
    assert {feed["name"]: feed["health"] for feed in written["feeds"]} == {
        state: state for state in (*SIDES, "quarantined", "waiting")
    }
    words = {feed["health"]: feed["because"] for feed in written["feeds"]}
    assert words["failing"] == "HTTP status 500"
    assert words["frozen"] == "newest entry of 13 Nov 2026"
    assert written["coverage"] == {
        "AF": {"healthy": 1, "feeds": 3, "thin": True},
        "PK": {"healthy": 0, "feeds": 2, "thin": True},
        "UN": {"healthy": 1, "feeds": 3, "thin": False},
    }
    assert health.read(tmp_path) == facts


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"at": 1}', '{"at": 1, "feeds": [{"n": 1}]}'])
def test_what_cannot_be_read_is_no_report(tmp_path: Path, text: str) -> None:
    (tmp_path / health.FILE).write_text(text)
    assert health.read(tmp_path) is None


async def test_the_page_turns_red_when_nothing_is_polled(facts: health.Facts, tmp_path: Path) -> None:
    clock = [NOW.timestamp()]
    async with server.serving("127.0.0.1", 0, tmp_path, lambda: clock[0]) as port:

        async def page() -> tuple[int, dict[str, object]]:
            url = f"http://127.0.0.1:{port}/health"
            async with aiohttp.ClientSession() as session, session.get(url) as answer:
                return answer.status, await answer.json()

        assert (await page())[0] == 503  # nothing was written yet
        health.write(tmp_path, facts)
        code, body = await page()
        assert (code, body["healthy"], body["troubles"]) == (200, True, [])
        assert body["coverage"]
        clock[0] += 1000
        code, body = await page()
        assert code == 503
        assert "no feed was polled for 1000 s" in str(body["troubles"])


@pytest.mark.parametrize("late", [0.0, 5000.0])
def test_a_container_that_asks_loads_nothing_of_what_runs(
    facts: health.Facts, tmp_path: Path, late: float
) -> None:
    now = time.time() - late
    health.write(tmp_path, replace(facts, at=now, last_poll=now, stale_after=1000.0))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "health"],
        cwd=ROOT,
        env={**os.environ, "BORDERWIRE_STATE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bot.web.health" in loaded
    heavy = ("discord", "slack_sdk", "slack_bolt", "aiohttp", "pydantic", "bot.news", "bot.store", "typer")
    assert [name for name in loaded if name.startswith(heavy)] == []
    assert done.returncode == bool(late)
    if late:
        assert "unhealthy: the bot has not reported for 500" in done.stderr
        assert "unhealthy: no feed was polled for 500" in done.stderr
    else:
        assert done.stdout.startswith("healthy: AF 1/3")
