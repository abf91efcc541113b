"""What takes its measure from another number: one ordered table of rules for lists and parts.

Each rule looks at one number that no happening claims and says what binds it, if anything does.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.news.figures.measures import rests, wholes
from bot.news.figures.measures.linking import NEVER, has_own_verb, is_linked, is_of_them, is_same_kind, speaks
from bot.news.figures.measures.retold import name_uncounted
from bot.news.figures.measures.wholes import part
from bot.news.figures.sentence.clause import (
    NAMED,
    PEOPLE_HEADS,
    THING_HEADS,
    TIMES,
    WHOLES,
    Bound,
    Sentence,
    before,
    measure_before,
    quantity_near,
    subset_marker,
    thing,
)
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import BE, DASHES, looks_finite, verb_forms
from bot.news.model import Measure
from bot.news.text.words import word_set

GAPS = frozenset((",", "and", ";", "while", "but"))
WHEN = frozenset(("by", "on", "in", "at", "before"))
AT_PLACE = frozenset(("in", "at", "through", "via", "from", "by", "near"))
WITHIN = frozenset(("in", "at", "near", "along"))
BY_PLACE = frozenset(("trucks", "returned", "deported", "displaced", "other", "positions", "money"))
FAMILIES = frozenset(("families", "households", "displaced families"))
CONTAINING = word_set("comprising containing numbering or totalling") | {"consisting of", "made up of"}
LARGEST = 1e15
WITH = frozenset(("with", "structure.joined"))
COMPRISING = frozenset(("include", "includes", "included", "comprise", "comprised"))

Rule = Callable[[Sentence, int], Bound | None]


def join(sentence: Sentence) -> None:
    """Bind what is joined to a bound number, rule by rule."""
    asked = [
        index
        for index, phrase in enumerate(sentence.phrases)
        if phrase.at not in sentence.bound and not speaks(sentence, phrase)
    ]
    for rule, words in RULES if asked else ():
        if words and sentence.said.isdisjoint(words):
            continue
        for index in reversed(asked) if rule is _listed_before else asked:
            at = sentence.phrases[index].at
            bound = rule(sentence, index) if at not in sentence.bound else None
            if bound:
                sentence.bound[at] = bound
    wholes.mark_sums(sentence)
    rests.more_of_them(sentence)


def mark_parts(sentence: Sentence) -> None:
    """Which numbers count some of those that another counts."""
    for index, phrase in enumerate(sentence.phrases):
        of_whole = phrase.partitive == "the" and phrase.noun in WHOLES  # "seven of the victims were girls"
        opened = _opened(sentence, index)
        of_those = phrase.at == 2 and is_of_them(sentence, phrase)
        marked = subset_marker(sentence, phrase) >= 0 and not _are_of_families(sentence, index)
        if not phrase.head and is_of_them(sentence, phrase):
            name_uncounted(sentence, phrase)
        if of_whole or of_those or marked or opened:
            phrase.subset = True
        whole = sentence.phrases[index - 1]
        if opened and not phrase.head and (phrase.quantity.low != 1 or whole.head not in THING_HEADS):
            phrase.head, phrase.noun, phrase.away = whole.head, whole.noun, range(whole.at + 1, whole.tail)


def _are_of_families(sentence: Sentence, index: int) -> bool:
    """ "873 families, COMPRISING 4,834 individuals", "…, or 4,834 individuals": all who belong to them."""
    phrase, other = sentence.phrases[index], sentence.phrases[index - 1]
    more = (phrase.quantity.low or 0) > (other.quantity.low or 0)
    families = index > 0 and more and other.noun in FAMILIES and phrase.head in PEOPLE_HEADS
    return families and sentence.low(phrase.at - 1) in CONTAINING


# --------------------------------------------------------------------------- parts


def _among_number(sentence: Sentence, index: int) -> Bound | None:
    """ "A commander was among six killed"."""
    phrase = sentence.phrases[index]
    other = sentence.phrases[index + 1] if index + 1 < len(sentence.phrases) else None
    whole = sentence.bound.get(other.at) if other and other.at == phrase.last + 1 else None
    if whole is None or not sentence.has(phrase.last, "structure.among"):
        return None
    phrase.subset = True
    return part(phrase, whole.measure, wholes.AMONG, passive=True)


def _opened(sentence: Sentence, index: int) -> bool:
    """ "Of the 25 wounded, SIX are critical"."""
    other = sentence.phrases[index - 1] if index else None
    if other is None or other.at > 2 or sentence.low(other.at - 1) != "of":
        return False
    return not any(u.word or u.quantity for u in sentence.units[: other.at - 1])  # "the toll OF NINE was …"


def _of_opening(sentence: Sentence, index: int) -> Bound | None:
    if not _opened(sentence, index):
        return None
    phrase, other = sentence.phrases[index], sentence.phrases[index - 1]
    whole = sentence.bound.get(other.at)
    if whole is None and other.head in wholes.BY_NOUN and phrase.quantity.kind == "count":
        return part(phrase, NAMED[other.head], "part-of")  # "Of the 903 ATTACKS, 27 were in Bannu"
    things = phrase.head in THING_HEADS or (whole is not None and whole.measure in THING_HEADS)
    if whole is None or (things and phrase.quantity.low == 1):
        return None
    return part(phrase, whole.measure, "part-of")


def _included(sentence: Sentence, index: int) -> Bound | None:
    """ "Including three children", "three of them critical": parts of the whole that the sentence tells of."""
    phrase = sentence.phrases[index]
    if not phrase.subset or phrase.head in THING_HEADS or phrase.head in NEVER:
        return None
    if phrase.quantity.kind == "article" and sentence.low(phrase.at - 1) in ("of them", "of whom"):
        return None  # "the youngest of them a boy of four"
    if sentence.low(phrase.last - 1) == "of which" and quantity_near(sentence, phrase.last + 1):
        return None  # "six violations, ONE OF WHICH wounded two soldiers"
    whole = _whole(sentence, index)
    if whole is None and index and is_of_them(sentence, phrase) and sentence.phrases[index - 1].head in NEVER:
        return None  # "eleven SHELLS fell, three of them in open fields"
    measure = (
        whole.measure
        if whole
        else measure_before(sentence, phrase.at) or wholes.of_victims(sentence, phrase.at)
    )
    measure = _called(sentence, phrase) or measure
    if whole and _is_other_count(sentence, phrase, whole):
        return None
    return part(phrase, measure, passive=whole is not None and whole.passive) if measure else None


def _is_other_count(sentence: Sentence, phrase: Phrase, whole: Bound) -> bool:
    """ "The men, 15 to 20 OF THEM, came; troops killed eight": more than those told behind are none of them."""
    more = (phrase.quantity.low or 0) > (whole.phrase.quantity.high or LARGEST)
    return more and whole.phrase.at > phrase.at and is_of_them(sentence, phrase)


def _called(sentence: Sentence, phrase: Phrase) -> Measure | None:
    """ "of which 61 were DEATHS", "31,000 of them DEPORTEES": the part has its own word."""
    at = phrase.last
    while sentence.low(at) in BE:
        at += 1
    forms = verb_forms(sentence.units[at]) if at < len(sentence.units) else {}
    return next((NAMED[m] for m, f in forms.items() if "noun" in f and "done" not in f and m in NAMED), None)


def _restated(sentence: Sentence, index: int) -> Bound | None:
    """ "some 4,100 families (28,700 PEOPLE)", "873 families, COMPRISING 4,834 individuals": the same counted otherwise."""
    phrase, other = sentence.phrases[index], sentence.phrases[index - 1]
    whole = sentence.bound.get(other.at) if index else None
    opens = phrase.at - 1
    alone = sentence.low(opens) == "(" and sentence.low(phrase.last) == ")"
    opens -= _are_of_families(sentence, index) and sentence.low(opens - 1) == ","
    if whole is None or not (alone or opens < phrase.at - 1) or opens not in (other.last, other.tail):
        return None
    if phrase.quantity.qualifier == "exact" and other.quantity.qualifier == "about":
        phrase.quantity.qualifier = "about"
    return Bound(phrase, whole.measure, "listed", whole.verb, 4) if is_same_kind(other, phrase) else None


def _elsewhere(sentence: Sentence, index: int) -> Bound | None:
    """ "512 families crossed at Torkham and 148 FAMILIES (801 people) AT CHAMAN", "… and 148 AT CHAMAN": as many at another place."""
    phrase = sentence.phrases[index]
    if sentence.low(phrase.at - 1) not in GAPS or phrase.partitive or phrase.quantity.kind != "count":
        return None
    at = phrase.last
    at = next((last + 1 for last, first in sentence.aside.items() if first == at), at)
    if sentence.low(at) not in AT_PLACE or not sentence.has_capital(at + 1):
        return None
    end = at + 1
    while sentence.has_capital(end):
        end += 1
    for other in reversed(sentence.phrases[max(0, index - 2) : index]):
        whole = sentence.bound.get(other.at)
        if whole is None or other.subset or whole.measure not in BY_PLACE or whole.measure == "money":
            continue
        same = phrase.noun == other.noun or (not phrase.head and sentence.low(phrase.at - 1) != ",")
        there = range(other.last, phrase.at - 1)
        placed = any(sentence.low(k) == sentence.low(at) and sentence.has_capital(k + 1) for k in there)
        if same and placed and _ends_clause(sentence, end):
            phrase.head, phrase.noun = other.head, other.noun
            return Bound(phrase, whole.measure, "listed", whole.verb, 4, passive=whole.passive)
    return None


def _whole(sentence: Sentence, index: int) -> Bound | None:
    """The nearest number of people before, else after, that is no part itself; "of them" may be things too."""
    here = sentence.phrases[index]
    of_them = is_of_them(sentence, here)
    alike = of_them or (not here.head and sentence.low(here.last) in WITHIN)  # "…, including TWO IN Bannu"
    told = (of_them and here.at <= 1) or _opened(sentence, index) or sentence.low(here.at - 1) in COMPRISING
    later = () if told else sentence.phrases[index + 1 :]
    if of_them:  # "two OF THEM came home, it said, and THAT one more remained unaccounted for"
        later = [p for p in later if "that" not in (sentence.low(k) for k in range(here.last, p.at))]
    for phrase in (*reversed(sentence.phrases[:index]), *later):
        bound = sentence.bound.get(phrase.at)
        of_things = bound is not None and (bound.measure in THING_HEADS or phrase.head == "property")
        if bound and not phrase.subset and phrase.quantity.kind != "zero" and (alike or not of_things):
            return bound
    return None


def _spelled_out(sentence: Sentence, index: int) -> Bound | None:
    """ "10 were killed: five boys, four girls and a woman", "seven dead - five soldiers and two drivers - and …"."""
    phrase = sentence.phrases[index]
    opening = _opening(sentence, phrase.at)
    before = sorted(sentence.bound.items()) if opening >= 0 and phrase.head in PEOPLE_HEADS else ()
    told = [b for at, b in before if at < opening and b.measure not in THING_HEADS]
    if not told:
        return _by_place(sentence, index)
    if phrase.at - 1 != opening and sentence.low(phrase.at - 1) not in (",", "and", "of"):
        return None
    phrase.subset = True
    return part(phrase, told[0].measure if sentence.low(opening) == ":" else told[-1].measure)


def _by_place(sentence: Sentence, index: int) -> Bound | None:
    """ "92,340 came back: 51,200 THROUGH SPIN BOLDAK and the remaining 2,440 by smaller gates": each place its part."""
    phrase, other = sentence.phrases[index], sentence.phrases[index - 1]
    whole = sentence.bound.get(other.at) if index else None
    bare = not phrase.head and not phrase.partitive and phrase.quantity.kind == "count"
    if whole is None or not bare or sentence.low(phrase.last) not in AT_PLACE:
        return None
    listed = sentence.low(phrase.at - 1) in (",", "and", ":", ";", "(")
    more = other.subset and (whole.rule == "part") and sentence.low(phrase.at - 1) in (",", "and", ";")
    less = (phrase.quantity.high or 0) < (other.quantity.low or 0)
    if not listed or not (more or (less and sentence.has_capital(phrase.last + 1))):
        return None
    phrase.head, phrase.noun, phrase.subset = other.head, other.noun, True
    return Bound(phrase, whole.measure, "part", whole.verb, 5, passive=whole.passive)


def _opening(sentence: Sentence, at: int) -> int:
    """Where the colon or the dash stands behind which a number spells out a sum; -1 where none does."""
    for last, first in sentence.aside.items():
        if first < at < last and sentence.low(first) in DASHES:
            return first
    return next((k for k in range(at) if sentence.low(k) == ":"), -1) if ":" in sentence.said else -1


# --------------------------------------------------------------------------- lists


def _listed_before(sentence: Sentence, index: int) -> Bound | None:
    """ "FIVE SOLDIERS, TWO POLICEMEN and a civilian were killed": asked backwards."""
    if index + 1 == len(sentence.phrases):
        return None
    here, other = sentence.phrases[index], sentence.phrases[index + 1]
    bound = sentence.bound.get(other.at)
    among = bound is not None and bound.rule == wholes.AMONG
    if bound is None or here.subset or (other.subset and not among) or not _shares(bound):
        return None
    apart = sentence.low(other.at - 1) == "and" and sentence.low(other.at - 2) == ","
    again = sentence.low(other.at - 1) == "," and here.noun == other.noun != ""
    if again and here.quantity.kind == other.quantity.kind == "count" and bound.rule != "listed":
        return None  # "built for 400 FAMILIES, 1,250 FAMILIES a day were received"
    if apart and bound.rule == "nominal" and any(k < here.at for k in sentence.bound):
        return None  # "five dead, FOUR WOMEN AND A MAN, and six wounded": of those before
    here.subset = among
    if not is_linked(sentence, here, other) or not is_same_kind(here, other) or _is_object(sentence, here):
        return None
    rule = bound.rule if among else "listed"
    return Bound(here, NAMED.get(thing(here.head), bound.measure), rule, bound.verb, 4, passive=True)


def _shares(bound: Bound) -> bool:
    """Whether the happening of a number reaches what is listed before it."""
    if bound.rule == "nominal":
        return bound.phrase.head in PEOPLE_HEADS
    return bound.passive and bound.rule != "self-near"


def _is_object(sentence: Sentence, phrase: Phrase) -> bool:
    """ "attacked 12 people and five were killed": twelve are another verb's object."""
    at = before(sentence, phrase.at)
    finite = at >= 0 and looks_finite(sentence.units[at]) and sentence.low(at) != "left"
    return finite and not sentence.has(at, "say.verbs") and sentence.low(at) not in BE


