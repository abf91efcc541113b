"""The nouns of the house as plain data: entry, reading, figure, story, alert, subscription.

All is frozen. Times are aware and in UTC, dates those of the place spoken about, offsets code points of `Document.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Literal, get_args

Side = Literal["PK", "AF", "AF-exile", "UN", "IN", "intl", "militants", "none"]
OTHER_SIDE: dict[str, Side] = {"PK": "AF", "AF": "PK"}  # of the two countries

EventType = Literal[
    "air_strike", "border_clash", "attack", "ceasefire", "talks", "statement", "crossing", "returns",
    "trade", "operation", "arrest", "diplomacy", "multilateral", "humanitarian", "political",
]  # fmt: skip
Measure = Literal[
    "killed", "wounded", "casualties", "captured", "abducted", "missing", "surrendered", "displaced",
    "returned", "deported", "positions", "vehicles_equipment", "camps", "trucks", "money", "duration", "attacks", "strikes", "other",
]  # fmt: skip
Qualifier = Literal["exact", "at_least", "over", "nearly", "about", "up_to", "under", "range", "vague"]
Party = Literal[
    "pak_security_forces", "pak_civilians", "pak_people", "afg_taliban_forces", "afg_civilians",
    "afg_people", "afg_refugees", "militants", "afg_taliban_and_militants", "both", "foreign_nationals", "unspecified",
]  # fmt: skip
Scope = Literal["incident", "period", "cumulative", "state"]
Precision = Literal["day", "month", "year"]
DigestPace = Literal["none", "hourly", "daily"]
Style = Literal["message", "thread", "forum"]  # a message a story, with a thread on it, a forum post a story
Delivered = Literal["instant", "digest", "none"]
SIDES: tuple[Side, ...] = get_args(Side)
STYLES: tuple[Style, ...] = get_args(Style)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
MEASURES: tuple[Measure, ...] = get_args(Measure)
HARM: frozenset[Measure] = frozenset({"killed", "wounded", "casualties"})
WORDED: frozenset[Measure] = frozenset({"other", "money", "duration"})  # counted is what the text says
UNATTRIBUTED = "unattributed"
Day = date  # inside `Before`, a field hides the name of its type from whoever reads annotations


class Level(IntEnum):
    """How much a story matters; the words are what people read and configure."""

    MINOR = 0
    NOTABLE = 1
    MAJOR = 2
    CRITICAL = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Level:
        """The level of a word; KeyError names what is allowed elsewhere (settings, commands)."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class Document:
    """A text to judge, an entry's or an article's; every offset refers to `text`, its headline ends at `title_end`."""

    text: str
    title_end: int = 0
    published: datetime | None = None
    outlet: str = ""
    side: Side = "none"
    lang: str = "en"
    undated: bool = False  # `published` is only when we first saw it


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `id` is ours and stable; `published` is None when the feed gave no date."""

    id: str
    feed: str
    outlet: str
    url: str
    title: str
    summary: str
    seen: datetime
    published: datetime | None = None
    side: Side = "none"
    family: str = ""
    guid: str = ""
    lang: str = "en"
    article: str = ""  # the linked page's text, where the feed has only a teaser; never part of identity

    @property
    def document(self) -> Document:
        """Title, newline, summary (or article): the text that the offsets of this entry's figures refer to."""
        text, end = f"{self.title}\n{self.article or self.summary}", len(self.title)
        return Document(text, end, self.when, self.outlet, self.side, self.lang, self.undated)

    @property
    def when(self) -> datetime:
        """Published, or first seen where the feed gave no date or one in the future."""
        return self.published if self.published and self.published <= self.seen else self.seen

    @property
    def undated(self) -> bool:
        """Whether nobody knows when it was published: no date, or one further ahead than clocks and zones go wrong."""
        return self.published is None or self.published > self.seen + timedelta(days=1)


# --------------------------------------------------------------------------- what one text says


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is it about the topic? `because` lists the evidence, for and against, in words."""

    relevant: bool
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text with its words (see interfaces: FIGURE). `quote == text[start:end]`."""

    low: float | None
    high: float | None
    text: str
    qualifier: Qualifier
    measure: Measure
    what: str | None
    party: Party
    claimant: str
    claimant_text: str | None
    scope: Scope
    own_loss: bool | None
    denied_by: str | None
    subset: bool
    quote: str
    start: int
    end: int
    period: str | None = None  # words of the period, for period/cumulative figures
    rule: str = ""  # which rule bound it; explains, never shown to readers
    sentence: str = ""  # the verbatim sentence, for the Wording button
    update: Literal["none", "rise", "revision", "additional", "former", "withdrawn"] = "none"
    hypothetical: bool = False
    noun: str = ""  # verbatim words after the number: " Pakistani soldiers", "-hour ceasefire"
    place: str = ""  # the province to which its sentence limits it: "nine in Paktika"
    instead: float | None = None  # the number whose place it takes, as its text says: "six, NOT NINE"


