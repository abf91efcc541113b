"""`doctor`: one line for each thing that is looked at; wrong things end with exit code 1, and nothing is changed."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot import settings
from bot.settings import Configuration
from bot.store import db
from bot.tasks import accounts, doctor
from bot.tokens import Tokens
from tests.tasks.conftest import Bot

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.0123456789abcdefghijklmnopqrstuvwxyzAB"


async def looked(state: Path, now: datetime = NOW) -> dict[str, doctor.Finding]:
    configuration = settings.load(None, state, {})
    return {one.about: one async for one in doctor.look(configuration, False, now)}


def test_a_fresh_place_is_well_and_stays_untouched(bot: Bot, tmp_path: Path) -> None:
    done = bot("doctor")
    assert done.returncode == 0, done.stdout
    assert "ok     configuration: " in done.stdout
    assert "note   tokens: none is set" in done.stdout
    assert not (tmp_path / "state").exists()


def test_what_is_wrong_is_said_with_what_to_do(bot: Bot) -> None:
    done = bot("doctor", BORDERWIRE_FETCH__TIMEOUT="soon")
    assert done.returncode == 1
    assert "WRONG  configuration: the environment: fetch.timeout" in done.stdout
    done = bot("doctor", SLACK_BOT_TOKEN="xoxb-1-abc")
    assert done.returncode == 1
    assert "WRONG  slack: one of its two tokens is missing → set SLACK_APP_TOKEN" in done.stdout
    done = bot("doctor", DISCORD_TOKEN="abc")
    assert done.returncode == 1
    assert "three parts" in done.stdout


def test_no_token_is_ever_shown(bot: Bot) -> None:
    done = bot("doctor", "--json", DISCORD_TOKEN=DISCORD)
    assert done.returncode == 0, done.stdout
    assert DISCORD not in done.stdout + done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"about", "verdict", "words", "todo"} == set(rows[0])
    assert "Read Message History" in next(row["words"] for row in rows if row["about"] == "discord")


async def test_the_store_is_looked_through_without_a_change(tmp_path: Path) -> None:
    async with db.opened(tmp_path):
        found = await looked(tmp_path)  # beside a running bot
        assert found["store"].verdict == "ok"
    found = await looked(tmp_path)
    assert found["copies"].verdict == "note"
    assert found["clock"].verdict == "ok"
    os.chmod(tmp_path, 0o755)  # noqa: PTH101, S103
    assert (await looked(tmp_path))["state folder"].todo == f"chmod 700 {tmp_path}"


async def test_a_damaged_or_a_newer_store_is_wrong(tmp_path: Path) -> None:
    async with db.opened(tmp_path):
        pass
    path = tmp_path / db.FILE
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert "newer borderwire" in (await looked(tmp_path))["store"].words
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8_000)
    found = (await looked(tmp_path))["store"]
    assert found.verdict == "wrong"


async def test_a_clock_that_is_behind_the_last_poll_is_wrong(tmp_path: Path) -> None:
    async with db.opened(tmp_path) as database, database.write() as connection:
        await connection.execute(
            "INSERT INTO feed (url, last_polled) VALUES ('https://x.example', ?)", (NOW.timestamp() + 9_000,)
        )
    assert (await looked(tmp_path))["clock"].verdict == "wrong"
    assert (await looked(tmp_path, datetime(1970, 1, 2, tzinfo=UTC)))["clock"].verdict == "wrong"


# --------------------------------------------------------------------------- asking the platforms


@asynccontextmanager
async def platforms(status: int, slack: dict[str, object], scopes: str) -> AsyncIterator[str]:
    async def me(request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bot {DISCORD}"
        return web.json_response({"username": "wire"}, status=status)

    async def call(request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Bearer x")
        return web.json_response(slack, headers={"X-OAuth-Scopes": scopes})

    app = web.Application()
    app.add_routes([web.get("/api/users/@me", me), web.post("/slack/{method}", call)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def configured(tmp_path: Path, base: str) -> Configuration:
    env = {"DISCORD_API_BASE": f"{base}/api", "SLACK_API_URL": f"{base}/slack/"}
    tokens = Tokens(SecretStr(DISCORD), SecretStr("xoxb-1"), SecretStr("xapp-1"))
    return replace(settings.load(None, tmp_path, env), tokens=tokens)


@pytest.mark.parametrize(
    ("status", "slack", "lacking", "words"),
    [
        (
            200,
            {"ok": True, "team": "Desk"},
            "",
            ["Discord knows it as wire", "knows it in Desk", "lets it connect"],
        ),
        (
            401,
            {"ok": False, "error": "invalid_auth"},
            "",
            ["Discord refuses it", "(invalid_auth)", "(invalid_auth)"],
        ),
        (503, {"ok": True}, "users:read", ["answers with 503", "it lacks users:read", "lets it connect"]),
    ],
)
async def test_the_platforms_are_asked_what_they_make_of_the_tokens(
    tmp_path: Path, status: int, slack: dict[str, object], lacking: str, words: list[str]
) -> None:
    given = ",".join(scope for scope in accounts.scopes() if scope != lacking)
    async with platforms(status, slack, given) as base:
        answers = [one async for one in accounts.ask(configured(tmp_path, base))]
    assert [one[0] for one in answers] == ["discord token", "slack bot token", "slack app token"]
    assert all(said in one[2] for said, one in zip(words, answers, strict=True)), answers
    assert all(well or todo for _, well, _, todo in answers)


async def test_a_platform_that_does_not_answer_is_no_refusal(tmp_path: Path) -> None:
    answers = [one async for one in accounts.ask(configured(tmp_path, "http://127.0.0.1:9"))]
    assert all("does not answer" in words for _, _, words, _ in answers)
