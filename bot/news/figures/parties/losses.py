"""Whose loss a number is by the words around it: one's own, the enemy's, the other side's, a named side's.

"Nine dead OF ITS OWN", "five ON ITS SIDE and over 60 ON THE OTHER", "PAKISTAN'S LOSSES at 870", "THE ENEMY'S dead at 120".
The words nearest after a number are asked first, then those before it, back to where another thing is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.news.figures.parties.deed import DEEDS, deed_of, subject
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.sides import Surroundings
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.model import OTHER_SIDE
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

OWN = word_set("own its their our his")
OURS = frozenset(("own", "its", "our"))
RANKS = word_set("ranks men troops soldiers forces fighters comrades")
MEMBERS = word_set("members men fighters leaders commanders militants")
HOSTILE = word_set(
    "enemy enemies hostile aggressors aggressor invaders intruders opponent opponents adversary"
)
OTHER = frozenset(("other", "the other", "opposing", "opposite", "enemy"))
TOLLS = word_set("dead killed deaths toll casualties wounded injured fatalities")
MARTYRS = word_set("martyred martyrdom martyr martyrs shahadat shahadah")
SUFFERED = word_set("suffered sustained took taken")
COSTS = word_set("cost costs costing")
FORETOLD = (
    TOLLS | COSTS | {"side", "suffered", "lose.done", "lose.noun", "structure.admits", "structure.anaphor"}
)
ENDS = frozenset((";", ":", "but", "while", "whereas", "“", "that"))
AFTER = 7  # units after a number in which it is said on whose side they fell
BEFORE = 16  # units before a number in which it is said whose losses follow
GAP = 3  # units before a number that may name a second loser, or let him speak
OWNER = 8  # units before "its dead" in which it is said whose they are
NAMES = 4  # units that a side's name may stand before its losses


@dataclass(frozen=True, slots=True)
class Loss:
    """Whose loss a number is, as far as words say: the side "" where they do not."""

    side: str = ""
    own: bool = False  # of those who speak
    forces: bool = False  # of men who fight, not of anybody on that side
    enemy: bool = False  # whoever fights on the other side


NONE = Loss()


def loss_of(number: Number) -> Loss:
    """What the words after a number, in it or before it say of whose loss it is."""
    found = _after(number) or _inside(number) or _martyred(number) or _had(number) or _before(number) or NONE
    if found.own and not found.side and number.bound.verb >= 0:  # "THE ARMY lost nine of its own"
        return replace(found, side=subject(number.sentence, number.around, number.bound.verb).side)
    return found


def _after(number: Number) -> Loss | None:
    """ "nine dead of its own", "203 dead in its own ranks", "60 on the other"."""
    bound, sentence, around = number
    units, last = sentence.units, bound.phrase.last
    for at, unit in enumerate(units[last : last + AFTER], last):
        low = unit.low
        if unit.quantity or low in ENDS or low in (",", "and") or "say.verbs" in unit.tags:
            return None
        if low not in ("on", "of", "in", "among", "from"):
            continue
        if low == "from" and RANKS.isdisjoint(sentence.low(k) for k in range(at + 1, at + 1 + NAMES)):
            continue  # "lost 1,100 citizens to attacks FROM AFGHAN SOIL"
        if loss := _relation(sentence, around, at + 1, bound.phrase.quantity.start):
            return loss
    return None


def _relation(sentence: Sentence, around: Surroundings, at: int, until: int) -> Loss | None:
    """ "its own", "its side", "the other side", "Pakistan's ranks" from a unit on, past "on" or "of"."""
    at += sentence.low(at) == "the"
    first, second = sentence.low(at), sentence.low(at + 1)
    if first in OWN and (first == "own" or second in ("own", "side") or second in RANKS):
        ranks = {second, sentence.low(at + 2)} & RANKS
        return _own(around, until, bool(ranks) or around.voice.side in NATIONS)
    if first in OTHER and (second == "side" or (first.endswith("other") and _ends(sentence, at + 1))):
        return _other(around, around.voice.side in NATIONS)
    for end in range(at, at + NAMES):
        if sentence.low(end) == "side" or sentence.low(end) in ("ranks", "soil"):
            side = _named(sentence, around, at, end)
            return Loss(side, forces=sentence.low(end) == "ranks") if side else None
    if sentence.low(at + 1) == "'s" and _ends(sentence, at + 2):  # "more than 20 in Pakistan's"
        side = _named(sentence, around, at, at + 1)
        return Loss(side, forces=True) if side else None
    return None


def _ends(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in ("", ".", ",", ";", "and", "but", "”", '"')


def _inside(number: Number) -> Loss | None:
    """ "23 of its own soldiers", "its 23 dead", "enemy dead"."""
    bound, sentence, around = number
    phrase = bound.phrase
    if not sentence.said.isdisjoint(HOSTILE) and _of_enemy(sentence, phrase):
        side = OTHER_SIDE.get(around.hostile_to(), "")
        return Loss(side, forces=True, enemy=True) if side else None
    if {phrase.quantity.owner, phrase.partitive} & {"its", "their"} and around.voice.side != "militants":
        group = next(
            (m.side for m in reversed(around.between(around.start, phrase.quantity.start)) if m.is_actor), ""
        )
        if group == "militants" and phrase.noun in MEMBERS:
            return Loss("militants")  # "jets hit chiefs of the TTP and killed 16 OF THEIR MEN"
    if sentence.low(phrase.last - 1) == "own" and (side := _named(sentence, around, phrase.at, phrase.last)):
        return Loss(side, forces=True)  # "three of PAKISTAN'S OWN"
    his = phrase.quantity.owner == "his" and phrase.noun in RANKS  # but "six of his colleagues"
    if (
        his
        or (phrase.quantity.owner in OWN and phrase.quantity.owner != "his")
        or (
            not sentence.said.isdisjoint(OURS)
            and any(u.low in OURS for u in sentence.units[max(0, phrase.at - 2) : phrase.tail + 1])
        )
    ):
        if phrase.quantity.owner != "our" and (_done(number) or _of_others(number)):
            return _other(around, True)  # "we killed 80 of THEIR soldiers"
        said = phrase.measure and any(sentence.low(k) == "own" for k in range(phrase.at, phrase.last))
        return _own(around, bound.phrase.quantity.start, bool(said) or around.voice.army)
    if phrase.partitive in ("theirs", "ours"):  # "eight of his men and 40 OF THEIRS"
        ours = phrase.partitive == "ours"
        return _own(around, bound.phrase.quantity.start, True) if ours else _other(around, True)
    if sentence.low(phrase.at - 1) == "of" and sentence.low(phrase.at - 2) in ("cost", "loss"):
        return _own(around, bound.phrase.quantity.start, True)  # "at the cost of three dead"
    return None


def _of_enemy(sentence: Sentence, phrase: Phrase) -> bool:
    """ "41 dead OPPONENTS", "THE ENEMY'S 41 dead", back to the last comma."""
    commas = (k + 1 for k in range(phrase.at - 1, max(0, phrase.at - 3), -1) if sentence.low(k) == ",")
    first = next(commas, max(0, phrase.at - 3))
    return any(sentence.low(k) in HOSTILE for k in range(first, phrase.last + 1))


def _of_others(number: Number) -> bool:
    """ "Two PAKISTANI posts fell and nine of THEIR soldiers died", he said: of the only ones named before, not of his."""
    bound, sentence, around = number
    if bound.phrase.quantity.owner != "their" or any(
        u.has("say.verbs") for u in sentence.units[: bound.phrase.at]
    ):
        return False
    named = {m.side for m in around.between(around.start, bound.phrase.quantity.start) if not m.is_place}
    return bool(named) and named == {OTHER_SIDE.get(around.voice.side)}


def _martyred(number: Number) -> Loss | None:
    """ "One fighter was MARTYRED": nobody calls the enemy's dead so."""
    bound, sentence, around = number
    told = sentence.low(bound.verb) if bound.verb >= 0 else bound.phrase.noun
    sides = (*NATIONS, "militants")
    forces = around.voice.army or (bound.phrase.noun.startswith("martyr") and around.voice.side == "PK")
    return (
        _own(around, bound.phrase.quantity.start, forces)
        if MARTYRS & set(told.split()) and around.voice.side in sides
        else None
    )


