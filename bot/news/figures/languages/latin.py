"""Persons whom the lexicon does not know, in the letters of its readers: "فريدون صميم" is Fereydoun Samim.

Known names are spelled as English papers do. Of others the letters are written out; Arabic script tells no short
vowels, so that "a" stands between consonants.
"""

from __future__ import annotations

from collections.abc import Sequence

GIVEN = "given."  # lists of known names
ARTICLE = "ال"
SERVANT = "عبدال"
TAILS = {
    "الله": "ullah", "اللہ": "ullah", "الدین": "uddin", "الدين": "uddin", "الرحمن": "ur Rahman", "الرحمان": "ur Rahman", "الحق": "ul Haq",
}  # fmt: skip
LETTERS = {
    "ا": "a", "آ": "a", "أ": "a", "إ": "i", "ء": "", "ئ": "i", "ؤ": "o", "ب": "b", "پ": "p", "ت": "t", "ټ": "t", "ٹ": "t",
    "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ډ": "d", "ڈ": "d", "ذ": "z", "ر": "r", "ړ": "r", "ڑ": "r",
    "ز": "z", "ژ": "zh", "ږ": "g", "س": "s", "ش": "sh", "ښ": "kh", "ص": "s", "ض": "z", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "ك": "k", "ګ": "g", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ڼ": "n", "ں": "n",
    "ه": "h", "ہ": "h", "ھ": "h", "ة": "a", "ۀ": "a", "ځ": "z", "څ": "s", "ې": "e", "ے": "e", "ۍ": "ai", "ى": "a",
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "च": "ch", "छ": "chh", "ज": "j", "झ": "jh", "ट": "t", "ठ": "th", "ड": "d",
    "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "f", "ब": "b", "भ": "bh",
    "म": "m", "य": "y", "र": "r", "ल": "l", "व": "w", "श": "sh", "ष": "sh", "स": "s", "ह": "h", "अ": "a", "आ": "a",
    "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au", "ा": "a", "ि": "i", "ी": "i",
    "ु": "u", "ू": "u", "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ं": "n", "ँ": "n",
}  # fmt: skip
FULL = {"و": ("w", "o"), "ی": ("y", "i"), "ي": ("y", "i")}  # as a consonant, as a vowel
DEVANAGARI = "\u0900"  # writes every vowel but "a"
VIRAMA = "्"
VOWELS = frozenset("aeiou")


def latin(words: Sequence[str], lists: Sequence[set[str]]) -> str:
    """A name of several words; `lists`: what each is listed as."""
    parts: list[str] = []
    for word, found in zip(words, lists, strict=True):
        known = next((name[len(GIVEN) :] for name in sorted(found) if name.startswith(GIVEN)), "")
        if parts and known[:1].islower():
            parts[-1] += known  # "Najib" and "ullah", "Zia" and "ur Rahman"
        elif word.isascii():
            parts.append(word)  # a place, by its name
        else:
            parts.append(known[:1].upper() + known[1:] or _written(word))
    return " ".join(parts)


def _written(word: str) -> str:
    if word.startswith(SERVANT):
        return f"Abdul {_written(word[len(SERVANT) :])}"
    for tail, spelled in TAILS.items():
        if word.endswith(tail) and word != tail:
            return f"{_letters(word.removesuffix(tail)).capitalize()}{spelled}"
    return _letters(word.removeprefix(ARTICLE) if len(word) > len(ARTICLE) + 2 else word).capitalize()


def _letters(word: str) -> str:
    """The letters, with a vowel between two consonants that none is written before.

    >>> [_letters(word) for word in ("صميم", "خان", "احرار", "रमन")]
    ['samim', 'khan', 'ahrar', 'raman']
    """
    out, bare = "", False  # bare: the last letter is a consonant that wants a vowel
    for at, letter in enumerate(word):
        if letter == VIRAMA:
            bare = False
            continue
        vowel_before = out[-1:] in VOWELS
        if letter in FULL:
            glides = at == 0 or word[at + 1 : at + 2] in ("ا", "آ") or (vowel_before and at + 1 < len(word))
            sound = FULL[letter][0 if glides else 1]
        else:
            sound = LETTERS.get(letter, "")
        if not sound:
            continue
        if sound[0] in VOWELS:
            out += "" if out[-1:] == sound else sound
            bare = False
        else:
            out += f"a{sound}" if bare else sound
            bare = len(out) == len(sound) or out[-len(sound) - 1] not in VOWELS or letter >= DEVANAGARI
    return out
