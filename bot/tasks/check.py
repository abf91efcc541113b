"""How feeds are, asked now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from bot import app
from bot.feeds import catalog
from bot.feeds import check as checks
from bot.feeds.feed import Feed
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.news import relevance
from bot.news.model import Entry
from bot.platforms.console import tell
from bot.settings import Configuration
from bot.store import db
from bot.store import feeds as memory
from bot.tasks import Emit, Trouble

HEADINGS = ("feed", "status", "entries", "newest", "text", "relevant")


async def check(
    configuration: Configuration, urls: Sequence[str], emit: Emit | None, console: Console, errors: Console
) -> None:
    """Ask feeds now; one line each, as they answer, then nothing is left waiting. Trouble where some cannot be read."""
    feeds: Sequence[Feed | str] = list(urls) or await read_now(configuration)
    topic = configuration.topic()
    results: list[checks.CheckResult] = []

    def relevant(entry: Entry) -> bool:
        return relevance.judge(entry.document, topic).relevant

    async with Fetcher(app.limits(configuration.settings)) as fetcher, Parser() as parser:
        with errors.status(f"asking {len(feeds)} feeds") as progress:
            async for result in checks.check_all(feeds, fetcher, parser, app.utc_now(), relevant):
                results.append(result)
                progress.update(f"{len(results)} of {len(feeds)} feeds answered")
                if emit:
                    emit(result.as_json())
    if not emit:
        show(results, console)
    if bad := sum(not result.parseable for result in results):
        raise Trouble(f"{bad} of {len(results)} feeds cannot be read")


def show(results: Sequence[checks.CheckResult], console: Console) -> None:
    """A table that fits, and under each row what must never be cut: the address, and what is wrong."""
    rows = [cells(result) for result in results]
    facts = 2 + len("quarantined  entries  dd Mon yyyy hh:mm  teaser  relevant")
    width = max(12, min(max((len(row[0]) for row in rows), default=0), console.width - facts))
    for row in (HEADINGS, *rows):
        name, status, entries, newest, text, relevant = row[:6]
        line = f"{cut(name, width):{width}}  {status:11}  {entries:>7}  {newest:17}  {text:6}  {relevant:>8}"
        tell(console, line.rstrip())
        for more in row[6:]:
            tell(console, f"  {more}", "dim")


def cut(name: str, width: int) -> str:
    return name if len(name) <= width else f"{name[: width - 1]}…"


async def read_now(configuration: Configuration) -> tuple[Feed, ...]:
    """The configured feeds with what was added and removed at run time, where there is a state."""
    feeds, ports = app.enabled(configuration), configuration.settings.fetch.allow_ports
    if not (configuration.state / db.FILE).exists():
        return feeds
    async with db.joined(configuration.state) as database, database.read() as connection:
        return catalog.followed(feeds, await memory.changed(connection), ports)


def cells(result: checks.CheckResult) -> tuple[str, ...]:
    """Six facts, then the lines that stand below them."""
    newest = f"{result.newest:%d %b %Y %H:%M}" if result.newest else ""
    relevant = "" if result.relevant is None else str(result.relevant)
    name = result.title if result.name == result.url else result.name
    moved = f"moved for good to {result.moved}" if result.moved else ""
    facts = (name or "(no title)", result.status, str(result.entries), newest, result.text, relevant)
    return (*facts, *filter(None, (result.url, result.reason, moved)))
