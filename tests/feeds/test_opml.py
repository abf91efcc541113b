"""OPML goes out and comes back the same, and a bad file is one clear line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds import opml, plain
from bot.feeds.discover import discover
from bot.feeds.feed import Feed
from bot.feeds.opml import OpmlError

NAMES = st.text(st.characters(codec="utf-8"), max_size=30).map(plain.title)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=12))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    feeds = [
        Feed(f"https://h{number}.example/rss?a=1&b=2", name or "A", name or "A", group=group)
        for number, (name, group) in enumerate(rows)
    ]
    again, left_out = opml.read(opml.write(feeds))
    assert left_out == ()
    assert {(feed.url, feed.name, feed.group) for feed in again} == {(f.url, f.name, f.group) for f in feeds}


def test_what_other_readers_write_is_understood() -> None:
    data = """<?xml version="1.0"?><!DOCTYPE opml><opml version="1.0"><head/><body>
      <outline text="News"><outline text="Deeper">
        <outline title="Dawn &amp; more" type="rss" xmlUrl="https://dawn.example/rss" htmlUrl="https://dawn.example"/>
      </outline></outline>
      <outline text="Twice" xmlUrl="https://dawn.example/rss"/>
      <outline text="No address"/>
      <outline text="Local" xmlUrl="http://user:word@h.example/"/>
    </body></opml>"""
    feeds, left_out = opml.read(data.encode())
    assert [(feed.name, feed.group, feed.side) for feed in feeds] == [("Dawn & more", "Deeper", "none")]
    assert left_out == ("http://user:word@h.example/: the address carries a user name or password",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no element"),
        (b"hello", "no element"),
        (b"<opml><body>", "not well-formed"),
        (b"<rss/>", "not OPML"),
        (b"<opml>" + b"<outline>" * 5_000, "depth"),
        (b"x" * 3_000_000, "larger than"),
        (b"<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml>&a;</opml>", "entities"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(OpmlError, match=reason):
        opml.read(data)


def test_a_page_announces_its_feeds() -> None:
    page = """<html><head><base href="https://b.example/x/"><link rel=stylesheet href=a.css>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <LINK REL='alternate' TYPE='application/atom+xml' HREF='feed.atom'>
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    <link rel="alternate" hreflang="ps" href="/ps"></head>"""
    assert discover(page, "https://a.example/") == (
        "https://b.example/x/feed.atom",
        "https://b.example/comments/feed/",
    )
    assert discover("<link " * 100_000, "https://a.example/") == ()
