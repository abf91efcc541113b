"""Is everything as it should be? One line for each thing that is looked at, and what to do about it.

Nothing is changed: no folder is made, no store migrated, no message sent. Only with `online` is anybody asked.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Literal

from bot import app
from bot.feeds import check as checks
from bot.feeds.catalog import CatalogError
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.layers import SettingsError
from bot.platforms.address import check_address
from bot.platforms.discord import slash
from bot.settings import Configuration
from bot.store import db, migrate
from bot.tasks import accounts
from bot.tasks.check import read_now

Verdict = Literal["ok", "note", "wrong"]
LITTLE, ALMOST_NONE = 500_000_000, 50_000_000  # bytes free
OLDEST = datetime(2026, 1, 1, tzinfo=UTC)  # a clock before this has not been set
AHEAD = timedelta(hours=1)  # what was polled so far in the future was polled by another clock
STALE_COPY = timedelta(days=14)
PUT_BACK = "`restore COPY` puts a copy back"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; `todo` says what to do where it is not well."""

    about: str
    verdict: Verdict
    words: str
    todo: str = ""

    @property
    def line(self) -> str:
        mark = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}[self.verdict]
        return f"{mark}  {self.about}: {self.words}{f' → {self.todo}' if self.todo else ''}"


async def look(configuration: Configuration, online: bool, now: datetime) -> AsyncIterator[Finding]:
    """Everything that can be looked at, in the order in which it is needed."""
    state = configuration.state
    here = (
        settings(configuration),
        tokens(configuration),
        folder(state),
        store(state, now),
        copies(state, now),
    )
    for finding in chain(*here):
        yield finding
    if not online:
        unasked = "nobody was asked whether tokens and feeds work"
        yield Finding("online", "note", unasked, "doctor --online asks")
        return
    async for finding in accounts_of(configuration):
        yield finding
    async for finding in feeds(configuration, now):
        yield finding


def settings(configuration: Configuration) -> Iterator[Finding]:
    """The settings are read by now; the tables of the topic and the feeds are not."""
    try:
        topic, feeds = configuration.topic(), app.enabled(configuration)
    except (SettingsError, CatalogError) as error:
        yield Finding("configuration", "wrong", str(error), "correct this line")
        return
    folders = ", ".join(map(str, configuration.layers))
    counts = f"{len(feeds)} feeds, {len(topic.places)} places, {len(topic.chronology)} past happenings"
    yield Finding("configuration", "ok", f"{counts} from {folders}")
    if not feeds:
        yield Finding("feeds", "wrong", "none is enabled", "enable some in feeds.toml")
    if not (configuration.settings.fetch.contact or configuration.settings.fetch.user_agent):
        todo = "set fetch.contact to an address or a page of yours"
        yield Finding("fetch.contact", "note", "publishers cannot reach whoever runs this bot", todo)


def tokens(configuration: Configuration) -> Iterator[Finding]:
    """Which are there; their shape was checked when they were read. None is ever shown."""
    section, found = configuration.settings, configuration.tokens
    bot, app_token = bool(found.slack_bot.get_secret_value()), bool(found.slack_app.get_secret_value())
    discord = bool(found.discord.get_secret_value())
    if discord:
        needs = f"in its channels the bot needs {', '.join(slash.PERMISSIONS.values())}"
        yield Finding("discord", "ok", f"a token is set; {needs} (`invite ID` asks for them)")
        if wrong := _refused(section.discord.api_base):
            yield Finding("discord.api_base", "wrong", wrong, "correct it, or leave it out")
    if bot != app_token:
        absent = "SLACK_APP_TOKEN (xapp-…)" if bot else "SLACK_BOT_TOKEN (xoxb-…)"
        yield Finding("slack", "wrong", "one of its two tokens is missing", f"set {absent}")
    elif bot:
        scopes = ", ".join(accounts.scopes())
        yield Finding("slack", "ok", f"both tokens are set; the app needs {scopes} (`manifest` has them)")
        if wrong := _refused(section.slack.api_url):
            yield Finding("slack.api_url", "wrong", wrong, "correct it, or leave it out")
    if not (discord or bot or app_token):
        todo = "set DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN, for a chat"
        yield Finding("tokens", "note", "none is set: the terminal is the channel", todo)
    operators = section.operators
    if (discord or bot) and not (operators.discord_ids or operators.slack_ids):
        todo = "set operators.discord_ids or operators.slack_ids to change them in chat"
        yield Finding("operators", "note", "feeds can be changed on the command line only", todo)


def _refused(address: str) -> str | None:
    """Why a token may not be sent to an address that the settings name."""
    return check_address(address) if address else None


