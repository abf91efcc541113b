"""Whom "16 others", "of them" and the next of a list count: those counted just before, unless told of elsewhere."""

from __future__ import annotations

from bot.news.figures.parties.counted import Counted, among, is_rest
from bot.news.figures.parties.deed import DEEDS
from bot.news.figures.parties.sides import BY_SIDE, LOCATIVE, PARTY_SIDE
from bot.news.figures.sentence.clause import UNKNOWN
from bot.news.figures.sentence.units import Unit, is_verb, verb_forms
from bot.news.model import HARM, OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS

LISTED, BEHIND = 4, 40  # units between two of a list, characters after the second that may say where
WHERE = LOCATIVE | {"on", "over", "near", "at"}
THERE = 7  # units after a number in which it is said where
PART = 3  # units between a number and its part
UNARMED = ("people", "civilians")
UNARMED_PARTIES = frozenset(BY_SIDE[kind][side] for kind in UNARMED for side in NATIONS)


def as_before(counted: Counted) -> Party | None:
    """ "16 others", "six injured", "of them": the people counted just before."""
    phrase = counted.phrase
    other = counted.named and counted.named != PARTY_SIDE.get(counted.previous)
    named = other or among(phrase, counted.sentence) or counted.kinds - {"people"}
    more = (
        phrase.quantity.additional and counted.previous in UNARMED_PARTIES
    )  # "claimed 12 lives; ANOTHER 36 PEOPLE"
    if not (is_rest(phrase) or more) or named:
        return None
    if counted.previous.endswith("forces") and has_civilians(counted):
        return BY_SIDE["people"][PARTY_SIDE[counted.previous]]
    if (
        counted.bound.measure in DEEDS
        and counted.deed.actor
        and counted.deed.actor == PARTY_SIDE.get(counted.previous)
    ):
        return None  # nobody kills his own
    return counted.previous if counted.previous != UNKNOWN and not _elsewhere(counted) else None


def _elsewhere(counted: Counted) -> bool:
    """ "…; in Bajaur, fire wounded three", "and one OVER THE LINE IN KHOST": on the other side's ground."""
    start, units, around = counted.phrase.at, counted.sentence.units, counted.around
    other = OTHER_SIDE.get(PARTY_SIDE.get(counted.previous, ""))
    last = counted.phrase.last
    if counted.sentence.low(last) in WHERE and last + 2 < len(units):
        until = next(
            (k for k in range(last + 1, len(units)) if k == last + THERE or _ends(units[k])), last + 1
        )
        return around.places(units[last].start, units[until - 1].end)[:1] == [other]
    clause = next((k for k in range(start, -1, -1) if counted.sentence.low(k) == ";"), -1)
    places = around.places(units[clause].start, units[start].start) if clause >= 0 else []
    return bool(places) and places[-1] == other


def _ends(unit: Unit) -> bool:
    return unit.quantity is not None or unit.low in (",", ";", ".", "and") or is_verb(unit)


def has_civilians(counted: Counted) -> bool:
    """ "Six soldiers died and 16 others, INCLUDING THREE CIVILIANS, were wounded", "A CIVILIAN and six soldiers died, 16 were hurt"."""
    sentence, phrase = counted.sentence, counted.phrase
    told = [b for at, b in sorted(sentence.bound.items()) if at < phrase.at]
    if told and any(b.verb == told[-1].verb >= 0 and b.phrase.head == "civilians" for b in told):
        return True
    parts = (p for p in sentence.phrases if p.subset and 0 < p.at - phrase.last <= PART)
    return next((p.head for p in parts), "") == "civilians"


def across(counted: Counted) -> Party | None:
    """ "90,000 in Afghanistan and a further 4,000 IN PAKISTAN", "… ON THE OTHER SIDE": as many of the other country."""
    side = PARTY_SIDE.get(counted.previous, "")
    other = OTHER_SIDE.get(side)
    kind = next((kind for kind in UNARMED if BY_SIDE[kind].get(side) == counted.previous), "")
    if not other or not kind or counted.kinds - {"people", kind}:
        return None
    units, last = counted.sentence.units, counted.phrase.last
    behind = " ".join(u.low for u in units[last : last + 4])
    there = behind.startswith(("on the other side", "across the border"))
    if not there and behind.startswith(("in ", "inside ")):
        there = counted.around.places(units[last].start, units[last + 1].end) == [other]
    return BY_SIDE[kind][other] if there else None


def beside_last(counted: Counted) -> str:
    """ "13 Pakistani soldiers AND FIVE CIVILIANS", "ten wounded, WITH THREE CIVILIANS hurt": of one side, where none is named."""
    sentence, at, around = counted.sentence, counted.phrase.at, counted.around
    last = next((sentence.bound[k].phrase for k in sorted(sentence.bound, reverse=True) if k < at), None)
    if last is None or at - last.tail > LISTED or counted.around.voice.side == "militants":
        return ""
    between = sentence.units[last.tail : at]
    verbs = any(is_verb(u) and not (verb_forms(u).keys() & HARM) for u in between)
    turns = any(
        u.low in (";", ":", "while", "but", ".") or u.has("say.verbs", "structure.causal") for u in between
    )
    named = around.between(sentence.units[last.tail - 1].end, sentence.units[at].start)
    side = PARTY_SIDE.get(counted.previous, "")
    foe = OTHER_SIDE.get(side, "none")  # who boasts of soldiers does not boast of the civilians beside them
    mixed = counted.previous.endswith("forces") and "civilians" in counted.kinds
    if foe in (around.voice.side, counted.deed.actor) or (
        mixed and side != around.voice.side and counted.whole != "both"
    ):
        return ""
    follows = around.first_place(
        counted.phrase.quantity.end, min(around.end, counted.phrase.quantity.end + BEHIND)
    )[0]
    if verbs or turns or follows not in ("", side) or any(m.side != side for m in named if m.side in NATIONS):
        return ""
    return side if side in NATIONS else ""
