"""When did it happen, and which earlier happenings does the text date?

The day of the news is the one that its first sentences tie to it: not the day on which somebody spoke
about it, nor a day behind "since" or "after". Without any, it is the day of publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.news.days import earlier, words
from bot.news.days.named import Dated, Days, dates, days_of, in_dateline, news_day, utc
from bot.news.families import FOUGHT, PREFIX, TYPES, lists
from bot.news.model import Background, Document, EventType, PastEvent, When
from bot.news.text.denying import DENIALS
from bot.news.text.lexicon import Text
from bot.news.text.words import OWNING, Span
from bot.news.topics.topic import Topic

SPOKEN = ("statement", "diplomacy", "multilateral", "trade", "political", "returns", "humanitarian")
TALLIED = ("humanitarian", "returns")  # a span is what was counted, not when it was said
# told with what led to them
SETTLED = ("ceasefire", "talks", "trade", "crossing", "diplomacy", "multilateral")
REMEMBERED = 3  # days after a known happening in which a report without a date may mean it
HAPPENINGS = (*TYPES, "evidence.dispute", "evidence.violence", "evidence.militant", "evidence.soil")
COUNTED = ("type.trade", "type.returns", "type.humanitarian", "type.statement")  # by months as well
LINE = 40  # letters from where a text begins to the date of its line: "United Nations, March 10:"
BARE = 12  # letters beside a date that make no sentence: "Date: Thursday, 6 Sunbula" is a line's date
EVEN = 0.4  # share of the points of "overnight" from which the day before is the evening that is meant
SHORT = 8  # sentences of a notice
LATEST = timedelta(2)  # by which a day on which people were counted is news itself
LATE = 2  # sentences below the headline from which a day may be that of what came before
LATELY = 4  # days within which it is news there
RECENT = 21  # days within which a date is news, not history
OWNED = 30  # letters between "Tuesday's" and the word for what happened then
LONGEST = 200
MORNING, EARLY = 9, 6  # hours, UTC: past noon, and past the night desk, in the region
OPENING_SENTENCES = 3
OPENING = 300  # letters
LEAST = 0.35
ANOTHER = 0.3  # share of a day that is another happening's
SPOKEN_OF = {"date.last_night": 1, "date.yesterday": 1, "date.today": 0}  # in other languages: days ago
LOOSE = ("overnight", "today", "tonight", "this morning")


class Placed(NamedTuple):
    """A dated expression with its sentence."""

    dated: Dated
    sentence: Span
    order: int  # of the sentence; -1 for the headline
    before: str  # the words of the sentence before it, from the last dated expression on
    share: float = 1.0  # how well its sentence fits the kind of happening
    dateline: bool = False
    behind: str = ""  # the words of the sentence behind it
    others: int = 0  # other days that the sentence names

    @property
    def said(self) -> bool:
        """Whether somebody spoke then: "said on Monday", not "said eight were killed on Monday"."""
        if words.SAID_BEHIND.match(self.behind):
            return True
        spoke = words.SAID.search(self.before)
        told = spoke and self.order < LATE and words.SUFFERED.search(self.before, spoke.end("verb"))
        return spoke is not None and not told

    @property
    def owned(self) -> bool:
        """ "Thursday's assault": the day of what is named behind it."""
        return self.dated.relative and words.OWNED.match(self.behind) is not None


def when(document: Document, topic: Topic, type: EventType | None) -> When | None:
    """The days of a text's happening; None only where no date is known at all."""
    if document.published is None:
        return None
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    if type == "statement" and _denies(text):
        type = "attack"  # its day is that of what is denied
    points: dict[Days, float] = defaultdict(float)
    told: dict[Days, str] = {}
    for placed in _placed(text, document.title_end, today, type):
        dated = placed.dated
        if dated.precision != "day" or dated.future or placed.dateline or placed.order > 5:
            continue
        counted = type in TALLIED and len(text.sentences) <= SHORT and not dated.relative
        if counted and today - dated.end > LATEST:
            continue  # "between 1 and 15 November", "since the deadline of 31 March": all that a notice names
        if words.UNTIL.search(placed.before) or (not dated.after and earlier.is_told(text, dated.at.start)):
            continue
        key = days_of(dated, document.published)
        if placed.said and key[1] > today and type not in SPOKEN:
            key = (today, today)  # what is told in the small hours of a day happened before it
        points[key] += _weight(placed, type, today)
        told.setdefault(key, dated.words)
    for cue in text.cues:
        if cue.name in SPOKEN_OF:
            day = today - timedelta(SPOKEN_OF[cue.name])
            points[day, day] += 1.0
            told.setdefault((day, day), cue.phrase)
    if not points or max(points.values()) < LEAST:
        counts = type in TALLIED and points  # it has days, those since when people are counted
        if not counts and (event := _remembered(text, type, today, topic)):
            why = f"known from the chronology: {event.what}"
            return When(event.start, event.end, event.precision, why, True)
        return _unnamed(document, type, today)
    best = max(points, key=lambda key: (points[key], key[0]))
    if (
        told[best].lower() == "overnight"
    ):  # "on the night of 3 to 4 May", "around midnight on Tuesday" is which
        near = (k for k in points if 0 < (best[0] - k[0]).days <= (REMEMBERED if k[0] < k[1] else 1))
        best = next((k for k in near if k[0] < k[1] or points[k] >= EVEN * points[best]), best)
    return When(*best, "day", f"“{told[best].strip()}”", named=True)


