"""When did it happen, and which earlier happenings does the text date?

The day of the news is the one that its first sentences tie to it: not the day on which somebody spoke
about it, nor a day behind "since" or "after". Without any, it is the day of publication.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.news.days import Dated, dates, news_day
from bot.news.model import Background, Document, EventType, PastEvent, When
from bot.news.text import Span, Text
from bot.news.topic import Topic
from bot.news.types import PREFIX, TYPES

SPOKEN = ("statement", "diplomacy", "multilateral", "trade", "political", "returns", "humanitarian")
FOUGHT = ("air_strike", "border_clash", "attack", "operation")  # the news even where it is the cause
COUNTED = ("humanitarian", "returns")  # a span is what was counted, not when it was said
SETTLED = (
    "ceasefire",
    "talks",
    "trade",
    "crossing",
    "diplomacy",
    "multilateral",
)  # told with what led to them
SAID = re.compile(
    r"\b(?:said|says|told|wrote|announced|reported|added|stated|confirmed|quoted|condemned|accused|tweeted|"
    r"posted|claimed|admitted|acknowledged)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:since|before|until|ended?|despite|anniversary|previous\w*)\b[^.;,]{0,40}$", re.IGNORECASE
)
SINCE = re.compile(r"\bsince\s(?:(?:late|early|mid|last)[\s-])?$", re.IGNORECASE)
CAUSE = re.compile(r"\b(?:after|following|over)\b[^.;,]{0,60}$", re.IGNORECASE)
HAPPENED = re.compile(
    r"\b(?:came|happened|occurred|began|started|struck|hit|killed|died|exploded|erupted|broke out|took place|held|fell|bombed)\b"
    r"[^.;,]{0,30}$",
    re.IGNORECASE,
)
REMEMBERED = 3  # days after a known happening in which a report without a date may mean it
HAPPENINGS = (*TYPES, "evidence.dispute", "evidence.violence", "evidence.militant", "evidence.soil")
BARE = 12  # letters beside a date that make no sentence: "Date: Thursday, 6 Sunbula" is a line's date
RECENT = 21  # days within which a date is news, not history
LONGEST = 200


class Placed(NamedTuple):
    """A dated expression with its sentence."""

    dated: Dated
    sentence: Span
    order: int  # of the sentence; -1 for the headline
    before: str  # the words of the sentence before it, from the last dated expression on
    share: float = 1.0  # how well its sentence fits the kind of happening
    dateline: bool = False

    @property
    def reported(self) -> bool:
        """Whether it is the day on which somebody said so."""
        return self.dated.relative and bool(SAID.search(self.before))


def when(document: Document, topic: Topic, type: EventType | None) -> When | None:
    """The days of a text's happening; None only where no date is known at all."""
    if document.published is None:
        return None
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    points: dict[tuple[date, date], float] = defaultdict(float)
    words: dict[tuple[date, date], str] = {}
    for placed in _placed(text, document.title_end, today, type):
        dated = placed.dated
        if dated.precision != "day" or dated.future or placed.dateline or placed.order > 5:
            continue
        key = (dated.start, dated.end)
        points[key] += _weight(placed, type, today)
        words.setdefault(key, dated.words)
    if any(c.name == "date.last_night" for c in text.cues):
        night = (today - timedelta(1), today - timedelta(1))
        points[night] += 1.0
        words.setdefault(night, "last night")
    if not points or max(points.values()) < LEAST:
        if event := _remembered(text, type, today, topic):
            return When(
                event.start, event.end, event.precision, f"known from the chronology: {event.what}", True
            )
        return When(today, today, "day", "published that day; the text names no other")
    best = max(points, key=lambda key: (points[key], key[0]))
    return When(*best, "day", f"“{words[best].strip()}”", named=True)


LEAST = 0.35


def _remembered(text: Text, type: EventType | None, today: date, topic: Topic) -> PastEvent | None:
    """The known happening of the last days, of the same kind and place, that a text without a date must mean."""
    named = {m.name for m in text.mentions if m.is_place and m.kind != "country" and not m.dateline}
    if any(m.name == "UN Security Council" for m in text.mentions):
        named.add("New York")
    if type == "border_clash":
        named.add("Durand Line")
    for event in reversed(topic.chronology):
        short = (event.end - event.start).days < REMEMBERED
        if short and event.type == type and event.start <= today <= event.end + timedelta(REMEMBERED):
            places = {m.name for m in topic.lexicon.mentions(event.place)}
            if places & named:
                return event
    return None


def _weight(placed: Placed, type: EventType | None, today: date) -> float:
    share = placed.share * (1.6 if placed.order < 0 else 0.75**placed.order)
    if placed.reported:
        share *= 0.9 if type in SPOKEN else 0.35
    elif type in FOUGHT and HAPPENED.search(placed.before):
        share *= 1.4
    if EARLIER.search(placed.before) or (type not in FOUGHT and CAUSE.search(placed.before)):
        share *= 0.35
    if (today - placed.dated.end).days > RECENT:
        share *= 0.4
    if placed.dated.end > placed.dated.start:
        share *= 0.2 if type in COUNTED else 1.2
    return share


