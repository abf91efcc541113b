"""Words as the judgement sees them: folded spelling, tokens, sentences, and the names that a text mentions.

Offsets are always code points of the text as given: folding happens per word, never to the text. The
`Lexicon` is one token trie for all names (and one for all cue words), so a text is read in one pass
however many aliases there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.news.topic import Topic


def word_set(words: str) -> frozenset[str]:
    """A set of words from one string of them."""
    return frozenset(words.split())


MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"  # not \w, yet in words
WORD = re.compile(  # "Pakistan's" and "Mu'minin" are one word, "l'Afghanistan" is two
    rf"(?:(?!_)[\w{MARKS}]){{2,}}(?:['’ʼ`‘´](?:(?![\d_])[\w{MARKS}])+)*|(?!_)[\w{MARKS}]"
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
LONGEST_STEM = 24
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


class Text(NamedTuple):
    """A text read once: every part of the judgement works on this."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions inside a sentence."""
        return tuple(m for m in self.mentions if span.start <= m.start < span.end)

    def said(self, span: Span, *lists: str) -> tuple[Cue, ...]:
        """The cues of some lists inside a sentence."""
        return tuple(c for c in self.cues if c.name in lists and span.start <= c.start < span.end)


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
        word, start = match.group(), match.start()
        end = match.end() - 2 if POSSESSIVE.search(word) else match.end()
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


class _Node:
    """A trie node: next words, next word stems (alias ends in *), and what ends here."""

    __slots__ = ("ends", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.ends: list[tuple[Name, str, tuple[str, ...]]] = []  # what, alias, exact spelling or ()


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
        self._names, self._cues = _Node(), _Node()
        for name, aliases in names:
            for alias in aliases:
                _add(self._names, name, alias)
        for list_name, phrases in words:
            for phrase in phrases:
                _add(self._cues, Name(list_name, "cue", "none"), phrase)
        self.read = lru_cache(maxsize=32)(self._read)

    def _read(self, text: str) -> Text:
        words = tokens(text)
        return Text(text, words, sentences(text), self._mentions(text, words), self._find_cues(text, words))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every name in a text, longest first where names overlap, in order."""
        return self.read(text).mentions

    def _mentions(self, text: str, words: tuple[Token, ...]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        met: dict[str, int] = {}  # canonical name → order of its latest mention, for "~" aliases
        at = 0
        while at < len(words):
            name, until = None, at
            for end, hits in reversed(list(_walk(self._names, text, words, at))):
                name, until = _choose(text, words, at, end, hits, met), end
                if name:
                    break
            if name is None:
                at += 1
                continue
            met[name.name] = len(found)
            start, stop = words[at].start, words[until - 1].end
            dateline = _is_dateline(text, start, stop)
            found.append(Mention(*name[:3], start, stop, at, dateline, name.weight))
            at = until
        return tuple(found)

    def _find_cues(self, text: str, words: tuple[Token, ...]) -> tuple[Cue, ...]:
        """Every cue phrase, overlaps included (a list's longest phrase at each word)."""
        found: list[Cue] = []
        for at in range(len(words)):
            longest: dict[str, int] = {}
            for end, hits in _walk(self._cues, text, words, at):
                longest.update((name.name, end) for name, _ in hits)
            for name, end in longest.items():
                start, stop = words[at].start, words[end - 1].end
                found.append(Cue(name, start, stop, at, text[start:stop]))
        return tuple(found)


def mentions(text: str, topic: Topic) -> tuple[Mention, ...]:
    """Every actor, place and demonym that a text names."""
    return topic.lexicon.mentions(text)


def _add(root: _Node, name: Name, alias: str) -> None:
    plain = alias.lstrip("=~")
    spelled = list(WORD.finditer(plain))
    if not spelled:
        raise ValueError(f"alias {alias!r} of {name.name!r} has no letters")
    node, mark = root, "~" if "~" in alias[:2] else ""
    for word in spelled:
        stem = plain[word.end() : word.end() + 1] == "*"
        mark = mark or ("*" if stem else "")
        node = (node.stems if stem else node.words).setdefault(fold_word(word.group()), _Node())
    exact = "=" in alias[:2] or (plain.isupper() and len(plain) <= 3)
    node.ends.append((name, mark, tuple(w.group() for w in spelled) if exact else ()))


def _walk(
    root: _Node, text: str, words: tuple[Token, ...], at: int
) -> Iterable[tuple[int, list[tuple[Name, str]]]]:
    """All entries that begin at a word: (index after the last word, what they stand for), short to long."""
    nodes, index = [root], at
    while nodes and index < len(words):
        word = words[index].word
        nodes = [n for node in nodes for n in _next(node, word)]
        index += 1
        hits = [
            (name, mark)
            for node in nodes
            for name, mark, exact in node.ends
            if not exact
            or all(text[w.start : w.end].startswith(e) for w, e in zip(words[at:index], exact, strict=True))
        ]
        if hits:
            yield index, hits


def _next(node: _Node, word: str) -> Iterable[_Node]:
    if word in node.words:
        yield node.words[word]
    if node.stems:
        for size in range(2, min(len(word), LONGEST_STEM) + 1):
            if word[:size] in node.stems:
                yield node.stems[word[:size]]


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
