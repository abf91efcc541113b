"""The whole judgement on one page: entries and memory in, decisions with reasons out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.news import (
    candidates,
    compose,
    dates,
    grouping,
    identity,
    places,
    relevance,
    significance,
    stories,
    types,
)
from bot.news.candidates import Index
from bot.news.decision import Decision, Known
from bot.news.figures import extract, ledger
from bot.news.figures.ledger import Change
from bot.news.grouping import Score
from bot.news.idf import LEAD
from bot.news.model import Alert, Document, Entry, Level, PastEvent, Reading, Verdict, Where
from bot.news.stories import Features, Member, Story
from bot.news.topic import Topic

Quiet = Callable[[Entry], str]
NOTHING = Reading(Verdict(False, 0.0, ()), None, None, Where(), (), ())


@dataclass(slots=True)
class Memory:
    """What is known before a batch, carried forward by the fold. Bounded by what `recall` reads."""

    known: dict[str, Known] = field(default_factory=dict)  # identity key (news.identity.keys) → entry
    stories: dict[int, Story] = field(default_factory=dict)  # candidates, by id
    next_story: int = 1
    past: tuple[PastEvent, ...] = ()  # stories of our own as history; the chronology is in the topic
    index: Index = field(default_factory=Index)  # follows `stories`


def read(document: Document, topic: Topic) -> Reading:
    """All that one text says by itself."""
    kind, why_kind = types.kind(document, topic)
    when = dates.when(document, topic, kind)
    where = places.where(document, topic, kind)
    named = (m.name for m in topic.lexicon.mentions(document.text) if m.is_actor)
    reasons = (*why_kind, when.because if when else "", where.because)
    return Reading(
        verdict=relevance.judge(document, topic),
        type=kind,
        when=when,
        where=where,
        actors=tuple(dict.fromkeys(named)),
        figures=extract.extract(document, topic),
        background=dates.background(document, topic, kind),
        because=tuple(reason for reason in reasons if reason),
    )


def decide(
    entries: Sequence[Entry], memory: Memory, topic: Topic, *, quiet: Quiet = lambda entry: ""
) -> list[Decision]:
    """One decision per entry, in order; `memory` is updated as the fold goes on."""
    if entries:
        silent = timedelta(days=topic.weights["stories.days"])
        candidates.forget(memory.stories, max(entry.seen for entry in entries), silent)
    memory.index.follow(memory.stories)
    return [_judge(entry, memory, topic, quiet(entry)) for entry in entries]


def _judge(entry: Entry, memory: Memory, topic: Topic, quiet: str) -> Decision:
    """Identity first: what we know is told again only where its text changed."""
    met = identity.recognise(entry, memory.known)
    reading = _timely(entry, read(entry.document, topic), topic)
    if met is None:
        decision = _place(entry, reading, memory, topic, quiet)
    else:
        decision = _again(entry, reading, met, memory, topic, quiet)
    _remember(decision, memory)
    return decision


def _timely(entry: Entry, reading: Reading, topic: Topic) -> Reading:
    """An archive piece that surfaces late is not news, whatever it is about."""
    if late := relevance.archive(entry.published, entry.seen, topic):
        verdict = reading.verdict
        return replace(reading, verdict=replace(verdict, relevant=False, because=(late, *verdict.because)))
    return reading


def _place(entry: Entry, reading: Reading, memory: Memory, topic: Topic, quiet: str) -> Decision:
    """A new entry: into the story that it fits best, or into one of its own."""
    of = stories.features(entry, reading, topic)
    ranked = scores(of, memory, topic)
    best, copy = _home(entry, of, ranked, memory, topic)
    if best is not None:
        reading = _drawn(entry, reading, best, memory, topic)
        story = stories.joined(memory.stories[best.story], of, member(entry, reading, copy), reading, topic)
        why = (f"joins {best.because}", *((f"a copy of {copy}",) if copy else ()))
    else:
        story = stories.opened(memory.next_story, of, member(entry, reading, None), reading, topic)
        memory.next_story += 1
        why = (_opens(story, ranked[0] if ranked else None),)
    return _tell(entry, reading, story, memory, topic, quiet, copy=copy, because=why)


def _drawn(entry: Entry, reading: Reading, best: Score, memory: Memory, topic: Topic) -> Reading:
    """A text too short to say so itself is about the topic where it tells of a story that is."""
    verdict = reading.verdict
    if (
        verdict.relevant
        or not memory.stories[best.story].relevant
        or best.total < topic.weights["stories.drawn"]
        or relevance.archive(entry.published, entry.seen, topic)
        or not relevance.close(entry.document, topic)
    ):
        return reading
    why = f"it tells of story {best.story}, which is about the topic"
    return replace(reading, verdict=replace(verdict, relevant=True, because=(*verdict.because, why)))


def _home(
    entry: Entry, of: Features, ranked: Sequence[Score], memory: Memory, topic: Topic
) -> tuple[Score | None, str | None]:
    """The story to join, and the entry that this one copies; a copy goes where its original is."""
    for order, score in enumerate(ranked):
        if score.veto:
            continue
        story = memory.stories[score.story]
        copy = identity.copy_of(entry, story.members, topic.terms, topic.weights["stories.copy"])
        if copy or (order == 0 and score.total >= grouping.least(of, story, topic)):
            return score, copy
    return None, None


def _opens(story: Story, best: Score | None) -> str:
    """Why an entry opens a story of its own."""
    if story.alone:
        return f"stays alone: {story.alone}"
    return f"opens story {story.id}; {best.because}" if best else f"opens story {story.id}: nothing like it"


def scores(of: Features, memory: Memory, topic: Topic) -> tuple[Score, ...]:
    """The stories near an entry, best first."""
    if of.alone:
        return ()
    weighted = [(term, topic.terms.weight(term)) for term in stories.probe(of, topic)]
    since = of.at - timedelta(days=topic.weights["stories.days"])
    return grouping.rank(of, [memory.stories[n] for n in memory.index.find(weighted, since)], topic)


def probe(entry: Entry, topic: Topic) -> tuple[str, ...]:
    """The terms of stories that this entry might join: what `recall` looks candidates up by."""
    kind, _ = types.kind(entry.document, topic)
    reading = replace(NOTHING, type=kind, where=places.where(entry.document, topic, kind))
    return stories.probe(stories.features(entry, reading, topic), topic)


def _again(
    entry: Entry, reading: Reading, met: identity.Match, memory: Memory, topic: Topic, quiet: str
) -> Decision:
    """A known entry: nothing new, or an edit that may change what its story says."""
    known = met.known
    story = _standing(known.story, memory)
    why = (f"known: {met.because}", *(("its text changed",) if met.edited else ()))
    if story is None or not met.edited:
        level = story.level if story else Level.MINOR
        return Decision(
            entry, reading, known.id, met.edited, known.copy_of, known.story, level, None, quiet, why
        )
    rewritten = replace(member(entry, reading, known.copy_of), entry=known.id)
    story = stories.edited(story, rewritten, reading)
    same = replace(entry, id=known.id)
    decision = _tell(same, reading, story, memory, topic, quiet, copy=known.copy_of, because=why)
    return replace(decision, entry=entry, same_as=known.id, edited=True)


def _standing(number: int | None, memory: Memory) -> Story | None:
    """A story by its id, or the one that it became part of."""
    story = memory.stories.get(number) if number is not None else None
    while story is not None and story.merged_into is not None:
        story = memory.stories.get(story.merged_into)
    return story


def _tell(
    entry: Entry,
    reading: Reading,
    story: Story,
    memory: Memory,
    topic: Topic,
    quiet: str,
    *,
    copy: str | None,
    because: tuple[str, ...],
) -> Decision:
    """Add an entry's figures to its story, weigh the story, and say what is new."""
    changes: tuple[Change, ...] = ()
    if reading.verdict.relevant:
        book, changes = ledger.add(
            story.ledger,
            reading.figures,
            entry=entry.id,
            at=entry.seen,
            outlet=entry.outlet,
            side=entry.side,
            url=entry.url,
            copy_of=copy,
        )
        story = replace(story, ledger=book)
    level, why = significance.level(story, topic, memory.past)
    story = replace(story, level=level)
    alert: Alert | None = None
    if story.relevant:
        alert = compose.compose(story, memory.past, topic, entry.seen, changes)
        story = replace(story, alert=alert or story.alert)
    memory.stories[story.id] = story
    memory.index.put(story)
    return Decision(
        entry,
        reading,
        None,
        False,
        copy,
        story.id,
        level,
        alert,
        quiet,
        (*reading.verdict.because, *because, *why),
    )


def member(entry: Entry, reading: Reading, copy: str | None) -> Member:
    """An entry as its story remembers it."""
    return Member(
        entry=entry.id,
        outlet=entry.outlet,
        side=entry.side,
        family=entry.family,
        url=entry.url,
        title=entry.title,
        lead=entry.summary[:LEAD],
        at=entry.when,
        seen=entry.seen,
        relevant=reading.verdict.relevant,
        copy_of=copy,
        type=reading.type,
    )


def _remember(decision: Decision, memory: Memory) -> None:
    """The entry under all its names, so that the rest of the batch recognises it."""
    entry = decision.entry
    names = identity.keys(entry)
    held = next((k for n in names if (k := memory.known.get(n)) and k.id == decision.same_as), None)
    now = identity.known(entry, decision.story, decision.copy_of)
    if held is not None:  # its window of days runs from the first time
        now = replace(now, id=held.id, seen=held.seen)
    for name in names:
        if name not in memory.known or memory.known[name].id == now.id:
            memory.known[name] = now
