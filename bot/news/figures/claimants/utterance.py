"""One sentence while it is heard: its units, who can be named in it, and the acts of saying found so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.news.figures.claimants.sayings import ACCORDING, NOUN, POSTPOSED, VERB, Saying, Speaker
from bot.news.figures.claimants.speakers import Speakers
from bot.news.figures.sentence.units import Unit

MARKS = frozenset(("“", "”", '"'))
PERSONS, THINGS = frozenset(("he", "she")), frozenset(("it", "they"))
SPOKEN = ("say.verbs", "say.according", "say.papers")
DATELINE = 2  # units of "UNITED NATIONS:", which says from where


@dataclass(slots=True)
class Utterance:
    """A sentence under hearing."""

    units: list[Unit]
    said: frozenset[str]  # its words and marks, and the lists that hold them
    start: int  # code points
    end: int
    speakers: Speakers
    found: list[Saying] = field(default_factory=list)
    refuted: list[Saying] = field(default_factory=list)  # "not 30 as Kabul claims"
    denier: Speaker | None = None  # who denied the last thing that was denied

    def low(self, at: int) -> str:
        return self.units[at].low if 0 <= at < len(self.units) else ""

    def add(
        self, speaker: Speaker, start: int, end: int, strength: int, denied_by: str | None = None
    ) -> None:
        if not speaker.is_named and denied_by is None:
            return
        if strength in (POSTPOSED, ACCORDING) and start == self.start:
            self._name_ahead(speaker)
        self.found.append(Saying(speaker, start, end, strength, denied_by))
        if strength != NOUN and not self.is_quoted(speaker.start):
            self.speakers.voices.heard(speaker)

    def _name_ahead(self, speaker: Speaker) -> None:
        """ "IT had verified ten deaths, UNAMA said": the pronoun that begins a sentence stands for who is named behind."""
        first = self.units[0]
        same = PERSONS if speaker.is_person else THINGS
        if first.low in same and not speaker.is_carrier:
            for saying in self.found:
                if saying.strength == VERB and saying.speaker.start == first.start:
                    saying.speaker = speaker

    def clause_start(self, at: int) -> int:
        if ";" not in self.said:
            return self.start
        return next((u.end for u in reversed(self.units[:at]) if u.low == ";"), self.start)

    def clause_end(self, at: int) -> int:
        """A semicolon ends what is said where another speaker follows; else speech runs on: "46 died; six were hurt"."""
        if ";" not in self.said:
            return self.end
        for k in range(at + 1, len(self.units)):
            if self.low(k) == ";" and any(
                u.has(*SPOKEN) and not u.has("say.issue") for u in self.units[k + 1 :]
            ):
                return self.units[k].start
        return self.end

    def first_actor(self, at: int) -> Speaker | None:
        for k, unit in enumerate(self.units[:at]):
            dateline = ":" in (self.low(k + 1), self.low(k + 2)) and k < DATELINE
            if not dateline and (mention := self.speakers.names.mention_at(unit)):
                return self.speakers.names.named(mention)
        return None

    def spoken_first(self) -> Speaker | None:
        """Who said the first thing with a verb of saying, and not within a quotation: "“Kabul claims 40,” he said"."""
        plain = (s for s in self.found if not self.is_quoted(s.speaker.start))
        return next(self._spoken(plain), None)

    def is_quoted(self, start: int) -> bool:
        """Whether somebody is named within a quotation that the sentence opens."""
        if start < self.start or MARKS.isdisjoint(self.said):
            return False
        return sum(u.low in MARKS and u.start < start for u in self.units) % 2 == 1

    def spoken_last(self) -> Speaker | None:
        """Who said the last."""
        return next(self._spoken(reversed(self.found)), None)

    def _spoken(self, sayings: Iterable[Saying]) -> Iterator[Speaker]:
        told = (s for s in sayings if s.strength in (VERB, POSTPOSED))
        return (s.speaker for s in told if s.speaker.is_named)
