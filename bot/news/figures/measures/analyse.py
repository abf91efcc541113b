"""What is counted: which happening each number of a sentence belongs to.

Happenings are found first, each proposes its subjects or objects; tolls follow, and then (see `joining`)
what is joined to a bound number takes its measure from it.
"""

from __future__ import annotations

from bot.news.figures.measures.amounts import bind_stocks
from bot.news.figures.measures.binding import (
    chained_before,
    ends_phrase,
    object_of,
    objects,
    passive_before,
    propose,
    subjects,
)
from bot.news.figures.measures.captives import SITTING, held, kept, made
from bot.news.figures.measures.contrast import bind_told, set_apart
from bot.news.figures.measures.joining import join, mark_parts
from bot.news.figures.measures.losing import TAKING, cost, lost
from bot.news.figures.measures.moves import (
    BORNE,
    OF_FLOWS,
    RECEIVING,
    bind_flows,
    in_flight,
    measure_of_move,
    moves,
)
from bot.news.figures.measures.nominal import behind_place, named
from bot.news.figures.measures.subjects import ARE, inverted, is_parenthesis, subject
from bot.news.figures.measures.tolls import are_lost, bind_nouns, bind_tolls
from bot.news.figures.measures.wounds import BEARING, are_ill, brought, injuries, treated, with_wounds
from bot.news.figures.sentence.asides import asides, is_glued
from bot.news.figures.sentence.clause import (
    PEOPLE_HEADS,
    TIMES,
    Bound,
    Sentence,
    before,
    fits,
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
PEOPLE = ("people.security", "people.militants", "people.taliban", "people.civilians", "people.people")
UNREAL = word_set("not n't be")
UNDONE = frozenset(("other", "captured", "abducted"))
LOOKING = ("looking", "search")
RESCUE = word_set("rescuers rescue rubble debris divers villagers") | {"rescue workers"}
AMBULANCES = word_set("ambulance ambulances")
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
    if not sentence.said.isdisjoint(TAKING):
        cost(sentence)
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
    if (measure == "displaced" or "leaving" in forms) and "things.positions" in sentence.said:
        behind = at + 1 + (sentence.low(at + 1) in ("of", "from"))  # "Troops FLED three posts"
        objects(sentence, at, behind, "hit", "active", 4)
    if measure == "moved":
        _moved(sentence, at, forms)
        return
    if measure == "held":
        held(sentence, at, forms)
        return
    if measure == "lose":
        lost(sentence, at, forms)
        return
    if _tells_nothing(sentence, at, measure, forms):
        return
    if measure == "displaced" and sentence.has(at + 1, "structure.unharmed"):
        measure = "other"  # "were EVACUATED UNHARMED"
    if "done" in forms or "passive" in forms:
        _done(sentence, at, measure, "done" not in forms)
    if "present" in forms and not (
        "done" in forms or ("noun" in forms and sentence.low(behind_place(sentence, at + 1)) == "of")
    ):
        objects(sentence, at, at + 1, measure, "active", 3)
    if "doing" in forms and (measure != "missing" or object_of(sentence, at) is not None):
        objects(sentence, at, at + (2 if sentence.low(at + 1) == "of" else 1), measure, "doing", 3)
    if "treat" in forms:
        treated(sentence, at)
    if "brought" in forms:
        brought(sentence, at)
    if "place" in forms:
        kept(sentence, at)
    if "after" in forms:
        made(sentence, at, measure)
    if "noun" in forms or "act" in forms:
        named(sentence, at, measure, "done" in forms)
    if "self" in forms:
        _by_itself(sentence, at, measure)
    if "leave" in forms and _homes(sentence, at + 1):
        subjects(sentence, at, measure, "self", 2)
    if "suffer" in forms and injuries(sentence, at):
        subjects(sentence, at, measure, "self", 2)
    over = measure == "missing" and sentence.low(at - 1) == "been" and sentence.low(at - 2) == "had"
    if "state" in forms and "done" not in forms and not over:  # "a cook who HAD BEEN MISSING is safe"
        opens = before(sentence, at)
        opens = chained_before(sentence, opens) if measure in ("killed", "wounded") else opens
        said = sentence.low(opens) in ARE | SITTING
        if said or (
            measure != "captured" and sentence.low(at - 1) != "the"
        ):  # "a man in custody" is no news of him
            subjects(sentence, at, measure, "state", 2, start=opens if said else at, adjacent=not said)


def _tells_nothing(sentence: Sentence, at: int, measure: str, forms: frozenset[str]) -> bool:
    """Whether what a word tells elsewhere did not happen here, or is told by its other list."""
    if measure == "wounded":
        return "passive" in forms and are_ill(sentence, at)
    if measure == "missing":  # police are LOOKING FOR two suspects
        return sentence.low(at).startswith(LOOKING) and sentence.said.isdisjoint(RESCUE)
    if measure == "abducted":  # "ambulances TOOK AWAY a dozen guards"
        return not sentence.said.isdisjoint(AMBULANCES)
    if measure in DRIVEN and forms_of(sentence.units[at].tags).keys() >= DRIVEN:
        # "the war DROVE OUT 40 families", "Islamabad DROVE OUT 40 families"
        return (measure == "displaced") != in_flight(sentence)
    return sentence.low(at) == "lives" and not are_lost(sentence)


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
    opens = at == 0 or sentence.low(at - 1) in DASHES or sentence.low(at - 1) in (":", "also")
    number = inverted(sentence, at) if opens else None
    if number and fits(number, measure):
        propose(sentence, number, measure, "passive", at, 1, passive=True)
        return
    back = before(sentence, at)
    chained = chained_before(sentence, back)
    if chained in sentence.aside and sentence.units[sentence.aside[chained]].low != "(":
        chained = before(sentence, sentence.aside[chained])  # "Nine, NOT 11, killed"
    if sentence.low(chained) in ARE and sentence.low(chained) != "'s":
        if measure in UNDONE and any(sentence.low(k) in UNREAL for k in range(chained, at)):
            return  # "14 prisoners were NOT released", "insists that nine men BE freed"
        subjects(sentence, at, measure, "passive", 1, start=chained)
        return
    if sentence.low(chained) == "and" and (was := passive_before(sentence, chained)) >= 0:
        if not quantity_near(sentence, at + 1):
            subjects(sentence, at, measure, "passive", 1, start=was)
        return
    subject = ends_phrase(sentence, chained)
    if only_passive and (measure != "wounded" or not subject or quantity_near(sentence, at + 1)):
        return  # but "Nine TAKEN TO HOSPITAL after blast"
    if sentence.low(back) in HAVE:
        objects(sentence, at, at + 1, measure, "active", 2)
        return
    if quantity_near(sentence, at + 1) and not (subject and _has_own_predicate(sentence, at + 1)):
        objects(sentence, at, at + 1, measure, "active", 2)
        return
    if subject:
        if _has_object(sentence, at + 1):
            return  # "two jets STRUCK THE VALLEY", "four gunmen KILLED VILLAGERS"
        if sentence.low(at - 1) == "," and sentence.has(at + 1, *PEOPLE):
            return  # "three soldiers martyred, CAPTURED ASSAILANT Afghan"
        subjects(sentence, at, measure, "reduced", 2, start=chained + 1, adjacent=True)
        return
    if measure not in READ_BY_NOUN and sentence.low(chained) == "," and is_parenthesis(sentence, chained):
        subjects(sentence, at, measure, "reduced", 2)  # "13 villagers, including two children, KILLED"
        return
    if measure not in ("hit", "traffic", "flight") or sentence.low(at + 1) == "what":
        objects(sentence, at, at + 1, measure, "active", 4)


def _has_object(sentence: Sentence, at: int) -> bool:
    """Whether a name, people or a noun with its article stand right behind a verb: what those before it hit or killed."""
    while sentence.low(at) in ADVERBS and sentence.low(at) not in TIMES:
        at += 1
    if sentence.low(at) in DETERMINERS:
        return not TIMES & {sentence.low(at + 1), sentence.low(at + 2)}
    unit = sentence.units[at] if at < len(sentence.units) else None
    if unit is None or not unit.word or unit.low in TIMES or unit.low in PREPOSITIONS:
        return False
    named = unit.capital and not unit.has("kind.month", "structure.causal")
    return named or unit.within("people") not in ("", "refused")


def _has_own_predicate(sentence: Sentence, at: int) -> bool:
    """ "11 wounded" in "4 killed 11 wounded": the next number has its own happening."""
    phrase = sentence.owner.get(at)
    return phrase is not None and phrase.measure != ""
