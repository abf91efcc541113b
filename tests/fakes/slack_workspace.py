"""A Slack workspace in memory with a truth file: channels, users, messages, faults, limits.

The rules are those of the public documentation and of measured behaviour: no idempotency on post,
membership for history, history that may lag, metadata that an update without metadata loses.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes import slack_checks

Body = dict[str, Any]
KINDS = (
    "ratelimited",
    "5xx_before",
    "5xx_after",
    "fatal_before",
    "fatal_after",
    "reset_before",
    "reset_after",
    "hang_before",
    "hang_after",
    "late",
)


class ApiError(Exception):
    """`{"ok": false, "error": …}`"""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


@dataclass
class Fault:
    """`kind` of KINDS or `error:<code>`; `seconds` is Retry-After or the delay of a late accept."""

    method: str
    kind: str
    times: int = 1
    seconds: float = 1.0


@dataclass
class Faults:
    """What goes wrong next: listed faults first, then at random with `rate` from a seed."""

    listed: list[Fault] = field(default_factory=list)
    rate: float = 0.0
    kinds: tuple[str, ...] = KINDS
    methods: tuple[str, ...] = ("chat.postMessage", "chat.update")
    seconds: float = 0.2
    source: random.Random = field(default_factory=lambda: random.Random(0))

    def take(self, method: str) -> Fault | None:
        for fault in self.listed:
            if fault.method in (method, "*") and fault.times > 0:
                fault.times -= 1
                return fault
        if method in self.methods and self.source.random() < self.rate:
            return Fault(method, self.source.choice(self.kinds), seconds=self.seconds)
        return None


@dataclass
class Workspace:
    truth: Path | None = None
    team: str = "T0BORDER"
    bot_user: str = "U0BOT"
    bot_token: str = "xoxb-fake-bot"
    app_token: str = "xapp-fake-app"
    scopes: set[str] = field(default_factory=set)  # empty: all
    history_lag: float = 0.0
    edit_window_closed: bool = False
    limits: dict[str, tuple[int, float]] = field(default_factory=dict)  # method → calls per seconds
    channels: dict[str, Body] = field(default_factory=dict)
    users: dict[str, Body] = field(default_factory=dict)
    messages: list[Body] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: Faults = field(default_factory=Faults)
    revoked: str = ""  # an error that every call with the bot token gets
    recent: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    last_ts: int = 0

    def __post_init__(self) -> None:
        for user, more in {
            "U0ADMIN": {"is_admin": True},
            "U0OWNER": {"is_owner": True},
            "U0MEMBER": {},
        }.items():
            self.users[user] = {"id": user, "team_id": self.team, "deleted": False, **more}
        self.users["U0GUEST"] = {"id": "U0GUEST", "team_id": "T0OTHER", "is_admin": True, "is_stranger": True}
        for channel in ("C0NEWS", "C0OPS"):
            self.channels[channel] = {"name": channel[2:].lower(), "member": True}
        self.channels["C0AWAY"] = {"name": "away", "member": False}
        self.channels["C0OLD"] = {"name": "old", "member": True, "archived": True}

    def record(self, what: str, **more: Any) -> None:
        """One line of truth, on disk before anybody is answered."""
        self.counts[what] += 1
        if self.truth is not None:
            line = json.dumps({"at": time.time(), "what": what, **more}, ensure_ascii=False)
            with self.truth.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    # ----------------------------------------------------------------- who may

    def authorise(self, method: str, token: str) -> None:
        wanted = self.app_token if method == "apps.connections.open" else self.bot_token
        if not token:
            raise ApiError("not_authed")
        if token != wanted:
            raise ApiError("invalid_auth")
        if self.revoked and wanted == self.bot_token:
            raise ApiError(self.revoked)
        needed = SCOPES.get(method)
        if needed and self.scopes and not self.scopes & set(needed):
            raise ApiError("missing_scope", needed=",".join(needed), provided=",".join(sorted(self.scopes)))

    def limited(self, method: str, channel: str) -> bool:
        """Beyond the platform's pace? Counted apart: this is the caller's own fault."""
        if method not in self.limits:
            return False
        most, seconds = self.limits[method]
        calls = self.recent[method, channel if method == "chat.postMessage" else ""]
        now = time.monotonic()
        while calls and calls[0] <= now - seconds:
            calls.popleft()
        if len(calls) >= most:
            self.record("self_429", method=method, channel=channel)
            return True
        calls.append(now)
        return False

    def reach(self, channel: str, *, write: bool) -> None:
        known = self.channels.get(channel)
        if channel.startswith("D") and not write and self.scopes and "im:history" not in self.scopes:
            raise ApiError("missing_scope", needed="im:history")
        if known is None:
            raise ApiError("channel_not_found")
        if not known["member"]:
            raise ApiError("not_in_channel")
        if write and known.get("archived"):
            raise ApiError("is_archived")

    # ----------------------------------------------------------------- methods

    def post(self, body: Body) -> Body:
        channel = str(body.get("channel", ""))
        self.reach(channel, write=True)
        if problem := slack_checks.refused(body):
            self.record("refused", error=problem[0], detail=problem[1])
            raise ApiError(problem[0], response_metadata={"messages": [problem[1]]})
        thread = body.get("thread_ts")
        if thread and not any(m["ts"] == thread and m["channel"] == channel for m in self.messages):
            raise ApiError("thread_not_found")
        message = {
            "channel": channel,
            "ts": self.next_ts(),
            "text": body.get("text", ""),
            "blocks": body.get("blocks") or [],
            "metadata": body.get("metadata"),
            "thread_ts": thread,
            "broadcast": bool(body.get("reply_broadcast")),
            "revisions": 1,
            "visible_at": time.time() + self.history_lag,
            "flags": {key: body.get(key) for key in ("unfurl_links", "unfurl_media", "link_names", "parse")},
        }
        self.messages.append(message)
        self.record("posted", channel=channel, ts=message["ts"], key=key_of(message), thread=thread)
        return {"ok": True, "channel": channel, "ts": message["ts"], "message": public(message, False)}

    def update(self, body: Body) -> Body:
        channel, ts = str(body.get("channel", "")), str(body.get("ts", ""))
        self.reach(channel, write=True)
        message = self.find(channel, ts)
        if self.edit_window_closed:
            raise ApiError("edit_window_closed")
        if problem := slack_checks.refused(body):
            self.record("refused", error=problem[0], detail=problem[1])
            raise ApiError(problem[0], response_metadata={"messages": [problem[1]]})
        message["text"] = body.get("text", message["text"])
        message["blocks"] = body.get("blocks") or []
        message["metadata"] = body.get("metadata")
        message["revisions"] += 1
        self.record("updated", channel=channel, ts=ts, key=key_of(message))
        return {"ok": True, "channel": channel, "ts": ts, "text": message["text"]}

    def delete(self, body: Body) -> Body:
        message = self.find(str(body.get("channel", "")), str(body.get("ts", "")))
        self.messages.remove(message)
        self.record("deleted", channel=message["channel"], ts=message["ts"], key=key_of(message))
        return {"ok": True, "channel": message["channel"], "ts": message["ts"]}

    def ephemeral(self, body: Body) -> Body:
        self.reach(str(body.get("channel", "")), write=True)
        self.record("ephemeral", channel=body.get("channel"), user=body.get("user"))
        return {"ok": True, "message_ts": self.next_ts()}

    def history(self, body: Body) -> Body:
        channel = str(body.get("channel", ""))
        self.reach(channel, write=False)
        found = [m for m in self.seen(channel) if m["thread_ts"] is None or m["broadcast"]]
        return self.page(found[::-1], body)

    def open(self, body: Body) -> Body:
        """The direct messages of a person."""
        person = self.users.get(str(body.get("users", "")))
        if person is None or person["deleted"]:
            raise ApiError("user_disabled" if person else "user_not_found")
        channel = f"D{person['id'][1:]}"
        self.channels.setdefault(channel, {"name": "directmessage", "member": True})
        return {"ok": True, "channel": {"id": channel}}

    def replies(self, body: Body) -> Body:
        channel, ts = str(body.get("channel", "")), str(body.get("ts", ""))
        self.reach(channel, write=False)
        if not any(m["ts"] == ts for m in self.messages):
            raise ApiError("thread_not_found")
        return self.page([m for m in self.seen(channel) if ts in (m["ts"], m["thread_ts"])], body)

    def user(self, body: Body) -> Body:
        if body.get("user") not in self.users:
            raise ApiError("user_not_found")
        return {"ok": True, "user": self.users[str(body["user"])]}

    def info(self, body: Body) -> Body:
        channel = str(body.get("channel", ""))
        if channel not in self.channels:
            raise ApiError("channel_not_found")
        known = self.channels[channel]
        about = {"id": channel, "name": known["name"], "is_member": known["member"]}
        return {"ok": True, "channel": {**about, "is_archived": bool(known.get("archived"))}}

    def whoami(self, body: Body) -> Body:
        who = {"team_id": self.team, "user_id": self.bot_user, "bot_id": "B0BOT"}
        return {"ok": True, "url": "https://fake.slack.test/", "team": "Fake", "user": "borderwire", **who}

    # ----------------------------------------------------------------- helpers

    def seen(self, channel: str) -> list[Body]:
        now = time.time()
        return [m for m in self.messages if m["channel"] == channel and m["visible_at"] <= now]

    def page(self, found: list[Body], body: Body) -> Body:
        oldest, start = float(body.get("oldest") or 0), int(body.get("cursor") or 0)
        limit = min(int(body.get("limit") or 100), 999)
        metadata = str(body.get("include_all_metadata", "")).lower() in ("1", "true")
        chosen = [m for m in found if float(m["ts"]) > oldest]
        following = str(start + limit) if len(chosen) > start + limit else ""
        return {
            "ok": True,
            "messages": [public(m, metadata) for m in chosen[start : start + limit]],
            "has_more": bool(following),
            "response_metadata": {"next_cursor": following},
        }

    def find(self, channel: str, ts: str) -> Body:
        for message in self.messages:
            if message["channel"] == channel and message["ts"] == ts:
                return message
        raise ApiError("message_not_found")

    def next_ts(self) -> str:
        self.last_ts = max(self.last_ts + 1, time.time_ns() // 1000)
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    async def late(self, method: str, body: Body, seconds: float) -> None:
        """The platform accepts after the caller gave up."""
        await asyncio.sleep(seconds)
        try:
            METHODS[method](self, body)
        except ApiError as error:
            self.record("late_refused", error=str(error))


def key_of(message: Body) -> str | None:
    return ((message.get("metadata") or {}).get("event_payload") or {}).get("delivery")


def public(message: Body, metadata: bool) -> Body:
    """A message as the API returns it."""
    answer = {"type": "message", "user": "U0BOT", "bot_id": "B0BOT", "ts": message["ts"]}
    answer |= {"text": message["text"], "blocks": message["blocks"]}
    if message["thread_ts"]:
        answer["thread_ts"] = message["thread_ts"]
    if metadata and message["metadata"]:
        answer["metadata"] = message["metadata"]
    return answer


METHODS = {
    "auth.test": Workspace.whoami,
    "chat.postMessage": Workspace.post,
    "chat.update": Workspace.update,
    "chat.delete": Workspace.delete,
    "chat.postEphemeral": Workspace.ephemeral,
    "conversations.history": Workspace.history,
    "conversations.open": Workspace.open,
    "conversations.replies": Workspace.replies,
    "conversations.info": Workspace.info,
    "users.info": Workspace.user,
}
SCOPES = {
    "apps.connections.open": (),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history"),
    "conversations.replies": ("channels:history", "groups:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "users.info": ("users:read",),
}
