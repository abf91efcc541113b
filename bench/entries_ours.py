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
from bench.blank import NOTHING
from bot.news.decision import Decision
from bot.news.model import Entry, Level
from bot.news.stories import identity
from bot.store import db, entries, feeds

FEEDS = 500
POLL = 50  # entries of one poll
OURS = 10_000  # so many entries are stored as polls store them; whatever is to stand beside them, SQLite makes up
FILL = 50_000  # of those at a time, in the order of the index, or filling takes longer than measuring
START = datetime(2025, 1, 1, tzinfo=UTC)


NUMBERS = (
    "WITH RECURSIVE number (n) AS (SELECT :since UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :until) "
)
# As long and as random as what a poll stores: five names of 15 bytes an entry, and text.
ENTRIES = (
    NUMBERS
    + """
INSERT INTO entry (id, feed, outlet, side, family, guid, url, title, summary, lang, seen, published, relevant, level)
SELECT lower(hex(randomblob(10))) AS id, 'https://f' || (n % :feeds) || '.example/rss', 'Outlet ' || (n % :feeds), 'none',
    '', n || '-https://f' || (n % :feeds) || '.example/rss', printf('https://f%d.example/news/2025/%08d-some-words', n % :feeds, n),
    hex(randomblob(35)), hex(randomblob(250)), 'en', :start + 30 * n, :start + 30 * n, 0, 0
FROM number ORDER BY id
"""
)
NAMES = """
INSERT INTO entry_key (key, entry) SELECT kind.column1 || ':' || lower(hex(randomblob(15))) AS key, id
FROM entry JOIN (VALUES ('g'), ('u'), ('n'), ('t'), ('t')) AS kind WHERE entry.rowid > :last ORDER BY key
"""


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
    count = known = 0
    with tempfile.TemporaryDirectory(prefix="borderwire-bench-") as folder:
        async with db.opened(Path(folder)) as database:
            while line := await asyncio.to_thread(sys.stdin.readline):
                order = json.loads(line)
                while known < min(order.get("fill", 0), OURS):
                    await store(database, [entry(known + n) for n in range(POLL)])
                    count, known = count + POLL, known + POLL
                if order.get("fill", 0) > count:
                    await fill(database, count, order["fill"])
                    count = order["fill"]
                said: dict[str, float] = {}
                if polls := order.get("polls"):
                    await database.checkpoint()
                    said = await measure(database, count, known, polls)
                    count += polls * POLL
                print(json.dumps(said), flush=True)


async def fill(database: db.Database, since: int, until: int) -> None:
    """What years of polls have left behind, made where it is stored."""
    for begin in range(since, until, FILL):
        async with database.write() as connection:
            [[last]] = await connection.execute_fetchall("SELECT coalesce(max(rowid), 0) FROM entry")
            end = min(begin + FILL, until)
            given = {"since": begin, "until": end, "feeds": FEEDS, "start": START.timestamp()}
            await connection.execute(ENTRIES, given)
            await connection.execute(NAMES, {"last": last})
        await database.checkpoint()


async def measure(database: db.Database, count: int, stored: int, polls: int) -> dict[str, float]:
    """The cost of a new entry beside so many, and of recognising one of those that polls have stored."""
    new, known = Cost(), Cost()
    chance = random.Random(count)
    for turn in range(polls):
        given = [entry(count + turn * POLL + n) for n in range(POLL)]
        with new:
            await poll(database, given)
    for _ in range(polls):
        old = [entry(chance.randrange(stored)) for _ in range(POLL)]
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
