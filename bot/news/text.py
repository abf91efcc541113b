"""Words as the judgement sees them: folded spelling, tokens, sentences, and the names that a text mentions.

Offsets are always code points of the text as given: folding happens per word, never to the text. The
`Lexicon` is one token trie for all names (and one for all cue words), so a text is read in one pass
however many aliases there are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.news.matching import Trie

if TYPE_CHECKING:
    from bot.news.topic import Topic


def word_set(words: str) -> frozenset[str]:
    """A set of words from one string of them."""
    return frozenset(words.split())


MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"  # not \w, yet in words
WORD = re.compile(  # "Pakistan's" and "Mu'minin" are one word, "l'Afghanistan" is two
    rf"[\w{MARKS}]{{2,}}(?:['’ʼ`‘´][\w{MARKS}]+)*|[\w{MARKS}]"
)
APOSTROPHES = re.compile("['’ʼ`‘´]")
POSSESSIVE = re.compile(r"['’ʼ`‘´]s$", re.IGNORECASE)
LETTERS = str.maketrans("يىكہھةەۃ", "ییکههههه")  # one letter, many keyboards: Arabic, Persian, Urdu, Pashto

ABBREVIATIONS = word_set(
    "lt gen col brig maj capt cpl sgt mr mrs ms dr prof st rs no nos vs sen rep gov amb adm hon insp supt asst "
    "jan feb mar apr jun jul aug sep sept oct nov dec approx pvt inc ltd jr sr e.g i.e etc mt ft cf art"
)
STARTERS = word_set(
    "the a an in on at it he she they we this that these those but and after before since when while as "
    "however meanwhile for from by both no there earlier"
)
END = re.compile(r"[.!?…؟۔।]{1,5}[\"'”’»)\]]{0,3}(?=\s|$)|\n")

LOCATIVE = word_set(
    "in at near outside around into across inside over toward towards through reached via visits visited"
)
PLACE_NOUNS = word_set(
    "airport city province district hospital university river museum court suburb neighbourhood neighborhood"
)
ACTOR_KINDS = word_set("state office person group un agency media mechanism")
PLACE_KINDS = word_set("country province district town crossing line venue")


class Span(NamedTuple):
    start: int
    end: int


class Token(NamedTuple):
    word: str  # folded
    start: int
    end: int  # without a possessive 's


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


class Entry(NamedTuple):
    """An alias in the trie: whose, how marked, and its exact spelling where capitals matter."""

    name: Name
    mark: str  # "~" after the full name only, "*" a stem
    exact: tuple[str, ...]


class Text:
    """A text read once: every part of the judgement works on this. Compared and hashed by identity."""

    __slots__ = (
        "_cue_starts",
        "_mention_starts",
        "_token_starts",
        "cues",
        "mentions",
        "sentences",
        "text",
        "tokens",
    )

    def __init__(
        self, text: str, words: tuple[Token, ...], names: tuple[Mention, ...], cues: tuple[Cue, ...]
    ) -> None:
        self.text, self.tokens, self.mentions, self.cues = text, words, names, cues
        self.sentences = sentences(text)
        self._token_starts = [t.start for t in words]
        self._mention_starts = [m.start for m in names]
        self._cue_starts = [c.start for c in cues]

    def words(self, span: Span) -> range:
        """The indices of a sentence's tokens."""
        return range(bisect_left(self._token_starts, span.start), bisect_left(self._token_starts, span.end))

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions inside a sentence."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def said(self, span: Span, *lists: str) -> tuple[Cue, ...]:
        """The cues of some lists inside a sentence."""
        starts = self._cue_starts
        wanted = frozenset(lists)
        inside = self.cues[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        return tuple(c for c in inside if c.name in wanted)


def fold(text: str) -> str:
    """One spelling for many: no case, no diacritics, no apostrophes, hyphens as spaces.

    >>> fold("Pak-Afghan: Türkiye’s FITNA al‑Khawārij")
    'pak afghan turkiye fitna al khawarij'
    """
    return " ".join(fold_word(m.group()) for m in WORD.finditer(text))


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """One word's folded form.

    >>> fold_word("Pakistan's"), fold_word("Mu’minin"), fold_word("Türkiye")
    ('pakistan', 'muminin', 'turkiye')
    """
    word = APOSTROPHES.sub("", POSSESSIVE.sub("", word))
    if word.isascii():
        return word.lower()
    marks = unicodedata.normalize("NFKD", word.casefold())
    return _bare("".join(c for c in marks if unicodedata.category(c) != "Mn").translate(LETTERS))


def _bare(word: str) -> str:
    """Without the Arabic "and" and "the" that are written onto a word.

    >>> _bare("وافغانستان") == _bare("الافغانستان") == "افغانستان"
    True
    """
    for prefix in ("و", "ال"):
        if word.startswith(prefix) and len(word) >= len(prefix) + 4:
            word = word[len(prefix) :]
    return word


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, folded, with their places in it.

    >>> [t.word for t in tokens("Pakistan's 48-hour truce")]
    ['pakistan', '48', 'hour', 'truce']
    """
    found = []
    for match in WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if not word.isalnum() and POSSESSIVE.search(word):
            end -= 2
        found.append(Token(fold_word(word), start, end))
    return tuple(found)


def sentences(text: str) -> tuple[Span, ...]:
    """Where each sentence starts and ends; abbreviations, initials and wrapped lines do not end one.

    >>> text = "Lt. Gen. Khan spoke in D.I. Khan. He left at 5 p.m. on Friday.\\nTalks in the U.S. The end"
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Lt. Gen. Khan spoke in D.I. Khan.', 'He left at 5 p.m. on Friday.', 'Talks in the U.S.', 'The end']
    """
    spans, start = [], 0
    for match in END.finditer(text):
        if _ends(text, match):
            spans.append(_trim(text, start, match.end()))
            start = match.end()
    spans.append(_trim(text, start, len(text)))
    return tuple(s for s in spans if s.end > s.start)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether this stop or line break ends a sentence."""
    after = text[match.end() : match.end() + 40].lstrip()
    if match.group()[0] == "\n":
        return (
            "\n" in text[match.end() : match.end() + 40].partition(after[:1] or "\0")[0]
            or not after[:1].islower()
        )
    if match.group()[0] != ".":
        return not after[:1].islower()
    before = text[max(0, match.start() - 24) : match.start()].split()
    last = before[-1].lstrip("(\"'“‘[").casefold() if before else ""
    if after[:1].islower():
        return False
    following = WORD.match(after)
    if last in ABBREVIATIONS:
        return last in {"etc", "no"} and not after[:1].isdigit()
    if (len(last) == 1 and last.isalpha()) or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        return not after or (following is not None and following.group().casefold() in STARTERS)
    return True


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


class Lexicon:
    """All aliases and cue words of a topic, compiled.

    Marks in an alias: `=Tank` keeps its capitals (short words in capitals do so anyway), `~Asif` counts
    only after the person's full name, `пакистан*` matches every word that begins so.
    """

    def __init__(
        self,
        names: Iterable[tuple[Name, Sequence[str]]] = (),
        words: Iterable[tuple[str, Sequence[str]]] = (),
    ) -> None:
        self._names: Trie[Entry] = Trie()
        self._cues: Trie[Entry] = Trie()
        for name, aliases in names:
            for alias in aliases:
                _add(self._names, name, alias)
        for list_name, phrases in words:
            for phrase in phrases:
                _add(self._cues, Name(list_name, "cue", "none"), phrase)
        self.read = lru_cache(maxsize=32)(self._read)

    def _read(self, text: str) -> Text:
        found = tokens(text)
        words = [token.word for token in found]
        return Text(text, found, self._mentions(text, found, words), self._find_cues(text, found, words))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every name in a text, longest first where names overlap, in order."""
        return self.read(text).mentions

    def _mentions(self, text: str, found: tuple[Token, ...], words: list[str]) -> tuple[Mention, ...]:
        mentions: list[Mention] = []
        met: dict[str, int] = {}  # canonical name → order of its latest mention, for "~" aliases
        begins, at = self._names.begins, 0
        while at < len(words):
            name, until = None, at
            if begins(words[at]):
                for end, entries in reversed(self._names.ends(words, at)):
                    hits = _spelled(entries, text, found[at:end])
                    name, until = _choose(text, found, at, end, hits, met), end
                    if name:
                        break
            if name is None:
                at += 1
                continue
            met[name.name] = len(mentions)
            start, stop = found[at].start, found[until - 1].end
            dateline = _is_dateline(text, start, stop)
            mentions.append(Mention(*name[:3], start, stop, at, dateline, name.weight))
            at = until
        return tuple(mentions)

    def _find_cues(self, text: str, found: tuple[Token, ...], words: list[str]) -> tuple[Cue, ...]:
        """Every cue phrase, overlaps included (a list's longest phrase at each word)."""
        cues: list[Cue] = []
        begins = self._cues.begins
        for at, word in enumerate(words):
            if not begins(word):
                continue
            longest: dict[str, int] = {}
            for end, entries in self._cues.ends(words, at):
                longest.update((hit[0].name, end) for hit in _spelled(entries, text, found[at:end]))
            start = found[at].start
            for name, end in longest.items():
                stop = found[end - 1].end
                cues.append(Cue(name, start, stop, at, text[start:stop]))
        return tuple(cues)


def mentions(text: str, topic: Topic) -> tuple[Mention, ...]:
    """Every actor, place and demonym that a text names."""
    return topic.lexicon.mentions(text)


def _add(trie: Trie[Entry], name: Name, alias: str) -> None:
    plain = alias.lstrip("=~")
    spelled = list(WORD.finditer(plain))
    if not spelled:
        raise ValueError(f"alias {alias!r} of {name.name!r} has no letters")
    path = [(fold_word(word.group()), plain[word.end() : word.end() + 1] == "*") for word in spelled]
    mark = "~" if "~" in alias[:2] else "*" if any(stem for _, stem in path) else ""
    exact = "=" in alias[:2] or (plain.isupper() and len(plain) <= 3)
    trie.add(path, Entry(name, mark, tuple(w.group() for w in spelled) if exact else ()))


def _spelled(entries: list[Entry], text: str, words: tuple[Token, ...]) -> list[tuple[Name, str]]:
    """The entries whose capitals, where they matter, are those of the text."""
    return [
        (name, mark)
        for name, mark, exact in entries
        if not exact or all(text.startswith(e, w.start) for w, e in zip(words, exact, strict=True))
    ]


def _choose(
    text: str, words: tuple[Token, ...], at: int, end: int, hits: list[tuple[Name, str]], met: dict[str, int]
) -> Name | None:
    """What an alias stands for here: short names need the full one before, capitals may be governments."""
    sure = [name for name, mark in hits if not mark] or [name for name, mark in hits if mark == "*"]
    short = [name for name, mark in hits if mark == "~" and name.name in met]
    if short:
        return max(short, key=lambda name: met[name.name])
    actors = [n for n in sure if n.kind in ACTOR_KINDS]
    places = [n for n in sure if n.kind not in ACTOR_KINDS]
    if not actors or not places:
        return sure[0] if sure else None
    before = words[at - 1].word if at else ""
    after = words[end].word if end < len(words) else ""
    located = (
        before in LOCATIVE or after in PLACE_NOUNS or _is_dateline(text, words[at].start, words[end - 1].end)
    )
    return places[0] if located else actors[0]


DATELINE = re.compile(
    r"(?:/[A-Z][A-Za-z]+)?(?:,\s+[A-Z][A-Za-z. ]{2,20})?(?:,?\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?)?"
    r"\s*(?:\([A-Za-z/ .]{2,30}\)\s*[:—–-]?|:|\s[—–-]{1,2})\s"
)


def _is_dateline(text: str, start: int, end: int) -> bool:
    """A name at the start of a line, followed by an agency, a colon or a dash.

    >>> _is_dateline("KABUL, April 17 (ANI): ...", 0, 5), _is_dateline("In Kabul on Friday", 3, 8)
    (True, False)
    """
    line = text.rfind("\n", max(0, start - 25), start) + 1
    head = text[line:start].strip() if line or start < 25 else "far from a line's start"
    if head and not re.fullmatch(r"[A-Z][A-Za-z]{2,20}/", head):
        return False
    match = DATELINE.match(text, end)
    if match is None:
        return False
    return text[start:end].isupper() or "(" in match.group() or "/" in head + match.group()
