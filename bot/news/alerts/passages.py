"""The sentences of the reports that may be shown, and which tolls they tell.

Datelines, captions and boilerplate are taken off. A sentence knows its words, so that it can be told
whether it carries a number that was replaced, overtaken or contradicted since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.news.figures.claims.claim import some_of
from bot.news.figures.claims.ledger import Lane, Ledger
from bot.news.model import UNATTRIBUTED
from bot.news.stories.story import Member
from bot.news.text.idf import LEAD
from bot.news.text.words import fold, sentences, word_set
from bot.news.topics.topic import Topic

SHORT, LONG = 35, 360  # characters between which a sentence tells something
HEADLINE = 160  # characters; a longer "title" with a full stop is a paragraph
LATIN = 0.7  # share of plain letters
RISING = frozenset({"killed", "wounded", "casualties"})
BOILERPLATE = (
    "read more", "click here", "appeared first on", "subscribe", "follow us", "sign up", "all rights reserved",
    "file photo", "photo by", "ap photo", "getty images", "screenshot", "google maps", "in this photo", "pictured",
    "also read", "also on ", "read also", "related:", "newsletter", "copyright", "continue reading", "watch live",
    "share this", "more details to follow", "this is a developing story", "has been updated", "version of this story", "version of this article",
    "version of this report", "in a story published", "has been corrected", "download our",
)  # fmt: skip
DATELINE = re.compile(
    r"[A-Z][A-Za-z.'’ /-]{2,40}(?:, ?[A-Za-z0-9. ]{1,24}){0,2}\s?\([A-Za-z/ .&]{2,30}\)\s?[:—–-]{0,2}\s"
    r"|[A-Z][A-Z.'’ /-]{2,40}(?:, ?[A-Za-z0-9. ]{1,24}){0,2}\s?[:—–-]{1,2}\s"
)
CITY = re.compile(r"[A-Z][a-z]{2,20}(?:/[A-Z][a-z]{2,20})?: ")
NOTE = re.compile(r"^\([^()]{3,160}\)\s(?=[A-Z])")
SAID = word_set("said says told announced according")
SMALL = word_set(
    "the of in and to a an on for by with that said says after was were is are at from as has have its it he"
)
CUT = ("…", "...", "[…]", "[...]")
WORD = re.compile(r"\w[\w,.'’-]*")
FEW = 4  # words from which small ones are to be expected


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report that may stand in a summary."""

    text: str
    member: Member
    first: bool  # of its lead
    headline: bool = False
    words: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


def sentence(text: str, member: Member, first: bool, headline: bool = False) -> Sentence:
    return Sentence(text, member, first, headline, words_of(text))


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as numbers are looked up in it: whole, by their parts, and in pairs.

    >>> sorted(words_of("Over 1,230 trucks; a 48-hour truce"))[:4]
    ['1,230', '1,230 trucks', '48', '48-hour']
    """
    plain = [word.rstrip(".,'’-") for word in WORD.findall(text.casefold())]
    parts = [part for word in plain if "-" in word for part in word.split("-")]
    pairs = [f"{one} {two}" for one, two in pairwise(plain)]
    return frozenset((*plain, *parts, *pairs))


def candidates(member: Member, topic: Topic) -> Iterable[Sentence]:
    """The usable sentences of a report's lead; its headline if there are none."""
    found, lead = False, _lead(member)
    for number, span in enumerate(sentences(lead)):
        text = trimmed(lead[span.start : span.end], topic)
        complete = span.end < len(lead.rstrip()) or len(member.lead) < LEAD - 1
        if _usable(text, complete):
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
    is_speaker = "(" not in match.group() and any(m.is_actor and not m.dateline for m in named)
    return text if is_speaker else text[match.end() :].lstrip()


def _city(text: str, topic: Topic) -> re.Match[str] | None:
    """ "Kabul/Islamabad: …": cities before a sentence that names its own speaker."""
    match = CITY.match(text)
    if match is None or not (SAID & set(fold(text[match.end() :]).split()) or "/" in match.group()):
        return None
    cities = [topic.gazetteer.get(name) for name in re.split("[:/]", match.group().rstrip(": ")) if name]
    return match if all(cities) else None


def _usable(text: str, complete: bool) -> bool:
    low = text.casefold()
    return (
        SHORT <= len(text) <= LONG
        and (complete or text[-1:] in ".!\"”’'")
        and not text.endswith((*CUT, "?"))
        and not text.startswith(("(", "["))
        and not any(phrase in low for phrase in BOILERPLATE)
    )


def _stopped(text: str) -> str:
    return text if text[-1:] in ".!?\"”’'…" else f"{text}."


def is_latin(text: str) -> bool:
    """Whether most readers of an English alert can read the letters."""
    return sum(c.isascii() for c in text) >= LATIN * len(text)


