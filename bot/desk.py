"""The operator's commands of the command line: the feeds that are read, whether all is well, all that is remembered."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.layers import SettingsError
from bot.line import JsonFlag, answer, configured, errors, screen
from bot.platforms.console import tell
from bot.tasks import check, doctor, export, feeds
from bot.tasks.data import emit

KnownFeed = Annotated[str, typer.Argument(help="Its address or its name.")]

feeds_line = typer.Typer(help="The feeds that are read.", no_args_is_help=True)


@feeds_line.command("list")
def feeds_list(context: typer.Context) -> None:
    """The feeds that are read, and how they are; those added at run time included."""
    asyncio.run(feeds.table(configured(context, quiet=True), screen))


@feeds_line.command("check")
def feeds_check(
    context: typer.Context,
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses; all feeds if left out.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Ask feeds now and say how they are: reachable, parseable, newest item, entries, full text or teaser."""
    found = configured(context, quiet=True)
    asyncio.run(check.check(found, urls or [], emit if as_json else None, screen, errors))


@feeds_line.command("add")
def feeds_add(
    context: typer.Context, url: Annotated[str, typer.Argument(help="A feed, or a page that announces one.")]
) -> None:
    """Read a feed from now on. A running bot takes it up by itself."""
    answer(context, asyncio.run(feeds.act(configured(context, quiet=True), "add", url)))


@feeds_line.command("remove")
def feeds_remove(context: typer.Context, feed: KnownFeed) -> None:
    """Read a feed no longer; what it brought stays."""
    answer(context, asyncio.run(feeds.act(configured(context, quiet=True), "remove", feed)))


@feeds_line.command("release")
def feeds_release(context: typer.Context, feed: KnownFeed) -> None:
    """End a feed's quarantine before its time: what is new in it is told again."""
    answer(context, asyncio.run(feeds.act(configured(context, quiet=True), "release", feed)))


@feeds_line.command("import")
def feeds_import(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="An OPML file of another reader.")]
) -> None:
    """Read the feeds of an OPML file, too."""
    answer(context, asyncio.run(feeds.take_over(configured(context, quiet=True), file)))


@feeds_line.command("export")
def feeds_export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; printed if left out.")] = None,
) -> None:
    """The feeds that are read as an OPML file, for other readers."""
    written = asyncio.run(feeds.export(configured(context, quiet=True), file))
    if file is None:
        sys.stdout.write(written.decode() + "\n")


def examine(
    context: typer.Context,
    online: Annotated[bool, typer.Option("--online", help="Also ask Discord, Slack and every feed.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Is all as it should be: settings, tokens, state folder, store, clock, feeds? Exit code 1 if something is wrong.

    One line for each thing, with what to do. Nothing is changed. Example: `doctor --online`.
    """
    if not asyncio.run(_examined(context, online, as_json)):
        raise typer.Exit(1)


async def _examined(context: typer.Context, online: bool, as_json: bool) -> bool:
    def is_well(finding: doctor.Finding) -> bool:
        if as_json:
            emit(asdict(finding))
        else:
            tell(screen, finding.line)
        return finding.verdict != "wrong"

    try:
        found = configured(context, quiet=True)
    except SettingsError as error:
        return is_well(
            doctor.Finding("configuration", "wrong", str(error), "correct this; the rest waits for it")
        )
    return all([is_well(one) async for one in doctor.look(found, online, datetime.now(UTC))])


def give_out(
    context: typer.Context,
    place: Annotated[
        str, typer.Option(help="Only what is kept about this Discord server or Slack workspace (its id).")
    ] = "",
) -> None:
    """All that the bot remembers as JSON lines: each story with its claims, reports and revisions.

    A line at a time, also beside a running bot. Example: `export > stories.jsonl`, `export --place T0123456789`.
    """
    asyncio.run(export.export(configured(context, quiet=True), place, emit))


def add_to(line: typer.Typer) -> None:
    """These commands on the command line."""
    line.add_typer(feeds_line, name="feeds")
    line.command("doctor")(examine)
    line.command("export")(give_out)
