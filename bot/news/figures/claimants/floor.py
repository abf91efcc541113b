"""Who still has the floor in a sentence that says nothing of who speaks.

Reported speech goes on from an attributed headline into the text, between two sentences of one speaker, in the text about
one body's report, and, within a paragraph, from what somebody told to more of the same; a date, a scene or a voice of its
own ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from bot.news.figures.claimants.part import Part
from bot.news.figures.claimants.published import Publisher, published, publisher_of
from bot.news.figures.claimants.sayings import NOBODY, Speaker, is_head, says
from bot.news.figures.claimants.sayings import NOUN as CLAIM
from bot.news.figures.sentence.clause import Bound, Sentence
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
NOUN = 4  # units from a number to its noun
BARE_SENTENCES = 3  # between two of one speaker's that may be his too
OPENING = 2  # sentences below a headline in which its source is named
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


def floors(parts: Sequence[Part], text: str, title_end: int) -> list[Speaker]:
    """For each sentence who says the numbers in it that it gives to nobody itself."""
    held: list[Speaker] = []
    publisher, spoke = publisher_of(parts, text, title_end), NOBODY
    for index, part in enumerate(parts):
        if part.sayings:
            speaker = _before_its_own(parts, index, spoke, publisher, text) if index else NOBODY
            spoke = _last_named(part) or spoke
        else:
            speaker = _of_toll(parts, held, index) if index else NOBODY
            if index and not speaker.is_named:
                speaker = _held(parts, index, held[-1], publisher, text, title_end)
        held.append(speaker)
    if parts and title_end and not parts[0].sayings:
        held[0] = _said_again(parts, held, title_end)
    return held


def _of_toll(parts: Sequence[Part], held: Sequence[Speaker], index: int) -> Speaker:
    """ "Kabul said 40 had died. Islamabad was silent. AMONG THE DEAD were four children.": who told the whole."""
    bound = parts[index].sentence.bound.values()
    if not bound or not all(b.phrase.subset for b in bound):
        return NOBODY
    if not any("among" in u.low for u in parts[index].sentence.units):
        return NOBODY
    measures = {b.measure for b in bound}
    for k in range(index - 1, max(-1, index - 1 - BARE_SENTENCES), -1):
        told = [b for b in parts[k].sentence.bound.values() if b.measure in measures and not b.phrase.subset]
        if told:
            return _teller(parts[k], told[-1].phrase.quantity.start, held[k])
    return NOBODY


def _before_its_own(
    parts: Sequence[Part], index: int, spoke: Speaker, publisher: Publisher, text: str
) -> Speaker:
    """ "28 died in three provinces; THE MISSION has since added six": who had the floor speaks in the sentence alone."""
    speaker = _only_voice(parts[index])
    if not speaker.is_named or "say.blame" in parts[index].sentence.said:
        return NOBODY
    apart = "\n\n" in text[parts[index - 1].span.start : parts[index].span.start]
    goes_on = speaker.name == spoke.name and (speaker.name == publisher.speaker.name or not apart)
    return speaker if goes_on else NOBODY


def _held(
    parts: Sequence[Part], index: int, carried: Speaker, publisher: Publisher, text: str, title_end: int
) -> Speaker:
    """Who goes on speaking in a sentence after the first that names no speaker."""
    before, part = parts[index - 1], parts[index]
    apart = _apart(parts, index, text)
    is_new = bool(part.sentence.bound) and _is_new(part.sentence)
    speaker = NOBODY if apart or not _counts_on(part) else _voice(before, carried)
    if speaker.is_named and not speaker.is_outlet:
        return speaker
    if not (is_new and apart and before.span.end > title_end):
        speaker = _goes_on(parts, index, title_end, is_new, text)
    if not part.sentence.bound or speaker.is_named:
        return speaker
    if not apart and before.span.end > title_end:
        speaker = _looks_back(before, part, carried)
    if not is_new and not apart and not speaker.is_named:
        speaker = _more_of_it(before, part, carried)
    if not apart and not speaker.is_named:
        speaker = _of_flow(before, part, carried)
    if not is_new and not speaker.is_named:
        speaker = _between_two(parts, index, title_end)
    if not speaker.is_named:
        speaker = published(publisher, parts, index, text)
    return speaker


def _of_flow(before: Part, part: Part, carried: Speaker) -> Speaker:
    """ "9,000 came back, UNHCR said. IN MAY 6,000 DID.": whose work it is to count people on the move goes on counting."""
    speaker = _voice(before, carried)
    told = {name for unit in before.sentence.units for name in verb_forms(unit)} | _measures(before)
    body = speaker.is_thing and speaker.kind != "state" and bool(told & _measures(part))
    counts = speaker.kind in COUNTING or body
    return speaker if FLOWS & _measures(part) and FLOWS & told and counts else NOBODY


def _looks_back(before: Part, part: Part, carried: Speaker) -> Speaker:
    """ "He said two gates were shut. HIS drivers …", "Nine HAD DIED in their cabins": what was told goes on."""
    speaker, units = _voice(before, carried), part.sentence.units
    if not speaker.is_named or any(_turns(units, at) for at in range(len(units))):
        return NOBODY
    first = units[0].low
    himself = first in (PERSON if speaker.is_person else THING if speaker.is_thing else ())
    himself = himself and units[1].low not in BE  # "IT WAS the worst raid since nine died in Bannu"
    return speaker if himself or _is_indirect(units) else NOBODY


def _is_indirect(units: Sequence[Unit]) -> bool:
    """Whether a happening is told in the past perfect, as reported speech is: "nine drivers HAD DIED"."""
    had = next((k for k, u in enumerate(units) if looks_finite(u)), len(units))
    return (
        had < len(units) and units[had].low == "had" and any(is_verb(u) for u in units[had + 1 : had + HEAD])
    )


def _last_named(part: Part) -> Speaker | None:
    """Who spoke last in a sentence, outlets apart."""
    return next(
        (s.speaker for s in reversed(part.sayings) if s.speaker.is_named and not s.speaker.is_outlet), None
    )


def _tells_losses(part: Part) -> bool:
    return any(b.measure in LOSSES for b in part.sentence.bound.values())


def _said_again(parts: Sequence[Part], held: Sequence[Speaker], title_end: int) -> Speaker:
    """Whose numbers a headline tells: of the one who says each of them again where the text below begins."""
    losses = [
        (b.phrase.quantity.low, _are_militants(parts[0].sentence.units, at))
        for at, b in parts[0].sentence.bound.items()
    ]
    opening = [(p, h) for p, h in zip(parts, held, strict=True) if p.span.start >= title_end][:OPENING]
    again = [
        (unit.quantity.low, _are_militants(part.sentence.units, at), _teller(part, unit.start, floor))
        for part, floor in opening
        for at, unit in enumerate(part.sentence.units)
        if unit.quantity and unit.quantity.low is not None and not unit.quantity.definite
    ]
    found = [next((s for *told, s in again if told == list(one)), None) for one in losses]
    said = [speaker for speaker in found if speaker is not None]
    voices = {s.speaker.name for part, _ in opening for s in part.sayings}
    if not said and len(voices) == 1:
        said = [s for b in parts[0].sentence.bound.values() for s in _in_parts(b, opening)]
    same = {speaker.name for speaker in said}
    whole = len(said) == len(found) or len(voices) == 1
    return said[0] if len(same) == 1 and whole and not said[0].is_outlet else NOBODY


def _in_parts(whole: Bound, opening: Sequence[tuple[Part, Speaker]]) -> list[Speaker]:
    """Who tells both parts of a headline's sum: "EIGHT killed", where he says that six died here and two there."""
    told = [
        (b.phrase.quantity.low or 0, _teller(p, b.phrase.quantity.start, held))
        for p, held in opening
        for b in p.sentence.bound.values()
        if b.measure == whole.measure
    ]
    pairs = (pair for pair in combinations(told, 2) if pair[0][0] + pair[1][0] == whole.phrase.quantity.low)
    return [teller for _, teller in next(pairs, ())]


