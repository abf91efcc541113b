"""States that a story settles: a crossing open or shut, a truce made or broken, talks under way or failed.

A new state is a line of "what changed", beside the one that it replaces or contradicts, and steers the headline.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.news.alerts.crossings.board import RELATED, Crossing, board
from bot.news.alerts.crossings.reports import of_member
from bot.news.alerts.crossings.speakers import speakers
from bot.news.model import UNATTRIBUTED
from bot.news.stories.story import Member, Story
from bot.news.text.words import Span, fold, sentences
from bot.news.topics.scale import Status
from bot.news.topics.topic import Topic

SETTLED = frozenset(
    {"crossing", "trade", "talks", "ceasefire", "diplomacy", "returns"}
)  # kinds that have states
RULED = {"talks": "truce"}  # a truce made after talks that failed is what holds


class State(NamedTuple):
    """What a report says of one gate, truce or round of talks."""

    of: str  # "Torkham", "truce", "talks"
    words: str  # "closed", "truce prolonged"
    member: Member
    claimant: str = ""  # where its words were read for that
    at: tuple[int, ...] = ()  # where a text says so, else

    @property
    def entry(self) -> str:
        return self.member.entry


def states(story: Story, topic: Topic) -> list[State]:
    """The states that the reports tell, in the order in which they were told."""
    found: list[State] = []
    for member in story.members:
        stands = member.stance.does != "withdraws" and not member.stance.hearsay
        told = member.copy_of is None and member.relevant and stands
        if (
            told
            and not member.title.endswith("?")
            and not topic.telling["unsure"] & set(fold(member.title).split()[:1])
        ):
            found += _gates(member, story, topic)
            found += _settled(member, topic) if member.stance.does != "denies" else ()
    return found


def _gates(member: Member, story: Story, topic: Topic) -> Iterable[State]:
    """What a report says of crossings; nothing of one of which it says opposite things."""
    reports = [r for r in of_member(member, story, topic) if not (r.planned or r.weak)]
    for gate in dict.fromkeys(_gate(r.crossing, topic) for r in reports):
        here = [r for r in reports if _gate(r.crossing, topic) == gate]
        said = {(whom, may) for report in here for whom, may in report.passing}
        if len(said) == len(dict(said)) and not any(r.denies for r in here):
            last = here[-1]  # what follows adds to what stands first
            yield State(gate, last.words, member, last.claimant)


def disputed(story: Story, topic: Topic) -> tuple[Crossing, ...]:
    """The gates of which the two sides tell opposite things at the same time."""
    if story.type not in RELATED:
        return ()
    return tuple(row for row in board((story,), (), topic, story.active) if row.state == "disputed")


def _gate(crossing: str, topic: Topic) -> str:
    """The two halves of one gate under one name."""
    known = topic.gazetteer.get(crossing)
    return min(crossing, known.across) if known and known.across else crossing


def _settled(member: Member, topic: Topic) -> Iterable[State]:
    """What the title, or the lead's first sentence, says of a truce or of talks, without any doubt."""
    opening = len(member.title) + 1
    spans = [Span(0, len(member.title))]
    spans += [Span(opening + s.start, opening + s.end) for s in sentences(member.lead)[:1]]
    text = member.document.text
    best: Status | None = None
    at: list[int] = []
    for span in spans:
        told = f" {fold(text[span.start : span.end])} "
        if topic.telling["doubt"] & set(told.split()):
            break
        fits = [s for s in topic.scale.statuses if s.of and member.type in s.types and s.said_in(told)]
        best = best or max(fits, key=lambda status: status.points, default=None)
        if best in fits:
            at.append(_place(text, span, best))
    if best:
        yield State(best.of, best.name, member, at=tuple(at))


def _place(text: str, span: Span, status: Status) -> int:
    """Where a sentence says so: at the first of the words that it is known by."""
    said = text[span.start : span.end].lower()
    found = [at for words in status.words if (at := said.find(words.strip())) >= 0]
    return span.start + min(found, default=len(said) // 2)


def changed(story: Story, topic: Topic, entry: str) -> tuple[str, ...]:
    """The lines of what an entry changed: each state that is another than the last one told."""
    told = states(story, topic)
    lines: list[str] = []
    for state in (one for one in told if one.entry == entry):
        before = [one for one in told if one.of == state.of and one.entry != entry]
        words = state.words if state.of in state.words else f"{state.of}: {state.words}"
        if not before:
            lines.append(f"{words}{_said_by(state, topic)}")
        elif before[-1].words != state.words:
            was = f"before: {before[-1].words}{_said_by(before[-1], topic)}"
            lines.append(f"{words}{_said_by(state, topic)}; {was}")
    return tuple(lines)


def _said_by(state: State, topic: Topic) -> str:
    """Who says so in the text, " — officials"; where it names nobody, the outlet only reports: " (reported by AP)"."""
    claimant = state.claimant
    if not claimant:
        who = speakers(state.member.document, topic)
        claimant = next((name for at in state.at if (name := who(at)[0]) != UNATTRIBUTED), UNATTRIBUTED)
    outlet = state.member.outlet
    return f" (reported by {outlet})" if claimant in (UNATTRIBUTED, outlet) else f" — {claimant}"


class Course(NamedTuple):
    """The entries of a story by what they tell of its states."""

    before: frozenset[str] = (
        frozenset()
    )  # what was to come, before any state was told: "to hold talks on Saturday"
    old: frozenset[str] = frozenset()  # a state that is no longer the last one told
    latest: frozenset[str] = frozenset()  # the last one that changed

    def worth(self, entry: str, old: float, new: float) -> float:
        """What a title or a sentence gains or loses by the state that it tells."""
        return new if entry in self.latest else -old if entry in self.old | self.before else 0.0


def course(story: Story, topic: Topic) -> Course:
    """Which of a story's entries tell the state that holds, and which what came before it."""
    told = states(story, topic) if story.type in SETTLED else []
    if not told:
        return Course()
    last: dict[str, str] = {}
    since: dict[str, int] = {}  # each state's last change
    for at, state in enumerate(told):
        if last.get(state.of) != state.words:
            last[state.of], since[state.of] = state.words, at

    def holds(at: int, state: State) -> bool:
        return at >= max(since[state.of], since.get(RULED.get(state.of, ""), 0))

    old = frozenset(state.entry for at, state in enumerate(told) if not holds(at, state))
    first = min(one.member.at for one in told)
    before = frozenset(m.entry for m in story.members if m.at < first)
    newest = max(since, key=lambda of: since[of])  # of several gates, the one whose state changed last
    now = frozenset(one.entry for one in told if one.of == newest) - old
    return Course(before - now, old, now)
