"""What is owed to whom and how far it has come; every step is written here before it is taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import aiosqlite

from bot.news.model import Alert, Delivered

State = Literal["new", "trying", "sent", "unsure", "held", "dead", "digest", "digested", "superseded"]
Kind = Literal["", "post", "edit"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert revision (or, without a story, one part of a digest) to one subscription.

    `payload` is set from the first attempt on for as long as that attempt may have been accepted:
    whatever is sent again is then the same bytes under the same `key`.
    """

    id: int
    subscription: int
    story: int | None
    revision: int
    digest: int | None
    state: State
    kind: Kind
    place: int
    level: int
    ping: bool
    because: str
    created: float
    payload: dict[str, Any] | None
    key: str
    attempts: int
    refusals: int
    absences: int
    looks: int
    first_attempt: float | None
    last_attempt: float | None
    not_before: float
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one subscription is to get of an alert, and why."""

    subscription: int
    delivered: Delivered
    because: str
    ping: bool = False  # for a first post
    ping_again: bool = False  # for an update


@dataclass(frozen=True, slots=True)
class Ending:
    """How a step of a delivery ended, and what is to be known of it at the next."""

    state: State
    reason: str = ""
    not_before: float = 0.0
    refused: bool = False
    absences: int = 0
    looks: int = 0
    frozen: bool = False  # the same bytes next time
    in_doubt: bool = (
        False  # an attempt may still have been accepted: keeps the payload and when it was first tried
    )


@dataclass(frozen=True, slots=True)
class Message:
    """Where a story stands in a channel."""

    subscription: int
    story: int
    message: str
    revision: int
    changed: float
    gone: str
    name: str


OPEN = """
SELECT subscription, min(place) AS place, max(CASE WHEN payload IS NULL THEN ping ELSE 0 END) AS ping,
       max(payload IS NOT NULL) AS underway, max(CASE WHEN kind = 'edit' AND attempts > 0 THEN not_before ELSE 0 END) AS not_before
FROM delivery WHERE story = ? AND state IN ('new', 'trying', 'unsure', 'held') GROUP BY subscription
"""
MESSAGES = "SELECT subscription, changed, gone FROM message WHERE story = ?"
SUPERSEDE = """
UPDATE delivery SET state = 'superseded', ended = :now, reason = 'revision ' || :revision || ' came first'
WHERE story = :story AND revision < :revision AND (state = 'digest' OR state IN ('new', 'held') AND payload IS NULL)
"""
ADD = """
INSERT INTO delivery (subscription, story, revision, state, kind, place, level, ping, because, created, not_before)
VALUES (:subscription, :story, :revision, :state, :kind, :place, :level, :ping, :because, :created, :not_before)
ON CONFLICT DO NOTHING
"""
PLACES = "UPDATE delivery SET place = id WHERE story = ? AND revision = ? AND place = 0"


async def add(
    connection: aiosqlite.Connection,
    alert: Alert,
    wanted: Sequence[Wanted],
    now: float,
    coalesce: float = 0.0,
) -> int:
    """Owe an alert revision; it takes the place of older ones not yet sent. How many instant ones.

    Where the story is already shown (or may be, because a post is under way), the revision is owed
    whatever the subscription would want of it now: what a channel shows is kept true.
    """
    underway = {row["subscription"]: row for row in await connection.execute_fetchall(OPEN, (alert.story,))}
    shown = {row["subscription"]: row for row in await connection.execute_fetchall(MESSAGES, (alert.story,))}
    same = {"story": alert.story, "revision": alert.revision, "level": int(alert.level), "created": now}
    rows = [
        same | _owed(want, shown.get(want.subscription), underway.get(want.subscription), now, coalesce)
        for want in wanted
        if _is_owed(want, shown.get(want.subscription), want.subscription in underway)
    ]
    await connection.execute(SUPERSEDE, {"now": now, "revision": alert.revision, "story": alert.story})
    await connection.executemany(ADD, rows)
    await connection.execute(PLACES, (alert.story, alert.revision))
    return sum(row["state"] == "new" for row in rows)


def _is_owed(want: Wanted, message: aiosqlite.Row | None, waits: bool) -> bool:
    """Not where its message was taken away; else where it is wanted, shown, or about to be."""
    if message is not None:
        return not message["gone"]
    return waits or want.delivered != "none"


def _owed(
    want: Wanted, message: aiosqlite.Row | None, waiting: aiosqlite.Row | None, now: float, coalesce: float
) -> dict[str, Any]:
    """The columns of a delivery that depend on its channel: what it shows, and what already waits for it."""
    before = (
        dict(waiting) if waiting is not None else {"ping": 0, "underway": 0, "place": 0, "not_before": 0.0}
    )
    again = message is not None or bool(before["underway"])
    rested = min(message["changed"], now) + coalesce if message is not None else 0.0
    joined = message is not None or waiting is not None
    return {
        "subscription": want.subscription,
        "state": "new" if joined or want.delivered == "instant" else "digest",
        "kind": "edit" if message is not None else "",
        "place": 0 if again else before["place"],
        "ping": int(before["ping"] or (want.ping_again if again else want.ping)),
        "because": want.because,
        "not_before": max(rested, before["not_before"]),
    }


DUE = """
SELECT delivery.subscription, max(CASE WHEN delivery.story IS NULL THEN :summary ELSE delivery.level END) AS weight
FROM delivery JOIN subscription ON subscription.id = delivery.subscription
WHERE delivery.state IN ('new', 'unsure', 'held') AND delivery.not_before <= :now
    AND subscription.platform = :platform AND subscription.paused = '' AND subscription.removed IS NULL
