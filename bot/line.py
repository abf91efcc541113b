"""What every command of the command line shares: its settings, its two screens, how it answers."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from bot import log, settings
from bot.commands.base import Reply
from bot.platforms.console import show

screen = Console(highlight=False)
errors = Console(stderr=True, highlight=False)
JsonFlag = Annotated[bool, typer.Option("--json", help="JSON lines on standard output, for other programs.")]


def configured(context: typer.Context, *, quiet: bool = False) -> settings.Configuration:
    """The settings of this call, with the log set up accordingly."""
    config, state = context.find_root().obj
    found = settings.load(config, state)
    secrets = (found.tokens.discord, found.tokens.slack_bot, found.tokens.slack_app)
    level = "warning" if quiet else found.settings.bot.log_level
    log.configure(level, found.settings.bot.log_format, [s.get_secret_value() for s in secrets])
    return found


def answer(context: typer.Context, reply: Reply) -> None:
    """Show a reply; an error goes to standard error and ends with exit code 1. A file is written as it is."""
    if reply.file and (not reply.file.alt or not sys.stdout.isatty()):
        sys.stdout.flush()
        sys.stdout.buffer.write(reply.file.data)
        sys.stdout.buffer.flush()
        return
    if reply.file:
        errors.print("The picture itself: the same command with > timeline.png behind it.")
    show(reply, errors if reply.error else screen, context.find_root().command_path)
    if reply.error:
        raise typer.Exit(1)
