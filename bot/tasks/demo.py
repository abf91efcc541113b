"""The demo: sample feeds over HTTP through the real scheduler, told on the terminal, then a question."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from bot import app, settings
from bot.commands.base import Request
from bot.layers import read
from bot.news.topics import outlets
from bot.platforms.console import show
from bot.store import delivered
from bot.tasks.newsroom import Calendar, Newsroom, Rounds, Script

PATIENCE = 20.0  # seconds for one round; it takes about one


async def demo(console: Console, keep: Path | None) -> None:
    """Sample feeds over HTTP through the real scheduler, told on the terminal, then a question."""
    folder = settings.shipped() / "demo"
    script = Script.of(read(folder / "samples" / "entries.toml"))
    calendar = Calendar(app.utc_now)
    rounds = Rounds(script.feeds)
    with tempfile.TemporaryDirectory(prefix="borderwire-") as scratch:
        async with Newsroom(script, rounds) as newsroom:
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
        await said(parts)
        if number == 0:
            console.print(Text(f"{len(script.feeds)} feeds read. Nothing is posted.\n", style="dim"))


async def said(parts: app.App) -> None:
    """Wait until nothing is owed any more."""
    async with asyncio.timeout(PATIENCE):
        while await owed(parts):
            await parts.outbox.tick()


async def owed(parts: app.App) -> int:
    async with parts.database.read() as connection:
        counts = await delivered.counts(connection)
    return sum(counts.get(state, 0) for state in ("new", "trying", "unsure"))


async def finish(parts: app.App, newsroom: Newsroom, console: Console) -> None:
    """The answer to a question, and what it took."""
    console.print(Rule(Text("/timeline since 2025-10-09 until 2025-10-19 level critical", style="bold")))
    options = {"since": "2025-10-09", "until": "2025-10-19", "level": "critical"}
    request = Request("timeline", "console", "", app.TERMINAL, "you", parts.now(), options=options)
    show(await parts.ask(request), console)
    state, asked = parts.configuration.state, f"{newsroom.requests} requests over HTTP"
    told = f"{asked}, {newsroom.unchanged} answered 304 Not Modified. Nothing of this was stored."
    kept = f"What the bot remembers is in {state}."
    console.print(Text(f"\n{told if state.name.startswith('borderwire-') else kept}", style="dim"))
