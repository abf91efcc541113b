"""The numbers of a sentence with their nouns: in digits and words, "six of them", "a girl", "no casualties"."""

from __future__ import annotations

from collections.abc import Mapping

from bot.news.figures.sentence.clause import PEOPLE_HEADS, THING_HEADS, Sentence, quantity_near
from bot.news.figures.sentence.nouns import (
    NATIONALS,
    NO_TAIL,
    Phrase,
    is_plural,
    low_at,
    read_noun,
    read_tail,
)
from bot.news.figures.sentence.units import (
    BE,
    DASHES,
    DETERMINERS,
    EMPTY,
    Quantity,
    Unit,
    is_noun,
    is_verb,
    looks_finite,
    number_of,
    verb_forms,
)
from bot.news.text.words import word_set

ARTICLES = frozenset(("a", "an", "another"))
HOMES = word_set("family household home house")
POPULATED = word_set(
    "city town village hamlet valley district province region country nation population delegation committee panel jirga"
)
BODIES = word_set("military army force navy militia levy lashkar army-men security")  # many, in the singular
AGES = word_set("year years month months day days week weeks old") | {
    "year - old",
    "year old",
    "years old",
    "month - old",
    "months old",
    "day - old",
    "year-old",
}
NO_ONE = frozenset(("none", "not one", "not a single one"))
OF_ONE = frozenset(("to", "who", "that", "which"))


def phrases(units: list[Unit]) -> list[Phrase]:
    """All counted nouns of a sentence, articles and bare headline nouns included."""
    found: list[Phrase] = []
    done = 0
    begin = [k for k, u in enumerate(units) if u.quantity or u.low in ARTICLES or "structure.zero" in u.tags]
    for at in begin:
        unit, made = units[at], None
        if at < done:
            continue
        if unit.quantity and not _is_one_of_many(units, at):
            made = _phrase(units, at) if unit.quantity.kind in ("count", "pronoun") else None
        elif unit.low in ARTICLES:
            made = _article(units, at)
        else:
            made = _zero(units, at) if "structure.zero" in unit.tags else None
        if made:
            found.append(made)
            done = made.last
    return found


def _is_one_of_many(units: list[Unit], at: int) -> bool:
    """ "She is ONE OF 61,400 Afghans who went back": of many who are counted, and no figure itself."""
    one = (
        number_of(units[at]).low == 1
        and low_at(units, at + 1) == "of"
        and low_at(units, at - 1) in BE | {"as"}
    )
    return one and at + 2 < len(units) and units[at + 2].quantity is not None


def _phrase(units: list[Unit], at: int) -> Phrase:
    quantity = number_of(units[at])
    phrase = Phrase(at, quantity, at + 1, at + 1)
    nxt = at + 1
    if low_at(units, nxt) == "of":
        loose = quantity.low is None or (
            quantity.kind == "count" and units[at].low.endswith(("couple", "million", "thousand"))
        )
        if loose and low_at(units, nxt + 1) not in DETERMINERS:
            nxt += 1
        else:
            return _partitive(units, phrase)
    read_noun(units, phrase, nxt)
    read_tail(units, phrase)
    if quantity.family and not phrase.head:
        phrase.head, phrase.noun = "people", "family"  # "a family of nine"
    if (
        low_at(units, at - 2) == ","
        and low_at(units, at - 1) == "numbering"
        and not phrase.head
        and _is_force(units, at - 3)
    ):
        phrase.head = "never"  # "the attackers, NUMBERING ABOUT 40, fled"
    if quantity.definite and quantity.low == 1 and low_at(units, at + 1) in OF_ONE:
        phrase.head = "never"  # "THE only ONE TO survive"
    if low_at(units, at - 1) == "of" and low_at(units, at - 2) in POPULATED:
        phrase.head = "never"  # "a city of two million people", "a delegation of nine"
    if quantity.low == 1 and phrase.noun in HOMES and low_at(units, at - 1) in ("from", "of"):
        phrase.head = "never"  # "seven, most of them FROM ONE FAMILY"
    if low_at(units, nxt).endswith("groups of"):
        phrase.head = "never"  # "the movement of three GROUPS OF khwarij was picked up"
    return phrase


