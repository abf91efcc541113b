"""Numbers of a whole that is named without one: "of the dead, SIX were …", "those killed were NINE soldiers"."""

from __future__ import annotations

from bot.news.figures.sentence.clause import NAMED, PEOPLE_HEADS, WHOLES, Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DASHES,
    PREPOSITIONS,
    is_noun,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.model import Measure
from bot.news.text.words import word_set

OF_DEAD = word_set("dead killed victims martyrs fatalities slain martyred deceased died lives")
OF_HURT = word_set("injured wounded hurt")
NAMING_ALL = frozenset((*WHOLES, "who"))  # words that a whole is named with: "the DEAD", "those WHO died"
DETERMINED = word_set("the those these all of its their his")
MARKS = frozenset((",", "(", ":", *DASHES))
OPENS = frozenset(
    ("of", "among", "of those", "of these", "among those", "among these", "structure.subset_after")
)
PARTS = OPENS | {"structure.among", "structure.subset"}  # without one of these there is no part
SUMMED = word_set("all total number")  # "14 in ALL"
NAMING = word_set("identified named as listed")
AMONG = "part-among"  # "six pupils and THREE POLICEMEN are among the dead": so are the pupils
APPOSED = 12  # units that names may take between those counted and what befell them
SHARES = word_set("half third thirds quarter quarters fifth most majority many in")
OPENING = 6  # units of "Of those who died,"
BY_NOUN = word_set("attacks strikes trucks")  # whatever is said of some of them, they are counted
PARTED = frozenset(("", "unknown", "people", "civilians", "security", "militants", "taliban"))


def whole_at(sentence: Sentence, at: int) -> Measure | None:
    """What befell those whom the words that end at a unit name: "the DEAD", "those KILLED", "the people who DIED"."""
    if not 0 <= at < len(sentence.units):
        return None
    unit, before = sentence.units[at], sentence.low(at - 1)
    named = WHOLES.get(unit.low)
    if named:
        people = at > 1 and is_noun(sentence.units[at - 1])
        return named if at == 0 or people or before.rpartition(" ")[2] in DETERMINED else None
    if before == "who" and unit.has("killed.self"):
        return "killed"
    return "wounded" if before == "who" and unit.has("wounded.self") else None


def part(phrase: Phrase, measure: Measure, rule: str = "part", passive: bool = False) -> Bound:
    return Bound(phrase, measure, rule, -1, 5, passive=passive)


def told(words: set[str]) -> Measure | None:
    """What befell those of whom words speak."""
    return "killed" if words & OF_DEAD else "wounded" if words & OF_HURT else None


# --------------------------------------------------------------------------- rules, as `joining` asks them


def of_the(sentence: Sentence, index: int) -> Bound | None:
    """ "Seven of the victims"."""
    phrase = sentence.phrases[index]
    named = phrase.partitive == "the" and phrase.noun in WHOLES
    return part(phrase, WHOLES[phrase.noun]) if named else None


def of_counted(sentence: Sentence, index: int) -> Bound | None:
    """ "THREE of the ten people killed were …": a part of those of whom the next number tells."""
    phrase = sentence.phrases[index]
    other = sentence.phrases[index + 1] if index + 1 < len(sentence.phrases) else None
    if other is None or other.at != phrase.at + 2 or sentence.low(phrase.at + 1) != "of":
        return None
    whole = sentence.bound.get(other.at)
    if whole is None or not other.quantity.definite:
        return None
    phrase.subset = True
    return part(phrase, whole.measure, "part-of")


def among_the(sentence: Sentence, index: int) -> Bound | None:
    """ "Two children among the dead": the words name the whole."""
    phrase = sentence.phrases[index]
    ends = sentence.low(phrase.last - 1)
    measure = told(set(ends.split())) if phrase.subset else None
    were = ends.partition(" ")[0] in BE
    if sentence.has(phrase.last, "structure.among") and phrase.head in PEOPLE_HEADS:
        measure = whole_at(sentence, phrase.last + 2)  # "an officer WAS AMONG THE WOUNDED"
        were, phrase.subset = True, measure is not None
    return part(phrase, measure, AMONG if were else "part", passive=were) if measure else None


def among_were(sentence: Sentence, index: int) -> Bound | None:
    """ "Among the dead were three players"."""
    phrase = sentence.phrases[index]
    at = phrase.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in BE:
        at -= 1
    if at == phrase.at - 1:
        return None
    measure = told(set(sentence.low(at).split())) if sentence.has(at, "structure.subset_after") else None
    opened = sentence.low(at - 1).rpartition(" ")[2] in DETERMINED and sentence.low(at - 1).startswith(
        "among"
    )
    if opened:
        forms = verb_forms(sentence.units[at])  # "among THOSE SENT BACK were 12 journalists"
        measure = next((NAMED[m] for m, f in forms.items() if m in NAMED and "done" in f), None)
    if measure is None:
        return None
    phrase.subset = True
    return part(phrase, measure)


