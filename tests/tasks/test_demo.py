"""The demo shows what the bot is for, on the real parts, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.tasks.newsroom import Rounds
from tests.tasks.conftest import Bot


def test_the_demo_tells_each_story_and_its_changes(bot: Bot, tmp_path: Path) -> None:
    done = bot("demo", "--keep", str(tmp_path / "kept"), COLUMNS="200")
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert "Nothing is posted." in said.partition("12 Oct 2025")[0]
    assert "58 Pakistani soldiers killed — Zabihullah Mujahid (claim about the other side)" in said
    assert "ISPR (own loss)" in said
    assert "sides contradict each other" in said
    assert "updated" in said
    assert "Changed" in said
    assert "at least 17 civilians killed" in said
    assert "/timeline" in said
    assert "answered 304 Not Modified" in said or "What the bot remembers" in said
    for noise in ("Rashid Khan", "magnitude", "middle order"):
        assert noise not in said
    assert (tmp_path / "kept" / "bot.sqlite3").is_file()
    assert "Traceback" not in done.stderr


async def test_feeds_are_read_in_one_order_and_an_old_page_does_not_count() -> None:
    rounds = Rounds(["Courier", "Lantern"])
    await rounds.turn_of("Courier")
    rounds.turn()
    rounds.polled("Courier")  # it was given the page before
    second = asyncio.create_task(rounds.turn_of("Lantern"))
    await asyncio.sleep(0)
    assert not second.done()
    await rounds.turn_of("Courier")
    rounds.polled("Courier")
    await second
    rounds.polled("Lantern")
    await rounds.done(0)
