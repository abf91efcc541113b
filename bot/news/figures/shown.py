"""Whether a bound number is a figure at all: threats, plots and sentences to death are none."""

from __future__ import annotations

from bot.news.figures.sentence.clause import THING_HEADS, Bound, Sentence
from bot.news.text.words import word_set

SPOKE = word_set("said says told tells added adds recalled")
SMALL_ARMS = word_set("pistol pistols revolver revolvers shotgun shotguns magazines grenade grenades") | {
    "machine guns",
    "machine gun",
    "sub-machine guns",
    "submachine guns",
}  # found on suspects, no equipment of an army
UNSURE = frozenset(("structure.modal", "structure.intent", "structure.sentenced"))


def is_shown(bound: Bound, sentence: Sentence) -> bool:
    """Whether a bound number is a figure at all."""
    if bound.phrase.head in ("refused", "never"):
        return False
    if bound.phrase.head in THING_HEADS and bound.phrase.quantity.kind == "article":
        return False
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
    return bound.measure in ("duration", "money") or not _hypothetical(bound, sentence)


def _hypothetical(bound: Bound, sentence: Sentence) -> bool:
    """ "vowed to kill 100", "could exceed 50", "would have killed hundreds", "sentenced 14 to death"."""
    if sentence.said.isdisjoint(UNSURE):
        return False
    verb = bound.verb if bound.verb >= 0 else bound.phrase.at
    units = sentence.units
    for at in range(verb - 1, max(-1, verb - 7), -1):
        unit = units[at]
        if unit.low in (",", ";", ".", ":", "that", "and") and not unit.has("structure.modal"):
            break
        if unit.has("structure.modal") and not _reported(sentence, at):
            return True
        if unit.low == "to" and at > 0 and any(u.has("structure.intent") for u in units[max(0, at - 3) : at]):
            return True
    between = units[min(verb, bound.phrase.at) : max(verb, bound.phrase.at)]
    low = min(verb, bound.phrase.at)
    if any(u.has("structure.modal") and not _reported(sentence, low + k) for k, u in enumerate(between)):
        return True
    return any(u.has("structure.sentenced") for u in units[max(0, verb - 6) : verb + 6])


def _reported(sentence: Sentence, at: int) -> bool:
    """ "could confirm 28", "may have been killed" tell of what happened, if unsurely; so does the month of May."""
    if sentence.low(at) in ("could", "can"):
        return sentence.has(at + 1, "say.verbs") or (
            sentence.has(at + 2, "say.verbs") and sentence.low(at + 1) == "only"
        )
    if sentence.low(at) in ("may", "might"):
        return sentence.low(at + 1) == "have" or sentence.units[at].capital
    return False