def were_among(sentence: Sentence, index: int) -> Bound | None:
    """ "Two commanders, Khan and Wazir, WERE AMONG THE DEAD", "three policemen on duty at the gate ARE AMONG THE DEAD"."""
    phrase = sentence.phrases[index]
    apposed = sentence.low(phrase.last) == ","
    if phrase.head not in PEOPLE_HEADS or not (apposed or sentence.low(phrase.last) in PREPOSITIONS):
        return None
    for at in range(phrase.last + 1, min(len(sentence.units), phrase.last + APPOSED)):
        unit = sentence.units[at]
        if unit.has("structure.subset_after"):
            measure = told(set(unit.low.split()))
            phrase.subset = True
            return part(phrase, measure, AMONG, passive=True) if measure else None
        placed = unit.word and not (is_verb(unit) or looks_finite(unit))
        if not unit.capital and unit.low not in BE and not (unit.low in ("and", ",") if apposed else placed):
            return None
    return None


def were(sentence: Sentence, index: int) -> Bound | None:
    """ "Those killed were NINE SOLDIERS", "the victims - FOUR MEN and a boy -", "the wounded, 14 in all"."""
    phrase = sentence.phrases[index]
    if phrase.quantity.kind != "count":
        return None
    at = phrase.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in BE or sentence.low(at) in NAMING:
        at -= 1
    equal = at < phrase.at - 1
    at -= not equal and sentence.low(at) in MARKS
    measure = whole_at(sentence, at) if at < phrase.at - 1 else None
    summed = sentence.low(phrase.last) in (")", "altogether") or (
        sentence.low(phrase.last) == "in" and sentence.low(phrase.last + 1) in SUMMED
    )
    if measure is None or not (phrase.head in PEOPLE_HEADS or (summed and not phrase.head)):
        return None
    phrase.subset = phrase.subset or not summed
    return part(phrase, measure)


def of_share(sentence: Sentence, index: int) -> Bound | None:
    """ "More than half of the dead, it said, 79, were soldiers": how many a share of them is."""
    phrase = sentence.phrases[index]
    apposed = sentence.low(phrase.at - 1) == "," == sentence.low(phrase.last)
    if (
        phrase.head
        or phrase.quantity.kind != "count"
        or not apposed
        or sentence.low(phrase.last + 1) not in BE
    ):
        return None
    at = phrase.at - 1
    at = sentence.aside.get(at, at)
    measure = whole_at(sentence, at - 1)
    if measure is None or not any(sentence.low(k) in SHARES for k in range(max(0, at - OPENING), at)):
        return None
    phrase.subset = True
    return part(phrase, measure, "part-of")


def of_opening(sentence: Sentence, index: int) -> Bound | None:
    """ "Of the dead, SIX were from Khost"."""
    phrase = sentence.phrases[index]
    comma = phrase.at - 1
    if not 0 < comma <= OPENING or sentence.low(comma) != "," or phrase.head not in PARTED:
        return None
    named = {u.within("things") for u in sentence.units[1:4]} & BY_NOUN
    if named and sentence.low(0) == "of" and not phrase.head and phrase.quantity.kind == "count":
        return part(
            phrase, NAMED[named.pop()], "part-of"
        )  # "Of the ATTACKS in May, 14 were claimed by the TTP"
    first = sentence.units[0]
    measure = whole_at(sentence, comma - 1) if first.low in OPENS else None
    if first.has("structure.subset_after"):
        measure = told(set(first.low.split()))
    if measure is None:
        return None
    phrase.subset = True
    return part(phrase, measure, "part-of")


def of_victims(sentence: Sentence, at: int) -> Measure | None:
    """ "THE VICTIMS of the blast included 11 policemen": parts of those whom nobody has counted."""
    named = (
        WHOLES[low]
        for k in range(at - 1, 0, -1)
        if (low := sentence.low(k)) in WHOLES and sentence.low(k - 1) == "the"
    )
    return next(named, None)


def mark_sums(sentence: Sentence) -> None:
    """ "457 casualties: 35 dead and 422 hurt": what follows the sum is its parts."""
    for at in [at for at, b in sentence.bound.items() if b.measure == "casualties"]:
        for other, bound in sentence.bound.items():
            between = {sentence.low(k) for k in range(at, other)}
            if other > at and bound.measure in ("killed", "wounded") and between & {":", "(", *DASHES}:
                bound.phrase.subset = True
