"""The fake Discord in a process of its own, as tests hold it: start, inject, look at the truth, stop."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.discord_world import FIRST_CHANNEL, FIRST_GUILD

ROOT = Path(__file__).parents[2]
OPENAPI = ROOT.parent / "shared" / "data" / "discord-openapi.json"
GUILD, CHANNEL, OTHER_CHANNEL = str(FIRST_GUILD), str(FIRST_CHANNEL), str(FIRST_CHANNEL + 1)


class FakeDiscord:
    def __init__(self, where: dict[str, str], truth: Path) -> None:
        self.api, self.gateway, self.token = where["api"], where["gateway"], where["token"]
        self._admin = where["admin"]
        self._truth = truth

    async def admin(self, name: str, body: Any = None) -> dict[str, Any]:
        """`/_/<name>`: POST with a body, GET without."""
        async with aiohttp.ClientSession() as session:
            url = f"{self._admin}/{name}"
            async with session.get(url) if body is None else session.post(url, json=body) as response:
                response.raise_for_status()
                answer: dict[str, Any] = await response.json()
                return answer

    async def settings(self, **values: Any) -> None:
        await self.admin("settings", values)

    async def fault(self, kind: str, times: int = 1, **more: Any) -> None:
        """What goes wrong with the next message that is created (or with `method` and `path`)."""
        fault = {"method": "POST", "path": "*/messages", "kind": kind, "times": times, **more}
        await self.admin("faults", {"faults": [fault]})

    async def channel(self, id_: str, **values: Any) -> None:
        await self.admin("channel", {"id": id_, **values})

    async def command(self, name: str, **more: Any) -> dict[str, Any]:
        return await self.admin("interaction", {"command": name, **more})

    async def press(self, custom_id: str, **more: Any) -> dict[str, Any]:
        return await self.admin("interaction", {"button": custom_id, **more})

    async def messages(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.admin("state"))["messages"].get(channel, [])
        return found

    async def tags(self, post: str) -> list[str]:
        """The tags of a forum's post, by id."""
        found: list[str] = (await self.admin("state"))["tags"].get(post, [])
        return found

    def truth(self, *kinds: str) -> list[dict[str, Any]]:
        """What happened since the last reset, from the fake's own file."""
        lines = [json.loads(line) for line in self._truth.read_text("utf-8").splitlines()]
        begins = [number for number, line in enumerate(lines, 1) if line["kind"] == "reset"]
        lines = lines[begins[-1] if begins else 0 :]
        return [line for line in lines if not kinds or line["kind"] in kinds]


@contextmanager
def running(truth: Path, channels: int = 4, port: int = 0) -> Iterator[FakeDiscord]:
    """The fake on a free port of 127.0.0.1, ended with the block."""
    command = [sys.executable, "-m", "tests.fakes.discord_api", "--port", str(port), "--truth", str(truth)]
    command += ["--channels", str(channels)]
    command += ["--openapi", str(OPENAPI)] if OPENAPI.is_file() else []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            yield FakeDiscord(json.loads(process.stdout.readline()), truth)
        finally:
            process.terminate()
            process.wait(10)
