"""The few things that the store knows about itself."""

from __future__ import annotations

import aiosqlite

from bot.store import migrate

GET = "SELECT value FROM meta WHERE name = ?"
SET = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
DROP = "DELETE FROM meta WHERE name = ?"

# when the copy was made that we were started from: what was sent since is not on record
COPIED = migrate.COPIED
RESTORED = migrate.RESTORED  # when we were first started from it


async def get(connection: aiosqlite.Connection, name: str) -> str | float | int | None:
    rows = list(await connection.execute_fetchall(GET, (name,)))
    return rows[0]["value"] if rows else None


async def put(connection: aiosqlite.Connection, name: str, value: str | float) -> None:
    await connection.execute(SET, (name, value))


async def drop(connection: aiosqlite.Connection, name: str) -> None:
    await connection.execute(DROP, (name,))
