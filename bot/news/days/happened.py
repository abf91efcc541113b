"""The days and the night that a report names for its happening: happenings of consecutive days look alike.

The day on which somebody spoke of it, buried the dead or marched in protest is another matter; and a night has
two dates, so it is known by its evening.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple, Protocol

from bot.news.days.earlier import AGAIN
from bot.news.days.named import Dated, Days, dates, days_of, in_dateline, news_day
from bot.news.days.words import OWNED, SINCE, TELLING
from bot.news.families import FOUGHT, PASSAGE, lists
from bot.news.model import Document, EventType, Reading
from bot.news.text.lexicon import Text
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

RECENT = timedelta(7)
SAID = 3  # words between "said" and its day
FOLLOWED = 10  # the same for a burial, a march, a visit
CLAUSE = re.compile(r"[,;:()–—]")
OF = word_set("of for over against at from in to")  # "the funerals of those killed in the blast on Saturday"
CLAUSES = TELLING | word_set("that who which when where after")
UNTIL = word_set("by till until")  # "raised to 16 by Wednesday", "shut till Monday"
HURT = word_set("wounded injured hurt critical casualty")
DIED = word_set("died dies dead succumbed")
SELF: frozenset[EventType] = frozenset({"statement", "diplomacy", "political", "multilateral"})
VIOLENCE = (*lists(FOUGHT), "evidence.violence")
PASSING = (*lists(PASSAGE), "cue.gate")

EVENING = re.compile(
    r"\b(?:late|overnight|(?:night|evening)\sof|nightfall)\W+(?:on\s)?(?:the\s)?$|(?:شب|شام|ماښام|شپ[هې])\s$",
    re.I,
)
BY_NIGHT = re.compile(
    r"(?:'s|’s)?\s(?:late\s)?(?:at\s)?(?:night|evening)\b|\s(?:شب|ماښام|رات|(?:په\s)?شپه)", re.I
)
EARLY = re.compile(
    r"\b(?:(?:early|small)(?:\shours)?(?:\sof)?|(?:pre-?)?dawn|after\smidnight|night\s(?:in)?to|(?:[1-5]|12)(?:[:.]\d\d)?\s?a\.?m\.?)"
    r"\s(?:on\s)?$|(?:بامداد|سحرگاه|فجر)\s(?:روز\s)?$",
    re.I,
)  # fmt: skip
BEFORE_DAWN = re.compile(r"\s(?:before|at)\s(?:dawn|daybreak|sunrise)\b", re.I)
NIGHT = re.compile(r"(?:over|last\s)night", re.I)


class Happened(NamedTuple):
    """The first and last day, and of a night the date of its evening."""

    days: Days | None = None
    night: date | None = None


def mentioned(document: Document, topic: Topic) -> tuple[Days, ...]:
    """All days on which something happened, as a text names them, be it another happening than its own."""
    if document.published is None:
        return ()
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    past = (d for _, found in dates(text, today) for d in found if not (d.future or d.after))
    every = (d for d in past if d.precision == "day" and not in_dateline(text, d))
    told = (d for d in every if not SINCE.search(text.text[max(0, d.at.start - 20) : d.at.start]))
    return tuple(dict.fromkeys((d.start, d.end) for d in told))


class Dateable(Protocol):
    """An entry's features, a member or a story."""

    @property
    def days(self) -> Days | None: ...
    @property
    def night(self) -> date | None: ...


def named(document: Document, reading: Reading, topic: Topic) -> Happened:
    """What a text names as the days of its happening; nothing where it only says when somebody spoke of it."""
    when = reading.when
    if when is None or not when.named or document.published is None:
        return Happened()
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    moment, days = document.published, (when.start, when.end)
    every = [(span, d) for span, found in dates(text, today) for d in found]
    own = [(span, d) for span, d in every if days_of(d, moment) == days and not in_dateline(text, d)]
    relative = any(d.relative for _, d in own)
    sequel = reading.type in FOUGHT and bool(text.said(Span(0, document.title_end), "stories.sequel"))
    denies = reading.type in FOUGHT and reading.stance.does == "denies"

    def is_later(span: Span, d: Dated) -> bool:
        loose = sequel or (denies and not text.said(Span(span.start, d.at.start), *VIOLENCE, "cue.strike"))
        return is_after(text, span, d, reading.type) or (loose and not _is_owned(text, d))

    mine = [(span, d) for span, d in own if not (d.relative and is_later(span, d))]
    if relative and not mine and not AGAIN.search(text.text):  # "said on Thursday": of what day?
        earlier = (d for span, d in every if _is_other(text, span, d, when.start, reading.type))
        mine = [(text.sentences[0], d) for d in islice(earlier, 1)]
    if not mine and relative:
        return Happened()
    days = (mine[0][1].start, mine[0][1].end) if relative else days
    night = next((found for _, d in mine if (found := evening(text, d, today))), None)
    if night and any(NIGHT.fullmatch(d.words.strip()) for _, d in mine):
        return Happened((night, night + timedelta(1)), night)
    return Happened(days, night)


