"""How the bot itself is doing: /status."""

from __future__ import annotations

from bot.commands.base import Context, Reply, Request


async def status(_request: Request, context: Context) -> Reply:
    """Feeds by side, last poll, last delivery, what waits to be sent. Trouble is told here, never in a subscriber's channel."""
    return Reply("Status", rows=await context.health())
