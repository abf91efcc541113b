"""An alert, a digest or an answer as Slack blocks, each with a text twin for notifications and screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.commands.base import Reply, Row
from bot.news.model import Alert, Before, FigureLine
from bot.outbox.sink import Payload, Target
from bot.platforms import escape
from bot.platforms.slack.escape import fitted, link, mention, moment, mrkdwn, plain
from bot.platforms.slack.slash import option, usage
from bot.platforms.words import (
    chunks,
    corroboration,
    day,
    figure,
    heading,
    heard,
    leading,
    sign,
    story_buttons,
    whole,
)

Block = dict[str, Any]

BUDGET = 3_500  # characters that a reader sees: later, longer versions must still fit
HEADER = 150  # Slack's limits
SECTION = 2_900  # of 3,000
MOST_TEXT = 3_900  # beyond 4,000 a message cannot be edited later
DIGEST_PART = 7_000  # a message's blocks may hold about 13,200 characters, addresses included
DIGEST_LINES = 30

# What our own parts may take of the budget; the summary gets the rest. Lists count with their addresses.
HEADLINE, SUMMARY, LINE, FIGURES, NOTE, NAME = 300, 900, 400, 2_400, 160, 60
LINKS = 1_600
MOST_FIGURES, MOST_CHANGES, MOST_BEFORE = 5, 3, 3
PREFIX = "borderwire."  # of every action_id
CHANNEL = re.compile(r"[CG][A-Z0-9]{6,20}")


def section(text: str, name: str = "") -> Block:
    """`verbatim`: Slack must not look for addresses and names in it by itself."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return {**block, "block_id": name} if name else block


def header(text: str) -> Block:
    short = escape.fitted(text, HEADER, plain) or "…"
    return {"type": "header", "text": {"type": "plain_text", "text": short, "emoji": False}}


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


# --------------------------------------------------------------------------- an alert


def render_alert(alert: Alert, target: Target) -> Payload:
    """`reply` is said in the message's thread when the level rose, at each change where changes are told: an edit calls
    nobody. The channel shows it, too, unless it is `quiet`.
    """
    call = mention(target.ping)
    headline = f"*{link(alert.url, alert.headline, HEADLINE)}*"
    parts = [
        figures(alert.figures),
        f"*Reported by* {fitted(corroboration(alert), NOTE)}",
        changed(alert),
        before(alert.before),
        sources(alert),
    ]
    footer = f"Story {alert.story} · first seen {moment(alert.first_seen)} · last change {moment(alert.last_change)}"
    room = BUDGET - HEADER - len(headline) - sum(len(part) for part in parts) - len(footer)
    texts = [headline, fitted(alert.summary, min(SUMMARY, max(room, LINE))), *parts]
    blocks = [
        header(heading(alert)),
        *(section(text) for text in (f"{call} {headline}".strip(), *texts[1:]) if text),
        context(footer),
        buttons(alert, target.private),
    ]
    for number, block in enumerate(blocks):  # Slack wants new ids on every update
        block["block_id"] = f"s{alert.story}.{alert.revision}.{number}"
    shown = fitted(heading(alert), HEADER)
    spoken = [shown, fitted(alert.headline, HEADLINE), *texts[1:], footer]
    payload: Payload = {"text": twin(spoken), "blocks": blocks}
    if alert.kind == "update" and (alert.level_rose or target.style != "message"):
        what = f" {spoken[1]} —" if alert.level_rose else ":"  # where people are called, it is read by itself
        payload["reply"] = f"{call} *{shown}*{what} {changes(heard(alert))}".strip()
        payload |= {"quiet": True} if target.style == "thread" and not alert.level_rose else {}
    return payload


def twin(texts: Iterable[str]) -> str:
    """All that the blocks say, for notifications and screen readers: they read this and no block."""
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    shown, left = whole(lines, MOST_TEXT - NAME)
    return "\n".join([*shown, *([f"+{left} more lines in the message"] if left else [])])


def figures(lines: Sequence[FigureLine]) -> str:
    """Whole lines or none: a figure that does not fit is counted, never cut."""
    written = []
    for line in lines[:MOST_FIGURES]:
        words, outlet = mrkdwn(figure(line)), link(line.url, line.outlet, NAME)
        full = f"{sign(line)} {words}{f' · {outlet}' if outlet else ''}"
        written.append(full if len(words) <= LINE else "")
    shown, left = whole(written, FIGURES)
    left += len(lines[MOST_FIGURES:])
    more = [f"+{left} more: press Wording"] if left else []
    return "\n".join(["*Key figures*", *shown, *more]) if shown or more else ""


