"""A copy takes the place of the store whole, or the store stays as it was; a log left over harms nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import db, meta, migrate, restore

NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)


class Killed(BaseException):
    """As SIGKILL: nothing is tidied up."""


async def remember(state: Path, *names: str) -> None:
    async with db.opened(state) as database, database.write() as connection:
        for name in names:
            await meta.put(connection, name, 1)


async def known(state: Path) -> set[str]:
    async with db.opened(state) as database, database.read() as connection:
        rows = await connection.execute_fetchall("SELECT name FROM meta")
        return {row["name"] for row in rows}


async def copied(state: Path) -> Path:
    await remember(state, "early")
    return migrate.backup(state / db.FILE, state / db.BACKUPS, 3, NOW)


def crash(state: Path, *names: str) -> None:
    """Leave a log that was never folded in, as a killed program does."""
    path, log = state / db.FILE, state / f"{db.FILE}-wal"
    with migrate.connected(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for name in names:
            connection.execute("INSERT INTO meta (name, value) VALUES (?, 1)", (name,))
        kept = path.read_bytes(), log.read_bytes()
    path.write_bytes(kept[0])
    log.write_bytes(kept[1])


async def test_the_copy_is_the_store_and_the_store_is_kept(tmp_path: Path) -> None:
    copy = await copied(tmp_path)
    await remember(tmp_path, "late")
    crash(tmp_path, "last")
    aside = restore.restore(tmp_path, copy, NOW)
    assert await known(tmp_path) == {"early", "copied"}
    with contextlib.closing(sqlite3.connect(aside)) as connection:
        assert {name for (name,) in connection.execute("SELECT name FROM meta")} == {"early", "late", "last"}


@pytest.mark.parametrize("step", restore.STEPS)
async def test_killed_at_any_step_it_is_the_one_or_the_other(tmp_path: Path, step: str) -> None:
    copy = await copied(tmp_path)
    crash(tmp_path, "last")

    def die(name: str) -> None:
        if name == step:
            raise Killed

    with pytest.raises(Killed):
        restore.restore(tmp_path, copy, NOW, die)
    expected = {"early", "copied"} if step == "restored" else {"early", "last"}
    assert await known(tmp_path) == expected
    restore.restore(tmp_path, copy, NOW)
    assert await known(tmp_path) == {"early", "copied"}


async def test_a_damaged_store_and_its_log_make_room(tmp_path: Path) -> None:
    copy = await copied(tmp_path)
    crash(tmp_path, "last")
    (tmp_path / db.FILE).write_bytes(os.urandom(50_000))
    restore.restore(tmp_path, copy, NOW)
    assert await known(tmp_path) == {"early", "copied"}


async def test_where_there_is_no_store_the_copy_becomes_it(tmp_path: Path) -> None:
    copy = await copied(tmp_path / "a")
    restore.restore(tmp_path / "b", copy, NOW)
    assert await known(tmp_path / "b") == {"early", "copied"}


async def test_a_plain_copy_is_taken_for_as_old_as_its_file(tmp_path: Path) -> None:
    await remember(tmp_path / "a", "early")
    plain = tmp_path / "plain.sqlite3"
    shutil.copyfile(tmp_path / "a" / db.FILE, plain)
    os.utime(plain, (1_000.0, 1_000.0))
    restore.restore(tmp_path / "b", plain, NOW)
    async with db.opened(tmp_path / "b") as database, database.read() as connection:
        assert await meta.get(connection, meta.COPIED) == 1_000.0


async def test_the_copy_of_a_copy_is_as_old_as_the_first(tmp_path: Path) -> None:
    restore.restore(tmp_path / "b", await copied(tmp_path / "a"), NOW)
    later = migrate.backup(tmp_path / "b" / db.FILE, tmp_path / "b" / db.BACKUPS, 3, NOW + timedelta(hours=1))
    restore.restore(tmp_path / "c", later, NOW + timedelta(hours=2))
    async with db.opened(tmp_path / "c") as database, database.read() as connection:
        assert await meta.get(connection, meta.COPIED) == NOW.timestamp()


@pytest.mark.parametrize("damage", ["empty", "noise", "torn"])
async def test_what_is_not_a_whole_copy_is_refused(tmp_path: Path, damage: str) -> None:
    copy = await copied(tmp_path)
    await remember(tmp_path, "late")
    content = copy.read_bytes()
    spoilt = {"empty": b"", "noise": os.urandom(9_000), "torn": content[: len(content) // 2]}
    copy.write_bytes(spoilt[damage])
    with pytest.raises(migrate.StateError):
        restore.restore(tmp_path, copy, NOW)
    assert await known(tmp_path) == {"early", "late"}


async def test_a_running_bot_keeps_its_store(tmp_path: Path) -> None:
    copy = await copied(tmp_path)
    async with db.opened(tmp_path):
        with pytest.raises(db.StateInUse):
            restore.restore(tmp_path, copy, NOW)
