"""What of an entry counts for its place among the stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.news import relevance
from bot.news.days import earlier
from bot.news.days.happened import mentioned, named
from bot.news.families import ANSWERS, FOUGHT, REPORTED
from bot.news.model import Document, Entry, EventType, Reading
from bot.news.places.whereabouts import is_on_line
from bot.news.stories.roundups import alone
from bot.news.stories.story import PLACES, Features, probe
from bot.news.text.idf import LEAD
from bot.news.text.lexicon import OWN
from bot.news.topics.topic import Topic

PEOPLE = frozenset(
    {"killed", "wounded", "casualties", "captured", "abducted", "displaced", "returned", "deported"}
)


def features(entry: Entry, reading: Reading, topic: Topic) -> Features:
    """What of an entry counts; a round-up or periodic post is marked to stay alone."""
    happened = named(entry.document, reading, topic)
    figures = earlier.own(entry.document, reading, topic)
    of = Features(
        sketch=topic.terms.sketch(entry.title, _lead(entry, topic)),
        at=entry.when,
        outlet=entry.outlet,
        lang=entry.lang,
        type=reading.type,
        days=happened.days,
        night=happened.night,
        places=_with_wider((*reading.where.places, *_line(entry.document, reading, topic)), topic),
        actors=reading.actors,
        title=entry.title,
        tolls=frozenset((f.measure, f.low) for f in figures if f.measure in PEOPLE and f.low),
        figures=figures,
        also=reading.also,
        alone=alone(entry, reading, topic),
        relevant=reading.verdict.relevant
        or (not entry.summary and relevance.close(entry.document, topic, reading.type)),
        about=_about(entry, reading, topic),
        mentioned=mentioned(entry.document, topic) if reading.type in FOUGHT else (),
        again=earlier.AGAIN.search(entry.document.text) is not None,
    )
    return replace(of, terms=probe(of, topic))


def _lead(entry: Entry, topic: Topic) -> str:
    """The beginning of a summary, without what it tells of an earlier happening."""
    lead, start = entry.summary[:LEAD], len(entry.title) + 1
    for part in reversed(earlier.told(topic.lexicon.read(f"{entry.title}\n{entry.summary}"))):
        if start <= part.start < start + len(lead):
            lead = f"{lead[: part.start - start]} {lead[part.end - start :]}"
    return lead


def _about(entry: Entry, reading: Reading, topic: Topic) -> tuple[EventType, ...]:
    """The kinds of what a condemnation or a denial may answer: "strikes", be they called so by nobody else, and what the
    UN said, where one of its bodies is named. An army that owns to an operation abroad speaks of strikes.
    """
    grounds = {place.country for name in reading.where.places if (place := topic.gazetteer.get(name))}
    if reading.type == "operation" and grounds == {"AF"}:
        return ("air_strike",)
    if reading.type not in ANSWERS:
        return ()
    told = [kind for kind in reading.also if kind in FOUGHT or kind == "ceasefire"]
    if any(cue.name == "cue.strike" for cue in topic.lexicon.read(entry.document.text).cues):
        told.append("air_strike")
    if any(topic.sides.get(name) == "UN" for name in reading.actors):
        told += REPORTED
    return tuple(dict.fromkeys(told))


def _line(document: Document, reading: Reading, topic: Topic) -> tuple[str, ...]:
    """Wherever the two armies clash, it is on the line between them: all that some reports say."""
    if reading.type != "border_clash":
        return ()
    theirs = reading.verdict.relevant or is_on_line(topic.lexicon.read(document.text), document)
    return (topic.roles.line,) if theirs else ()


def _with_wider(places: Iterable[str], topic: Topic) -> tuple[str, ...]:
    """Places with what they lie in and with the other side of a gate; the two countries tell nothing."""
    found: dict[str, None] = {}
    for name in places:
        place = topic.gazetteer.get(name)
        if place is None or (place.kind == "country" and place.country in OWN):
            continue
        abroad = place.country if place.country not in OWN else ""
        wider = (name, place.across, place.district, place.province, abroad)
        found |= dict.fromkeys(n for n in wider if n and n != "border")
    return tuple(found)[:PLACES]
