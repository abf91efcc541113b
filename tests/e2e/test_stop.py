"""The program is told to stop at the worst moments: it ends in order, and sooner than a container kills it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from tests.e2e.conftest import Newsroom, Program, until
from tests.e2e.test_discord import FIRST
from tests.fakes.discord_process import CHANNEL, FakeDiscord
from tests.fakes.slack_process import APP_TOKEN, BOT_TOKEN

SOON = 12.0  # seconds: a stop takes one or two; a wait that is not cut short takes fifteen and more


@dataclass
class Silence:
    """A server that takes every question and answers none."""

    port: int = 0
    asked: dict[str, float] = field(default_factory=dict)  # the first part of a path, and when first

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.setdefault(request.path.split("/")[1], time.monotonic())
        await asyncio.sleep(3600)
        raise AssertionError


@pytest.fixture
async def silence() -> AsyncIterator[Silence]:
    silent, application = Silence(), web.Application()
    application.router.add_route("*", "/{path:.*}", silent.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    silent.port = runner.addresses[0][1]
    yield silent
    await runner.cleanup()


def sound(program: Program, began: float) -> None:
    assert time.monotonic() - began < SOON
    assert "Traceback" not in program.said, program.said
    assert "ERROR" not in program.said.upper(), program.said


async def test_during_a_start_that_waits_for_both_platforms(program: Program, silence: Silence) -> None:
    program.feeds(Dawn="PK")
    program.environment |= {
        "DISCORD_TOKEN": "abc.def.ghi",
        "DISCORD_API_BASE": f"http://127.0.0.1:{silence.port}/discord/v10",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": f"http://127.0.0.1:{silence.port}/slack/",
    }
    await program.start()
    await until(lambda: silence.asked.keys() == {"discord", "slack"})
    assert abs(silence.asked["discord"] - silence.asked["slack"]) < SOON  # side by side
    began = time.monotonic()
    assert await program.stop() == 0
    sound(program, began)


async def test_polls_and_sends_that_hang_end_within_the_same_seconds(
    program: Program, discord: FakeDiscord, newsroom: Newsroom, silence: Silence
) -> None:
    program.environment["BORDERWIRE_OUTBOX__DRAIN"] = "4"
    await hanging(program, discord, newsroom, silence)
    began = time.monotonic()
    assert await program.stop() == 0
    assert time.monotonic() - began > 3.5  # they had their chance
    sound(program, began)


async def test_a_second_signal_cuts_the_ending_short(
    program: Program, discord: FakeDiscord, newsroom: Newsroom, silence: Silence
) -> None:
    program.environment["BORDERWIRE_OUTBOX__DRAIN"] = "60"
    await hanging(program, discord, newsroom, silence)
    began = time.monotonic()
    assert program.process is not None
    program.process.send_signal(signal.SIGINT)
    await until(lambda: "stopping" in program.said)
    assert await program.stop() == 0
    sound(program, began)


async def hanging(program: Program, discord: FakeDiscord, newsroom: Newsroom, silence: Silence) -> None:
    """A running bot in the middle of a poll and of a send, neither of which is answered."""
    program.feeds(TOLOnews="AF")
    with (program.config / "feeds.toml").open("a") as rows:
        rows.write(
            f'[[feed]]\nname = "silent"\nurl = "http://127.0.0.1:{silence.port}/feed"\noutlet = "S"\nside = "PK"\n'
        )
    program.environment["BORDERWIRE_FETCH__ALLOW_PORTS"] = f"[{newsroom.port}, {silence.port}]"
    await program.start()
    await discord.command("subscribe", channel=CHANNEL, manager=True, wait=20)
    await newsroom.read_again()
    await discord.fault("hang")
    newsroom.publish("TOLOnews", *FIRST)
    await until(lambda: discord.truth("create"))
    assert "feed" in silence.asked
