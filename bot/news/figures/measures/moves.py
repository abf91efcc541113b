"""People who come, go and cross: whether they return, flee or pass is told by who they are and what the text is about.

"8,150 people crossed" are returnees in a report on returns; "600 families left for Asadabad" have fled where shells
fell; "1,300 tribesmen crossed" have crossed, and no more is said of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.news.figures.measures.ways import AT, AWAY, HOME, THROUGH, way_of
from bot.news.figures.sentence.clause import MOVES, NAMED, Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import EMPTY, verb_forms
from bot.news.text.words import word_set

MOVERS = frozenset(("refugees", "people", "civilians", "foreign", ""))
FOLK = word_set(
    "afghans people persons individuals families households members others more nationals citizens foreigners men women "
    "children souls countrymen migrants refugees returnees inhabitants"
)
FLED = word_set(
    "families family households people persons villagers residents inhabitants individuals others more locals women children"
)
CROSSING, LEAVING, SHELTERING, RECEIVING = "crossing", "leaving", "sheltering", "receiving"
GOING, DEPARTING = "going", "departing"
FLEEING = frozenset((LEAVING, SHELTERING))
PASSING = frozenset((CROSSING, DEPARTING, "act"))  # over a border, where nothing else is said
WAITING, LODGING = "waiting", "lodging"
STAYING = frozenset((WAITING, LODGING))
STILL = STAYING | {SHELTERING}
CAMPS = word_set("camp camps centre center centres centers tents schools mosques")
LODGED = word_set("to in at into")
CAMP = 7  # units behind a verb in which "to a crowded transit centre" ends
BORNE = STAYING | {RECEIVING, CROSSING, LEAVING}  # what "were" may stand before
AFGHAN = word_set("afghan afghans")
ARRIVALS = word_set("arrival inflow influx flow crossings departures exits exodus")
ARRESTS = word_set("arrests detentions")
OF_FLOWS = ARRIVALS | ARRESTS | {"returned.noun", "deported.noun"}
GIVEN = word_set(
    "to at with numbered number was were reached stands totalled totaled hit averaged averaging topped exceeded"
)
FEW = 20
OPENING, LONGEST = 600, 6_000  # code points of a text in which its subject and what happened are looked for


def themes_of(text: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What a text is about, by stems: "returned", "traded" where it opens with it, "displaced" where it tells of flight."""
    opening = text[:OPENING].lower()
    told = {"returned": opening, "traded": opening, "displaced": text[:LONGEST].lower()}
    return frozenset(
        theme for theme, said in told.items() if any(stem in said for stem in words.get(f"theme.{theme}", ()))
    )


def moves(phrase: Phrase) -> bool:
    """Whether a noun names people who may come, go or cross."""
    return (
        phrase.head in MOVERS
        and phrase.measure in ("", "returned")
        and phrase.quantity.kind == "count"
        and phrase.quantity.low != 1
    )


def measure_of_move(sentence: Sentence, phrase: Phrase, forms: frozenset[str], verb: int) -> str:
    """What people who moved are a figure of; "" where the text does not say why they did."""
    noun = phrase.noun.rpartition(" ")[2]
    folk = phrase.head == "refugees" or noun in FOLK or not phrase.head
    flight = in_flight(sentence)
    if flight and forms & FLEEING and noun in FLED:
        return "displaced"
    way = way_of(sentence, phrase.last - 1 if phrase.at > verb else verb + bool(forms & STAYING))
    if forms & STAYING and folk and _stay(sentence, phrase, forms, verb, way):
        return "other"
    if folk and not forms <= STILL and _go_home(sentence, phrase, forms, way, passive=phrase.at < verb):
        known = phrase.quantity.low is not None or RECEIVING not in forms
        return "returned" if known else ""
    crossed = CROSSING in forms and phrase.head and not (noun in FLED - {"people"} and flight)
    return "other" if crossed else ""


def in_flight(sentence: Sentence) -> bool:
    """Whether people flee: where shells fall and nothing is said of returns."""
    theme, said = sentence.themes, sentence.said
    fought = "displaced" in theme and "returned" not in theme
    return "kind.displacing" in said or (fought and "kind.returns" not in said)


def _stay(sentence: Sentence, phrase: Phrase, forms: frozenset[str], verb: int, way: str) -> bool:
    """Whether people wait at a gate or are lodged in a camp: "are QUEUING at Torkham", "were TAKEN to a transit centre"."""
    if not are_afghans(sentence, phrase):
        return False
    if WAITING in forms:
        return way in (AT, THROUGH) or sentence.low(verb).endswith(("cross", "home"))
    there = (sentence.low(k).rpartition(" ")[2] for k in range(verb + 1, verb + CAMP))
    return sentence.low(verb + 1) in LODGED and not CAMPS.isdisjoint(there)


def are_afghans(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether people are called refugees or Afghans by their own noun."""
    return phrase.head == "refugees" or any(sentence.low(k) in AFGHAN for k in phrase.words)


def _go_home(sentence: Sentence, phrase: Phrase, forms: frozenset[str], way: str, passive: bool) -> bool:
    """Whether people go back to their country: a text is about returns, or Afghans are on the way there."""
    if way == AWAY:
        return False
    if "returned" in sentence.themes:
        return way != "" or (forms != {GOING} and not (passive and forms == {RECEIVING}))
    named = bool(phrase.head) or "people.refugees" in sentence.said
    if "kind.returns" in sentence.said and named and RECEIVING not in forms and forms != {GOING}:
        return True
    if not are_afghans(sentence, phrase):
        return False
    if way == HOME or "displaced" in sentence.themes:
        return way == HOME
    return way == THROUGH or forms & PASSING != EMPTY or (way == AT and forms != {GOING})


# --------------------------------------------------------------------------- "Returns rose to 52,000 and fell to 31,000"


def bind_flows(sentence: Sentence) -> None:
    """ "ARRIVALS doubled to 2,400 a day", "ARRESTS stood at 2,910", "DEPORTEES numbered 6,115", "the fewest RETURNEES, 2,100": bare numbers after the noun."""
    counted, told = "", "returned" in sentence.themes or not AFGHAN.isdisjoint(sentence.said)
    for at, unit in enumerate(sentence.units):
        forms = verb_forms(unit)
        owner = sentence.owner.get(at)
        flow = next((m for m in MOVES if "noun" in forms.get(m, ())), "")
        if not flow and unit.low in ARRIVALS and told:
            flow = "returned"
        elif unit.low in ARRESTS:
            flow = "captured"
        if flow and not (owner and owner.quantity.kind == "count"):
            counted = flow
        elif unit.low in (";", ":") or unit.has("people.security", "people.militants"):
            counted = ""
        phrase = owner if owner and owner.at == at else None
        if not counted or phrase is None or at in sentence.bound or not _is_given(sentence, phrase):
            continue
        sentence.bound[at] = Bound(phrase, NAMED[counted], "toll", -1, 4)


def _is_given(sentence: Sentence, phrase: Phrase) -> bool:
    """ "to 2,400", "numbered 6,115": never "from 1,900", "by 40" or "against 58"."""
    timed = phrase.head == "unknown" and sentence.has(phrase.at + 1, "scope.period")  # "2,910 LAST WEEK"
    bare = not phrase.head or timed or phrase.noun in ("people", "persons", "individuals")
    enough = phrase.quantity.kind == "count" and (phrase.quantity.low or 0) >= FEW
    return bare and enough and not phrase.partitive and sentence.low(phrase.at - 1) in GIVEN
