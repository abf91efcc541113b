"""What stands around a number: the text's names and on whose ground they are, its sentence, and who speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.news.figures.parties.foreground import foreground
from bot.news.figures.sentence.clause import UNKNOWN
from bot.news.figures.sentence.vocabulary import Ground
from bot.news.model import Party
from bot.news.text.lexicon import NATIONS, Mention
from bot.news.text.words import word_set

BY_SIDE: dict[str, dict[str, Party]] = {
    "security": {"PK": "pak_security_forces", "AF": "afg_taliban_forces", "": UNKNOWN},
    "civilians": {"PK": "pak_civilians", "AF": "afg_civilians", "": UNKNOWN},
    "people": {"PK": "pak_people", "AF": "afg_people", "": UNKNOWN},
}
PARTY_SIDE: dict[Party, str] = {
    "pak_security_forces": "PK", "pak_civilians": "PK", "pak_people": "PK", "afg_taliban_forces": "AF",
    "afg_civilians": "AF", "afg_people": "AF", "afg_refugees": "AF", "militants": "militants",
    "afg_taliban_and_militants": "AF",
}  # fmt: skip
LOCATIVE = word_set("in inside into across within throughout outside")
DIRECTIONS = word_set(
    "eastern western northern southern southeastern northeastern southwestern northwestern south-eastern central"
)
COMPASS = word_set(
    "east west north south southeast northeast southwest south-east north-east south-west edge border parts"
)
STRIKES = word_set(
    "strike strikes airstrike airstrikes raid raids shelling bombing bombardment attack attacks fire drones"
)
COMING = word_set(
    "fired launched sent lobbed flown crossed crossing entered came fire shelling shells rockets drones"
)
PLANNED = word_set(
    "based planned plotted hatched ordered directed orchestrated masterminded coordinated controlled organised organized conceived guided trained hiding sheltering"
)
PLANNERS = word_set("handlers leaders leadership masterminds planners sanctuaries havens")
DISTANCE = word_set("km kms kilometres kilometre kilometers kilometer miles mile across away")
OPPOSITE = word_set("opposite facing bordering adjoining neighbouring")
AGAIN = (
    "they ",
    "these ",
    "those ",
    "it has ",
    "the attacks ",
    "the fighting ",
    "the dead ",
    "among them ",
    "of them ",
)
OF_PROVINCE = word_set("the of province district afghan pakistani afghanistan's pakistan's")
HAILING = word_set("them whom came come hailed hail")
HEARERS = word_set("reporters journalists conference briefing newsmen")
SAID = (["said"], ["say"], ["says"])  # "officials on the Pakistani side SAID" are nowhere
ACTS = word_set("said did had put gave spoke would will could may")
AT = LOCATIVE | word_set("near at of on around over outside to from for between and")
BULLETINS = (
    "update",
    "report",
    "bulletin",
    "overview",
    "snapshot",
    "brief",
    "situation",
    "response",
    "monitor",
)
SIDE = 12  # characters between a crossing and "the Afghan side" of it
LOOK = 14  # units between a strike and those it hit


class Voice(NamedTuple):
    """Who speaks of a number, as far as it says whose people are counted."""

    side: str = ""
    home: str = ""  # whose people the speaker counts: a country's own mission, ministry or army
    army: bool = False  # the speaker is an army or its ministry
    answers: str = ""  # the side that spoke before, in the same sentence
    both: bool = False  # it is told of both sides: "on either side of the line", "along the frontier"
    denier: str = ""  # the side that denies what is said


UNHEARD = Voice()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text, in order, and what is known by now of the ground at each."""

    text: str
    mentions: tuple[Mention, ...]
    starts: Sequence[int]  # where they stand
    ground: Ground
    home: str = ""  # the country of the outlet
    grounds: dict[int, tuple[str, int]] = field(default_factory=dict)  # by where a name stands


