"""Known items are cut out by their bytes; what is left reads as it would have."""

from __future__ import annotations

import pytest

from bot.feeds import items
from bot.feeds.entries import Reading, read
from bot.feeds.prepare import Prepared, prepare
from tests.fakes.hostile_feeds import item, rss
from tests.feeds.test_parse import JOB


def marks(body: bytes) -> frozenset[bytes]:
    prepared = prepare(body)
    assert isinstance(prepared, Prepared)
    found = items.layout(prepared.data)
    assert isinstance(found, items.Layout)
    return frozenset(item.mark for item in found.items)


def again(before: bytes, after: bytes) -> Reading:
    """What is read of a body once another was."""
    first = read(before, JOB)
    assert isinstance(first, Reading)
    second = read(after, JOB, first.marks)
    assert isinstance(second, Reading)
    return second


def test_what_is_known_is_cut_out_wherever_it_stands() -> None:
    old = rss(item(1), item(2), item(3))
    new = rss(item(4), item(2), "\n\n", item(5), item(1))
    rest = items.rest(new, marks(old))
    assert [name for name in (b"1", b"2", b"4", b"5") if b"Report " + name in rest.data] == [b"4", b"5"]
    reading = again(old, new)
    assert [row["title"] for row in reading.rows] == ["Report 4", "Report 5"]
    assert (reading.unchanged, reading.total, len(reading.marks)) == (2, 4, 4 * items.MARK)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(rss(item(9, title=f"<![CDATA[He wrote {item(1)} and left]]>"), item(2)), id="a quotation"),
        pytest.param(rss(f"<!-- {item(1)} -->", item(2)), id="a comment"),
        pytest.param(rss("<image><title>x</title></image>", item(1), item(9)), id="something before"),
        pytest.param(rss(item(2), "<b/>", item(1), item(9)), id="something between"),
        pytest.param(rss(item(9), item(1)).replace(b"<channel>", b"<channel xml:lang='ur'>"), id="a new frame"),
        pytest.param(rss(item(9), item(1)) + b"<br>&", id="something behind"),
        pytest.param(rss(item(9, title="Guns & roses"), item(1)), id="a fault in what is new"),
    ],
)  # fmt: skip
def test_whatever_stands_around_it_the_rest_reads_the_same(after: bytes) -> None:
    old = rss(item(1), item(2))
    reading, whole = again(old, after), read(after, JOB)
    assert isinstance(whole, Reading)
    assert all(row in whole.rows for row in reading.rows)
    known = {row["id"] for row in read(old, JOB).rows}  # type: ignore[union-attr]
    assert {row["id"] for row in whole.rows} - known <= {row["id"] for row in reading.rows}
    assert reading.total == whole.total


def test_a_new_item_under_an_old_guid_is_read_with_all_others() -> None:
    old = rss(item(1, guid="https://a.example/?p=1&amp;x=2"), item(2))
    new = rss(
        item(3, guid="https://a.example/?p=1&amp;x=2"),
        item(1, guid="https://a.example/?p=1&amp;x=2"),
        item(2),
    )
    assert again(old, new).rows == read(new, JOB).rows  # type: ignore[union-attr]
