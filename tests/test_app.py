"""What the whole is made of: who is handed to whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from bot import app, settings
from bot.feeds.feed import Feed
from bot.outbox.notices import Notices


async def test_what_a_feed_has_to_say_of_itself_goes_to_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Notices, "__call__", lambda self, line: told.append(line))
    configuration = settings.load(state=tmp_path, environment={})
    feed = Feed("https://a.example/rss", "Courier", "Courier")
    async with app.opened(configuration, Console(quiet=True), feeds=[feed]) as parts:
        parts.watch._notice("Courier: retired")
    assert told == ["Courier: retired"]
