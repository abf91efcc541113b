"""Many phrases, one pass: a trie over folded words, with stems that match any ending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
HEAD = 2  # letters by which a word that may match a stem is recognised
LONGEST_STEM = 24


class Trie(Generic[T]):
    """Phrases as paths of words; what a phrase stands for hangs at its end.

    >>> trie = Trie[str]()
    >>> trie.add([("pakistan", False)], "state"); trie.add([("pakistan", False), ("taliban", False)], "group")
    >>> trie.add([("пакистан", True)], "state")
    >>> [trie.ends("the pakistan taliban".split(), at) for at in range(3)]
    [[], [(2, ['state']), (3, ['group'])], []]
    >>> trie.ends(["пакистанской"], 0)
    [(1, ['state'])]
    """

    __slots__ = ("entries", "heads", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, Trie[T]] = {}
        self.stems: dict[str, Trie[T]] = {}
        self.heads: set[str] = set()
        self.entries: list[T] = []

    def add(self, path: Iterable[tuple[str, bool]], entry: T) -> None:
        """A phrase: each word, and whether it is a stem."""
        node = self
        for word, stem in path:
            if stem:
                node.heads.add(word[:HEAD])
                node = node.stems.setdefault(word[:LONGEST_STEM], Trie())
            else:
                node = node.words.setdefault(word, Trie())
        node.entries.append(entry)

    def begins(self, word: str) -> bool:
        """Whether any phrase may begin with this word; quick."""
        return word in self.words or word[:HEAD] in self.heads

    def ends(self, words: Sequence[str], at: int) -> list[tuple[int, list[T]]]:
        """The phrases that begin at a word: index after the last word and entries, short to long."""
        found: list[tuple[int, list[T]]] = []
        nodes: list[Trie[T]] = [self]
        while nodes and at < len(words):
            word = words[at]
            nodes = [after for node in nodes if node.begins(word) for after in node.after(word)]
            at += 1
            entries = [entry for node in nodes for entry in node.entries]
            if entries:
                found.append((at, entries))
        return found

    def after(self, word: str) -> list[Trie[T]]:
        """The nodes that a word leads to: its own and those of its stems."""
        nodes = [self.words[word]] if word in self.words else []
        if word[:HEAD] in self.heads:
            for size in range(HEAD, min(len(word), LONGEST_STEM) + 1):
                node = self.stems.get(word[:size])
                if node is not None:
                    nodes.append(node)
        return nodes
