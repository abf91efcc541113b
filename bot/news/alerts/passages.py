"""The sentences of the reports that may be shown: datelines, captions and boilerplate are taken off.

A sentence knows its numbers, so that it can be told whether it carries one that was replaced, overtaken or
contradicted since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from bot.news.figures.sentence.numbers import LONGEST, ONES, TENS
from bot.news.stories.story import Member
from bot.news.text.idf import LEAD
from bot.news.text.words import fold, sentences, word_set
from bot.news.topics.topic import Topic

SHORT, LONG = 35, 360  # characters between which a sentence tells something
HEADLINE = 160  # characters; a longer "title" with a full stop is a paragraph
DATELINE = re.compile(
    r"[A-Z][A-Za-z.'’ /-]{2,40}(?:, ?[A-Za-z0-9. ]{1,24}){0,2}\s?\([A-Za-z/ .&]{2,30}\)\s?[:—–-]{0,2}\s"
    r"|[A-Z][A-Z.'’ /-]{2,40}(?:, ?[A-Za-z0-9. ]{1,24}){0,2}\s?[:—–-]{1,2}\s"
)
CITY = re.compile(r"[A-Z][a-z]{2,20}(?:/[A-Z][a-z]{2,20})?: ")
NOTE = re.compile(r"^\([^()]{3,160}\)\s(?=[A-Z])")
SAID = word_set("said says told announced according")
CUT = ("…", "...", "[…]", "[...]")
WORD = re.compile(r"\w[\w,.'’-]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report that may stand in a summary."""

    text: str
    member: Member
    first: bool  # of its lead
    headline: bool = False
    words: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    numbers: frozenset[float] = field(default=frozenset(), compare=False, repr=False)


def sentence(text: str, member: Member, first: bool, headline: bool = False) -> Sentence:
    return Sentence(text, member, first, headline, words_of(text), numbers_of(text))


def words_of(text: str) -> frozenset[str]:
    """The words of a text, whole and in pairs, as vague counts are looked up in it: "dozens", "a couple"."""
    plain = [word.rstrip(".,'’-") for word in WORD.findall(text.casefold())]
    return frozenset((*plain, *(f"{one} {two}" for one, two in pairwise(plain))))


def numbers_of(text: str) -> frozenset[float]:
    """The numbers that a text tells, in digits or in words; not the years of a boy, nor the hours of a truce.

    >>> sorted(numbers_of("Over 1,230 trucks; a 48-hour truce; twenty-three men, one hundred and five boys, 8-10 dead"))
    [8.0, 10.0, 23.0, 105.0, 1230.0]
    """
    words = [word.rstrip(".,'’-") for word in WORD.findall(text.casefold())]
    found: list[float] = []
    for order, word in enumerate(words):
        before = words[order - 1] if order else ""
        if word == "hundred" and found and before in ONES:
            found[-1] *= 100
        elif (values := [_value(part) for part in word.split("-")]) and None not in values:
            told = [value for value in values if value is not None]
            joined = len(told) > 1 and word[:1].isalpha()  # "twenty-three", not "8-10"
            number = sum(told) if joined else told[0]
            if before == "and" and words[order - 2 : order - 1] == ["hundred"] and found:
                found[-1] += number
            else:
                found += [number] if joined else told
    return frozenset(found)


def _value(word: str) -> float | None:
    plain = word.replace(",", "")
    if plain.isdecimal() and plain.isascii() and len(plain) < LONGEST:
        return float(plain)
    return float(ONES[word]) if word in ONES else float(TENS[word]) if word in TENS else None


def candidates(member: Member, topic: Topic) -> Iterable[Sentence]:
    """The usable sentences of a report's lead; its headline if there are none."""
    found, lead = False, _lead(member)
    for number, span in enumerate(sentences(lead)):
        text = trimmed(lead[span.start : span.end], topic)
        complete = span.end < len(lead.rstrip()) or len(member.lead) < LEAD - 1
        if _usable(text, complete, topic.telling["boilerplate"]):
            found = True
            yield sentence(_stopped(text), member, number == 0)
    if not found and member.title.strip():
        yield sentence(_stopped(member.title.strip()), member, True, headline=True)


def _lead(member: Member) -> str:
    """The lead; where a text has no headline, its first paragraph stands in the title's place and belongs to it."""
    title = member.title.strip()
    return f"{title}\n{member.lead}" if len(title) > HEADLINE and title[-1:] in ".!" else member.lead


def trimmed(text: str, topic: Topic) -> str:
    """A sentence without its dateline, or the editor's note before it: "(Corrects the day) …"."""
    text = NOTE.sub("", " ".join(text.split()))
    if city := _city(text, topic):
        return text[city.end() :].lstrip()
    match = DATELINE.match(text)
    if match is None:
        return text
    named = [m for m in topic.lexicon.mentions(text[:120]) if m.start < match.end()]
    is_place = bool({*"(,"} & {*match.group()})  # "TANK, Pakistan - "
    is_speaker = not is_place and any(m.is_actor and not m.dateline for m in named)
    return text if is_speaker else text[match.end() :].lstrip()


def _city(text: str, topic: Topic) -> re.Match[str] | None:
    """ "Kabul/Islamabad: …": cities before a sentence that names its own speaker."""
    match = CITY.match(text)
    if match is None or not (SAID & set(fold(text[match.end() :]).split()) or "/" in match.group()):
        return None
    cities = [topic.gazetteer.get(name) for name in re.split("[:/]", match.group().rstrip(": ")) if name]
    return match if all(cities) else None


def _usable(text: str, complete: bool, boilerplate: frozenset[str]) -> bool:
    low = text.casefold()
    return (
        SHORT <= len(text) <= LONG
        and (complete or text[-1:] in ".!\"”’'")
        and not text.endswith((*CUT, "?"))
        and not text.startswith(("(", "["))
        and not any(phrase in low for phrase in boilerplate)
    )


def _stopped(text: str) -> str:
    return text if text[-1:] in ".!?\"”’'…" else f"{text}."
