"""Words that tell a toll follows: "death toll", "the wounded rose to", "the dead of the raid now number", "DEAD: 6"."""

from __future__ import annotations

from functools import lru_cache

from bot.news.figures.sentence.clause import PEOPLE_HEADS, Sentence
from bot.news.figures.sentence.units import BE, EMPTY, forms_of, looks_finite, verb_forms
from bot.news.text.words import word_set

COUNTED = (
    "killed", "wounded", "casualties", "captured", "abducted", "missing", "displaced", "returned", "deported",
)  # fmt: skip
BODIES = word_set("bodies coffins remains corpses") | {"dead bodies", "mortal remains"}
REACHED = word_set("reached hit passed topped exceeded surpassed crossed")
FROM_TO = frozenset(("to", "from"))
ARE = frozenset(("is", "are", "was", "were", "number", "numbered"))
ENDS = frozenset(("", ".", ",", ";", "and"))
OPENING = frozenset(
    ("the", "of", "its", "their", "enemy", "'s", "own", "his", "our")
)  # words before "dead" that make it a noun
OF_EVENT = frozenset(("from", "of", "in", "for", "after", "on", "since", "over", "during"))
GOES_ON = frozenset(("at", "now", "number", "numbered", "is", "are", "was", "were", "stands", "stood"))
BREAKS = frozenset((",", ";", ".", ":", "(", "that", "who"))
HARMED = frozenset(("killed", "wounded"))
TRADE = word_set(
    "trade traders exports imports exporters importers growers economy business revenue rupees dollars jobs"
)
CRAFT = frozenset(("vehicles_equipment", "positions"))
LINKED = word_set("at to as were are was")
LOST = 5_000  # men whom no side loses at once: so many are sums of money
EVENT = 22  # units in which a toll may say of which event it is
GIVING = ("structure.puts", "kind.gives")
PUTS = 6  # units between "put" and what it puts at a number


@lru_cache(maxsize=4_096)
def may_count(tags: frozenset[str]) -> bool:
    """Whether a word can name a toll, a loss or those whom something befell: most cannot."""
    named = any(measure in COUNTED for measure in forms_of(tags))
    return named or not tags.isdisjoint(("lose.noun", "structure.total"))


@lru_cache(maxsize=4_096)
def toll_of(tags: frozenset[str]) -> str:
    """What a word such as "death toll" counts, "" for every other word."""
    return next((t.partition(".")[0] for t in sorted(tags) if t.endswith(".toll")), "")


@lru_cache(maxsize=4_096)
def _is_counted(tags: frozenset[str]) -> bool:
    """Whether a word may stand for those whom it befell: "the WOUNDED", "DEPORTATIONS"."""
    return any({"noun", "done"} & forms_of(tags).get(m, EMPTY) for m in COUNTED)


def is_toll_noun(sentence: Sentence, at: int) -> bool:
    """ "the wounded rose to 20", "put the Pakistani dead at 58", "deportations fell to 4,200", "the dead are ten"."""
    if not _is_counted(sentence.units[at].tags):
        return False
    forms = verb_forms(sentence.units[at])
    after = after_event(sentence, at + 1)
    if sentence.low(after) in BE and sentence.has(after + 1, "structure.puts"):  # "the dead WERE PUT at 40"
        after += 2
    if (
        _rises(sentence, after)
        and at not in sentence.owner
        and any("noun" in forms.get(m, EMPTY) for m in COUNTED)
    ):
        return True
    opened = any(sentence.low(k) in OPENING for k in range(max(0, at - 3), at))
    puts = _is_put(sentence, at)
    if not (opened or puts):
        return False
    if puts and opened and _is_bare(sentence, after):
        return True  # "gave its dead as 23"
    after += sentence.low(after) == "now"
    if sentence.low(after) in ARE:
        given = after + 1 + (sentence.low(after + 1) == "now")
        return _is_bare(sentence, given) and sentence.low(given + 1) in ENDS and forms.keys() <= HARMED
    return sentence.has(after, "structure.rise") or sentence.low(after) in ("at", "to", "stood")


def _rises(sentence: Sentence, at: int) -> bool:
    """ "ROSE to 20", "REACHED 20"."""
    if not sentence.has(at, "structure.rise", "structure.revision"):
        return False
    reached = sentence.low(at) in REACHED and _is_bare(sentence, at + 1)
    return reached or sentence.low(at + 1) in FROM_TO


def _is_put(sentence: Sentence, at: int) -> bool:
    """ "PUT the dead at 40", "PUTS the Pakistani dead at 58", "GIVES its dead as 23"."""
    puts = not sentence.said.isdisjoint(GIVING)
    return puts and any(sentence.has(k, *GIVING) for k in range(max(0, at - PUTS), at))


def _is_bare(sentence: Sentence, at: int) -> bool:
    phrase = sentence.owner.get(at)
    return phrase is not None and phrase.at == at and phrase.quantity.kind == "count" and not phrase.measure


def after_event(sentence: Sentence, at: int) -> int:
    """Where it goes on after what a noun is of: "put the dead IN SPIN BOLDAK at six", "the dead OF THE RAID number 28"."""
    if sentence.low(at).partition(" ")[0] not in OF_EVENT:
        return at
    for k in range(at + 1, min(len(sentence.units), at + EVENT)):
        unit = sentence.units[k]
        if unit.low in GOES_ON or _rises(sentence, k):
            return k
        if (
            unit.low in BREAKS
            or (unit.quantity and unit.quantity.kind == "count")
            or (looks_finite(unit) and not unit.capital)
        ):
            break
    return at


def is_label(sentence: Sentence, at: int) -> bool:
    """ "DEAD: 6. INJURED: 19."."""
    if sentence.low(at + 1) != ":" or at in sentence.owner or at + 2 >= len(sentence.units):
        return False
    named = any(m in COUNTED for m in verb_forms(sentence.units[at]))
    return named and bool(sentence.units[at + 2].quantity) and (at == 0 or not sentence.units[at - 1].word)


def is_loss(sentence: Sentence, at: int) -> bool:
    """ "Enemy LOSSES are put at 26", "its own LOSSES stand at four": of men, where no money is meant."""
    if not sentence.has(at, "lose.noun") or sentence.has(at, "structure.total"):
        return False
    told = [b.measure for k, b in sentence.bound.items() if k < at]
    if told and CRAFT.issuperset(told):
        return False  # "150 drones were downed; Kabul puts its LOSSES at 30"
    behind = after_event(sentence, at + 1)  # "losses OVER FOUR DAYS at 26"
    given = _is_put(sentence, at)
    after = next(
        (k for k in range(behind + 1, behind + 4) if sentence.low(k - 1) in LINKED and k in sentence.owner),
        behind if given else 0,  # "gave its losses as 38"
    )
    number = sentence.owner.get(after)
    if number is None or number.at != after or number.head not in ("", *PEOPLE_HEADS):
        return False
    return 0 < (number.quantity.low or 0) < LOST and sentence.said.isdisjoint(TRADE)
