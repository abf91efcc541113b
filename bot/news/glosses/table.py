"""A language's words and what English says for them: `gloss_XX.toml` of a topic, compiled.

Each section of such a file is a part of speech as far as the order of words needs it; each line is the English and
the phrases for it. A final * of a word stands for any ending; "…" parts a phrase in two: "teilte … mit".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from bot.news.text.matching import Trie
from bot.news.text.words import WORDS

PARTS = (  # of speech
    "name",  # of a country or of its rulers
    "person",
    "adjective",  # "Pakistani"
    "noun",  # people, bodies and things
    "participle",  # "killed", where it may stand between a number and who was counted
    "happened",  # "killed"
    "toll",  # "death of", "casualties"
    "number",
    "month",
    "time",  # "days"
    "say",  # "announced"
    "word",  # everything else
    "ending",  # behind an apostrophe: what English puts before the name
    "behind",  # behind a number and its noun, where English has it before them
    "voice_before",  # "according to", "announced": behind whoever speaks
    "say_last",  # "denied": at the end, where English has it behind whoever opens the sentence
)
GRAMMAR = ("adjectives_behind", "of_unsaid", "verbs_last")
LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f])+"
WORD = re.compile(rf"({LETTERS}|\d+)(\*)?")
GAP = "…"
SETTINGS = "grammar"


class Entry(NamedTuple):
    """What English says for a phrase: for its first part, where it has two."""

    english: str
    part: str
    size: int  # letters, and one for each word that has no other ending: the longest stem is the most telling
    rest: tuple[tuple[str, bool], ...] = ()  # its second part: each word, and whether any ending may follow
    last: str = ""  # what English says for that


class Glossary(NamedTuple):
    """A language: its phrases, and how its order of words differs from the English one."""

    phrases: Trie[Entry]
    adjectives_behind: bool = False  # "soldats pakistanais"
    verbs_last: bool = False  # "50 Zivilisten in Kunar getötet"
    of_unsaid: bool = False  # "армия Пакистана": whose it is, is told by an ending


def glossary(table: Mapping[str, Mapping[str, object]], where: str) -> Glossary:
    """A language's file, checked. Raises ValueError."""
    if unknown := sorted(table.keys() - {*PARTS, SETTINGS}):
        raise ValueError(f"{where}: unknown key {unknown[0]!r} (allowed: {', '.join((SETTINGS, *PARTS))})")
    settings = table.get(SETTINGS, {})
    if unknown := sorted(settings.keys() - set(GRAMMAR)):
        raise ValueError(f"{where}: {SETTINGS}: unknown key {unknown[0]!r} (allowed: {', '.join(GRAMMAR)})")
    trie = Trie[Entry](remember=WORDS)
    for part in PARTS:
        for english, phrases in table.get(part, {}).items():
            if not isinstance(phrases, list) or not all(
                isinstance(one, str) and one.strip() for one in phrases
            ):
                raise ValueError(f"{where}: {part}: {english!r} must be a list of words")
            for phrase in phrases:
                first, _, rest = phrase.partition(GAP)
                path = _path(first)
                size = sum(len(word) + (not stem) for word, stem in path)
                said, _, last = english.partition(GAP)
                trie.add(path, Entry(said.strip(), part, size, tuple(_path(rest)), last.strip()))
    return Glossary(trie, **{name: bool(settings.get(name)) for name in GRAMMAR})


def _path(phrase: str) -> list[tuple[str, bool]]:
    """A phrase's words, each with whether any ending may follow."""
    return [(folded(match[1]), bool(match[2])) for match in WORD.finditer(phrase)]


@lru_cache(maxsize=WORDS)
def folded(word: str) -> str:
    """A word without its capitals; its accents stay: "à" is no "a".

    >>> folded("Ещё"), folded("İki")
    ('еще', 'iki')
    """
    return normalize("NFC", word).casefold().replace("ё", "е").replace("\u0307", "")
