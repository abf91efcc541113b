"""The stories: the whole state of each, found again by its rare words, and as history."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import aiosqlite

from bot.news.model import PastEvent
from bot.news.stories.candidates import DEPTH, MOST, Index, Sought
from bot.news.stories.story import Story
from bot.store import codec

# Of each term the latest stories, newest first; stories opened before the oldest one that is still active cannot be
# active. A story that became part of another has no terms. Never more than `depth` for a term, however many are stored.
POSTINGS = """
SELECT asked.value AS term, (
    SELECT json_group_array(story) FROM (
        SELECT story FROM story_term WHERE term = asked.value AND story >= :first ORDER BY story DESC LIMIT :depth
    )
) AS stories
FROM json_each(:terms) AS asked
"""
FIRST = "SELECT min(id) AS first FROM story INDEXED BY story_active WHERE active >= ?"
ACTIVE = "SELECT id, active FROM story WHERE id IN (SELECT value FROM json_each(?))"
STATES = "SELECT id, state FROM story WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"


async def candidates(
    connection: aiosqlite.Connection, askers: Iterable[Sought], most: int = 2 * MOST
) -> dict[int, Story]:
    """For each asker, the stories active since its moment that share most with its terms."""
    askers = list(askers)
    terms = sorted({term for weighted, _ in askers for term, _ in weighted})
    if not terms:
        return {}
    index = await _postings(connection, terms, min(codec.stamp(since) for _, since in askers))
    near = {number for asker in askers for number in index.find(asker, most)}
    rows = await connection.execute_fetchall(STATES, (json.dumps(sorted(near)),))
    return {row["id"]: codec.story(row["state"]) for row in rows}


async def _postings(connection: aiosqlite.Connection, terms: list[str], since: float) -> Index:
    """The latest stories of each term, and when they were last active."""
    (row,) = await connection.execute_fetchall(FIRST, (since,))
    asked = {"terms": json.dumps(terms), "first": row["first"], "depth": DEPTH}
    rows = await connection.execute_fetchall(POSTINGS, asked)
    found = {row["term"]: json.loads(row["stories"]) for row in rows}
    numbers = sorted({number for stories in found.values() for number in stories})
    active = await connection.execute_fetchall(ACTIVE, (json.dumps(numbers),))
    return Index(
        terms={term: dict.fromkeys(reversed(stories)) for term, stories in found.items()},
        active={row["id"]: codec.moment(row["active"]) for row in active},
    )


# Each link leads to an older story, so a chain of merges ends; the number only bounds damage.
LOAD = """
WITH RECURSIVE asked (id, depth) AS (
    SELECT value, 0 FROM json_each(?)
    UNION
    SELECT story.merged_into, depth + 1 FROM asked JOIN story ON story.id = asked.id
    WHERE story.merged_into IS NOT NULL AND depth < 50
)
SELECT DISTINCT story.id, story.state FROM asked JOIN story ON story.id = asked.id ORDER BY story.id
"""


async def load(connection: aiosqlite.Connection, ids: Iterable[int]) -> dict[int, Story]:
    """These stories, and those that they were merged into."""
    rows = await connection.execute_fetchall(LOAD, (json.dumps(sorted(set(ids))),))
    return {row["id"]: codec.story(row["state"]) for row in rows}


async def get(connection: aiosqlite.Connection, story: int) -> Story | None:
    """One story as it stands; a merged one answers with the story that it became part of."""
    found = await load(connection, (story,))
    seen: set[int] = set()
    while (current := found.get(story)) and current.merged_into is not None and story not in seen:
        seen.add(story)
        story = current.merged_into
    return current


OPENER = "SELECT opener FROM story WHERE id = ?"


async def opener(connection: aiosqlite.Connection, story: int) -> str:
    """The entry that opened a story: a name for it that outlives its number."""
    rows = list(await connection.execute_fetchall(OPENER, (story,)))
    return str(rows[0]["opener"]) if rows else f"story-{story}"


NEXT = "SELECT coalesce(max(id), 0) + 1 AS next FROM story"


async def next_id(connection: aiosqlite.Connection) -> int:
    """The number of the next new story; stories are never deleted, so no number comes twice."""
    rows = list(await connection.execute_fetchall(NEXT))
    return int(rows[0]["next"])


SAVE = """
INSERT INTO story (id, opener, opened, active, relevant, type, place, start, "end", level, headline, state, merged_into)
VALUES (:id, :opener, :opened, :active, :relevant, :type, :place, :start, :end, :level, :headline, :state, :merged_into)
ON CONFLICT (id) DO UPDATE SET
    active = excluded.active, relevant = excluded.relevant, type = excluded.type, place = excluded.place,
    start = excluded.start, "end" = excluded."end", level = excluded.level, headline = excluded.headline,
    state = excluded.state, merged_into = excluded.merged_into
