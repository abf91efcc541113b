"""Two bodies that speak as one: "UNHCR and IOM counted 900 returns. THE TWO AGENCIES …"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.news.figures.claimants.names import Names
from bot.news.figures.claimants.nominals import Nominal
from bot.news.figures.claimants.sayings import Speaker
from bot.news.figures.sentence.units import Unit

BODIES = frozenset(("un", "agency"))
PAIR = 2


def joint(
    names: Names, sentences: Sequence[Sequence[Unit]], units: Sequence[Unit], nominal: Nominal
) -> Speaker | None:
    """Whom "the agencies", "both UN bodies" stands for: the two that one sentence named last."""
    head = units[nominal.head]
    if "say.joint" not in head.tags or not _are_known(units, nominal.head):
        return None
    for said in reversed(sentences):
        found = names.within(said[0].start, min(said[-1].end, head.start)) if said else ()
        bodies = {m.name: m for m in found if m.kind in BODIES}
        if len(bodies) == PAIR:
            first, second = bodies.values()
            side = first.side if first.side == second.side else ""
            name = f"{first.name} and {second.name}"
            return Speaker(name, names.words([head]), head.start, side, first.kind)
        if len(bodies) > PAIR:
            return None
    return None


def _are_known(units: Sequence[Unit], head: int) -> bool:
    """ "the agencies", "the two UN agencies", "both"; not "the security agencies"."""
    at = head - 1
    at -= at > 0 and units[at].low in ("un", "u.n.", "united nations")
    if at >= 0 and (number := units[at].quantity):
        return number.definite and number.low == PAIR
    return at >= 0 and units[at].low in ("the", "both")
