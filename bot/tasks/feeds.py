"""The feeds from the command line: list, add, remove, import, export."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot import app, roster
from bot.commands.base import Reply
from bot.feeds import opml
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.platforms.console import tell
from bot.settings import Configuration
from bot.store import db
from bot.tasks import at


@asynccontextmanager
async def opened(configuration: Configuration) -> AsyncIterator[roster.Roster]:
    """What is needed, beside a running bot or without one; a running bot follows at its next look."""
    async with (
        db.joined(configuration.state) as database,
        Fetcher(app.limits(configuration.settings)) as fetcher,
        Parser() as parser,
    ):
        feeds, topic = app.enabled(configuration), configuration.topic()
        yield roster.Roster(database, fetcher, parser, feeds, topic, app.utc_now)


async def act(configuration: Configuration, action: str, address: str) -> Reply:
    """`add` or `remove` one feed."""
    async with opened(configuration) as desk:
        return await roster.act(desk, action, address)


async def take_over(configuration: Configuration, path: Path) -> Reply:
    """The feeds of an OPML file, in addition."""
    with at(path):
        data = await asyncio.to_thread(path.read_bytes)
    async with opened(configuration) as desk:
        return await roster.take_over(desk, data)


async def export(configuration: Configuration, path: Path | None) -> bytes:
    """The feeds that are read as OPML: into a file, or to be printed."""
    async with opened(configuration) as desk:
        written = opml.write(await roster.followed(desk))
    if path is not None:
        with at(path, "written"):
            await asyncio.to_thread(path.write_bytes, written)
    return written


async def table(configuration: Configuration, console: Console) -> None:
    """Every feed that is read, and how it is."""
    async with opened(configuration) as desk:
        reply = await roster.overview(desk)
    for row in reply.rows:
        tell(console, row.head)
        for more in filter(None, (row.url, row.text)):
            tell(console, f"  {more}", "dim")
    console.print(Text(reply.text))
