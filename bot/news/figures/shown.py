"""Whether a bound number is a figure at all: threats, plots and sentences to death are none."""

from __future__ import annotations

from bot.news.figures.sentence.clause import THING_HEADS, Bound, Sentence
from bot.news.text.words import word_set

PUNISHMENTS = word_set("death life jail prison imprisonment sentence sentences term terms penalty penalties")
PUNISHED = 8  # units after "handed" in which it is said what to
SPOKE = word_set("said says told tells added adds recalled")
SMALL_ARMS = word_set("pistol pistols revolver revolvers shotgun shotguns magazines grenade grenades") | {
    "machine guns",
    "machine gun",
    "sub - machine guns",
    "submachine guns",
}  # found on suspects, no equipment of an army
LETTING = word_set("allow let permit admit")
FLOWN = frozenset(("strikes", "attacks", "vehicles_equipment"))
NOMINAL = frozenset(("noun-of", "nominal"))
UNSURE = frozenset(("structure.modal", "structure.intent", "structure.sentenced"))
CLAUSES = word_set(", ; . : that and as when while where after before because since")
WANTING = word_set("want wants wanted")
MAY = word_set("could may might")  # "will" and "must" tell of a promise or a price
LOSING = word_set("lose cost")
CLAUSE = 9  # units between what may be lost and the sum
ASKING = word_set("asked asks asking")
WHETHER = word_set("whether if")
HEARSAY = word_set("reports claims allegations rumours rumors reported claimed suggestions")
FIGURES, FORMER = word_set("figure toll count estimate number tally"), word_set("earlier previous")
INVERTED = word_set(
    "did do does was were is are has have had"
)  # "DID jets kill 30?": "WHO killed the 12?" takes it as told
OPENERS = frozenset((":", "?", "!", ".", ";", '"', "“", "‘", "'", "-", "–", "—"))


def is_shown(bound: Bound, sentence: Sentence) -> bool:
    """Whether a bound number is a figure at all."""
    if bound.phrase.head in ("refused", "never") or _is_former(bound.phrase.at, sentence):
        return False
    if bound.phrase.head in THING_HEADS and bound.phrase.quantity.kind == "article":
        return False
    if bound.measure in FLOWN and bound.phrase.quantity.kind == "zero":
        return False  # "no raid was flown" tells of no loss
    if (
        bound.measure in THING_HEADS
        and bound.phrase.quantity.low is None
        and bound.phrase.quantity.end - bound.phrase.quantity.start < 9
        and bound.measure not in ("camps", "trucks")
    ):
        return False
    if bound.measure == "vehicles_equipment" and bound.phrase.noun in SMALL_ARMS:
        return False
    if bound.rule == "part" and sentence.low(bound.phrase.last) in SPOKE:
        return False  # "…, one of them TOLD reporters": who speaks is no part of those who were counted
    if sentence.low(bound.phrase.at - 1) in SPOKE and _speaks(bound, sentence):
        return False
    if bound.measure == "money":
        return not _may_be_lost(bound, sentence)
    return bound.measure == "duration" or not _hypothetical(bound, sentence)


def _speaks(bound: Bound, sentence: Sentence) -> bool:
    """ "Nine died, said FIVE SECURITY OFFICIALS": who speaks at the end is not counted."""
    end = bound.phrase.last
    closed = end >= len(sentence.units) or not sentence.units[end].word
    return closed and sentence.has(end - 1, "say.anonymous", "speaker.person", "names.security sources")


def _is_former(number: int, sentence: Sentence) -> bool:
    """ "Revising an EARLIER FIGURE OF 30": what was said before, and is not said now."""
    of_figure = sentence.low(number - 1) == "of" and sentence.low(number - 2) in FIGURES
    return of_figure and sentence.low(number - 3) in FORMER


