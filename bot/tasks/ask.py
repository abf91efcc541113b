"""A command asked by the operator, beside a running bot or without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import app, chat, commands, status
from bot.commands import timeline
from bot.commands.base import Context, Reply, Request, Row
from bot.news.model import PastEvent
from bot.settings import Configuration
from bot.store import db
from bot.tasks import Trouble


async def ask(
    configuration: Configuration,
    command: str,
    options: Mapping[str, str],
    platform: str = "console",
    space: str = "",
    channel: str = app.TERMINAL,
) -> Reply:
    """A command as its operator: whoever can run this program may do everything."""
    known = (chat.CONSOLE, *chat.PLATFORMS)
    if platform not in known:
        raise Trouble(f"platform {platform!r} is not known (allowed: {', '.join(known)})")
    async with db.joined(configuration.state) as database:
        context = context_of(configuration, database)
        request = Request(
            command, platform, space, channel, "operator", app.utc_now(), True, dict(options), True
        )
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
        return await status.rows(database, feeds, app.utc_now, configuration.settings.fetch.allow_ports)

    return app.asked_here(configuration.settings, database, configuration.topic(), missing, health)
