"""Which stories might an entry belong to? An index from rare terms to stories, kept as the fold goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from bot.news.stories.story import Story

Sought = tuple[Sequence[tuple[str, float]], datetime]  # terms with their weights, and since when active

MOST = 12  # stories that are scored for one entry
DEPTH = 64  # of a common term, only the latest stories are looked at
ROOM = 3_000  # stories held at once; the longest silent are dropped first


@dataclass(slots=True)
class Index:
    """Term → the stories that have it, latest last."""

    terms: dict[str, dict[int, None]] = field(default_factory=dict)
    filed: dict[int, tuple[str, ...]] = field(default_factory=dict)
    active: dict[int, datetime] = field(default_factory=dict)

    def put(self, story: Story) -> None:
        """File a story under its terms; again, after it changed. One that became part of another is found no more."""
        terms = story.terms if story.merged_into is None else ()
        for term in set(self.filed.get(story.id, ())) - set(terms):
            self._take(term, story.id)
        for term in terms:
            self.terms.setdefault(term, {})[story.id] = None
        self.filed[story.id] = terms
        self.active[story.id] = story.active

    def drop(self, number: int) -> None:
        """Forget a story."""
        self.active.pop(number, None)
        for term in self.filed.pop(number, ()):
            self._take(term, number)

    def find(self, sought: Sought, most: int = MOST) -> tuple[int, ...]:
        """The stories active since a moment that share the most weight with some terms, best first."""
        weighted, since = sought
        shared: dict[int, float] = {}
        for term, weight in weighted:
            for number in islice(reversed(self.terms.get(term, {})), DEPTH):
                shared[number] = shared.get(number, 0.0) + weight
        active = self.active
        ranked = sorted([(weight, n) for n, weight in shared.items() if active[n] >= since], reverse=True)
        return tuple(number for _, number in ranked[:most])

    def follow(self, stories: Mapping[int, Story]) -> None:
        """Hold exactly the stories given: what `recall` read is filed, what is gone is dropped."""
        for number in self.filed.keys() - stories.keys():
            self.drop(number)
        for number in sorted(stories.keys() - self.filed.keys()):
            self.put(stories[number])

    def _take(self, term: str, number: int) -> None:
        numbers = self.terms.get(term, {})
        numbers.pop(number, None)
        if not numbers:
            self.terms.pop(term, None)


def forget(stories: dict[int, Story], now: datetime, silent: timedelta) -> None:
    """Keep memory flat: once there are many stories, drop those that nothing can join any more."""
    if len(stories) <= ROOM:
        return
    by_silence = sorted(stories.values(), key=lambda story: (story.active, story.id))
    spare = len(stories) - ROOM * 3 // 4
    for place, story in enumerate(by_silence):
        if place < spare or now - story.active > silent:
            del stories[story.id]
