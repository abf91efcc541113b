"""feedparser, made quicker, reads what it reads alone: samples, feeds, and trees of elements that no feed has."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import feedparser
import pytest
from feedparser import api
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds import entries, sax
from bot.feeds.prepare import Prepared, prepare
from tests.feeds.test_parse import raw_items
from tests.feeds.test_samples import SAMPLES

SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:m='http://search.yahoo.com/mrss/' xmlns='urn:other'"
)
TREE = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:m='http://search.yahoo.com/mrss/'"
    " xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:a='http://www.w3.org/2005/Atom'"
    " xmlns:x='http://www.w3.org/1999/xhtml' xmlns:i='http://www.itunes.com/DTDs/PodCast-1.0.dtd'"
)


def alone() -> ModuleType:
    """A second feedparser, which knows nothing of what we do for the speed of the first."""

    def taken_out() -> dict[str, ModuleType]:
        return {name: sys.modules.pop(name) for name in [*sys.modules] if name.startswith("feedparser")}

    ours = taken_out()
    try:
        return importlib.import_module("feedparser")
    finally:
        taken_out()
        sys.modules.update(ours)


ALONE = alone()


def words(found: Any) -> Any:
    """All that a document says, in its order, whatever class it comes in."""
    if isinstance(found, dict):
        return [(key, words(value)) for key, value in dict.items(found)]
    return [words(value) for value in found] if isinstance(found, list) else found


def plainly(data: bytes) -> Any:
    """feedparser without what we do for its speed."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    options = {"sanitize_html": False, "resolve_relative_uris": False}
    return said(lambda: ALONE.parse(BytesIO(data), response_headers=headers, **options))


def quickly(data: bytes) -> Any:
    assert api.StrictFeedParser is sax.Strict
    assert feedparser is not ALONE
    return said(lambda: entries._parse(data))


def said(read: Callable[[], Any]) -> Any:
    """What was read, or how feedparser failed: some trees are too much for it."""
    try:
        found = read()
    except Exception as error:
        return repr(error)
    return [found.version, words(found.feed), words(found.entries), words(found.namespaces)]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xml")), ids=lambda path: str(path.stem))
def test_feedparser_reads_samples_as_it_does_alone(path: Path) -> None:
    prepared = prepare(path.read_bytes())
    assert isinstance(prepared, Prepared)
    assert quickly(prepared.data) == plainly(prepared.data)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(raw_items, min_size=1, max_size=4),
    st.sampled_from(["", "<dc:creator>A</dc:creator>", "<m:title>M</m:title>", "<Author>B</Author>", "<source url='/s'>S</source>"]),
    st.sampled_from(["rss version='2.0'", f"rss version='2.0' {SPACES}", f"rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' {SPACES}"]),
)  # fmt: skip
def test_feedparser_reads_any_feed_as_it_does_alone(raw: list[str], more: str, root: str) -> None:
    rows = "".join(one.replace("</item>", f"{more}</item>") for one in raw)
    text = f"<{root}><channel><title>T</title>{rows}</channel></{root.split()[0]}>"
    if "xmlns:dc" not in root:
        text = text.replace("dc:", "").replace("m:title", "mt")
    assert quickly(text.encode()) == plainly(text.encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<link>http:////a.example/x</link><guid>https:////a.example/y</guid>",
        "<guid isPermaLink='false'>http:////a.example/y</guid>",
        "<image><url>/i.png</url><link>http://a.example/i</link></image><link>http://a.example/1</link>",
        "<link>/x?a=1&amp;b;=2&amp;amp;c</link><link/><link></link>",
        "<title>One</title><media><title>Two</title></media><title>Three</title>",
        "<description>a</description><deep><description>b</description></deep><description>c</description>",
        "<title type='html'>&lt;b>x&lt;/b></title><title>&lt;b>y&lt;/b></title>",
        "<title><b>x</b></title><svg xmlns='http://www.w3.org/2000/svg'><title>y</title></svg><title>z</title>",
    ],
)
@pytest.mark.parametrize("root", ["rss", "rss xml:base='http://b.example/c/' xml:lang='ur'"])
def test_feedparser_reads_what_is_rare_as_it_does_alone(inside: str, root: str) -> None:
    text = f"<{root}><channel><item>{inside}</item><item>{inside * 2}</item>{inside}</channel></rss>"
    assert quickly(text.encode()) == plainly(text.encode())


NAMES = (
    "title link guid id pubDate published updated date dc:date description summary content content:encoded body image url"
    " name width textInput author category tags keywords source item entry channel comments language rights info Title"
    " LINK svg math x:div x:body a:title a:link a:content a:entry m:content m:title m:description i:keywords i:image"
    " enclosure generator created nonsense dc:nonsense"
)
KEYS = "href rel type mode url isPermaLink xml:lang xml:base lang base term src version TYPE a:href"
VALUES = "text html xhtml base64 text/html application/xhtml+xml alternate enclosure false true ur http://a.example/b/ /c 2.0"
TEXTS = st.sampled_from(
    [
        *("", " ", "Truce holds", "caf\u00c3\u00a9 \u0093x\u0094", "طورخم", "a & b", "&amp;lt; &copy; &x;", "YQ=="),
        *("<p>one</p>", "<nope>", "http://a.example/?a=1&amp;b;=2&c;", "http:////a.example/x", "/relative?x=1&y;"),
        *("Wed, 15 Oct 2025 10:00:00 GMT", "2025-10-15T10:00:00Z", "tag:a,b"),
    ]
)  # fmt: skip


def element(name: str, attributes: dict[str, str], parts: list[str]) -> str:
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{given}>{''.join(parts)}</{name}>"


ATTRIBUTES = st.dictionaries(st.sampled_from(KEYS.split()), st.sampled_from(VALUES.split()), max_size=2)
TREES = st.recursive(
    TEXTS.map(escape),
    lambda inner: st.builds(
        element,
        st.sampled_from(NAMES.split()),
        st.one_of(st.just({}), ATTRIBUTES),
        st.lists(inner, max_size=6),
    ),
    max_leaves=40,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(TREES, min_size=1, max_size=6), st.sampled_from(["rss", "feed", "rdf", "a:feed"]), st.booleans()
)
def test_feedparser_reads_any_tree_as_it_does_alone(trees: list[str], root: str, items: bool) -> None:
    inside = "".join(f"<item>{tree}</item>" if items else tree for tree in trees)
    text = f"<{root} {TREE}><channel>{inside}</channel></{root}>"
    assert quickly(text.encode()) == plainly(text.encode())
