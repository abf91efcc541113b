"""An alert, a digest or an answer as Slack blocks, each with a text twin for notifications and screen readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.commands.base import Reply, Row
from bot.news.model import Alert, Before, FigureLine
from bot.outbox.sink import Payload, Target
from bot.platforms.escape import clean, web
from bot.platforms.slack.escape import fitted, link, mention, moment, mrkdwn, plain
from bot.platforms.words import chunks, corroboration, figure, heading

Block = dict[str, Any]

BUDGET = 3_500  # characters that a reader sees: later, longer versions must still fit
HEADER = 150  # Slack's limits
SECTION = 2_900  # of 3,000
MOST_TEXT = 3_900  # beyond 4,000 a message cannot be edited later
DIGEST_PART = 7_000  # a message's blocks may hold about 13,200 characters, addresses included
DIGEST_LINES = 30

# What our own parts may take of the budget; the summary gets the rest.
HEADLINE, SUMMARY, LINE, FIGURES, NOTE = 300, 900, 400, 1_300, 160
MOST_FIGURES = 5
PREFIX = "borderwire."  # of every action_id
BUTTONS = (("wording", "Wording"), ("sources", "All sources"), ("timeline", "Timeline"))


def section(text: str, name: str = "") -> Block:
    """`verbatim`: Slack must not look for addresses and names in it by itself."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    return {**block, "block_id": name} if name else block


def header(text: str) -> Block:
    short = plain(text)[:HEADER] or "…"
    return {"type": "header", "text": {"type": "plain_text", "text": short, "emoji": False}}


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


# --------------------------------------------------------------------------- an alert


def render_alert(alert: Alert, target: Target) -> Payload:
    """`reply` is said in the message's thread, and shown in the channel, when the level rose: an edit calls nobody."""
    call = mention(target.ping)
    headline = f"*{link(alert.url, fitted_words(alert.headline, HEADLINE))}*"
    parts = [
        figures(alert.figures),
        f"*Reported by* {fitted(corroboration(alert), NOTE)}",
        changed(alert),
        before(alert.before),
        sources(alert),
    ]
    footer = f"Story {alert.story} · first seen {moment(alert.first_seen)} · last change {moment(alert.last_change)}"
    room = BUDGET - HEADER - len(headline) - sum(len(part) for part in parts) - len(footer)
    summary = fitted(alert.summary.lstrip("> "), min(SUMMARY, max(room, LINE))) if alert.summary else ""
    texts = [f"{call} {headline}".strip(), summary, *parts]
    blocks = [
        header(heading(alert)),
        *(section(text) for text in texts if text),
        context(footer),
        buttons(alert),
    ]
    for number, block in enumerate(blocks):  # Slack wants new ids on every update
        block["block_id"] = f"s{alert.story}.{alert.revision}.{number}"
    payload: Payload = {"text": twin(alert), "blocks": blocks}
    if alert.kind == "update" and alert.level_rose:
        payload["reply"] = f"{call} *{mrkdwn(heading(alert))}*: the level rose. {changes(alert)}".strip()
    return payload


def fitted_words(text: str, most: int) -> str:
    """Unescaped text that is at most `most` characters once escaped; `link` escapes it."""
    room, words = most, clean(text)
    while len(mrkdwn(words)) > most and room > 8:
        words, room = words[:room].rsplit(" ", 1)[0] + " …", room * 3 // 4
    return words


def figures(lines: Sequence[FigureLine]) -> str:
    """Whole lines or none: a figure that does not fit is counted, never cut."""
    shown: list[str] = []
    for line in lines[:MOST_FIGURES]:
        words = mrkdwn(figure(line))
        if len(words) <= LINE and sum(map(len, shown)) + len(words) <= FIGURES:
            from_outlet = f" · {link(line.url, line.outlet)}" if line.outlet else ""
            shown.append(f"{'≠' if line.conflict else '•'} {words}{from_outlet}")
    missing = len(lines) - len(shown)
    if missing:
        shown.append(f"_+{missing} more: press All sources_")
    return "\n".join(["*Key figures*", *shown]) if shown else ""


def changed(alert: Alert) -> str:
    """Obligatory on updates: Slack shows no "edited" beside blocks."""
    if alert.kind == "new" and not alert.changed:
        return ""
    return f"*Changed* {moment(alert.last_change, '{time}')}: {changes(alert)}"


