"""What is counted: which happening each number of a sentence belongs to.

Happenings are found first, each proposes its subjects or objects; then what is joined to a bound
number ("and 12 policemen", "including three children") takes its measure from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.news.figures.phrases import Phrase, implicit, is_noun, is_verb, looks_finite, phrases, verb_forms
from bot.news.figures.reading import ADVERBS, BE, DASHES, DETERMINERS, HAVE, PREPOSITIONS, Unit
from bot.news.model import Measure

PEOPLE_HEADS = frozenset(
    [
        "security",
        "militants",
        "taliban",
        "civilians",
        "people",
        "refugees",
        "foreign",
        "commander",
        "militant_strength",
    ]
)
THING_HEADS = frozenset(
    ["positions", "camps", "vehicles_equipment", "trucks", "attacks", "strikes", "operations"]
)
LEFT, RIGHT = 22, 8  # how many units a subject or an object may be away
WHOLES: dict[str, Measure] = {"victims": "killed", "dead": "killed", "killed": "killed", "wounded": "wounded", "injured": "wounded"}
BESIDE = frozenset(["not", "n't", "either", "confirmed", "reported", "pronounced", "declared", "found"])  # "are so far confirmed dead"
LINKS = frozenset(["and", "or", "&", "/", ","])


@dataclass(slots=True)
class Bound:
    """A number with its measure, and what the structure of the sentence says about it."""

    phrase: Phrase
    measure: Measure
    rule: str
    verb: int  # unit that tells the happening; -1 where inherited
    rank: int  # lower wins
    passive: bool = False
    update: str = "none"
    negated: bool = False
    also: list[Measure] = field(default_factory=list)  # "2 abducted, killed"


@dataclass(slots=True)
class Sentence:
    """A sentence under analysis."""

    units: list[Unit]
    phrases: list[Phrase]
    bound: dict[int, Bound] = field(default_factory=dict)  # by the number's unit
    owner: dict[int, Phrase] = field(default_factory=dict)  # unit → the phrase it is part of

    def low(self, at: int) -> str:
        return self.units[at].low if 0 <= at < len(self.units) else ""

    def has(self, at: int, *names: str) -> bool:
        return 0 <= at < len(self.units) and self.units[at].has(*names)


def analyse(units: list[Unit], headline: bool) -> Sentence:
    """Find the counted nouns of a sentence and bind them."""
    sentence = Sentence(units, phrases(units))
    _headline_nouns(sentence, headline)
    for phrase in sentence.phrases:
        for at in range(phrase.at, max(phrase.last, phrase.at + 1)):
            sentence.owner[at] = phrase
    for at, unit in enumerate(units):
        phrase_here = sentence.owner.get(at)
        if (
            phrase_here
            and at < phrase_here.last
            and not (phrase_here.at < at and phrase_here.measure == "" and is_verb(unit))
        ):
            continue
        for measure, forms in verb_forms(unit).items():
            _bind_verb(sentence, at, measure, forms)
    _nominal(sentence)
    _tolls(sentence)
    _partitives(sentence)
    _joined(sentence)
    _subsets(sentence)
    _split(sentence)
    return sentence


def _headline_nouns(sentence: Sentence, headline: bool) -> None:
    """ "Policeman killed, two hurt": only at the start of a line or of its parts."""
    if not headline:
        return
    taken = {at for p in sentence.phrases for at in range(p.at, p.last)}
    for at in range(len(sentence.units)):
        starts = at == 0 or sentence.low(at - 1) in (",", ";", ":", "and", "-", "–", "—")
        if not starts or at in taken or not sentence.units[at].word:
            continue
        phrase = implicit(sentence.units, at)
        if (
            phrase
            and phrase.last < len(sentence.units)
            and "done"
            in verb_forms(sentence.units[phrase.last]).get(
                "killed", verb_forms(sentence.units[phrase.last]).get("wounded", ())
            )
        ):
            if not _quantity_near(sentence, phrase.last + 1):
                sentence.phrases.append(phrase)
    sentence.phrases.sort(key=lambda p: p.at)


def _quantity_near(sentence: Sentence, at: int) -> bool:
    """Whether a number stands at a unit, perhaps after an adverb or determiner, as an object does."""
    while sentence.low(at) in ADVERBS or sentence.low(at) in ("the", "any"):
        at += 1
    unit = sentence.units[at] if at < len(sentence.units) else None
    return bool(
        unit
        and ((unit.quantity and unit.quantity.kind in ("count", "pronoun")) or sentence.owner.get(at, None))
    )


# --------------------------------------------------------------------------- happenings


def _bind_verb(sentence: Sentence, at: int, measure: str, forms: set[str]) -> None:
    if measure == "lose":
        _objects(sentence, at, at + 1, "killed", "lost", 4)
        return
    if "done" in forms or "passive" in forms:
        _done(sentence, at, measure, "done" not in forms)
    if "present" in forms and "done" not in forms:
        _objects(sentence, at, at + 1, measure, "active", 3)
    if "doing" in forms:
        _objects(sentence, at, at + (2 if sentence.low(at + 1) == "of" else 1), measure, "doing", 3)
    if (
        "noun" in forms
        and sentence.low(at + 1) == "of"
        and not ("done" in forms and sentence.low(at - 1) in BE)
    ):
        _objects(sentence, at, at + 2, measure, "noun-of", 3)
    if "self" in forms:
        _subjects(
            sentence,
            at,
            measure,
            "self",
            2,
            adjacent=sentence.low(at) in ("fell", "back", "return", "cross", "surrender", "die", "flee"),
        )
    if "state" in forms and "done" not in forms:
        _subjects(sentence, at, measure, "state", 2, adjacent=sentence.low(_before(sentence, at)) not in BE)


def _before(sentence: Sentence, at: int) -> int:
    """The unit before one, over adverbs and "not"."""
    at -= 1
    while at >= 0 and (sentence.low(at) in ADVERBS or sentence.low(at) in BESIDE or sentence.has(at, "scope.cumulative")):
        at -= 1
    return at


def _done(sentence: Sentence, at: int, measure: str, only_passive: bool) -> None:
    """"killed": passive after be, active after have or before its object, else a headline's passive."""
    before = _before(sentence, at)
    chained = before
    while chained >= 0 and sentence.low(chained) in LINKS | {"and/or"} and _is_done(sentence, chained - 1):
        chained = _before(sentence, chained - 1)  # "killed or wounded"
    if sentence.low(chained) in BE and sentence.low(chained) != "'s":
        _subjects(sentence, at, measure, "passive", 1, start=chained)
        return
    if only_passive:
        return
    if sentence.low(before) in HAVE:
        _objects(sentence, at, at + 1, measure, "active", 2)
        return
    subject = _ends_phrase(sentence, chained)
    if _quantity_near(sentence, at + 1) and not (subject and _has_own_predicate(sentence, at + 1)):
        _objects(sentence, at, at + 1, measure, "active", 2)
        return
    if subject:
        _subjects(sentence, at, measure, "reduced", 2, start=chained + 1, adjacent=True)
        return
    if measure != "hit":
        _objects(sentence, at, at + 1, measure, "active", 4)


