"""Asks servers for feeds and pages: politely, within limits, and only addresses that may be dialled.

Trouble on the network is a value (`Failed`), never an exception; cancelling passes through.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal, Self

import aiohttp
from aiohttp import hdrs
from yarl import URL

from bot import masks
from bot.feeds import headers
from bot.feeds.feed import Answer, Failed, Fetched, NotModified, Validators
from bot.feeds.guard import Refusal, check_url, may_dial, networks
from bot.feeds.inflate import Inflater
from bot.feeds.resolve import Resolver

Want = Literal["feed", "page", "anything"]
NONE_KNOWN = Validators()
ADDRESSES = 2_048  # that are remembered as fit to be asked: feeds are asked again and again
KEPT = 1.0  # seconds that an idle connection waits for a redirect on its host: very many hosts are very many sockets
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_BLOCKED = {401, 402, 403, 406, 407, 451}
_ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    "anything": "*/*",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The [fetch] table."""

    timeout: float = 30.0  # seconds for one address, redirects and body included
    max_bytes: int = 5_242_880  # after unpacking
    max_redirects: int = 5
    per_host: int = 2  # requests to one host at a time
    concurrency: int = 20  # requests in flight at once
    allow_networks: Sequence[str] = ()
    allow_ports: Sequence[int] = ()
    user_agent: str = "borderwire"
    spacing: float = 0.0  # seconds between the starts of two requests to one host


class AddressRefused(OSError):
    """The connection was not attempted: the address is not one that may be dialled."""


