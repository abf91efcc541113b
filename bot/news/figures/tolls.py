"""Numbers with their noun, and tolls: "1,200 deaths", "36 dead", "the death toll rose from 13 to 17"."""

from __future__ import annotations

from functools import lru_cache

from bot.news.figures.clause import LINKS, NAMED, PEOPLE_HEADS, THING_HEADS, Bound, Sentence, quantity_near
from bot.news.figures.units import is_noun, is_verb, verb_forms
from bot.news.figures.vocabulary import EMPTY


def bind_nouns(sentence: Sentence) -> None:
    """ "1,200 deaths", "36 dead", "6 injured", "a further 104 wounded"."""
    for phrase in sentence.phrases:
        if not phrase.measure or phrase.quantity.kind == "article":
            continue
        known = sentence.bound.get(phrase.at)
        if known and phrase.partitive and known.measure != phrase.measure:
            continue  # "two of the injured died"
        adjective = phrase.head in PEOPLE_HEADS and phrase.head != "people" and known and known.rank <= 2
        if known and (
            (known.measure in ("killed", "wounded") and phrase.measure in ("casualties",)) or adjective
        ):
            continue
        if (
            known
            and known.measure != phrase.measure
            and known.rank <= 1
            and phrase.measure in ("wounded", "displaced")
        ):
            continue
        also = known.also if known else []
        sentence.bound[phrase.at] = Bound(
            phrase, NAMED[phrase.measure], "nominal", phrase.last - 1, 0, passive=True, also=also
        )
        _joint_noun(sentence, sentence.bound[phrase.at])


def _joint_noun(sentence: Sentence, bound: Bound) -> None:
    """ "146 killed or hurt", "12 dead and injured"."""
    at = bound.phrase.last
    if sentence.low(at) in LINKS and at + 1 < len(sentence.units) and at + 1 not in sentence.owner:
        others = set(verb_forms(sentence.units[at + 1]))
        if {bound.measure} | others & {"killed", "wounded"} == {"killed", "wounded"} and not quantity_near(
            sentence, at + 2
        ):
            bound.measure = "casualties"


def bind_tolls(sentence: Sentence) -> None:
    """ "The death toll rose from 13 to 17", "put the number of dead at 12", "the wounded rose to 20"."""
    for at, unit in enumerate(sentence.units):
        if not unit.tags:
            continue
        measure = _toll_of(unit.tags)
        if not measure and _is_toll_noun(sentence, at):
            measure = next(m for m in ("killed", "wounded") if m in verb_forms(unit))
        if not measure and unit.has("structure.total") and sentence.bound:
            measure = _nearest_measure(sentence, at)
        if measure:
            _toll(sentence, at, measure, unit.has("structure.total"))


@lru_cache(maxsize=4_096)
def _toll_of(tags: frozenset[str]) -> str:
    """What a word such as "death toll" counts, "" for every other word."""
    return next((t.partition(".")[0] for t in sorted(tags) if t.endswith(".toll")), "")


def _is_toll_noun(sentence: Sentence, at: int) -> bool:
    """ "the wounded rose to 20", "put the Pakistani dead at 58"."""
    forms = verb_forms(sentence.units[at])
    if not forms or not any({"noun", "done"} & forms.get(m, EMPTY) for m in ("killed", "wounded")):
        return False
    determined = any(sentence.low(k) in ("the", "of", "its", "their") for k in range(max(0, at - 3), at))
    after = at + 1
    if sentence.low(after) == "in":  # "put the dead in Spin Boldak at six"
        after = next((k for k in range(at + 2, at + 5) if sentence.low(k) == "at"), after)
    return determined and (
        sentence.has(after, "structure.rise") or sentence.low(after) in ("at", "to", "stood")
    )


def _nearest_measure(sentence: Sentence, at: int) -> str:
    before = [b.measure for k, b in sentence.bound.items() if k < at]
    return "killed" if "killed" in before else before[-1] if before else ""


def _toll(sentence: Sentence, at: int, measure: str, total: bool) -> None:
    rise = any(sentence.has(k, "structure.rise") for k in range(max(0, at - 3), at))
    falls = any(sentence.has(k, "structure.revision") for k in range(max(0, at - 3), at))
    previous = None
    for k in range(at + 1, min(len(sentence.units), at + 14)):
        phrase = sentence.owner.get(k)
        if phrase and phrase.at == k and phrase.quantity.kind == "count":
            if sentence.low(k - 1) == "from" and phrase.head == "":
                previous = phrase
                continue
            if phrase.head in THING_HEADS or phrase.head in ("refused", "never"):
                return
            bound = Bound(phrase, NAMED[phrase.measure or measure], "total" if total else "toll", at, 1)
            if rise and not falls:
                bound.update = "rise"
            elif falls:
                bound.update = "revision"
            sentence.bound[phrase.at] = bound
            if previous:
                sentence.bound.pop(previous.at, None)
                previous.head = "never"
            return
        unit = sentence.units[k]
        rise = rise or unit.has("structure.rise")
        falls = falls or unit.has("structure.revision")
        if (
            unit.has("structure.stands", "structure.rise", "structure.revision", "kind.month")
            or unit.quantity
        ):
            continue
        if (
            unit.low in (";", "(", "that", "who")
            or (unit.has("structure.causal") and unit.low != "since")
            or (is_verb(unit) and not is_noun(unit))
        ):
            return
