"""Our side of the feed benchmark: rounds over many feeds with the bot's own parts, on orders from outside.

`read`: fetch, parse and store, no judgement: what the peer does, too. `whole`: every feed through
`pipeline.poll`, so that stories, alerts and deliveries come of it as well.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import feed_server
from bot import app, pipeline
from bot.feeds.feed import Failed, Feed, Fetched, Parsed, Validators
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news import identity
from bot.news.decide import NOTHING
from bot.news.decision import Decision
from bot.news.model import Level
from bot.settings import load
from bot.store import db, entries, feeds

BEAT = 0.005  # seconds between two beats of the heart whose delays are the lag of the loop


class Heart:
    """How late the event loop wakes whoever asked for a moment's sleep."""

    def __init__(self) -> None:
        self.late: list[float] = []

    async def beat(self) -> None:
        while True:
            began = perf_counter()
            await asyncio.sleep(BEAT)
            self.late.append(perf_counter() - began - BEAT)

    def take(self) -> dict[str, float]:
        late, self.late = sorted(self.late), []
        if not late:
            return {"p99": 0.0, "worst": 0.0}
        return {"p99": late[int(len(late) * 0.99)] * 1000, "worst": late[-1] * 1000}


async def read(feed: Feed, parts: pipeline.Parts, now: datetime) -> int:
    """Fetch, parse, store; how many entries were new."""
    async with parts.database.read() as connection:
        row = await feeds.validators(connection, feed.url)
    answer = await parts.fetcher.get(feed.url, Validators(row.etag, row.last_modified, row.digest))
    if isinstance(answer, Failed):
        raise RuntimeError(f"{feed.url}: {answer.reason}")
    parsed: Parsed | Failed = Parsed(())
    if isinstance(answer, Fetched):
        parsed = await parts.parser.parse(feed, answer, now, row.marks)
    if isinstance(parsed, Failed):
        raise RuntimeError(f"{feed.url}: {parsed.reason}")
    plain = [Decision(e, NOTHING, None, False, None, None, Level.MINOR, None) for e in parsed.entries]
    said = answer.validators
    async with parts.database.write() as connection:
        await entries.add(connection, [(one, identity.keys(one.entry)) for one in plain])
        await feeds.remember(
            connection,
            feed.url,
            now,
            etag=said.etag,
            last_modified=said.last_modified,
            digest=said.digest,
            marks=parsed.marks,
            entries=len(plain),
        )
    return len(plain)


async def whole(feed: Feed, parts: pipeline.Parts, now: datetime) -> int:
    polled = await pipeline.poll(feed, parts, now)
    if isinstance(polled.answer, Failed):
        raise RuntimeError(f"{feed.url}: {polled.answer.reason}")
    return polled.new


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[pipeline.Parts]:
    configuration = load(environment={})
    limits = replace(
        app.limits(configuration.settings), allow_networks=["127.1.0.0/16"], allow_ports=[port], spacing=0.0
    )
    with tempfile.TemporaryDirectory(prefix="borderwire-bench-") as folder:
        async with db.opened(Path(folder)) as database, Fetcher(limits) as fetcher, Parser() as parser:
            yield pipeline.Parts(database, fetcher, parser, configuration.topic())


async def warm(parts: pipeline.Parts) -> None:
    """Have the parsers started: starting is no part of a round, on neither side."""
    feed, tiny = Feed("http://127.0.0.1/", "", ""), Fetched(b"<rss><channel/></rss>", "http://127.0.0.1/")
    await asyncio.gather(*(parts.parser.parse(feed, tiny, datetime.now(UTC)) for _ in range(8)))


async def rounds(how: str, port: int, count: int) -> None:
    """A round for each line of standard input."""
    one = {"read": read, "whole": whole}[how]
    told: Sequence[Feed] = [
        Feed(f"http://{feed_server.address(n)}:{port}/{n}.xml", f"feed {n}", f"Outlet {n}")
        for n in range(count)
    ]
    async with opened(port) as parts:
        heart = Heart()
        beating = asyncio.create_task(heart.beat())
        while line := await asyncio.to_thread(sys.stdin.readline):
            if json.loads(line)["round"] == "ready":
                await warm(parts)
                print(json.dumps({"new": 0}), flush=True)
                continue
            heart.take()
            now = datetime.now(UTC)
            new = await asyncio.gather(*(one(feed, parts, now) for feed in told))
            said: dict[str, Any] = {"new": sum(new), "lag": heart.take()}
            print(json.dumps(said), flush=True)
        beating.cancel()


if __name__ == "__main__":
    asyncio.run(rounds(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
