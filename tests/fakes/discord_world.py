"""What the fake Discord knows: servers, channels, permissions, messages, and a record of the truth."""

from __future__ import annotations

import itertools
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

EPOCH_MS = 1_420_070_400_000
VIEW, SEND, EMBED, HISTORY, MENTION, MANAGE, OPEN, THREADS = (
    1 << n for n in (10, 11, 14, 16, 17, 34, 35, 38)
)
MANAGE_GUILD = 1 << 5
DIRECT = 1
EVERYTHING = VIEW | SEND | EMBED | HISTORY | OPEN | THREADS
FORUM, PUBLIC_THREAD = 15, 11

APPLICATION = "1100000000000000001"
BOT = "1100000000000000001"
OWNER = "1100000000000000002"
MEMBER = "1100000000000000003"
FIRST_GUILD = 1_200_000_000_000_000_000
FIRST_CHANNEL = 1_300_000_000_000_000_000
PER_GUILD = 450  # Discord allows 500 channels in a server

_ids = itertools.count()


def snowflake(at: float | None = None) -> str:
    """A new id, ordered by time as Discord's are."""
    milliseconds = int((time.time() if at is None else at) * 1000) - EPOCH_MS
    return str((milliseconds << 22) | (next(_ids) & 0x3FFFFF))


@dataclass
class Channel:
    id: str
    guild: str
    name: str
    type: int = 0
    deny: int = 0
    archived: bool = False
    archived_at: float = 0.0
    locked: bool = False
    parent: str | None = None
    tags: list[str] = field(default_factory=list)  # a forum's, by name; a post's, by id
    wants_tag: bool = False
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Settings:
    """What a test may change while the fake runs (POST /_/settings)."""

    token: str = "MTEwMA.fake-token.for-tests-only"
    nonce_window: float = 180.0
    channel_limit: int = 5  # messages created in one channel within `channel_period` seconds; 0 = no limit
    channel_period: float = 5.0
    global_limit: int = 50  # requests in one second; 0 = no limit
    late: float = 0.2  # seconds after which a late request is accepted after all
    heartbeat: float = 41.25
    resume_url: str = ""
    direct: bool = True  # people take direct messages


