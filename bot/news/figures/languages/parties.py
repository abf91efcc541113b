"""Who is counted in the feeds' other languages.

What the counted are called comes first, behind the number or right before it; then whose they are: by the side
named with them, by "its own", by who speaks, and by the ground where it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.news.figures.languages.line import Line
from bot.news.figures.languages.numbers import Number
from bot.news.figures.languages.things import Thing
from bot.news.figures.languages.voices import Ground, OtherClaim
from bot.news.figures.parties.sides import BY_SIDE
from bot.news.figures.sentence.vocabulary import Vocabulary
from bot.news.model import HARM, OTHER_SIDE, Measure, Party
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set

KINDS = ("militants", "security", "civilians", "refugees", "people")
NOUN = 3  # words after a number in which the counted are called something; before it in some languages
STRUCK = 2  # words between whose strike it was and the word for it
OWNED = 4  # words between "its own" and a number
SIDED = 6  # words between a number and "on both sides"
LEADING = word_set("how.at_least how.over how.nearly how.about how.from_after how.after_name how.in_after")
FOUGHT = word_set("how.strike how.fighting")
AGAINST = word_set("positions vehicles_equipment")  # lost by the other side than the one that tells it
UNKNOWN: Party = "unspecified"


class Counted(NamedTuple):
    """A number and what is known of it before it is asked who is counted."""

    number: Number
    measure: Measure
    happened: int  # word
    claim: OtherClaim


class Parties:
    """The people of one report's figures."""

    def __init__(self, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
        self.mentions, self.vocabulary = mentions, vocabulary

    def ground(self, line: Line) -> Ground:
        """Where a sentence's news happened, by its places or by those of the report."""
        everywhere = set(self._places(self.mentions))
        side = next(self._ground(line), "") or (everywhere.pop() if len(everywhere) == 1 else "")
        provinces = {m.name for m in self.mentions if m.kind == "province" and m.side == "AF"}
        only = provinces.pop() if len(provinces) == 1 else ""
        ground = self.vocabulary.ground
        return Ground(ground.nations, side, only, ground.army)

    def of_thing(self, line: Line, number: Number, thing: Thing, claim: OtherClaim) -> Party:
        """Both sides keep a truce; houses are some civilians'; lorries, money and days are nobody's."""
        if thing.measure != "other":
            return "both" if thing.truce else UNKNOWN
        return self.of(line, Counted(number, "other", number.last, claim), UNKNOWN)

    def of(self, line: Line, counted: Counted, before: Party) -> Party:
        """The counted; `before` are those of the number before, whom a bare "and five wounded" goes on about."""
        number, measure, claim = counted.number, counted.measure, counted.claim
        if measure in HARM and self._on_both_sides(line, number):
            return "both"
        kind, at = self._kind(line, counted)
        named = self._named(line, number, max(at, number.last))
        if measure == "camps" and kind != "refugees":
            return "militants"
        if measure in AGAINST:
            if kind == "militants" or (named and named.side == "militants"):
                return "militants"
            sent = {m.side for m in line.names if m.kind in ("demonym", "state") and m.side in NATIONS}
            side = (named.side if named else "") or OTHER_SIDE.get(claim.side, "")
            side = side or (sent.pop() if measure == "vehicles_equipment" and len(sent) == 1 else "")
            return BY_SIDE["security"][side if side in NATIONS else ""]
        if measure in ("returned", "deported") or kind == "refugees":
            return "afg_refugees"
        if named and named.is_actor and kind in ("", "people", "militants", "security"):
            if named.side in NATIONS:
                return BY_SIDE["security"][named.side]
            if named.side == "militants":
                return "militants"
        if self._is_own(line, counted, kind):
            return BY_SIDE["security"][claim.side]
        if kind == "militants":
            held = measure == "captured" and named and named.side == "AF"
            return "afg_people" if held else self._attackers(line, at)
        others = "how.other" in line.near(number.last, number.last + 2)
        if before != UNKNOWN and (not kind or (others and kind == "people")):
            return before
        side = named.side if named and named.side in NATIONS else ""
        side = side or self._side(line, claim, kind)
        return BY_SIDE[kind or "people"][side]

    # ------------------------------------------------------------------ what they are called

    def _kind(self, line: Line, counted: Counted) -> tuple[str, int]:
        """What the counted are called, and where."""
        number = counted.number
        following = next((n.first for n in line.numbers if n.first >= number.last), len(line.words))
        stop = min(max(number.last + NOUN, counted.happened + 1), following)
        stop = next((k + 1 for k in range(number.last, stop) if line.pauses(k)), stop)
        for at in (number.first, *range(number.last, stop)):
            kind = _kind_at(line, at)
            if kind == "people":  # "nine persons of its forces", "five soldiers": people are anybody
                linked = line.at(at + 1) & {"how.of", "how.of_them_after"}
                more = range(at + 1, min(at + 1 + (NOUN if linked else 1), stop + NOUN))
                kind, at = next(((k, n) for n in more if (k := _kind_at(line, n))), (kind, at))
            if kind:
                return kind, at
        for at in range(number.first - 1, max(-1, number.first - 1 - NOUN), -1):
            if any(n.first <= at < n.last for n in line.numbers) or line.pauses(at):
                break
            if kind := _kind_at(line, at):
                return kind, at
        return "", number.last

    def _named(self, line: Line, number: Number, noun: int) -> Mention | None:
        """The side that is named with the counted: "12 PAKISTANI soldiers", "of THE FRONTIER CORPS nine men"."""
        owning = None
        for mention in line.names:
            first, last = line.words_of(mention)
            if (mention.is_ground) or self._strikes(line, mention):
                continue
            if number.last <= first <= noun + 1:
                return mention
            owner = last + 1 == number.first and "how.owner" in line.at(first - 1)
            near = last < number.first <= last + 2
            if owner or (near and "how.after_name" in line.near(last + 1, number.first)):
                owning = mention
        return owning

    def _on_both_sides(self, line: Line, number: Number) -> bool:
        """ "Dozens of dead ON BOTH SIDES", "OF BOTH SIDES nine were killed": not "in fire from both sides nine"."""
        behind = range(number.last, min(len(line.words), number.last + SIDED))
        stop = next((k + 1 for k in behind if line.pauses(k)), behind.stop)
        if "how.both_after" in line.near(number.last, stop):
            return True
        before = range(max(0, number.first - SIDED), number.first)
        return any("how.both_before" in line.lists[at] and _leads_to(line, at, number) for at in before)

    def _attackers(self, line: Line, at: int) -> Party:
        """ "Attackers" are the Taliban's men where those attacked and nobody else did."""
        sides = {m.side for m in line.names if m.is_actor}
        taliban = any(m.side == "AF" and m.is_actor and m.kind != "person" for m in line.names)
        if "noun.attackers" in line.at(at) and taliban and "militants" not in sides:
            return "afg_taliban_forces"
        return "militants"

    def _is_own(self, line: Line, counted: Counted, kind: str) -> bool:
        """ "Three OF ITS OWN were killed": who speaks for an army counts its soldiers so."""
        fighters = kind == "militants" and counted.claim.side == "AF"
        if counted.claim.side not in NATIONS or not (fighters or kind in ("", "people", "security")):
            return False
        first, last = counted.number.first, counted.number.last
        if "how.own" in line.near(first - OWNED, first) | line.near(last, last + OWNED):
            return True
        happened = line.near(counted.happened, counted.happened + 2)
        clitic = "how.own_clitic" in line.at(first - 1) and "how.passive" in happened
        return clitic and self.vocabulary.has("ground.armies", counted.claim.name.lower())

    # ------------------------------------------------------------------ whose they are

    def _side(self, line: Line, claim: OtherClaim, kind: str) -> str:
        start = line.words[0].start if line.words else 0
        here = list(self._ground(line))
        before = list(self._places(m for m in self.mentions if m.start < start))[::-1]
        if kind == "security":
            pakistani = any(m.side == "PK" for m in self.mentions)
            sides = (claim.denied_side, claim.side, *here, *before, "PK" if pakistani else "")
            return next((side for side in sides if side in NATIONS), "")
        ours = [m for m in line.names if m.side in NATIONS]
        struck = [OTHER_SIDE[m.side] for m in ours if self._strikes(line, m)]
        claimed = [m.side for m in ours if m.kind == "demonym"] if claim.denied_by else []
        everywhere = set(self._places(self.mentions))
        around = [*here, *struck, *claimed, *before] or (everywhere if len(everywhere) == 1 else ())
        counts = self.vocabulary.has("ground.counts_afghans", claim.name.lower())
        own = claim.side if claim.side in NATIONS and not claim.denied_by else ""
        return next(iter(around), "AF" if counts else own)

    def _ground(self, line: Line) -> Iterator[str]:
        """The sides of the places where a sentence's news happened: not of those it came from."""
        for mention in line.names:
            first, last = line.words_of(mention)
            before, after = line.at(first - 1), line.at(last + 1)
            if "how.from_before" in before or "how.from_after" in after:
                continue
            if mention.kind in ("country", "state") and mention.side in NATIONS:
                if before & {"how.in_before", "how.site"} or "how.in_after" in after:
                    yield mention.side
            else:
                yield from self._places([mention])

    def _places(self, mentions: Sequence[Mention] | Iterator[Mention]) -> Iterator[str]:
        border = self.vocabulary.ground.border
        for mention in mentions:
            if mention.is_ground and not mention.dateline:
                side = mention.side if mention.side in NATIONS else border.get(mention.name, "")
                if side:
                    yield side

    def _strikes(self, line: Line, mention: Mention) -> bool:
        """ "in a PAKISTANI air strike": it struck; "nine Pakistanis IN a strike" were struck."""
        first, last = line.words_of(mention)
        ends = (k + 1 for k in range(first - 1, first - STRUCK - 1, -1) if _parts(line, k, "how.in_after", k))
        begins = (k + 1 for k in range(last, last + STRUCK) if _parts(line, k, "how.in_before", k + 1))
        around = line.near(next(ends, first - STRUCK), next(begins, last + STRUCK + 1))
        return "how.strike" in around


def _parts(line: Line, mark: int, link: str, at: int) -> bool:
    """Whether a mark behind one word or a link at another parts what stands around them."""
    return line.pauses(mark) or link in line.at(at)


def _leads_to(line: Line, at: int, number: Number) -> bool:
    """Whether nothing but "of", "at least" and the counted stand between "both sides" and a number."""
    if not line.at(at - 1).isdisjoint(FOUGHT):
        return False  # Persian: "in fire FROM BOTH SIDES"
    at = line.end_of(at, "how.both_before")
    while at < number.first and not line.pauses(at - 1) and not LEADING.isdisjoint(line.lists[at]):
        at = max(end for end, names in line.phrases[at] if not LEADING.isdisjoint(names))
    return at == number.first and not line.pauses(at - 1)


def _kind_at(line: Line, at: int) -> str:
    return next((kind for kind in KINDS if f"noun.{kind}" in line.at(at)), "")
