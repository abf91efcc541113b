"""The timeline as a file to keep: CSV, JSON, Markdown, or a picture of it with its numbers in words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from bot import output
from bot.charts import timeline as chart
from bot.commands.base import File, Reply
from bot.commands.options import counted
from bot.news.alerts.claimed import said
from bot.news.alerts.days import span
from bot.news.model import Claim, PastEvent

COLUMNS = [
    "date", "end", "precision", "place", "type", "level", "what", "parties", "measure", "party", "qualifier", "text",
    "low", "high", "claimant", "scope", "denied_by", "note", "claim_url", "sources", "urls", "story",
]  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets
MARKS = re.compile(r"([\\`*_\[\]<>|#])")
LONGEST_ALT = 900


def reply(events: Sequence[PastEvent], format: str) -> Reply:
    """All happenings as the file that was asked for, the oldest first."""
    count = counted(len(events), "happening")
    if format == "chart":
        if not events:
            return Reply("Timeline", "Nothing in my records matches that, so there is nothing to draw.")
        title = f"{count}, {events[0].start:%d %b %Y} - {max(e.start for e in events):%d %b %Y}"
        words = chart.words(events)
        alt = f"Bar chart. {words.replace(chr(10), '; ')}"[:LONGEST_ALT]
        file = File("timeline.png", chart.picture(events, title), alt)
        return Reply(f"Timeline · {count}", words, file=file)
    ending, written = WRITERS[format]
    file = File(f"timeline.{ending}", written(events).encode())
    return Reply(f"Timeline · {count}", "The oldest first.", file=file)


def as_csv(events: Sequence[PastEvent]) -> str:
    """A row for each claim; a happening without one has a row of its own. No cell begins a formula."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for event in events:
        for claim in event.claims or (None,):
            row = {**_happening(event), **(_claim(claim) if claim else {})}
            table.writerow({name: _cell(value) for name, value in row.items()})
    return written.getvalue()


def _happening(event: PastEvent) -> dict[str, Any]:
    return {
        "date": event.start.isoformat(),
        "end": event.end.isoformat() if event.end != event.start else "",
        "precision": event.precision,
        "place": event.place,
        "type": event.type,
        "level": event.level.word,
        "what": event.what,
        "parties": "; ".join(event.parties),
        "sources": "; ".join(f"{s.outlet} ({s.side})" for s in event.sources),
        "urls": " ".join(s.url for s in event.sources),
        "story": event.story or "",
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "measure": claim.measure,
        "party": claim.party,
        "qualifier": claim.qualifier,
        "text": claim.text,
        "low": _number(claim.low),
        "high": _number(claim.high),
        "claimant": claim.claimant,
        "scope": claim.scope,
        "denied_by": claim.denied_by or "",
        "note": claim.note,
        "claim_url": claim.url,
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _cell(value: object) -> str:
    """A cell that a spreadsheet shows and does not run.

    >>> _cell("=HYPERLINK(1)"), _cell("-5 °C"), _cell("12")
    ("'=HYPERLINK(1)", "'-5 °C", '12')
    """
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(FORMULA) else text


def as_json(events: Sequence[PastEvent]) -> str:
    """The happenings as `timeline --json` gives them, in one list."""
    return json.dumps([output.event(event) for event in events], ensure_ascii=False, indent=1) + "\n"


def as_markdown(events: Sequence[PastEvent]) -> str:
    """A list by month, each happening with its claims and links to every source."""
    lines = ["# Timeline", ""]
    month = ""
    for event in events:
        if (now := f"{event.start:%B %Y}") != month:
            month = now
            lines += [f"## {month}", ""]
        lines += [*_item(event), ""]
    return "\n".join(lines)


def _item(event: PastEvent) -> list[str]:
    parts = (span(event), event.level.word, event.type.replace("_", " "), event.place)
    head = " · ".join(part for part in map(plain, parts) if part)
    links = ", ".join(_link(source.outlet, source.url) for source in event.sources)
    claims = [f"  - {plain(said(one))}{_more(one.url)}" for one in event.claims]
    return [f"- **{head}** — {plain(event.what)}{f' {links}' if links else ''}", *claims]


def _more(url: str) -> str:
    return f" ({_link('source', url)})" if url else ""


def _link(words: str, url: str) -> str:
    safe = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{plain(words)}](<{safe}>)" if url.startswith(("http://", "https://")) else plain(words)


def plain(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> plain("a_b [x](y)\n# c")
    'a\\_b \\[x\\](y) \\# c'
    """
    return MARKS.sub(r"\\\1", " ".join(text.split()))


WRITERS = {"csv": ("csv", as_csv), "json": ("json", as_json), "markdown": ("md", as_markdown)}  # ending, how
FORMATS = (*WRITERS, "chart")
