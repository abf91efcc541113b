"""The health page: what `state/health.json` says, for monitors that ask over HTTP instead of running a command."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.web import health


@asynccontextmanager
async def serving(host: str, port: int, state: Path, now: Callable[[], float]) -> AsyncIterator[int]:
    """`GET /health`: 200 while the bot does its work, 503 when it does not. Raises OSError for a taken port."""

    async def page(_: web.Request) -> web.Response:
        facts = health.read(state)
        found = health.troubles(facts, now()) if facts else ("the bot has not reported yet",)
        body = {"healthy": not found, "troubles": found, **(health.as_json(facts) if facts else {})}
        return web.json_response(body, status=503 if found else 200, headers={"Cache-Control": "no-store"})

    application = web.Application()
    application.router.add_get("/health", page)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
