"""What happened, in one to three sentences of the reports themselves, each with its outlet.

The most central and best attributed sentences are taken, trimmed of datelines and boilerplate. A sentence
whose toll is outdated is left out; one whose toll is contradicted stands only beside the other claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from bot.news import outlets
from bot.news.figures.ledger import Lane, contradictions, words
from bot.news.idf import LEAD, cosine
from bot.news.model import UNATTRIBUTED, Side
from bot.news.stories import Member, Story
from bot.news.text import fold, sentences, word_set
from bot.news.topic import Topic
from bot.news.wording import neutral

MOST = 3
RISING = frozenset({"killed", "wounded", "casualties"})
BUDGET = 640  # characters of a summary, outlets included
SHORT, LONG = 35, 300  # characters between which a sentence tells something
MEMBERS = 16
LATIN = 0.7  # share of plain letters
ALIKE = 0.52  # cosine from which a second sentence repeats the first
WORTH = 0.22  # score below which a further sentence is not worth its place
RECENT = 0.1  # for the newest report, less by a tenth of it for every hour
OTHERS = 3  # other accounts of a toll that are told in the bot's own words
SAME_TOLL = 0.25  # taken off where a number was told already

SAYING = word_set(
    "said says say told according statement announced claimed claim claims confirmed denied denies reported report "
    "reports accused accuses "
    "spokesman spokesperson spokeswoman officials ministry"
)
BOILERPLATE = (
    "read more", "click here", "appeared first on", "subscribe", "follow us", "sign up", "all rights reserved",
    "file photo", "photo by", "ap photo", "getty images", "screenshot", "google maps", "in this photo", "pictured", "also read", "also on ", "read also", "related:", "newsletter", "copyright", "continue reading", "watch live", "share this",
    "more details to follow", "this is a developing story", "has been updated", "download our",
)  # fmt: skip
DATELINE = re.compile(
    r"[A-Z][A-Za-z.'’ /-]{2,40}(?:, ?[A-Za-z0-9. ]{1,24}){0,2}\s?\([A-Za-z/ .&]{2,30}\)\s?[:—–-]{0,2}\s"
    r"|[A-Z][A-Z.'’ /-]{2,40}(?:, ?[A-Za-z0-9. ]{1,24}){0,2}\s?[:—–-]{1,2}\s"
)
ASIDE = ("separately", "meanwhile", "elsewhere", "in another", "in a separate", "also ", "in other news")
UNNAMED = ("He ", "She ", "They ", "It ", "His ", "Her ", "The spokesman ", "The minister ", "The statement ")
NUMBER = re.compile(r"\b\d[\d,]{0,10}\d\b")
FIRST_REPORTS = timedelta(hours=12)
CUT = ("…", "...", "[…]", "[...]")


class Sentence(NamedTuple):
    """A sentence of a report that may stand in a summary."""

    text: str
    member: Member
    first: bool  # of its lead
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    text: str
    sentences: tuple[Sentence, ...] = ()
    replaced: tuple[str, ...] = ()


def summary(story: Story, topic: Topic, title: str = "") -> Summary:
    """One to three sentences; nothing where the reports only have the headline that is shown anyway."""
    members = [m for m in story.members if m.copy_of is None and m.relevant] or list(story.members)
    found = [s for m in members[-MEMBERS:] for s in candidates(m, topic)]
    leads = [s for s in found if not s.headline]
    found = leads or [s for s in found if fold(s.text) != fold(title)]
    fresh = [s for s in found if not is_stale(s, story.ledger.lanes)]
    fresh = [s for s in fresh if is_latin(s.text)] or fresh
    chosen = _chosen(fresh, story, topic)
    chosen, untold = _balanced(chosen, fresh, contradictions(story.ledger))
    parts: list[str] = []
    replaced: list[str] = []
    for sentence in chosen:
        said, at = neutral(sentence.text, topic), sentence.member.at
        parts.append(f"{said.text} ({sentence.member.outlet}, {at.day} {at:%b})")
        replaced += said.replaced
    if untold:
        others = dict.fromkeys(f"{words(lane.points[-1].figure)} ({lane.claimant})" for lane in untold)
        parts.append(f"By other accounts: {'; '.join(list(others)[:OTHERS])}.")
    return Summary(" ".join(parts), tuple(chosen), tuple(dict.fromkeys(replaced)))


# --------------------------------------------------------------------------- candidates


def candidates(member: Member, topic: Topic) -> Iterable[Sentence]:
    """The usable sentences of a report's lead; its headline if there are none."""
    found = False
    for number, span in enumerate(sentences(member.lead)):
        text = trimmed(member.lead[span.start : span.end], topic)
        complete = span.end < len(member.lead.rstrip()) or len(member.lead) < LEAD - 1
        if _usable(text, complete):
            found = True
            yield Sentence(_stopped(text), member, number == 0)
    if not found and member.title.strip():
        yield Sentence(_stopped(member.title.strip()), member, True, headline=True)


def trimmed(text: str, topic: Topic) -> str:
    """A sentence without its dateline."""
    text = " ".join(text.split())
    match = DATELINE.match(text)
    if match is None:
        return text
    named = [m for m in topic.lexicon.mentions(text[:120]) if m.start < match.end()]
    is_speaker = "(" not in match.group() and any(m.is_actor and not m.dateline for m in named)
    return text if is_speaker else text[match.end() :].lstrip()


def _usable(text: str, complete: bool) -> bool:
    low = text.casefold()
    return (
        SHORT <= len(text) <= LONG
        and (complete or text[-1:] in ".!\"”’'")
        and not text.endswith(CUT)
        and not text.endswith("?")
        and not text.startswith(("(", "["))
        and not any(phrase in low for phrase in BOILERPLATE)
    )


