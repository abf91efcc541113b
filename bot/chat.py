"""The platforms that have a token, each with what it needs; who may ask what there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from rich.console import Console

from bot import commands, office
from bot.commands.base import CONSOLE, Context, Reply, Request
from bot.news.model import STYLES, Style
from bot.outbox.sink import Gone, Outcome, Sink
from bot.platforms.address import is_loopback
from bot.platforms.console import ConsolePlatform
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.errors import PlatformRefused
from bot.platforms.slack.client import SlackPlatform
from bot.settings import Configuration, Settings
from bot.store.db import Database


class Platform(Sink, Protocol):
    """A sink that has to be connected first."""

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def styles(self, space: str, channel: str) -> tuple[Style, ...]:
        """The styles that a channel can have, the usual one first."""
        ...

    async def missing(self, space: str, channel: str, style: Style) -> tuple[str, ...]: ...
    async def direct(self, user: str) -> str | Outcome:
        """The channel of somebody's direct messages, or why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a platform is made from."""

    configuration: Configuration
    context: Context
    database: Database

    @property
    def settings(self) -> Settings:
        return self.configuration.settings

    async def ask(self, request: Request) -> Reply:
        return await commands.answer(permitted(request, self.settings), self.context)


def discord(wiring: Wiring) -> Platform | None:
    settings, database = wiring.settings, wiring.database
    token = wiring.configuration.tokens.discord.get_secret_value()
    if not token:
        return None
    check_window(settings, "key_window", 30.0, settings.discord.api_base)
    check_window(settings, "settle", 60.0, settings.discord.api_base)
    return DiscordPlatform(
        token,
        commands=commands.COMMANDS,
        ask=wiring.ask,
        recall=partial(office.recall, database),
        remember=partial(office.remember, database),
        presence=partial(office.present, database, "discord"),
        api_base=settings.discord.api_base,
        gateway_url=settings.discord.gateway_url,
        timeout=settings.outbox.send_timeout,
        key_window=settings.outbox.key_window,
    )


def slack(wiring: Wiring) -> Platform | None:
    settings, tokens = wiring.settings, wiring.configuration.tokens
    bot_token, app_token = tokens.slack_bot.get_secret_value(), tokens.slack_app.get_secret_value()
    if bool(bot_token) != bool(app_token):
        absent = "SLACK_APP_TOKEN (xapp-…)" if bot_token else "SLACK_BOT_TOKEN (xoxb-…)"
        raise PlatformRefused(f"slack: {absent} is missing; Slack needs both tokens, see the README")
    if not bot_token:
        return None
    check_window(settings, "settle", 60.0, settings.slack.api_url)
    return SlackPlatform(
        bot_token,
        app_token,
        commands=commands.COMMANDS,
        ask=wiring.ask,
        api_url=settings.slack.api_url,
        timeout=settings.outbox.send_timeout,
        settle=settings.outbox.settle,
        per_second=settings.slack.calls_per_minute / 60,
    )


PLATFORMS: Mapping[str, Callable[[Wiring], Platform | None]] = {"discord": discord, "slack": slack}


def build(wiring: Wiring, console: Console) -> dict[str, Platform]:
    """The platforms that have a token; the terminal where none has."""
    found = {name: made for name, make in PLATFORMS.items() if (made := make(wiring))}
    return found or {CONSOLE: ConsolePlatform(console)}


def check_window(settings: Settings, key: str, least: float, address: str) -> None:
    """Waits that protect against posting twice may only be shortened against a server on this machine."""
    if getattr(settings.outbox, key) < least and not is_loopback(urlsplit(address).hostname or ""):
        raise PlatformRefused(f"outbox.{key}: shorter than {least:g} s is only for servers on 127.0.0.1")


def permitted(request: Request, settings: Settings) -> Request:
    """Operators named in the configuration may do what a server's managers may."""
    operator = request.user in getattr(settings.operators, f"{request.platform}_ids", ())
    return replace(request, manager=request.manager or operator, operator=operator)


async def missing(
    platforms: Mapping[str, Platform], platform: str, space: str, channel: str, style: Style
) -> tuple[str, ...]:
    """What the bot lacks in a channel; a platform that is not connected cannot be asked."""
    found = platforms.get(platform)
    return await found.missing(space, channel, style) if found is not None else ()


async def styles(
    platforms: Mapping[str, Platform], platform: str, space: str, channel: str
) -> tuple[Style, ...]:
    """The styles that a channel can have; any, where a platform is not connected."""
    found = platforms.get(platform)
    return await found.styles(space, channel) if found is not None else STYLES


async def direct(platforms: Mapping[str, Platform], platform: str, user: str) -> tuple[str, str]:
    """The channel of somebody's direct messages on a platform, or "" and why there is none."""
    found = platforms.get(platform)
    answer = await found.direct(user) if found is not None else Gone("there are no direct messages here")
    return (answer, "") if isinstance(answer, str) else ("", getattr(answer, "reason", "no clear answer"))
