"""The number whose noun stands before a happening: "five of the men, police say, were KILLED"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.news.figures.sentence.clause import (
    LEFT,
    THING_HEADS,
    Sentence,
    before,
    by_tail,
    fits,
    is_done,
    stops,
    subset_marker,
)
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    is_noun,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.text.words import word_set

ONE = word_set("was is has")
STAY = word_set("remain remains remained stay stayed lie lay")
ARE = BE | STAY
INVERTED = 14  # units of "Killed in the strike on the bazaar were"
AUXILIARIES = BE | HAVE | STAY | ADVERBS
FRACTIONS = word_set("half third quarter most some many majority part percent cent rest")
ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth last")
REST = word_set("rest remainder")
BELIEVED = word_set("believed feared thought presumed reported understood known said confirmed")
TO = frozenset(("to", "to be"))
SUSPECTED = frozenset(("accused of", "suspected of"))
NAMING = word_set("known named identified described")  # "a trainer KNOWN AS Zarqawi"
SUMMED = word_set("all total")
WITHIN = word_set("from in at near inside outside with by under behind")
MANAGED = word_set("managed chose chosen opted elected began started continued")  # to go: they went
HELPED = word_set("helped helps assisted assists enabled allowed supported")
OF_THEM = frozenset(("of whom", "of them", "of which"))
CONJUNCTIONS = word_set("when while as where because although")
NEVER_DONE = word_set("aged died perished drowned")  # to nobody: no clause of a noun begins with them
CLAUSE = 14  # units of a clause between a noun and what happened to it


@dataclass(slots=True)
class _Walk:
    """Where a search stands on its way to the left."""

    at: int
    first: int
    commas: int = 0
    wait: bool = False  # within a list of parts that a comma closes
    related: bool = False  # the happening belongs to the noun: "the ten WHO DIED were …"
    plural: bool = False  # the verb is one of several people
    things: bool = False  # it has passed posts or tanks: "16 others wounded, and TWO OUTPOSTS were captured"
    single: bool = False  # the verb tells of one, or the happening of the part alone: "a girl WHO died"


def subject(sentence: Sentence, start: int, measure: str, adjacent: bool) -> Phrase | None:
    """The counted noun before a unit that a measure befell; `adjacent`: right before it."""
    at = before(sentence, start)
    while sentence.low(at) in AUXILIARIES:
        at = before(sentence, at)
    if sentence.low(at) in TO and sentence.low(at - 1) in BELIEVED:  # "are believed TO HAVE died"
        at = before(sentence, at - 1)
        at = before(sentence, at) if sentence.low(at) in BE else at
    if sentence.low(at) == "to" and (
        sentence.low(at - 1) in HAVE
        or sentence.low(at - 1) in MANAGED
        or (measure in ("returned", "moved") and _helped(sentence))
    ):
        at = before(sentence, at)  # "had TO be evacuated", "helped 26,000 refugees TO return"
        at = before(sentence, at) if sentence.low(at) in HAVE or sentence.low(at) in MANAGED else at
    if sentence.low(at) in OF_THEM and sentence.low(at - 1) in FRACTIONS:
        return None  # "115,000 people, MOST OF WHOM have gone back"
    related = sentence.low(at) in ("who", "that", "which")
    at -= related
    if sentence.low(at) in ("and", "or") and not adjacent:
        return _of_both(sentence, at, measure)
    related = related or (adjacent and sentence.low(start + 1) in BE)
    plural, single = sentence.low(start) in ("were", "are", "have"), related or sentence.low(start) in ONE
    walk = _Walk(at, at, related=related, plural=plural, single=single)
    while walk.at >= 0 and walk.first - walk.at < LEFT:
        if walk.at in sentence.aside:
            opens = sentence.aside[walk.at] - 1
            walk.at, walk.first = opens, walk.first - walk.at + opens
            continue
        phrase = sentence.owner.get(walk.at) or by_tail(sentence, walk.at)
        if phrase and _meets(sentence, walk, phrase, measure):
            return phrase
        if phrase:
            continue
        if adjacent and sentence.low(walk.at) not in ADVERBS:
            return None
        if not _passes(sentence, walk):
            finite = not sentence.low(start).endswith("ing") and sentence.low(walk.at) not in ORDINALS
            own = walk.at < walk.first and (
                sentence.low(walk.at) in CONJUNCTIONS or _is_within_it(sentence, walk.at)
            )  # "… when FORCES exchanged fire"
            return _before_clause(sentence, walk.at, measure) if finite and not own else None
    return None


def inverted(sentence: Sentence, first: int) -> Phrase | None:
    """ "KILLED in the strike WERE nine children": the number behind a verb that opens a sentence."""
    for at in range(first + 1, min(len(sentence.units), first + INVERTED)):
        unit = sentence.units[at]
        if (unit.quantity and unit.quantity.kind == "count") or not (
            unit.word or unit.low == "," or unit.quantity
        ):
            break
        number = sentence.owner.get(at + 1) if unit.low in BE else None
        if number and number.at == at + 1:
            return number
    return None


def _of_both(sentence: Sentence, at: int, measure: str) -> Phrase | None:
    """ "SIX GUARDS stepped on a mine and were killed": the subject of the verb before "and" too."""
    for verb in range(at - 1, max(-1, at - CLAUSE), -1):
        unit = sentence.units[verb]
        if unit.low in (";", ":", "that", "but"):
            return None
        own = sentence.owner.get(verb)
        if own is None and (looks_finite(unit) or (is_verb(unit) and not is_noun(unit))):
            return subject(sentence, verb, measure, False)
    return None


def _helped(sentence: Sentence) -> bool:
    return not sentence.said.isdisjoint(HELPED)


def _meets(sentence: Sentence, walk: _Walk, phrase: Phrase, measure: str) -> bool:
    """Whether a noun on the way is the one; else the walk goes on before it."""
    marked = subset_marker(sentence, phrase)
    whole = not walk.single and _follows_whole(sentence, marked, measure)
    of_many = whole or (walk.plural and phrase.quantity.low == 1)
    if marked >= 0 and (walk.commas or of_many) and sentence.low(marked) not in OF_THEM:
        walk.at, walk.commas, walk.wait = marked - 1, 0, False
        return False
    if walk.commas and _in_passing(sentence, phrase):
        walk.at, walk.commas, walk.wait = phrase.at - 2, 0, False
        return False
    summed = sentence.low(phrase.last) == "in" and sentence.low(phrase.last + 1) in SUMMED  # "33 in all"
    if walk.wait and sentence.low(phrase.at - 1) in ("and", ",") and not summed:
        walk.at = phrase.at - 2
        return False
    walk.at = phrase.at - 1
    dies = measure == "killed" and phrase.measure == "wounded" and phrase.partitive and not walk.commas
    if phrase.measure not in ("", measure) and walk.first > max(phrase.last, phrase.tail) and not dies:
        return False  # "16 WOUNDED, and 25 posts were seized"
    if walk.things and is_done(sentence, phrase.tail):
        return False  # who has a happening of their own before the things do
    if walk.related and phrase.quantity.definite and walk.first < max(phrase.last, phrase.tail):
        return fits(phrase, measure)
    if _is_tail(sentence, phrase):
        walk.at -= sentence.low(walk.at) == "of"  # on to those whom it says more of: "nine OF ONE FAMILY"
        return False
    walk.things = walk.things or phrase.head in THING_HEADS
    return fits(phrase, measure) and not _is_within(sentence, phrase, measure)


def _follows_whole(sentence: Sentence, marked: int, measure: str) -> bool:
    """ "FOUR PEOPLE including two constables were killed": what befell the whole, and the part with it."""
    whole = sentence.owner.get(marked - 1)
    return whole is not None and whole.quantity.kind == "count" and fits(whole, measure)


def _passes(sentence: Sentence, walk: _Walk) -> bool:
    """Whether the walk may go on over a unit that belongs to no noun."""
    if sentence.low(walk.at) == ",":
        walk.commas += 1
        walk.wait = walk.wait or is_parenthesis(sentence, walk.at)
    elif sentence.has(walk.at, "structure.subset"):
        walk.wait, walk.commas = False, 0
    elif sentence.has(walk.at, "kind.age_before"):
        pass  # "two brothers AGED 9 and 12 died"
    elif sentence.low(walk.at) == "as" and sentence.low(walk.at - 1) in NAMING:
        walk.at -= 1
    elif sentence.low(walk.at) in REST and sentence.low(walk.at + 1) != "of":
        return False  # "25 men came, and THE REST fled"
    elif walk.at == walk.first and sentence.low(walk.at) in ORDINALS:
        return False  # "nine blew themselves up, and THE TENTH was caught"
    elif stops(sentence, walk.at) and not _is_named(sentence, walk.at):
        return False
    walk.at -= 1
    return True


def _is_named(sentence: Sentence, at: int) -> bool:
    """ "of THE AFGHAN ATTACK", "in THE SHELLING": a happening that is spoken of as a thing."""
    opens = at - 1 - sentence.has_capital(at - 1)
    return is_verb(sentence.units[at]) and sentence.low(opens) in ("the", "a", "an")


def _is_within_it(sentence: Sentence, at: int) -> bool:
    """ "the attack IN WHICH the governor died": a clause with a subject of its own."""
    return sentence.low(at) in ("which", "whom") and sentence.low(at - 1) in PREPOSITIONS


def _before_clause(sentence: Sentence, at: int, measure: str) -> Phrase | None:
    """ "14 people WHO OFFICIALS SAY were killed", "two HELD SINCE MAY were freed": the noun before its own clause."""
    begins = next((k for k in range(at, max(0, at - CLAUSE), -1) if _begins_clause(sentence, k)), -1)
    if begins < 0:
        return None
    begins -= (
        sentence.low(begins - 1) == ","
    )  # "all ten, WHO belonged to a group across the border, were killed"
    phrase = sentence.owner.get(begins - 1) or by_tail(sentence, begins - 1)
    if phrase and _is_tail(sentence, phrase):
        phrase = sentence.owner.get(phrase.at - 2)  # "EIGHTEEN OF THE 23 people who slept there are dead"
    told = phrase is not None and phrase.quantity.kind in ("count", "article", "implicit")
    return phrase if phrase and told and fits(phrase, measure) else None


def _in_passing(sentence: Sentence, phrase: Phrase) -> bool:
    """ "eleven soldiers, TWO OFFICERS AMONG THEM, were killed": what befell the eleven."""
    after = any(sentence.has(k, "structure.subset_after") for k in range(phrase.at, phrase.last))
    return phrase.subset and after and sentence.low(phrase.at - 1) == ","


def _begins_clause(sentence: Sentence, at: int) -> bool:
    if sentence.low(at) in ("who", "that", "whose"):
        return True
    follows = sentence.owner.get(at - 1) or by_tail(sentence, at - 1)
    if follows is None or at not in (follows.last, follows.tail):
        return False
    unit = sentence.units[at]
    if unit.low.endswith("ing") or any(f & {"done", "passive"} for f in verb_forms(unit).values()):
        return True
    if (unit.low in BELIEVED and sentence.low(at + 1) in TO) or unit.low in SUSPECTED:
        return True
    return (
        unit.low.endswith("ed")
        and unit.low not in NEVER_DONE
        and looks_finite(unit)
        and not unit.has("say.verbs", "say.deny")
    )


def _is_tail(sentence: Sentence, phrase: Phrase) -> bool:
    """ "two families" in "31 members of two families"."""
    if sentence.low(phrase.at - 1) != "of":
        return False
    if sentence.low(phrase.at - 2).rpartition(" ")[2] in FRACTIONS:
        return True  # "half of the 120 held"
    return any(p.last == phrase.at - 1 and (p.head or p.partitive) for p in sentence.phrases)


def _is_within(sentence: Sentence, phrase: Phrase, measure: str) -> bool:
    """ "two workers" in "three policemen GUARDING two workers", "six men FROM two families"."""
    at = phrase.at - 1
    while sentence.low(at) in DETERMINERS or sentence.low(at) in ADVERBS:
        at -= 1
    at -= at > 0 and sentence.low(at) in PREPOSITIONS and looks_finite(sentence.units[at - 1])
    if at < 1 or sentence.owner.get(at):
        return False
    unit = sentence.units[at]
    linked = (
        unit.low in WITHIN
        or unit.low.endswith("ing")
        or (looks_finite(unit) and not (unit.low in BE or unit.low in HAVE))
    )
    if not linked or unit.has("say.verbs", "structure.subset"):
        return False
    other = sentence.owner.get(at - 1)
    counted = other is not None and (other.quantity.kind == "count" or unit.low == "from")
    return other is not None and counted and other.head != "" and fits(other, measure)


def is_parenthesis(sentence: Sentence, at: int) -> bool:
    """Whether the comma closes a list of parts: "…, including three children and a woman, …"."""
    for back in range(at - 1, max(-1, at - 16), -1):
        if sentence.has(back, "structure.subset"):
            return True
        if sentence.low(back) == "," and not any(
            sentence.has(k, "structure.subset") for k in range(max(0, back - 12), back)
        ):
            return False
    return False
