"""One feed, once: fetch, parse, recall, decide, record. Five calls in one function.

Whatever goes wrong before `record` leaves nothing behind: memory is read anew from the store at each
poll, and everything that a poll brought is stored in one transaction or not at all.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import aiosqlite

from bot import upkeep
from bot.feeds import health
from bot.feeds.attribution import attributed
from bot.feeds.feed import Answer, Failed, Feed, Fetched, NotModified
from bot.feeds.fetch import Fetcher
from bot.feeds.pace import Due, PaceSettings
from bot.feeds.parse import Parser
from bot.feeds.teasers import Articles, completed
from bot.news import decide, identity, relevance, settle
from bot.news.candidates import Sought
from bot.news.decision import Decision, Memory
from bot.news.model import Entry, Level
from bot.news.settle import Case
from bot.news.stories import Story
from bot.news.topic import Topic
from bot.quiet import Quiet, edits_apart, quiet_rule
from bot.store import alerts, codec, deliveries, entries, feeds, figures, merges, stories, subscriptions
from bot.store.db import Database
from bot.store.feeds import FeedRow
from bot.telling import tellings, wants

PAST = timedelta(days=120)  # how far back our own stories are told as "before this"
PAST_MOST = 300


@dataclass(frozen=True, slots=True)
class Parts:
    """What a poll works with; built once by `app`."""

    database: Database
    fetcher: Fetcher
    parser: Parser
    topic: Topic
    fresh: timedelta = timedelta(hours=36)
    pause: timedelta = timedelta(hours=6)
    coalesce: float = 60.0
    step: Callable[[str], None] = lambda name: None
    pace: PaceSettings = field(default_factory=PaceSettings)
    articles: Articles | None = None  # None: figures come from what the feeds themselves say
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll came to."""

    answer: Answer
    decisions: tuple[Decision, ...] = ()
    total: int = 0
    unchanged: int = 0
    owed: int = 0  # instant deliveries written down
    notes: tuple[str, ...] = ()
    due: Due | None = None  # when to ask again
    notices: tuple[str, ...] = ()  # what an operator should know

    @property
    def new(self) -> int:
        return sum(decision.same_as is None for decision in self.decisions)

    def words(self) -> dict[str, str | int]:
        """One wide log line."""
        if isinstance(self.answer, Failed):
            return {"result": "failed", "kind": self.answer.kind, "reason": self.answer.reason}
        told = [decision for decision in self.decisions if decision.alert and not decision.quiet]
        return {
            "result": "fetched" if isinstance(self.answer, Fetched) else "not modified",
            "items": self.total,
            "new": self.new,
            "edited": sum(decision.edited for decision in self.decisions),
            "relevant": sum(decision.reading.verdict.relevant for decision in self.decisions),
            "quiet": sum(bool(decision.quiet) for decision in self.decisions),
            "alerts": len(told),
            "owed": self.owed,
        }


async def poll(feed: Feed, parts: Parts, now: datetime) -> Polled:
    """One feed, once. A refusal on the way is a value; what could not be stored was never read."""
    row = await parts.database.feed_row(feed.url)
    answer = await parts.fetcher.get(row.moved_to or feed.url, upkeep.conditions(row))
    parts.step("fetched")
    if isinstance(answer, Failed):
        return await failed(feed, parts, row, answer, now)
    if isinstance(answer, NotModified):
        return await unchanged(feed, parts, row, answer, now)
    parsed = await parts.parser.parse(feed, answer, now, row.marks)
    parts.step("parsed")
    if isinstance(parsed, Failed):
        return await failed(feed, parts, row, parsed, now)
    fresh = quiet_rule(row, now, parts.fresh, parts.pause)
    given = await read_on([attributed(entry, feed, parts.topic) for entry in parsed.entries], parts, fresh)
    async with parts.database.judging:
        judged = await judgement(parts.database, given, parts.topic, now, fresh)
        judged, flood = await trusted(parts.database, row, judged)
        parts.step("decided")
        due = upkeep.planned(feed, row, answer, judged.new, parts.pace, parts.chance())
        known = len(judged.decisions) - judged.new
        kept = upkeep.well(feed, row, answer, parsed, due, now, known=known, flood=flood)
        async with parts.database.write() as connection:
            owed = await record(connection, judged, now, parts.coalesce)
            await remember(connection, feed, answer, parsed.marks, judged.new, kept, now)
            parts.step("recorded")
    parts.step("committed")
    return Polled(
        answer, judged.decisions, parsed.total, parsed.unchanged, owed, parsed.notes, due, kept.notices
    )


async def unchanged(feed: Feed, parts: Parts, row: FeedRow, answer: NotModified, now: datetime) -> Polled:
    """Nothing new: only that the feed was asked, in one transaction with others of which the same is true."""
    due = upkeep.planned(feed, row, answer, 0, parts.pace, parts.chance())
    kept = upkeep.well(feed, row, answer, None, due, now)
    if kept.more:
        async with parts.database.write() as connection:
            await remember(connection, feed, answer, b"", 0, kept, now)
            parts.step("recorded")
    else:
        await parts.database.nothing_new(note(feed, answer, b"", 0, kept, now))
    parts.step("committed")
    return Polled(answer, due=due, notices=kept.notices)


