"""Which entries belong to no story: periodic posts, looks back, and lists of several happenings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from bot.news.days import lookback
from bot.news.families import FOUGHT
from bot.news.model import Entry, Reading
from bot.news.text.lexicon import Text
from bot.news.text.words import Span, fold, word_set
from bot.news.topics.topic import Place, Topic

LIST_MARKS = (";", " | ", "•", " / ", " · ")  # twice in a title: a list of happenings
SPANS = word_set("week days month fortnight weekend")  # before a colon: what a list of happenings covers
PINNED = frozenset({"province", "district", "town", "crossing"})
COUNTS = word_set("one two three four five six seven eight nine ten eleven twelve dozens several")
HURT = (*(f"type.{kind}" for kind in sorted(FOUGHT)), "evidence.death", "evidence.violence")
PARTS = re.compile(r"[,;]\s|\b(?:and|while)\b")
BECAUSE = word_set(
    "after following followed over since before from response retaliation retaliated avenge based planned trained "
    "amid said says blamed accused than like where which earlier reply avenge"
)  # another happening as the cause of the one that is told, or where its makers come from


def alone(entry: Entry, reading: Reading, topic: Topic) -> str:
    """Why an entry joins no story and takes none in, or ""."""
    title, text = entry.title, topic.lexicon.read(entry.document.text)
    cues = {c.name for c in text.cues if c.start < len(title)}
    if "stories.periodic" in cues:
        return "periodic post"
    if lookback.looks_back(entry.document, topic, reading.type):
        return "a look back"
    head, _, items = title.partition(":")
    span = (
        bool(SPANS & set(fold(head).split())) and items.count(",") >= 2
    )  # "Seven days: a strike, a deal and a visit"
    listed = span or sum(title.count(mark) for mark in LIST_MARKS) >= 2
    if listed or "stories.roundup" in cues or several(text, len(title), topic):
        return "round-up of several happenings"
    return ""


def several(text: Text, title_end: int, topic: Topic) -> bool:
    """Whether a headline or the first sentence tells of dead here and dead there, on two sides and not face to face.

    "Five died at Chaman and three in Kunar" is a list; "six in Barmal and two in Spera" is one night of raids.
    """
    first = next(
        (at for at, span in enumerate(text.sentences) if span.start >= title_end), len(text.sentences)
    )
    for span in text.sentences[: first + 1]:
        if not text.said(span, *HURT):
            continue
        told = [places for part in _parts(text, span) if (places := _told(text, part, topic))]
        if any(_apart(one, other) for one, other in combinations(told, 2)):
            return True
    return False


def _parts(text: Text, span: Span) -> Iterator[Span]:
    """A sentence in parts: "Four died in Bajaur", "two in Zabul"."""
    start = span.start
    for stop in PARTS.finditer(text.text, span.start, span.end):
        yield Span(start, stop.start())
        start = stop.end()
    yield Span(start, span.end)


def _told(text: Text, part: Span, topic: Topic) -> list[Place]:
    """The places of a part of a sentence that counts somebody there."""
    named = [m for m in text.within(part) if m.kind in PINNED and not m.dateline]
    words = [text.tokens[at].word for at in text.words(part)] if named else []
    if not named or not BECAUSE.isdisjoint(words):
        return []
    counts = not COUNTS.isdisjoint(words) or any(word.isdecimal() for word in words)
    return [topic.gazetteer[m.name] for m in named] if counts else []


def _apart(here: list[Place], there: list[Place]) -> bool:
    """Whether no place of one lies on the side, in the province or opposite of any of the other."""
    return not any(
        a.country == b.country
        or (a.province or a.name) == (b.province or b.name)
        or set(a.facing) & {b.name, b.province, b.district}
        or set(b.facing) & {a.name, a.province, a.district}
        or b.name in (a.across, a.name)
        for a in here
        for b in there
    )
