"""Looking for a message as the outbox does, without its gate."""

from __future__ import annotations

from functools import partial

from bot.outbox import history
from bot.outbox.sink import Outcome, Sink, Target


async def find(
    sink: Sink, target: Target, key: str, since: float, *, story: bool = True
) -> str | Outcome | None:
    return await history.find(partial(sink.read, target, since), (key,), story)


async def copies(sink: Sink, target: Target, key: str, since: float) -> list[str] | Outcome:
    found = await history.whole(partial(sink.read, target, since))
    return [mark.message for mark in found if mark.key == key] if isinstance(found, list) else found
