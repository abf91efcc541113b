"""What happened, in order: /timeline over the chronology and our own stories."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bot.commands import export, options
from bot.commands.base import Context, Reply, Request, Row
from bot.news.alerts import timeline as history
from bot.news.model import Claim, PastEvent
from bot.news.topics.topic import Topic
from bot.store import stories
from bot.store.db import Database

PER_PAGE = 5
CLAIMS_SHOWN = 3
QUALIFIERS = {
    "at_least": "at least",
    "over": "over",
    "nearly": "nearly",
    "about": "about",
    "up_to": "up to",
    "under": "under",
}
NAMELESS = ("other", "duration", "money")  # measures that say less than the claim's own words
EPOCH = datetime.fromtimestamp(0, UTC)


async def timeline(request: Request, context: Context) -> Reply:
    """One page of the happenings that match; the newest page first, dates ascending within it."""
    found = await happenings(request, context)
    if format := request.options.get("format", ""):
        return export.reply(found, options.one_of(format, export.FORMATS, "format"), dates, words)
    if not found:
        hint = _misspelt(request.options.get("place", ""), context.topic)
        return Reply("Timeline", f"Nothing in my records matches that.{hint} Records begin in August 2021.")
    pages = -(-len(found) // PER_PAGE)
    page = min(options.page(request.options.get("page", "")), pages)
    end = len(found) - (page - 1) * PER_PAGE
    rows = tuple(row(event) for event in found[max(0, end - PER_PAGE) : end])
    happenings_word = "happening" if len(found) == 1 else "happenings"
    footer = f"{len(found)} {happenings_word} · page {page} of {pages}"
    return Reply("Timeline", rows=rows, footer=footer, page=page, pages=pages)


async def happenings(request: Request, context: Context) -> tuple[PastEvent, ...]:
    """All that matches what was typed, in date order. Raises Mistake."""
    typed = request.options
    as_of = options.last_day(typed.get("as_of", ""), "as_of", request.now)
    type_word = typed.get("type", "")
    wanted = options.types(type_word, "type")
    if len(wanted) > 1:
        raise options.Mistake("type: name one type, or none for all.")
    until = datetime.combine(as_of, time.max, UTC) if as_of else None
    return history.filter(
        (*context.topic.chronology, *await own(context.database, until)),
        since=options.day(typed.get("since", ""), "since", request.now),
        until=options.last_day(typed.get("until", ""), "until", request.now),
        place=typed.get("place", ""),
        party=typed.get("party", ""),
        type=wanted[0] if wanted else None,
        level=options.level(typed.get("level", "")),
        text=typed.get("text", ""),
        as_of=until,
        topic=context.topic,
    )


def _misspelt(place: str, topic: Topic) -> str:
    """The place that was perhaps meant, where nothing is known by the one that was typed."""
    names = options.place_names(topic)
    return options.perhaps(place, names) if place and place.strip().casefold() not in names else ""


async def own(database: Database, as_of: datetime | None) -> tuple[PastEvent, ...]:
    """Our own stories as history, as known then."""
    async with database.read() as connection:
        found = await stories.past(connection, EPOCH)
    return tuple(history.of_story(story, as_of) for story in found)


def row(event: PastEvent) -> Row:
    """One happening as a line: when, how grave, what kind, where; what; who claims what."""
    parts = (dates(event), event.level.word, event.type.replace("_", " "), event.place)
    claims = "; ".join(words(claim) for claim in event.claims[:CLAIMS_SHOWN])
    more = len(event.claims) - CLAIMS_SHOWN
    tail = f" (+{more} more claims)" if more > 0 else ""
    text = f"{event.what}\n{claims}{tail}" if claims else event.what
    return Row(
        " · ".join(part for part in parts if part), text, event.sources[0].url if event.sources else ""
    )


def dates(event: PastEvent) -> str:
    """The days of a happening, as exactly as they are known."""
    shape = {"day": "%d %b %Y", "month": "%b %Y", "year": "%Y"}[event.precision]
    start, end = event.start.strftime(shape), event.end.strftime(shape)
    return start if start == end else f"{start} – {end}"


def words(claim: Claim) -> str:
    """A claim with its claimant: never a number without its words."""
    measure = claim.note if claim.measure in NAMELESS and claim.note else claim.measure.replace("_", " ")
    qualifier = QUALIFIERS.get(claim.qualifier, "")
    number = claim.text if qualifier.split(" ")[0] in claim.text.lower() else f"{qualifier} {claim.text}"
    denied = f", denied by {claim.denied_by}" if claim.denied_by else ""
    return f"{number} {measure} — {claim.claimant}{denied}"
