"""What tests of several rooms share."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.news.topics.topic import Topic
from tests.news.making import shipped


@pytest.fixture
def logs_as_before() -> Iterator[None]:
    """Whatever a test sets about logs holds for it alone."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def topic() -> Topic:
    """The shipped topic, read once."""
    return shipped()
