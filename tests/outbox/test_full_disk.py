"""A disk that is full at any page, or that may only be read: nothing half-written, nothing lost, nothing twice."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import Any

import pytest

from tests.outbox.conftest import Bench
from tests.store.nouns import alert

PAGES = 40  # more than one story and its delivery ever need at once


async def pragma(bench: Bench, name: str, value: int | str = "") -> int:
    """Ask for or set something of the connection that writes."""
    async with bench.database._writing:
        question = f"PRAGMA {name} = {value}" if value != "" else f"PRAGMA {name}"
        rows = list(await bench.database._writer.execute_fetchall(question))
        return int(rows[0][0]) if rows else 0


async def packed(bench: Bench) -> int:
    """Leave no page of the store free; how many there are."""
    async with bench.database._writing:
        await bench.database._writer.execute_fetchall("VACUUM")
    return await pragma(bench, "page_count")


async def rows(bench: Bench, table: str) -> int:
    async with bench.database.read() as connection:
        found = list(await connection.execute_fetchall(f"SELECT count(*) FROM {table}"))  # noqa: S608
        return int(found[0][0])


def bulky(bench: Bench) -> None:
    """Payloads that need pages of their own, so that writing `trying` can be what fails."""
    draw = bench.sink.render

    def render(*given: Any) -> dict[str, Any]:
        return {**draw(*given), "bulk": "x" * 20_000}

    bench.sink.render = render  # type: ignore[method-assign,assignment]


async def test_a_disk_full_at_any_page_delays_and_repeats_nothing(bench: Bench) -> None:
    bulky(bench)
    await bench.subscribe("a", "b")
    refused = 0
    for room in range(PAGES):
        story = room + 1
        await pragma(bench, "max_page_count", await packed(bench) + room % 20)
        before = await rows(bench, "entry"), await rows(bench, "delivery")
        try:
            await bench.say(alert(story))
        except sqlite3.OperationalError:
            refused += 1
            assert (await rows(bench, "entry"), await rows(bench, "delivery")) == before  # all or nothing
        with suppress(sqlite3.OperationalError):  # `run` logs it and looks again
            await bench.ticks(2, 30.0)
        await pragma(bench, "max_page_count", 1_000_000)
        if await rows(bench, "entry") == before[0]:
            await bench.say(alert(story))  # as the next poll does: nothing of it was recorded
        if room % 2:
            bench.new_outbox()
        await bench.settle(20)
    expected = [(number + 1, 1) for number in range(PAGES)]
    assert [bench.sink.shown(channel) for channel in "ab"] == [expected, expected]
    assert 1 < refused < PAGES
    assert await pragma(bench, "foreign_key_check") == 0


@pytest.mark.parametrize("restart", [False, True])
async def test_a_store_that_may_only_be_read_sends_nothing_until_it_may_be_written(
    bench: Bench, restart: bool
) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2))
    await pragma(bench, "query_only", "ON")
    with suppress(sqlite3.OperationalError):
        await bench.ticks(5)
    assert bench.sink.calls == []  # what cannot be written down is not sent
    await pragma(bench, "query_only", "OFF")
    if restart:
        bench.new_outbox()
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]
