"""The fake Slack in a process of its own, as tests hold it: start, inject, look at the truth, stop."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

BOT_TOKEN, APP_TOKEN = "xoxb-fake-bot", "xapp-fake-app"
ROOT = Path(__file__).parents[2]


class FakeSlack:
    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self.base = api_url.removesuffix("/api/")

    async def admin(self, name: str, body: Any = None) -> dict[str, Any]:
        """`/admin/<name>`: POST with a body, GET without."""
        async with aiohttp.ClientSession() as session:
            url = f"{self.base}/admin/{name}"
            async with session.get(url) if body is None else session.post(url, json=body) as response:
                response.raise_for_status()
                answer: dict[str, Any] = await response.json()
                return answer

    async def truth(self) -> dict[str, Any]:
        return await self.admin("truth")

    async def messages(self, channel: str = "C0NEWS") -> list[dict[str, Any]]:
        return [m for m in (await self.truth())["messages"] if m["channel"] == channel]

    async def fault(self, method: str, kind: str, times: int = 1, seconds: float = 1.0) -> None:
        await self.admin("faults", [{"method": method, "kind": kind, "times": times, "seconds": seconds}])

    async def slash(self, text: str, command: str = "/borderwire", **more: Any) -> dict[str, Any]:
        return await self.admin("slash", {"command": command, "text": text, **more})


@contextmanager
def running(truth: Path | None = None, port: int = 0) -> Iterator[FakeSlack]:
    """The fake on a free port of 127.0.0.1, ended with the block."""
    command = [sys.executable, "-m", "tests.fakes.slack_api", "--port", str(port)]
    command += ["--truth", str(truth)] if truth else []
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            yield FakeSlack(process.stdout.readline().strip())
        finally:
            process.terminate()
            process.wait(10)
