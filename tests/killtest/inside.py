"""Names moments inside SQLite's own work, so that the program can be killed there: copy, migration, checkpoint.

The program under test comes in ever later versions: each brings a migration that reads and rewrites deliveries.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot import office
from bot.store import migrate
from bot.store.db import Database

OFTEN = 0.1  # seconds between checkpoints, which are made once a day otherwise
LATER = """
CREATE TABLE later_{n} (delivery INTEGER PRIMARY KEY, state TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
INSERT INTO later_{n} SELECT id, state, coalesce(payload, reason) FROM delivery;
UPDATE delivery SET because = because || '';
SELECT step('migrating');
CREATE INDEX later_{n}_state ON later_{n} (state);
"""


def watch(step: Callable[[str], None]) -> None:
    """Have `step` told of the moments in plan.STORE that lie inside a running program."""
    fold, opened, check = Database.checkpoint, migrate.connected, migrate.check

    async def folding(self: Database) -> None:
        step("folding")
        await fold(self)
        step("folded")

    @contextlib.contextmanager
    def connected(path: Path, query: str = "") -> Iterator[sqlite3.Connection]:
        with opened(path, query) as connection:
            connection.create_function("step", 1, step)
            yield connection
            if path.suffix == ".draft":
                step("copying")

    def checked(*given: Any) -> None:
        step("migrated")
        check(*given)

    office.TIDY_EVERY = OFTEN
    Database.checkpoint = folding  # type: ignore[method-assign]
    migrate.connected = connected
    migrate.check = checked  # type: ignore[assignment]


def later(count: int) -> None:
    """Become the version that has so many more migrations."""
    steps = migrate.migrations()
    steps += [(steps[-1][0] + n, LATER.format(n=n)) for n in range(1, count + 1)]
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("step", 1, lambda name: None)
        for _, sql in steps:
            connection.executescript(sql)
        schema = migrate.schema_of(connection)
    migrate.migrations = lambda: steps
    migrate.expected = lambda: schema  # type: ignore[assignment]
