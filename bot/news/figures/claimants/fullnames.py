"""Names that a text gives in full once: "Najib" after "Rahmatullah Najib", "IBSS" after "the Institute … (IBSS)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.news.figures.claimants import beside
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import Nominal
from bot.news.figures.claimants.sayings import LEADING, Speaker, is_head
from bot.news.figures.claimants.unnamed import unknown_name
from bot.news.figures.sentence.units import Unit


def short_name(names: Names, units: Sequence[Unit], nominal: Nominal) -> Unit | None:
    """The one word that names somebody, with or without a title: "Dr WAZIR", "NAJIB"."""
    word = units[nominal.head]
    titles = units[nominal.core : nominal.head]
    plain = word.capital and word.word and not is_head(word) and not word.within("people")
    if not plain or word.has("speaker.person") or names.mention_at(word):
        return None
    return word if all(u.has("speaker.person") or u.low in LEADING or u.low == "." for u in titles) else None


def in_full(names: Names, sentences: Sequence[Sequence[Unit]], word: Unit) -> Speaker | None:
    """Whom a word names, where the text gave the whole name before."""
    for units in reversed(sentences):
        for at in _spelled(units, word):
            if (mention := names.mention_at(units[at])) and mention.kind == "person":
                return names.named(mention)._replace(words=names.words([word]), start=word.start)
            end = at - 2 if units[at - 1].low == "(" else at
            found = beside.before(names, units, end, subject=False)
            known = unknown_name(names, units, found[0]) if found else None
            if known and (end < at or known.words.endswith(names.words([word]))):
                return known._replace(words=names.words([word]), start=word.start)
    return None


def _spelled(units: Sequence[Unit], word: Unit) -> Iterator[int]:
    """Where a sentence has a word after another capital or an opening bracket."""
    for k in range(len(units) - 1, 0, -1):
        if units[k].low != word.low or units[k].start >= word.start:
            continue
        if units[k].capital and (units[k - 1].capital or (units[k - 1].low == "(" and k > 1)):
            yield k
