"""When a channel is left in peace: in its quiet hours, and after so many posts a day. Nothing is lost by it.

Decided at the last moment before a post, so it holds whatever kept the post waiting: a crash, an outage,
a long queue. What is held waits where the digests are made.
"""

from __future__ import annotations

from datetime import datetime

from bot.news.alerts import hours
from bot.news.model import Level
from bot.outbox.retry import Move
from bot.outbox.turn import Turn

QUIET = "quiet hours"
LONGEST = 600.0  # seconds until the wall is looked at again: it may be set, or the machine sleep meanwhile


def rest(at: Turn, wall: datetime, now: float, edits: bool) -> Move | None:
    """Where a delivery goes instead of into the channel; None if it may go there.

    What was tried already is carried through; a change without a sound is shown at any hour. Hours are kept by
    the `wall`, waits by `now`, the clock that cannot be set.
    """
    who, delivery = at.subscription, at.delivery
    if delivery.state != "new" or delivery.first_attempt is not None:
        return None
    level = at.alert.level if at.alert is not None else Level.MINOR
    peace = hours.rests(who, level, wall)
    until = hours.ends(who, wall)
    later = now + min(max(1.0, (until - wall).total_seconds()), LONGEST)
    if delivery.story is None:
        return Move("new", QUIET, later, frozen=True) if peace else None
    if at.message is not None:
        sounds = not edits or (at.said is not None and at.said.level_rose)
        return Move("new", QUIET, later) if peace and sounds else None
    if delivery.payload is not None:
        return None
    if peace:
        return Move("digest", f"held for the end of quiet hours, {until:%d %b %H:%M} UTC", later)
    if who.ceiling and level < Level.CRITICAL and at.today >= who.ceiling:
        return Move("digest", f"the channel has had its {who.ceiling} posts of today")
    return None
