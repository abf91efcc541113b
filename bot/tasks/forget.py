"""Deletes all that is kept about one place, a Discord server or a Slack workspace, at once."""

from __future__ import annotations

import typer
from rich.console import Console

from bot.platforms.console import tell
from bot.settings import Configuration
from bot.store import db, subscriptions
from bot.tasks import Trouble

DELETED = (
    "Deleted. What stands in the channels stays there; copies in {} keep what they held when they were made."
)


async def forget(configuration: Configuration, place: str, sure: bool, console: Console) -> None:
    """Say what would be deleted, and delete it: asked first, unless somebody is `sure`. Beside a running bot, too."""
    async with db.joined(configuration.state) as database, database.read() as connection:
        found = await subscriptions.kept(connection, place) if place else ()
    if not found:
        raise Trouble(f"nothing is kept about a place {place!r}")
    for one in found:
        counts = f"{one.channels} channels, {one.messages} messages, {one.deliveries} deliveries"
        tell(console, f"{one.platform} {place}: {counts}")
    if not (sure or typer.confirm("Delete all of it?")):
        raise Trouble("nothing was deleted")
    async with db.joined(configuration.state) as database, database.write() as connection:
        for one in found:
            await subscriptions.purge_space(connection, one.platform, place)
    tell(console, DELETED.format(configuration.state / db.BACKUPS))