"""
DROP_TERMS = "DELETE FROM story_term WHERE story = ? AND term NOT IN (SELECT value FROM json_each(?))"
ADD_TERM = "INSERT INTO story_term (term, story) VALUES (?, ?) ON CONFLICT DO NOTHING"
DROP_TEXT = "DELETE FROM story_text WHERE rowid = ?"
MOVE_ENTRIES = "UPDATE entry SET story = ? WHERE story = ?"
ADD_TEXT = "INSERT INTO story_text (rowid, headline, summary, place) VALUES (?, ?, ?, ?)"


async def save(connection: aiosqlite.Connection, stories: Iterable[Story]) -> None:
    """Store whole states, and the words by which they are found. Stories merged into others come last."""
    for story in sorted(stories, key=lambda story: (story.merged_into is not None, story.id)):
        terms = () if story.merged_into is not None else story.terms
        await connection.execute(SAVE, _values(story))
        await connection.execute(DROP_TERMS, (story.id, json.dumps(terms)))
        await connection.executemany(ADD_TERM, [(term, story.id) for term in terms])
        await connection.execute(DROP_TEXT, (story.id,))
        if story.merged_into is not None:
            await connection.execute(MOVE_ENTRIES, (story.merged_into, story.id))
        elif story.relevant:
            await connection.execute(ADD_TEXT, (story.id, *_text(story)))


def _values(story: Story) -> dict[str, object]:
    return {
        "id": story.id,
        "opener": _opener(story),
        "opened": codec.stamp(story.opened),
        "active": codec.stamp(story.active),
        "relevant": int(story.relevant),
        "type": story.type,
        "place": story.where.label,
        "start": story.when.start.isoformat() if story.when else None,
        "end": story.when.end.isoformat() if story.when else None,
        "level": int(story.level),
        "headline": _text(story)[0],
        "state": codec.write(story),
        "merged_into": story.merged_into,
    }


def _opener(story: Story) -> str:
    """The entry that opened a story; one that another story was named after has left that one, and says when."""
    first = story.members[0].entry if story.members else f"story-{story.id}"
    return f"{first} {codec.stamp(story.opened):.0f}" if story.note else first


def _text(story: Story) -> tuple[str, str, str]:
    headline = story.alert.headline if story.alert else (story.members[0].title if story.members else "")
    lead = story.members[0].lead if story.members else ""
    return headline, story.alert.summary if story.alert else lead, story.where.label


PAST = """
SELECT state FROM story JOIN (
    SELECT id, coalesce(start, date(opened, 'unixepoch')) AS day FROM story
    WHERE relevant = 1 AND merged_into IS NULL AND active >= ? AND level >= ? ORDER BY day DESC, id DESC LIMIT ?
) AS latest USING (id) ORDER BY latest.day DESC, id DESC
"""


async def past(
    connection: aiosqlite.Connection, since: datetime, limit: int = 2000, level: int = 0
) -> tuple[Story, ...]:
    """Our own relevant stories as history, the latest first."""
    rows = await connection.execute_fetchall(PAST, (codec.stamp(since), level, limit))
    return tuple(codec.story(row["state"]) for row in rows)


async def events(
    connection: aiosqlite.Connection, since: datetime, limit: int, level: int
) -> tuple[PastEvent, ...]:
    """The same, each as one line of history."""
    rows = await connection.execute_fetchall(PAST, (codec.stamp(since), level, limit))
    return tuple(codec.event(row["state"]) for row in rows)


PARTS = "SELECT id FROM story WHERE merged_into = ? ORDER BY id LIMIT 20"


async def parts(connection: aiosqlite.Connection, story: int) -> tuple[int, ...]:
    """The stories that became part of one."""
    return tuple(row["id"] for row in await connection.execute_fetchall(PARTS, (story,)))


AROUND = """
SELECT state FROM story WHERE relevant = 1 AND merged_into IS NULL AND start BETWEEN :since AND :until
ORDER BY abs(julianday(start) - julianday(:day)), id LIMIT :limit
"""


async def around(
    connection: aiosqlite.Connection, day: date, days: int, limit: int = 400
) -> tuple[PastEvent, ...]:
    """Our own stories of the days before and after a day as history, the nearest first."""
    span = timedelta(days=days)
    asked = {"since": (day - span).isoformat(), "until": (day + span).isoformat(), "day": day.isoformat()}
    rows = await connection.execute_fetchall(AROUND, {**asked, "limit": limit})
    return tuple(codec.event(row["state"]) for row in rows)


PRUNE = "DELETE FROM story_term WHERE story IN (SELECT id FROM story WHERE active < ?)"


async def prune(connection: aiosqlite.Connection, before: datetime) -> int:
    """Stories not active since then are no longer candidates; they stay as history."""
    return (await connection.execute(PRUNE, (codec.stamp(before),))).rowcount
