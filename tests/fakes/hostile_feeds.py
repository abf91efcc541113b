"""A feed server that misbehaves in every way we know of, in a process of its own, on loopback only.

It listens on 127.0.0.1 ("outside") and, on the same port, on 127.0.0.2 and 127.0.0.3 ("inside"): these
are canaries that count who reaches them. `python -m tests.fakes.hostile_feeds` prints its port as JSON.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import brotli

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
MEGABYTE = 1024 * 1024


def item(number: int, title: str = "", guid: str = "", date: str = "Wed, 15 Oct 2025 10:00:00 GMT") -> str:
    return (
        f"<item><title>{title or f'Report {number}'}</title><link>http://127.0.0.1/report/{number}</link>"
        f"<guid isPermaLink='false'>{guid or f'id-{number}'}</guid><pubDate>{date}</pubDate>"
        f"<description>What happened, part {number}.</description></item>"
    )


def rss(*items: str) -> bytes:
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Hostile</title>"
    return (head + "<link>http://127.0.0.1/</link>" + "".join(items) + "</channel></rss>").encode()


GOOD = rss(item(1), item(2))


@dataclass
class Ask:
    """A request as the handlers see it."""

    path: str
    headers: dict[str, str]
    write: asyncio.StreamWriter
    port: int
    count: int  # how often this path was asked before
    state: dict[str, int] = field(default_factory=dict)

    async def send(self, data: bytes) -> None:
        self.write.write(data)
        await self.write.drain()

    async def answer(
        self, body: bytes, *more: str, status: str = "200 OK", length: int | None = None
    ) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *more]
        await self.send(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode() + body)

    async def to(self, where: str, status: str = "302 Found") -> None:
        await self.answer(b"", f"Location: {where}", status=status)


Handler = Callable[[Ask], Awaitable[None]]


def body(data: bytes, *more: str, status: str = "200 OK", length: int | None = None) -> Handler:
    async def handler(ask: Ask) -> None:
        await ask.answer(data, *more, status=status, length=length)

    return handler


def raw(data: bytes, then: str = "") -> Handler:
    """Bytes as they are; then: hang, reset, or close."""

    async def handler(ask: Ask) -> None:
        await ask.send(data)
        if then == "hang":
            await asyncio.sleep(60)
        elif then == "reset":
            ask.write.transport.abort()

    return handler


def redirect(where: str, status: str = "302 Found") -> Handler:
    async def handler(ask: Ask) -> None:
        await ask.to(where.replace("PORT", str(ask.port)), status)

    return handler


def drip(head: bytes, piece: bytes, pause: float = 0.05) -> Handler:
    async def handler(ask: Ask) -> None:
        await ask.send(head)
        while True:
            await ask.send(piece)
            await asyncio.sleep(pause)

    return handler


def flood(head: bytes, piece: bytes, pieces: int) -> Handler:
    async def handler(ask: Ask) -> None:
        await ask.send(head)
        for _ in range(pieces):
            await ask.send(piece)

    return handler


def turns(*bodies: bytes) -> Handler:
    """A different answer each time, the last one for ever."""

    async def handler(ask: Ask) -> None:
        await ask.answer(bodies[min(ask.count, len(bodies) - 1)], "Content-Type: application/rss+xml")

    return handler


async def etag(ask: Ask) -> None:
    if ask.headers.get("if-none-match") == '"v1"':
        await ask.send(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nCache-Control: max-age=120\r\n\r\n')
    else:
        await ask.answer(GOOD, 'ETag: "v1"', "Last-Modified: Wed, 15 Oct 2025 10:00:00 GMT")


async def modified(ask: Ask) -> None:
    if ask.headers.get("if-modified-since") == "Wed, 15 Oct 2025 10:00:00 GMT":
        await ask.send(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
    else:
        await ask.answer(GOOD, "Last-Modified: Wed, 15 Oct 2025 10:00:00 GMT")


async def echo(ask: Ask) -> None:
    await ask.answer(json.dumps(ask.headers).encode())


def _loop(path: str) -> Handler:
    return redirect(path)


def _bomb(kind: str, megabytes: int = 16) -> bytes:
    maker = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "deflate": 15, "raw": -15}[kind])
    block = b" " * MEGABYTE
    return b"".join([*(maker.compress(block) for _ in range(megabytes)), maker.flush()])


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = OK + b"Connection: close\r\n\r\n"
HTML = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Checking</body></html>"
PERSIAN = "<?xml version='1.0' encoding='windows-1256'?><rss version='2.0'><channel><item><title>سلام تورخم</title><guid>p</guid></item></channel></rss>"
WIDE = "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel><item><title>سلام تورخم</title><guid>p</guid></item></channel></rss>"

# Redirects towards the inside: a client without a guard reaches the canary through each of them.
INWARD: dict[str, str] = {
    "/in/name": "http://127.0.0.2:PORT/canary",
    "/in/other": "http://127.0.0.3:PORT/canary",
    "/in/short": "http://127.2:PORT/canary",
    "/in/decimal": "http://2130706434:PORT/canary",
    "/in/hexadecimal": "http://0x7f000002:PORT/canary",
    "/in/octal": "http://0177.0.0.2:PORT/canary",
    "/in/mapped": "http://[::ffff:127.0.0.2]:PORT/canary",
    "/in/mapped-hexadecimal": "http://[::ffff:7f00:2]:PORT/canary",
    "/in/circled": "http://①②⑦.⓪.⓪.②:PORT/canary",
    "/in/without-scheme": "//127.0.0.2:PORT/canary",
    "/in/user": "http://127.0.0.1@127.0.0.2:PORT/canary",
    "/in/two-hops": "http://127.0.0.1:PORT/in/name",
}


async def announce_inward(ask: Ask) -> None:
    """A page whose feeds are all inside."""
    links = "".join(
        f"<link rel=alternate type=application/rss+xml href='{where}'>" for where in INWARD.values()
    )
    page = f"<!DOCTYPE html><html><head>{links}</head></html>".replace("PORT", str(ask.port))
    await ask.answer(page.encode())


ROUTES: dict[str, Handler] = {
    **{path: redirect(where) for path, where in INWARD.items()},
    "/in/permanent": redirect("http://127.0.0.2:PORT/canary", "301 Moved Permanently"),
    "/in/kept-method": redirect("http://127.0.0.3:PORT/canary", "308 Permanent Redirect"),
    # what honest servers do
    "/good": body(GOOD, "Content-Type: application/rss+xml"),
    "/etag": etag,
    "/modified": modified,
    "/same": body(GOOD),
    "/echo": echo,
    "/gzip": body(gzip.compress(GOOD), "Content-Encoding: gzip"),
    "/br": body(brotli.compress(GOOD), "Content-Encoding: br"),
    "/gzip-members": body(gzip.compress(GOOD[:100]) + gzip.compress(GOOD[100:]), "Content-Encoding: gzip"),
    "/gzip-padded": body(gzip.compress(GOOD) + b"\0" * 64, "Content-Encoding: gzip"),
    "/deflate": body(zlib.compress(GOOD), "Content-Encoding: deflate"),
    "/deflate-raw": body(zlib.compress(GOOD)[2:-4], "Content-Encoding: deflate"),
    "/chunked": raw(CHUNKED + b"%x\r\n" % len(GOOD) + GOOD + b"\r\n0\r\n\r\n"),
    "/until-closed": raw(ENDLESS + GOOD),
    "/moved": redirect("/good", "301 Moved Permanently"),
    "/moved-for-now": redirect("/good", "302 Found"),
    "/moved-then-not": redirect("/moved-for-now", "308 Permanent Redirect"),
    "/persian": body(PERSIAN.encode("cp1256"), "Content-Type: text/xml"),
    "/wide": body(WIDE.encode("utf-16"), "Content-Type: text/xml; charset=utf-8"),
    # redirects that lead nowhere
    "/loop": _loop("/loop"),
    "/loop-a": _loop("/loop-b"),
    "/loop-b": _loop("/loop-a"),
    "/to-file": redirect("file:///etc/passwd"),
    "/to-data": redirect("data:text/xml,<rss/>"),
    "/to-port": redirect("http://127.0.0.1:1/"),
    "/to-bad-port": redirect("http://127.0.0.1:x/"),
    "/to-bad-host": redirect("http://[::1/"),
    "/to-nothing": redirect(""),
    "/redirect-without-place": body(b"", status="302 Found"),
    # time
    "/drip-body": drip(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
    "/drip-header": drip(OK, b"X-A: b\r\n"),
    "/drip-status": drip(b"HTTP/1.1 2", b"0"),
    "/drip-chunks": drip(CHUNKED, b"1\r\nx\r\n"),
    "/silence": raw(b"", "hang"),
    "/hang-in-body": raw(OK + b"Content-Length: 100\r\n\r\n<rss", "hang"),
    # size
    "/bomb-gzip": body(_bomb("gzip"), "Content-Encoding: gzip"),
    "/bomb-deflate": body(_bomb("deflate"), "Content-Encoding: deflate"),
    "/bomb-deflate-raw": body(_bomb("raw"), "Content-Encoding: deflate"),
    "/bomb-br": body(brotli.compress(b" " * 16 * MEGABYTE, quality=5), "Content-Encoding: br"),
    "/bomb-twice": body(gzip.compress(_bomb("gzip")), "Content-Encoding: gzip, gzip"),
    "/endless": flood(ENDLESS, b" " * 65_536, 1_000),
    "/endless-chunks": flood(CHUNKED, b"10000\r\n" + b" " * 65_536 + b"\r\n", 1_000),
    "/huge-length": body(GOOD, length=10**12),
    "/empty-members": flood(ENDLESS.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"), gzip.compress(b"") * 3_000, 200),
    "/header-flood": flood(OK, b"X-Header: " + b"a" * 1_000 + b"\r\n", 20_000),
    "/long-header": raw(OK + b"X-Long: " + b"a" * 200_000 + b"\r\n\r\n"),
    # framing lies
    "/short-body": raw(OK + b"Content-Length: 5000\r\n\r\n" + GOOD),
    "/long-body": raw(OK + b"Content-Length: 10\r\nConnection: close\r\n\r\n" + GOOD),
    "/negative-length": raw(OK + b"Content-Length: -5\r\n\r\n" + GOOD),
    "/two-lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + GOOD),
    "/length-and-chunks": raw(OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    "/bad-chunk": raw(CHUNKED + b"zz\r\nhello\r\n"),
    "/cut-chunk": raw(CHUNKED + b"ff\r\nhello"),
    "/huge-chunk": raw(CHUNKED + b"f" * 40 + b"\r\nhello"),
    "/no-http": raw(b"220 ftp.example ready\r\n"),
    "/not-a-status": raw(b"HTTP/1.1 abc OK\r\n\r\n"),
    "/http-0.9": raw(GOOD),
    "/nothing": raw(b""),
    "/reset": raw(b"", "reset"),
    "/reset-in-body": raw(OK + b"Content-Length: 500\r\n\r\n" + GOOD[:50], "reset"),
    "/bad-gzip": body(b"\x1f\x8b\x08garbage" * 5, "Content-Encoding: gzip"),
    "/cut-gzip": body(gzip.compress(GOOD)[:-20], "Content-Encoding: gzip"),
    "/not-gzip": body(GOOD, "Content-Encoding: gzip"),
    "/cut-br": body(brotli.compress(GOOD)[:-20], "Content-Encoding: br"),
    "/not-br": body(GOOD, "Content-Encoding: br"),
    "/cookie": body(GOOD, "Set-Cookie: track=1; Path=/"),
    "/header-injection": raw(OK + b"ETag: \"a\x01b\"\r\nContent-Length: %d\r\n\r\n" % len(GOOD) + GOOD),
    # status
    "/401": body(b"", status="401 Unauthorized"),
    "/403": body(HTML, status="403 Forbidden"),
    "/404": body(HTML, status="404 Not Found"),
    "/406": body(b"", status="406 Not Acceptable"),
    "/410": body(b"", status="410 Gone"),
    "/429": body(b"slow down", "Retry-After: 7200", status="429 Too Many Requests"),
    "/429-for-ever": body(b"", "Retry-After: 99999999999999999999", status="429 Too Many Requests"),
    "/429-nonsense": body(b"", "Retry-After: soon", status="429 Too Many Requests"),
    "/500": body(b"", status="500 Internal Server Error"),
    "/503": body(b"", "Retry-After: Wed, 15 Oct 2025 12:00:00 GMT", status="503 Unavailable"),
    "/304-unasked": body(b"", status="304 Not Modified"),
    "/204": body(b"", status="204 No Content"),
    "/999": body(b"", status="999 Blocked"),
    # not a feed
    "/empty": body(b""),
    "/blank": body(b"   \n  "),
    "/html": body(HTML, "Content-Type: application/rss+xml"),
    "/announces": body(
        b"<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/403>"
        b"<link rel=alternate type=application/rss+xml href=http://127.0.0.2/canary>"
        b"<link rel=alternate type=application/rss+xml href=/moved></head></html>",
    ),
    "/html-sometimes": turns(GOOD, HTML, GOOD),
    "/json": body(b'{"items": []}', "Content-Type: application/json"),
    "/binary": body(bytes(range(256)) * 40),
    "/truncated": body(GOOD[: GOOD.index(b"</item>") + 30]),
    "/text": body(b"not a feed"),
    # caching lies
    "/modified-2041": body(GOOD, "Last-Modified: Tue, 01 Jan 2041 00:00:00 GMT"),
    "/fresh-for-ever": body(GOOD, "Cache-Control: max-age=999999999999"),
    "/long-etag": body(GOOD, f'ETag: "{"e" * 4_000}"'),
    "/expires-0": body(GOOD, "Expires: 0"),
    # identity games
    "/guid-migrates": turns(
        rss(*(item(n, guid=f"http://x/{n}") for n in range(8))), rss(*(item(n, guid=f"https://x/{n}") for n in range(8)))
    ),
    "/guid-shared": turns(rss(*(item(n, guid="same") for n in range(5)))),
    "/shrink": turns(rss(*map(item, range(10))), rss(item(9)), rss(*map(item, range(10)))),
    "/empty-then-back": turns(GOOD, rss(), GOOD),
    "/reorder": turns(rss(*map(item, range(5))), rss(*map(item, reversed(range(5))))),
    "/title-flips": turns(rss(item(1, "First")), rss(item(1, "Second")), rss(item(1, "First"))),
    "/date-bumps": turns(rss(item(1)), rss(item(1, date="Thu, 16 Oct 2025 10:00:00 GMT"))),
    "/guid-with-title": turns(
        rss(item(1, "Gate opens at Torkham", guid="gate-opens")),
        rss(item(1, "Gate opens at Torkham, traders relieved", guid="gate-opens-traders-relieved")),
    ),
    "/guid-secured": turns(rss(item(1, guid="http://127.0.0.1/g/1")), rss(item(1, guid="https://127.0.0.1/g/1"))),
    "/session-in-links": turns(
        *(
            rss(*(item(n, guid=f"s{turn}-{n}").replace(f"report/{n}", f"report/2025-{n}?sessionid={turn}") for n in range(6)))
            for turn in range(3)
        )
    ),
    "/new-after-future": turns(
        rss(item(1, date="Wed, 15 Oct 2125 10:00:00 GMT")), rss(item(1, date="Wed, 15 Oct 2125 10:00:00 GMT"), item(2))
    ),
    "/announces-inward": announce_inward,
    "/returns-one-by-one": turns(*(rss(item(n % 3)) for n in range(6))),
    "/future": body(rss(item(1, date="Wed, 15 Oct 2125 10:00:00 GMT"), item(2))),
}  # fmt: skip


class Server:
    """Counts who reaches the canaries; everything else is in the routes."""

    def __init__(self) -> None:
        self.canary = 0
        self.counts: dict[str, int] = {}
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            begin = await reader.readexactly(1)
            if begin == b"\x16":  # somebody begins a TLS handshake
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                raise ConnectionError
            head = (begin + await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1")
            first, *lines = head.split("\r\n")
            target = first.split(" ")[1]
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in lines)
                if name
            }
            await self._answer(target, headers, writer)
        with suppress(Exception):
            writer.close()

    async def _answer(self, target: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        # A test that wants to be the first to ask adds a query of its own.
        count = self.counts.get(target, 0)
        self.counts[target] = count + 1
        path = target.partition("?")[0]
        ask = Ask(path, headers, writer, self.port, count)
        if writer.get_extra_info("sockname")[0] not in ("127.0.0.1", "::1"):
            self.canary += 1
            await ask.answer(GOOD)
        elif path == "/canary-count":
            await ask.answer(str(self.canary).encode())
        elif path in ROUTES:
            await ROUTES[path](ask)
        else:
            await ask.answer(b"", status="404 Not Found")

    async def run(self) -> None:
        outer = await asyncio.start_server(self.serve, HOSTS[0], 0)
        self.port = outer.sockets[0].getsockname()[1]
        for host in HOSTS[1:]:
            await asyncio.start_server(self.serve, host, self.port)
        print(json.dumps({"port": self.port}), flush=True)  # noqa: T201
        # The parent closes our standard input when it ends, however it ends.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)


if __name__ == "__main__":
    asyncio.run(Server().run())
