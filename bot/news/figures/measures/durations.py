"""How long something lasts: a closure, a truce, talks, a deadline; never when something was or will be."""

from __future__ import annotations

from bot.news.figures.sentence.clause import Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import (
    BE,
    DASHES,
    HAVE,
    PREPOSITIONS,
    Quantity,
    is_verb,
    looks_finite,
    number_of,
)
from bot.news.text.words import word_set

FLEETING = word_set("past last first next every previous coming recent final in after since")
WHEN = word_set("ago later earlier before after since old")  # "three days LATER" is when
FOLLOWING = word_set("follows followed following came comes")
MINUTES = word_set("second seconds minute minutes")  # a call lasts minutes; a gunfight may, too
SHORT = MINUTES | {"hour", "hours"}
EXTENDED = word_set("extend extends extended extending prolong prolongs prolonged prolonging renew renewed")
STOOD = BE | word_set("remained stayed stood")
OPENS = frozenset(("kind.reopen", "structure.flow"))
SHUTTING = word_set("closed shut sealed closure shutdown")
NEAR, FAR = 5, 28  # units between what lasts and how long, without and with "for" between them
SHUT = 14  # units between "reopens" and "after 25 days"


def duration_of(sentence: Sentence, at: int) -> Bound | None:
    """What a number of hours, days or months is a figure of, if of anything."""
    last = at + 1
    while sentence.low(last) in DASHES or sentence.has(last, "kind.time"):
        last += 1
    of_what = _of_what(sentence, last)
    if sentence.low(at - 1) == "of" and sentence.units[at - 2].quantity:  # "closed ON 62 of 92 days"
        at, of_what = at - 2, -1
        if sentence.low(at - 1) != "on":
            return None
    elif _since_closed(sentence, at, last):
        of_what = last
    elif (sentence.low(last) in WHEN and sentence.low(at - 1) != "for") or _into_truce(sentence, last):
        return None
    if of_what < 0 and not (
        _reopens(sentence, at, last) or _lasts(sentence, at, last) or _deadline(sentence, at, last)
    ):
        return None
    end = of_what + 1 if of_what >= 0 else last
    return Bound(Phrase(at, _quantity(sentence, at), end, last), "duration", "duration", -1, 1)


def _quantity(sentence: Sentence, at: int) -> Quantity:
    return number_of(sentence.units[at])


def _of_what(sentence: Sentence, last: int) -> int:
    """ "ten-day CLOSURE", "eight days of CLOSURE", "48-hour temporary CEASEFIRE": where it stands, or -1."""
    for k in range(last, last + 4):
        verb = k < len(sentence.units) and looks_finite(sentence.units[k])
        if sentence.has(k, "kind.duration_context") and not verb:
            return k
        if sentence.low(k) in (",", ".", ";", "in", "to", "and") or sentence.low(k) in BE:
            return -1
    return -1


def _since_closed(sentence: Sentence, at: int, last: int) -> bool:
    """ "reopened 140 days AFTER IT WAS CLOSED": how long it was shut."""
    if sentence.low(last) != "after" or "kind.reopen" not in sentence.said:
        return False
    opened = any(sentence.has(k, "kind.reopen") for k in range(max(0, at - SHUT), at))
    return opened and any(sentence.low(k) in SHUTTING for k in range(last + 1, last + 5))


def _into_truce(sentence: Sentence, last: int) -> bool:
    """ "two days into the truce" is when; "five days into the closure" is how long it has been."""
    return sentence.low(last) == "into" and any(sentence.has(k, "kind.truce") for k in range(last, last + 3))


def _reopens(sentence: Sentence, at: int, last: int) -> bool:
    """ "reopened AFTER 25 days", "opens for the first time IN nine days", "AFTER 54 days, trucks rolled through"."""
    if sentence.low(at - 1) not in ("after", "in") or sentence.said.isdisjoint(OPENS):
        return False
    behind = (at <= 2 or not sentence.units[at - 2].word) and sentence.low(
        last
    ) not in PREPOSITIONS  # "After 54 days(,) the gate let trucks pass"
    if sentence.low(at - 1) == "in" and sentence.low(at - 2) != "time":
        behind = _is_first(sentence, at)
        if not behind:
            return False  # "the FIRST loaded truck IN ten months rolled"
    if behind:
        return any(sentence.has(k, "kind.reopen", "structure.flow") for k in range(last, last + SHUT))
    return any(sentence.has(k, "kind.reopen") for k in range(max(0, at - SHUT), at))


def _is_first(sentence: Sentence, at: int) -> bool:
    """ "their FIRST talks for 11 weeks": how long there were none."""
    return any(sentence.low(k).endswith("first") for k in range(max(0, at - 2 * NEAR), at))


def _lasts(sentence: Sentence, at: int, last: int) -> bool:
    """ "shut for nine days", "a closure of nine days", "lasted 13 hours", "for ten days until January 23" after it."""
    before = sentence.low(at - 1)
    until = before == "for" or (before == "past" and sentence.low(at - 3) == "for")
    if before == "for" and at <= 2:  # "FOR 20 DAYS the gate was closed"
        ahead = range(last, last + SHUT)
        return any(sentence.has(k, "kind.closure") and sentence.low(k - 1) in STOOD for k in ahead)
    if before == "by":  # "prolong a truce BY another ten days"
        until = not EXTENDED.isdisjoint(sentence.said)
        if not until:
            return False  # "the pause follows a strike BY two days"
    if before == "for" and _is_first(sentence, at):
        return False
    lasts = before == "last" and (
        sentence.low(at - 2).endswith("to") or sentence.has(at - 2, "structure.modal")
    )
    if before in FLEETING and not lasts:
        return False
    for seen, k in enumerate(range(at - 1, -1, -1)):
        unit = sentence.units[k]
        if unit.low in FOLLOWING:
            return False  # "the clash FOLLOWS two nights of raids"
        if unit.has("kind.duration_context"):
            return (seen <= NEAR or until) and _is_long(sentence, at)
        if before == "for" and unit.has("kind.session") and _is_short(sentence, at):
            return True  # "fired at each other FOR two hours"
        if unit.low == ";" and before not in ("for", "and"):
            return False
        if unit.quantity and unit.quantity.kind == "duration" and until:
            return True
        if seen >= FAR or (seen > NEAR + 2 and is_verb(unit) and not until):
            return False
    return False


def _is_long(sentence: Sentence, at: int) -> bool:
    """Minutes are a figure of fights and talks alone."""
    named = sentence.said & {"kind.session", "kind.closure", "kind.truce"}
    return bool(named) or not _is_short(sentence, at, MINUTES)


def _is_short(sentence: Sentence, at: int, spans: frozenset[str] = SHORT) -> bool:
    """Whether a span is one of hours, as fights and meetings take."""
    return any(sentence.low(k) in spans for k in range(at, at + 3))


def _deadline(sentence: Sentence, at: int, last: int) -> bool:
    """ "must leave within three months", "gave traders three months to …"."""
    clause = range(max(0, at - SHUT), at)
    if sentence.low(at - 1) == "within":
        return any(sentence.has(k, "kind.orders") for k in clause)
    if sentence.low(at - 1) in HAVE and sentence.low(last) == "to":
        return not sentence.low(at + 1).startswith("year")
    given = any(sentence.has(k, "kind.gives") for k in clause)
    return (
        given
        and sentence.low(at - 1) not in PREPOSITIONS
        and sentence.low(last) in ("to", "for", "in", "until", ".", ",", "")
    )
