"""What a second speaker leaves unsaid: "Kabul claims 58" after "23 soldiers died"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.news.figures.measures.linking import has_own_verb, is_linked, is_same_kind, speaks
from bot.news.figures.measures.retold import (
    HARM,
    are_among,
    are_people,
    lost_again,
    of_flow,
    of_flow_then,
    of_lorries,
    of_told,
)
from bot.news.figures.measures.standing import FIGURE, figure_given, is_later, stands_alone, stood_by
from bot.news.figures.measures.subjects import ARE
from bot.news.figures.sentence.clause import (
    HELD,
    PEOPLE_HEADS,
    THING_HEADS,
    Bound,
    Sentence,
    measure_before,
    predicate,
)
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    EMPTY,
    PREPOSITIONS,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.model import Measure
from bot.news.text.words import word_set

LARGEST = 1e15
MAIN: tuple[Measure, ...] = ("casualties", "killed")
NONE: Mapping[float, Measure] = {}
COUNTING = word_set(
    "claim claims claimed claiming says said say count counts counted counting admits admitted concedes conceded "
    "acknowledges acknowledged confirms confirmed reports reported lists listed tallied recorded"
) | {"spoke of", "speaks of", "spoken of", "speak of"}
DID = word_set("had did were was have has")
CARING = word_set("has had have received receives took admitted") | {"took in", "taken in"}
HAVING = COUNTING | CARING
CAUSED = word_set("caused attributed attributable blamed inflicted")
WORST = word_set("worst hardest deadliest bloodiest worst-hit hardest-hit worst-affected")
CAUSE = 5  # units between those who were harmed and who is blamed
CRITICAL = word_set("critical serious stable")
SEIZED = word_set("killed captured")  # posts are eliminated and taken, too
ONES = word_set("ones others more")
JOINED = frozenset((",", ";", "and", "while", "but", "-", "–", "—"))
CLAUSES = word_set("that who which whose as when after before where by of than")
MARKS = frozenset("\"'“”‘’")
FORMER = frozenset(("up from", "down from", "compared with", "compared to", "than the"))
DATE = 4  # more of them where it stands on a day of its own: "and on July 2 of that year another 30"
GAP = 5  # units between a comma and the number of a clause without its verb


def counted_together(sentence: Sentence, end: int) -> list[Bound]:
    """The numbers of people that are told last before a unit, in one breath: "22 DIED and 15 WERE HURT"."""
    group: list[Bound] = []
    parted, last = ";" in sentence.said, end
    for at in sorted((k for k in sentence.bound if k < end), reverse=True):
        if group and parted and any(sentence.low(k) == ";" for k in range(at, last)):
            break
        bound, last = sentence.bound[at], at
        if bound.measure in HARM and not bound.phrase.subset and bound.phrase.quantity.kind != "zero":
            group.insert(0, bound)
    return group


def bind_elliptic(
    sentence: Sentence,
    before: Bound | None,
    told: Mapping[float, Measure] = NONE,
    earlier: Sequence[Bound] = (),
) -> None:
    """ "…; Kabul claims 58", "not the 58 cited by Kabul": what was counted just before is counted again.

    `told`: what each number of the text was of, so that "rejected the figure of 17" is of what the 17 were.
    `earlier`: what the last sentence that counts people told together.
    """
    for phrase in sentence.phrases:
        if speaks(sentence, phrase):
            continue
        if not phrase.head and of_lorries(sentence, phrase, before):
            sentence.bound[phrase.at] = Bound(phrase, "trucks", "elliptic", phrase.last, 6)
            continue
        if phrase.measure or phrase.quantity.kind != "count":
            continue
        known = sentence.bound.get(phrase.at)
        taken = known is not None and known.measure in SEIZED and known.verb > phrase.at
        things = _things(sentence, phrase, before) if known is None or taken else None
        if things:
            phrase.head = things
            phrase.noun = before.phrase.noun if before and before.measure == things else phrase.noun
            sentence.bound[phrase.at] = Bound(phrase, things, "elliptic", phrase.last, 6)
            continue
        if known:
            continue
        if lost_again(sentence, phrase, counted_together(sentence, phrase.at) or earlier):
            sentence.bound[phrase.at] = Bound(phrase, "killed", "lost", phrase.at - 1, 6)
            continue
        if flow := of_flow_then(sentence, phrase, before):
            sentence.bound[phrase.at] = Bound(phrase, flow, "elliptic", -1, 6)
            continue
        if part := of_told(sentence, phrase, told) or _part_of(sentence, phrase, before):
            phrase.subset = True
            sentence.bound[phrase.at] = Bound(phrase, part, "elliptic", -1, 6)
            _follow(sentence, phrase, earlier)
            continue
        measure = _again(sentence, phrase, before, earlier)
        if measure and not phrase.head and figure_given(sentence, phrase.at):
            measure = told.get(phrase.quantity.low or 0, measure)
        if measure and measure not in THING_HEADS:
            sentence.bound[phrase.at] = Bound(phrase, measure, "elliptic", -1, 6)
            if any(sentence.has(k, "structure.revision") for k in range(phrase.at - FIGURE, phrase.at)):
                sentence.bound[phrase.at].update = "revision"  # "LOWERED its count to 17"
            _follow(sentence, phrase, counted_together(sentence, phrase.at) or earlier)


def _part_of(sentence: Sentence, phrase: Phrase, before: Bound | None) -> Measure | None:
    """Of whom a number counts some, who were told before: "27 WERE LABOURERS", "AMONG THEM were two"."""
    whole = _whole(sentence, phrase, before)
    tests = (are_people, are_among, of_flow)
    return whole.measure if whole and any(is_part(sentence, phrase, whole) for is_part in tests) else None


def _whole(sentence: Sentence, phrase: Phrase, before: Bound | None) -> Bound | None:
    """Whom a bare number may count some of: who alone was told before its clause, else in the sentence before."""
    mark = sentence.low(phrase.at - 1) if phrase.at else ""
    here = counted_together(sentence, phrase.at) if mark in (";", "that") else []
    if here or mark == ";":
        return here[0] if len(here) == 1 else None
    return before if measure_before(sentence, phrase.at) is None else None


def _main(group: Sequence[Bound]) -> Measure | None:
    """What "the figure" is of where several were told: the sum, else the dead, else what was told first."""
    measures = [bound.measure for bound in group]
    return next((m for m in MAIN if m in measures), measures[0] if measures else None)


def _again(
    sentence: Sentence, phrase: Phrase, before: Bound | None, earlier: Sequence[Bound]
) -> Measure | None:
    """The measure of the numbers before a number that is told in the same breath."""
    if _in_danger(sentence, phrase):
        phrase.subset = True
        return "wounded"
    if before and before.measure in HARM and _in_care(sentence, phrase):
        return "wounded"
    if before and before.measure in HARM and _taken_up(sentence, phrase, before):
        return before.measure
    here = measure_before(sentence, phrase.at)
    so = sentence.low(phrase.at - 2) in ("as", "so") and sentence.low(phrase.at - 1) in DID | BE
    if so and phrase.head in PEOPLE_HEADS:
        return here  # "ten were injured, AS WERE three civilians"
    if here and sentence.low(phrase.last - 1) == "own" and sentence.low(phrase.at - 1) == "against":
        return here  # "claims 48 soldiers dead AGAINST NINE OF ITS OWN"
    if here and not phrase.head and sentence.low(phrase.at - 1) == "caused":
        return here  # "457 casualties; shelling CAUSED 324"
    if not phrase.head and stands_alone(sentence, phrase):
        here = _main(counted_together(sentence, phrase.at)) or here
        return here or _main(earlier) or (before.measure if before else None)
    if not phrase.head and _out_of(sentence, phrase):
        return here
    if here and (
        _gapped(sentence, phrase) or _counted_again(sentence, phrase) or _behind_colon(sentence, phrase)
    ):
        return here
    return before.measure if before and _did(sentence, phrase) else here if _did(sentence, phrase) else None


def _in_care(sentence: Sentence, phrase: Phrase) -> bool:
    """ "The hospital speaks of 29 ADMISSIONS", "still has 41 PATIENTS": after an attack, those it wounded."""
    if phrase.noun not in ("patients", "admissions") or sentence.low(phrase.at - 1) not in HAVING:
        return False
    return any("hospital" in word for word in sentence.said)


def _taken_up(sentence: Sentence, phrase: Phrase, before: Bound) -> bool:
    """ "FORTY-ONE OTHERS could not be attributed", "25 WERE CAUSED by shells", "THREE MORE were shot", "Bannu, WITH 61, was worst hit"."""
    if phrase.head and phrase.noun not in ONES:
        return False
    if sentence.low(phrase.at - 1) == "with" and sentence.low(phrase.last) == ",":
        return not sentence.said.isdisjoint(WORST)
    after = range(phrase.last, phrase.last + CAUSE)
    if before.measure == "killed" and phrase.quantity.additional and sentence.low(phrase.last) in BE:
        return any(sentence.has(k, "shot.done") for k in after)
    verb = next((k for k in after if sentence.low(k) in CAUSED), -1)
    return verb >= 0 and any(sentence.low(k) in BE for k in range(phrase.last, verb))


def _things(sentence: Sentence, phrase: Phrase, before: Bound | None) -> Measure | None:
    """ "Seven drones came over; FIVE were brought down": posts and drones without their noun."""
    earlier = [b for at, b in sorted(sentence.bound.items()) if at < phrase.at]
    last = earlier[-1] if earlier else before
    bare = not phrase.head or phrase.noun in ONES
    if last is None or last.measure not in ("positions", "vehicles_equipment") or not bare:
        return None
    if (phrase.subset or not earlier) and (phrase.quantity.low or 0) > (last.phrase.quantity.high or LARGEST):
        return None
    at = predicate(sentence, phrase.last)
    for verb in (at, phrase.at - 1):
        forms = verb_forms(sentence.units[verb]) if 0 <= verb < len(sentence.units) else {}
        done = {"done", "self"} if verb == at else {"done", "doing", "present"}
        fits = "hit" in forms or ("flight" in forms and last.measure == "vehicles_equipment")
        if fits and any(forms.get(m, EMPTY) & done for m in ("hit", "flight")):
            return last.measure
    return None


def _counted_again(sentence: Sentence, phrase: Phrase) -> bool:
    """ "18 died; Islamabad SPOKE OF over 80 militants", "Kabul CLAIMED 58 soldiers": nothing else is said of them."""
    at = phrase.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in MARKS:
        at -= 1
    people = phrase.head in PEOPLE_HEADS
    told = sentence.low(at) in COUNTING or stood_by(sentence, at)
    return told and people and _ends(sentence, phrase.tail)


def _in_danger(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Eleven are CRITICAL": nobody says so of the sound."""
    said = sentence.low(phrase.last) in ARE and sentence.low(phrase.last + 1) in CRITICAL
    return said and phrase.head in ("", "people")


