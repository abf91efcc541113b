"""Our side of the cost of an entry: real store functions, made-up entries, sizes on orders from outside."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from time import perf_counter, process_time

from bench import texts
from bot.news import identity
from bot.news.decide import NOTHING
from bot.news.decision import Decision
from bot.news.model import Entry, Level
from bot.store import db, entries, feeds

FEEDS = 500
POLL = 50  # entries of one poll
FILL = 2_000  # entries stored at a time while filling
START = datetime(2025, 1, 1, tzinfo=UTC)


@lru_cache(1)
def reports() -> list[tuple[str, str]]:
    chance = random.Random(1)
    made = (texts.report(chance) for _ in range(500))
    return [(report.title, " ".join(report.sentences)[:500]) for report in made]


def entry(number: int) -> Entry:
    title, text = reports()[number % 500]
    seen = START + timedelta(seconds=30 * number)
    feed = f"https://f{number % FEEDS}.example/rss"
    return Entry(
        id=f"{random.Random(number).getrandbits(80):020x}",
        feed=feed,
        outlet=f"Outlet {number % FEEDS}",
        url=f"https://f{number % FEEDS}.example/news/2025/{number:08d}-some-words",
        title=f"{title} ({number})",
        summary=text,
        seen=seen,
        published=seen,
        guid=f"{number}-{feed}",
    )


class Cost:
    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    def __enter__(self) -> None:
        self._began = process_time(), perf_counter()

    def __exit__(self, *error: object) -> None:
        self.cpu += process_time() - self._began[0]
        self.wall += perf_counter() - self._began[1]

    def micro(self, of: int) -> tuple[float, float]:
        return self.cpu / of * 1e6, self.wall / of * 1e6


async def poll(database: db.Database, given: Sequence[Entry]) -> None:
    """As a poll does it, without the judgement between."""
    names = {key for one in given for key in identity.keys(one)}
    async with database.read() as connection:
        known = await entries.known(connection, names)
        taken = await entries.taken(connection, (one.id for one in given))
    if known or taken:
        raise RuntimeError("new entries are taken for known ones")
    await store(database, given)


async def store(database: db.Database, given: Sequence[Entry]) -> None:
    plain = [Decision(one, NOTHING, None, False, None, None, Level.MINOR, None) for one in given]
    async with database.write() as connection:
        await entries.add(connection, [(one, identity.keys(one.entry)) for one in plain])
        await feeds.remember(connection, feeds.note(given[0].feed, given[-1].seen, entries=len(given)))


async def work() -> None:
    """`fill`: so many entries are stored then. `polls`: what one costs now."""
    count = 0
    with tempfile.TemporaryDirectory(prefix="borderwire-bench-") as folder:
        async with db.opened(Path(folder)) as database:
            while line := await asyncio.to_thread(sys.stdin.readline):
                order = json.loads(line)
                while count < order.get("fill", 0):
                    await store(database, [entry(count + n) for n in range(FILL)])
                    count += FILL
                said: dict[str, float] = {}
                if polls := order.get("polls"):
                    await database.checkpoint()
                    said = await measure(database, count, polls)
                    count += polls * POLL
                print(json.dumps(said), flush=True)


async def measure(database: db.Database, count: int, polls: int) -> dict[str, float]:
    new, known = Cost(), Cost()
    chance = random.Random(count)
    for turn in range(polls):
        given = [entry(count + turn * POLL + n) for n in range(POLL)]
        with new:
            await poll(database, given)
    for _ in range(polls):
        old = [entry(chance.randrange(count)) for _ in range(POLL)]
        names = {key for one in old for key in identity.keys(one)}
        with known:
            async with database.read() as connection:
                found = await entries.known(connection, names)
        if not all(identity.recognise(one, found) for one in old):
            raise RuntimeError("known entries are taken for new ones")
    cpu, wall = new.micro(polls * POLL)
    size = sum(path.stat().st_size for path in database.state.glob("bot.sqlite3*"))
    return {"cpu": cpu, "wall": wall, "known": known.micro(polls * POLL)[0], "file": size / 1e6}


if __name__ == "__main__":
    asyncio.run(work())
