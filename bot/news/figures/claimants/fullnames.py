"""Names that a text gives in full once: "Najib" after "Rahmatullah Najib", "IBSS" after "the Institute … (IBSS)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.news.figures.claimants import beside
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import Nominal
from bot.news.figures.claimants.sayings import Speaker, is_head
from bot.news.figures.claimants.unnamed import unknown_name
from bot.news.figures.sentence.units import Unit

RECALLED = 40  # sentences before one in which a name may have been given in full


def short_name(names: Names, units: Sequence[Unit], nominal: Nominal) -> Unit | None:
    """The one word that names somebody, with or without a title: "Dr WAZIR", "NAJIB"."""
    word = units[nominal.head]
    titles = units[nominal.core : nominal.head]
    plain = word.capital and word.word and not is_head(word) and not word.within("people")
    if not plain or names.mention_at(word):
        return None
    return word if all(u.has("speaker.person") for u in titles) else None


class Spelled:
    """Where a text has a word after another capital or an opening bracket, as names in full have their last."""

    __slots__ = ("_found", "_sentence", "_unread")

    def __init__(self) -> None:
        self._found: dict[str, list[tuple[int, Sequence[Unit], int]]] = {}
        self._sentence = 0
        self._unread: list[Sequence[Unit]] = []  # the last sentences, until somebody asks

    def add(self, units: Sequence[Unit]) -> None:
        """A new sentence."""
        self._sentence += 1
        self._unread.append(units)

    def before(self, word: Unit) -> Iterator[tuple[Sequence[Unit], int]]:
        """Where a word stands so before itself, the nearest first, as far back as a reader recalls."""
        for sentence, units in enumerate(self._unread, self._sentence + 1 - len(self._unread)):
            self._read(sentence, units)
        self._unread.clear()
        for sentence, units, at in reversed(self._found.get(word.low, ())):
            if sentence < self._sentence - RECALLED:
                return
            if units[at].start < word.start:
                yield units, at

    def _read(self, sentence: int, units: Sequence[Unit]) -> None:
        for k in range(1, len(units)):
            before = units[k - 1]
            if units[k].capital and (before.capital or (before.low == "(" and k > 1)):
                self._found.setdefault(units[k].low, []).append((sentence, units, k))


def in_full(names: Names, spelled: Spelled, word: Unit) -> Speaker | None:
    """Whom a word names, where the text gave the whole name before."""
    for units, at in spelled.before(word):
        if (mention := names.mention_at(units[at])) and mention.kind == "person":
            return names.named(mention)._replace(words=names.words([word]), start=word.start)
        end = at - 2 if units[at - 1].low == "(" else at
        found = beside.before(names, units, end, subject=False)
        known = unknown_name(names, units, found[0]) if found else None
        if known and (end < at or known.words.endswith(names.words([word]))):
            return known._replace(words=names.words([word]), start=word.start)
    return None
