"""The shipped topic, read once."""

from __future__ import annotations

import pytest

from bot.news.topics.topic import Topic
from bot.settings import load


@pytest.fixture(scope="session")
def topic() -> Topic:
    return load(environment={}).topic()
