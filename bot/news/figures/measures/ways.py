"""Where those who move are going: "left PAKISTAN", "crossed into KUNAR", "walked THROUGH the gate", "flew to DUBAI"."""

from __future__ import annotations

from bot.news.figures.sentence.clause import TIMES, Sentence
from bot.news.figures.sentence.units import ADVERBS, DETERMINERS
from bot.news.text.words import word_set

HOME, AWAY, THROUGH, AT = "home", "away", "through", "at"
HOMEWARD = word_set("home homeward homewards homeland back afghan")
TO = word_set("to into for towards toward onto reached reach entered re-entered enter entering")
FROM = word_set("from left leave leaving leaves quit exited exit exiting departed")
OUT = frozenset(("from pakistan", "out of pakistan", "out of the country"))
PASSES = word_set("through across over via past")
GATES = word_set("border frontier crossing crossings gate gates line bridge torkham chaman boldak arrival")
ELSEWHERE = word_set(
    "room stadium stage pitch field office building meeting talks hall jail jails prison custody"
)  # "left the ROOM"
ENDS = word_set("who which that and but while when as ; : . ( )") | {"", ","}
REACH, NOUN = 8, 4  # units behind a verb, and of the name of a place


def way_of(sentence: Sentence, verb: int) -> str:
    """Where the words behind a verb lead, and its own last one: "home", "away", "through" a gate, "at" one, "" nowhere said."""
    found = ""
    for at in range(verb, verb + REACH):
        if at > verb and _ends(sentence, at):
            break
        low = sentence.low(at).rpartition(" ")[2]
        if low in HOMEWARD or sentence.low(at) in OUT:
            return HOME
        if low in PASSES:
            found = THROUGH
        elif low in GATES:
            found = found or AT
        elif low in TO or low in FROM or low == "in":
            ground = _ground(sentence, at + 1, low)
            if ground == HOME:
                return HOME
            found = ground or found
    return found


def _ends(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in ENDS or at in sentence.owner


def _ground(sentence: Sentence, first: int, leads: str) -> str:
    """Whose ground "to", "from" or "left" leads to or away from: home to Afghanistan, out of Pakistan."""
    leaves = leads in FROM
    for at in range(first, first + NOUN):
        low = sentence.low(at)
        if _ends(sentence, at) or low in TIMES or sentence.has(at, "kind.time", "kind.month"):
            return ""
        if low in GATES:
            return AT
        if low == "country":
            return HOME  # "left THE COUNTRY", "entered their COUNTRY"
        own = "PK" if leaves else "AF"
        if sentence.has(at, "place." + own) or low in HOMEWARD:
            return HOME
        if sentence.has(at, "place.PK", "place.AF", "place.intl", "place.IN") or low in ELSEWHERE:
            return AWAY
        if low not in DETERMINERS and low not in ADVERBS and not sentence.has_capital(at):
            break
    return "" if leaves or leads == "in" else AWAY
