"""The whole judgement on one page: entries and memory in, decisions with reasons out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.news import refusals, relevance, settle, stances, types
from bot.news.days import dates
from bot.news.days.lookback import looks_back
from bot.news.decision import Decision, Memory
from bot.news.figures import extract
from bot.news.model import Document, Entry, Level, Reading
from bot.news.places.tied import place_of
from bot.news.settle import Case
from bot.news.stories import candidates, identity, regroup
from bot.news.stories.features import features
from bot.news.stories.story import Story, edited
from bot.news.topics.topic import Topic

Quiet = Callable[[Entry], str]


def read(document: Document, topic: Topic) -> Reading:
    """All that one text says by itself."""
    verdict = relevance.judge(document, topic)
    kinds, why_kind = types.kinds(document, topic, verdict.relevant)
    kind = kinds[0] if kinds else None
    when = dates.when(document, topic, kind)
    if when is not None and document.undated and not when.named:
        when = None  # the day on which we saw it dates nothing
    where = place_of(document, topic, kind)
    named = (m.name for m in topic.lexicon.mentions(document.text) if m.is_actor)
    reasons = (*why_kind, when.because if when else "", where.because)
    figures = extract.extract(document, topic)
    return Reading(
        verdict=verdict,
        type=kind,
        when=when,
        where=where,
        actors=tuple(dict.fromkeys(named)),
        figures=figures,
        background=dates.background(document, topic, kind, when),
        because=tuple(reason for reason in reasons if reason),
        denials=refusals.refusals(document, topic, figures),
        also=kinds[1:],
        stance=stances.stance(document, topic, figures),
    )


def cases(entries: Iterable[Entry], topic: Topic, quiet: Quiet = lambda entry: "") -> list[Case]:
    """Each entry as it is read, before anything else is known."""
    found = []
    for entry in entries:
        reading = _timely(entry, read(entry.document, topic), topic)
        found.append(Case(entry, reading, features(entry, reading, topic), quiet(entry)))
    return found


def decide(
    entries: Iterable[Entry], memory: Memory, topic: Topic, *, quiet: Quiet = lambda entry: ""
) -> list[Decision]:
    """One decision per entry, in order; `memory` is updated as the fold goes on."""
    return fold(cases(entries, topic, quiet), memory, topic)


def fold(given: Sequence[Case], memory: Memory, topic: Topic) -> list[Decision]:
    """The same, of entries that are read."""
    if given:
        silent = timedelta(days=topic.weights["stories.days"])
        candidates.forget(memory.stories, max(case.entry.seen for case in given), silent)
    memory.index.follow(memory.stories)
    return [_judge(case, memory, topic) for case in given]


def _judge(case: Case, memory: Memory, topic: Topic) -> Decision:
    """Identity first: what we know is told again only where its text changed."""
    met = identity.recognise(case.entry, memory.known)
    if met is None:
        decision = settle.settle(case, settle.near(case.of, memory, topic), memory, topic)
    else:
        decision = _again(case, met, memory, topic)
    _remember(decision, memory)
    return decision


def _timely(entry: Entry, reading: Reading, topic: Topic) -> Reading:
    """An archive piece that surfaces late, or one that looks back, is not news, whatever it is about."""
    old = looks_back(entry.document, topic, reading.type)
    if late := relevance.archive(entry.published, entry.seen, topic) or (old and f"looks back: “{old}”"):
        verdict = reading.verdict
        return replace(reading, verdict=replace(verdict, relevant=False, because=(late, *verdict.because)))
    return reading


def _again(case: Case, met: identity.Match, memory: Memory, topic: Topic) -> Decision:
    """A known entry: nothing new, or an edit that may change what its story says, or prove that it belongs elsewhere."""
    known, entry, reading = met.known, case.entry, case.reading
    story = _standing(known.story, memory)
    why = (f"known: {met.because}", *(("its text changed",) if met.edited else ()))
    if story is None or not met.edited:
        level, number = (story.level, story.id) if story else (Level.MINOR, known.story)
        same, copy = known.id, known.copy_of
        return Decision(entry, reading, same, met.edited, copy, number, level, None, case.quiet, why)
    case = replace(case, entry=replace(entry, id=known.id))
    if found := regroup.elsewhere(case.of, known.id, story, topic):
        decision = settle.split(case, found, memory, topic)
    else:
        story = edited(story, case.member(known.copy_of), reading, topic)
        decision = settle.tell(case, story, memory, topic, copy=known.copy_of, because=why)
    return replace(decision, entry=entry, same_as=known.id, edited=True)


def _standing(number: int | None, memory: Memory) -> Story | None:
    """A story by its id, or the one that it became part of."""
    story = memory.stories.get(number) if number is not None else None
    while story is not None and story.merged_into is not None:
        story = memory.stories.get(story.merged_into)
    return story


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
    if decision.left is not None:  # its copies went with it
        for name, one in memory.known.items():
            if one.copy_of == now.id:
                copied = decision.copy_of or one.copy_of
                memory.known[name] = replace(one, story=decision.story, copy_of=copied)
