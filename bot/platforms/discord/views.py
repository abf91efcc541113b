"""The buttons under an alert or an answer: what they are called, and what pressing one asks for.

A button is nothing but its `custom_id`, so it works after any restart. The ids of a message also
carry the key of its delivery: people do not see it, and it is how the bot finds its own message again.
Edits leave the buttons alone, so the key of the first delivery stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import discord

from bot.outbox.sink import Mark
from bot.platforms import words

LONGEST_ID = 100  # Discord's limit
PREFIX = "bw1"
ANYBODY = "-"
STORY_ID = re.compile(r"bw1:([a-z]{1,20}):([0-9]{1,15})(?::([a-z2-7]{1,25}))?")
KEY = re.compile(r"^bw1:.*:([a-z2-7]{25})$")
ASK_ID = re.compile(r"bw1:ask:([0-9]{1,20}|-):([0-9]{1,5}):([a-z]{1,32})\?([^:]{0,100})(?::[a-z2-7]{1,25})?")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A command to be asked, for a story or for another page; only `user` may press it, or `ANYBODY`."""

    user: str
    command: str
    options: tuple[tuple[str, str], ...]


def read(custom_id: str) -> Button | None:
    """What a button asks for; None for one that we never made.

    >>> read("bw1:wording:41:abc234")
    Button(user='-', command='story', options=(('story', '41'), ('part', 'wording')))
    >>> read("bw1:ask:77:2:timeline?place=Torkham")
    Button(user='77', command='timeline', options=(('place', 'Torkham'), ('page', '2')))
    >>> read("bw1:wording:41; drop")
    """
    if match := STORY_ID.fullmatch(custom_id):
        asked = words.pressed(match[1], match[2])
        return Button(ANYBODY, asked[0], tuple(asked[1].items())) if asked else None
    if match := ASK_ID.fullmatch(custom_id):
        options = [pair for pair in parse_qsl(match[4], max_num_fields=25) if pair[0] != "page"]
        return Button(match[1], match[3], (*options, ("page", match[2])))
    return None


def button(custom_id: str, label: str, *, disabled: bool = False) -> Row:
    shown: Row = {"type": 2, "style": 2, "label": label, "custom_id": custom_id}
    return {**shown, "disabled": True} if disabled else shown


def story_row(story: int, *, private: bool = False) -> list[Row]:
    buttons = [button(f"{PREFIX}:{name}:{story}", label) for name, label in words.story_buttons(private)]
    return [{"type": 1, "components": buttons}]


def timeline_row() -> list[Row]:
    """Under a digest: everything that happened, for whoever presses it."""
    return [{"type": 1, "components": [button(f"{PREFIX}:ask:{ANYBODY}:1:timeline?", "Timeline")]}]


def page_row(user: str, command: str, options: Mapping[str, str], page: int, pages: int) -> list[Row]:
    """Previous and next, if the question fits into a button's id; otherwise none."""
    query = urlencode([(name, value) for name, value in options.items() if name != "page" and value])
    steps = ((page - 1, "◀ Previous"), (page + 1, "Next ▶"))
    ids = [f"{PREFIX}:ask:{user}:{step}:{command}?{query}" for step, _ in steps]
    if pages < 2 or any(len(custom_id) > LONGEST_ID for custom_id in ids):
        return []
    buttons = [
        button(custom_id, label, disabled=not 1 <= step <= pages)
        for custom_id, (step, label) in zip(ids, steps, strict=True)
    ]
    return [{"type": 1, "components": buttons}]


def stamp(rows: Sequence[Row], name: str) -> list[Row]:
    """The same buttons with the delivery's key in their ids.

    >>> stamp([{"type": 1, "components": [button("bw1:wording:41", "Wording")]}], "abc")[0]["components"][0]["custom_id"]
    'bw1:wording:41:abc'
    """
    stamped = deepcopy(list(rows))
    for item in items(stamped):
        if str(item.get("custom_id", "")).startswith(f"{PREFIX}:"):
            item["custom_id"] = f"{item['custom_id']}:{name}"
    return stamped


def marks(messages: Iterable[Mapping[str, Any]]) -> Iterator[Mark]:
    """The messages of ours, with their keys.

    >>> [mark.key for mark in marks([{"id": "1", "components": stamp(story_row(41), "abcdefghijklmnopqrstuaaab")}])]
    ['abcdefghijklmnopqrstuaaab']
    """
    for message in messages:
        for item in items(message.get("components", ())):
            if found := KEY.search(str(item.get("custom_id", ""))):
                texts = (str(embed.get("description", "")) for embed in message.get("embeds", ()))
                lines = frozenset(line for text in texts for line in text.splitlines())
                yield Mark(str(message["id"]), found[1], lines)
                break


def items(rows: Iterable[Row]) -> Iterable[Row]:
    return (item for row in rows for item in row.get("components", ()))


def view(rows: Sequence[Row]) -> discord.ui.View:
    """The same buttons as discord.py wants them. Stopped: it need not remember what a custom_id tells."""
    made = discord.ui.View(timeout=None)
    for item in items(rows):
        label, name, disabled = item["label"], item["custom_id"], item.get("disabled", False)
        made.add_item(discord.ui.Button(label=label, custom_id=name, disabled=disabled))
    made.stop()
    return made