def _partitive(units: list[Unit], phrase: Phrase) -> Phrase:
    """ "six of them", "23 of its soldiers", "12 of the wounded", "seven of one family", "three of four drones"."""
    at = phrase.at + 2
    phrase.partitive = low_at(units, at)
    whole = units[at].quantity if at < len(units) else None
    if whole:
        return _of_number(units, phrase, at)
    if low_at(units, at + 1) == "'s" and units[at].capital:
        own = 1 if low_at(units, at + 2) == "own" else 0
        read_noun(units, phrase, at + 2 + own)  # "three of KABUL'S men"
        if own and not phrase.head and not phrase.measure:
            phrase.last = phrase.tail = at + 3  # "three of KABUL'S OWN"
        return phrase
    if phrase.partitive in DETERMINERS and at + 1 < len(units):
        own = 1 if low_at(units, at + 1) == "own" else 0
        read_noun(units, phrase, at + 1 + own)
        if own and not phrase.head and not phrase.measure:
            phrase.last = phrase.tail = at + 2  # "five of its own killed"
        if phrase.partitive in ("its", "their", "his", "our"):
            phrase.quantity.owner = phrase.partitive
    return phrase


def _is_force(units: list[Unit], at: int) -> bool:
    return at >= 0 and units[at].has("people.militants", "people.security", "people.taliban")


def _of_number(units: list[Unit], phrase: Phrase, at: int) -> Phrase:
    """ "seven of ONE FAMILY" are all of it; "three of FOUR DRONES" are drones, and the four a number of their own."""
    one = number_of(units[at]).low == 1
    whole = Phrase(at, number_of(units[at]), at + 1, at + 1)
    read_noun(units, whole, at + 1)
    if whole.measure and not one:
        phrase.partitive, phrase.noun, phrase.subset = "the", low_at(units, whole.last - 1), True
    if whole.head in ("", "unknown"):
        return phrase
    phrase.head, phrase.noun = whole.head, whole.noun
    if one:
        phrase.partitive, phrase.last, phrase.tail = "", whole.last, whole.last
    else:
        phrase.away = range(at + 1, whole.last)  # "seven of the 12 FIGHTERS"
    return phrase


def _article(units: list[Unit], at: int) -> Phrase | None:
    """ "a young girl", "another nine-year-old girl", "and ANOTHER WOUNDED": one, said with an article."""
    first = at + 1 + _age(units, at + 1)
    more = units[at].low == "another"
    phrase = Phrase(
        at, Quantity(1.0, 1.0, units[at].start, units[at].end, kind="article", additional=more), first, first
    )
    if more and _befalls(units, first + (low_at(units, first) in BE)):
        phrase.quantity.kind = "count"
        return phrase
    read_noun(units, phrase, first)
    told = phrase.measure not in ("", "wounded")  # "an INJURED soldier died"
    if phrase.head in ("", "unknown") or told or is_plural(phrase.noun) or _is_adjective(units, phrase):
        return None
    if low_at(units, phrase.last) == "training" or any(
        u.low.endswith("group of") for u in units[at : phrase.last]
    ):
        return None  # "a militant training base", "a large group of militants"
    phrase.quantity.end = units[phrase.last - 1].end
    phrase.quantity.approximate_start = phrase.quantity.start
    read_tail(units, phrase)
    return phrase


def _age(units: list[Unit], at: int) -> int:
    """How many units "nine-year-old" takes."""
    if at >= len(units) or not units[at].quantity:
        return 0
    last = at + 1
    while low_at(units, last) in DASHES or low_at(units, last) in AGES:
        last += 1
    return last - at if low_at(units, last - 1).endswith("old") else 0