def _had(number: Number) -> Loss | None:
    """ "Pakistan's army HAD 23 DEAD"."""
    bound, sentence, around = number
    at = bound.phrase.at - 1
    had = sentence.low(at) in ("had", "has") and bound.phrase.noun in TOLLS
    had = had or (sentence.low(at) in SUFFERED and bound.measure in ("killed", "wounded", "casualties"))
    return _loser(sentence, around, at) if had else None


def _before(number: Number) -> Loss | None:
    """ "put Pakistan's losses at 870", "on its own side it reported six dead and 15 wounded", "lost 45 men"."""
    bound, sentence, around = number
    units, start = sentence.units, bound.phrase.at
    if sentence.said.isdisjoint(FORETOLD):
        return None
    acted = bound.rule in ("active", "self")
    lost = bound.rule == "lost" or (bound.rule == "listed" and sentence.has(bound.verb, "lose.done"))
    gapped = bound.rule == "elliptic" and not any(
        u.has("say.verbs") for u in units[max(0, start - GAP) : start]
    )
    for at in range(start - 1, max(-1, start - BEFORE), -1):
        unit = units[at]
        if unit.low in ENDS or (acted and at == bound.verb and "lose.done" not in unit.tags):
            return None
        if lost and "lose.done" in unit.tags:
            return _loser(sentence, around, at)
        if (lost and unit.low in COSTS) or (gapped and ("lose.done" in unit.tags or unit.low == "suffered")):
            return _loser(sentence, around, start)  # "… lost seven men and THE TALIBAN 12", "cost KABUL nine"
        if unit.low == "side" and at and sentence.low(at - 1) != "from":
            opens = next((k for k in range(at - 1, max(-1, at - 4), -1) if _opens_side(sentence, k)), -1)
            return _relation(sentence, around, opens + 1, bound.phrase.quantity.start) if opens >= 0 else None
        tolls = "lose.noun" in unit.tags or unit.low in TOLLS
        tolls = tolls and not _is_counted(number, at)
        if tolls and (loss := _owned(sentence, around, at, bound.phrase.quantity.start)):
            return loss
        if unit.low.startswith("claim") and unit.has("say.verbs") and "structure.admits" in sentence.said:
            return _other(around, True) if around.voice.side in NATIONS else None
        if "structure.admits" in unit.tags and not unit.quantity:
            patients = (
                unit.low.startswith("admit") and bound.measure != "killed"
            )  # hospitals admit the wounded
            return (
                _own(around, bound.phrase.quantity.start, True)
                if around.voice.side in NATIONS and not patients
                else None
            )
    return None


