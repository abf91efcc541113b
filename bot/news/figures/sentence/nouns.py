"""Counted nouns: how far the words after a number go, and what sort of thing they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.news.figures.sentence.asides import is_glued
from bot.news.figures.sentence.units import (
    ADVERBS,
    DASHES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    READ_BY_NOUN,
    Quantity,
    Unit,
    is_noun,
    is_verb,
    looks_finite,
    verb_forms,
)
from bot.news.text.words import word_set

LONGEST = 9  # units of a noun phrase
THINGS = word_set(
    "positions camps vehicles_equipment trucks attacks strikes"
)  # that have a measure of their own
FREED = word_set("freed released rescued")  # adjectives of those whom nothing else need befall
LIVING = word_set("in here there on across under with near")  # "no fighter LIVES IN Kunar"
NATIONALS = word_set("afghan pakistani")
WHOSE = word_set("own enemy combat battle battlefield military army such")
MARKS = frozenset("\"'“”‘’«»*")
BREAKS = PREPOSITIONS | DETERMINERS | PRONOUNS | {"and", "or", "of", "than", "as", "whose"}
NO_ALLY = PREPOSITIONS | DETERMINERS - {"their", "its"} | PRONOUNS | ADVERBS | {"as"}
NO_NOUN = (
    "scope.daily", "structure.subset", "structure.causal", "structure.modal", "structure.anaphor", "say.according",
)  # fmt: skip
NOUNS = ("killed.noun", "wounded.noun", "casualties.noun", "returned.noun", "deported.noun")
TOLD = frozenset(("done", "state", "receiving"))  # forms of a participle: "40 REGISTERED refugees"
NO_TAIL = PREPOSITIONS | PRONOUNS | ADVERBS | {"and", "or"}


@dataclass(slots=True)
class Phrase:
    """A number with its noun: units[at] is the number, the noun goes up to `last`, "of …" up to `tail`."""

    at: int
    quantity: Quantity
    last: int
    tail: int
    head: str = ""  # list of people or things: "security", "positions"; "unknown"; "" for a bare number
    noun: str = ""  # the head word
    measure: str = ""  # "deaths" makes it killed, "injured people" wounded
    partitive: str = ""  # "them", "its soldiers": six OF THEM
    subset: bool = False
    away: range | None = None  # where its noun stands if not after it: "the number of TALIBAN killed is 16"

    @property
    def words(self) -> range:
        """The units that say what is counted: the number's own, its noun and "of …"."""
        return self.away or range(self.at, max(self.tail, self.at + 1))


def low_at(units: Sequence[Unit], at: int) -> str:
    return units[at].low if 0 <= at < len(units) else ""


def read_noun(units: list[Unit], phrase: Phrase, at: int) -> None:
    """Read the noun from a unit on."""
    first, end = at, at
    while end < len(units) and end - first < LONGEST:
        unit = units[end]
        lives = unit.low == "lives" and phrase.quantity.kind == "zero" and low_at(units, end + 1) in LIVING
        if lives or not _belongs(units, end, phrase):
            break
        if is_noun(unit):
            phrase.head, phrase.noun = unit.within("people") or unit.within("things"), unit.low
            phrase.last = end + 1
        for measure, forms in verb_forms(unit).items():
            adjective = (
                "done" in forms and measure != "killed"
            )  # "wounded soldiers", but "killed soldiers" is a verb
            freed = measure == "other" and unit.low in FREED and _next_is_people(units, end + 1)
            if (freed or measure not in (*READ_BY_NOUN, "other")) and ("noun" in forms or adjective):
                phrase.measure, phrase.last = measure, end + 1
            elif measure == "lose" and "noun" in forms and _names_losers(units[first:end], phrase):
                phrase.measure, phrase.last = "killed", end + 1  # "22 losses", "nine Afghan losses"
        end += 1
        if (
            phrase.measure
            and any("noun" in forms for forms in verb_forms(unit).values())
            and not _next_is_noun(units, end)
        ):
            break
    if not phrase.head and not phrase.measure:
        words = [u for u in units[first:end] if u.word]
        if words:
            phrase.head, phrase.noun, phrase.last = "unknown", words[-1].low, end
    if low_at(units, phrase.last) == "ones" and phrase.head not in ("", "unknown"):
        phrase.noun, phrase.last = "ones", phrase.last + 1  # "25 Pakistani ONES"
    ruined = phrase.head in THINGS and any(u.has("ruined.done") for u in units[first : phrase.last - 1])
    if (phrase.measure or ruined) and phrase.noun and is_thing(units[phrase.last - 1]):
        hit = ruined or any(u.has("hit.done") for u in units[first : phrase.last - 1])
        phrase.measure = (
            phrase.head if hit and phrase.head in THINGS else ""
        )  # "captured posts" are no captives
    _allies(units, phrase)
    if low_at(units, phrase.last) in MARKS and any(u.low in MARKS for u in units[first : phrase.last]):
        phrase.last += 1
    phrase.tail = max(phrase.tail, phrase.last)


