"""Kills the program at named steps and at random instants, starts it again, and counts what stands at the end."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
import time
import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.news.model import Subscription
from bot.store import db, subscriptions
from tests.fakes import discord_process, slack_process
from tests.killtest import verdict
from tests.killtest.scene import FEED, Newsroom, Story, stories

ROOT = Path(__file__).parents[2]
STEPS = (
    "fetched", "parsed", "decided", "recorded", "committed",  # a poll
    "planned", "rendered", "trying", "answered", "ended", "looking", "looked",  # a delivery
)  # fmt: skip
FAULTS = 0.3  # share of calls that go wrong
LATE = 0.25  # seconds after which a late request is accepted after all
QUICK = {
    "BORDERWIRE_FETCH__ALLOW_NETWORKS": '["127.0.0.1/32"]',
    "BORDERWIRE_POLL__INTERVAL": "0.15",
    "BORDERWIRE_POLL__MIN_INTERVAL": "0.1",
    "BORDERWIRE_POLL__MAX_INTERVAL": "0.3",
    "BORDERWIRE_POLL__JITTER": "0",
    "BORDERWIRE_POLL__TICK": "0.05",
    "BORDERWIRE_OUTBOX__TICK": "0.05",
    "BORDERWIRE_OUTBOX__PER_CHANNEL_SECONDS": "0",
    "BORDERWIRE_OUTBOX__SEND_TIMEOUT": "0.6",
    "BORDERWIRE_OUTBOX__FIRST_WAIT": "0.05",
    "BORDERWIRE_OUTBOX__LONGEST_WAIT": "0.3",
    "BORDERWIRE_OUTBOX__HOLD": "0.5",
    "BORDERWIRE_OUTBOX__KEY_WINDOW": "1.0",
    "BORDERWIRE_OUTBOX__SETTLE": "0.8",
    "BORDERWIRE_STORY__COALESCE": "0",
}


@dataclass
class Plan:
    """What is to be done, and how badly."""

    kills: int
    seed: int
    build: str = "good"
    stories: int = 12
    discord: int = 4  # channels
    slack: int = 2
    steps: tuple[str, ...] = STEPS
    random_share: float = 0.5  # of kills at random instants; the rest at named steps
    patience: float = 1.5  # seconds given to reach a step before it is killed all the same
    finish: float = 90.0  # seconds to deliver all that is owed, undisturbed


@dataclass
class Result:
    kills: int = 0
    at_steps: dict[str, int] = field(default_factory=dict)
    verdict: verdict.Verdict = field(default_factory=verdict.Verdict)
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        found = self.verdict
        return {
            "kills": self.kills,
            "due": found.due,
            "lost": found.lost,
            "duplicated": found.duplicated,
            "out_of_order": found.out_of_order,
            "seconds": round(self.seconds, 1),
            "at_steps": self.at_steps,
        }


class Zygote:
    """The fork server: starts runs and tells when they end."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._pids: asyncio.Queue[int] = asyncio.Queue()
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            words = json.loads(line)
            if "pid" in words:
                self._pids.put_nowait(words["pid"])
            elif "dead" in words:
                self.end(words["dead"]).set_result(words["status"])

    def end(self, pid: int) -> asyncio.Future[int]:
        return self._ends.setdefault(pid, asyncio.get_running_loop().create_future())

    async def start(self, order: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(order)}\n".encode())
        await self._process.stdin.drain()
        return await self._pids.get()


