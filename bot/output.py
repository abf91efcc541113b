"""Machine-readable output: stable JSON shapes for other programs. Additions are fine, changes are not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.news.alerts.crossings.board import Crossing
from bot.news.alerts.crossings.reports import Report
from bot.news.decision import Decision
from bot.news.figures.claims.claim import DENIAL
from bot.news.model import (
    UNATTRIBUTED,
    WORDED,
    Alert,
    Background,
    Before,
    Claim,
    Delivered,
    Figure,
    FigureLine,
    PastEvent,
    Reading,
)

Json = dict[str, Any]


def figure(found: Figure) -> Json:
    """A FIGURE. Whole numbers are written without a fraction."""
    return {
        "low": number(found.low),
        "high": number(found.high),
        "text": found.text,
        "qualifier": found.qualifier,
        "measure": found.measure,
        "what": found.what,
        "party": found.party,
        "claimant": found.claimant,
        "claimant_text": found.claimant_text,
        "scope": found.scope,
        "own_loss": found.own_loss,
        "denied_by": found.denied_by,
        "subset": found.subset,
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
    }


def number(value: float | None) -> int | float | None:
    """
    >>> number(23.0), number(1.5), number(None)
    (23, 1.5, None)
    """
    return int(value) if value is not None and value == int(value) else value


def figures(found: Iterable[Figure]) -> list[Json]:
    """The figures of a text that may be shown: what was only feared or vowed is none."""
    shown = [one for one in found if not one.hypothetical]
    return [{**figure(one), "claimant_text": one.claimant_text or _named(one, shown)} for one in shown]


def _named(of: Figure, others: Iterable[Figure]) -> str | None:
    """Where a sentence names nobody and an earlier speaker goes on: the words that last named that one."""
    if of.claimant == UNATTRIBUTED:
        return None
    named = [one for one in others if one.claimant == of.claimant and one.claimant_text]
    before = [one for one in named if one.start <= of.start]
    return (before or named[:1] or [of])[-1].claimant_text


def decision(made: Decision) -> Json:
    """One line of `replay` for an entry."""
    reading = made.reading
    return {
        "id": made.entry.id,
        "relevant": reading.verdict.relevant,
        "because": list(dict.fromkeys((*reading.verdict.because, *made.because))),
        "story": made.story,
        "same_as": made.same_as,
        "copy_of": made.copy_of,
        "type": reading.type,
        "event_date": iso(reading.when.start if reading.when else None),
        "place": reading.where.label or None,
        "level": made.level.word,
        "figures": figures(reading.figures),
    }


def alert(said: Alert, delivered: Delivered) -> Json:
    """One line of `replay` for a revision of a story's alert."""
    return {
        "alert": {
            "story": said.story,
            "revision": said.revision,
            "kind": said.kind,
            "delivered": delivered,
            "level": said.level.word,
            "type": said.type,
            "place": said.place,
            "headline": said.headline,
            "summary": said.summary,
            "figures": [line(one) for one in said.figures if one.figure.rule != DENIAL],
            "denials": [denial(one) for one in said.figures if one.figure.rule == DENIAL],
            "before": [before(one) for one in said.before],
            "sources": [{"outlet": s.outlet, "side": s.side, "url": s.url} for s in said.sources],
            "changed": list(said.changed),
        }
    }


def denial(shown: FigureLine) -> Json:
    """A denial that names no number: who denies what, in the report's words."""
    said = shown.figure
    return {
        "claimant": said.claimant,
        "text": said.text,
        "quote": said.quote,
        "outlet": shown.outlet,
        "url": shown.url,
    }


def line(shown: FigureLine) -> Json:
    return {
        **figure(shown.figure),
        "outlet": shown.outlet,
        "url": shown.url,
        "label": shown.label,
        "note": shown.note,
    }


def before(earlier: Before) -> Json:
    return {"date": iso(earlier.date), "what": earlier.what, "url": earlier.url}


def reading(text: str, read: Reading, level: str, summary: str) -> Json:
    """The answer of `inspect`."""
    return {
        "text": text,
        "relevant": read.verdict.relevant,
        "because": list(dict.fromkeys((*read.verdict.because, *read.because))),
        "type": read.type,
        "event_date": iso(read.when.start if read.when else None),
        "place": read.where.label or None,
        "level": level,
        "summary": summary,
        "figures": figures(read.figures),
        "background": [background(one) for one in read.background],
    }


def background(dated: Background) -> Json:
    return {"start": iso(dated.start), "end": iso(dated.end), "what": dated.what, "sentence": dated.sentence}


def event(happened: PastEvent) -> Json:
    """A line of `timeline`."""
    return {
        "date": iso(happened.start),
        "end": iso(happened.end) if happened.end != happened.start else None,
        "place": happened.place,
        "type": happened.type,
        "level": happened.level.word,
        "what": happened.what,
        "figures": [claim(one) for one in happened.claims],
        "sources": [{"outlet": s.outlet, "side": s.side, "url": s.url} for s in happened.sources],
        "story": happened.story,
    }


def crossing(one: Crossing) -> Json:
    """A border crossing, with every word about it that holds."""
    return {
        "crossing": one.name,
        "places": list(one.places),
        "state": one.state,
        "words": one.words,
        "since": iso(one.since),
        "at_least": one.at_least,
        "last_report": iso(one.last_report),
        "stale": one.stale,
        "says": [_gate(report) for report in one.says],
        "against": [_gate(report) for report in one.against],
        "planned": [_gate(report) for report in one.planned],
        "because": list(one.because),
    }


def _gate(report: Report) -> Json:
    ours = report.story is None
    return {
        "state": report.state,
        "words": report.words,
        "claimant": report.claimant,
        "claimant_side": report.claimant_side or "none",
        "outlet": report.outlet,
        "side": report.outlet_side or "none",
        "day": iso(report.day),
        "since": iso(report.since),
        "denies": report.denies,
        "quote": None if ours else report.quote,
        "record": report.quote if ours else None,
        "url": report.url,
        "story": report.story,
    }


def claim(made: Claim) -> Json:
    """A FIGURE of the past and its page; the chronology has no offsets: it was read by people."""
    of = made.figure
    return {
        "low": number(made.low),
        "high": number(made.high),
        "text": made.text,
        "qualifier": made.qualifier,
        "measure": made.measure,
        "what": of.what if of else (made.note if made.measure in WORDED else "") or None,
        "party": made.party,
        "claimant": made.claimant,
        "claimant_text": of.claimant_text if of else None,
        "scope": made.scope,
        "own_loss": made.own_loss,
        "denied_by": made.denied_by,
        "subset": bool(of and of.subset),
        "quote": of.quote if of else None,
        "start": of.start if of else None,
        "end": of.end if of else None,
        "note": made.note or None,
        "url": made.url,
    }


def iso(when: date | None) -> str | None:
    """A day or a moment as other programs read it."""
    return when.isoformat() if when else None
