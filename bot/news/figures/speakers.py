"""Who is named as speaking: a person or body of the lexicon, an unnamed official, a pronoun that points back."""

from __future__ import annotations

from dataclasses import replace

from bot.news.figures.names import Names
from bot.news.figures.sayings import CLAUSES, NOBODY, STOPS, SUBJECT, Speaker, is_head
from bot.news.figures.units import ADVERBS, BE, HAVE, PREPOSITIONS, Unit, looks_finite
from bot.news.figures.unnamed import PAPERS, Found, is_definite, office, titled_name, unknown_name, witness
from bot.news.figures.voices import Voices
from bot.news.model import UNATTRIBUTED
from bot.news.text import Mention

QUOTES = frozenset('"“”«»')
PAKISTANI = frozenset(("ISPR", "security sources"))  # whom bare words stand for in this region
WHERE = frozenset(("in", "at", "near", "across", "against", "into", "on"))
REACH = 16  # units that a speaker's name and title may take


class Speakers:
    """Recognises speakers in one text, and remembers who spoke last."""

    __slots__ = ("names", "voices")

    def __init__(self, names: Names) -> None:
        self.names = names
        self.voices = Voices()

    def subject(self, units: list[Unit]) -> Speaker:
        """Who does something in a sentence, where it begins with a name: "UNAMA demanded an inquiry"."""
        for at, unit in enumerate(units[: SUBJECT + 2]):
            mention = self.names.mention_at(unit)
            if mention and (mention.kind == "person" or not self._owns(units, at, mention)):
                ends = next((k for k in range(at, len(units)) if units[k].start >= mention.end), at)
                acts = any(looks_finite(u) for u in units[ends : ends + SUBJECT])
                return self.names.named(mention) if acts else NOBODY
            if unit.low in PREPOSITIONS or unit.low in STOPS or unit.low == "," or looks_finite(unit):
                return NOBODY
        return NOBODY

    def _owns(self, units: list[Unit], at: int, mention: Mention) -> bool:
        """ "Pakistan's foreign minister": not the country, its minister."""
        after = next((u for u in units[at:] if u.start >= mention.end), None)
        return after is not None and after.low == "'s"

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
            known = self._pronoun(units, at)
            return (known, at) if known.name != UNATTRIBUTED else None
        return self.phrase_before(units, at) or self._related(units, at)

    def _related(self, units: list[Unit], at: int) -> Found | None:
        """ "the army, WHICH in the evening confirmed …": the subject of a relative clause stands before it."""
        for k in range(at, max(0, at - SUBJECT), -1):
            if units[k].low in ("who", "which"):
                return self.phrase_before(units, k - (2 if units[k - 1].low == "," else 1))
            if looks_finite(units[k]) or not units[k].word:
                return None
        return None

    def phrase_before(self, units: list[Unit], at: int) -> Found | None:
        """The speaker whose words end at a unit: persons first, then a titled body, then anybody."""
        end = self._before_aside(units, at) if units[at].low == "," else at
        mentions: list[tuple[Mention, int]] = []
        head = -1
        start = end + 1
        for k in range(end, max(-1, end - REACH), -1):
            unit = units[k]
            mention = self.names.mention_at(unit)
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
        """The unit before an aside that ends at a comma, else the one before the comma.

        "An official, WHO MAY NOT SPEAK TO REPORTERS, said"; "an elder, AGED 45, said".
        """
        for k in range(comma - 1, max(0, comma - REACH), -1):
            number = units[k].quantity
            aside = number or units[k].low in ("who", "which", "speaking", "aged")
            if aside and units[k - 1].low == ",":
                return k - 2
            if units[k].low == ";" or (number and number.kind == "count"):
                break
        return comma - 1

    def _ends_left(
        self, units: list[Unit], at: int, found: bool, mentions: list[tuple[Mention, int]], closed: bool
    ) -> bool:
        unit = units[at]
        if unit.quantity or unit.low in STOPS or unit.low in QUOTES or unit.has("structure.causal"):
            return True
        if unit.has("say.verbs", "say.deny") and not is_head(unit) and not unit.has("say.claim_nouns"):
            return True
        if unit.low == "and":
            return not found or not (at and self.names.mention_at(units[at - 1]) and mentions)
        if unit.low == ",":
            return not closed or not self._apposition(units, at)
        return False

    def _apposition(self, units: list[Unit], at: int) -> bool:
        """ "the envoy, Asim Iftikhar Ahmad, said": what stands before the comma names the same speaker."""
        back = units[at - 1] if at else None
        after = units[at + 1] if at + 1 < len(units) else None
        if back is None or after is None or back.quantity:
            return False
        named, person = self.names.mention_at(after), self.names.mention_at(back)
        if person and person.kind == "person" and (named is None or named.kind != "person"):
            return True  # "Asim Iftikhar Ahmad, Pakistan's envoy, said"
        if back.capital and after.low in ("a", "an"):
            return True  # "the Norwegian Refugee Council, an aid group, put"
        titled = back.has("say.anonymous", "say.roles") or self.names.mention_at(back) is not None
        return bool(
            titled
            and (named is None or named.kind == "person")
            and (named or after.low in ("a", "an", "the") or self.names.mention_at(back))
        )

    def _choose(
        self, units: list[Unit], start: int, end: int, mentions: list[tuple[Mention, int]], head: int
    ) -> Found | None:
        for mention, _ in mentions:
            if mention.kind == "person":
                return self.names.named(mention), start
        if known := titled_name(self.names, units, start, end):
            return known[0], start
        if head >= 0:
            return self._titled(units, start, end, mentions, head)
        for mention, at in mentions:
            if mention.kind not in ("country", "state") or not self._is_where(units, at):
                return self.names.named(mention), start
        found = unknown_name(self.names, units, end) or witness(self.names, units, end)
        return (found[0], start) if found else None

    def _is_where(self, units: list[Unit], at: int) -> bool:
        """ "in Pakistan", "on the Afghan side": a place, nobody who speaks."""
        before = at - 2 if at > 1 and units[at - 1].low == "the" else at - 1
        return before >= 0 and units[before].low in WHERE

    def _titled(
        self, units: list[Unit], start: int, end: int, mentions: list[tuple[Mention, int]], head: int
    ) -> Found | None:
        """ "Taliban spokesman", "the UN mission", "an Islamabad think tank", "Khost officials"."""
        near = [(m, k) for m, k in mentions if abs(k - head) <= 6]
        bodies = [m for m, k in near if m.kind not in ("state", "country", "media", "agency") or k > head]
        owner = next((m for m, k in near if m.kind in ("state", "country") and k < head), None)
        later = [(m, k) for m, k in near if k > head]
        if bodies and not later:
            return self._its_person(units, start, end, bodies[0], head) or self.names.named(bodies[0]), start
        if later and units[head + 1].low in ("of", "for", "from", "with", "at"):
            return self.names.named(later[-1][0]), start
        beside = [m for m, _ in later if m.start == units[head + 1].start]
        if beside and beside[0].kind not in ("state", "country"):
            return self.names.named(beside[0]), start  # "rights group Amnesty International"
        if owner and units[head].has("speaker.government"):
            return self._its_person(units, start, end, owner, head) or self.names.named(owner), start
        return self._anonymous(units, start, end), start

    def _its_person(
        self, units: list[Unit], start: int, end: int, body: Mention, head: int
    ) -> Speaker | None:
        """ "the Emirate's spokesman" after Mujahid has spoken is Mujahid."""
        if "the" not in (units[start].low, units[start - 1].low) and units[head - 1].low != "'s":
            return None
        words = self.names.text[units[start].start : units[end].end].strip(" ,")
        return self.voices.of_body(self.names.named(body), units[head].low, words, units[start].start)

    def _anonymous(self, units: list[Unit], start: int, end: int) -> Speaker:
        """Somebody without a name: the source's own words, unless they point back at somebody."""
        words = office(units[start : end + 1])
        if not words:
            return NOBODY
        text = self.names.words(words)
        paper = len(words) == 1 and words[0].low in PAPERS
        definite = paper or is_definite(units[start : end + 1])
        known = self._pointed_at(words) if definite else NOBODY
        if known.name != UNATTRIBUTED:
            return replace(known, words=text, start=words[0].start)
        if paper:
            return NOBODY  # whose statement, the text does not say
        canonical = words[0].within("names")
        if len(words) > 1 and (canonical == "officials" or words[1].low not in PREPOSITIONS):
            canonical = ""  # "officials in Khost" are not all officials, "the army in Pakistan" is the army
        side = "PK" if canonical in PAKISTANI else self.names.side_of(words)
        single = any(u.has("speaker.person") for u in words)
        return Speaker(canonical or text, text, words[0].start, side, "anonymous", single)

    def _pointed_at(self, words: list[Unit]) -> Speaker:
        """ "The envoy", "the ministry": the last one who spoke, where it is of that sort."""
        if len(words) > 2 or not words[-1].has("say.roles") or words[-1].within("names") == "ISPR":
            return NOBODY
        known = self.voices.role(words)
        if known.name == UNATTRIBUTED and words[-1].low in ("group", "militants"):
            before = reversed(self.names.before(words[0].start))
            known = next((self.names.named(m) for m in before if m.kind == "group"), NOBODY)
        return known

    def _pronoun(self, units: list[Unit], at: int) -> Speaker:
        """Whom "he" stands for: never the subject of a sentence that ends in "…, he said"."""
        aside = at > 0 and (units[at - 1].low == "," or units[at - 1].low in QUOTES)
        within = at > 1 and (not aside or units[at - 2].low in ("that", "which"))
        known = self.voices.pronoun(units[at].low, within)
        if units[at].low == "they" and within:
            known = self._plural(units[:at]) or known
        return replace(known, words=self.names.text[units[at].start : units[at].end], start=units[at].start)

    def _plural(self, units: list[Unit]) -> Speaker | None:
        """ "A tally from provincial officials was higher: THEY …"."""
        for unit in reversed(units):
            mention = self.names.mention_at(unit)
            if mention and mention.kind != "person" and unit.low.endswith("s"):
                return self.names.named(mention)
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
            mention = self.names.mention_at(unit)
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
                    return self.names.named(mention), last
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
            return self.names.named(state[0]), max(head, state[1])
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
            words = self.names.text[units[first].start : units[last].end]
            return Speaker(words, words, units[first].start, "", "person"), last
        return None

    def _ends_right(self, units: list[Unit], at: int, head: int) -> bool:
        unit = units[at]
        if unit.quantity or unit.low in (",", ";", ":", ".", ")", "(") or unit.low in QUOTES:
            return True
        if unit.low in CLAUSES:
            return True
        return head >= 0 and ((unit.has("say.verbs") and not unit.has("say.anonymous")) or unit.low in BE)