def _may_be_lost(bound: Bound, sentence: Sentence) -> bool:
    """ "could lose $100 million", "stand to lose Rs2 billion", "would cost $30 million a month": money that nobody has lost."""
    if sentence.said.isdisjoint(("structure.modal", "structure.prospect")):
        return False
    for at in range(bound.phrase.at - 1, max(-1, bound.phrase.at - CLAUSE), -1):
        low = sentence.low(at)
        if low in (",", ";", ".", ":", "that", "and"):
            return False
        if sentence.has(at, "structure.prospect"):
            return True
        unsure = low in MAY or (low == "would" and sentence.low(at + 1) in LOSING)
        if unsure and sentence.low(at + 1) not in ("not", "n't"):
            return not _reported(sentence, at)
    return False


def is_asked(bound: Bound, sentence: Sentence) -> bool:
    """ "Did jets kill 30?", "asked whether 30 had died", "asked about reports of 20 deaths": a question tells nothing."""
    if "?" in sentence.said and _in_question(bound.phrase.at, sentence):
        return True
    if sentence.said.isdisjoint(ASKING):
        return False
    hearsay = False
    for at in range(bound.phrase.at - 1, -1, -1):
        low = sentence.low(at)
        if low in WHETHER and sentence.low(at - 1) in ASKING:
            return True
        if low in ASKING:
            return hearsay and sentence.low(at + 1) == "about"
        if low in (";", ",") or (sentence.has(at, "say.verbs") and low not in HEARSAY):
            return False
        hearsay = hearsay or low in HEARSAY
    return False


def _in_question(number: int, sentence: Sentence) -> bool:
    """Whether a number stands in a question that opens with its verb."""
    ends = next((k for k in range(number, len(sentence.units)) if sentence.low(k) in ("?", ".", ";")), -1)
    if sentence.low(ends) != "?":
        return False
    first = number
    while first > 0 and sentence.low(first - 1) not in OPENERS:
        first -= 1
    return sentence.low(first) in INVERTED


def _hypothetical(bound: Bound, sentence: Sentence) -> bool:
    """ "vowed to kill 100", "could exceed 50", "would have killed hundreds", "sentenced 14 to death"."""
    if sentence.said.isdisjoint(UNSURE):
        return False
    verb = bound.verb if bound.verb >= 0 else bound.phrase.at
    if verb > bound.phrase.at and sentence.low(bound.phrase.at - 1) in WANTING:
        return True  # "WANTS 14 prisoners freed"
    if bound.measure == "trucks" and sentence.low(bound.phrase.at - 1) in LETTING:
        return False  # "will ALLOW 143 containers to cross": what is let through is news
    units = sentence.units
    for at in range(verb - 1, max(-1, verb - 7), -1):
        unit = units[at]
        if unit.low in CLAUSES and not unit.has("structure.modal"):
            break
        if unit.has("structure.modal") and not _reported(sentence, at):
            return True
        named = bound.rule in NOMINAL or sentence.low(verb - 1) == "the"
        told = named and at < verb - 1  # "vowed to avenge THE KILLING OF two men"
        if (
            unit.low == "to"
            and not told
            and any(u.has("structure.intent") for u in units[max(0, at - 3) : at])
        ):
            return True
    between = units[min(verb, bound.phrase.at) : max(verb, bound.phrase.at)]
    low = min(verb, bound.phrase.at)
    if any(u.has("structure.modal") and not _reported(sentence, low + k) for k, u in enumerate(between)):
        return True
    near = range(max(0, verb - 6), min(len(units), verb + 6))
    return any(sentence.has(k, "structure.sentenced") and not _handed_over(sentence, k) for k in near)


def _handed_over(sentence: Sentence, at: int) -> bool:
    """ "97 bodies were HANDED TO their families", "HANDED the bodies of four men to": no sentence of a court."""
    punished = any(sentence.low(k) in PUNISHMENTS for k in range(at + 1, at + PUNISHED))
    return sentence.low(at) == "handed" and not punished


def _reported(sentence: Sentence, at: int) -> bool:
    """ "could confirm 28", "may have been killed" tell of what happened, if unsurely; so does the month of May."""
    if (
        sentence.low(at) in ("could", "can") and sentence.low(at + 1) != "claim"
    ):  # "could claim hundreds of lives"
        return sentence.has(at + 1, "say.verbs")
    if sentence.low(at) in ("may", "might"):
        return sentence.low(at + 1) == "have" or sentence.units[at].capital
    return False
