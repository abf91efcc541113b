"""The noun phrase beside a verb of saying: where it begins and ends, its head, its appositions and asides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.news.figures.claimants.between import RELATIVE, is_finite, is_when
from bot.news.figures.claimants.conjoined import is_inside_name, joins, titles
from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.sayings import CLAUSES, LEADING, STOPS, is_head
from bot.news.figures.sentence.units import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    Unit,
    before_adverbs,
    looks_finite,
)
from bot.news.figures.sentence.weekdays import WEEKDAYS
from bot.news.text.words import word_set

REACH = 16  # units that a speaker's name and title may take
BRACKET = 12  # units of a short name or an aside in brackets
QUOTES = frozenset('"“”«»')
BODIES = frozenset(("un", "agency"))  # that may speak as one
PAIR = 2
OWNING = frozenset(("of", "for", "from", "by", "at", "with"))  # "a spokesman FOR the governor"
DONE = word_set(
    "seen held made given known shown kept led drawn run written sent put taken brought set compiled"
)
STARTING = frozenset((",", "but", "while", "and", "that", "“", "”", '"', ";", ":"))
BOUNDS = frozenset(("structure.causal", "structure.zero", "say.according"))
NEAR = "close to"  # "a source CLOSE TO the delegation"
BEHIND = frozenset(
    ("since", "all", "before", "until", "alone", "both", "earlier", "so")
)  # what follows a speaker
PARENTS = frozenset(("mother", "father"))
PARTICLES = frozenset(("ul", "al", "ur", "bin", "e", "i"))


class Nominal(NamedTuple):
    """One noun phrase: its first and last unit, and its head, behind which "of …", "in …" may follow."""

    first: int
    last: int
    head: int
    core: int  # where it begins without "on Sunday", "later"
    named: bool = False  # a name because of what is said beside it: "SADIQ, a baker", "a man called SADIQ"


# --------------------------------------------------------------------------- leftwards


def before_bracket(units: Sequence[Unit], at: int) -> int:
    """Over an aside in brackets that ends at a unit: "the Inter-Services Public Relations (ISPR) said"."""
    if units[at].low != ")":
        return at
    return next((k - 1 for k in range(at - 1, max(0, at - BRACKET), -1) if units[k].low == "("), at)


def one(names: Names, units: Sequence[Unit], at: int, *, subject: bool = True) -> list[Nominal]:
    """The noun phrase that ends at a unit, if one does."""
    at = before_adverbs(units, before_bracket(units, at) + 1) if at >= 0 else at
    first = _begins(names, units, at)
    if first <= at and subject and _hangs_on(units, first):
        at = _participle(units, first) - 1  # "VILLAGERS reached by telephone said"
        first = _begins(names, units, at)
    if 0 < first <= at and _counts(names, units, first - 1, at):
        first -= 1
    return [nominal(names, units, first, at)] if 0 <= first <= at else []


def _counts(names: Names, units: Sequence[Unit], at: int, last: int) -> bool:
    """ "…, TWO officials in Kohat said": so many speak where a clause begins; not "killed 12 officials"."""
    number = units[at].quantity
    if number is None or number.kind != "count" or not (at == 0 or units[at - 1].low in STARTING):
        return False
    head = units[nominal(names, units, at + 1, last).head]
    return is_head(head) and head.low.endswith("s")


def _participle(units: Sequence[Unit], first: int) -> int:
    """Where a participle stands that a phrase hangs on and that follows a noun; 0 where a verb does."""
    at = first - 1 if units[first - 1].low not in PREPOSITIONS else first - 2
    follows = (
        at > 0
        and units[at - 1].word
        and not looks_finite(units[at - 1])
        and units[at - 1].low not in PRONOUNS
    )
    return at if is_participle(units[at]) and follows else 0


def is_participle(unit: Unit) -> bool:
    """ "figures COMPILED by", "a list KEPT at"."""
    return not unit.capital and (unit.low.endswith("ed") or unit.low in DONE)


def _hangs_on(units: Sequence[Unit], first: int) -> bool:
    """ "a version carried BY SOME OUTLETS": part of what stands before it, no subject."""
    if units[first].low not in PREPOSITIONS:
        first -= 1
    if first < 1 or units[first].low not in PREPOSITIONS:
        return False
    return looks_finite(units[first - 1]) or units[first - 1].low in ("who", "which", "whose")


def _begins(names: Names, units: Sequence[Unit], at: int) -> int:
    k, furthest = at, max(0, at - REACH)
    while k >= furthest and not _is_bound(names, units, k, at):
        unit = units[k]
        starts = unit.low in DETERMINERS and not names.mention_at(unit)  # "Save THE Children"
        if starts and not _is_inside(units, k) and not _is_joined(names, units, k, at):
            return k
        k -= 1
    return k + 1


def _is_inside(units: Sequence[Unit], at: int) -> bool:
    """Whether a determiner stands within a longer phrase: "a spokesman for THE governor", "men of THE army"."""
    if at < 2 or not (units[at - 1].low in PREPOSITIONS or units[at - 1].low == NEAR):
        return False
    outer = units[at - 2]
    does = looks_finite(outer) or outer.low.endswith("ing")  # "responding to A doctor"
    return outer.has("say.papers") or (outer.word and not does)


def _is_joined(names: Names, units: Sequence[Unit], at: int, end: int) -> bool:
    """ "residents and A local official": a second speaker beside the first."""
    return at > 1 and units[at - 1].low in ("and", "or") and joins(names, units, at - 1, end)


def _is_bound(names: Names, units: Sequence[Unit], at: int, end: int) -> bool:
    """Whether no noun phrase that ends at `end` reaches over a unit."""
    unit = units[at]
    if names.mention_at(unit):
        return False
    if unit.quantity:
        sized = at + 1 < end and is_hyphen(units, at + 1)  # "the 27-PAGE report"
        return not (sized or is_age(units, at) or _is_address(units, at))
    if not unit.word:
        return not is_owning(units, at) and not is_hyphen(units, at)
    if unit.low in STOPS or unit.low in PRONOUNS or not unit.tags.isdisjoint(BOUNDS):
        return True
    if unit.low in ("and", "or"):
        return not (at and (joins(names, units, at, end) or is_inside_name(names, units, at)))
    if at < end and " " in unit.low and unit.has("structure.anaphor"):
        return True  # "…, A FIGURE police confirmed"
    if at < end and _is_time(units, at):
        return True  # "since the start of the YEAR UNAMA has documented"
    return is_finite(units, at) and "say.papers" not in unit.tags


def _is_time(units: Sequence[Unit], at: int) -> bool:
    """Whether a word says when and owns nothing that follows: "on MONDAY police", not "Monday's toll"."""
    unit, after = units[at], units[at + 1]
    timed = unit.low in WEEKDAYS
    if unit.tags and not timed:
        month = (
            "kind.month" in unit.tags and at and units[at - 1].low in PREPOSITIONS
        )  # Asad and Jan are names too
        timed = month or unit.has("kind.time", "scope.period")
    return timed and after.word and after.capital


def _leads(unit: Unit) -> bool:
    return unit.low in LEADING or unit.low in ADVERBS or unit.low in PREPOSITIONS


def is_age(units: Sequence[Unit], at: int) -> bool:
    """ "35-year-old", "aged 54"."""
    if units[at].quantity:
        follows = at + 1 < len(units) and units[at + 1].word and units[at + 1].low not in RELATIVE
        if units[at - 1].low == "of" and at > 1 and (not follows or units[at - 2].low in PARENTS):
            return True  # "a farmer OF 52,", "a mother OF SIX said"
        return any(u.low == "aged" or u.low.endswith("old") for u in units[max(0, at - 1) : at + 4])
    aged = units[at].low.endswith("old") or (
        units[at].low == "-" and at + 1 < len(units) and is_age(units, at + 1)
    )
    return aged and any(u.quantity for u in units[max(0, at - 2) : at])


def _is_address(units: Sequence[Unit], at: int) -> bool:
    """ "Kabul's District 8": a number that tells a place from others."""
    return at > 1 and units[at - 1].capital and units[at - 1].has("say.spots")


def is_owning(units: Sequence[Unit], at: int) -> bool:
    """ "the ministry'S spokesman", "the refugees' commissioner": what stands before it owns what follows."""
    if units[at].low == "'s":
        return True
    glued = 0 < at < len(units) - 1 and units[at - 1].end == units[at].start
    return glued and units[at].low in "'’" and units[at - 1].low.endswith("s") and units[at + 1].word


def is_hyphen(units: Sequence[Unit], at: int) -> bool:
    """A dash inside a word: "counter-terrorism"."""
    glued = 0 < at < len(units) - 1 and units[at - 1].end == units[at].start
    return units[at].low == "-" and glued and units[at].end == units[at + 1].start


# --------------------------------------------------------------------------- rightwards


def ends(names: Names, units: Sequence[Unit], at: int) -> int:
    """The last unit of the noun phrase that begins at a unit; the one before it where none does."""
    headed = False
    for k in range(at, min(len(units), at + REACH)):
        unit = units[k]
        if names.mention_at(unit):
            headed = True
            continue
        if unit.quantity and (is_age(units, k) or _is_address(units, k)):
            continue
        if unit.quantity or not (unit.word or is_owning(units, k) or is_hyphen(units, k)):
            return k - 1
        if unit.low == "and" and k > at and (is_inside_name(names, units, k) or titles(units, k)):
            continue
        if unit.low == "and" and _pairs(names, units, k):
            continue
        if (
            unit.low in CLAUSES
            or unit.low in PRONOUNS
            or (is_finite(units, k) and not is_head(unit) and not unit.has("say.papers"))
        ):
            return k - 1
        if headed and (unit.low in BEHIND or is_when(units, k) or _is_done_by(units, k)):
            return k - 1  # "figures shared by the ISPR LAST WEEK", "by the army SINCE the raid"
        if (unit.low in PREPOSITIONS or unit.low == NEAR) and not (headed and _goes_on(names, units, k)):
            return k - 1
        headed = headed or unit.capital or is_head(unit) or unit.has("say.papers") or unit.low not in LEADING
    return min(len(units), at + REACH) - 1


def _is_done_by(units: Sequence[Unit], at: int) -> bool:
    """ "a sheet of the ministry SEEN BY this paper", "raids which according to Kabul KILLED 14"."""
    after = units[at + 1] if at + 1 < len(units) else None
    by = after is not None and after.low == "by" and is_participle(units[at])
    return by or (after is not None and after.quantity is not None and units[at].has("killed.done"))


def _pairs(names: Names, units: Sequence[Unit], at: int) -> bool:
    """ "According to UNHCR AND THE IOM": two bodies that speak as one."""
    on = at + 1 + (at + 1 < len(units) and units[at + 1].low == "the")
    both = [names.mention_at(units[k]) for k in (at - 1, on) if 0 <= k < len(units)]
    return len(both) == PAIR and all(m is not None and m.kind in BODIES for m in both)


def _goes_on(names: Names, units: Sequence[Unit], at: int) -> bool:
    """Whether "of the ministry", "in Khost" belongs to the speaker before it; "on Monday" does not."""
    following = units[at + 1] if at + 1 < len(units) else None
    if following is None or following.has("kind.month", "kind.time", "scope.period"):
        return False
    if following.quantity:
        return is_age(units, at + 1)
    if units[at].low in OWNING or units[at].low == NEAR:
        return True
    inside = following.low in DETERMINERS and any(
        u.has("say.bodies") or is_head(u) for u in units[at + 2 : at + 5]
    )  # "a source IN the defence ministry"
    return units[at].low == "in" and (following.capital or inside)


# --------------------------------------------------------------------------- inside


def nominal(names: Names, units: Sequence[Unit], first: int, last: int) -> Nominal:
    """Its head stands before the first "of" or "in" that follows a noun."""
    core = first
    while core < last and (_leads(units[core]) or is_age(units, core)):
        core += 1
    head = last
    for k in range(core + 1, last):
        if units[k].low not in PREPOSITIONS and units[k].low != NEAR and not units[k].has("say.according"):
            continue  # "a tally PUBLISHED BY the army"
        inside = names.mention_at(units[k])
        if inside is None or inside is not names.mention_at(units[k - 1]):
            read = k - 1 > core and is_participle(units[k - 1]) and units[k - 2].has("say.papers")
            head = k - 1 - read  # "police RECORDS seen by reporters"
            break
    return Nominal(first, last, head, core)