def _are_militants(units: Sequence[Unit], at: int) -> bool:
    return any(u.has("people.militants") for u in units[at : at + NOUN])


def _teller(part: Part, start: int, floor: Speaker) -> Speaker:
    return says(part.sayings, start)[0] if part.sayings else floor


def _only_voice(part: Part) -> Speaker:
    """The one who alone says anything in a sentence."""
    voices = {s.speaker.name: s.speaker for s in part.sayings}
    known = next(iter(voices.values()))
    denied = any(s.denied_by for s in part.sayings)
    return known if len(voices) == 1 and not denied and not known.is_outlet else NOBODY


def _happens(sentence: Sentence) -> bool:
    """Whether a sentence tells of violence that happened, with or without its toll."""
    if sentence.said.isdisjoint(VIOLENCE):
        return False
    unreal = not sentence.said.isdisjoint(UNREAL)
    return not (unreal and any(u.has(*UNREAL) and not u.has("kind.month") for u in sentence.units))


def _apart(parts: Sequence[Part], index: int, text: str) -> bool:
    """Whether a sentence begins a paragraph."""
    return "\n" in text[parts[index - 1].span.start : parts[index].span.start]


def _goes_on(parts: Sequence[Part], index: int, title_end: int, is_new: bool, text: str) -> Speaker:
    """From an attributed headline into the text, or between two of one speaker's sentences."""
    if not parts[index - 1].sayings:
        return NOBODY
    before, first = parts[index - 1], parts[index - 1].sayings[-1].speaker
    if before.span.end <= title_end < parts[index].span.start + 2:
        told = {b.measure for b in before.sentence.bound.values()}
        shared = bool(told & {b.measure for b in parts[index].sentence.bound.values()})
        same = _tells_losses(before) if _tells_losses(parts[index]) else shared
        own = any(
            says(before.sayings, b.phrase.quantity.start)[0] == first for b in before.sentence.bound.values()
        )
        return first if same and own and not first.is_outlet else NOBODY
    if index == len(parts) - 1 or not parts[index + 1].sayings or not first.is_named:
        return NOBODY
    same = parts[index + 1].sayings[0].speaker.name == first.name
    ends = is_new and (first.kind == "state" or _apart(parts, index + 1, text))  # only persons hold forth
    return first if same and not ends else NOBODY


