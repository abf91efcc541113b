"""Very many feeds on this machine, each under an address of its own: RSS with ETag and 304, and nothing else.

Written down to the protocol, so that what is measured is the readers. `/_/stage/N` turns the page:
from then on every feed has N entries more at its head, and as many fewer at its end.
"""

from __future__ import annotations

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from html import escape

from bench import texts

ITEMS = 50
BODY = 530  # characters of an item's description; 50 items are then about 41 KB
LATEST = datetime(2026, 1, 15, 12, tzinfo=UTC)


def address(number: int) -> str:
    """Each feed has a host of its own, as in life."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


@lru_cache(maxsize=200_000)
def item(feed: int, number: int) -> str:
    """One item; the greater the number, the newer."""
    chance = random.Random(feed * 1_000_003 + number)
    report = texts.report(chance)
    text = " ".join(report.sentences)
    while len(text) < BODY - 90:
        text += " " + " ".join(texts.filler(chance))
    at = LATEST - timedelta(minutes=7 * (ITEMS - number) + feed % 7)
    link = f"https://{feed}.outlet.example/news/{number}"
    paragraphs = f'<p>{escape(text[:BODY])}</p><p><a href="{link}">Read on</a></p>'
    return (
        f"<item><title>{escape(report.title)}</title><link>{link}</link>"
        f'<guid isPermaLink="false">{feed}-{number}</guid><pubDate>{format_datetime(at)}</pubDate>'
        f"<description>{escape(paragraphs)}</description></item>\n"
    )


def body(feed: int, stage: int, items: int = ITEMS) -> bytes:
    shown = "".join(item(feed, number) for number in range(items + stage, stage, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>Outlet {feed}</title><link>https://{feed}.outlet.example/</link>"
        f"<description>News of outlet {feed}</description><language>en</language>\n{shown}</channel></rss>\n"
    ).encode()


class Server:
    """What is served now."""

    def __init__(self, feeds: int, items: int) -> None:
        self.feeds, self.items = feeds, items
        self.served = [0, 0]  # whole bodies, 304s
        self.turn(0)

    def turn(self, stage: int) -> None:
        self.stage = stage
        self.bodies = [body(feed, stage, self.items) for feed in range(self.feeds)]

    def answer(self, path: str, etag: str) -> bytes:
        if path.startswith("/_/stage/"):
            self.turn(int(path.rpartition("/")[2]))
            return reply("200 OK", b"turned", "text/plain")
        if path == "/_/served":
            served, self.served = self.served, [0, 0]
            return reply("200 OK", f"{served[0]} {served[1]}".encode(), "text/plain")
        number = path.removeprefix("/").removesuffix(".xml")
        if not number.isdecimal() or int(number) >= self.feeds:
            return reply("404 Not Found", b"", "text/plain")
        current = f'"{number}-{self.stage}"'
        if etag == current:
            self.served[1] += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {current}\r\n\r\n".encode()
        self.served[0] += 1
        return reply("200 OK", self.bodies[int(number)], "application/rss+xml", f"ETag: {current}\r\n")


def reply(status: str, content: bytes, kind: str, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
    return head.encode() + content


class Conversation(asyncio.Protocol):
    """Requests without bodies, one after the other."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.read += data
        while b"\r\n\r\n" in self.read:
            head, _, self.read = self.read.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            named = (line.partition(":") for line in lines[1:])
            etags = (value.strip() for name, _, value in named if name.lower() == "if-none-match")
            path = lines[0].split()[1]
            self.transport.write(self.server.answer(path, next(etags, "")))  # type: ignore[attr-defined]


async def serve(feeds: int, items: int) -> None:
    loop = asyncio.get_running_loop()
    state = Server(feeds, items)
    hosts = [address(number) for number in range(feeds)]
    first = await loop.create_server(lambda: Conversation(state), hosts[0], 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    if hosts[1:]:
        await loop.create_server(lambda: Conversation(state), hosts[1:], port, backlog=128)
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)  # until whoever started us is gone


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
