"""What sort of number it is: a count, or a date, an age, a distance, a name, money, a duration."""

from __future__ import annotations

from bot.news.figures.sentence.units import BE, DASHES, Unit, is_noun, neighbour, number_of
from bot.news.text.words import word_set

ORDINALS = word_set(
    "first second third fourth last final this that each same next initial one latest"
)  # "in the first phase"
SHARING = frozenset(("in", "out", "of", "every", "each"))
SHARED = (("in",), ("out", "of"), ("out", "of", "every"), ("of", "every"), ("in", "every"))
BEGINNING = frozenset(("since", "by", "until", "till"))
BEFORE_YEAR = word_set("in since of until till by from during early late mid year the")
BEFORE_ONE = word_set(
    "no any every some this that which the day another last next each"
)  # "the one", "day one"
OLDEST = 100
SEVERAL = frozenset(("family", "crew", "staff", "couple"))  # "a crew of 11"
AFTER_AGE = word_set("was were is are and died who among in from")
LAST_DAY = 31  # of a month
PARTS = word_set("quarter quarters third thirds fifth fifths tenth")
TEN = 10  # shares are told of so many: "six in ten"


def kind_of(units: list[Unit], at: int) -> str:
    """What sort of number this is: only a "count" counts people or things.

    The order matters: what is glued to a number says more than what stands near it.
    """
    before, after = neighbour(units, at, -1), neighbour(units, at, 1)
    for test in (_glued, _money, _measured, _dated, _aged, _named, _pronoun):
        kind = test(units, at, before, after)
        if kind:
            return kind
    return "count"


def _digits_only(unit: Unit) -> bool:
    return unit.low[:1].isdecimal() or unit.low == "range"


