"""How feeds are, asked now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import app
from bot.feeds import catalog
from bot.feeds import check as checks
from bot.feeds.feed import Feed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news import relevance
from bot.platforms.console import printable
from bot.settings import Configuration
from bot.store import db
from bot.store import feeds as memory
from bot.tasks import Emit


async def check(
    configuration: Configuration, urls: Sequence[str], emit: Emit | None, console: Console, errors: Console
) -> None:
    """Ask feeds now; one line each, as they answer, then nothing is left waiting."""
    feeds: Sequence[Feed | str] = list(urls) or await read_now(configuration)
    topic = configuration.topic()
    table = Table("feed", "status", "entries", "newest", "text", "relevant", box=None, pad_edge=False)
    table.columns[0].overflow = "fold"  # an address is never cut
    done = 0
    async with Fetcher(app.limits(configuration.settings)) as fetcher, Parser() as parser:
        with errors.status(f"asking {len(feeds)} feeds") as progress:
            async for result in checks.check_all(
                feeds,
                fetcher,
                parser,
                app.utc_now(),
                lambda entry: relevance.judge(entry.document, topic).relevant,
            ):
                done += 1
                progress.update(f"{done} of {len(feeds)} feeds answered")
                if emit:
                    emit(result.as_json())
                else:
                    table.add_row(*(Text(printable(cell)) for cell in cells(result)))
    if not emit:
        console.print(table)


async def read_now(configuration: Configuration) -> tuple[Feed, ...]:
    """The configured feeds with what was added and removed at run time, where there is a state."""
    feeds, ports = app.enabled(configuration), configuration.settings.fetch.allow_ports
    if not (configuration.state / db.FILE).exists():
        return feeds
    async with db.joined(configuration.state) as database, database.read() as connection:
        return catalog.followed(feeds, await memory.changed(connection), ports)


def cells(result: checks.CheckResult) -> tuple[str, ...]:
    """One row; under the name stand the address and what is wrong."""
    newest = f"{result.newest:%d %b %Y %H:%M}" if result.newest else ""
    relevant = "" if result.relevant is None else str(result.relevant)
    name = result.title if result.name == result.url else result.name
    moved = f"moved for good to {result.moved}" if result.moved else ""
    feed = "\n".join(filter(None, (name, result.url, result.reason, moved)))
    return (feed, result.status, str(result.entries), newest, result.text, relevant)
