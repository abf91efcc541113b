"""One fake Slack for all these tests, as new for each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.platforms.slack import slash
from tests.fakes.slack_process import FakeSlack, running

MANIFEST = Path(slash.__file__).parent / "manifest.json"


@pytest.fixture(scope="session")
def slack_process() -> Iterator[FakeSlack]:
    with running() as fake:
        yield fake


@pytest.fixture
async def slack(slack_process: FakeSlack) -> FakeSlack:
    """A workspace where the app has the scopes of the manifest and no other."""
    await slack_process.admin("reset", {})
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    await slack_process.admin("set", {"scopes": manifest["oauth_config"]["scopes"]["bot"]})
    return slack_process