def _glued(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    unit = units[at]
    touching = before.end == unit.start
    if touching and before.word and "kind.currency" not in before.tags:
        return "name"
    if touching and before.low in (":", ".", "/", "#", "@", "_", "="):
        return "clock" if before.low == ":" else "name"
    if touching and before.low in DASHES:
        earlier = neighbour(units, at, -2)
        if earlier.end == before.start and (earlier.word or earlier.quantity):
            return "name"
    if after.start == unit.end:
        if after.low in ("st", "nd", "rd", "th"):
            return "ordinal"
        if (
            after.low in (":", "/")
            and neighbour(units, at, 2).quantity
            and neighbour(units, at, 2).start == after.end
        ):
            return "clock"
        if after.word and _digits_only(unit) and not after.has("kind.time") and after.low not in ("plus",):
            return (
                "clock" if after.low in ("am", "pm") else "distance" if after.has("kind.distance") else "name"
            )
        if after.low in DASHES and neighbour(units, at, 2).start == after.end:
            return _compound(units, at)
    return ""


def _compound(units: list[Unit], at: int) -> str:
    """ "48-hour", "two-page", "12-year-old", "100-odd": a number glued to a word by a hyphen."""
    word, then = neighbour(units, at, 2), neighbour(units, at, 3)
    if word.low in ("odd", "plus"):
        return ""
    if word.has("kind.time"):
        old = neighbour(units, at, 4)
        if (then.low in DASHES and old.low == "old") or then.low == "old":
            return "age"
        return "duration"
    if word.quantity or not word.word:
        return "name"
    return "compound"


def _money(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    if "kind.currency" in before.tags:
        number_of(units[at]).start = before.start
        return "money"
    return "money" if "kind.currency_after" in after.tags else ""


def _measured(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    if after.low in ("am", "pm", "a.m.", "p.m.", "o'clock"):
        return "clock"
    if "kind.distance" in after.tags or after.low == "%":
        return "distance"
    if after.low.endswith(" old"):
        return "age"
    if after.low in ("third", "thirds", "quarters", "fifths", "fourths", "tenths"):
        return "fraction"
    if "kind.time" in after.tags:
        if neighbour(units, at, 2).low in ("old", "of age"):
            return "age"
        if after.low in ("day", "night") and neighbour(units, at, 2).within("people"):
            return ""  # "45,000 day labourers"
        return "duration"
    parted = before.low == "of" and neighbour(units, at, -2).low in PARTS
    if parted or _is_share(units, at, before.low, after.low):
        return "fraction"  # "a QUARTER OF a million"
    return "distance" if before.low == "magnitude" else ""


COUNTED = (
    "kind.time",
    "kind.month",
    "people.militants",
    "people.security",
    "people.taliban",
)  # "two out of five ATTACKERS"


def _is_share(units: list[Unit], at: int, before: str, after: str) -> bool:
    """ "SIX IN TEN of the returnees", "nine OUT OF EVERY TEN": a share and no count."""
    if after == "for" and neighbour(units, at, 2).low == "every":
        return True  # "we claim ten FOR EVERY ONE we lose"
    for between in SHARED if before in SHARING or after in SHARING else ():
        for first in (at, at - len(between) - 1):
            if between[0] != after if first == at else between[-1] != before:
                continue
            last = first + len(between) + 1
            part, whole = neighbour(units, first, 0).quantity, neighbour(units, last, 0).quantity
            joined = tuple(neighbour(units, k, 0).low for k in range(first + 1, last)) == between
            if joined and part and whole and part.high is not None and whole.low is not None:
                follows = neighbour(units, last, 1)
                counted = bool(follows.within("things")) or follows.has(*COUNTED)
                alone = between[-1] == "every" or not counted or (part.high == 1 and between == ("in",))
                return part.high < whole.low <= TEN and alone  # "ONE IN FOUR clinics"
    return False


def _is_month(unit: Unit) -> bool:
    return "kind.month" in unit.tags and (unit.capital or not unit.word) and unit.low != ""


# --------------------------------------------------------------------------- dates


def opens_date(before: list[Unit], number: Unit) -> bool:
    """Whether a number is the day or the year of what stands before it: "March 3 (to 9)", "since 2023 (to 1.7 million)"."""
    if not number.low.isdecimal() or not before:
        return False
    if _is_year(number):
        last = before[-1]
        return bool(last.quantity) or last.low in BEGINNING or last.low == "," or _month_ends(before) > 0
    return int(number.low) <= LAST_DAY and _month_ends(before) > 0


def ends_date(before: list[Unit], number: Unit) -> bool:
    """Whether "to 9" ends what "March 3" begins: never after "since March 3", where it is what a count came to."""
    day = number.low.isdecimal() and int(number.low) <= LAST_DAY
    return (day or _is_year(number)) and not _is_begun(before)


def _is_begun(before: list[Unit]) -> bool:
    """Whether a day or a year is one since which is counted: "SINCE March (3)", "BY (2023)"."""
    return neighbour(before, len(before), -1 - _month_ends(before)).low in BEGINNING


def _month_ends(before: list[Unit]) -> int:
    """How many units the month takes that stands right before a day: two for "Feb.", none where there is no month."""
    end = len(before)
    size = 2 if neighbour(before, end, -1).low == "." else 1
    return size if _is_month(neighbour(before, end, -size)) else 0


def _is_year(number: Unit) -> bool:
    return len(number.low) == 4 and number.low.isdecimal() and 1900 <= int(number.low) <= 2100


def _dated(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    unit = units[at]
    if not _digits_only(unit):
        return ""
    quantity = number_of(unit)
    if quantity.high is None or quantity.high != int(quantity.high):
        return ""
    value = int(quantity.high)
    year = len(unit.low) == 4 and unit.low.isdecimal() and (1300 <= value <= 1500 or 1900 <= value <= 2100)
    month = _is_month(before) or (before.low == "." and _is_month(neighbour(units, at, -2)))
    if (value <= LAST_DAY or year) and (month or (_is_month(after) and not year)):
        return "date"
    earlier = neighbour(units, at, -2)
    if (
        before.low in ("and", ",", "to", "or", "&", "-", "–")
        and earlier.quantity
        and earlier.quantity.kind == "date"
        and not (before.low == "to" and _is_begun(units[: at - 2]))
        and (value <= LAST_DAY or year)
        and not is_noun(after)
    ):
        return "date"
    if (
        value <= 31
        and after.low in ("and", "or", ",", "to")
        and neighbour(units, at, 2).quantity
        and _is_month(neighbour(units, at, 3))
    ):
        return "date"
    if year and not _counts_after(before, after):
        return "date"
    return ""


def _counts_after(before: Unit, after: Unit) -> bool:
    """Whether a bare four-digit number between 1900 and 2100 counts something after all."""
    if before.low in BEFORE_YEAR:
        return False
    return any(
        t.startswith(("people.", "things.", "killed.", "wounded.", "qualifier."))
        for t in after.tags | before.tags
    )


def _aged(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    earlier = neighbour(units, at, -2)
    if "kind.age_before" in before.tags or (
        "qualifier.about" in before.tags and "kind.age_before" in earlier.tags
    ):
        return "age"
    if before.low in ("and", ",", "to") and earlier.quantity and earlier.quantity.kind == "age":
        return "" if is_noun(after) else "age"
    low = number_of(units[at]).low
    if (
        before.low == "of"
        and earlier.has("people.civilians", "people.people", "people.security", "speaker.person")
        and earlier.low not in SEVERAL
        and neighbour(units, at, -3).low in ("a", "an")
    ):
        ends = not after.word or after.has("structure.subset_after") or after.low in AFTER_AGE
        return "age" if ends and low is not None and low < OLDEST else ""  # "a boy OF 11 among them"
    if before.low == "than" and earlier.low in ("older", "younger"):
        return "age"  # "none older than 15"
    said_of = earlier.low in BE or "structure.subset_after" in earlier.tags
    if before.low in ("under", "over", "below", "above") and said_of and not after.word:
        return "age"  # "nine of them were under 12", "about half of them under 15"
    kin = earlier.has("speaker.person") and neighbour(units, at, -3).low in ("his", "her", "their")
    ends = after.low == "," or (after.low == "." and kin)  # "and HER GRANDFATHER, 72."
    apposed = before.low == "," and ends and earlier.word and not is_counted(earlier)
    if not apposed or (not earlier.capital and neighbour(units, at, 2).low in ("were", "are")):
        return ""  # "more than half of the dead, it said, 79, WERE soldiers"
    return "age" if _digits_only(units[at]) and low is not None and low < OLDEST else ""


def is_counted(unit: Unit) -> bool:
    """A word that a number may count, so that "5 soldiers, 12, …" is a list and no age."""
    return any(tag.startswith(("things.",)) for tag in unit.tags)


def _named(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    """Numbers that are names: resolution 2593, Article 51, 2 Division, Room 4."""
    unit = units[at]
    if (
        "kind.identity" in before.tags
        and (_digits_only(unit) or before.capital)
        and before.low not in ("number",)
        and neighbour(units, at, -2).low.rpartition(" ")[2] not in ORDINALS
    ):
        return "name"
    earlier = neighbour(units, at, -2)
    if (
        before.low in ("and", ",", "or")
        and earlier.quantity
        and earlier.quantity.kind == "name"
        and not after.word
    ):
        return "name"
    if _digits_only(unit) and _heads_unit(units, at):
        return "name"
    return ""


def _heads_unit(units: list[Unit], at: int) -> bool:
    """ "2 Division", "16 Air Assault Brigade": capitals up to the word for the unit."""
    for step in range(1, 5):
        unit = neighbour(units, at, step)
        if not unit.capital:
            return False
        if unit.has("kind.organisation"):
            return True
    return False


def _pronoun(units: list[Unit], at: int, before: Unit, after: Unit) -> str:
    """ "one" that counts nothing: "one of the founders", "no one", "one another", "on the one hand"."""
    if units[at].low != "one":
        return ""
    if before.low in ("every", "each") and after.low.startswith("of"):
        return "all"  # "every one of the 13 dead"
    if before.low in ("no", "any", "some"):
        return "name"  # "officials said NO ONE died": nobody, not one
    if before.low in BEFORE_ONE:
        return "pronoun"
    if after.low == "," and neighbour(units, at, -2).low.rpartition(" ")[2] in BEFORE_ONE:
        return "name"  # "during the LAST long one, in March, …"
    if after.low in ("another", "point", "side", "hand", "day", "thing", "way", "time") or not (
        after.word or after.low == ","
    ):
        return "pronoun"
    if after.low == "of":
        return "pronoun" if neighbour(units, at, 2).low not in ("them", "whom", "those", "these") else ""
    return ""
