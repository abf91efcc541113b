"""Figures that need no happening: sums of money, how long a closure or truce lasts, camps and lorries."""

from __future__ import annotations

from bot.news.figures.measures.binding import MANNED
from bot.news.figures.measures.durations import duration_of
from bot.news.figures.measures.stocks import bind_people
from bot.news.figures.sentence.clause import NAMED, Bound, Sentence, is_lorry, thing
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import ADVERBS, BE, PRONOUNS, before_adverbs, number_of
from bot.news.text.words import word_set

AMOUNTS = frozenset(("number.money", "number.duration"))
OFTEN = 10  # from so many on, "attacks" and "strikes" are a count and not a turn of phrase
COUNTED = frozenset(("attacks", "strikes", "breaches"))
QUEUED = 6  # units between a queue and how long it is
GIVEN = word_set("of to at is was were stands stood numbers totals")
OF_TRADE = frozenset(("traffic.queue", "traffic.done", "traffic.self", "things.trucks", "kind.cargo"))
MILLION, RETAIL, NEAR = 1_000_000, 50_000, 8  # sums of money, and units around one in which goods are named
OWNING = word_set("own owns owned have has carries buy buys bought ordered hired")  # "I have eleven lorries"
AGAINST = word_set("from against versus") | {
    "as against", "up from", "down from", "compared with", "compared to", "as compared to",
    "instead of", "rather than",
}  # fmt: skip
AIMED = 12  # units between strikes and what they are aimed at
FAR = 24  # units between a sum and what it is held against
EXPLOSIVE = word_set("explosive explosives bomb")  # what no trader's lorry is laden with
STRIKES = word_set("strike hits raid air-strike")
UNDERGONE = word_set("by under saw suffered endured witnessed experienced sustained") | {"spoke of"}
NOT_CAMPS = word_set(
    "refugee relief displaced displacement medical training holding transit summer protest eye polio vaccination scout boot welfare"
)


def bind_stocks(sentence: Sentence) -> None:
    """Bind camps, lorries and the like that no happening binds."""
    for phrase in sentence.phrases:
        if phrase.at not in sentence.bound:
            _stock(sentence, phrase)


def add_amounts(sentence: Sentence, before: Bound | None) -> None:
    """Bind money, durations and how many there are, after everything that a happening binds.

    `before`: the number of people that was told last.
    """
    for phrase in sentence.phrases:
        if phrase.at not in sentence.bound:
            bind_people(sentence, phrase, before)
    for at, unit in enumerate(() if sentence.said.isdisjoint(AMOUNTS) else sentence.units):
        if unit.quantity is None or at in sentence.bound:
            continue
        if unit.quantity.kind == "money" and _is_sum(sentence, at) and not _is_former(sentence, at):
            sentence.bound[at] = Bound(_alone(sentence, at), "money", "money", -1, 1)
        elif unit.quantity.kind == "duration" and unit.quantity.low is not None:
            bound = duration_of(sentence, at)
            if bound:
                sentence.bound[bound.phrase.at] = bound


def _is_sum(sentence: Sentence, at: int) -> bool:
    """What was lost, paid or traded: never what a kilo of flour costs."""
    low = number_of(sentence.units[at]).low or 0
    if low >= MILLION:
        return True
    if "kind.money_context" not in sentence.said:
        return False
    if low >= RETAIL:
        return True
    priced = any(sentence.has(k, "kind.retail") for k in range(at - NEAR, at + NEAR))
    return not (priced or sentence.has(at - 1 - (sentence.low(at - 1) in PRONOUNS), "kind.costs"))


def _is_former(sentence: Sentence, at: int) -> bool:
    """ "$1.1bn, DOWN FROM $1.6bn", "$56m AGAINST $111m a year earlier", "from $95m to $12m": what a sum is held against."""
    if sentence.said.isdisjoint(AGAINST):
        return False
    before = sentence.low(at - 1 - (sentence.low(at - 1) in ADVERBS))
    far = NEAR if before == "from" else FAR  # what a sum came from stands near it
    fell = before == "from" and sentence.has(at - 2, "kind.distance")  # "DOWN 38 PER CENT FROM $365m"
    earlier = any(_is_money(sentence, k) for k in range(max(0, at - (FAR if fell else far)), at))
    if before == "from" and sentence.low(at + 1) == "to" and _is_money(sentence, at + 2):
        return True
    return earlier and before in AGAINST


