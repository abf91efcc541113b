"""What everybody reads, for operators: /feeds list, check, add, remove, release, import, export."""

from __future__ import annotations

from bot.commands import options
from bot.commands.base import Context, Reply, Request

ACTIONS = ("list", "check", "add", "remove", "release", "import", "export")
ALONE = ("list", "export")  # need no feed to be named
FILE = "file"


async def feeds(request: Request, context: Context) -> Reply:
    """The feeds and how they are; one of them looked at, added, removed or trusted again; all of them as a file."""
    if context.feeds is None:
        return Reply("Not here", "Feeds cannot be changed from here.", error=True)
    url, read = request.typed("url"), request.files.get(FILE)
    usual = "import" if read else "check" if url else "list"
    action = options.one_of(request.typed("action") or usual, ACTIONS, "action")
    if action == "import":
        if not url and read is None:
            raise options.Mistake("file: import needs an OPML file, or the address of one as url.")
        return await context.feeds(action, url, await read() if read else None)
    if action not in ALONE and not url:
        raise options.Mistake(f"url: {action} needs a feed's address or name.")
    return await context.feeds(action, url, None)
