"""One feed, once: fetch, parse, recall, decide, record. The last three are shared by polls that wait for them.

Whatever goes wrong before `record` leaves nothing behind: memory is read anew from the store at each
poll, and everything that a poll brought is stored in one transaction or not at all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot import judging, upkeep
from bot.feeds import health
from bot.feeds.attribution import attributed
from bot.feeds.feed import Answer, Failed, Feed, Fetched, NotModified, Parsed
from bot.feeds.fetch import Fetcher
from bot.feeds.pace import Due, PaceSettings
from bot.feeds.parse import Parser
from bot.feeds.teasers import Articles, completed
from bot.news import relevance
from bot.news.decision import Decision
from bot.news.model import Entry
from bot.news.stories import identity
from bot.news.topics.topic import Topic
from bot.quiet import Quiet, quiet_rule
from bot.store import entries, feeds
from bot.store.db import Database
from bot.store.feeds import FeedRow

TOGETHER = 128  # entries of several polls that are judged at once: two large polls, about a second of work


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
    judge: judging.Judge = judging.judgement
    waiting: list[Brought] = field(default_factory=list, repr=False)  # polls whose turn to be judged comes


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
    return await concluded(Brought(feed, row, answer, parsed, given, fresh, now), parts)


async def unchanged(feed: Feed, parts: Parts, row: FeedRow, answer: NotModified, now: datetime) -> Polled:
    """Nothing new: only that the feed was asked, in one transaction with others of which the same is true."""
    due = upkeep.planned(feed, row, answer, 0, parts.pace, parts.chance())
    kept = upkeep.well(feed, row, answer, None, due, now)
    if kept.more:
        async with parts.database.write() as connection:
            await feeds.remember(connection, note(feed, answer, b"", 0, kept, now))
            await upkeep.save(connection, feed, kept, now)
            parts.step("recorded")
    else:
        await parts.database.nothing_new(note(feed, answer, b"", 0, kept, now))
    parts.step("committed")
    return Polled(answer, due=due, notices=kept.notices)


async def failed(feed: Feed, parts: Parts, row: FeedRow, failure: Failed, now: datetime) -> Polled:
    """Nothing came of it: only that is remembered, so the next poll asks the same question."""
    due = upkeep.planned(feed, row, failure, 0, parts.pace, parts.chance())
    kept = upkeep.ill(row, failure, due, now)
    async with parts.database.write() as connection:
        await feeds.failed(connection, feed.url, failure.reason, now, kept.asked)
        await upkeep.save(connection, feed, kept, now)
    return Polled(failure, due=due, notices=kept.notices)


# --------------------------------------------------------------------------- decided and recorded together


@dataclass(slots=True, eq=False)
class Brought:
    """What a poll brings to the judgement, and at last what came of it."""

    feed: Feed
    row: FeedRow
    answer: Fetched
    parsed: Parsed
    given: tuple[Entry, ...]
    quiet: Quiet
    now: datetime
    alone: bool = False  # something went wrong with it or with another that was judged beside it
    polled: Polled | None = None


async def concluded(mine: Brought, parts: Parts) -> Polled:
    """Decide and record. Whose turn it is does the same for others that wait: one memory, one transaction."""
    parts.waiting.append(mine)
    try:
        async with parts.database.judging:
            if mine.polled is None:
                beside = companions(mine, parts.waiting)
                try:
                    await conclude(beside, parts)
                except Exception:
                    if len(beside) == 1:
                        raise
                    for one in beside:  # each for itself: what spoils one must not spoil the others
                        one.alone = True
                    await conclude([mine], parts)
    finally:
        parts.waiting.remove(mine)
    if mine.polled is None:
        raise RuntimeError("a poll was passed over")
    return mine.polled


def companions(mine: Brought, waiting: Sequence[Brought]) -> list[Brought]:
    """`mine`, and who may be judged with it: not too many, and nothing that might be the same entry."""
    taken, urls, ids = [mine], {mine.feed.url}, {entry.id for entry in mine.given}
    for one in () if mine.alone else waiting:
        own = {entry.id for entry in one.given}
        few = len(ids) + len(own) <= TOGETHER
        if few and not one.alone and one.polled is None and one.feed.url not in urls and ids.isdisjoint(own):
            taken.append(one)
            urls.add(one.feed.url)
            ids |= own
    return taken


async def conclude(brought: Sequence[Brought], parts: Parts) -> None:
    """All of it or nothing; hold `database.judging`."""
    rules = {one.feed.url: one.quiet for one in brought}
    given, now = [entry for one in brought for entry in one.given], max(one.now for one in brought)
    judged = await parts.judge(
        parts.database, given, parts.topic, now, lambda entry: rules[entry.feed](entry)
    )
    judged, floods = await trusted(parts.database, brought, judged)
    ended = [planned(one, judged, floods.get(one.feed.url, ""), parts) for one in brought]
    async with parts.database.write() as connection:
        owed = await judging.record(connection, judged, now, parts.coalesce)
        await feeds.remember_all(connection, [one.note() for one in ended])
        for one in ended:
            await upkeep.save(connection, one.of.feed, one.kept, one.of.now)
            parts.step("recorded")
    for one in ended:
        one.of.polled = one.polled(owed)
    for _ in ended:
        parts.step("committed")


@dataclass(frozen=True, slots=True)
class Ended:
    """What one poll brought is decided: what came of it, and what is to be remembered of its feed."""

    of: Brought
    decisions: tuple[Decision, ...]
    new: int
    kept: upkeep.Upkeep

    def note(self) -> feeds.Note:
        return note(self.of.feed, self.of.answer, self.of.parsed.marks, self.new, self.kept, self.of.now)

    def polled(self, owed: dict[int, int]) -> Polled:
        """Its own share of what is `owed`: deliveries by story, each story's to one poll."""
        parsed, kept = self.of.parsed, self.kept
        told = [alert for one in self.decisions for alert in (one.alert, *one.others) if alert]
        own = sum(owed.pop(alert.story, 0) for alert in told)
        counts = (parsed.total, parsed.unchanged, own)
        return Polled(self.of.answer, self.decisions, *counts, parsed.notes, kept.due, kept.notices)


