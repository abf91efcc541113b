"""Stories by words, whatever people type."""

from __future__ import annotations

from unicodedata import category

import aiosqlite

MOST_WORDS = 16
FIND = """
SELECT story_text.rowid AS story FROM story_text WHERE story_text MATCH ? ORDER BY rank, story_text.rowid DESC LIMIT ?
"""


def quoted(words: str) -> str:
    """A query that asks for all these words and can mean nothing else.

    >>> quoted('Torkham "closed" OR NEAR(')
    '"Torkham" "closed" "OR" "NEAR"'
    >>> quoted("foo-bar ***")
    '"foo" "bar"'
    """
    spaced = "".join(c if c.isalnum() or category(c).startswith("M") else " " for c in words[:500])
    return " ".join(f'"{word}"' for word in spaced.split()[:MOST_WORDS])


async def stories(connection: aiosqlite.Connection, words: str, limit: int = 20) -> tuple[int, ...]:
    """The numbers of the stories that contain all words, the best first."""
    query = quoted(words)
    if not query:
        return ()
    return tuple(row["story"] for row in await connection.execute_fetchall(FIND, (query, limit)))
