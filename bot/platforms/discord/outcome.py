"""What an answer of Discord, or the lack of one, means for a delivery.

The library repeats some failures by itself, so one call may be several requests. `Attempt` watches
them: only if none of them can have been accepted may a call be called refused.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
import discord

from bot.outbox.sink import Gone, Later, Outcome, Refused, Unsure
from bot.platforms.address import check_address
from bot.platforms.errors import PlatformRefused

UNKNOWN_MESSAGE = 10008
CHANNEL_GONE = frozenset({10003, 10004, 10065, 50001, 50007, 50008, 50013, 50024, 160002, 160005})
OLD_MESSAGE_EDITS = 30046
LIMIT_CODE = re.compile(rb'"code": ?(30046|200\d\d)\b')
ARCHIVED, UNKNOWN_CHANNEL, LOCKED, NOT_ALLOWED = 50083, 10003, 160005, 50013
THREADED = 160004  # the message has, or had, its thread
CODE = re.compile(r"[0-9]{3} ([0-9]{4,6}):")
BUSY = frozenset({20016, 20022, 20028, OLD_MESSAGE_EDITS, 40062, 130000, 160006, 160007})  # passes by itself
PATIENCE = 30.0  # seconds to wait where Discord names no time
REFUSED_AT_THE_DOOR = frozenset({408, 425, 429, 503})
AMBIGUOUS = 500  # from this status on, except 503, the request may have been accepted

WORDS = {
    10003: "the channel is gone",
    10004: "the server is gone",
    50001: "no access to the channel: View Channel is missing",
    50008: "this kind of channel takes no messages",
    50007: "your direct messages are closed to me (see your privacy settings)",
    50013: "a permission is missing in the channel",
    160002: "Read Message History is missing",
    160005: "the thread is locked",
}


class Unrepeatable(Exception):
    """The library wants to repeat a request that may have been accepted."""


@dataclass(slots=True)
class Attempt:
    """One call of ours: is a request without an answer, may an earlier one have been accepted?

    `limit` is Discord's code for the limit that the library waits for, 0 where it names none. `once`: what may
    have been accepted must not be repeated, by the library neither.
    """

    once: bool = False
    open: bool = False
    doubtful: bool = False
    limit: int = 0

    @property
    def untouched(self) -> bool:
        """True if no request of this call can have been accepted."""
        return not (self.open or self.doubtful)


current: ContextVar[Attempt | None] = ContextVar("current", default=None)


def watch() -> aiohttp.TraceConfig:
    """Follows every request of the client, and lets none go to an address that a token must not see."""
    trace = aiohttp.TraceConfig()

    async def start(_: object, __: SimpleNamespace, params: aiohttp.TraceRequestStartParams) -> None:
        if problem := check_address(str(params.url)):
            raise PlatformRefused(f"Discord: an address it handed out is refused: {problem}")
        if (attempt := current.get()) and attempt.once and not attempt.untouched:
            raise Unrepeatable

    async def redirect(_: object, __: SimpleNamespace, params: aiohttp.TraceRequestRedirectParams) -> None:
        raise PlatformRefused(f"Discord: {params.url.host} redirects, which the API never does")

    async def sent(_: object, __: SimpleNamespace, ___: aiohttp.TraceRequestHeadersSentParams) -> None:
        if attempt := current.get():
            attempt.doubtful |= attempt.open  # the library repeats a request that was never answered
            attempt.open = True

    async def end(_: object, __: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
        if attempt := current.get():
            attempt.open = False
            status = params.response.status
            attempt.doubtful |= status < 300 or (status >= AMBIGUOUS and status not in REFUSED_AT_THE_DOOR)

    async def body(_: object, __: SimpleNamespace, params: aiohttp.TraceResponseChunkReceivedParams) -> None:
        if (attempt := current.get()) and (code := LIMIT_CODE.search(params.chunk[:2_000])):
            attempt.limit = int(code[1])

    trace.on_request_start.append(start)
    trace.on_response_chunk_received.append(body)
    trace.on_request_redirect.append(redirect)
    trace.on_request_headers_sent.append(sent)
    trace.on_request_end.append(end)
    return trace


def meaning(error: Exception, attempt: Attempt, *, creating: bool) -> Outcome:
    """The outcome of a call that raised. A refusal behind a doubtful request proves nothing."""
    outcome = plainly(error, attempt, creating=creating)
    if attempt.doubtful and isinstance(outcome, Later | Refused):
        return Unsure(f"an earlier request of this call was not answered clearly, then: {outcome.reason}")
    return outcome


def plainly(error: Exception, attempt: Attempt, *, creating: bool) -> Outcome:
    if isinstance(error, PlatformRefused):
        return Gone(str(error), "all")
    if isinstance(error, discord.RateLimited):
        return Later(error.retry_after, f"429 {attempt.limit}: Discord asks to wait")
    if isinstance(error, discord.HTTPException):
        return answered(error, creating=creating)
    if isinstance(error, aiohttp.ClientConnectorError) or attempt.untouched:
        limit = f"429 {attempt.limit}: " if attempt.limit else ""
        return Later(5.0, f"{limit}nothing was sent: {type(error).__name__}")
    return Unsure(type(error).__name__)


def answered(error: discord.HTTPException, *, creating: bool) -> Outcome:
    """By status and Discord's own error code."""
    reason = f"{error.status} {error.code}: {WORDS.get(error.code) or error.text or 'no reason given'}"[:300]
    if error.status == 401:
        return Gone("401: the token is refused", "all")
    if error.code == UNKNOWN_MESSAGE:
        # Also on creating: a message with this nonce was posted, and somebody removed it.
        return Gone("posted, and removed by somebody" if creating else reason, "message")
    if error.code in CHANNEL_GONE or (error.status in (403, 404) and error.code):
        return Gone(reason, "channel")
    if error.code in BUSY or error.status in REFUSED_AT_THE_DOOR:
        return Later(wait(error), reason)
    if error.status >= AMBIGUOUS:
        return Unsure(reason)
    if error.status in (403, 404):  # without a code: not Discord itself, but something in front of it
        return Later(PATIENCE, reason)
    return Refused(reason)


def code(answer: object) -> int:
    """Discord's own code for a refusal; 0 where there is none.

    >>> code(Refused("400 50083: Thread is archived")), code(Refused("no reason"))
    (50083, 0)
    """
    found = CODE.match(str(getattr(answer, "reason", "")))
    return int(found[1]) if found else 0


def wait(error: discord.HTTPException) -> float:
    """How long Discord asks to wait, from the answer's header."""
    try:
        return max(0.05, float(error.response.headers.get("Retry-After", PATIENCE)))
    except (AttributeError, ValueError):
        return PATIENCE
