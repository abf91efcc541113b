"""Who says and who denies a figure in the feeds' other languages: a name by a word of saying, or before a colon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention, Token

FAR = 9  # words between a speaker and a word of saying
COUNTED = 3  # words after a number that may name the counted: "12 khawarij" are no speakers


class OtherClaim(NamedTuple):
    """The claimant, the words that name it, and who denies it."""

    name: str = UNATTRIBUTED
    words: str = ""
    denied_by: str | None = None


class _Voice(NamedTuple):
    name: str
    words: str
    at: int  # word
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
    voices = _voices(text, words, lists, names, number)
    if any("how.deny" in found for found in lists):
        return _denied(voices, lists)
    before = next((v for v in voices if v.kind != "state" and _colon_follows(text, words, v)), None)
    if before and before.at < number[0]:
        return OtherClaim(before.name, before.words)
    says = [k for k, found in enumerate(lists) if "how.say" in found]
    near = [(v.rank, min(abs(v.at - k) for k in says), v) for v in voices] if says else []
    near = [one for one in near if one[1] <= FAR]
    if not near:
        return OtherClaim()
    best = min(near, key=lambda one: one[:2])[2]
    return OtherClaim(best.name, best.words)


def _voices(
    text: str,
    words: Sequence[Token],
    lists: Sequence[set[str]],
    names: Sequence[Mention],
    number: tuple[int, int],
) -> list[_Voice]:
    """Everybody in a sentence who can speak, in order; never the people counted."""
    low = words[number[0]].start
    high = words[min(len(words), number[1] + COUNTED) - 1].end
    voices = []
    for name in names:
        if name.is_actor and not low <= name.start < high:
            at = next(k for k, word in enumerate(words) if word.end > name.start)
            rank = 0 if name.kind == "person" else 1
            voices.append(_Voice(name.name, text[name.start : name.end], at, name.side, rank, name.kind))
    for at, found in enumerate(lists):
        if "how.speaker" in found and not number[0] <= at < number[1] + COUNTED:
            said = text[words[at].start : words[at].end]
            voices.append(_Voice(said, said, at, "", 2))
    return sorted(voices, key=lambda voice: voice.at)


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