def is_latin(text: str) -> bool:
    """Whether most readers of an English alert can read the letters."""
    return sum(c.isascii() for c in text) >= LATIN * len(text)


def _stopped(text: str) -> str:
    return text if text[-1:] in ".!?\"”’'…" else f"{text}."


# --------------------------------------------------------------------------- choice


def _chosen(found: Sequence[Sentence], story: Story, topic: Topic) -> list[Sentence]:
    """Greedy: the most central sentence, then what adds most to it, other sides first."""
    sketches = {s: topic.terms.sketch(s.text, "").vector for s in found}
    worth = {s: _worth(s, sketches[s], story, topic) for s in found}
    chosen: list[Sentence] = []
    while len(chosen) < MOST:
        sides: set[Side] = {s.member.side for s in chosen}
        left = [
            (
                worth[s]
                - 0.6 * likeness
                - _told_again(s, chosen)
                + (0.1 if s.member.side not in sides else 0.0),
                -at,
            )
            for at, s in enumerate(found)
            if s not in chosen
            and not (chosen and s.headline)
            and (likeness := max((cosine(sketches[s], sketches[c]) for c in chosen), default=0.0)) < ALIKE
            and _length([*chosen, s]) <= BUDGET
        ]
        if not left or (chosen and max(left)[0] < WORTH):
            break
        chosen.append(found[-max(left)[1]])
    return chosen


def _worth(sentence: Sentence, vector: dict[str, float], story: Story, topic: Topic) -> float:
    """How central and how well attributed."""
    member = sentence.member
    age = (story.active - member.at).total_seconds() / 3600
    spoken = set(fold(sentence.text).split())
    known = outlets.find(member.outlet, member.url, topic).side != "none"
    return (
        cosine(vector, story.vector)
        + (0.15 if sentence.first else 0.0)
        + (0.1 if spoken & SAYING else 0.0)
        + (0.05 if known else 0.0)
        + max(0.0, RECENT - 0.01 * age)
        - (0.15 if sentence.headline else 0.0)
        - (0.25 if is_behind(sentence, story.ledger.lanes) else 0.0)
        - (0.3 if sentence.text.casefold().startswith(ASIDE) else 0.0)
        - (0.12 if sentence.text.startswith(UNNAMED) else 0.0)
        - (0.0 if is_latin(sentence.text) else 0.5)
    )


def _told_again(sentence: Sentence, chosen: Sequence[Sentence]) -> float:
    """Numbers of two digits and more that another sentence has given."""
    numbers = set(NUMBER.findall(sentence.text))
    return SAME_TOLL if any(numbers & set(NUMBER.findall(s.text)) for s in chosen) else 0.0


def _length(chosen: Sequence[Sentence]) -> int:
    return sum(len(s.text) + len(s.member.outlet) + 12 for s in chosen)


# --------------------------------------------------------------------------- tolls


def _balanced(
    chosen: Sequence[Sentence], found: Sequence[Sentence], pairs: Sequence[tuple[Lane, Lane]]
) -> tuple[list[Sentence], list[Lane]]:
    """No contradicted toll alone: the other claim's sentence joins, or its claim is told in our words."""
    kept, untold = list(chosen), list[Lane]()
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if not any(carries(s, one) for s in kept) or any(carries(s, other) for s in kept):
                continue
            if _is_overtaken(other, one):
                continue
            beside = next((s for s in found if carries(s, other) and s not in kept), None)
            if beside is not None and len(kept) < MOST and _length([*kept, beside]) <= BUDGET:
                kept.append(beside)
            elif other not in untold:
                untold.append(other)
    return kept, untold


def _is_overtaken(lane: Lane, by: Lane) -> bool:
    """An older count of its own people that a later one of them has replaced: a first report, no contradiction."""
    old, new = lane.points[-1], by.points[-1]
    return new.at - old.at > FIRST_REPORTS and old.figure.own_loss is not False is not new.figure.own_loss


def carries(sentence: Sentence, lane: Lane) -> bool:
    """Whether a sentence tells the number that stands in a lane."""
    return bool(lane.points) and _tells(sentence, lane.points[-1].figure.text)


def is_behind(sentence: Sentence, lanes: Sequence[Lane]) -> bool:
    """It tells a toll in nobody's name that others have overtaken: an early report of a rising toll."""
    standing = [
        (lane, point.figure)
        for lane in lanes
        if (point := lane.stands) and not lane.subset and lane.measure in RISING and point.figure.low
    ]
    return any(
        one.low < other.low and lane.claimant == UNATTRIBUTED and _tells(sentence, one.text)
        for lane, one in standing
        for beside, other in standing
        if lane.measure == beside.measure
        and lane.party == beside.party
        and lane.scope == beside.scope
        and one.low is not None
        and other.low is not None
    )


def is_stale(sentence: Sentence, lanes: Sequence[Lane]) -> bool:
    """It tells a number that its own claimant has replaced, and not the one that stands."""
    return any(
        not carries(sentence, lane)
        and any(
            point.status != "current"
            and point.entry == sentence.member.entry
            and _tells(sentence, point.figure.text)
            for point in lane.points[:-1]
        )
        for lane in lanes
    )


def _tells(sentence: Sentence, number: str) -> bool:
    """The number as a word of the sentence: 23 is not in 1,230."""
    if not number:
        return False
    pattern = rf"(?<![\w,.]){re.escape(number.casefold())}(?![\w]|[,.]\d)"
    return re.search(pattern, sentence.text.casefold()) is not None