@dataclass(frozen=True, slots=True)
class When:
    """The date of a happening; `end` differs from `start` when it lasted over days."""

    start: date
    end: date
    precision: Precision = "day"
    because: str = ""
    named: bool = False  # the text names the day; else it is the day of its publication


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a happening: canonical names, most specific first; `label` is what people read."""

    places: tuple[str, ...] = ()
    label: str = ""
    because: str = ""
    guessed: bool = False  # from who speaks, not from a place that the text ties to it


@dataclass(frozen=True, slots=True)
class Background:
    """An earlier happening that a text dates: `what` in short, `sentence` verbatim."""

    start: date
    end: date
    what: str
    sentence: str
    precision: Precision = "day"


@dataclass(frozen=True, slots=True)
class Stance:
    """What a text does to what was told: it tells it, corrects or withdraws its own outlet's report, denies it, or tells
    that one of the two sides confirms it."""

    does: Literal["tells", "corrects", "withdraws", "denies", "confirms"] = "tells"
    by: str = ""  # who, where it does not just tell; "" where the text names nobody
    side: Side = "none"  # of that one
    of: str = ""  # what is denied or confirmed, in the text's own words: "signing a document with Pakistan"
    hearsay: bool = False  # it tells what a viral post or a rumour says: nobody answers for it


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one text says, before anything else is known: the answer of `inspect`."""

    verdict: Verdict
    type: EventType | None
    when: When | None
    where: Where
    actors: tuple[str, ...]  # canonical names, in order of first mention
    figures: tuple[Figure, ...]
    background: tuple[Background, ...] = ()
    because: tuple[str, ...] = ()
    denials: tuple[Figure, ...] = ()  # that name no number: claims for the ledger, not figures
    also: tuple[EventType, ...] = ()  # other kinds of happening that it speaks of: what a protest is about
    stance: Stance = Stance()


@dataclass(frozen=True, slots=True)
class Source:
    outlet: str
    side: Side
    url: str
    family: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of the past with its claimant: of the shipped chronology, or of one of our stories."""

    measure: Measure
    party: Party
    low: float | None
    high: float | None
    text: str
    qualifier: Qualifier
    claimant: str
    scope: Scope = "incident"
    denied_by: str | None = None
    url: str = ""
    note: str = ""  # what exactly, or of when: "Khost only", "on 31 January"
    known: date | None = None  # when it was published, where that was later than the happening
    own_loss: bool | None = None
    figure: Figure | None = None  # of one of our stories: as its report has it


@dataclass(frozen=True, slots=True)
class PastEvent:
    """A row of the chronology, or a story of our own seen as history."""

    id: str  # "c:<n>" for chronology rows, "s:<story>" for stories
    start: date
    end: date
    precision: Precision
    place: str
    type: EventType
    level: Level
    parties: tuple[str, ...]
    what: str
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    story: int | None = None
    known: datetime | None = None  # when we first knew; None: from the first minute
    places: tuple[str, ...] = ()  # the names in `place`, one by one
    guessed: bool = False  # the place is, from who speaks


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Families per side, and one plain word for what that means."""

    families: tuple[tuple[Side, int], ...]  # e.g. (("PK", 3), ("AF", 2)); sides in display order
    word: str  # one of those of news.alerts.corroboration: "one side only", "both sides report it" …


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of key figures: the words, who says so, and how it stands to other claims."""

    figure: Figure
    outlet: str
    url: str
    label: str  # "own loss" | "claim about the other side" | ""
    conflict: bool = False
    note: str = ""  # "was 11", "denied by Pakistan (government)", "also 2 outlets"
    part: bool = False  # of the total in the line before


@dataclass(frozen=True, slots=True)
class Before:
    date: Day
    what: str
    url: str
    story: int | None = None  # set: a story of ours, whose message a platform may link to


@dataclass(frozen=True, slots=True)
class Alert:
    """What we say about a story, one revision of it. Platform-neutral: renderers add nothing."""

    story: int
    revision: int
    kind: Literal["new", "update"]
    level: Level
    type: EventType
    place: str
    headline: str
    url: str
    summary: str
    figures: tuple[FigureLine, ...]
    corroboration: Corroboration
    changed: tuple[str, ...]
    before: tuple[Before, ...]
    sources: tuple[Source, ...]
    first_seen: datetime
    last_change: datetime
    event_date: date | None = None
    level_rose: bool = False  # only a rise may ping again
    because: tuple[str, ...] = ()  # why this level
    replaced: tuple[
        str, ...
    ] = ()  # "FAK (PK) → TTP": the reports' words in headline and summary, and whose they are
    undated: bool = False  # no report has a date or names a day: all we know is when we first saw it

    def sources_shown(self, most: int = 5) -> tuple[tuple[Source, ...], int]:
        """The first sources and how many more there are."""
        return self.sources[:most], max(0, len(self.sources) - most)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel and what it wants. Empty `types` or `places` mean all."""

    id: int
    platform: str  # a key of platforms.PLATFORMS: "console", "discord", "slack"
    space: str  # Discord guild id or Slack team id; "" on the console
    channel: str
    created: datetime
    instant: Level = Level.MAJOR  # at once from this level on; never lower than MAJOR
    digest: DigestPace = "daily"
    types: tuple[EventType, ...] = ()
    places: tuple[str, ...] = ()
    role: str = ""  # mentioned from `role_level` on
    role_level: Level = Level.CRITICAL
    zone: str = "UTC"
    paused: str = ""  # reason; "" while active
    quiet: tuple[time, time] | None = None  # from, until, by the clock of `zone`: nothing is posted then
    critical_passes: bool = True  # but what is critical comes in quiet hours, too
    ceiling: int = 0  # posts a day, what is critical apart; the rest goes into the digest; 0: no ceiling
    digest_hour: int = 8  # of the day, for a daily digest
    style: Style = "message"
    story: int = 0  # a follow: of this story only, for `person` in direct messages
    person: str = ""
