"""A sentence in one of the feeds' other languages: its words, the lists that hold each, its names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.news.figures.languages.numbers import Number, numbers_of
from bot.news.figures.sentence.vocabulary import Vocabulary
from bot.news.model import Document
from bot.news.text.lexicon import Mention
from bot.news.text.matching import Trie
from bot.news.text.words import Span, Token, tokens

CODES = {"prs": "fa", "pus": "ps", "urd": "ur", "fas": "fa", "per": "fa", "ara": "ar", "hin": "hi"}
LETTERS = (
    ("ps", "ټډړښږېۍځڅ"),
    ("ur", "ٹڈڑےںہھ"),
    ("fa", "پچگژ"),
    ("ar", "ةىإأؤئ"),
    ("uk", "іїє"),
    ("ru", "аеио"),
)
AND = "و"
SHORT = 3  # letters of a word that bears nothing
PHRASE = 5  # words of the longest phrase that may begin with such a word
CLITICS = frozenset("وفبل")
BREAKS = frozenset(",;:،؛।.!?")


class Line(NamedTuple):
    """One sentence."""

    text: str  # of the whole report
    span: Span
    words: Sequence[Token]
    lists: Sequence[set[str]]  # of each word: the lists with a phrase that begins there
    phrases: Sequence[Sequence[tuple[int, Sequence[str]]]]  # the same with the word behind each phrase
    names: Sequence[Mention]
    numbers: Sequence[Number]

    def near(self, first: int, last: int) -> set[str]:
        """The lists of the words from `first` up to, not including, `last`."""
        return set().union(*self.lists[max(0, first) : max(0, last)])

    def at(self, word: int) -> set[str]:
        """The lists of one word; none outside the sentence."""
        return self.lists[word] if 0 <= word < len(self.lists) else set()

    def spelled(self, first: int, last: int) -> str:
        """How the words from `first` to `last` are written."""
        return self.text[self.words[first].start : self.words[last].end]

    def words_of(self, name: Mention) -> tuple[int, int]:
        """The first and the last word of a name."""
        return self.word_at(name.start), self.word_at(name.end - 1)

    def between(self, first: int, second: int) -> str:
        """What stands between a word and a later one."""
        return self.text[self.words[first].end : self.words[second].start]

    def end_of(self, at: int, name: str) -> int:
        """The word behind the longest phrase of a list that begins at a word."""
        return max((end for end, names in self.phrases[at] if name in names), default=at + 1)

    def pauses(self, at: int) -> bool:
        """Whether a mark follows a word."""
        return at + 1 < len(self.words) and not BREAKS.isdisjoint(self.between(at, at + 1))

    def word_at(self, offset: int) -> int:
        """The word that holds a place of the text, or the first one behind it."""
        return next((k for k, word in enumerate(self.words) if word.end > offset), len(self.words))


def line_of(text: str, span: Span, lang: str, vocabulary: Vocabulary, mentions: Iterable[Mention]) -> Line:
    """A sentence as it is read."""
    phrases = vocabulary.other(lang)
    own = (
        t._replace(start=t.start + span.start, end=t.end + span.start)
        for t in tokens(text[span.start : span.end])
    )
    words = [part for word in own for part in _parted(text, word, phrases if lang == "ar" else None)]
    folded = [word.word for word in words]
    ends = [phrases.ends(folded, at) for at in range(len(words))]
    lists = [{name for _, names in found for name in names} for found in ends]
    if lang == "ar":  # "and" and "so" written onto a word
        for at, word in enumerate(words):
            if text[word.start] == AND and word.word[0] != AND:
                lists[at].add("how.and")
            elif not lists[at] and word.word[0] in CLITICS and len(word.word) > SHORT:
                rest = (word.word[1:], *folded[at + 1 : at + PHRASE])
                lists[at].update(name for _, names in phrases.ends(rest, 0) for name in names)
    names = [m for m in mentions if span.start <= m.start < span.end]
    return Line(text, span, words, lists, ends, names, tuple(numbers_of(text, words, lists)))


def _parted(text: str, word: Token, phrases: Trie[str] | None) -> Sequence[Token]:
    """Arabic writes "and", "for" and "by" onto a number: "و14" is two words, and so is "لخمسة"."""
    first = text[word.start]
    rest = word.word[1:] if first in CLITICS and len(word.word) == word.end - word.start else ""
    if not rest.isdecimal() and not (phrases and rest and any(map(_is_value, phrases.ends([rest], 0)))):
        return (word,)
    cut = word.start + 1
    return Token(first, word.start, cut), Token(rest, cut, word.end)


def _is_value(found: tuple[int, Sequence[str]]) -> bool:
    return any(name.startswith("value.") for name in found[1])


def language_of(document: Document) -> str:
    """The language that a feed names; by its letters where it names none that they fit.

    >>> [language_of(Document(text, lang="en")) for text in ("ووژل شول، په کونړ کې", "हमले में", "در کابل گفت")]
    ['ps', 'hi', 'fa']
    """
    code = (document.lang or "").lower().partition("-")[0]
    code = CODES.get(code, code)
    if code and code != "en":
        return code
    head = document.text[:400]
    if any("\u0900" <= c <= "\u097f" for c in head):
        return "hi"
    return next((lang for lang, letters in LETTERS if not set(letters).isdisjoint(head)), "")
