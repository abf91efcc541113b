"""A short run of the fuzzer at every test; `python -m tests.feeds.fuzz` is the long one."""

from __future__ import annotations

from bot.feeds.feed import Parsed
from bot.news.model import Entry
from tests.feeds import fuzz
from tests.feeds.conftest import NOW


async def test_broken_feeds_are_read_or_refused() -> None:
    result = await fuzz.fuzz(cases=200, seed=7)
    assert result["broken"] == []
    assert result["escaped"] == 0
    assert result["killed"] == 0
    assert isinstance(result["read"], int)
    assert result["read"] > 20


def test_the_fuzzer_knows_a_broken_promise_when_it_sees_one() -> None:
    for title, url in [
        ("a" * 501, ""),
        ("a\x07", ""),
        ("a\u202e", ""),
        ("a", "javascript:x"),
        ("a", "http:///x"),
    ]:
        parsed = Parsed((Entry("e", "f", "o", url, title, "", NOW),))
        assert fuzz.broken_promise(parsed), title
    assert not fuzz.broken_promise(Parsed((Entry("e", "f", "o", "", "a", "b", NOW),)))
