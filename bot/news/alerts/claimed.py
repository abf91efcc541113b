"""A claim of the timeline: taken from a story's lane or a row of the chronology, and how it reads.

It reads as in an alert: who is counted, who says so, and whether that one speaks of its own loss.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.news.alerts.ownclaims import is_of_talks, is_talked
from bot.news.families import SPOKEN
from bot.news.figures.claims.claim import MEASURE_WORDS, PARTY_WORDS, QUALIFIERS, some_of, words
from bot.news.figures.claims.houses import side_of_people
from bot.news.figures.claims.keylines import WHOSE
from bot.news.figures.claims.ledger import Lane, Ledger
from bot.news.figures.parties.sides import PARTY_SIDE
from bot.news.figures.quoting import LOSSES
from bot.news.model import WORDED, Claim, Figure, PastEvent
from bot.news.topics.topic import Topic

ARMED = ("forces", "Taliban and militants")  # "58 killed among Pakistani forces": so many men, not forces
LABELS = {own: f" ({words})" if words else "" for own, words in WHOSE.items()}


def of_ledger(ledger: Ledger) -> Iterable[Claim]:
    """What still stands, without parts; who may be part of another's total last: "three players" behind "17 civilians"."""
    lanes = [lane for lane in ledger.standing if not lane.subset]
    return map(of_lane, sorted(lanes, key=lambda lane: bool(some_of(lane.figure))))


def of_lane(lane: Lane) -> Claim:
    """Where a lane stands."""
    point = lane.last
    figure = point.figure
    return Claim(
        lane.measure, lane.party, figure.low, figure.high, figure.text, figure.qualifier, lane.claimant, lane.scope,
        denied_by=point.denied_by or figure.denied_by, url=point.url, note=figure.period or "",
        own_loss=figure.own_loss, figure=figure,
    )  # fmt: skip


def labelled(event: PastEvent, topic: Topic) -> PastEvent:
    """A happening as readers see it: where it was, and whether a side speaks of its own loss; not how long men talked."""

    def label(claim: Claim) -> Claim:
        side = topic.sides.get(claim.claimant) or side_of_people(claim.claimant)
        whose = PARTY_SIDE.get(claim.party)
        if claim.own_loss is not None or claim.measure not in LOSSES or side not in ("PK", "AF") or not whose:
            return claim
        return replace(claim, own_loss=side == whose)

    def is_idle(claim: Claim) -> bool:
        noted = claim.measure == "duration" and is_talked(claim.note, 0, topic)
        return event.type in SPOKEN and (is_of_talks(claim.figure, topic) if claim.figure else noted)

    claims = tuple(label(claim) for claim in event.claims if not is_idle(claim))
    return replace(event, place=topic.displayed(event.place), claims=claims)


def said(claim: Claim) -> str:
    """A claim with its claimant: never a number without its words.

    >>> from bot.news.model import Claim
    >>> said(Claim("killed", "pak_security_forces", 58, 58, "58", "exact", "Zabihullah Mujahid", own_loss=False))
    '58 killed among Pakistani forces — Zabihullah Mujahid (claim about the other side)'
    """
    denied = f", denied by {claim.denied_by}" if claim.denied_by else ""
    return f"{counted(claim)} — {claim.claimant}{LABELS[claim.own_loss]}{denied}"


def counted(claim: Claim) -> str:
    """What a claim counts, and of whom.

    >>> from bot.news.model import Claim
    >>> counted(Claim("killed", "militants", 200, 200, "over 200", "over", "ISPR", note="Khost only"))
    'over 200 militants killed (Khost only)'
    >>> counted(Claim("casualties", "afg_people", 0, 0, "none reported so far", "exact", "UN"))
    'killed or wounded among Afghans: none reported so far'
    >>> counted(Claim("positions", "pak_security_forces", 25, 25, "25", "exact", "TTP", note="posts seized"))
    '25 positions of Pakistani forces (posts seized)'
    """
    measure = MEASURE_WORDS.get(claim.measure, claim.measure.replace("_", " and "))
    whom = PARTY_WORDS.get(claim.party, "")
    if claim.low == 0 and not claim.text[:1].isdigit():
        return f"{measure}{f' among {whom}' if whom else ''}: {claim.text}"
    named = claim.figure is None and claim.measure in WORDED
    note = f" ({claim.note})" if claim.note and not named else ""
    return f"{words(claim.figure or _figure(claim, _noun(claim, measure, whom)))}{note}"


def _noun(claim: Claim, measure: str, whom: str) -> str:
    """The words after the number, where only the chronology tells it."""
    if claim.measure in WORDED:
        return f" {claim.note or measure}"
    if claim.measure not in MEASURE_WORDS:
        return f" {measure} of {whom}" if whom else f" {measure}"
    plural = whom and claim.low != 1 and not whom.endswith(ARMED)
    return f" {whom}" if plural else ""


def _figure(claim: Claim, noun: str) -> Figure:
    number = claim.text.removeprefix(QUALIFIERS.get(claim.qualifier, ""))
    return Figure(
        claim.low, claim.high, number, claim.qualifier, claim.measure, None, claim.party, claim.claimant, None, claim.scope,
        claim.own_loss, claim.denied_by, subset=False, quote="", start=0, end=0, noun=noun,
    )  # fmt: skip