def _is_counted(number: Number, at: int) -> bool:
    """ "the Taliban DEAD AT 85 and five soldiers": a toll with a number of its own."""
    bound, sentence = number.bound, number.sentence
    counted = sentence.low(at + 1) == "at" and at + 2 in sentence.bound and at + 2 < bound.phrase.at
    return counted and bound.phrase.noun in RANKS


def _opens_side(sentence: Sentence, at: int) -> bool:
    """ "ON the Pakistani side", "the losses OF the other side"; but "the drones of the Pakistani side" are no loss."""
    tolls = sentence.has(at - 1, "lose.noun") or sentence.low(at - 1) in TOLLS
    return sentence.low(at) in ("on", "in") or (sentence.low(at) == "of" and tolls)


def _owned(sentence: Sentence, around: Surroundings, at: int, until: int) -> Loss | None:
    """Whose losses: "its own losses", "the enemy's dead", "Pakistani losses", "the losses of the Afghan Taliban"."""
    losses = sentence.has(at, "lose.noun")
    words = [sentence.low(k) for k in range(max(0, at - NAMES), at)]
    if set(words[-3:]) & HOSTILE:
        side = OTHER_SIDE.get(around.hostile_to(), "")
        return Loss(side, forces=True, enemy=True) if side else None
    if (words and words[-1] in OWN) or sentence.low(at).startswith(
        ("its ", "their ", "our ", "his ", "own ")
    ):
        owner = _owner(sentence, around, at) if words[-1:] == ["its"] else ""
        if owner:
            return Loss(owner, forces=True)  # "accused Pakistan of hiding ITS dead"
        return _own(around, until, losses or around.voice.army or words[-1:] == ["own"])
    if losses and not SUFFERED.isdisjoint(words):
        return _loser(sentence, around, at)  # "THE TALIBAN suffered heavy losses, with 19 dead"
    named = _named(sentence, around, max(0, at - 1), at)
    if not losses:  # "put the Pakistani dead at 58", says Kabul
        return Loss(named, forces=True) if named and around.voice.side == OTHER_SIDE[named] else None
    side = _named(sentence, around, max(0, at - 2), at)
    if not side and sentence.low(at + 1) in ("of", "on", "among"):
        side = _named(sentence, around, at + 2, at + 2 + NAMES)
    if side:
        return Loss(side, forces=True)
    return _own(around, until, True) if sentence.low(at + 1) in ("were", "at", "was", ":", "of") else None


