"""An "and" between two words: two speakers, two titles of one, or part of one body's name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.sayings import is_head
from bot.news.figures.sentence.units import DETERMINERS, Unit

TITLE = 5  # units of "and National Security Adviser"
NAMING = frozenset(("of", "for", "on", "against"))  # "the Directorate OF Refugees"


def joins(names: Names, units: Sequence[Unit], at: int, end: int) -> bool:
    """ "police AND residents": both may speak."""
    left = units[at - 1]
    right = units[at + 1 : end + 1]
    if names.is_place(left) and right and all(names.is_place(u) for u in right):
        return _is_located(names, units, at - 1)
    speaks = any(is_head(u) or names.mention_at(u) for u in right)
    return speaks and bool(is_head(left) or names.mention_at(left))


def _is_located(names: Names, units: Sequence[Unit], at: int) -> bool:
    """ "officials in CHAMAN and Torkham": a place where somebody is who speaks."""
    while at > 1 and names.is_place(units[at]):
        at -= 1
    return at > 0 and units[at].low in ("in", "at", "from", "of") and is_head(units[at - 1])


def titles(units: Sequence[Unit], at: int) -> bool:
    """ "Deputy Premier AND Foreign Minister Saleem Dar": two titles of one name."""
    if not units[at - 1].has("speaker.person"):
        return False
    titled = next(
        (k for k in range(at + 1, min(len(units), at + TITLE)) if units[k].has("speaker.person")), 0
    )
    return titled > 0 and all(u.capital for u in units[at + 1 : titled])


def is_inside_name(names: Names, units: Sequence[Unit], at: int) -> bool:
    """ "the Ministry of Borders AND Tribal Affairs", "the information AND culture department": one body's name."""
    if units[at].low != "and" or at + 1 >= len(units) or not units[at + 1].word:
        return False
    left, right = units[at - 1], units[at + 1]
    if names.mention_at(left) or names.mention_at(right):
        return False
    if not (left.capital and right.capital):
        if at > 2 and units[at - 2].low in NAMING and units[at - 3].has("say.bodies", "speaker.person"):
            return True  # "a chamber of commerce AND industry", "the director for health AND relief"
        parted = units[at + 2].has("say.bodies") if at + 2 < len(units) else False
        owner = units[at - 2] if at > 1 else units[at]
        return parted and (owner.low in DETERMINERS or owner.low == "'s" or names.is_place(owner))
    k = at - 1
    while k > 0 and ((units[k].capital and units[k].word) or units[k].low == ","):
        k -= 1
    return (
        0 < k < at - 1 and units[k].low in NAMING and units[k - 1].capital and not right.has("speaker.person")
    )