def is_after(text: Text, span: Span, dated: Dated, type: EventType | None) -> bool:
    """Whether a day is that of a report, or of what followed the happening."""
    if type in SELF or _is_owned(text, dated):
        return False
    inside, at = text.words(span), text.words(dated.at)
    said = _tokens(text, span, "stories.spoke")
    followed = _tokens(text, span, "stories.followed") | _late_deaths(text, inside)
    for ahead in range(at.stop, min(at.stop + 2, inside.stop)):  # "The military on Thursday gave details"
        if CLAUSE.search(text.text, dated.at.end, text.tokens[ahead].start):
            break
        if ahead in said or ahead in followed:
            return True
    if at.start > inside.start and text.word(at.start - 1) in UNTIL:
        return True
    if type not in FOUGHT and type not in PASSAGE:
        return bool(said & set(range(at.start - SAID, at.start)))
    events = _tokens(text, span, *(VIOLENCE if type in FOUGHT else PASSING)) - followed
    for back in range(at.start - 1, max(inside.start, at.start - FOLLOWED) - 1, -1):
        if back in followed or (back in said and at.start - back <= SAID):
            return True
        if back in events:
            return _is_object(text, back, followed)
    return False


def _is_other(text: Text, span: Span, dated: Dated, before: date, type: EventType | None) -> bool:
    """Whether a day before that on which somebody spoke is the one of which they spoke."""
    recent = dated.precision == "day" and not dated.after and timedelta(0) < before - dated.end <= RECENT
    told = type in FOUGHT and (_is_owned(text, dated) or bool(text.said(span, *VIOLENCE)))
    return recent and told and not is_after(text, span, dated, type)


def evening(text: Text, dated: Dated, today: date) -> date | None:
    """The evening of the night that an expression stands for, if it is one of a night."""
    before = text.text[max(0, dated.at.start - 30) : dated.at.start]
    after = text.text[dated.at.end : dated.at.end + 24]
    if NIGHT.fullmatch(dated.words.strip()):
        return today - timedelta(1)
    if dated.start != dated.end:
        return dated.start if (dated.end - dated.start).days == 1 else None
    if BY_NIGHT.match(after) or EVENING.search(before):
        return dated.start
    if EARLY.search(before) or BEFORE_DAWN.match(after):
        return dated.start - timedelta(1)
    return None


def between(one: Dateable, other: Dateable) -> int:
    """The days between two happenings, by the nights where both name one; 0 where one names nothing."""
    if one.night and other.night:
        return abs((one.night - other.night).days)
    a, b = one.days, other.days
    return max(0, (a[0] - b[1]).days, (b[0] - a[1]).days) if a and b else 0


def _tokens(text: Text, span: Span, *lists: str) -> set[int]:
    return {cue.token for cue in text.said(span, *lists)}


def _late_deaths(text: Text, inside: Iterable[int]) -> set[int]:
    """ "A constable wounded in the attack died in Peshawar": the day of his death is not that of the attack."""
    found, hurt = set(), False
    for at in inside:
        word = text.tokens[at].word
        if hurt and word in DIED:
            found.add(at)
        hurt = hurt or word in HURT
    return found


def _is_object(text: Text, at: int, followed: set[int]) -> bool:
    """Whether a happening is only what others mourn or protest against: "the funerals of the victims of the blast"."""
    before = max((one for one in followed if at - FOLLOWED <= one < at), default=at)
    words = {t.word for t in text.tokens[before + 1 : at]}
    return not words.isdisjoint(OF) and words.isdisjoint(CLAUSES)


def _is_owned(text: Text, dated: Dated) -> bool:
    """ "Friday's attack", "Thursday night's bombing"."""
    return OWNED.match(text.text, dated.at.end) is not None
