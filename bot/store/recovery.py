"""What a start makes of deliveries that the last run left half-way, and what a restored copy cannot know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiosqlite

from bot.store import meta

RECOVER_EDITS = """
UPDATE delivery SET state = 'new', payload = NULL, first_attempt = NULL, not_before = :until
WHERE state IN ('trying', 'unsure') AND kind = 'edit'
    AND subscription IN (SELECT id FROM subscription WHERE platform = :platform)
"""
RECOVER_POSTS = """
UPDATE delivery SET
    state = 'unsure', reason = 'stopped while sending', absences = 0, looks = 0,
    not_before = CASE
        WHEN subscription IN (SELECT id FROM subscription WHERE json_extract(subscription, '$.style') = 'forum') THEN :keyless
        ELSE :until
    END,
    first_attempt = CASE WHEN first_attempt > :now THEN 0 ELSE first_attempt END,
    last_attempt = min(last_attempt, :now)
WHERE state IN ('trying', 'unsure') AND kind <> 'edit'
    AND subscription IN (SELECT id FROM subscription WHERE platform = :platform)
"""
RECOVER_WAITS = "UPDATE delivery SET not_before = :most WHERE state = :state AND not_before > :most"


SHORT = 60.0  # seconds that something new waits at most after a start, whatever was written before


async def recover(
    connection: aiosqlite.Connection,
    settle: Mapping[str, tuple[float, float]],
    now: float,
    most: float,
    keyless: float = 0.0,
) -> int:
    """After a start: what was being posted may or may not be there; long waits are cut, held ones to `most`.

    `settle`: by platform, the seconds after which its history can be believed about a post, and those
    after which no edit can come late; `keyless`: the former for a forum, whose posts have no key. Whatever was accepted was accepted before `now`, so settling counts anew. Where the clock was set
    back meanwhile, the first attempt says nothing and the whole history is to be looked through.
    """
    found = 0
    for platform, (post, edit) in settle.items():
        await connection.execute(RECOVER_EDITS, {"until": now + edit, "platform": platform})
        cursor = await connection.execute(
            RECOVER_POSTS,
            {"now": now, "until": now + post, "keyless": now + max(post, keyless), "platform": platform},
        )
        found += cursor.rowcount
    await connection.execute(RECOVER_WAITS, {"state": "new", "most": now + SHORT})
    await connection.execute(RECOVER_WAITS, {"state": "held", "most": now + most})
    return found


DOUBT = """
UPDATE delivery SET attempts = 0, absences = 0, looks = 0, payload = CASE WHEN digest IS NOT NULL THEN payload END
WHERE state = 'new' AND kind <> 'edit'
"""


async def doubt(connection: aiosqlite.Connection) -> None:
    """After a copy was restored: what was surely not in a channel when it was made may be there by now."""
    await connection.execute(DOUBT)


@dataclass(frozen=True, slots=True)
class Lag:
    """The channels may hold what is not on record: what was sent between these two moments, by another life."""

    copied: float
    restored: float


RELEASE = """
UPDATE delivery SET state = 'new', reason = '', looks = 0, not_before = 0 WHERE state = 'held' AND attempts = 0
"""


async def lag(connection: aiosqlite.Connection, now: float, long: float) -> Lag | None:
    """What a store that was restored from a copy does not know, for so `long` after its first start.

    After that nothing is held any more for what another life may have sent.
    """
    if (copied := await meta.get(connection, meta.COPIED)) is None:
        await connection.execute(RELEASE)
        return None
    if (restored := await meta.get(connection, meta.RESTORED)) is None:
        await meta.put(connection, meta.RESTORED, restored := now)
        await doubt(connection)
    if float(restored) >= now - long:
        return Lag(float(copied), float(restored))
    for name in (meta.COPIED, meta.RESTORED):
        await meta.drop(connection, name)
    await connection.execute(RELEASE)
    return None
