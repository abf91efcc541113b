"""Numbers with their noun, and tolls: "1,200 deaths", "36 dead", "the death toll rose from 13 to 17"."""

from __future__ import annotations

from bot.news.figures.measures.moves import measure_of_move
from bot.news.figures.measures.stocks import PAPERS, is_at_home, is_there
from bot.news.figures.measures.tollgiven import behind_former, given_as, is_corrected, risen
from bot.news.figures.measures.tollwords import (
    BODIES,
    COUNTED,
    EVENT,
    OF_EVENT,
    is_label,
    is_loss,
    is_toll_noun,
    may_count,
    toll_of,
)
from bot.news.figures.sentence.clause import (
    MOVES,
    NAMED,
    PEOPLE_HEADS,
    THING_HEADS,
    Bound,
    Sentence,
    fits,
    is_done,
    predicate,
    thing,
)
from bot.news.figures.sentence.nouns import Phrase, noun_from, read_tail
from bot.news.figures.sentence.units import DETERMINERS, Unit, verb_forms
from bot.news.text.words import word_set

COUNTS = ("number", "count", "tally", "total", "toll")
FIGURES = (*COUNTS, "figure", "estimate", "claim")
SWAPPED = frozenset(("exchange", "swap", "handover", "return", "transfer", "repatriation"))
HANDED = frozenset(("exchanged", "swapped", "traded", "identified"))
SEIZED = frozenset(("abducted", "captured", "missing"))
TELLING = frozenset(("done", "state", "noun", "self", "passive", "place"))
HARM = frozenset(("killed", "wounded", "casualties", "abducted", "captured"))
LOST = word_set(
    "lost lose loses losing loss claimed claim claims claiming took take takes taking taken cost costs costing ended "
    "ending sacrificed gave given snuffed killed died paid paying accounted sacrifice sacrifices price offered laid"
)
WHOSE = 6  # units of "47 the army's own tally"
REACH = 8  # units after a noun in which its happening may stand


def bind_nouns(sentence: Sentence) -> None:
    """ "1,200 deaths", "36 dead", "6 injured", "a further 104 wounded"."""
    for phrase in sentence.phrases:
        if not phrase.measure or phrase.quantity.kind == "article":
            continue
        known = sentence.bound.get(phrase.at)
        if known and phrase.partitive and known.measure != phrase.measure:
            continue  # "two of the injured died"
        if phrase.noun == "lives" and not are_lost(sentence):
            continue
        if sentence.has(phrase.at - 1, "structure.interviews"):
            phrase.head = "never"
            continue  # "it had SPOKEN TO 34 deported people"
        if phrase.measure == "returned" and is_at_home(sentence, phrase):
            continue  # "12,000 returnees live in tents"
        if known and known.measure == "other" and phrase.measure in (*SEIZED, *MOVES):
            continue  # "three abducted drivers were freed", "40 returnees are stranded"
        adjective = phrase.head in PEOPLE_HEADS and phrase.head != "people" and known and known.rank <= 2
        if adjective:
            continue
        if known and known.measure in HARM and phrase.measure in (*MOVES, "displaced"):
            continue  # "killing seven RETURNEES", "kills two DISPLACED persons"
        also = known.also if known else []
        aided = phrase.measure in (*MOVES, "displaced") and sentence.has(phrase.at - 1, "structure.aids")
        aided = aided or (phrase.measure == "killed" and _is_handed(sentence, phrase))
        measure = "other" if aided else NAMED[phrase.measure]
        sentence.bound[phrase.at] = Bound(
            phrase, measure, "nominal", phrase.last - 1, 0, passive=True, also=also
        )


def are_lost(sentence: Sentence) -> bool:
    """Whether lives are: those of 27 people may be saved, changed or at risk as well."""
    return not sentence.said.isdisjoint(LOST)


def _is_handed(sentence: Sentence, phrase: Phrase) -> bool:
    """ "The EXCHANGE OF 14 bodies", "143 bodies had been IDENTIFIED": of those who died before."""
    if sentence.low(phrase.last - 1) not in BODIES:
        return False
    if sentence.low(phrase.at - 1) == "of":
        return sentence.low(phrase.at - 2) in SWAPPED
    behind = predicate(sentence, phrase.last)
    return sentence.low(behind) in HANDED or sentence.low(phrase.at - 1) in HANDED


