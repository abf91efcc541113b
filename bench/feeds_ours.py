"""Our side of the feed benchmark: rounds over many feeds with the bot's own parts, on orders from outside.

Every feed goes through the watch, as in the running bot. `read`: fetch, parse, recognise and store, which is what
the peer does, too. `whole`: relevance, stories, figures, alerts and deliveries come of it as well.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import feed_server
from bench.blank import NOTHING
from bot import app, judging, log, pipeline
from bot.feeds.feed import Failed, Feed, Fetched
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news.decision import Decision
from bot.news.model import Entry, Level
from bot.news.stories import identity
from bot.news.topics.topic import Topic
from bot.quiet import Quiet
from bot.settings import load
from bot.store import db, entries
from bot.watch import Watch

APART = (
    7_200.0  # seconds between polls: in no round is a feed due twice, and "not modified" never looks stuck
)
MOST = 900.0  # seconds for a round
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


class Rounds:
    """All feeds, again and again: everything is due at once, and the watch takes it as it can."""

    def __init__(self, parts: pipeline.Parts, told: Sequence[Feed]) -> None:
        self.watch = Watch(told, parts, lambda: datetime.now(UTC), polled=self._polled)
        self.left = self.new = 0

    async def once(self) -> int:
        """How many entries were new."""
        self.left, self.new, self.over = len(self.watch.feeds), 0, asyncio.Event()
        self.watch.jumped(timedelta(days=30).total_seconds())
        await self.watch.tick()
        async with asyncio.timeout(MOST):
            await self.over.wait()
        return self.new

    def _polled(self, feed: Feed, result: pipeline.Polled) -> None:
        if isinstance(result.answer, Failed):
            sys.exit(f"{feed.url}: {result.answer.reason}")
        self.left, self.new = self.left - 1, self.new + result.new
        if not self.left:
            self.over.set()


async def recognised(
    database: db.Database, given: Sequence[Entry], topic: Topic, now: datetime, quiet: Quiet
) -> judging.Judged:
    """Which of these are new, which were met before: all that a reader asks, and nothing of the news in them."""
    async with database.read() as connection:
        known = await entries.known(connection, {key for entry in given for key in identity.keys(entry)})
    met = [identity.recognise(entry, known) for entry in given]
    return judging.Judged(
        tuple(
            Decision(
                entry,
                NOTHING,
                match.known.id if match else None,
                bool(match and match.edited),
                None,
                None,
                Level.MINOR,
                None,
            )
            for entry, match in zip(given, met, strict=True)
        ),
        (),
    )


JUDGES: Mapping[str, judging.Judge] = {"read": recognised, "whole": judging.judgement}


@asynccontextmanager
async def opened(port: int, judge: judging.Judge) -> AsyncIterator[pipeline.Parts]:
    configuration = load(environment={})
    limits = replace(
        app.limits(configuration.settings), allow_networks=["127.1.0.0/16"], allow_ports=[port], spacing=0.0
    )
    with tempfile.TemporaryDirectory(prefix="borderwire-bench-") as folder:
        async with db.opened(Path(folder)) as database, Fetcher(limits) as fetcher, Parser() as parser:
            yield pipeline.Parts(database, fetcher, parser, configuration.topic(), judge=judge)


async def warm(parts: pipeline.Parts) -> None:
    """Have the parsers started: starting is no part of a round, on neither side."""
    feed, tiny = Feed("http://127.0.0.1/", "", ""), Fetched(b"<rss><channel/></rss>", "http://127.0.0.1/")
    await asyncio.gather(*(parts.parser.parse(feed, tiny, datetime.now(UTC)) for _ in range(8)))


async def rounds(how: str, port: int, count: int) -> None:
    """A round for each line of standard input."""
    log.configure("info", "json", ())
    told = [
        Feed(f"http://{feed_server.address(n)}:{port}/{n}.xml", f"feed {n}", f"Outlet {n}", interval=APART)
        for n in range(count)
    ]
    async with opened(port, JUDGES[how]) as parts:
        heart = Heart()
        beating = asyncio.create_task(heart.beat())
        over = Rounds(parts, told)
        app.still()
        await over.watch.start()
        while line := await asyncio.to_thread(sys.stdin.readline):
            if json.loads(line)["round"] == "ready":
                await warm(parts)
                print(json.dumps({"new": 0}), flush=True)
                continue
            heart.take()
            said: dict[str, Any] = {"new": await over.once(), "lag": heart.take()}
            print(json.dumps(said), flush=True)
        beating.cancel()


if __name__ == "__main__":
    asyncio.run(rounds(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
