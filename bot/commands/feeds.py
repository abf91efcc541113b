"""What everybody reads, for operators: /feeds list, check, add, remove."""

from __future__ import annotations

from bot.commands import options
from bot.commands.base import Context, Reply, Request

ACTIONS = ("list", "check", "add", "remove")


async def feeds(request: Request, context: Context) -> Reply:
    """The feeds and how they are, or one of them looked at, added or removed."""
    if context.feeds is None:
        return Reply("Not here", "Feeds cannot be changed from here.", error=True)
    action = options.one_of(request.options.get("action") or "list", ACTIONS, "action")
    url = request.options.get("url", "").strip()
    if action != "list" and not url:
        raise options.Mistake(f"url: {action} needs a feed's address or name.")
    return await context.feeds(action, url)
