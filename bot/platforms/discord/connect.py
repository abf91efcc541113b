"""The connection to Discord: where it is, what the library may keep in memory, and how quiet it is.

discord.py has no option for the address, so its two constants are set here and nowhere else; a test
holds the pinned version against that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.outbox.sink import Gone, Outcome, Payload
from bot.platforms.address import check_address, warn_address
from bot.platforms.discord import slash
from bot.platforms.discord.outcome import Attempt, current, meaning, watch
from bot.platforms.errors import PlatformRefused

log = structlog.get_logger()

OWN_HOSTS = ("discord.com", "discord.gg")
NETWORK = (aiohttp.ClientError, discord.DiscordServerError, TimeoutError, OSError)
API, GATEWAY = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY  # Discord's own, as the library knows them


def check(api_base: str, gateway_url: str) -> None:
    """Refuse addresses that a token must not be sent to, and warn of unusual ones. Raises PlatformRefused."""
    for name, url in (("DISCORD_API_BASE", api_base), ("DISCORD_GATEWAY_URL", gateway_url)):
        if url and (problem := check_address(url)):
            raise PlatformRefused(f"Discord: {name} is refused: {problem}")
        if url and (warning := warn_address(url, OWN_HOSTS)):
            log.warning("discord address", setting=name, warning=warning)


async def log_in(client: Client, token: str, api_base: str, gateway_url: str) -> None:
    """Point the library at Discord and log in. With an API of one's own, its word on the gateway counts."""
    Route.BASE = api_base.rstrip("/") or API
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url) if gateway_url else GATEWAY
    await client.login(token)
    if api_base and not gateway_url:
        _, url, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


Presence = Callable[[frozenset[str]], Awaitable[None]]  # told of all servers in which the bot is


class Client(discord.Client):
    """The library's client with as little memory and as few rights as the bot needs."""

    def __init__(self, desk: slash.Desk, timeout: float, presence: Presence) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=0.5,
            max_ratelimit_timeout=30.0,
            http_trace=watch(),
        )
        self._desk, self._timeout, self._presence = desk, timeout, presence

    async def permissions(self, server: int, channel: int) -> discord.Permissions | Outcome:
        """The bot's own permissions in a channel of that server; asked for where the gateway has not told."""
        try:
            async with asyncio.timeout(self._timeout):
                guild = self.get_guild(server) or await self.fetch_guild(server, with_counts=False)
                me = guild.me or await guild.fetch_member(self.user.id if self.user else 0)
                place = guild.get_channel_or_thread(channel) or await guild.fetch_channel(channel)
                return place.permissions_for(me)
        except discord.InvalidData:
            return Gone("the channel belongs to another server")
        except (*NETWORK, discord.DiscordException, PlatformRefused) as error:
            return meaning(error, Attempt(), creating=False)

    async def call(
        self,
        method: str,
        path: str,
        channel: str,
        body: Payload | None = None,
        message: str = "",
        *,
        creating: bool = False,
        once: bool = False,
        **query: Any,
    ) -> Any:
        """One call within the time limit: what Discord answered, or the outcome of its failure."""
        if not channel.isdecimal() or (message and not message.isdecimal()):
            return Gone("no such channel or message", "message" if message else "channel")
        route = Route(method, path, channel_id=int(channel), message_id=int(message or 0))
        extra: dict[str, Any] = {"params": query} if body is None else {"json": body}
        attempt = Attempt(once)
        token = current.set(attempt)
        try:
            async with asyncio.timeout(self._timeout):
                return await self.http.request(route, **extra)
        except Exception as error:
            return meaning(error, attempt, creating=creating)
        finally:
            current.reset(token)

    async def on_ready(self) -> None:
        """Whoever removed the bot while it was away is missing in the list; an empty one proves nothing."""
        if self.guilds:
            await self._told()

    async def on_guild_join(self, _: discord.Guild) -> None:
        await self._told()

    async def on_guild_remove(self, _: discord.Guild) -> None:
        await self._told()

    async def _told(self) -> None:
        await self._presence(frozenset(str(guild.id) for guild in self.guilds))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self._desk.serve(interaction)


def login_refusal(error: Exception) -> str:
    """One line for the operator. Never holds the token."""
    if isinstance(error, discord.LoginFailure) or getattr(error, "code", 0) == 4004:
        return "Discord: the token is refused; copy it again from the Bot page of the developer portal (DISCORD_TOKEN)"
    return f"Discord: the gateway refuses the bot: {error}"


class OneLine(logging.Filter):
    """The library logs every reconnect with a traceback; one line is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
            record.args, record.exc_info = (), None
        return True


ONE_LINE = OneLine()


def calm_library() -> None:
    """Its debug lines hold whole requests and the tokens of interactions."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody here speaks
    library = logging.getLogger("discord")
    library.setLevel(max(library.getEffectiveLevel(), logging.INFO))
    logging.getLogger("discord.client").addFilter(ONE_LINE)
