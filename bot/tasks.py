"""What the command line does with the parts: one round, one article, a replay, a question, the demo."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot import app, commands, output, pipeline, settings
from bot.commands import timeline
from bot.commands.base import Context, Reply, Request, Row
from bot.demo import Calendar, Newsroom, Rounds, Script
from bot.feeds import article
from bot.feeds import check as checks
from bot.feeds.feed import Feed
from bot.feeds.fetch import Failed, Fetcher, NotModified
from bot.feeds.parse import Parser
from bot.layers import read
from bot.news import audience, decide, outlets, relevance
from bot.news.model import Document, Entry, PastEvent, Subscription
from bot.news.topic import Topic
from bot.outbox.sink import Target
from bot.platforms.console import ConsolePlatform, printable, show
from bot.settings import Configuration
from bot.store import db

Emit = Callable[[dict[str, Any]], None]
LONGEST = 20_000_000  # bytes of a file that is inspected
HTML_MARKS = ("<!doctype html", "<html", "<body", "<article", "<p>", "<p ")


class Trouble(Exception):
    """Something that was asked for cannot be done; one line says what and why."""


# --------------------------------------------------------------------------- one round


async def poll_once(configuration: Configuration, console: Console, errors: Console) -> list[tuple[str, ...]]:
    """Every feed once, then what is due; one row of words per feed."""
    async with app.opened(configuration, console) as parts, AsyncExitStack() as stack:
        if "console" in parts.platforms:
            await app.subscribe_terminal(parts)
        for platform in parts.platforms.values():
            await platform.start()
            stack.push_async_callback(platform.stop)
        feeds = list(parts.watch.feeds.values())
        rows = []
        with errors.status("") as progress:
            polls = [asyncio.ensure_future(one(parts, feed)) for feed in feeds]
            for number, done in enumerate(asyncio.as_completed(polls), 1):
                rows.append(await done)
                progress.update(f"{number} of {len(feeds)} feeds read")
        while await parts.outbox.tick():
            pass
        await parts.outbox.close()
    order = {feed.name: number for number, feed in enumerate(feeds)}
    return sorted(rows, key=lambda row: order[row[0]])


async def one(parts: app.App, feed: Feed) -> tuple[str, ...]:
    polled = await parts.watch.poll(feed)
    words = polled.words()
    counts = (str(words.get(name, "")) for name in ("items", "new", "relevant", "alerts"))
    return (feed.name, feed.side, str(words["result"]), *counts)


# --------------------------------------------------------------------------- one article


async def inspect(configuration: Configuration, source: str, published: datetime | None) -> dict[str, Any]:
    """What the bot makes of one article: a file, an address, or - for standard input."""
    topic = configuration.topic()
    document, entry = await document_of(configuration, topic, source, published or datetime.now(UTC))
    reading = decide.read(document, topic)
    memory = decide.Memory()
    (decision,) = decide.decide([entry], memory, topic)
    return output.reading(
        document.text, reading, decision.level.word, decision.alert.summary if decision.alert else ""
    )


async def document_of(
    configuration: Configuration, topic: Topic, source: str, published: datetime
) -> tuple[Document, Entry]:
    """The text to judge, and the same as an entry that a story can be made of."""
    url = source if source.startswith(("http://", "https://")) else ""
    body = await body_of(configuration, source)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble(f"{source}: not UTF-8 text (byte {error.start})") from None
    if text.lstrip()[:1] == "{":
        return entry_of(topic, text, source, published)
    if url or text.lstrip()[:200].lower().startswith(HTML_MARKS):
        text = article.extract(text, url)
        if not text:
            raise Trouble(f"{source}: no article text found in this page")
    outlet = outlets.find("", url, topic) if url else None
    document = Document(text, 0, published, outlet.name if outlet else "", outlet.side if outlet else "none")
    title, _, rest = text.partition("\n")
    entry = Entry("inspect", "", document.outlet, url, title, rest, published, published, document.side)
    return document, entry


async def body_of(configuration: Configuration, source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(LONGEST)
    if not source.startswith(("http://", "https://")):
        try:
            return await asyncio.to_thread(Path(source).read_bytes)
        except OSError as error:
            raise Trouble(f"{source}: {(error.strerror or 'cannot be read').lower()}") from None
    async with Fetcher(app.limits(configuration.settings)) as fetcher:
        answer = await fetcher.get(source, want="page")
    if isinstance(answer, Failed | NotModified):
        raise Trouble(f"{source}: {answer.reason if isinstance(answer, Failed) else 'nothing new'}")
    return answer.body


def entry_of(topic: Topic, text: str, source: str, published: datetime) -> tuple[Document, Entry]:
    try:
        row = json.loads(text)
        entry = entry_from(
            topic, {"id": "inspect", "outlet": "", "url": "", "published": published.isoformat(), **row}
        )
    except (ValueError, TypeError, KeyError) as error:
        raise Trouble(f"{source}: not an entry as JSON: {problem(error)}") from None
    return entry.document, entry


# --------------------------------------------------------------------------- replay


def entry_from(topic: Topic, row: Mapping[str, Any]) -> Entry:
    """An entry of a replay file. Raises ValueError, TypeError or KeyError."""
    for key in ("id", "outlet", "url", "title"):
        if not isinstance(row[key], str):
            raise TypeError(f"{key} must be text")
    published = moment(row.get("published"), "published")
    seen = moment(row.get("seen"), "seen") or published
    if seen is None:
        raise ValueError("published or seen is needed: they are the clock of a replay")
    outlet = outlets.find(row["outlet"], row["url"], topic)
    return Entry(
        id=row["id"],
        feed=row["outlet"],
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        summary=row.get("summary") or "",
        seen=seen,
        published=published,
        side=row.get("outlet_side") or outlet.side,
        family=outlet.family,
        guid=row.get("guid") or "",
        lang=row.get("lang") or "en",
    )


def moment(value: Any, name: str) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a date such as 2025-10-12T09:30:00+05:00")
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(f"{name} {value!r} has no offset")
    return found.astimezone(UTC)


def problem(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def entries_from(topic: Topic, path: Path) -> list[Entry]:
    """The entries of a file in the order in which they are processed; a bad line is named."""
    found = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{path}: cannot be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(entry_from(topic, json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise Trouble(f"{path}:{number}: {problem(error)}") from None
    return sorted(found, key=lambda entry: entry.seen)


async def replay(
    configuration: Configuration, path: Path, emit: Emit | None, console: Console, errors: Console
) -> None:
    """Every entry through the whole pipeline on a store that is deleted at the end."""
    topic = configuration.topic()
    entries = entries_from(topic, path)
    default = Subscription(0, "console", "", app.TERMINAL, datetime.fromtimestamp(0, UTC))
    printer = ConsolePlatform(console)
    shown: Iterable[Entry] = entries if emit else track(entries, "replaying", console=errors, transient=True)
    with tempfile.TemporaryDirectory(prefix="borderwire-") as folder:
        async with db.opened(Path(folder)) as database:
            for entry in shown:
                (decision,) = await pipeline.judge(database, [entry], topic, now=entry.seen)
                if emit:
                    emit(output.decision(decision))
                if decision.alert is None:
                    continue
                delivered, _ = audience.wants(default, decision.alert)
                if emit:
                    emit(output.alert(decision.alert, delivered))
                elif delivered == "instant":
                    payload = printer.render(decision.alert, Target("", app.TERMINAL))
                    await printer.post(Target("", app.TERMINAL), payload, "")


# --------------------------------------------------------------------------- questions


async def ask(
    configuration: Configuration,
    command: str,
    options: Mapping[str, str],
    platform: str = "console",
    space: str = "",
    channel: str = app.TERMINAL,
) -> Reply:
    """A command as its operator: whoever can run this program may do everything."""
    if platform not in ("console", "discord", "slack"):
        raise Trouble(f"platform {platform!r} is not known (allowed: console, discord, slack)")
    async with db.joined(configuration.state) as database:
        context = context_of(configuration, database)
        request = Request(command, platform, space, channel, "operator", app.utc_now(), True, dict(options))
        return replace(await commands.answer(request, context), private=False)


async def happenings(configuration: Configuration, options: Mapping[str, str]) -> Sequence[PastEvent]:
    """The timeline as data, whole."""
    async with db.joined(configuration.state) as database:
        context = context_of(configuration, database)
        request = Request(
            "timeline", "console", "", app.TERMINAL, "operator", app.utc_now(), True, dict(options)
        )
        return await timeline.happenings(request, context)


def context_of(configuration: Configuration, database: db.Database) -> Context:
    feeds = app.enabled(configuration)

    async def missing(_platform: str, _space: str, _channel: str) -> tuple[str, ...]:
        return ()  # asked again by the running bot before it sends

    async def health() -> tuple[Row, ...]:
        return await app.status(database, feeds, app.utc_now)

    return Context(database, configuration.topic(), missing, health)


# --------------------------------------------------------------------------- feeds


async def check(
    configuration: Configuration, urls: Sequence[str], emit: Emit | None, console: Console, errors: Console
) -> None:
    """Ask feeds now; one line each, as they answer, then nothing is left waiting."""
    feeds: Sequence[Feed | str] = list(urls) or app.enabled(configuration)
    topic = configuration.topic()
    table = Table(
        "feed", "status", "entries", "newest", "text", "relevant", "reason", box=None, pad_edge=False
    )
    async with Fetcher(app.limits(configuration.settings)) as fetcher, Parser() as parser:
        with errors.status(f"asking {len(feeds)} feeds"):
            async for result in checks.check_all(
                feeds,
                fetcher,
                parser,
                app.utc_now(),
                lambda entry: relevance.judge(entry.document, topic).relevant,
            ):
                if emit:
                    emit(result.as_json())
                else:
                    table.add_row(*(Text(printable(cell)) for cell in cells(result)))
    if not emit:
        console.print(table)


def cells(result: checks.CheckResult) -> tuple[str, ...]:
    newest = f"{result.newest:%d %b %Y %H:%M}" if result.newest else ""
    relevant = "" if result.relevant is None else str(result.relevant)
    return (result.name, result.status, str(result.entries), newest, result.text, relevant, result.reason)


# --------------------------------------------------------------------------- the demo


async def demo(console: Console, keep: Path | None) -> None:
    """Sample feeds over HTTP through the real scheduler, told on the terminal, then a question."""
    folder = settings.shipped() / "demo"
    script = Script.of(read(folder / "entries.toml"))
    calendar = Calendar(app.utc_now)
    rounds = Rounds(script.feeds)
    with tempfile.TemporaryDirectory(prefix="borderwire-") as scratch:
        async with Newsroom(script) as newsroom:
            configuration = settings.load(
                folder, keep or Path(scratch), {"BORDERWIRE_FETCH__ALLOW_PORTS": f"[{newsroom.port}]"}
            )
            topic = configuration.topic()
            sides = {name: outlets.find(name, "", topic).side for name in script.feeds}
            calendar.turn(script.rounds[0].at)
            async with app.opened(
                configuration,
                console,
                feeds=newsroom.feeds(sides),
                now=calendar,
                polled=lambda feed, _: rounds.polled(feed.name),
            ) as parts:
                await app.subscribe_terminal(parts)
                rounds.turn()
                async with app.running(parts):
                    await play(script, newsroom, calendar, rounds, parts, console)
                await finish(parts, newsroom, console)


async def play(
    script: Script, newsroom: Newsroom, calendar: Calendar, rounds: Rounds, parts: app.App, console: Console
) -> None:
    for number, page in enumerate(script.rounds):
        console.print(Rule(Text(f"{page.at:%d %b %Y %H:%M} UTC · {page.caption}", style="bold")))
        newsroom.round = number
        calendar.turn(page.at)
        rounds.turn()
        await rounds.done()
        while await parts.outbox.tick():
            pass
        if number == 0:
            console.print(Text(f"{len(script.feeds)} feeds read. Nothing is posted.\n", style="dim"))


async def finish(parts: app.App, newsroom: Newsroom, console: Console) -> None:
    """The answer to a question, and what it took."""
    console.print(Rule(Text("/timeline since 2025-10-09 until 2025-10-19 level critical", style="bold")))
    options = {"since": "2025-10-09", "until": "2025-10-19", "level": "critical"}
    request = Request("timeline", "console", "", app.TERMINAL, "you", parts.now(), options=options)
    show(await parts.ask(request), console)
    console.print(
        Text(
            f"\n{newsroom.requests} requests over HTTP, {newsroom.unchanged} answered 304 Not Modified. "
            "Nothing of this was stored."
            if parts.configuration.state.name.startswith("borderwire-")
            else f"\nWhat the bot remembers is in {parts.configuration.state}.",
            style="dim",
        )
    )