GROUP BY delivery.subscription
ORDER BY weight DESC, min(delivery.place) LIMIT :most
"""
SUMMARY = -1  # weighs less than any alert: what is told in a digest has waited on purpose


async def due(
    connection: aiosqlite.Connection, platform: str, now: float, most: int
) -> tuple[tuple[int, int], ...]:
    """Channels of a platform with something to do now, what matters most first: (subscription, weight)."""
    values = {"platform": platform, "now": now, "most": most, "summary": SUMMARY}
    rows = await connection.execute_fetchall(DUE, values)
    return tuple((row["subscription"], row["weight"]) for row in rows)


COLUMNS = (
    "id, subscription, story, revision, digest, state, kind, place, level, ping, because, created, payload, key,"
    " attempts, refusals, absences, looks, first_attempt, last_attempt, not_before, reason"
)
WAITING = f"""
SELECT {COLUMNS} FROM delivery WHERE subscription = ? AND state IN ('new', 'trying', 'unsure', 'held')
ORDER BY story IS NULL, place, id LIMIT ?
"""  # noqa: S608


async def waiting(
    connection: aiosqlite.Connection, subscription: int, limit: int = 200
) -> tuple[Delivery, ...]:
    """What is owed to one channel, in its order; a digest lets alerts go first."""
    rows = await connection.execute_fetchall(WAITING, (subscription, limit))
    return tuple(read(dict(row)) for row in rows)


MESSAGE = """
SELECT subscription, story, message, revision, changed, gone, name FROM message WHERE subscription = ? AND story = ?
"""


async def message(connection: aiosqlite.Connection, subscription: int, story: int) -> Message | None:
    """Where a story stands in a channel, if it does."""
    rows = list(await connection.execute_fetchall(MESSAGE, (subscription, story)))
    return Message(**dict(rows[0])) if rows else None


OTHERS = "SELECT message FROM message WHERE subscription = ? AND story <> ?"


async def others(connection: aiosqlite.Connection, subscription: int, story: int) -> frozenset[str]:
    """The messages of a channel in which other stories stand."""
    rows = await connection.execute_fetchall(OTHERS, (subscription, story))
    return frozenset(row["message"] for row in rows)


OF_STORY = f"SELECT {COLUMNS} FROM delivery WHERE subscription = ? AND story = ? ORDER BY id"  # noqa: S608


async def of_story(connection: aiosqlite.Connection, subscription: int, story: int) -> tuple[Delivery, ...]:
    """All that a channel got, or did not get, of a story: what `/why` tells."""
    return tuple(
        read(dict(row)) for row in await connection.execute_fetchall(OF_STORY, (subscription, story))
    )


BEGIN = """
UPDATE delivery SET
    state = 'trying', kind = :kind, payload = :payload, key = :key, attempts = attempts + 1,
    first_attempt = coalesce(first_attempt, :since), last_attempt = :now