def _owner(sentence: Sentence, around: Surroundings, at: int) -> str:
    """The other side, where it is named last before "its": "PAKISTAN has lost count of its dead", says Kabul."""
    named = around.between(sentence.units[max(0, at - OWNER)].start, sentence.units[at].start)
    actors = [m for m in named if m.side in NATIONS and m.kind in ("state", "country", "office")]
    last = actors[-1] if actors else None
    if (
        last is None
        or last.side != OTHER_SIDE.get(around.voice.side)
        or around.text[last.end : last.end + 1] in "'’"
    ):
        return ""
    return last.side


def _loser(sentence: Sentence, around: Surroundings, at: int) -> Loss | None:
    """Who lost: who did so by the clause, else who speaks: "we killed 40 and LOST seven"."""
    if sentence.low(at - 1) == "they" and "we" in sentence.said:
        return _other(around, True)  # "we lost four men and THEY LOST 20"
    side = subject(sentence, around, at).side or around.voice.side
    return Loss(side, own=side == around.voice.side, forces=True) if side else None


def _named(sentence: Sentence, around: Surroundings, first: int, end: int) -> str:
    """The side that a few units name."""
    units = sentence.units[first:end]
    if not units:
        return ""
    sides = [m.side for m in around.between(units[0].start, units[-1].end) if m.side in NATIONS]
    return sides[-1] if sides else ""


def _own(around: Surroundings, until: int, forces: bool) -> Loss:
    """Of whoever speaks, else of whoever the sentence names first, up to the number.

    Who denies "Pakistan's claim that 30 of ITS men died" speaks of his own.
    """
    side = around.voice.denier or around.voice.side
    if side not in (*NATIONS, "militants"):
        named = (m for m in around.between(around.start, until) if m.is_actor or m.is_place)
        side = next((m.side for m in named if m.side in NATIONS), "")
    return Loss(side, True, forces)


def _other(around: Surroundings, forces: bool) -> Loss:
    return Loss(OTHER_SIDE.get(around.voice.side, ""), forces=forces)


def _done(number: Number) -> bool:
    return number.bound.measure in DEEDS and deed_of(number).told
