"""The figure words of a topic, compiled once: what each spelling is, and which phrases it may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from bot.news.figures.sentence.numbers import OPENERS
from bot.news.figures.sentence.units import EMPTY
from bot.news.text.lexicon import NATIONS
from bot.news.text.matching import Trie
from bot.news.text.words import WORDS, fold
from bot.news.topics.topic import Nation, Topic

PREFIX = "figures."
OTHERS = "other_language."
ONLY = "in_"  # words of one language: [other_language.in_ur.value]
LANGUAGES = ("ur", "fa", "ps", "ar", "hi", "")  # "": any other
TOKEN = re.compile(  # plain words first: they are by far the most, and told in half the time
    r"[A-Za-z]{2,}+(?![\w'’])|[A-Za-z]\.(?:[A-Za-z]\.)+|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*"
    r"|\d{1,3}(?:[,٬]\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|['’]s\b|[^\w\s]|_"
)
ALTERNATIVES = re.compile(r"[()]")
REPORT, PAPERS = "scope.report", frozenset(("say.papers",))  # "annual review", "the tally": papers too
VAGUE = "qualifier.vague"  # "dozens": a number without a value
Phrase = tuple[tuple[str, ...], frozenset[str]]  # its words, and the lists that hold it
NONE: Mapping[str, Sequence[Phrase]] = {}


Longer = Mapping[str, Sequence[Phrase]]  # the phrases that a word begins by their second word, longest first
# all that is known of a spelling: in small letters, the lists that hold it by itself, whether a capital and whether
# letters begin it, what it begins, whether a number may begin with it or it is a vague one
Word = tuple[str, frozenset[str], bool, bool, Longer, bool]


class Ground(NamedTuple):
    """Whose ground is meant: crossings by their province, and the words that make an adjective a place."""

    border: Mapping[str, str]  # crossing → PK or AF, where its name is not that of both halves
    words: frozenset[str]  # "in a Pakistani CITY"
    desks: frozenset[str]  # towns that report on more than themselves
    two_sided: frozenset[str]  # forces that both sides have by this name
    places: Mapping[
        str, frozenset[str]
    ]  # as they are written, and whose they are: with its capital, Tank is no vehicle
    on_both: tuple[str, ...]  # words that count on both sides, or on nobody's ground
    army: str  # whom "the army" stands for, where nobody else's is named
    nations: Mapping[str, Nation]


class Vocabulary:
    """All figure phrases of a topic: which lists a run of words belongs to."""

    __slots__ = ("_longer", "_others", "_single", "ground", "lists", "word")

    def __init__(self, words: Mapping[str, Sequence[str]], ground: Ground) -> None:
        self.ground = ground
        self.lists = {
            k[len(PREFIX) :]: frozenset(one for entry in v for one in spelt(entry))
            for k, v in words.items()
            if k.startswith(PREFIX)
        }
        self._others = {lang: Trie[str](remember=WORDS) for lang in LANGUAGES}
        phrases: dict[tuple[str, ...], set[str]] = {}
        for name, entries in sorted(self.lists.items()):
            if name.startswith(OTHERS):
                for lang, trie in self._others.items():
                    _add(trie, name[len(OTHERS) :], lang, entries)
            if name.startswith((OTHERS, "ground.", "theme.")):
                continue
            for entry in entries:
                phrases.setdefault(tuple(lower(raw) for raw in TOKEN.findall(entry)), set()).add(name)
        for phrase, names in phrases.items():
            paper = phrase[0] == "the" and not PAPERS.isdisjoint(phrases.get(phrase[1:], EMPTY))
            names |= PAPERS if paper or REPORT in names else EMPTY
        self._single = {phrase[0]: frozenset(names) for phrase, names in phrases.items() if len(phrase) == 1}
        self._longer: dict[str, dict[str, list[Phrase]]] = {}
        for phrase, names in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
            if len(phrase) > 1:
                seconds = self._longer.setdefault(phrase[0], {})
                seconds.setdefault(phrase[1], []).append((phrase, frozenset(names)))
        self.word = lru_cache(maxsize=WORDS)(self._word)

    def _word(self, raw: str) -> Word:
        """What is known of a spelling."""
        low, first = lower(raw), raw[0]
        longer = self._longer.get(low, NONE)
        tags = self.ground.places.get(raw) or self._single.get(low, EMPTY)
        counts = low in OPENERS or first.isdecimal() or VAGUE in tags
        return low, tags, first.isupper(), first.isalpha(), longer, counts

    def other(self, lang: str) -> Trie[str]:
        """The words of a language that is not English."""
        return self._others.get(lang) or self._others[""]

    def has(self, name: str, word: str) -> bool:
        return word in self.lists.get(name, EMPTY)


def _add(trie: Trie[str], name: str, lang: str, entries: Iterable[str]) -> None:
    """The listed words of another language, folded; an entry that ends in * is a stem.

    Lists "in_ur.value.9" are read in Urdu only: one word may mean another thing to its neighbours.
    """
    if name.startswith(ONLY):
        only, _, name = name[len(ONLY) :].partition(".")
        if only != lang:
            return
    for entry in entries:
        words = fold(entry.rstrip("*")).split()
        if not words:
            raise ValueError(f"{entry!r} of {name} has no letters")
        stems = [False] * (len(words) - 1) + [entry.endswith("*")]
        trie.add(zip(words, stems, strict=True), name)


def spelt(entry: str) -> Iterable[str]:
    """The phrases that a list writes as one.

    >>> [*spelt("laid down (their|) (arms|guns)")]
    ['laid down their arms', 'laid down their guns', 'laid down arms', 'laid down guns']
    """
    if "(" not in entry:
        return (entry,)
    parts = (part.split("|") for part in ALTERNATIVES.split(entry))
    return (" ".join("".join(parts).split()) for parts in product(*parts))


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
            if p.side == "border" and country.get(p.province) in NATIONS and p.name.lower() not in both
        },
        frozenset(topic.words.get(PREFIX + "ground.words", ())),
        topic.roles.desks,
        frozenset(topic.words.get(PREFIX + "ground.two_sided", ())),
        {p.name: frozenset(("place." + p.side,)) for p in topic.places},
        topic.words.get(PREFIX + "ground.on_both", ()),
        topic.roles.army,
        topic.nations,
    )


@lru_cache(maxsize=4)  # compiling takes longer than reading
def vocabulary(topic: Topic) -> Vocabulary:
    """The compiled figure words of a topic."""
    return Vocabulary(topic.words, ground_of(topic))