def _placed(text: Text, title_end: int, today: date, type: EventType | None = None) -> list[Placed]:
    """Every dated expression, with how its sentence fits the kind of happening."""
    found = []
    order = 0
    lines = [m for m in text.mentions if m.dateline]
    for span, named in zip(text.sentences, dates(text, today), strict=True):
        title = span.start < title_end
        shares = _shares(text, span, named, type)
        start = span.start
        spoken = sum(len(dated.words) for dated in named)
        bare = not (title or all(dated.relative for dated in named)) and span.end - span.start - spoken < BARE
        for dated, share in zip(named, shares, strict=True):
            before = text.text[max(start, dated.at.start - 80) : dated.at.start]
            dateline = bare or any(0 <= dated.at.start - m.end < 16 for m in lines)
            found.append(Placed(dated, span, -1 if title else order, before, share, dateline))
            start = dated.at.end
        order += not title
    return found


def _shares(text: Text, span: Span, named: Sequence[Dated], type: EventType | None) -> list[float]:
    """The expression nearest to the happening's words is its day; another happening's sentence counts less."""
    cues = text.said(span, *TYPES) if named and type else ()
    own = [c.start for c in cues if c.name == f"{PREFIX}{type}"]
    if any(dated.after for dated in named):
        return [_behind(text, span, named[:at], dated, own) for at, dated in enumerate(named)]
    if not own:
        return [0.4 if cues and type in SETTLED else 1.0] * len(named)
    distance = [min(abs(dated.at.start - at) for at in own) for dated in named]
    nearest = min(distance, default=0)
    return [1.3 if d == nearest else 0.8 for d in distance]


def _behind(text: Text, span: Span, before: Sequence[Dated], dated: Dated, own: Sequence[int]) -> float:
    """ "Said on Monday, a day after six died": the day of the happening, if that is told behind it and not before."""
    if not dated.after:
        return 0.8
    said = bool(before) and bool(SAID.search(text.text[span.start : before[-1].at.start]))
    told = own or ([c.start for c in text.said(span, *HAPPENINGS)] if said else [])
    return 2.0 if told and min(told) > dated.at.start else 0.0


def background(
    document: Document, topic: Topic, type: EventType | None, own: When | None
) -> tuple[Background, ...]:
    """Earlier happenings that a text dates besides its own, oldest first, each with its sentence."""
    if document.published is None:
        return ()
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    found: dict[tuple[date, date], Background] = {}
    framed: set[tuple[date, date]] = set()
    for placed in _placed(text, document.title_end, today):
        dated = placed.dated
        key = (dated.start, dated.end)
        if not _is_background(placed, text, today, type) or (
            own and own.start <= key[1] and key[0] <= own.end
        ):
            continue  # nor what the report itself is about
        sentence = text.text[placed.sentence.start : placed.sentence.end]
        if dated.precision == "month" and not any(b.sentence == sentence for b in found.values()):
            framed.add(key)
        found.setdefault(key, Background(*key, _what(sentence), sentence, dated.precision))
    return tuple(sorted(_without_frames(found, framed), key=lambda b: (b.start, b.end)))


def _is_background(placed: Placed, text: Text, today: date, type: EventType | None) -> bool:
    """Whether an earlier happening is dated: a whole date always tells one, other words only beside a happening's.

    Not so a month in which people are counted, nor one since when they are.
    """
    dated = placed.dated
    if dated.precision == "month" and (type in COUNTED or SINCE.search(placed.before)):
        return False
    if (
        placed.order < 0
        or dated.future
        or dated.precision == "year"
        or dated.start >= today
        or placed.reported
    ):
        return False
    if dated.end >= today and dated.precision != "day":
        return False
    whole = dated.precision == "day" and not dated.relative
    return whole or bool(text.said(placed.sentence, *HAPPENINGS))


def _without_frames(
    found: dict[tuple[date, date], Background], framed: set[tuple[date, date]]
) -> list[Background]:
    """Without the months that only frame a day: "In October … on October 11". After a day, a month is another time."""
    days = [b for b in found.values() if b.precision == "day"]
    return [
        b
        for key, b in found.items()
        if key not in framed or not any(b.start <= d.start <= b.end for d in days)
    ]


def _what(sentence: str) -> str:
    """The sentence in short: cut at a bound, between words.

    >>> _what("Guards   clashed.")
    'Guards clashed.'
    """
    flat = " ".join(sentence.split())
    if len(flat) <= LONGEST:
        return flat
    return flat[: flat.rfind(" ", 0, LONGEST)].rstrip(",;:–-") + " …"
