"""The names of a text: which unit is part of whose name, and who can speak."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from bot.news.figures.sayings import Speaker
from bot.news.figures.units import Unit
from bot.news.text import Mention, word_set
from bot.news.topic import Actor

SIDES = frozenset(("PK", "AF"))


class Names:
    """The names of one text, found by place."""

    __slots__ = ("_actors", "_mentions", "_starts", "_states", "text")

    def __init__(self, text: str, mentions: tuple[Mention, ...], actors: Sequence[Actor]) -> None:
        self.text, self._mentions = text, mentions
        self._actors = {actor.name: actor for actor in actors}
        self._states: dict[str, Actor] = {
            actor.side: actor for actor in reversed(actors) if actor.kind == "state"
        }
        self._starts = [m.start for m in mentions]

    def words(self, units: Sequence[Unit]) -> str:
        """What the text says from the first unit to the last."""
        return self.text[units[0].start : units[-1].end]

    def is_called(self, name: str, words: frozenset[str]) -> bool:
        """Whether one of somebody's names holds some words: "the refugee agency" is UNHCR, the UN refugee agency."""
        known = self._actors.get(name)
        return known is not None and any(words <= word_set(alias.lower()) for alias in known.aliases)

    def before(self, start: int) -> tuple[Mention, ...]:
        """All names up to an offset."""
        return self._mentions[: bisect_right(self._starts, start)]

    def _at(self, unit: Unit) -> Mention | None:
        start = unit.quantity.start if unit.quantity else unit.start  # "the 203 Mansoori Corps"
        index = bisect_right(self._starts, start) - 1
        return self._mentions[index] if index >= 0 and start < self._mentions[index].end else None

    def mention_at(self, unit: Unit) -> Mention | None:
        """The name that a unit is part of, if it can speak."""
        mention = self._at(unit)
        if mention is None:
            return None
        if mention.is_actor:
            known = self._actors.get(mention.name)
            return mention if known is None or known.claimant else None
        state = mention.kind == "country" and mention.side in SIDES
        return mention if state and not mention.dateline else None

    def is_place(self, unit: Unit) -> bool:
        mention = self._at(unit)
        return mention is not None and mention.is_place

    def people_at(self, unit: Unit) -> Mention | None:
        """The country that an adjective stands for: "Afghan claims", "Pakistani figures"."""
        mention = self._at(unit)
        return mention if mention and mention.kind == "demonym" and mention.side in SIDES else None

    def named(self, mention: Mention) -> Speaker:
        words = self.text[mention.start : mention.end]
        if mention.kind in ("demonym", "country") and (state := self._states.get(mention.side)):
            return Speaker(state.name, words, mention.start, state.side, state.kind)
        return Speaker(mention.name, words, mention.start, mention.side, mention.kind)

    def side_of(self, words: Sequence[Unit]) -> str:
        """The side that some words name."""
        first = bisect_left(self._starts, words[0].start)
        sides = (m.side for m in self._mentions[first : bisect_left(self._starts, words[-1].end, first)])
        return next((side for side in sides if side in ("PK", "AF", "UN")), "")
