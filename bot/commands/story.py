"""One story whole, and what its alert's buttons show of it: /story, Wording, All sources, Timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.commands import claims, options, pages, search, timeline
from bot.commands.base import MAIN, Context, Reply, Request, Row, call
from bot.commands.pages import Part
from bot.news.alerts import timeline as history
from bot.news.alerts.days import day, moment
from bot.news.model import Alert, PastEvent
from bot.news.stories.story import Story
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.store import alerts, entries, figures, stories
from bot.store.entries import EntryRow

PARTS = ("whole", "wording", "sources", "timeline", "history")
AROUND = timedelta(days=30)  # how far the days around a story reach
NEAR = 5  # happenings before it and after it that are told with a story
REPORTS = 500
EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is on record of one story."""

    story: Story
    said: tuple[claims.Said, ...]
    reports: tuple[EntryRow, ...]
    revisions: tuple[tuple[datetime, Alert], ...]
    before: tuple[PastEvent, ...]
    after: tuple[PastEvent, ...]

    @property
    def alert(self) -> Alert | None:
        return self.revisions[-1][1] if self.revisions else self.story.alert


async def story(request: Request, context: Context) -> Reply:
    """One story by its number or by words of it; several that have the words are listed."""
    part = options.one_of(request.typed("part") or PARTS[0], PARTS, "part")
    page = options.page(typed) if (typed := request.typed("page")) else 0
    found = await asked_for(request, context)
    if isinstance(found, Reply):
        return found
    whole = await of(found, context)
    if part == "whole":
        asked = options.story_number(request.typed("story"))
        merged = asked if asked not in (None, found.id) else None
        return pages.paged(overview(whole, merged), everything(whole, context.topic), page)
    return await one_part(whole, part, page, context)


async def asked_for(request: Request, context: Context) -> Story | Reply:
    """The story that is meant; a reply where none is, or several are. Raises Mistake."""
    words = request.typed("story")
    if not words:
        typed = call("story", {f"{MAIN}story": "12"})
        raise options.Mistake(f"story: name a number, as in {typed}, or words of the headline.")
    if (number := options.story_number(words)) is not None:
        return await load(number, context) or no_such(number)
    hits = await search.hits(words, context)
    if not hits.stories:
        return replace(search.nothing(hits, "No such story"), error=True)
    if len(hits.stories) == 1:
        return await load(hits.stories[0], context) or no_such(hits.stories[0])
    return await search.listed(hits, request, context, f"Which story? {len(hits.stories)} have these words")


async def load(number: int, context: Context) -> Story | None:
    async with context.database.read() as connection:
        return await stories.get(connection, number)


def no_such(number: int) -> Reply:
    finds = f"{call('search', {f'{MAIN}words': 'Torkham'})} finds stories by their words."
    return Reply("No such story", f"I have no story {number}. {finds}", error=True)


async def of(found: Story, context: Context) -> Whole:
    """A story with all that is remembered of it."""
    async with context.database.read() as connection:
        rows = await figures.of_story(connection, found.id, EVER)
        reports = await entries.of_story(connection, found.id, REPORTS)
        revisions = await alerts.history(connection, found.id)
    near = [event for event in await around(found, context) if event.story != found.id]
    here = history.of_story(found)
    akin = [event for event in near if is_near(event, here)]
    return Whole(
        found,
        claims.of(found, rows),
        reports,
        revisions,
        before=tuple(event for event in akin if event.start < here.start)[-NEAR:],
        after=tuple(event for event in akin if event.start > here.end)[:NEAR],
    )


def is_near(event: PastEvent, here: PastEvent) -> bool:
    """Whether a happening belongs to what came before or after another: its place, or its kind."""
    return history.shares_place(event, here) or history.alike(event.type, here.type)


async def around(found: Story, context: Context) -> tuple[PastEvent, ...]:
    """What happened in the month before a story, and in the month after."""
    here = history.of_story(found)
    async with context.database.read() as connection:
        own = await stories.around(connection, here.start, AROUND.days)
    return history.filter(
        (*context.topic.chronology, *own), since=here.start - AROUND, until=here.end + AROUND
    )


# --------------------------------------------------------------------------- the whole


