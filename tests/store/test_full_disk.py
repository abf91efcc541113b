"""A disk that is full at any byte of a copy, a migration or a restoring: the store stays whole, and it works later."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import db, migrate, restore

NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
ROWS = 40
STEP = 24 * 1024  # bytes between two sizes of the disk
BIGGER = "CREATE TABLE later (name TEXT) STRICT; INSERT INTO later SELECT name || value FROM meta;"


def store(state: Path, said: str) -> Path:
    """A store of some pages, closed in order."""
    (state / db.BACKUPS).mkdir(parents=True)
    migrate.migrate(state / db.FILE, state / db.BACKUPS, 3, NOW)
    with migrate.connected(state / db.FILE) as connection:
        rows = [(f"{said} {n}", "x" * 4_000) for n in range(ROWS)]
        connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", rows)
    return state


def within(size: int, work: Callable[[], object]) -> bool:
    """Do it while no file may grow beyond `size`; whether it could be done."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        work()
    except (migrate.StateError, sqlite3.Error, OSError):
        return False
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    return True


def names(state: Path) -> list[str]:
    """What is remembered, from a store that SQLite finds nothing wrong with."""
    with migrate.connected(state / db.FILE) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return [name for (name,) in connection.execute("SELECT DISTINCT substr(name, 1, 3) FROM meta")]


def every_size(state: Path, work: Callable[[], object], sound: Callable[[], None]) -> None:
    """Ever bigger disks until there is room; `sound` looks after each that was too small."""
    size, refused = 0, 0
    while not within(size, work):
        sound()
        refused += 1
        size += STEP
    assert refused > 3
    assert size > (state / db.FILE).stat().st_size / 2


def test_a_copy(tmp_path: Path) -> None:
    state = store(tmp_path, "old")

    def sound() -> None:
        assert names(state) == ["old"]
        assert list((state / db.BACKUPS).glob("bot-*.sqlite3")) == []

    every_size(state, lambda: migrate.backup(state / db.FILE, state / db.BACKUPS, 3, NOW), sound)
    (copy,) = (state / db.BACKUPS).glob("bot-*.sqlite3")
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM meta").fetchone() == (ROWS + 1,)


def test_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = store(tmp_path, "old")
    steps = migrate.migrations()
    latest = steps[-1][0]
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        for sql in (*(sql for _, sql in steps), BIGGER):
            connection.executescript(sql)
        schema = migrate.schema_of(connection)
    monkeypatch.setattr(migrate, "migrations", lambda: [*steps, (latest + 1, BIGGER)])
    monkeypatch.setattr(migrate, "expected", lambda: schema)
    versions = set()

    def sound() -> None:
        assert names(state) == ["old"]
        versions.add(migrate.version_of(state / db.FILE))

    every_size(state, lambda: migrate.migrate(state / db.FILE, state / db.BACKUPS, 3, NOW), sound)
    assert versions == {latest}  # before it was whole, it was not there
    assert migrate.version_of(state / db.FILE) == latest + 1


def test_a_restoring(tmp_path: Path) -> None:
    state, other = store(tmp_path / "a", "old"), store(tmp_path / "b", "new")
    copy = migrate.backup(other / db.FILE, other / db.BACKUPS, 3, NOW)

    def sound() -> None:
        assert names(state) == ["old"]

    every_size(state, lambda: restore.restore(state, copy, NOW), sound)
    assert names(state) == ["cop", "new"]
