"""People who come, go and cross: whether they return, flee or pass is told by who they are and what the text is about.

"8,150 people crossed" are returnees in a report on returns; "600 families left for Asadabad" have fled where shells
fell; "1,300 tribesmen crossed" have crossed, and no more is said of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.news.figures.sentence.clause import MOVES, NAMED, Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import verb_forms
from bot.news.text.words import word_set

MOVERS = frozenset(("refugees", "people", "civilians", "foreign", ""))
FOLK = word_set(
    "afghans people persons individuals families households members others more nationals citizens foreigners men women "
    "children souls countrymen migrants refugees returnees inhabitants"
)
FLED = word_set(
    "families family households people persons villagers residents inhabitants individuals others locals"
)
CROSSING, LEAVING, SHELTERING, RECEIVING = "crossing", "leaving", "sheltering", "receiving"
FLEEING = frozenset((LEAVING, SHELTERING))
ARRIVALS = word_set("arrival inflow influx flow crossings")
ARRESTS = word_set("arrests detentions")
OF_FLOWS = ARRIVALS | ARRESTS | {"returned.noun", "deported.noun"}
GIVEN = word_set("to at with numbered number was were reached stands totalled totaled hit averaged averaging")
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
        and not phrase.measure
        and phrase.quantity.kind == "count"
        and phrase.quantity.low != 1
    )


def measure_of_move(sentence: Sentence, phrase: Phrase, forms: frozenset[str]) -> str:
    """What people who moved are a figure of; "" where the text does not say why they did."""
    noun = phrase.noun.rpartition(" ")[2]
    theme, said = sentence.themes, sentence.said
    folk = phrase.head == "refugees" or noun in FOLK or not phrase.head
    home = "kind.returns" in said and (bool(phrase.head) or "people.refugees" in said)
    flight = "kind.displacing" in said or (
        "displaced" in theme and "returned" not in theme and "kind.returns" not in said
    )
    if flight and forms & FLEEING and noun in FLED:
        return "displaced"
    if folk and forms != {SHELTERING} and ("returned" in theme or (home and RECEIVING not in forms)):
        known = phrase.quantity.low is not None or RECEIVING not in forms
        return "returned" if known else ""
    crossed = CROSSING in forms and phrase.head and not (noun in FLED - {"people"} and flight)
    return "other" if crossed else ""


# --------------------------------------------------------------------------- "Returns rose to 52,000 and fell to 31,000"


def bind_flows(sentence: Sentence) -> None:
    """ "ARRIVALS doubled to 2,400 a day", "ARRESTS stood at 2,910", "DEPORTEES numbered 6,115", "the fewest RETURNEES, 2,100": bare numbers after the noun."""
    counted = ""
    for at, unit in enumerate(sentence.units):
        forms = verb_forms(unit)
        owner = sentence.owner.get(at)
        flow = next((m for m in MOVES if "noun" in forms.get(m, ())), "")
        if not flow and unit.low in ARRIVALS and "returned" in sentence.themes:
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