@asynccontextmanager
async def zygote() -> AsyncIterator[Zygote]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.killtest.zygote",
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    await process.stdout.readline()  # ready
    try:
        yield Zygote(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class Harness:
    """One test: a folder, two platforms, one newsroom, a program that is killed."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self.config, self.state, self.output = folder / "config", folder / "state", folder / "output.txt"
        self.chance = random.Random(plan.seed)
        self.newsroom = Newsroom()
        self.stories = stories(plan.stories)
        self.told: list[tuple[Story, int]] = []  # what was published, in order
        self.result = Result()
        self.began = datetime.now(UTC)
        self.environment: dict[str, str] = {}

    # ------------------------------------------------------------------ the scene

    def configure(self) -> None:
        self.config.mkdir(parents=True, exist_ok=True)
        shipped = tomllib.loads((ROOT / "config" / "feeds.toml").read_text("utf-8"))["feed"]
        off = [f'[[feed]]\nname = "{row["name"]}"\nenabled = false\n' for row in shipped]
        url = f"http://127.0.0.1:{self.newsroom.port}/feed"
        ours = f'[[feed]]\nname = "test"\nurl = "{url}"\noutlet = "{FEED}"\nside = "AF"\nenabled = true\n'
        (self.config / "feeds.toml").write_text("\n".join([*off, ours]), "utf-8")

    async def subscribe(self, discord: list[str], slack: list[str]) -> None:
        at = datetime.now(UTC)
        async with db.opened(self.state) as database, database.write() as connection:
            for channel in discord:
                wanted = Subscription(0, "discord", discord_process.GUILD, channel, at)
                await subscriptions.add(connection, wanted)
            for channel in slack:
                await subscriptions.add(connection, Subscription(0, "slack", "T0BORDER", channel, at))

    def publish(self) -> None:
        """The next thing to happen: a new story, or the toll of an earlier one rises."""
        rises = [
            story for story, toll in self.told if toll == story.first and (story, story.last) not in self.told
        ]
        fresh = [story for story in self.stories if (story, story.first) not in self.told]
        rise = rises and (not fresh or (len(rises) > 2 and self.chance.random() < 0.5))
        if rise:
            self.tell(rises[0], rises[0].last)
        elif fresh:
            self.tell(fresh[0], fresh[0].first)

    def tell(self, story: Story, toll: int) -> None:
        self.told.append((story, toll))
        # Feeds date to the second: a second apart, so that the order owed is beyond doubt.
        at = self.began - timedelta(seconds=120 - len(self.told))
        self.newsroom.publish(f"story-{story.number}", *story.text(toll), at)

    @property
    def everything_told(self) -> bool:
        return len(self.told) == 2 * len(self.stories)

    # ------------------------------------------------------------------ the program

    def order(self, step: str = "", hit: int = 0) -> dict[str, Any]:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TZ", "LANG")}
        return {
            "config": str(self.config),
            "state": str(self.state),
            "output": str(self.output),
            "env": kept | QUICK | self.environment,
            "step": step,
            "hit": hit,
            "build": self.plan.build,
        }

    async def doomed(self, server: Zygote, number: int) -> None:
        """One life: it ends at a step, at a random instant, or when it did not reach its step in time."""
        at_step = self.chance.random() >= self.plan.random_share
        step = self.plan.steps[number % len(self.plan.steps)] if at_step else ""
        hit = self.chance.choice((1, 1, 2, 3, 5)) if at_step else 0
        life = self.plan.patience if at_step else self.chance.uniform(0.05, self.plan.patience)
        pid = await server.start(self.order(step, hit))
        end = server.end(pid)
        done, _ = await asyncio.wait([end], timeout=life)
        if done and os.WIFSIGNALED(end.result()):
            self.result.at_steps[step] = self.result.at_steps.get(step, 0) + 1
        elif done:
            raise RuntimeError(f"the program ended by itself: {self.tail()}")
        else:
            os.kill(pid, signal.SIGKILL)
            await end
        self.result.kills += 1

    async def undisturbed(self, server: Zygote) -> None:
        """A last life without faults, until nothing is owed any more, and an ordinary stop."""
        pid = await server.start(self.order())
        end = server.end(pid)
        reads = self.newsroom.reads
        calm = 0
        deadline = time.monotonic() + self.plan.finish
        while calm < 4 and time.monotonic() < deadline and not end.done():
            await asyncio.sleep(0.15)
            calm = calm + 1 if self.newsroom.reads >= reads + 4 and not self.owed() else 0
        if end.done():
            raise RuntimeError(f"the program ended by itself: {self.tail()}")
        os.kill(pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(end, 20)
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise RuntimeError("the program did not stop") from None

    def owed(self) -> int:
        """What the program itself still means to send; only to know when to stop waiting."""
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"file:{self.state / 'bot.sqlite3'}?mode=ro", uri=True)) as c,
        ):
            question = "SELECT count(*) FROM delivery WHERE state IN ('new', 'trying', 'unsure', 'held')"
            return int(c.execute(question).fetchone()[0])
        return 1

    def tail(self) -> str:
        return self.output.read_text("utf-8", "replace")[-1500:] if self.output.exists() else ""

    # ------------------------------------------------------------------ the whole

    async def run(self) -> Result:
        began = time.monotonic()
        async with AsyncExitStack() as stack:
            runner = await self.newsroom.open()
            stack.push_async_callback(runner.cleanup)
            discord = stack.enter_context(
                discord_process.running(self.folder / "discord.jsonl", max(1, self.plan.discord))
            )
            slack = stack.enter_context(slack_process.running(self.folder / "slack.jsonl"))
            server = await stack.enter_async_context(zygote())
            rooms = [str(int(discord_process.CHANNEL) + n) for n in range(self.plan.discord)]
            halls = [f"C0KILL{n}" for n in range(self.plan.slack)]
            await self.prepare(discord, slack, rooms, halls)
            await self.baseline(server)
            await self.faulty(discord, slack, FAULTS)
            every = max(1.0, self.plan.kills / (2 * len(self.stories) + 1))
            for number in range(self.plan.kills):
                while len(self.told) < 2 * len(self.stories) and number >= every * len(self.told):
                    self.publish()
                await self.doomed(server, number)
            while not self.everything_told:
                self.publish()
            await self.faulty(discord, slack, 0.0)
            await self.undisturbed(server)
            texts = verdict.discord_texts(await discord.admin("state"), rooms)
            texts |= verdict.slack_texts(await slack.truth(), halls)
        self.result.verdict = verdict.judge(self.stories, texts)
        self.result.seconds = time.monotonic() - began
        return self.result

    async def prepare(self, discord: Any, slack: Any, rooms: list[str], halls: list[str]) -> None:
        self.newsroom.old()
        self.configure()
        self.environment["BORDERWIRE_FETCH__ALLOW_PORTS"] = f"[{self.newsroom.port}]"
        if rooms:
            self.environment |= {"DISCORD_TOKEN": discord.token, "DISCORD_API_BASE": discord.api}
        if halls:
            self.environment |= {
                "SLACK_BOT_TOKEN": slack_process.BOT_TOKEN,
                "SLACK_APP_TOKEN": slack_process.APP_TOKEN,
                "SLACK_API_URL": slack.api_url,
            }
        await discord.settings(nonce_window=2.0, channel_limit=0, global_limit=0, late=LATE)
        await slack.admin(
            "set",
            {
                "channels": {hall: {"name": hall.lower(), "member": True} for hall in halls},
                "history_lag": LATE,
            },
        )
        await self.subscribe(rooms, halls)

    async def baseline(self, server: Zygote) -> None:
        """The first look at the feed, which posts nothing."""
        pid = await server.start(self.order())
        deadline = time.monotonic() + 30
        while self.newsroom.reads < 3 and time.monotonic() < deadline:  # noqa: ASYNC110 - another process reads
            await asyncio.sleep(0.05)
        os.kill(pid, signal.SIGTERM)
        await asyncio.wait_for(server.end(pid), 20)
        if self.newsroom.reads < 3:
            raise RuntimeError(f"the program did not read its feed: {self.tail()}")

    async def faulty(self, discord: Any, slack: Any, share: float) -> None:
        await discord.admin(
            "faults", {"share": share, "seed": self.plan.seed, "method": "*", "path": "*/messages*"}
        )
        await slack.admin("faults", {"rate": share, "seed": self.plan.seed, "seconds": LATE})
