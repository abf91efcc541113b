"""Bare numbers in a list or beside a part: "followed by Kunar WITH 71", "the other FOUR were passers-by", "for 68 AND 171"."""

from __future__ import annotations

from bot.news.figures.sentence.clause import (
    NAMED,
    PEOPLE_HEADS,
    THING_HEADS,
    WHOLES,
    Bound,
    Sentence,
    predicate,
)
from bot.news.figures.sentence.nouns import Phrase, noun_from
from bot.news.figures.sentence.units import BE, verb_forms

HARM = frozenset(("killed", "wounded", "casualties", "captured"))
ENDS = frozenset(("", ".", ",", ";", ")", "and", "each"))
REST = frozenset(("others", "rest"))
OF_ALL = frozenset(("of them", "of whom"))
HIT = frozenset(("positions", "vehicles_equipment", "camps"))
BEFALLS = frozenset(("hit", "overrun", "flight", "held"))
MORE = frozenset(("ones", "others", "more"))


def ranked(sentence: Sentence, index: int) -> Bound | None:
    """ "97 casualties, followed by Kunar WITH 71 and Khost WITH 44": each place with its share."""
    phrase = sentence.phrases[index]
    whole = _whole_before(sentence, index)
    if whole is None or not _is_bare(phrase) or sentence.low(phrase.at - 1) != "with":
        return None
    if not sentence.has_capital(phrase.at - 2) or sentence.low(phrase.last) not in ENDS:
        return None
    return _as(phrase, whole)


def rest_were(sentence: Sentence, index: int) -> Bound | None:
    """ "15 of the dead were recruits, and THE OTHER FOUR were passers-by", "29 were held for theft; THE FIVE OTHERS were guards"."""
    phrase = sentence.phrases[index]
    rest = (
        (not phrase.head and phrase.quantity.definite) or phrase.noun in REST or _after_part(sentence, index)
    )
    at = phrase.last
    if not rest or sentence.low(at) not in BE or at + 1 >= len(sentence.units):
        return None
    told = [sentence.bound[p.at] for p in sentence.phrases[:index] if p.at in sentence.bound]
    whole = next((b for b in reversed(told) if b.measure in HARM), None)
    named = noun_from(sentence.units, at + 1)
    said = any(f & {"done", "self", "state"} for f in verb_forms(sentence.units[at + 1]).values())
    if whole is None or said or named.head not in PEOPLE_HEADS:
        return None
    if named.head == "security" and not phrase.quantity.definite and phrase.noun not in REST:
        return None  # "and three were GUARDS at a clinic": of which side is not said
    phrase.head, phrase.noun, phrase.away, phrase.subset = (
        named.head,
        named.noun,
        range(at + 1, named.last),
        True,
    )
    return Bound(phrase, whole.measure, "part-of", -1, 5)


def _after_part(sentence: Sentence, index: int) -> bool:
    """ "15 of the dead were soldiers and TWO were cooks": the same is said of others of them."""
    phrase, other = sentence.phrases[index], sentence.phrases[index - 1]
    known = sentence.bound.get(other.at) if index else None
    if known is None or not known.phrase.subset or not _is_bare(phrase):
        return False
    return (
        other.partitive == "the" and other.noun in WHOLES and sentence.low(phrase.at - 1) in (",", "and", ";")
    )


def all_of_them(sentence: Sentence, index: int) -> Bound | None:
    """ "a centre in which 22 khawarij had gathered; ALL OF THEM WERE KILLED", "four men were in the car, and ALL DIED"."""
    phrase = sentence.phrases[index]
    if phrase.head not in PEOPLE_HEADS or phrase.quantity.kind != "count":
        return None
    until = sentence.phrases[index + 1].at if index + 1 < len(sentence.phrases) else len(sentence.units)
    at = next((k for k in range(phrase.tail, until) if sentence.low(k) == "all"), -1) + 1
    while at and (sentence.low(at) in OF_ALL or sentence.low(at) in BE):
        at += 1
    forms = verb_forms(sentence.units[at]) if 0 < at < until else {}
    measure = next((m for m, f in forms.items() if m in HARM and f & {"done", "self"}), None)
    return Bound(phrase, NAMED[measure], "passive", at, 4, passive=True) if measure else None


def paired(sentence: Sentence, index: int) -> Bound | None:
    """ "112 deaths and 160 injuries …, mortars for 68 AND 171": in the order in which the two were told."""
    phrases = sentence.phrases
    pair = phrases[index : index + 2]
    if len(pair) < 2 or not all(_is_bare(p) for p in pair) or index < 2:
        return None
    one, other = pair
    joined = sentence.low(one.last) == "and" and other.at == one.last + 1
    if not joined:
        return None
    first, second = (sentence.bound.get(p.at) for p in phrases[index - 2 : index])
    if first is None or second is None or {first.measure, second.measure} != {"killed", "wounded"}:
        return None
    sentence.bound[other.at] = _as(other, second)
    return _as(one, first)


def _is_bare(phrase: Phrase) -> bool:
    return not phrase.head and not phrase.partitive and phrase.quantity.kind == "count"


def _whole_before(sentence: Sentence, index: int) -> Bound | None:
    """The nearest number of people before that is no part."""
    told = (sentence.bound.get(p.at) for p in reversed(sentence.phrases[:index]) if not p.subset)
    return next((b for b in told if b and b.measure not in THING_HEADS), None)


def _as(phrase: Phrase, whole: Bound) -> Bound:
    phrase.head, phrase.noun = whole.phrase.head, whole.phrase.noun
    return Bound(phrase, whole.measure, "listed", whole.verb, 4, passive=whole.passive)


def more_of_them(sentence: Sentence) -> None:
    """ "27 posts were destroyed and nine captured": nine posts; "six drones came; five were jammed and three fell"."""
    for other, phrase in zip(sentence.phrases, sentence.phrases[1:], strict=False):
        known, bound = sentence.bound.get(other.at), sentence.bound.get(phrase.at)
        bare = not phrase.head or phrase.noun in MORE
        if known is None or known.measure not in HIT or not bare or phrase.partitive:
            continue
        at = predicate(sentence, phrase.last)
        forms = verb_forms(sentence.units[at]) if at < len(sentence.units) else {}
        if bound and bound.measure in ("captured", "killed") and bound.verb == at and forms.keys() & BEFALLS:
            bound.measure, bound.rule = known.measure, "listed"
        elif bound is None and forms.keys() & BEFALLS and phrase.quantity.kind == "count":
            sentence.bound[phrase.at] = bound = Bound(phrase, known.measure, "listed", at, 4, passive=True)
        else:
            continue
        phrase.head, phrase.noun = other.head, other.noun


def with_named(sentence: Sentence, index: int) -> Bound | None:
    """ "The commander was killed ALONG WITH NINE OTHERS": what befell one who is named, and them with him."""
    phrase, joint = sentence.phrases[index], sentence.phrases[index].at - 1
    if phrase.head not in PEOPLE_HEADS or not (
        sentence.has(joint, "structure.joined") or sentence.low(joint) == "with"
    ):
        return None
    joint -= sentence.low(joint - 1) == ","
    forms = verb_forms(sentence.units[joint - 1]) if joint > 0 else {}
    measure = next((m for m in ("killed", "wounded", "captured") if "done" in forms.get(m, ())), None)
    return Bound(phrase, NAMED[measure], "listed", joint - 1, 4, passive=True) if measure else None
