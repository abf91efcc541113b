"""The one file that everything is remembered in: opened by one program, written by one hand.

Everybody reads through `read()` and writes through `write()`: one unit of work is one function inside
one transaction, and it happens whole or not at all, also when its task is cancelled half-way.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import aiosqlite

from bot.store import feeds, migrate
from bot.store.together import Together

T = TypeVar("T")

FILE = "bot.sqlite3"
LOCK = "bot.lock"
BACKUPS = "backups"
READERS = 3


class StateInUse(migrate.StateError):
    """Another borderwire works on the same state folder."""


class Database:
    """Open connections to one state folder; made by `opened`, never by hand."""

    def __init__(self, state: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]):
        self.state = state
        self._writer = writer
        self._writing = asyncio.Lock()
        self.judging = asyncio.Lock()  # held from recall to record: two judgements must not share a memory
        self._readers = readers
        self._free: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for reader in readers:
            self._free.put_nowait(reader)
        # Polls that bring nothing are the most of all polls: what they ask and note is shared.
        self.feed_row = Together(self.read, feeds.rows)
        self.nothing_new = Together(self.write, feeds.remember_all)

    @property
    def path(self) -> Path:
        return self.state / FILE

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[aiosqlite.Connection]:
        """One unit of work: committed at the end of the block, undone by any exception or cancellation."""
        async with self._writing:
            try:
                # A statement that was under way still ends in its thread; the rollback queues behind it.
                await self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                await to_the_end(self._writer.commit())
            except BaseException:
                await to_the_end(self._writer.rollback())
                raise

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[aiosqlite.Connection]:
        """One consistent view of the store; keep it short, a long one makes the log file grow."""
        reader = await self._free.get()
        try:
            await reader.execute("BEGIN")
            yield reader
        finally:
            try:
                await to_the_end(reader.rollback())
            finally:
                self._free.put_nowait(reader)

    async def checkpoint(self) -> None:
        """Fold the write-ahead log into the file; a job of housekeeping."""
        async with self._writing:
            await to_the_end(self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def backup(self, keep: int = 5) -> Path:
        """A copy of everything, while the bot runs; the oldest beyond `keep` are removed."""
        return await asyncio.to_thread(
            migrate.backup, self.path, self.state / BACKUPS, keep, datetime.now(UTC)
        )

    async def close(self) -> None:
        async with self._writing:
            for connection in (*self._readers, self._writer):
                await to_the_end(connection.close())


@contextlib.asynccontextmanager
async def opened(state: Path, *, busy_timeout: float = 5.0, keep_backups: int = 5) -> AsyncIterator[Database]:
    """The store of a state folder, migrated to this version; a `StateError` says in one line why not."""
    prepare(state)
    with locked(state):
        now = datetime.now(UTC)
        await asyncio.to_thread(migrate.migrate, state / FILE, state / BACKUPS, keep_backups, now)
        async with _connected(state, busy_timeout) as database:
            yield database


@contextlib.asynccontextmanager
async def joined(state: Path, *, busy_timeout: float = 5.0, keep_backups: int = 5) -> AsyncIterator[Database]:
    """For one question or one change: as `opened`, and where a bot runs on the folder, at its side.

    SQLite lets both write in turn. Only the running bot polls, sends and migrates.
    """
    try:
        async with opened(state, busy_timeout=busy_timeout, keep_backups=keep_backups) as database:
            yield database
        return
    except StateInUse:
        if await asyncio.to_thread(migrate.version_of, state / FILE) != migrate.migrations()[-1][0]:
            raise
    async with _connected(state, busy_timeout) as database:
        yield database


@contextlib.asynccontextmanager
async def _connected(state: Path, busy_timeout: float) -> AsyncIterator[Database]:
    async with contextlib.AsyncExitStack() as stack:
        writer = await stack.enter_async_context(connection(state / FILE, busy_timeout, False))
        readers = [
            await stack.enter_async_context(connection(state / FILE, busy_timeout, True))
            for _ in range(READERS)
        ]
        yield Database(state, writer, readers)


def prepare(state: Path) -> None:
    """The folder exists, is ours alone and can be written."""
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        if state.stat().st_uid == os.getuid():
            state.chmod(0o700)
        (state / BACKUPS).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise migrate.StateUnusable(f"state folder {state}: {error.strerror}; it must be writable") from error
    if not os.access(state, os.W_OK | os.X_OK):
        raise migrate.StateUnusable(f"state folder {state} cannot be written; check its owner and mount")


@contextlib.contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold `bot.lock` for as long as we run; the system lets go of it however we end."""
    try:
        descriptor = os.open(state / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise migrate.StateUnusable(f"{state / LOCK}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise StateInUse(
                f"state folder {state} is in use by another borderwire (process {holder})"
            ) from error
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        except OSError as error:  # a full disk
            raise migrate.StateUnusable(f"{state / LOCK}: {error.strerror}") from error
        yield
    finally:
        os.close(descriptor)


@contextlib.asynccontextmanager
async def connection(
    path: Path, busy_timeout: float, reads_only: bool
) -> AsyncIterator[aiosqlite.Connection]:
    """A connection with our settings; transactions are only ever begun by `Database`."""
    async with aiosqlite.connect(path, isolation_level=None, timeout=busy_timeout) as opened_connection:
        opened_connection.row_factory = aiosqlite.Row
        for pragma in migrate.PRAGMAS:
            await opened_connection.execute(pragma)
        if reads_only:
            await opened_connection.execute("PRAGMA query_only = ON")
        yield opened_connection


async def to_the_end(awaitable: Awaitable[T]) -> T:
    """Wait until it is done even if we are cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.ensure_future(awaitable)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
        except BaseException:
            if cancelled is None:
                raise
    if cancelled is not None:
        task.exception()  # retrieved, so that it is not reported as lost
        raise cancelled
    return task.result()
