"""Surnames that are also something else: a lone one that may be another man's, one that is a place by itself."""

from __future__ import annotations

from bot.news.text.around import Around
from bot.news.text.words import Token, word_set

HONOURS = word_set(
    "minister mullah mawlawi general marshal prime islamic spokesman the says said president governor leader emir amir"
)
NAMED = word_set("spokesman spokesperson spokeswoman mr mullah mawlawi maulvi maulana haji qari")
POSTED = word_set("police region division range administration")  # "spokesman Bannu police"
SHORT = 3  # letters of a word that is no first name: "But Dar", "Mr Dar"


def is_lone(text: str, words: tuple[Token, ...], at: int, end: int) -> bool:
    """A surname by itself, or after a title: "Nawaz Sharif" is another man, "Emirate of Fujairah" another state."""
    if at and text[words[at - 1].end : words[at].start] == " ":
        before = text[words[at - 1].start : words[at - 1].end]
        if before[0].isupper() and len(before) > SHORT and words[at - 1].word not in HONOURS:
            return False
    if end == len(words) or text[words[end - 1].end : words[end].start] != " ":
        return True
    return words[end].word != "of" and not text[words[end].start].isupper()


def is_surname(text: str, words: tuple[Token, ...], at: int, end: int, around: Around) -> bool:
    """ "Spokesman Tani said", "spokesman Abdullah Tani": a man who is called by where his fathers lived."""
    if end < len(words) and (words[end].word in POSTED or words[end].word in around.behind):
        return False
    if not at or text[words[at - 1].end : words[at].start] not in (" ", ". "):
        return False
    if words[at - 1].word in NAMED:
        return True
    first = text[words[at - 1].start : words[at - 1].end]
    apart = at < 2 or text[words[at - 2].end : words[at - 1].start] != " "
    return not apart and first[0].isupper() and words[at - 2].word in NAMED