def bind_tolls(sentence: Sentence) -> None:
    """ "The death toll rose from 13 to 17", "put the number of dead at 12", "the wounded rose to 20"."""
    named = [
        (at, unit)
        for at, unit in enumerate(sentence.units)
        if unit.tags and (may_count(unit.tags) or unit.low.endswith(FIGURES))
    ]
    summing = "structure.summing" in sentence.said
    for at, unit in named:
        if unit.low.rpartition(" ")[2] in COUNTS:
            of_whom = sentence.low(at + 1) in ("of", "of those", "of these")
            said = 2 if of_whom else 1 if is_done(sentence, at + 1) else 0
            if said and _number_of(sentence, at, at + said):
                continue
        if summing and _summed(sentence, at, unit):
            continue
        counted = sentence.owner.get(at)
        if counted and counted.quantity.kind == "count" and counted.measure:
            continue  # "11 FATALITIES and 26 injured"
        measure = toll_of(unit.tags) or ("killed" if is_loss(sentence, at) else "")
        if not measure and (is_toll_noun(sentence, at) or is_label(sentence, at)):
            measure = next(m for m in COUNTED if m in verb_forms(unit))
        first = sentence.owner.get(at + 2) if sentence.low(at + 1) == "of" else None
        if first and is_corrected(sentence, first):
            measure = _happened_to(sentence, first) or measure  # "the figure OF 30 KILLED was cut to 22"
        if not measure and unit.has("structure.total") and sentence.bound:
            measure = _nearest_measure(sentence, at)
        if measure:
            _toll(sentence, at, measure, unit.has("structure.total"))


def _summed(sentence: Sentence, at: int, unit: Unit) -> bool:
    """ "LIFTING TO 47 its tally", "taking to 12 the number that the army says it has slain": a total before its noun."""
    near = (sentence.owner[k] for k in range(at - 1, at - WHOSE, -1) if k in sentence.owner)
    phrase = next(near, None)
    if phrase is None or sentence.low(phrase.at - 1) != "to" or phrase.at in sentence.bound:
        return False
    if not sentence.has(phrase.at - 2, "structure.summing"):
        return False
    behind = (m for u in sentence.units[at + 1 : at + EVENT] for m in verb_forms(u) if m in COUNTED)
    measure = toll_of(unit.tags) or next(behind, "") or _nearest_measure(sentence, at)
    if measure:
        sentence.bound[phrase.at] = Bound(phrase, NAMED[measure], "total", at, 0)
    return bool(measure)


def _nearest_measure(sentence: Sentence, at: int) -> str:
    told = [b for k, b in sorted(sentence.bound.items()) if k < at]
    before = [b.measure for b in told if not b.phrase.subset] or [b.measure for b in told]
    return "killed" if "killed" in before else before[-1] if before else ""


# --------------------------------------------------------------------------- "the number of drones shot down"


def _number_of(sentence: Sentence, at: int, first: int) -> bool:
    """Whether a number is told of: "The number of fighters killed has risen to 16", "put at 77 the number of villagers killed"."""
    while sentence.low(first) in DETERMINERS:
        first += 1
    if first in sentence.owner and sentence.owner[first].at == first:
        return False  # "its tally OF 50 deaths"
    named = noun_from(sentence.units, first)
    last = max(named.last, first)
    measure = _measure_of(sentence, named, first, last)
    if not measure:
        return False
    phrase = sentence.owner.get(at - 1)
    if phrase is None or phrase.at != at - 1 or sentence.low(at - 2) not in ("at", "to"):
        phrase = None
        told = last + (
            sentence.low(last + 1) == "," and is_done(sentence, last)
        )  # "of people KILLED, which …"
        last = behind_former(sentence, told) if sentence.low(told) == "," else last
        if named.head in THING_HEADS:
            read_tail(sentence.units, named)  # "the number of boxes OF RELIEF GOODS held up is 64"
        given = given_as(sentence, _link(sentence, max(last, named.tail)))
        if given is None:
            return True
        phrase, rise, falls = given
        falls = (
            falls or sentence.has(at - 1, "structure.revision") or sentence.has(at - 2, "structure.revision")
        )
    else:
        rise = falls = False
        phrase.head, phrase.last, phrase.tail = "", phrase.at + 1, phrase.at + 1
    if phrase.head in ("", "unknown"):
        phrase.head, phrase.noun, phrase.away = named.head, named.noun, range(first, max(last, first + 1))
    summed = phrase.at < at and sentence.has(phrase.at - 2, "structure.summing")
    rule = "total" if summed else "toll"  # "bringing to 28 the number killed"
    sentence.bound[phrase.at] = Bound(phrase, NAMED[measure], rule, at, 0, update=_update(rise, falls))
    return True