def folder(state: Path) -> Iterator[Finding]:
    """Whether the state folder is there, ours, and has room."""
    near = next((path for path in (state, *state.absolute().parents) if path.exists()), Path("/"))
    if state.exists() and not state.is_dir():
        yield Finding("state folder", "wrong", f"{state} is a file", "name a folder with --state")
        return
    if not os.access(near, os.W_OK | os.X_OK):
        todo = "give it to the user that runs the bot, or mount it writable"
        yield Finding("state folder", "wrong", f"{near} cannot be written", todo)
        return
    if not state.exists():
        yield Finding("state folder", "ok", f"{state} will be made at the first start")
    elif state.stat().st_mode & 0o077:
        yield Finding("state folder", "note", f"{state} can be read by others", f"chmod 700 {state}")
    else:
        yield Finding("state folder", "ok", f"{state} is ours and can be written")
    free = shutil.disk_usage(near).free
    words = f"{free // 1_000_000:,} MB are free"
    if free < LITTLE:
        verdict: Verdict = "wrong" if free < ALMOST_NONE else "note"
        yield Finding("disk", verdict, words, "make room: nothing is sent that cannot first be written down")
    else:
        yield Finding("disk", "ok", words)


def store(state: Path, now: datetime) -> Iterator[Finding]:
    """Whether the store is whole and of a version that we know, and whether the clock fits it."""
    path, says = state / db.FILE, f"it says {now:%d %b %Y %H:%M} UTC"
    if now < OLDEST:
        yield Finding("clock", "wrong", says, "set the clock of this machine")
    if not path.is_file():
        yield Finding("store", "ok", "nothing is remembered yet")
        if now >= OLDEST:
            yield Finding("clock", "ok", says)
        return
    newest = migrate.migrations()[-1][0]
    try:
        version = migrate.known_version(path, newest)
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
            if version == newest:
                migrate.check(connection, path)
            damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            polled = connection.execute("SELECT max(last_polled) FROM feed").fetchone()[0]
    except (migrate.StateError, sqlite3.Error) as error:
        words = str(error) if isinstance(error, migrate.StateError) else f"{path} cannot be read: {error}"
        yield Finding("store", "wrong", words, PUT_BACK)
        return
    if damage != "ok":
        yield Finding("store", "wrong", f"{path} is damaged ({damage})", PUT_BACK)
    elif version < newest:
        words = f"version {version}; the next start brings it to {newest}, after a copy"
        yield Finding("store", "note", words)
    else:
        yield Finding("store", "ok", f"whole, version {version}, {path.stat().st_size // 1_000_000:,} MB")
    if polled and datetime.fromtimestamp(polled, UTC) > now + AHEAD:
        told = f"{datetime.fromtimestamp(polled, UTC):%d %b %Y %H:%M} UTC"
        yield Finding("clock", "wrong", f"the last poll was at {told}, which is to come", "set the clock")
    elif now >= OLDEST:
        yield Finding("clock", "ok", says)


def copies(state: Path, now: datetime) -> Iterator[Finding]:
    """How old the newest copy is."""
    if not (state / db.FILE).is_file():
        return
    made = sorted(path.stat().st_mtime for path in (state / db.BACKUPS).glob("*.sqlite3"))
    newest = datetime.fromtimestamp(made[-1], UTC) if made else None
    if newest is None or now - newest > STALE_COPY:
        told = f"the newest is of {newest:%d %b %Y}" if newest else "there is none"
        yield Finding("copies", "note", told, "`backup` makes one, beside a running bot too")
    else:
        yield Finding("copies", "ok", f"{len(made)}, the newest of {newest:%d %b %Y}")


async def accounts_of(configuration: Configuration) -> AsyncIterator[Finding]:
    """Whether Discord and Slack take the tokens, and give what is needed."""
    async for about, well, words, todo in accounts.ask(configuration):
        yield Finding(about, "ok" if well else "wrong", words, todo)


async def feeds(configuration: Configuration, now: datetime) -> AsyncIterator[Finding]:
    """A line for each feed that cannot be read, and how many can."""
    try:
        read = await read_now(configuration)
    except (SettingsError, CatalogError, migrate.StateError) as error:
        yield Finding("feeds", "wrong", str(error))
        return
    well = 0
    async with Fetcher(app.limits(configuration.settings)) as fetcher, Parser() as parser:
        async for result in checks.check_all(read, fetcher, parser, now):
            if result.parseable:
                well += 1
            else:
                why, todo = result.reason or result.status, f"feeds check {result.url}"
                yield Finding(f"feed {result.name}", "note", why, todo)
            await asyncio.sleep(0)
    verdict: Verdict = "ok" if well == len(read) else "note" if 2 * well > len(read) else "wrong"
    todo = "" if 2 * well > len(read) else "check the network, a proxy or a firewall"
    yield Finding("feeds", verdict, f"{well} of {len(read)} can be read", todo)
