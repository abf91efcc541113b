"""The words beside a capital's name that make it a town, no government: "in Kabul", "visit to Kabul", "Kabul airport"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.news.text.datelines import is_dateline
from bot.news.text.words import Token, fold_word, word_set

LOCATIVE = word_set(  # "the Kabul blast" among them
    "in at near outside around into across inside over toward towards through reached via visits visited the a an "
    "hit hits struck strikes bombed bombs rock rocks rocked shake shakes pound pounds"
)
PLACE_NOUNS = word_set(
    "airport city province district hospital clinic rehab rehabilitation centre center campus school madrasa hotel "
    "prison jail stadium university river museum court mosque market suburb neighbourhood residents neighborhood blast blasts explosion explosions bombing attack trilateral meeting visit raid police"
)

GOING = word_set("visit trip travel travels travelled traveled flew flies tour journey mission")  # "to" it
FALLING = word_set(  # "on" it, "of" it
    "fall falls fell strike strikes attack attacks raid raids bombs bombing shells rockets missiles"
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

    def locate(self, text: str, words: Sequence[Token], at: int, end: int) -> bool:
        """Whether the words beside a capital's name say where."""
        joined = at > 0 and text[words[at - 1].end : words[at].start].isspace()  # no "strikes; Kabul says"
        before = words[at - 1].word if joined else ""
        earlier = words[at - 2].word if at > 1 else ""
        after = [word.word for word in words[end : end + 2]]
        return (
            before in self.before
            or (before in ("on", "of") and earlier in FALLING)
            or (before == "to" and earlier in GOING)
            or not self.behind.isdisjoint(after[:1])
            or any(word.startswith(self.arriving) for word in after)
            or is_dateline(text, words[at].start, words[end - 1].end)
        )


ENGLISH = Around()
