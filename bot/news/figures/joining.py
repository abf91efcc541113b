"""What takes its measure from another number: lists and parts."""

from __future__ import annotations

from bot.news.figures.asides import is_glued
from bot.news.figures.clause import (
    NAMED,
    PEOPLE_HEADS,
    THING_HEADS,
    WHOLES,
    Bound,
    Sentence,
    before,
    is_done,
    measure_before,
    subset_marker,
)
from bot.news.figures.nouns import Phrase
from bot.news.figures.units import ADVERBS, BE, DASHES, DETERMINERS, PREPOSITIONS, is_verb, looks_finite
from bot.news.model import Measure


def join(sentence: Sentence) -> None:
    """Bind what is joined to a bound number."""
    _partitives(sentence)
    _joined(sentence)
    _subsets(sentence)
    _split(sentence)
    _listed_parts(sentence)
    _more_posts(sentence)


def _more_posts(sentence: Sentence) -> None:
    """ "27 posts were destroyed and nine captured": nine posts."""
    for other, phrase in zip(sentence.phrases, sentence.phrases[1:], strict=False):
        bound, known = sentence.bound.get(phrase.at), sentence.bound.get(other.at)
        if (
            bound
            and known
            and known.measure == "positions"
            and not phrase.head
            and bound.measure == "captured"
        ):
            bound.measure = "positions"


def _partitives(sentence: Sentence) -> None:
    """ "Of the 25 wounded, six are critical": the first is the whole, the second a part."""
    for phrase in sentence.phrases:
        if phrase.partitive == "the" and phrase.noun in WHOLES:
            phrase.subset = True  # "seven of the victims were girls"
        if phrase.partitive == "the" and phrase.noun in WHOLES and phrase.at not in sentence.bound:
            sentence.bound[phrase.at] = Bound(phrase, WHOLES[phrase.noun], "part", -1, 5)
        named = _named_whole(sentence, phrase) if phrase.subset and phrase.at not in sentence.bound else None
        if named:
            sentence.bound[phrase.at] = named
        if phrase.at not in sentence.bound:
            _inverted(sentence, phrase)
    for index, phrase in enumerate(sentence.phrases[:-1]):
        other = sentence.phrases[index + 1]
        if (
            sentence.has(phrase.last, "structure.among")
            and other.at == phrase.last + 1
            and other.at in sentence.bound
        ):
            phrase.subset = True  # "a commander was among six killed"
            sentence.bound[phrase.at] = Bound(phrase, sentence.bound[other.at].measure, "part-of", -1, 5)
            continue
        if sentence.low(phrase.at - 1) == "of" and phrase.at <= 2 and phrase.at in sentence.bound:
            other.subset = True
            if other.at not in sentence.bound and other.head in (
                "",
                "unknown",
                "people",
                "civilians",
                "security",
                "militants",
                "taliban",
            ):
                sentence.bound[other.at] = Bound(other, sentence.bound[phrase.at].measure, "part-of", -1, 5)


def _inverted(sentence: Sentence, phrase: Phrase) -> None:
    """ "Among the dead were three players"."""
    at = phrase.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in BE:
        at -= 1
    if at < phrase.at - 1 and sentence.has(at, "structure.subset_after"):
        words = set(sentence.low(at).split())
        measure: Measure = "wounded" if words & {"injured", "wounded"} else "killed"
        phrase.subset = True
        sentence.bound[phrase.at] = Bound(phrase, measure, "part", -1, 5)