def _denies(text: Text) -> bool:
    """ "Rejected the claim of a raid": a statement about fighting that it says was not, or was not theirs."""
    return any(
        text.said(span, *lists(FOUGHT))
        and any(c.phrase.casefold().startswith(DENIALS) for c in text.said(span, "cue.speech"))
        for span in text.sentences[:OPENING_SENTENCES]
    )


def _unnamed(document: Document, type: EventType | None, today: date) -> When:
    """The day of a report that names none: what is told in the morning has mostly happened the day before.

    Not so where people are counted, nor where those report who heard the jets.
    """
    until = MORNING if type in FOUGHT else 0 if type in TALLIED else EARLY
    heard = type == "air_strike" and document.side == "AF"
    early = type in FOUGHT and words.BY_DAWN.search(document.text, 0, OPENING)
    if document.published and utc(document.published).hour < until and not (heard or early):
        day = today - timedelta(1)
        return When(day, day, "day", "published in the morning; the text names no day")
    return When(today, today, "day", "published that day; the text names no other")


def _remembered(text: Text, type: EventType | None, today: date, topic: Topic) -> PastEvent | None:
    """The known happening of the last days, of the same kind and place, that a text without a date must mean."""
    named = {m.name for m in text.mentions if m.is_ground and not m.dateline}
    if any(m.name == topic.roles.council for m in text.mentions):
        named.add(topic.roles.seat)
    if type == "border_clash":
        named.add(topic.roles.line)
    for event in reversed(topic.chronology):
        short = (event.end - event.start).days < REMEMBERED
        if short and event.type == type and event.start <= today <= event.end + timedelta(REMEMBERED):
            places = {m.name for m in topic.lexicon.mentions(event.place)}
            if places & named:
                return event
    return None


def _weight(placed: Placed, type: EventType | None, today: date) -> float:
    share = placed.share * (1.6 if placed.order < 0 else 0.75**placed.order)
    if placed.said and (placed.dated.relative or placed.dated.end >= today):
        share *= 0.9 if type in SPOKEN else 0.35 if type in FOUGHT else 0.5
    elif type in FOUGHT:
        share *= _of_fight(placed)
    elif placed.others and words.RELATIVE.search(placed.before):
        share *= ANOTHER
    ended = type != "talks" and words.ENDED.search(placed.before)
    ended = ended or (type in SETTLED and words.ENDED_BY.search(placed.before))
    if (
        ended
        or words.EARLIER.search(placed.before)
        or (type not in FOUGHT and words.CAUSE.search(placed.before))
    ):
        share *= ANOTHER
    if (today - placed.dated.end).days > (RECENT if placed.order < LATE else LATELY):
        share *= 0.4
    if placed.dated.end > placed.dated.start:
        share *= 0.1 if type in TALLIED else 1.2
    return share


def _of_fight(placed: Placed) -> float:
    """How likely a day is that of the fighting: "Thursday's assault" is, that of a later death is not."""
    if placed.owned:
        return 1.5
    if words.UPDATED.search(placed.before) and placed.dated.relative:
        return ANOTHER
    if placed.others and placed.dated.words.lower() in LOOSE:
        return 0.5  # "overnight on Tuesday"
    return 1.4 if words.HAPPENED.search(placed.before) else 1.0


def _placed(text: Text, title_end: int, today: date, type: EventType | None = None) -> list[Placed]:
    """Every dated expression, with how its sentence fits the kind of happening."""
    found = []
    order = 0
    for span, named in dates(text, today):
        title = span.start < title_end
        shares = _shares(text, span, named, type)
        start = span.start
        spoken = sum(len(dated.words) for dated in named)
        bare = not (title or all(dated.relative for dated in named)) and span.end - span.start - spoken < BARE
        for dated, share in zip(named, shares, strict=True):
            before = text.text[max(start, dated.at.start - 110) : dated.at.start]
            dateline = bare or in_dateline(text, dated)
            heads = not (order or title or dated.relative) and dated.at.start - span.start < LINE
            dateline = dateline or (heads and text.text.startswith((":", " ("), dated.at.end))
            behind = text.text[dated.at.end : min(span.end, dated.at.end + 40)]
            order_here = -1 if title else order
            found.append(Placed(dated, span, order_here, before, share, dateline, behind, len(named) - 1))
            start = dated.at.end
        order += not title
    return found


