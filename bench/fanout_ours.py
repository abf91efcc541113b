"""Our side of the fan-out benchmark: one alert to very many channels, through the real outbox and Discord client."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import time

import structlog

from bench.feeds_ours import Heart
from bot import app
from bot.news.figures.ledger import Ledger
from bot.news.model import Alert, Corroboration, Level, Source, Subscription, Verdict, Where
from bot.news.stories import Story
from bot.outbox.deliver import Outbox
from bot.outbox.sink import Target
from bot.platforms.discord.client import DiscordPlatform
from bot.settings import load
from bot.store import alerts, db, deliveries, digests, stories, subscriptions
from bot.store.deliveries import Wanted

URGENT = 100  # channels that a critical alert goes to, while all others still wait
DIGESTS = 10  # one channel in so many is also owed a digest


def alert(story: int, level: Level, now: datetime) -> Alert:
    return Alert(
        story=story, revision=1, kind="new", level=level, type="border_clash", place="Kunar",
        headline="Fire traded along the border through the night", url="https://outlet.example/1",
        summary="Forces of both countries fired at each other's posts overnight. " * 3, figures=(),
        corroboration=Corroboration((("PK", 2), ("AF", 1)), "both sides report it"), changed=(), before=(),
        sources=(Source("Outlet", "PK", "https://outlet.example/1"),), first_seen=now, last_change=now,
    )  # fmt: skip


def story(number: int, level: Level, now: datetime) -> Story:
    return Story(
        id=number, opened=now, active=now, relevant=True, type="border_clash", when=None, where=Where(),
        level=level, verdict=Verdict(True, 1.0, ()), members=(), entries=1, vector={}, terms=(), actors=(),
        ledger=Ledger(),
    )  # fmt: skip


async def subscribe(database: db.Database, channels: list[tuple[str, str]]) -> list[int]:
    """A subscription for each channel."""
    now = datetime.now(UTC)
    async with database.write() as connection:
        return [
            (await subscriptions.add(connection, Subscription(0, "discord", space, channel, now))).id
            for space, channel in channels
        ]


async def owe(database: db.Database, number: int, level: Level, to: list[int]) -> float:
    """An alert of a new story to these subscriptions; seconds that writing it down took."""
    now = datetime.now(UTC)
    said = alert(number, level, now)
    wanted = [Wanted(one, "instant", "benchmark") for one in to]
    began = time()
    async with database.write() as connection:
        await stories.save(connection, [replace(story(number, level, now), alert=said)])
        await alerts.add(connection, [said], now)
        await deliveries.add(connection, said, wanted, now.timestamp())
    return time() - began


async def owe_digests(
    database: db.Database, platform: DiscordPlatform, to: list[int], digest_of: Alert
) -> None:
    now = datetime.now(UTC)
    async with database.write() as connection:
        for one in to:
            who = await subscriptions.get(connection, one)
            if who is None:
                raise RuntimeError("a subscription is gone")
            made = await digests.add(connection, one, now, "Daily digest", [], now)
            from_alert = platform.render_digest([digest_of], "Daily digest", Target.of(who, False))
            await digests.owe(connection, one, made, now.isoformat(), from_alert, now.timestamp())


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    while not await done():  # noqa: ASYNC110 - what is waited for is in the store
        await asyncio.sleep(0.2)


async def main(where: dict[str, str], channels: list[tuple[str, str]]) -> None:
    """Told to everybody; the times are those of the truth that the fake wrote down."""
    settings = load(environment={}).settings
    heart = Heart()
    with tempfile.TemporaryDirectory(prefix="borderwire-bench-") as folder:
        async with db.opened(Path(folder)) as database:
            who = await subscribe(database, channels)
            platform = DiscordPlatform(where["token"], api_base=where["api"], gateway_url=where["gateway"])
            await platform.start()
            outbox = Outbox(database, {"discord": platform}, app.policy(settings))
            print(json.dumps({"ready": len(who)}), flush=True)
            await asyncio.to_thread(sys.stdin.readline)

            async def sent(number: int | None, count: int) -> bool:
                async with database.read() as connection:
                    rows = await connection.execute_fetchall(
                        "SELECT count(*) AS n FROM delivery WHERE state = 'sent' AND (story = ?1 OR ?1 IS NULL)",
                        (number,),
                    )
                return int(next(iter(rows))["n"]) >= count

            now = datetime.now(UTC)
            wrote = await owe(database, 1, Level.MAJOR, who)
            digested = who[::DIGESTS]
            await owe_digests(database, platform, digested, alert(1, Level.MAJOR, now))
            beating, began = asyncio.create_task(heart.beat()), time()
            sending = asyncio.create_task(outbox.run())
            await until(lambda: sent(1, len(who) // 4))
            urgent = who[-URGENT:] if len(who) > 4 * URGENT else who[-len(who) // 5 :]
            urged = time()
            await owe(database, 2, Level.CRITICAL, urgent)
            await until(lambda: sent(2, len(urgent)))
            await until(lambda: sent(None, len(who) + len(urgent) + len(digested)))
            beating.cancel()
            ended = time()
            await outbox.close()
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
            await platform.stop()
            said = {
                "began": began,
                "urged": urged,
                "ended": ended,
                "wrote": wrote,
                "lag": heart.take(),
                "digests": len(digested),
            }
            print(json.dumps(said | {"urgent": [channels[who.index(one)][1] for one in urgent]}), flush=True)


if __name__ == "__main__":
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr)
    )  # answers go to standard output
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    asyncio.run(main(given["where"], [tuple(pair) for pair in given["channels"]]))
