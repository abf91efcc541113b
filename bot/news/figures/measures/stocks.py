"""People who are there, not those who came or fell: refugees whom a country hosts, fighters whom a group has."""

from __future__ import annotations

from bot.news.figures.measures.moves import FOLK
from bot.news.figures.measures.takers import GANGS
from bot.news.figures.sentence.clause import MOVES, Bound, Sentence
from bot.news.figures.sentence.nouns import Phrase
from bot.news.figures.sentence.units import HAVE
from bot.news.text.words import word_set

MANY, STOCK = 1_000, 100_000  # a number alone is one of those who are there if it is a large one
LIVE = 8  # units between people and where they live, what papers they have, what group they are of
THERE = word_set("in inside here there across within under throughout by")
ARE = word_set("are were is who still thought believed to be")
IN = word_set("in inside across throughout")
LANDS = word_set(
    "country province"
)  # where nothing else is said of them: "There are 1.3 million Afghans IN THE COUNTRY"
PAPERS = "hosted.papers"
RANKS = word_set("strength ranks force army")
MEN = word_set("men members fighters combatants")
FEW, ENLISTED = 5, ("fighters", "militants", "members", "gunmen", "combatants")
HAVING = word_set("has have had commands command numbers number fields maintains counts muster with")


def bind_people(sentence: Sentence, phrase: Phrase, before: Bound | None) -> None:
    """Thousands of fighters whom a group has, of refugees whom a country hosts; not some of those who came back before."""
    low = phrase.quantity.low
    if phrase.quantity.kind != "count" or (low is not None and low < MANY):
        return
    fighters = phrase.head in ("militant_strength", "militants") and low is not None
    if fighters or _of_group(sentence, phrase):
        sentence.bound[phrase.at] = Bound(phrase, "other", "strength", -1, 5)
        return
    came = before.phrase.quantity.low if before and before.measure in MOVES else None
    if not phrase.head and low is not None and (low < STOCK or (came is not None and low < came)):
        return
    if phrase.measure and phrase.measure != "returned":
        return
    if (phrase.head == "refugees" and not phrase.measure) or is_at_home(sentence, phrase):
        sentence.bound[phrase.at] = Bound(phrase, "other", "hosted", -1, 5)


def _of_group(sentence: Sentence, phrase: Phrase) -> bool:
    """ "put the STRENGTH of the TTP there AT close to 7,000", "a FORCE OF 5,000 men", "THE TTP HAS 6,000 men", "6,000 TTP men"."""
    if phrase.head and phrase.noun not in MEN:
        return False
    near = range(max(0, phrase.at - LIVE), phrase.at)
    named = range(phrase.at, phrase.last) if sentence.low(phrase.at - 1) not in HAVING else near
    if phrase.head and phrase.quantity.low and any(sentence.has(k, *GANGS) for k in named):
        return True
    given = sentence.low(phrase.at - 1) in ("at", "is", "was", "to", "of")
    ranks = any(sentence.low(k) in RANKS for k in near)
    counted = (sentence.low(k) for k in range(max(0, phrase.at - FEW), phrase.at))
    return given and (ranks or ("the number" in sentence.said and any(w.endswith(ENLISTED) for w in counted)))


def is_at_home(sentence: Sentence, phrase: Phrase) -> bool:
    """ "1.3 million Afghans with cards LIVE IN Pakistan", "1.7 million HAVE NO PAPERS": those who are there, not those who came."""
    folk = phrase.head == "refugees" or phrase.noun.rpartition(" ")[2] in FOLK
    if not folk and phrase.head:
        return False
    if any(sentence.has(k, "hosted.home") for k in range(max(0, phrase.at - 3), phrase.at)):
        return folk
    if _are_refugees(phrase) and (
        is_there(sentence, phrase, phrase.last) or sentence.low(phrase.at - 1) in HAVE
    ):
        return not phrase.measure
    after = range(phrase.last, phrase.last + LIVE)
    said = range(phrase.at) if sentence.low(phrase.at - 1) == ":" else range(phrase.at, phrase.last)
    if not phrase.measure and any(sentence.has(k, PAPERS) for k in (*said, *after)):
        return True
    if (
        not phrase.head
        and sentence.low(phrase.at - 1) == ","
        and sentence.has(phrase.at - 2, "people.refugees")
    ):
        return True  # "the card holders, over 1.3 MILLION in all,"
    lives = next((k for k in after if sentence.has(k, "hosted.live")), -1)
    if lives < 0 or not (folk or lives == phrase.last):
        return False
    if (
        lives == phrase.last
        and sentence.low(lives).startswith("remain")
        and sentence.low(lives + 1) in (",", ".")
    ):
        return folk  # "some 1.1 million Afghans REMAIN"
    return any(sentence.low(k) in THERE for k in range(lives + 1, lives + 3))


def is_there(sentence: Sentence, phrase: Phrase, last: int) -> bool:
    """ "1.3 million Afghans IN PAKISTAN", "the number of refugees LIVING IN THE COUNTRY": refugees of whom no more need be said."""
    if not _are_refugees(phrase):
        return False
    at = last
    while sentence.has(at, "hosted.live") or sentence.low(at) in ARE:
        at += 1
    return sentence.low(at) in IN and (
        sentence.has(at + 1, "place.PK") or (sentence.low(at + 1) == "the" and sentence.low(at + 2) in LANDS)
    )


def _are_refugees(phrase: Phrase) -> bool:
    return phrase.head == "refugees" or phrase.noun == "afghans"
