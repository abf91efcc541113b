"""Who was counted before: whom "the dead", "16 others" or a second claim without a noun speak of."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.measures.linking import is_of_them
from bot.news.figures.parties.counted import is_rest
from bot.news.figures.parties.foreground import is_set_against
from bot.news.figures.parties.number import Number
from bot.news.figures.parties.sides import BY_SIDE, PARTY_SIDE
from bot.news.figures.sentence.clause import THING_HEADS, Bound, Sentence
from bot.news.model import OTHER_SIDE, UNATTRIBUTED, Figure, Party
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import Span, word_set

POINTS_BACK = 500  # code points
HURT = word_set("killed wounded casualties")
HELD = word_set("captured deported")
REST = word_set("others more")


def people_before(number: Number, earlier: Sequence[Figure], name: str) -> Party:
    """ "Sixteen others were wounded" after a sentence on eight Taliban: the same people, unless a place or people is named."""
    party, around = _people(number, earlier, name), number.around
    other = OTHER_SIDE.get(PARTY_SIDE.get(party, ""))
    if other is None or not earlier or number.bound.measure not in HURT:
        return party
    last = earlier[-1]
    told = last.start - max(0, last.sentence.find(last.quote)) + len(last.sentence)  # where its sentence ends
    since = around.told_places(told, around.start, exact=True)
    return "unspecified" if since and since[-1] == other else party  # "In Peshawar, police said …"


def _people(number: Number, earlier: Sequence[Figure], name: str) -> Party:
    bound, sentence, around = number
    phrase = bound.phrase
    paragraph = around.text.rfind("\n\n", 0, around.start)
    near = [f for f in earlier if f.start > paragraph]
    told = [f for f in earlier if around.start - f.start < POINTS_BACK]
    hurt = [f for f in told if f.measure in HURT and not f.subset]
    if phrase.partitive == "the" and is_rest(phrase):  # "seven of the injured"
        return next((f.party for f in reversed(near) if f.measure == bound.measure), "unspecified")
    if hurt and sentence.low(phrase.at - 1) == "," and sentence.low(phrase.at - 2) == "of them":
        return hurt[-1].party  # "most of them, 33 in all, died"
    if bound.measure in HELD and is_rest(phrase):  # "1,200 detentions"
        return next((f.party for f in reversed(near) if f.measure in HELD), "unspecified")
    if hurt and is_of_them(sentence, phrase):  # "160 terrorists died. At least 90 of them were Afghans"
        here = around.between(around.start, sentence.units[phrase.at].start)
        named = any(m.kind == "demonym" for m in here)  # "it was AFGHANS who were killed: eight of them"
        return "unspecified" if named else hurt[-1].party
    while hurt and is_set_against(hurt[-1].sentence.partition(hurt[-1].quote)[0]):
        hurt.pop()  # "jets struck Kunar in response to THE MURDER OF TEN POLICEMEN. Officials put the dead at 13"
    if not hurt or not is_rest(phrase):
        return "unspecified"
    if around.voice.side == "militants":  # "claimed the attack and spoke of 50 dead"
        mourned = [f.party for f in hurt if PARTY_SIDE.get(f.party) == "PK" and f.measure == bound.measure]
        return mourned[-1] if mourned else "unspecified"
    others = (phrase.quantity.additional and not phrase.noun) or phrase.noun in REST
    if others and hurt[-1].measure == bound.measure:
        return hurt[-1].party  # "fourteen more were killed", "seven others were killed"
    named = any(m.kind == "demonym" for m in around.between(around.start, around.end))
    if named or (phrase.noun not in REST and around.places(around.start, around.end)):
        return "unspecified"
    definite = bound.rule == "toll"  # "put THE DEAD at 133"
    begins = phrase.at <= 2 or definite
    if not (begins or phrase.partitive or earlier[-1].claimant == name != UNATTRIBUTED):
        return "unspecified"
    last, same = hurt[-1], hurt[-1].claimant == name
    if definite and not same and PARTY_SIDE.get(last.party) != OTHER_SIDE.get(around.voice.side):
        return "unspecified"  # another voice may count other people
    if definite or (begins and bound.measure == "killed" and (same or last.party != "militants")):
        other = not (same or definite) and name != UNATTRIBUTED and phrase.measure  # "UNAMA counts 44 deaths"
        return (
            BY_SIDE["people"][PARTY_SIDE[last.party]]
            if other and PARTY_SIDE.get(last.party) in NATIONS
            else last.party
        )
    if not (same or phrase.partitive or phrase.noun in ("others", "more") or name == UNATTRIBUTED):
        return "unspecified"
    return next((f.party for f in reversed(hurt) if f.party != "militants"), "unspecified")


def echoed(bound: Bound, earlier: Sequence[Figure]) -> Party | None:
    """ "Islamabad rejected THE FIGURE OF 17": those of whom it was said."""
    same = (f for f in reversed(earlier) if (f.low, f.measure) == (bound.phrase.quantity.low, bound.measure))
    return next((f.party for f in same), None)


def toll_after(last: Figure, earlier: Sequence[Figure]) -> Party:
    """ "One more policeman died, TAKING THE TOLL TO 15": of all who died, whatever the last victim was."""
    side = PARTY_SIDE.get(last.party, "")
    died = {f.party for f in (*earlier, last) if f.measure == "killed" and PARTY_SIDE.get(f.party) == side}
    known = any(f is not last and f.measure == "killed" for f in earlier)
    return last.party if side not in NATIONS or (known and len(died) == 1) else BY_SIDE["people"][side]


def same_people(made: Sequence[Figure], side: str) -> Party:
    """Whom a second claim counts: those of the first, rather than the second speaker's own men."""
    wholes = [f.party for f in reversed(made) if not f.subset] or ["unspecified"]
    return next((p for p in wholes if PARTY_SIDE.get(p, "") != side), wholes[0])


def own_before(made: Sequence[Figure], side: str) -> Party:
    """What a second speaker counts without a noun is its own, as far as the sentence names them."""
    return next((f.party for f in reversed(made) if side and PARTY_SIDE.get(f.party) == side), "unspecified")


def points_back(bound: Bound, sentence: Sentence, earlier: Sequence[Figure], span: Span) -> bool:
    """ "neutralised all four" after four drones were counted: not four more, and not people."""
    if bound.phrase.head or not bound.phrase.quantity.definite:
        return False
    low = bound.phrase.quantity.low
    return any(
        f.low == low and f.measure in THING_HEADS for f in earlier if span.start - f.start < POINTS_BACK
    )
