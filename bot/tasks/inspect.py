"""One article: what the bot makes of it, and why."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import app, output
from bot.feeds import article
from bot.feeds.feed import Failed, NotModified
from bot.feeds.fetch import Fetcher
from bot.news import decide
from bot.news.decision import Memory
from bot.news.model import Document, Entry
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.platforms.console import printable
from bot.settings import Configuration
from bot.tasks import Trouble, at
from bot.tasks.replay import entry_from, problem

LONGEST = 20_000_000  # bytes of standard input
HTML_MARKS = ("<!doctype html", "<html", "<body", "<article", "<p>", "<p ")


async def inspect(configuration: Configuration, source: str, published: datetime | None) -> dict[str, Any]:
    """What the bot makes of one article: a file, an address, or - for standard input."""
    topic = configuration.topic()
    document, entry = await document_of(configuration, topic, source, utc(published))
    reading = decide.read(document, topic)
    (decision,) = decide.decide([entry], Memory(), topic)
    summary = decision.alert.summary if decision.alert else ""
    return output.reading(document.text, reading, decision.level.word, summary)


def utc(moment: datetime | None) -> datetime | None:
    """What was typed without an offset is UTC; a day alone means its end, when its news is out."""
    if moment is None or moment.tzinfo:
        return moment
    if moment.time() == time():
        return datetime.combine(moment.date(), time(23, 59), UTC)
    return moment.replace(tzinfo=UTC)


async def document_of(
    configuration: Configuration, topic: Topic, source: str, published: datetime | None
) -> tuple[Document, Entry]:
    """The text to judge, and the same as an entry that a story can be made of."""
    url = source if source.startswith(("http://", "https://")) else ""
    with at(source):
        text = (await body_of(configuration, source)).decode("utf-8-sig")
    if not text.strip():
        raise Trouble(f"{'standard input' if source == '-' else source}: is empty")
    if text.lstrip()[:1] == "{":
        return entry_of(topic, text, source, published)
    if url or text.lstrip()[:200].lower().startswith(HTML_MARKS):
        text = article.extract(text, url)
        if not text:
            raise Trouble(f"{source}: no article text found in this page")
    outlet = outlets.find("", url, topic) if url else None
    title, _, rest = text.partition("\n")
    entry = Entry(
        id="inspect",
        feed="",
        outlet=outlet.name if outlet else "",
        url=url,
        title=title,
        summary=rest,
        seen=published or datetime.now(UTC),
        published=published,
        side=outlet.side if outlet else "none",
    )
    return replace(entry.document, text=text, title_end=0), entry


async def body_of(configuration: Configuration, source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(LONGEST)
    if not source.startswith(("http://", "https://")):
        return await asyncio.to_thread(Path(source).read_bytes)
    async with Fetcher(app.limits(configuration.settings)) as fetcher:
        answer = await fetcher.get(source, want="page")
    if isinstance(answer, Failed | NotModified):
        raise Trouble(f"{source}: {answer.reason if isinstance(answer, Failed) else 'nothing new'}")
    return answer.body


def entry_of(topic: Topic, text: str, source: str, published: datetime | None) -> tuple[Document, Entry]:
    """An entry as JSON, as a replay of it reads it; without a date it is one that was first seen now."""
    now = (published or datetime.now(UTC)).isoformat()
    clock = {"published" if published else "seen": now}
    try:
        row = json.loads(text)
        dated = isinstance(row, dict) and (row.get("published") or row.get("seen"))
        given = {"id": "inspect", "outlet": "", "url": ""} | ({} if dated else clock)
        entry = entry_from(topic, {**given, **row})
    except (ValueError, TypeError, KeyError) as error:
        raise Trouble(f"{source}: not an entry as JSON: {problem(error)}") from None
    return entry.document, entry


def show(result: dict[str, Any], console: Console) -> None:
    """What `inspect` found, for people."""
    heading = " · ".join(filter(None, (result[key] for key in ("level", "type", "place", "event_date"))))
    console.print(Text(f"{'relevant' if result['relevant'] else 'not relevant'} — {heading}", style="bold"))
    for reason in result["because"]:
        console.print(Text(f"  because {printable(reason)}", style="dim"))
    if result["summary"]:
        console.print(Text(f"\n{printable(result['summary'])}"))
    if result["figures"]:
        columns = ("figure", "measure", "who is counted", "claimant", "scope")
        table = Table(*columns, box=None, pad_edge=False)
        for found in result["figures"]:
            cells = (found[key] for key in ("quote", "measure", "party", "claimant", "scope"))
            table.add_row(*(Text(printable(str(cell)).replace("_", " ")) for cell in cells))
        console.print(table)
    for earlier in result["background"]:
        span = " – ".join(dict.fromkeys((earlier["start"], earlier["end"])))
        console.print(Text(f"{span}  {printable(earlier['what'])}"))