@dataclass(slots=True)
class Surroundings:
    """What stands around a number: the text's names, its sentence, and who speaks."""

    names: Names
    start: int  # of the sentence
    end: int
    voice: Voice = UNHEARD

    @property
    def text(self) -> str:
        return self.names.text

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        first = bisect_left(self.names.starts, start)
        return self.names.mentions[first : bisect_left(self.names.starts, end, first)]

    def places(self, start: int, end: int, exact: bool = False) -> list[str]:
        """On whose ground something happens: places, and (unless `exact`) a state after "in", "on eastern"."""
        named = (m for m in self.between(start, end) if not m.dateline)
        found = (self._ground_of(m) for m in named if not exact or (m.is_place and m.kind != "country"))
        return [side for side, _ in found if side]

    def told_places(self, start: int, end: int, exact: bool = False) -> list[str]:
        """The same without those of an earlier happening: "strikes in Khost, hours after a bombing in Bannu, …"."""
        named = (m for m in self.between(start, end) if not m.dateline)
        exactly = (m for m in named if not exact or (m.is_place and m.kind != "country"))
        placed = [(side, m.start) for m in exactly if (side := self._ground_of(m)[0])]
        return foreground(self.text, placed, end) if len(placed) > 1 else [side for side, _ in placed]

    def dateline(self) -> str:
        """The country of the town that a report is written from; capitals report on all of it and more."""
        towns = (
            m
            for m in self.names.mentions
            if m.dateline and m.is_place and m.name not in self.names.ground.desks
        )
        sides = (m.side if m.side in NATIONS else self.names.ground.border.get(m.name, "") for m in towns)
        return next((side for side in sides if side), "") or self._headed()

    def written_in(self) -> str:
        """The country of its dateline, capitals and all; "" where it has none, or two."""
        sides = {m.side for m in self.names.mentions if m.dateline and m.side in NATIONS}
        return sides.pop() if len(sides) == 1 else ""

    def at_home(self) -> str:
        """The outlet's country, where its text names no third one."""
        abroad = any(m.kind in ("country", "state") and m.side not in NATIONS for m in self.names.mentions)
        return "" if abroad else self.names.home

    def sides(self) -> set[str]:
        """The sides of whomever and whatever a text names."""
        return {m.side for m in self.names.mentions}

    def _headed(self) -> str:
        """ "AFGHANISTAN: Flash Update #4": the country that heads a bulletin, never one that speaks in a headline."""
        first = self.names.mentions[0] if self.names.mentions else None
        if (
            first is None
            or first.start
            or first.kind not in ("country", "state")
            or first.side not in NATIONS
        ):
            return ""
        head = self.text[first.end :].partition("\n")[0].lower()
        return first.side if head.startswith(":") and any(word in head for word in BULLETINS) else ""

    def hostile_to(self) -> str:
        """Whose enemy "the enemy" is: the speaker's, else that of whoever was named last as one who acts."""
        if self.voice.side == "militants":
            return "AF"  # whose enemy is Pakistan
        if self.voice.side in NATIONS:
            return self.voice.side
        actors = [m.side for m in self.between(0, self.start) if m.is_actor and m.side in NATIONS]
        return actors[-1] if actors else ""

    def last_group(self) -> str:
        """Who fought last before the sentence, in its paragraph: "AF" its forces or the Taliban, "militants" a group."""
        start = max(0, self.text.rfind("\n", 0, self.start))
        for m in reversed(self.between(start, self.start)):
            if m.side == "militants":
                return m.side
            words = self.text[m.start : m.end + 10].lower()
            if m.side == "AF" and any(word in words for word in ("taliban", "forces", "troops", "soldiers")):
                return m.side
        return ""

    def first_place(self, start: int, end: int) -> tuple[str, int]:
        """The first of those, and where it stands."""
        found = (self._ground_of(m) for m in self.between(start, end) if not m.dateline)
        return next((one for one in found if one[0]), ("", -1))

    def _ground_of(self, mention: Mention) -> tuple[str, int]:
        if mention.start not in self.names.grounds:
            self.names.grounds[mention.start] = self._ground(mention)
        return self.names.grounds[mention.start]

    def _ground(self, mention: Mention) -> tuple[str, int]:
        if mention.side in NATIONS and self._strikes(mention):
            return "", -1
        if self.is_elsewhere(mention) or (mention.is_place and self._acts(mention)):
            return "", -1
        if mention.is_place:
            return mention.side if mention.side in NATIONS else self._half(mention), mention.start
        if mention.side not in NATIONS or mention.kind not in ("state", "demonym"):
            return "", -1
        before = self.text[max(0, mention.start - 24) : mention.start].lower().split()
        after = self.text[mention.end : mention.end + 24].lower().split()
        if mention.kind == "demonym":  # "outside a Pakistani court", "bombs Afghan provinces"
            ground = after[0].strip(".,;:") if after else ""
            near = bool(set(before[-2:]) & (LOCATIVE | {"near", "at"})) or ground.endswith("s")
            return (mention.side if near and ground in self.names.ground.words else ""), mention.start
        if (
            mention.side == "AF"
            and self.text.startswith("Afghanistan", mention.start)
            and after[:1]
            and after[0] in STRIKES
        ):
            return (
                "AF",
                mention.start,
            )  # "Afghanistan strike death toll": where, as it is the other side that flies
        part = before[-1:] == ["of"] and before[-2:-1] and before[-2].rstrip("-") in COMPASS
        located = part or (len(before) > 1 and before[-1] in DIRECTIONS)
        aside = "on" in before[-2:] and self._is_side(mention) and after[:1] not in SAID
        return (mention.side if located or aside else ""), mention.start

    def _half(self, gate: Mention) -> str:
        """ "at Angoor Adda ON THE AFGHAN SIDE", else the half of the line where a crossing of its name lies."""
        near = (m for m in self.between(gate.end, gate.end + SIDE) if self._is_side(m))
        behind = (m.side for m in near if "on" in self.text[gate.end : m.start].split())
        return next(behind, "") or self.names.ground.border.get(gate.name, "")

    def _is_side(self, mention: Mention) -> bool:
        return mention.side in NATIONS and self.text[mention.start : mention.end].endswith("side")

    def is_elsewhere(self, mention: Mention) -> bool:
        """Named for where something came from, was planned or lies near: "a shell FIRED FROM Kunar", "PLANNED IN
        Afghanistan", "20 kilometres from Kharlachi", "OPPOSITE Bajaur", "three of them from Laghman", "the Kunar RIVER"."""
        if self.text.startswith((" river", " River"), mention.end):
            return True
        before = self.text[max(0, mention.start - 60) : mention.start].lower().split()
        while before and before[-1] in OF_PROVINCE:
            before.pop()
        if not before:
            return False
        last, words = before[-1].strip(","), {word.strip(".,;:") for word in before[-4:-1]}
        if last == "from":
            return bool(words & (COMING | PLANNED | DISTANCE) or words & HAILING & {*before[-2:-1]})
        return last in OPPOSITE or (last == "in" and bool(words & (PLANNED | PLANNERS)))

    def _acts(self, mention: Mention) -> bool:
        """ "Islamabad did not deny it": a capital that speaks for its country, or where something was said."""
        if mention.name not in self.names.ground.desks:
            return False
        before = self.text[max(0, mention.start - 40) : mention.start].lower().split()
        after = self.text[mention.end : mention.end + 24].lower().split()
        acts = bool(after) and (after[0].endswith(("ed", "s")) or after[0] in ACTS)
        told = bool(
            set(before[-4:]) & HEARERS
        )  # "told reporters in the Pakistani capital": where it was said
        return told or (acts and after[0] not in STRIKES and not (before and before[-1] in AT))

    def _strikes(self, mention: Mention) -> bool:
        """ "in Pakistan's air strike": whose it is, not whose ground."""
        after = self.text[mention.end : mention.end + 40].lower().replace("’", "'").split()[:4]
        return bool(after) and after[0] == "'s" and any(w.strip(".,;:") in STRIKES for w in after[1:])


def told_of_both(around: Surroundings) -> bool:
    """Whether a sentence, or the one that it takes up with "they", counts on both sides and on no one's ground."""
    low = around.text[around.start : around.end].lower()
    if low.startswith(AGAIN):
        paragraph = around.text.rfind("\n\n", 0, around.start) + 1
        low = around.text[paragraph : around.end].lower()
    on_both = any(words in low for words in around.names.ground.on_both)
    return on_both and not around.places(around.start, around.end)
