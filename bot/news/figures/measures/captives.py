"""Who is held, by whom, and what the word behind an object makes of it: "took five others ALIVE"."""

from __future__ import annotations

from bot.news.figures.measures.binding import object_of, propose
from bot.news.figures.sentence.clause import MOVES, PEOPLE_HEADS, Sentence, before, fits
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import ADVERBS, BE, DETERMINERS, PREPOSITIONS
from bot.news.text.words import word_set

HOLDING = word_set(
    "in at near from after over during since for on across by"
)  # "holds four men OVER the blast"
KEEPING = word_set(
    "in near from during after on"
)  # "took six men IN the raid", not "took six men TO hospital"
BLAMED = word_set("responsible accountable guilty")
HOLDER = 12  # units before a verb in which those who hold somebody are named
HOUSES = word_set(
    "jail prison stadium hall centre center camp barracks seminary madrassa madrasa university building cells"
)
LETTING = word_set(
    "took taken brought bringing bring carried carrying let lets letting allow allows allowed allowing permit permits permitted "
    "prompted prompting led leading caused causing"
)
MAKING = word_set(
    "took taken take takes taking led lead leads leading sent send sends sending put puts putting held hold holds holding "
    "shot shoot shoots shooting beat beats beating burned burnt burning hacked stabbed dispatched marched dragged carried "
    "carrying kept keep keeping brought bringing threw thrown locked locking captured capturing caught catching set sets setting "
    "forced force forces forcing pushed push pushes pushing drove drive drives driven driving chased chasing made make makes "
    "making caused cause causes causing compelled compelling obliged bused bussed trucked herded prompted prompting turned turning "
    "listed lists let lets letting allow allows allowed allowing permit permits permitted permitting"
)


def held(sentence: Sentence, at: int, forms: frozenset[str]) -> None:
    """ "HOLD two posts", "SEIZED two brothers", "had TAKEN six men": who is held by a gang is abducted."""
    phrase = object_of(sentence, at)
    if sentence.low(at).startswith("h") and _is_housed(sentence, at):
        return
    if "doing" not in forms and sentence.low(before(sentence, at)) in BE:
        return
    while phrase is not None:
        if phrase.head == "positions" and forms & {"present", "doing"}:
            propose(sentence, phrase, "positions", "active", at, 3)
        elif phrase.head in PEOPLE_HEADS and fits(phrase, "held") and _is_kept(sentence, at, phrase):
            propose(sentence, phrase, _holder(sentence, at), "active", at, 3)
        linked = sentence.low(phrase.tail) in ("and", ",")
        phrase = object_of(sentence, phrase.tail) if linked and fits(phrase, "held") else None


def _is_housed(sentence: Sentence, verb: int) -> bool:
    """ "THE HOSPITAL in Kabul held 2,000 patients": a building that holds people has captured nobody."""
    said = (
        k + 1 for k in range(verb - 1, -1, -1) if sentence.has(k, "say.verbs") or sentence.low(k) == "that"
    )
    for at in range(next(said, 0), verb):
        unit = sentence.units[at]
        if unit.has("things.property", "wounded.hospitals") or unit.low in HOUSES:
            return True
        if unit.low in PREPOSITIONS or unit.within("people") or not unit.word:
            return False
    return False


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


def made(sentence: Sentence, at: int, measure: str) -> None:
    """ "took five others ALIVE", "shot two men DEAD", "forced 40 families TO FLEE": the word behind the object tells."""
    opens = at - (sentence.low(at - 1) == "to")
    phrase = next((p for p in sentence.phrases if opens in (p.last, p.tail)), None)
    if phrase is None or not fits(phrase, measure):
        return
    verb = phrase.at - 1
    while sentence.low(verb) in ADVERBS or sentence.low(verb) in DETERMINERS:
        verb -= 1
    if measure in MOVES and (measure == "returned") != (sentence.low(verb) in LETTING):
        return  # "buses BROUGHT 40 families home", "police SENT 40 families home"
    if sentence.low(verb) in MAKING:
        propose(sentence, phrase, measure, "active", verb, 1)
