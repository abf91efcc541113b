"""Changing what was said on Discord: in place, and told below it, in its thread, or in its forum post.

An edit calls nobody, and an old message may be changed only so often, so a reply says what must be heard.
A message has one thread at most, and it has the message's own id: nothing need be remembered of it, and a crash
cannot make a second one. A thread that somebody deleted stays away, as a deleted message does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.outbox.sink import Gone, Later, Outcome, Payload, Refused, Sent, Target, Unsure
from bot.platforms.discord import render, views
from bot.platforms.discord.outcome import ARCHIVED, LOCKED, OLD_MESSAGE_EDITS, THREADED, UNKNOWN_CHANNEL, code

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = "/channels/{channel_id}/messages/{message_id}"
CHANNEL = "/channels/{channel_id}"
HISTORY_PAGE = 100
LOOK = 10  # pages that one attempt looks through for a reply; the next goes on from there
EDITS_REFUSED = 3  # times that Discord may put off the edit of an old message; then a reply says it
ASIDE = ("reply", "silent", "thread", "tag")  # of a payload: not part of the message itself
SILENTLY = {"flags": 1 << 12}  # a message that makes no sound

Call = Callable[..., Awaitable[Any]]  # what Discord answered, or the outcome of a call that failed


def outcome(answer: Any) -> Outcome:
    """The outcome of a call that should have brought something else; an odd answer proves nothing."""
    return answer if isinstance(answer, Outcome) else Unsure("an odd answer")


def body(payload: Payload, key: str) -> Payload:
    """A message as Discord takes it: with the key in its buttons, and with nobody called but the one role."""
    return {
        **{name: value for name, value in payload.items() if name not in ASIDE},
        "components": views.stamp(payload.get("components", ()), key),
        "allowed_mentions": render.mentions(payload.get("content", "")),
    }


class Edits:
    """Edits and replies of one connection."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._put_off: Counter[str] = Counter()  # messages whose edit Discord put off, and how often
        self._looked: dict[str, str] = {}  # replies that are looked for, and down to which message

    async def post(self, channel: str, payload: Payload, key: str) -> Outcome:
        """Create a message. `Gone` with scope "message": it was posted earlier, and somebody removed it."""
        message = {**body(payload, key), "nonce": key, "enforce_nonce": True}
        made = await self._call("POST", MESSAGES, channel, message, creating=True)
        return Sent(str(made["id"])) if isinstance(made, dict) else outcome(made)

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        """Replace what is said; the buttons stay, and with them the key by which it is found."""
        # a post's first message has the post's id
        room = message if target.style == "forum" else target.channel
        said = {"embeds": payload["embeds"], "allowed_mentions": render.SILENT}
        changed = await self._call("PATCH", MESSAGE, room, said, message)
        if isinstance(changed, Refused) and code(changed) == ARCHIVED:
            opened = await self._call("PATCH", CHANNEL, room, {"archived": False})
            if not isinstance(opened, dict):
                return of_thread(opened) if room == message else outcome(opened)
            changed = await self._call("PATCH", MESSAGE, room, said, message)
        if isinstance(changed, Later) and code(changed) == OLD_MESSAGE_EDITS:
            return await self._instead(target, message, payload, key, changed)
        if not isinstance(changed, dict):
            return of_thread(changed) if room == message else outcome(changed)
        self._put_off.pop(message, None)
        if "reply" not in payload:
            return Sent(message)
        told = {"content": payload["reply"], **(SILENTLY if "silent" in payload else {})}
        return await self._reply(target, message, told, key, payload.get("thread", ""))

    async def _instead(
        self, target: Target, message: str, payload: Payload, key: str, refusal: Later
    ) -> Outcome:
        """What an old message should say is said in a reply."""
        self._put_off[message] += 1
        if self._put_off[message] < EDITS_REFUSED:
            return refusal
        said = {"content": payload.get("reply", ""), "embeds": payload["embeds"]}
        told = await self._reply(target, message, said, key, payload.get("thread", ""))
        if isinstance(told, Sent):
            del self._put_off[message]
        return told

    async def _reply(self, target: Target, message: str, words: Payload, key: str, thread: str) -> Outcome:
        """Say something below a message or in its `thread`, once: the edit's key, backwards, names the reply."""
        name, room = key[::-1], message if thread else target.channel
        said = await self._said(room, message, name)
        if thread and target.style == "thread" and code(said) == UNKNOWN_CHANNEL:
            made = await self._call("POST", f"{MESSAGE}/threads", target.channel, {"name": thread}, message)
            there = isinstance(made, dict)
            said = not there if there or code(made) == THREADED else made  # it had one, and that was deleted
        if not isinstance(said, bool):
            return of_thread(said) if thread else outcome(said)
        if said:
            return Sent(message)
        below = {"message_reference": {"message_id": message, "fail_if_not_exists": False}}
        payload = {**words, "components": views.timeline_row(), **({} if thread else below)}
        told = await self.post(room, payload, name)
        told = of_thread(told) if thread else told
        removed = isinstance(told, Gone) and told.scope == "message"
        return Sent(message) if removed or isinstance(told, Sent) else told

    async def _said(self, room: str, message: str, name: str) -> bool | Outcome:
        """Does a reply of this name stand below a message? Read from the newest back to it, `LOOK` pages at a time."""
        for _ in range(LOOK):
            seen = {"before": self._looked[name]} if name in self._looked else {}
            page = await self._call("GET", MESSAGES, room, limit=HISTORY_PAGE, **seen)
            if not isinstance(page, list):
                return outcome(page)
            found = any(mark.key == name for mark in views.marks(page))
            if found or len(page) < HISTORY_PAGE or int(page[-1]["id"]) <= int(message):
                self._looked.pop(name, None)
                return found
            self._looked[name] = str(page[-1]["id"])
        return Later(1.0, "looking whether it was said already")


def of_thread(answer: Any) -> Outcome:
    """A thread that is gone or locked is one story's loss, not the channel's."""
    found = outcome(answer)
    lost = isinstance(found, Gone) and found.scope == "channel" and code(found) in (UNKNOWN_CHANNEL, LOCKED)
    return replace(found, scope="message") if lost and isinstance(found, Gone) else found