def changes(alert: Alert) -> str:
    shown = [fitted(change, NOTE) for change in alert.changed[:3]]
    more = len(alert.changed) - len(shown)
    return "; ".join([*shown, f"+{more} more"] if more else shown) or "details"


def before(events: Sequence[Before]) -> str:
    lines = []
    for event in events[:3]:
        words = fitted_words(event.what, NOTE)
        lines.append(f"• {event.date.day} {event.date:%b %Y} — {link(event.url, words)}")
    return "\n".join(["*Before this*", *lines]) if lines else ""


def sources(alert: Alert) -> str:
    shown, more = alert.sources_shown()
    names = [link(source.url, fitted_words(source.outlet, 60) or "?") for source in shown]
    if more:
        names.append(f"+{more} more")
    return f"*Sources* {' · '.join(names)}" if names else ""


def buttons(alert: Alert) -> Block:
    shown = [button(name, label, str(alert.story)) for name, label in BUTTONS]
    return {"type": "actions", "elements": shown}


def button(name: str, label: str, value: str) -> Block:
    text = {"type": "plain_text", "text": label, "emoji": False}
    return {"type": "button", "action_id": f"{PREFIX}{name}", "text": text, "value": value}


def twin(alert: Alert) -> str:
    """The alert in a few lines without blocks: what a notification and a screen reader say."""
    lines = [fitted(heading(alert), HEADER), fitted(alert.headline, HEADLINE)]
    lines += [words for line in alert.figures[:3] if len(words := mrkdwn(figure(line))) <= LINE]
    if alert.kind == "update":
        lines.append(f"Changed: {changes(alert)}")
    return "\n".join(line for line in lines if line)


# --------------------------------------------------------------------------- a digest


def render_digest(alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
    """All of `alerts`, a line each, in as many messages as it takes."""
    lines = [digest_line(alert) for alert in alerts]
    pages = list(chunks(lines, DIGEST_PART, DIGEST_LINES))
    return [
        {
            "text": fitted(f"{title}: {len(alerts)} stories", HEADLINE),
            "blocks": [
                header(f"{title} ({number}/{len(pages)})" if len(pages) > 1 else title),
                *(section("\n".join(part)) for part in chunks(page, SECTION, DIGEST_LINES)),
            ],
        }
        for number, page in enumerate(pages, 1)
    ]


def digest_line(alert: Alert) -> str:
    """Level and place, the headline with its link, and one figure with its claimant."""
    first = next((mrkdwn(figure(line)) for line in alert.figures), "")
    count = f" — {first}" if 0 < len(first) <= LINE // 2 else ""
    head = fitted(heading(alert), HEADER)
    return f"*{head}*: {link(alert.url, fitted_words(alert.headline, HEADLINE // 2))}{count}"


# --------------------------------------------------------------------------- an answer


def render_reply(reply: Reply) -> Payload:
    """A command's answer; private ones only for the asker."""
    title = f"{'⚠ ' if reply.error else ''}{reply.title}"
    said = [fitted(line, SECTION // 2) for line in reply.text.splitlines()]
    texts = ["\n".join(part) for part in chunks(said, SECTION, 60) if any(part)]
    lines = [row_line(row) for row in reply.rows]
    parts = list(chunks(lines, SECTION, DIGEST_LINES))
    room, shown = DIGEST_PART, 0
    for part in parts:
        if len("\n".join(part)) > room:
            break
        room -= len("\n".join(part))
        shown += len(part)
        texts.append("\n".join(part))
    foot = [words] if (words := fitted(reply.footer, LINE)) else []
    foot += [f"{len(lines) - shown} more lines left out"] if shown < len(lines) else []
    blocks = [header(title), *(section(text) for text in texts)]
    blocks += [context(" · ".join(foot))] if foot else []
    text = fitted(f"{title}. {reply.text}", MOST_TEXT // 4)
    return {"text": text, "blocks": blocks, "response_type": "ephemeral" if reply.private else "in_channel"}


def row_line(row: Row) -> str:
    head = fitted_words(row.head, HEADLINE)
    first = link(row.url, head) if web(row.url) else mrkdwn(head)
    if re.fullmatch(r"[CG][A-Z0-9]{6,20}", row.channel):
        first = f"<#{row.channel}>"
    when = f"{moment(row.at)} " if row.at else ""
    more = [fitted(line, LINE * 2) for line in row.text.splitlines()]
    return "\n      ".join([f"• {when}*{first}*{f' — {more[0]}' if more else ''}", *more[1:]])
