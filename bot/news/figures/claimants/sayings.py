"""Acts of saying: who speaks, which stretch of a text that covers, who denies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bot.news.figures.sentence.units import Unit
from bot.news.figures.sentence.weekdays import WEEKDAYS
from bot.news.model import UNATTRIBUTED
from bot.news.text.words import word_set

# words around a speaker
CLAIMS = word_set(
    "claim claims report reports assertion assertions announcement allegation allegations figure figures count counts number numbers toll tolls accusation accusations estimate estimates version account"
)
SPOKESMEN = frozenset(("spokesman", "spokesperson", "spokeswoman"))
CLAUSES = word_set("that who which as after and while whereas but on when")
STOPS = frozenset(("that", "but", "while", "whereas", "which", "who", ";", ":", ".", "(", ")", "!", "?"))
LEADING = word_set(
    "the a an and that by to as his her its their our my same some but in on of for from one another"
)
REPORTS = ("scope.report", "say.reports")  # papers that a text may be, or be about
DATES = WEEKDAYS | {"kind.month"}
JOINING = frozenset(("and", "but", "while", "whereas"))
SUBJECT = 6  # units at a sentence's start that may name its subject

HEADS = frozenset(("say.anonymous", "say.outlets"))
CARRIERS = word_set(
    "agency television tv radio media broadcaster channel newspaper paper daily network outlet outlets"
)
NOUN, VERB, POSTPOSED, ACCORDING, COLON = range(5)  # how strongly a saying holds what it covers


class Speaker(NamedTuple):
    """Who speaks: the canonical name, the words that name them here, side and sort."""

    name: str
    words: str
    start: int
    side: str = ""
    kind: str = ""  # of the actor; "anonymous" for words of the source
    single: bool = False  # somebody without a name, but one person: "a doctor"
    title: str = ""  # all that is said of them where they are named, in small letters: "gul rahman, a farmer"

    @property
    def is_named(self) -> bool:
        """Whether anybody speaks at all: nobody is a speaker, too."""
        return self.name != UNATTRIBUTED

    @property
    def is_outlet(self) -> bool:
        return self.kind == "media"

    @property
    def is_carrier(self) -> bool:
        """Whether somebody only carries what others say: an outlet, with a name or without: "the news agency"."""
        words = self.words.lower().split(" ")
        return self.is_outlet or words[-1] in CARRIERS or words[0] == "radio"

    @property
    def is_person(self) -> bool:
        return self.single or self.kind == "person"

    @property
    def is_thing(self) -> bool:
        """Whether "it" may stand for the speaker."""
        return self.kind != "person" and not (self.kind == "anonymous" and self.single)


NOBODY = Speaker(UNATTRIBUTED, "", -1)


@dataclass(slots=True)
class Saying:
    """One act of saying: which stretch of the text (code points) it covers."""

    speaker: Speaker
    start: int
    end: int
    strength: int
    denied_by: str | None = None
    answered_by: str | None = None  # who denies it in a sentence behind
    taken_back: bool = False  # "four, NOT EIGHT AS POLICE HAD SAID": no figure, unless somebody denies it


def is_taken_back(sayings: Sequence[Saying], start: int) -> bool:
    """Whether the number at an offset was corrected, by nobody who is named."""
    return any(s.taken_back and s.denied_by is None and s.start <= start < s.end for s in sayings)


def answer(sayings: Sequence[Saying], start: int, speaker: Speaker) -> str | None:
    """Who denies in a later sentence what somebody says at an offset."""
    cover = (s for s in sayings if s.start <= start < s.end and s.speaker.name == speaker.name)
    return next((s.answered_by for s in cover if s.answered_by), None)


def leave(found: list[Saying], start: int, end: int, goes: Callable[[Saying], bool]) -> None:
    """Take a stretch from the sayings that go."""
    kept: list[Saying] = []
    for saying in found:
        if saying.end <= start or end <= saying.start or not goes(saying):
            kept.append(saying)
        else:
            ends = ((saying.start, start), (end, saying.end))
            kept += [replace(saying, start=a, end=b) for a, b in ends if a < b]
    found[:] = kept


def close(found: list[Saying], units: Sequence[Unit], said: frozenset[str]) -> None:
    """A saying ends where the next speaker's clause begins."""
    any_date = not said.isdisjoint(DATES)
    if not (any_date or len(found) > 1):
        return
    teller = next((s for s in found if s.strength == VERB and s.speaker.is_person), None)
    if teller:
        found[:] = [s for s in found if not _is_own_side(units, teller, s)]
    named = (s for s in found if s.strength in (NOUN, VERB) and s.speaker.is_named)
    starts = sorted({(s.start, s.speaker.start, s.strength) for s in named})
    back = [
        units[k].start
        for k in (range(1, len(units) - 1) if "that" in said else ())
        if units[k].low == "and" and units[k + 1].low == "that"
    ]
    commas = (k for k in (range(1, len(units) - 3) if any_date else ()) if units[k].low == ",")
    dated = [units[k].start for k in commas if turns(units, k)]
    outer = next((s for s in found if s.strength == VERB), None)
    behind = {s.speaker.start: s.strength for s in found if s.strength in (POSTPOSED, ACCORDING)}
    for saying in found:
        if saying.strength not in (NOUN, VERB):
            continue
        if behind:
            saying.end = min(saying.end, _next_clause(units, saying, max(behind)))
        if outer and saying is not outer and saying.start > outer.start and not _broken(units, outer, saying):
            saying.end = min([saying.end, *(at for at in back if at > saying.start)])
        saying.end = min([saying.end, *(at for at in dated if at >= saying.start)])
        for start, speaker, strength in starts:
            cut = speaker if speaker > saying.start and strength == VERB else start
            if (
                saying.start < cut < saying.end
                and speaker != saying.speaker.start
                and not (saying is outer and any(at > start for at in back))
            ):
                saying.end = cut


