"""Behind an alert's buttons: the wording of every figure, all sources, and what happened around it."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from bot.commands import timeline
from bot.commands.base import Context, Reply, Row
from bot.news.alerts import timeline as history
from bot.news.figures.claims import ledger
from bot.news.figures.claims.ledger import Point
from bot.news.stories.story import Story
from bot.store import stories

Which = Literal["wording", "sources", "timeline"]
AROUND = timedelta(days=30)  # the Timeline button looks this far back
MOST = 10


async def view(story: int, which: Which, context: Context) -> Reply:
    """What one of the buttons shows, to the asker only."""
    async with context.database.read() as connection:
        found = await stories.get(connection, story)
    if found is None:
        return Reply("No such story", f"I have no story {story} any more.", error=True)
    if which == "wording":
        return wording(found)
    return sources(found) if which == "sources" else await around(found, context)


def wording(story: Story) -> Reply:
    """Every claim of a story with the sentence that it was read in."""
    points = [(lane, point) for lane in story.ledger.lanes for point in lane.points]
    rows = tuple(
        Row(f"{ledger.words(point.figure)} — {lane.claimant}", quoted(point), point.url, point.at)
        for lane, point in points[-MOST:]
    )
    text = "" if rows else "The reports of this story carry no figures."
    more = f"the newest {MOST} of {len(points)} claims" if len(points) > MOST else ""
    return Reply(f"Wording · story {story.id}", text, rows, more)


def quoted(point: Point) -> str:
    status = "" if point.status == "current" else f" [{point.status}]"
    return f"“{(point.figure.sentence or point.figure.quote).strip()}” — {', '.join(point.outlets or (point.outlet,))}{status}"


def sources(story: Story) -> Reply:
    """Every report of a story, the newest last; copies are marked."""
    rows = tuple(
        Row(
            f"{member.outlet} ({'other' if member.side == 'none' else member.side})"
            + (" · copy" if member.copy_of else ""),
            member.title,
            member.url,
            member.at,
        )
        for member in story.members[-MOST:]
    )
    more = story.entries - len(rows)
    return Reply(f"All sources · story {story.id}", rows=rows, footer=f"+{more} earlier" if more > 0 else "")


async def around(story: Story, context: Context) -> Reply:
    """What happened in the month before, and since."""
    here = history.of_story(story)
    events = history.filter(
        (*context.topic.chronology, *await timeline.own(context.database, None)), since=here.start - AROUND
    )
    shown = [event for event in events if event.start <= here.start][-MOST:]
    return Reply(f"Timeline · story {story.id}", rows=tuple(timeline.row(event) for event in shown))
