"""Stories by words: /search."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands import options, pages
from bot.commands.base import MAIN, Context, Reply, Request, Row, call
from bot.news.alerts import timeline as history
from bot.news.alerts.days import day
from bot.news.model import Alert
from bot.news.topics.topic import Topic
from bot.store import search as index
from bot.store import stories

MOST = 200  # stories of one search


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found by which words, the best first."""

    words: str
    stories: tuple[int, ...]
    meant: str = ""  # the words that found them, where they are not those that were typed
    past: int = 0  # happenings of the chronology with these words


async def search(request: Request, context: Context) -> Reply:
    """The stories that have all the words, the best first."""
    words = request.typed("words")
    if not words:
        typed = call("search", {f"{MAIN}words": "Torkham closed"})
        raise options.Mistake(f"words: say what to look for, as in {typed}.")
    options.page(request.typed("page"))
    found = await hits(words, context)
    if not found.stories:
        return nothing(found, "Search")
    count = options.counted(len(found.stories), "story")
    return await listed(found, request, context, f"Search: {count}")


async def hits(words: str, context: Context) -> Hits:
    """Stories by all of the words as they are typed, else by the names that we write for them."""
    past = len(history.filter(context.topic.chronology, text=words))
    async with context.database.read() as connection:
        found = await index.stories(connection, words, MOST)
        meant = "" if found else ours(words, context.topic)
        if meant:
            found = await index.stories(connection, meant, MOST)
    return Hits(words, found, meant, past)


def ours(words: str, topic: Topic) -> str:
    """The words with each name as we write it, "" where that changes nothing: "turkham gate" as "Torkham gate"."""
    told, end = [], 0
    for mention in sorted(topic.lexicon.mentions(words), key=lambda mention: mention.start):
        if mention.start >= end:
            told += [words[end : mention.start], mention.name]
            end = mention.end
    meant = "".join((*told, words[end:]))
    return "" if meant.casefold() == words.casefold() else meant


def nothing(found: Hits, title: str) -> Reply:
    """What may be done where no story has the words."""
    also = f" {past(found)}" if found.past else " Try fewer or other words."
    return Reply(title, f"No story has all of these words: {found.words[:80]}.{also}")


def past(found: Hits) -> str:
    count = options.counted(found.past, "happening")
    return f"The timeline has {count} with these words: {call('timeline', {'text': found.words[:80]})}."


async def listed(found: Hits, request: Request, context: Context, title: str) -> Reply:
    """The stories that were found, a row each."""
    size = pages.MOST
    count = -(-len(found.stories) // size)
    page = min(options.page(request.typed("page")), count)
    numbers = found.stories[(page - 1) * size : page * size]
    async with context.database.read() as connection:
        states = await stories.load(connection, numbers)
    found_here = (states[number] for number in numbers if number in states)
    rows = tuple(row(one.alert, one.entries) for one in found_here if one.alert)
    text = f"Nothing is written as you typed it; for {found.meant}:" if found.meant else ""
    whole = call("story", {f"{MAIN}story": str(numbers[0])})
    foot = [f"{whole} shows one whole", *([past(found).rstrip(".")] if found.past else [])]
    foot += [f"page {page} of {count}"] if count > 1 else []
    return Reply(title, text, rows, " · ".join(foot), page=page, pages=count)


def row(alert: Alert, reports: int) -> Row:
    """A story as one line: its number, how grave, what kind, where and when; its headline."""
    told = f"{alert.headline} ({options.counted(reports, 'report')})"
    return Row(f"{alert.story} · {heading(alert)}", told, alert.url, alert.last_change)


def heading(alert: Alert) -> str:
    """Level word, kind and place, and the day of the happening."""
    dated = day(alert.event_date) if alert.event_date else ""
    return " · ".join(filter(None, (kind(alert), dated)))


def kind(alert: Alert) -> str:
    """How grave, what kind and where."""
    return " · ".join(filter(None, (alert.level.word.upper(), alert.type.replace("_", " "), alert.place)))
