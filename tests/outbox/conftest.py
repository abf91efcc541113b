"""A store, a platform that keeps the truth, and a clock that does as told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.news.alerts import audience
from bot.news.model import Alert, Subscription
from bot.outbox.deliver import Outbox
from bot.outbox.retry import Policy
from bot.store import alerts, codec, db, deliveries, entries, stories, subscriptions
from bot.store.deliveries import Wanted
from tests.fakes.clock import FakeClock
from tests.fakes.sink import FakeSink
from tests.store import nouns

POLICY = Policy(per_channel_seconds=0.0)


class Bench:
    """What an outbox test needs, and the ways to look at it."""

    def __init__(self, database: db.Database, clock: FakeClock, sink: FakeSink | None = None) -> None:
        self.database, self.clock = database, clock
        self.sink = sink or FakeSink(clock)
        self.notices: list[str] = []
        self.outbox = self.new_outbox()

    def use(self, **changed: Any) -> None:
        """Another platform."""
        self.sink = FakeSink(self.clock, **changed)
        self.new_outbox()

    def new_outbox(self, **changed: object) -> Outbox:
        """As after a restart."""
        given = {"policy": POLICY, "clock": self.clock, "notice": self.notices.append} | changed
        self.outbox = Outbox(self.database, {self.sink.platform: self.sink}, **given)  # type: ignore[arg-type]
        return self.outbox

    async def subscribe(self, *channels: str, **changed: object) -> list[Subscription]:
        async with self.database.write() as connection:
            return [
                await subscriptions.add(
                    connection, nouns.subscription(channel, platform=self.sink.platform, **changed)
                )
                for channel in channels
            ]

    async def say(self, *said: Alert, coalesce: float = 0.0) -> None:
        """What `judging.record` does with alerts."""
        async with self.database.write() as connection:
            for alert in said:
                state = nouns.story(alert.story, alert=alert, level=alert.level)
                await stories.save(connection, [state])
                await entries.add(
                    connection, [(nouns.decision(nouns.entry(f"e{alert.story}"), alert.story), ())]
                )
                await alerts.add(connection, [alert], nouns.NOON)
                wanted = [self._wanted(who, alert) for who in await subscriptions.listed(connection)]
                await deliveries.add(connection, alert, wanted, self.clock.wall(), coalesce)

    @staticmethod
    def _wanted(who: Subscription, alert: Alert) -> Wanted:
        pings = audience.pings(who, alert)
        return Wanted(who.id, *audience.wants(who, alert), ping=pings, ping_again=pings and alert.level_rose)

    async def ticks(self, count: int = 200, seconds: float = 1.0) -> None:
        for _ in range(count):
            await self.outbox.tick()
            self.clock.pass_time(seconds)

    async def settle(self, count: int = 100, seconds: float = 5.0) -> None:
        """Rounds until nothing is left to do."""
        for _ in range(count):
            await self.outbox.tick()
            if not await self.unfinished():
                break
            self.clock.pass_time(seconds)

    async def states(self) -> list[str]:
        async with self.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT state FROM delivery ORDER BY id")
        return [row["state"] for row in rows]

    async def dump(self) -> list[dict[str, object]]:
        """All deliveries and what the channels show, for a test that failed."""
        async with self.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT * FROM delivery ORDER BY subscription, place")
        return [{name: value for name, value in dict(row).items() if value} for row in rows]

    async def unfinished(self) -> Sequence[str]:
        return [state for state in await self.states() if state in ("new", "trying", "unsure", "held")]

    def now(self) -> float:
        return codec.stamp(nouns.NOON)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with db.opened(tmp_path) as database:
        yield Bench(database, FakeClock(nouns.NOON.timestamp()))
