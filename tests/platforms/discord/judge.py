"""What a reader of Discord would see of a text: words, links, mentions, times. Knows nothing of the bot.

A small reader of Discord's markdown, written from its documentation: a backslash makes the next sign
plain, `[label](address)` is a link whose label is not unescaped, `<…>` calls people or shows a time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

MENTION = re.compile(r"<(?:@[!&]?|#)\d+>|<(?:id:\w+|/[\w ]+:\d+)>")
TIME = re.compile(r"<t:-?\d+(?::[tTdDfFsSR])?>")
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)\)")
BARE = re.compile(r"(?:https?|discord)://[^\s<]+")
LOUD = re.compile(r"@(?:everyone|here)\b")


@dataclass
class Seen:
    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    styled: bool = False


def read(source: str) -> Seen:
    seen = Seen()
    at = 0
    while at < len(source):
        if source[at] == "\\" and at + 1 < len(source) and not source[at + 1].isalnum():
            seen.text += source[at + 1]
            at += 2
        elif match := MENTION.match(source, at) or LOUD.match(source, at):
            seen.mentions.append(match[0])
            at = match.end()
        elif match := TIME.match(source, at):
            seen.text += "(time)"
            at = match.end()
        elif match := LINK.match(source, at):
            seen.links.append((match[2], match[1]))
            seen.text += match[1]
            at = match.end()
        elif match := BARE.match(source, at):
            seen.links.append((match[0], match[0]))
            seen.text += match[0]
            at = match.end()
        else:
            seen.styled |= source[at] in "*_~`|" or source.startswith("||", at)
            seen.text += source[at]
            at += 1
    return seen


def texts(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Every text of a payload with where it stands."""
    found = [("content", payload.get("content", ""))]
    for embed in payload.get("embeds", ()):
        found += [(name, embed.get(name, "")) for name in ("title", "description")]
        found += [("author", embed.get("author", {}).get("name", ""))]
        found += [("footer", embed.get("footer", {}).get("text", ""))]
        for shown in embed.get("fields", ()):
            found += [("field name", shown["name"]), (f"field {shown['name']}", shown["value"])]
    return [(where, text) for where, text in found if text]


def complaints(payload: dict[str, Any]) -> list[str]:
    """What must never be seen of a payload that calls nobody."""
    found = []
    for where, text in texts(payload):
        seen = read(text) if where not in ("author", "footer") else Seen(text)
        found += [f"{where}: mentions {mention}" for mention in seen.mentions]
        for address, label in seen.links:
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
                found.append(f"{where}: links to {address}")
            named = re.findall(r"[\w-]+(?:\.[\w-]+)+", label.lower()) if label != address else []
            if any(
                name.removeprefix("www.") != (parts.hostname or "").removeprefix("www.") for name in named
            ):
                found.append(f"{where}: shows {label} but leads to {parts.hostname}")
        found += [f"{where}: hidden {char!a}" for char in seen.text if hidden(char)]
        if re.search(r"(?:[\u0300-\u036f]){3}", seen.text):
            found.append(f"{where}: stacked marks")
    for embed in payload.get("embeds", ()):
        if embed.get("url") and urlsplit(embed["url"]).scheme not in ("http", "https"):
            found.append(f"url: {embed['url']}")
    return found


def hidden(char: str) -> bool:
    return char not in "\n\u200d" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
