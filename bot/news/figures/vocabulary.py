"""The figure words of a topic, compiled once: what each spelling is, and which phrases it may begin."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.news.figures.numbers import OPENERS
from bot.news.figures.units import EMPTY
from bot.news.text import Token, fold
from bot.news.topic import Topic
from bot.news.words import WORDS

PREFIX = "figures."
OTHERS = "other_language."
TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d{1,3}(?:[,٬]\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|[^\w\s]|_"
)
VAGUE = "qualifier.vague"  # "dozens": a number without a value


class Word(NamedTuple):
    """All that is known of a word, a number in digits or a mark by its spelling."""

    low: str
    tags: frozenset[str]  # the lists that hold it by itself
    capital: bool
    letters: bool
    longer: tuple[tuple[tuple[str, ...], frozenset[str]], ...]  # the phrases it begins, longest first
    opens: bool  # whether it may begin more than itself: a number or a phrase of several words


class Ground(NamedTuple):
    """Whose ground is meant: crossings by their province, and the words that make an adjective a place."""

    border: Mapping[str, str]  # crossing → PK or AF, where its name is not that of both halves
    words: frozenset[str]  # "in a Pakistani CITY"
    desks: frozenset[str]  # towns that report on more than themselves


class Phrases:
    """The listed words, folded: exact words, stems that end in *, and phrases of several words."""

    __slots__ = ("_exact", "_stems")

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        self._exact: dict[tuple[str, ...], list[str]] = {}
        self._stems: list[tuple[tuple[str, ...], str]] = []
        for name, entries in sorted(lists.items()):
            for entry in sorted(entries):
                words = tuple(fold(entry.rstrip("*")).split())
                if words and entry.endswith("*"):
                    self._stems.append((words, name[len(OTHERS) :]))
                elif words:
                    self._exact.setdefault(words, []).append(name[len(OTHERS) :])

    def at(self, words: Sequence[Token], index: int) -> tuple[set[str], int]:
        """The lists that a word (or phrase) begins, and how many words it takes."""
        found: set[str] = set()
        longest = 1
        for size in (3, 2, 1):
            names = self._exact.get(tuple(w.word for w in words[index : index + size]))
            if names and len(words) >= index + size:
                found.update(names)
                longest = max(longest, size)
        for stem, name in self._stems:
            end = index + len(stem)
            if (
                end <= len(words)
                and words[end - 1].word.startswith(stem[-1])
                and all(w.word == s for w, s in zip(words[index : end - 1], stem[:-1], strict=True))
            ):
                found.add(name)
        return found, longest


class Vocabulary:
    """All figure phrases of a topic: which lists a run of words belongs to."""

    __slots__ = ("_longer", "_single", "ground", "lists", "others", "word")

    def __init__(self, words: Mapping[str, Sequence[str]], ground: Ground) -> None:
        self.ground = ground
        self.lists = {k[len(PREFIX) :]: frozenset(v) for k, v in words.items() if k.startswith(PREFIX)}
        self.others = Phrases({k: v for k, v in self.lists.items() if k.startswith(OTHERS)})
        phrases: dict[tuple[str, ...], set[str]] = {}
        for name, entries in sorted(self.lists.items()):
            if name.startswith((OTHERS, "ground.")):
                continue
            for entry in entries:
                phrases.setdefault(tuple(lower(raw) for raw in TOKEN.findall(entry)), set()).add(name)
        self._single = {phrase[0]: frozenset(names) for phrase, names in phrases.items() if len(phrase) == 1}
        self._longer: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        for phrase, names in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
            if len(phrase) > 1:
                self._longer.setdefault(phrase[0], []).append((phrase, frozenset(names)))
        self.word = lru_cache(maxsize=WORDS)(self._word)

    def _word(self, raw: str) -> Word:
        """What is known of a spelling."""
        low, first = lower(raw), raw[0]
        tags, longer = self._single.get(low, EMPTY), tuple(self._longer.get(low, ()))
        opens = bool(longer) or low in OPENERS or first.isdecimal() or VAGUE in tags
        return Word(low, tags, first.isupper(), first.isalpha(), longer, opens)

    def has(self, name: str, word: str) -> bool:
        return word in self.lists.get(name, EMPTY)


def lower(raw: str) -> str:
    """A word as the lists spell it.

    >>> [lower(raw) for raw in TOKEN.findall("Kabul’s 1,200-odd men (Rs9,56,720)")]
    ['kabul', "'s", '1,200', '-', 'odd', 'men', '(', 'rs', '9,56,720', ')']
    """
    return raw.lower().replace("’", "'")


def ground_of(topic: Topic) -> Ground:
    """Whose ground the crossings of a topic stand on."""
    country = {p.name: p.side for p in topic.places if p.kind == "province"}
    both = frozenset(topic.words.get(PREFIX + "ground.both_halves", ()))
    return Ground(
        {
            p.name: country[p.province]
            for p in topic.places
            if p.side == "border" and country.get(p.province) in ("PK", "AF") and p.name.lower() not in both
        },
        frozenset(topic.words.get(PREFIX + "ground.words", ())),
        frozenset(topic.words.get(PREFIX + "ground.desks", ())),
    )


_compiled: list[tuple[Topic, Vocabulary]] = []  # the last topics used: compiling takes longer than reading


def vocabulary(topic: Topic) -> Vocabulary:
    """The compiled figure words of a topic."""
    for known, compiled in _compiled:
        if known is topic:
            return compiled
    compiled = Vocabulary(topic.words, ground_of(topic))
    _compiled.insert(0, (topic, compiled))
    del _compiled[4:]
    return compiled