def overview(whole: Whole, merged: int | None = None) -> Reply:
    """What stands on top of it; `merged`: under which number it was asked for, which is part of it now."""
    found, alert = whole.story, whole.alert
    if alert is None:
        title = found.members[0].title if found.members else ""
        return Reply(f"Story {found.id}", f"{title}\nNothing was ever said of it: it is not about the topic.")
    reports = options.counted(found.entries, "report")
    lines = (
        f"Story {merged} became part of this one." if merged else "",
        alert.headline,
        alert.summary,
        f"{alert.corroboration.word}; {reports}; first seen {moment(alert.first_seen)}, "
        f"last change {moment(alert.last_change)}",
    )
    return Reply(f"Story {found.id}: {search.heading(alert)}", "\n".join(filter(None, lines)))


def everything(whole: Whole, topic: Topic) -> Iterable[Part]:
    """Claims and who makes them, sources, changes, before and after, each under its heading."""
    found = whole.story
    yield from under(f"Claims ({len(whole.said)})", map(claims.row, whole.said))
    yield from under("Who speaks", claims.speakers(whole.said, topic))
    yield from under(f"Sources ({found.entries})", (report(row, topic) for row in whole.reports))
    yield from under("Changes", map(revision, whole.revisions))
    if whole.alert is None:
        return  # what happened before and after belongs to the topic, and this does not
    told = whole.alert.before
    yield from under("Before this", [Row(day(one.date), one.what, one.url) for one in told])
    new = (event for event in whole.before if event.what not in {one.what for one in told})
    yield from under("Before this", map(timeline.row, new))
    yield from under("After this", map(timeline.row, whole.after))


def under(heading: str, rows: Iterable[Row]) -> Iterable[Part]:
    return ((heading, row) for row in rows)


def report(row: EntryRow, topic: Topic) -> Row:
    """One report: outlet, side and what else is known of it, title, and whether it is a copy or was rewritten."""
    entry = row.entry
    outlet = outlets.find(entry.outlet, entry.url, topic)
    known = f", {outlet.note}" if outlet.note and outlet.name == entry.outlet else ""
    notes = [f"{entry.outlet} ({claims.side_word(entry.side)}{known})"]
    notes += ["copy"] if row.copy_of else []
    notes += [f"changed {row.edits}×"] if row.edits else []
    notes += ["undated: when it was first seen"] if entry.published is None else []
    return Row(" · ".join(notes), entry.title, entry.url, entry.when)


def revision(said: tuple[datetime, Alert]) -> Row:
    """One revision of what was said: its level, and what changed."""
    at, alert = said
    changed = "; ".join(alert.changed) if alert.changed else alert.headline
    return Row(f"revision {alert.revision} · {alert.level.word.upper()}", changed, "", at)


# --------------------------------------------------------------------------- its parts


async def one_part(whole: Whole, part: str, page: int, context: Context) -> Reply:
    """Only the wording, the sources, the changes, or the days around (page 0: where the story stands)."""
    number, alert = whole.story.id, whole.alert
    if part == "history":
        revisions = under("", map(revision, whole.revisions))
        return pages.paged(Reply(f"Changes · story {number}"), revisions, page)
    if part == "timeline":
        events = await around(whole.story, context)
        parts = [("", marked(event, number)) for event in events]
        here = next((place for place, event in enumerate(events) if event.story == number), 0)
        return pages.paged(Reply(f"Timeline · story {number}"), parts, page or pages.page_of(parts, here))
    if part == "sources":
        shown = {source.url: place for place, source in enumerate(alert.sources)} if alert else {}
        rows = [report(row, context.topic) for row in shown_first(whole.reports, shown)]
        return pages.paged(Reply(f"All sources · story {number}"), under("", rows), page)
    said = claims.shown_first(whole.said, alert.figures if alert else ())
    text = "" if said else "The reports of this story carry no figures."
    if alert and alert.replaced:
        text = f"{text}\nNeutral words in headline and summary: {'; '.join(alert.replaced)}.".strip()
    return pages.paged(Reply(f"Wording · story {number}", text), under("", map(claims.row, said)), page)


def shown_first(reports: Sequence[EntryRow], shown: dict[str, int]) -> list[EntryRow]:
    """The reports that the alert names in its order, then the others, the newest first."""

    def order(row: EntryRow) -> tuple[int, float]:
        return shown.get(row.entry.url, len(shown)), -row.entry.when.timestamp()

    return sorted(reports, key=order)


def marked(event: PastEvent, here: int) -> Row:
    """A happening of the days around; the story itself says so."""
    row = timeline.row(event)
    return replace(row, head=f"{row.head} · this story") if event.story == here else row
