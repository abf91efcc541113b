"""What commands tell, as data for other programs: a JSON line for each thing (docs/interfaces.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot import output
from bot.commands import crossings, search, story, timeline, why
from bot.commands.base import Context, Reply, Request
from bot.news.model import Alert
from bot.store import stories
from bot.store.entries import EntryRow
from bot.store.figures import ClaimRow
from bot.tasks import Trouble

Json = dict[str, Any]
Told = Callable[[Request, Context], Awaitable[list[Json]]]


async def happenings(request: Request, context: Context) -> list[Json]:
    """The timeline, whole."""
    return [output.event(event) for event in await timeline.happenings(request, context)]


async def one_story(request: Request, context: Context) -> list[Json]:
    """One story; Trouble where none or several are meant."""
    found = await story.asked_for(request, context)
    if isinstance(found, Reply):
        raise Trouble(f"story: {found.title}. {found.text}".strip())
    whole = await story.of(found, context)
    return [
        {
            **head(found.id, whole.alert),
            "entries": found.entries,
            "claims": [
                {**claim(row), "status": said.status, "denied_by": said.denied_by}
                for said in whole.said
                for row in said.reports
            ],
            "reports": [report(row) for row in whole.reports],
            "revisions": [revision(at, alert) for at, alert in whole.revisions],
            "before": [output.before(one) for one in whole.alert.before] if whole.alert else [],
            "earlier": [output.event(event) for event in whole.before],
            "later": [output.event(event) for event in whole.after],
        }
    ]


async def found_stories(request: Request, context: Context) -> list[Json]:
    """What a search finds, all pages, the best first."""
    hits = await search.hits(request.options.get("words", ""), context)
    async with context.database.read() as connection:
        states = await stories.load(connection, hits.stories)
    found = (states[number] for number in hits.stories if number in states)
    return [{**head(one.id, one.alert), "entries": one.entries} for one in found]


async def reasons(request: Request, context: Context) -> list[Json]:
    """Each stage's verdict."""
    found = await why.explain(request, context)
    stages = [
        {"stage": one.name, "verdict": one.verdict, "because": list(one.because), "at": output.iso(one.at)}
        for one in found.stages
    ]
    entry, number = report(found.entry) if found.entry else None, found.story.id if found.story else None
    return [{"about": found.about, "entry": entry, "story": number, "stages": stages}]


async def gates(request: Request, context: Context) -> list[Json]:
    """Each border crossing as it stands."""
    return [output.crossing(one) for one in await crossings.known(request, context)]


TELLS: Mapping[str, Told] = {
    "timeline": happenings,
    "crossings": gates,
    "story": one_story,
    "search": found_stories,
    "why": reasons,
}


def head(number: int, said: Alert | None) -> Json:
    """A story as its newest alert has it."""
    if said is None:
        return {"story": number}
    return {
        "story": number,
        "level": said.level.word,
        "type": said.type,
        "place": said.place,
        "event_date": output.iso(said.event_date),
        "headline": said.headline,
        "summary": said.summary,
        "url": said.url,
        "corroboration": said.corroboration.word,
        "first_seen": output.iso(said.first_seen),
        "last_change": output.iso(said.last_change),
    }


def claim(row: ClaimRow) -> Json:
    return {
        **output.figure(row.figure),
        "sentence": row.figure.sentence,
        "period": row.figure.period,
        "entry": row.entry,
        "outlet": row.outlet,
        "side": row.side,
        "url": row.url,
        "at": output.iso(row.at),
    }


def report(row: EntryRow) -> Json:
    entry = row.entry
    return {
        "id": entry.id,
        "outlet": entry.outlet,
        "side": entry.side,
        "title": entry.title,
        "url": entry.url,
        "published": output.iso(entry.published),
        "seen": output.iso(entry.seen),
        "relevant": row.relevant,
        "copy_of": row.copy_of,
        "edits": row.edits,
        "quiet": row.quiet,
        "because": list(row.because),
    }


def revision(at: datetime, said: Alert) -> Json:
    return {
        "revision": said.revision,
        "at": output.iso(at),
        "level": said.level.word,
        "headline": said.headline,
        "changed": list(said.changed),
        "because": list(said.because),
    }


def emit(row: dict[str, Any]) -> None:
    """One JSON line."""
    wide = (sys.stdout.encoding or "").lower().startswith("utf")
    sys.stdout.write(json.dumps(row, ensure_ascii=not wide) + "\n")
    sys.stdout.flush()
