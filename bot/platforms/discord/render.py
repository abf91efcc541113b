"""An alert, a digest or an answer as a Discord embed, within every limit and with no figure cut in half.

Text of feeds is escaped; a link's label is never feed text (Discord does not escape inside a masked
link), so links hang on outlets' names and on dates. Times are shown in each reader's own zone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.commands.base import Reply, Row
from bot.commands.options import counted
from bot.news.model import Alert, Before, FigureLine, Level
from bot.outbox.sink import Payload, Target
from bot.platforms import escape
from bot.platforms.discord import views
from bot.platforms.escape import clean, shorten, web
from bot.platforms.words import chunks, corroboration, day, figure, heading, heard, leading, sign, whole

BUDGET = 3_500  # characters of a whole alert, addresses included: later, longer versions must still fit
TITLE = 256  # Discord's limit
AUTHOR, LINE, NOTE, NAME = 200, 400, 200, 60
FIGURES, CHANGED, BEFORE, SOURCES, SUMMARY = 1_000, 350, 600, 650, 1_200  # shares of the budget
DIGEST, DIGEST_LINES = 3_500, 25
REPLY = 3_900
THREAD = 100  # Discord's limit for the name of a thread or a forum's post

COLOURS = {Level.CRITICAL: 0xB3261E, Level.MAJOR: 0xD97706, Level.NOTABLE: 0x2563EB, Level.MINOR: 0x6B7280}
ERROR, ANSWER = 0xB3261E, 0x475569
SILENT: Payload = {"parse": []}

MARKS = re.compile(r"([\\*_~|`\[\]@#])")
# they open mentions and quotes; "> 50 killed" keeps its sense
BRACKETS = str.maketrans({"<": "＜", ">": "＞"})
PLAIN = str.maketrans({"<": "＜", ">": "＞", "@": "＠"})
LINE_START = re.compile(r"^[-+]")
ROLE = re.compile(r"[0-9]{15,21}")


# --------------------------------------------------------------------------- text


def marked(text: str) -> str:
    """Feed text for a place that understands markdown: shown as written, mentions nobody, links nothing.

    >>> marked("**<@everyone>** at https://x.example")
    '\\\\*\\\\*＜\\\\@everyone＞\\\\*\\\\* at https\\\\://x.example'
    """
    shown = MARKS.sub(r"\\\1", clean(text).translate(BRACKETS)).replace("://", "\\://")
    return LINE_START.sub(r"\\\g<0>", shown)


def plain(text: str, most: int) -> str:
    """Feed text for a place without markdown."""
    return shorten(clean(text).translate(PLAIN), most)


def fitted(text: str, most: int) -> str:
    """Escaped text of at most `most` characters."""
    return escape.fitted(text, most, marked)


def link(url: str, label: str) -> str:
    """`[label](url)` for a label of ours; the label alone where the address is none or names another host.

    >>> link("https://www.dawn.com/1", "Dawn"), link("javascript:x", "Dawn")
    ('[Dawn](https://www.dawn.com/1)', 'Dawn')
    >>> link("https://evil.example/", "dawn.com")
    'dawn.com'
    """
    address = web(url)
    said = " ".join(MARKS.sub(" ", clean(label).translate(BRACKETS)).split())
    words = shorten(said, NAME).replace("://", ": ")
    if not address or not words:
        return words
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    named = re.findall(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", words.lower())
    honest = all(name.removeprefix("www.") == host for name in named)
    return f"[{words}]({address})" if honest else words


def moment(at: datetime) -> str:
    """Day and time in the reader's own zone."""
    return f"<t:{int(at.timestamp())}:f>"


# --------------------------------------------------------------------------- an alert


def render_alert(alert: Alert, target: Target) -> Payload:
    """One embed and its buttons. `content` holds the one role that is called, if any.

    `reply` is said below the message when the level rose, at each change where changes are told: an edit calls nobody.
    `thread`: what the thread or post is called; a `reply` in it makes no sound unless the level rose.
    """
    title = fitted(alert.headline, TITLE) or "(no headline)"
    author = {"name": plain(heading(alert), AUTHOR)}
    fields = [
        field("Key figures", figures(alert.figures)),
        field("Reported by", fitted(corroboration(alert), NOTE)),
        field("Changed", f"{moment(alert.last_change)}: {changes(alert.changed)}" if alert.changed else ""),
        field("Before this", before(alert.before)),
        field("Sources", sources(alert)),
        field("First seen · last change", f"{moment(alert.first_seen)} · {moment(alert.last_change)}"),
    ]
    fields = [shown for shown in fields if shown["value"]]
    footer = {"text": f"Story {alert.story}"}
    used = len(title) + len(author["name"]) + len(footer["text"])
    used += sum(len(shown["name"]) + len(shown["value"]) for shown in fields)
    embed: dict[str, Any] = {"author": author, "title": title}
    if summary := fitted(alert.summary, min(SUMMARY, max(0, BUDGET - used))):
        embed["description"] = summary
    embed |= {"color": COLOURS[alert.level], "fields": fields, "footer": footer}
    if address := web(alert.url):
        embed["url"] = address
    payload: Payload = {"embeds": [embed], "components": views.story_row(alert.story, private=target.private)}
    if called := call(target.ping):
        payload["content"] = called
    if target.style in ("thread", "forum"):
        payload["thread"] = plain(alert.headline, THREAD) or author["name"][:THREAD]
        payload["tag"] = alert.level.word
    if alert.kind == "update" and (alert.level_rose or target.style != "message"):
        payload["reply"] = f"{called} {below(alert)}".strip()
        payload |= {"silent": True} if "thread" in payload and not alert.level_rose else {}
    return payload