def _is_done(sentence: Sentence, at: int) -> bool:
    return 0 <= at < len(sentence.units) and any(
        form & {"done", "state", "self"}
        for measure, form in verb_forms(sentence.units[at]).items()
        if measure != "hit"
    )


def _ends_phrase(sentence: Sentence, at: int) -> bool:
    return any(p.last - 1 <= at <= p.tail - 1 or p.at == at for p in sentence.phrases if p.at <= at)


def _has_own_predicate(sentence: Sentence, at: int) -> bool:
    """ "11 wounded" in "4 killed 11 wounded": the next number has its own happening."""
    while at not in sentence.owner and at < len(sentence.units) - 1 and sentence.units[at].quantity is None:
        at += 1
    phrase = sentence.owner.get(at)
    return bool(phrase and (phrase.measure or _is_done(sentence, phrase.last)))


def _subjects(
    sentence: Sentence,
    at: int,
    measure: str,
    rule: str,
    rank: int,
    start: int | None = None,
    adjacent: bool = False,
) -> None:
    """Bind the number whose noun stands before a happening, and what is listed with it."""
    phrase = _subject(sentence, at if start is None else start, measure, adjacent)
    if phrase is None:
        return
    _propose(sentence, phrase, measure, rule, at, rank, passive=True)


def _subject(sentence: Sentence, start: int, measure: str, adjacent: bool) -> Phrase | None:
    at = _before(sentence, start)
    while sentence.low(at) in BE or sentence.low(at) in HAVE or sentence.low(at) in ADVERBS:
        at = _before(sentence, at)
    if sentence.low(at) in ("who", "that", "which"):
        at -= 1
    commas, first, wait = 0, at, False
    while at >= 0 and first - at < LEFT:
        phrase = sentence.owner.get(at) or _by_tail(sentence, at)
        if phrase:
            marked = _subset_marker(sentence, phrase)
            if (
                marked >= 0
                and (commas or wait)
                and sentence.low(marked) not in ("of whom", "of them", "of which")
            ):
                at = marked - 1
                commas = 0
                continue
            if wait and sentence.low(phrase.at - 1) in ("and", ","):
                at = phrase.at - 2
                continue
            if _fits(phrase, measure) and not _is_tail(sentence, phrase):
                return phrase
            at = phrase.at - 1
            continue
        if adjacent and sentence.low(at) not in ADVERBS:
            return None
        low = sentence.low(at)
        if low == ",":
            commas += 1
            if sentence.units[at].start and _parenthesis(sentence, at):
                wait = True
        elif sentence.has(at, "structure.subset"):
            wait, commas = False, 0
        elif _stops(sentence, at):
            return None
        at -= 1
    return None


