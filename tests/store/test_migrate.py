"""An older store becomes this one's, whole or not at all; a newer one is left alone."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import db, meta, migrate

NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
LATEST = migrate.migrations()[-1][0]
NEXT = (LATEST + 1, "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; INSERT INTO later VALUES (7);")
BROKEN = (LATEST + 1, "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (7);")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    first = migrate.migrations()

    def use(*more: tuple[int, str], schema: str | None = None) -> None:
        monkeypatch.setattr(migrate, "migrations", lambda: [*first, *more])
        if schema is not None:
            monkeypatch.setattr(migrate, "expected", lambda: of(schema))

    return use


def of(sql: str) -> list[tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(sql)
        return migrate.schema_of(connection)


def files(state: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in state.glob("bot.sqlite3*")}


def everything() -> str:
    return "\n".join(sql for _, sql in migrate.migrations())


def test_the_schema_is_what_the_migrations_make() -> None:
    assert of(everything()) == migrate.expected()


async def test_a_migration_is_applied_once_after_a_copy(tmp_path: Path, steps: Callable[..., None]) -> None:
    async with db.opened(tmp_path) as database, database.write() as connection:
        await meta.put(connection, "before", 1)
    assert not list((tmp_path / "backups").iterdir())
    steps(NEXT, schema=everything() + NEXT[1])
    for _ in range(2):
        async with db.opened(tmp_path) as database, database.read() as connection:
            assert [row["id"] for row in await connection.execute_fetchall("SELECT id FROM later")] == [7]
    (copy,) = (tmp_path / "backups").glob("*.sqlite3")
    assert (copy.stat().st_mode & 0o777, copy.name.endswith(f"-v{LATEST}.sqlite3")) == (0o600, True)
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert {name for (name,) in connection.execute("SELECT name FROM meta")} == {"before", "copied"}
        assert connection.execute("PRAGMA user_version").fetchone() == (LATEST,)


async def test_a_failed_migration_leaves_the_old_version(tmp_path: Path, steps: Callable[..., None]) -> None:
    async with db.opened(tmp_path):
        pass
    steps(BROKEN)
    with pytest.raises(migrate.StateUnusable, match="nowhere"):
        async with db.opened(tmp_path):
            pass
    assert migrate.version_of(tmp_path / db.FILE) == LATEST
    with contextlib.closing(sqlite3.connect(tmp_path / db.FILE)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'later'").fetchall()


@pytest.mark.parametrize("open_store", [db.opened, db.joined])
async def test_a_newer_store_is_refused_and_untouched(
    tmp_path: Path, open_store: Callable[..., object]
) -> None:
    async with db.opened(tmp_path) as database, database.write() as connection:
        await meta.put(connection, "before", 1)
    with contextlib.closing(sqlite3.connect(tmp_path / db.FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = files(tmp_path)
    with pytest.raises(
        migrate.StateTooNew, match=rf"version 99, this one knows {LATEST}\); nothing was changed"
    ):
        async with open_store(tmp_path):  # type: ignore[attr-defined]
            pass
    assert files(tmp_path) == before
    assert not list((tmp_path / "backups").iterdir())


async def test_a_store_with_other_tables_is_refused(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database, database.write() as connection:
        await connection.execute("DROP TABLE claim")
    with pytest.raises(migrate.StateUnusable, match="does not have the tables"):
        async with db.opened(tmp_path):
            pass


async def test_a_damaged_store_is_refused_with_advice(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        await database.checkpoint()
    content = bytearray((tmp_path / db.FILE).read_bytes())
    content[4096:8192] = b"\xff" * 4096
    (tmp_path / db.FILE).write_bytes(content)
    with pytest.raises(migrate.StateUnusable, match=r"backups"):
        async with db.opened(tmp_path):
            pass


async def test_only_the_newest_copies_stay(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database:
        made = [
            migrate.backup(database.path, tmp_path / "backups", 3, NOW + timedelta(seconds=n))
            for n in range(5)
        ]
    assert sorted((tmp_path / "backups").iterdir()) == made[-3:]


async def test_a_restored_copy_says_so(tmp_path: Path) -> None:
    async with db.opened(tmp_path / "old") as database:
        copy = migrate.backup(database.path, tmp_path / "old" / "backups", 3, NOW)
        async with database.read() as connection:
            assert await meta.get(connection, meta.COPIED) is None
    (tmp_path / "new").mkdir()
    copy.rename(tmp_path / "new" / db.FILE)
    async with db.opened(tmp_path / "new") as database, database.read() as connection:
        assert await meta.get(connection, meta.COPIED) == NOW.timestamp()
