"""Bytes → entries, in child processes that are limited, killed and replaced.

A feed that provokes a parser can end a child, never the bot: whatever happens there comes back as a
`Failed` value. Children start when they are first needed and get none of the bot's environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from bot.feeds.feed import Failed, Feed, Fetched, Parsed
from bot.feeds.worker import HEADER
from bot.news.model import Entry

MAX_REPLY = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """What a child may use."""

    children: int = 2
    memory: int = 512 * 1024 * 1024  # bytes of address space
    cpu: int = 8  # seconds of processor time for one feed
    wall: float = 20.0  # seconds on the clock for one feed, on a busy machine too
    jobs: int = 2_000  # then a child is replaced, so that fragments of memory do not pile up


class Parser:
    """A pool of limited children. Use as an async context manager, or call `close`."""

    def __init__(self, limits: ParseLimits | None = None) -> None:
        self.limits = limits or ParseLimits()
        self.killed = 0  # children that did not survive a feed
        self._places = asyncio.Semaphore(self.limits.children)
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End all children; those that are working are killed."""
        children = [*self._idle, *self._busy]
        self._idle.clear()
        for child in children:
            await child.end()

    async def parse(
        self, feed: Feed, fetched: Fetched, seen: datetime, known: bytes = b""
    ) -> Parsed | Failed:
        """The entries of what was fetched, first seen at `seen`.

        `known` is `Parsed.marks` of the last recorded poll: items that have not changed since are
        only counted. Hand in nothing to get every entry.
        """
        job = {
            "url": fetched.url,
            "outlet": feed.outlet,
            "side": feed.side,
            "lang": feed.lang,
            "zone": feed.zone,
            "kind": feed.kind,
            "content_type": fetched.content_type,
        }
        reply = await self._run(job, fetched.body, known)
        if isinstance(reply, Failed):
            return reply
        answer, marks = reply
        entries = tuple(_entry(row, feed, seen) for row in answer["rows"])
        return Parsed(
            entries=entries,
            title=answer["title"],
            unchanged=answer["unchanged"],
            marks=marks,
            total=answer["total"],
            full_text=answer["full_text"],
            notes=tuple(answer["notes"]),
        )

    async def article(self, page: Fetched) -> str | Failed:
        """The text of an article's page, without menus and advertisements."""
        job = {"url": page.url, "kind": "article", "content_type": page.content_type}
        reply = await self._run(job, page.body, b"")
        return reply if isinstance(reply, Failed) else str(reply[0]["text"])

    async def _run(
        self, job: dict[str, str], body: bytes, known: bytes
    ) -> tuple[dict[str, Any], bytes] | Failed:
        async with self._places:
            for _ in range(2):
                child = await self._child()
                veteran, asked = child.jobs > 0, asyncio.get_running_loop().time()
                reply = await self._ask(child, job, body, known)
                soon = asyncio.get_running_loop().time() - asked < 1.0
                # One that had served before and is gone at once may have died of its age: ask a young one.
                if not (isinstance(reply, _Died) and veteran and soon):
                    break
        if isinstance(reply, _Died):
            return Failed(reply.reason, "parse")
        if "unfit" in reply[0]:
            return Failed(reply[0]["unfit"], "parse")
        return reply

    async def _child(self) -> _Child:
        while self._idle:
            child = self._idle.pop()
            if child.process.returncode is None:
                return child
        return await _Child.start(self.limits)

    async def _ask(
        self, child: _Child, job: dict[str, str], body: bytes, known: bytes
    ) -> tuple[dict[str, Any], bytes] | _Died:
        self._busy.add(child)
        reply: tuple[dict[str, Any], bytes] | _Died | None = None
        try:
            async with asyncio.timeout(self.limits.wall):
                reply = await child.ask(job, body, known)
        except TimeoutError:
            reply = _Died(f"reading it took longer than {self.limits.wall:g} s")
        except (OSError, EOFError, ValueError):
            reply = _Died("reading it needs more memory or time than a feed may")
        finally:
            self._busy.discard(child)
            if isinstance(reply, tuple) and child.jobs < self.limits.jobs:
                self._idle.append(child)
            else:  # died, cancelled in the middle of an answer, or old
                self.killed += isinstance(reply, _Died)
                await asyncio.shield(child.end())
        return reply


@dataclass(frozen=True, slots=True)
class _Died:
    reason: str


class _Child:
    """One process, its pipes, and how many feeds it has read."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.jobs = 0

    @classmethod
    async def start(cls, limits: ParseLimits) -> _Child:
        code = [sys.executable, "-P", "-m", "bot.feeds.worker", str(limits.memory), str(limits.cpu)]
        process = await asyncio.create_subprocess_exec(
            *code,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
                "PYTHONHASHSEED": "0",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            start_new_session=True,  # Ctrl-C is for the bot, which then ends its children in order
            limit=1024 * 1024,
        )
        return cls(process)

    async def ask(self, job: dict[str, str], body: bytes, known: bytes) -> tuple[dict[str, Any], bytes]:
        pipe_in, pipe_out = self.process.stdin, self.process.stdout
        if pipe_in is None or pipe_out is None:
            raise EOFError
        text = json.dumps(job).encode()
        pipe_in.write(b"".join((HEADER.pack(len(text), len(body), len(known)), text, body, known)))
        await pipe_in.drain()
        length, _, marks = HEADER.unpack(await pipe_out.readexactly(HEADER.size))
        if length + marks > MAX_REPLY:
            raise ValueError("a reply of that length was not asked for")
        answer = json.loads(await pipe_out.readexactly(length))
        self.jobs += 1
        return answer, await pipe_out.readexactly(marks)

    async def end(self) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()


def _entry(row: dict[str, Any], feed: Feed, seen: datetime) -> Entry:
    published = row["published"]
    return Entry(
        id=row["id"],
        feed=feed.url,
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        summary=row["summary"],
        seen=seen,
        published=datetime.fromisoformat(published) if published else None,
        side=row["side"],
        family=feed.family if row["outlet"] == feed.outlet else "",
        guid=row["guid"],
        lang=row["lang"],
    )
