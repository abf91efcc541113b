"""One delivery at its turn: everything needed for a step of it, read at once and written back at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import aiosqlite
import structlog

from bot.news.alerts import hours
from bot.news.model import Alert, Subscription
from bot.outbox import key, retry
from bot.outbox.sink import Payload, Refused, Sink, Target
from bot.store import alerts, deliveries, digests, entries, stories, subscriptions
from bot.store.db import Database
from bot.store.deliveries import Delivery, Message

log = structlog.get_logger("outbox")
UNKNOWN = -1  # the revision of a message that an earlier life posted, before a copy was restored


@dataclass(frozen=True, slots=True)
class Turn:
    """A delivery with its channel, what it says, and where its story already stands there."""

    subscription: Subscription
    delivery: Delivery
    alert: Alert | None
    message: Message | None
    name: str  # what names the message for good: the entry that opened the story, or the digest
    weight: int = deliveries.SUMMARY  # of the heaviest delivery that waits in this channel
    today: int = 0  # stories that the channel was told since its midnight; counted where that matters

    @property
    def key(self) -> str:
        """The key of the payload that was frozen, or the one that this revision would get."""
        if self.delivery.key and self.delivery.payload is not None:
            return self.delivery.key
        return named(self.subscription, self.name, self.delivery.revision)

    @property
    def said(self) -> Alert | None:
        """The alert as this channel gets it: where the story never stood, its newest revision is new.

        A call that an earlier revision was owed is not lost with it.
        """
        if self.alert is None:
            return None
        if self.message is not None:
            return replace(self.alert, level_rose=True) if self.calls else self.alert
        return replace(self.alert, kind="new", changed=(), level_rose=False)

    @property
    def calls(self) -> bool:
        """Does this call somebody? What an earlier life of ours posted has done so."""
        return self.delivery.ping and (self.message is None or self.message.revision > UNKNOWN)

    @property
    def obsolete(self) -> str:
        """Why nothing needs to be sent; "" if something does."""
        if self.message is None:
            return ""
        if self.message.gone:
            return f"stays removed: {self.message.gone}"
        return "a newer revision is shown" if self.message.revision >= self.delivery.revision else ""


def named(who: Subscription, name: str, revision: int = 0) -> str:
    """The key of what is called so in a channel."""
    channel = (who.platform, who.space, who.channel, who.created.isoformat())
    return key.of(*channel, name, revision=revision)


def payload(turn: Turn, sink: Sink, target: Target) -> Payload | Refused:
    """What goes to the platform: the bytes of the first attempt, or the alert as it is drawn there."""
    if turn.delivery.payload is not None:
        return turn.delivery.payload
    if (alert := turn.said) is None:
        return Refused("the alert is not on record")
    try:
        return sink.render(alert, target)
    except Exception as error:
        log.exception("render", delivery=turn.delivery.id)
        return Refused(f"cannot be rendered: {type(error).__name__}")


async def sought(database: Database, turn: Turn) -> tuple[tuple[str, ...], frozenset[str]]:
    """By which keys a message is looked for, and which messages it cannot be: those of other stories.

    An earlier life, unknown to a restored store, may have told the story under any of its entries: another
    one came first then, or it was a story of its own that became part of this one.
    """
    story, who = turn.delivery.story, turn.subscription
    if story is None or turn.delivery.attempts:
        return (turn.key,), frozenset()
    async with database.read() as connection:
        names = await entries.ids(connection, story)
        taken = await deliveries.others(connection, who.id, story)
    return (turn.key, *(named(who, name) for name in names if name != turn.name)), taken


async def take(database: Database, subscription: int, now: float, policy: retry.Policy) -> Turn | None:
    """The delivery of a channel whose turn it is."""
    async with database.read() as connection:
        who = await subscriptions.get(connection, subscription)
        waiting = await deliveries.waiting(connection, subscription)
        delivery = retry.following(waiting, now, policy)
        if who is None or who.paused or delivery is None:
            return None
        weight = retry.weight(waiting, now)
        if delivery.story is None:
            return Turn(who, delivery, None, None, f"digest {delivery.because}", weight)
        today = 0
        if who.ceiling:
            began = hours.midnight(who, datetime.fromtimestamp(now, UTC))
            today = await digests.posted(connection, subscription, began.timestamp())
        message = await deliveries.message(connection, subscription, delivery.story)
        called = message.name if message is not None else ""
        return Turn(
            who,
            delivery,
            await _alert(connection, delivery.story, delivery.revision, message),
            message,
            called or await stories.opener(connection, delivery.story),
            weight,
            today,
        )


async def _alert(
    connection: aiosqlite.Connection, story: int, revision: int, message: Message | None
) -> Alert | None:
    """A revision. It says that the level rose where the channel shows a lower one, whatever came between them."""
    alert = await alerts.get(connection, story, revision)
    if alert is None or message is None or alert.level_rose:
        return alert
    shown = await alerts.get(connection, story, message.revision)
    return replace(alert, level_rose=shown is not None and shown.level < alert.level)


async def record(database: Database, turn: Turn, move: retry.Move, now: float) -> None:
    """Write how a step ended: the delivery, the message in the channel, a lost channel. One transaction."""
    delivery = turn.delivery
    async with database.write() as connection:
        await deliveries.end(connection, delivery.id, now, move)
        if delivery.story is not None and (move.message is not None or move.gone):
            message = move.message or (turn.message.message if turn.message else "")
            revision = UNKNOWN if move.state == "new" else delivery.revision
            await deliveries.shown(connection, delivery, message, revision, now, move.gone)
        if move.pause:
            await subscriptions.pause(connection, turn.subscription.id, subscriptions.LOST + move.reason)
