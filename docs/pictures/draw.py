"""Draws the README's pictures from what the renderers really send: `make pictures`.

One alert of the demo is rendered for each platform; its payload, nothing else, is laid out as an SVG in the
platform's manner. Clients differ in fonts and spacing; words, order, links and marks are those of the payload.
"""

from __future__ import annotations

import asyncio
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import judging, settings
from bot.layers import read
from bot.news.model import Alert, Entry
from bot.news.topics import outlets
from bot.outbox.sink import Target
from bot.platforms.console import ConsolePlatform
from bot.platforms.discord import render as discord
from bot.platforms.slack import render as slack
from bot.store import db
from bot.tasks.newsroom import Script, home

HERE = Path(__file__).parent
WIDTH, MARGIN, SIZE, LEADING = 620, 16, 14, 20
WORD = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True)
class Span:
    text: str
    style: str = ""  # bold, link, dim


@dataclass
class Sheet:
    """Lines of spans, wrapped to a width, with boxes for buttons."""

    width: int
    lines: list[list[Span]] = field(default_factory=list)
    buttons: tuple[str, ...] = ()

    def add(self, spans: Iterable[Span]) -> None:
        line: list[Span] = []
        room = float(self.width)
        for span in spans:
            for word in WORD.findall(span.text):
                wide = breadth(word, span.style)
                if wide > room and line:
                    self.lines.append(line)
                    line, room = [], float(self.width)
                line.append(Span(word, span.style))
                room -= wide
        self.lines.append(line)


def breadth(text: str, style: str) -> float:
    """About how wide a text is in a proportional font."""
    narrow = sum(c in "iljtf.,:;|!'()[] " for c in text)
    return (len(text) - narrow * 0.45) * SIZE * (0.64 if style == "bold" else 0.6)


# --------------------------------------------------------------------------- the alert


async def sample() -> Alert:
    """The demo's strikes in Paktika after the publisher's edit, as its alert then stands."""
    folder = settings.shipped() / "demo"
    topic = settings.load(folder, environment={}).topic()
    script = Script.of(read(folder / "samples" / "entries.toml"))
    alerts: list[Alert] = []
    with tempfile.TemporaryDirectory() as scratch:
        async with db.opened(Path(scratch)) as database:
            for sample in script.samples:
                outlet = outlets.find(sample.feed, "", topic)
                entry = Entry(
                    id=f"{sample.guid}.{sample.round}",
                    feed=sample.feed,
                    outlet=sample.feed,
                    url=f"{home(sample.feed)}{sample.guid}",
                    title=sample.title,
                    summary=sample.summary,
                    seen=max(sample.published, script.rounds[sample.round].at),
                    published=sample.published,
                    side=outlet.side,
                    family=outlet.family,
                    guid=sample.guid,
                )
                made = await judging.judge(database, [entry], topic, entry.seen)
                alerts += [decision.alert for decision in made if decision.alert]
    return next(alert for alert in reversed(alerts) if "Paktika" in alert.place)


# --------------------------------------------------------------------------- reading the payloads


MARKDOWN = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\[(?P<link>[^\]]+)\]\([^)]*\)|<t:(?P<time>\d+)(?::\w)?>|\\(?P<plain>.)"
)
MRKDWN = re.compile(
    r"\*(?P<bold>[^*\n]+)\*|<(?P<url>http[^|>]+)\|(?P<link>[^>]+)>|<!date\^(?P<time>\d+)\^[^>]*>|_(?P<dim>[^_\n]+)_"
)


def spans(text: str, pattern: re.Pattern[str], style: str = "") -> Iterator[Span]:
    """A platform's marks as styles; what is not a mark stays as it is."""
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            yield Span(unescaped(text[at : match.start()]), style)
        kind = match.lastgroup or "plain"
        if kind == "time":
            yield Span(f"{datetime.fromtimestamp(int(match['time']), UTC):%d %b %Y %H:%M}", style)
        elif kind == "bold":
            yield from spans(match["bold"], pattern, "bold")
        else:
            yield Span(unescaped(match[kind]), {"link": "link", "dim": "dim"}.get(kind, style))
        at = match.end()
    if at < len(text):
        yield Span(unescaped(text[at:]), style)


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def discord_sheet(payload: dict[str, Any]) -> Sheet:
    embed = payload["embeds"][0]
    sheet = Sheet(
        WIDTH - 4 * MARGIN,
        buttons=tuple(b["label"] for row in payload["components"] for b in row["components"]),
    )
    sheet.add([Span(embed["author"]["name"], "bold")])
    sheet.add([Span(embed["title"].replace("\\", ""), "link")])
    blocks = [("", embed.get("description", "")), *((f["name"], f["value"]) for f in embed["fields"])]
    for name, value in blocks:
        if name:
            sheet.lines.append([])
            sheet.add([Span(name, "bold")])
        for line in value.splitlines():
            sheet.add(spans(line, MARKDOWN))
    sheet.lines.append([])
    sheet.add([Span(embed["footer"]["text"], "dim")])
    return sheet