class Fetcher:
    """One HTTP client for everything that is read: feeds, articles, robots.txt, previews."""

    def __init__(self, limits: Limits, now: Callable[[], datetime] | None = None) -> None:
        self.limits = limits
        self._now = now or (lambda: datetime.now(UTC))
        self._networks = networks(limits.allow_networks)
        ports = frozenset(limits.allow_ports)
        self._checked = lru_cache(ADDRESSES)(lambda address: check_url(address, ports))
        self._flight = asyncio.Semaphore(limits.concurrency)
        self._hosts: dict[str, _Host] = defaultdict(lambda: _Host(asyncio.Semaphore(limits.per_host)))
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # The socket factory sees the very address that is about to be dialled, names and IP literals
        # alike, on every hop: nothing can change between the check and the connection.
        self._resolver = Resolver()
        connector = aiohttp.TCPConnector(
            limit=0,
            resolver=self._resolver,
            use_dns_cache=False,
            socket_factory=self._socket,
            keepalive_timeout=KEPT,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
            headers={hdrs.USER_AGENT: self.limits.user_agent, hdrs.ACCEPT_ENCODING: "gzip, deflate, br"},
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._session is not None:
            await self._session.close()
            await self._resolver.close()

    async def get(self, url: str, validators: Validators = NONE_KNOWN, want: Want = "feed") -> Answer:
        """Ask one address, follow its redirects, bring what came or why nothing did."""
        try:
            return await self._follow(url, validators, want)
        except TimeoutError:
            return Failed(f"no whole answer within {self.limits.timeout:g} s", "timeout")
        except (aiohttp.ClientError, OSError, ValueError, ssl.CertificateError) as error:
            return _failure(error)

    async def _follow(self, start: str, known: Validators, want: Want) -> Answer:
        address, moved, permanent = start, "", True
        async with asyncio.timeout(None) as deadline:
            for _ in range(self.limits.max_redirects + 1):
                url = self._checked(address)
                if isinstance(url, Refusal):
                    return Failed(url.reason, "refused")
                async with self._turn(url, deadline), self._ask(url, known, want) as response:
                    if response.status not in _REDIRECTS or hdrs.LOCATION not in response.headers:
                        answer = await self._read(response, known, want)
                        return replace(answer, moved=moved) if not isinstance(answer, Failed) else answer
                    address = str(url.join(URL(response.headers[hdrs.LOCATION])))
                    permanent = permanent and response.status in _PERMANENT
                    moved = address if permanent else moved
        return Failed(f"more than {self.limits.max_redirects} redirects", "redirect")

    @asynccontextmanager
    async def _turn(self, url: URL, deadline: asyncio.Timeout) -> AsyncIterator[None]:
        """Wait for a place, overall and at this host; the clock only runs while the server has it."""
        host = self._hosts[url.host or ""]
        loop = asyncio.get_running_loop()
        spent = deadline.when()
        left = self.limits.timeout if spent is None else spent - loop.time()
        deadline.reschedule(None)
        host.users += 1
        try:
            async with host.places:
                await host.pause(self.limits.spacing, loop)
                async with self._flight:
                    deadline.reschedule(loop.time() + left)
                    yield
        finally:
            host.users -= 1
            if not host.users and host.next <= loop.time():
                self._hosts.pop(url.host or "", None)

    def _ask(
        self, url: URL, known: Validators, want: Want
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("use the fetcher in an async with block")
        sent = {hdrs.ACCEPT: _ACCEPT[want], **headers.conditions(known)}
        return self._session.get(url, headers=sent, allow_redirects=False)

    async def _read(self, response: aiohttp.ClientResponse, known: Validators, want: Want) -> Answer:
        now = self._now()
        ttl = headers.freshness(response.headers, now)
        if response.status == 304 and headers.conditions(known):
            given = headers.validators(response.headers, known.digest, now)
            kept = Validators(
                given.etag or known.etag, given.last_modified or known.last_modified, known.digest
            )
            return NotModified(str(response.url), kept, ttl=ttl)
        if response.status not in (200, 203):
            return _refusal(response.status, response.headers, now)
        body = await self._body(response)
        if isinstance(body, Failed):
            return body
        if not body.strip():
            return Failed("the answer is empty", "empty", status=response.status)
        if want == "feed" and headers.is_html(body):
            return Failed("a web page came instead of a feed", "html", status=response.status)
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        found = headers.validators(response.headers, digest, now)
        if digest == known.digest:
            return NotModified(str(response.url), found, ttl=ttl)
        kind = response.headers.get(hdrs.CONTENT_TYPE, "")[:200]
        return Fetched(body, str(response.url), found, kind, ttl=ttl, status=response.status)

    async def _body(self, response: aiohttp.ClientResponse) -> bytes | Failed:
        limit = self.limits.max_bytes
        if (response.content_length or 0) > limit:
            return Failed(f"announces {response.content_length} bytes, more than {limit}", "too_big")
        inflater = Inflater(response.headers.get(hdrs.CONTENT_ENCODING, ""), limit)
        async for chunk in response.content.iter_any():
            if refused := inflater.feed(chunk):
                return refused
        return inflater.end()

    def _socket(self, address: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, target = address
        if not may_dial(str(target[0]), self._networks):
            raise AddressRefused(f"{target[0]} is not an address that may be dialled (fetch.allow_networks)")
        return socket.socket(family=family, type=kind, proto=protocol)


class _Host:
    """Who is asking one host, and when the next may start."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self.places = places
        self.users = 0
        self.next = 0.0

    async def pause(self, spacing: float, loop: asyncio.AbstractEventLoop) -> None:
        wait = self.next - loop.time()
        self.next = max(self.next, loop.time()) + spacing
        if wait > 0:
            await asyncio.sleep(wait)


def _refusal(status: int, given: Mapping[str, str], now: datetime) -> Failed:
    retry = headers.seconds_until(given[hdrs.RETRY_AFTER], now) if hdrs.RETRY_AFTER in given else None
    if status == 410:
        return Failed("410: the publisher says that it is gone for good", "gone", retry, status)
    if status == 429:
        return Failed("429: asked too often", "limited", retry, status)
    if status in _BLOCKED:
        return Failed(f"{status}: the server does not serve us", "blocked", retry, status)
    return Failed(f"HTTP status {status}", "http", retry, status)


def _failure(error: Exception) -> Failed:
    """The exceptions of a network library as one of our kinds, with a line for the operator."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    said = cause.message if isinstance(cause, aiohttp.ClientResponseError) else str(cause)
    words = masks.masked(" ".join(said.split()))[:200] or type(error).__name__
    if isinstance(cause, AddressRefused) or "fetch.allow_networks" in words:
        return Failed(words, "refused")
    if isinstance(error, aiohttp.ClientConnectorDNSError | socket.gaierror):
        return Failed(f"the name cannot be resolved: {words}", "dns")
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError | ssl.CertificateError):
        return Failed(f"TLS: {words}", "tls")
    if isinstance(error, aiohttp.ClientPayloadError):
        return Failed(f"the answer broke off: {words}", "truncated")
    if isinstance(error, aiohttp.ClientResponseError | ValueError):
        return Failed(f"not proper HTTP: {words}", "protocol")
    return Failed(f"no connection: {words}", "connect")
