"""A feed's address may hold a key: no log, no health page, no notice and no answer to everybody shows it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import log, masks, pipeline, status
from bot.feeds.feed import Feed
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.parse import Parser
from bot.store import db, feeds
from bot.watch import Watch
from bot.web import health
from tests.news.making import shipped

pytestmark = pytest.mark.usefixtures("logs_as_before")
NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
KEY = "CANARY"
RSS = b"<rss version='2.0'><channel><title>x</title></channel></rss>"
ANSWERS = {
    "/bad": b"garbage\r\n\r\n",
    "/header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>",
    "/nowhere": b"HTTP/1.1 302 x\r\nLocation: http://[::1/?key=CANARY\r\nContent-Length: 0\r\n\r\n",
    "/port": b"HTTP/1.1 302 x\r\nLocation: http://a.example:x1/?key=CANARY\r\nContent-Length: 0\r\n\r\n",
    "/gone": b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
    "/moved": b"HTTP/1.1 301 x\r\nLocation: /feed?key=CANARY\r\nContent-Length: 0\r\n\r\n",
    "/feed": b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(RSS) + RSS,
}


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    """A server that answers each path with the bytes above, however little they are HTTP."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readline()).split()[1].decode().partition("?")[0]
        while (await reader.readline()).strip():
            pass
        writer.write(ANSWERS[path])
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def test_the_key_in_an_address_is_shown_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log.configure("debug", "json", [])
    said: list[str] = []
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(served())
        base = f"http://127.0.0.1:{port}"
        limits = Limits(timeout=5, allow_networks=("127.0.0.1/32",), allow_ports=(port,))
        fetcher = await stack.enter_async_context(Fetcher(limits))
        parser = await stack.enter_async_context(Parser())
        database = await stack.enter_async_context(db.opened(tmp_path))
        parts = pipeline.Parts(database, fetcher, parser, shipped())
        read = [Feed(f"{base}{path}?key={KEY}", path[1:], "Outlet", "AF") for path in ANSWERS]
        watch = Watch(read, parts, lambda: NOW, notice=said.append)
        await watch.start()
        for feed in read:
            await watch.poll(feed)
            await watch.poll(feed)
        async with database.write() as connection:  # as an earlier version stored it
            await feeds.failed(connection, read[0].url, f"400, url='{read[0].url}'", NOW)
            await feeds.notice(connection, read[0].url, f"moved for good to {read[0].url}", NOW)
            await feeds.retire(connection, read[-1].url, f"gone: {read[-1].url}")
        await watch.follow()
        facts = await status.feeds(database, (*watch.feeds.values(), *watch.closed), NOW)
        rows = await status.rows(database, read, lambda: NOW, (port,))
    health.write(tmp_path, health.Facts(1.0, 1.0, 1.0, 900.0, feeds=facts))
    outputs = {
        "log": capfd.readouterr().err,
        "health": (tmp_path / health.FILE).read_text("utf-8"),
        "status": str(rows),
        "notices": str(said),
    }
    assert f"{base}/bad" in outputs["health"]
    assert "moved for good" in outputs["notices"]
    assert {name: text.count(KEY) for name, text in outputs.items()} == dict.fromkeys(outputs, 0)
    assert len(json.loads(outputs["health"])["feeds"]) == len(ANSWERS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/rss", "https://a.example/rss"),
        ("https://a.example/rss?key=1&b=2#c", "https://a.example/rss?…"),
        ("url='http://a.example/?a=it's', x", "url='http://a.example/?… x"),
        ("HTTPS://me:secret@a.example:8000/x", "HTTPS://a.example:8000/x"),
        ("wss://w.example/link/?ticket=1&app_id=2", "wss://w.example/link/?…"),
        ("GET /link?ticket=1&app_id=2", "GET /link?ticket=…&app_id=2"),
        ("is it so? a@b.example", "is it so? a@b.example"),
    ],
)
def test_addresses_lose_their_query_and_user(text: str, shown: str) -> None:
    assert masks.masked(text) == shown
