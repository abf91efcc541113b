"""Who says a figure: the speaker of its clause, the denier of a claim, or nobody.

Only words in the text make a claimant: a named speaker, a pronoun that points back at one, or a
speaker whose reported speech goes on. Otherwise a figure is unattributed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.news.figures.reading import ADVERBS, BE, HAVE, Unit
from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention

QUOTES = frozenset('"“”«»')
BARRIERS = frozenset(";")
REACH = 9  # units between a speaker and its verb


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the canonical name, the words that name them here, side and sort."""

    name: str
    words: str
    start: int
    side: str = ""
    kind: str = ""  # of the actor; "anonymous", "pronoun"

    @property
    def is_outlet(self) -> bool:
        return self.kind in ("media", "agency")


NOBODY = Speaker(UNATTRIBUTED, "", -1)


@dataclass(slots=True)
class Saying:
    """One act of saying: which stretch of the text (code points) it covers."""

    speaker: Speaker
    start: int
    end: int
    strength: int  # lower wins: 0 claim noun, 1 verb before, 2 verb after, 3 according to, 4 colon
    verb: int = -1
    denied_by: str | None = None


@dataclass(slots=True)
class Speech:
    """What is remembered from one sentence to the next."""

    last: Speaker = NOBODY
    last_person: Speaker = NOBODY
    last_body: Speaker = NOBODY
    sayings: list[list[Saying]] = field(default_factory=list)

    def heard(self, speaker: Speaker) -> None:
        if speaker.kind == "outlet" or speaker.name == UNATTRIBUTED:
            return
        self.last = speaker
        if speaker.kind == "person":
            self.last_person = speaker
        else:
            self.last_body = speaker


