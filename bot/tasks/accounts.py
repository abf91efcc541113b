"""Do Discord and Slack take our tokens, and give the bot what it needs? Asked only when somebody wants to know."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from importlib import resources
from typing import Any, NamedTuple

import aiohttp

from bot import __version__
from bot.platforms.address import check_address
from bot.settings import Configuration

DISCORD, SLACK = "https://discord.com/api/v10", "https://slack.com/api"  # where the settings name no other
SECONDS = 15.0
AGENT = f"DiscordBot (borderwire, {__version__})"

Found = tuple[bool, str, str]  # whether all is well, in words, what to do


class Answer(NamedTuple):
    """What a platform says of a token."""

    about: str
    well: bool
    words: str
    todo: str


async def ask(configuration: Configuration) -> AsyncIterator[Answer]:
    """A line for each token that is set."""
    found, settings = configuration.tokens, configuration.settings
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, headers={"User-Agent": AGENT}) as session:
        for about, secret, address, call in (
            ("discord token", found.discord, settings.discord.api_base or DISCORD, discord),
            ("slack bot token", found.slack_bot, settings.slack.api_url or SLACK, slack),
            ("slack app token", found.slack_app, settings.slack.api_url or SLACK, socket),
        ):
            if not (token := secret.get_secret_value()):
                continue
            if wrong := check_address(address):  # a token is sent to no such place
                yield Answer(about, False, wrong, "correct the address, or leave it out")
            else:
                yield Answer(about, *await call(session, address, token))


async def discord(session: aiohttp.ClientSession, base: str, token: str) -> Found:
    address = f"{base.rstrip('/')}/users/@me"
    status, body, _ = await _call(session.get(address, headers={"Authorization": f"Bot {token}"}))
    if status == 200:
        return True, f"Discord knows it as {str(body.get('username', '?'))[:40]}", ""
    if status == 401:
        todo = "make a new one on the Bot page of the app and set DISCORD_TOKEN"
        return False, "Discord refuses it", todo
    return False, _silence("Discord", status, body), "try again later; check the network"


async def slack(session: aiohttp.ClientSession, base: str, token: str) -> Found:
    status, body, headers = await _call(_post(session, base, "auth.test", token))
    if not body.get("ok"):
        return False, _refusal(status, body), "install the app again and set SLACK_BOT_TOKEN"
    given = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    absent = [scope for scope in scopes() if scope not in given] if any(given) else []
    if absent:
        todo = "add them on the app's OAuth page, and install it again"
        return False, f"it lacks {', '.join(absent)}", todo
    return True, f"Slack knows it in {str(body.get('team', '?'))[:40]}", ""


async def socket(session: aiohttp.ClientSession, base: str, token: str) -> Found:
    status, body, _ = await _call(_post(session, base, "apps.connections.open", token))
    if not body.get("ok"):
        todo = "switch Socket Mode on; make a token with connections:write and set SLACK_APP_TOKEN"
        return False, _refusal(status, body), todo
    return True, "Slack lets it connect", ""


def scopes() -> tuple[str, ...]:
    """What the app manifest asks Slack for."""
    manifest = resources.files("bot.platforms.slack").joinpath("manifest.json").read_text("utf-8")
    return tuple(json.loads(manifest)["oauth_config"]["scopes"]["bot"])


def _post(session: aiohttp.ClientSession, base: str, method: str, token: str) -> Any:
    return session.post(f"{base.rstrip('/')}/{method}", headers={"Authorization": f"Bearer {token}"})


async def _call(request: Any) -> tuple[int, dict[str, Any], Mapping[str, str]]:
    """The status (0: no answer), the body where it is an object, and the headers in small letters."""
    try:
        async with request as response:
            raw = await response.content.read(100_000)
            headers = {name.lower(): value for name, value in response.headers.items()}
            try:
                body = json.loads(raw)
            except ValueError:
                body = {}
            return response.status, body if isinstance(body, dict) else {}, headers
    except (aiohttp.ClientError, TimeoutError) as error:
        return 0, {"error": type(error).__name__}, {}


def _refusal(status: int, body: Mapping[str, Any]) -> str:
    if status == 200:
        return f"Slack refuses it ({str(body.get('error', 'no reason'))[:60]})"
    return _silence("Slack", status, body)


def _silence(who: str, status: int, body: Mapping[str, Any]) -> str:
    return f"{who} answers with {status}" if status else f"{who} does not answer ({body.get('error', '')})"