def _names_losers(between: Sequence[Unit], phrase: Phrase) -> bool:
    """Whether nothing but whose they are stands between a number and its losses."""
    whose = all(unit.within("people") or unit.low in WHOSE for unit in between)
    return whose and phrase.quantity.kind == "count"


def is_thing(unit: Unit) -> bool:
    return bool(unit.within("things"))


def noun_from(units: list[Unit], at: int) -> Phrase:
    """The noun that begins at a unit, as if a number stood before it."""
    phrase = Phrase(at, Quantity(None, None, -1, -1), at, at)
    read_noun(units, phrase, at)
    return phrase


def _are_things(unit: Unit) -> bool:
    """ "60 bomb ATTACKS", "27 Pakistani STRIKES": many things, though the word may be a verb of one who does it."""
    return unit.low.endswith("s") and is_thing(unit)


def _next_is_noun(units: list[Unit], at: int) -> bool:
    return at < len(units) and is_noun(units[at]) and (not is_verb(units[at]) or _are_things(units[at]))


def _is_compound(units: list[Unit], at: int) -> bool:
    """ "CROSS-border strikes", "EXPLOSIVE-laden drones", "T-55 tanks": an adjective of two words."""
    return low_at(units, at + 1) in DASHES and is_glued(units, at + 1) and _next_is_noun(units, at + 3)


def _next_are_lives(units: list[Unit], at: int) -> bool:
    """ "six policemen's LIVES", "two children's DEATHS"."""
    return at < len(units) and units[at].has("killed.noun") and not is_verb(units[at])


def _next_is_people(units: list[Unit], at: int) -> bool:
    """ "three freed PAKISTANI SOLDIERS"."""
    return any(unit.within("people") and not is_verb(unit) for unit in units[at : at + 2])


def _belongs(units: list[Unit], at: int, phrase: Phrase) -> bool:
    """Whether a unit is still part of the counted noun."""
    unit = units[at]
    if _joins_words(units, at, phrase):
        return True
    if unit.quantity:
        return unit.quantity.kind == "name" and units[at - 1].low in DASHES  # "M-16 rifles"
    if unit.low in BREAKS:
        return False
    if not unit.word:
        return (
            (unit.low in DASHES and is_glued(units, at))
            or (unit.low in MARKS and _next_is_noun(units, at + 1))
            or (unit.low == "'s" and (not phrase.head or _next_are_lives(units, at + 1)))
        )
    if "lose.noun" in unit.tags and _names_losers(units[phrase.at + 1 : at], phrase):
        return True  # "22 losses"
    if not unit.tags.isdisjoint(NO_NOUN):
        return False
    if phrase.head and tells_after(unit) and not (is_noun(unit) and units[at - 1].low in NATIONALS):
        return False  # "12 miners HOSTAGE", not "three Afghan PRISONERS"
    if is_verb(unit):
        things = _are_things(unit) and phrase.quantity.low != 1 and not units[at - 1].low.endswith("s")
        if things or (_is_compound(units, at) and not unit.has("ruined.done")):
            return True  # "118 Pakistani STRIKES", "27 CROSS-border raids"
        forms = verb_forms(unit)
        nominal = any("noun" in f for f in forms.values())
        told = unit.low.endswith("ing") or any(not f.isdisjoint(TOLD) for f in forms.values())
        named = at + 1 < len(units) and _are_things(units[at + 1])  # "60 BOMB attacks"
        adjective = named or (told and _next_is_noun(units, at + 1))  # "a PASSING labourer"
        if phrase.head:
            return nominal and not any(
                {"done", "state", "self", "present", "doing"} & f for f in forms.values()
            )
        return nominal or adjective or is_noun(unit)
    if is_noun(unit):
        return True
    if unit.low in ADVERBS and unit.low not in ("all",):
        return False
    if looks_finite(unit):
        return _describes(units, at, phrase)
    if phrase.head:
        adjective = _next_is_noun(units, at + 1) and not unit.low.endswith("ing")
        return adjective or _is_compound(units, at) or unit.has(*NOUNS)
    return not unit.low.endswith("ing") or _next_is_noun(units, at + 1)


def tells_after(unit: Unit) -> bool:
    """Whether a word behind an object tells what befell it: "took 12 miners HOSTAGE"."""
    return any("after" in forms for forms in verb_forms(unit).values())


def _describes(units: list[Unit], at: int, phrase: Phrase) -> bool:
    """ "three ABANDONED posts", "six bullet-RIDDLED bodies"."""
    first = at == phrase.at + 1 or (units[at - 1].low in DASHES and is_glued(units, at - 1))
    after = units[at + 1] if at + 1 < len(units) else None
    noun = after is not None and (_next_is_noun(units, at + 1) or after.has("killed.noun", "wounded.noun"))
    return first and units[at].low.endswith("ed") and noun


