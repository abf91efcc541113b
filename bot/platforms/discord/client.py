"""Discord as a sink: one gateway connection in, REST calls out, every refusal told apart.

discord.py does the protocol. Messages are sent as the bot itself, never through webhooks, because only
those are deduplicated by nonce.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import discord
import structlog

from bot.commands.base import Command, Reply
from bot.news.model import Alert
from bot.outbox.sink import Gone, Later, Outcome, Page, Payload, Refused, Sent, Target, Unsure
from bot.platforms.discord import connect, render, slash, views
from bot.platforms.discord.outcome import ARCHIVED, OLD_MESSAGE_EDITS
from bot.platforms.errors import PlatformRefused
from bot.platforms.words import whole

log = structlog.get_logger()

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = "/channels/{channel_id}/messages/{message_id}"
HISTORY_PAGE = 100
LOOK = 10  # pages that one attempt looks through for a reply; the next goes on from there
CLOCKS_APART = 600.0  # seconds by which our clock and Discord's may differ
SYNCED = "discord.commands"  # under this name the store keeps which commands Discord was told
NOTICE, CONTENT = 250, 2_000  # characters of one line for the operator, and of a message
FIRST_RETRY, LONGEST_RETRY, CLOSING = 2.0, 300.0, 5.0
EDITS_REFUSED = 3  # times that Discord may put off the edit of an old message; then a reply says it

Recall = Callable[[str], Awaitable[str | None]]
Remember = Callable[[str, str], Awaitable[None]]


async def recall_nothing(_: str) -> str | None:
    return None


async def remember_nothing(_: str, __: str) -> None:
    return None


async def nobody_asks(_: frozenset[str]) -> None:
    return None


async def nothing_to_say(_: object, __: object = None) -> Reply:
    return Reply("Not yet", "The bot is still starting.", error=True)


class DiscordPlatform:
    """One bot account. `start` raises PlatformRefused for a wrong token or address; a dead network is waited out."""

    platform = "discord"
    reposts_safely = True
    edits = True

    def __init__(
        self,
        token: str,
        *,
        commands: Sequence[Command] = (),
        ask: slash.Ask = nothing_to_say,
        recall: Recall = recall_nothing,
        remember: Remember = remember_nothing,
        presence: connect.Presence = nobody_asks,
        api_base: str = "",
        gateway_url: str = "",
        timeout: float = 30.0,
        key_window: float = 60.0,
        settle: float = 0.0,  # a request accepted late is deduplicated by its nonce: nothing to wait for
        patience: float = 15.0,
    ) -> None:
        self._token = token
        self.commands = commands
        self.recall, self.remember, self.presence = recall, remember, presence
        self.api_base, self.gateway_url = api_base, gateway_url
        self.timeout, self.key_window, self.settle, self.patience = timeout, key_window, settle, patience
        self.desk = slash.Desk(ask, lambda: datetime.now(UTC))
        self.client: connect.Client | None = None
        self.refused = ""
        self._put_off: Counter[str] = Counter()  # messages whose edit Discord put off, and how often
        self._looked: dict[str, str] = {}  # replies that are looked for, and down to which message
        self._known = asyncio.Event()  # set once the token was accepted, or refused
        self._over = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------ connection

    async def start(self) -> None:
        """Log in and stay connected. Returns after `patience` seconds at the latest. Raises PlatformRefused."""
        connect.check(self.api_base, self.gateway_url)
        connect.calm_library()
        self._runner = asyncio.create_task(self._run(), name="discord")
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                await self._known.wait()
        if self.refused:
            raise PlatformRefused(self.refused)
        if not self._known.is_set():
            log.warning("discord not reachable yet")

    async def stop(self) -> None:
        if self._runner is not None:
            self._runner.cancel()
            with suppress(asyncio.CancelledError):
                await self._runner
            self._runner = None

    async def _run(self) -> None:
        """Log in, connect, and begin again after anything but a refusal."""
        delay = FIRST_RETRY
        while not self.refused:
            began = time.monotonic()
            try:
                await self._connect()
            except PlatformRefused as error:
                self._refuse(str(error))
            except (
                discord.LoginFailure,
                discord.ConnectionClosed,
                discord.PrivilegedIntentsRequired,
            ) as error:
                self._refuse(connect.login_refusal(error))
            except (*connect.NETWORK, discord.DiscordException) as error:
                log.warning("discord connection failed", error=type(error).__name__, retry=delay)
            except Exception:  # a surprise must not end the connection for good
                log.exception("discord connection failed", retry=delay)
            if not self.refused:
                delay = FIRST_RETRY if time.monotonic() - began > LONGEST_RETRY else delay
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_RETRY)

    async def _connect(self) -> None:
        client = connect.Client(self.desk, self.timeout, self.presence)
        try:
            await connect.log_in(client, self._token, self.api_base, self.gateway_url)
            await self._sync(client)
            self.client = client
            self._known.set()
            log.info(
                "discord connected", bot=str(client.user), invite=slash.invite_url(client.application_id or 0)
            )
            await client.connect(reconnect=True)
        finally:
            self.client = None
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING):
                    await client.close()
            await asyncio.sleep(0)  # events that the library has just told of begin, and are not left hanging

    async def _sync(self, client: connect.Client) -> None:
        """Tell Discord about the commands, but only what it does not know yet."""
        if not self.commands or client.application_id is None:
            return
        declared = slash.declare(self.commands)
        wanted = slash.fingerprint(declared, client.application_id)
        if await self.recall(SYNCED) != wanted:
            await client.http.bulk_upsert_global_commands(client.application_id, payload=declared)
            await self.remember(SYNCED, wanted)

    def _refuse(self, reason: str) -> None:
        self.refused = reason
        self._known.set()
        self._over.set()
        log.error("discord refused", reason=reason)

    async def ended(self) -> str:
        """Returns once Discord will not have the bot any more, with the reason."""
        await self._over.wait()
        return self.refused

    async def ready(self) -> bool:
        """Logged in. Sending needs no gateway, so an interrupted one delays no alert."""
        return self.client is not None and not self.refused

    # ------------------------------------------------------------------ as a sink

    def render(self, alert: Alert, target: Target) -> Payload:
        return render.render_alert(alert, target)

    def render_digest(self, alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
        return render.render_digest(alerts, title, target)

    def line(self, alert: Alert) -> str:
        return render.digest_line(alert)

    def cost(self, payload: Payload, *, edit: bool) -> int:
        """An edit that calls somebody is also said in a reply, and that is looked for first."""
        return 3 if edit and "reply" in payload else 1

    async def post(self, target: Target, payload: Payload, key: str) -> Outcome:
        """Create a message. `Gone` with scope "message": it was posted earlier, and somebody removed it."""
        body = {
            **{name: value for name, value in payload.items() if name != "reply"},
            "components": views.stamp(payload.get("components", ()), key),
            "allowed_mentions": render.mentions(payload.get("content", "")),
            "nonce": key,
            "enforce_nonce": True,
        }
        made = await self._call("POST", MESSAGES, target.channel, body, creating=True)
        return Sent(str(made["id"])) if isinstance(made, dict) else outcome(made)

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        """Replace what is said; the buttons stay, and with them the key that `read` finds."""
        body = {"embeds": payload["embeds"], "allowed_mentions": render.SILENT}
        changed = await self._call("PATCH", MESSAGE, target.channel, body, message)
        if isinstance(changed, Refused) and changed.reason.startswith(f"400 {ARCHIVED}"):
            opened = await self._call("PATCH", "/channels/{channel_id}", target.channel, {"archived": False})
            if not isinstance(opened, dict):
                return outcome(opened)
            changed = await self._call("PATCH", MESSAGE, target.channel, body, message)
        if isinstance(changed, Later) and changed.reason.startswith(f"429 {OLD_MESSAGE_EDITS}"):
            return await self._instead(target, message, payload, key, changed)
        if not isinstance(changed, dict):
            return outcome(changed)
        self._put_off.pop(message, None)
        if "reply" not in payload:
            return Sent(message)
        return await self._reply(target, message, {"content": payload["reply"]}, key)

    async def _instead(
        self, target: Target, message: str, payload: Payload, key: str, refusal: Later
    ) -> Outcome:
        """An old message may be changed only so often; what it should say is then said in a reply."""
        self._put_off[message] += 1
        if self._put_off[message] < EDITS_REFUSED:
            return refusal
        said = {"content": payload.get("reply", ""), "embeds": payload["embeds"]}
        told = await self._reply(target, message, said, key)
        if isinstance(told, Sent):
            del self._put_off[message]
        return told

    async def _reply(self, target: Target, message: str, words: Payload, key: str) -> Outcome:
        """Say something below a message, once: the edit's key, backwards, names the reply."""
        name = key[::-1]
        said = await self._said(target, message, name)
        if not isinstance(said, bool):
            return said
        if said:
            return Sent(message)
        payload = {
            **words,
            "components": views.timeline_row(),
            "message_reference": {"message_id": message, "fail_if_not_exists": False},
        }
        told = await self.post(target, payload, name)
        removed = isinstance(told, Gone) and told.scope == "message"
        return Sent(message) if removed or isinstance(told, Sent) else told

    async def _said(self, target: Target, message: str, name: str) -> bool | Outcome:
        """Does a reply of this name stand below a message? Read from the newest back to it, `LOOK` pages at a time."""
        for _ in range(LOOK):
            seen = {"before": self._looked[name]} if name in self._looked else {}
            page = await self._call("GET", MESSAGES, target.channel, limit=HISTORY_PAGE, **seen)
            if not isinstance(page, list):
                return outcome(page)
            found = any(mark.key == name for mark in views.marks(page))
            if found or len(page) < HISTORY_PAGE or int(page[-1]["id"]) <= int(message):
                self._looked.pop(name, None)
                return found
            self._looked[name] = str(page[-1]["id"])
        return Later(1.0, "looking whether it was said already")

    async def tell(self, channel: str, text: str) -> Outcome:
        """Plain words for the operator, once and unmarked: they may be lost."""
        said = whole((render.fitted(line, NOTICE) for line in text.splitlines()), CONTENT)[0]
        body = {"content": "\n".join(said), "allowed_mentions": render.SILENT}
        made = await self._call("POST", MESSAGES, channel, body)
        return Sent(str(made["id"])) if isinstance(made, dict) else outcome(made)

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        """A page of the channel, the newest messages first; `more` is the last one of the page before."""
        if not more and not target.private:
            allowed = await self._permissions(target.space, target.channel)
            if not isinstance(allowed, discord.Permissions):
                return allowed
            if missing := slash.missing(allowed.value, slash.FIND):
                # Without Read Message History Discord shows an empty channel, which proves nothing.
                return Gone(f"missing in the channel: {', '.join(missing)}")
        oldest = discord.utils.time_snowflake(datetime.fromtimestamp(max(0.0, since - CLOCKS_APART), UTC))
        before = {"before": more} if more else {}
        page = await self._call("GET", MESSAGES, target.channel, limit=HISTORY_PAGE, **before)
        if not isinstance(page, list):
            return outcome(page)
        whole = len(page) < HISTORY_PAGE or int(page[-1]["id"]) < oldest
        return Page(tuple(views.marks(page)), "" if whole else str(page[-1]["id"]))

    async def missing(self, space: str, channel: str) -> tuple[str, ...]:
        """Which permissions the bot lacks in a channel, in Discord's own words; empty: all is well."""
        allowed = await self._permissions(space, channel)
        if isinstance(allowed, Gone):
            return (slash.PERMISSIONS[slash.VIEW],)
        if not isinstance(allowed, discord.Permissions):
            return ("Discord cannot be asked at the moment",)
        thread = self.client is not None and isinstance(self.client.get_channel(int(channel)), discord.Thread)
        return slash.missing(allowed.value, slash.IN_THREAD if thread else slash.IN_CHANNEL)

    async def direct(self, user: str) -> str | Outcome:
        """The channel of somebody's direct messages; that they are closed shows only when something is sent there."""
        made = await self._call("POST", "/users/@me/channels", user, {"recipient_id": user})
        return str(made["id"]) if isinstance(made, dict) else outcome(made)

    async def _permissions(self, space: str, channel: str) -> discord.Permissions | Outcome:
        """What the bot may do in a channel, or why that cannot be told."""
        if self.client is None:
            return Later(self.patience, "not connected")
        if not (space.isdecimal() and channel.isdecimal()):
            return Gone("no such channel")
        return await self.client.permissions(int(space), int(channel))

    async def _call(self, method: str, path: str, channel: str, *given: Any, **more: Any) -> Any:
        """What Discord answered, or the outcome of a call that failed; see `Client.call`."""
        if self.client is None or self.refused:
            return Gone(self.refused, "all") if self.refused else Later(self.patience, "not connected")
        client = self.client
        answer = await client.call(method, path, channel, *given, **more)
        if (
            isinstance(answer, Later) and client.is_closed()
        ):  # the connection ended under the call: by a refusal?
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING):
                    await self._over.wait()
        if isinstance(answer, Gone) and answer.scope == "all":
            self._refuse(answer.reason)
        return Gone(self.refused, "all") if self.refused and isinstance(answer, Later) else answer


def outcome(answer: Any) -> Outcome:
    """The outcome of a call that should have brought something else; an odd answer proves nothing."""
    return answer if isinstance(answer, Outcome) else Unsure("an odd answer")