def below(alert: Alert) -> str:
    """What is said below a message that changed: with the headline where people are called, who read it by itself."""
    what = f" {fitted(alert.headline, TITLE)} —" if alert.level_rose else ":"
    return f"**{fitted(heading(alert), AUTHOR)}**{what} {changes(heard(alert))}"


def field(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def figures(lines: Sequence[FigureLine]) -> str:
    """Whole lines or none: a figure that does not fit is counted, never cut."""
    written = []
    for line in lines:
        words = marked(figure(line))
        outlet = link(line.url, line.outlet)
        full = f"{sign(line)} {words}{f' · {outlet}' if outlet else ''}"
        written.append(full if len(full) <= LINE else "")
    shown, left = whole(written[:5], FIGURES)
    left += len(written[5:])
    return "\n".join([*shown, *([f"+{left} more: press Wording"] if left else [])])


def changes(changed: Sequence[str]) -> str:
    shown, left = whole((fitted(words, NOTE) for words in changed[:4]), CHANGED)
    left += len(changed[4:])
    return "; ".join([*shown, *([f"+{left} more"] if left else [])])


def before(events: Sequence[Before]) -> str:
    """The date carries the link: it is ours, what happened may be a feed's words."""
    lines = (f"• {link(event.url, day(event.date))} — {fitted(event.what, NOTE)}" for event in events[:3])
    return "\n".join(whole(lines, BEFORE)[0])


def sources(alert: Alert) -> str:
    first, more = alert.sources_shown()
    shown, left = whole((link(source.url, source.outlet) for source in first), SOURCES)
    more += left
    return " · ".join([*shown, *([f"+{more} more"] if more else [])])


def call(ping: str) -> str:
    """The mention of a role, however its id was written; "" for anything else.

    >>> call("<@&1234567890123456789>"), call("everyone")
    ('<@&1234567890123456789>', '')
    """
    word = ping.strip().removeprefix("<@&").removesuffix(">")
    return f"<@&{word}>" if ROLE.fullmatch(word) else ""


def mentions(content: str) -> Payload:
    """Who may be called by a message: the one role that its content begins with, or nobody."""
    match = re.match(r"<@&([0-9]{15,21})>", content)
    return {"parse": [], "roles": [match[1]]} if match else SILENT


# --------------------------------------------------------------------------- a digest, an answer


def render_digest(alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
    """All of `alerts`, a line each, in as many messages as it takes."""
    pages = list(chunks([digest_line(alert) for alert in alerts], DIGEST, DIGEST_LINES))
    payloads = []
    for number, page in enumerate(pages, 1):
        count = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        embed = {
            "title": fitted(title, TITLE - 10) + count,
            "description": "\n".join(page),
            "color": ANSWER,
            "footer": {"text": counted(len(alerts), "story")},
        }
        payloads.append({"embeds": [embed], "components": views.timeline_row()})
    return payloads


def digest_line(alert: Alert) -> str:
    """Level and place, headline, one figure with its claimant if it fits whole, and the source."""
    first = marked(leading(alert))
    count = f" — {first}" if 0 < len(first) <= NOTE else ""
    outlet = next((source.outlet for source in alert.sources if source.url == alert.url), "source")
    source = f" ({link(alert.url, outlet)})" if web(alert.url) else ""
    return f"**{fitted(heading(alert), AUTHOR)}** {fitted(alert.headline, NOTE)}{count}{source}"


def render_reply(reply: Reply) -> Payload:
    """A command's answer as one embed; what does not fit is counted."""
    reply = reply.typed("/{}".format)
    text = [fitted(line, REPLY) for line in reply.text.splitlines()]
    shown, left = whole((line or "\u2003" for line in text), REPLY)
    room = REPLY - sum(map(len, shown)) - len(shown)
    rows, more = whole((row_line(row) for row in reply.rows), max(0, room))
    count = f"page {reply.page} of {reply.pages}"
    foot = [count] if reply.pages > 1 and count not in reply.footer else []
    foot += [f"{left + more} more lines left out"] if left + more else []
    foot += [plain(reply.footer, LINE)] if reply.footer else []
    embed: dict[str, Any] = {
        "title": fitted(f"{'⚠ ' if reply.error else ''}{reply.title}", TITLE) or "borderwire",
        "color": ERROR if reply.error else ANSWER,
    }
    if body := "\n".join((*shown, *rows)).strip("\n\u2003"):
        embed["description"] = body
    if foot:
        embed["footer"] = {"text": " · ".join(foot)}
    return {"embeds": [embed]}


def row_line(row: Row) -> str:
    when = f"{moment(row.at)} " if row.at else ""
    rest = f" — {fitted(row.text, LINE * 2)}" if row.text else ""
    more = f" ({link(row.url, 'source')})" if web(row.url) else ""
    head = f"<#{row.channel}>" if ROLE.fullmatch(row.channel) else f"**{fitted(row.head, LINE)}**"
    return f"• {when}{head}{rest}{more}"
