"""Two bodies that speak as one: "UNHCR AND IOM counted 900 returns. THE TWO AGENCIES …"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import BODIES, PAIR, Nominal
from bot.news.figures.claimants.sayings import Speaker
from bot.news.figures.sentence.units import Unit
from bot.news.text.lexicon import Mention


def joint(
    names: Names, sentences: Sequence[Sequence[Unit]], units: Sequence[Unit], nominal: Nominal
) -> Speaker | None:
    """Two bodies that are named together, and whom "the agencies", "both UN bodies" stands for: such two, named last."""
    head = units[nominal.head]
    if together := _together(names, units, nominal):
        return together
    if "say.joint" not in head.tags or not _are_known(units, nominal.head):
        return None
    for said in reversed(sentences):
        found = names.within(said[0].start, min(said[-1].end, head.start)) if said else ()
        bodies = {m.name: m for m in found if m.kind in BODIES}
        if len(bodies) == PAIR:
            first, second = bodies.values()
            return _both(first, second, names.words([head]), head.start)
    return None


def _together(names: Names, units: Sequence[Unit], nominal: Nominal) -> Speaker | None:
    """ "UNHCR AND IOM", "the UN refugee agency AND THE IOM", with nothing else between or behind."""
    if nominal.last - nominal.core < PAIR:
        return None  # no room for two and what joins them
    found = names.within(units[nominal.core].start, units[nominal.last].end)
    bodies = [m for m in found if m.kind in BODIES]
    if len(bodies) != PAIR or found != tuple(bodies) or bodies[0].name == bodies[1].name:
        return None
    first, second = bodies
    between = names.text[first.end : second.start].split()
    if between not in (["and"], ["and", "the"]) or names.text[second.end : units[nominal.last].end].strip():
        return None
    return _both(first, second, names.text[first.start : second.end], first.start)


def _both(first: Mention, second: Mention, words: str, start: int) -> Speaker:
    side = first.side if first.side == second.side else ""
    return Speaker(f"{first.name} and {second.name}", words, start, side, first.kind)


def _are_known(units: Sequence[Unit], head: int) -> bool:
    """ "the agencies", "the two UN agencies", "both"; not "the security agencies"."""
    at = head - 1
    at -= at > 0 and units[at].low in ("un", "u.n.", "united nations")
    if at >= 0 and (number := units[at].quantity):
        return number.definite and number.low == PAIR
    return at >= 0 and units[at].low in ("the", "both")
