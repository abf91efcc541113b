"""Puts a copy in the place of the store, whole or not at all; what was there before is kept beside the copies."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.store import db, migrate

STEPS = ("restoring", "folded away", "restored")  # where a crash is tried
LOG, SHARED = "-wal", "-shm"  # SQLite's own files beside a store


def restore(state: Path, copy: Path, now: datetime, step: Callable[[str], None] = lambda name: None) -> Path:
    """Make `copy` the store of a state folder that no bot is using; where the replaced store is kept.

    Raises a StateError, and changes nothing, if the folder is in use or the copy is not a whole store of ours.
    """
    db.prepare(state)
    with db.locked(state):
        path, aside = state / db.FILE, state / db.BACKUPS / f"replaced-{now:%Y%m%dT%H%M%S}Z.sqlite3"
        try:
            draft = drawn(copy, path.with_suffix(".draft"), now)
            step("restoring")
            if path.exists():
                put_aside(path, aside)
            step("folded away")
            draft.replace(path)
            settle(state)
        except (sqlite3.Error, OSError) as error:
            raise migrate.StateUnusable(f"{copy} cannot be restored ({error})") from error
        step("restored")
    return aside


def drawn(copy: Path, draft: Path, now: datetime) -> Path:
    """A checked copy of the copy, on disk, that knows since when it has lagged behind the channels."""
    migrate.known_version(copy, migrate.migrations()[-1][0])
    shutil.copyfile(copy, draft)
    draft.chmod(0o600)
    with migrate.connected(draft) as connection:
        damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok" or not connection.execute("PRAGMA user_version").fetchone()[0]:
            raise migrate.StateUnusable(f"{copy} is not a whole store of the bot ({damage})")
        connection.execute("PRAGMA journal_mode = DELETE")
        migrate.mark(connection, min(copy.stat().st_mtime, now.timestamp()))
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    return draft


def put_aside(path: Path, aside: Path) -> None:
    """Keep the store that is replaced; its log is folded into it, or goes with it where it is damaged.

    A log that stayed behind would be played into the copy, and damage that.
    """
    with contextlib.suppress(sqlite3.Error), migrate.connected(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(path, aside)
    aside.chmod(0o600)
    log = path.with_name(path.name + LOG)
    if log.exists() and log.stat().st_size:
        log.replace(aside.with_name(aside.name + LOG))
    for name in (LOG, SHARED):
        path.with_name(path.name + name).unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Have the system write down which names the folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
