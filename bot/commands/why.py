"""Why this channel did, or did not, get a story or an article: /why, each stage with its verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import aiosqlite

from bot.commands import options, pages, search, subscribe
from bot.commands.base import CONSOLE, MAIN, Context, Reply, Request, Row, call
from bot.commands.story import load
from bot.commands.told import Told, told
from bot.news.alerts.days import moment
from bot.news.model import Entry, Level
from bot.news.stories import identity
from bot.news.stories.story import Story
from bot.store import alerts, entries, stories, subscriptions, wishes
from bot.store.entries import EntryRow

ADDRESS = re.compile(r"https?://\S{3,2000}", re.IGNORECASE)
PLACED = re.compile(  # how the judgement begins a reason for where an article is
    r"(?:joins|opens|leaves) story |stays alone: |a copy of |story \d+ is the same happening |known: |its text changed"
)
ALSO = 5  # other articles that the words may have meant
CHANNELS = 20  # of which the operator is told at once


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that was decided on the way, and for which reasons."""

    name: str
    verdict: str
    because: tuple[str, ...] = ()
    url: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What was asked about, and every stage that it came to."""

    about: str
    entry: EntryRow | None
    story: Story | None
    stages: tuple[Stage, ...]
    also: tuple[EntryRow, ...] = ()  # articles with the same words in their titles


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody asks about: an article, a story, or neither that we know."""

    entry: EntryRow | None = None
    story: Story | None = None
    also: tuple[EntryRow, ...] = ()
    unknown: tuple[Stage, ...] = ()


async def why(request: Request, context: Context) -> Reply:
    """Every stage from the feed to the channel: the first that says no is the reason."""
    page = options.page(request.typed("page"))
    found = await explain(request, context)
    rows = tuple(
        Row(f"{number}. {stage.name}: {stage.verdict}", "; ".join(stage.because), stage.url, stage.at)
        for number, stage in enumerate(found.stages, 1)
    )
    others = "; ".join(f"{row.entry.title[:80]} ({row.entry.outlet})" for row in found.also)
    also = f"\nOther articles with these words, name their address: {others}" if others else ""
    foot = ""
    if found.story is not None and found.story.alert is not None:
        foot = f"{call('story', {f'{MAIN}story': str(found.story.id)})} shows the whole story"
    return pages.paged(Reply("Why", f"{found.about}{also}", footer=foot), (("", row) for row in rows), page)


async def explain(request: Request, context: Context) -> Why:
    """The stages as data. Raises Mistake."""
    words = request.typed("about")
    if not words:
        typed = " or ".join(
            call("why", {f"{MAIN}about": one}) for one in ("12", "https://www.dawn.com/news/1")
        )
        takes = "a story's number, an article's address, or words of its title"
        raise options.Mistake(f"about: name {takes}, as in {typed}.")
    meant = await asked_about(words, context)
    stages = [*meant.unknown]
    if meant.entry is not None:
        stages += of_entry(meant.entry)
    if meant.story is not None:
        stages += await of_story(meant.story, meant.entry, context)
        if meant.story.alert is not None:
            stages += await of_channel(meant.story, meant.entry, request, context)
    return Why(title(meant, words), meant.entry, meant.story, tuple(stages), meant.also)


def title(meant: Meant, words: str) -> str:
    if meant.entry is not None:
        return f"“{meant.entry.entry.title}” ({meant.entry.entry.outlet})"
    if meant.story is not None and meant.story.alert is not None:
        return f"Story {meant.story.id}: {meant.story.alert.headline}"
    return f"Story {meant.story.id}" if meant.story is not None else words[:200]


# --------------------------------------------------------------------------- what is meant


async def asked_about(words: str, context: Context) -> Meant:
    """An article by its address or title, a story by its number or words."""
    if (number := options.story_number(words)) is not None:
        story = await load(number, context)
        unknown = Stage("Known", f"no: there is no story {number}")
        return Meant(story=story, unknown=() if story else (unknown,))
    if address := ADDRESS.search(words):
        return await by_address(address[0].rstrip(">),."), context)
    async with context.database.read() as connection:
        first, *others = await entries.titled(connection, words, ALSO + 1) or (None,)
    if first is not None:
        also = tuple(row for row in others if row is not None and row.story != first.story)
        return Meant(first, await story_of(first, context), also)
    hits = await search.hits(words, context)
    if hits.stories:
        return Meant(story=await load(hits.stories[0], context))
    return Meant(unknown=(Stage("Known", "no: no article that I read has all of these words in its title"),))


async def by_address(address: str, context: Context) -> Meant:
    """The article of an address, however it is decorated; where there is none, what is read of that site."""
    probe = Entry("", "", "", address, "", "", datetime.max.replace(tzinfo=UTC))
    async with context.database.read() as connection:
        row = await entries.met(connection, identity.keys(probe)) or await entries.find(connection, address)
        if row is not None:
            return Meant(row, await story_of(row, context))
        parts = urlsplit(address)
        host = parts.netloc.removeprefix("www.")
        sites = (f"{parts.scheme}://{host}", f"{parts.scheme}://www.{host}")
        read = [found for site in sites for found in await entries.from_host(connection, site)]
    never = f"I have never read anything from {host}: no feed of it, or none that brought anything"
    because = tuple(f"the last from there: {outlet}, {moment(at)}" for outlet, at in read) or (never,)
    return Meant(unknown=(Stage("Known", "no: no feed brought this article", because, address),))