def planned(of: Brought, judged: judging.Judged, flood: str, parts: Parts) -> Ended:
    """How is the feed, and when is it asked again?"""
    decisions = judged.of(of.feed.url)
    new = sum(decision.same_as is None for decision in decisions)
    parts.step("decided")
    due = upkeep.planned(of.feed, of.row, of.answer, new, parts.pace, parts.chance())
    known = len(decisions) - new
    kept = upkeep.well(of.feed, of.row, of.answer, of.parsed, due, of.now, known=known, flood=flood)
    return Ended(of, decisions, new, kept)


def note(
    feed: Feed, answer: Fetched | NotModified, marks: bytes, new: int, kept: upkeep.Upkeep, now: datetime
) -> feeds.Note:
    """What the feed said of itself, for the transaction that stores what it brought."""
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
    if not told:
        return tuple(given)
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


async def trusted(
    database: Database, brought: Sequence[Brought], judged: judging.Judged
) -> tuple[judging.Judged, dict[str, str]]:
    """Old entries under new names are told to nobody: then the decisions are quiet; and why, by feed."""
    floods = {}
    for one in brought:
        new = [decision.entry for decision in judged.of(one.feed.url) if decision.same_as is None]
        if one.row.first_polled is not None and len(new) >= health.FLOOD_LEAST:
            async with database.read() as connection:
                floods[one.feed.url] = upkeep.flood(new, *await feeds.recent(connection, one.feed.url))
    if not any(floods.values()):
        return judged, {}
    quiet = tuple(
        replace(decision, quiet=decision.quiet or floods.get(decision.entry.feed, ""))
        for decision in judged.decisions
    )
    return replace(judged, decisions=quiet), floods
