"""What is counted: which happening each number of a sentence belongs to.

Happenings are found first, each proposes its subjects or objects; tolls follow, and then (see `joining`)
what is joined to a bound number takes its measure from it.
"""

from __future__ import annotations

from bot.news.figures.measures.amounts import bind_stocks
from bot.news.figures.measures.binding import (
    chained_before,
    object_of,
    objects,
    passive_before,
    propose,
    subjects,
)
from bot.news.figures.measures.captives import held, made
from bot.news.figures.measures.contrast import bind_told, set_apart
from bot.news.figures.measures.joining import join, mark_parts
from bot.news.figures.measures.moves import (
    BORNE,
    OF_FLOWS,
    RECEIVING,
    bind_flows,
    in_flight,
    measure_of_move,
    moves,
)
from bot.news.figures.measures.subjects import ARE, inverted, is_parenthesis, subject
from bot.news.figures.measures.tolls import bind_nouns, bind_tolls
from bot.news.figures.measures.tollwords import BODIES
from bot.news.figures.measures.wounds import BEARING, are_ill, brought, injuries, treated, with_wounds
from bot.news.figures.sentence.asides import asides, is_glued
from bot.news.figures.sentence.clause import (
    MOVES,
    PEOPLE_HEADS,
    THING_HEADS,
    TIMES,
    Bound,
    Sentence,
    before,
    fits,
    is_done,
    quantity_near,
)
from bot.news.figures.sentence.phrases import headline_nouns, phrases
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DASHES,
    DETERMINERS,
    EMPTY,
    HAVE,
    PREPOSITIONS,
    READ_BY_NOUN,
    Unit,
    forms_of,
    is_verb,
)
from bot.news.text.words import word_set

# right behind their subject
ADJACENT = frozenset(("fell", "back", "return", "cross", "surrender", "die", "flee"))
ATTACKED = (
    "things.positions",
    "things.trucks",
    "things.vehicles_equipment",
    "structure.manned",
    "people.security",
)
OF_GATE = DETERMINERS | {"border", "main", "busy", "land"}  # words before a crossing that is a place
DRIVEN = frozenset(("deported", "displaced"))
COSTS = word_set("cost costs costing")
PEOPLE = ("people.security", "people.militants", "people.taliban", "people.civilians", "people.people")
LOSERS = 4  # units that name who lost
SOUGHT = word_set(
    "for asked ask asks asking demand demands demanded demanding seek seeks sought seeking urge urged urges want wants wanted request requested "
    "discussed negotiate negotiating no without await awaiting"
)
AMBULANCES = word_set("ambulance ambulances")
NEAR = 6  # units before "the release of nine men" in which it is asked for
FALLEN = word_set(
    "ill sick unconscious short silent behind apart off through out foul asleep victim under upon from"
)


def analyse(
    units: list[Unit], said: frozenset[str], headline: bool, themes: frozenset[str] = EMPTY
) -> Sentence:
    """Find the counted nouns of a sentence and bind them."""
    sentence = Sentence(units, said, phrases(units), themes=themes)
    if headline:
        headline_nouns(sentence)
    if not sentence.phrases:
        return sentence
    sentence.aside.update(asides(units, said))
    for phrase in sentence.phrases:
        for at in range(phrase.at, max(phrase.last, phrase.at + 1)):
            sentence.owner[at] = phrase
    set_apart(sentence)
    mark_parts(sentence)
    told = [(at, unit) for at, unit in enumerate(units) if unit.tags and forms_of(unit.tags)]
    for at, unit in told:
        phrase_here = sentence.owner.get(at)
        if (
            phrase_here
            and at < phrase_here.last
            and not (phrase_here.at < at and phrase_here.measure == "" and is_verb(unit))
        ):
            continue
        if sentence.low(at + 1) in DASHES and is_glued(units, at + 1):
            continue  # "cross-border"
        if unit.low == "crossing" and (sentence.has_capital(at - 1) or sentence.low(at - 1) in OF_GATE):
            continue  # "50 km from the Torkham CROSSING"
        for measure, forms in forms_of(unit.tags).items():
            _bind_verb(sentence, at, measure, forms)
    if not sentence.said.isdisjoint(COSTS):
        _cost(sentence)
    hurt = not sentence.said.isdisjoint(BEARING)
    for phrase in sentence.phrases if hurt else ():
        if with_wounds(sentence, phrase):
            sentence.bound[phrase.at] = Bound(phrase, "wounded", "with", phrase.last, 1)
    bind_nouns(sentence)
    bind_tolls(sentence)
    if not sentence.said.isdisjoint(OF_FLOWS):
        bind_flows(sentence)
    bind_stocks(sentence)
    join(sentence)
    bind_told(sentence)
    _drop_single(sentence)
    return sentence


