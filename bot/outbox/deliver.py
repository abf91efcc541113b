"""Sends what is owed: written down before, marked after, looked for when nobody knows.

Every channel is a queue of its own, worked in order; channels are worked side by side. One step of a
delivery is: write `trying` with the exact payload, call the platform, write how it ended. Between any
two of these the program may die: whoever starts next finds `trying`, and looks before it sends.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import structlog

from bot.news.model import Alert, Subscription
from bot.outbox import clock as clocks
from bot.outbox import digest, history, rest, retold, retry, sweep, turn
from bot.outbox.calls import Calls, ended
from bot.outbox.sink import Gone, Refused, Sink, Target
from bot.outbox.turn import Turn
from bot.store import delivered, deliveries, recovery, subscriptions
from bot.store.db import Database
from bot.store.deliveries import Kind

STEPS = ("planned", "rendered", "trying", "answered", "looking", "looked", "ended")  # where a crash is tried


class Outbox:
    """The one that sends. `run` until `close`; `tick` does one round and waits for it."""

    def __init__(
        self,
        database: Database,
        sinks: Mapping[str, Sink],
        policy: retry.Policy | None = None,
        clock: clocks.Clock | None = None,
        notice: Callable[[str], None] | None = None,
        step: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._database, self._sinks, self._policy = database, sinks, policy or retry.Policy()
        self._clock = clock or clocks.SystemClock()
        self._steady = clocks.Steady(self._clock)
        self._log = structlog.get_logger("outbox")
        self._notice = notice or (lambda line: self._log.warning("notice", line=line))
        self._step = step
        self._began: dict[int, tuple[float, float]] = {}  # first attempts of this run: (wall, monotonic)
        self._busy: dict[int, asyncio.Task[int]] = {}  # channels being worked
        self._load: Counter[tuple[str, int]] = Counter()  # and how many of each platform and weight
        self._stopped: dict[str, str] = {}  # platform → why nothing is sent there
        self._calls = Calls(self._policy, self._clock)
        self._lag: recovery.Lag | None = None  # we were started from a copy
        self._started = False
        self._rounds_at = 0.0  # when to look for digests that are due and for twins
        self._round: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    # ------------------------------------------------------------------ life

    async def start(self) -> None:
        """Take up where the last run ended, however it ended."""
        settle = {
            name: (sink.settle, retry.Window.of(sink, self._policy).late)
            for name, sink in self._sinks.items()
        }
        async with self._database.write() as connection:
            now = self._steady.now()
            found = await recovery.recover(connection, settle, now, self._policy.hold, self._policy.settle)
            self._lag = await recovery.lag(connection, now, self._policy.after_restore)
        self._started = True
        self._log.info("outbox", unsure=found, restored=self._lag is not None)

    async def run(self) -> None:
        """Send whatever falls due until `close` is called."""
        try:
            while not self._closing.is_set():
                try:
                    await self._look()
                except Exception:
                    self._log.exception("outbox")  # a full disk passes; the next look tries again
                await self._clock.sleep(self._policy.tick)
        finally:
            await self.close()

    async def tick(self) -> int:
        """One round: every channel with something due, to the end. How many steps were taken."""
        under_way = {*await self._look()}
        if (beside := self._round) is not None:
            await beside
            self._round = None
            under_way |= {*await self._look()}
        return sum(await asyncio.gather(*under_way))

    async def close(self) -> None:
        """Begin nothing more; sends under way get some seconds, the rest is found again at the next start."""
        self._closing.set()
        self._calls.close()
        if self._round is not None:
            await ended([self._round])
        if under_way := list(self._busy.values()):
            try:
                await asyncio.wait(under_way, timeout=self._policy.drain)
            finally:
                await ended(under_way)

    async def backlog(self) -> tuple[int, float]:
        """How much could be sent now, and since when (Unix seconds) the oldest of it waits: the measure of health."""
        async with self._database.read() as connection:
            now, wall = self._steady.now(), self._clock.wall()
            return await delivered.backlog(connection, self._sinks.keys(), rest.QUIET, now, wall)

    async def _look(self) -> list[asyncio.Task[int]]:
        """Give every channel with something due a worker: what matters most first, never all at once."""
        if not self._started:
            await self.start()
        if self._clock.monotonic() >= self._rounds_at and (self._round is None or self._round.done()):
            self._rounds_at = self._clock.monotonic() + self._policy.rounds
            await self._overdue()
            self._round = asyncio.create_task(self._rounds(), name="rounds")
        for platform, sink in self._sinks.items():
            if platform not in self._stopped and await sink.ready():
                await self._spread(platform)
        return list(self._busy.values())

    async def _spread(self, platform: str) -> None:
        """Begin with the channels of a platform that matter most; what is ahead of an urgent alert hurries."""
        gate, most = self._calls.gates.get(platform), self._policy.in_flight
        async with self._database.read() as connection:
            due = await deliveries.due(connection, platform, self._steady.now(), 2 * most)
        for subscription, weight in due:
            if subscription in self._busy:
                if gate is not None:
                    gate.call_back(subscription, weight)
            elif self._load[platform, weight] < most and not self._closing.is_set():
                task = asyncio.create_task(self._channel(subscription, platform))
                self._busy[subscription] = task
                self._load[platform, weight] += 1
                task.add_done_callback(partial(self._worked, subscription, platform, weight))

    async def _overdue(self) -> None:
        """What waited too long is not told at once any more; what a copy did not know is not doubted for ever."""
        async with self._database.write() as connection:
            now = self._steady.now()
            late = await deliveries.overdue(connection, now - self._policy.catch_up)
            if self._lag is not None:
                self._lag = await recovery.lag(connection, now, self._policy.after_restore)
        if late:
            self._log.warning("overdue", deliveries=late)

    async def _rounds(self) -> None:
        """Owe digests that are due, remove late twins; beside the alerts, which need not wait for these."""
        try:
            await digest.make(self._database, self._sinks, self._wall(), self._unheard)
            twins = await sweep.sweep(self._database, self._sinks, self._steady.now(), self._policy.hold)
        except Exception:
            self._log.exception("rounds")
        else:
            if twins:
                self._notice(f"removed {twins} messages that a platform had accepted late, as second copies")

    async def _unheard(self, who: Subscription, alerts: Sequence[Alert]) -> tuple[Alert, ...]:
        """What a channel has not been told of these; after a copy was restored it is looked for there."""
        if (lag := self._lag) is None:
            return tuple(alerts)
        sink, now = self._sinks[who.platform], self._steady.now()
        early = now < lag.restored + retry.Window.of(sink, self._policy, who.style).blind
        if early or who.platform in self._stopped or not await sink.ready():
            return ()
        found = await history.whole(self._pages(who, -who.id, lag.copied, deliveries.SUMMARY), partly=True)
        if isinstance(found, Gone):
            await self._lost(who, found)
        if not isinstance(found, list):
            return ()
        return await retold.leave_out(self._database, who, sink, alerts, found, now)

    async def _lost(self, who: Subscription, gone: Gone) -> None:
        """A channel or a platform does not let us in any more."""
        if gone.scope == "all":
            self._stop(who.platform, gone.reason)
            return
        async with self._database.write() as connection:
            await subscriptions.pause(connection, who.id, subscriptions.LOST + gone.reason)
        self._notice(f"{who.platform} channel {who.channel} is paused: {gone.reason}")

    def _wall(self) -> datetime:
        """What the clock on the wall says: hours are kept by it."""
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    def _worked(self, subscription: int, platform: str, weight: int, _: asyncio.Task[int]) -> None:
        del self._busy[subscription]
        self._load[platform, weight] -= 1

    # ------------------------------------------------------------------ one channel

    async def _channel(self, subscription: int, platform: str) -> int:
        """Work one channel's queue until nothing in it is due; how many steps."""
        steps = 0
        try:
            while not self._closing.is_set() and platform not in self._stopped:
                now = self._steady.now()
                if (at := await turn.take(self._database, subscription, now, self._policy)) is None:
                    break
                if (move := self._at_rest(at, self._sinks[platform])) is not None:
                    steps += 1
                    await self._end(at, move)
                    continue
                gate = self._calls.gates.get(platform)
                if gate is not None and not await gate.turn(subscription, at.weight):
                    continue
                steps += 1
                if not await self._advance(at, self._sinks[platform]):
                    break
                await self._clock.sleep(self._policy.per_channel_seconds)
        except sqlite3.Error as error:
            self._log.error("store", subscription=subscription, error=str(error))
        except Exception:
            self._log.exception("channel", subscription=subscription)
        return steps

    def _at_rest(self, at: Turn, sink: Sink) -> retry.Move | None:
        """Where a delivery goes without a call to its platform; None if it takes one."""
        if at.obsolete:
            return retry.Move("superseded", at.obsolete)
        return None if self._unseen(at, sink) else rest.rest(at, self._wall(), self._steady.now(), sink.edits)

    async def _advance(self, at: Turn, sink: Sink) -> bool:
        """One step of one delivery; False if it was not ours to take after all."""
        self._step("planned")
        delivery, window = at.delivery, retry.Window.of(sink, self._policy, at.subscription.style)
        began = self._began.get(delivery.id)
        since = clocks.elapsed(self._clock, began) if began else None
        match retry.step(delivery, self._steady.now(), since, window):
            case "wait":
                until = retry.settled(delivery, window)
                return await self._end(at, retry.Move(delivery.state, delivery.reason, until, in_doubt=True))
            case "look":
                copied = self._lag.copied if self._lag else 0.0
                first = copied if delivery.first_attempt is None else delivery.first_attempt
                return await self._find(at, window, first)
            case "send" if self._lag and self._unseen(at, sink):
                if (until := self._lag.restored + window.blind) > self._steady.now():
                    why = "what was sent before the restore may not be seen yet"
                    return await self._end(at, retry.Move(delivery.state, why, until, in_doubt=True))
                return await self._find(at, window, self._lag.copied)
            case "send":
                return await self._send(at, sink, window)

    def _unseen(self, at: Turn, sink: Sink) -> bool:
        """After a restored copy: might an earlier life of ours have posted this, unknown to the store?"""
        edit = at.message is not None and sink.edits
        doubted = at.delivery.attempts == 0 and at.delivery.absences < retry.SURE
        return self._lag is not None and not edit and doubted

    async def _send(self, at: Turn, sink: Sink, window: retry.Window) -> bool:
        delivery, target = at.delivery, Target.of(at.subscription, at.calls)
        payload = turn.payload(at, sink, target)
        if isinstance(payload, Refused):
            return await self._end(
                at, retry.after_edit(delivery, payload, self._steady.now(), self._policy, window)
            )
        self._step("rendered")
        shown = at.message if sink.edits else None
        kind: Kind = "edit" if shown else "post"
        async with self._database.write() as connection:
            now, since = self._steady.now(), self._steady.earliest()
            if not await deliveries.begin(connection, delivery, kind, payload, at.key, now, since):
                return False
        if delivery.first_attempt is None:
            self._began[delivery.id] = (self._clock.wall(), self._clock.monotonic())
        self._step("trying")
        if gate := self._calls.gates.get(sink.platform):
            gate.goes(at.subscription.id, sink.cost(payload, edit=shown is not None))
        if shown:
            outcome = await self._calls.timed(sink.edit(target, shown.message, payload, at.key))
            move = retry.after_edit(delivery, outcome, self._steady.now(), self._policy, window)
        else:
            outcome = await self._calls.timed(sink.post(target, payload, at.key))
            move = retry.after_post(delivery, outcome, self._steady.now(), self._policy, window)
        self._step("answered")
        return await self._end(at, move)

    async def _find(self, at: Turn, window: retry.Window, since: float) -> bool:
        self._step("looking")
        who = at.subscription
        keys, taken = await turn.sought(self._database, at)
        read = self._pages(who, who.id, since, at.weight)
        found = await history.find(read, keys, at.delivery.story is not None, taken)
        self._step("looked")
        return await self._end(
            at, retry.after_look(at.delivery, found, self._steady.now(), self._policy, window)
        )

    def _pages(self, who: Subscription, asks: int, since: float, weight: int) -> history.Read:
        """The history of a channel, each page at its turn."""
        sink = self._sinks[who.platform]
        return partial(self._calls.page, sink, Target.of(who, False), since, asks, weight)

    # ------------------------------------------------------------------ how it ended

    async def _end(self, at: Turn, move: retry.Move) -> bool:
        """Write down how a step ended; a store that cannot be written now is asked until it can."""
        tries = 0
        while True:
            try:
                await turn.record(self._database, at, move, self._steady.now())
                break
            except sqlite3.Error as error:
                tries += 1
                self._log.error("store", delivery=at.delivery.id, error=str(error))
                await self._clock.sleep(retry.wait(tries, self._policy))
        self._step("ended")
        if move.state != "unsure":
            self._began.pop(at.delivery.id, None)
        self._tell(at, move)
        return True

    def _tell(self, at: Turn, move: retry.Move) -> None:
        """One wide line per step, and a word to the operator where something needs a person."""
        who, was = at.subscription, at.delivery
        self._log.info(
            "delivery",
            platform=who.platform,
            channel=who.channel,
            story=was.story,
            revision=was.revision,
            attempts=was.attempts,
            was=was.state,
            state=move.state,
            reason=move.reason,
        )
        where = f"{who.platform} channel {who.channel}"
        what = f"story {was.story}" if was.story else "a digest"
        if move.pause and not who.story:
            self._notice(f"{where} is paused: {move.pause}")
        if move.notice:
            self._notice(f"{where}: {what} {move.notice}: {move.reason}")
        if move.stop:
            self._stop(who.platform, move.stop)
        if move.state in ("dead", "held") and was.state != "held" and not move.gone:
            self._notice(f"{where}: {what} is {move.state}: {move.reason}")

    def _stop(self, platform: str, reason: str) -> None:
        if platform not in self._stopped:
            self._stopped[platform] = reason
            self._notice(f"{platform} is stopped until the next start: {reason}")
