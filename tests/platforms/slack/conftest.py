"""One fake Slack for all these tests, as new for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.slack_process import FakeSlack, running


@pytest.fixture(scope="session")
def slack_process() -> Iterator[FakeSlack]:
    with running() as fake:
        yield fake


@pytest.fixture
async def slack(slack_process: FakeSlack) -> FakeSlack:
    await slack_process.admin("reset", {})
    return slack_process
