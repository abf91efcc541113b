"""Whose an entry is: its publisher's family, and its side where a search found it."""

from __future__ import annotations

from dataclasses import replace

from bot.feeds.feed import Feed
from bot.news.model import Entry
from bot.news.topics import outlets
from bot.news.topics.topic import Topic


def attributed(entry: Entry, feed: Feed, topic: Topic) -> Entry:
    """Whose an entry is, by the table of outlets: its family, and where a search found it its side, too."""
    if feed.kind == "feed" and entry.family:
        return entry
    outlet = outlets.find(entry.outlet, entry.url, topic)
    if feed.kind == "feed":
        return replace(entry, family=outlet.family)
    return replace(entry, outlet=outlet.name, side=outlet.side, family=outlet.family)
