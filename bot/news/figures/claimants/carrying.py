"""Who goes on speaking in a sentence that says nothing of who speaks: by what it counts, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.published import Publisher, published
from bot.news.figures.claimants.sayings import NOBODY, Speaker, is_head, says
from bot.news.figures.claimants.sayings import NOUN as CLAIM
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    Unit,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.figures.sentence.weekdays import WEEKDAYS
from bot.news.text.words import word_set

LOSSES = word_set(
    "killed wounded casualties captured abducted missing surrendered displaced returned deported "
    "positions camps vehicles_equipment"
)
FLOWS = word_set("returned deported displaced hosted")
COUNTING = frozenset(("un", "agency"))
VARIED = frozenset(("other", "duration"))  # measures of things that have nothing in common
VIOLENCE = frozenset(("structure.violence", "structure.strike", "structure.fighting"))
UNREAL = frozenset(("structure.modal", "structure.zero"))  # "there will be no talks under fire"
BARE_SENTENCES = 3  # between two of one speaker's that may be his too
DATED = frozenset(("date", "year", "clock"))
EARLIER = word_set(
    "earlier previous previously before ago last background meanwhile separately elsewhere later"
)
FOLLOWS = word_set("followed follows avenged avenges")
PARTITIVE = 2  # units before "of them" where it begins a sentence
OF_THEM = frozenset(("of them", "of these", "of those", "of the dead"))
PERSON = frozenset(("he", "she", "his", "her"))
THING = frozenset(("it", "its"))
HEAD = 4  # units from "had" to its verb
BARE = word_set("of the them were was are is have had more others other")


@dataclass
class Turn:
    """A sentence in which nobody speaks, and what the text has said so far."""

    parts: Sequence[Part]
    index: int
    held: Sequence[Speaker]  # who had the floor in each sentence before
    publisher: Publisher
    text: str
    title_end: int

    @property
    def part(self) -> Part:
        return self.parts[self.index]

    @property
    def before(self) -> Part:
        return self.parts[self.index - 1]

    @cached_property
    def apart(self) -> bool:
        """Whether the sentence begins a paragraph."""
        return apart(self.parts, self.index, self.text)

    @cached_property
    def is_new(self) -> bool:
        """Whether the sentence turns to another time, or lets somebody else tell."""
        return bool(self.part.sentence.bound) and _is_new(self.part.sentence)

    @cached_property
    def voice(self) -> Speaker:
        """Who alone spoke in the sentence before, or had the floor there."""
        return only_voice(self.before) if self.before.sayings else self.held[-1]


def carried(here: Turn) -> Speaker:
    """Who goes on speaking; nobody where no rule says so."""
    if not here.part.sentence.bound:
        return _between_two(here)
    for rule, within, undated in RULES:
        asked = not (within and here.apart) and not (undated and here.is_new)
        speaker = rule(here) if asked else NOBODY
        if speaker.is_named and not speaker.is_outlet:
            return speaker
    return NOBODY


def apart(parts: Sequence[Part], index: int, text: str) -> bool:
    """Whether a sentence begins a paragraph."""
    return "\n" in text[parts[index - 1].span.start : parts[index].span.start]


def only_voice(part: Part) -> Speaker:
    """The one who alone says anything in a sentence."""
    voices = {s.speaker.name: s.speaker for s in part.sayings}
    known = next(iter(voices.values()))
    denied = any(s.denied_by for s in part.sayings)
    return known if len(voices) == 1 and not denied and not known.is_outlet else NOBODY


def teller(part: Part, start: int, floor: Speaker) -> Speaker:
    """Who tells the number at an offset: who says so in its sentence, else who has the floor."""
    return says(part.sayings, start)[0] if part.sayings else floor


def _of_toll(here: Turn) -> Speaker:
    """ "Kabul said 40 had died. Islamabad was silent. AMONG THE DEAD were four children.": who told the whole."""
    bound = here.part.sentence.bound.values()
    if not all(b.phrase.subset for b in bound) or not any("among" in u.low for u in here.part.sentence.units):
        return NOBODY
    measures = {b.measure for b in bound}
    for k in range(here.index - 1, max(-1, here.index - 1 - BARE_SENTENCES), -1):
        part = here.parts[k]
        told = [b for b in part.sentence.bound.values() if b.measure in measures and not b.phrase.subset]
        if told:
            return teller(part, told[-1].phrase.quantity.start, here.held[k])
    return NOBODY


def _counts_on(here: Turn) -> Speaker:
    """ "By June THE FIGURES stood at 438", "Most OF THEM fell in May"."""
    units = here.part.sentence.units
    if any(u.has("say.verbs") and not u.has("say.weak") for u in units):
        return NOBODY
    verb = next((k for k, u in enumerate(units) if looks_finite(u)), len(units))
    if any(is_head(u) for u in units[:verb]):
        return NOBODY
    for at, unit in enumerate(units[: min(verb, len(units) - 1)]):
        if unit.low in OF_THEM and at <= PARTITIVE:
            return here.voice
        if unit.low.startswith("the ") and unit.has("structure.anaphor"):
            of_time = any(_is_dated(units, k) for k in range(at + 2, min(at + 4, len(units))))
            if units[at + 1].low not in PREPOSITIONS or of_time:  # no "number OF schools"
                return here.voice
    return NOBODY


def _below_headline(here: Turn) -> Speaker:
    """From an attributed headline into the text, where that tells of the same."""
    before = here.before
    if not (
        here.before.span.end <= here.title_end
        and before.sayings
        and here.title_end < here.part.span.start + 2
    ):
        return NOBODY
    first, told = before.sayings[-1].speaker, before.sentence.bound.values()
    same = tells_losses(before) if tells_losses(here.part) else bool(_measures(before) & _measures(here.part))
    own = any(says(before.sayings, b.phrase.quantity.start)[0] == first for b in told)
    return first if same and own else NOBODY


def _between_two(here: Turn) -> Speaker:
    """ "…, ISPR said. Ten were killed. Two were caught. Eleven were hurt, ISPR added.": all of it is one account."""
    parts, index = here.parts, here.index
    most = BARE_SENTENCES + 1
    first = next((k for k in range(index - 1, max(-1, index - most), -1) if parts[k].sayings), -1)
    last = next((k for k in range(index + 1, min(len(parts), index + most)) if parts[k].sayings), -1)
    if first < 0 or last < 0 or last - first - 1 > BARE_SENTENCES or parts[first].span.end <= here.title_end:
        return NOBODY
    speaker = parts[first].sayings[-1].speaker
    if speaker.name != parts[last].sayings[0].speaker.name:
        return NOBODY
    if here.is_new:  # only persons hold forth
        ends = last - first > 2 or speaker.kind == "state" or here.apart or apart(parts, last, here.text)
        return NOBODY if ends else speaker
    return speaker if last - first == 2 or (speaker.is_thing and tells_losses(here.part)) else NOBODY


def _looks_back(here: Turn) -> Speaker:
    """ "He said two gates were shut. HIS drivers …", "Nine HAD DIED in their cabins": what was told goes on."""
    speaker, units = here.voice, here.part.sentence.units
    if (
        here.before.span.end <= here.title_end
        or not speaker.is_named
        or any(_turns(units, at) for at in range(len(units)))
    ):
        return NOBODY
    himself = units[0].low in (PERSON if speaker.is_person else THING if speaker.is_thing else ())
    himself = himself and units[1].low not in BE  # "IT WAS the worst raid since nine died in Bannu"
    return speaker if himself or _is_indirect(units) else NOBODY


def _more_of_it(here: Turn) -> Speaker:
    """ "Nine soldiers fell, ISPR said. FOUR MORE WERE WOUNDED.": of the same happening, by the same source."""
    before, part = here.before, here.part
    alike = _measures(before) & _measures(part) - VARIED  # "60 lorries passed, he said. 700 WAIT."
    if not (alike or tells_losses(part)):
        return NOBODY
    if not before.sayings:
        return here.held[-1]
    if "say.reacts" in before.sentence.said:
        return (
            NOBODY  # "Delhi condemned the raids in which, it said, children died. At least 18 PEOPLE DIED."
        )
    own = [s for s in before.sayings if s.strength != CLAIM]
    counted = [b.phrase.quantity.start for b in before.sentence.bound.values() if b.measure in LOSSES | alike]
    told = [says(own or before.sayings, start)[0] for start in counted]
    if not told and (_happens(before.sentence) or _is_bare(part.sentence.units)):
        told = [only_voice(before)]  # "Gunmen fired on a van, police said. THREE were wounded."
    if len({speaker.name for speaker in told}) != 1:
        return NOBODY
    of_state = (
        told[-1].kind == "state" and not alike
    )  # "Pakistan said it hit two camps. NINE nurses were hurt."
    return NOBODY if of_state else told[-1]


def _of_flow(here: Turn) -> Speaker:
    """ "9,000 came back, UNHCR said. IN MAY 6,000 DID.": whose work it is to count people on the move goes on counting."""
    speaker, measures = here.voice, _measures(here.part)
    told = {name for unit in here.before.sentence.units for name in verb_forms(unit)} | _measures(here.before)
    body = speaker.is_thing and speaker.kind != "state" and bool(told & measures)
    counts = speaker.kind in COUNTING or body
    return speaker if FLOWS & measures and FLOWS & told and counts else NOBODY


Rule = tuple[Callable[[Turn], Speaker], bool, bool]
WITHIN = True  # its paragraph only
UNDATED = True  # and only where it turns to no other time
RULES: tuple[Rule, ...] = (
    (_of_toll, False, False),
    (_counts_on, WITHIN, False),
    (_below_headline, False, False),
    (_between_two, False, False),
    (_looks_back, WITHIN, False),
    (_more_of_it, WITHIN, UNDATED),
    (_of_flow, WITHIN, False),
    (lambda here: published(here.publisher, here.parts, here.index, here.text), False, False),
)


def tells_losses(part: Part) -> bool:
    """Whether a sentence counts people or things that were lost."""
    return not LOSSES.isdisjoint(_measures(part))


def _measures(part: Part) -> set[str]:
    return {b.measure for b in part.sentence.bound.values()}


def _is_indirect(units: Sequence[Unit]) -> bool:
    """Whether a happening is told in the past perfect, as reported speech is: "nine drivers HAD DIED"."""
    had = next((k for k, u in enumerate(units) if looks_finite(u)), len(units))
    return (
        had < len(units) and units[had].low == "had" and any(is_verb(u) for u in units[had + 1 : had + HEAD])
    )


def _happens(sentence: Sentence) -> bool:
    """Whether a sentence tells of violence that happened, with or without its toll."""
    if sentence.said.isdisjoint(VIOLENCE):
        return False
    unreal = not sentence.said.isdisjoint(UNREAL)
    return not (unreal and any(u.has(*UNREAL) and not u.has("kind.month") for u in sentence.units))


def _is_new(sentence: Sentence) -> bool:
    """Whether a sentence turns to another time, or lets somebody else tell: "doctors treated three"."""
    units = sentence.units
    verb = next((k for k, u in enumerate(units) if looks_finite(u)), len(units))
    counted = {at for bound in sentence.bound.values() for at in range(bound.phrase.at, bound.phrase.tail)}
    others = any(is_head(u) for at, u in enumerate(units[:verb]) if at not in counted)
    if others and not _befalls(units, verb):
        return True
    return any(_turns(units, at) for at in range(len(units)))


def _befalls(units: Sequence[Unit], verb: int) -> bool:
    """Whether something happens to the subject: "ten militants WERE KILLED", not "doctors WERE TREATING three"."""
    if verb >= len(units) or units[verb].low not in BE:
        return False
    follows = next((u for u in units[verb + 1 :] if u.low not in ADVERBS), units[verb])
    return follows.low.endswith("ed") or is_verb(follows)


def _turns(units: Sequence[Unit], at: int) -> bool:
    """Whether a word speaks of another time, or says something, whoever that is."""
    unit, before = units[at], units[at - 1].low if at else ""
    if unit.low in EARLIER or (unit.low in WEEKDAYS and before != "since"):
        return True
    if "say.verbs" in unit.tags and "say.weak" not in unit.tags and before not in BE:
        return True
    if unit.low in FOLLOWS and units[at + 1 : at + 2] and units[at + 1].low in DETERMINERS:
        return True  # "the operation FOLLOWED a bombing that left nine dead"
    if unit.low == "after" and at and units[at - 1].has("kind.time", "scope.daily"):
        return True  # "the strikes came four days AFTER an attack that killed 18"
    return _is_dated(units, at) and before != "since"


def _is_dated(units: Sequence[Unit], at: int) -> bool:
    unit = units[at]
    named = at > 1 and units[at - 1].capital and units[at - 1].low not in WEEKDAYS  # "Kharji ASAD"
    dated = "scope.period" in unit.tags or ("kind.month" in unit.tags and not named)
    return dated or (unit.quantity is not None and unit.quantity.kind in DATED)


def _is_bare(units: Sequence[Unit]) -> bool:
    """ "Three were wounded", "four of the dead": a number whose people were named before."""
    return len(units) > 1 and units[0].quantity is not None and units[1].low in BARE
