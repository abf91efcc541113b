"""Some of those whom an earlier sentence counted: "seven of the nine", "four of them are women", "another 1,700 stranded"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.news.figures.measures.linking import is_of_them
from bot.news.figures.sentence.clause import MOVES, PEOPLE_HEADS, Bound, Sentence, predicate
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import BE, neighbour, verb_forms
from bot.news.model import Measure
from bot.news.text.words import word_set

UNCOUNTED = word_set("positions vehicles_equipment attacks")
BEFALLS = word_set("hit flight overrun")
LORRIES = 30  # units between lorries and a number that waits as they do
MANY = 1_000  # people whom a flow counts at another time
LED = word_set("after against") | {
    "as against",
    "on top of",
    "compared with",
    "compared to",
    "up from",
    "down from",
}
PASSED = word_set("come came gone went")
SEEN = word_set("seen saw sees")
WHEN = word_set("in last during since")
AMONG = frozenset(("among them", "among these", "among those"))
ENDS = frozenset((".", "", ";"))
THEM = word_set("they these those")
BESIDE = 200  # code points to a number that "them" may count
HARM = word_set("killed wounded casualties captured abducted missing displaced returned deported")


def of_told(sentence: Sentence, phrase: Phrase, told: Mapping[float, Measure]) -> Measure | None:
    """ "SEVEN OF THE NINE are women": some of those whom an earlier sentence counted."""
    whole = sentence.units[phrase.at + 2].quantity if phrase.at + 2 < len(sentence.units) else None
    if sentence.low(phrase.at + 1) != "of" or whole is None or not whole.definite or phrase.head:
        return None
    measure = told.get(whole.low or 0)
    return measure if measure in HARM and (phrase.quantity.low or 0) < (whole.low or 0) else None


def are_people(sentence: Sentence, phrase: Phrase, before: Bound) -> bool:
    """ "Four of them ARE CIVILIANS", "SIXTY-ONE were women": some of those counted in the sentence before."""
    named = {u.within("people") for u in sentence.units[phrase.last + 1 : phrase.last + 3]} - {""}
    some = (
        named != {"people"} or sentence.low(phrase.last + 1) == "members"
    )  # "three were MEMBERS of one family"
    part = is_of_them(sentence, phrase) or (_opens(sentence, phrase, before) and some)
    return part and sentence.low(phrase.last) in BE and bool(named)


def are_among(sentence: Sentence, phrase: Phrase, before: Bound) -> bool:
    """ "AMONG THEM WERE seven children", "THEY INCLUDED two nurses", "three men WERE AMONG THEM": some of those whom the
    sentence before counted.
    """
    if phrase.head not in PEOPLE_HEADS or before.measure not in HARM:
        return False
    first = sentence.low(0)
    behind = sentence.has(phrase.last, "structure.among") and sentence.low(phrase.last + 1) == "them"
    among = (first in AMONG or sentence.has(0, "structure.subset_after")) and sentence.low(1) in BE
    they = first in THEM and sentence.has(1, "structure.subset")
    near = sentence.units[0].start - before.phrase.quantity.end < BESIDE
    most = before.phrase.quantity.high
    some = behind or (phrase.at == 2 and (among or they))
    return some and near and (most is None or (phrase.quantity.high or 0) < most)


def _opens(sentence: Sentence, phrase: Phrase, before: Bound) -> bool:
    """ "SIXTY-ONE were women", as a clause begins; not "three ARE Afghans" after a number of dead."""
    led = sentence.low(phrase.at - 1) in (";", "that") or sentence.has(phrase.at - 1, "say.verbs")
    if phrase.at and not led:
        return False
    if phrase.head or phrase.quantity.additional or before.phrase.quantity.low is None:
        return False
    living = before.measure == "killed" and sentence.low(phrase.last) in ("are", "is")
    return not living and (phrase.quantity.low or 0) < before.phrase.quantity.low


def of_flow(sentence: Sentence, phrase: Phrase, before: Bound) -> bool:
    """ "AROUND 41,000 OF THEM carried cards": some of those who came back, as the sentence before counts them."""
    if before.measure not in MOVES or not is_of_them(sentence, phrase) or before.phrase.quantity.low is None:
        return False
    if sentence.has(phrase.last, "say.verbs"):
        return False  # "of these, 3,770 SAID they feared arrest"
    return phrase.at <= 2 and 1 < (phrase.quantity.low or 0) < before.phrase.quantity.low


def of_flow_then(sentence: Sentence, phrase: Phrase, before: Bound | None) -> Measure | None:
    """ "150,000 came back this year, AFTER 2.9 MILLION IN 2025", "August had SEEN 143,000": as many at another time."""
    earlier = [b for k, b in sorted(sentence.bound.items()) if k < phrase.at]
    last = earlier[-1] if earlier else before
    if last is None or last.measure not in (*MOVES, "displaced") or phrase.head or phrase.partitive:
        return None
    if phrase.quantity.kind != "count" or (phrase.quantity.low or 0) < MANY:
        return None
    led = sentence.low(phrase.at - 1) in LED or (
        sentence.low(phrase.at - 1) == "of" and sentence.low(phrase.at - 2) == "top"
    )
    seen = sentence.low(phrase.at - 1) in SEEN
    then = sentence.low(phrase.last) in WHEN
    return last.measure if (led and then) or (seen and sentence.low(phrase.last) in ENDS) else None


def of_lorries(sentence: Sentence, phrase: Phrase, before: Bound | None) -> bool:
    """ "5,340 trucks are parked here and another 1,700 STRANDED there": lorries again; "not one was admitted": none."""
    if phrase.quantity.low == 1 or "people.refugees" in sentence.said:
        return False
    at = predicate(sentence, phrase.last)
    earlier = [b for k, b in sorted(sentence.bound.items()) if k < phrase.at]
    last = earlier[-1] if earlier else before
    waits = sentence.has(at, "traffic.done", "traffic.self")
    waits = waits or sentence.low(at) in PASSED or sentence.low(phrase.at - 1) in SEEN
    if not earlier and any(
        u.has("things.trucks") for u in sentence.units[max(0, phrase.at - LORRIES) : phrase.at]
    ):
        return waits  # "containers need a permit; 3,150 are held up"
    return waits and last is not None and last.measure == "trucks"


def lost_again(sentence: Sentence, phrase: Phrase, before: Sequence[Bound]) -> bool:
    """ "… had lost 200 men; Kabul says it LOST NINE": men again, where nothing else is said of them."""
    if phrase.head or not sentence.has(phrase.at - 1, "lose.done"):
        return False
    ends = sentence.low(phrase.tail) in ("", "and", "but", "while", "in", "at", ".", ",", ";")
    return ends and any(bound.measure == "killed" for bound in before)


def name_uncounted(sentence: Sentence, phrase: Phrase) -> None:
    """ "fired at posts and silenced TWO OF THEM", "drones were stopped, and FOUR OF THEM flew on": things without a number."""
    near = {
        m
        for k in (phrase.at - 1, predicate(sentence, phrase.last))
        for m in verb_forms(neighbour(sentence.units, k, 0))
    }
    for at in range(phrase.at - 1, -1, -1) if near & BEFALLS else ():
        unit = sentence.units[at]
        if at in sentence.owner or unit.within("people"):
            return
        things = unit.within("things")
        if things in UNCOUNTED and (things != "attacks" or sentence.has(phrase.at - 1, "hit.done")):
            phrase.head, phrase.noun = things, unit.low
            return
