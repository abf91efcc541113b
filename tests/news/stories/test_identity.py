"""Recognising entries: what feeds do to guids, addresses, titles and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.model import Entry
from bot.news.stories import identity
from bot.news.stories.identity import Known
from bot.news.topics import outlets

NOW = datetime(2025, 10, 20, 9, 0, tzinfo=UTC)


def entry(**changes: object) -> Entry:
    plain = Entry(
        id="e1",
        feed="https://khyber.example/feed",
        outlet="Khyber Ledger",
        url="https://khyber.example/2025/10/torkham-opens",
        title="Torkham opens for stranded lorries",
        summary="Customs officers let the first lorries pass at noon after ten days.",
        seen=NOW,
        published=NOW,
        guid="urn:khyber:8812",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def met(one: Entry) -> dict[str, Known]:
    known = Known(one.id, one.outlet, one.family, one.url, one.title, one.summary, one.seen, story=4)
    return dict.fromkeys(identity.keys(one), known)


SAME = {
    "unchanged": {},
    "date bumped": {"published": NOW + timedelta(hours=5)},
    "dated a century ahead": {"published": NOW + timedelta(days=36_500)},
    "guid migrated": {"guid": "https://khyber.example/?p=8812"},
    "guid lost": {"guid": ""},
    "address moved": {"url": "https://khyber.example/world/torkham-opens-8812"},
    "guid and address moved, same title": {"guid": "new", "url": "https://khyber.example/world/torkham-opens-88"},
    "tracking": {"url": "http://www.khyber.example:80/2025/10/torkham-opens/?utm_source=rss&fbclid=xyz#top", "guid": ""},
    "amp page": {"url": "https://khyber.example/2025/10/torkham-opens/amp", "guid": "x"},
    "headline rewritten, guid new": {"title": "Queue at the pass begins to move", "guid": "x"},
    "guid kept, all else rewritten but the lead": {"url": "https://khyber.example/world/b-c-d", "title": "Queue begins to move", "guid": "urn:khyber:8812"},
    "back after a month": {"seen": NOW + timedelta(days=31)},
}  # fmt: skip


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME.keys())
def test_is_recognised(changes: dict[str, object]) -> None:
    found = identity.recognise(entry(id="e2", **changes), met(entry()))
    assert found is not None
    assert found.known.id == "e1"
    assert found.edited == ("title" in changes)


OTHER = {
    "one guid for all items": {"url": "https://khyber.example/2025/10/kabul-talks", "title": "Envoys meet in Kabul", "summary": "Diplomats of three countries sat down on Monday to speak about transit."},
    "same title a week later": {"guid": "g", "url": "https://khyber.example/2025/11/b", "seen": NOW + timedelta(days=7)},
    "same title, another text": {"guid": "g", "url": "https://khyber.example/2025/10/b-c-d", "summary": "Two bodies were handed over at the gate on Sunday by elders from both towns."},
    "same title elsewhere": {"guid": "g", "url": "https://other.example/a", "outlet": "Other", "feed": "o"},
}  # fmt: skip


@pytest.mark.parametrize("changes", OTHER.values(), ids=OTHER.keys())
def test_is_not_taken_for_known(changes: dict[str, object]) -> None:
    assert identity.recognise(entry(id="e2", **changes), met(entry())) is None


def test_the_number_of_an_article_outlives_its_words() -> None:
    first = entry(guid="old-title-88123", url="https://khyber.example/news/88123/torkham-opens")
    later = entry(
        id="e2",
        guid="new-title-88123",
        url="https://khyber.example/news/88123/torkham-opens-at-last",
        title="Torkham opens at last for the stranded lorries",
    )
    found = identity.recognise(later, met(first))
    assert found is not None
    assert found.edited
    assert (
        identity.recognise(replace(later, title="Envoys meet in Kabul", summary="Talks began."), met(first))
        is None
    )


def test_short_story_numbers_are_no_sessions() -> None:
    assert identity.canonical("https://a.example/x?sid=123") != identity.canonical(
        "https://a.example/x?sid=124"
    )
    session = "https://a.example/x?sid=0f3a9b8c7d6e5f4a3b2c"
    assert identity.canonical(session) == identity.canonical("https://a.example/x")


def test_one_page_rewritten_every_day_is_news_every_day() -> None:
    page = {"url": "https://k.example/gold-rate-in-pakistan-today", "guid": "gold"}
    first = entry(title="Gold rate in Pakistan today, 3 May", **page)
    later = entry(id="e2", title="Gold rate in Pakistan today, 4 May", **page)
    assert identity.recognise(later, met(first)) is None


def test_an_edit_is_noticed() -> None:
    found = identity.recognise(entry(summary="Now forty lorries have passed."), met(entry()))
    assert found is not None
    assert found.edited


def test_text_that_expired_is_no_edit() -> None:
    expired = {key: replace(known, summary="") for key, known in met(entry()).items()}
    found = identity.recognise(entry(), expired)
    assert found is not None
    assert not found.edited


def test_a_shared_link_is_no_identity() -> None:
    first = entry(
        guid="", url="https://khyber.example/news/", title="Envoys meet in Kabul", summary="Talks began."
    )
    other = entry(id="e2", guid="", url="https://khyber.example/news", title="Snow closes the Salang road")
    assert identity.recognise(other, met(first)) is None


@pytest.mark.parametrize("days", range(12))
def test_titles_within_three_days_share_a_key(days: int) -> None:
    first = entry(guid="", url="", seen=NOW + timedelta(days=days))
    for gap in range(4):
        later = replace(first, seen=first.seen + timedelta(days=gap))
        assert set(identity.keys(first)) & set(identity.keys(later))


def test_daily_templates_are_never_each_other() -> None:
    for day in range(1, 31):
        first = entry(
            guid="", url=f"https://k.example/gold-{day}", title=f"Gold rate in Pakistan today, {day} May"
        )
        later = entry(
            guid="",
            url=f"https://k.example/gold-{day + 1}",
            title=f"Gold rate in Pakistan today, {day + 1} May",
        )
        assert identity.is_periodic(first.title, later.title)
        assert identity.recognise(later, met(first)) is None


@pytest.mark.parametrize(
    "url", ["", "   ", "http://[::1", "javascript:alert(1)", "urn:x:1", "https://", "//x.example/a", "%"]
)
def test_strange_addresses_never_raise(url: str) -> None:
    assert isinstance(identity.canonical(url), str)
    assert isinstance(identity.keys(entry(url=url, guid="\ud83d", title="\x00")), tuple)


def test_canonical_is_stable() -> None:
    for url in (
        "https://a.example/x?b=2&a=1&utm_medium=q",
        "http://m.a.example/%D8%A7/ب",
        "https://a.example:8443/x",
    ):
        once = identity.canonical(url)
        assert identity.canonical(once) == once


PIECES = st.sampled_from(
    ["amp", "news", "1952", "a-b-c", "x.amp", "index.html", "%D8%A7", "ب", "", "..", "a b", "%2F", "%"]
)
ADDRESSES = st.builds(
    lambda scheme, host, path, query: f"{scheme}{host}/{'/'.join(path)}{query}",
    st.sampled_from(["http://", "https://", "HTTPS://", "//"]),
    st.sampled_from(
        ["a.example", "www.a.example", "m.a.example", "amp.www.a.example", "A.Example:443", "a.example:8080"]
    ),
    st.lists(PIECES, max_size=4),
    st.sampled_from(
        ["", "?", "?a=1&b=2", "?b=2&amp;a=1", "?utm_source=x", "?q=%E2%82", "?a=&a=1", "#x", "?a=1;b=2"]
    ),
)


@given(ADDRESSES | st.text(max_size=40))
def test_an_address_made_canonical_stays_so(url: str) -> None:
    once = identity.canonical(url)
    assert identity.canonical(once) == once


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_even_handed(a: str, b: str) -> None:
    assert identity.likeness(a, b) == identity.likeness(b, a)
    assert identity.likeness(a, a) == 1.0
    assert identity.is_periodic(a, b) == identity.is_periodic(b, a)


@given(
    st.sampled_from(["http://", "https://", "HTTPS://"]),
    st.lists(
        st.sampled_from(["www.", "m.", "amp.", "feeds.", "dawn.com", "a.example", "x", "-", "."]), max_size=4
    ),
    st.lists(
        st.sampled_from(
            [
                "/",
                "/",
                "/",
                "news",
                "1952",
                "amp",
                "story.amp",
                "a.html",
                "..",
                ".",
                "~u",
                "%20",
                "?",
                "#",
                ":80",
                "@",
                ";",
                "é",
                "A",
                "camp",
            ]
        ),
        max_size=7,
    ),
)
def test_a_plain_address_is_canonical_as_any_other(scheme: str, host: list[str], path: list[str]) -> None:
    url = scheme + "".join(host) + "".join(path)
    assert identity.canonical(url) == identity._undone(url)
    assert outlets._host(url) == (urlsplit(url).hostname or "").removeprefix("www.")


def test_one_headline_on_two_days_is_two_entries() -> None:
    title = "Troops kill four militants in Tank"
    first = entry(
        title=title, summary="Troops killed four militants in the hills of Tank on Monday, officers said."
    )
    later = entry(
        id="e2",
        guid="g",
        url="https://khyber.example/2025/10/four-killed-b",
        title=title,
        summary="Troops killed four militants in the fields of Tank on Wednesday, officers said.",
        seen=NOW + timedelta(days=2),
    )
    assert identity.recognise(later, met(first)) is None


def test_numbers_in_words_make_a_template_too() -> None:
    assert identity.is_periodic(
        "Three Afghan prisoners freed by Pakistan", "Eleven Afghan prisoners freed by Pakistan"
    )
    assert not identity.is_periodic("Three killed in Tank", "Eleven killed in Tank")
