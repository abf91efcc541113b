"""Known-bad builds: the program with one promise broken. A harness that does not catch them proves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from bot import judging, pipeline
from bot.feeds.parse import Parser
from bot.outbox import deliver, retry, turn
from bot.outbox.sink import Target
from bot.outbox.turn import Turn
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.slack.client import SlackPlatform
from bot.store import feeds, recovery


def good() -> None:
    """Nothing is broken."""


def mark_first() -> None:
    """Marked as sent before it is sent: a crash in between loses the message."""
    send = deliver.Outbox._send

    async def broken(self: Any, at: Any, sink: Any, window: Any) -> bool:
        if at.message is not None:
            return await send(self, at, sink, window)
        target = Target.of(at.subscription, at.delivery.ping)
        payload = turn.payload(at, sink, target)
        await turn.record(self._database, at, retry.Move("sent", message="marked"), self._steady.now())
        self._step("trying")
        await self._calls.timed(sink.post(target, payload, at.key))
        self._step("answered")
        return True

    deliver.Outbox._send = broken  # type: ignore[method-assign]


def fresh_nonce() -> None:
    """Another key at every attempt: neither the platform nor the bot recognises what was already posted."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    fresh = property(lambda self: "".join(secrets.choice(alphabet) for _ in range(25)))
    Turn.key = fresh  # type: ignore[method-assign,assignment]


def validators_early() -> None:
    """ETag, digest and marks are stored before what the feed brought: a crash in between loses entries."""
    judgement = judging.judgement
    parse = Parser.parse

    async def parsed(self: Any, feed: Any, fetched: Any, *rest: Any, **more: Any) -> Any:
        found = await parse(self, feed, fetched, *rest, **more)
        self.early = (feed, fetched, found)
        return found

    async def broken(database: Any, given: Any, topic: Any, now: Any, quiet: Any) -> Any:
        if given and (early := getattr(broken, "parser", None)) is not None:
            feed, fetched, found = early.early
            async with database.write() as connection:
                said = fetched.validators
                early_note = feeds.note(feed.url, now, digest=said.digest, etag=said.etag, marks=found.marks)
                await feeds.remember(connection, early_note)
        return await judgement(database, given, topic, now, quiet)

    build = pipeline.Parts.__init__

    def remembered(self: Any, *args: Any, **more: Any) -> None:
        build(self, *args, judge=broken, **more)
        broken.parser = self.parser  # type: ignore[attr-defined]

    Parser.parse = parsed  # type: ignore[method-assign]
    pipeline.Parts.__init__ = remembered  # type: ignore[method-assign]


def no_settle() -> None:
    """What is not seen at once is believed absent: what a platform accepts late is posted twice."""
    for platform in (SlackPlatform, DiscordPlatform):
        build = platform.__init__

        def hasty(self: Any, *args: Any, _build: Callable[..., None] = build, **more: Any) -> None:
            _build(self, *args, **more)
            self.settle = 0.0

        platform.__init__ = hasty  # type: ignore[method-assign]
    retry.SURE = 1
    retry.settled = lambda delivery, window: 0.0


def blind_copy() -> None:
    """A restored copy is taken for the whole truth: what was posted after it was made is posted again."""

    async def broken(connection: Any, now: Any, long: Any) -> None:
        return None

    recovery.lag = broken  # type: ignore[assignment]


BUILDS: dict[str, Callable[[], None]] = {
    "good": good,
    "mark-first": mark_first,
    "fresh-nonce": fresh_nonce,
    "validators-early": validators_early,
    "no-settle": no_settle,
    "blind-copy": blind_copy,
}