def _is_money(sentence: Sentence, at: int) -> bool:
    quantity = sentence.units[at].quantity if 0 <= at < len(sentence.units) else None
    return quantity is not None and quantity.kind == "money"


def _alone(sentence: Sentence, at: int) -> Phrase:
    quantity = sentence.units[at].quantity
    if quantity is None:
        raise ValueError("no number here")
    return Phrase(at, quantity, at + 1, at + 1)


def _stock(sentence: Sentence, phrase: Phrase) -> None:
    """Camps and lorries are counted as they stand, attacks and strikes where they are many."""
    quantity = phrase.quantity
    if quantity.kind != "count" or sentence.has(phrase.at - 1, "structure.intent"):
        return  # "was PLOTTING 27 attacks"
    words = {u.low for u in sentence.units[phrase.at : phrase.last]}
    year = sentence.low(phrase.at).isdecimal() and quantity.low is not None and 1900 < quantity.low < 2100
    low = quantity.low
    if phrase.head == "camps" and not words & (NOT_CAMPS - {"training"}):
        sentence.bound[phrase.at] = Bound(phrase, "camps", "stock", -1, 5)
    elif phrase.head == "positions" and _is_struck(sentence, phrase):
        sentence.bound[phrase.at] = Bound(phrase, "positions", "struck", -1, 5)
    elif (
        low != 1
        and sentence.low(phrase.at - 1) not in OWNING
        and (phrase.head == "trucks" or _queue(sentence, phrase))
        and not words & EXPLOSIVE
        and not _is_ruined(sentence, phrase)
    ):
        sentence.bound[phrase.at] = Bound(phrase, "trucks", "stock" if phrase.head else "queue", -1, 5)
    elif (
        phrase.head in COUNTED
        and not (year or (quantity.definite and not _is_whole(sentence, phrase)))
        and ((low or 0) >= OFTEN or ((low or 0) > 1 and _happened(sentence, phrase)))
        and not (phrase.noun.endswith("raids") and "captured.done" in sentence.said)  # those of the police
    ):
        sentence.bound[phrase.at] = Bound(phrase, NAMED[thing(phrase.head)], "stock", -1, 5)


def _happened(sentence: Sentence, phrase: Phrase) -> bool:
    """ "There were SEVEN AIR STRIKES", "Khost was hit BY three raids": a few that are counted, too."""
    at = before_adverbs(sentence.units, phrase.at)
    there = sentence.low(at) in BE and "there" in (sentence.low(at - 1), sentence.low(at - 2))
    return there or sentence.low(at) in UNDERGONE


def _is_whole(sentence: Sentence, phrase: Phrase) -> bool:
    """ "14 OF THE 24 suicide bombings"."""
    return sentence.low(phrase.at - 1) == "of" and phrase.at - 2 in sentence.owner


def _is_ruined(sentence: Sentence, phrase: Phrase) -> bool:
    """ "three parked lorries CAUGHT FIRE", "17 tankers ABLAZE": they wait for nothing."""
    after = range(phrase.last, phrase.last + 3)
    return any(sentence.has(k, "ruined.done", "ruined.self", "ruined.state") for k in after)


def _is_struck(sentence: Sentence, phrase: Phrase) -> bool:
    """ "hits ON TEN MILITARY OBJECTIVES", "strikes had been carried out AGAINST FOUR INSTALLATIONS"."""
    aimed = sentence.low(phrase.at - 1) == "at" and sentence.low(phrase.at - 2) in ("directed", "aimed")
    if sentence.low(phrase.at - 1) not in ("on", "against") and not aimed:
        return False
    for at in range(phrase.at - 2, max(-1, phrase.at - AIMED), -1):
        if sentence.low(at).startswith("raid") and phrase.noun.endswith(MANNED):
            return False  # "raids on two posts" are those of gunmen, as a rule
        if sentence.has(at, "things.strikes") or sentence.low(at) in STRIKES:
            return True
        if not sentence.units[at].word:
            return False
    return False


def _queue(sentence: Sentence, phrase: Phrase) -> bool:
    """ "the queue had grown to 2,900 vehicles", "a backlog of 6,400"; vehicles beside lorries or cargo are such, too."""
    near = range(max(0, phrase.at - QUEUED), phrase.at)
    if not phrase.head:
        return sentence.low(phrase.at - 1) in GIVEN and any(sentence.has(k, "traffic.queue") for k in near)
    return is_lorry(phrase) and not sentence.said.isdisjoint(OF_TRADE)
