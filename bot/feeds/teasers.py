"""Reads the article behind a teaser, where it matters: the text that figures are then taken from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.feeds import plain
from bot.feeds.pages import Pages
from bot.news.model import Entry

LONGEST = 8_000  # characters of an article that are read; what pages append to it comes later


@dataclass(frozen=True, slots=True)
class Articles:
    """Where articles come from, and how many of them and how long one poll may wait for."""

    pages: Pages
    most: int = 5
    seconds: float = 20.0


async def completed(
    entries: Sequence[Entry], articles: Articles, wanted: Callable[[Entry], bool]
) -> tuple[Entry, ...]:
    """The entries, teasers that are `wanted` with their article; whatever fails leaves the teaser."""
    teasers = [
        entry for entry in entries if entry.url and len(entry.summary) <= plain.TEASER and wanted(entry)
    ]
    tasks = {
        entry.id: asyncio.create_task(articles.pages.text(entry.url)) for entry in teasers[: articles.most]
    }
    if not tasks:
        return tuple(entries)
    try:
        await asyncio.wait(tasks.values(), timeout=articles.seconds)
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return tuple(_with(entry, tasks.get(entry.id)) for entry in entries)


def _with(entry: Entry, task: asyncio.Task[object] | None) -> Entry:
    if task is None or task.cancelled() or task.exception():
        return entry
    text = task.result()
    if not isinstance(text, str) or len(text) <= len(entry.summary):
        return entry
    return replace(entry, article=plain.cut(text, LONGEST))
