"""Which texts look back: "Two years on, survivors recall the strike" tells of nothing that has just happened.

A text looks back where all the violence of its opening is dated long ago. One sentence of a fresh happening, or a
headline of one, and the old days are only its background.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.news.days.happened import RECENT, VIOLENCE, is_after
from bot.news.days.named import Dated, dates, news_day
from bot.news.days.words import MANY
from bot.news.families import FOUGHT
from bot.news.model import Document, EventType
from bot.news.text.lexicon import Text
from bot.news.text.words import Span, word_set
from bot.news.topics.topic import Topic

OPENING = 4  # sentences, the headline included, that tell what a text is about
REACH = 7  # words from a day to the violence that it dates
VIOLENT = (*VIOLENCE, "evidence.death")
YEARS_ON = re.compile(
    rf"\b(?:(?:a|one|{MANY}|few|several)\syears?|(?:{MANY}|several)\smonths|a\sdecade|decades)"
    r"\s(?:(?P<of>after|since|following|from)|on|later)\b|\banniversary\b",
    re.IGNORECASE,
)
BACK = "stories.lookback"  # in a headline: "survivors", "recall", "inquiry"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
COMPARED = re.compile(r"\b(?:since|than|until|till|unlike|from)\s(?:the\s)?$", re.I)  # "since October 2025"
STOP = re.compile(r"[,;:]")
APART = word_set(
    "where which who whose when as while that since than like unlike after before following until"
)


def looks_back(document: Document, topic: Topic, type: EventType | None) -> str:
    """The words that date a text's fighting long ago, where it tells of no other; "" if it is news."""
    if document.published is None or type not in FOUGHT:
        return ""
    text, today = topic.lexicon.read(document.text), news_day(document.published)
    long_ago = today - timedelta(days=topic.weights["archive_days"])
    found, headed = "", False
    for span, named in dates(text, today)[:OPENING]:
        title = span.start < document.title_end
        headed = headed or (title and bool(text.said(span, BACK)))
        violent = sorted({cue.token for cue in text.said(span, *VIOLENT)})
        if not violent:
            continue
        old = tuple(_old(text, span, named, long_ago, violent))
        if (
            old
            and all(_dated(text, at, old) for at in violent)
            and not _fresh(text, span, named, today, violent, old)
        ):
            found = found or text.spelled(old[0])
        elif not (title and headed):
            return ""
    return found


def _old(
    text: Text, span: Span, named: Sequence[Dated], long_ago: date, violent: Sequence[int]
) -> Iterator[Span]:
    """Where a sentence names a time long ago at which something happened, not since which nothing like it has."""
    for dated in named:
        if dated.end < long_ago and not COMPARED.search(text.text, span.start, dated.at.start):
            yield dated.at
    for year in YEAR.finditer(text.text, span.start, span.end):
        gone = date(int(year.group()), 12, 31) < long_ago
        if gone and not COMPARED.search(text.text, span.start, year.start()):
            yield Span(year.start(), year.end())
    for on in YEARS_ON.finditer(text.text, span.start, span.end):
        if not on["of"] or _of(text, Span(on.end(), span.end), violent):
            yield Span(on.start(), on.end())


def _of(text: Text, behind: Span, violent: Sequence[int]) -> bool:
    """ "A year after the bombing", not "four years after the Taliban's return, a bombing"."""
    stop = STOP.search(text.text, behind.start, behind.end)
    words = text.words(Span(behind.start, stop.start() if stop else behind.end))[:REACH]
    return not set(words).isdisjoint(violent)


def _dated(text: Text, at: int, old: Sequence[Span]) -> bool:
    """Whether violence is that of an old day: told behind it, or right before it in the same breath."""
    start = text.tokens[at].start
    if any(one.start < start for one in old):
        return True
    between = Span(start, min(one.start for one in old))
    words = text.folded(between)
    apart = STOP.search(text.text, between.start, between.end)
    return len(words) <= REACH and not apart and APART.isdisjoint(words)


def _fresh(
    text: Text, span: Span, named: Sequence[Dated], today: date, violent: Sequence[int], old: Sequence[Span]
) -> bool:
    """Whether a day just past lies nearer to some violence than the old one does, and is not that of a report."""
    for dated in named:
        recent = dated.precision == "day" and today - RECENT <= dated.start <= today
        if recent and not is_after(text, span, dated, "attack"):
            day = text.words(dated.at).start
            marks = [text.words(one).start for one in old]
            if any(abs(day - at) < min(abs(mark - at) for mark in marks) for at in violent):
                return True
    return False
