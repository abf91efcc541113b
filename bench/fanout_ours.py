"""Our side of the fan-out benchmark: very many channels, told through the real outbox and the real Discord client.

Scene "alert": one alert to each; scene "digests": a digest waits for each. On the way a critical alert comes for some.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import time

import structlog

from bench.feeds_ours import Heart
from bot import app
from bot.news.figures.claims.ledger import Ledger
from bot.news.model import Alert, Corroboration, Level, Source, Subscription, Verdict, Where
from bot.news.stories.story import Story
from bot.outbox.deliver import Outbox
from bot.outbox.sink import Target
from bot.platforms.discord.client import DiscordPlatform
from bot.settings import load
from bot.store import alerts, db, deliveries, digests, stories, subscriptions
from bot.store.deliveries import Wanted

URGENT = 100  # channels that a critical alert goes to while most still wait
BEFORE = 20  # it comes when one channel in so many has been told


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


async def owe_digests(database: db.Database, platform: DiscordPlatform, to: list[int]) -> None:
    """A digest of one alert to each of these subscriptions."""
    now = datetime.now(UTC)
    said = [alert(1, Level.NOTABLE, now)]
    async with database.write() as connection:
        for one in to:
            made = await digests.add(connection, one, now, "Daily digest", [], now)
            parts = platform.render_digest(said, "Daily digest", Target("", "", ""))
            await digests.owe(connection, one, made, now.isoformat(), parts, now.timestamp())


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    while not await done():  # noqa: ASYNC110 - what is waited for is in the store
        await asyncio.sleep(0.2)


SENT = "SELECT count(*) AS n FROM delivery WHERE state = 'sent' AND coalesce(story, 0) = ?"


async def sent(database: db.Database, story: int, count: int) -> bool:
    """Have so many channels been told of a story (0: of a digest)?"""
    async with database.read() as connection:
        rows = await connection.execute_fetchall(SENT, (story,))
    return int(next(iter(rows))["n"]) >= count


async def told(
    scene: str, database: db.Database, platform: DiscordPlatform, outbox: Outbox, who: list[int]
) -> dict[str, float]:
    """Play a scene; the moments at which it happened. Everything else is in what the fake wrote down."""
    wrote, first = 0.0, 1
    if scene == "alert":
        wrote = await owe(database, 1, Level.MAJOR, who)
    else:
        await owe_digests(database, platform, who)
        first = 0
    sending, began = asyncio.create_task(outbox.run()), time()
    await until(partial(sent, database, first, len(who) // BEFORE))
    urgent = who[-min(URGENT, len(who) // 5) :]
    urged = time()
    await owe(database, 2, Level.CRITICAL, urgent)
    await until(partial(sent, database, 2, len(urgent)))
    if scene == "alert":
        await until(partial(sent, database, 1, len(who)))
    await outbox.close()
    await sending
    return {"began": began, "urged": urged, "wrote": wrote, "urgent": len(urgent)}


async def main(where: dict[str, str], channels: list[tuple[str, str]], scene: str) -> None:
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
            beating = asyncio.create_task(heart.beat())
            said = await told(scene, database, platform, outbox, who)
            beating.cancel()
            await platform.stop()
            print(json.dumps(said | {"lag": heart.take()}), flush=True)


if __name__ == "__main__":
    # answers go to standard output
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    asyncio.run(main(given["where"], [tuple(pair) for pair in given["channels"]], given["scene"]))
