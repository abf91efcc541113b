"""What a toll is given as, over what it is of, what it was before and whether it rose: "the toll, at 12 on Monday, is now 15"."""

from __future__ import annotations

from bot.news.figures.measures.tollwords import EVENT, after_event
from bot.news.figures.sentence.clause import Sentence, is_done
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import ADVERBS, HAVE, Unit, is_noun, is_verb

OPENING = 5  # units before a number in which it may be taken back: "LOWERED its earlier figure of 30 to 22"
REACH = 8  # units after a noun in which its happening may stand


def behind_former(sentence: Sentence, comma: int) -> int:
    """ ", WHICH STOOD AT 12 ON MONDAY, is now 15", ", PUT AT 20 BEFORE, had reached 33": what it was is no figure."""
    ends = range(comma + 2, min(len(sentence.units), comma + EVENT))
    closing = next((k for k in ends if sentence.low(k) == ","), comma)
    goes_on = closing + 1
    while sentence.low(goes_on) in HAVE or sentence.low(goes_on) in ADVERBS:
        goes_on += 1
    now = sentence.has(goes_on, "structure.rise", "structure.revision", "structure.stands")
    if closing == comma or not now:
        return comma
    for at in range(comma, closing):
        if at in sentence.owner:
            sentence.owner[at].head = "never"
    return closing + 1


def risen(sentence: Sentence, at: int) -> int:
    """ "The toll FROM THURSDAY'S BOMBING OF A CAMP reached 21": where it goes on after what it is of."""
    for k in range(at + 1, min(len(sentence.units), at + EVENT)):
        if sentence.has(k, "structure.rise", "structure.revision") or sentence.low(k) in ("stands", "stood"):
            return k
        number = sentence.units[k].quantity
        given = sentence.owner.get(k + 1)
        if (
            sentence.low(k) in ("from", "to", "at")
            and given
            and given.at == k + 1
            and given.quantity.kind == "count"
        ):
            return k
        if sentence.low(k) in (";", ".") or (number and number.kind == "count"):
            break
    return after_event(sentence, at + 1)


def given_as(sentence: Sentence, first: int) -> tuple[Phrase, bool, bool] | None:
    """The number that a toll is given as, whether it rose, whether it fell; "from 13" before it is no figure."""
    previous, rise, falls = None, False, False
    for k in range(first, min(len(sentence.units), first + 13)):
        phrase = sentence.owner.get(k)
        if phrase and phrase.at == k and phrase.quantity.kind == "count":
            if (sentence.low(k - 1) == "from" and phrase.head == "") or is_corrected(sentence, phrase):
                previous = phrase
                continue
            former = sentence.owner.get(phrase.last + 1) if sentence.low(phrase.last) == "from" else None
            if previous and not phrase.head:  # "its count of 12 POLICEMEN to nine"
                phrase.head, phrase.noun = previous.head, previous.noun
                phrase.away = range(previous.at + 1, previous.last) if previous.noun else None
            for other in (previous, former):  # "to 17 FROM 13"
                if other and (not other.head or other is previous):
                    sentence.bound.pop(other.at, None)
                    other.head = "never"
            return phrase, rise, falls
        unit = sentence.units[k]
        rise = rise or unit.has("structure.rise")
        falls = falls or unit.has("structure.revision")
        as_number = unit.low == "as" and k + 1 < len(sentence.units) and sentence.units[k + 1].quantity
        if not (_leads_on(unit) or as_number or (previous and k == previous.tail)):
            return None
    return None


def is_corrected(sentence: Sentence, phrase: Phrase) -> bool:
    """ "The toll of NINE was corrected to six", "a count of NINE that rose to 12": what was said before."""
    end = phrase.tail + is_done(sentence, phrase.tail)
    turned = range(phrase.at - OPENING, phrase.at) if sentence.low(end) == "to" else ()
    if any(sentence.has(k, "structure.revision") for k in turned):
        given = sentence.owner.get(end + 1)  # "corrected its figure of 30 killed to 22"
        return given is not None and given.at == end + 1
    for at in range(end, end + REACH):
        if sentence.has(at, "structure.rise", "structure.revision") and not sentence.low(at).endswith("ing"):
            given = sentence.owner.get(at + 2) if sentence.low(at + 1) == "to" else None
            return given is not None and given.at == at + 2
        if at in sentence.owner or sentence.low(at) in ("", ".", ";", "and", "but", "while"):
            return False
    return False


def _leads_on(unit: Unit) -> bool:
    """Whether a toll's number may still follow a unit."""
    if unit.quantity or unit.has("structure.stands", "structure.rise", "structure.revision", "kind.month"):
        return True
    if unit.low in (";", "(", "that", "who") or (unit.has("structure.causal") and unit.low != "since"):
        return False
    return not is_verb(unit) or is_noun(unit)
