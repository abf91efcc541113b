"""The limited child: it survives, or is replaced; it knows no secrets; and what has not changed is not read."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds import items
from bot.feeds.entries import Job, Reading, read
from bot.feeds.feed import Failed, Feed, Fetched, Parsed
from bot.feeds.parse import ParseLimits, Parser
from bot.feeds.prepare import Prepared, prepare
from tests.fakes.hostile_feeds import item, rss
from tests.feeds.conftest import NOW
from tests.feeds.test_samples import SAMPLES
from tests.work import lines_run

FEED = Feed("https://a.example/rss", "A", "A", "PK")
JOB: Job = {
    "url": FEED.url, "outlet": "A", "side": "PK", "lang": "en", "zone": "UTC", "kind": "feed", "content_type": "",
}  # fmt: skip
TWO = rss(item(1), item(2))
# A body that keeps feedparser's forgiving reading busy for long.
SLOW = (
    b"<rss version='2.0'><channel><a><item>" + b"<category>a</category>" * 60_000 + b"</item></channel></rss>"
)
HOSTILE = {
    "nothing": b"",
    "text": b"hello",
    "json": b'{"version": "https://jsonfeed.org/version/1"}',
    "page": b"<html><body>x</body></html>",
    "a file's name": b"/etc/passwd",
    "an address": b"http://127.0.0.2/",
    "deep": b"<rss>" + b"<a>" * 100_000,
    "attributes": b"<rss version='2.0'><channel><item " + b" ".join(b"a%d='1'" % n for n in range(20_000)) + b"/></channel></rss>",
    "a large entity": b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 50_000 + b"'>]><rss><channel>" + b"&a;" * 10_000,
    "nested entities": b"<!DOCTYPE rss [<!ENTITY a 'b'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>",
    "a foreign entity": b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss>&a;</rss>",
    "growing entities": b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 128 + b"'>]><rss>" + b"&a;" * 100_000 + b"</rss>",
    "an open document type": b"<!DOCTYPE rss [" + b"<" * 50_000,
}  # fmt: skip
# What costs badly written cleaners their time: a start, something repeated, an end.
REPEATED = {
    "comments": ("<![CDATA[", "<!--", "]]>"),
    "quotes": ("<![CDATA[", '<a href="', "]]>"),
    "an endless style": ('<![CDATA[<p style="a', " ", '!">]]>'),
    "brackets": ("<![CDATA[", "<", "]]>"),
    "closing brackets": ("<![CDATA[", "<p", "]]>"),
    "scripts": ("<![CDATA[", "<script>", "]]>"),
    "objects left open": ("<![CDATA[", "<object>", "]]>"),
    "bytes": ("", "&#195;&#169;&#195;", ""),
    "sections": ("<![CDATA[", "<![CDATA[", "]]>"),
    "ampersands": ("", "&amp;", ""),
    "references": ("<![CDATA[", "&#", "]]>"),
    "spaces": ("a", " \n", "b"),
    "marks": ("a", "\u0301", ""),
    "feet": ("", "The post ", "appeared first on"),
    "ellipses": ("", "[&hellip;] ", ""),
}
HARMLESS = {
    "half an emoji": "&#xD83D;",
    "beyond all characters": "&#x110000; &#99999999999999999999999; &#" + "9" * 6_000 + ";",
    "controls": "&#0;&#1;&#x1F;&#xFFFE;",
    **{
        name: start + piece * 5_000 + end
        for name, (start, piece, end) in REPEATED.items()
        if "hellip" not in piece
    },
}


async def test_what_is_no_feed_is_refused_with_a_reason(parser: Parser) -> None:
    for name, body in HOSTILE.items():
        parsed = await parser.parse(FEED, Fetched(body, FEED.url), NOW)
        assert isinstance(parsed, Failed), name
        assert parsed.kind == "parse"
        assert parsed.reason
        assert "root:" not in str(parsed)
    assert parser.killed == 0


async def test_strange_words_cost_an_entry_nothing_but_themselves(parser: Parser) -> None:
    for name, words in HARMLESS.items():
        strange = f"<item><title>{words}</title><guid>1</guid><description>{words}</description></item>"
        parsed = await parser.parse(FEED, Fetched(b"\n" * 50_000 + rss(strange, item(2)), FEED.url), NOW)
        assert isinstance(parsed, Parsed), (name, parsed)
        assert parsed.total == 2, name
        assert parsed.entries[-1].title == "Report 2"
        for entry in parsed.entries:
            assert len(entry.title) <= 500
            assert len(entry.summary) <= 20_000
            assert not any(ord(sign) < 32 and sign != "\n" for sign in entry.title + entry.summary), name
    assert parser.killed == 0


def test_cleaning_takes_work_in_proportion_to_length() -> None:
    """Ten times the length is about ten times the lines run, never a hundred; tests/test_patterns.py has the patterns."""
    for name, (start, piece, end) in REPEATED.items():
        once, tenfold = (
            lines_run(
                read,
                rss(f"<item><title>a</title><description>{start}{piece * count}{end}</description></item>"),
                JOB,
            )
            for count in (500, 5_000)
        )
        assert once, name
        assert tenfold < 12 * once, (name, once, tenfold)


async def test_a_child_that_takes_too_long_is_replaced() -> None:
    async with Parser(ParseLimits(children=1)) as parser:
        assert isinstance(await parser.parse(FEED, Fetched(TWO, FEED.url), NOW), Parsed)
        parser.limits = replace(parser.limits, wall=1.0)
        slow = await parser.parse(FEED, Fetched(SLOW, FEED.url), NOW)
        assert isinstance(slow, Failed)
        assert "1 s" in slow.reason
        assert parser.killed == 1
        parser.limits = ParseLimits(children=1)
        assert isinstance(await parser.parse(FEED, Fetched(TWO, FEED.url), NOW), Parsed)


async def test_a_child_may_only_use_so_much_memory() -> None:
    many = rss(*(item(number, title="a" * 400) for number in range(500)))
    async with Parser(ParseLimits(children=1, memory=60 * 1024 * 1024)) as parser:
        answer = await parser.parse(FEED, Fetched(many + b" " * 40_000_000, FEED.url), NOW)
        assert isinstance(answer, Failed)
        assert "memory" in answer.reason
        assert isinstance(await parser.parse(FEED, Fetched(TWO, FEED.url), NOW), Parsed)


def environment_of(pid: int) -> bytes:
    environment = Path(f"/proc/{pid}/environ")
    return environment.read_bytes() if environment.exists() else b""


async def test_the_child_is_told_no_secrets_and_ends_with_the_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "canary-token")
    parser = Parser(ParseLimits(children=1))
    await parser.parse(FEED, Fetched(TWO, FEED.url), NOW)
    process = parser._idle[0].process
    assert b"canary-token" not in environment_of(process.pid)
    await parser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


async def test_cancelling_in_the_middle_leaves_no_half_answer_behind() -> None:
    async with Parser(ParseLimits(children=1)) as parser:
        await parser.parse(FEED, Fetched(TWO, FEED.url), NOW)
        task = asyncio.create_task(parser.parse(FEED, Fetched(SLOW, FEED.url), NOW))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        again = await parser.parse(FEED, Fetched(TWO, FEED.url), NOW)
        assert isinstance(again, Parsed)
        assert [entry.title for entry in again.entries] == ["Report 1", "Report 2"]


async def test_old_children_make_room_for_young_ones() -> None:
    async with Parser(ParseLimits(children=1, jobs=2)) as parser:
        pids = set()
        for _ in range(4):
            await parser.parse(FEED, Fetched(TWO, FEED.url), NOW)
            pids |= {child.process.pid for child in parser._idle}
        assert len(pids) == 2
        assert parser.killed == 0


async def test_unchanged_items_are_counted_not_read(parser: Parser) -> None:
    first = await parser.parse(FEED, Fetched(TWO, FEED.url), NOW)
    assert isinstance(first, Parsed)
    more = rss(item(3), item(1), item(2, title="Changed"))
    again = await parser.parse(FEED, Fetched(more, FEED.url), NOW, first.marks)
    assert isinstance(again, Parsed)
    assert [entry.title for entry in again.entries] == ["Report 3", "Changed"]
    assert (again.unchanged, again.total) == (1, 3)
    assert again.entries[1].id == first.entries[1].id


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_feed_of_very_many_items_is_read_in_turns_and_its_news_at_once(
    newest_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "MAX_ITEMS", 200)

    def body(count: int) -> bytes:
        numbers = range(count, 0, -1) if newest_first else range(1, count + 1)
        return rss(*(f"<item><title>t{n}</title><guid>{n}</guid></item>" for n in numbers))

    first = read(body(250), JOB)
    assert isinstance(first, Reading)
    assert (len(first.rows), first.total) == (200, 250)
    assert first.notes == ("50 of its items wait for later polls",)
    second = read(body(251), JOB, first.marks)
    assert isinstance(second, Reading)
    titles = {row["title"] for row in second.rows}
    assert len(titles) == 51
    assert "t251" in titles
    assert (second.unchanged, second.notes) == (200, ())


def test_a_bare_ampersand_does_not_cost_a_feed_its_memory() -> None:
    body = rss(item(1, title="Guns & roses"), item(2)) + b"<!-- served in 0.2 s -->&"
    first = whole(body)
    assert [row["title"] for row in first.rows] == ["Guns & roses", "Report 2"]
    assert len(first.marks) == 2 * items.MARK
    assert read(body, JOB, first.marks).unchanged == 2  # type: ignore[union-attr]


def test_a_monstrous_item_is_left_out_and_the_rest_is_read() -> None:
    monster = "<item><title>m</title>" + "<category>c</category>" * 4_000 + "</item>"
    reading = whole(rss(item(1), monster, item(2)))
    assert [row["title"] for row in reading.rows] == ["Report 1", "Report 2"]
    assert reading.total == 3
    assert reading.notes == ("1 items are too large and were left out",)


def test_a_feed_that_repeats_a_guid_is_always_read_whole() -> None:
    body = rss(item(1, guid="x"), item(2, guid="x"))
    first = whole(body)
    again = read(body, JOB, first.marks)
    assert isinstance(again, Reading)
    assert again.rows == first.rows


def whole(body: bytes) -> Reading:
    reading = read(body, JOB)
    assert isinstance(reading, Reading), reading
    return reading


def piecewise(body: bytes) -> tuple[object, ...]:
    """The rows of a body when each item is read while all others are known."""
    marks = whole(body).marks
    each = [marks[at : at + items.MARK] for at in range(0, len(marks), items.MARK)]
    rows: list[object] = []
    for unknown in each:
        reading = read(body, JOB, b"".join(mark for mark in each if mark != unknown))
        assert isinstance(reading, Reading)
        rows += reading.rows
    return tuple(rows)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xml")), ids=lambda path: str(path.stem))
def test_samples_read_the_same_whole_and_in_pieces(path: Path) -> None:
    body = path.read_bytes()
    prepared = prepare(body)
    assert isinstance(prepared, Prepared)
    layout = items.layout(prepared.data)
    if isinstance(layout, items.Broken) or layout.repeats:
        assert whole(body).rows == whole(body).rows
    else:
        assert piecewise(body) == whole(body).rows


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
escaped = words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
raw_items = st.builds(
    lambda number, title, summary, date, lang: (
        f"<item xml:lang='{lang}'><title>{title}</title><guid>{number}</guid><link>/r/{number}</link>"
        f"<dc:date>{date}</dc:date><description>&lt;p>{summary}</description><b:c xmlns:b='urn:b'/></item>"
    ),
    st.uuids(),
    escaped,
    escaped,
    st.sampled_from(["", "2025-10-15T10:00:00Z", "2025-10-15", "nonsense", "2999-01-01"]),
    st.sampled_from(["en", "ps", "ur"]),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(raw_items, min_size=1, max_size=6),
    st.sampled_from(["<title>T</title>", "<language>fa</language>", ""]),
)
def test_any_feed_reads_the_same_whole_and_in_pieces(raw: list[str], head: str) -> None:
    space = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    body = f"<rss version='2.0' {space}><channel>{head}{''.join(raw)}</channel></rss>".encode()
    assert piecewise(body) == whole(body).rows
    assert read(body, JOB, whole(body).marks).rows == ()  # type: ignore[union-attr]
