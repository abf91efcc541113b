"""A question and its answer, the same on every platform: `Request` in, `Reply` out.

Commands are plain async functions in the literal table `COMMANDS` (see `bot.commands`); platforms
translate a slash command into a `Request` and draw the `Reply`. Nothing here knows a platform.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.news.model import STYLES, DigestPace, Level, Style
from bot.news.topics.topic import Topic
from bot.store.db import Database

CALL = re.compile("\ue000([a-z_]{1,32})((?:\ue002[^\ue000-\ue003]{1,200})*)\ue001")
MARKS = re.compile("[\ue000-\ue003]")
CONSOLE = "console"  # the terminal stands in where no platform has a token
MAIN = "*"  # before the name of an option that is typed without its name where that can be done
Read = Callable[[], Awaitable[bytes]]  # a file that came with a question; raises `options.Mistake`


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks what, where. `options` are the raw words typed; commands check them."""

    command: str
    platform: str
    space: str
    channel: str
    user: str
    now: datetime
    manager: bool = False  # Manage Server on Discord, workspace admin or configured user on Slack
    options: Mapping[str, str] = field(default_factory=dict)
    operator: bool = False  # named in the configuration, or at the command line: may change what all read
    files: Mapping[str, Read] = field(default_factory=dict)  # read only once the asker may ask

    def typed(self, name: str) -> str:
        """What was typed for an option; "" for nothing."""
        return self.options.get(name, "").strip()

    @property
    def place(self) -> tuple[str, str, str]:
        """The channel that is asked about: platform, space, and the channel that is named, else this one."""
        return self.platform, self.space, self.options.get("channel") or self.channel


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: when, what, and where to read more. All plain text, escaped by renderers."""

    head: str
    text: str = ""
    url: str = ""
    at: datetime | None = None
    channel: str = ""  # the head is this channel: platforms link to it


@dataclass(frozen=True, slots=True)
class File:
    """Text, or a picture, that an answer brings along, to be kept."""

    name: str
    data: bytes
    alt: str = ""  # of a picture: what it shows, in words


def call(name: str, options: Mapping[str, str] | None = None) -> str:
    """How an answer names a command: as data, as it is typed differently everywhere (`Reply.typed`).

    An option whose name begins with `MAIN` is what the command is about: most platforms need no name for it.
    """
    pairs = "".join(f"\ue002{key}={MARKS.sub('', value)[:150]}" for key, value in (options or {}).items())
    return f"\ue000{name}{pairs}\ue001"


def colon(name: str, value: str, _main: bool) -> str:
    """An option as Discord shows it while it is typed."""
    return f"{name}:{value}"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as plain data. `private`: only the asker sees it; `misused`: the question itself was wrong."""

    title: str
    text: str = ""
    rows: tuple[Row, ...] = ()
    footer: str = ""
    private: bool = True
    error: bool = False
    misused: bool = False
    page: int = 1
    pages: int = 1
    file: File | None = None

    def typed(self, usage: Callable[[str], str], option: Callable[[str, str, bool], str] = colon) -> Reply:
        """The same, with each command that it names as the asker types it.

        >>> Reply("None yet", f"{call('subscribe')} makes one.").typed("/{}".format).text
        '/subscribe makes one.'
        >>> Reply("Story", call("story", {"*story": "12", "page": "2"})).typed("/{}".format).text
        '/story story:12 page:2'
        """

        def spelt(pair: str) -> str:
            name, _, value = pair.partition("=")
            return option(name.removeprefix(MAIN), value, name.startswith(MAIN))

        def named(found: re.Match[str]) -> str:
            return " ".join((usage(found[1]), *map(spelt, found[2].split("\ue002")[1:])))

        title, text, footer = (CALL.sub(named, words) for words in (self.title, self.text, self.footer))
        rows = tuple(
            replace(row, head=CALL.sub(named, row.head), text=CALL.sub(named, row.text)) for row in self.rows
        )
        return replace(self, title=title, text=text, rows=rows, footer=footer)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command, as platforms declare it."""

    name: str
    help: str
    choices: tuple[str, ...] = ()
    kind: Literal["text", "channel", "role", "file"] = "text"
    main: bool = False  # what the command is about: plain words behind its name


# platform, space, channel → permissions
Missing = Callable[[str, str, str, Style], Awaitable[tuple[str, ...]]]
Styles = Callable[[str, str, str], Awaitable[tuple[Style, ...]]]  # → the styles that a channel can have
Feeds = Callable[[str, str, bytes | None], Awaitable[Reply]]  # action, address, file → what came of it
# platform, user → their direct messages, or why not
Direct = Callable[[str, str], Awaitable[tuple[str, str]]]


async def nowhere(_platform: str, _user: str) -> tuple[str, str]:
    return "", "There are no direct messages here"


async def any_style(_platform: str, _space: str, _channel: str) -> tuple[Style, ...]:
    return STYLES


@dataclass(frozen=True, slots=True)
class Context:
    """What a command may use; built once by `app`."""

    database: Database
    topic: Topic
    missing: Missing
    health: Callable[[], Awaitable[tuple[Row, ...]]]  # lines of /status that live outside the store
    instant: Level = Level.MAJOR  # what a new subscription gets
    digest: DigestPace = "daily"
    feeds: Feeds | None = None
    ceiling: int = 0  # and how many posts a day at most; 0: any number
    direct: Direct = nowhere
    follows: int = 10  # stories that one person may follow at once
    styles: Styles = any_style
    lifetime: timedelta = timedelta(days=30)  # of a story of which nothing more is heard


@dataclass(frozen=True, slots=True)
class Command:
    """A row of COMMANDS."""

    name: str
    help: str
    run: Callable[[Request, Context], Awaitable[Reply]]
    options: tuple[Option, ...] = ()
    manager: bool = False  # needs Manage Server / workspace admin
    more: bool = False  # is for everybody, and tells these more
    operator: bool = False  # needs to be named in the configuration
    examples: tuple[Mapping[str, str], ...] = ({},)  # options as somebody may type them