def _is_tail(sentence: Sentence, phrase: Phrase) -> bool:
    """"two families" in "31 members of two families"."""
    return sentence.low(phrase.at - 1) == "of" and any(p.last == phrase.at - 1 and p.head for p in sentence.phrases)


def _parenthesis(sentence: Sentence, at: int) -> bool:
    """Whether the comma closes a list of parts: "…, including three children and a woman, …"."""
    for back in range(at - 1, max(-1, at - 16), -1):
        if sentence.has(back, "structure.subset"):
            return True
        if sentence.low(back) == "," and not any(
            sentence.has(k, "structure.subset") for k in range(max(0, back - 12), back)
        ):
            return False
    return False


def _by_tail(sentence: Sentence, at: int) -> Phrase | None:
    return next((p for p in sentence.phrases if p.last <= at < p.tail), None)


def _subset_marker(sentence: Sentence, phrase: Phrase) -> int:
    """Where "including" stands before a part, -1 if it is none."""
    for back in range(1, 4):
        at = phrase.at - back
        if sentence.has(at, "structure.subset"):
            return at
        if (
            sentence.low(at) not in DETERMINERS
            and sentence.low(at) not in ADVERBS
            and not sentence.has(at, "people.civilians")
        ):
            return -1
    return -1


def _stops(sentence: Sentence, at: int) -> bool:
    unit = sentence.units[at]
    if unit.low in (";", ":", "(", ")", "—", '"', "“", "”", ".", "|", "•", "!", "?"):
        return True
    if unit.low in ("that", "who", "which", "whose", "but", "while", "whereas"):
        return True
    if unit.has("structure.causal", "say.verbs", "say.deny", "structure.modal") and not is_noun(unit):
        return True
    return (is_verb(unit) and not is_noun(unit)) or looks_finite(unit)


def _fits(phrase: Phrase, measure: str) -> bool:
    """Whether a noun can be killed, captured or hit."""
    if phrase.head == "never" or phrase.head == "refused":
        return False
    if measure == "hit":
        return phrase.head in THING_HEADS
    if phrase.head in THING_HEADS:
        return False
    return not phrase.measure or phrase.measure in ("wounded", "displaced", "captured", "abducted", measure)


def _objects(sentence: Sentence, verb: int, at: int, measure: str, rule: str, rank: int) -> None:
    """Bind the number that follows a happening."""
    if sentence.low(at) == "of" and rule in ("active", "doing"):
        at += 1
    if sentence.low(at) in LINKS | {"and/or"} and _same_form(sentence, verb, at + 1):
        at += 2  # "killing and wounding dozens"
    steps = 0
    while at < len(sentence.units) and steps < RIGHT:
        phrase = sentence.owner.get(at)
        unit = sentence.units[at]
        if phrase and phrase.at == at:
            if measure == "killed" and rule == "lost" and phrase.head not in PEOPLE_HEADS:
                return
            if (
                phrase.measure
                and phrase.measure not in (measure, "wounded", "displaced")
                and measure != "hit"
            ):
                return
            if _fits(phrase, measure):
                _propose(sentence, phrase, measure, rule, verb, rank if steps < 2 else rank + 1)
            return
        low = unit.low
        if low in DETERMINERS or low in ADVERBS or (low in LINKS and steps and low != ","):
            at += 1
            steps += 1
            continue
        if low in ("some", "up", "as") or (
            unit.word
            and not _stops(sentence, at)
            and low not in PREPOSITIONS
            and not unit.quantity
            and rule not in ("lost",)
        ):
            at += 1
            steps += 1
            continue
        if low == "," and steps and sentence.owner.get(at + 1) and sentence.owner[at + 1].at == at + 1:
            at += 1
            continue
        return


