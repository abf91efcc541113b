"""Who says and who denies a figure in the feeds' other languages.

Where a speaker stands is grammar: before a colon or behind the last one, before "according to" where that is a
postposition, behind it where it is not, at the head of the clause that a word of saying ends, or behind a
word of saying that begins it. What stands elsewhere is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from bot.news.figures.languages.events import HAPPENINGS
from bot.news.figures.languages.line import Line
from bot.news.figures.languages.numbers import Number
from bot.news.figures.languages.voices import STATE, Ground, OtherClaim, Voice, voices_of
from bot.news.model import UNATTRIBUTED, Measure
from bot.news.text.words import word_set

LONGEST_VOICE = 8  # words of a voice before a colon, titles and all
APART = 2  # words between a voice and the word that makes it one
BEHIND = 4  # words between "according to" and whom it names, titles and all
FAR = 9  # words between a speaker and a word of saying, in languages of which no more is known
TAILS = frozenset(":؛–—-|")  # before a voice that ends a headline
SAYINGS = word_set("how.say how.say_first")
SPOKEN = SAYINGS | {"how.according", "how.according_to"}
COUNTS = word_set("how.reaches how.counts")  # "RAISED the Taliban the toll": Arabic begins with its verb
OBJECT = 5  # words in which the object of a count begins: "OF THE KILLED THE NUMBER"
VIOLENCE = word_set("how.strike how.fighting killed.words wounded.words")
UNREAL = word_set("how.deny how.unreal")  # "they reject", "they will answer every strike"
FILLERS = word_set("how.agent how.after_name")  # what may stand between a voice and its word
CLAIMED = word_set("how.say how.claim how.after_name")  # "… claims", behind a voice that ends a headline
ENDED = HAPPENINGS | {"how.ended"}  # what a sentence ends with before ", ISPR"

Heard = list[OtherClaim]  # who spoke last, for "he said": at most one


class Speech:
    """Who speaks in one sentence; `heard` holds who spoke before, and is told who speaks now.

    `implied` is who tells what nobody in the sentence says.
    """

    def __init__(self, line: Line, heard: Heard, ground: Ground) -> None:
        self.line, self.words, self.lists, self.ground = line, line.words, line.lists, ground
        self.heard, self.memory, self.implied = list(heard), heard, OtherClaim()
        self.told = line.near(0, len(line.lists))  # the lists of all its words
        self.says = [k for k, found in enumerate(line.lists) if not found.isdisjoint(SAYINGS)]

    @property
    def speaks(self) -> bool:
        """Whether a sentence tells, or tries to, who says what it says."""
        return bool(self.words) and (self._is_spoken or self._last_claim().name != UNATTRIBUTED)

    @property
    def _is_spoken(self) -> bool:
        return not self.told.isdisjoint(SPOKEN)

    @property
    def tells_violence(self) -> bool:
        """Whether one voice alone tells of violence that happened, with or without its toll."""
        happened = self.told.isdisjoint(UNREAL) and not self.told.isdisjoint(VIOLENCE)
        return happened and len(self._tellers()) == 1

    def claim(self, number: Number, measure: Measure, seen: bool = False) -> OtherClaim:
        """The claim that a number is part of; `seen`: how long a gate was shut anybody can see, whoever implies it."""
        if "how.deny" in self.told:
            return self._denied()
        found = self._claim(number.first, number.last)
        if found.name == UNATTRIBUTED and measure == "captured":
            found = next((v.claim for v in self.voices if v.office and self._operates(v)), found)
        return self.implied if found.name == UNATTRIBUTED and not seen else found

    def opens(self) -> OtherClaim:
        """Who speaks in this sentence, whatever of; who only claims an attack tells no toll."""
        if "how.responsibility" in self.told:
            return OtherClaim()
        last = len(self.words)
        first = next((said for k in self.says if (said := self._subject(k, last))), None)
        return self._by_colon(last) or self._according(last) or first or OtherClaim()

    def _tellers(self) -> set[str]:
        """Everybody who says anything in a sentence."""
        last = len(self.words)
        said = [self._by_colon(last), self._by_tail(), self._according(last)]
        said += [self._subject(k, last) for k in self.says]
        return {one.name for one in said if one and one.name != UNATTRIBUTED}

    def end(self) -> None:
        """Remember who spoke."""
        said = self._last_claim()
        if self.words and said.name != UNATTRIBUTED:
            self.memory[:] = [said]

    def _last_claim(self) -> OtherClaim:
        """What a sentence lets somebody say, behind all that it tells."""
        return self._claim(len(self.words), len(self.words))

    def _claim(self, first: int, last: int) -> OtherClaim:
        found = self._by_colon(first) or self._by_tail()
        if found is None and self._is_background(first):
            return OtherClaim()
        if found is None and self._is_spoken:
            found = self._according(first) or self._said(first, last)
        return found or self._counted_by() or OtherClaim()

    def _is_background(self, number: int) -> bool:
        """ "They agreed, says the statement, AFTER fights that killed nine": the only number, in what went before."""
        for at in range(number - 1, 0, -1):
            if any(n.first <= at < n.last for n in self.line.numbers) or "how.that_first" in self.lists[at]:
                return False
            if self.line.pauses(at - 1):
                told = any(n.last <= at for n in self.line.numbers)
                return "how.after_clause" in self.lists[at] and not told
        return False

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        return voices_of(self.line, self.ground)

    # ------------------------------------------------------------------ where a voice stands

    def _by_colon(self, number: int) -> OtherClaim | None:
        """ "Police: five dead": a voice that ends at the first colon, with nothing but its titles before it."""
        for voice in self.voices:
            if voice.last < min(number, LONGEST_VOICE) and not voice.land and ":" in self._after(voice.last):
                return voice.claim
        return None

    def _by_tail(self) -> OtherClaim | None:
        """ "Five dead: police", "five dead; UNAMA", "five dead, police claim": a voice that ends the sentence."""
        for voice in self.voices:
            if voice.first == 0:
                continue
            mark = self.line.between(voice.first - 1, voice.first)
            rest = self.lists[voice.last + 1 :]
            ended = voice.rank == 2 or not self.lists[voice.first - 1].isdisjoint(ENDED)
            paused = not {"،", ","}.isdisjoint(mark) and not voice.land and (bool(rest) or ended)
            tail = paused or not TAILS.isdisjoint(mark.strip())
            if tail and not any(found.isdisjoint(CLAIMED) for found in rest):
                return voice.claim
        return None

    def _according(self, number: int) -> OtherClaim | None:
        """ "According to": of several the nearest to the number."""
        found: list[tuple[int, int, OtherClaim]] = []
        for at, lists in enumerate(self.lists):
            near: list[Voice] = []
            if "how.according" in lists:
                near = [v for v in self.voices if self._adjoins(v, at)]
                spoken = range(max(0, at - APART), at)
            elif "how.according_to" in lists:
                near = [v for v in self.voices if 0 < v.first - at <= BEHIND]
                spoken = range(at + 1, min(len(self.lists), at + BEHIND))
            else:
                continue
            said = min(near, key=_rank).claim if near else self._pointed(spoken)
            if said is not None:
                found.append((at > number, abs(at - number), said))
        return min(found, key=lambda one: one[:2])[2] if found else None

    def _said(self, first: int, last: int) -> OtherClaim | None:
        """The subject of the nearest word of saying before the number, else of the last one behind it."""
        if not self.says:
            return None
        before = [k for k in self.says if k < first]
        for at in (*reversed(before[-2:]), *reversed([k for k in self.says if k >= last])):
            said = self._subject(at, first) if at < first else self._of_final(at, first)
            if said is not None:
                return said
        return None

    def _counted_by(self) -> OtherClaim | None:
        """ "THE TALIBAN the number of the dead nine have called": the subject of a count, whatever the verb is."""
        if "how.toll" not in self.told:
            return None
        counts = (v for v in self.voices if v.last + 1 < len(self.words) and not self.line.pauses(v.last))
        return next((v.claim for v in counts if self._counts_dead(v)), None)

    def _counts_dead(self, voice: Voice) -> bool:
        """Whether a voice that acts or stands first, or second in Arabic, has "the number of the dead" for its object."""
        behind = self.lists[voice.last + 1]
        acts = "how.agent" in behind
        first = voice.first == 0 or (voice.first == 1 and not self.lists[0].isdisjoint(COUNTS))
        if not (acts or first) or ("how.after_name" in behind and not acts):
            return False
        object_at = voice.last + 1 + acts
        return "how.toll" in self.line.near(object_at, object_at + OBJECT)

    def _subject(self, at: int, number: int) -> OtherClaim | None:
        """Who says what follows: before the word of saying in its clause, or behind the verb that begins one."""
        start = next((k + 1 for k in range(at - 1, -1, -1) if "how.that" in self.lists[k]), 0)
        if "how.say_first" in self.lists[at]:
            stop = next((k for k in range(at + 1, number) if "how.that_first" in self.lists[k]), number)
            near = [v for v in self.voices if v.last == at - 1]
            near = near or [v for v in self.voices if at < v.first < min(stop, at + FAR)]
            if near:
                return min(near, key=_rank).claim
            return self.heard[0] if self.heard and stop - at <= APART else None
        before = [v for v in self.voices if start <= v.first and v.last < at]
        acting = [v for v in before if self._is_agent(v) or (v.last + 1 < at and self._adjoins(v, at))]
        near = acting or [v for v in before if v.rank < STATE or v.first <= start + 1]
        if near:
            return self._by_name(min(near, key=_rank))
        heads = (*range(start, min(start + APART, at)), *range(max(start, at - APART), at))
        return self._pointed(heads, start)

    def _of_final(self, at: int, number: int) -> OtherClaim | None:
        """Who says what stands before: marked as who acts, beside the word, first of all, or "X, OF the death … told"."""
        near = [v for v in self.voices if v.last < at and self._tells_before(v, at, number)]
        if "how.say_first" in self.lists[at]:
            near += [v for v in self.voices if 0 < v.first - at <= APART]
        return min(near, key=_rank).claim if near else self._pointed(range(max(0, at - APART), at))

    def _tells_before(self, voice: Voice, at: int, number: int) -> bool:
        tells_of = voice.last < number and "how.told_of" in self.line.at(voice.last + 1)
        return self._is_agent(voice) or self._adjoins(voice, at) or voice.first == 0 < number or tells_of

    def _is_agent(self, voice: Voice) -> bool:
        return "how.agent" in self.line.at(voice.last + 1)

    def _operates(self, voice: Voice) -> bool:
        """ "The CTD arrested", "in an operation of the CTD": who holds people tells of it."""
        behind = voice.last + 1
        return self._is_agent(voice) or "how.operation" in self.line.near(behind, behind + APART)

    def _adjoins(self, voice: Voice, at: int) -> bool:
        """Whether nothing but "of" or the mark of who acts stands between a voice and a word."""
        between = self.lists[voice.last + 1 : at]
        return voice.last < at and len(between) < APART and all(not FILLERS.isdisjoint(f) for f in between)

    def _by_name(self, voice: Voice) -> OtherClaim:
        """ "A spokesman said", "the Taliban's spokesman said" where one of them was named is the one named before."""
        if not self.heard:
            return voice.claim
        named = voice.bare and self.heard[0].person and self.heard[0].side == voice.side
        bare = voice.name == "spokesman" and voice.first == 0
        return self.heard[0] if named or bare else voice.claim

    def _pointed(self, near: Iterable[int], start: int = -1) -> OtherClaim | None:
        """ "He said", "this body says", at the head of a clause "the ministry says": whoever spoke before."""
        pronoun = any("how.pronoun" in self.lists[k] for k in near)
        return self.heard[0] if self.heard and (pronoun or "how.body" in self.line.at(start)) else None

    def _after(self, at: int) -> str:
        return self.line.between(at, at + 1) if at + 1 < len(self.words) else ""

    # ------------------------------------------------------------------ denials

    def _denied(self) -> OtherClaim:
        """ "Pakistan rejected the Taliban's claim of 58": whose claim, only where it is called one."""
        named = [v for v in self.voices if v.rank != 2]
        denier = named[0].claim if named else None
        if denier is None and any(v.name == "spokesman" for v in self.voices):
            denier = self.heard[0] if self.heard else None
        if denier is None:
            return OtherClaim()
        claimed = "how.claim" in self.told
        others = [v.claim for v in named[1:] if v.side != denier.side] if claimed else []
        if claimed and not others:
            nations = self.ground.nations
            others = [  # "the AFGHAN claim"
                OtherClaim(nations[m.side].government, self.line.text[m.start : m.end], m.side)
                for m in self.line.names
                if m.kind == "demonym" and m.side in nations and m.side != denier.side
                and "how.claim" in self.line.near(at := self.line.word_at(m.start), at + APART + 1)
            ]  # fmt: skip
        claim = others[0] if len(others) == 1 else OtherClaim()
        return claim._replace(denied_by=denier.name, denied_side=denier.side)


def _rank(voice: Voice) -> tuple[int, int]:
    return voice.rank, voice.first
