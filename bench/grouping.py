"""How fast entries find their stories, and how much memory that takes, while more and more is stored.

`python -m bench.grouping [SIZE ...]`: made-up entries (names of the lexicon, common words, sizes of
stories as in real feeds) over a year; per size the rate of the last entries (sketch, candidates,
scores, join; without reading figures and dates), stories held, and memory.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from bench.blank import NOTHING
from bot.news import settle
from bot.news.decision import Memory
from bot.news.model import EVENT_TYPES, Entry, Reading, Where
from bot.news.stories import candidates, grouping
from bot.news.stories.features import features
from bot.news.stories.story import joined, opened
from bot.news.topics.topic import Topic
from bot.settings import load, shipped

SIZES = (1_000, 10_000, 100_000)
DAYS = 365
BATCH = 100


def entries(count: int, topic: Topic, days: float = DAYS) -> Iterator[tuple[Entry, Reading]]:
    """Made-up reports of made-up happenings, in the order of a year."""
    chance = random.Random(11)
    table = tomllib.loads((shipped() / "topics" / topic.name / "idf.toml").read_text("utf-8"))
    words = [word for line in table["terms"].values() for word in line.split() if len(word) > 3]
    places = [place for place in topic.places if place.kind in ("district", "town", "crossing", "province")]
    names = [actor.name for actor in topic.actors]
    running: list[tuple[datetime, list[str], str, Reading]] = []
    start = datetime(2025, 1, 1, tzinfo=UTC)
    for number in range(count):
        at = start + timedelta(days=days * number / count)
        running = [one for one in running if at - one[0] < timedelta(days=2)]
        if not running or chance.random() < 0.55:
            place = chance.choice(places)
            where = Where((place.name, *filter(None, [place.province])), place.name)
            reading = replace(NOTHING, type=chance.choice(EVENT_TYPES), where=where)
            own = [
                *chance.sample(words, 14),
                *chance.sample(names, 2),
                place.name,
                str(chance.randrange(200)),
            ]
            running.append((at, own, place.name, reading))
        _, own, place_name, reading = running[int(len(running) * chance.random() ** 0.5)]
        title = " ".join([*chance.sample(own, 5), place_name, *chance.sample(words, 3)])
        lead = " ".join([*chance.sample(own, 12), "Pakistan", "Afghan", *chance.sample(words, 18)])
        outlet = f"Outlet {chance.randrange(60)}"
        yield Entry(str(number), outlet, outlet, f"https://o.example/{number}", title, lead, at, at), reading


def place(entry: Entry, reading: Reading, memory: Memory, topic: Topic) -> None:
    """What the fold does between reading and ledger."""
    of = features(entry, reading, topic)
    scores = settle.near(of, memory, topic)
    member = settle.Case(entry, reading, of).member()
    if scores and grouping.joins(of, memory.stories[scores[0].story], scores[0], topic):
        story = joined(memory.stories[scores[0].story], of, member, reading, topic)
    else:
        story = opened(memory.next_story, of, member, reading, topic)
        memory.next_story += 1
    memory.stories[story.id] = story
    memory.index.put(story)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: tuple[int, ...]) -> None:
    for said in grown(sizes):
        print(
            f"{said['size']:>7,} entries stored: {said['rate']:,.0f} entries a second, "
            f"{said['held']:,} of {said['opened']:,} stories held, {said['megabytes']:,.0f} MB",
            flush=True,
        )


def grown(sizes: tuple[int, ...]) -> Iterator[dict[str, float]]:
    """At each size: the rate since the last one, stories held, and memory."""
    topic = load(environment={}).topic()
    memory = Memory()
    silent = timedelta(days=topic.weights["stories.days"])
    before, spent, since, done = megabytes(), 0.0, 0, 0
    given = entries(max(sizes), topic)
    for size in sorted(sizes):
        while batch := list(islice(given, min(BATCH, size - done))):
            begun = time.process_time()  # around a batch: asking for the time is not free everywhere
            candidates.forget(memory.stories, batch[-1][0].seen, silent)
            memory.index.follow(memory.stories)
            for entry, reading in batch:
                place(entry, reading, memory, topic)
            spent += time.process_time() - begun
            since, done = since + len(batch), done + len(batch)
        yield {
            "size": size,
            "rate": since / spent,
            "held": len(memory.stories),
            "opened": memory.next_story - 1,
            "megabytes": megabytes() - before,
        }
        spent, since = 0.0, 0


def serve() -> None:
    """One size for each line of standard input; of the last tenth of the entries, as an answer in JSON."""
    for line in sys.stdin:
        size = json.loads(line)["size"]
        print(json.dumps(list(grown((size - size // 10, size)))[-1]), flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        serve()
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