def _link(sentence: Sentence, last: int) -> int:
    """Where "stands at", "has risen to" or "at" begins, after what happened to the counted."""
    number = sentence.owner.get(last)
    if number and number.at == last:
        return last  # "gave the number of dead as FOUR"
    number = sentence.owner.get(last + 1)
    if number and number.at == last + 1 and is_done(sentence, last):
        return last + 1  # "gave the number of soldiers killed as 61"
    for at in range(last, min(last + EVENT, len(sentence.units))):
        number = sentence.owner.get(at + 1)
        if at > last and sentence.low(at) == "at" and number and number.at == at + 1 and not number.head:
            return at
        number = sentence.owner.get(at)
        if (
            number
            and number.at == at
            and sentence.units[at].start < number.quantity.start
            and not number.head
        ):
            return at  # "the number of boxes stuck in Karachi AS 2,700"
        if at >= last + REACH:
            continue
        if sentence.has(at, "structure.stands", "structure.rise", "structure.revision"):
            return at
    return last


def _measure_of(sentence: Sentence, named: Phrase, first: int, last: int) -> str:
    """What happened to those whose number is given, by the words of their noun and those right after it."""
    waits = any(u.has("traffic.done", "traffic.self") for u in sentence.units[first:last])
    if waits and fits(named, "traffic"):
        return "trucks"
    if named.head in THING_HEADS:
        return thing(named.head) if thing(named.head) in NAMED else ""
    if any(unit.has(PAPERS) for unit in sentence.units[first : last + REACH]) or is_there(
        sentence, named, last
    ):
        return "other"  # "the number of Afghans WITHOUT PAPERS", "… LIVING IN PAKISTAN"
    for at, unit in enumerate(sentence.units[first : last + REACH], first):
        if unit.has("structure.rise", "structure.revision") or unit.low in (",", ";", "at"):
            break
        forms = verb_forms(unit)
        measure = next((m for m, f in forms.items() if m in COUNTED and f & TELLING), "")
        if not measure and "moved" in forms:
            measure = measure_of_move(sentence, named, forms["moved"], at)
        if measure:
            return measure
    return named.measure if named.measure in COUNTED else ""


# --------------------------------------------------------------------------- tolls


def _toll(sentence: Sentence, at: int, measure: str, total: bool) -> None:
    rise = any(sentence.has(k, "structure.rise") for k in range(max(0, at - 3), at))
    falls = any(sentence.has(k, "structure.revision") for k in range(max(0, at - 3), at))
    first = risen(sentence, at) if sentence.low(at + 1).partition(" ")[0] in OF_EVENT else at + 1
    if sentence.low(first) == ",":
        first = behind_former(sentence, first)
    given = given_as(sentence, first)
    if given is None:
        return
    phrase = given[0]
    known = sentence.bound.get(phrase.at)
    if (
        phrase.head in THING_HEADS
        or phrase.head in ("refused", "never")
        or (known and known.update != "none")
    ):
        return
    if is_done(sentence, phrase.last) and measure not in verb_forms(sentence.units[phrase.last]):
        return  # "the casualty count is 14 KILLED"
    bound = Bound(phrase, NAMED[phrase.measure or measure], "total" if total else "toll", at, 1)
    bound.update = _update(rise or given[1], falls or given[2])
    sentence.bound[phrase.at] = bound
    other = sentence.owner.get(phrase.tail + 1)
    if (
        sentence.has(at, "lose.noun")
        and other
        and other.head in THING_HEADS
        and sentence.low(other.at - 1) in ("and", ",")
    ):
        sentence.bound[other.at] = Bound(
            other, NAMED.get(thing(other.head), "other"), "listed", at, 4
        )  # "losses at 870 soldiers AND 96 POSTS"


def _update(rise: bool, falls: bool) -> str:
    return "revision" if falls else "rise" if rise else "none"


def _happened_to(sentence: Sentence, phrase: Phrase) -> str:
    """What befell a number, by its noun or the word behind it: "30 DEAD", "30 people KILLED"."""
    behind = verb_forms(sentence.units[phrase.tail]) if phrase.tail < len(sentence.units) else {}
    return next((m for m in (phrase.measure, *behind) if m in COUNTED), "")
