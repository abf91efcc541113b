"""What happened, in order: /timeline over the chronology and our own stories."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time
from operator import itemgetter

from bot.commands import export, options
from bot.commands.base import Context, Reply, Request, Row
from bot.news.alerts import timeline as history
from bot.news.alerts.claimed import said
from bot.news.alerts.days import span
from bot.news.model import Claim, PastEvent
from bot.news.topics.topic import Topic
from bot.store import alerts, stories
from bot.store.db import Database

PER_PAGE = 5
CLAIMS_SHOWN = 3
EPOCH = datetime.fromtimestamp(0, UTC)


async def timeline(request: Request, context: Context) -> Reply:
    """One page of the happenings that match; the newest page first, dates ascending within it."""
    found = await happenings(request, context)
    if format := request.typed("format"):
        return export.reply(found, options.one_of(format, export.FORMATS, "format"))
    if not found:
        hint = _misspelt(request.typed("place"), context.topic)
        return Reply("Timeline", f"Nothing in my records matches that.{hint}{_begin(context.topic)}")
    pages = -(-len(found) // PER_PAGE)
    page = min(options.page(request.typed("page")), pages)
    end = len(found) - (page - 1) * PER_PAGE
    rows = tuple(row(event) for event in found[max(0, end - PER_PAGE) : end])
    footer = f"{options.counted(len(found), 'happening')} · page {page} of {pages}"
    return Reply("Timeline", rows=rows, footer=footer, page=page, pages=pages)


async def happenings(request: Request, context: Context) -> tuple[PastEvent, ...]:
    """All that matches what was typed, in date order. Raises Mistake."""
    typed = request.typed
    as_of = options.last_day(typed("as_of"), "as_of", request.now)
    wanted = options.types(typed("type"), "type")
    if len(wanted) > 1:
        raise options.Mistake("type: name one type, or none for all.")
    until = datetime.combine(as_of, time.max, UTC) if as_of else None
    return history.filter(
        (*context.topic.chronology, *await own(context.database, until)),
        since=options.day(typed("since"), "since", request.now),
        until=options.last_day(typed("until"), "until", request.now),
        place=typed("place"),
        party=typed("party"),
        type=wanted[0] if wanted else None,
        level=options.level(typed("level")),
        text=typed("text"),
        as_of=until,
        topic=context.topic,
    )


def _begin(topic: Topic) -> str:
    """From when the shipped records run; what is older cannot be found."""
    first = min((event.start for event in topic.chronology), default=None)
    return f" Records begin in {first:%B %Y}." if first else ""


def _misspelt(place: str, topic: Topic) -> str:
    """The place that was perhaps meant, where nothing is known by the one that was typed."""
    names = options.place_names(topic)
    return options.perhaps(place, names) if place and place.casefold() not in names else ""


async def own(database: Database, as_of: datetime | None) -> tuple[PastEvent, ...]:
    """Our own stories as history; with `as_of` those we had told of by then, as we told of them."""
    async with database.read() as connection:
        found = await stories.past(connection, EPOCH)
        if as_of is None:
            return tuple(history.of_story(story) for story in found)
        told = await alerts.known(connection, as_of)
    return tuple(history.of_story(story, as_of, told[story.id]) for story in found if story.id in told)


def row(event: PastEvent) -> Row:
    """One happening as a line: when, how grave, what kind, where; what; who claims what."""
    parts = (span(event), event.level.word, event.type.replace("_", " "), event.place)
    claims = "; ".join(said(claim) for claim in _in_turns(event.claims)[:CLAIMS_SHOWN])
    more = len(event.claims) - CLAIMS_SHOWN
    tail = f" (+{more} more claims)" if more > 0 else ""
    text = f"{event.what}\n{claims}{tail}" if claims else event.what
    return Row(" · ".join(filter(None, parts)), text, event.sources[0].url if event.sources else "")


def _in_turns(claims: tuple[Claim, ...]) -> list[Claim]:
    """Who claims something takes turns, so that no side alone is heard where not all fit."""
    turns: Counter[str] = Counter()
    ranked: list[tuple[int, Claim]] = []
    for claim in claims:
        ranked.append((turns[claim.claimant], claim))
        turns[claim.claimant] += 1
    return [claim for _, claim in sorted(ranked, key=itemgetter(0))]
