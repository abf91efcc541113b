"""The feeds as operators see and change them: list, check, add, remove, release, import and export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import aiosqlite
from yarl import URL

from bot.commands.base import File, Reply, Row
from bot.feeds import catalog, check, opml
from bot.feeds.catalog import REMOVED
from bot.feeds.feed import Failed, Feed, FeedKind, Fetched
from bot.feeds.fetch import Fetcher
from bot.feeds.parse import Parser
from bot.feeds.preview import Preview, preview
from bot.news import relevance
from bot.news.topics import outlets
from bot.news.topics.topic import Topic
from bot.store import feeds as memory
from bot.store.db import Database
from bot.store.feeds import FeedRow
from bot.web import health

SHOWN = 3  # entries of a preview
SEARCHES: dict[str, FeedKind] = {"news.google.com": "google-news", "api.gdeltproject.org": "gdelt"}
RELEASED = "released from quarantine by an operator"


@dataclass(frozen=True, slots=True)
class Roster:
    """What is needed to look at feeds and to change which are read."""

    database: Database
    fetcher: Fetcher
    parser: Parser
    configured: tuple[Feed, ...]
    topic: Topic
    now: Callable[[], datetime]


async def act(roster: Roster, action: str, address: str, data: bytes | None = None) -> Reply:
    """One of the actions of /feeds; `data` is the file of an import that came along."""
    match action:
        case "add":
            return await add(roster, address)
        case "remove":
            return await remove(roster, address)
        case "release":
            return await release(roster, address)
        case "check":
            return await look(roster, address)
        case "import":
            return await take_from(roster, address) if data is None else await take_over(roster, data)
        case "export":
            return await export(roster)
        case _:
            return await overview(roster)


async def followed(roster: Roster) -> tuple[Feed, ...]:
    """The feeds that are polled now."""
    async with roster.database.read() as connection:
        changed = await memory.changed(connection)
    return catalog.followed(roster.configured, changed, roster.fetcher.limits.allow_ports)


async def overview(roster: Roster) -> Reply:
    """Every feed with its word; then those that are no longer polled."""
    async with roster.database.read() as connection:
        rows = {row.url: row for row in await memory.listed(connection)}
    now, feeds = roster.now(), await followed(roster)
    lines = [_line(feed, rows.get(feed.url, FeedRow(feed.url)), now) for feed in feeds]
    lines += [Row(f"no longer read: {row.url}", row.retired) for row in rows.values() if row.retired]
    return Reply("Feeds", f"{len(feeds)} feeds are read.", tuple(lines))


async def look(roster: Roster, address: str) -> Reply:
    """One feed, asked now: by its name or address, read by us or not."""
    feed = _named(address, await followed(roster))
    if isinstance(feed, str):
        return Reply("Which one?", feed, error=True)
    result = await check.check(
        feed or address,
        roster.fetcher,
        roster.parser,
        roster.now(),
        lambda entry: relevance.judge(entry.document, roster.topic).relevant,
    )
    if not result.parseable:
        return Reply(f"{result.name}: {result.status}", result.reason, error=True)
    newest = f"{result.newest:%d %b %Y %H:%M} UTC" if result.newest else "no date"
    facts = [
        Row(f"{result.entries} entries", f"the newest: {newest}; {result.undated} without a date"),
        Row("Text", {"full": "whole articles", "teaser": "teasers", "none": "headlines"}[result.text]),
        Row("About the topic", f"{result.relevant} of its entries"),
        *([Row("Moved for good", result.moved)] if result.moved else []),
        *(Row("Note", note) for note in result.notes),
    ]
    return Reply(f"{result.name}: {result.status}", result.title, tuple(facts))


async def add(roster: Roster, address: str) -> Reply:
    """Read a feed from now on; a page's address will do where the page announces a feed."""
    feeds = await followed(roster)
    if any(feed.url == address for feed in feeds):
        return Reply("Nothing to add", f"{address} is read already.", error=True)
    found = await preview(address, roster.fetcher, roster.parser, roster.now())
    if isinstance(found, Failed):
        return Reply("Not added", f"{address}: {found.reason}", error=True)
    if any(feed.url == found.feed.url for feed in feeds):
        return Reply("Nothing to add", f"{found.feed.url} is read already.", error=True)
    feed = described(found.feed, roster.topic, _language(found))
    async with roster.database.write() as connection:
        await _take(connection, roster, feed)
    newest = sorted(found.parsed.entries, key=lambda entry: entry.when, reverse=True)[:SHOWN]
    return Reply(
        f"Added: {feed.name}",
        f"{feed.url} · {feed.outlet}, side: {feed.side} · {found.parsed.total} entries. What is in it now stays quiet.",
        (
            *(Row(entry.title or entry.summary[:100], url=entry.url, at=entry.published) for entry in newest),
            *(Row("The page announces another feed", other) for other in found.others[:5]),
        ),
    )


