"""The whole program as people run it: `python -m bot run` in a process of its own, its feeds on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import web

from tests.fakes.discord_process import FakeDiscord
from tests.fakes.discord_process import running as discord_running
from tests.fakes.slack_process import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.fakes.slack_process import running as slack_running

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "config" / "feeds.toml"
PATIENCE = 60.0  # seconds for something that takes one or two
OURS = ("BORDERWIRE_", "DISCORD_", "SLACK_")
T = TypeVar("T")

# Everything at a pace that a test can wait for; only loopback may be dialled.
QUICK = {
    "BORDERWIRE_FETCH__ALLOW_NETWORKS": '["127.0.0.1/32"]',
    "BORDERWIRE_FETCH__SPACING": "0",
    "BORDERWIRE_POLL__INTERVAL": "0.3",
    "BORDERWIRE_POLL__MIN_INTERVAL": "0.3",
    "BORDERWIRE_POLL__MAX_INTERVAL": "0.5",
    "BORDERWIRE_POLL__JITTER": "0",
    "BORDERWIRE_POLL__TICK": "0.1",
    "BORDERWIRE_OUTBOX__TICK": "0.1",
    "BORDERWIRE_OUTBOX__PER_CHANNEL_SECONDS": "0.1",
    "BORDERWIRE_OUTBOX__SETTLE": "0.5",
    "BORDERWIRE_STORY__COALESCE": "0",
}


@dataclass(frozen=True)
class Item:
    title: str
    summary: str
    guid: str
    published: datetime


@dataclass
class Newsroom:
    """Feeds of outlets on 127.0.0.1; a test writes what is in them, and sees how often they were read."""

    port: int = 0
    items: dict[str, list[Item]] = field(default_factory=dict)
    reads: dict[str, int] = field(default_factory=dict)
    # whose feed has nothing in it but new items, whenever it is read
    restless: set[str] = field(default_factory=set)

    def open(self, *names: str) -> None:
        for name in names:
            self.items.setdefault(name, [])
            self.reads.setdefault(name, 0)

    def publish(self, name: str, title: str, summary: str, at: datetime | None = None) -> None:
        """A new item at the top of an outlet's feed."""
        guid = f"{name}-{len(self.items[name]) + 1}"
        self.items[name].insert(0, Item(title, summary, guid, at or datetime.now(UTC)))

    def rss(self, name: str) -> str:
        items = "".join(
            f"<item><title>{escape(item.title)}</title><description>{escape(item.summary)}</description>"
            f"<link>http://127.0.0.1:{self.port}/{escape(item.guid)}</link><guid>{escape(item.guid)}</guid>"
            f"<pubDate>{format_datetime(item.published)}</pubDate></item>"
            for item in self.items[name]
        )
        return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(name)}</title>{items}</channel></rss>'

    async def serve(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self.items:
            return web.Response(status=404)
        self.reads[name] += 1
        if name in self.restless:
            self.items[name].clear()
            for number in range(6):
                self.publish(name, f"Hockey match {self.reads[name]}.{number} ends level", "Nobody scored.")
                self.items[name][0] = replace(self.items[name][0], guid=f"{name}-{self.reads[name]}-{number}")
        return web.Response(text=self.rss(name), content_type="application/rss+xml")

    async def read_again(self, rounds: int = 2) -> None:
        """Return once every feed was asked for so many more times: then what was in it has been judged."""
        aims = {name: count + rounds for name, count in self.reads.items()}
        await until(lambda: all(self.reads[name] >= aim for name, aim in aims.items()))


async def until(done: Callable[[], T | Awaitable[T]], seconds: float = PATIENCE) -> T:
    """What `done` answers once it answers anything; a test that waits in vain fails here."""
    async with asyncio.timeout(seconds):
        while True:
            answer = done()
            result: Any = await answer if isinstance(answer, Awaitable) else answer
            if result:
                return result  # type: ignore[no-any-return]
            await asyncio.sleep(0.05)


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    room = Newsroom()
    app = web.Application()
    app.router.add_get("/feeds/{name}", room.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    room.port = runner.addresses[0][1]
    yield room
    await runner.cleanup()


class Program:
    """`python -m bot …` with a configuration, a state folder and an environment of its own."""

    def __init__(self, folder: Path, newsroom: Newsroom) -> None:
        self.config, self.state, self.output = folder / "config", folder / "state", folder / "output.txt"
        self.config.mkdir()
        self.newsroom = newsroom
        self.environment: dict[str, str] = {}
        self.process: asyncio.subprocess.Process | None = None

    def feeds(self, **sides: str) -> None:
        """Only these outlets' feeds are read: the shipped ones are switched off, name by name."""
        self.newsroom.open(*sides)
        rows = [
            f'[[feed]]\nname = "{row["name"]}"\nenabled = false\n'
            for row in tomllib.loads(SHIPPED.read_text("utf-8"))["feed"]
        ]
        for name, side in sides.items():
            url = f"http://127.0.0.1:{self.newsroom.port}/feeds/{name}"
            rows.append(
                f'[[feed]]\nname = "test {name}"\nurl = "{url}"\noutlet = "{name}"\nside = "{side}"\nenabled = true\n'
            )
        (self.config / "feeds.toml").write_text("\n".join(rows), "utf-8")

    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        port = {"BORDERWIRE_FETCH__ALLOW_PORTS": f"[{self.newsroom.port}]"}
        return kept | QUICK | port | self.environment

    async def start(self, *words: str) -> None:
        command = [sys.executable, "-m", "bot", "--config", str(self.config), "--state", str(self.state)]
        with self.output.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *command, *(words or ("run",)), cwd=ROOT, env=self.env(), stdout=output, stderr=output
            )

    async def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it as a container does, or harder; its exit code."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(by)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def ended(self) -> int:
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    @property
    def said(self) -> str:
        return self.output.read_text("utf-8", "replace") if self.output.exists() else ""


@pytest.fixture
async def program(tmp_path: Path, newsroom: Newsroom) -> AsyncIterator[Program]:
    made = Program(tmp_path, newsroom)
    yield made
    if made.process is not None and made.process.returncode is None:
        made.process.kill()
        await made.process.wait()


@pytest.fixture
def discord(tmp_path: Path, program: Program) -> Iterator[FakeDiscord]:
    """A fake Discord, and a program that is told to use it."""
    with discord_running(tmp_path / "discord.jsonl") as fake:
        program.environment |= {"DISCORD_TOKEN": fake.token, "DISCORD_API_BASE": fake.api}
        yield fake


@pytest.fixture
def slack(tmp_path: Path, program: Program) -> Iterator[FakeSlack]:
    """A fake Slack, and a program that is told to use it."""
    with slack_running(tmp_path / "slack.jsonl") as fake:
        program.environment |= {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": fake.api_url,
            "BORDERWIRE_OUTBOX__SETTLE": "0.5",
        }
        yield fake


async def connected(slack: FakeSlack) -> None:
    async def sockets() -> int:
        return int((await slack.truth())["sockets"])

    await until(sockets)
