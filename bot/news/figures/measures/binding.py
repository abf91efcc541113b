"""How a happening takes the number before it as its subject, the one behind it as its object."""

from __future__ import annotations

from bot.news.figures.measures.moves import are_afghans
from bot.news.figures.measures.subjects import ARE, subject
from bot.news.figures.measures.takers import taken
from bot.news.figures.sentence.clause import (
    HELD,
    LINKS,
    MOVES,
    NAMED,
    PEOPLE_HEADS,
    RIGHT,
    THING_HEADS,
    Bound,
    Sentence,
    before,
    fits,
    is_done,
    is_spared,
    measured,
    stops,
)
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import (
    ADVERBS,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    before_adverbs,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.text.words import word_set

VILLAGERS = word_set("villagers residents women children men inhabitants students pilgrims patients")

STAFF = word_set(
    "workers worker staff employees labourers laborers drivers customers students pupils teachers"
)
VIOLENCE = frozenset(
    ("structure.violence", "structure.strike", "structure.fighting", "killed.done", "killed.self")
)

CALLING = word_set("called calls termed terms describes") | {"described as", "describes as"}
MANY, ORDERED = 1_000, 10  # people of a plan, and units between who is told and "to go"
CHAIN = 9  # units of "were rounded up in Karachi last week"
CLAUSE_ENDS = frozenset((",", ";", ":", "that", "who", "which", "but", "and"))
CALLED = 6  # units of "what the army's spokesman called"
ONE_FATE = frozenset(("killed", "wounded", "captured", "abducted", "missing"))
SENT = word_set("sent send sends sending") | {"sent home", "send home", "sends home", "sending home"}
TAKEN = frozenset(("captured", "abducted"))
PARTICIPLES = word_set("caught held fled")
GATES = word_set("border frontier crossing gate")
PARTICLES = word_set("away up down off out over back apart")
COUNTED = word_set("count counts counted record records recorded list lists listed log logs logged tallied")
ASSAILED = word_set("stormed storming attacked attack attacks attacking raided raids raiding")
MANNED = ("post", "posts", "outpost", "outposts", "checkpost", "checkposts", "checkpoint", "checkpoints")
STRUCK = word_set("hit hits struck strikes")
FIGHTERS = word_set("militants security taliban")
FUGITIVES = word_set(
    "inmates prisoners detainees smugglers robbers suspects thieves culprits accused bandits kidnappers convicts"
)
ATTENDING = word_set("of for with between among by")  # between what is held and its people


def subjects(
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
    if sentence.low(at) == "held" and rule == "passive" and sentence.low(phrase.at - 1) in ATTENDING:
        return  # "the funeral OF FIVE SOLDIERS was HELD", "talks WITH 20 ELDERS were HELD"
    known = sentence.bound.get(phrase.at)
    if (
        known
        and known.rule in ("active", "doing")
        and known.verb < phrase.at
        and sentence.low(phrase.tail) == ","
    ):
        return  # "those behind the raid, which killed TWO MEN, be arrested": they have had their verb
    freed = known and known.measure == "other" and known.verb < phrase.at and measure in ("captured", "held")
    if freed and sentence.low(phrase.tail) in ("who", "that"):
        return  # "the release of six men WHO HAD BEEN HELD since May"
    if known and known.rule == "reduced" and known.verb < at and rule != "reduced":
        rank = min(rank, 1)  # "two men wounded on Friday DIED"
    if known and known.verb < at and sentence.low(phrase.tail) in ("who", "that"):
        rank = 0  # "two who had been wounded DIED": more than what is said of them by the way
    propose(sentence, phrase, measure, rule, at, rank, passive=True)


def objects(sentence: Sentence, verb: int, at: int, measure: str, rule: str, rank: int) -> None:
    """Bind the number that follows a happening."""
    if sentence.low(at) == "of" and rule in ("active", "doing"):
        at += 1
    if sentence.low(at) in LINKS and _same_form(sentence, verb, at + 1):
        at += 2  # "killing and wounding dozens"
    noun = sentence.low(verb - 1) == "the"  # "more than half of THE WOUNDED, it said, …"
    steps = 0
    while 0 <= at < len(sentence.units) and steps < RIGHT:
        phrase, low = sentence.owner.get(at), sentence.low(at)
        if phrase and phrase.at == at:
            if _takes(sentence, phrase, measure, rule):
                propose(sentence, phrase, measure, rule, verb, rank if steps < 2 else rank + 1)
            return
        if low == "," and rule == "active" and not noun and (past := _behind_aside(sentence, at)):
            at = past  # "strikes that killed, HE SAID, three farmers"
        elif low == "what":  # "struck WHAT THE ARMY CALLED ten hideouts"
            at = next((k + 1 for k in range(at, at + CALLED) if sentence.low(k) in CALLING), -1)
        elif _leads_to_object(sentence, at, rule, first=not steps):
            at, steps = at + 1, steps + 1
        elif low == "," and steps and at + 1 in sentence.owner and sentence.owner[at + 1].at == at + 1:
            at += 1
        else:
            return


def _takes(sentence: Sentence, phrase: Phrase, measure: str, rule: str) -> bool:
    """Whether a happening may befall the number behind it."""
    if measure == "killed" and rule == "lost":
        people = phrase.head in PEOPLE_HEADS or bool(phrase.quantity.owner)  # "lost four of its own"
        killing = any(b.measure == "killed" for b in sentence.bound.values())
        again = not phrase.head and (killing or _of_men(sentence))
        left = phrase.noun in STAFF and sentence.said.isdisjoint(VIOLENCE)
        if left or not (people or again):  # "killed 190, while ISPR admitted the loss of 47"
            return False  # "he has lost 60 of his WORKERS": nobody died
    own = phrase.measure and phrase.measure not in (measure, "wounded", "displaced", *MOVES)
    if measure == "other" and phrase.measure in TAKEN:
        own = False  # "freed six KIDNAPPED workers"
    return not (own and measure != "hit") and fits(phrase, measure)


def _leads_to_object(sentence: Sentence, at: int, rule: str, first: bool) -> bool:
    """Whether a word may stand between a verb and its object: "killed AT LEAST SOME Afghan Taliban fighters"."""
    unit, low = sentence.units[at], sentence.low(at)
    if low in DETERMINERS or low in ADVERBS or (low in LINKS and not first and low != ","):
        return low != "that"
    if low in ("some", "up", "as", "'s"):
        return True
    plain = unit.word and not unit.quantity and low not in PREPOSITIONS and rule != "lost"
    return plain and low != "that" and not stops(sentence, at)


def _behind_aside(sentence: Sentence, at: int) -> int:
    """Where it goes on after what is said in passing; 0 where nothing is."""
    return next((last + 1 for last, first in sentence.aside.items() if first == at), 0)


def _same_form(sentence: Sentence, one: int, other: int) -> bool:
    """ "killing and wounding", "killed or injured": two happenings with one object."""
    if other >= len(sentence.units):
        return False
    first, second = verb_forms(sentence.units[one]), verb_forms(sentence.units[other])
    shared = {f for forms in first.values() for f in forms} & {f for forms in second.values() for f in forms}
    return bool(shared & {"done", "doing", "present"} and first.keys() ^ second.keys())


def propose(
    sentence: Sentence, phrase: Phrase, measure: str, rule: str, verb: int, rank: int, passive: bool = False
) -> None:
    name = _name_of(sentence, phrase, measure, verb, passive)
    if name not in NAMED or _is_no_toll(sentence, phrase, measure, name, rule, verb):
        return
    known = sentence.bound.get(phrase.at)
    if known and known.rank <= rank:
        _second(sentence, known, name, verb, passive)
        return
    bound = Bound(phrase, NAMED[name], rule, verb, rank, passive)
    if known:
        _second(sentence, bound, known.measure, known.verb, known.passive)
    sentence.bound[phrase.at] = bound


def _name_of(sentence: Sentence, phrase: Phrase, measure: str, verb: int, passive: bool) -> str:
    """What befell whom a phrase counts: who takes people, and what is hit, decide with the verb."""
    if measure in TAKEN:
        measure = taken(sentence, verb, measure, passive)
    trade = "traded" in sentence.themes and sentence.low(verb) in COUNTED
    name = measured(phrase, measure, trade or "traffic" in verb_forms(sentence.units[verb]))
    if name == "trucks" and any(tag.startswith("ruined.") for tag in sentence.units[verb].tags):
        return "vehicles_equipment"  # lorries that are burnt wait for nothing
    held = phrase.noun in HELD or phrase.head == "security"
    return (
        "other" if name == "deported" and held and sentence.low(verb) in SENT else name
    )  # "SENT HOME nine captives"


def _is_no_toll(sentence: Sentence, phrase: Phrase, measure: str, name: str, rule: str, verb: int) -> bool:
    """Whether a happening that names a number does not count it, or nobody would print it as such."""
    if name in MOVES and _stays(sentence, phrase, name, rule, verb):
        return True
    if name == "other":
        if phrase.quantity.kind == "article" and phrase.head in PEOPLE_HEADS:
            return True  # "handed over Sharifullah, A PLANNER": one whom the report is about
        home = "returned" in verb_forms(sentence.units[verb]) and phrase.noun not in HELD
        return home and are_afghans(sentence, phrase)  # "the REPATRIATION of 40 Afghan families"
    if measure == "displaced":
        return _are_fighters(sentence, phrase)
    if measure == "killed" and sentence.low(verb + 1) == "or":
        return _is_other_fate(sentence, verb + 2)  # "71 Afghans were KILLED OR CAUGHT"
    if measure == "hit" and (
        (
            is_spared(phrase) and sentence.low(verb) not in STRUCK
        )  # "TARGETED no civilians" says whom they aimed at
        or (phrase.noun.endswith(MANNED) and sentence.low(verb) in ASSAILED)
    ):
        return True  # "militants STORMED two posts": they are neither taken nor destroyed yet
    none = phrase.quantity.kind == "zero" and phrase.head in THING_HEADS
    return none and sentence.has(phrase.at + 1, "people.civilians")  # "NO CIVILIAN SITE was engaged"


def _stays(sentence: Sentence, phrase: Phrase, name: str, rule: str, verb: int) -> bool:
    """Whether those who are said to move make no flow of people over the border, or none yet."""
    if name == "returned" and rule == "active" and not phrase.head and "returned" not in sentence.themes:
        return True  # "Pakistan hands over 37 bodies; Taliban RETURN 12"
    if (phrase.quantity.low or 0) >= MANY and _is_planned(sentence, verb):
        return True  # "Pakistan TO SEND HOME 1.3 million": those who are there
    gate = not GATES.isdisjoint((sentence.low(verb + 2), sentence.low(verb + 3)))
    if sentence.low(verb + 1) == "from" and gate:
        return True  # "40 patients were SENT BACK FROM THE BORDER": they have not left
    # "ten of the injured were SENT HOME": from hospital
    return phrase.measure == "wounded" or _goes_home(sentence, phrase, verb, name)


def _of_men(sentence: Sentence) -> bool:
    """ "OF ITS OWN MEN Pakistan lost 14": of whom it is that a number behind tells."""
    return sentence.low(0) == "of" and any(unit.within("people") for unit in sentence.units[1:4])


def _is_other_fate(sentence: Sentence, at: int) -> bool:
    """Whether a verb stands at a unit that tells of no harm to the body: "killed or CAUGHT", "killed or FLED"."""
    at += sentence.low(at) in BE  # "died or WERE wounded"
    unit = sentence.units[at] if at < len(sentence.units) else None
    told = unit is not None and (
        is_verb(unit) or looks_finite(unit) or unit.low.partition(" ")[0] in PARTICIPLES
    )
    return told and unit is not None and not verb_forms(unit).keys() & ONE_FATE


def _is_planned(sentence: Sentence, verb: int) -> bool:
    """ "WILL send home", "Pakistan TO deport", "tells 1.7 million Afghans TO go": nobody has gone yet."""
    at = before_adverbs(sentence.units, verb)
    if sentence.low(at) != "to":
        return sentence.has(at, "structure.modal")
    told = range(max(0, at - ORDERED), at)
    return sentence.has_capital(at - 1) or any(sentence.has(k, "kind.orders") for k in told)


def _are_fighters(sentence: Sentence, phrase: Phrase) -> bool:
    """Gunmen who flee are not displaced, nor are "six others" after nine of them."""
    if phrase.head not in ("", "people"):
        return phrase.head in FIGHTERS or phrase.noun in FUGITIVES
    before = [
        p.head for p in sentence.phrases if p.at < phrase.at and p.head not in ("", "people", "commander")
    ]
    rest = not phrase.head or phrase.noun in ("others", "more")
    return rest and bool(before) and before[-1] in FIGHTERS


def _goes_home(sentence: Sentence, phrase: Phrase, verb: int, name: str) -> bool:
    """ "Ten of the labourers returned", "16 students went home": every day; "a man who had gone back": one makes no flow."""
    trade = phrase.head == "civilians" and phrase.noun not in VILLAGERS
    if name == "deported":
        back = sentence.low(verb).endswith("back") or are_afghans(sentence, phrase)
        return (
            trade and not back and sentence.low(verb).startswith("sen") and "returned" not in sentence.themes
        )
    if phrase.quantity.kind == "article":
        return True
    if sentence.has(verb - 1, "killed.noun", "wounded.noun"):
        return True  # "those deaths GO BACK to one night"
    own = phrase.head == "civilians" or not phrase.head or phrase.noun in ("men", "man")
    home = own and not are_afghans(sentence, phrase) and sentence.low(verb).endswith("home")
    return (trade or home) and "returned" not in sentence.themes


def _second(sentence: Sentence, bound: Bound, name: str, verb: int, passive: bool) -> None:
    """A second happening for the same number: "killed or wounded" is one sum, "abducted, killed" are two facts."""
    first, last = min(bound.verb, verb), max(bound.verb, verb)
    apart = last - first - (sentence.low(last - 1) in BE)  # "died or WERE wounded"
    if bound.measure == name or apart != 2 or sentence.low(first + 1) not in LINKS:
        return
    harmed = name in ONE_FATE and bound.measure in ONE_FATE and sentence.low(first + 1) == "or"
    if sentence.low(first + 1) == "and" and sentence.has(last, "killed.self"):
        bound.measure = "killed"  # "were hit by splinters AND DIED"
    elif harmed or {bound.measure, name} == {"killed", "wounded"}:
        bound.measure = "casualties"
    elif name not in THING_HEADS and name != "other" and passive == bound.passive:
        bound.also.append(NAMED[name])


def object_of(sentence: Sentence, verb: int) -> Phrase | None:
    """The number right behind a verb."""
    at = verb + 1
    while sentence.low(at) in ADVERBS or sentence.low(at) in DETERMINERS:
        at += 1
    phrase = sentence.owner.get(at)
    return phrase if phrase and phrase.at == at else None


def chained_before(sentence: Sentence, at: int) -> int:
    """Where the words end before "killed OR WOUNDED", before "(were) hit AND KILLED", "(were) pulled out HURT"."""
    known = at
    while known >= 0 and sentence.low(known) in LINKS and is_done(sentence, known - 1):
        known = before(sentence, known - 1)
    other = known
    while other >= 0 and sentence.low(other) in LINKS and _is_participle(sentence, other - 1):
        other = before(sentence, other - 1 - (sentence.low(other - 1) in PARTICLES))
    if other == at and _is_participle(sentence, at):
        other = before(sentence, at - (sentence.low(at) in PARTICLES))
    bare = sentence.low(at) in LINKS and ends_phrase(sentence, other)  # "Three hit AND KILLED"
    return other if sentence.low(other) in ARE or bare else known


def ends_phrase(sentence: Sentence, at: int) -> bool:
    """Whether a counted noun ends at a unit, or is no more than its number."""
    return any(p.last - 1 <= at <= p.tail - 1 or p.at == at for p in sentence.phrases if p.at <= at)


def passive_before(sentence: Sentence, link: int) -> int:
    """Where "were" stands in "WERE rounded up in Karachi and (deported)"; -1 where no passive leads up to "and"."""
    for at in range(link - 1, max(0, link - CHAIN), -1):
        if sentence.low(at) in ARE:
            return at if _is_participle(sentence, at + 1) else -1
        if sentence.low(at) in CLAUSE_ENDS or at in sentence.owner:
            break
    return -1


def _is_participle(sentence: Sentence, at: int) -> bool:
    """A verb that "were" may stand before: "hit", "ambushed", "taken away"."""
    at -= sentence.low(at) in PARTICLES
    unit = sentence.units[at] if 0 < at < len(sentence.units) else None
    return unit is not None and sentence.owner.get(at) is None and (is_verb(unit) or looks_finite(unit))