def _next_clause(units: Sequence[Unit], saying: Saying, speaker: int) -> int:
    """ "Three died, police said, AND NINE WERE HURT, the hospital said": where the clause of who is named last begins."""
    between = [k for k in range(1, len(units)) if saying.start <= units[k].start < speaker]
    joins = (
        units[k].start
        for k in between
        if units[k].low in (";", ":") or (units[k].low in JOINING and units[k - 1].low == ",")
        if not units[k + 1].has("say.deny")  # "…, and DENIES that nine died, as Kabul claims"
    )
    return max(joins, default=saying.end)


def _is_own_side(units: Sequence[Unit], teller: Saying, inner: Saying) -> bool:
    """ "Fitrat said THE GOVERNMENT HAD REGISTERED 40 dead": whoever speaks for a state says what it says."""
    state = (
        inner.strength == VERB and inner.speaker.kind == "state" and inner.speaker.side == teller.speaker.side
    )
    return state and inner.speaker.start >= teller.start and not _broken(units, teller, inner)


def turns(units: Sequence[Unit], at: int) -> bool:
    """ "…, AND ON MARCH 13 debris injured four": the report goes on by itself."""
    and_on = at + 3 < len(units) and units[at + 1].low in ("and", "but") and units[at + 2].low in ("on", "in")
    return and_on and any(u.has("kind.month") or u.low in WEEKDAYS for u in units[at + 3 : at + 5])


def _broken(units: Sequence[Unit], outer: Saying, inner: Saying) -> bool:
    """Whether the inner saying is a new clause and no part of what the outer speaker says."""
    return any(u.low in (":", ";", ",") and outer.start <= u.start < inner.start for u in units)


def reporter(sayings: Sequence[Saying]) -> Speaker:
    """The body that alone speaks in a sentence which names a report: "UNAMA recorded 331, says its latest update"."""
    voices = {s.speaker.name: s.speaker for s in sayings}
    one = next(iter(voices.values()), NOBODY)
    body = one.is_thing and not one.is_outlet and one.kind != "state"
    return one if len(voices) == 1 and body else NOBODY


def says(sayings: list[Saying], start: int) -> tuple[Speaker, str | None]:
    """Who says the number at an offset, and who denies it."""
    cover = [s for s in sayings if s.start <= start < s.end]
    named = [s for s in cover if s.speaker.is_named]
    if any(not s.speaker.is_outlet for s in named):
        named = [s for s in named if not s.speaker.is_outlet]
    nobody = [s for s in cover if not s.speaker.is_named]
    if not named:
        return NOBODY, next((s.denied_by for s in nobody), None)
    best = min(named, key=lambda s: _rank(s, start))
    denied = best.denied_by or next((s.denied_by for s in nobody), None)
    return best.speaker, None if denied == best.speaker.name else denied


def _rank(saying: Saying, start: int) -> tuple[int, int]:
    """How well a saying holds a number: of those named behind what they say, the next one holds it best."""
    if saying.strength not in (POSTPOSED, ACCORDING):
        return saying.strength, -saying.start
    behind = saying.speaker.start - start
    return POSTPOSED, behind if behind > 0 else 10_000 - behind


def is_head(unit: Unit) -> bool:
    """A word that may name a speaker by itself: officials, police, the army."""
    return _is_head(unit.tags) if unit.tags else False


@lru_cache(maxsize=4_096)
def _is_head(tags: frozenset[str]) -> bool:
    return any(tag in HEADS or tag.startswith("names.") for tag in tags)
