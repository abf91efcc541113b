"""The commands of chat, asked by the operator beside a running bot or without one; options as the table says."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

import typer

from bot import app, chat, commands, status
from bot.commands import help
from bot.commands.base import CONSOLE, Command, Context, Option, Reply, Request, Row
from bot.settings import Configuration
from bot.store import db
from bot.tasks import Misuse
from bot.tasks.data import TELLS, Json

NEEDED = inspect.Parameter.empty  # no default
KNOWN = (CONSOLE, *chat.PLATFORMS)
IDS = {  # how each platform writes the id of a channel, and of what it is in
    "discord": (
        (re.compile(r"[0-9]{15,21}"), "1100000000000000042"),
        (re.compile(r"[0-9]{15,21}"), "1100000000000000001", "server"),
    ),
    "slack": (
        (re.compile(r"[CG][A-Z0-9]{6,20}"), "C0123456789"),
        (re.compile(r"[TE][A-Z0-9]{2,20}"), "T0123456789", "workspace"),
    ),
}


def signature(command: Command, *more: inspect.Parameter) -> inspect.Signature:
    """A row of COMMANDS as the command line takes it: first what it is about (a channel with its platform, or plain
    words), the rest are options.
    """
    about = help.main(command)
    here = any(option.kind == "channel" for option in command.options)
    placed = (BESIDE if about else (PLATFORM, CHANNEL, SPACE)) if here else ()
    first = [_words(about)] if about else []
    typed = [_option(one) for one in command.options if one.kind not in ("channel", "file") and not one.main]
    return inspect.Signature([CONTEXT, *first, *placed, *typed, *more])


def _words(option: Option) -> inspect.Parameter:
    declared = typer.Argument(help=f"{option.help}.", show_default=False)
    return _parameter(option.name, declared, None, list[str] | None)


def _option(option: Option) -> inspect.Parameter:
    choices = f" ({', '.join(option.choices)})" if option.choices else ""
    return _parameter(option.name, typer.Option(help=f"{option.help}{choices}"), "")


def _parameter(
    name: str, declared: object, default: object = NEEDED, kind: object = str
) -> inspect.Parameter:
    annotation = Annotated[kind, declared]  # type: ignore[valid-type]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


CONTEXT = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
PLATFORM = _parameter("platform", typer.Argument(help=f"{' or '.join(KNOWN)}."))
CHANNEL = _parameter("channel", typer.Argument(help="The channel's id; on the console any name."))
SPACE = _parameter("space", typer.Option(help="The id of its server (Discord) or workspace (Slack)."), "")
BESIDE = (
    _parameter("platform", typer.Option(help=f"{' or '.join(KNOWN)}."), CONSOLE),
    _parameter("channel", typer.Option(help="The channel's id."), app.TERMINAL),
    SPACE,
)


async def ask(configuration: Configuration, request: Request) -> Reply:
    """A command as its operator: whoever can run this program may do everything."""
    async with db.joined(configuration.state) as database:
        context = context_of(configuration, database)
        return replace(await commands.answer(request, context), private=False)


async def data(configuration: Configuration, request: Request) -> list[Json]:
    """What a command tells as data, whole."""
    async with db.joined(configuration.state) as database:
        return await TELLS[request.command](request, context_of(configuration, database))


def manual() -> Reply:
    """The commands of chat as they are typed here."""
    return help.manual(requested("help", {}), commands.COMMANDS)


def requested(
    command: str,
    options: Mapping[str, str],
    platform: str = CONSOLE,
    space: str = "",
    channel: str = app.TERMINAL,
) -> Request:
    """A question by the operator about a channel."""
    if platform not in KNOWN:
        raise Misuse(f"platform {platform!r} is not known (allowed: {', '.join(KNOWN)})")
    if problem := misplaced(platform, space, channel):
        raise Misuse(problem)
    return Request(command, platform, space, channel, "operator", app.utc_now(), True, dict(options), True)


def misplaced(platform: str, space: str, channel: str) -> str:
    """What is wrong with the ids of a place; a wrong one would be told to nobody, in silence.

    >>> misplaced("slack", "T0123", "#general")
    "channel '#general' is no Slack id: they look like C0123456789"
    """
    if platform not in IDS:
        return ""
    (shape, looks), (around, like, where) = IDS[platform]
    if not space:
        return f"--space is missing: the id of the {where} in which the channel is"
    if not around.fullmatch(space):
        return f"--space {space[:80]!r} is no {where}'s id on {platform.title()}: they look like {like}"
    if shape.fullmatch(channel):
        return ""
    return f"channel {channel[:80]!r} is no {platform.title()} id: they look like {looks}"


def context_of(configuration: Configuration, database: db.Database) -> Context:
    feeds = app.enabled(configuration)

    async def missing(*_: str) -> tuple[str, ...]:
        return ()  # asked again by the running bot before it sends

    async def health() -> tuple[Row, ...]:
        return await status.rows(database, feeds, app.utc_now, configuration.settings.fetch.allow_ports)

    return app.asked_here(configuration.settings, database, configuration.topic(), missing, health)
