"""What a platform must be able to do: render, post, edit, look for what it posted.

Platforms implement this; the outbox never imports a platform. Refusals are values: `Sent`, `Later`,
`Gone`, `Refused`, `Unsure`. An exception that escapes a sink is treated as `Unsure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.news.model import Alert, Style, Subscription

Payload = dict[str, Any]  # JSON-ready, exactly what goes to the platform; frozen at the first attempt


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it. `message` identifies it there (Discord message id, Slack ts)."""

    message: str


@dataclass(frozen=True, slots=True)
class Later:
    """A definite refusal that passes: nothing was posted; ask again in `seconds`."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Channel, membership, permission or token is gone: pause the subscription, keep the delivery.

    `scope` "all" (the token itself is refused) stops every delivery of the platform.
    """

    reason: str
    scope: Literal["channel", "message", "all"] = "channel"


@dataclass(frozen=True, slots=True)
class Refused:
    """This payload will never be accepted: nothing was posted and trying again is pointless."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Time-out, reset, 5xx: it may or may not be there. Look before sending again."""

    reason: str


Outcome = Sent | Later | Gone | Refused | Unsure


@dataclass(frozen=True, slots=True)
class Mark:
    """A message of ours as it stands in a channel: the key that it carries, and what it says line by line."""

    message: str
    key: str
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a channel's history: our messages in it, and where to read on, "" at the end."""

    marks: tuple[Mark, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes, and in which style. `ping` is a role or group to mention, "" for silence.

    Only where the style is "message" a change is merely shown; elsewhere it is told, too: in a thread on the
    message, in the forum's post, or to one person in `direct` messages.
    """

    space: str
    channel: str
    ping: str = ""
    style: Style | Literal["direct"] = "message"

    @property
    def private(self) -> bool:
        return self.style == "direct"

    @classmethod
    def of(cls, subscription: Subscription, ping: bool) -> Target:
        role = subscription.role if ping else ""
        style: Style | Literal["direct"] = "direct" if subscription.story else subscription.style
        return cls(subscription.space, subscription.channel, role, style)


class Sink(Protocol):
    """One platform, as the outbox sees it."""

    platform: str
    reposts_safely: bool  # True: the same key within `key_window` seconds returns the first message
    key_window: float  # seconds (Discord: 60, conservative); 0 where a repost is never safe
    settle: float  # seconds after which a request not visible in `read` was surely not accepted
    edits: bool  # False: an update is a new message (console)

    async def ready(self) -> bool:
        """True while connected and allowed to send."""
        ...

    def render(self, alert: Alert, target: Target) -> Payload:
        """Pure. The payload of one alert revision within the platform's limits."""
        ...

    def render_digest(self, alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
        """Pure. One or more payloads that carry all of `alerts`, one short line each."""
        ...

    def line(self, alert: Alert) -> str:
        """Pure. The line of `alert` in a digest, as `read` gives it back."""
        ...

    def cost(self, payload: Payload, *, edit: bool) -> int:
        """Pure. How many calls to the platform it takes to post this, or to change a message into it."""
        ...

    async def post(self, target: Target, payload: Payload, key: str) -> Outcome:
        """Create a message. `key` (25 of [a-z2-7]) marks it so that `read` can see it."""
        ...

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        """Replace the content of a message of ours. It may go on to carry the key of its first revision, or this one."""
        ...

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        """One call: a page of what we posted since (Unix seconds), from `more` on; an Outcome (Later,
        Gone, Unsure) if it cannot be read."""
        ...
