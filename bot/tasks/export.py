"""All that the bot remembers as JSON lines: stories with claims, reports and revisions, or what is kept about a place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot import app, output
from bot.news.stories.story import Story
from bot.settings import Configuration
from bot.store import alerts, db, dump, entries, figures
from bot.store.db import Database
from bot.tasks import Emit, Trouble, data

MOST_REPORTS = 100_000


async def export(configuration: Configuration, place: str, emit: Emit) -> None:
    """Write a line at a time, beside a running bot too. Trouble where nothing is kept."""
    if not (configuration.state / db.FILE).is_file():
        raise Trouble(f"{configuration.state} holds nothing to export yet")
    async with db.joined(configuration.state) as database:
        if place:
            await of_place(database, place, emit)
            return
        now = app.utc_now()
        async for story in dump.stories(database):
            emit(await whole(database, story, now))


async def of_place(database: Database, place: str, emit: Emit) -> None:
    found = False
    async for row in dump.of_place(database, place):
        found = True
        emit(row)
    if not found:
        raise Trouble(f"nothing is kept about a place {place!r}")


async def whole(database: Database, story: Story, now: datetime) -> dict[str, Any]:
    """A story with every claim of every report, every report, and everything that was said of it."""
    async with database.read() as connection:
        claims = await figures.of_story(connection, story.id, now)
        reports = await entries.of_story(connection, story.id, MOST_REPORTS)
        said = await alerts.history(connection, story.id)
    return {
        **data.head(story.id, said[-1][1] if said else None),
        "opened": output.iso(story.opened),
        "active": output.iso(story.active),
        "relevant": story.relevant,
        "merged_into": story.merged_into,
        "entries": story.entries,
        "because": list(story.verdict.because),
        "claims": [data.claim(row) for row in claims],
        "reports": [data.report(row) for row in reports],
        "revisions": [data.revision(at, alert) for at, alert in said],
    }
