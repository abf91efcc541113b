"""The real program is stopped in the middle of a send, or started twice: nothing is lost, nothing comes twice."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.killtest import verdict
from tests.killtest.harness import Harness
from tests.killtest.plan import Plan
from tests.killtest.program import Life, Zygote, zygote

PLAN = Plan(0, 1, stories=2, rises=0, discord=1, slack=1, share=1.0)
ROOM, HALL = "1300000000000000000", "C0KILL0"


@pytest.fixture
async def server() -> AsyncIterator[Zygote]:
    async with zygote() as running:
        yield running


async def reached(life: Life, step: str) -> None:
    while step not in life.steps:
        assert not life.ended
        await life.news()


@pytest.mark.parametrize("fault", ["hang", "late"])
async def test_sigterm_during_a_send(tmp_path: Path, server: Zygote, fault: str) -> None:
    harness = Harness(tmp_path, replace(PLAN, faults=(fault,)), server)
    async with harness.scene([ROOM], [HALL]) as (discord, slack):
        await harness.baseline()
        await harness.faulty(discord, slack, 1.0)
        harness.publish()
        life = await server.start(harness.order())
        await reached(life, "trying")
        await life.kill(signal.SIGTERM)
        assert (life.killed, life.status) == (False, 0)  # it ended by itself, in order
        harness.publish()
        await harness.faulty(discord, slack, 0.0)
        await harness.undisturbed()
        texts = verdict.discord_texts(await discord.admin("state"), [ROOM])
        texts |= verdict.slack_texts(await slack.truth(), [HALL])
    assert verdict.judge(harness.stories, texts).troubles == []


async def test_a_second_program_on_the_same_state_refuses_to_start(tmp_path: Path, server: Zygote) -> None:
    harness = Harness(tmp_path, PLAN, server)
    async with harness.scene([ROOM], [HALL]) as (discord, slack):
        await harness.baseline()
        first = await server.start(harness.order())
        await reached(first, "committed")
        second = await server.start(harness.order())
        await second.over()
        assert not second.killed
        assert second.status
        assert f"in use by another borderwire (process {first.pid})" in harness.tail()
        harness.publish()
        harness.publish()
        await harness.rest(first)
        await harness.stop(first)
        await harness.undisturbed()
        texts = verdict.discord_texts(await discord.admin("state"), [ROOM])
        texts |= verdict.slack_texts(await slack.truth(), [HALL])
    assert verdict.judge(harness.stories, texts).troubles == []