def _same_form(sentence: Sentence, one: int, other: int) -> bool:
    """"killing and wounding", "killed or injured": two happenings with one object."""
    if other >= len(sentence.units):
        return False
    first, second = verb_forms(sentence.units[one]), verb_forms(sentence.units[other])
    shared = {f for forms in first.values() for f in forms} & {f for forms in second.values() for f in forms}
    return bool(shared & {"done", "doing", "present"} and first.keys() ^ second.keys())


def _propose(
    sentence: Sentence, phrase: Phrase, measure: str, rule: str, verb: int, rank: int, passive: bool = False
) -> None:
    name = phrase.head if measure == "hit" else measure
    if name == "hit" or name in ("operations",):
        return
    known = sentence.bound.get(phrase.at)
    if known and known.rank <= rank:
        _second(sentence, known, name, verb, passive)
        return
    bound = Bound(phrase, name, rule, verb, rank, passive)  # type: ignore[arg-type]
    if known:
        _second(sentence, bound, known.measure, known.verb, known.passive)
    sentence.bound[phrase.at] = bound


def _second(sentence: Sentence, bound: Bound, name: str, verb: int, passive: bool) -> None:
    """A second happening for the same number: "killed or wounded" is one sum, "abducted, killed" are two facts."""
    if (
        bound.measure == name
        or abs(bound.verb - verb) != 2
        or sentence.low((bound.verb + verb) // 2) not in LINKS | {"and/or"}
    ):
        return
    if {bound.measure, name} == {"killed", "wounded"}:
        bound.measure = "casualties"
    elif name not in THING_HEADS and name != "other" and passive == bound.passive:
        bound.also.append(name)  # type: ignore[arg-type]


# --------------------------------------------------------------------------- nouns and tolls


def _nominal(sentence: Sentence) -> None:
    """ "1,200 deaths", "36 dead", "6 injured", "a further 104 wounded"."""
    for phrase in sentence.phrases:
        if not phrase.measure or phrase.quantity.kind == "article":
            continue
        known = sentence.bound.get(phrase.at)
        adjective = phrase.head in PEOPLE_HEADS and phrase.head != "people" and known and known.rank <= 2
        if known and (
            (known.measure in ("killed", "wounded") and phrase.measure in ("casualties",)) or adjective
        ):
            continue
        if (
            known
            and known.measure != phrase.measure
            and known.rank <= 1
            and phrase.measure in ("wounded", "displaced")
        ):
            continue
        also = known.also if known else []
        sentence.bound[phrase.at] = Bound(
            phrase, phrase.measure, "nominal", phrase.last - 1, 0, passive=True, also=also
        )  # type: ignore[arg-type]
        _joint_noun(sentence, sentence.bound[phrase.at])


def _joint_noun(sentence: Sentence, bound: Bound) -> None:
    """ "146 killed or hurt", "12 dead and injured"."""
    at = bound.phrase.last
    if (
        sentence.low(at) in LINKS | {"and/or"}
        and at + 1 < len(sentence.units)
        and at + 1 not in sentence.owner
    ):
        others = set(verb_forms(sentence.units[at + 1]))
        if {bound.measure} | others & {"killed", "wounded"} == {"killed", "wounded"} and not _quantity_near(
            sentence, at + 2
        ):
            bound.measure = "casualties"


def _tolls(sentence: Sentence) -> None:
    """ "The death toll rose from 13 to 17", "put the number of dead at 12", "the wounded rose to 20"."""
    for at, unit in enumerate(sentence.units):
        measure = next((t.partition(".")[0] for t in sorted(unit.tags) if t.endswith(".toll")), "")
        if (
            not measure
            and sentence.low(at - 1) in ("the", "of")
            and any(
                "noun" in f or "done" in f for m, f in verb_forms(unit).items() if m in ("killed", "wounded")
            )
        ):
            if sentence.has(at + 1, "structure.rise") or sentence.low(at + 1) in ("at", "to", "stood"):
                measure = next(m for m in ("killed", "wounded") if m in verb_forms(unit))
        if not measure and unit.has("structure.total") and sentence.bound:
            measure = _nearest_measure(sentence, at)
        if measure:
            _toll(sentence, at, measure, unit.has("structure.total"))


def _nearest_measure(sentence: Sentence, at: int) -> str:
    before = [b.measure for k, b in sentence.bound.items() if k < at]
    return "killed" if "killed" in before else before[-1] if before else ""


def _toll(sentence: Sentence, at: int, measure: str, total: bool) -> None:
    rise = any(sentence.has(k, "structure.rise") for k in range(max(0, at - 3), at))
    falls = any(sentence.has(k, "structure.revision") for k in range(max(0, at - 3), at))
    previous = None
    for k in range(at + 1, min(len(sentence.units), at + 14)):
        phrase = sentence.owner.get(k)
        if phrase and phrase.at == k and phrase.quantity.kind == "count":
            if sentence.low(k - 1) == "from" and phrase.head == "":
                previous = phrase
                continue
            if phrase.head in THING_HEADS or phrase.head in ("refused", "never"):
                return
            bound = Bound(phrase, phrase.measure or measure, "total" if total else "toll", at, 1)  # type: ignore[arg-type]
            if rise and not falls:
                bound.update = "rise"
            elif falls:
                bound.update = "revision"
            sentence.bound[phrase.at] = bound
            if previous:
                sentence.bound.pop(previous.at, None)
                previous.head = "never"
            return
        unit = sentence.units[k]
        rise = rise or unit.has("structure.rise")
        falls = falls or unit.has("structure.revision")
        if (
            unit.has("structure.stands", "structure.rise", "structure.revision", "kind.month")
            or unit.quantity
        ):
            continue
        if (
            unit.low in (";", "(", "that", "who")
            or (unit.has("structure.causal") and unit.low != "since")
            or (is_verb(unit) and not is_noun(unit))
        ):
            return


# --------------------------------------------------------------------------- what is joined to a bound number


def _partitives(sentence: Sentence) -> None:
    """ "Of the 25 wounded, six are critical": the first is the whole, the second a part."""
    for phrase in sentence.phrases:
        if phrase.partitive == "the" and phrase.noun in WHOLES and phrase.at not in sentence.bound:
            phrase.subset = True  # "seven of the victims were girls"
            sentence.bound[phrase.at] = Bound(phrase, WHOLES[phrase.noun], "part", -1, 5)
        named = _named_whole(sentence, phrase) if phrase.subset and phrase.at not in sentence.bound else None
        if named:
            sentence.bound[phrase.at] = named
    for index, phrase in enumerate(sentence.phrases[:-1]):
        other = sentence.phrases[index + 1]
        if sentence.has(phrase.last, "structure.among") and other.at == phrase.last + 1 and other.at in sentence.bound:
            phrase.subset = True  # "a commander was among six killed"
            sentence.bound[phrase.at] = Bound(phrase, sentence.bound[other.at].measure, "part-of", -1, 5)
            continue
        if (
            sentence.low(phrase.at - 1) == "of"
            and phrase.at <= 2
            and phrase.at in sentence.bound
            and other.at not in sentence.bound
        ):
            other.subset = True
            if other.head in ("", "unknown", "people", "civilians", "security", "militants", "taliban"):
                sentence.bound[other.at] = Bound(other, sentence.bound[phrase.at].measure, "part-of", -1, 5)


def _joined(sentence: Sentence) -> None:
    """Lists: the nouns beside a bound number share its happening."""
    ordered = sentence.phrases
    for index in range(
        len(ordered) - 2, -1, -1
    ):  # backwards: "five soldiers, two policemen and a civilian were killed"
        here, other = ordered[index], ordered[index + 1]
        bound = sentence.bound.get(other.at)
        if (
            here.at in sentence.bound
            or not bound
            or not bound.passive
            or bound.rule in ("nominal", "self-near")
        ):
            if not (
                bound
                and bound.rule == "nominal"
                and bound.phrase.head in PEOPLE_HEADS
                and here.at not in sentence.bound
            ):
                continue
        if _subset_marker(sentence, other) >= 0 or other.subset or _subset_marker(sentence, here) >= 0:
            continue
        if (
            _linked(sentence, here, other)
            and _same_kind(here, other)
            and not _object_of_other(sentence, here)
        ):
            sentence.bound[here.at] = Bound(here, bound.measure, "listed", bound.verb, 4, passive=True)
    for index in range(1, len(ordered)):
        here, other = ordered[index], ordered[index - 1]
        bound = sentence.bound.get(other.at)
        if here.at in sentence.bound or not bound:
            continue
        if (
            _linked(sentence, other, here)
            and _same_kind(other, here)
            and not _followed_by_verb(sentence, here)
        ):
            here.subset = here.subset or other.subset
            sentence.bound[here.at] = Bound(
                here, _measure_for(bound, here), "listed", bound.verb, 4, passive=bound.passive
            )


def _measure_for(bound: Bound, phrase: Phrase) -> Measure:
    return phrase.head if phrase.head in THING_HEADS and phrase.head != "operations" else bound.measure  # type: ignore[return-value]


def _same_kind(one: Phrase, other: Phrase) -> bool:
    if (
        one.quantity.kind == "zero"
        or other.quantity.kind == "zero"
        or "never" in (one.head, other.head)
        or "refused" in (one.head, other.head)
    ):
        return False
    if other.head == "" or one.head == "":
        return True
    return (one.head in THING_HEADS) == (other.head in THING_HEADS) and "unknown" not in (
        one.head,
        other.head,
    )


def _linked(sentence: Sentence, left: Phrase, right: Phrase) -> bool:
    """Whether only a list's comma or "and" (and a place) stands between two counted nouns."""
    at = right.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in DETERMINERS:
        at -= 1
    if sentence.low(at) not in (
        ",",
        "and",
        "&",
        "plus",
        "as well as",
        "along with",
        "or",
    ) and not sentence.has(at, "structure.subset"):
        return False
    for k in range(max(left.last, left.at + 1), at):
        unit = sentence.units[k]
        if k < left.tail:
            continue
        if unit.low in PREPOSITIONS and unit.low in ("in", "at", "from", "near", "of", "on"):
            continue
        done = _is_done(sentence, k)
        if done and sentence.bound.get(left.at) and sentence.bound[left.at].verb == k:
            continue
        if (
            unit.low in ("and", ",")
            or unit.low in DASHES
            or unit.capital
            or unit.low in DETERMINERS
            or (
                unit.low.isalpha()
                and not is_verb(unit)
                and not looks_finite(unit)
                and not unit.has("structure.causal", "structure.subset", "say.verbs")
                and unit.low not in PREPOSITIONS
                and unit.low not in ("that", "who", "which", "but")
            )
        ):
            continue
        return False
    return True


def _object_of_other(sentence: Sentence, phrase: Phrase) -> bool:
    """ "attacked 12 people and five were killed": twelve are another verb's object."""
    at = _before(sentence, phrase.at)
    return (
        at >= 0
        and looks_finite(sentence.units[at])
        and not sentence.has(at, "say.verbs")
        and sentence.low(at) not in BE
    )


def _followed_by_verb(sentence: Sentence, phrase: Phrase) -> bool:
    """ "and 12 policemen stormed …": the second noun starts a clause of its own."""
    at = phrase.tail
    while sentence.low(at) in ADVERBS:
        at += 1
    if at >= len(sentence.units):
        return False
    unit = sentence.units[at]
    return (looks_finite(unit) or unit.has("structure.modal")) and not _is_done(sentence, at)


def _subsets(sentence: Sentence) -> None:
    """ "including three children", "among them two women", "three of them critical"."""
    for index, phrase in enumerate(sentence.phrases):
        marker = _subset_marker(sentence, phrase)
        if marker >= 0:
            phrase.subset = True
        if not phrase.subset or phrase.at in sentence.bound:
            if phrase.at in sentence.bound and phrase.subset:
                _spread(sentence, index)
            continue
        whole = _named_whole(sentence, phrase) or _whole(sentence, index) or _told(sentence, phrase)
        if whole and phrase.head not in THING_HEADS | {"refused", "never"}:
            sentence.bound[phrase.at] = Bound(phrase, whole.measure, "part", -1, 5, passive=whole.passive)
            _spread(sentence, index)


def _split(sentence: Sentence) -> None:
    """"457 casualties: 35 dead and 422 hurt": what follows the sum is its parts."""
    wholes = [at for at, b in sentence.bound.items() if b.measure == "casualties"]
    for at in wholes:
        for other, bound in sentence.bound.items():
            between = {sentence.low(k) for k in range(at, other)}
            if other > at and bound.measure in ("killed", "wounded") and between & {":", "(", "—", "–", "-"}:
                bound.phrase.subset = True


def _spread(sentence: Sentence, index: int) -> None:
    """Parts listed after a part are parts too: "including two women and a policeman"."""
    bound = sentence.bound[sentence.phrases[index].at]
    for here, other in zip(sentence.phrases[index:], sentence.phrases[index + 1 :], strict=False):
        known = sentence.bound.get(other.at)
        if (
            (known and known.rule != "listed")
            or not _linked(sentence, here, other)
            or not _same_kind(here, other)
        ):
            return
        if _followed_by_verb(sentence, other) or _next_verb_is_own(sentence, other):
            return
        other.subset = True
        sentence.bound[other.at] = Bound(other, bound.measure, "part", -1, 5, passive=bound.passive)


def _next_verb_is_own(sentence: Sentence, phrase: Phrase) -> bool:
    return sentence.low(phrase.tail) in BE


def _named_whole(sentence: Sentence, phrase: Phrase) -> Bound | None:
    """"two children among the dead": the words name the whole."""
    words = set(sentence.low(phrase.last - 1).split())
    if words & {"dead", "killed", "victims", "martyrs", "fatalities"}:
        return Bound(phrase, "killed", "part", -1, 5)
    return Bound(phrase, "wounded", "part", -1, 5) if words & {"injured", "wounded"} else None


def _told(sentence: Sentence, phrase: Phrase) -> Bound | None:
    """"killed civilians, including three boys": the whole has no number."""
    measure = _measure_before(sentence, phrase.at)
    return Bound(phrase, measure, "part", -1, 5) if measure else None


def _whole(sentence: Sentence, index: int) -> Bound | None:
    for phrase in reversed(sentence.phrases[:index]):
        bound = sentence.bound.get(phrase.at)
        if bound and not phrase.subset and bound.measure not in THING_HEADS:
            return bound
    for phrase in sentence.phrases[index + 1 :]:
        bound = sentence.bound.get(phrase.at)
        if bound and not phrase.subset and bound.measure not in THING_HEADS:
            return bound
    return None


# --------------------------------------------------------------------------- what is left unsaid


def bind_elliptic(sentence: Sentence, before: Bound | None) -> None:
    """"…; Kabul claims 58", "not the 58 cited by Kabul": what was counted just before is counted again."""
    for phrase in sentence.phrases:
        if phrase.at in sentence.bound or phrase.head or phrase.measure or phrase.quantity.kind != "count":
            continue
        if not _stands_alone(sentence, phrase):
            continue
        measure = _measure_before(sentence, phrase.at) or (before.measure if before else None)
        if measure and measure not in THING_HEADS:
            sentence.bound[phrase.at] = Bound(phrase, measure, "elliptic", -1, 6)


def _stands_alone(sentence: Sentence, phrase: Phrase) -> bool:
    at = phrase.at - 1
    after = phrase.at + 1
    if after < len(sentence.units) and sentence.units[after].word and not sentence.has(after, "say.according", "structure.causal", "say.false") and sentence.low(after) not in PREPOSITIONS | LINKS:
        return False
    if sentence.has(at, "say.verbs") or sentence.low(at) == "'s":
        return True
    if sentence.low(at) == "not" and sentence.has(after, "say.according"):
        return True
    figure = any(sentence.has(k, "structure.anaphor") for k in range(max(0, at - 3), at))
    return figure and sentence.low(at) in ("at", "to", "was", "is", "were", "as")


def _measure_before(sentence: Sentence, at: int) -> Measure | None:
    """The last thing that happened to people before a unit, numbers or not."""
    for k in range(at - 1, -1, -1):
        if k in sentence.bound and sentence.bound[k].measure not in THING_HEADS:
            return sentence.bound[k].measure
        for measure, forms in verb_forms(sentence.units[k]).items():
            if measure in ("killed", "wounded", "captured") and forms & {"done", "self", "state"}:
                return measure  # type: ignore[return-value]
    return None