def _drop_single(sentence: Sentence) -> None:
    """ "A CONSTABLE died, taking the toll to 11": the eleventh, and no figure beside the toll."""
    if any(b.rule in ("toll", "total") for b in sentence.bound.values()):
        single = [b for b in sentence.bound.values() if b.phrase.quantity.kind == "article"]
        for bound in single:
            if not bound.phrase.subset:
                sentence.last_victim = sentence.bound.pop(bound.phrase.at)


# --------------------------------------------------------------------------- happenings


def _bind_verb(sentence: Sentence, at: int, measure: str, forms: frozenset[str]) -> None:
    if measure == "moved":
        _moved(sentence, at, forms)
        return
    if measure == "held":
        held(sentence, at, forms)
        return
    if measure == "lose":
        if "done" in forms or sentence.low(at + 1) == "of":
            objects(sentence, at, at + (1 if "done" in forms else 2), "killed", "lost", 4)
        if "done" in forms:
            _lost_too(sentence, at)
            if sentence.low(at) == "lost" and sentence.low(before(sentence, at)) in BE:
                subjects(sentence, at, "killed", "lost", 1, start=before(sentence, at))
        return
    if measure == "wounded" and "passive" in forms and are_ill(sentence, at):
        return
    both = measure in DRIVEN and forms_of(sentence.units[at].tags).keys() >= DRIVEN
    if both and (measure == "displaced") != in_flight(sentence):
        return  # "the war DROVE OUT 40 families", "Islamabad DROVE OUT 40 families"
    if measure == "displaced" and sentence.has(at + 1, "structure.unharmed"):
        measure = "other"  # "were EVACUATED UNHARMED"
    if measure == "abducted" and not sentence.said.isdisjoint(AMBULANCES):
        return  # "ambulances TOOK AWAY a dozen guards"
    if "done" in forms or "passive" in forms:
        _done(sentence, at, measure, "done" not in forms)
    if "present" in forms and "done" not in forms and not ("noun" in forms and sentence.low(at + 1) == "of"):
        objects(sentence, at, at + 1, measure, "active", 3)
    if "doing" in forms:
        objects(sentence, at, at + (2 if sentence.low(at + 1) == "of" else 1), measure, "doing", 3)
    if "treat" in forms:
        treated(sentence, at)
    if "brought" in forms:
        brought(sentence, at)
    if "after" in forms:
        made(sentence, at, measure)
    if "noun" in forms or "act" in forms:
        _named(sentence, at, measure, "done" in forms)
    if "self" in forms:
        _by_itself(sentence, at, measure)
    if "leave" in forms and _homes(sentence, at + 1):
        subjects(sentence, at, measure, "self", 2)
    if "suffer" in forms and injuries(sentence, at):
        subjects(sentence, at, measure, "self", 2)
    over = measure == "missing" and sentence.low(at - 1) == "been" and sentence.low(at - 2) == "had"
    if "state" in forms and "done" not in forms and not over:  # "a cook who HAD BEEN MISSING is safe"
        said = sentence.low(before(sentence, at)) in ARE
        had = next((p for p in sentence.phrases if p.tail == at), None)
        if had and measure == "captured" and sentence.low(had.at - 1) in HAVE:  # "they HAD 12 men in custody"
            propose(sentence, had, measure, "state", at, 2)
        elif said or measure != "captured":  # "a man in custody" is no news of him
            subjects(sentence, at, measure, "state", 2, adjacent=not said)


