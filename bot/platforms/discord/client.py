"""Discord as a sink: one gateway connection in, REST calls out, every refusal told apart.

discord.py does the protocol. Messages are sent as the bot itself, never through webhooks, because only
those are deduplicated by nonce.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import discord
import structlog

from bot.commands.base import Command, Reply
from bot.news.model import Alert, Style
from bot.outbox.sink import Gone, Later, Outcome, Page, Payload, Sent, Target
from bot.platforms.discord import connect, forum, render, slash, views
from bot.platforms.discord.edits import HISTORY_PAGE, MESSAGES, Edits, outcome
from bot.platforms.errors import PlatformRefused
from bot.platforms.words import whole

log = structlog.get_logger()

CLOCKS_APART = 600.0  # seconds by which our clock and Discord's may differ
SYNCED = "discord.commands"  # under this name the store keeps which commands Discord was told
NOTICE, CONTENT = 250, 2_000  # characters of one line for the operator, and of a message
FIRST_RETRY, LONGEST_RETRY, CLOSING = 2.0, 300.0, 5.0

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
        self._edits = Edits(self._call)
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
        """An edit that is told is also said in a reply, and that is looked for first; a thread may have to be made."""
        return 3 + ("thread" in payload) if edit and "reply" in payload else 1

    async def post(self, target: Target, payload: Payload, key: str) -> Outcome:
        """Create a message. `Gone` with scope "message": it was posted earlier, and somebody removed it."""
        if target.style == "forum":
            return await forum.post(self._call, self._channel(target.channel), target, payload, key)
        return await self._edits.post(target.channel, payload, key)

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        done = await self._edits.edit(target, message, payload, key)
        if target.style == "forum" and isinstance(done, Sent):
            here, level = self._channel(target.channel), payload.get("tag", "")
            await forum.retag(self._call, here, self._channel(message), level)
        return done

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
        if target.style == "forum":
            return await forum.page(self._call, target, self._me(), oldest, more)
        before = {"before": more} if more else {}
        page = await self._call("GET", MESSAGES, target.channel, limit=HISTORY_PAGE, **before)
        if not isinstance(page, list):
            return outcome(page)
        whole = len(page) < HISTORY_PAGE or int(page[-1]["id"]) < oldest
        return Page(tuple(views.marks(page)), "" if whole else str(page[-1]["id"]))

    async def styles(self, space: str, channel: str) -> tuple[Style, ...]:
        match self._channel(channel):
            case discord.ForumChannel():
                return ("forum",)
            case discord.Thread():
                return ("message",)
        return ("message", "thread")

    async def missing(self, space: str, channel: str, style: Style) -> tuple[str, ...]:
        """Which permissions the bot lacks in a channel, in Discord's own words; empty: all is well."""
        allowed = await self._permissions(space, channel)
        if isinstance(allowed, Gone):
            return (slash.PERMISSIONS[slash.VIEW],)
        if not isinstance(allowed, discord.Permissions):
            return ("Discord cannot be asked at the moment",)
        found = self._channel(channel)
        needed = slash.IN_THREAD if isinstance(found, discord.Thread) else slash.NEEDED[style]
        lacking = slash.missing(allowed.value, needed)
        return (*lacking, *forum.untagged(found)) if isinstance(found, discord.ForumChannel) else lacking

    def _channel(self, channel: str) -> object:
        """A channel as far as the gateway has told of it."""
        return self.client.get_channel(int(channel)) if self.client and channel.isdecimal() else None

    def _me(self) -> int:
        return self.client.user.id if self.client and self.client.user else 0

    async def remove(self, target: Target, message: str) -> Outcome:
        """Delete a second copy: only a forum has any, elsewhere Discord knows a message by its key."""
        return await forum.remove(self._call, message)

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
        # the connection ended under the call: by a refusal?
        if isinstance(answer, Later) and client.is_closed():
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING):
                    await self._over.wait()
        if isinstance(answer, Gone) and answer.scope == "all":
            self._refuse(answer.reason)
        return Gone(self.refused, "all") if self.refused and isinstance(answer, Later) else answer