def slack_sheet(payload: dict[str, Any]) -> Sheet:
    sheet = Sheet(WIDTH - 2 * MARGIN)
    for block in payload["blocks"]:
        if block["type"] == "actions":
            sheet.buttons = tuple(element["text"]["text"] for element in block["elements"])
            continue
        if sheet.lines:
            sheet.lines.append([])
        if block["type"] == "header":
            sheet.add([Span(block["text"]["text"], "bold")])
        elif block["type"] == "section":
            for line in block["text"]["text"].splitlines():
                sheet.add(spans(line, MRKDWN))
        else:
            for element in block["elements"]:
                sheet.add(spans(element["text"], MRKDWN, "dim"))
    return sheet


# --------------------------------------------------------------------------- drawing


@dataclass(frozen=True)
class Look:
    paper: str
    card: str
    ink: str
    dim: str
    link: str
    button: str


DISCORD = Look("#313338", "#2b2d31", "#dbdee1", "#949ba4", "#00a8fc", "#4e5058")
SLACK = Look("#ffffff", "#ffffff", "#1d1c1d", "#616061", "#1264a3", "#ffffff")


def svg(sheet: Sheet, look: Look, title: str, bar: str = "") -> str:
    left = MARGIN * (2.5 if bar else 1)
    top = MARGIN * (2 if bar else 1)
    height = top + len(sheet.lines) * LEADING + (56 if sheet.buttons else 16)
    card = top + len(sheet.lines) * LEADING
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{look.paper}" stroke="#00000022"/>',
    ]
    if bar:
        out.append(
            f'<rect x="{MARGIN}" y="{MARGIN * 0.8}" width="{WIDTH - 2 * MARGIN}" height="{card}" rx="4" fill="{look.card}"/>'
        )
        out.append(f'<rect x="{MARGIN}" y="{MARGIN * 0.8}" width="4" height="{card}" rx="2" fill="{bar}"/>')
    out.append(f'<g font-family="-apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="{SIZE}">')
    for number, line in enumerate(sheet.lines):
        if line:
            out.append(drawn(line, left, top + (number + 0.8) * LEADING, look))
    x = left if not bar else MARGIN
    for label in sheet.buttons:
        wide = breadth(label, "bold") + 24
        y = card + (20 if bar else 12)
        out.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="30" rx="4" fill="{look.button}" stroke="#8886"/>'
            f'<text x="{x + wide / 2:.0f}" y="{y + 20:.0f}" text-anchor="middle" fill="{look.ink}">{escape(label)}</text>'
        )
        x += wide + 8
    return "\n".join([*out, "</g>", "</svg>", ""])


def drawn(line: list[Span], x: float, y: float, look: Look) -> str:
    pieces = []
    for span in line:
        ink = {"link": look.link, "dim": look.dim}.get(span.style, look.ink)
        weight = ' font-weight="600"' if span.style == "bold" else ""
        pieces.append(f'<tspan fill="{ink}"{weight}>{escape(span.text)}</tspan>')
    return f'<text x="{x:.0f}" y="{y:.0f}" xml:space="preserve">{"".join(pieces)}</text>'


async def main() -> None:
    alert = await sample()
    target = Target("1", "1")
    embed = discord.render_alert(alert, target)
    colour = f"#{embed['embeds'][0].get('color', 0):06x}"
    (HERE / "discord.svg").write_text(
        svg(discord_sheet(embed), DISCORD, "An alert on Discord", colour), "utf-8"
    )
    (HERE / "slack.svg").write_text(
        svg(slack_sheet(slack.render_alert(alert, target)), SLACK, "An alert on Slack"), "utf-8"
    )
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    platform = ConsolePlatform(console)
    await platform.post(target, platform.render(alert, target), "")
    (HERE / "console.svg").write_text(console.export_svg(title="borderwire"), "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
