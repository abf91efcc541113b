"""Denials of what a sentence before said: "Tarar said 60 had died. THE TALIBAN REJECTED THE CLAIM."."""

from __future__ import annotations

from dataclasses import replace

from bot.news.figures.claimants.background import recalled
from bot.news.figures.claimants.denials import is_undone
from bot.news.figures.claimants.sayings import CLAIMS, NOBODY, Saying, Speaker
from bot.news.figures.claimants.utterance import Utterance
from bot.news.figures.sentence.units import ADVERBS, BE, DETERMINERS, before_adverbs
from bot.news.text.lexicon import NATIONS
from bot.news.text.words import word_set

POINTING = word_set("it this that these those them")
CONTENT = word_set("that of about on by from")  # "the claim THAT …": what is denied is said here
OWNER = 6  # units of "the Afghan Taliban government's"
CALLED = 6  # units between "described" or "the claim is" and "baseless"
DENYING = frozenset(("say.deny", "say.calls", "say.false"))


def hear_answer(here: Utterance, before: Utterance | None) -> None:
    """Mark what was said as denied where somebody turns down just that, here or in a sentence before."""
    for at, unit in enumerate(() if here.said.isdisjoint(DENYING) else here.units):
        if not unit.tags or unit.tags.isdisjoint(DENYING) or is_undone(here, at):
            continue
        denier, claim = _turned_down(here, at)
        if denier.is_named and claim >= 0:
            start = here.units[claim].start
            _ = _deny(here, denier, start, here) or (
                before is not None and _deny(before, denier, start, here)
            )


def _turned_down(here: Utterance, at: int) -> tuple[Speaker, int]:
    """Who denies by a word, and the unit that names the claim before: "KABUL rejected THE CLAIM", "THE CLAIM was denied by KABUL"."""
    unit, back = here.units[at], before_adverbs(here.units, at)
    if unit.has("say.false"):  # "THE CLAIM is baseless, Kabul said"
        return here.spoken_first() or NOBODY, _claim_before(here, back) if here.low(back) in BE else -1
    if here.low(back) in BE:
        by = here.speakers.after(here.units, at + 2) if here.low(at + 1) == "by" else None
        return by[0] if by else NOBODY, _claim_before(here, back) if by else -1
    called = not unit.has("say.deny") or unit.low == "called"
    if called and not any(u.has("say.false") for u in here.units[at + 1 : at + 1 + CALLED]):
        return NOBODY, -1
    claim = _claim_after(here, at + 1)
    found = here.speakers.before(here.units, at) if claim >= 0 else None
    denier = found[0] if found else here.denier or NOBODY
    deed = here.low(claim) in POINTING and denier.side not in NATIONS  # "The TTP denied IT": that it did so
    return NOBODY if deed else denier, claim


def _claim_after(here: Utterance, at: int) -> int:
    """ "it", "this", "the Taliban's claim", "those figures": the object that points back."""
    at += here.low(at) == "as"
    at += at < len(here.units) and here.units[at].has("say.false")  # "called baseless the claim"
    for k in range(at, min(at + OWNER, len(here.units))):
        unit = here.units[k]
        if k == at and unit.low in POINTING and not _begins(here, k + 1):
            return k
        if _is_claim(here, k):
            return -1 if here.low(k + 1) in CONTENT else k
        if unit.quantity or not (unit.word or unit.low == "'s"):
            return -1
    return -1


def _begins(here: Utterance, at: int) -> bool:
    """Whether more follows than an end, "as absurd" or "and said"."""
    unit = here.units[at] if at < len(here.units) else None
    ends = unit is None or not unit.word or unit.low in ("as", "and", "on", "in") or unit.low in ADVERBS
    return not (ends or (unit is not None and unit.has("say.false")))


def _claim_before(here: Utterance, at: int) -> int:
    return at - 1 if at > 0 and _is_claim(here, at - 1) else -1


def _is_claim(here: Utterance, at: int) -> bool:
    """ "the claim", "Kabul's figures", "THE FIGURE" in one unit."""
    low = here.low(at).removeprefix("the ")
    led = low != here.low(at) or here.low(at - 1) in DETERMINERS or at == 0
    near = here.units[max(0, at - OWNER) : at]
    return low in CLAIMS and (led or any(u.low in DETERMINERS or u.capital for u in near))


def _deny(before: Utterance, denier: Speaker, claim: int, here: Utterance) -> bool:
    """Mark the sayings of who spoke last, or of whom the denial names, apart from what they only recall."""
    told = (s for s in before.found if s.start < claim and s.speaker.name != denier.name)
    spoke = [s for s in told if s.speaker.is_named and not s.speaker.is_outlet and s.speaker.start < claim]
    named = {m.side for m in here.speakers.names.within(here.units[0].start, claim) if m.side in NATIONS}
    named -= {denier.side}
    meant = [s for s in spoke if not named or s.speaker.side in named]
    last = meant[-1].speaker if meant else NOBODY
    if not last.is_named or (denier.side == last.side and last.side in NATIONS):
        return False
    stretches = recalled(before)
    kept: list[Saying] = []
    for saying in before.found:
        if saying.speaker.name != last.name or saying.denied_by:
            kept.append(saying)
            continue
        kept += _pieces(saying, stretches, denier.name)
    before.found[:] = kept
    return True


def _pieces(saying: Saying, stretches: list[tuple[int, int]], denier: str) -> list[Saying]:
    """A saying in pieces, denied where it is no recalled stretch."""
    pieces, start = [], saying.start
    for first, last in stretches:
        if start < first < saying.end:
            pieces.append(replace(saying, start=start, end=first, answered_by=denier))
            pieces.append(replace(saying, start=first, end=min(last, saying.end)))
            start = last
    if start < saying.end:
        pieces.append(replace(saying, start=start, answered_by=denier))
    return pieces
