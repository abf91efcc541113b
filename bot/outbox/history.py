"""Looks through what stands in a channel, page by page: each is a call of its own, with its own turn and time limit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from bot.outbox.key import NAME
from bot.outbox.sink import Mark, Outcome, Page, Unsure

MOST = 20  # pages of one look
ENDLESS = Unsure("too many messages to look through")

Read = Callable[[str], Awaitable[Page | Outcome]]  # from "" on, then from where the page before left off


def age(mark: Mark) -> tuple[int, str]:
    """What comes earlier has the smaller number on every platform."""
    return len(mark.message), mark.message


def of_story(mark: Mark, names: Collection[str]) -> bool:
    """Is this the message of a story? It answers for every revision; `names`: all that the story may be called."""
    return mark.key[:NAME] in {name[:NAME] for name in names}


async def find(
    read: Read, keys: Collection[str], story: bool, taken: Collection[str] = ()
) -> str | Outcome | None:
    """The message of ours with one of these keys, the first preferred, None if surely absent; or why nobody can tell.

    A `story`'s message has the name of any revision; a part of a digest has just the one key. `taken`: it is none of these.
    """
    more = ""
    for _ in range(MOST):
        page = await read(more)
        if not isinstance(page, Page):
            return page
        for wanted in keys:
            free = (mark for mark in page.marks if mark.message not in taken)
            same = [m for m in free if (of_story(m, (wanted,)) if story else m.key == wanted)]
            if same:
                return min(same, key=age).message
        if not (more := page.more):
            return None
    return ENDLESS


async def whole(read: Read, *, partly: bool = False) -> list[Mark] | Outcome:
    """Every message of ours, the oldest first; `partly`: only the newest of them where there is too much to read."""
    found: list[Mark] = []
    more = ""
    for _ in range(MOST):
        page = await read(more)
        if not isinstance(page, Page):
            return page
        found += page.marks
        if not (more := page.more):
            return sorted(found, key=age)
    return sorted(found, key=age) if partly else ENDLESS
