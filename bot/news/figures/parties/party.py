"""Who is counted: the side and kind of the people behind a number, from what the text says of them."""

from __future__ import annotations

from dataclasses import replace

from bot.news.figures.parties.acted import bombed, of_deed, of_tally, unharmed, uprooted
from bot.news.figures.parties.both import on_both_sides
from bot.news.figures.parties.counted import BARE, Counted, is_rest
from bot.news.figures.parties.losses import TOLLS, loss_of
from bot.news.figures.parties.named import MILITANTS, by_noun, neutralised, of_fighters, suspected
from bot.news.figures.parties.nationality import named_side, of_both
from bot.news.figures.parties.nearest import side_from_words
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.owners import attackers_of, owner_of
from bot.news.figures.parties.people import FIGHTERS, as_ones, is_kin, kinds_beside, kinds_of, with_leader
from bot.news.figures.parties.rest import across, as_before, beside_last
from bot.news.figures.parties.sides import BY_SIDE, PARTY_SIDE
from bot.news.figures.sentence.clause import THING_HEADS, UNKNOWN
from bot.news.model import HARM, OTHER_SIDE, Party
from bot.news.text.lexicon import NATIONS

UNOWNED = frozenset(("trucks", "attacks", "strikes", "money"))


def party_of(number: Number, previous: Party, whole: Party) -> Party:
    """The party of a bound number; "unspecified" where nothing in the text says it."""
    number = _with_noun(number)
    bound, sentence, around = number
    if bound.measure == "duration":
        return "both" if "kind.truce" in sentence.said else UNKNOWN
    if bound.measure in UNOWNED or bound.phrase.head == "trucks":  # burnt lorries are the hauliers'
        return attackers_of(number) if bound.measure == "attacks" else UNKNOWN
    if bound.rule == "strength":
        return "militants"
    if bound.measure in THING_HEADS:
        return owner_of(number, previous)
    if of_both(bound.phrase, sentence):
        return "both"
    told = _kinds(number), named_side(number), loss_of(number)
    counted = Counted(bound, sentence, around, bound.phrase, previous, whole, *told)
    return next((party for reader in READERS if (party := reader(counted))), UNKNOWN)


def _with_noun(number: Number) -> Number:
    """ "two dead and three injured SOLDIERS": one noun for both."""
    phrase, sentence = number.phrase, number.sentence
    after = sentence.owner.get(phrase.last + 1) if sentence.low(phrase.last) in ("and", "&") else None
    if after is None or phrase.noun not in TOLLS or not after.measure or after.noun in BARE or not after.head:
        return number
    shared = replace(phrase, head=after.head, noun=after.noun, away=range(after.at, after.last))
    return number._replace(bound=replace(number.bound, phrase=shared))


def _kinds(number: Number) -> frozenset[str]:
    """What the counted noun, else the words beside it, call the counted."""
    phrase, sentence = number.phrase, number.sentence
    if phrase.noun == "ones":
        kinds = as_ones(phrase, sentence)
    elif phrase.head == "property":
        kinds = {"civilians"}
    else:
        kinds = with_leader(phrase, sentence, number.around) or kinds_of(phrase, sentence, number.around)
    if number.bound.measure in HARM and not kinds - {"people"} and is_kin(phrase, sentence):
        kinds = {"civilians"}
    return frozenset(kinds if kinds - {"people"} else kinds | kinds_beside(number))


# --------------------------------------------------------------------------- the readers, in the order in which they are asked


def _of_loss(counted: Counted) -> Party | None:
    """ "Nine dead OF ITS OWN", "THE ENEMY'S dead", "PAKISTAN'S LOSSES": the words say whose loss it is."""
    loss, kinds, phrase = counted.loss, counted.kinds, counted.phrase
    fighters = bool(kinds & MILITANTS) and phrase.noun in FIGHTERS
    if not loss.side or kinds & {"taliban", "foreign", "refugees"} or (kinds & MILITANTS and not fighters):
        return None
    if loss.side not in NATIONS:
        return "militants" if fighters or counted.is_bare else None
    if fighters:
        return "afg_taliban_forces" if loss.side == "AF" else None
    again = is_rest(phrase) and not kinds - {"people"} and not (loss.forces and loss.own)
    if again and PARTY_SIDE.get(counted.previous) == loss.side:
        return counted.previous  # "five Levies men were abducted and ONE WAS MARTYRED"
    own = loss.own and any(counted.sentence.low(k) == "own" for k in range(phrase.at, phrase.last))
    said = loss.enemy or own
    side = counted.named if counted.named in NATIONS and not said else loss.side
    kind = counted.kind
    answers = loss.own and kind == "people" and counted.is_bare
    if answers and counted.whole == BY_SIDE["security"][OTHER_SIDE[side]]:
        kind = "security"  # "Kabul said it lost eight fighters and Islamabad put ITS DEAD at five"
    if loss.enemy and kind == "security" and side == "AF":
        return "afg_taliban_and_militants"
    return BY_SIDE[kind][side]


def _unknown_kind(counted: Counted) -> Party | None:
    """Leaders and the like: their noun is known, their party is not."""
    return UNKNOWN if not counted.kinds and counted.phrase.head not in ("", "unknown", "people") else None


def _of_whole(counted: Counted) -> Party | None:
    """A part is of the side of its whole."""
    part = counted.phrase.subset and not counted.named
    if part and counted.whole == "both":
        return "both"
    side = PARTY_SIDE.get(counted.whole, "") if part else ""
    return BY_SIDE[counted.kind][side] if side in NATIONS else None


def _of_side(counted: Counted) -> Party | None:
    """Kind and side from whatever else the text says."""
    kind, around, phrase = counted.kind, counted.around, counted.phrase
    police = phrase.noun.startswith("police") and around.voice.side == "AF"
    if police and not counted.named and all(m.side != "PK" for m in around.between(around.start, around.end)):
        return "afg_taliban_forces"  # "two policemen were hurt", says Khost's governor
    side = (
        counted.named
        or beside_last(counted)
        or bombed(counted)
        or uprooted(counted)
        or side_from_words(phrase, counted.sentence, around, kind)
    )
    return BY_SIDE[kind][side]


READERS = (
    of_fighters, neutralised, _of_loss, by_noun, suspected, across, as_before, _unknown_kind, of_deed, of_tally, on_both_sides, _of_whole, unharmed, _of_side,
)  # fmt: skip
