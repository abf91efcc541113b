"""The names and telling words of a text, found in one pass however many aliases there are.

The `Lexicon` is one trie for all names and one for all cue words; `Text` is a text read once, on which
every part of the judgement works. How words are folded and sentences end is in `words`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.news.text.around import ENGLISH, Around
from bot.news.text.datelines import is_dateline
from bot.news.text.matching import Trie, spellings
from bot.news.text.surnames import is_lone, is_surname
from bot.news.text.words import WORD, WORDS, Span, Token, are_apart, fold_word, sentences, tokens, word_set

NATIONS = word_set("PK AF")  # the sides that are the two countries
BOTH_SIDES = "both sides"  # who denies, where the two countries do so with one voice
OWN = NATIONS | {"border"}  # whose matter the topic is
THIRD = word_set("UN IN intl")  # the sides of outsiders
ACTOR_KINDS = word_set("state office person group un agency media mechanism")
PLAIN_NAMED = word_set("person group")  # actors with no comma in their names
NO_KINDS: frozenset[str] = frozenset()
PLACE_KINDS = word_set("country province district town crossing line venue")
DATED = PLACE_KINDS | {"state"}  # what a dateline names: "FO: …" is a voice


class Mention(NamedTuple):
    """A name of the lexicon in a text; `kind` is the actor's or place's kind, or "demonym" (Afghan, Pakistani)."""

    name: str  # canonical
    kind: str
    side: str  # PK, AF, border (crossings and the line), UN, IN, intl, militants, none
    start: int
    end: int
    token: int = 0  # index of its first token in the text
    dateline: bool = False  # "KABUL (AP) -": where it was written, not where it happened
    weight: float = 1.0  # as evidence for relevance

    @property
    def is_actor(self) -> bool:
        return self.kind in ACTOR_KINDS

    @property
    def is_place(self) -> bool:
        return self.kind in PLACE_KINDS

    @property
    def is_ground(self) -> bool:
        """A place where something can happen: a town or a gate, no whole country."""
        return self.kind in PLACE_KINDS and self.kind != "country"


class Cue(NamedTuple):
    """A word or phrase of one of the topic's word lists, found in a text."""

    name: str  # of the list
    start: int
    end: int
    token: int
    phrase: str


class Name(NamedTuple):
    """What an alias stands for."""

    name: str
    kind: str
    side: str
    weight: float = 1.0


class Alias(NamedTuple):
    """A name's spelling in the trie: whose, how marked, and its exact spelling where capitals matter."""

    name: Name
    mark: str  # "~" after the full name only, "?" in a text about the two sides, "*" a stem
    exact: tuple[str, ...]