def _did(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Islamabad said over 80 militants HAD": the verb of the sentence before is meant."""
    at = phrase.tail
    at += sentence.low(at) in MARKS
    ends = at + 1 >= len(sentence.units) or sentence.low(at + 1) in (".", ";")
    return sentence.low(at) in DID and ends and phrase.head in ("", *PEOPLE_HEADS)


def _out_of(sentence: Sentence, phrase: Phrase) -> bool:
    """ "129 deaths OUT OF A TOTAL OF 655": all of whom the number before is a part."""
    out = sentence.low(phrase.at - 1) == "of" and sentence.low(phrase.at - 2) == "out"
    known = [k for k in sentence.bound if k < phrase.at]
    whole = sentence.bound[max(known)].phrase.quantity if out and known else None
    return whole is not None and (whole.low or 0) < (phrase.quantity.low or 0)


def _behind_colon(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Afghans were dying as well: 61 BETWEEN JULY AND SEPTEMBER"."""
    return sentence.low(phrase.at - 1) == ":" and not phrase.head and _ends(sentence, phrase.tail)


def _ends(sentence: Sentence, at: int) -> bool:
    """Whether nothing that has a verb of its own follows."""
    low = sentence.low(at)
    return (
        is_later(sentence, at)
        or low in ("", "and", "but", "while")
        or low in PREPOSITIONS
        or not sentence.units[at].word
    )


def _follow(sentence: Sentence, phrase: Phrase, group: Sequence[Bound]) -> None:
    """ "… 58 soldiers and nine of their own", "claims 58 AND 70": what is listed after it, a pair as the pair before."""
    index = sentence.phrases.index(phrase)
    pair = [bound.measure for bound in group] == ["killed", "wounded"] and not phrase.head
    for other in sentence.phrases[index + 1 : index + 3]:
        joined = is_linked(sentence, phrase, other) and is_same_kind(phrase, other)
        if other.at in sentence.bound or not joined or speaks(sentence, other):
            return
        measure = "wounded" if pair and not other.head else sentence.bound[phrase.at].measure
        other.subset = other.subset or phrase.subset
        sentence.bound[other.at] = Bound(other, measure, "elliptic", -1, 6)


def _gapped(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Pakistan lost 23 men, THE TALIBAN 58", "ten died in the first raid and SIX IN THE SECOND": the verb is left out."""
    rest = phrase.head in ("", "security", "militants", "taliban", "civilians", "people")
    if not rest or not _ends(sentence, phrase.tail) or phrase.quantity.definite:
        return False
    at = phrase.at - 1
    if phrase.noun in HELD or has_own_verb(sentence, phrase) or sentence.low(at) == "from":
        return False  # "rose to 17, it said, FROM 12"
    if sentence.low(at) == "," and (
        sentence.low(phrase.tail) in ("", ".", ";") or _in_pair(sentence, phrase)
    ):
        return _named_apart(sentence, at - 1)
    for _ in range(GAP + DATE * phrase.quantity.additional):
        unit = sentence.units[at] if at > 0 else None
        if unit is None or (unit.quantity and unit.quantity.kind != "date"):
            return False
        if unit.low in JOINED:
            break
        told = is_verb(unit) or looks_finite(unit) or not (unit.word or unit.quantity)
        if told or unit.low in CLAUSES or unit.low in FORMER:
            return False
        at -= 1
    else:
        return False
    if sentence.low(at) == "," and sentence.low(phrase.tail) not in PREPOSITIONS and at == phrase.at - 1:
        return False  # "nine died, 12, …"
    return _harmed_before(sentence, at, people=bool(phrase.head))


def _in_pair(sentence: Sentence, phrase: Phrase) -> bool:
    """ "…; in July, 19,200 AND 21,600"."""
    other = sentence.owner.get(phrase.last + 1) if sentence.low(phrase.last) == "and" else None
    return other is not None and sentence.low(other.tail) in ("", ".", ";")


def _named_apart(sentence: Sentence, last: int) -> bool:
    """ "five died in Kunar; IN NANGARHAR, three", "…; THE GOVERNOR, 74"."""
    for at in range(last, max(0, last - GAP), -1):
        unit = sentence.units[at]
        if unit.low in (";", "while"):
            return _harmed_before(sentence, at)
        if not unit.word or unit.quantity or is_verb(unit) or looks_finite(unit):
            return False
    return False


def _harmed_before(sentence: Sentence, at: int, people: bool = False) -> bool:
    """Whether people were counted last; `people`: whether it is enough that they were counted at all."""
    known = [k for k in sentence.bound if k < at]
    if not known:
        return False
    return sentence.bound[max(known)].measure in HARM or (people and bool(counted_together(sentence, at)))
