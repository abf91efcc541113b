"""A speaker with what is said beside the name: an age, a trade, a fate, and how somebody wants to be called.

"Gul Bibi, 45, A MOTHER OF SIX,", "Sadiq, A BAKER WHO FLED,", "a man who gave his NAME AS Zmarai", "its director, SAIRA GUL".
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.between import CALLED, QUIET, RELATIVE, calls
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import (
    PARTICLES,
    QUOTES,
    REACH,
    Nominal,
    before_bracket,
    ends,
    is_hyphen,
    is_participle,
    nominal,
    one,
)
from bot.news.figures.claimants.sayings import is_head
from bot.news.figures.sentence.units import ADVERBS, DETERMINERS, PREPOSITIONS, Unit
from bot.news.figures.sentence.weekdays import DAYS
from bot.news.text.words import word_set

NAME = 4  # words
TO_NAME = 8  # units from "gave" to the name in "gave only his first name, Sher"
ASIDES = 3  # between commas before a verb: "Karim, 51, a baker, who fled last week, said"
APART = word_set(
    "who which whose whom where when speaking aged though however meanwhile too instead separately citing quoting quoted"
)
DEGREES = word_set("more most less least very rather as")
WHERE = word_set("in at near across on inside outside around over")
AS = word_set("name himself herself themselves identified known introduced")  # "gave his NAME as Zmarai"
ARTICLES = frozenset(("a", "an", "another", "one", "one of"))


def before(names: Names, units: Sequence[Unit], at: int, *, subject: bool = True) -> list[Nominal]:
    """The noun phrase that ends at a unit, and what stands in apposition to it, nearest first.

    "Mostafa Gul, A SPOKESMAN FOR THE GOVERNOR," is two; asides are passed over: "an official, WHO WAS NOT NAMED,".
    """
    if units[at].low != ",":
        return _called_before(names, units, at) or one(names, units, at, subject=subject)
    shut = _over_asides(units, at)
    if named := _called_before(names, units, shut - 1):
        return named
    comma = _comma_before(units, shut)
    beside = shut < at
    if comma < 1:
        return [_known_by(names, units, n, beside) for n in one(names, units, shut - 1)]
    opened = _over_asides(units, comma)
    outer = [
        _known_by(names, units, n, beside or opened < comma or _is_described(units, comma + 1))
        for n in one(names, units, opened - 1)
    ]
    inner = one(names, units, shut - 1)
    end = ends(names, units, comma + 1)
    if comma < end < shut - 1 and (_tells_of(units[end + 1]) or is_participle(units[end + 1])):
        inner = [nominal(names, units, comma + 1, end)]  # "Gul, AN ELDER who lost a brother, said"
    whole = inner and outer and inner[0].first == comma + 1
    if whole and _renames(names, units, inner[0], outer[0]):
        return [*inner, *outer]
    return [_known_by(names, units, n, beside) for n in inner]


def after(names: Names, units: Sequence[Unit], at: int) -> list[Nominal]:
    """The noun phrase that begins at a unit, and a name in apposition to it: "its director, SAIRA GUL"."""
    at = _over_number(names, units, at)
    end = ends(names, units, at)
    end -= 1 if end > at and units[end].low == "'s" else 0
    if end < at:
        return []
    found = nominal(names, units, at, end)
    if called := _called_after(names, units, end + 1):
        return [called, found]
    if _ends_saying(units, at, end):
        return [_known_by(names, units, found, described=True)]
    mark = _over_bracket(units, end + 1)
    if mark + 1 >= len(units) or units[mark].low != ",":
        return [found]
    found = _known_by(names, units, found, _is_described(units, mark + 1))
    if units[mark + 1].capital:
        beside = nominal(names, units, mark + 1, ends(names, units, mark + 1))
        if beside.first <= beside.last and _renames(names, units, beside, found):
            return [found, beside]
    return [found]


def _ends_saying(units: Sequence[Unit], first: int, last: int) -> bool:
    """ "…, said MUJAHID.": one word with nothing behind it."""
    said = first == last and first > 0 and units[first - 1].has("say.verbs")
    return said and (last + 1 >= len(units) or units[last + 1].low in (".", ","))


def _over_number(names: Names, units: Sequence[Unit], at: int) -> int:
    """ "According to TWO officials", "said ONE OF the drivers.": where they are named."""
    if at + 1 >= len(units) or not units[at].quantity:
        return at
    on = at + (2 if units[at + 1].low == "of" else 1)
    end = ends(names, units, on)
    shuts = end + 1 >= len(units) or not units[end + 1].word
    told = at > 0 and (units[at - 1].has("say.according") or units[at - 1].low == "by")
    return on if told or (shuts and end >= on and is_head(units[nominal(names, units, on, end).head])) else at


def _over_bracket(units: Sequence[Unit], at: int) -> int:
    if at >= len(units) or units[at].low != "(":
        return at
    return next((k + 1 for k in range(at, min(len(units), at + REACH)) if units[k].low == ")"), at)


# --------------------------------------------------------------------------- between commas


def _tells_of(unit: Unit) -> bool:
    return unit.low in RELATIVE or unit.low == "that"


def _over_asides(units: Sequence[Unit], at: int) -> int:
    """The comma behind a speaker over what stands between it and another: "Karim, 51, WHO FLED, said"."""
    for _ in range(ASIDES):
        comma = _comma_before(units, at)
        if comma < 1 or not _is_aside(units, comma + 1, at - 1):
            break
        at = comma
    return at


def _comma_before(units: Sequence[Unit], at: int) -> int:
    start = before_bracket(units, at - 1)
    for k in range(start, max(-1, start - REACH), -1):
        if units[k].low == ",":
            return k
        if units[k].low in (";", ":") or units[k].low in QUOTES:
            return -1
    return -1


def _is_aside(units: Sequence[Unit], first: int, last: int) -> bool:
    """Whether what stands between two commas names nobody: "however", "aged 45", "who may not be named"."""
    low = units[first].low
    if low.endswith("ing") and first < last and not units[first].capital and not is_head(units[first]):
        return True  # "police, CORRECTING an earlier toll, said"
    if (low in DEGREES or (low.endswith("ly") and not units[first].capital)) and not is_head(units[last]):
        return True  # "police, MORE CAUTIOUS, said"
    if low in APART or low in ADVERBS or low in PREPOSITIONS or is_participle(units[first]):
        return True
    if units[first].has("say.according"):
        return True  # "the mayor, QUOTED BY Reuters, said"
    number = units[first].quantity
    if number is not None:
        return first == last or number.kind != "count"
    return low in DETERMINERS and units[last].has("say.spots")  # "in Sharana, THE PROVINCIAL CAPITAL,"


def _is_described(units: Sequence[Unit], at: int) -> bool:
    """ "Sadiq, A baker", "Sadiq, 34,", "Sadiq, WHO": what follows a comma and tells of somebody."""
    low = units[at].low
    return low in DETERMINERS or low in RELATIVE or low in ARTICLES or units[at].quantity is not None


def _renames(names: Names, units: Sequence[Unit], inner: Nominal, outer: Nominal) -> bool:
    """Whether two noun phrases are one speaker: a title and a name, a body and what it is."""
    around = units[outer.core : outer.last + 1]
    one = units[outer.first].low in ARTICLES or _is_one_of(units, outer.first)
    if _is_name(units, inner) and (one or units[outer.head].has("speaker.person")):
        return True  # "UNHCR's representative, ARAFAT JAMAL,", "a member of the council, NISAR GUL,"
    named = _is_name(units, outer) or any(names.mention_at(u) for u in around)
    inside = units[inner.first : inner.last + 1]
    return named and (
        units[inner.first].low in DETERMINERS
        or any(is_head(u) or u.has("speaker.person") or names.mention_at(u) for u in inside)
    )


def _is_one_of(units: Sequence[Unit], first: int) -> bool:
    """ "ONE OF the porters, Noor Wazir,"."""
    of = first > 1 and units[first - 1].low == "of"
    return of and units[first - 2].low == "one"


def _is_name(units: Sequence[Unit], found: Nominal) -> bool:
    head = found.head
    if found.named or (head > found.first and is_hyphen(units, head - 1)):
        return units[head].capital  # "Majed al-ANSARI"
    return head > found.first and units[head].capital and units[head - 1].capital


def _known_by(names: Names, units: Sequence[Unit], found: Nominal, described: bool) -> Nominal:
    """A single capital that what stands beside it makes a name: "SADIQ, a baker"."""
    core = found.core
    lone = described and core == found.head == found.last and _can_name(names, units[core])
    led = core == 0 or units[core - 1].low not in WHERE
    return found._replace(named=True) if lone and led else found


def _can_name(names: Names, word: Unit) -> bool:
    """Whether a word may be what somebody is called: no place, no day, nothing that a list knows."""
    low = word.low
    if not (word.word and word.capital) or " " in low or names.mention_at(word) or names.is_place(word):
        return False
    return not (is_head(word) or low in APART or low in DAYS or low in QUIET or low.endswith("ly"))


# --------------------------------------------------------------------------- called


def _called_before(names: Names, units: Sequence[Unit], at: int) -> list[Nominal]:
    """ "a man who gave his name as ZMARAI": the name that ends at a unit, where words before it say that it is one."""
    at = before_bracket(units, at)
    first = at
    while first > 1 and at - first < REACH and _of_name(units, first):
        first -= 1
    first += 1
    if first > at or not _says_name(units, first):
        return []
    return [Nominal(_led_from(units, first), at, at, first, named=True)]


def _called_after(names: Names, units: Sequence[Unit], at: int) -> Nominal | None:
    """The name that a phrase leads up to: "a baker CALLED LAL GUL", "one who gave only his first name, SHER"."""
    if at >= len(units) or not (units[at].low in RELATIVE or units[at].low in CALLED):
        return None
    for k in range(at + 1, min(len(units), at + REACH)):
        if _of_name(units, k) and _says_name(units, k):
            last = k
            while last + 1 < len(units) and _of_name(units, last + 1):
                last += 1
            return Nominal(at, last, last, k, named=True)
    return None


def _of_name(units: Sequence[Unit], at: int) -> bool:
    return (units[at].capital and units[at].word) or units[at].low in PARTICLES or is_hyphen(units, at)


def is_called(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit ends or begins a name that the words before it say is one."""
    return units[at].capital and any(
        _says_name(units, k) for k in range(at, max(0, at - NAME), -1) if units[k].capital
    )


def names_one(units: Sequence[Unit], verb: int) -> bool:
    """ "a baker CALLED Lal Gul", "who GAVE his name as Zmarai": a verb that only leads to a name."""
    if calls(units, verb):
        led = units[max(0, verb - NAME) : verb]
        return any(u.low in ARTICLES or u.low in RELATIVE for u in led)
    if units[verb - 1].low not in RELATIVE:
        return False
    near = range(verb + 1, min(len(units), verb + TO_NAME))
    return any(units[k].capital and _says_name(units, k) for k in near)


def _says_name(units: Sequence[Unit], first: int) -> bool:
    """Whether the words before a capital say that it is somebody's name."""
    last, other = units[first - 1].low, units[first - 2].low if first > 1 else ""
    if last == "as":
        return other in AS
    if last in CALLED:
        return first > 1 and units[first - 2].word and other not in ("was", "were", "is")
    return other in ("name", "names") and last in (",", "is", "was", "of")


def _led_from(units: Sequence[Unit], name: int) -> int:
    """Where the phrase begins that ends in a name: "A MAN who gave his name as Zmarai"."""
    first = name
    for k in range(name - 1, max(-1, name - REACH), -1):
        if units[k].low in ARTICLES:
            first = k
    return first