def changed(alert: Alert) -> str:
    """Obligatory on updates: Slack shows no "edited" beside blocks."""
    if alert.kind == "new" and not alert.changed:
        return ""
    return f"*Changed* {moment(alert.last_change)}: {changes(alert.changed)}"


def changes(changed: Sequence[str]) -> str:
    shown = [fitted(change, NOTE) for change in changed[:MOST_CHANGES]]
    more = len(changed) - len(shown)
    return "; ".join([*shown, f"+{more} more"] if more else shown) or "details"


def before(events: Sequence[Before]) -> str:
    lines = (f"• {day(event.date)} — {link(event.url, event.what, NOTE)}" for event in events[:MOST_BEFORE])
    shown, _ = whole(lines, LINKS)
    return "\n".join(["*Before this*", *shown]) if shown else ""


def sources(alert: Alert) -> str:
    first, more = alert.sources_shown()
    names, left = whole((link(source.url, source.outlet, NAME) or "?" for source in first), LINKS)
    more += left
    names += [f"+{more} more"] if more else []
    return f"*Sources* {' · '.join(names)}" if names else ""


def buttons(alert: Alert, private: bool) -> Block:
    shown = [button(name, label, str(alert.story)) for name, label in story_buttons(private)]
    return {"type": "actions", "elements": shown}


def button(name: str, label: str, value: str) -> Block:
    text = {"type": "plain_text", "text": label, "emoji": False}
    return {"type": "button", "action_id": f"{PREFIX}{name}", "text": text, "value": value}


# --------------------------------------------------------------------------- a digest


def render_digest(alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
    """All of `alerts`, a line each, in as many messages as it takes."""
    pages = list(chunks([digest_line(alert) for alert in alerts], DIGEST_PART, DIGEST_LINES))
    payloads = []
    for number, page in enumerate(pages, 1):
        head = f"{title} ({number}/{len(pages)})" if len(pages) > 1 else title
        parts = ["\n".join(part) for part in chunks(page, SECTION, DIGEST_LINES)]
        text = twin([fitted(head, HEADER), *parts])
        payloads.append({"text": text, "blocks": [header(head), *map(section, parts)]})
    return payloads


def digest_line(alert: Alert) -> str:
    """Level and place, the headline with its link, and one figure with its claimant."""
    first = mrkdwn(leading(alert))
    count = f" — {first}" if 0 < len(first) <= LINE // 2 else ""
    return f"*{fitted(heading(alert), HEADER)}*: {link(alert.url, alert.headline, HEADLINE // 2)}{count}"


# --------------------------------------------------------------------------- an answer


def render_reply(reply: Reply) -> Payload:
    """A command's answer; private ones only for the asker. What does not fit is counted."""
    reply = reply.typed(usage, option)
    title = f"{'⚠ ' if reply.error else ''}{reply.title}"
    said = [fitted(line, SECTION // 2) for line in reply.text.splitlines()]
    parts = [*chunks(said, SECTION, DIGEST_LINES), *chunks(map(row_line, reply.rows), SECTION, DIGEST_LINES)]
    texts: list[str] = []
    room, left = DIGEST_PART, 0
    for part in filter(any, parts):
        text = "\n".join(part)
        room = room - len(text) if len(text) <= room else 0
        if room:
            texts.append(text)
        else:
            left += len(part)
    foot = [words] if (words := fitted(reply.footer, LINE)) else []
    foot += [f"{left} more lines left out"] if left else []
    last = " · ".join(foot)
    blocks = [header(title), *map(section, texts), *([context(last)] if last else [])]
    return {
        "text": twin([fitted(title, HEADER), *texts, last]),
        "blocks": blocks,
        "response_type": "ephemeral" if reply.private else "in_channel",
    }


def row_line(row: Row) -> str:
    """A row with its first line beside its head; lines below that do not fit into a section are counted."""
    head = f"<#{row.channel}>" if CHANNEL.fullmatch(row.channel) else link(row.url, row.head, HEADLINE)
    when = f"{moment(row.at)} " if row.at else ""
    said, *more = [fitted(line, LINE * 2) for line in row.text.splitlines()] or [""]
    first = f"• {when}*{head}*{f' — {said}' if said else ''}"
    shown, left = whole((f"      {line}" for line in more if line), SECTION - len(first) - NAME)
    return "\n".join([first, *shown, *([f"      +{left} more lines"] if left else [])])
