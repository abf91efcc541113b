"""The command line: everything that the bot does, without a chat token."""

from __future__ import annotations

import asyncio
import inspect as signatures
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib import resources
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

import bot
from bot import app, desk, log
from bot.commands import COMMANDS, options
from bot.commands.base import Command
from bot.feeds.catalog import CatalogError
from bot.layers import SettingsError
from bot.line import JsonFlag, answer, configured, errors, screen
from bot.platforms.console import tell
from bot.platforms.discord import slash
from bot.platforms.errors import PlatformRefused
from bot.store.migrate import StateError
from bot.tasks import Misuse, Trouble, ask, copies, data
from bot.tasks import demo as demonstration
from bot.tasks import forget as forgetting
from bot.tasks import inspect as inspection
from bot.tasks import poll as polling
from bot.tasks import replay as replaying
from bot.tasks.data import emit
from bot.web import health as health_of

EXPECTED = (SettingsError, StateError, CatalogError, PlatformRefused, options.Mistake, Trouble)

line = typer.Typer(
    name="borderwire",
    help=(
        "Watches news feeds for Pakistan–Afghanistan developments and tells a channel once per event: a short "
        "summary, the key figures with who claims them, and what happened before.\n\n"
        "Start with `demo`: it needs no token and no network."
    ),
    epilog="Settings: config/bot.toml says what there is; BORDERWIRE_SECTION__KEY in the environment changes it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
AS_JSON = signatures.Parameter(
    "as_json", signatures.Parameter.KEYWORD_ONLY, default=False, annotation=JsonFlag
)


def versioned(asked: bool) -> None:
    """`--version` alone is a whole question."""
    if asked:
        screen.print(f"borderwire {bot.__version__}")
        raise typer.Exit


def moment(typed: str) -> datetime:
    """A day or a time as it is typed."""
    try:
        return datetime.fromisoformat(typed)
    except ValueError:
        hint = "Write 2025-10-12, or 2025-10-12T09:30:00+05:00"
        raise typer.BadParameter(f"{typed!r} is no date. {hint}") from None


@line.callback()
def common(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            help="A folder whose TOML files are merged over the shipped ones.", envvar="BORDERWIRE_CONFIG"
        ),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(help="Where everything is remembered (default: state).", envvar="BORDERWIRE_STATE"),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=versioned, is_eager=True)
    ] = False,
) -> None:
    context.obj = (config, state)


@line.command()
def demo(
    keep: Annotated[
        Path | None,
        typer.Option(help="Keep what the bot remembers in this folder (default: nothing is left)."),
    ] = None,
) -> None:
    """Run the whole bot over sample feeds on this machine, and show the alerts as a reader would see them."""
    log.configure("warning", "auto", [])
    asyncio.run(demonstration.demo(screen, keep))


@line.command()
def run(context: typer.Context) -> None:
    """Watch the feeds and tell the channels, until stopped. Without a token the terminal is the channel."""
    asyncio.run(app.run(configured(context), screen))


@line.command()
def poll(context: typer.Context) -> None:
    """Read every feed once, send what is due, and stop. The first time nothing is posted: it is all old."""
    polling.show(asyncio.run(polling.poll_once(configured(context, quiet=True), screen, errors)), screen)


@line.command()
def inspect(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(help="A file (text, HTML, or one entry as JSON), a URL, or - for standard input.")
    ],
    published: Annotated[
        datetime | None,
        typer.Option(
            help="When it was published: dates in it are understood from there (default: now).",
            parser=moment,
            metavar="DATE",
        ),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """What the bot makes of one article, and why: relevance, figures with claimants, background."""
    result = asyncio.run(inspection.inspect(configured(context, quiet=True), source, published))
    if as_json:
        emit(result)
    else:
        inspection.show(result, screen)


@line.command()
def replay(
    context: typer.Context,
    entries: Annotated[
        Path, typer.Argument(help="Entries as JSON lines (docs/interfaces.md).", exists=True, dir_okay=False)
    ],
    as_json: JsonFlag = False,
    config: Annotated[Path | None, typer.Option(help="As before the command; kept here for scripts.")] = None,
) -> None:
    """Send a file of entries through the whole pipeline on a temporary store, and show what would be said."""
    if config is not None:
        context.find_root().obj = (config, context.find_root().obj[1])
    found = configured(context, quiet=True)
    asyncio.run(replaying.replay(found, entries, emit if as_json else None, screen, errors))


def asked(command: Command, *more: signatures.Parameter) -> Callable[..., None]:
    """A command of chat as one of this line: what it takes and says comes from COMMANDS alone."""

    def run_it(context: typer.Context, as_json: bool = False, **typed: str | list[str]) -> None:
        words = {
            name: value if isinstance(value, str) else " ".join(value)
            for name, value in typed.items()
            if value
        }
        place = {name: words.pop(name) for name in ("platform", "space", "channel") if name in words}
        found = configured(context, quiet=True)
        request = ask.requested(
            command.name, {name: value for name, value in words.items() if value}, **place
        )
        if as_json:
            for row in asyncio.run(ask.data(found, request)):
                emit(row)
        else:
            answer(context, asyncio.run(ask.ask(found, request)))

    run_it.__signature__ = ask.signature(command, *more)  # type: ignore[attr-defined]
    run_it.__doc__ = command.help
    return run_it


@line.command("help")
def manual(
    context: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(help="Of which command.", show_default=False)] = None,
) -> None:
    """What you can ask, with examples."""
    if command:
        line([*command, "--help"], prog_name=context.find_root().command_path)
    answer(context, ask.manual())


