"""Who says a figure: the speaker of its clause, the denier of a claim, or nobody.

Only words in the text make a claimant: a name, a pronoun that points back at one, or reported speech that goes on.
"""

# ruff: noqa: I001
from __future__ import annotations

from collections.abc import Mapping

from bot.news.figures.sayings import (
    ACCORDING, AFTER_QUOTE, CLAIMS, COLON, NOBODY, NOUN, POSTPOSED, SUBJECT, VERB, Saying, Speaker, close,
)  # fmt: skip
from bot.news.figures.speakers import QUOTES, Speakers
from bot.news.figures.units import ADVERBS, Unit
from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention


class Listener:
    """Finds who says what in the sentences of one text, in order."""

    __slots__ = ("_found", "_open", "_speakers", "_units")

    def __init__(self, text: str, mentions: tuple[Mention, ...], claimants: Mapping[str, bool]) -> None:
        self._speakers = Speakers(text, mentions, claimants)
        self._open = NOBODY  # whose quotation runs on
        self._units: list[Unit] = []
        self._found: list[Saying] = []

    def hear(self, units: list[Unit], start: int, end: int, colon: bool) -> list[Saying]:
        """All acts of saying in a sentence, and remember its last speaker."""
        self._units, self._found = units, []
        running = self._open
        for at, unit in enumerate(units):
            if not unit.tags and unit.quantity is None and unit.low != "'s":
                continue
            if unit.has("say.according"):
                self._according(at, start, end)
            elif unit.low == "'s" and at + 1 < len(units) and units[at + 1].quantity:
                self._possessive(at)
            elif (unit.has("say.deny") and self._denial(at, end)) or (
                unit.has("say.claim_nouns") and self._claim_noun(at, end)
            ):
                continue
            elif unit.has("say.verbs"):
                self._verb(at, start, end)
            elif unit.has("say.own_account"):
                self._account(at, end)
            elif unit.quantity and at > 1 and self._found:
                self._gap(at, end)
        if colon:
            self._colon(start, end)
        close(self._found, units)
        self._quotation(start, end, running)
        return self._found

    def _add(
        self, speaker: Speaker, start: int, end: int, strength: int, denied_by: str | None = None
    ) -> None:
        if speaker.name == UNATTRIBUTED and denied_by is None:
            return
        self._found.append(Saying(speaker, start, end, strength, denied_by))
        if strength != NOUN:
            self._speakers.heard(speaker)

    def _low(self, at: int) -> str:
        return self._units[at].low if 0 <= at < len(self._units) else ""

    # ----------------------------------------------------------------- verbs

    def _verb(self, at: int, start: int, end: int) -> None:
        units, unit = self._units, self._units[at]
        if unit.low.endswith("ing"):
            self._participle(at, end)
            return
        if unit.low in ("claims", "claimed") and self._deed(at):
            return
        after = units[at + 1] if at + 1 < len(units) else None
        left = self._speakers.before(units, at)
        comes_after = at > 0 and (units[at - 1].low == "," or units[at - 1].low in QUOTES)
        if comes_after and unit.low in AFTER_QUOTE and after and not (left and self._touches(left, at)):
            right = self._speakers.after(units, at + 1)
            if right:
                self._add(right[0], self._clause_start(at, start), unit.start, POSTPOSED)
                self._add(right[0], units[right[1]].end, end, VERB)
                return
        if unit.low == "quoted" and (right := self._speakers.after(units, at + 1)):
            self._add(right[0], self._clause_start(at, start), self._clause_end(at, end), POSTPOSED)
            return
        if left is None and self._continues(at):
            known = next((s.speaker for s in self._found if s.strength in (VERB, POSTPOSED)), None)
            known = known or self._first_actor(at)
            left = (known, at) if known else None
        if left is None:
            return
        speaker, first = left
        if (
            first > 1
            and (self._low(first - 1) in (",", "-", "–", "—") or self._low(first - 1) in QUOTES)
            and self._nothing_follows(at)
        ):
            self._add(speaker, self._clause_start(first, start), units[first].start, POSTPOSED)
            end = self._clause_end(at, end)
        self._add(speaker, unit.end, self._clause_end(at, end), VERB)

    def _deed(self, at: int) -> bool:
        """ "claims the bombing that killed 11": it says who did it, not how many died."""
        for unit in self._units[at + 1 : at + 6]:
            if unit.quantity or unit.low in ("that", ",", ";"):
                return False
            if unit.has("structure.strike", "say.deeds"):
                return True
        return False

    def _continues(self, at: int) -> bool:
        """ "UNAMA voiced concern AND CONFIRMED that …"."""
        back = at - 1
        while back > 0 and self._units[back].low in ADVERBS:
            back -= 1
        return self._low(back) in ("and", "but")

    def _touches(self, left: tuple[Speaker, int], at: int) -> bool:
        """ "Asim Iftikhar Ahmad, told …": the name before the comma is the subject."""
        speaker = left[0]
        return (
            speaker.kind == "person" and speaker.start + len(speaker.words) >= self._units[at - 1].start - 1
        )

    def _clause_start(self, at: int, start: int) -> int:
        return next((self._units[k].end for k in range(at - 1, -1, -1) if self._low(k) == ";"), start)

    def _clause_end(self, at: int, end: int) -> int:
        """A semicolon ends what is said where another speaker follows; else speech runs on: "46 died; six were hurt"."""
        for k in range(at + 1, len(self._units)):
            if self._low(k) == ";" and any(u.has("say.verbs", "say.according") for u in self._units[k + 1 :]):
                return self._units[k].start
        return end

    def _participle(self, at: int, end: int) -> None:
        """ "…, while confirming 23": the subject goes on; "Pakistan acknowledging four": a new one."""
        unit = self._units[at]
        mention = self._speakers.mention_at(self._units[at - 1]) if at else None
        if mention:
            self._add(self._speakers.named(mention), unit.end, end, VERB)
            return
        known = next((s.speaker for s in reversed(self._found) if s.strength in (VERB, POSTPOSED)), None)
        known = known or self._first_actor(min(at, SUBJECT))
        if known:
            self._add(known, unit.end, end, VERB)

    def _nothing_follows(self, at: int) -> bool:
        """Whether what follows a verb of saying is no clause: "…, police said on Monday."."""
        for unit in self._units[at + 1 : at + 8]:
            if unit.low in (",", ".", ";", ":", ")") or unit.low in QUOTES:
                return True
            if unit.low == "that" or (unit.quantity and unit.quantity.kind == "count"):
                return False
        return True

    def _first_actor(self, at: int) -> Speaker | None:
        for unit in self._units[:at]:
            if mention := self._speakers.mention_at(unit):
                return self._speakers.named(mention)
        return None

    # ----------------------------------------------------------------- other forms

    def _according(self, at: int, start: int, end: int) -> None:
        """ "according to X" holds for its clause, "cited by X" only for what stands right before."""
        units = self._units
        right = self._speakers.after(units, at + 1)
        if right is None:
            return
        speaker, last = right
        near = units[at].low.endswith(" by")
        if at <= 1:
            self._add(speaker, units[last].end, end, ACCORDING)
            return
        low = units[max(0, at - 7)].start if near else start
        for k in range(at - 1, -1, -1):
            clause = self._low(k) == "," and self._low(k + 1) in ("and", "but", "while")
            if (
                clause
                or self._low(k) in (";", "while", "but", "whereas")
                or (near and self._low(k) in (",", "not"))
            ):
                low = max(low, units[k].end)
                break
        denier = None
        if near and "not" in (self._low(k) for k in range(max(0, at - 5), at)):
            denier = next((s.speaker.name for s in reversed(self._found)), None)
        self._add(
            speaker,
            low,
            units[at].end if near else end,
            NOUN if near else ACCORDING,
            denier if denier != speaker.name else None,
        )

    def _possessive(self, at: int) -> None:
        """ "Islamabad's 200"."""
        mention = self._speakers.mention_at(self._units[at - 1]) if at else None
        if mention is None:
            return
        speaker = self._speakers.named(mention)
        denier = None
        if any(u.has("say.false") for u in self._units[at + 1 : at + 6]):
            denier = next(
                (
                    s.denied_by or s.speaker.name
                    for s in self._found
                    if (s.denied_by or s.speaker.name) != speaker.name
                ),
                None,
            )
        self._add(speaker, self._units[at].end, self._units[at + 1].end, NOUN, denier)

    def _claim_noun(self, at: int, end: int) -> bool:
        """ "the Taliban claim that 58 …", "claims by Kabul of 58", "rejected the claim that 58 …"."""
        units, noun = self._units, self._units[at]
        denier = self._denier(at)
        if noun.has("say.verbs") and not (denier or self._low(at - 1) == "'s" or self._determined(at)):
            return False
        speaker, stop = self._whose(at)
        if speaker is None and denier is not None:
            known = self._speakers.last
            opposite = (
                known.side in ("PK", "AF") and denier.side in ("PK", "AF") and known.side != denier.side
            )
            speaker = known if opposite else NOBODY
        if speaker is None:
            return False
        self._add(speaker, units[stop].end, end, NOUN, denier.name if denier else None)
        return True

    def _whose(self, at: int) -> tuple[Speaker | None, int]:
        if self._low(at + 1) in ("by", "from"):
            right = self._speakers.after(self._units, at + 2)
            return right if right else (None, at)
        reach = 5 if self._low(at - 1) == "'s" or any(self._low(k) == "'s" for k in range(at - 3, at)) else 3
        if self._units[at].low not in CLAIMS and reach == 3:
            return None, at
        for back in range(at - 1, max(-1, at - reach), -1):
            unit = self._units[back]
            people = self._speakers.people_at(unit) if back == at - 1 else None
            if mention := self._speakers.mention_at(unit) or people:
                return self._speakers.named(mention), at
            if unit.quantity or not (unit.word or unit.low == "'s") or unit.has("say.verbs", "say.deny"):
                break
        return None, at

    def _determined(self, at: int) -> bool:
        before = {self._low(k) for k in range(max(0, at - 4), at)}
        claimed = self._units[at].low.startswith(("claim", "report"))
        return (
            bool(before & {"the", "this", "that", "a", "any", "such"})
            and claimed
            and self._low(at + 1) in ("that", "of", "by", "as", "about", ",")
        )

    def _denier(self, at: int) -> Speaker | None:
        """Who rejects the claim named at a unit."""
        for back in range(at - 1, max(-1, at - 9), -1):
            if self._units[back].has("say.deny"):
                left = self._speakers.before(self._units, back)
                return left[0] if left and left[0].name != UNATTRIBUTED else None
        return None

    def _denial(self, at: int, end: int) -> bool:
        """ "Pakistan denied that 58 …", "a figure Kabul disputes", "calling the 58 false"."""
        units, verb = self._units, self._units[at]
        left = self._speakers.before(units, at)
        if verb.low.endswith("ing") and not left:
            known = next((s.speaker for s in reversed(self._found)), None) or self._first_actor(at)
            left = (known, at) if known else None
        if not left or left[0].name == UNATTRIBUTED:
            return False
        speaker, first = left
        if any(u.has("say.claim_nouns", "structure.anaphor") for u in units[max(0, first - 1) : at]):
            for saying in self._found:
                saying.denied_by = saying.denied_by or speaker.name
            if not self._found:
                self._add(NOBODY, units[0].start, units[first - 1].start, COLON, speaker.name)
            return True
        if verb.low in ("called", "calling", "disputed", "countered") and not any(
            u.has("say.false") for u in units[at + 1 : at + 14]
        ):
            return False
        self._add(NOBODY, verb.end, end, VERB, speaker.name)
        self._speakers.heard(speaker)
        return True

    def _colon(self, start: int, end: int) -> None:
        """Headlines: "UNAMA: 146 killed or hurt", "12 killed: police"."""
        units = self._units
        marks = [k for k, u in enumerate(units) if u.low == ":"]
        if not marks:
            return
        first, last = marks[0], marks[-1]
        if 0 < first <= 6 and not any(u.quantity or u.has("say.not_speakers") for u in units[:first]):
            body = self._speakers.phrase_before(units, first - 1)
            if (
                body
                and body[1] <= 1
                and body[0].kind not in ("state", "country")
                and self._fills(body[0], units[first])
            ):
                self._add(body[0], units[first].end, end, COLON)
        if 0 < len(units) - last - 1 <= 6 and not any(
            u.quantity or u.has("structure.strike", "hit.present", "hit.done") for u in units[last + 1 :]
        ):
            right = self._speakers.after(units, last + 1)
            if right:
                self._add(right[0], start, units[last].start, COLON)

    def _fills(self, speaker: Speaker, colon: Unit) -> bool:
        """Whether the speaker's name ends at the colon: "UNAMA:", not "Pakistan mosque blast:"."""
        return colon.start - (speaker.start + len(speaker.words)) <= 2

    def _gap(self, at: int, end: int) -> None:
        """ "Pakistan reported 23 dead, THE TALIBAN 58": a second speaker without a verb."""
        mention = self._speakers.mention_at(self._units[at - 1])
        if mention is None:
            return
        first = at - 1
        while first > 0 and self._units[first - 1].start >= mention.start:
            first -= 1
        first -= 1 if self._low(first - 1) == "the" else 0
        if self._low(first - 1) in (",", ";", "and", "while", "but"):
            self._add(self._speakers.named(mention), self._units[at].start, end, VERB)

    def _account(self, at: int, end: int) -> None:
        """ "Pakistan lost 23 soldiers by its own account"."""
        for k in range(at - 1, -1, -1):
            if mention := self._speakers.mention_at(self._units[k]):
                self._add(self._speakers.named(mention), mention.end, end, VERB)
                return

    # ----------------------------------------------------------------- scopes

    def _quotation(self, start: int, end: int, running: Speaker) -> None:
        """Words inside quotation marks that run over sentences stay their speaker's."""
        opened = sum(u.low == "“" for u in self._units) - sum(u.low == "”" for u in self._units)
        if running.name != UNATTRIBUTED and not self._found:
            self._add(running, start, end, COLON)
        if opened > 0:
            self._open = self._speakers.last
        elif opened < 0:
            self._open = NOBODY
