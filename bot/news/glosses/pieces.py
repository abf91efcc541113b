"""A text in another language cut into pieces, each with what English says for it and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.glosses.letters import latin
from bot.news.glosses.table import LETTERS, Entry, Glossary, folded
from bot.news.text.lexicon import Mention
from bot.news.text.words import Span, word_set

TOKEN = re.compile(
    r"\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?!\d)"  # 12.10.2025
    r"|\d{1,3}(?:[.\u00a0\u202f\u2009 ]\d{3}){1,3}(?!\d)"  # 1.450 and 1 450 are 1,450
    rf"|\d+(?:,\d{{1,2}}(?!\d))?|{LETTERS}"  # 1,5 is 1.5
)
DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](?:20)?(\d\d)")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
GROUPS = re.compile(r"[.\u00a0\u202f\u2009 ]")
MARKS = str.maketrans("«»„“”‟‹›", "““““““““")
JOINTS = ("'", "’")  # "l'armée"
JOINED = "\u00a0"  # between the words of a compound
SPACES = " \u00a0"
APART = 9  # words from the first part of a phrase to its second
NAMED = frozenset(("person", "group", "un", "agency", "media", "mechanism"))  # actors who have no other name
CYRILLIC = re.compile("[\u0400-\u04ff]")
END = re.compile(r"[.!?;:\n]")


class Piece(NamedTuple):
    """Some words, the English for them, their part of speech, and what stands before them."""

    english: str
    part: str
    start: int
    end: int
    gap: str

    @property
    def follows(self) -> bool:
        """Whether nothing but a space stands before it."""
        return self.gap.strip(" \u00a0-") == ""


Pieces = list[Piece]
COUNTED = ("noun", "name")
VOICES = (*COUNTED, "adjective", "person")
QUALIFIERS = ("at least", "more than", "nearly", "about", "up to", "another", "a")
PREPOSITIONS = word_set("in on at near from of by with between after before for to during since")
NEAR = 4  # words between a number and whom it counts


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


def pieces(text: str, span: Span, glossary: Glossary, mentions: Sequence[Mention]) -> list[Piece]:
    """The pieces of a part of a text, in order; what English leaves out is left out."""
    words = [_Word(folded(m[0]), m.start(), m.end()) for m in TOKEN.finditer(text, span.start, span.end)]
    spelled = [word.folded for word in words]
    names = {m.start: m for m in mentions if m.kind in NAMED or m.is_place}
    found: list[Piece] = []
    seconds: dict[int, tuple[str, str]] = {}  # the words of phrases' second parts
    at, end, held = 0, span.start, ""
    while at < len(words):
        first = words[at]
        last, english, part = at + 1, text[first.start : first.end], ""
        if at in seconds:
            english, part = seconds[at]
        elif english[0].isdecimal():
            english, part = _number(english)
        else:
            entry, last = _longest(glossary, spelled, words, at, text)
            name = names.get(first.start)
            if name and (entry is None or name.end >= words[last - 1].end + (name.kind != "person")):
                last = next((k for k in range(at, len(words)) if words[k].start >= name.end), len(words))
                english, part = name.name, "person" if name.kind == "person" else "name"
            elif entry:
                english, part = entry.english, entry.part
                seconds |= _rest(entry, spelled, words, last, text)
            elif CYRILLIC.match(english):
                english = latin(english)
        gap = held + _gap(text, end, first.start, part, found)
        if english[:1] == ",":  # "Das teilte die Polizei mit": of what stood before
            gap, english = ", " if found else "", english[1:].lstrip()
        if english:
            found.append(Piece(english, part, first.start, words[last - 1].end, gap.translate(MARKS)))
        held = "" if english or gap.strip(SPACES) in ("", "-") else gap.rstrip(SPACES)
        at, end = last, words[last - 1].end
    return found


def _gap(text: str, start: int, end: int, part: str, found: Sequence[Piece]) -> str:
    """What stands between two words, where it tells anything in English.

    The dot before a small letter is an abbreviation's, that before a month a day's; the hyphen of "Taliban-Kämpfer"
    only joins.
    """
    gap = text[start:end]
    number = bool(found) and found[-1].part == "number"
    if gap.strip() == "." and (text[end].islower() or (number and part == "month")):
        return " "
    if gap == "-" and part != "ending" and not number:
        return JOINED
    return " " if gap in JOINTS else gap


def _number(word: str) -> tuple[str, str]:
    """Digits as English writes them, and whether they are a number or a date."""
    if match := DATE.fullmatch(word):
        month = int(match[2])
        return (f"{MONTHS[month - 1]} {match[1]}, 20{match[3]}", "day") if 1 <= month <= 12 else ("", "")
    if "," in word:
        return word.replace(",", "."), "number"
    return GROUPS.sub(",", word), "number"


def _longest(
    glossary: Glossary, spelled: Sequence[str], words: Sequence[_Word], at: int, text: str
) -> tuple[Entry | None, int]:
    """The longest phrase that begins at a word, of one clause, with all its parts."""
    for last, entries in reversed(glossary.phrases.ends(spelled, at)):
        between = (text[words[k - 1].end : words[k].start] for k in range(at + 1, last))
        if all(gap.strip(" \u00a0-'’") == "" for gap in between):
            whole = [e for e in entries if not e.rest or _rest(e, spelled, words, last, text)]
            if whole:
                return max(whole, key=lambda entry: (len(entry.rest), entry.size)), last
    return None, at + 1


def _rest(
    entry: Entry, spelled: Sequence[str], words: Sequence[_Word], first: int, text: str
) -> dict[int, tuple[str, str]]:
    """The words of a phrase's second part, in the same sentence, each with what English says for it."""
    size = len(entry.rest)
    for at in range(first, min(len(words) - size + 1, first + APART)):
        if at > first and END.search(text, words[at - 1].end, words[at].start):
            break
        if all(
            spelled[at + k].startswith(w) if stem else spelled[at + k] == w
            for k, (w, stem) in enumerate(entry.rest)
        ):
            return {k: (entry.last if k == at else "", entry.part) for k in range(at, at + size)}
    return {}


def sentences_of(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces by sentence, or by what a semicolon or colon parts."""
    sentence: list[Piece] = []
    for piece in found:
        if sentence and END.search(piece.gap):
            yield sentence
            sentence = []
        sentence.append(piece)
    if sentence:
        yield sentence