class Listener:
    """Finds who says what in the sentences of one text, in order."""

    __slots__ = ("_claimants", "_mentions", "_text", "speech")

    def __init__(self, text: str, mentions: tuple[Mention, ...], claimants: dict[str, bool]) -> None:
        self._text, self._mentions, self._claimants = text, mentions, claimants
        self.speech = Speech()

    # ----------------------------------------------------------------- speakers

    def _mention_at(self, unit: Unit) -> Mention | None:
        for mention in self._mentions:
            if mention.start <= unit.start < mention.end:
                if mention.is_actor and self._claimants.get(mention.name, True) and not mention.dateline:
                    return mention
                if mention.kind == "country" and mention.side in ("PK", "AF") and not mention.dateline:
                    return mention
        return None

    def _named(self, mention: Mention) -> Speaker:
        words = self._text[mention.start : mention.end]
        return Speaker(mention.name, words, mention.start, mention.side, mention.kind)

    def speaker_left(self, units: list[Unit], verb: int) -> tuple[Speaker, int] | None:
        """The subject before a verb of saying, and the unit where its words begin."""
        at = verb - 1
        while at >= 0 and (
            units[at].low in ADVERBS
            or units[at].low in HAVE
            or units[at].low in ("not", "which", "that", "who", "n't")
        ):
            at -= 1
        if at >= 0 and units[at].low in BE:
            return None
        if at >= 0 and units[at].low in ("he", "she", "it", "they"):
            return self._pronoun(units[at]), at
        return self._body(units, at)

    def _body(self, units: list[Unit], at: int) -> tuple[Speaker, int] | None:
        """A name or an anonymous head whose words end at or shortly before a unit."""
        head: Unit | None = None
        first = at
        steps = 0
        if at >= 0 and units[at].low == ",":  # "…, a spokesman for the ministry, said"
            at -= 1
        place = False
        while at >= 0 and steps < REACH:
            unit = units[at]
            mention = self._mention_at(unit)
            if mention and (not place or mention.kind != "country"):
                while at > 0 and units[at - 1].start >= mention.start:
                    at -= 1
                if head and self._is_other_head(mention, head):
                    return self._anonymous(units, at, first), at
                return self._named(mention), self._start_of_phrase(units, at)
            if unit.has("say.anonymous", "say.outlets") and head is None and not unit.has("say.verbs"):
                head = unit
            if (
                unit.quantity
                or unit.low in (";", ":", ".")
                or (unit.low in QUOTES)
                or unit.has("structure.causal")
            ):
                break
            if (unit.low == "," and head is not None) or (
                unit.low in ("that", "and", "but") and (head or unit.low != "and")
            ):
                break
            if unit.has("say.verbs") and not unit.has("say.claim_nouns") and not unit.has("say.anonymous"):
                break
            at -= 1
            steps += 1
        if head is None:
            return None
        return self._anonymous(units, at + 1, first), at + 1

    def _is_other_head(self, mention: Mention, head: Unit) -> bool:
        """ "Khost officials", "Paktika hospital official": the head speaks, the name only says where."""
        return mention.is_place or mention.kind in ("demonym",)

    def _start_of_phrase(self, units: list[Unit], at: int) -> int:
        while at > 0 and (
            units[at - 1].capital
            or units[at - 1].low in ("the", "a", "an", "'s", "of")
            or units[at - 1].has("say.anonymous", "say.roles")
        ):
            at -= 1
        return at

    def _anonymous(self, units: list[Unit], start: int, end: int) -> Speaker:
        words = [u for u in units[start : end + 1]]
        while words and (
            not words[0].word
            or words[0].low in ("the", "a", "an", "and", "that", "by", "to", "as", "his", "some", "but", "in")
        ):
            words = words[1:]
        while words and not words[-1].word:
            words = words[:-1]
        if not words:
            return NOBODY
        text = self._text[words[0].start : words[-1].end]
        roles = units[start].low in ("the",) and any(u.has("say.roles") for u in words)
        known = self._pointed_at(words) if roles else None
        if known:
            return Speaker(known.name, text, words[0].start, known.side, known.kind)
        side = next(
            (
                m.side
                for m in self._mentions
                if words[0].start <= m.start < words[-1].end and m.side in ("PK", "AF", "UN")
            ),
            "",
        )
        return Speaker(text, text, words[0].start, side, "anonymous")

    def _pointed_at(self, words: list[Unit]) -> Speaker | None:
        """ "The envoy", "the ministry": the last one named, where it is of that sort."""
        person = any(
            u.low
            in (
                "envoy",
                "ambassador",
                "spokesman",
                "spokesperson",
                "spokeswoman",
                "minister",
                "official",
                "general",
                "commander",
                "governor",
                "representative",
                "diplomat",
                "president",
                "premier",
                "adviser",
                "director",
                "secretary",
                "senator",
                "chief",
            )
            for u in words
        )
        if len(words) > 2:
            return None
        known = self.speech.last_person if person else self.speech.last_body
        return known if known.name != UNATTRIBUTED else None

    def _pronoun(self, unit: Unit) -> Speaker:
        known = self.speech.last_body if unit.low in ("it", "they") else self.speech.last_person
        if known.name == UNATTRIBUTED:
            known = self.speech.last
        words = self._text[unit.start : unit.end]
        return Speaker(known.name, words, unit.start, known.side, known.kind)

    def speaker_right(self, units: list[Unit], at: int) -> tuple[Speaker, int] | None:
        """The name or head that begins within a few units ("said SPOKESMAN X", "according to Y")."""
        first, head, end = at, -1, at
        while end < len(units) and end - at < REACH:
            unit = units[end]
            mention = self._mention_at(unit)
            if mention:
                last = end
                while last + 1 < len(units) and units[last + 1].start < mention.end:
                    last += 1
                if (
                    mention.kind in ("country", "demonym", "state")
                    and last + 1 < len(units)
                    and units[last + 1].has("say.anonymous")
                ):
                    end = last + 1
                    head = end
                    if mention.kind == "state":
                        return self._named(mention), end
                    continue
                return self._named(mention), last
            if unit.quantity or unit.low in (",", ";", ":", ".", ")") or unit.low in QUOTES:
                break
            if unit.has("say.anonymous"):
                head = end
            elif head >= 0 and (
                unit.has("say.verbs")
                or unit.low in ("in", "on", "who", "that", "after", "and", "at", "as")
                or unit.low in BE
            ):
                if unit.low not in ("in", "at"):
                    break
            end += 1
        if head < 0:
            return None
        return self._anonymous(
            units,
            first,
            max(
                head,
                min(
                    end - 1,
                    head + (2 if head + 1 < len(units) and units[head + 1].low in ("in", "at") else 0),
                ),
            ),
        ), end

    # ----------------------------------------------------------------- sayings

    def hear(self, units: list[Unit], start: int, end: int, colon: bool) -> list[Saying]:
        """All acts of saying in a sentence, and remember its last speaker."""
        found: list[Saying] = []
        for at, unit in enumerate(units):
            if unit.has("say.according"):
                self._according(units, at, start, end, found)
            elif (unit.has("say.deny") and self._denial(units, at, end, found)) or (
                unit.has("say.claim_nouns") and self._claim_noun(units, at, end, found)
            ):
                continue
            elif unit.has("say.verbs"):
                self._verb(units, at, start, end, found)
        if colon:
            self._colon(units, start, end, found)
        self._account(units, end, found)
        self._close(found, units)
        for saying in found:
            if not (saying.speaker.is_outlet and len(found) > 1) and saying.strength != 0:
                self.speech.heard(saying.speaker)
        self.speech.sayings.append(found)
        return found

    def _verb(self, units: list[Unit], at: int, start: int, end: int, found: list[Saying]) -> None:
        unit = units[at]
        if unit.low.endswith("ing") and unit.low not in ("briefing",):
            speaker = next((s.speaker for s in reversed(found) if s.strength in (1, 2)), None)
            left = None if speaker else self.speaker_left(units, at)
            if speaker or left:
                found.append(Saying(speaker or left[0], unit.start, end, 1, at))  # type: ignore[index]
            elif (actor := self._first_actor(units, at)) is not None:
                found.append(Saying(actor, unit.start, end, 1, at))
            return
        inverted = (
            at > 0
            and (units[at - 1].low == "," or units[at - 1].low in QUOTES)
            and unit.low
            in ("said", "says", "added", "announced", "claimed", "told", "reported", "reports", "quoted")
        )
        if inverted:
            right = self.speaker_right(units, at + 1)
            if right:
                found.append(Saying(right[0], start, unit.start, 2, at))
                found.append(Saying(right[0], unit.end, end, 1, at))
                return
        if unit.low == "quoted":
            right = self.speaker_right(units, at + 1)
            if right:
                found.append(Saying(right[0], start, end, 2, at))
                return
        left = self.speaker_left(units, at)
        if left is None or (left[0].name == UNATTRIBUTED and left[0].kind != ""):
            return
        speaker, first = left
        postposed = (
            first > 1
            and (units[first - 1].low in (",", "-", "–", "—") or units[first - 1].low in QUOTES)
            and self._nothing_follows(units, at)
        )
        if postposed:
            found.append(Saying(speaker, start, units[first].start, 2, at))
        found.append(Saying(speaker, unit.end, end, 1, at))

    def _nothing_follows(self, units: list[Unit], at: int) -> bool:
        """Whether what follows a verb of saying is no clause: "…, police said on Monday."."""
        for unit in units[at + 1 : at + 7]:
            if unit.low in (",", ".", ";", ")") or unit.low in QUOTES:
                return True
            if unit.low == "that" or (unit.quantity and unit.quantity.kind == "count"):
                return False
        return True

    def _first_actor(self, units: list[Unit], at: int) -> Speaker | None:
        for unit in units[:at]:
            mention = self._mention_at(unit)
            if mention:
                return self._named(mention)
        return None

    def _according(self, units: list[Unit], at: int, start: int, end: int, found: list[Saying]) -> None:
        right = self.speaker_right(units, at + 1)
        if right is None:
            return
        speaker, last = right
        near = units[at].low.endswith(" by")
        lead = at <= 1
        low = start if not near else units[max(0, at - 6)].start
        for k in range(at - 1, -1, -1):
            if units[k].low in (";", "while", "but", "whereas") or (near and units[k].low in (",", "not")):
                low = units[k].end
                break
        found.append(
            Saying(
                speaker,
                low if not lead else units[min(last, len(units) - 1)].end,
                end if lead or not near else units[min(last, len(units) - 1)].end,
                0 if near else 3,
                at,
            )
        )

    def _claim_noun(self, units: list[Unit], at: int, end: int, found: list[Saying]) -> bool:
        """ "the Taliban claim that 58 …", "claims by Kabul of 58", "Kabul's figure of 58"."""
        noun = units[at]
        if (
            noun.has("say.verbs")
            and not (at > 0 and units[at - 1].low == "'s")
            and not self._determined(units, at)
        ):
            return False
        right = units[at + 1] if at + 1 < len(units) else None
        speaker: Speaker | None = None
        stop = at
        if right is not None and right.low in ("by", "from"):
            found_right = self.speaker_right(units, at + 2)
            if found_right:
                speaker, stop = found_right
        else:
            back = at - 1
            while (
                back >= 0
                and at - back < 5
                and (units[back].low in ("'s", "own", "earlier", "latest") or units[back].word)
            ):
                mention = self._mention_at(units[back])
                if mention:
                    speaker = self._named(mention)
                    break
                if (
                    units[back].quantity
                    or units[back].has("say.verbs", "say.deny")
                    or units[back].low in ("the",)
                ):
                    break
                back -= 1
        if speaker is None:
            return False
        found.append(Saying(speaker, units[stop].end, end, 0, at, denied_by=self._denier(units, at)))
        return True

    def _determined(self, units: list[Unit], at: int) -> bool:
        return (
            any(u.low in ("the", "this", "that", "a", "any", "such") for u in units[max(0, at - 4) : at])
            and not (at + 1 < len(units) and units[at + 1].quantity is not None)
            and (
                units[at].low.startswith(("claim", "report"))
                and (at + 1 < len(units) and units[at + 1].low in ("that", "of", "by", "as", "about", ","))
            )
        )

    def _denier(self, units: list[Unit], at: int) -> str | None:
        """Who rejects the claim named at a unit."""
        for back in range(at - 1, max(-1, at - 8), -1):
            if units[back].has("say.deny"):
                left = self.speaker_left(units, back)
                return left[0].name if left and left[0].name != UNATTRIBUTED else None
        return None

    def _denial(self, units: list[Unit], at: int, end: int, found: list[Saying]) -> bool:
        """ "Pakistan denied that 58 …", "a figure Kabul disputes", "calling the 58 false"."""
        left = self.speaker_left(units, at)
        if units[at].low.endswith("ing") and not left:
            known = next((s.speaker for s in reversed(found)), None) or self._first_actor(units, at)
            left = (known, at) if known else None
        if not left or left[0].name == UNATTRIBUTED:
            return False
        speaker, first = left
        back = units[first - 1] if first else None
        if back is not None and back.has("say.claim_nouns", "structure.anaphor"):
            for saying in found:
                saying.denied_by = saying.denied_by or speaker.name
            if not found:
                found.append(Saying(NOBODY, units[0].start, back.start, 4, at, denied_by=speaker.name))
            return True
        if units[at].low in ("called", "calling", "disputed", "countered") and not any(
            u.has("say.false") for u in units[at + 1 : at + 14]
        ):
            return False
        found.append(Saying(NOBODY, units[at].end, end, 1, at, denied_by=speaker.name))
        self.speech.heard(speaker)
        return True

    def _colon(self, units: list[Unit], start: int, end: int, found: list[Saying]) -> None:
        """Headlines: "UNAMA: 146 killed or hurt", "12 killed: police"."""
        marks = [k for k, u in enumerate(units) if u.low == ":"]
        if not marks:
            return
        first, last = marks[0], marks[-1]
        if first <= 6 and not any(u.has("say.not_speakers") for u in units[:first]):
            body = self._body(units, first - 1)
            if body and body[1] <= 1 and not any(u.quantity for u in units[:first]):
                found.append(Saying(body[0], units[first].end, end, 4, first))
        rest = len(units) - last - 1
        if 0 < rest <= 6 and not any(u.quantity for u in units[last + 1 :]):
            right = self.speaker_right(units, last + 1)
            if right:
                found.append(Saying(right[0], start, units[last].start, 4, last))

    def _account(self, units: list[Unit], end: int, found: list[Saying]) -> None:
        """ "Pakistan lost 23 soldiers by its own account"."""
        for at, unit in enumerate(units):
            if unit.has("say.own_account"):
                for k in range(at - 1, -1, -1):
                    mention = self._mention_at(units[k])
                    if mention:
                        found.append(Saying(self._named(mention), mention.end, end, 1, k))
                        break

    def _close(self, found: list[Saying], units: list[Unit]) -> None:
        """A saying ends where the next speaker's clause begins."""
        starts = sorted(
            {(s.start, s.speaker.start) for s in found if s.strength <= 1 and s.speaker.start >= 0}
        )
        for saying in found:
            if saying.strength > 1:
                continue
            for start, speaker in starts:
                cut = min(start, speaker) if speaker > saying.start else start
                if saying.start < cut < saying.end and speaker != saying.speaker.start:
                    saying.end = cut
        for saying in found:
            if saying.strength == 2:
                for start, speaker in starts:
                    if saying.start <= speaker < saying.end and saying.speaker.start != speaker:
                        pass


def says(sayings: list[Saying], start: int) -> tuple[Speaker, str | None]:
    """Who says the number at an offset, and who denies it."""
    cover = [s for s in sayings if s.start <= start < s.end]
    denied = next((s.denied_by for s in cover if s.denied_by), None)
    named = [s for s in cover if s.speaker.name != UNATTRIBUTED]
    if any(s.speaker.is_outlet for s in named) and any(not s.speaker.is_outlet for s in named):
        named = [s for s in named if not s.speaker.is_outlet]
    if not named:
        return NOBODY, denied
    best = min(named, key=lambda s: (s.strength, -s.start))
    if denied == best.speaker.name:
        denied = None
    return best.speaker, denied
