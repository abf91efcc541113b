"""`export`: everything that is remembered of stories, and everything that is kept about a place, a line at a time."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import settings
from bot.store import alerts, db, deliveries, dump, stories, subscriptions
from bot.tasks import Trouble, export
from tests.store import nouns
from tests.tasks.conftest import Bot

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


async def exported(state: Path, place: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    await export.export(settings.load(None, state, {}), place, rows.append)
    return rows


async def filled(state: Path, count: int) -> None:
    async with db.opened(state) as database, database.write() as connection:
        await stories.save(connection, [nouns.story(number) for number in range(1, count + 1)])
        await alerts.add(connection, [nouns.alert(1)], NOW)
        for channel, space in (("c1", "guild"), ("c2", "other")):
            await subscriptions.add(connection, nouns.subscription(channel, space=space))
        wanted = [deliveries.Wanted(1, "instant", "major"), deliveries.Wanted(2, "digest", "minor")]
        await deliveries.add(connection, nouns.alert(1), wanted, 1_700_000_000.0)


async def test_every_story_is_a_line_in_the_order_of_its_number(tmp_path: Path) -> None:
    await filled(tmp_path, 2 * dump.PAGE + 1)
    rows = await exported(tmp_path)
    assert [row["story"] for row in rows] == list(range(1, 2 * dump.PAGE + 2))
    assert rows[0]["revisions"][0]["revision"] == 1
    assert {"claims", "reports", "revisions", "opened", "active", "relevant", "merged_into"} <= rows[1].keys()
    assert json.dumps(rows)


async def test_a_place_gives_its_own_and_nobody_elses(tmp_path: Path) -> None:
    await filled(tmp_path, 1)
    rows = await exported(tmp_path, "guild")
    assert [row["kind"] for row in rows] == ["subscription", "delivery"]
    assert rows[0]["channel"] == "c1"
    assert rows[0]["settings"]["digest"] == "daily"
    assert rows[0]["created"].endswith("+00:00")
    assert rows[1]["because"] == "major"
    assert "other" not in json.dumps(rows)


async def test_nothing_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="holds nothing to export"):
        await exported(tmp_path)
    await filled(tmp_path, 1)
    with pytest.raises(Trouble, match="nothing is kept about a place 'nowhere'"):
        await exported(tmp_path, "nowhere")


def test_the_command_line_writes_json_lines(bot: Bot, tmp_path: Path) -> None:
    asyncio.run(filled(tmp_path / "state", 2))
    done = bot("export")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["story"] for line in done.stdout.splitlines()] == [1, 2]
    done = bot("status")
    assert "Last delivery\nnone yet" in done.stdout
