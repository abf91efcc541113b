"""The outbox through the real client against a Slack that fails three calls in ten, in ten ways."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest

from bot.outbox.clock import SystemClock
from bot.outbox.retry import Policy
from bot.store import db
from tests.fakes.slack_process import FakeSlack
from tests.outbox.conftest import Bench
from tests.platforms.slack.test_client import platform
from tests.store.nouns import alert

CHANNELS = [f"C0NEWS{number:02}" for number in range(12)]
STORIES = (1, 2)
LATE, LAG, SETTLE = 0.1, 0.1, 0.4  # an accept that comes late and a history that lags, well below settling
POLICY = Policy(
    tick=0.02, per_channel_seconds=0.0, first_wait=0.02, longest_wait=0.1, hold=0.2, send_timeout=0.5
)


class RealClock(SystemClock):
    @property
    def true(self) -> float:
        return time.time()


@pytest.mark.parametrize("seed", [1])
async def test_nothing_is_lost_and_nothing_comes_twice(slack: FakeSlack, tmp_path: Path, seed: int) -> None:
    await slack.admin("set", {"history_lag": LAG})
    await slack.admin("set", {"channels": {c: {"name": c.lower(), "member": True} for c in CHANNELS}})
    methods = ["chat.postMessage", "chat.update", "conversations.history"]
    await slack.admin("faults", {"rate": 0.3, "seed": seed, "seconds": LATE, "methods": methods})
    sink = platform(slack, settle=SETTLE, timeout=0.3, per_second=1_000.0)
    await sink.start()
    async with db.opened(tmp_path) as database:
        bench = Bench(database, RealClock())  # type: ignore[arg-type]
        bench.sink = sink  # type: ignore[assignment]
        running = asyncio.create_task(bench.new_outbox(policy=POLICY).run())
        await bench.subscribe(*CHANNELS, space="T0BORDER")
        for revision in (1, 2, 3):
            await bench.say(*(alert(story, revision) for story in STORIES))
            async with asyncio.timeout(60):
                while await bench.unfinished():  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    await sink.stop()
    shown = defaultdict(list)
    for message in (await slack.truth())["messages"]:
        shown[message["channel"]].append(message["text"].splitlines()[1])
    newest = sorted(alert(story, 3).headline for story in STORIES)
    assert {channel: sorted(texts) for channel, texts in shown.items()} == dict.fromkeys(CHANNELS, newest)
    assert (await slack.truth())["counts"]["fault"] > 20