def _joined(sentence: Sentence) -> None:
    """Lists: the nouns beside a bound number share its happening."""
    ordered = sentence.phrases
    for index in range(
        len(ordered) - 2, -1, -1
    ):  # backwards: "five soldiers, two policemen and a civilian were killed"
        here, other = ordered[index], ordered[index + 1]
        bound = sentence.bound.get(other.at)
        if (
            here.at in sentence.bound
            or not bound
            or not bound.passive
            or bound.rule in ("nominal", "self-near")
        ) and not (
            bound
            and bound.rule == "nominal"
            and bound.phrase.head in PEOPLE_HEADS
            and here.at not in sentence.bound
        ):
            continue
        if (
            subset_marker(sentence, other) >= 0
            or other.subset
            or here.subset
            or subset_marker(sentence, here) >= 0
        ):
            continue
        if (
            is_linked(sentence, here, other)
            and is_same_kind(here, other)
            and not _object_of_other(sentence, here)
        ):
            sentence.bound[here.at] = Bound(here, bound.measure, "listed", bound.verb, 4, passive=True)
    for index in range(1, len(ordered)):
        here, other = ordered[index], ordered[index - 1]
        bound = sentence.bound.get(other.at)
        if here.at in sentence.bound or not bound:
            continue
        if (
            is_linked(sentence, other, here)
            and is_same_kind(other, here)
            and not _followed_by_verb(sentence, here)
        ):
            here.subset = here.subset or other.subset
            sentence.bound[here.at] = Bound(
                here, _measure_for(bound, here), "listed", bound.verb, 4, passive=bound.passive
            )


def is_same_kind(one: Phrase, other: Phrase) -> bool:
    if (
        one.quantity.kind == "zero"
        or other.quantity.kind == "zero"
        or "never" in (one.head, other.head)
        or "refused" in (one.head, other.head)
    ):
        return False
    if other.head == "" or one.head == "":
        return True
    return (one.head in THING_HEADS) == (other.head in THING_HEADS) and "unknown" not in (
        one.head,
        other.head,
    )


def is_linked(sentence: Sentence, left: Phrase, right: Phrase) -> bool:
    """Whether only a list's comma or "and" (and a place) stands between two counted nouns."""
    at = right.at - 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in DETERMINERS:
        at -= 1
    if sentence.low(at) not in (
        ",",
        "and",
        "&",
        "plus",
        "as well as",
        "along with",
        "or",
    ) and not sentence.has(at, "structure.subset"):
        return False
    for k in range(max(left.last, left.at + 1), at):
        unit = sentence.units[k]
        if k < left.tail or unit.low in BE or (unit.quantity and unit.quantity.kind == "date"):
            continue
        if unit.low in PREPOSITIONS and unit.low in ("in", "at", "from", "near", "of", "on"):
            continue
        done = is_done(sentence, k)
        if done and sentence.bound.get(left.at) and sentence.bound[left.at].verb == k:
            continue
        if (
            unit.low in ("and", ",")
            or (unit.low in DASHES and is_glued(sentence.units, k))
            or unit.capital
            or unit.low in DETERMINERS
            or (
                unit.low.isalpha()
                and not is_verb(unit)
                and not looks_finite(unit)
                and not unit.has("structure.causal", "structure.subset", "say.verbs")
                and unit.low not in PREPOSITIONS
                and unit.low not in ("that", "who", "which", "but")
            )
        ):
            continue
        return False
    return True


def _object_of_other(sentence: Sentence, phrase: Phrase) -> bool:
    """ "attacked 12 people and five were killed": twelve are another verb's object."""
    at = before(sentence, phrase.at)
    return (
        at >= 0
        and looks_finite(sentence.units[at])
        and not sentence.has(at, "say.verbs")
        and sentence.low(at) not in BE
    )


def _followed_by_verb(sentence: Sentence, phrase: Phrase) -> bool:
    """ "and 12 policemen stormed …": the second noun starts a clause of its own."""
    at = phrase.tail
    while sentence.low(at) in ADVERBS:
        at += 1
    if at >= len(sentence.units):
        return False
    unit = sentence.units[at]
    if unit.has("structure.unharmed"):
        return True  # "five gunmen dead and 500 cadets safe"
    return (looks_finite(unit) or unit.has("structure.modal")) and not is_done(sentence, at)


