"""How feeds are, asked now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import app
from bot.feeds import check as checks
from bot.feeds.feed import Feed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news import relevance
from bot.platforms.console import printable
from bot.settings import Configuration
from bot.tasks import Emit


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
