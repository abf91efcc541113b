"""Figures that need no happening: sums of money, how long a closure or truce lasts, camps and lorries."""

from __future__ import annotations

from bot.news.figures.clause import NAMED, Bound, Sentence
from bot.news.figures.nouns import Phrase
from bot.news.figures.units import BE, DASHES, Unit, is_verb, looks_finite
from bot.news.model import Measure
from bot.news.text import word_set

STOCKS: tuple[Measure, ...] = ("camps", "trucks")
OFTEN = 10  # from so many on, "attacks" and "strikes" are a count and not a turn of phrase
MANY = 1_000
LIVE = 8  # units between people and where they live
FLEETING = word_set("past last first next every previous coming recent final in after since")
LATER = frozenset(["ago", "later", "earlier", "before", "after", "since", "old"])
NOT_CAMPS = frozenset(
    ["refugee", "relief", "displaced", "displacement", "medical", "training", "holding", "transit", "summer"]
)


def bind_stocks(sentence: Sentence) -> None:
    """Bind camps, lorries and the like that no happening binds."""
    for phrase in sentence.phrases:
        if phrase.at not in sentence.bound:
            _stock(sentence, phrase)


def add_amounts(sentence: Sentence) -> None:
    """Bind money, durations and how many there are, after everything that a happening binds."""
    for phrase in sentence.phrases:
        if phrase.at not in sentence.bound:
            _strength(sentence, phrase)
    for at, unit in enumerate(sentence.units):
        if unit.quantity is None or at in sentence.bound:
            continue
        if unit.quantity.kind == "money" and any(u.has("kind.money_context") for u in sentence.units):
            sentence.bound[at] = Bound(_alone(sentence, at), "money", "money", -1, 1)
        elif unit.quantity.kind == "duration" and unit.quantity.low is not None:
            _duration(sentence, at)


def _alone(sentence: Sentence, at: int) -> Phrase:
    quantity = sentence.units[at].quantity
    if quantity is None:
        raise ValueError("no number here")
    return Phrase(at, quantity, at + 1, at + 1)


def _stock(sentence: Sentence, phrase: Phrase) -> None:
    """Camps and lorries are counted as they stand, attacks and strikes where they are many."""
    quantity = phrase.quantity
    if quantity.kind != "count":
        return
    words = {u.low for u in sentence.units[phrase.at : phrase.last]}
    year = sentence.low(phrase.at).isdecimal() and quantity.low is not None and 1900 < quantity.low < 2100
    low = quantity.low
    if phrase.head == "camps" and not words & (NOT_CAMPS - {"training"}):
        sentence.bound[phrase.at] = Bound(phrase, "camps", "stock", -1, 5)
    elif low != 1 and (phrase.head == "trucks" or _queue(sentence, phrase)):
        sentence.bound[phrase.at] = Bound(phrase, "trucks", "stock", -1, 5)
    elif phrase.head in ("attacks", "strikes") and not (quantity.definite or year) and (low or 0) >= OFTEN:
        sentence.bound[phrase.at] = Bound(phrase, NAMED[phrase.head], "stock", -1, 5)


def _queue(sentence: Sentence, phrase: Phrase) -> bool:
    """ "the queue had grown to 2,900 vehicles"."""
    queues = any(u.has("traffic.queue") for u in sentence.units[: phrase.at])
    return queues and phrase.noun in ("vehicle", "vehicles")


def _strength(sentence: Sentence, phrase: Phrase) -> None:
    """Thousands of fighters whom a group has, of refugees whom a country hosts."""
    low = phrase.quantity.low
    if phrase.quantity.kind != "count":
        return
    if phrase.head in ("militant_strength", "militants") and (low or 0) >= MANY:
        sentence.bound[phrase.at] = Bound(phrase, "other", "strength", -1, 5)
    elif phrase.measure or (low is not None and low < MANY):
        return
    elif phrase.head == "refugees" or _live(sentence, phrase):
        sentence.bound[phrase.at] = Bound(phrase, "other", "hosted", -1, 5)


def _live(sentence: Sentence, phrase: Phrase) -> bool:
    """ "1.3 million Afghans with cards LIVE in Pakistan"."""
    afghans = phrase.noun in ("afghans", "people") and phrase.head == "people"
    return afghans and any(u.has("hosted.live") for u in sentence.units[phrase.last : phrase.last + LIVE])


def _duration(sentence: Sentence, at: int) -> None:
    """ "48-hour ceasefire", "closed for 25 days", "gave them three months": never "in five months"."""
    units = sentence.units
    last = at + 1
    while last < len(units) and (units[last].low in DASHES or units[last].has("kind.time")):
        last += 1
    before, after = sentence.low(at - 1), sentence.low(last)
    if after == "into" and any(sentence.has(k, "kind.truce") for k in range(last, last + 3)):
        return  # "two days into the truce" is when
    partly = before == "of" and bool(units[at - 2].quantity)  # "62 of 92 days"
    if after in LATER or partly or (before in FLEETING and not _of_closure(sentence, last)):
        return
    if not (_of_closure(sentence, last) or _said_before(units, at) or _deadline(sentence, at, last)):
        return
    phrase = _alone(sentence, at)
    phrase.last = phrase.tail = last
    if _of_closure(sentence, last):
        phrase.last = next(k for k in range(last, last + 4) if sentence.has(k, "kind.duration_context")) + 1
    sentence.bound[at] = Bound(phrase, "duration", "duration", -1, 1)


def _of_closure(sentence: Sentence, last: int) -> bool:
    """ "ten-day closure", "eight days of closure", "48-hour temporary ceasefire"."""
    for k in range(last, last + 4):
        if sentence.has(k, "kind.duration_context") and not is_plain_verb(sentence, k):
            return True
        if sentence.low(k) in (",", ".", ";", "in", "to", "and") or sentence.low(k) in BE:
            return False
    return False


def is_plain_verb(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.units) and looks_finite(sentence.units[at])


def _said_before(units: list[Unit], at: int) -> bool:
    """ "shut for nine days", "lasted 13 hours", "for ten days until January 23" after it."""
    until = units[at - 1].low == "for"
    for seen, unit in enumerate(reversed(units[:at])):
        if unit.has("kind.duration_context"):
            return seen <= 5 or until
        if unit.low == "." or (unit.low == ";" and units[at - 1].low not in ("for", "and")):
            return False
        if unit.quantity and unit.quantity.kind == "duration" and until:
            return True
        if seen >= 28 or (seen > 7 and is_verb(unit) and not until):
            return False
    return False


def _deadline(sentence: Sentence, at: int, last: int) -> bool:
    """ "within three months", "gave traders three months to …"."""
    if sentence.low(at - 1) == "within":
        return True
    given = any(
        sentence.low(k) in ("gave", "give", "given", "gives", "giving", "deadline", "ultimatum")
        for k in range(max(0, at - 8), at)
    )
    return given and sentence.low(last) in ("to", "for", "in", "until", ".", ",")
