"""Copies of what the bot remembers: made while it runs, put back while it does not."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from bot.settings import Configuration
from bot.store import db, migrate
from bot.store import restore as restoring
from bot.tasks import Trouble


def backup(configuration: Configuration, now: datetime) -> Path:
    """A whole copy in the state folder's backups; beside a running bot, too."""
    state = configuration.state
    if not (state / db.FILE).is_file():
        raise Trouble(f"{state} holds nothing to copy yet")
    try:
        return migrate.backup(
            state / db.FILE, state / db.BACKUPS, configuration.settings.store.keep_backups, now
        )
    except (sqlite3.Error, OSError) as error:
        raise Trouble(f"{state / db.FILE} cannot be copied: {error}") from None


def restore(configuration: Configuration, copy: Path, now: datetime) -> Path:
    """Put a copy in place; where the store that it replaced is kept."""
    if not copy.is_file():
        raise Trouble(f"{copy}: no such file")
    return restoring.restore(configuration.state, copy, now)
