"""What Slack would say to a message, and what it would show: limits of blocks, links and mentions in mrkdwn.

Written without a look at the bot's renderer, so that it can judge it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST_BLOCKS = 50
MOST_CHARACTERS = 13_200  # undocumented total of a message's blocks
TOKEN = re.compile(r"<([^<>]*)>")


@dataclass
class Shown:
    """A text object as a reader sees it: words, links (target, label) and who is called."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)


def read_mrkdwn(source: str) -> Shown:
    """Read mrkdwn as Slack does: `<…>` is a control sequence, three entities are unescaped."""
    shown = Shown()
    position = 0
    for match in TOKEN.finditer(source):
        shown.text += unescape(source[position : match.start()])
        position = match.end()
        target, _, label = match[1].partition("|")
        if target[:1] in "@#!" and not target.startswith("!date^"):
            shown.mentions.append(target)
            shown.text += label or target
        elif target.startswith("!date^"):
            shown.text += unescape(label)
        else:
            shown.links.append((unescape(target), unescape(label or target)))
            shown.text += unescape(label or target)
    shown.text += unescape(source[position:])
    return shown


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def texts(value: Any) -> list[dict[str, Any]]:
    """Every text object within blocks, in order."""
    if isinstance(value, list):
        return [found for item in value for found in texts(item)]
    if not isinstance(value, dict):
        return []
    if value.get("type") in ("mrkdwn", "plain_text"):
        return [value]
    return [found for item in value.values() for found in texts(item)]


def shown(body: dict[str, Any]) -> Shown:
    """All that a message shows: its blocks, or its text where it has none."""
    total = Shown()
    objects = texts(body.get("blocks") or []) or [{"type": "mrkdwn", "text": str(body.get("text") or "")}]
    for item in objects:
        plain = item["type"] == "plain_text"
        one = Shown(unescape(item["text"])) if plain else read_mrkdwn(item["text"])
        total.text += one.text + "\n"
        total.links += one.links
        total.mentions += one.mentions
    return total


def refused(body: dict[str, Any]) -> tuple[str, str] | None:
    """Slack's error and its detail for a message it will not take; None for a good one."""
    blocks, text = body.get("blocks"), body.get("text") or ""
    if not blocks and not text:
        return "no_text", "neither text nor blocks"
    if len(text) > 4_000:  # Slack truncates beyond 40,000 and splits before: nobody wants either
        return "msg_too_long", f"text of {len(text)} characters"
    if isinstance(blocks, str):
        blocks = json.loads(blocks)
    for problem in problems(blocks or []):
        return "invalid_blocks", problem
    if len(json.dumps(blocks or [], ensure_ascii=False)) > MOST_CHARACTERS:
        return "msg_blocks_too_long", "all blocks together"
    metadata = body.get("metadata")
    if metadata is not None and not good_metadata(metadata):
        return "invalid_metadata_format", str(metadata)
    return None


def good_metadata(metadata: Any) -> bool:
    return (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    )


def problems(blocks: list[dict[str, Any]]) -> list[str]:
    """Every limit of Block Kit that these blocks break."""
    found = []
    if len(blocks) > MOST_BLOCKS:
        found.append(f"{len(blocks)} blocks")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("a block_id twice")
    found += [f"block_id of {len(name)} characters" for name in ids if not 1 <= len(name) <= 255]
    for block in blocks:
        check = CHECKS.get(block.get("type", ""))
        found += check(block) if check else [f"unknown block {block.get('type')!r}"]
    return found


def text_problems(item: Any, most: int, kinds: tuple[str, ...], where: str) -> list[str]:
    if not isinstance(item, dict) or item.get("type") not in kinds:
        return [f"{where}: no text object of {kinds}"]
    if not 1 <= len(item.get("text", "")) <= most:
        return [f"{where}: {len(item.get('text', ''))} characters of {most}"]
    if "verbatim" in item and item["type"] != "mrkdwn":
        return [f"{where}: verbatim is for mrkdwn"]
    return []


def section(block: dict[str, Any]) -> list[str]:
    fields = block.get("fields", [])
    found = [] if block.get("text") or fields else ["section: empty"]
    if block.get("text"):
        found += text_problems(block["text"], 3_000, ("mrkdwn", "plain_text"), "section")
    if len(fields) > 10:
        found.append(f"section: {len(fields)} fields")
    for item in fields:
        found += text_problems(item, 2_000, ("mrkdwn", "plain_text"), "field")
    return found


def context(block: dict[str, Any]) -> list[str]:
    elements = block.get("elements", [])
    found = [] if 1 <= len(elements) <= 10 else [f"context: {len(elements)} elements"]
    for item in elements:
        found += text_problems(item, 3_000, ("mrkdwn", "plain_text"), "context")
    return found


def actions(block: dict[str, Any]) -> list[str]:
    elements = block.get("elements", [])
    found = [] if 1 <= len(elements) <= 25 else [f"actions: {len(elements)} elements"]
    for item in elements:
        if item.get("type") != "button":
            found.append(f"actions: {item.get('type')!r}")
        found += text_problems(item.get("text"), 75, ("plain_text",), "button")
        if not 1 <= len(item.get("action_id", "")) <= 255 or len(item.get("value", "")) > 2_000:
            found.append("button: action_id or value")
    names = [item.get("action_id") for item in elements]
    return found + (["actions: an action_id twice"] if len(names) != len(set(names)) else [])


CHECKS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "header": lambda block: text_problems(block.get("text"), 150, ("plain_text",), "header"),
    "section": section,
    "context": context,
    "actions": actions,
    "divider": lambda block: [],
}
