"""Words as the judgement sees them: one spelling for many, tokens, and sentences.

Offsets are always code points of the text as given: folding happens per word, never to the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

WORDS = 16_384  # words remembered; a language in daily use
SENTENCE = 1_200  # characters; what has no stop for longer is cut, so that work grows with the text alone


def word_set(words: str) -> frozenset[str]:
    """A set of words from one string of them."""
    return frozenset(words.split())


PRONOUNS = word_set("he she it they")
SMALL = word_set(
    "the of in and to a an on for by with that said says after was were is are at from as has have its it he"
)
FEW = 4  # words from which small ones are to be expected
LATIN = 0.7  # share of plain letters
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COMBINING = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"  # not \w, yet in words
WORD = re.compile(  # "Pakistan's" and "Mu'minin" are one word, "l'Afghanistan" is two
    rf"[\w{COMBINING}]{{2,}}(?:['’ʼ`‘´][\w{COMBINING}]+)*|[\w{COMBINING}]"
)
APOSTROPHES = re.compile("['’ʼ`‘´]")
OWNING = ("'s", "’s")  # behind whose it is
POSSESSIVE = re.compile(r"['’ʼ`‘´]s$", re.IGNORECASE)
LETTERS = str.maketrans("يىكہھةەۃګډټړ", "ییکهههههگڈٹڑ")  # one letter, many keyboards
SHORT_WORD = 3  # letters
ENDINGS = str.maketrans("ېۍ", "یی")  # of Pashto, alike on most keyboards; short words differ by nothing else

ABBREVIATIONS = word_set(
    "lt gen col brig maj capt cpl sgt mr mrs ms dr prof st rs no nos vs sen rep gov amb adm hon insp supt asst "
    "jan feb mar apr jun jul aug sep sept oct nov dec approx pvt inc ltd jr sr e.g i.e etc mt ft cf art"
)
STARTERS = word_set(
    "the a an in on at it he she they we this that these those but and after before since when while as "
    "however meanwhile for from by both no there earlier"
)
END = re.compile(r"[.!?…؟۔।]{1,5}[\"'”’»)\]]{0,3}(?=\s|$)|\n")


class Span(NamedTuple):
    start: int
    end: int


class Token(NamedTuple):
    word: str  # folded
    start: int
    end: int  # without a possessive 's


def fold(text: str) -> str:
    """One spelling for many: no case, no diacritics, no apostrophes, hyphens as spaces.

    >>> fold("Pak-Afghan: Türkiye’s FITNA al‑Khawārij")
    'pak afghan turkiye fitna al khawarij'
    """
    return " ".join(map(fold_word, WORD.findall(text)))


@lru_cache(maxsize=WORDS)
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
    """Without the Arabic "and" and "the" that are written onto a word; one spelling for what Pashto spells in three ways.

    >>> _bare("وافغانستان") == _bare("الافغانستان") == "افغانستان"
    True
    >>> _bare("سپېره"), _bare("کې")
    ('سپیره', 'کې')
    """
    if len(word) > SHORT_WORD:
        word = word.translate(ENDINGS)
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
    new = tuple.__new__  # every word of every text: making a token by its name takes twice as long
    for match in WORD.finditer(text):
        start, end = match.span()
        folded, owning = _folded(match[0])
        found.append(new(Token, (folded, start, end - owning)))
    return tuple(found)


@lru_cache(maxsize=WORDS)
def _folded(word: str) -> tuple[str, int]:
    """A word's folded form, and how many characters at its end are a possessive."""
    return fold_word(word), 2 if not word.isalnum() and POSSESSIVE.search(word) else 0


def sentences(text: str) -> tuple[Span, ...]:
    """Where each sentence starts and ends; abbreviations, initials and wrapped lines do not end one.

    >>> text = "Lt. Gen. Khan spoke in D.I. Khan. He left at 5 p.m. on Friday.\\nTalks in the U.S. The end"
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Lt. Gen. Khan spoke in D.I. Khan.', 'He left at 5 p.m. on Friday.', 'Talks in the U.S.', 'The end']
    """
    spans: list[Span] = []
    start = 0
    for match in END.finditer(text):
        if _ends(text, match):
            spans += _pieces(text, start, match.end())
            start = match.end()
    return tuple(s for s in (*spans, *_pieces(text, start, len(text))) if s.end > s.start)


def are_apart(words: Sequence[Token], at: int, end: int, starts: Sequence[int]) -> bool:
    """Whether a sentence begins among some words; `starts`: where each one does."""
    return end - at > 1 and bisect_left(starts, words[at].end) != bisect_left(starts, words[end - 1].end)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence without the white space around it, in pieces cut between words where it is too long."""
    while end - start > SENTENCE:
        cut = max(text.rfind(" ", start, start + SENTENCE), start + SENTENCE // 2)
        yield _trim(text, start, cut)
        start = cut
    yield _trim(text, start, end)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether this stop or line break ends a sentence."""
    after = text[match.end() : match.end() + 40].lstrip()
    if match.group()[0] == "\n":
        blank = text[match.end() : match.end() + 40].partition(after[:1] or "\0")[0]
        return "\n" in blank or not after[:1].islower()
    if match.group()[0] != ".":
        return not after[:1].islower()
    before = text[max(0, match.start() - 24) : match.start()].split()
    last = before[-1].lstrip("(\"'“‘[").casefold() if before else ""
    if after[:1].islower():
        return False
    following = WORD.match(after)
    if last in ABBREVIATIONS:
        return last in {"etc", "no"} and not after[:1].isdigit()
    if last == "x" and before[-2:-1] == ["on"]:
        return True  # "…, he wrote on X. Four more were hurt"
    if (len(last) == 1 and last.isalpha()) or _are_initials(last):
        return not after or (following is not None and following.group().casefold() in STARTERS)
    return True


def _are_initials(word: str) -> bool:
    """ "d.i", "u.s"."""
    return "." in word and all(len(part) == 1 and "a" <= part <= "z" for part in word.split("."))


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def is_latin(text: str) -> bool:
    """Whether most readers of an English alert can read the letters."""
    return sum(c.isascii() for c in text) >= LATIN * len(text)


def is_english(text: str) -> bool:
    """Whether a sentence has the small words of English.

    >>> is_english("A truce was agreed in Doha on Sunday"), is_english("Talibano vyriausybė patvirtino pokalbius Dohoje")
    (True, False)
    """
    words = fold(text).split()
    small = sum(word in SMALL for word in words)
    return is_latin(text) and (len(words) < FEW or small >= max(1, len(words) // 8))
