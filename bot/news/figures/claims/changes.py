"""What an entry changed in a ledger, in a line of an alert's Changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from bot.news.figures.claims.claim import Change, Lane, in_digits, name_of, number_of, voice_of, words
from bot.news.figures.claims.compare import CLOSE, agree
from bot.news.model import Figure


def opening(lane: Lane) -> Change:
    point = lane.last
    denied = f", denied by {point.denied_by}" if point.denied_by else ""
    kind: Literal["denial", "new"] = "denial" if denied or lane.is_denial else "new"
    of = lane.figure
    revised = f", not {of.instead:,.0f}" if of.instead else ", revised"
    revised = revised if of.update == "revision" else ""
    return Change(kind, lane, f"{_told(lane)}{revised}{denied}")


def denying(lane: Lane, news: Change | None = None) -> Change:
    """A claim that is denied; where the same report brought it, with what that changed."""
    point = lane.last
    if news is not None:
        return replace(news, lane=lane, words=f"{news.words}, denied by {point.denied_by}")
    return Change("denial", lane, f"{_told(lane)}, denied by {point.denied_by}")


def withdrawal(lane: Lane, how: str) -> Change:
    return Change("withdrawal", lane, f"{name_of(lane)}: {number_of(lane.figure)} withdrawn{how}")


def passed_on(lane: Lane, heir: Lane) -> Change:
    old, new = lane.figure, heir.figure
    kind = kind_of(old, new)
    numbers = f"{in_digits(old)} ({lane.claimant}) → {in_digits(new)} ({heir.claimant})"
    revised = " (revised)" if kind == "revision" else ""
    return Change(kind, heir, f"{lane.measure.replace('_', ' ')}: {numbers}{revised}")


def placed(change: Change) -> Change:
    """A change that says where, among the claims of several provinces."""
    place = change.lane.place
    return replace(change, words=f"in {place}: {change.words}") if place else change


def kind_of(before: Figure, after: Figure) -> Literal["rise", "revision", "corroborated"]:
    if before.high is None or after.high is None or before.low is None or after.low is None:
        return "corroborated"
    near = after.high <= before.high * (1 + CLOSE)
    if near and before.qualifier in ("over", "about", "nearly") and agree(before, after):
        return "corroborated"
    return "rise" if (after.low, after.high) > (before.low, before.high) else "revision"


def _told(lane: Lane) -> str:
    """A claim in a line of what changed: "456 wounded (UNAMA, in three months)"."""
    return f"{words(lane.figure)} ({voice_of(lane)})"
