"""Recall, decide, record: what a batch of entries means beside all that is remembered, and all of it written down.

Memory is read anew from the store for each batch; what came of it goes into one transaction of the caller.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import aiosqlite

from bot.news import decide, settle
from bot.news.decision import Decision, Memory
from bot.news.model import Entry, Level
from bot.news.settle import Case
from bot.news.stories import identity
from bot.news.stories.candidates import Sought
from bot.news.stories.story import Story
from bot.news.topics.topic import Topic
from bot.quiet import Quiet, edits_apart
from bot.store import alerts, codec, deliveries, entries, figures, follows, merges, stories, subscriptions
from bot.store.db import Database
from bot.telling import tellings, wants

Judge = Callable[[Database, Sequence[Entry], Topic, datetime, Quiet], Awaitable["Judged"]]

PAST = timedelta(days=120)  # how far back our own stories are told as "before this"
PAST_MOST = 300


@dataclass(frozen=True, slots=True)
class Judged:
    """Decisions, and the stories that they changed."""

    decisions: tuple[Decision, ...]
    changed: tuple[Story, ...]

    def of(self, feed: str) -> tuple[Decision, ...]:
        """Those about entries of one feed."""
        return tuple(decision for decision in self.decisions if decision.entry.feed == feed)


async def judgement(
    database: Database, given: Sequence[Entry], topic: Topic, now: datetime, quiet: Quiet
) -> Judged:
    """Recall and decide, in the order of arrival, of one poll the oldest first; hold `database.judging` until it is recorded."""
    if not given:
        return Judged((), ())
    ordered = sorted(given, key=lambda entry: (entry.seen, entry.when, entry.id))
    cases = await asyncio.to_thread(decide.cases, ordered, topic)
    memory, taken = await recall(database, cases, topic, now)
    cases = [replace(case, entry=_distinct(case.entry, memory, taken)) for case in cases]
    before = dict(memory.stories)
    apart = edits_apart(quiet, dict(memory.known), now)
    decisions = await asyncio.to_thread(decide.fold, cases, memory, topic)
    decided = tuple(
        replace(decision, quiet=decision.quiet or apart(decision.entry)) for decision in decisions
    )
    changed = tuple(story for number, story in memory.stories.items() if before.get(number) is not story)
    return Judged(decided, changed)


async def recall(
    database: Database, cases: Sequence[Case], topic: Topic, now: datetime
) -> tuple[Memory, frozenset[str]]:
    """All that we know of these entries, in one read: the memory, and which of their ids are taken."""
    names, askers = await asyncio.to_thread(_looked_for, cases, topic)
    async with database.read() as connection:
        known = await entries.known(connection, names)
        own = {one.story for one in known.values() if one.story is not None}
        found = await stories.candidates(connection, askers) | await stories.load(connection, own)
        past = await stories.events(connection, now - PAST, PAST_MOST, Level.NOTABLE)
        memory = Memory(known, found, await stories.next_id(connection), past)
        return memory, await entries.taken(connection, (case.entry.id for case in cases))


def _looked_for(cases: Sequence[Case], topic: Topic) -> tuple[set[str], list[Sought]]:
    """The names under which we may know these entries, and by what the stories near them are found."""
    names = {key for case in cases for key in identity.keys(case.entry)}
    return names, [settle.sought(case.of, topic) for case in cases if not case.of.alone]


async def record(
    connection: aiosqlite.Connection, judged: Judged, now: datetime, coalesce: float
) -> dict[int, int]:
    """Everything that came of a batch, in the transaction of the caller. How many instant deliveries, by story."""
    decisions = judged.decisions
    await stories.save(connection, judged.changed)
    await entries.add(connection, [(decision, identity.keys(decision.entry)) for decision in decisions])
    await figures.add(connection, decisions)
    said = [alert for decision in decisions for alert in (decision.alert, *decision.others) if alert]
    await alerts.add(connection, said, now)
    into = {story.id: story.merged_into for story in judged.changed if story.merged_into is not None}
    for gone in sorted(into, reverse=True):  # the youngest first: what it moves may be moved on
        await merges.fold(connection, gone, into[gone])
    owed: dict[int, int] = {}
    if told := tellings(decisions, into):
        everybody = await subscriptions.listed(connection)
        everybody += await follows.hearing(connection, {one.alert.story for one in told})
        for one in told:
            wanted = [wants(subscription, one) for subscription in everybody]
            count = await deliveries.add(connection, one.alert, wanted, codec.stamp(now), coalesce)
            owed[one.alert.story] = count
    return owed


async def judge(
    database: Database, given: Sequence[Entry], topic: Topic, now: datetime, quiet: Quiet = lambda entry: ""
) -> tuple[Decision, ...]:
    """Entries without a feed (`replay`), the same way: recall, decide, record."""
    async with database.judging:
        judged = await judgement(database, given, topic, now, quiet)
        async with database.write() as connection:
            await record(connection, judged, now, 0.0)
    return judged.decisions


def _distinct(entry: Entry, memory: Memory, taken: frozenset[str]) -> Entry:
    """An entry that is another one under a used id (feeds reuse guids) gets an id of its own."""
    if entry.id not in taken or identity.recognise(entry, memory.known):
        return entry
    tail = identity.keys(entry)[-1][2:10] if entry.title or entry.url else f"{codec.stamp(entry.seen):.0f}"
    return replace(entry, id=f"{entry.id}.{tail}")