async def remove(roster: Roster, word: str) -> Reply:
    """Read a feed no longer; what it brought stays."""
    feed = _named(word, await followed(roster))
    if not isinstance(feed, Feed):
        return _unknown("Nothing removed", word, feed)
    async with roster.database.write() as connection:
        await memory.retire(connection, feed.url, REMOVED)
    return Reply(f"Removed: {feed.name}", f"{feed.url} is read no longer; what it brought stays.")


async def release(roster: Roster, word: str) -> Reply:
    """End a feed's quarantine before its time."""
    feed, now = _named(word, await followed(roster)), roster.now()
    if not isinstance(feed, Feed):
        return _unknown("Nothing released", word, feed)
    async with roster.database.write() as connection:
        [row] = await memory.rows(connection, [feed.url])
        held = row.quarantined is not None and row.quarantined > now
        if held:
            await memory.quarantine(connection, feed.url, now)
            await memory.notice(connection, feed.url, RELEASED, now)
    if not held:
        return Reply("Nothing to release", f"{feed.name} is not in quarantine.", error=True)
    words = "What is new in it is told again; what came meanwhile stays quiet."
    return Reply(f"Released: {feed.name}", words)


async def export(roster: Roster) -> Reply:
    """Every feed that is read as an OPML file."""
    feeds = await followed(roster)
    return Reply("Feeds", f"{len(feeds)} feeds are read.", file=File("feeds.opml", opml.write(feeds)))


async def take_from(roster: Roster, address: str) -> Reply:
    """The feeds of an OPML file that stands at an address."""
    answer = await roster.fetcher.get(address, want="page")
    if not isinstance(answer, Fetched):
        reason = answer.reason if isinstance(answer, Failed) else "nothing came"
        return Reply("Nothing imported", f"{address}: {reason}", error=True)
    return await take_over(roster, answer.body)


async def take_over(roster: Roster, data: bytes) -> Reply:
    """The feeds of an OPML file. Each is met at its first poll, which tells nothing."""
    if not data.strip():
        return Reply("Nothing imported", "The file is empty.", error=True)
    try:
        found, left_out = opml.read(data, roster.fetcher.limits.allow_ports)
    except opml.OpmlError as error:
        return Reply("Nothing imported", str(error), error=True)
    known = {feed.url for feed in await followed(roster)}
    new = [described(feed, roster.topic, feed.lang) for feed in found if feed.url not in known]
    async with roster.database.write() as connection:
        for feed in new:
            await _take(connection, roster, feed)
    words = f"{len(new)} feeds added, {len(found) - len(new)} were read already, {len(left_out)} left out."
    return Reply("Imported", words, tuple(Row("left out", reason) for reason in left_out))


def described(feed: Feed, topic: Topic, lang: str) -> Feed:
    """A feed with its outlet and side, where the table of outlets knows its address."""
    host = URL(feed.url).host or ""
    outlet = outlets.find("", feed.url, topic)
    known = any(outlet.name == one.name for one in topic.outlets)
    return replace(
        feed,
        outlet=outlet.name if known else feed.outlet,
        side=outlet.side if known else "none",
        lang=lang,
        kind=SEARCHES.get(host, "feed"),
        group=feed.group or "Added",
    )


async def _take(connection: aiosqlite.Connection, roster: Roster, feed: Feed) -> None:
    if any(one.url == feed.url for one in roster.configured):  # was removed; its row of feeds.toml stands
        await memory.retire(connection, feed.url, "")
    else:
        await memory.add(connection, feed.url, catalog.line(feed))


def _named(word: str, feeds: Iterable[Feed]) -> Feed | str | None:
    """The feed of this address or name; a line where several share it, None where none has it."""
    wanted = word.strip()
    found = [feed for feed in feeds if wanted in (feed.url, feed.name)]
    found = found or [feed for feed in feeds if feed.name.casefold() == wanted.casefold()]
    if len(found) > 1:
        return f"{len(found)} feeds have the name {wanted!r}; give the address: {', '.join(f.url for f in found)}"
    return found[0] if found else None


def _unknown(title: str, word: str, several: str | None) -> Reply:
    return Reply(title, several or f"No feed that is read has the name or address {word!r}.", error=True)


def _line(feed: Feed, row: FeedRow, now: datetime) -> Row:
    word = health.of_feed(row, now)
    origin = ", added" if row.origin == "chat" else ""
    return Row(f"{feed.name} ({feed.side}{origin}): {word}", health.because(row, now), feed.url)


def _language(found: Preview) -> str:
    counts = Counter(entry.lang for entry in found.parsed.entries)
    return counts.most_common(1)[0][0] if counts else "en"
