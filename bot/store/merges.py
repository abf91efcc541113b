"""One story became part of another: what channels show or are owed of it becomes the other's, nothing is told twice."""

from __future__ import annotations

import aiosqlite

from bot.store import follows

# A message moves only where no answer about it is still to come: neither a send or edit of ours, nor a late twin.
MOVE_MESSAGES = """
UPDATE message SET story = :into, revision = 0,
    name = CASE WHEN name = '' THEN (SELECT opener FROM story WHERE id = :gone) ELSE name END
WHERE story = :gone
    AND NOT EXISTS (
        SELECT 1 FROM message AS other WHERE other.subscription = message.subscription AND other.story = :into
    )
    AND NOT EXISTS (
        SELECT 1 FROM delivery
        WHERE delivery.subscription = message.subscription AND (
            delivery.story IN (:gone, :into) AND delivery.state IN ('new', 'trying', 'unsure', 'held')
                AND (delivery.payload IS NOT NULL OR delivery.attempts > 0)
            OR delivery.story = :gone AND delivery.state = 'sent' AND delivery.not_before > 0
        )
    )
"""
MOVE_UNSENT = """
UPDATE OR IGNORE delivery SET story = :into, revision = -:gone
WHERE story = :gone AND (state = 'digest' OR state IN ('new', 'held') AND payload IS NULL AND attempts = 0)
"""


async def fold(connection: aiosqlite.Connection, gone: int, into: int) -> None:
    """Call before the surviving story's next revision is owed: that then takes the place of what was moved.

    Where only the story that is gone is shown, its message becomes the survivor's, keeps its name, and will be
    changed in place; where both are, both stay. What was owed and never tried is owed as the survivor, at its place in the queue.
    """
    values = {"gone": gone, "into": into}
    await follows.move(connection, gone, into)
    await connection.execute(MOVE_MESSAGES, values)
    await connection.execute(MOVE_UNSENT, values)
