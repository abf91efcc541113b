"""Who says and who denies a figure in the feeds' other languages.

Where a speaker stands is grammar: before a colon or behind the last one, before "according to" where that is a
postposition, behind it where it is not, at the head of the clause that a word of saying ends, or behind a
word of saying that begins it. What stands elsewhere is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention, Token

COUNTED = 3  # words after a number that may name the counted: "12 khawarij" are no speakers
SPEAKER = "speaker."
LONGEST_NAME = 4  # words of a person's name
LONGEST_VOICE = 8  # words of a voice before a colon, titles and all
APART = 2  # words between a voice and the word that makes it one
BEHIND = 4  # words between "according to" and whom it names, titles and all
FAR = 9  # words between a speaker and a word of saying, in languages of which no more is known
PAUSES = frozenset(",،؛:.")
TAILS = frozenset(":؛–—-|")  # before a voice that ends a headline
ENDS = frozenset(("how.agent", "how.after_name", "how.say", "how.say_first", "how.according"))  # a name ends
SPOKEN = frozenset(("how.say", "how.say_first", "how.according", "how.according_to"))
FILLERS = frozenset(("how.agent", "how.after_name"))  # what may stand between a voice and its word
CLAIMED = frozenset(
    ("how.say", "how.claim", "how.after_name")
)  # "… claims", behind a voice that ends a headline
SPEAK_FOR = frozenset(("spokesman", "officials", "local officials", "sources", "security sources"))
STATE = 3  # rank of a country's name: a speaker only where grammar says so


class OtherClaim(NamedTuple):
    """The claimant, the words that name it, and who denies it."""

    name: str = UNATTRIBUTED
    words: str = ""
    denied_by: str | None = None


class _Voice(NamedTuple):
    name: str
    words: str
    first: int  # word
    last: int  # word
    side: str
    rank: int  # persons before bodies before the unnamed before countries
    land: bool = False  # a name that is a country's or a capital's as well

    @property
    def claim(self) -> OtherClaim:
        return OtherClaim(self.name, self.words)


Heard = list[OtherClaim]  # who spoke last, for "he said": at most one


class Speech:
    """Who speaks in one sentence; `heard` holds who spoke before, and is told who speaks now."""

    def __init__(
        self,
        text: str,
        words: Sequence[Token],
        lists: Sequence[set[str]],
        names: Sequence[Mention],
        titles: Mapping[int, int],
        heard: Heard,
    ) -> None:
        self.text, self.words, self.lists, self.names, self.heard = text, words, lists, names, heard
        self.titles = titles  # the first word of each title and the one behind it
        self.says = any(not found.isdisjoint(SPOKEN) for found in lists)

    def claim(self, first: int, last: int) -> OtherClaim:
        """The claim that a number (its first word and the one after its last) is part of."""
        counted = next(
            (k for k in range(last, min(last + COUNTED, len(self.words))) if self._pauses(k - 1)),
            last + COUNTED,
        )
        voices = [v for v in self.voices if not first <= v.first < counted]
        if any("how.deny" in found for found in self.lists):
            return _denied(voices, self.lists)
        found = self._by_colon(voices, first) or self._by_tail(voices)
        if found is None and self.says:
            found = self._according(voices, first) or self._said(voices, first, last)
        return found or OtherClaim()

    def end(self) -> None:
        """Remember who spoke."""
        if self.words and (self.says or ":" in self.text[self.words[0].start : self.words[-1].end]):
            said = self.claim(len(self.words), len(self.words))
            if said.name != UNATTRIBUTED:
                self.heard[:] = [said]

    # ------------------------------------------------------------------ where a voice stands

    def _by_colon(self, voices: Sequence[_Voice], number: int) -> OtherClaim | None:
        """ "Police: five dead": a voice that ends at the first colon, with nothing but its titles before it."""
        for voice in voices:
            if voice.last < min(number, LONGEST_VOICE) and not voice.land and ":" in self._after(voice.last):
                return voice.claim
        return None

    def _by_tail(self, voices: Sequence[_Voice]) -> OtherClaim | None:
        """ "Five dead: police", "five dead; UNAMA", "five dead, police claim": a voice that ends the sentence."""
        for voice in voices:
            if voice.first == 0:
                continue
            mark = self._between(voice.first - 1)
            rest = self.lists[voice.last + 1 :]
            paused = "،" in mark and not voice.land and bool(rest)
            if (paused or not TAILS.isdisjoint(mark.strip())) and all(
                not found.isdisjoint(CLAIMED) for found in rest
            ):
                return voice.claim
        return None

    def _according(self, voices: Sequence[_Voice], number: int) -> OtherClaim | None:
        """ "According to": of several the nearest to the number."""
        found: list[tuple[int, int, OtherClaim]] = []
        for at, lists in enumerate(self.lists):
            near: list[_Voice] = []
            if "how.according" in lists:
                near = [v for v in voices if self._adjoins(v, at)]
                spoken = range(max(0, at - APART), at)
            elif "how.according_to" in lists:
                near = [v for v in voices if 0 < v.first - at <= BEHIND]
                spoken = range(at + 1, min(len(self.lists), at + BEHIND))
            else:
                continue
            said = min(near, key=_rank).claim if near else self._pointed(spoken)
            if said is not None:
                found.append((at > number, abs(at - number), said))
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _said(self, voices: Sequence[_Voice], first: int, last: int) -> OtherClaim | None:
        """The subject of the nearest word of saying before the number, else of the last one behind it."""
        says = [k for k, found in enumerate(self.lists) if "how.say" in found or "how.say_first" in found]
        if not says:
            return None
        if not self._is_known(says[0]):
            return _nearest(voices, says)
        before = [k for k in says if k < first]
        for at in (*reversed(before[-2:]), *reversed([k for k in says if k >= last])):
            said = self._subject(voices, at, first) if at < first else self._of_final(voices, at, first)
            if said is not None:
                return said
        return None

    def _subject(self, voices: Sequence[_Voice], at: int, number: int) -> OtherClaim | None:
        """Who says what follows: before the word of saying in its clause, or behind the verb that begins one."""
        start = next((k + 1 for k in range(at - 1, -1, -1) if "how.that" in self.lists[k]), 0)
        if "how.say_first" in self.lists[at]:
            stop = next((k for k in range(at + 1, number) if "how.that_first" in self.lists[k]), number)
            near = [v for v in voices if v.last == at - 1]
            near = near or [v for v in voices if at < v.first < min(stop, at + FAR)]
            if near:
                return min(near, key=_rank).claim
            return self.heard[0] if self.heard and stop - at <= APART else None
        near = [
            v
            for v in voices
            if start <= v.first
            and v.last < at
            and (v.rank < STATE or self._acts(v, at) or v.first <= start + 1)
        ]
        if near:
            return min(near, key=_rank).claim
        return self._pointed((*range(start, min(start + APART, at)), *range(max(start, at - APART), at)))

    def _of_final(self, voices: Sequence[_Voice], at: int, number: int) -> OtherClaim | None:
        """Who says what stands before: marked as who acts, beside the word, or first of all."""
        near = [v for v in voices if v.last < at and (self._acts(v, at) or v.first == 0 < number)]
        if "how.say_first" in self.lists[at]:
            near += [v for v in voices if 0 < v.first - at <= APART]
        return min(near, key=_rank).claim if near else self._pointed(range(max(0, at - APART), at))

    def _acts(self, voice: _Voice, at: int) -> bool:
        """Whether a language marks a voice as who acts, or it stands right before the word."""
        after = self.lists[voice.last + 1] if voice.last + 1 < len(self.lists) else set()
        return "how.agent" in after or self._adjoins(voice, at)

    def _adjoins(self, voice: _Voice, at: int) -> bool:
        """Whether nothing but "of" or the mark of who acts stands between a voice and a word."""
        between = self.lists[voice.last + 1 : at]
        return voice.last < at and len(between) < APART and all(not FILLERS.isdisjoint(f) for f in between)

    def _pointed(self, near: Iterable[int]) -> OtherClaim | None:
        """ "He said", "this body says": whoever spoke before."""
        pronoun = any("how.pronoun" in self.lists[k] for k in near)
        return self.heard[0] if pronoun and self.heard else None

    def _is_known(self, at: int) -> bool:
        """Whether a word is of a language whose clauses are known: of those written in Arabic letters or Devanagari."""
        return "\u0600" <= self.text[self.words[at].start] <= "\u097f"

    def _between(self, at: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.words[at].end : self.words[at + 1].start]

    def _after(self, at: int) -> str:
        return self._between(at) if at + 1 < len(self.words) else ""

    # ------------------------------------------------------------------ the voices themselves

    @cached_property
    def voices(self) -> tuple[_Voice, ...]:
        """Everybody in a sentence who can speak, in order; an actor with the title before or behind its name."""
        found = sorted(self._voices(), key=lambda voice: (voice.first, voice.rank))
        kept: list[_Voice] = []
        for voice in found:
            before = kept[-1] if kept else None
            if before and (one := self._joint(before, voice)):
                kept[-1] = one
            else:
                kept.append(voice)
        return tuple(kept)

    def _joint(self, one: _Voice, two: _Voice) -> _Voice | None:
        """ "Spokesman of the ministry", "Taliban officials": one voice, by the name that it has."""
        between = self.lists[one.last + 1 : two.first]
        if len(between) > 1 or not all("how.after_name" in found for found in between):
            return None
        if {one.name, two.name} == {"spokesman", "governor"}:
            return one._replace(
                name=f"{self._beside(one.first, two.last)}governor's spokesman",
                words=self.text[self.words[one.first].start : self.words[two.last].end],
                last=two.last,
            )
        for actor, unnamed in ((one, two), (two, one)):
            if actor.rank in (1, STATE) and unnamed.rank == 2 and unnamed.name in SPEAK_FOR:
                return actor._replace(first=one.first, last=max(one.last, two.last), rank=1, land=False)
        return None

    def _beside(self, first: int, last: int) -> str:
        """Of what place, before or behind its title: "سخنگوی والی پکتیا", "د پکتیا والي ویاند"."""
        start = self.words[max(0, first - 1)].start
        end = self.words[min(len(self.words) - 1, last + 1)].end
        return next(
            (f"{m.name} " for m in self.names if m.is_place and start <= m.start and m.end <= end), ""
        )

    def _voices(self) -> Iterator[_Voice]:
        for name in self.names:
            inside = [
                k for k, word in enumerate(self.words) if word.end > name.start and word.start < name.end
            ]
            if name.is_actor and inside:
                rank = {"person": 0, "state": STATE}.get(name.kind, 1)
                said = self.text[name.start : name.end]
                land = rank == STATE and "how.land" in self.lists[inside[0]]
                yield _Voice(name.name, said, inside[0], inside[-1], name.side, rank, land)
        for at, found in enumerate(self.lists):
            if at in self.titles:
                yield from self._persons(at)
            if at and any(name.startswith(SPEAKER) and " " in name for name in self.lists[at - 1]):
                continue  # "officials" of "local officials"
            called = sorted((name[len(SPEAKER) :] for name in found if name.startswith(SPEAKER)), key=len)
            if called:  # the longest is the most telling: "local officials"
                said = self.text[self.words[at].start : self.words[at].end]
                yield _Voice(called[-1], said, at, at + called[-1].count(" "), "", 2)

    def _persons(self, title: int) -> Iterator[_Voice]:
        """ "ترجمان نعمان خان نے بتایا": the name between a title and what its bearer does.

        A title may have words of its own before a comma, "سخنگوی والی کنر، نجیب‌الله حنفی، گفت", and may stand behind
        the name: "نجیب‌الله حنفی، سخنگوی والی کنر، گفت".
        """
        for first in (self.titles[title], self._after_pause(title)):
            last = first - 1
            while last + 1 < len(self.words) and self._is_of_name(last + 1, first):
                last += 1
                if not PAUSES.isdisjoint(self._after(last)):
                    break
            ends = last + 1 < len(self.words) and not self.lists[last + 1].isdisjoint(ENDS)
            if ends and 2 <= last + 1 - first <= LONGEST_NAME:
                yield self._person(first, last)
                return
        if title and not PAUSES.isdisjoint(self._between(title - 1)):
            first = title
            while (
                first and self._is_of_name(first - 1, -1) and (first == title or not self._pauses(first - 1))
            ):
                first -= 1
            if 2 <= title - first <= LONGEST_NAME and (first == 0 or self._pauses(first - 1)):
                yield self._person(first, title - 1)

    def _person(self, first: int, last: int) -> _Voice:
        said = self.text[self.words[first].start : self.words[last].end]
        return _Voice(said, said, first, last, "", 0)

    def _pauses(self, at: int) -> bool:
        return not PAUSES.isdisjoint(self._between(at))

    def _after_pause(self, at: int) -> int:
        """The first word after the next comma, at most some words on; the end where there is none."""
        near = range(at, min(len(self.words) - 1, at + LONGEST_NAME))
        return next((k for k in near if self._pauses(k)), len(self.words)) + 1

    def _is_of_name(self, at: int, first: int) -> bool:
        """Whether a word may be part of a person's name; only its first cannot be a place's: "مستغفر ګربز"."""
        word = self.words[at]
        held = [m for m in self.names if m.start < word.end and word.start < m.end]
        return not self.lists[at] and (not held or (at != first and all(m.is_place for m in held)))


def _rank(voice: _Voice) -> tuple[int, int]:
    return voice.rank, voice.first


def _nearest(voices: Sequence[_Voice], says: Sequence[int]) -> OtherClaim | None:
    """The nearest voice to a word of saying, the named before the unnamed unless those stand right beside it."""
    near = [(min(abs(voice.first - k) for k in says), voice) for voice in voices]
    near = [one for one in near if one[0] <= FAR]
    if not near:
        return None
    return min(near, key=lambda one: (min(one[1].rank, 1) if one[0] <= 1 else one[1].rank, one[0]))[1].claim


def _denied(voices: Sequence[_Voice], lists: Sequence[set[str]]) -> OtherClaim:
    """ "Pakistan rejected the Taliban's claim of 58": whose claim, only where it is called one."""
    named = [v for v in voices if v.rank != 2]
    if not named:
        return OtherClaim()
    denier, others = named[0], [v for v in named[1:] if v.side != named[0].side]
    if len(others) == 1 and any("how.claim" in found for found in lists):
        return OtherClaim(others[0].name, others[0].words, denier.name)
    return OtherClaim(denied_by=denier.name)
