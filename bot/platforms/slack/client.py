"""Slack as a sink and as a counter for questions: every refusal told apart, every answer private."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.commands.base import Command, Reply, Request
from bot.news.model import Alert, Style
from bot.outbox.sink import Later, Mark, Outcome, Page, Payload, Sent, Target, Unsure
from bot.platforms import words
from bot.platforms.errors import PlatformRefused
from bot.platforms.slack import slash, views
from bot.platforms.slack.connection import NETWORK, Connection
from bot.platforms.slack.escape import fitted
from bot.platforms.slack.outcome import CHANNEL, TOKEN, UNEDITABLE, code_of, meaning
from bot.platforms.slack.pace import PER_SECOND, Pace
from bot.platforms.slack.render import digest_line, render_alert, render_digest, render_reply

log = structlog.get_logger()
EVENT = "borderwire_delivery"  # our marker in a message's metadata
QUIET = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}
HISTORY_PAGE, THREAD_PAGES = 200, 10
CLOCKS_APART = 120.0  # seconds by which our clock and Slack's may differ
MOST_REMEMBERED = 1_000
NOTICE = 250  # characters of one line for the operator
ADMIN_MEMORY = 60.0  # seconds for which "is an admin" is believed


async def nothing_to_say(*_: object) -> Reply:
    """Stands in where no questions are answered."""
    return words.FAILED


class SlackPlatform:
    """One workspace, one app. `start` raises PlatformRefused for a wrong token or address."""

    platform = "slack"
    reposts_safely = False
    key_window = 0.0
    edits = True

    def __init__(
        self,
        bot_token: str,
        app_token: str,
        *,
        commands: Sequence[Command] = (),
        ask: slash.Ask = nothing_to_say,
        api_url: str = "",
        timeout: float = 30.0,
        settle: float = 60.0,
        watch: float = 5.0,
        patience: float = 60.0,
        per_second: float = PER_SECOND,
    ) -> None:
        self.changes, self.looks = Pace(per_second), Pace(per_second)
        self.commands, self.ask = commands, ask
        self.timeout, self.settle = timeout, settle
        self.admins: dict[str, tuple[float, bool]] = {}
        self.connection = Connection(bot_token, app_token, api_url, timeout, watch, patience)
        self.web = self.connection.web
        for command in (slash.MAIN, *slash.SHORTCUTS):
            self.connection.bolt.command(command)(self.on_command)
        self.connection.bolt.action(re.compile(r"^borderwire\.[a-z0-9.]+$"))(self.on_click)

    async def start(self) -> None:
        """Connect and stay connected; a network that is down is waited out. Raises PlatformRefused."""
        await self.connection.start()

    async def stop(self) -> None:
        await self.connection.stop()

    async def ready(self) -> bool:
        return self.connection.ready()

    # ------------------------------------------------------------------ sink

    def render(self, alert: Alert, target: Target) -> Payload:
        return render_alert(alert, target)

    def render_digest(self, alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
        return render_digest(alerts, title, target)

    def line(self, alert: Alert) -> str:
        return digest_line(alert)

    def cost(self, payload: Payload, *, edit: bool) -> int:
        return 1

    async def post(self, target: Target, payload: Payload, key: str) -> Outcome:
        return await self.send(target, payload, key)

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        """Change our message. Where that is no longer allowed, say it in its thread; a rise is said there too."""
        if wait := await self.changes.turn():
            return Later(wait, "as many changes as Slack allows")
        done = await self.call(
            self.web.chat_update,
            channel=target.channel,
            ts=message,
            text=payload["text"],
            blocks=payload["blocks"],
            metadata=marker(key),
            link_names=False,
            parse="none",
        )
        if isinstance(done, SlackApiError) and code_of(done) in UNEDITABLE:
            return await self.reply_once(target, message, payload, key)
        if isinstance(done, Exception):
            return meaning(done)
        if rise := payload.get("reply"):
            return await self.reply_once(
                target, message, {"text": rise}, key, reply_broadcast=not payload.get("quiet")
            )
        return Sent(message)

    async def tell(self, channel: str, text: str) -> Outcome:
        """Plain words for the operator, once and unmarked: they may be lost."""
        said = "\n".join(fitted(line, NOTICE) for line in text.splitlines())
        done = await self.call(self.web.chat_postMessage, channel=channel, text=said, **QUIET)
        return meaning(done) if isinstance(done, Exception) else Sent(str(done.get("ts")))

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        """A page of the channel; what is said in threads, even if the channel shows it, is not a message of its own."""
        asked = {"channel": target.channel, "oldest": f"{max(0.0, since - CLOCKS_APART):.6f}"}
        page = await self.page_of(self.web.conversations_history, asked, more)
        if not isinstance(page, AsyncSlackResponse):
            return page
        ours = [m for m in self.ours(page) if m.get("thread_ts", m["ts"]) == m["ts"]]
        return Page(tuple(Mark(str(m["ts"]), key_of(m), lines_of(m)) for m in ours), following(page))

    async def remove(self, target: Target, message: str) -> Outcome:
        done = await self.call(self.web.chat_delete, channel=target.channel, ts=message)
        return meaning(done) if isinstance(done, Exception) else Sent(message)

    async def styles(self, space: str, channel: str) -> tuple[Style, ...]:
        return ("message", "thread")

    async def missing(self, space: str, channel: str, style: Style) -> tuple[str, ...]:
        """What we lack to post in a channel and to read back what we posted, in words for its people."""
        if self.connection.team and space != self.connection.team:
            return ("the bot belongs to another workspace",)
        if channel.startswith("D"):
            return ("a channel: in direct messages nobody else would see the alerts",)
        done = await self.call(self.web.conversations_history, channel=channel, limit=1)
        if not isinstance(done, Exception):
            return ()
        code = code_of(done)
        other = f"Slack did not let me look into it ({meaning(done)})"
        return (CHANNEL.get(code) or TOKEN.get(code) or other,)

    async def direct(self, user: str) -> str | Outcome:
        """The channel of somebody's direct messages, if we may also read there what we said."""
        done = await self.call(self.web.conversations_open, users=user)
        channel = "" if isinstance(done, Exception) else str((done.get("channel") or {}).get("id", ""))
        if channel:
            done = await self.call(self.web.conversations_history, channel=channel, limit=1)
        return meaning(done) if isinstance(done, Exception) else channel

    # ------------------------------------------------------------------ calls

    async def send(self, target: Target, payload: Payload, key: str, **more: Any) -> Outcome:
        done = await self.call(
            self.web.chat_postMessage,
            channel=target.channel,
            text=payload["text"],
            blocks=payload.get("blocks"),
            metadata=marker(key),
            **QUIET,
            **more,
        )
        if isinstance(done, Exception):
            return meaning(done)
        ts = done.get("ts")
        return Sent(str(ts)) if ts else Unsure("Slack said ok without a message")

    async def reply_once(
        self, target: Target, message: str, payload: Payload, key: str, **more: Any
    ) -> Outcome:
        """An edit may be tried again after a crash: its thread reply must not come twice."""
        asked, cursor = {"channel": target.channel, "ts": message}, ""
        for _ in range(THREAD_PAGES):
            page = await self.page_of(self.web.conversations_replies, asked, cursor)
            if not isinstance(page, AsyncSlackResponse):
                return page
            if any(key_of(m) == key and m["ts"] != message for m in self.ours(page)):
                return Sent(message)
            if not (cursor := following(page)):
                outcome = await self.send(target, payload, key, thread_ts=message, **more)
                return Sent(message) if isinstance(outcome, Sent) else outcome
        return Unsure("Slack: too many replies to look through")

    async def page_of(
        self, method: Callable[..., Awaitable[AsyncSlackResponse]], asked: dict[str, str], cursor: str
    ) -> AsyncSlackResponse | Outcome:
        """A page of a channel or thread, as often as Slack allows that."""
        if wait := await self.looks.turn():
            return Later(wait, "as many look-ups as Slack allows")
        more = {"cursor": cursor} if cursor else {}
        page = await self.call(method, **asked, **more, limit=HISTORY_PAGE, include_all_metadata=True)
        return meaning(page) if isinstance(page, Exception) else page

    def ours(self, page: AsyncSlackResponse) -> list[Mapping[str, Any]]:
        """The messages of a page that a delivery of ours made."""
        return [m for m in page.get("messages") or () if m.get("user") == self.connection.user and key_of(m)]

    async def call(
        self, method: Callable[..., Awaitable[AsyncSlackResponse]], **arguments: Any
    ) -> AsyncSlackResponse | Exception:
        """One call with a time limit; a failure is a value, a surprise stays an exception."""
        try:
            async with asyncio.timeout(self.timeout):
                return await method(**arguments)
        except (SlackApiError, *NETWORK) as error:
            return error

    # ------------------------------------------------------------------ asking

    async def on_command(self, ack: Any, command: Mapping[str, str]) -> None:
        await ack()
        await self.say(command.get("response_url", ""), self.answer(command), command.get("command", ""))

    async def answer(self, command: Mapping[str, str]) -> Payload:
        """The drawn reply to a slash command."""
        if command.get("team_id") != self.connection.team:
            return render_reply(views.STRANGER)
        request = await slash.understand(command, self.commands, self.is_manager)
        return await self.page(request) if isinstance(request, Request) else render_reply(request)

    async def page(self, request: Request) -> Payload:
        """An answer with buttons to its other pages."""
        reply = await self.ask(request)
        payload = render_reply(reply)
        more = (*views.attached(reply.file), *views.pages(request, reply))
        return {**payload, "blocks": [*payload["blocks"], *more]}

    async def on_click(self, ack: Any, body: Mapping[str, Any]) -> None:
        await ack()
        await self.say(str(body.get("response_url", "")), self.pressed(body), "button")

    async def pressed(self, body: Mapping[str, Any]) -> Payload:
        """The drawn reply to a click; another page takes the place of the one before."""
        if not views.member(body, self.connection.team):
            return render_reply(views.STRANGER)
        name, value = views.pressed(body)
        user, channel = str(body["user"]["id"]), str((body.get("channel") or {}).get("id", ""))
        turning = name.startswith(views.PAGE)
        asked = views.asked_again(value) if turning else words.pressed(name, value)
        if asked is None:
            return render_reply(words.UNKNOWN_BUTTON)
        place = (self.platform, self.connection.team, channel, user, datetime.now(UTC))
        drawn = await self.page(Request(asked[0], *place, options=asked[1]))
        private = bool((body.get("container") or {}).get("is_ephemeral"))
        return {**drawn, "replace_original": turning and private}

    async def say(self, address: str, asked: Awaitable[Payload], what: str) -> None:
        """Answer at the address that came with the question; the message under a button stays."""
        try:
            payload = await asked
        except Exception as error:
            log.exception("slack command failed", command=what, error=type(error).__name__)
            payload = render_reply(words.FAILED)
        try:
            status = await self.connection.respond(address, {"replace_original": False, **payload})
            if status != 200:
                log.warning("slack answer refused", status=status)
        except (PlatformRefused, *NETWORK) as error:
            log.warning("slack answer not sent", error=type(error).__name__)

    async def is_manager(self, user: str) -> bool:
        """A workspace admin or owner of this very workspace."""
        known = self.admins.get(user)
        if known is not None and time.monotonic() - known[0] < ADMIN_MEMORY:
            return known[1]
        done = await self.call(self.web.users_info, user=user)
        if isinstance(done, Exception):
            raise done
        if len(self.admins) >= MOST_REMEMBERED:
            self.admins.clear()
        self.admins[user] = (time.monotonic(), runs_workspace(done.get("user") or {}, self.connection.team))
        return self.admins[user][1]


def runs_workspace(user: Mapping[str, Any], team: str) -> bool:
    """Admin or owner; a guest from another workspace is an admin of that one only."""
    teams = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    admin = any(user.get(key) for key in ("is_admin", "is_owner", "is_primary_owner"))
    shut = ("deleted", "is_bot", "is_stranger", "is_restricted", "is_ultra_restricted")
    return admin and team in teams and not any(user.get(key) for key in shut)


def marker(key: str) -> dict[str, Any]:
    return {"event_type": EVENT, "event_payload": {"delivery": key}}


def key_of(message: Mapping[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return str(payload.get("delivery", "")) if metadata.get("event_type") == EVENT else ""


def lines_of(message: Mapping[str, Any]) -> frozenset[str]:
    """What the sections of a message say."""
    texts = (str((block.get("text") or {}).get("text", "")) for block in message.get("blocks") or ())
    return frozenset(line for text in texts for line in text.splitlines())


def following(page: AsyncSlackResponse) -> str:
    """Where the next page begins."""
    return str((page.get("response_metadata") or {}).get("next_cursor") or "")