def _listed_after(sentence: Sentence, index: int) -> Bound | None:
    """ "killed five soldiers AND A DRIVER", "including two women AND A POLICEMAN"."""
    if not index:
        return None
    other, here = sentence.phrases[index - 1], sentence.phrases[index]
    bound = sentence.bound.get(other.at)
    if bound is None or not is_linked(sentence, other, here) or not is_same_kind(other, here):
        return None
    of_them_all = bound.rule == "noun-of"  # "the bodies of nine soldiers and 14 militants were found"
    if has_own_verb(sentence, here) and not of_them_all:
        return None
    here.subset = here.subset or other.subset
    measure = NAMED.get(thing(here.head), bound.measure)
    return Bound(here, measure, "listed", bound.verb, 4, passive=bound.passive)


def _gapped(sentence: Sentence, index: int) -> Bound | None:
    """ "90 lorries crossed on Sunday AND 214 BY MONDAY", "Torkham took in 13,900 people and SPIN BOLDAK 4,100": no verb."""
    phrase, other = sentence.phrases[index], sentence.phrases[index - 1]
    whole = sentence.bound.get(other.at) if index else None
    if whole is None or other.subset or phrase.head or phrase.partitive or phrase.quantity.kind != "count":
        return None
    named = phrase.at - 1
    while sentence.has_capital(named) and phrase.at - named < 4:
        named -= 1
    if sentence.low(named) not in GAPS:
        return None
    elsewhere = named < phrase.at - 1 and whole.measure in BY_PLACE and _ends_clause(sentence, phrase.last)
    again = (
        named == phrase.at - 1 and sentence.low(phrase.last) in WHEN and _is_when(sentence, phrase.last + 1)
    )
    if not (again or elsewhere):
        return None
    phrase.head, phrase.noun = other.head, other.noun
    return Bound(phrase, whole.measure, "listed", whole.verb, 4, passive=whole.passive)


def _is_when(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in TIMES or sentence.has(at, "kind.month", "scope.period")


def _ends_clause(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in ("", ".", ",", ";", "and", "on", "in", "by")


OF, ANY = frozenset(("of",)), frozenset[str]()
# each rule with the words without one of which it binds nothing
RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (wholes.of_the, OF), (wholes.of_counted, OF), (wholes.among_the, wholes.PARTS),
    (wholes.among_were, wholes.OPENS), (wholes.were_among, wholes.OPENS), (wholes.were, wholes.NAMING_ALL),
    (wholes.of_opening, wholes.OPENS), (wholes.of_share, OF), (rests.paired, ANY), (rests.ranked, ANY),
    (rests.rest_were, BE), (rests.with_named, WITH), (rests.all_of_them, frozenset(("all",))), (_elsewhere, AT_PLACE),
    (_restated, CONTAINING | {"("}), (_among_number, wholes.PARTS), (_of_opening, OF), (_listed_before, ANY),
    (_included, wholes.PARTS), (_listed_after, ANY), (_spelled_out, ANY), (_gapped, GAPS),
)  # fmt: skip
