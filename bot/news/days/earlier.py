"""What a sentence tells of an earlier happening: "a bomb hit a convoy, a day after an attack in Tank killed nine"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.news.days.named import dates, days_of, news_day
from bot.news.families import ACTS, FOUGHT, lists
from bot.news.model import Document, Figure, Reading
from bot.news.text.lexicon import Text
from bot.news.text.words import Span
from bot.news.topics.topic import Topic

_STRIKES = r"(?:attack|(?:air\s?)?strike|bombing|blast|explosion|raid|assault|clash|ambush|shelling|incident|massacre)(?:s|es)?"
_UNITS = r"(?:hour|day|night|week|fortnight|month)s?"
_COUNT = r"an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,4}|few|several"
AFTER = re.compile(
    rf"(?<!\bin )\b(?:(?:{_COUNT}|just|barely|the|same)\s){{1,4}}{_UNITS}\s(?:after|following)\b"
    rf"|\b{_UNITS}\safter\b"
    r"|\b(?:after|following)\s(?:[^\s.;,]{1,20}\s){0,4}(?:strikes?|airstrikes?|raids?)\s(?:[^\s.;,]{1,20}\s){0,4}?(?:that|which)\b"
    r"|\bin\s(?:response|reply|retaliation|retribution|reprisal|answer|revenge)\s(?:to|for)\b",
    re.IGNORECASE,
)
BEFORE = re.compile(rf"(?:(?:{_COUNT})\s){{1,4}}{_UNITS}\s(?:earlier|before|ago)\b", re.IGNORECASE)
PAST = re.compile(
    rf"in\s(?:an?|the)\s(?:similar|previous|earlier)\s(?:\w+\s){{0,2}}{_STRIKES}\b"
    r"|(?=[^.;]{0,80}\bhad\b)(?:(?:on|in|last|earlier|back\sin)\s[^.;]{3,24},?\s)?"
    r"(?:an?|the)\s(?:similar|previous|earlier|separate)\s(?:\w+\s){0,2}"
    rf"{_STRIKES}\b",
    re.IGNORECASE,
)  # "On March 3 a similar attack in Tank had killed five"
APART = re.compile(
    r"(?:separately|elsewhere|in\s(?:other\snews|(?:a|another)\sseparate|(?:another|a\ssimilar)\s(?:attack|incident|raid|strike|blast)))\b",
    re.IGNORECASE,
)  # "Separately, nine militants were killed in Tank"
FOLLOWS = re.compile(
    rf"\b(?:follow(?:s|ed)?|(?:comes?|came|coming)\s(?:(?:close|shortly|soon|amid|just)\s)?(?:after|on\sthe\sheels\sof)|in\sthe\swake\sof)"
    rf"\s(?:[^\s.;,]{{1,20}}\s){{1,7}}(?:{_STRIKES}|deaths?|killings?|martyrdom|murders?|abductions?)\b",
    re.IGNORECASE,
)  # "The raid follows last week's bombing in Tank that killed 23"
SINCE = re.compile(
    rf"\b(?:deadliest|worst|bloodiest|biggest|largest|heaviest|first|second|third)\s(?:[^\s.;,]{{1,20}}\s){{0,9}}since\s[^.;,]{{0,60}}?{_STRIKES}\b",
    re.IGNORECASE,
)  # "the deadliest since a bombing of 2023 that killed 84"
LAST = re.compile(
    rf"\b(?:last\s(?:week|month|year)['’]s|(?:an|the|two|three)\searlier|(?:a|the|two|three)\sprevious)\s(?:[^\s.;,]{{1,20}}\s){{0,3}}{_STRIKES}"
    rf"\b[^.;,]{{0,40}},?\s(?:(?:in|during)\s)?(?:that|which)\b",
    re.IGNORECASE,
)  # "last month's bombing, which killed 23"
RELATIVE = re.compile(r",\s(?:(?:in|during)\s)?(?:which|where|when)\b")
AGAIN = re.compile(
    r"\b(?:second|third|fourth|fifth|another|consecutive|successive)\s(?:consecutive\s|straight\s|successive\s)?"
    r"(?:night|day)s?\s(?:of\s(?:strikes|air|raids|bomb|shelling|attacks)|running|in\sa\srow)",
    re.IGNORECASE,
)  # what was counted on the night before is told with it
NEWS = lists(FOUGHT | ACTS)  # beside an earlier happening; who only speaks a day after it speaks of it


@lru_cache(maxsize=32)
def told(text: Text) -> tuple[Span, ...]:
    """The parts of a text that tell of an earlier happening, beside a later one that is the news.

    "On March 3 a similar attack in Tank had killed five" tells of one by itself. "The toll rose to nine, a day after
    the attack" tells of nothing else than the attack.
    """
    found = []
    for order, span in enumerate(text.sentences):
        if order and APART.match(text.text, span.start, span.end):
            found.append(Span(span.start, len(text.text)))  # and what is told after it
            break
        match = BEFORE.match(text.text, span.start, span.end) if order > 1 else None
        match = match or (PAST.match(text.text, span.start, span.end) if order else None)
        if match:
            found.append(span)
            continue
        for form in (AFTER, FOLLOWS, SINCE, LAST):
            match = form.search(text.text, span.start, span.end)
            if match and (form in (SINCE, LAST) or _is_news(text, Span(span.start, match.start()))):
                found.append(Span(match.start(), _end(text.text, match.end(), span.end)))
                break
    return tuple(found)


def _end(text: str, start: int, end: int) -> int:
    """Where what is told ends: at the first comma that no "in which" follows."""
    for stop in re.finditer("[,;]", text[start:end]):
        if not RELATIVE.match(text, start + stop.start()):
            return start + stop.start()
    return end


def is_told(text: Text, at: int) -> bool:
    """Whether a word stands where a text tells of an earlier happening."""
    return any(part.start <= at < part.end for part in told(text))


def _is_news(text: Text, before: Span) -> bool:
    """Whether a happening is told there, not what came of one: a burial, a higher toll."""
    return bool(text.said(before, *NEWS, "cue.strike", "part.felled")) and not text.said(
        before, "stories.sequel", "stories.followed"
    )


# --------------------------------------------------------------------------- figures


LONG = 21  # days ago that are another happening's whatever day the text gives its own
LATELY = re.compile(
    r"\blast\s(?:month|year)\b|\b(?:[Ii]n|[Ll]ast)\s(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
BACK = re.compile(r"\b(?:after|following)\b|,\s(?:when|(?:in\s)?which)\b", re.IGNORECASE)
LINKED = re.compile(
    r"\b(?:since|after|following|until|till|before|despite|(?<!more\s)(?<!less\s)(?<!fewer\s)than|anniversary|truce|ceasefire|agreement|deal|accord)\b",
    re.IGNORECASE,
)  # between these and a day, the day is not that of the dead


def own(document: Document, reading: Reading, topic: Topic) -> tuple[Figure, ...]:
    """The figures of a text that are its happening's own, not an earlier one's of which it reminds."""
    text = topic.lexicon.read(document.text)
    gone = told(text)
    dated = tuple(_dated(document, reading, text)) if reading.type in FOUGHT else ()
    known = topic.gazetteer
    here = {known[name].province or name for name in reading.where.places if name in known}

    def is_own(figure: Figure) -> bool:
        if figure.scope != "incident" or any(part.start <= figure.start < part.end for part in gone):
            return figure.scope != "incident"
        elsewhere = bool(here) and figure.place not in ("", *here)
        return not any(part.start <= figure.start < part.end and (far or elsewhere) for part, far in dated)

    return tuple(figure for figure in reading.figures if is_own(figure))


def _dated(document: Document, reading: Reading, text: Text) -> Iterator[tuple[Span, bool]]:
    """The sentences that date violence before the day of the text's own, and whether that is proof enough.

    What happened the day before is another happening's only where it lies elsewhere: a night has two dates.
    """
    when = reading.when
    if document.published is None or when is None:
        return
    again = bool(AGAIN.search(text.text))
    for order, (span, named) in enumerate(dates(text, news_day(document.published))):
        lately = LATELY.search(text.text, span.start, span.end) if order > 1 and not named else None
        if lately and lately[1] == f"{when.start:%B}":
            continue
        if span.start < document.title_end or not (named or lately):
            continue
        part = span
        if LINKED.search(text.text, span.start, span.end):
            day = lately.end() if lately else named[-1].at.end
            back = BACK.search(text.text, day, span.end)
            if back is None:
                continue
            part = Span(back.start(), span.end)  # "on Friday a truce was made AFTER a week that cost 70"
        ago = (
            (when.start - max(days_of(day, document.published)[1] for day in named)).days
            if named
            else LONG + 1
        )
        far = ago > (1 if when.named else LONG)
        if far or (ago > 0 and not again):
            yield part, far