for row in COMMANDS:
    if row.name not in ("feeds", "help"):  # the operator's desk has a line of its own, below
        line.command(row.name)(asked(row, *([AS_JSON] if row.name in data.TELLS else [])))


@line.command()
def health(context: typer.Context, as_json: JsonFlag = False) -> None:
    """Is the running bot doing its work? Exit code 0 if so; a container asks this."""
    found = configured(context, quiet=True)
    facts, troubles = health_of.verdict(found.state, datetime.now(UTC).timestamp())
    if as_json:
        emit({"healthy": not troubles, "troubles": troubles, **(health_of.as_json(facts) if facts else {})})
    if troubles or not as_json:
        tell(errors if troubles else screen, health_of.told(facts, troubles))
    if troubles:
        raise typer.Exit(1)


@line.command()
def backup(context: typer.Context) -> None:
    """Copy all that the bot remembers into its backups folder; it may go on running."""
    tell(screen, str(copies.backup(configured(context, quiet=True), datetime.now(UTC))))


@line.command()
def restore(
    context: typer.Context, copy: Annotated[Path, typer.Argument(help="A copy that `backup` made.")]
) -> None:
    """Put a copy back in place; the bot must not be running. It looks into the channels before it sends again."""
    kept = copies.restore(configured(context, quiet=True), copy, datetime.now(UTC))
    tell(screen, f"Restored. What was there before is kept as {kept}")


@line.command()
def forget(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="The id of a Discord server or a Slack workspace.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete at once all that is kept about a place: its channels, their settings, and what was sent there."""
    asyncio.run(forgetting.forget(configured(context, quiet=True), place, yes, screen))


@line.command()
def invite(
    application: Annotated[str, typer.Argument(help="Discord: the application id of your bot.")],
) -> None:
    """The link that adds the bot to a Discord server, with exactly the permissions that it needs."""
    if not (application.isascii() and application.isdecimal() and 15 <= len(application) <= 21):
        raise Misuse(
            f"{application[:80]!r} is no application id: 15 to 21 digits, on the General Information page of the app"
        )
    tell(screen, slash.invite_url(application))


@line.command()
def manifest() -> None:
    """The app manifest that Slack asks for when an app is created from one."""
    sys.stdout.write(resources.files("bot.platforms.slack").joinpath("manifest.json").read_text("utf-8"))


desk.add_to(line)


def main() -> None:
    """Run; what can be expected to go wrong is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of a narrower alphabet gets "?"
            stream.reconfigure(errors="replace")
    out = sys.stdout
    try:
        try:
            line()
        finally:
            sys.stdout.flush()  # here a full disk can still be told in one line
    except EXPECTED as error:
        tell(errors, f"borderwire: {error}")
        sys.exit(2 if isinstance(error, (options.Mistake, Misuse)) else 1)
    except SystemExit:
        if screen.quiet or sys.stdout is not out:  # `… | head`: so rich and click say it
            sys.exit(0)
        raise
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # `… | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a full disk behind `> file`, a folder that may not be read
        about = f"{error.filename}: " if error.filename else ""
        tell(errors, f"borderwire: {about}{error.strerror or error}")
        with suppress(OSError):
            sys.stdout.close()
        os._exit(1)  # what could not be written would be tried again at exit, with a traceback
