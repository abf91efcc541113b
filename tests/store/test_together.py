"""Many small questions share transactions; what befalls one of those who ask does not befall the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite
import pytest

from bot.store import db
from bot.store.together import Together


class Counted:
    """Transactions of a real store, counted."""

    def __init__(self, database: db.Database) -> None:
        self.database, self.begun = database, 0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[aiosqlite.Connection]:
        self.begun += 1
        async with self.database.write() as connection:
            yield connection


async def note(connection: aiosqlite.Connection, names: Sequence[str]) -> list[str]:
    await connection.executemany("INSERT INTO meta (name, value) VALUES (?, 1)", [(name,) for name in names])
    return [name.upper() for name in names]


async def noted(database: db.Database) -> set[str]:
    async with database.read() as connection:
        return {
            row["name"] for row in await connection.execute_fetchall("SELECT name FROM meta WHERE value = 1")
        }


async def test_those_who_wait_share_a_transaction_and_each_gets_its_own_answer(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        counted = Counted(database)
        together = Together(counted.write, note)
        names = [f"feed {number}" for number in range(200)]
        assert await asyncio.gather(*map(together, names)) == [name.upper() for name in names]
        assert counted.begun <= 3
        assert await together("alone") == "ALONE"
        assert await noted(database) == {*names, "alone"}


async def test_a_transaction_that_fails_is_told_to_all_of_it_and_to_nobody_else(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        together = Together(database.write, note)
        await together("twice")
        answers = await asyncio.gather(together("once"), together("twice"), return_exceptions=True)
        assert [type(answer) for answer in answers] == [aiosqlite.IntegrityError] * 2
        assert await noted(database) == {"twice"}
        assert await together("later") == "LATER"


async def test_who_does_not_wait_for_the_answer_takes_none_from_others(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        together = Together(database.write, note)
        hasty, patient = asyncio.create_task(together("a")), asyncio.create_task(together("b"))
        await asyncio.sleep(0)
        hasty.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hasty
        assert await patient == "B"
