"""Many phrases, one pass: a trie over folded words, with stems that match any ending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")
SHORTEST_STEM = 2
LONGEST_STEM = 24
WHERE = ("near", "around", "at", "into", "inside", "outside", "over", "across", "from")  # as well as "in"


class Trie(Generic[T]):
    """Phrases as paths of words; what a phrase stands for hangs at its end.

    `remember` is for the root: most words begin no phrase, and are met again and again.

    >>> trie = Trie[str](remember=1000)
    >>> trie.add([("pakistan", False)], "state"); trie.add([("pakistan", False), ("taliban", False)], "group")
    >>> trie.add([("пакистан", True)], "state")
    >>> [trie.ends("the pakistan taliban".split(), at) for at in range(3)]
    [[], [(2, ['state']), (3, ['group'])], []]
    >>> trie.ends(["пакистанской"], 0)
    [(1, ['state'])]
    """

    __slots__ = ("entries", "first", "stems", "words")

    def __init__(self, remember: int = 0) -> None:
        self.words: dict[str, Trie[T]] = {}
        self.stems: dict[str, Trie[T]] = {}
        self.entries: list[T] = []
        self.first = lru_cache(maxsize=remember)(self.after) if remember else self.after

    def add(self, path: Iterable[tuple[str, bool]], entry: T) -> None:
        """A phrase: each word, and whether it is a stem."""
        node = self
        for word, stem in path:
            if stem:
                if not SHORTEST_STEM <= len(word) <= LONGEST_STEM:
                    raise ValueError(f"stem {word}* must have {SHORTEST_STEM} to {LONGEST_STEM} letters")
                node = node.stems.setdefault(word, Trie())
            else:
                node = node.words.setdefault(word, Trie())
        node.entries.append(entry)

    def ends(self, words: Sequence[str], at: int) -> list[tuple[int, list[T]]]:
        """The phrases that begin at a word: index after the last word and entries, short to long."""
        found: list[tuple[int, list[T]]] = []
        nodes = self.first(words[at])
        while nodes:
            at += 1
            lone = nodes[0] if len(nodes) == 1 else None  # as nearly always: no lists to be joined
            entries = lone.entries if lone else [entry for node in nodes for entry in node.entries]
            if entries:
                found.append((at, entries))
            if at == len(words):
                break
            word = words[at]
            nodes = lone.after(word) if lone else [after for node in nodes for after in node.after(word)]
        return found

    def after(self, word: str) -> list[Trie[T]]:
        """The nodes that a word leads to: its own and those of its stems."""
        node = self.words.get(word)
        nodes = [] if node is None else [node]
        if self.stems:
            for size in range(SHORTEST_STEM, min(len(word), LONGEST_STEM) + 1):
                node = self.stems.get(word[:size])
                if node is not None:
                    nodes.append(node)
        return nodes


def spellings(alias: str) -> Iterator[str]:
    """An alias and what else it stands for: "U.N." is the UN as American agencies spell it, "INTO Tank" as good as "=in Tank".

    >>> [*spellings("UN mission")]
    ['UN mission', 'U.N. mission']
    """
    yield alias
    if alias.startswith("UN "):
        yield f"U.N. {alias.removeprefix('UN ')}"
    if alias.startswith("=in "):
        yield from (f"={where} {alias.removeprefix('=in ')}" for where in WHERE)