WHERE id = :id AND state = :state
    AND EXISTS (
        SELECT 1 FROM subscription AS who
        WHERE who.id = delivery.subscription AND who.paused = '' AND who.removed IS NULL
    )
"""


async def begin(
    connection: aiosqlite.Connection,
    delivery: Delivery,
    kind: Kind,
    payload: dict[str, Any],
    key: str,
    now: float,
    since: float,
) -> bool:
    """Write down that it is about to be sent, and exactly what; False if that is no longer to be done.

    `since`: from when on to look for it, should nobody know.
    """
    values: dict[str, object] = {"id": delivery.id, "state": delivery.state, "kind": kind, "key": key}
    values |= {"now": now, "since": since, "payload": json.dumps(payload)}
    return (await connection.execute(BEGIN, values)).rowcount == 1


END = """
UPDATE delivery SET
    state = :state, reason = :reason, not_before = :not_before, refusals = refusals + :refused,
    absences = :absences, looks = :looks,
    payload = CASE WHEN :frozen OR :in_doubt OR digest IS NOT NULL THEN payload END,
    first_attempt = CASE WHEN :in_doubt THEN first_attempt END,
    ended = CASE WHEN :state IN ('sent', 'dead', 'superseded') THEN :now END
WHERE id = :id AND state NOT IN ('sent', 'dead', 'superseded')
"""


async def end(connection: aiosqlite.Connection, delivery: int, now: float, ended: Ending) -> None:
    """Write down how a step ended."""
    await connection.execute(END, {**asdict(ended), "id": delivery, "now": now})


SHOWN = """
INSERT INTO message (subscription, story, message, revision, posted, changed, gone)
SELECT id, :story, :message, :revision, :now, :now, :gone FROM subscription WHERE id = :subscription
ON CONFLICT (subscription, story) DO UPDATE SET
    message = excluded.message, revision = max(revision, excluded.revision), changed = excluded.changed,
    gone = excluded.gone
"""


async def shown(
    connection: aiosqlite.Connection,
    delivery: Delivery,
    message: str,
    revision: int,
    now: float,
    gone: str = "",
) -> None:
    """The story stands in the channel as this message (`gone`: it did, and somebody removed it).

    Of a channel that was deleted meanwhile nothing is noted.
    """
    values = {"subscription": delivery.subscription, "story": delivery.story, "revision": revision}
    await connection.execute(SHOWN, {**values, "message": message, "now": now, "gone": gone})


OVERDUE = """
UPDATE delivery SET state = 'digest', reason = 'waited too long to be told at once', not_before = 0
WHERE state = 'new' AND story IS NOT NULL AND payload IS NULL AND created < ? AND NOT EXISTS (
    SELECT 1 FROM message WHERE message.subscription = delivery.subscription AND message.story = delivery.story
)
"""


async def overdue(connection: aiosqlite.Connection, before: float) -> int:
    """What fell due before then and was never tried comes in one digest, not as a flood; how many."""
    return (await connection.execute(OVERDUE, (before,))).rowcount


def read(values: dict[str, Any]) -> Delivery:
    """A delivery from its columns."""
    payload = None if values["payload"] is None else json.loads(values["payload"])
    return Delivery(**values | {"payload": payload, "ping": bool(values["ping"])})
