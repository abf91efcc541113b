"""A forum on Discord: each story is a post, a thread whose first message has the thread's own id.

Discord knows no key for a post, so one that may or may not have been made is looked for as on Slack: after a
while, and twice (`bot.outbox.deliver`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import discord

from bot.news.model import Level
from bot.outbox.sink import Gone, Mark, Outcome, Page, Payload, Sent, Target
from bot.platforms.discord import views
from bot.platforms.discord.edits import CHANNEL, MESSAGE, Call, body, outcome
from bot.platforms.discord.outcome import NOT_ALLOWED, code

POSTS = "/channels/{channel_id}/threads"
ARCHIVED_POSTS = "/channels/{channel_id}/threads/archived/public"
NAME, MOST_TAGS = 100, 5  # Discord's limits for the name of a post, and for its tags
LEVELS = tuple(level.word for level in sorted(Level, reverse=True))
LOOKED_AT = 25  # posts whose first message one page reads
KEPT_OPEN = 4_320  # minutes of silence after which a post is archived; what changes opens it again
OLDER = "archived "  # before the moment from which on a page reads archived posts


async def post(call: Call, forum: object, target: Target, payload: Payload, key: str) -> Outcome:
    """Create a post, with the tag of its level where the forum has one."""
    name = payload.get("thread") or payload["embeds"][0]["title"]
    made = await call(
        "POST",
        POSTS,
        target.channel,
        {
            "name": name[:NAME],
            "auto_archive_duration": KEPT_OPEN,
            "applied_tags": tags(forum, payload.get("tag", "")),
            "message": body(payload, key),
        },
        once=True,
    )
    return Sent(str(made["id"])) if isinstance(made, dict) else outcome(made)


def tags(forum: object, level: str) -> list[str]:
    """The forum's tags that are called like the level."""
    if not isinstance(forum, discord.ForumChannel):
        return []
    level = level or (LEVELS[-1] if forum.flags.require_tag else "")  # a digest has none
    return [str(tag.id) for tag in forum.available_tags if tag.name.casefold() == level]


async def retag(call: Call, forum: object, post: object, level: str) -> None:
    """Let a post's tag follow its level, beside the tags that people gave it; where that is refused it stays."""
    if not (isinstance(forum, discord.ForumChannel) and isinstance(post, discord.Thread)):
        return
    given = [str(tag.id) for tag in post.applied_tags]
    others = [str(tag.id) for tag in post.applied_tags if tag.name.casefold() not in LEVELS]
    wanted = [*tags(forum, level), *others][:MOST_TAGS]
    if sorted(wanted) != sorted(given):
        await call("PATCH", CHANNEL, str(post.id), {"applied_tags": wanted})


def untagged(forum: discord.ForumChannel) -> tuple[str, ...]:
    """What a forum lacks that wants a tag on every post: a tag for each level."""
    named = {tag.name.casefold() for tag in forum.available_tags}
    levels = [level for level in LEVELS if level not in named]
    lacks = bool(levels) and forum.flags.require_tag
    return (f"tags named {', '.join(levels)}, as this forum wants a tag on every post",) if lacks else ()


async def page(call: Call, target: Target, me: int, oldest: int, more: str) -> Page | Outcome:
    """Some of our posts, the newest first: those that are open, then the archived ones."""
    if more.startswith(OLDER):
        return await archived(call, target, me, oldest, more.removeprefix(OLDER))
    found = await call("GET", f"/guilds/{int(target.space)}/threads/active", target.channel)
    if not isinstance(found, dict):
        return outcome(found)
    ours = [int(one["id"]) for one in of(found, target, me, oldest) if int(one["id"]) < int(more or 1 << 63)]
    here = sorted(ours, reverse=True)[:LOOKED_AT]
    marks = await firsts(call, here)
    following = str(here[-1]) if len(here) < len(ours) else OLDER
    return Page(marks, following) if isinstance(marks, tuple) else marks


async def archived(call: Call, target: Target, me: int, oldest: int, before: str) -> Page | Outcome:
    """A page of archived posts, the last archived first: what was archived before `oldest` was made before it."""
    since = {"before": before} if before else {}
    found = await call("GET", ARCHIVED_POSTS, target.channel, limit=LOOKED_AT, **since)
    if not isinstance(found, dict):
        return outcome(found)
    listed: Sequence[Mapping[str, Any]] = found.get("threads") or ()
    marks = await firsts(call, [int(one["id"]) for one in of(found, target, me, oldest)])
    last = str(listed[-1]["thread_metadata"]["archive_timestamp"]) if listed else ""
    over = not found.get("has_more") or not last or datetime.fromisoformat(last) < made(oldest)
    return Page(marks, "" if over else f"{OLDER}{last}") if isinstance(marks, tuple) else marks


def of(found: Mapping[str, Any], target: Target, me: int, oldest: int) -> list[Mapping[str, Any]]:
    """Our own posts in this forum, of those that a list names."""
    return [
        one
        for one in found.get("threads") or ()
        if str(one.get("parent_id")) == target.channel
        and str(one.get("owner_id")) == str(me)
        and int(one["id"]) >= oldest
    ]


def made(snowflake: int) -> datetime:
    return discord.utils.snowflake_time(snowflake).astimezone(UTC)


async def firsts(call: Call, posts: Sequence[int]) -> tuple[Mark, ...] | Outcome:
    """The first message of each post; one that somebody deleted is left out."""
    messages = []
    for number in posts:
        found = await call("GET", MESSAGE, str(number), None, str(number))
        if isinstance(found, dict):
            messages.append(found)
        elif not isinstance(found, Gone) or found.scope == "all":
            return outcome(found)
    return tuple(views.marks(messages))


async def remove(call: Call, message: str) -> Outcome:
    """Delete a post of ours; without Manage Threads at least what it says."""
    done = await call("DELETE", CHANNEL, message)
    if code(done) == NOT_ALLOWED:
        done = await call("DELETE", MESSAGE, message, None, message)
    return outcome(done) if isinstance(done, Outcome) else Sent(message)