class World:
    """All state of the fake. Every change of it is also a line of the truth file."""

    def __init__(self, truth: Path | None, channels: int = 4) -> None:
        self._truth = truth.open("a", encoding="utf-8") if truth else None
        self._rooms = channels
        self.begin()

    def begin(self) -> None:
        """As new: no message, no command, every setting as it was."""
        self.settings = Settings()
        self.channels: dict[str, Channel] = {}
        self.guilds: dict[str, list[str]] = {}
        self.nonces: dict[str, tuple[float, str, str]] = {}  # nonce → expiry, channel, message
        self.threaded: set[str] = set()  # messages that have, or had, a thread
        self.commands: list[dict[str, Any]] = []
        self.interactions: dict[str, dict[str, Any]] = {}  # token → what came back
        self.counts: dict[str, int] = {}
        for n in range(self._rooms):
            guild = str(FIRST_GUILD + n // PER_GUILD)
            channel = Channel(str(FIRST_CHANNEL + n), guild, f"alerts-{n}")
            self.channels[channel.id] = channel
            self.guilds.setdefault(guild, []).append(channel.id)

    def record(self, kind: str, **what: Any) -> None:
        """One line of truth, on disk before the answer leaves."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self._truth:
            self._truth.write(
                json.dumps({"at": time.time(), "kind": kind, **what}, ensure_ascii=False) + "\n"
            )
            self._truth.flush()

    def permissions(self, channel: Channel) -> int:
        return EVERYTHING & ~channel.deny

    def direct(self, person: str) -> Channel:
        """The channel of somebody's direct messages."""
        for room in self.channels.values():
            if room.type == DIRECT and room.name == person:
                return room
        room = Channel(snowflake(), "", person, DIRECT)
        self.channels[room.id] = room
        return room

    def open_thread(self, parent: Channel, id_: str, name: str) -> Channel:
        """A thread on a message has that message's id."""
        room = Channel(id_, parent.guild, name, PUBLIC_THREAD, parent.deny, parent=parent.id)
        self.channels[id_] = room
        self.guilds[parent.guild].append(id_)
        self.threaded.add(id_)
        self.record("thread", channel=parent.id, thread=id_, name=name)
        return room

    def forget(self, room: Channel) -> None:
        del self.channels[room.id]
        self.guilds[room.guild].remove(room.id)

    def open_post(self, forum: Channel, body: dict[str, Any]) -> Channel:
        room = self.open_thread(forum, snowflake(), body["name"])
        room.tags = list(body.get("applied_tags") or [])
        message = self.message(room, body["message"]) | {"id": room.id}
        room.messages[room.id] = message
        self.record("create", channel=room.id, message=room.id, nonce="", body=body["message"])
        return room

    # ------------------------------------------------------------------ messages

    def create(self, channel: Channel, body: dict[str, Any]) -> dict[str, Any] | None:
        """The new message, the older one of the same nonce, or None if that one was deleted."""
        nonce = str(body["nonce"]) if body.get("nonce") is not None else ""
        if nonce and body.get("enforce_nonce"):
            expiry, place, first = self.nonces.get(nonce, (0.0, "", ""))
            if time.monotonic() < expiry:
                self.record("deduplicated", nonce=nonce, channel=channel.id, message=first)
                return self.channels[place].messages.get(first)
        message = self.message(channel, body)
        channel.messages[message["id"]] = message
        if nonce:
            self.nonces[nonce] = (
                time.monotonic() + self.settings.nonce_window,
                channel.id,
                message["id"],
            )
        self.record("create", channel=channel.id, message=message["id"], nonce=nonce, body=body)
        return message

    def edit(self, channel: Channel, message: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        """Keys that are left out keep what was there, as on Discord."""
        for key in ("content", "embeds", "components", "flags"):
            if key in body:
                message[key] = body[key] if body[key] is not None else ("" if key == "content" else [])
        message["edited_timestamp"] = stamp()
        self.record("edit", channel=channel.id, message=message["id"], body=body)
        return message

    def delete(self, channel: Channel, message: str) -> None:
        channel.messages.pop(message, None)
        self.record("delete", channel=channel.id, message=message)

    def message(self, channel: Channel, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": snowflake(),
            "channel_id": channel.id,
            "type": 0,
            "author": user(BOT, "borderwire", bot=True),
            "content": body.get("content") or "",
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "attachments": [],
            "mentions": [],
            "mention_roles": (body.get("allowed_mentions") or {}).get("roles", []),
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "flags": body.get("flags") or 0,
            "timestamp": stamp(),
            "edited_timestamp": None,
        }

    # ------------------------------------------------------------------ as Discord's objects

    def channel_object(self, channel: Channel) -> dict[str, Any]:
        common = {"id": channel.id, "type": channel.type, "name": channel.name, "guild_id": channel.guild}
        if channel.type in (10, 11, 12):
            meta = {
                "archived": channel.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": datetime.fromtimestamp(channel.archived_at, UTC).isoformat(
                    timespec="microseconds"
                ),
                "locked": channel.locked,
            }
            return {
                **common,
                "parent_id": channel.parent,
                "applied_tags": channel.tags,
                "owner_id": BOT,
                "thread_metadata": meta,
                "message_count": 0,
                "member_count": 1,
                "rate_limit_per_user": 0,
            }
        if channel.type == FORUM:
            named = enumerate(channel.tags)
            common["available_tags"] = [
                {"id": str(n + 1), "name": tag, "moderated": False, "emoji_id": None, "emoji_name": None}
                for n, tag in named
            ]
            common |= {
                "flags": 16 if channel.wants_tag else 0,
                "default_auto_archive_duration": 1440,
                "default_reaction_emoji": None,
                "default_sort_order": None,
                "default_forum_layout": 0,
            }
        denied = {"id": channel.guild, "type": 0, "allow": "0", "deny": str(channel.deny)}
        return {
            **common,
            "position": 0,
            "permission_overwrites": [denied],
            "nsfw": False,
            "parent_id": None,
            "topic": None,
            "rate_limit_per_user": 0,
        }

    def guild_object(self, guild: str) -> dict[str, Any]:
        everyone = {
            "id": guild, "name": "@everyone", "color": 0, "hoist": False, "position": 0, "managed": False,
            "permissions": str(EVERYTHING), "mentionable": False, "flags": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        }  # fmt: skip
        rooms = [self.channels[channel] for channel in self.guilds[guild]]
        return {
            "id": guild, "name": f"newsroom {guild[-4:]}", "owner_id": OWNER, "roles": [everyone],
            "channels": [self.channel_object(c) for c in rooms if c.type not in (10, 11, 12)],
            "threads": [self.channel_object(c) for c in rooms if c.type in (10, 11, 12) and not c.archived],
            "members": [{"user": user(BOT, "borderwire", bot=True), "roles": [], "joined_at": stamp(), "deaf": False, "mute": False, "flags": 0}],
            "emojis": [], "stickers": [], "features": [], "member_count": 2, "voice_states": [], "presences": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [], "unavailable": False, "large": False,
            "afk_timeout": 300, "afk_channel_id": None, "system_channel_id": None, "system_channel_flags": 0,
            "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0,
            "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "rules_channel_id": None,
            "public_updates_channel_id": None, "safety_alerts_channel_id": None, "joined_at": stamp(),
            "icon": None, "splash": None, "discovery_splash": None, "banner": None, "description": None,
            "vanity_url_code": None, "application_id": None, "premium_progress_bar_enabled": False,
        }  # fmt: skip


def user(id_: str, name: str, *, bot: bool = False) -> dict[str, Any]:
    return {
        "id": id_,
        "username": name,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
        "flags": 0,
        "verified": True,
    }


def stamp() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000+00:00", time.gmtime())