def _moved(sentence: Sentence, at: int, forms: frozenset[str]) -> None:
    """ "8,150 people CROSSED", "Torkham TOOK IN 13,900", "600 families MOVED to Asadabad", "the DEPARTURE of 40 Afghans"."""
    passive = sentence.low(before(sentence, at)) in BE and not sentence.low(at).endswith("ing")
    if "act" in forms:
        phrase = object_of(sentence, at + 1) if sentence.low(at + 1) == "of" else None
    else:
        phrase = object_of(sentence, at) if RECEIVING in forms else None
        if phrase is None and (forms != {RECEIVING} if not passive else forms & BORNE):
            phrase = subject(sentence, at, "moved", False)
    if phrase and moves(phrase):
        measure = measure_of_move(sentence, phrase, forms, at)
        propose(sentence, phrase, measure, "moved", at, 3, passive=True)


def _lost_too(sentence: Sentence, verb: int) -> None:
    """ "lost four vehicles AND SEVEN MEN", "lost his wife AND THREE DAUGHTERS"."""
    phrase = object_of(sentence, verb)
    at = phrase.tail if phrase and phrase.head in THING_HEADS else verb + 1
    while phrase is None and (
        sentence.low(at) in DETERMINERS or sentence.has(at, "people.people", "people.civilians")
    ):
        at += 1
    other = object_of(sentence, at) if at > verb + 1 and sentence.low(at) in ("and", ",") else None
    if other and other.head in PEOPLE_HEADS and fits(other, "killed"):
        propose(sentence, other, "killed", "lost", verb, 4)


def _cost(sentence: Sentence) -> None:
    """ "The raid COST THE TALIBAN nine fighters", "the raid COST nine fighters": who lost them may stand between."""
    for at in (k for k, unit in enumerate(sentence.units) if unit.low in COSTS):
        end = at + 1
        while (
            end <= at + LOSERS
            and end not in sentence.owner
            and sentence.low(end) not in PREPOSITIONS | {"", "of"}
        ):
            end += 1
        phrase = sentence.owner.get(end)
        if phrase and phrase.at == end and phrase.head in PEOPLE_HEADS and fits(phrase, "killed"):
            propose(sentence, phrase, "killed", "lost", at, 4)


def _named(sentence: Sentence, at: int, measure: str, done: bool) -> None:
    """ "41,200 were deportations", "the killing of five"."""
    after_be = sentence.low(at - 1) in BE
    if after_be and measure in MOVES:
        subjects(sentence, at, measure, "state", 2, start=at - 1, adjacent=True)
    # "the release ON FRIDAY of"
    at_of = at + 3 if sentence.low(at + 1) == "on" and sentence.low(at + 3) == "of" else at + 1
    following = sentence.low(at_of)
    if (following == "of" and not (done and after_be)) or (
        following == "to" and measure == "wounded" and not done
    ):
        rank = 1 if sentence.low(at) in BODIES else 3  # "the bodies of four soldiers RETURNED"
        if measure in ("other", *MOVES) and not SOUGHT.isdisjoint(
            sentence.low(k).partition(" ")[0] for k in range(max(0, at - NEAR), at)
        ):
            return  # "DEMANDED the release of nine men"
        objects(sentence, at, at_of + 1, measure, "noun-of", rank)


def _by_itself(sentence: Sentence, at: int, measure: str) -> None:
    """ "Five soldiers fell", "posts fell", "have still not gone home"."""
    unable = sentence.low(at - 2) == "unable"
    if measure == "returned" and _is_not(sentence, at):
        measure = "other" if unable else "displaced"  # those who crossed for a day are not displaced
    if sentence.low(at).endswith(("fell", "fallen")) and (
        sentence.low(at + 1) in FALLEN or _fell_on(sentence, at + 1)
    ):
        return
    if measure == "killed" and sentence.low(at).endswith(("fell", "fallen")):
        opens = before(sentence, at)
        passed = sentence.low(opens) == "," and is_parenthesis(sentence, opens)
        phrase = subject(sentence, at, measure, not passed)
        if phrase is None or phrase.head not in ("", *PEOPLE_HEADS):
            return  # "four quarrelsome ones fell"
    if measure == "other" and (kin := subject(sentence, at, measure, False)) and kin.quantity.owner:
        return  # "THEIR two sons lost their jobs": one family's lot
    adjacent = measure != "overrun" and not unable and sentence.low(at) in ADJACENT
    subjects(sentence, at, measure, "self", 2, adjacent=adjacent)


