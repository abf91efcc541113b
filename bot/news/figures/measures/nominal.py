"""A happening that is spoken of as a thing: "the killing of five", "the arrest in Lahore of two men"."""

from __future__ import annotations

from bot.news.figures.measures.binding import objects, subjects
from bot.news.figures.measures.tollwords import BODIES
from bot.news.figures.sentence.clause import MOVES, Sentence, is_done
from bot.news.figures.sentence.units import BE
from bot.news.text.words import word_set

WHERE, BREAKS = word_set("on in at near during by from"), word_set("and , ; that who")
OPENING = 6  # units between "the deaths in a raid on Friday" and their "of"
NEAR = 9  # units before "the release of nine men" in which it is asked for
SOUGHT_AFTER = frozenset(("captured", "abducted", "surrendered", "other", *MOVES))
SOUGHT = word_set(
    "asked ask asks asking demand demands demanded demanding seek seeks sought seeking urge urged urges want wants wanted request requested "
    "discuss discussed negotiate negotiating negotiated no without await awaiting awaited insist insists insisted insisting press pressed pressing "
    "broke collapsed promise promised promises plead pleaded pleading offer offered offers call calls called calling order orders ordered warrant warrants "
    "foil foiled foiling thwarted prevented averted attempt attempted made condition refuse refused refuses provides hope hopes hoping"
)
AWAITED = word_set("awaited condition demands demanded sought")  # "the release of nine men is AWAITED"


def named(sentence: Sentence, at: int, measure: str, done: bool) -> None:
    """ "41,200 were deportations", "the killing of five"."""
    after_be = sentence.low(at - 1) in BE
    if after_be and measure in MOVES:
        subjects(sentence, at, measure, "state", 2, start=at - 1, adjacent=True)
    of = behind_place(sentence, at + 1)
    if (sentence.low(of) == "of" and not (done and after_be)) or (
        sentence.low(of) == "to" and measure == "wounded" and not done
    ):
        rank = 1 if sentence.low(at) in BODIES else 3  # "the bodies of four soldiers RETURNED"
        if measure not in SOUGHT_AFTER or not _is_sought(sentence, at, of):
            objects(sentence, at, of + 1, measure, "noun-of", rank)


def behind_place(sentence: Sentence, at: int) -> int:
    """Where "of" stands behind a noun and when or where it was: "the deaths IN A RAID ON FRIDAY of"."""
    if sentence.low(at) not in WHERE:
        return at
    for k in range(at + 1, at + OPENING):
        if sentence.low(k) == "of":
            known = sentence.owner.get(k + 1)
            return k if known and known.at == k + 1 else at
        if k in sentence.owner or sentence.low(k) in BREAKS or is_done(sentence, k):
            return at
    return at


def _is_sought(sentence: Sentence, at: int, of: int) -> bool:
    """ "DEMANDED the release of nine men", "FOILED the abduction of two": it has not come about."""
    asked = any(sentence.low(k).partition(" ")[0] in SOUGHT for k in range(max(0, at - NEAR), at))
    return asked or any(sentence.low(k) in AWAITED for k in range(of + 2, of + 2 + NEAR))
