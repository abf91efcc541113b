"""What waits for a digest, and which digests were made of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import aiosqlite

from bot.news.model import Alert, Subscription
from bot.store import codec, deliveries, subscriptions

WAITING = """
SELECT id, paused, subscription, digested,
    (SELECT min(created) FROM delivery WHERE delivery.subscription = subscription.id AND state = 'digest') AS oldest
FROM subscription WHERE removed IS NULL AND paused = '' AND oldest IS NOT NULL
ORDER BY id
"""


async def waiting(connection: aiosqlite.Connection) -> list[tuple[Subscription, datetime | None, datetime]]:
    """Subscriptions for which something waits, the moment of their last digest, and since when the oldest waits."""
    return [
        (subscriptions.row(row), codec.maybe(row["digested"]), codec.moment(row["oldest"]))
        for row in await connection.execute_fetchall(WAITING)
    ]


POSTED = "SELECT count(*) AS count FROM message WHERE subscription = ? AND posted >= ?"


async def posted(connection: aiosqlite.Connection, subscription: int, since: float) -> int:
    """How many stories a channel was told since then, each in a message of its own."""
    rows = list(await connection.execute_fetchall(POSTED, (subscription, since)))
    return int(rows[0]["count"])


ALERTS = """
SELECT alert.alert FROM delivery JOIN alert USING (story, revision)
WHERE delivery.subscription = ? AND delivery.state = 'digest' AND (delivery.not_before > 0 OR NOT ?)
ORDER BY delivery.id
"""


async def alerts(
    connection: aiosqlite.Connection, subscription: int, held: bool = False
) -> tuple[Alert, ...]:
    """What waits for the next digest of a channel, each story in its newest form.

    `held`: only what quiet hours held back; it is the one thing in state `digest` with a `not_before`.
    """
    rows = await connection.execute_fetchall(ALERTS, (subscription, held))
    newest: dict[int, Alert] = {}
    for row in rows:
        alert = codec.read(Alert, row["alert"])
        if alert.story not in newest or newest[alert.story].revision < alert.revision:
            newest[alert.story] = alert
    return tuple(newest.values())


ADD = "INSERT INTO digest (subscription, made, title) VALUES (?, ?, ?) RETURNING id"
TOLD = """
UPDATE delivery SET state = 'digested', digest = :digest, ended = :now,
    reason = CASE reason WHEN '' THEN 'in the digest' ELSE reason || '; in the digest' END
WHERE subscription = :subscription AND state = 'digest' AND EXISTS (
    SELECT 1 FROM json_each(:told) AS one
    WHERE one.value ->> 0 = delivery.story AND one.value ->> 1 >= delivery.revision
)
"""
DIGESTED = "UPDATE subscription SET digested = ? WHERE id = ?"


async def add(
    connection: aiosqlite.Connection,
    subscription: int,
    slot: datetime,
    title: str,
    told: Sequence[tuple[int, int]],
    now: datetime,
    held: bool = False,
) -> int:
    """A digest of these (story, revision) is made; what came in since waits for the next.

    One of what quiet `held` back does not move the next digest.
    """
    rows = await connection.execute_fetchall(ADD, (subscription, codec.stamp(slot), title))
    digest = int(next(iter(rows))["id"])
    values = {"digest": digest, "now": codec.stamp(now), "subscription": subscription}
    await connection.execute(TOLD, values | {"told": json.dumps(told)})
    if not held:
        await connection.execute(DIGESTED, (codec.stamp(slot), subscription))
    return digest


OWE = """
INSERT INTO delivery (subscription, revision, digest, state, level, because, created, payload)
VALUES (:subscription, :part, :digest, 'new', 0, :slot, :now, :payload)
"""
PLACE = "UPDATE delivery SET place = id WHERE digest = ? AND story IS NULL"


async def owe(
    connection: aiosqlite.Connection,
    subscription: int,
    digest: int,
    slot: str,
    parts: Sequence[dict[str, Any]],
    now: float,
) -> None:
    """Owe the messages of a digest, exactly as they are; `slot` names it for good."""
    same = {"subscription": subscription, "digest": digest, "slot": slot, "now": now}
    rows = [{**same, "part": part, "payload": json.dumps(payload)} for part, payload in enumerate(parts)]
    await connection.executemany(OWE, rows)
    await connection.execute(PLACE, (digest,))


# Of an alert that waits for a digest, and of the revisions before it that wait with it.
TOLD_ALREADY = """
UPDATE delivery SET state = :state, kind = :kind, ended = :ended, not_before = 0, reason = :reason
WHERE subscription = :subscription AND story = :story AND revision <= :revision AND state = 'digest'
"""
OWN = "told in a message of its own before the copy was restored"
IN_DIGEST = "told in a digest before the copy was restored"


async def told_already(connection: aiosqlite.Connection, subscription: int, alert: Alert, now: float) -> None:
    """An earlier digest, unknown to this store, said just this."""
    values = {"subscription": subscription, "story": alert.story, "revision": alert.revision}
    said = {"state": "digested", "kind": "", "ended": now, "reason": IN_DIGEST}
    await connection.execute(TOLD_ALREADY, values | said)


async def shown_already(
    connection: aiosqlite.Connection, subscription: int, alert: Alert, message: str, revision: int, now: float
) -> None:
    """A message unknown to this store tells the story: it is changed instead."""
    values = {"subscription": subscription, "story": alert.story, "revision": alert.revision}
    await connection.execute(
        TOLD_ALREADY, values | {"state": "new", "kind": "edit", "ended": None, "reason": OWN}
    )
    shown = {"subscription": subscription, "story": alert.story, "message": message}
    await connection.execute(deliveries.SHOWN, shown | {"revision": revision, "now": now, "gone": ""})
