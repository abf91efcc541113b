"""Who is held, by whom, and what the word behind an object makes of it: "took five others ALIVE"."""

from __future__ import annotations

from bot.news.figures.measures.binding import object_of, propose, subjects
from bot.news.figures.measures.subjects import ARE
from bot.news.figures.measures.takers import held_within, taken_by, taker
from bot.news.figures.sentence.clause import MOVES, PEOPLE_HEADS, Sentence, before, fits
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import BE, DETERMINERS, HAVE, PREPOSITIONS
from bot.news.text.words import word_set

HOLDING = word_set(
    "in at near from after over during since for on across by"
)  # "holds four men OVER the blast"
KEEPING = word_set(
    "in near from during after on"
)  # "took six men IN the raid", not "took six men TO hospital"
BLAMED = word_set("responsible accountable guilty")
# nobody need be held by those who do it
CATCHING = word_set("caught catching netted netting") | {"scooped up", "made off with", "drove off with"}
PLACED = 4  # units of "in a high-security prison"
SITTING = word_set(
    "sit sits sat sitting languish languishes languished languishing kept lodged rotting confined incarcerated questioned interrogated"
)
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
    "booked taken hauled hauls hauling place placed places placing bundle bundled bundling force forced forcing throw throws bused bussed flew flown drove moved moving "
    "march shifted transferred drag carted listed lists reported reports reporting let lets letting allow allows allowed allowing permit permits permitted permitting "
    "pushed push pushes pushing drives drive driving driven chased chasing made make makes making caused cause causes causing compelled compelling obliged "
    "forces trucked herded prompted prompting turned turning"
)
MOVING = word_set("moved moving shifted transferred flew flown drove sent send sends sending")
DRIVING = word_set(
    "driven drives driving forced force forces forcing chased chasing pushed push pushes pushing"
)


def held(sentence: Sentence, at: int, forms: frozenset[str]) -> None:
    """ "HOLD two posts", "SEIZED two brothers", "had TAKEN six men": who is held by a gang is abducted."""
    phrase = object_of(sentence, at)
    if sentence.low(at).startswith("h") and _is_housed(sentence, at):
        return
    if "doing" not in forms and sentence.low(back := before(sentence, at)) in BE:
        if measure := taken_by(sentence, at):  # "were SEIZED BY GUNMEN"
            subjects(sentence, at, measure, "passive", 1, start=back)
        return
    measure = taker(sentence, at)
    while phrase is not None:
        if phrase.head == "positions" and forms & {"present", "doing"}:
            propose(sentence, phrase, "positions", "active", at, 3)
        elif not measure and sentence.low(at) in CATCHING:
            return
        elif phrase.head in PEOPLE_HEADS and fits(phrase, "held") and _is_kept(sentence, at, phrase):
            propose(sentence, phrase, measure or "captured", "active", at, 3)
        linked = sentence.low(phrase.tail) in ("and", ",")
        phrase = object_of(sentence, phrase.tail) if linked and fits(phrase, "held") else None


def kept(sentence: Sentence, at: int) -> None:
    """ "are IN A PAKISTANI JAIL", "languish IN TTP CAPTIVITY", "kept six men IN DETENTION"; a man in custody is no news of him."""
    opens = next((k for k in range(at - 1, at - 1 - PLACED, -1) if sentence.low(k) in PREPOSITIONS), -1)
    moved = sentence.low(opens) in ("to", "into") and sentence.low(at) != "hands"
    if not (moved or sentence.low(opens) in ("in", "inside")) or (
        sentence.low(at) == "hands" and at - opens == 1 and sentence.low(at + 1) != "of"
    ):
        return
    measure = held_within(sentence, opens + 1, at)
    verb = before(sentence, opens)
    if moved and sentence.low(verb) in MAKING and sentence.low(before(sentence, verb)) in BE:
        verb = before(sentence, verb)  # "were SENT TO ADIALA PRISON"
    if sentence.low(verb) in ARE or sentence.low(verb) in SITTING:
        subjects(sentence, at, measure, "state", 2, start=verb)
        return
    phrase = next((p for p in sentence.phrases if p.tail == opens), None)
    if phrase and (sentence.low(phrase.at - 1) in HAVE or sentence.low(phrase.at - 1) in MAKING):
        propose(sentence, phrase, measure, "state", at, 2)


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


def made(sentence: Sentence, at: int, measure: str) -> None:
    """ "took five others ALIVE", "shot two men DEAD", "forced 40 families TO FLEE": the word behind the object tells."""
    opens = at - (sentence.low(at - 1) == "to")
    phrase = next((p for p in sentence.phrases if opens in (p.last, p.tail)), None)
    if phrase is None or not fits(phrase, measure):
        return
    verb = phrase.at - 1
    while sentence.low(verb) in DETERMINERS:
        verb -= 1
    driven = sentence.low(verb) in DRIVING and sentence.low(at).startswith("from")
    if measure == "abducted" and (driven or sentence.low(verb) in MOVING):
        return  # "MOVED 2,000 families AWAY from the line", "FORCED 40 families FROM THEIR HOMES"
    if measure in MOVES and (measure == "returned") != (sentence.low(verb) in LETTING):
        return  # "buses BROUGHT 40 families home", "police SENT 40 families home"
    if sentence.low(verb).partition(" ")[0] in MAKING or sentence.low(at).startswith("as "):
        propose(sentence, phrase, measure, "active", verb, 1)
