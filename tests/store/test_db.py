"""One folder, one program, one writer: whole units of work or nothing."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import db, meta, migrate

PUT = "INSERT INTO meta (name, value) VALUES (?, ?)"


async def names(database: db.Database) -> list[str]:
    async with database.read() as connection:
        rows = await connection.execute_fetchall("SELECT name FROM meta ORDER BY name")
    return [row["name"] for row in rows]


async def test_state_is_ours_alone(tmp_path: Path) -> None:
    state = tmp_path / "state"
    async with db.opened(state) as database:
        assert stat.S_IMODE(state.stat().st_mode) == 0o700
        assert stat.S_IMODE(database.path.stat().st_mode) == 0o600
        async with database.read() as connection:
            pragmas = [
                next(iter(await connection.execute_fetchall(f"PRAGMA {name}")))[0]
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
    assert pragmas == ["wal", 2, 1]


async def test_a_unit_of_work_is_whole_or_nothing(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        async with database.write() as connection:
            await meta.put(connection, "kept", 1)

        async def unit() -> None:
            async with database.write() as connection:
                await meta.put(connection, "lost", 1)
                raise RuntimeError("half-way")

        with pytest.raises(RuntimeError, match="half-way"):
            await unit()
        assert await names(database) == ["kept"]


async def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:

        async def unit(number: int) -> None:
            async with database.write() as connection:
                before = await meta.get(connection, "sum") or 0
                await asyncio.sleep(0)
                await meta.put(connection, "sum", int(before) + number)
                if number % 5 == 0:
                    raise ValueError(number)

        done = await asyncio.gather(*(unit(number) for number in range(1, 31)), return_exceptions=True)
        assert sum(isinstance(result, ValueError) for result in done) == 6
        async with database.read() as connection:
            assert await meta.get(connection, "sum") == sum(n for n in range(1, 31) if n % 5)


@pytest.mark.parametrize("turns", range(12))
async def test_a_cancelled_unit_leaves_nothing_and_the_next_one_works(tmp_path: Path, turns: int) -> None:
    """Cancelled at every await in turn: half of a unit is never kept, and the writer is never stuck."""
    async with db.opened(tmp_path) as database:

        async def unit() -> None:
            async with database.write() as connection:
                await meta.put(connection, "one", 1)
                await meta.put(connection, "two", 2)

        task = asyncio.create_task(unit())
        for _ in range(turns):
            await asyncio.sleep(0.0003)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await names(database) in ([], ["one", "two"])
        async with database.write() as connection:
            await meta.put(connection, "after", 3)
        assert "after" in await names(database)


async def test_a_commit_under_way_is_finished_before_the_cancellation_is_raised(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        reached = asyncio.Event()

        async def unit() -> None:
            async with database.write() as connection:
                await meta.put(connection, "one", 1)
                reached.set()

        task = asyncio.create_task(unit())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await names(database) == ["one"]


async def test_a_reader_sees_one_moment_and_cannot_write(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database, database.read() as connection:
        assert await meta.get(connection, "later") is None
        async with database.write() as writer:
            await meta.put(writer, "later", 1)
        assert await meta.get(connection, "later") is None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await connection.execute(PUT, ("x", 1))


async def test_a_second_instance_is_refused_and_named(tmp_path: Path) -> None:
    async with db.opened(tmp_path):
        with pytest.raises(db.StateInUse, match=rf"in use by another borderwire \(process {os.getpid()}\)"):
            async with db.opened(tmp_path):
                pass
    async with db.opened(tmp_path):
        pass


def test_a_killed_process_leaves_no_lock_and_no_half_unit(tmp_path: Path) -> None:
    program = f"""
import asyncio, os, pathlib, signal
from bot.store import db, meta
async def main():
    async with db.opened(pathlib.Path({str(tmp_path)!r})) as database:
        async with database.write() as connection:
            await meta.put(connection, "kept", 1)
        async with database.write() as connection:
            await meta.put(connection, "lost", 1)
            os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2])
    assert ended.returncode == -9

    async def after() -> list[str]:
        async with db.opened(tmp_path) as database:
            return await names(database)

    assert asyncio.run(after()) == ["kept"]


async def test_disk_full_loses_the_unit_and_nothing_else(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        async with database.write() as connection:
            await meta.put(connection, "kept", 1)
            pages = next(iter(await connection.execute_fetchall("PRAGMA page_count")))[0]
            await connection.execute_fetchall(f"PRAGMA max_page_count = {pages}")

        async def unit() -> None:
            async with database.write() as connection:
                await meta.put(connection, "small", 1)
                await meta.put(connection, "large", "x" * 100_000)

        with pytest.raises(sqlite3.OperationalError, match="full"):
            await unit()
        assert await names(database) == ["kept"]
        async with database.write() as connection:
            await connection.execute_fetchall("PRAGMA max_page_count = 1000000")
        async with database.write() as connection:
            await meta.put(connection, "large", "x" * 100_000)
            damage = next(iter(await connection.execute_fetchall("PRAGMA integrity_check")))[0]
        assert (damage, await names(database)) == ("ok", ["kept", "large"])


async def test_a_folder_that_cannot_be_used_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(migrate.StateUnusable, match=r"state folder .*state: .*must be writable") as caught:
        async with db.opened(tmp_path / "state"):
            pass
    assert "\n" not in str(caught.value)


async def test_a_question_joins_a_running_bot(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        async with database.write() as connection:
            await meta.put(connection, "kept", 1)
        async with db.joined(tmp_path) as beside:
            assert await names(beside) == ["kept"]
            async with beside.write() as connection:
                await meta.put(connection, "asked", 1)
        assert await names(database) == ["asked", "kept"]


async def test_a_question_without_a_bot_opens_the_store_itself(tmp_path: Path) -> None:
    async with db.joined(tmp_path) as database:
        assert await names(database) == []
        with pytest.raises(db.StateInUse):
            async with db.opened(tmp_path):
                pass