def _fell_on(sentence: Sentence, at: int) -> bool:
    """ "50 militants fell ON THE POST": they attacked it."""
    near = range(at + 1, at + 4)
    return sentence.low(at) == "on" and any(sentence.has(k, *ATTACKED) for k in near)


def _homes(sentence: Sentence, at: int) -> bool:
    """ "left THEIR HAMLETS", "abandoned the border villages"."""
    near = any(sentence.has(k, "displaced.dwellings") for k in (at + 1, at + 2))
    return near and sentence.low(at) in DETERMINERS


def _is_not(sentence: Sentence, at: int) -> bool:
    """ "have NOT returned", "are YET TO return"."""
    near = [sentence.low(k) for k in range(max(0, at - 4), at)]
    return bool({"not", "n't", "cannot", "unable"} & set(near)) or near[-2:] == ["yet", "to"]


def _done(sentence: Sentence, at: int, measure: str, only_passive: bool) -> None:
    """ "killed": passive after be, active after have or before its object, else a headline's passive."""
    opens = at == 0 or sentence.low(at - 1) in DASHES or sentence.low(at - 1) == ":"
    number = inverted(sentence, at) if opens else None
    if number and fits(number, measure):
        propose(sentence, number, measure, "passive", at, 1, passive=True)
        return
    back = before(sentence, at)
    chained = chained_before(sentence, back)
    if chained in sentence.aside and sentence.units[sentence.aside[chained]].low != "(":
        chained = before(sentence, sentence.aside[chained])  # "Nine, NOT 11, killed"
    if sentence.low(chained) in ARE and sentence.low(chained) != "'s":
        subjects(sentence, at, measure, "passive", 1, start=chained)
        return
    if sentence.low(chained) == "and" and (was := passive_before(sentence, chained)) >= 0:
        if not quantity_near(sentence, at + 1):
            subjects(sentence, at, measure, "passive", 1, start=was)
        return
    if only_passive:
        return
    if sentence.low(back) in HAVE:
        objects(sentence, at, at + 1, measure, "active", 2)
        return
    subject = _ends_phrase(sentence, chained)
    if quantity_near(sentence, at + 1) and not (subject and _has_own_predicate(sentence, at + 1)):
        objects(sentence, at, at + 1, measure, "active", 2)
        return
    if subject:
        if measure == "hit" and _has_object(sentence, at + 1):
            return  # "two jets STRUCK THE VALLEY"
        if sentence.low(at - 1) == "," and sentence.has(at + 1, *PEOPLE):
            return  # "three soldiers martyred, CAPTURED ASSAILANT Afghan"
        subjects(sentence, at, measure, "reduced", 2, start=chained + 1, adjacent=True)
        return
    if measure not in READ_BY_NOUN and sentence.low(chained) == "," and is_parenthesis(sentence, chained):
        subjects(sentence, at, measure, "reduced", 2)  # "13 villagers, including two children, KILLED"
        return
    if measure not in ("hit", "traffic", "flight") or sentence.low(at + 1) == "what":
        objects(sentence, at, at + 1, measure, "active", 4)


def _ends_phrase(sentence: Sentence, at: int) -> bool:
    return any(p.last - 1 <= at <= p.tail - 1 or p.at == at for p in sentence.phrases if p.at <= at)


def _has_object(sentence: Sentence, at: int) -> bool:
    """Whether a name or a noun with its article stands right behind a verb: what was hit, by those before it."""
    while sentence.low(at) in ADVERBS and sentence.low(at) not in TIMES:
        at += 1
    named = sentence.has_capital(at) and sentence.units[at].word and not sentence.has(at, "kind.month")
    named = named and sentence.low(at) not in TIMES
    return named or (sentence.low(at) in DETERMINERS and sentence.low(at + 1) not in TIMES)


def _has_own_predicate(sentence: Sentence, at: int) -> bool:
    """ "11 wounded" in "4 killed 11 wounded": the next number has its own happening."""
    while at not in sentence.owner and at < len(sentence.units) - 1 and sentence.units[at].quantity is None:
        at += 1
    phrase = sentence.owner.get(at)
    return bool(phrase and (phrase.measure or is_done(sentence, phrase.last)))
