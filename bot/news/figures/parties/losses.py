"""Whose loss a number is by the words around it: one's own, the enemy's, the other side's, a named side's.

"Nine dead OF ITS OWN", "five ON ITS SIDE and over 60 ON THE OTHER", "PAKISTAN'S LOSSES at 870", "THE ENEMY'S dead at 120".
The words nearest after a number are asked first, then those before it, back to where another thing is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.news.figures.parties.deed import DEEDS, SPEAKERS, deed_of, subject
from bot.news.figures.parties.number import Number
from bot.news.figures.sentence.clause import Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.model import OTHER_SIDE
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

OWN = word_set("own its their our his")
OWNED = ("its ", "their ", "our ", "his ", "own ")
ITS = ("its", "their")
OF_STATES = ("state", "country", "office")  # kinds of names whose dead are a side's
OURS = frozenset(("own", "its", "our"))
RANKS = word_set("ranks men troops soldiers forces fighters comrades")
MEMBERS = word_set("members men fighters leaders commanders militants")
HOSTILE = word_set(
    "enemy enemies hostile aggressors aggressor invaders intruders opponent opponents adversary"
)
OTHER = frozenset(("other", "the other", "opposing", "opposite", "enemy"))
TOLLS = word_set("dead killed deaths toll casualties wounded injured fatalities")
MARTYRS = word_set("martyred martyrdom martyr martyrs shahadat shahadah")
FACING = frozenset(("the other", "across", "over"))  # "on the OTHER side", "ACROSS the border"
LINES = ("border", "line", "frontier")
THERE = [["on", "the other", "side"], *([word, "the", line] for word in ("across", "over") for line in LINES)]
APART = frozenset((",", ";", "and", "while", "but"))
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
    found = _after(number) or _inside(number) or _martyred(number) or _had(number)
    found = found or _opposite(number) or _before(number) or NONE
    if found.own and not found.side and number.bound.verb >= 0:  # "THE ARMY lost nine of its own"
        return replace(found, side=subject(number.sentence, number.around, number.bound.verb).side)
    return found


def _after(number: Number) -> Loss | None:
    """ "nine dead of its own", "203 dead in its own ranks", "60 on the other"."""
    sentence, last = number.sentence, number.phrase.last
    for at, unit in enumerate(sentence.units[last : last + AFTER], last):
        low = unit.low
        if unit.quantity or low in ENDS or low in (",", "and") or "say.verbs" in unit.tags:
            return None
        if low not in ("on", "of", "in", "among", "from"):
            continue
        if low == "from" and RANKS.isdisjoint(sentence.low(k) for k in range(at + 1, at + 1 + NAMES)):
            continue  # "lost 1,100 citizens to attacks FROM AFGHAN SOIL"
        if loss := _relation(number, at + 1):
            return loss
    return None


def _relation(number: Number, at: int) -> Loss | None:
    """ "its own", "its side", "the other side", "Pakistan's ranks" from a unit on, past "on" or "of"."""
    sentence, speaks = number.sentence, number.voice.side in NATIONS
    at += sentence.low(at) == "the"
    first, second = sentence.low(at), sentence.low(at + 1)
    if first in OWN and (second in ("own", "side") or second in RANKS):
        return _own(number, speaks)
    if first in OTHER and (second == "side" or (first.endswith("other") and _ends(sentence, at + 1))):
        return _other(number, speaks)
    for end in range(at, at + NAMES):
        if sentence.low(end) in ("side", "ranks", "soil"):
            return _of_named(number, at, end, forces=sentence.low(end) == "ranks")
    if second == "'s" and _ends(sentence, at + 2):  # "more than 20 in Pakistan's"
        return _of_named(number, at, at + 1)
    return None


def _ends(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in ("", ".", ",", ";", "and", "but", "”", '"')


def _inside(number: Number) -> Loss | None:
    """ "23 of its own soldiers", "its 23 dead", "enemy dead"."""
    sentence, around, phrase = number.sentence, number.around, number.phrase
    if not sentence.said.isdisjoint(HOSTILE) and _of_enemy(sentence, phrase):
        return _enemys(number)
    if _of_group(number):
        return Loss("militants")  # "jets hit chiefs of the TTP and killed 16 OF THEIR MEN"
    if sentence.low(phrase.last - 1) == "own" and (loss := _of_named(number, phrase.at, phrase.last)):
        return loss  # "three of PAKISTAN'S OWN"
    if _are_somebodys(number):
        if phrase.quantity.owner != "our" and (_done(number) or _of_others(number)):
            return _other(number, True)  # "we killed 80 of THEIR soldiers"
        own = any(sentence.low(k).endswith("own") for k in range(phrase.at, phrase.last + 1))
        bare = own and not phrase.head and phrase.partitive in ITS
        state = bare and around.voice.side in NATIONS  # "27 OF THEIR OWN", says Kabul
        return _own(number, bool(own and phrase.measure) or state or around.voice.army)
    if phrase.partitive == "theirs":  # "eight of his men and 40 OF THEIRS"
        return _other(number, True)
    if sentence.low(phrase.at - 1) == "of" and sentence.low(phrase.at - 2) in ("cost", "loss"):
        return _own(number, True)  # "at the cost of three dead"
    return None


def _of_enemy(sentence: Sentence, phrase: Phrase) -> bool:
    """ "41 dead OPPONENTS", "THE ENEMY'S 41 dead", back to the last comma."""
    commas = (k + 1 for k in range(phrase.at - 1, max(0, phrase.at - 3), -1) if sentence.low(k) == ",")
    first = next(commas, max(0, phrase.at - 3))
    return any(sentence.low(k) in HOSTILE for k in range(first, phrase.tail + 1))


def _of_group(number: Number) -> bool:
    """ "16 of THEIR MEN" after a group of militants: whoever acts last before them."""
    around, phrase = number.around, number.phrase
    if phrase.quantity.owner not in ITS or phrase.noun not in MEMBERS or around.voice.side == "militants":
        return False
    actors = [m.side for m in around.between(around.start, phrase.quantity.start) if m.is_actor]
    return actors[-1:] == ["militants"]


def _are_somebodys(number: Number) -> bool:
    """ "its 23 dead", "six of OUR soldiers", "HIS men", "the number of ITS SOLDIERS killed"; but "six of his colleagues"."""
    phrase, sentence = number.phrase, number.sentence
    if phrase.away and sentence.low(phrase.away.start - 1) in ITS:
        return True
    owner = phrase.quantity.owner
    if owner in OWN and (owner != "his" or phrase.noun in RANKS):
        return True
    near = sentence.units[max(0, phrase.at - 2) : phrase.tail + 1]
    return not sentence.said.isdisjoint(OURS) and any(u.low in OURS for u in near)


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
    bound, voice = number.bound, number.voice
    told = number.sentence.low(bound.verb) if bound.verb >= 0 else bound.phrase.noun
    if MARTYRS.isdisjoint(told.split()) or voice.side not in SPEAKERS:
        return None
    return _own(number, voice.army or (bound.phrase.noun.startswith("martyr") and voice.side in NATIONS))


def _had(number: Number) -> Loss | None:
    """ "Pakistan's army HAD 23 DEAD"."""
    bound, at = number.bound, number.phrase.at - 1
    before = number.sentence.low(at)
    had = before in ("had", "has") and bound.phrase.noun in TOLLS
    had = had or (before in SUFFERED and bound.measure in ("killed", "wounded", "casualties"))
    return _loser(number, at) if had else None


def _opposite(number: Number) -> Loss | None:
    """ "; ON THE OTHER SIDE, four guards died", "ACROSS THE BORDER, five …": of the country that was not told of before."""
    sentence, around, at = number.sentence, number.around, number.phrase.at
    if sentence.said.isdisjoint(FACING):
        return None
    opens = next((k for k in range(at - 1, -1, -1) if sentence.low(k) in FACING), -1)
    start = opens - (sentence.low(opens) == "the other")
    there = [sentence.low(k) for k in range(max(0, start), start + 3)]
    if there not in THERE or not (start == 0 or sentence.low(start - 1) in APART):
        return None
    units = sentence.units
    if any(m.side in NATIONS for m in around.between(units[start].start, units[at].start)):
        return None
    told = around.between(around.text.rfind("\n", 0, around.start), units[start].start)
    side = next((m.side for m in reversed(told) if m.side in NATIONS and not m.dateline), "")
    return Loss(OTHER_SIDE[side]) if side else None


def _before(number: Number) -> Loss | None:
    """ "put Pakistan's losses at 870", "on its own side it reported six dead and 15 wounded", "lost 45 men"."""
    bound, sentence, _ = number
    if sentence.said.isdisjoint(FORETOLD):
        return None
    start, acted = bound.phrase.at, bound.rule in ("active", "self")
    lost = bound.rule == "lost" or (bound.rule == "listed" and sentence.has(bound.verb, "lose.done"))
    gapped = bound.rule == "elliptic" and not any(
        u.has("say.verbs") for u in sentence.units[max(0, start - GAP) : start]
    )
    for at in range(start - 1, max(-1, start - BEFORE), -1):
        unit = sentence.units[at]
        if unit.low == ":" and "lose.noun" in sentence.said:
            continue  # "PAKISTAN'S LOSSES were higher: 66 dead"
        if unit.low in ENDS or (acted and at == bound.verb and "lose.done" not in unit.tags):
            return None
        if lost and "lose.done" in unit.tags:
            return _loser(number, at)
        if (lost and unit.low in COSTS) or (gapped and ("lose.done" in unit.tags or unit.low == "suffered")):
            return _loser(number, start)  # "… lost seven men and THE TALIBAN 12", "cost KABUL nine"
        if unit.low == "side" and at and sentence.low(at - 1) != "from":
            opens = next((k for k in range(at - 1, max(-1, at - 4), -1) if _opens_side(sentence, k)), -1)
            if opens >= 0 and (loss := _relation(number, opens + 1)):
                return replace(loss, forces=loss.forces or sentence.has(opens - 1, "lose.noun"))
            return None
        tolls = ("lose.noun" in unit.tags or unit.low in TOLLS) and not _is_counted(number, at)
        if tolls and (loss := _owned(number, at)):
            return loss
        if unit.low.startswith("claim") and unit.has("say.verbs") and "structure.admits" in sentence.said:
            return _other(number, True) if number.voice.side in NATIONS else None
        if "structure.admits" in unit.tags and not unit.quantity:
            patients = unit.low.startswith("admit") and bound.measure != "killed"  # whom hospitals admit
            return _own(number, True) if number.voice.side in NATIONS and not patients else None
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


def _owned(number: Number, at: int) -> Loss | None:
    """Whose losses: "its own losses", "the enemy's dead", "Pakistani losses", "the losses of the Afghan Taliban"."""
    sentence, around = number.sentence, number.around
    losses = sentence.has(at, "lose.noun")
    words = [sentence.low(k) for k in range(max(0, at - NAMES), at)]
    last = words[-1] if words else ""
    if set(words[-3:]) & HOSTILE:
        return _enemys(number)
    if last in OWN or sentence.low(at).startswith(OWNED):
        if last == "its" and (owner := _owner(number, at)):
            return Loss(owner, forces=True)  # "accused Pakistan of hiding ITS dead"
        return _own(number, losses or around.voice.army or last == "own")
    if losses and not SUFFERED.isdisjoint(words):
        return _loser(number, at)  # "THE TALIBAN suffered heavy losses, with 19 dead"
    if not losses:  # "put the Pakistani dead at 58", says Kabul
        named = _of_named(number, max(0, at - 1), at)
        return named if named and around.voice.side == OTHER_SIDE[named.side] else None
    named = _of_named(number, max(0, at - 2), at)
    if not named and sentence.low(at + 1) in ("of", "on", "among"):
        named = _of_named(number, at + 2, at + 2 + NAMES)
    return named or (_own(number, True) if sentence.low(at + 1) in ("were", "at", "was", ":", "of") else None)


def _owner(number: Number, at: int) -> str:
    """The other side, where it is named last before "its": "PAKISTAN has lost count of its dead", says Kabul."""
    units, around = number.sentence.units, number.around
    named = around.between(units[max(0, at - OWNER)].start, units[at].start)
    last = next((m for m in reversed(named) if m.side in NATIONS and m.kind in OF_STATES), None)
    owns = last is not None and around.text[last.end : last.end + 1] in "'’"
    if last is None or owns or last.side != OTHER_SIDE.get(around.voice.side):
        return ""
    return last.side


def _loser(number: Number, at: int) -> Loss | None:
    """Who lost: who did so by the clause, else who speaks: "we killed 40 and LOST seven"."""
    sentence, speaker = number.sentence, number.voice.side
    if sentence.low(at - 1) == "they" and "we" in sentence.said:
        return _other(number, True)  # "we lost four men and THEY LOST 20"
    side = subject(sentence, number.around, at).side or speaker
    return Loss(side, own=side == speaker, forces=True) if side else None


def _of_named(number: Number, first: int, end: int, forces: bool = True) -> Loss | None:
    """Of the side that a few units name."""
    units = number.sentence.units[first:end]
    named = number.around.between(units[0].start, units[-1].end) if units else ()
    side = next((m.side for m in reversed(named) if m.side in NATIONS), "")
    return Loss(side, forces=forces) if side else None


def _own(number: Number, forces: bool) -> Loss:
    """Of whoever speaks, else of whoever the sentence names first, up to the number.

    Who denies "Pakistan's claim that 30 of ITS men died" speaks of his own.
    """
    around = number.around
    side = around.voice.denier or around.voice.side
    if side not in SPEAKERS:
        named = around.between(around.start, number.phrase.quantity.start)
        side = next((m.side for m in named if m.side in NATIONS and (m.is_actor or m.is_place)), "")
    return Loss(side, True, forces)


def _other(number: Number, forces: bool) -> Loss:
    return Loss(OTHER_SIDE.get(number.voice.side, ""), forces=forces)


def _enemys(number: Number) -> Loss | None:
    side = OTHER_SIDE.get(number.around.hostile_to(), "")
    return Loss(side, forces=True, enemy=True) if side else None


def _done(number: Number) -> bool:
    return number.bound.measure in DEEDS and deed_of(number).told