def _is_adjective(units: list[Unit], phrase: Phrase) -> bool:
    """ "a PAKISTANI shell": nobody is counted."""
    after = units[phrase.last] if phrase.last < len(units) else None
    if phrase.noun not in NATIONALS or after is None or not after.low.isalpha() or after.low in NO_TAIL:
        return False
    return not (is_verb(after) or looks_finite(after) or after.has("structure.causal", "structure.modal"))


def implicit(units: list[Unit], at: int) -> Phrase | None:
    """ "Policeman killed": a singular noun without article, as headlines write."""
    phrase = Phrase(at, Quantity(1.0, 1.0, units[at].start, units[at].end, kind="implicit"), at, at)
    read_noun(units, phrase, at)
    if phrase.head in ("", "unknown", "refused") or phrase.measure or is_plural(phrase.noun):
        return None
    phrase.quantity.end = units[phrase.last - 1].end
    phrase.quantity.approximate_start = phrase.quantity.start
    return phrase


def _zero(units: list[Unit], at: int) -> Phrase | None:
    """ "No casualties", "not one of the 40", "nobody"."""
    quantity = Quantity(
        0.0, 0.0, units[at].start, units[at].end, kind="zero", approximate_start=units[at].start
    )
    phrase = Phrase(at, quantity, at + 1, at + 1)
    if low_at(units, at) in NO_ONE and low_at(units, at + 1) == "of":
        end = at + 2
        while end < min(len(units), at + 6) and (
            units[end].quantity
            or units[end].low in DETERMINERS
            or is_noun(units[end])
            or units[end].low == "them"
        ):
            end += 1
        phrase.last = phrase.tail = end
        return phrase
    if low_at(units, at) == "none":
        return phrase
    if at + 1 < len(units) and units[at + 1].quantity:
        return None
    read_noun(units, phrase, at + 1)
    if phrase.head in ("", "unknown") and not phrase.measure:
        return None
    return phrase


def headline_nouns(sentence: Sentence) -> None:
    """ "Policeman killed, two hurt", "Captain, two soldiers killed": only at the start of a line or of its parts."""
    taken = {at: p for p in sentence.phrases for at in range(p.at, p.last)}
    for at in reversed(range(len(sentence.units))):
        starts = at == 0 or sentence.low(at - 1) in (",", ";", ":", "and", "-", "–", "—")
        if not starts or at in taken or not sentence.units[at].word:
            continue
        phrase = implicit(sentence.units, at)
        befell = (
            phrase
            and phrase.head not in THING_HEADS
            and _befalls(sentence.units, phrase.last)
            and not quantity_near(sentence, phrase.last + 1)
        )
        if phrase and (befell or _is_first_of_list(sentence, phrase, taken)):
            sentence.phrases.append(phrase)
            taken.update(dict.fromkeys(range(phrase.at, phrase.last), phrase))
    sentence.phrases.sort(key=lambda p: p.at)


def _befalls(units: list[Unit], at: int) -> bool:
    """Whether a verb that befalls somebody stands at a unit: "killed", "dies"."""
    forms = verb_forms(units[at]) if at < len(units) else {}
    return bool((forms.get("killed", EMPTY) | forms.get("wounded", EMPTY)) & {"done", "self"})


def _is_first_of_list(sentence: Sentence, phrase: Phrase, taken: Mapping[int, Phrase]) -> bool:
    """ "CAPTAIN, two soldiers killed", "MAN, wife and three children dead": one person, and others behind a comma or "and"."""
    other = taken.get(phrase.last + 1)
    last = sentence.low(phrase.last)
    listed = (
        (last == "," or (last == "and" and sentence.low(phrase.at - 1) == ","))
        and other is not None
        and other.at == phrase.last + 1
    )
    if not listed or other is None or phrase.noun.rpartition(" ")[2] in BODIES:
        return False
    return phrase.head in PEOPLE_HEADS and other.head in PEOPLE_HEADS and not other.subset
