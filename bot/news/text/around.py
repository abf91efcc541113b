"""The words beside a capital's name that make it a town, no government: "in Kabul", "Kabul airport"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.news.text.words import fold_word, word_set

LOCATIVE = word_set(
    "in at near outside around into across inside over toward towards through reached via visits visited"
)
PLACE_NOUNS = word_set(
    "airport city province district hospital clinic rehab rehabilitation centre center campus school madrasa hotel "
    "prison jail stadium university river museum court mosque market suburb neighbourhood residents neighborhood blast blasts explosion explosions bombing attack trilateral meeting visit raid police"
)


class Around(NamedTuple):
    """Those words, folded; what other languages have for them is the topic's."""

    before: frozenset[str] = LOCATIVE
    behind: frozenset[str] = PLACE_NOUNS
    arriving: tuple[str, ...] = ()  # how a verb begins, soon behind it: "reached"

    @classmethod
    def of(cls, more: Mapping[str, Sequence[str]]) -> Around:
        """With words of other languages."""
        before, behind, arriving = (tuple(map(fold_word, more.get(key, ()))) for key in cls._fields)
        return cls(LOCATIVE.union(before), PLACE_NOUNS.union(behind), arriving)


ENGLISH = Around()
