"""Stories by words, whatever people type."""

from __future__ import annotations

from unicodedata import category

import aiosqlite

MOST_WORDS = 16
SHORTEST = 4  # letters of a word that longer ones may begin with
FIND = """
SELECT story_text.rowid AS story FROM story_text WHERE story_text MATCH ? ORDER BY rank, story_text.rowid DESC LIMIT ?
"""


def quoted(words: str, begin: bool = False) -> str:
    """A query that asks for all these words and can mean nothing else; `begin`: or for longer words that begin so.

    >>> quoted('Torkham "closed" OR NEAR(')
    '"Torkham" "closed" "OR" "NEAR"'
    >>> quoted("foo-bar ***"), quoted("soldier of", begin=True)
    ('"foo" "bar"', '"soldier"* "of"')
    """
    spaced = "".join(c if c.isalnum() or category(c).startswith("M") else " " for c in words[:500])
    return " ".join(
        f'"{word}"{"*" if begin and len(word) >= SHORTEST else ""}' for word in spaced.split()[:MOST_WORDS]
    )


async def stories(connection: aiosqlite.Connection, words: str, limit: int = 20) -> tuple[int, ...]:
    """The numbers of the stories that contain all words, the best first, then those with longer words ("soldiers")."""
    found: dict[int, None] = {}
    for query in dict.fromkeys((quoted(words), quoted(words, begin=True))):
        if query and len(found) < limit:
            rows = await connection.execute_fetchall(FIND, (query, limit))
            found.update((row["story"], None) for row in rows)
    return tuple(found)[:limit]
