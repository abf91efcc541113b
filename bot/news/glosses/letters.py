"""Cyrillic names in the letters of those who read English."""

from __future__ import annotations

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "i", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ё": "yo", "і": "i", "ї": "yi",
    "є": "ye", "ґ": "g",
}  # fmt: skip
PAIRS = (("дж", "j"), ("ый", "y"), ("ий", "y"))


def latin(word: str) -> str:
    """A word in Latin letters, its capital kept.

    >>> latin("Хаджи"), latin("Ахмад"), latin("Khan")
    ('Khaji', 'Akhmad', 'Khan')
    """
    if word.isascii():
        return word
    low = word.lower()
    for pair, letters in PAIRS:
        low = low.replace(pair, letters)
    out = "".join(LATIN.get(letter, letter) for letter in low)
    return out.capitalize() if word[:1].isupper() else out
