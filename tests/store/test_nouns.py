"""What goes into the store comes out the same; what is searched is found; what expires keeps its names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiosqlite
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.news.model import Alert, Figure, Level, Subscription
from bot.news.stories.candidates import DEPTH
from bot.news.stories.story import Story
from bot.store import (
    alerts,
    codec,
    db,
    delivered,
    deliveries,
    entries,
    feeds,
    figures,
    housekeeping,
    search,
    stories,
    subscriptions,
)
from bot.store.deliveries import Wanted
from tests.store import nouns
from tests.store.nouns import NOON, alert, decision, entry, figure, story, subscription


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[db.Database]:
    async with db.opened(tmp_path) as opened:
        yield opened


@pytest.fixture
async def connection(database: db.Database) -> AsyncIterator[aiosqlite.Connection]:
    async with database.write() as writer:
        yield writer


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        (Story, story()),
        (Alert, alert(1, 2)),
        (Figure, figure()),
        (Subscription, subscription(types=("trade",))),
    ],
)
def test_nouns_come_back_equal(kind: type, noun: Story | Alert | Figure | Subscription) -> None:
    text = codec.write(noun)
    assert codec.read(kind, text) == noun
    assert codec.write(codec.read(kind, text)) == text


async def test_an_entry_is_known_under_all_its_names(connection: aiosqlite.Connection) -> None:
    await stories.save(connection, [story()])
    await entries.add(connection, [(decision(entry()), ("g:1", "u:1"))])
    again = decision(entry("other"), same_as="e1")
    await entries.add(connection, [(again, ("g:2",))])
    known = await entries.known(connection, ["g:1", "g:2", "u:1", "g:3"])
    assert {name: one.id for name, one in known.items()} == {"g:1": "e1", "g:2": "e1", "u:1": "e1"}
    assert known["g:1"].story == 1
    assert known["g:1"].seen == NOON
    assert await entries.taken(connection, ["e1", "other"]) == {"e1"}


async def test_an_edit_replaces_the_text_and_keeps_when_it_was_first_seen(
    connection: aiosqlite.Connection,
) -> None:
    await stories.save(connection, [story()])
    await entries.add(connection, [(decision(entry()), ("g:1",))])
    later = entry("e1", title="Strike in Spera kills 23", seen=NOON + timedelta(hours=2))
    await entries.add(connection, [(decision(later, same_as="e1", edited=True), ("g:1", "t:2"))])
    (row,) = await entries.of_story(connection, 1)
    assert (row.entry.title, row.entry.seen, row.edits) == ("Strike in Spera kills 23", NOON, 1)
    found = await entries.find(connection, row.entry.url)
    assert found == row


async def test_text_expires_and_names_do_not(connection: aiosqlite.Connection) -> None:
    await stories.save(connection, [story()])
    await entries.add(connection, [(decision(entry()), ("g:1",))])
    assert await entries.expire(connection, NOON + timedelta(days=1)) == 1
    known = await entries.known(connection, ["g:1"])
    assert (known["g:1"].summary, known["g:1"].title != "") == ("", True)


async def test_candidates_share_rare_terms_and_are_recent(connection: aiosqlite.Connection) -> None:
    old = story(2, active=NOON - timedelta(days=20))
    close = story(3, terms=("spera", "night", "house"))
    away = story(4, terms=("torkham",))
    merged = story(5, merged_into=1)
    await stories.save(connection, [merged, story(1), old, close, away])
    recent = NOON - timedelta(days=10)
    both = [((("spera", 5.0), ("night", 4.0)), recent)]
    assert set(await stories.candidates(connection, both)) == {1, 3}
    assert set(await stories.candidates(connection, both, 1)) == {3}
    apart = [((("only1", 7.0), ("spera", 5.0)), recent), ((("torkham", 6.0),), recent)]
    assert set(await stories.candidates(connection, apart, 1)) == {1, 4}
    assert await stories.next_id(connection) == 6
    await stories.prune(connection, NOON - timedelta(days=10))
    asked = [((("spera", 5.0),), NOON - timedelta(days=99))]
    assert set(await stories.candidates(connection, asked)) == {1, 3}


async def test_of_a_common_term_only_the_latest_stories_are_looked_at(
    connection: aiosqlite.Connection,
) -> None:
    many = [story(number, terms=("border", f"only{number}")) for number in range(1, DEPTH + 11)]
    await stories.save(connection, many)
    recent = NOON - timedelta(days=10)
    common = [((("border", 4.0),), recent)]
    assert set(await stories.candidates(connection, common, 999)) == set(range(11, DEPTH + 11))
    rare = [((("border", 4.0), ("only3", 7.0)), recent)]
    assert set(await stories.candidates(connection, rare, 1)) == {3}, "a rare term finds it all the same"
    assert await stories.candidates(connection, []) == {}


async def test_a_merged_story_leads_to_the_one_it_joined(connection: aiosqlite.Connection) -> None:
    await stories.save(connection, [story(1), story(2), story(3)])
    await stories.save(connection, [story(2, merged_into=1), story(3, merged_into=2)])
    assert sorted(await stories.load(connection, [3])) == [1, 2, 3]
    found = await stories.get(connection, 3)
    assert found is not None
    assert found.id == 1
    assert await stories.get(connection, 99) is None
    assert [one.id for one in await stories.past(connection, NOON - timedelta(days=1))] == [1]


async def test_claims_as_they_were_known(connection: aiosqlite.Connection) -> None:
    await stories.save(connection, [story()])
    first = decision(entry("e1"))
    reading = replace(first.reading, figures=(figure(23),))
    second = decision(entry("e2", seen=NOON + timedelta(hours=3)), reading=reading)
    for one in (first, second):
        await entries.add(connection, [(one, ())])
        await figures.add(connection, [one, one])  # the same again is not a second claim
    then = await figures.of_story(connection, 1, NOON + timedelta(hours=1))
    now = await figures.of_story(connection, 1, NOON + timedelta(hours=4))
    assert [[row.figure.low for row in rows] for rows in (then, now)] == [[11], [11, 23]]
    assert now[1].outlet == "Khost Courier"


async def test_a_revision_once_said_is_never_said_differently(connection: aiosqlite.Connection) -> None:
    await stories.save(connection, [story()])
    await alerts.add(connection, [alert(1), alert(1, 2)], NOON)
    await alerts.add(connection, [alert(1, headline="Another headline")], NOON)
    revisions = [await alerts.get(connection, 1, revision) for revision in (1, 2)]
    assert [said.headline for said in revisions if said] == [
        "Strike in Spera, revision 1 of story 1",
        "Strike in Spera, revision 2 of story 1",
    ]
    assert [said.revision for said in await alerts.latest(connection, Level.MAJOR, 5)] == [2]


async def test_one_subscription_a_channel(connection: aiosqlite.Connection) -> None:
    first = await subscriptions.add(connection, subscription("a"))
    changed = await subscriptions.add(
        connection, subscription("a", digest="hourly", created=NOON + timedelta(1))
    )
    assert (changed.id, changed.digest, changed.created) == (first.id, "hourly", NOON)
    assert await subscriptions.listed(connection, "discord", "guild") == (changed,)
    assert await subscriptions.listed(connection, "slack") == ()
    assert await subscriptions.remove(connection, first.id, NOON)
    assert await subscriptions.find(connection, "discord", "guild", "a") is None
    again = await subscriptions.add(connection, subscription("a"))
    assert again.id != first.id


async def test_what_is_removed_is_kept_for_a_while_then_gone(connection: aiosqlite.Connection) -> None:
    who = await subscriptions.add(connection, subscription("a"))
    await stories.save(connection, [story()])
    await alerts.add(connection, [alert(1)], NOON)
    await deliveries.add(connection, alert(1), [Wanted(who.id, "instant", "")], 1.0)
    await subscriptions.remove(connection, who.id, NOON)
    assert await delivered.counts(connection) == {"dead": 1}
    assert await subscriptions.purge(connection, NOON) == 0
    assert await subscriptions.purge(connection, NOON + timedelta(days=30)) == 1
    assert await delivered.counts(connection) == {}


async def test_feeds_remember(connection: aiosqlite.Connection) -> None:
    url = "https://courier.example/feed"
    assert (await feeds.rows(connection, [url]))[0].first_polled is None
    await feeds.remember(connection, feeds.note(url, NOON, etag='"a"', digest="d", marks=b"m", entries=3))
    await feeds.failed(connection, url, "time-out", NOON + timedelta(hours=1))
    [row] = await feeds.rows(connection, [url])
    assert (row.etag, row.marks, row.failures, row.reason, row.first_polled) == (
        '"a"',
        b"m",
        1,
        "time-out",
        NOON,
    )
    await feeds.remember(connection, feeds.note(url, NOON + timedelta(hours=2), etag='"b"'))
    [row] = await feeds.rows(connection, [url])
    assert (row.etag, row.marks, row.failures, row.entries) == ('"b"', b"m", 0, 3)
    assert row.last_new == NOON
    await feeds.add(connection, "https://new.example/feed", '{"name": "New"}')
    await feeds.retire(connection, url, "gone")
    assert {row.url: (row.origin, row.retired) for row in await feeds.listed(connection)} == {
        url: ("config", "gone"),
        "https://new.example/feed": ("chat", ""),
    }


async def test_search_finds_all_words_in_any_order(connection: aiosqlite.Connection) -> None:
    other = replace(alert(2), headline="Torkham crossing reopens", summary="Trucks pass again.")
    await stories.save(connection, [story(1), story(2, alert=other)])
    assert await search.stories(connection, "spera STRIKE") == (1,)
    assert await search.stories(connection, "crossing torkham") == (2,)
    assert set(await search.stories(connection, "khost")) == {1, 2}
    await stories.save(connection, [story(1, merged_into=2)])
    assert await search.stories(connection, "khost") == (2,)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(("khost", "STRIKE", "cricket", "OR", "NEAR(", '"', "*", ":", "^", "-", "x)")),
        max_size=12,
    )
)
async def test_search_takes_whatever_is_typed_as_words(database: db.Database, words: list[str]) -> None:
    async with database.write() as writer:
        await stories.save(writer, [story(1)])
    meant = {word.strip("()").lower() for word in words if any(map(str.isalpha, word))}
    async with database.read() as reader:
        found = await search.stories(reader, " ".join(words))
    assert found == ((1,) if meant and meant <= {"khost", "strike"} else ())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
async def test_search_survives_whatever_is_typed(database: db.Database, words: str) -> None:
    async with database.read() as reader:
        assert await search.stories(reader, words) == ()  # nothing is stored; what is no word is no error


async def test_housekeeping_forgets_only_what_may_be_forgotten(database: db.Database) -> None:
    async with database.write() as writer:
        await stories.save(writer, [story()])
        await entries.add(writer, [(decision(entry()), ("g:1",))])
        who = await subscriptions.add(writer, nouns.subscription())
        await subscriptions.remove(writer, who.id, NOON)
    done = await housekeeping.tidy(database, NOON + timedelta(days=400))
    assert (done.texts, done.terms, done.subscriptions) == (1, 2, 1)
    async with database.read() as reader:
        assert set(await entries.known(reader, ["g:1"])) == {"g:1"}
        assert await stories.get(reader, 1) == story()
    assert await housekeeping.tidy(database, NOON + timedelta(days=401)) == housekeeping.Tidied(0, 0, 0, 0, 0)
