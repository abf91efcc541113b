"""Brings a store written by an older version up to this one, after a copy was put aside.

Migrations are numbered SQL files. Each is applied together with its number in one transaction, so a
crash leaves the version before or the version after, never something between. A released file is
never edited: what it made is compared with `schema.sql` at every start.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA wal_autocheckpoint = 4000",  # 16 MB: what is written again and again is folded in once
)
COPIED = "copied"  # meta row that only copies carry: who opens one knows that it is older than the channels
RESTORED = "restored"  # and when it was first opened

SPACED = re.compile(r" ?([(),]) ?")
SCHEMA = (
    "SELECT type, name, sql FROM sqlite_schema"
    " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name"
)


class StateError(Exception):
    """The state folder cannot be used; the message is one line for the operator."""


class StateTooNew(StateError):
    """The store was written by a newer borderwire."""


class StateUnusable(StateError):
    """Unwritable, damaged, or not ours."""


def migrations() -> list[tuple[int, str]]:
    """The numbered steps, oldest first: (number, SQL)."""
    folder = resources.files("bot.store") / "migrations"
    files = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [(int(name.split("_", 1)[0]), (folder / name).read_text("utf-8")) for name in files]


def migrate(path: Path, backups: Path, keep: int, now: datetime) -> int:
    """Apply what is missing; the version afterwards. A newer store is refused before it is touched."""
    steps = migrations()
    newest = steps[-1][0]
    try:
        version = known_version(path, newest)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        path.chmod(0o600)
        if 0 < version < newest:
            backup(path, backups, keep, now)
        with connected(path) as connection:
            for pragma in PRAGMAS:
                connection.execute(pragma)
            for number, sql in steps:
                if number > version:
                    apply(connection, number, sql)
            check(connection, path)
    except (sqlite3.Error, OSError) as error:
        raise StateUnusable(
            f"{path} cannot be used ({error}): is the disk full, or the file damaged? A copy may be in"
            f" {backups}; `restore COPY` puts it back"
        ) from error
    return newest


def version_of(path: Path) -> int:
    """The store's version without changing a byte of it; 0 where there is none yet."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    if not path.with_name(f"{path.name}-wal").exists():
        # Closed in order, so the file's own header tells; SQLite would leave files beside it.
        with path.open("rb") as file:
            header = file.read(100)
        return int.from_bytes(header[60:64], "big") if header.startswith(b"SQLite format 3") else 0
    with connected(path, "?mode=ro") as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def known_version(path: Path, newest: int) -> int:
    """The store's version, refused where only a newer borderwire knows it."""
    version = version_of(path)
    if version > newest:
        raise StateTooNew(
            f"{path} was written by a newer borderwire (store version {version}, this one knows"
            f" {newest}); nothing was changed: install the newer version or use another state folder"
        )
    return version


def apply(connection: sqlite3.Connection, number: int, sql: str) -> None:
    """One step and its number, or nothing."""
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number:d};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise


def check(connection: sqlite3.Connection, path: Path) -> None:
    """The tables are those that this version was written for, whole, with no row that points nowhere."""
    if schema_of(connection) != expected():
        raise StateUnusable(
            f"{path} does not have the tables of this version; restore a copy or start afresh"
        )
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise StateUnusable(f"{path} is damaged ({damage}); restore a copy from the backups folder")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StateUnusable(f"{path} has rows that point nowhere; restore a copy from the backups folder")


def schema_of(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Every table and index as written, white space folded (a column that was added has its own)."""
    return [
        (kind, name, SPACED.sub(r"\1", " ".join(sql.split())))
        for kind, name, sql in connection.execute(SCHEMA)
    ]


@cache
def expected() -> list[tuple[str, str, str]]:
    """The schema as `schema.sql` states it."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript((resources.files("bot.store") / "schema.sql").read_text("utf-8"))
        return schema_of(connection)


def backup(path: Path, backups: Path, keep: int, now: datetime) -> Path:
    """A consistent copy named by version and time, marked as a copy; only the newest `keep` stay."""
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    with connected(path) as source:
        version = source.execute("PRAGMA user_version").fetchone()[0]
        final = backups / f"bot-{now:%Y%m%dT%H%M%S}Z-v{version}.sqlite3"
        draft = final.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with connected(draft) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            mark(copy, now.timestamp())
    draft.replace(final)
    for old in sorted(backups.glob("bot-*.sqlite3"))[: -max(1, keep)]:
        old.unlink()
    return final


def mark(copy: sqlite3.Connection, made: float) -> None:
    """Write into a copy that it is one. The copy of a copy may lack what the first one lacks."""
    said = copy.execute("SELECT value FROM meta WHERE name = ?", (COPIED,)).fetchone()
    since = min(made, said[0]) if said else made
    copy.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (COPIED, since))
    copy.execute("DELETE FROM meta WHERE name = ?", (RESTORED,))  # of an earlier copy


@contextlib.contextmanager
def connected(path: Path, query: str = "") -> Iterator[sqlite3.Connection]:
    """A plain connection that is closed at the end; every statement commits itself."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}{query}", uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
