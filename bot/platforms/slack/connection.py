"""The line to Slack: who we are, one Socket Mode connection, kept alive; wrong tokens told in one line."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.outbox.sink import Gone, Later, Unsure
from bot.platforms.address import check_address, is_loopback, warn_address
from bot.platforms.errors import PlatformRefused
from bot.platforms.slack.outcome import code_of, meaning

log = structlog.get_logger()
API = "https://slack.com/api/"
FIRST_TRY = 15.0  # seconds for which the rest of the bot waits at the start
NETWORK = (aiohttp.ClientError, TimeoutError, OSError)


class CheckedClient(AsyncWebClient):
    """The address that Slack hands out for Socket Mode is checked like one that an operator typed."""

    async def apps_connections_open(self, *, app_token: str, **kwargs: Any) -> AsyncSlackResponse:
        response = await super().apps_connections_open(app_token=app_token, **kwargs)
        if problem := check_address(str(response.get("url", ""))):
            raise PlatformRefused(f"Slack: the Socket Mode address it gave is refused: {problem}")
        return response


class Connection:
    """The app's web client, its Bolt dispatcher and the socket that feeds it."""

    def __init__(
        self, bot_token: str, app_token: str, api_url: str, timeout: float, watch: float, patience: float
    ) -> None:
        self.app_token, self.api_url, self.timeout = app_token, api_url or API, timeout
        self.watch, self.patience = watch, patience
        self.team = self.user = self.refused = ""
        self.socket: Any = None
        self.watcher: asyncio.Task[None] | None = None
        self.logger = logging.getLogger("slack_sdk.borderwire")
        for logger in (self.logger, *map(logging.getLogger, ("slack_sdk", "slack_bolt"))):
            logger.setLevel(logging.WARNING)  # their debug lines hold whole requests and secret addresses
        self.web = CheckedClient(
            bot_token,
            base_url=self.api_url,
            timeout=max(1, round(timeout)),
            retry_handlers=[],
            logger=self.logger,
        )
        if is_loopback(urlsplit(self.api_url).hostname or ""):
            self.web.proxy = None

        async def authorised() -> AuthorizeResult:
            """For Bolt, known since the start: asking Slack again would eat into its three seconds."""
            return AuthorizeResult(enterprise_id=None, team_id=self.team, bot_user_id=self.user)

        bolt_logger = logging.getLogger("slack_bolt.borderwire")
        bolt_logger.setLevel(logging.ERROR)  # it warns of SLACK_BOT_TOKEN, which we read ourselves
        nobody = AsyncWebClient(base_url=self.api_url, retry_handlers=[], logger=self.logger)
        self.bolt = AsyncApp(
            name="slack_bolt.borderwire", client=nobody, authorize=authorised, logger=bolt_logger
        )

    async def start(self) -> None:
        """Connect and stay connected; what does not answer soon is tried again. Raises PlatformRefused."""
        if problem := check_address(self.api_url):
            raise PlatformRefused(f"Slack: SLACK_API_URL is refused: {problem}")
        if warning := warn_address(self.api_url, ("slack.com",)):
            log.warning("slack address", setting="SLACK_API_URL", warning=warning)
        try:
            await asyncio.wait_for(self.connect(), min(self.timeout, FIRST_TRY))
        except NETWORK as error:
            log.warning("slack not reachable yet", error=type(error).__name__)
        self.watcher = asyncio.create_task(self.stay_connected())

    async def stop(self) -> None:
        if self.watcher is not None:
            self.watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self.watcher
        await self.disconnect()

    async def connect(self) -> None:
        """Who are we, where to listen, listen. The library alone would repeat a wrong token for ever."""
        try:
            me = await self.web.auth_test()
            opened = await self.web.apps_connections_open(app_token=self.app_token)
            self.team, self.user = str(me["team_id"]), str(me["user_id"])
        except SlackApiError as error:
            raise refusal(error) from None
        except (AttributeError, KeyError, TypeError):
            raise PlatformRefused(f"Slack: what answers at {self.api_url} is not Slack's API") from None
        handler = AsyncSocketModeHandler(self.bolt, self.app_token, self.logger, self.web)
        socket: Any = handler.client
        socket.proxy = self.web.proxy
        socket.wss_uri = opened["url"]
        try:
            await asyncio.wait_for(socket.connect(), self.timeout)
        except BaseException:
            await socket.close()
            raise
        self.socket = socket

    async def respond(self, address: str, payload: dict[str, Any]) -> int:
        """Answer a command or a click at the address that came with it; the HTTP status."""
        if problem := check_address(address):
            raise PlatformRefused(f"Slack: the address for an answer is refused: {problem}")
        wait = max(1, round(self.timeout))
        client = AsyncWebhookClient(address, timeout=wait, retry_handlers=[], logger=self.logger)
        client.proxy = self.web.proxy
        return (await client.send_dict(payload)).status_code

    async def disconnect(self) -> None:
        socket, self.socket = self.socket, None
        if socket is not None:
            await socket.close()

    async def stay_connected(self) -> None:
        """The library reconnects by itself, but clings to a ticket that has expired: then start over."""
        since: float | None = None
        while not self.refused:
            await asyncio.sleep(self.watch)
            if await self.listening():
                since = None
                continue
            since = since or time.monotonic()
            if self.socket is None or time.monotonic() - since >= self.patience:
                await self.start_over()
                since = None

    async def start_over(self) -> None:
        try:
            await self.disconnect()
            await self.connect()
        except PlatformRefused as error:
            self.refused = str(error)
            log.error("slack refused", error=self.refused)
        except NETWORK as error:
            log.warning("slack not reachable", error=type(error).__name__)

    async def listening(self) -> bool:
        """Do commands and clicks reach us?"""
        return self.socket is not None and bool(await self.socket.is_connected())

    def ready(self) -> bool:
        """May we send? Posting needs no socket: a passing drop of it delays no alert."""
        return bool(self.user) and not self.refused


def refusal(error: SlackApiError) -> Exception:
    """At the start: a line for the operator, or (passing trouble) something to wait out."""
    outcome, code = meaning(error), code_of(error)
    if isinstance(outcome, (Later, Unsure)) and code not in ("not_allowed_token_type", "forbidden_team"):
        return TimeoutError(outcome.reason)
    which = "SLACK_APP_TOKEN" if "apps.connections.open" in str(error) else "SLACK_BOT_TOKEN"
    words = outcome.reason if isinstance(outcome, Gone) else code
    return PlatformRefused(
        f"Slack refused {which} ({words.removeprefix('Slack: ')}): check it in the app's settings"
    )