async def failed(feed: Feed, parts: Parts, row: FeedRow, failure: Failed, now: datetime) -> Polled:
    """Nothing came of it: only that is remembered, so the next poll asks the same question."""
    due = upkeep.planned(feed, row, failure, 0, parts.pace, parts.chance())
    kept = upkeep.ill(feed, row, failure, due, now)
    async with parts.database.write() as connection:
        await feeds.failed(connection, feed.url, failure.reason, now, kept.asked)
        await upkeep.save(connection, feed, kept, now)
    return Polled(failure, due=due, notices=kept.notices)


async def judge(
    database: Database, given: Sequence[Entry], topic: Topic, now: datetime, quiet: Quiet = lambda entry: ""
) -> tuple[Decision, ...]:
    """Entries without a feed (`replay`), the same way: recall, decide, record."""
    async with database.judging:
        judged = await judgement(database, given, topic, now, quiet)
        async with database.write() as connection:
            await record(connection, judged, now, 0.0)
    return judged.decisions


# --------------------------------------------------------------------------- the five calls


@dataclass(frozen=True, slots=True)
class Judged:
    """Decisions, and the stories that they changed."""

    decisions: tuple[Decision, ...]
    changed: tuple[Story, ...]

    @property
    def new(self) -> int:
        return sum(decision.same_as is None for decision in self.decisions)


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


async def record(connection: aiosqlite.Connection, judged: Judged, now: datetime, coalesce: float) -> int:
    """Everything that came of a batch, in the transaction of the caller. How many instant deliveries."""
    decisions = judged.decisions
    await stories.save(connection, judged.changed)
    await entries.add(connection, [(decision, identity.keys(decision.entry)) for decision in decisions])
    await figures.add(connection, decisions)
    said = [alert for decision in decisions for alert in (decision.alert, *decision.others) if alert]
    await alerts.add(connection, said, now)
    into = {story.id: story.merged_into for story in judged.changed if story.merged_into is not None}
    for gone in sorted(into, reverse=True):  # the youngest first: what it moves may be moved on
        await merges.fold(connection, gone, into[gone])
    owed = 0
    if told := tellings(decisions, into):
        everybody = await subscriptions.listed(connection)
        for one in told:
            wanted = [wants(subscription, one) for subscription in everybody]
            owed += await deliveries.add(connection, one.alert, wanted, codec.stamp(now), coalesce)
    return owed


async def remember(
    connection: aiosqlite.Connection,
    feed: Feed,
    answer: Fetched | NotModified,
    marks: bytes,
    new: int,
    kept: upkeep.Upkeep,
    now: datetime,
) -> None:
    """What the feed said of itself, in the same transaction as what it brought."""
    await feeds.remember(connection, note(feed, answer, marks, new, kept, now))
    await upkeep.save(connection, feed, kept, now)


def note(
    feed: Feed, answer: Fetched | NotModified, marks: bytes, new: int, kept: upkeep.Upkeep, now: datetime
) -> feeds.Note:
    given = answer.validators
    return feeds.note(
        feed.url,
        now,
        etag=given.etag,
        last_modified=given.last_modified,
        digest=given.digest,
        marks=marks,
        entries=new,
        asked=kept.asked,
    )


# --------------------------------------------------------------------------- before and after the judgement


async def read_on(given: Sequence[Entry], parts: Parts, quiet: Quiet) -> tuple[Entry, ...]:
    """Teasers about the topic that are new or changed get the text of their article."""
    if parts.articles is None:
        return tuple(given)
    told = [e for e in given if not quiet(e) and relevance.judge(e.document, parts.topic).relevant]
    async with parts.database.read() as connection:
        known = await entries.known(connection, {key for entry in told for key in identity.keys(entry)})
    wanted = set()
    for entry in told:
        met = identity.recognise(entry, known)
        if met is None or met.edited:
            wanted.add(entry.id)
        if met is not None and met.edited:
            parts.articles.pages.forget(entry.url)
    return await completed(given, parts.articles, lambda entry: entry.id in wanted)


async def trusted(database: Database, row: FeedRow, judged: Judged) -> tuple[Judged, str]:
    """Old entries under new names are told to nobody: then the decisions are quiet, and why."""
    new = [decision.entry for decision in judged.decisions if decision.same_as is None]
    if row.first_polled is None or len(new) < health.FLOOD_LEAST:
        return judged, ""
    async with database.read() as connection:
        flood = upkeep.flood(new, *await feeds.recent(connection, row.url))
    if not flood:
        return judged, ""
    quiet = tuple(replace(decision, quiet=decision.quiet or flood) for decision in judged.decisions)
    return replace(judged, decisions=quiet), flood


# --------------------------------------------------------------------------- names


def _distinct(entry: Entry, memory: Memory, taken: frozenset[str]) -> Entry:
    """An entry that is another one under a used id (feeds reuse guids) gets an id of its own."""
    if entry.id not in taken or identity.recognise(entry, memory.known):
        return entry
    tail = identity.keys(entry)[-1][2:10] if entry.title or entry.url else f"{codec.stamp(entry.seen):.0f}"
    return replace(entry, id=f"{entry.id}.{tail}")
