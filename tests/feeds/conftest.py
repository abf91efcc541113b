"""The hostile server for these tests, and a fetcher that may reach it and nothing behind it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.parse import Parser

NOW = datetime(2025, 10, 15, 11, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Hostile:
    port: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def limits(self, timeout: float = 20.0) -> Limits:
        return Limits(
            timeout=timeout,
            allow_networks=("127.0.0.1/32",),
            allow_ports=(self.port,),
            user_agent="borderwire/test (+https://example.org/contact)",
            per_host=50,
            concurrency=50,
        )


@pytest.fixture(scope="session")
def hostile() -> Iterator[Hostile]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.hostile_feeds"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Hostile(json.loads(process.stdout.readline())["port"])
    finally:
        process.stdin.close()
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
async def fetcher(hostile: Hostile) -> AsyncIterator[Fetcher]:
    async with Fetcher(hostile.limits(), now=lambda: NOW) as fetcher:
        yield fetcher


@pytest.fixture
async def hasty(hostile: Hostile) -> AsyncIterator[Fetcher]:
    """For servers that would make it wait; on a busy machine it gives up on honest ones, too."""
    async with Fetcher(hostile.limits(timeout=0.6), now=lambda: NOW) as fetcher:
        yield fetcher


@pytest.fixture
async def parser() -> AsyncIterator[Parser]:
    async with Parser() as parser:
        yield parser
