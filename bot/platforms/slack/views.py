"""Buttons: those under an alert, and other pages under an answer. Only the asker sees what they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bot.commands.base import File, Reply, Request
from bot.platforms.slack.escape import ENTITIES
from bot.platforms.slack.render import PREFIX, Block, button, context, section
from bot.platforms.words import chunks

PAGE = "page"  # borderwire.page.2: a page of the same question
LONGEST_VALUE = 2_000  # Slack's limit
LONGEST_PART, LONGEST_LINE, MOST_PARTS = 2_900, 1_000, 4  # of a file: all blocks together hold about 13,200
STRANGER = Reply("Not for you", "Only members of this workspace can ask me.", error=True)


def member(body: Mapping[str, Any], team: str) -> bool:
    """Does the click come from this workspace? Guests of shared channels belong to another."""
    user = body.get("user") or {}
    return (body.get("team") or {}).get("id") == team and user.get("team_id", team) == team


def pressed(body: Mapping[str, Any]) -> tuple[str, str]:
    """Which button, and its value. The payload comes from outside."""
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    return str(action.get("action_id", "")).removeprefix(PREFIX), str(action.get("value", ""))


def pages(request: Request, reply: Reply) -> list[Block]:
    """Newer and older, where the answer has several pages; a button carries the whole question."""
    kept = {name: value for name, value in request.options.items() if name != PAGE}
    shown = []
    for page, label in ((reply.page - 1, "◀ Back"), (reply.page + 1, "More ▶")):
        value = urlencode({"": request.command, **kept, PAGE: page})
        if 1 <= page <= reply.pages and len(value) <= LONGEST_VALUE:
            shown.append(button(f"{PAGE}.{page}", label, value))
    return [{"type": "actions", "elements": shown}] if shown else []


def attached(file: File | None) -> list[Block]:
    """A file that an answer brings, as text to copy: sending real ones would need more rights.

    >>> [block["text"]["text"] for block in attached(File("a.txt", b"1 < 2"))]
    ['```1 &lt; 2```']
    """
    if file is None or file.alt:  # what a picture shows stands in the answer's words
        return []
    lines = [
        line.replace("`", "'").translate(ENTITIES)[:LONGEST_LINE]
        for line in file.data.decode("utf-8", "replace").splitlines()
        if line.strip()
    ]
    parts = list(chunks(lines, LONGEST_PART, len(lines)))
    blocks = [section(f"```{chr(10).join(part)}```") for part in parts[:MOST_PARTS]]
    cut = f"{file.name} goes on: at most this much fits here; the command line gives all of it."
    return [*blocks, *([context(cut)] if len(parts) > MOST_PARTS else [])]


def asked_again(value: str) -> tuple[str, dict[str, str]]:
    """The command and options of a page button.

    >>> asked_again("=timeline&place=Torkham&page=2")
    ('timeline', {'place': 'Torkham', 'page': '2'})
    """
    options = dict(parse_qsl(value[:LONGEST_VALUE], keep_blank_values=True, max_num_fields=25))
    return options.pop("", ""), options
