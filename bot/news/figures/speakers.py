"""Who is named as speaking: a person or body of the lexicon, an unnamed official, a pronoun that points back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from bot.news.figures.sayings import BODY_ROLES, CLAUSES, LEADING, NOBODY, SPOKESMEN, STOPS, Speaker, is_head
from bot.news.figures.units import ADVERBS, BE, HAVE, PREPOSITIONS, Unit, looks_finite
from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention

QUOTES = frozenset('"“”«»')
SIDES = frozenset(("PK", "AF"))
REACH = 16  # units that a speaker's name and title may take


Found = tuple[Speaker, int]  # a speaker and the unit where its words begin (or end, when read rightwards)


class Speakers:
    """Recognises speakers in one text, and remembers who spoke last."""

    __slots__ = ("_claimants", "_mentions", "_starts", "_text", "body", "last", "person")

    def __init__(self, text: str, mentions: tuple[Mention, ...], claimants: Mapping[str, bool]) -> None:
        self._text, self._mentions, self._claimants = text, mentions, claimants
        self._starts = [m.start for m in mentions]
        self.last = self.person = self.body = NOBODY

    def heard(self, speaker: Speaker) -> None:
        """Remember who spoke, for the pronouns that follow."""
        if speaker.name == UNATTRIBUTED or speaker.is_outlet:
            return
        self.last = speaker
        if speaker.kind == "person":
            self.person = speaker
        else:
            self.body = speaker

    def mention_at(self, unit: Unit) -> Mention | None:
        """The name that a unit is part of, if it can speak."""
        index = bisect_right(self._starts, unit.start) - 1
        if index < 0 or unit.start >= self._mentions[index].end:
            return None
        mention = self._mentions[index]
        if mention.is_actor:
            return mention if self._claimants.get(mention.name, True) else None
        return (
            mention if mention.kind == "country" and mention.side in SIDES and not mention.dateline else None
        )

    def _is_place(self, unit: Unit) -> bool:
        index = bisect_right(self._starts, unit.start) - 1
        return index >= 0 and unit.start < self._mentions[index].end and self._mentions[index].is_place

    def people_at(self, unit: Unit) -> Mention | None:
        """The country that an adjective stands for: "Afghan claims", "Pakistani figures"."""
        index = bisect_right(self._starts, unit.start) - 1
        if index < 0 or unit.start >= self._mentions[index].end:
            return None
        mention = self._mentions[index]
        return mention if mention.kind == "demonym" and mention.side in SIDES else None

    def named(self, mention: Mention) -> Speaker:
        words = self._text[mention.start : mention.end]
        return Speaker(mention.name, words, mention.start, mention.side, mention.kind)

    # ----------------------------------------------------------------- before a verb

    def before(self, units: list[Unit], verb: int) -> Found | None:
        """The subject of a verb of saying."""
        at = verb - 1
        while at >= 0 and (
            units[at].low in ADVERBS
            or units[at].low in HAVE
            or units[at].low in ("not", "n't", "who", "which", "did", "does", "do")
        ):
            at -= 1
        if at < 0 or units[at].low in BE:
            return None
        if units[at].low in ("he", "she", "it", "they"):
            return self._pronoun(units, at), at
        return self.phrase_before(units, at)

    def phrase_before(self, units: list[Unit], at: int) -> Found | None:
        """The speaker whose words end at a unit: persons first, then a titled body, then anybody."""
        end = self._before_aside(units, at) if units[at].low == "," else at
        mentions: list[tuple[Mention, int]] = []
        head = -1
        start = end + 1
        for k in range(end, max(-1, end - REACH), -1):
            unit = units[k]
            mention = self.mention_at(unit)
            if mention:
                if not mentions or mentions[-1][0] is not mention:
                    mentions.append((mention, k))
                start = k
                continue
            if self._ends_left(units, k, head >= 0 or bool(mentions), mentions, end < at):
                break
            if head < 0 and is_head(unit):
                head = k
            start = k
        return self._choose(units, start, end, mentions, head)

    def _before_aside(self, units: list[Unit], comma: int) -> int:
        """ "An official, who may not speak to reporters, said": the unit before the aside, or before the comma."""
        for k in range(comma - 1, max(0, comma - REACH), -1):
            if units[k].low in ("who", "which", "speaking") and units[k - 1].low == ",":
                return k - 2
            if units[k].low == ";" or units[k].quantity:
                break
        return comma - 1

    def _ends_left(
        self, units: list[Unit], at: int, found: bool, mentions: list[tuple[Mention, int]], closed: bool
    ) -> bool:
        unit = units[at]
        if unit.quantity or unit.low in STOPS or unit.low in QUOTES or unit.has("structure.causal"):
            return True
        if unit.has("say.verbs") and not is_head(unit) and not unit.has("say.claim_nouns"):
            return True
        if unit.low == "and":
            return not found or not (at and self.mention_at(units[at - 1]) and mentions)
        if unit.low == ",":
            return not closed or not self._apposition(units, at)
        return False

    def _apposition(self, units: list[Unit], at: int) -> bool:
        """ "the envoy, Asim Iftikhar Ahmad, said": what stands before the comma names the same speaker."""
        back = units[at - 1] if at else None
        after = units[at + 1] if at + 1 < len(units) else None
        if back is None or after is None or back.quantity:
            return False
        named, person = self.mention_at(after), self.mention_at(back)
        if person and person.kind == "person" and (named is None or named.kind != "person"):
            return True  # "Asim Iftikhar Ahmad, Pakistan's envoy, said"
        titled = back.has("say.anonymous", "say.roles") or self.mention_at(back) is not None
        return bool(
            titled
            and (named is None or named.kind == "person")
            and (named or after.low in ("a", "an", "the") or self.mention_at(back))
        )

    def _choose(
        self, units: list[Unit], start: int, end: int, mentions: list[tuple[Mention, int]], head: int
    ) -> Found | None:
        for mention, _ in mentions:
            if mention.kind == "person":
                return self.named(mention), start
        if head >= 0:
            return self._titled(units, start, end, mentions, head)
        for mention, at in mentions:
            if not (
                at
                and units[at - 1].low in ("in", "at", "near", "across", "against", "into", "on")
                and mention.kind in ("country", "state")
            ):
                return self.named(mention), start
        return self._unknown_name(units, end)

    def _titled(
        self, units: list[Unit], start: int, end: int, mentions: list[tuple[Mention, int]], head: int
    ) -> Found | None:
        """ "Taliban spokesman", "the UN mission", "an Islamabad think tank", "Khost officials"."""
        near = [(m, k) for m, k in mentions if abs(k - head) <= 6]
        bodies = [m for m, k in near if m.kind not in ("state", "country", "media", "agency") or k > head]
        owner = next((m for m, k in near if m.kind in ("state", "country") and k < head), None)
        later = [(m, k) for m, k in near if k > head]
        if bodies and not later:
            return self._its_person(units, start, end, bodies[0], head) or self.named(bodies[0]), start
        if later and units[head + 1].low in ("of", "for", "from", "with", "at"):
            return self.named(later[-1][0]), start
        if owner and units[head].has("speaker.government"):
            return self._its_person(units, start, end, owner, head) or self.named(owner), start
        return self._anonymous(units, start, end), start

    def _its_person(
        self, units: list[Unit], start: int, end: int, body: Mention, head: int
    ) -> Speaker | None:
        """ "the Emirate's spokesman" after Mujahid has spoken is Mujahid."""
        if units[start].low == "the" or units[start - 1].low == "the" or units[head - 1].low == "'s":
            known = self.person
            if known.side == body.side and known.name != UNATTRIBUTED and units[head].low in SPOKESMEN:
                words = self._text[units[start].start : units[end].end].strip(" ,")
                return Speaker(known.name, words, units[start].start, known.side, known.kind)
        return None

    def _unknown_name(self, units: list[Unit], end: int) -> Found | None:
        """Two capitals or more right before the verb: somebody whom the lexicon does not know."""
        first = end
        while (
            first >= 0
            and (units[first].capital or units[first].low in ("-", "ul", "al", "ur", "bin"))
            and units[first].word | (units[first].low == "-")
        ):
            if units[first].tags & {"kind.month"} or units[first].has("say.not_speakers"):
                break
            if self._is_place(units[first]):  # "Toll in Spin Boldak put at 40"
                return None
            first -= 1
        first += 1
        if end - first < 1 or (first == 0 and end - first < 1):
            return None
        words = self._text[units[first].start : units[end].end]
        return Speaker(words, words, units[first].start, "", "person"), first

    def _anonymous(self, units: list[Unit], start: int, end: int) -> Speaker:
        """Somebody without a name: the source's own words, unless they point back at somebody."""
        words = list(units[start : end + 1])
        definite = bool(words) and words[0].low in ("the", "his", "its")
        while words and (
            not words[0].word
            or words[0].low in LEADING
            or words[0].low in ADVERBS
            or (
                len(words) > 1
                and not words[0].has("say.anonymous")
                and words[0].has("scope.period", "kind.time")
            )
        ):
            words = words[1:]
        while words and (not words[-1].word or words[-1].low in PREPOSITIONS):
            words = words[:-1]
        for k in range(len(words) - 2, 0, -1):
            if words[k].low == "the" and words[k - 1].low not in PREPOSITIONS:
                words, definite = words[k + 1 :], True  # "on its own side the army"
                break
        for k in range(1, len(words) - 1):
            if words[k].low in ("in", "at", "near", "on") and not words[k + 1].capital:
                words = words[:k]  # "a hospital official in the provincial capital"
                break
        if not words or len(words) > 6 or any(looks_finite(u) for u in words):
            return NOBODY
        if words[0].has("structure.zero"):  # "says no hospital was hit"
            return NOBODY
        known = self._pointed_at(words) if definite else None
        text = self._text[words[0].start : words[-1].end]
        if known:
            return Speaker(known.name, text, words[0].start, known.side, known.kind)
        canonical = (
            next((u.within("names") for u in words if u.within("names")), "") if len(words) == 1 else ""
        )
        return Speaker(canonical or text, text, words[0].start, self._side(words, canonical), "anonymous")

    def _side(self, words: list[Unit], canonical: str) -> str:
        if canonical in ("ISPR", "security sources"):
            return "PK"
        inside = [m.side for m in self._mentions if words[0].start <= m.start < words[-1].end]
        return next((side for side in inside if side in ("PK", "AF", "UN")), "")

    def _pointed_at(self, words: list[Unit]) -> Speaker | None:
        """ "The envoy", "the ministry": the last one who spoke, where it is of that sort."""
        if len(words) > 2 or not any(u.has("say.roles") for u in words):
            return None
        known = self.person if any(u.has("speaker.person") for u in words) else self.body
        if known.kind in ("un", "group") and not any(u.low in BODY_ROLES for u in words):
            return None
        return known if known.name != UNATTRIBUTED else None

    def _pronoun(self, units: list[Unit], at: int) -> Speaker:
        low = units[at].low
        known = self.body if low in ("it", "they") else self.person
        if known.name == UNATTRIBUTED:
            known = self.last
        if low in ("it", "they") and at >= 2:
            known = self._subject(units, at) or known
        return Speaker(
            known.name, self._text[units[at].start : units[at].end], units[at].start, known.side, known.kind
        )

    def _subject(self, units: list[Unit], at: int) -> Speaker | None:
        """The first body that the sentence names: "Pakistan said it …"."""
        for unit in units[:at]:
            mention = self.mention_at(unit)
            if mention and mention.kind != "person":
                return self.named(mention)
        return None

    # ----------------------------------------------------------------- after a word

    def after(self, units: list[Unit], at: int) -> Found | None:
        """The speaker whose words begin at a unit: "said SPOKESMAN X", "according to Y"."""
        head = -1
        state: tuple[Mention, int] | None = None
        end = min(len(units), at + REACH)
        stop = end
        for k in range(at, end):
            unit = units[k]
            mention = self.mention_at(unit)
            if mention:
                last = k
                while last + 1 < len(units) and units[last + 1].start < mention.end:
                    last += 1
                if mention.kind in ("state", "country") and state is None and head < 0:
                    state = (mention, last)
                    continue
                if mention is (state[0] if state else None):
                    continue
                if (
                    head < 0
                    or units[head + 1].low in ("of", "for", "from", "with")
                    or mention.kind == "person"
                ):
                    return self.named(mention), last
            if self._ends_right(units, k, head):
                stop = k
                break
            if is_head(unit):
                head = k
        return self._after(units, at, head, state, stop)

    def _after(
        self, units: list[Unit], at: int, head: int, state: tuple[Mention, int] | None, stop: int
    ) -> Found | None:
        if state and (head < 0 or (units[head].has("speaker.government") and head - state[1] <= 2)):
            return self.named(state[0]), max(head, state[1])
        if head >= 0:
            last = (
                min(stop - 1, head + 2)
                if head + 1 < len(units) and units[head + 1].low in ("in", "at")
                else head
            )
            return self._anonymous(units, at, last), last
        first = at
        while first < stop and not units[first].capital:
            first += 1
        last = first
        while last + 1 < stop and units[last + 1].capital:
            last += 1
        if (
            last > first
            and last < len(units)
            and not any(u.has("kind.month") for u in units[first : last + 1])
        ):
            words = self._text[units[first].start : units[last].end]
            return Speaker(words, words, units[first].start, "", "person"), last
        return None

    def _ends_right(self, units: list[Unit], at: int, head: int) -> bool:
        unit = units[at]
        if unit.quantity or unit.low in (",", ";", ":", ".", ")", "(") or unit.low in QUOTES:
            return True
        if unit.low in CLAUSES:
            return True
        return head >= 0 and ((unit.has("say.verbs") and not unit.has("say.anonymous")) or unit.low in BE)
