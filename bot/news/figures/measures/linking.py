"""Whether two counted nouns belong to one list."""

from __future__ import annotations

from bot.news.figures.sentence.asides import is_glued
from bot.news.figures.sentence.clause import HELD, THING_HEADS, Sentence, is_done
from bot.news.figures.sentence.nouns import MARKS, Phrase
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DASHES,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    Unit,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.text.words import word_set

JOINTS = frozenset((",", "and", "&", "plus", "or"))
OF_PLACE = frozenset(("in", "at", "from", "near", "of", "on"))
CLAUSES = frozenset(("that", "who", "which", "but"))
OFFICE = frozenset(("with", "at", "in", "of", "from", "for", "on"))
OF_OFFICE = 9  # units that whom somebody works for may take
ASIDE = 12  # units of "who asked not to be named"
FARING = word_set("need lack await want go depend miss no")  # "6,000 children NO longer go to school"
OF_WHERE = 6  # units that "in the district" may take
NEVER = frozenset(("never", "refused"))


def is_same_kind(one: Phrase, other: Phrase) -> bool:
    """People beside people, things beside things; a bare number goes with either."""
    if "zero" in (one.quantity.kind, other.quantity.kind) or {one.head, other.head} & NEVER:
        return False
    if one.measure == "killed" and other.noun in HELD:
        return False  # "handed over 17 bodies and 60 PRISONERS"
    if not one.head or not other.head:
        return True
    things = (one.head in THING_HEADS) == (other.head in THING_HEADS)
    return things and "unknown" not in (one.head, other.head)


def is_of_them(sentence: Sentence, phrase: Phrase) -> bool:
    """ "six of them", "of which 22": some of those named before."""
    if "structure.subset_after" not in sentence.said:
        return False
    opened = phrase.at == 2 and sentence.low(1) == ","  # "OF THOSE, 6,870 came through Torkham"
    near = (phrase.at - 1, phrase.last - 1, 0 if opened else -1)
    return any(sentence.has(k, "structure.subset_after") for k in near)


def speaks(sentence: Sentence, phrase: Phrase) -> bool:
    """ "ONE OF THEM told Geo News", "Abdul Baqi, A SHOPKEEPER, told PTI", "according to TWO OFFICIALS": who says so."""
    if "say.according" in sentence.said and sentence.has(phrase.at - 1, "say.according"):
        words = sentence.units[phrase.at + 1 : phrase.tail]
        return any(u.has("say.anonymous") or u.within("names") for u in words)
    if "say.verbs" not in sentence.said:
        return False
    at = phrase.tail
    behind_comma = sentence.low(phrase.at - 1) == ","
    some = sentence.has(phrase.last - 1, "say.anonymous")
    if not (behind_comma or some or phrase.quantity.low == 1):
        return False
    apposed = behind_comma and sentence.low(at) == "," and sentence.has_capital(phrase.at - 2)
    at += apposed
    if (phrase.quantity.kind == "article" or some) and behind_comma:
        at = _behind_aside(sentence, _behind_office(sentence, at))
    said = sentence.has(at, "say.verbs") and sentence.low(at + 1) != "to"
    ends = some and sentence.low(at + 1) in ("", ".")  # ", TWO OFFICIALS on the Pakistani side said."
    return said and (apposed or ends or phrase.quantity.low == 1)


def _behind_office(sentence: Sentence, at: int) -> int:
    """ ", a doctor WITH A FOREIGN CHARITY said", ", a Pakistani MINISTER said": where it goes on after who that is."""
    while sentence.has(at, "speaker.person", "say.anonymous"):
        at += 1
    if sentence.low(at) not in OFFICE:
        return at
    for k in range(at + 1, at + OF_OFFICE):
        if sentence.has(k, "say.verbs") or sentence.low(k) == ",":
            return k
        unit = sentence.units[k] if k < len(sentence.units) else None
        if unit is None or not unit.word or unit.quantity or is_verb(unit) or looks_finite(unit):
            break
    return at