async def story_of(row: EntryRow, context: Context) -> Story | None:
    return await load(row.story, context) if row.story is not None else None


# --------------------------------------------------------------------------- the article


def of_entry(row: EntryRow) -> Iterable[Stage]:
    """Known? Relevant? Which story?"""
    entry, (relevance, placing) = row.entry, reasons(row)
    dated = f"published {moment(entry.published)}" if entry.published else "the feed gave no date"
    edits = (options.counted(row.edits, "later version"),) if row.edits else ()
    yield Stage("Known", f"yes, first seen {moment(entry.seen)}", (dated, *edits), entry.url)
    yield Stage("About the topic", "yes" if row.relevant else "no", relevance)
    where = f"story {row.story}" if row.story is not None else "none"
    copied = (f"a copy of {row.copy_of}",) if row.copy_of else ()
    yield Stage("Story", where, placing or copied)
    if row.quiet:
        yield Stage("News", "no: nobody was told of this article at once", (row.quiet,))


def reasons(row: EntryRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The reasons of an article: why it is about the topic or not, and why it is where it is.

    What follows those, why the story had its level then, is told with the story.
    """
    lines = row.because
    begin = next((n for n, line in enumerate(lines) if PLACED.match(line)), len(lines))
    end = next((n for n in range(begin, len(lines)) if not PLACED.match(lines[n])), len(lines))
    return lines[:begin], lines[begin:end]


# --------------------------------------------------------------------------- the story


async def of_story(story: Story, entry: EntryRow | None, context: Context) -> Sequence[Stage]:
    """Its level with the reasons; where no article is asked about, what it is made of."""
    stages = []
    if entry is None:
        because = (*story.verdict.because, *filter(None, (story.note,)))
        verdict = "yes" if story.relevant else "no"
        made = f"{verdict}; {options.counted(story.entries, 'report')}, first seen {moment(story.opened)}"
        stages.append(Stage("About the topic", made, because))
    if story.alert is None:
        return [*stages, Stage("Told", "no: what is not about the topic is told to nobody")]
    async with context.database.read() as connection:
        said = await alerts.history(connection, story.id)
        parts = await stories.parts(connection, story.id)
    if entry and not parts and not any(entry.entry.seen == alert.last_change for _, alert in said):
        stages.append(Stage("Said", "nothing new: it changed nothing of what is told of this story"))
    levels = [(at, alert.level) for at, alert in said]
    rose = "; ".join(
        f"{level.word} since {moment(at)}"
        for (at, level), before in zip(levels, [None, *(level for _, level in levels)], strict=False)
        if level != before
    )
    because = said[-1][1].because if said else ()
    return [*stages, Stage("Level", rose or Level(story.level).word, because)]


# --------------------------------------------------------------------------- the channel


async def of_channel(
    story: Story, entry: EntryRow | None, request: Request, context: Context
) -> Iterable[Stage]:
    """The channel's subscription, and what came of each revision there."""
    async with context.database.read() as connection:
        wished = await wishes.last(connection, *request.place)
        if wished is None:
            everywhere = await of_everybody(story, connection) if request.platform == CONSOLE else []
            return [*everywhere, Stage("This channel", *no_subscription(request, story))]
        lines = await told(connection, story.id, wished)
    who = wished.subscription
    ended = f"ended {moment(wished.removed)}" if wished.removed else ""
    verdict = ended or (f"paused: {who.paused}" if who.paused else f"subscribed {moment(who.created)}")
    here = Stage("This channel", verdict, (subscribe.describe(who),))
    return [here, *(delivered(line, story, entry) for line in lines)]


async def of_everybody(story: Story, connection: aiosqlite.Connection) -> list[Stage]:
    """What became of the newest revision in each channel: for the operator, who named none."""
    stages = []
    for who in (await subscriptions.listed(connection))[:CHANNELS]:
        lines = await told(connection, story.id, wishes.Wished(who, None))
        where = " ".join(filter(None, (who.platform, who.space, who.channel)))
        stages += [Stage(where, one.verdict, one.because, "", one.at) for one in lines[-1:]]
    return stages


def no_subscription(request: Request, story: Story) -> tuple[str, tuple[str, ...]]:
    if request.platform == CONSOLE:
        where = {"platform": "slack", "channel": "C0123456789", "space": "T0123456789"}
        named = call("why", {f"{MAIN}about": str(story.id), **where})
        return "none is named, and the terminal has no subscription", (f"{named} asks for one",)
    return "it has no subscription", (f"{call('subscribe')} makes one",)


def delivered(line: Told, story: Story, entry: EntryRow | None) -> Stage:
    brought = entry is not None and line.brought == entry.entry.seen
    what = f"Revision {line.revision} ({line.level.word})"
    what += f" of story {line.story}, now part of this one" if line.story != story.id else ""
    what += ", which this article brought" if brought else ""
    return Stage(what, line.verdict, line.because, "", line.at)
