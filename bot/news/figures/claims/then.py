"""A ledger as it was known at an earlier time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.news.figures.claims.claim import Point
from bot.news.figures.claims.heirs import Ledger


def as_of(ledger: Ledger, when: datetime) -> Ledger:
    """The ledger as it was known at a time: later claims, repeats and denials taken away."""
    lanes = []
    for lane in ledger.lanes:
        points = [_point_then(p, when) for p in lane.points if p.at <= when]
        if not points:
            continue
        gone = points[-1].gone_at
        if points[-1].status != "withdrawn" or (gone is not None and gone > when):
            points[-1] = replace(points[-1], status="current", gone_at=None)
        lanes.append(replace(lane, points=tuple(points)))
    return Ledger(tuple(lanes))


def _point_then(point: Point, when: datetime) -> Point:
    repeats = tuple(r for r in point.repeats if r[0] <= when)
    if point.denied_at is not None and point.denied_at > when:
        point = replace(point, denied_by=None, denied_at=None)
    return replace(point, repeats=repeats, outlets=(point.outlet, *dict.fromkeys(r[2] for r in repeats)))