class Text:
    """A text read once: every part of the judgement works on this. Compared and hashed by identity.

    Cues are looked for when the first is asked for: figures are read without.
    """

    def __init__(
        self,
        text: str,
        words: tuple[Token, ...],
        names: tuple[Mention, ...],
        cues: Callable[[], tuple[Cue, ...]],
        spans: tuple[Span, ...],
    ) -> None:
        self.text, self.tokens, self.mentions, self.sentences = text, words, names, spans
        self._find_cues = cues
        self._by_sentence: dict[Span, tuple[tuple[Cue, ...], frozenset[str]]] = {}

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The words and phrases of the topic's lists, in order."""
        return self._find_cues()

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    @cached_property
    def _cue_starts(self) -> list[int]:
        return [c.start for c in self.cues]

    def words(self, span: Span) -> range:
        """The indices of a sentence's tokens."""
        return range(bisect_left(self._token_starts, span.start), bisect_left(self._token_starts, span.end))

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions inside a sentence."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def named(self, span: Span) -> list[Mention]:
        """The mentions inside a sentence of which it speaks: datelines only say where it was written."""
        return [m for m in self.within(span) if not m.dateline]

    def spelled(self, part: Mention | Span | Token) -> str:
        """How a part of the text is written."""
        return self.text[part.start : part.end]

    def word(self, at: int) -> str:
        """A token's word, "" where the text has none."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def before(self, at: int, reach: int, within: Span | None = None) -> list[str]:
        """The words before a token, of its sentence where that is given."""
        first = self.words(within).start if within else 0
        return [token.word for token in self.tokens[max(first, at - reach) : at]]

    def folded(self, span: Span) -> list[str]:
        """The words of a sentence."""
        return [self.tokens[at].word for at in self.words(span)]

    def all_said(self, *lists: str) -> list[Cue]:
        """The cues of some lists anywhere."""
        return [cue for cue in self.cues if cue.name in lists]

    def cues_in(self, span: Span) -> tuple[Cue, ...]:
        """The cues inside a sentence."""
        return self._heard(span)[0]

    def said(self, span: Span, *lists: str) -> tuple[Cue, ...]:
        """The cues of some lists inside a sentence: most sentences have none."""
        cues, names = self._heard(span)
        return () if names.isdisjoint(lists) else tuple([c for c in cues if c.name in lists])

    def _heard(self, span: Span) -> tuple[tuple[Cue, ...], frozenset[str]]:
        """The cues inside a sentence and the lists they are of: asked for by every rule."""
        if span not in self._by_sentence:
            starts = self._cue_starts
            first = bisect_left(starts, span.start)
            cues = self.cues[first : bisect_left(starts, span.end, first)]
            self._by_sentence[span] = cues, frozenset([c.name for c in cues])
        return self._by_sentence[span]

    def until(self, end: int) -> Text:
        """The text up to the end of a sentence."""
        return Text(
            self.text[:end],
            self.tokens[: bisect_left(self._token_starts, end)],
            self.mentions[: bisect_left(self._mention_starts, end)],
            lambda: self.cues[: bisect_left(self._cue_starts, end)],
            tuple(span for span in self.sentences if span.start < end),
        )


class Lexicon:
    """All aliases and cue words of a topic, compiled.

    Marks in an alias: `=Tank` keeps its capitals (short words in capitals do so anyway), `=in Tank` counts behind
    every word for a place, `~Malik` only after the person's full name, `?Asif` also without it where the text names one of the two sides,
    their border or a venue of talks, `пакистан*` matches every word that begins so.
    """

    def __init__(
        self,
        names: Iterable[tuple[Name, Sequence[str]]] = (),
        words: Iterable[tuple[str, Sequence[str]]] = (),
        around: Around = ENGLISH,
    ) -> None:
        self._around = around
        self._names: Trie[Alias] = Trie(remember=WORDS)
        self._cues: Trie[Alias] = Trie(remember=WORDS)
        for name, aliases in names:
            for alias in aliases:
                for spelled in spellings(alias):
                    _add(self._names, name, spelled)
        for list_name, phrases in words:
            for phrase in phrases:
                _add(self._cues, Name(list_name, "cue", "none"), phrase)
        self.read = lru_cache(maxsize=32)(self._read)

    def _read(self, text: str) -> Text:
        found = tokens(text)
        spans = sentences(text)
        starts = [span.start for span in spans]
        words = [token.word for token in found]
        names, doubtful = self._mentions(text, found, words, starts, trusting=False)
        if doubtful and _supported(names, doubtful):
            names, _ = self._mentions(text, found, words, starts, trusting=True)
        return Text(text, found, names, lambda: self._cues_of(text, found, words, starts), spans)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every name in a text, longest first where names overlap, in order."""
        return self.read(text).mentions

    def _mentions(
        self, text: str, found: tuple[Token, ...], words: list[str], starts: list[int], *, trusting: bool
    ) -> tuple[tuple[Mention, ...], frozenset[str]]:
        """The names, and the sides of surnames that were passed over for want of a second cue."""
        mentions: list[Mention] = []
        doubtful: set[str] = set()
        met: dict[str, int] = {}  # canonical name → order of its latest mention, for "~" aliases
        begins, done = self._names.first, 0
        for at in [n for n, word in enumerate(words) if begins(word)]:
            if at < done:
                continue
            name, until = None, at
            for end, entries in reversed(self._names.ends(words, at)):
                if are_apart(found, at, end, starts):
                    continue
                hits = [(e.name, e.mark) for e in entries if _is_spelled(e, text, found[at:end])]

                if parted := _parted(text, found[at:end]):
                    hits = [hit for hit in hits if hit[0].kind not in parted]
                lone = [n for n, mark in hits if mark == "?" and is_lone(text, found, at, end)]
                if trusting and lone:
                    hits = [(n, "" if n in lone else mark) for n, mark in hits]
                name, until = _choose(text, found, at, end, hits, met, self._around), end
                doubtful.update(n.side for n in lone if name is None)
                if name:
                    break
            if name is None:
                continue
            met[name.name] = len(mentions)
            start, stop = found[at].start, found[until - 1].end
            dateline = name.kind in DATED and is_dateline(text, start, stop)
            mentions.append(Mention(*name[:3], start, stop, at, dateline, name.weight))
            done = until
        return tuple(mentions), frozenset(doubtful)

    def _cues_of(
        self, text: str, found: tuple[Token, ...], words: list[str], starts: list[int]
    ) -> tuple[Cue, ...]:
        """Every cue phrase of a sentence, overlaps included (a list's longest phrase at each word)."""
        cues: list[Cue] = []
        begins = self._cues.first
        for at, word in enumerate(words):
            if not begins(word):
                continue
            longest: dict[str, int] = {}
            for end, entries in self._cues.ends(words, at):
                if are_apart(found, at, end, starts):
                    break
                for entry in entries:
                    if _is_spelled(entry, text, found[at:end]):
                        longest[entry.name.name] = end
            start = found[at].start
            for name, end in longest.items():
                stop = found[end - 1].end
                cues.append(Cue(name, start, stop, at, text[start:stop]))
        return tuple(cues)