def _behind_aside(sentence: Sentence, at: int) -> int:
    """ ", an official, WHO DID NOT GIVE HIS NAME, said": where it goes on, if somebody then says so."""
    if sentence.low(at) != ",":
        return at
    closing = next((k for k in range(at + 1, at + ASIDE) if sentence.low(k) == ","), at)
    return closing + 1 if sentence.has(closing + 1, "say.verbs") else at


def is_linked(sentence: Sentence, left: Phrase, right: Phrase) -> bool:
    """Whether only a list's comma or "and" (and a place) stands between two counted nouns."""
    at = right.at - 1
    while sentence.low(at) in ADVERBS or (sentence.low(at) in DETERMINERS and sentence.low(at) != "that"):
        at -= 1
    if sentence.low(at) == "of" and sentence.low(at - 1) in JOINTS:
        at -= 1  # "the lives of 13 policemen and OF two drivers"
    if sentence.low(at) not in JOINTS and not sentence.has(at, "structure.subset", "structure.joined"):
        return False
    counted = left.quantity.kind == right.quantity.kind == "count"
    if counted and any(sentence.aside.get(k) in (left.last, left.tail) for k in (at, at - 1)):
        return True  # "nine soldiers, ISPR SAYS, and 15 Taliban"
    bound = sentence.bound.get(left.at)
    if bound and bound.verb == at - 1 and is_done(sentence, at - 1):
        return True  # "a leader known as Toofan was killed ALONG WITH two guards"
    return all(_passes(sentence, left, k) for k in range(max(left.last, left.at + 1), at))


def _is_place(sentence: Sentence, at: int) -> bool:
    unit = sentence.units[at]
    return unit.capital or unit.low in DETERMINERS or _is_plain(unit)


def _passes(sentence: Sentence, left: Phrase, at: int) -> bool:
    """Whether a unit may stand within a list: the noun's own words, a place, the happening they share."""
    unit = sentence.units[at]
    if (
        at < left.tail
        or unit.low in BE
        or unit.low in MARKS
        or (unit.quantity and unit.quantity.kind in ("date", "age"))
    ):
        return True
    bound = sentence.bound.get(left.at)
    if (
        unit.low in OF_PLACE
        or unit.within("qualifier")
        or (bound and bound.verb == at and is_done(sentence, at))
    ):
        return True
    if unit.low in DASHES:
        return is_glued(sentence.units, at)
    return unit.low in ("and", ",") or unit.capital or unit.low in DETERMINERS or _is_plain(unit)


def _is_plain(unit: Unit) -> bool:
    if not unit.low.isalpha() or is_verb(unit) or looks_finite(unit):
        return False
    if unit.has("structure.causal", "structure.subset", "say.verbs"):
        return False
    return unit.low not in PREPOSITIONS and unit.low not in CLAUSES


def has_own_verb(sentence: Sentence, phrase: Phrase) -> bool:
    """ "and 12 policemen stormed …", "and 500 cadets safe": the second noun begins a clause of its own."""
    at = phrase.tail
    while sentence.low(at) in ADVERBS:
        at += 1
    if at >= len(sentence.units):
        return False
    unit = sentence.units[at]
    if unit.low in PREPOSITIONS:
        there = range(at + 1, min(len(sentence.units), at + OF_WHERE))
        ends = next((k for k in there if not _is_place(sentence, k)), at)
        return sentence.low(ends) in BE - {"'s"} | HAVE  # "40,000 people IN KHOST ARE without water"
    if unit.has("structure.unharmed") or unit.low in FARING:
        return True
    if verb_forms(unit).keys() == {"displaced"} and unit.has("displaced.self"):
        return True  # "eight were killed and five or six FLED": no number of those killed
    return (looks_finite(unit) or unit.has("structure.modal")) and not is_done(sentence, at)
