"""What is counted: which happening each number of a sentence belongs to.

Happenings are found first, each proposes its subjects or objects; tolls follow, and then (see `joining`)
what is joined to a bound number takes its measure from it.
"""

from __future__ import annotations

from bot.news.figures.amounts import bind_stocks
from bot.news.figures.asides import asides, is_glued
from bot.news.figures.clause import (
    LINKS,
    NAMED,
    PEOPLE_HEADS,
    RIGHT,
    THING_HEADS,
    Bound,
    Sentence,
    before,
    fits,
    is_done,
    measured,
    quantity_near,
    stops,
)
from bot.news.figures.joining import join
from bot.news.figures.moves import OF_FLOWS, RECEIVING, bind_flows, measure_of_move, moves
from bot.news.figures.nouns import Phrase
from bot.news.figures.phrases import headline_nouns, phrases
from bot.news.figures.subjects import STAY, subject
from bot.news.figures.tolls import bind_nouns, bind_tolls
from bot.news.figures.units import (
    ADVERBS,
    BE,
    DASHES,
    DETERMINERS,
    EMPTY,
    HAVE,
    PREPOSITIONS,
    Unit,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.text import word_set

COUNTED_MOVES = frozenset(("returned", "deported"))
HOLDING = word_set(
    "in at near from after over during since for on across by"
)  # "holds four men OVER the blast"
KEEPING = word_set(
    "in near from during after on"
)  # "took six men IN the raid", not "took six men TO hospital"
BLAMED = word_set("responsible accountable guilty")
HOLDER = 12  # units before a verb in which those who hold somebody are named
MAKING = word_set(
    "took taken take takes taking led lead leads leading sent send sends sending put puts putting held hold holds holding "
    "shot shoot shoots shooting beat beats beating burned burnt burning hacked stabbed dispatched marched dragged carried "
    "carrying kept keep keeping brought bringing threw thrown locked locking captured capturing caught catching"
)
VILLAGERS = word_set("villagers residents women children men inhabitants students pilgrims patients")
ADJACENT = frozenset(
    ("fell", "back", "return", "cross", "surrender", "die", "flee")
)  # right behind their subject
BEARING = word_set("with suffering nursing bearing")  # wounds
REACH = 8  # units in which those who are counted may be said to bear wounds
PARTICLES = word_set("away up down off out over back apart")
FALLEN = word_set(
    "ill sick unconscious short silent behind apart off through out foul asleep victim under upon from"
)


def analyse(units: list[Unit], headline: bool, themes: frozenset[str] = EMPTY) -> Sentence:
    """Find the counted nouns of a sentence and bind them."""
    sentence = Sentence(units, phrases(units), aside=asides(units), themes=themes)
    if headline:
        headline_nouns(sentence)
    if not sentence.phrases:
        return sentence
    for phrase in sentence.phrases:
        for at in range(phrase.at, max(phrase.last, phrase.at + 1)):
            sentence.owner[at] = phrase
    for at, unit in enumerate(units):
        if not unit.tags:
            continue
        phrase_here = sentence.owner.get(at)
        if (
            phrase_here
            and at < phrase_here.last
            and not (phrase_here.at < at and phrase_here.measure == "" and is_verb(unit))
        ):
            continue
        if sentence.low(at + 1) in DASHES and is_glued(units, at + 1):
            continue  # "cross-border"
        for measure, forms in verb_forms(unit).items():
            _bind_verb(sentence, at, measure, forms)
    hurt = not sentence.said.isdisjoint(BEARING)
    for phrase in sentence.phrases if hurt else ():
        if _with_wounds(sentence, phrase):
            sentence.bound[phrase.at] = Bound(phrase, "wounded", "with", phrase.last, 1)
    bind_nouns(sentence)
    bind_tolls(sentence)
    if not sentence.said.isdisjoint(OF_FLOWS):
        bind_flows(sentence)
    bind_stocks(sentence)
    join(sentence)
    _drop_single(sentence)
    return sentence


def _drop_single(sentence: Sentence) -> None:
    """ "A CONSTABLE died, taking the toll to 11": the eleventh, and no figure beside the toll."""
    if any(b.rule in ("toll", "total") for b in sentence.bound.values()):
        single = [b.phrase for b in sentence.bound.values() if b.phrase.quantity.kind == "article"]
        for phrase in single:
            if not phrase.subset:
                del sentence.bound[phrase.at]


# --------------------------------------------------------------------------- happenings


def _bind_verb(sentence: Sentence, at: int, measure: str, forms: frozenset[str]) -> None:
    if measure == "moved":
        _moved(sentence, at, forms)
        return
    if measure == "held":
        _held(sentence, at, forms)
        return
    if measure == "lose":
        if "done" in forms or sentence.low(at + 1) == "of":
            _objects(sentence, at, at + (1 if "done" in forms else 2), "killed", "lost", 4)
        return
    if "done" in forms or "passive" in forms:
        _done(sentence, at, measure, "done" not in forms)
    if "present" in forms and "done" not in forms:
        _objects(sentence, at, at + 1, measure, "active", 3)
    if "doing" in forms:
        _objects(sentence, at, at + (2 if sentence.low(at + 1) == "of" else 1), measure, "doing", 3)
    if "treat" in forms:
        _treated(sentence, at)
    if "brought" in forms:
        _brought(sentence, at)
    if "after" in forms:
        _made(sentence, at, measure)
    if "noun" in forms:
        _named(sentence, at, measure, "done" in forms)
    if "self" in forms:
        _by_itself(sentence, at, measure)
    if "leave" in forms and _homes(sentence, at + 1):
        _subjects(sentence, at, measure, "self", 2)
    if "suffer" in forms and _injuries(sentence, at):
        _subjects(sentence, at, measure, "self", 2)
    if "state" in forms and "done" not in forms:
        said = sentence.low(before(sentence, at)) in BE | STAY
        if said or measure != "captured":  # "a man in custody" is no news of him
            _subjects(sentence, at, measure, "state", 2, adjacent=not said)


def _moved(sentence: Sentence, at: int, forms: frozenset[str]) -> None:
    """ "8,150 people CROSSED", "Torkham TOOK IN 13,900", "600 families MOVED to Asadabad"."""
    if forms == {RECEIVING}:
        first = at + 1
        while sentence.low(first) in ADVERBS or sentence.low(first) in DETERMINERS:
            first += 1
        phrase = sentence.owner.get(first)
        phrase = phrase if phrase and phrase.at == first else None
    else:
        phrase = subject(sentence, at, "moved", False)
    if phrase and moves(phrase):
        _propose(sentence, phrase, measure_of_move(sentence, phrase, forms), "moved", at, 3, passive=True)


def _named(sentence: Sentence, at: int, measure: str, done: bool) -> None:
    """ "41,200 were deportations", "the killing of five"."""
    after_be = sentence.low(at - 1) in BE
    if after_be and measure in COUNTED_MOVES:
        _subjects(sentence, at, measure, "state", 2, start=at - 1, adjacent=True)
    following = sentence.low(at + 1)
    if (following == "of" and not (done and after_be)) or (
        following == "to" and measure == "wounded" and not done
    ):
        _objects(sentence, at, at + 2, measure, "noun-of", 3)


def _by_itself(sentence: Sentence, at: int, measure: str) -> None:
    """ "Five soldiers fell", "posts fell", "have still not gone home"."""
    if measure == "returned" and _is_not(sentence, at):
        measure = "displaced"
    if sentence.low(at) == "fell" and sentence.low(at + 1) in FALLEN:
        return
    if measure == "killed" and sentence.low(at).endswith(("fell", "fallen")):
        phrase = subject(sentence, at, measure, True)
        if phrase is None or phrase.head not in ("", *PEOPLE_HEADS):
            return  # "four quarrelsome ones fell"
    adjacent = measure != "overrun" and sentence.low(at) in ADJACENT
    _subjects(sentence, at, measure, "self", 2, adjacent=adjacent)


def _homes(sentence: Sentence, at: int) -> bool:
    """ "left THEIR HAMLETS", "abandoned the border villages"."""
    near = any(sentence.has(k, "displaced.dwellings") for k in (at + 1, at + 2))
    return near and sentence.low(at) in DETERMINERS


def _is_not(sentence: Sentence, at: int) -> bool:
    """ "have NOT returned", "are YET TO return"."""
    near = [sentence.low(k) for k in range(max(0, at - 4), at)]
    return bool({"not", "n't", "cannot"} & set(near)) or near[-2:] == ["yet", "to"]


def _object(sentence: Sentence, verb: int) -> Phrase | None:
    """The number right behind a verb."""
    at = verb + 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in DETERMINERS:
        at += 1
    phrase = sentence.owner.get(at)
    return phrase if phrase and phrase.at == at else None


def _held(sentence: Sentence, at: int, forms: frozenset[str]) -> None:
    """ "HOLD two posts", "SEIZED two brothers", "had TAKEN six men": who is held by a gang is abducted."""
    phrase = _object(sentence, at)
    if "doing" not in forms and sentence.low(before(sentence, at)) in BE:
        return
    while phrase is not None:
        if phrase.head == "positions" and forms & {"present", "doing"}:
            _propose(sentence, phrase, "positions", "active", at, 3)
        elif phrase.head in PEOPLE_HEADS and fits(phrase, "held") and _is_kept(sentence, at, phrase):
            _propose(sentence, phrase, _holder(sentence, at), "active", at, 3)
        linked = sentence.low(phrase.tail) in ("and", ",")
        phrase = _object(sentence, phrase.tail) if linked and fits(phrase, "held") else None


def _is_kept(sentence: Sentence, verb: int, phrase: Phrase) -> bool:
    """ "took six men in the raid", not "took six men to hospital" nor "holds six men responsible"."""
    after = sentence.low(phrase.tail)
    keeping = KEEPING if sentence.low(verb).startswith("t") else HOLDING
    moved_on = after in PREPOSITIONS - keeping or after in BLAMED
    return phrase.quantity.kind in ("count", "implicit") and not moved_on


def _holder(sentence: Sentence, verb: int) -> str:
    """Whether those who hold somebody are a gang or an army."""
    for at in range(verb - 1, max(-1, verb - HOLDER), -1):
        if sentence.has(at, "people.militants"):
            return "abducted"
        if sentence.has(at, "people.security", "people.taliban"):
            break
    return "captured"


def _brought(sentence: Sentence, at: int) -> None:
    """ "Eleven others were BROUGHT to the hospital in Urgun", "ambulances TOOK nine people to clinics"."""
    if "wounded.hospitals" not in sentence.said:
        return
    last = at + 1
    while last < min(len(sentence.units), at + REACH) and sentence.low(last) not in (
        ",",
        ";",
        "and",
        "where",
    ):
        if sentence.has(last, "wounded.hospitals"):
            break
        last += 1
    else:
        return
    chained = _chained(sentence, before(sentence, at))
    if sentence.low(chained) in BE:
        _subjects(sentence, at, "wounded", "passive", 1, start=chained)
        return
    phrase = _object(sentence, at)
    if phrase and phrase.tail < last and fits(phrase, "wounded"):
        _propose(sentence, phrase, "wounded", "active", at, 2)


def _treated(sentence: Sentence, at: int) -> None:
    """ "Doctors TREATED 17 people", for wounds and not for fever."""
    phrase = _object(sentence, at)
    if phrase is None or not fits(phrase, "wounded") or phrase.head not in PEOPLE_HEADS:
        return
    if phrase.noun == "patients":
        return
    reason = sentence.low(phrase.tail) == "for"
    if not reason or _injuries(sentence, phrase.tail):
        _propose(sentence, phrase, "wounded", "active", at, 2)


def _made(sentence: Sentence, at: int, measure: str) -> None:
    """ "took five others ALIVE", "sent nine khwarij TO HELL", "shot two men DEAD": the word behind the object tells."""
    phrase = next((p for p in sentence.phrases if at in (p.last, p.tail)), None)
    if phrase is None or not fits(phrase, measure):
        return
    verb = phrase.at - 1
    while sentence.low(verb) in ADVERBS or sentence.low(verb) in DETERMINERS:
        verb -= 1
    if sentence.low(verb) in MAKING:
        _propose(sentence, phrase, measure, "active", verb, 1)


def _with_wounds(sentence: Sentence, phrase: Phrase) -> bool:
    """ "40 patients WITH BLAST INJURIES", "15 were evacuated WITH BURNS"."""
    if not fits(phrase, "wounded") or phrase.quantity.kind == "zero":
        return False
    known = sentence.bound.get(phrase.at)
    if known and known.measure not in ("other", "wounded", "displaced"):
        return False
    for at in range(phrase.tail, min(len(sentence.units), phrase.tail + REACH)):
        if sentence.low(at) in BEARING:
            return _injuries(sentence, at)
        if sentence.low(at) in ("and", ",", ";", ":") or sentence.units[at].quantity:
            return False
    return False


def _injuries(sentence: Sentence, at: int) -> bool:
    """ "sustained SPLINTER INJURIES": the words between are no number."""
    for unit in sentence.units[at + 1 : at + 4]:
        if unit.quantity or not unit.word:
            return False
        if unit.has("wounded.noun", "wounded.hurts"):
            return True
    return False


def _done(sentence: Sentence, at: int, measure: str, only_passive: bool) -> None:
    """ "killed": passive after be, active after have or before its object, else a headline's passive."""
    back = before(sentence, at)
    chained = _chained(sentence, back)
    if sentence.low(chained) in BE | STAY and sentence.low(chained) != "'s":
        _subjects(sentence, at, measure, "passive", 1, start=chained)
        return
    if only_passive:
        return
    if sentence.low(back) in HAVE:
        _objects(sentence, at, at + 1, measure, "active", 2)
        return
    subject = _ends_phrase(sentence, chained)
    if quantity_near(sentence, at + 1) and not (subject and _has_own_predicate(sentence, at + 1)):
        _objects(sentence, at, at + 1, measure, "active", 2)
        return
    if subject:
        _subjects(sentence, at, measure, "reduced", 2, start=chained + 1, adjacent=True)
        return
    if measure not in ("hit", "traffic", "flight"):
        _objects(sentence, at, at + 1, measure, "active", 4)


def _chained(sentence: Sentence, at: int) -> int:
    """Where the words end before "killed OR WOUNDED", before "(were) hit AND KILLED"."""
    known = at
    while known >= 0 and sentence.low(known) in LINKS and is_done(sentence, known - 1):
        known = before(sentence, known - 1)
    other = known
    while other >= 0 and sentence.low(other) in LINKS and _is_participle(sentence, other - 1):
        other = before(sentence, other - 1 - (sentence.low(other - 1) in PARTICLES))
    return other if sentence.low(other) in BE | STAY else known


def _is_participle(sentence: Sentence, at: int) -> bool:
    """A verb that "were" may stand before: "hit", "ambushed", "taken away"."""
    at -= sentence.low(at) in PARTICLES
    unit = sentence.units[at] if 0 < at < len(sentence.units) else None
    return unit is not None and sentence.owner.get(at) is None and (is_verb(unit) or looks_finite(unit))


def _ends_phrase(sentence: Sentence, at: int) -> bool:
    return any(p.last - 1 <= at <= p.tail - 1 or p.at == at for p in sentence.phrases if p.at <= at)


def _has_own_predicate(sentence: Sentence, at: int) -> bool:
    """ "11 wounded" in "4 killed 11 wounded": the next number has its own happening."""
    while at not in sentence.owner and at < len(sentence.units) - 1 and sentence.units[at].quantity is None:
        at += 1
    phrase = sentence.owner.get(at)
    return bool(phrase and (phrase.measure or is_done(sentence, phrase.last)))


def _subjects(
    sentence: Sentence,
    at: int,
    measure: str,
    rule: str,
    rank: int,
    start: int | None = None,
    adjacent: bool = False,
) -> None:
    """Bind the number whose noun stands before a happening, and what is listed with it."""
    phrase = subject(sentence, at if start is None else start, measure, adjacent)
    if phrase is None:
        return
    if measure == "killed" and rule == "self" and (phrase.partitive or phrase.measure == "wounded"):
        rank = 0 if phrase.partitive else 1  # "two of those injured DIED", "nine injured in the blast DIED"
    if sentence.low(at) == "fell" and sentence.low(phrase.at - 1) == "of which":
        return  # raids, not people
    known = sentence.bound.get(phrase.at)
    if known and known.rule == "reduced" and known.verb < at and rule != "reduced":
        rank = min(rank, 1)  # "two men wounded on Friday DIED"
    if known and known.verb < at and sentence.low(phrase.tail) in ("who", "that"):
        rank = 0  # "two who had been wounded DIED": more than what is said of them by the way
    _propose(sentence, phrase, measure, rule, at, rank, passive=True)


def _objects(sentence: Sentence, verb: int, at: int, measure: str, rule: str, rank: int) -> None:
    """Bind the number that follows a happening."""
    if sentence.low(at) == "of" and rule in ("active", "doing"):
        at += 1
    if sentence.low(at) in LINKS and _same_form(sentence, verb, at + 1):
        at += 2  # "killing and wounding dozens"
    steps = 0
    while at < len(sentence.units) and steps < RIGHT:
        phrase = sentence.owner.get(at)
        unit = sentence.units[at]
        if phrase and phrase.at == at:
            people = phrase.head in PEOPLE_HEADS or bool(phrase.quantity.owner)  # "lost four of its own"
            if measure == "killed" and rule == "lost" and not people:
                return
            if (
                phrase.measure
                and phrase.measure not in (measure, "wounded", "displaced")
                and measure != "hit"
            ):
                return
            if fits(phrase, measure):
                _propose(sentence, phrase, measure, rule, verb, rank if steps < 2 else rank + 1)
            return
        low = unit.low
        if low == "that":
            return
        if low in DETERMINERS or low in ADVERBS or (low in LINKS and steps and low != ","):
            at += 1
            steps += 1
            continue
        if low in ("some", "up", "as") or (
            unit.word
            and not stops(sentence, at)
            and low not in PREPOSITIONS
            and not unit.quantity
            and rule not in ("lost",)
        ):
            at += 1
            steps += 1
            continue
        if low == "," and steps and sentence.owner.get(at + 1) and sentence.owner[at + 1].at == at + 1:
            at += 1
            continue
        return


def _same_form(sentence: Sentence, one: int, other: int) -> bool:
    """ "killing and wounding", "killed or injured": two happenings with one object."""
    if other >= len(sentence.units):
        return False
    first, second = verb_forms(sentence.units[one]), verb_forms(sentence.units[other])
    shared = {f for forms in first.values() for f in forms} & {f for forms in second.values() for f in forms}
    return bool(shared & {"done", "doing", "present"} and first.keys() ^ second.keys())


def _propose(
    sentence: Sentence, phrase: Phrase, measure: str, rule: str, verb: int, rank: int, passive: bool = False
) -> None:
    name = measured(phrase, measure, "traffic" in verb_forms(sentence.units[verb]))
    if name not in NAMED or (name == "returned" and _to_work(sentence, phrase)):
        return
    known = sentence.bound.get(phrase.at)
    if known and known.rank <= rank:
        _second(sentence, known, name, verb, passive)
        return
    bound = Bound(phrase, NAMED[name], rule, verb, rank, passive)
    if known:
        _second(sentence, bound, known.measure, known.verb, known.passive)
    sentence.bound[phrase.at] = bound


def _to_work(sentence: Sentence, phrase: Phrase) -> bool:
    """ "Ten of the labourers returned": people with a trade go home every day."""
    trade = phrase.head == "civilians" and phrase.noun not in VILLAGERS
    return trade and "returned" not in sentence.themes


def _second(sentence: Sentence, bound: Bound, name: str, verb: int, passive: bool) -> None:
    """A second happening for the same number: "killed or wounded" is one sum, "abducted, killed" are two facts."""
    if (
        bound.measure == name
        or abs(bound.verb - verb) != 2
        or sentence.low((bound.verb + verb) // 2) not in LINKS
    ):
        return
    if {bound.measure, name} == {"killed", "wounded"}:
        bound.measure = "casualties"
    elif name not in THING_HEADS and name != "other" and passive == bound.passive:
        bound.also.append(NAMED[name])
