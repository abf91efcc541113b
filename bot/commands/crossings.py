"""Each border crossing: open, closed, partly; since when; who says so: /crossings."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.commands import options
from bot.commands.base import Context, Reply, Request, Row
from bot.news.alerts.crossings.board import Crossing, board, halves
from bot.news.alerts.crossings.reports import Report
from bot.news.alerts.days import day
from bot.news.model import UNATTRIBUTED
from bot.news.topics.topic import Topic
from bot.store import gates

SIGNS = {"open": "OPEN", "closed": "CLOSED", "partly": "PARTLY OPEN", "disputed": "DISPUTED"}
MORE = 2  # voices beside the first that are named


async def crossings(request: Request, context: Context) -> Reply:
    """Where each crossing stands, or the one that is named."""
    found = await known(request, context)
    told = [one for one in found if one.state != "unknown"]
    silent = [one for one in found if one.state == "unknown"]
    rows = [row for one in told for row in rows_of(one)]
    if silent:
        rows.append(Row(", ".join(one.name for one in silent), nothing(request.now.date(), context.topic)))
        rows += [row for one in silent for row in announced(one)]
    holds = "the last report holds, and nothing is chosen between the sides."
    foot = f"From my own stories and the records; {holds}"
    return Reply("Border crossings", rows=tuple(rows), footer=foot)


async def known(request: Request, context: Context) -> tuple[Crossing, ...]:
    """The board, whole or of the crossing that is named. Raises Mistake."""
    topic = context.topic
    names = halves(topic)
    wanted = _wanted(request.typed("place"), names, topic)
    async with context.database.read() as connection:
        stories = await gates.stories(connection, [place for both in names.values() for place in both])
    found = await asyncio.to_thread(board, stories, topic.chronology, topic, request.now)
    return tuple(one for one in found if not wanted or one.name == wanted)


def _wanted(word: str, names: dict[str, tuple[str, ...]], topic: Topic) -> str:
    """The crossing that is meant by any name of either half; "" for all."""
    if not word:
        return ""
    of = {place: crossing for crossing, places in names.items() for place in places}
    known = {name: of[place] for name, place in options.place_names(topic).items() if place in of}
    known |= {crossing.casefold(): crossing for crossing in names}
    found = known.get(word.casefold())
    if found is None:
        hint = options.perhaps(word, known)
        raise options.Mistake(f"place: {word[:80]!r} is no crossing I know.{hint} Known: {', '.join(names)}.")
    return found


def rows_of(one: Crossing) -> list[Row]:
    """A crossing with who says so; who says otherwise stands below, each with its own source."""
    first, *others = one.says
    rest = [other for other in others if other.words == first.words][:MORE]
    lines = [standing(one), said(first)]
    if rest:
        lines.append("also " + ", ".join(f"{other.teller} ({day(other.day)})" for other in rest))
    known = "last known " if one.stale else ""
    rows = [Row(f"{one.name}: {known}{SIGNS[one.state]}", "\n".join(lines), first.url)]
    rows += [Row(f"{one.name}, otherwise", said(other), other.url) for other in one.against]
    return rows + announced(one)


def announced(one: Crossing) -> list[Row]:
    """What is to come, as somebody says: not a state."""
    return [Row(f"{one.name}, announced only", said(plan, "to be "), plan.url) for plan in one.planned]


def standing(one: Crossing) -> str:
    """For whom, and since when.

    >>> standing(Crossing("T", ("T",), "closed", "closed", date(2026, 3, 1), last_report=date(2026, 3, 9), stale=True))
    'closed since 1 Mar 2026; no report since 9 Mar 2026'
    """
    since = ""
    if one.since:
        since = f", at least since {day(one.since)}" if one.at_least else f" since {day(one.since)}"
    quiet = f"; no report since {day(one.last_report)}" if one.stale and one.last_report else ""
    return f"{one.words}{since if one.state != 'disputed' else ''}{quiet}"


def said(report: Report, lead: str = "") -> str:
    """Who says what, when, in which words; the records' own words are no quotation."""
    side = f" ({report.outlet_side})" if report.outlet_side not in ("", "none") else ""
    who = f"{report.outlet}{side}"
    if report.claimant != UNATTRIBUTED:
        who = f"{report.claimant}, in {who}"
    denies = " (a denial)" if report.denies else ""
    words = f"my records: {report.quote}" if report.story is None else f"“{report.quote}”"
    return f"{who}, {day(report.day)}: {lead}{report.words}{denies} — {words}"


def nothing(today: date, topic: Topic) -> str:
    """What is said of a crossing of which nothing is known."""
    begin = min((event.start for event in topic.chronology), default=today)
    return f"NO REPORT since {day(begin)}, when my records begin"
