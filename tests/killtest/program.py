"""The program under test, seen from outside: started as a fork, followed step by step, ended by a signal."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STUCK = 60.0  # seconds without any step after which something is wrong with the machine or the program


class Life:
    """One run of the program: the steps that it reported, and how it ended."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.steps: list[str] = []
        self.born, self.first = time.monotonic(), 0.0
        self.status: int | None = None
        self._news = asyncio.Event()

    def report(self, step: str) -> None:
        self.first = self.first or time.monotonic()
        self.steps.append(step)
        self._news.set()

    def end(self, status: int) -> None:
        self.status = status
        self._news.set()

    @property
    def ended(self) -> bool:
        return self.status is not None

    @property
    def killed(self) -> bool:
        return self.status is not None and os.WIFSIGNALED(self.status)

    async def news(self) -> None:
        """Returns at the next step, or at the end."""
        if not self.ended:
            async with asyncio.timeout(STUCK):
                await self._news.wait()
            self._news.clear()

    async def over(self) -> None:
        while not self.ended:
            await self.news()

    async def kill(self, number: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        await self.over()


class Zygote:
    """The fork server: starts runs and passes on what they report."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._born: asyncio.Queue[Life] = asyncio.Queue()
        self._lives: dict[int, Life] = {}
        self._starting = asyncio.Lock()
        self._reader = asyncio.create_task(self._read())

    def _life(self, pid: int) -> Life:
        return self._lives.setdefault(pid, Life(pid))

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            words = json.loads(line)
            if "step" in words:
                self._life(words["of"]).report(words["step"])
            elif "dead" in words:
                self._life(words["dead"]).end(words["status"])
                del self._lives[words["dead"]]
            elif "pid" in words:
                self._born.put_nowait(self._life(words["pid"]))  # it may have ended before anybody asks

    def end(self) -> None:
        """Nothing outlives the test, however that ended."""
        self._reader.cancel()
        for pid in (*self._lives, self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def start(self, order: dict[str, Any]) -> Life:
        async with self._starting:
            assert self._process.stdin is not None
            self._process.stdin.write(f"{json.dumps(order)}\n".encode())
            await self._process.stdin.drain()
            return await self._born.get()


@asynccontextmanager
async def zygote() -> AsyncIterator[Zygote]:
    """All the program's modules imported once; every life is a fork of that."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.killtest.zygote",
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    await process.stdout.readline()  # ready
    server = Zygote(process)
    try:
        yield server
    finally:
        server.end()
        await process.wait()
