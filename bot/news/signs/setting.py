"""Where a word stands: its sentence, and who is there with it."""

from __future__ import annotations

from collections.abc import Collection, Set
from typing import NamedTuple

from bot.news.signs.armies import Scene
from bot.news.text.lexicon import Cue, Mention, Text
from bot.news.text.words import Span

NEAR = 7  # words between a word and what it is about


class Setting(NamedTuple):
    """Where a word stands: its sentence, whom that names, whose losses it tells, and who fights in the text."""

    text: Text
    span: Span
    inside: list[Mention]
    losses: Set[tuple[int, int]]
    scene: Scene
    hosts: Collection[str] = ()  # who may host talks
    told: Set[str] = frozenset()  # the lists whose happenings its words tell

    def says(self, *lists: str) -> tuple[Cue, ...]:
        return self.text.said(self.span, *lists)

    def calls(self, cue: Cue, name: str) -> bool:
        """Whether a list holds a cue's very words."""
        return any((c.start, c.end) == (cue.start, cue.end) for c in self.says(name))

    @property
    def sides(self) -> set[str]:
        """Of whom the sentence names."""
        return {m.side for m in self.inside}
