"""Every feed once, then what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import app
from bot.feeds.feed import Feed
from bot.platforms.console import printable
from bot.settings import Configuration


async def poll_once(configuration: Configuration, console: Console, errors: Console) -> list[tuple[str, ...]]:
    """Every feed once, then what is due; one row of words per feed."""
    async with app.opened(configuration, console) as parts, AsyncExitStack() as stack:
        if "console" in parts.platforms:
            await app.subscribe_terminal(parts)
        for platform in parts.platforms.values():
            await platform.start()
            stack.push_async_callback(platform.stop)
        await parts.watch.follow()
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


def show(rows: Iterable[tuple[str, ...]], console: Console) -> None:
    """What became of each feed, a row each."""
    table = Table("feed", "side", "result", "entries", "new", "relevant", "alerts", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)