def _between_two(parts: Sequence[Part], index: int, title_end: int) -> Speaker:
    """ "…, ISPR said. Ten were killed in Tirah. Two were caught. Eleven were hurt, ISPR added.": losses of one account."""
    if not _tells_losses(parts[index]):
        return NOBODY
    first = next((k for k in range(index - 1, -1, -1) if parts[k].sayings), -1)
    last = next((k for k in range(index + 1, len(parts)) if parts[k].sayings), -1)
    if first < 0 or last < 0 or last - first - 1 > BARE_SENTENCES or parts[first].span.end <= title_end:
        return NOBODY
    before, after = parts[first].sayings[-1].speaker, parts[last].sayings[0].speaker
    same = before.is_named and before.name == after.name and before.is_thing and not before.is_outlet
    return before if same else NOBODY


def _more_of_it(before: Part, part: Part, carried: Speaker) -> Speaker:
    """ "Nine soldiers fell, ISPR said. FOUR MORE WERE WOUNDED.": of the same happening, by the same source."""
    alike = _measures(before) & _measures(part) - VARIED  # "60 lorries passed, he said. 700 WAIT."
    if not (alike or _tells_losses(part)):
        return NOBODY
    if not before.sayings:
        return carried
    if "say.reacts" in before.sentence.said:
        return (
            NOBODY  # "Delhi condemned the raids in which, it said, children died. At least 18 PEOPLE DIED."
        )
    own = [s for s in before.sayings if s.strength != CLAIM]
    counted = [b.phrase.quantity.start for b in before.sentence.bound.values() if b.measure in LOSSES | alike]
    told = [says(own or before.sayings, start)[0] for start in counted]
    if not told and (_happens(before.sentence) or _is_bare(part.sentence.units)):
        told = [_only_voice(before)]  # "Gunmen fired on a van, police said. THREE were wounded."
    if len({speaker.name for speaker in told}) != 1 or told[-1].is_outlet:
        return NOBODY
    of_state = (
        told[-1].kind == "state" and not alike
    )  # "Pakistan said it hit two camps. NINE nurses were hurt."
    return NOBODY if of_state else told[-1]


def _voice(before: Part, carried: Speaker) -> Speaker:
    return _only_voice(before) if before.sayings else carried


def _counts_on(part: Part) -> bool:
    """ "By June THE FIGURES stood at 438", "Most OF THEM fell in May"."""
    units = part.sentence.units
    if not part.sentence.bound or any(u.has("say.verbs") and not u.has("say.weak") for u in units):
        return False
    verb = next((k for k, u in enumerate(units) if looks_finite(u)), len(units))
    if any(is_head(u) for u in units[:verb]):
        return False
    for at, unit in enumerate(units[: min(verb, len(units) - 1)]):
        if unit.low in OF_THEM and at <= PARTITIVE:
            return True
        if unit.low.startswith("the ") and unit.has("structure.anaphor"):
            of_time = any(_is_dated(units, k) for k in range(at + 2, min(at + 4, len(units))))
            return units[at + 1].low not in PREPOSITIONS or of_time  # no "number OF schools"
    return False


def _measures(part: Part) -> set[str]:
    return {b.measure for b in part.sentence.bound.values()}


def _is_new(sentence: Sentence) -> bool:
    """Whether a sentence turns to another time, or lets somebody else tell: "doctors treated three"."""
    units = sentence.units
    verb = next((k for k, u in enumerate(units) if looks_finite(u)), len(units))
    counted = {at for phrase in sentence.bound for at in range(phrase, sentence.bound[phrase].phrase.tail)}
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