def _shares(text: Text, span: Span, named: Sequence[Dated], type: EventType | None) -> list[float]:
    """The expression nearest to the happening's words is its day; another happening's sentence counts less."""
    cues = text.said(span, *TYPES, "cue.strike", "evidence.violence") if named and type else ()
    own = [c.start for c in cues if c.name == f"{PREFIX}{type}"]
    if any(dated.after for dated in named):
        return [_behind(text, span, named[:at], dated, own) for at, dated in enumerate(named)]
    others = [] if type in FOUGHT else [c.start for c in cues if c.name != f"{PREFIX}{type}"]
    if not own:
        share = 0.4 if cues and type in SETTLED else 1.0
        return [ANOTHER if _follows(text, dated, others) else share for dated in named]
    distance = [min(abs(dated.at.start - at) for at in own) for dated in named]
    nearest = min(distance, default=0)
    shares = [1.3 if d == nearest else 0.8 for d in distance]
    if type in FOUGHT:
        return _latest(text, named, shares)
    follows = [_follows(text, dated, others) for dated in named]
    return [ANOTHER if another else share for another, share in zip(follows, shares, strict=True)]


def _latest(text: Text, named: Sequence[Dated], shares: list[float]) -> list[float]:
    """ "12 in Bajaur on Tuesday night and eight in Kurram on Thursday night": of two happenings the later is the news."""
    for at, (one, other) in enumerate(pairwise(named), 1):
        between = text.text[one.at.end : other.at.end]
        if (
            one.precision == "day" == other.precision
            and one.end < other.start
            and words.LISTED.fullmatch(between)
        ):
            shares[at] = 1.2 * max(shares)
    return shares


def _follows(text: Text, dated: Dated, cues: Sequence[int]) -> bool:
    """ "Held over Tuesday's bombing", "over the May 3 bombing": the day of what is named right behind it."""
    owned = text.text.startswith(OWNING, dated.at.end)
    owned = owned or (not dated.relative and text.text.endswith(("the ", "The "), 0, dated.at.start))
    return owned and any(0 < at - dated.at.end < OWNED for at in cues)


def _behind(text: Text, span: Span, before: Sequence[Dated], dated: Dated, own: Sequence[int]) -> float:
    """ "Said on Monday, a day after six died": the day of the happening, if that is told behind it and not before."""
    if not dated.after:
        return ANOTHER if before and before[-1].after else 0.8
    said = bool(before) and bool(words.SAID.search(text.text[span.start : before[-1].at.start]))
    told = own or ([c.start for c in text.said(span, *HAPPENINGS)] if said else [])
    already = any(c.start < dated.at.start for c in text.said(span, "evidence.death")) and not said
    return 2.0 if told and min(told) > dated.at.start and not already else 0.0


def background(
    document: Document, topic: Topic, type: EventType | None, own: When | None
) -> tuple[Background, ...]:
    """Earlier happenings that a text dates besides its own, oldest first, each with its sentence."""
    if document.published is None:
        return ()
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    found: dict[Days, Background] = {}
    framed: set[Days] = set()
    for placed in _placed(text, document.title_end, today):
        dated = placed.dated
        key = (dated.start, dated.end)
        ours = own and own.start <= key[1] and key[0] <= own.end  # what the report itself is about
        if ours or not _is_background(placed, text, today, type):
            continue
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
    if dated.precision == "month" and (type in TALLIED or words.SINCE.search(placed.before)):
        return False
    if (dated.start.month, dated.start.day) == (1, 1) and words.COUNTED_FROM.search(placed.before):
        return False  # a year's count
    if placed.order < 0 or dated.future or dated.precision == "year" or dated.start >= today:
        return False
    if dated.relative and placed.said:  # the day on which somebody said so
        return False
    if dated.end >= today and dated.precision != "day":
        return False
    whole = dated.precision == "day" and not dated.relative
    told = {cue.name for cue in text.said(placed.sentence, *HAPPENINGS)}
    return whole or bool(told.difference(COUNTED) if dated.precision == "month" else told)


def _without_frames(found: dict[Days, Background], framed: set[Days]) -> list[Background]:
    """Without the months that only frame a day: "In October … on October 11". After a day, a month is another time."""
    days = [b for b in found.values() if b.precision == "day"]
    framing = {key for key in framed if any(key[0] <= d.start <= key[1] for d in days)}
    return [b for key, b in found.items() if key not in framing]


def _what(sentence: str) -> str:
    """The sentence in short: cut at a bound, between words.

    >>> _what("Guards   clashed.")
    'Guards clashed.'
    """
    flat = " ".join(sentence.split())
    if len(flat) <= LONGEST:
        return flat
    return flat[: flat.rfind(" ", 0, LONGEST)].rstrip(",;:–-") + " …"