def _subsets(sentence: Sentence) -> None:
    """ "including three children", "among them two women", "three of them critical"."""
    for index, phrase in enumerate(sentence.phrases):
        marker = subset_marker(sentence, phrase)
        if marker >= 0:
            phrase.subset = True
        if not phrase.subset or phrase.at in sentence.bound:
            if phrase.at in sentence.bound and phrase.subset:
                _spread(sentence, index)
            continue
        whole = _named_whole(sentence, phrase) or _whole(sentence, index) or _told(sentence, phrase)
        if whole and phrase.head not in THING_HEADS | {"refused", "never"}:
            sentence.bound[phrase.at] = Bound(phrase, whole.measure, "part", -1, 5, passive=whole.passive)
            _spread(sentence, index)


def _split(sentence: Sentence) -> None:
    """ "457 casualties: 35 dead and 422 hurt": what follows the sum is its parts."""
    wholes = [at for at, b in sentence.bound.items() if b.measure == "casualties"]
    for at in wholes:
        for other, bound in sentence.bound.items():
            between = {sentence.low(k) for k in range(at, other)}
            if other > at and bound.measure in ("killed", "wounded") and between & {":", "(", "—", "–", "-"}:
                bound.phrase.subset = True


def _listed_parts(sentence: Sentence) -> None:
    """ "10 were killed: five boys, four girls and a woman": a list after a colon splits the sum before it."""
    colon = next((k for k in range(len(sentence.units)) if sentence.low(k) == ":"), -1)
    whole = next(
        (b for k, b in sorted(sentence.bound.items()) if k < colon and b.measure not in THING_HEADS), None
    )
    if colon < 0 or whole is None:
        return
    for phrase in sentence.phrases:
        known = sentence.bound.get(phrase.at)
        if (
            phrase.at > colon
            and known is None
            and phrase.head in PEOPLE_HEADS
            and sentence.low(phrase.at - 1) in (":", ",", "and")
        ):
            phrase.subset = True
            sentence.bound[phrase.at] = Bound(phrase, whole.measure, "part", -1, 5)


def _spread(sentence: Sentence, index: int) -> None:
    """Parts listed after a part are parts too: "including two women and a policeman"."""
    bound = sentence.bound[sentence.phrases[index].at]
    for here, other in zip(sentence.phrases[index:], sentence.phrases[index + 1 :], strict=False):
        known = sentence.bound.get(other.at)
        if (
            (known and known.rule != "listed")
            or not is_linked(sentence, here, other)
            or not is_same_kind(here, other)
        ):
            return
        if _followed_by_verb(sentence, other) or _next_verb_is_own(sentence, other):
            return
        other.subset = True
        sentence.bound[other.at] = Bound(other, bound.measure, "part", -1, 5, passive=bound.passive)


def _next_verb_is_own(sentence: Sentence, phrase: Phrase) -> bool:
    return sentence.low(phrase.tail) in BE


def _named_whole(sentence: Sentence, phrase: Phrase) -> Bound | None:
    """ "two children among the dead": the words name the whole."""
    words = set(sentence.low(phrase.last - 1).split())
    if words & {"dead", "killed", "victims", "martyrs", "fatalities"}:
        return Bound(phrase, "killed", "part", -1, 5)
    return Bound(phrase, "wounded", "part", -1, 5) if words & {"injured", "wounded"} else None


def _told(sentence: Sentence, phrase: Phrase) -> Bound | None:
    """ "killed civilians, including three boys": the whole has no number."""
    measure = measure_before(sentence, phrase.at)
    return Bound(phrase, measure, "part", -1, 5) if measure else None


def _whole(sentence: Sentence, index: int) -> Bound | None:
    for phrase in reversed(sentence.phrases[:index]):
        bound = sentence.bound.get(phrase.at)
        if bound and not phrase.subset and bound.measure not in THING_HEADS:
            return bound
    for phrase in sentence.phrases[index + 1 :]:
        bound = sentence.bound.get(phrase.at)
        if bound and not phrase.subset and bound.measure not in THING_HEADS:
            return bound
    return None


def _measure_for(bound: Bound, phrase: Phrase) -> Measure:
    return NAMED.get(phrase.head, bound.measure)
