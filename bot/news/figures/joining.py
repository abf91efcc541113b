"""What takes its measure from another number: lists, parts, and what a second speaker leaves unsaid."""

from __future__ import annotations

from bot.news.figures.clause import (
    LINKS,
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
from bot.news.figures.phrases import Phrase
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
        if phrase.partitive == "the" and phrase.noun in WHOLES and phrase.at not in sentence.bound:
            phrase.subset = True  # "seven of the victims were girls"
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
        if (
            sentence.low(phrase.at - 1) == "of"
            and phrase.at <= 2
            and phrase.at in sentence.bound
            and other.at not in sentence.bound
        ):
            other.subset = True
            if other.head in ("", "unknown", "people", "civilians", "security", "militants", "taliban"):
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
            _linked(sentence, here, other)
            and _same_kind(here, other)
            and not _object_of_other(sentence, here)
        ):
            sentence.bound[here.at] = Bound(here, bound.measure, "listed", bound.verb, 4, passive=True)
    for index in range(1, len(ordered)):
        here, other = ordered[index], ordered[index - 1]
        bound = sentence.bound.get(other.at)
        if here.at in sentence.bound or not bound:
            continue
        if (
            _linked(sentence, other, here)
            and _same_kind(other, here)
            and not _followed_by_verb(sentence, here)
        ):
            here.subset = here.subset or other.subset
            sentence.bound[here.at] = Bound(
                here, _measure_for(bound, here), "listed", bound.verb, 4, passive=bound.passive
            )


def _same_kind(one: Phrase, other: Phrase) -> bool:
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


def _linked(sentence: Sentence, left: Phrase, right: Phrase) -> bool:
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
            or unit.low in DASHES
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
            or not _linked(sentence, here, other)
            or not _same_kind(here, other)
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


def bind_elliptic(sentence: Sentence, before: Bound | None) -> None:
    """ "…; Kabul claims 58", "not the 58 cited by Kabul": what was counted just before is counted again."""
    for phrase in sentence.phrases:
        if phrase.at in sentence.bound or phrase.measure or phrase.quantity.kind != "count":
            continue
        alone = not phrase.head and _stands_alone(sentence, phrase)
        if not (alone or _gapped(sentence, phrase) or _spoken_of(sentence, phrase)):
            continue
        measure = measure_before(sentence, phrase.at) or (before.measure if before else None)
        if measure and measure not in THING_HEADS:
            sentence.bound[phrase.at] = Bound(phrase, measure, "elliptic", -1, 6)
            _follow(sentence, phrase)


def _spoken_of(sentence: Sentence, phrase: Phrase) -> bool:
    """ "18 died; Islamabad SPOKE OF over 80 militants": people who were counted before by somebody else."""
    said = sentence.low(phrase.at - 1) in ("spoke of", "speaks of", "spoken of")
    return said and phrase.head in PEOPLE_HEADS and measure_before(sentence, phrase.at) is not None


def _follow(sentence: Sentence, phrase: Phrase) -> None:
    """ "… 58 soldiers and nine of their own": what is listed after it."""
    index = sentence.phrases.index(phrase)
    for other in sentence.phrases[index + 1 : index + 3]:
        if (
            other.at in sentence.bound
            or not _linked(sentence, phrase, other)
            or not _same_kind(phrase, other)
        ):
            return
        sentence.bound[other.at] = Bound(other, sentence.bound[phrase.at].measure, "elliptic", -1, 6)


def _gapped(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Pakistan reported 23 dead, THE TALIBAN 58 soldiers": the verb is left out."""
    if phrase.head not in ("", "security", "militants", "taliban", "civilians", "people"):
        return False
    at = phrase.at - 1
    if at < 2 or not sentence.units[at].capital or sentence.units[at].quantity:
        return False
    at -= 1 if sentence.low(at - 1) != "the" else 2
    said = any(sentence.has(k, "say.verbs") for k in range(at))
    return said and sentence.low(at) in (",", ";", "and", "while", "but")


def _stands_alone(sentence: Sentence, phrase: Phrase) -> bool:
    at = phrase.at - 1
    after = phrase.at + 1
    if (
        after < len(sentence.units)
        and sentence.units[after].word
        and not sentence.has(after, "say.according", "structure.causal", "say.false")
        and sentence.low(after) not in PREPOSITIONS | LINKS
    ):
        return False
    if sentence.has(at, "say.verbs") or sentence.low(at) == "'s":
        return True
    if sentence.low(at) == "not" and sentence.has(after, "say.according"):
        return True
    figure = any(sentence.has(k, "structure.anaphor") for k in range(max(0, at - 3), at))
    return figure and sentence.low(at) in ("at", "to", "was", "is", "were", "as")