def _add(trie: Trie[Alias], name: Name, alias: str) -> None:
    plain = alias.lstrip("=~?")
    spelled = list(WORD.finditer(plain))
    if not spelled:
        raise ValueError(f"alias {alias!r} of {name.name!r} has no letters")
    path = [(fold_word(word.group()), plain[word.end() : word.end() + 1] == "*") for word in spelled]
    marks = alias[: len(alias) - len(plain)]
    mark = "~" if "~" in marks else "?" if "?" in marks else "*" if any(stem for _, stem in path) else ""
    exact = "=" in marks or (plain.isupper() and len(plain) <= 3)
    trie.add(path, Alias(name, mark, tuple(w.group() for w in spelled) if exact else ()))


def _parted(text: str, words: Sequence[Token]) -> frozenset[str]:
    """The kinds of which no name runs over the words' comma: "in Pakistan, Taliban officials said" names no group.

    No actor does before a small letter, "the Afghan border, police said"; before a capital a place may, "Hyderabad,
    Sindh", and an office, "Foreign, Commonwealth and Development Office".
    """
    commas = [two.start for one, two in pairwise(words) if "," in text[one.end : two.start]]
    if not commas:
        return NO_KINDS
    return PLAIN_NAMED if all(text[at].isupper() for at in commas) else ACTOR_KINDS


def _is_spelled(entry: Alias, text: str, words: tuple[Token, ...]) -> bool:
    """Whether its capitals, where they matter, are those of the text."""
    exact = entry.exact
    return not exact or all(text.startswith(e, w.start) for w, e in zip(words, exact, strict=True))


def _supported(names: Iterable[Mention], doubtful: frozenset[str]) -> bool:
    """Whether a text is about the two sides, so that a lone surname can only be one man's."""
    told = (m for m in names if m.weight > 0 and not m.dateline)
    return len(doubtful) > 1 or any(m.side in OWN or m.kind == "venue" for m in told)


def _choose(
    text: str,
    words: tuple[Token, ...],
    at: int,
    end: int,
    hits: list[tuple[Name, str]],
    met: dict[str, int],
    around: Around,
) -> Name | None:
    """What an alias stands for here: short names need the full one before, capitals may be governments."""
    sure = [name for name, mark in hits if not mark] or [name for name, mark in hits if mark == "*"]
    short = [name for name, mark in hits if mark in ("~", "?") and name.name in met]
    if short:
        return max(short, key=lambda name: met[name.name])
    actors = [n for n in sure if n.kind in ACTOR_KINDS]
    places = [n for n in sure if n.kind not in ACTOR_KINDS]
    if places and not actors and is_surname(text, words, at, end, around):
        return None
    if not actors or not places:
        return sure[0] if sure else None
    return places[0] if around.locate(text, words, at, end) else actors[0]