def is_english(text: str) -> bool:
    """Whether a sentence has the small words of English.

    >>> is_english("A truce was agreed in Doha on Sunday"), is_english("Talibano vyriausybė patvirtino pokalbius Dohoje")
    (True, False)
    """
    words = fold(text).split()
    small = sum(word in SMALL for word in words)
    return is_latin(text) and (len(words) < FEW or small >= max(1, len(words) // 8))


# --------------------------------------------------------------------------- tolls


@dataclass(frozen=True, slots=True)
class Tolls:
    """What of a ledger the reports may be telling too early."""

    replaced: Mapping[str, tuple[tuple[str, str], ...]]  # entry → (number it told, number that stands)
    wrong: Mapping[
        str, tuple[tuple[str, str], ...]
    ]  # of them, those that were corrected or withdrawn, not overtaken
    overtaken: frozenset[str]  # numbers in nobody's name below another that stands
    dead: frozenset[str] = frozenset()  # the numbers of killed in this incident
    most: str = ""  # the highest of them
    values: Mapping[str, float] = field(default_factory=dict)  # what a number's words amount to

    def is_stale(self, told: Sentence) -> bool:
        """It tells a number that its own claimant has replaced, and not the one that stands."""
        return _tells(told, self.replaced.get(told.member.entry, ()))

    def is_wrong(self, told: Sentence) -> bool:
        """It tells a number that was corrected or withdrawn since."""
        return _tells(told, self.wrong.get(told.member.entry, ()))

    def numbers(self, told: Sentence) -> frozenset[float]:
        """The numbers of two digits and more that it tells."""
        plain = (word.replace(",", "") for word in told.words)
        digits = {float(word) for word in plain if word.isdecimal() and 1 < len(word) < 12}
        named = {self.values[word] for word in told.words if word in self.values}
        return frozenset(number for number in digits | named if number >= 10)

    def weight(self, told: Sentence) -> float:
        """How much of the toll it tells: the highest number, another one, or none."""
        if self.most and self.most in told.words:
            return 1.0
        return 0.0 if self.dead.isdisjoint(told.words) else 0.5

    def is_behind(self, told: Sentence) -> bool:
        """It tells an early count of a rising toll."""
        return not self.overtaken.isdisjoint(told.words)


def _tells(told: Sentence, pairs: Iterable[tuple[str, str]]) -> bool:
    return any(old in told.words and new not in told.words for old, new in pairs)


def tolls(ledger: Ledger) -> Tolls:
    replaced: dict[str, list[tuple[str, str]]] = {}
    wrong: dict[str, list[tuple[str, str]]] = {}
    for lane in ledger.lanes:
        now = lane.points[-1].figure.text.casefold() if lane.stands else ""
        for point in lane.points:
            if point.status == "current":
                continue
            for entry in (point.entry, *(entry for _, entry, _ in point.repeats)):
                numbers = (point.figure.text.casefold(), now)
                replaced.setdefault(entry, []).append(numbers)
                if point.status in ("revised", "withdrawn"):
                    wrong.setdefault(entry, []).append(numbers)
    dead = [
        stands.figure
        for lane in ledger.lanes
        if (stands := lane.stands)
        and (lane.measure, lane.scope, lane.subset) == ("killed", "incident", False)
        and not some_of(stands.figure)
    ]
    return Tolls(
        {entry: tuple(pairs) for entry, pairs in replaced.items()},
        {entry: tuple(pairs) for entry, pairs in wrong.items()},
        _overtaken(ledger),
        frozenset(figure.text.casefold() for figure in dead),
        max(dead, key=lambda figure: figure.high or 0).text.casefold() if dead else "",
        {
            point.figure.text.casefold(): point.figure.low
            for lane in ledger.lanes
            for point in lane.points
            if point.figure.low is not None
        },
    )


def _overtaken(ledger: Ledger) -> frozenset[str]:
    highest: dict[object, float] = {}
    rising = [lane for lane in ledger.lanes if lane.stands and not lane.subset and lane.measure in RISING]
    for lane in rising:
        key = (lane.measure, lane.party, lane.scope)
        highest[key] = max(highest.get(key, 0.0), lane.points[-1].figure.low or 0.0)
    return frozenset(
        lane.points[-1].figure.text.casefold()
        for lane in rising
        if lane.claimant == UNATTRIBUTED
        and (low := lane.points[-1].figure.low) is not None
        and low < highest[(lane.measure, lane.party, lane.scope)]
    )


def carries(told: Sentence, lane: Lane) -> bool:
    """Whether a sentence tells the number that stands in a lane."""
    return bool(lane.points) and lane.points[-1].figure.text.casefold() in told.words
