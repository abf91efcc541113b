"""Slash commands and buttons: how commands are declared to Discord, and how a question is answered.

Declaration is a pure function of the table of commands; nothing is registered by decorators. Every
question is acknowledged before any work is done (Discord waits three seconds) and answered only to the
asker. Who asks with which rights is taken from Discord each time, whatever a server's settings say.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import aiohttp
import discord
import structlog

from bot.commands.base import Command, Option, Read, Reply, Request
from bot.commands.options import Mistake
from bot.news.model import Style
from bot.platforms import words
from bot.platforms.address import check_address
from bot.platforms.discord import render, views

log = structlog.get_logger()

# What the bot must be allowed to do in a channel, as bits and as Discord's own words for them.
VIEW, SEND, EMBED, HISTORY, OPEN, THREADS = (1 << bit for bit in (10, 11, 14, 16, 35, 38))
PERMISSIONS = {
    VIEW: "View Channel", SEND: "Send Messages", THREADS: "Send Messages in Threads", EMBED: "Embed Links",
    HISTORY: "Read Message History", OPEN: "Create Public Threads",
}  # fmt: skip
IN_CHANNEL, IN_THREAD = (VIEW, SEND, EMBED, HISTORY), (VIEW, THREADS, EMBED, HISTORY)
NEEDED: Mapping[Style, Sequence[int]] = {
    "message": IN_CHANNEL,
    "thread": (*IN_CHANNEL, OPEN, THREADS),
    "forum": (*IN_CHANNEL, THREADS),
}
FIND = (VIEW, HISTORY)
ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
GUILD_ONLY = {"contexts": [0], "integration_types": [0]}
TEXT, CHANNEL, ROLE, FILE = 3, 7, 8, 11  # kinds of options
CHANNEL_TYPES = [0, 5, 10, 11, 12, 15]  # text, announcements, the three kinds of threads, forums
LONGEST_HELP, LONGEST_CHOICE, MOST_CHOICES, LONGEST_TEXT = 100, 100, 25, 200
LARGEST_FILE = 2_097_152  # bytes of a file that comes with a question
FILE_SECONDS = 30.0

_wrong = partial(Reply, error=True)
ONLY_IN_SERVERS = _wrong(
    "Only in a server", "Ask me in a channel of a server: in direct messages there is none."
)
NOT_YOURS = _wrong("Somebody else asked this", "Only who asked may turn the pages. Use the command yourself.")

Ask = Callable[[Request], Awaitable[Reply]]


# --------------------------------------------------------------------------- declaring


def declare(commands: Sequence[Command]) -> list[dict[str, Any]]:
    """The commands as Discord wants them: for servers only, settings hidden from those who may not use them."""
    return [
        {
            "type": 1,
            "name": command.name,
            "description": command.help[:LONGEST_HELP],
            "options": [declare_option(option) for option in command.options],
            "default_member_permissions": MANAGE_GUILD if command.manager else None,
            **GUILD_ONLY,
        }
        for command in commands
    ]


def declare_option(option: Option) -> dict[str, Any]:
    declared: dict[str, Any] = {"name": option.name, "description": option.help[:LONGEST_HELP]}
    if option.kind == "channel":
        return {**declared, "type": CHANNEL, "channel_types": CHANNEL_TYPES}
    if option.kind in ("role", "file"):
        return {**declared, "type": ROLE if option.kind == "role" else FILE}
    if 0 < len(option.choices) <= MOST_CHOICES:
        choices = [{"name": choice[:LONGEST_CHOICE], "value": choice} for choice in option.choices]
        return {**declared, "type": TEXT, "choices": choices}
    return {**declared, "type": TEXT, "max_length": LONGEST_TEXT}


def fingerprint(declared: Sequence[Mapping[str, Any]], application: int) -> str:
    """Changes when, and only when, Discord must be told anew."""
    text = json.dumps([str(application), declared], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def invite_url(application: int | str) -> str:
    """The address that adds the bot to a server with exactly the permissions it needs.

    >>> invite_url(11)
    'https://discord.com/oauth2/authorize?client_id=11&scope=bot+applications.commands&permissions=309237730304'
    """
    scope = "bot applications.commands"
    query = {"client_id": application, "scope": scope, "permissions": sum(PERMISSIONS)}
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


def missing(allowed: int, needed: Iterable[int]) -> tuple[str, ...]:
    """The names of permissions that are not among those allowed.

    >>> missing(VIEW | SEND, IN_CHANNEL)
    ('Embed Links', 'Read Message History')
    """
    if allowed & ADMINISTRATOR:
        return ()
    return tuple(PERMISSIONS[bit] for bit in needed if not allowed & bit)


# --------------------------------------------------------------------------- answering


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers interactions: who asks what, with which rights. The commands decide whether these suffice."""

    ask: Ask
    now: Callable[[], datetime]

    async def serve(self, interaction: discord.Interaction) -> None:
        """Every interaction comes in here. What goes wrong is said plainly and logged; nothing escapes."""
        try:
            if interaction.type is discord.InteractionType.application_command:
                await self.command(interaction)
            elif interaction.type is discord.InteractionType.component:
                await self.button(interaction)
        except (discord.HTTPException, aiohttp.ClientError) as error:
            log.warning("discord answer not sent", error=type(error).__name__, code=getattr(error, "code", 0))
        except Exception:
            log.exception("discord question failed")
            with suppress(discord.HTTPException, aiohttp.ClientError):
                await say(interaction, words.FAILED)

    async def command(self, interaction: discord.Interaction) -> None:
        data: Mapping[str, Any] = interaction.data or {}
        typed: Sequence[Mapping[str, Any]] = data.get("options") or ()
        options = {str(one["name"]): str(one.get("value", "")) for one in typed if one.get("type") != FILE}
        sent = (data.get("resolved") or {}).get("attachments") or {}
        files = {
            str(one["name"]): partial(read, interaction.client, sent.get(str(one.get("value"))) or {})
            for one in typed
            if one.get("type") == FILE
        }
        await interaction.response.defer(ephemeral=True, thinking=True)
        if interaction.guild_id is None:
            await say(interaction, ONLY_IN_SERVERS)
        else:
            await self.reply(interaction, str(data.get("name", "")), options, files)

    async def button(self, interaction: discord.Interaction) -> None:
        data: Mapping[str, Any] = interaction.data or {}
        pressed = views.read(str(data.get("custom_id", "")))
        turning = pressed is not None and pressed.user == str(interaction.user.id)
        if turning:  # the page is shown where the last one was
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        if pressed is not None and (turning or pressed.user == views.ANYBODY):
            await self.reply(interaction, pressed.command, dict(pressed.options))
        else:
            await say(interaction, NOT_YOURS if pressed else words.UNKNOWN_BUTTON)

    async def reply(
        self,
        interaction: discord.Interaction,
        name: str,
        options: Mapping[str, str],
        files: Mapping[str, Read] | None = None,
    ) -> None:
        """Ask, and say what came back, with buttons where there is more."""
        request = self.request(interaction, name, options, files or {})
        reply = await self.ask(request)
        row = views.page_row(request.user, name, request.options, reply.page, reply.pages)
        if reply.page < reply.pages and not row:  # the question is too long for a button
            reply = replace(reply, footer=f"{reply.footer} next: page:{reply.page + 1}".strip())
        await say(interaction, reply, row)

    def request(
        self,
        interaction: discord.Interaction,
        name: str,
        options: Mapping[str, str],
        files: Mapping[str, Read],
    ) -> Request:
        """In direct messages, where only buttons are, there is no space, and nobody manages anything."""
        rights, server = interaction.permissions, interaction.guild_id
        return Request(
            command=name,
            platform="discord",
            space=str(server or ""),
            channel=str(interaction.channel_id),
            user=str(interaction.user.id),
            now=self.now(),
            manager=server is not None and (rights.manage_guild or rights.administrator),
            options=options,
            files=files,
        )


async def say(interaction: discord.Interaction, reply: Reply, row: Sequence[views.Row] = ()) -> None:
    """Put the answer where "thinking …" was."""
    payload = render.render_reply(reply)
    files = []
    if reply.file:
        files = [discord.File(BytesIO(reply.file.data), reply.file.name, description=reply.file.alt or None)]
    await interaction.edit_original_response(
        embeds=[discord.Embed.from_dict(embed) for embed in payload["embeds"]],
        view=views.view(row) if row else None,
        attachments=files,
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def read(client: discord.Client, attachment: Mapping[str, Any]) -> bytes:
    """A file that came with a question, from where Discord keeps it. Raises Mistake."""
    name, url, size = (attachment.get(key, "") for key in ("filename", "url", "size"))
    if not isinstance(size, int) or size > LARGEST_FILE:
        raise Mistake(f"{name}: a file of at most {LARGEST_FILE // 1_048_576} MB can be read.")
    if check_address(str(url)):
        raise Mistake(f"{name}: Discord gave an address that cannot be read.")
    try:
        async with asyncio.timeout(FILE_SECONDS):
            return await client.http.get_from_cdn(str(url))
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError):
        raise Mistake(f"{name}: Discord did not hand the file over. Please send it again.") from None
