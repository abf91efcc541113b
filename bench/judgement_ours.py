"""Our side of the judgement benchmark: a generated stream through `judging.judge` and a real store."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from bench import texts
from bench.blank import NOTHING
from bot import judging
from bot.news import decide
from bot.news.decision import Decision, Memory
from bot.news.model import Entry
from bot.news.settle import Case
from bot.news.stories import identity
from bot.news.stories import story as news
from bot.news.stories.features import features
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.settings import load
from bot.store import db, entries, stories

BATCH = 50


def entries_of(topic: Topic, count: int) -> Iterator[Entry]:
    for told in texts.stream(count):
        outlet = outlets.find(told.outlet, told.url, topic)
        yield Entry(
            id=told.id, feed=told.outlet, outlet=told.outlet, url=told.url, title=told.report.title,
            summary=told.summary, seen=told.at, published=told.at, side=outlet.side, family=outlet.family,
        )  # fmt: skip


async def fill(database: db.Database, given: list[Entry], topic: Topic, number: int) -> int:
    """Store entries and a story for each second of them without judging: what is there before we measure."""
    plain: list[Decision] = []
    opened = []
    for entry in given:
        reading = NOTHING
        if len(plain) % 2 == 0:
            of = features(entry, reading, topic)
            opened.append(news.opened(number, of, Case(entry, reading, of).member(), reading, topic))
            number += 1
        plain.append(Decision(entry, reading, None, False, None, number - 1, opened[-1].level, None))
    async with database.write() as connection:
        await stories.save(connection, opened)
        names = [(one, identity.keys(one.entry)) for one in plain]
        await entries.add(connection, names)
    return number


async def stored(size: int, measured: int) -> dict[str, float]:
    """Judge some entries with so many stored before; entries a second, and how much of it is processor time."""
    topic = load(environment={}).topic()
    stream = entries_of(topic, size)
    with tempfile.TemporaryDirectory(prefix="borderwire-bench-") as folder:
        async with db.opened(Path(folder)) as database:
            left, number = max(0, size - measured), 1
            while left:
                chunk = list(islice(stream, min(2_000, left)))
                number = await fill(database, chunk, topic, number)
                left -= len(chunk)
            count, wall, cpu = 0, perf_counter(), process_time()
            while batch := list(islice(stream, BATCH)):
                await judging.judge(database, batch, topic, batch[-1].seen)
                count += len(batch)
            wall, cpu = perf_counter() - wall, process_time() - cpu
    return {"count": count, "wall": wall, "cpu": cpu}


def alone(size: int, measured: int) -> dict[str, float]:
    """The judgement without a store: the last entries of a fold over the whole stream's memory."""
    topic = load(environment={}).topic()
    memory, given = Memory(), list(entries_of(topic, size))[-measured:]
    count, wall, cpu = len(given), perf_counter(), process_time()
    for start in range(0, count, BATCH):
        decide.decide(given[start : start + BATCH], memory, topic)
    return {"count": count, "wall": perf_counter() - wall, "cpu": process_time() - cpu}


if __name__ == "__main__":
    for line in sys.stdin:
        order = json.loads(line)
        if order["how"] == "alone":
            said = alone(order["size"], order["measured"])
        else:
            said = asyncio.run(stored(order["size"], order["measured"]))
        print(json.dumps(said), flush=True)