def _joins_words(units: list[Unit], at: int, phrase: Phrase) -> bool:
    """ "17 air AND drone strikes", "four ammunition AND fuel storage sites": one noun for two words."""
    if units[at].low != "and" or at - 2 != phrase.at or phrase.head or phrase.measure:
        return False
    if any(unit.has("things.strikes", "things.attacks") for unit in units[at + 1 : at + 3]):
        return True
    kept = not units[at - 1].low.endswith("s") and not any(u.quantity for u in units[at + 1 : at + 4])
    return kept and any(unit.has("things.positions") for unit in units[at + 1 : at + 4])


def _allies(units: list[Unit], phrase: Phrase) -> None:
    """ "Taliban and affiliated militants", "women and children": one count for two nouns."""
    at = phrase.last
    if phrase.head in ("", "unknown") or phrase.measure or low_at(units, at) not in ("and", "or", "&"):
        return
    end = at + 1
    while end < len(units) and end - at < 5 and _ally_word(units[end]):
        if is_noun(units[end]) and not is_verb(units[end]) and not _next_is_noun(units, end + 1):
            gapped = end + 1 < len(units) and units[end + 1].quantity  # "eight men and their foes three"
            phrase.last = phrase.last if gapped else end + 1
            return
        end += 1


def _ally_word(unit: Unit) -> bool:
    return (
        unit.word
        and not unit.quantity
        and unit.low not in NO_ALLY
        and not is_verb(unit)
        and (not looks_finite(unit) or unit.has("affiliation.words"))
    )


def read_tail(units: list[Unit], phrase: Phrase) -> None:
    """ "members OF A FAMILY", "soldiers OF THE PAKISTAN ARMY", "six of them" after the noun."""
    phrase.tail = max(phrase.tail, phrase.last)
    at = phrase.last
    if low_at(units, at) in ("of", "from") and (phrase.head or phrase.measure):
        end = at + 1
        while end < len(units) and end - at < 8:
            unit = units[end]
            if (
                unit.quantity
                or not (unit.word or unit.low in DASHES or unit.low == "'s")
                or is_verb(unit)
                or looks_finite(unit)
                or (phrase.head not in THINGS and tells_after(unit))
            ):
                break
            if unit.low in NO_TAIL or unit.has("structure.subset_after"):
                break
            end += 1
        if end > at + 1:
            phrase.tail = end
            if phrase.head == "unknown" and any(u.has("things.refused") for u in units[at + 1 : end]):
                phrase.head = "refused"  # "40 HEAD OF CATTLE"
    if at < len(units) and units[at].has("structure.subset_after"):
        phrase.subset = True
        phrase.tail = phrase.last = at + 1
        if at + 1 < len(units) and units[at + 1].quantity and units[at].low in ("of those", "of these"):
            _whole_number(units, phrase)
        elif not phrase.head:
            _part_noun(units, phrase)


def _whole_number(units: list[Unit], phrase: Phrase) -> None:
    """ "one OF THOSE EIGHT", "three OF THESE 12 WOUNDED": the whole was told before, and is no figure here."""
    at = phrase.last
    whole = Phrase(at, phrase.quantity, at + 1, at + 1)
    read_noun(units, whole, at + 1)
    phrase.last = phrase.tail = max(whole.last, at + 1)
    if whole.measure:
        phrase.partitive, phrase.noun = "the", low_at(units, whole.last - 1)
    if whole.head not in ("", "unknown", "refused"):
        phrase.head = whole.head


def _part_noun(units: list[Unit], phrase: Phrase) -> None:
    """ "380 of them SOLDIERS": the noun that tells the part from its whole."""
    at = phrase.last + (
        phrase.quantity.low == 1 and low_at(units, phrase.last) in ("a", "an")
    )  # "one of them A MAJOR"
    if at >= len(units) or (not is_noun(units[at]) and not _next_is_noun(units, at + 1)):
        return
    part = Phrase(phrase.at, phrase.quantity, at, at)
    read_noun(units, part, at)
    if part.measure and low_at(units, at - 1) in ("of those", "of these"):  # "two of those injured died"
        phrase.partitive, phrase.noun, phrase.last, phrase.tail = "the", units[at].low, at + 1, at + 1
    if part.head not in ("", "unknown", "refused") and not part.measure:
        read_tail(units, part)
        phrase.head, phrase.noun, phrase.last, phrase.tail = part.head, part.noun, part.last, part.tail


def is_plural(noun: str) -> bool:
    return noun.endswith(
        (
            "s",
            "men",
            "people",
            "women",
            "children",
            "police",
            "troops",
            "personnel",
            "taliban",
            "ttp",
            "forces",
            "dead",
            "wounded",
            "injured",
            "youth",
            "crew",
            "staff",
            "fc",
            "levies",
        )
    ) or noun in (
        "men",
        "paramilitary",
        "bla",
        "iskp",
        "daesh",
        "khawarij",
        "khwarij",
        "family",
        "chinese",
        "fitna al-khawarij",
        "passers-by",
    )
