"""Who says and who denies a figure in the feeds' other languages: a name by a word of saying, or before a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention, Token

FAR = 9  # words between a speaker and a word of saying
COUNTED = 3  # words after a number that may name the counted: "12 khawarij" are no speakers
SPEAKER = "speaker."
LONGEST_NAME = 4  # words of a person's name
PAUSES = frozenset(",،؛:.")
ENDS = frozenset(("how.agent", "how.after_name", "how.say"))  # what a name of a speaker ends before


class OtherClaim(NamedTuple):
    """The claimant, the words that name it, and who denies it."""

    name: str = UNATTRIBUTED
    words: str = ""
    denied_by: str | None = None


class _Voice(NamedTuple):
    name: str
    words: str
    at: int  # word
    last: int  # word
    side: str
    rank: int  # persons before bodies before the unnamed
    kind: str = ""


def claim_of(
    text: str,
    words: Sequence[Token],
    lists: Sequence[set[str]],
    names: Sequence[Mention],
    number: tuple[int, int],
) -> OtherClaim:
    """The claim that a number (its first word and the one after its last) is part of."""
    voices = sorted(_voices(text, words, lists, names, number), key=lambda voice: voice.at)
    if any("how.deny" in found for found in lists):
        return _denied(voices, lists)
    before = next((v for v in voices if v.kind != "state" and _colon_follows(text, words, v)), None)
    if before and before.at < number[0]:
        return OtherClaim(before.name, before.words)
    says = [k for k, found in enumerate(lists) if "how.say" in found]
    near = [(_distance(lists, voice, says), voice) for voice in voices] if says else []
    near = [one for one in near if one[0] <= FAR]
    if not near:
        return OtherClaim()
    best = min(near, key=lambda one: (_rank(*one), one[0]))[1]
    return OtherClaim(best.name, best.words)


def _rank(distance: int, voice: _Voice) -> int:
    """Right beside the word of saying the unnamed count as much as the named."""
    return min(voice.rank, 1) if distance <= 1 else voice.rank


def _distance(lists: Sequence[set[str]], voice: _Voice, says: Sequence[int]) -> int:
    """How far from a voice somebody says something; where a language marks who acts, that one does."""
    after = lists[voice.last + 1] if voice.last + 1 < len(lists) else set()
    return 0 if "how.agent" in after else min(abs(voice.at - k) for k in says)


def _voices(
    text: str,
    words: Sequence[Token],
    lists: Sequence[set[str]],
    names: Sequence[Mention],
    number: tuple[int, int],
) -> Iterator[_Voice]:
    """Everybody in a sentence who can speak; never the people counted."""
    low = words[number[0]].start
    high = words[min(len(words), number[1] + COUNTED) - 1].end
    for name in names:
        if name.is_actor and not low <= name.start < high:
            inside = [k for k, word in enumerate(words) if word.end > name.start and word.start < name.end]
            rank = 0 if name.kind == "person" else 1
            said = text[name.start : name.end]
            yield _Voice(name.name, said, inside[0], inside[-1], name.side, rank, name.kind)
    for at, found in enumerate(lists):
        if number[0] <= at < number[1] + COUNTED:
            continue
        if "how.title" in found and (person := _person(text, words, lists, names, at)):
            yield person
        if at and any(name.startswith(SPEAKER) and " " in name for name in lists[at - 1]):
            continue  # "officials" of "local officials"
        called = sorted((name[len(SPEAKER) :] for name in found if name.startswith(SPEAKER)), key=len)
        if called:  # the longest is the most telling: "local officials"
            said = text[words[at].start : words[at].end]
            yield _Voice(called[-1], said, at, at, "", 2)


def _person(
    text: str, words: Sequence[Token], lists: Sequence[set[str]], names: Sequence[Mention], title: int
) -> _Voice | None:
    """ "ترجمان نعمان خان نے بتایا": the name between a title and what its bearer does.

    A title may have words of its own before a comma: "سخنگوی والی کنر، نجیب‌الله حنفی، گفت".
    """
    for first in (title + 1, _after_pause(text, words, title)):
        last = first - 1
        while last + 1 < len(words) and _of_name(words[last + 1], lists[last + 1], names):
            last += 1
            if not PAUSES.isdisjoint(text[words[last].end : _start(text, words, last + 1)]):
                break
        ends = last + 1 < len(words) and not lists[last + 1].isdisjoint(ENDS)
        if ends and 2 <= last + 1 - first <= LONGEST_NAME:
            said = text[words[first].start : words[last].end]
            return _Voice(said, said, first, last, "", 0, "person")
    return None


def _start(text: str, words: Sequence[Token], at: int) -> int:
    return words[at].start if at < len(words) else len(text)


def _after_pause(text: str, words: Sequence[Token], at: int) -> int:
    """The first word after the next comma, at most some words on; the end where there is none."""
    near = range(at, min(len(words) - 1, at + LONGEST_NAME))
    pauses = (k for k in near if not PAUSES.isdisjoint(text[words[k].end : words[k + 1].start]))
    return next(pauses, len(words)) + 1


def _of_name(word: Token, lists: set[str], names: Sequence[Mention]) -> bool:
    return not lists and not any(m.start < word.end and word.start < m.end for m in names)


def _denied(voices: Sequence[_Voice], lists: Sequence[set[str]]) -> OtherClaim:
    """ "Pakistan rejected the Taliban's claim of 58": whose claim, only where it is called one."""
    named = [v for v in voices if v.rank < 2]
    if not named:
        return OtherClaim()
    denier, others = named[0], [v for v in named[1:] if v.side != named[0].side]
    if len(others) == 1 and any("how.claim" in found for found in lists):
        return OtherClaim(others[0].name, others[0].words, denier.name)
    return OtherClaim(denied_by=denier.name)


def _colon_follows(text: str, words: Sequence[Token], voice: _Voice) -> bool:
    end = words[voice.at].start + len(voice.words)
    return text[end : end + 2].lstrip()[:1] in (":", "：")
