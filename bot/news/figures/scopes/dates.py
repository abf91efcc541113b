"""What a time in a sentence is made of: dates and months, where its words end, whether it only says when somebody spoke."""

from __future__ import annotations

from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.units import DASHES, PREPOSITIONS, PRONOUNS, Unit, is_verb, looks_finite

ORDINALS = frozenset(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))
EDGES = frozenset(("the", "early", "mid", "late", "end", "start", "beginning", "of", *DASHES))
JOINS = EDGES | {"and", "to", "until", ",", "year"}  # within a span of days
PERFECT = frozenset(("has", "have"))
SUPERLATIVES = frozenset(("first", "worst", "most", "least"))
BEYOND = (PREPOSITIONS - {"of"}) | PRONOUNS | {"and", "while"}  # words that no name of a time goes on with
WORDS = 5  # units that the words of a period may take
RECORD = 9  # units between a superlative and the time in which nothing was like it
NEAR = 4  # units between an act of saying and the time it was said at


def is_date(sentence: Sentence, at: int) -> bool:
    if not 0 <= at < len(sentence.units):
        return False
    unit = sentence.units[at]
    quantity = unit.quantity
    if quantity is None:
        return unit.capital and "kind.month" in unit.tags
    return quantity.kind == "date" or (
        sentence.low(at - 1) == "." and is_month(sentence, at - 2)
    )  # "Nov. 24"


def is_long_range(sentence: Sentence, at: int) -> bool:
    """ "10 to 17 October": "October 11-12" is one night."""
    quantity = sentence.units[at].quantity if at < len(sentence.units) else None
    if sentence.low(at) != "range" or quantity is None or quantity.low is None or quantity.high is None:
        return False
    return quantity.high - quantity.low > 1


def is_month(sentence: Sentence, at: int) -> bool:
    """A month is written with a capital: "may" is none."""
    return sentence.has_capital(at) and "kind.month" in sentence.units[at].tags


def is_year(unit: Unit) -> bool:
    quantity = unit.quantity
    return bool(quantity and quantity.high is not None and quantity.high >= 1_900)


def is_day_number(sentence: Sentence, at: int) -> bool:
    return (
        0 <= at < len(sentence.units)
        and bool(sentence.units[at].quantity)
        and is_date(sentence, at)
        and not is_year(sentence.units[at])
    )


def is_record(sentence: Sentence, at: int) -> bool:
    """ "the WORST since spring", "the DEADLIEST attack on the city in years"."""
    for unit in reversed(sentence.units[max(0, at - RECORD) : max(0, at)]):
        low = unit.low.rpartition(" ")[2]
        if low in (",", ";", ":"):
            return False
        if low in SUPERLATIVES or low in ORDINALS or (low.endswith("est") and len(low) > 5):
            return True
    return False


def was_said(sentence: Sentence, at: int) -> bool:
    """ "SAID on Thursday": the day on which somebody spoke is not when it happened."""
    return any("say.verbs" in u.tags for u in sentence.units[max(0, at - NEAR) : at])


def is_said_at(sentence: Sentence, at: int) -> bool:
    """ "SAID last week that …", "in a REPORT last week", "last month the UN REPORTED": when it was told."""
    if any(sentence.has(k, "say.verbs", "scope.told_in", "scope.report") for k in range(max(0, at - 2), at)):
        return True
    if sentence.bound and min(sentence.bound) < at:
        return False  # "61,500 return in June, UNHCR says"
    for k in range(at + 1, at + NEAR + 1):
        if sentence.low(k) in ("and", ",") or sentence.has(k, "say.verbs", "structure.puts"):
            return sentence.low(k) not in ("and", ",")
    return False


def is_past(sentence: Sentence) -> bool:
    """ "HAS offered 90,000 lives in the war on terror", "HAD laid down": a nation's sacrifice, not the day's."""
    return is_perfect(sentence) or "had" in sentence.said


def is_perfect(sentence: Sentence) -> bool:
    """ "HAVE died", "HAS lost": what runs on until now; not that somebody HAS SAID so."""
    return any(unit.low.partition(" ")[0] in PERFECT for unit in sentence.units)


def end_of(sentence: Sentence, at: int) -> int:
    """The last unit of a time: "between 1 April and 30 June 2026"."""
    last = at
    for k in range(at + 1, min(at + 9, len(sentence.units))):
        if is_date(sentence, k) or (sentence.low(k - 1) == "of" and sentence.has(k, "scope.cumulative")):
            last = k  # "the first half of THIS YEAR"
        elif sentence.low(k) not in JOINS:
            break
    return last


def words_of(sentence: Sentence, first: int, last: int) -> str:
    """The words of a time, without what closes it: "between 4-17 october"."""
    units = sentence.units[max(0, first) : last + 1]
    return " ".join(_written(u) for u in units if u.word or u.quantity).strip()


def _written(unit: Unit) -> str:
    quantity = unit.quantity
    if unit.low == "range" and quantity and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:g}-{quantity.high:g}"
    return unit.low


def last_of(sentence: Sentence, at: int) -> int:
    """The last word of what a "since" names: "since the truce of October 19 | killed 12"."""
    if is_date(sentence, at + 1):
        return end_of(sentence, at)
    for k in range(at + 2, at + WORDS + 1):
        unit = sentence.units[k] if k < len(sentence.units) else None
        if unit is None or not (unit.word or unit.quantity) or unit.low in BEYOND:
            return k - 1
        if is_verb(unit) or looks_finite(unit):
            return k - 1
    return at + WORDS
