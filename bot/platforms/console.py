"""The terminal as a channel: alerts drawn with rich, for the demo and for a bot without tokens."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.commands.base import Reply
from bot.news.alerts.days import moment
from bot.news.model import Alert, Style
from bot.outbox.sink import Gone, Outcome, Page, Payload, Sent, Target
from bot.platforms.words import corroboration, day, figure, heading, sign

LEVEL_STYLE = {"critical": "bold red", "major": "bold yellow", "notable": "bold cyan", "minor": "bold"}
FRAME = 6  # cells that a panel takes beside its title
Line = tuple[str, str]  # rich style, text


class ConsolePlatform:
    """Prints every delivery; an update is the whole alert again, with what changed."""

    platform = "console"
    reposts_safely = True
    key_window = 0.0
    settle = 0.0
    edits = True

    def __init__(self, console: Console) -> None:
        self.console = console

    async def start(self) -> None:
        """A terminal is always there."""

    async def stop(self) -> None:
        """And stays."""

    async def styles(self, space: str, channel: str) -> tuple[Style, ...]:
        return ("message",)

    async def missing(self, space: str, channel: str, style: Style) -> tuple[str, ...]:
        return ()

    async def direct(self, user: str) -> str | Outcome:
        return Gone("there are no direct messages in a terminal")

    async def ready(self) -> bool:
        return True

    def render(self, alert: Alert, target: Target) -> Payload:
        return {"title": title(alert), "style": LEVEL_STYLE[alert.level.word], "lines": list(lines(alert))}

    def render_digest(self, alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
        rows = [(LEVEL_STYLE[alert.level.word], self.line(alert)) for alert in alerts]
        return [{"title": title, "style": "bold", "lines": rows}]

    def line(self, alert: Alert) -> str:
        return f"{heading(alert)}\n  {alert.headline}\n"

    def cost(self, payload: Payload, *, edit: bool) -> int:
        return 1

    async def post(self, target: Target, payload: Payload, key: str) -> Outcome:
        body = Text()
        for style, text in payload["lines"]:
            body.append(printable(text), style=style)
        body.rstrip()
        head = Text(printable(payload["title"]), style=payload["style"])
        if head.cell_len <= self.console.width - FRAME:
            panel = Panel(body, title=head, title_align="left", padding=(1, 2))
        else:  # a frame would cut it off
            panel = Panel(Text("\n\n").join((head, body)), padding=(1, 2))
        self.console.print(panel)
        return Sent(key)

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        return await self.post(target, payload, key)

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        """A terminal cannot be read back; printing twice harms nobody."""
        return Page()


def title(alert: Alert) -> str:
    return f"{heading(alert)}{' · updated' if alert.kind == 'update' else ''}"


def lines(alert: Alert) -> Iterable[Line]:
    """An alert from top to bottom, as pairs of style and text."""
    yield "bold", f"{alert.headline}\n"
    yield "dim", f"{alert.url}\n"
    if alert.summary:
        yield "", f"\n{alert.summary}\n"
    if alert.figures:
        yield "bold", "\nKey figures\n"
        for line in alert.figures:
            yield "red" if line.conflict else "", f"  {sign(line)} {figure(line)}\n"
    yield "bold", "\nReported by "
    yield "", f"{corroboration(alert)}\n"
    if alert.changed:
        yield "green", f"Changed {moment(alert.last_change)}: {'; '.join(alert.changed)}\n"
    if alert.before:
        yield "bold", "\nBefore this\n"
        for before in alert.before:
            yield "", f"  {day(before.date)} — {before.what}\n"
    shown, more = alert.sources_shown()
    yield "bold", "\nSources "
    yield "", ", ".join(source.outlet for source in shown) + (f" +{more} more" if more else "") + "\n"
    first, last = moment(alert.first_seen), moment(alert.last_change)
    yield "dim", f"story {alert.story} · first seen {first} · last change {last}"


def printable(text: str) -> str:
    """Feed text without control characters: a headline must not steer a terminal."""
    return "".join(c for c in text if c.isprintable() or c in "\n\u200d")


def option(name: str, value: str, main: bool) -> str:
    """An option as it is typed behind a command of this program.

    >>> option("digest_hour", "7", False), option("words", "Spin Boldak", True)
    ('--digest-hour 7', 'Spin Boldak')
    """
    return value if main else f"--{name.replace('_', '-')} {shlex.quote(value)}"


def show(reply: Reply, console: Console, program: str = "python -m bot") -> None:
    """A reply as a person reads it, who called the program by this name."""
    reply = reply.typed(lambda name: f"{program} {name}", option)
    console.print(Text(printable(reply.title), style="bold red" if reply.error else "bold"))
    if reply.text:
        console.print(Text(printable(reply.text)))
    for row in reply.rows:
        when = f"{moment(row.at)} · " if row.at else ""
        console.print(Text(f"\n{when}{printable(row.head)}", style="bold"))
        if row.text:
            console.print(Text(printable(row.text)))
        if row.url:
            tell(console, row.url, "dim")
    if reply.file and not reply.file.alt:
        tell(console, reply.file.data.decode("utf-8", "replace"))
    if reply.footer:
        console.print(Text(f"\n{printable(reply.footer)}", style="dim"))


def tell(console: Console, line: str, style: str = "") -> None:
    """A line that is never cut: an address, or what another program reads."""
    console.print(Text(printable(line), style=style), soft_wrap=True)
