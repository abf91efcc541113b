"""A feed over its years: moved, gone, flooding, frozen, refused, added and removed while the bot runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot import pipeline, roster, status, upkeep
from bot.feeds import pace
from bot.feeds.feed import Failed, Feed, NotModified
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.pages import Pages
from bot.feeds.parse import Parser
from bot.feeds.teasers import Articles
from bot.news.topics.topic import Topic
from bot.store import db, entries, subscriptions
from bot.store.feeds import FeedRow
from bot.watch import Watch
from bot.web import health
from tests.store import nouns

NOW = datetime(2025, 10, 15, 12, 0, tzinfo=UTC)
TEASER = "Pakistani air strikes hit houses in Khost, Afghan Taliban say"
PAGE = """<!DOCTYPE html><html><head><title>Strikes</title></head><body><nav>Home</nav><article><h1>Strikes in Khost</h1>
<p>Pakistani jets bombed houses in Spera district of Khost province overnight, killing {toll} civilians, Afghan Taliban
spokesman Zabihullah Mujahid said in Kabul on Wednesday morning, and he accused Islamabad of breaking the truce.</p>
<p>Officials in Islamabad had no comment on the strikes, which residents said had begun shortly after midnight.</p>
</article></body></html>"""


@dataclass
class Item:
    guid: str
    title: str
    url: str = ""
    published: datetime | None = NOW


@dataclass
class Site:
    """A server whose answers the test sets by path."""

    answers: dict[str, Callable[[web.Request], web.Response]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, If-None-Match
    base: str = ""
    port: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, request.headers.get("If-None-Match", "")))
        if request.path == "/slow":
            await asyncio.sleep(60)
        return self.answers.get(request.path, lambda _: web.Response(status=404))(request)

    def feed(self, path: str, *items: Item, etag: str = "") -> None:
        def answer(request: web.Request) -> web.Response:
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            headers = {"ETag": etag} if etag else {}
            return web.Response(body=self.rss(*items), content_type="application/rss+xml", headers=headers)

        self.answers[path] = answer

    def rss(self, *items: Item) -> bytes:
        rows = "".join(
            f"<item><guid isPermaLink='false'>{i.guid}</guid><title>{i.title}</title>"
            f"<link>{i.url or f'{self.base}/a/{i.guid}-long-words-of-it'}</link>"
            + (f"<pubDate>{format_datetime(i.published)}</pubDate>" if i.published else "")
            + "</item>"
            for i in items
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title>{rows}</channel></rss>".encode()

    def redirect(self, path: str, to: str, code: int = 301) -> None:
        self.answers[path] = lambda _: web.Response(status=code, headers={"Location": to})

    def status(self, path: str, code: int) -> None:
        self.answers[path] = lambda _: web.Response(status=code)


@dataclass
class Scene:
    site: Site
    parts: pipeline.Parts
    feed: Feed

    async def poll(self, minutes: float = 0.0, **changed: object) -> pipeline.Polled:
        parts = replace(self.parts, **changed)  # type: ignore[arg-type]
        return await pipeline.poll(self.feed, parts, NOW + timedelta(minutes=minutes))

    async def row(self) -> FeedRow:
        return await self.parts.database.feed_row(self.feed.url)

    async def owed(self) -> int:
        async with self.parts.database.read() as connection:
            return len(list(await connection.execute_fetchall("SELECT 1 FROM delivery")))

    def roster(self, *configured: Feed) -> roster.Roster:
        parts = self.parts
        return roster.Roster(
            parts.database, parts.fetcher, parts.parser, configured or (self.feed,), parts.topic, lambda: NOW
        )


@pytest.fixture
async def scene(tmp_path: Path, topic: Topic) -> AsyncIterator[Scene]:
    site, application = Site(), web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    site.base = f"http://127.0.0.1:{site.port}"
    limits = Limits(timeout=5, allow_networks=("127.0.0.1/32",), allow_ports=(site.port,))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        database = await stack.enter_async_context(db.opened(tmp_path))
        fetcher = await stack.enter_async_context(Fetcher(limits))
        parser = await stack.enter_async_context(Parser())
        parts = pipeline.Parts(database, fetcher, parser, topic, chance=lambda: 0.5)
        async with database.write() as connection:
            await subscriptions.add(connection, nouns.subscription("a"))
        yield Scene(site, parts, Feed(f"{site.base}/feed", "Courier", "Khost Courier", "AF"))


def sports(count: int, start: int = 0, day: str = "") -> list[Item]:
    return [
        Item(f"s{start + n}{day}", f"Hockey match number {start + n} of the season") for n in range(count)
    ]


# --------------------------------------------------------------------------- moves and ends


async def test_a_permanent_move_is_remembered_and_forgotten_when_it_fails(scene: Scene) -> None:
    scene.site.redirect("/feed", "/new")
    scene.site.feed("/new", *sports(2))
    polled = await scene.poll()
    assert polled.notices == (f"moved for good to {scene.site.base}/new",)
    assert (await scene.row()).moved_to == f"{scene.site.base}/new"
    scene.site.asked.clear()
    assert (await scene.poll(10)).notices == ()
    assert [path for path, _ in scene.site.asked] == ["/new"]
    scene.site.status("/new", 410)
    polled = await scene.poll(20)
    assert "back to the configured address" in polled.notices[0]
    assert ((await scene.row()).moved_to, (await scene.row()).retired) == ("", "")
    scene.site.feed("/feed", *sports(3))
    assert (await scene.poll(30)).new == 1


async def test_a_move_for_now_is_not_remembered(scene: Scene) -> None:
    scene.site.redirect("/feed", "/new", 302)
    scene.site.feed("/new", *sports(2))
    assert (await scene.poll()).notices == ()
    assert (await scene.row()).moved_to == ""


async def test_a_feed_that_is_gone_for_a_day_is_retired_with_a_notice_and_can_be_taken_up_again(
    scene: Scene,
) -> None:
    scene.site.status("/feed", 410)
    clock, said = [NOW], list[str]()
    watch = Watch((scene.feed,), scene.parts, lambda: clock[0], notice=said.append)
    await watch.start()
    for hours in (0, 1, 23):
        clock[0] = NOW + timedelta(hours=hours)
        polled = await watch.poll(scene.feed)
        assert polled.due is not None
        assert polled.due.seconds <= pace.DAY
        assert said == [f"Courier: {upkeep.GONE}"]
        await watch.follow()
        assert list(watch.feeds) == [scene.feed.url]
        assert health.of_feed(await scene.row(), clock[0]) == "failing"
    clock[0] = NOW + timedelta(hours=24)
    polled = await watch.poll(scene.feed)
    assert polled.notices == ("retired: 410: the publisher says that it is gone for good",)
    assert said[1:] == [f"Courier: {polled.notices[0]}"]
    await watch.follow()
    assert watch.feeds == {}
    assert watch.closed == (scene.feed,)
    facts = await status.feeds(scene.parts.database, watch.closed, NOW)
    assert [(fact.health, fact.side) for fact in facts] == [("retired", "AF")]
    shown = await status.rows(scene.parts.database, (scene.feed,), lambda: NOW)
    assert "AF is thin" in shown[0].text
    assert len([row for row in shown if "410" in row.text]) == 1
    assert any(row.head == f"no longer read: {scene.feed.url}" and "410" in row.text for row in shown)
    scene.site.feed("/feed", *sports(1))
    assert not (await roster.add(scene.roster(), scene.feed.url)).error
    await watch.follow()
    assert (list(watch.feeds), watch.closed) == ([scene.feed.url], ())


@pytest.mark.parametrize("between", [200, 500])
async def test_a_feed_that_is_not_always_gone_is_asked_again(scene: Scene, between: int) -> None:
    for hour in range(0, 90, 9):
        if hour % 27 == 18 and between == 200:
            scene.site.feed("/feed", *sports(1))
        else:
            scene.site.status("/feed", between if hour % 27 == 18 else 410)
        polled = await scene.poll(60 * hour)
        assert bool(polled.notices) == (hour % 27 == 0)
    assert (await scene.row()).retired == ""


async def test_two_answers_that_a_feed_is_gone_are_not_three(scene: Scene) -> None:
    scene.site.status("/feed", 410)
    for hours in (0, 30):  # the bot did not run in between
        await scene.poll(60 * hours)
        assert (await scene.row()).retired == ""
    await scene.poll(60 * 31)
    assert (await scene.row()).retired


async def test_what_an_operator_removed_makes_no_side_thin(scene: Scene) -> None:
    scene.site.status("/feed", 410)
    await scene.poll()  # with a notice
    assert not (await roster.remove(scene.roster(), scene.feed.url)).error
    shown = await status.rows(scene.parts.database, (scene.feed,), lambda: NOW)
    assert shown[0].text == "no feeds"
    assert not any("no longer read" in row.head for row in shown)


# --------------------------------------------------------------------------- floods, gaps, silence


async def test_old_entries_under_new_names_are_told_to_nobody(scene: Scene) -> None:
    old = [Item(f"g{n}", f"{TEASER} on day {n} of it", published=None) for n in range(8)]
    scene.site.feed("/feed", *old)
    await scene.poll()
    renamed = [
        Item(f"h{n}", item.title, f"{scene.site.base}/b/{n}-words-of-another-address", published=None)
        for n, item in enumerate(old)
    ]
    scene.site.feed("/feed", *renamed)
    later = 60 * 24 * 9  # their titles' window of days is over
    polled = await scene.poll(later, pause=timedelta(days=30))
    assert polled.new == 8
    assert polled.notices[0].startswith("quarantined: 8 entries came as new")
    assert await scene.owed() == 0
    row = await scene.row()
    at = NOW + timedelta(minutes=later)
    assert health.of_feed(row, at) == row.health == "quarantined"
    fresh = Item("fresh", TEASER.replace("Khost", "Paktika"), published=at)
    scene.site.feed("/feed", fresh, *renamed)
    polled = await scene.poll(later + 10)
    assert (polled.new, polled.owed, polled.notices) == (1, 0, ())
    assert polled.decisions[0].quiet == "its feed is in quarantine"
    assert health.of_feed(row, at + timedelta(hours=25)) != "quarantined"


async def test_a_busy_hour_is_no_flood(scene: Scene) -> None:
    scene.site.feed("/feed", *sports(8))
    await scene.poll()
    scene.site.feed("/feed", *sports(20))
    polled = await scene.poll(10)
    assert (polled.new, polled.notices) == (12, ())
    assert (await scene.row()).health == "ok"


async def test_polls_without_overlap_are_a_possible_gap_and_thrice_a_quarantine(scene: Scene) -> None:
    said = []
    for turn in range(5):
        scene.site.feed("/feed", *sports(6, start=100 * turn))
        said.append((await scene.poll(10 * turn)).notices)
    assert said[0] == ()
    assert "come and gone" in said[1][0]
    assert "come and gone" in said[2][0]
    assert said[3] == ("quarantined: 3 polls in a row brought nothing but new entries",)
    assert said[4] == ()  # one notice
    assert "quarantine" in health.because(await scene.row(), NOW + timedelta(hours=1))


async def test_a_released_feed_is_told_of_again_but_not_of_what_came_meanwhile(scene: Scene) -> None:
    for turn in range(4):
        scene.site.feed("/feed", *sports(6, start=100 * turn))
        await scene.poll(10 * turn)
    assert (await scene.row()).health == "quarantined"
    held = Item("held", TEASER, published=NOW + timedelta(minutes=40))
    scene.site.feed("/feed", held, *sports(6, start=300))
    assert (await scene.poll(40)).decisions[0].quiet == "its feed is in quarantine"
    released = await roster.act(scene.roster(), "release", "Courier")
    assert (released.title, released.error) == ("Released: Courier", False)
    title = "Pakistani jets strike Paktika, at least 34 civilians killed: Taliban"
    fresh = Item("fresh", title, published=NOW + timedelta(minutes=50))
    scene.site.feed("/feed", fresh, held, *sports(6, start=300))
    polled = await scene.poll(50)
    assert [(d.entry.guid, d.quiet) for d in polled.decisions] == [("fresh", "")]
    assert (polled.owed, await scene.owed()) == (1, 1)
    assert (await scene.row()).health == "ok"
    again = await roster.act(scene.roster(), "release", "Courier")
    assert again.title == "Nothing to release"


async def test_frozen_blocked_and_failing_are_three_things(scene: Scene) -> None:
    scene.site.feed("/feed", Item("a", "Hockey", published=NOW - timedelta(hours=40)), etag='"1"')
    await scene.poll()
    assert (await scene.row()).health == "ok"
    polled = await scene.poll(60 * 10)
    assert isinstance(polled.answer, NotModified)
    row = await scene.row()
    assert (row.health, row.newest) == ("frozen", NOW - timedelta(hours=40))
    assert health.because(row, NOW) == "newest entry of 13 Oct 2025"
    scene.site.status("/feed", 403)
    await scene.poll(60 * 11)
    assert (await scene.row()).health == "blocked"
    scene.site.status("/feed", 500)
    await scene.poll(60 * 12)
    row = await scene.row()
    assert (row.health, health.because(row, NOW)) == ("failing", "HTTP status 500; 2 times in a row")


async def test_an_undated_feed_stays_undated_when_nothing_is_new(scene: Scene) -> None:
    scene.site.feed("/feed", *(Item(f"u{n}", f"Hockey {n}", published=None) for n in range(3)), etag='"u"')
    for turn in range(3):
        await scene.poll(turn * 10)
        assert (await scene.row()).health == "undated"


# --------------------------------------------------------------------------- pace


async def test_the_pace_outlives_a_restart(scene: Scene) -> None:
    scene.site.feed("/feed", *sports(3), etag='"1"')
    waits = []
    for turn in range(6):
        polled = await scene.poll(turn * 30)
        assert polled.due is not None
        waits.append(polled.due.seconds)
    assert waits[1:] == sorted(waits[1:])
    assert waits[-1] > 1.5 * waits[1]
    row = await scene.row()
    assert row.interval == pytest.approx(waits[-1])
    assert row.due == NOW + timedelta(minutes=150, seconds=waits[-1])
    watch = Watch((scene.feed,), scene.parts, lambda: NOW + timedelta(minutes=150))
    await watch.start()
    assert watch._deadlines.waiting()[scene.feed.url] == pytest.approx(waits[-1], abs=5)


async def test_a_stuck_etag_is_found_within_a_day(scene: Scene) -> None:
    scene.site.feed("/feed", *sports(1), etag='"stuck"')
    await scene.poll()
    scene.site.feed("/feed", *sports(2), etag='"stuck"')
    minutes, found = 5.0, 0
    while not found and minutes < 60 * 24:
        polled = await scene.poll(minutes)
        found = polled.new
        assert polled.due is not None
        minutes += polled.due.seconds / 60
    assert found == 1  # within a day
    assert scene.site.asked[-1] == ("/feed", "")


async def test_failures_wait_ever_longer_and_a_success_ends_it(scene: Scene) -> None:
    waits = []
    for turn in range(4):
        polled = await scene.poll(turn)
        assert isinstance(polled.answer, Failed)
        assert polled.due is not None
        waits.append(polled.due.seconds)
    assert waits == [600, 1200, 2400, 4800]
    scene.site.feed("/feed", *sports(1))
    polled = await scene.poll(10)
    assert polled.due is not None
    assert polled.due.seconds < 600
    assert (await scene.row()).failures == 0


async def test_an_edit_is_told_however_old_its_entry_is(scene: Scene) -> None:
    title = "Pakistani air strikes kill {} civilians in Khost, Afghan Taliban say"
    scene.site.feed("/feed", *sports(1))
    await scene.poll(-30)
    scene.site.feed("/feed", Item("strike", title.format(11)), *sports(1))
    assert (await scene.poll(1)).owed == 1
    scene.site.feed("/feed", Item("strike", title.format(23)), *sports(1))
    polled = await scene.poll(40 * 60, pause=timedelta(days=3))
    assert [(d.edited, d.quiet) for d in polled.decisions] == [(True, "")]
    assert polled.owed == 1


# --------------------------------------------------------------------------- articles


def articled(scene: Scene, seconds: float = 5.0) -> Articles:
    return Articles(Pages(scene.parts.fetcher, scene.parts.parser), most=2, seconds=seconds)


async def test_figures_come_from_the_article_where_the_feed_has_a_teaser(scene: Scene) -> None:
    articles = articled(scene)
    scene.site.feed("/feed", *sports(1))
    await scene.poll(-30, articles=articles)
    page = "/a/strike-long-words-of-it"
    scene.site.answers[page] = lambda _: web.Response(text=PAGE.format(toll=11), content_type="text/html")
    scene.site.feed("/feed", Item("strike", TEASER), *sports(1))
    (decision, *_) = (d for d in (await scene.poll(1, articles=articles)).decisions if d.alert)
    (figure,) = (f for f in decision.reading.figures if f.measure == "killed")
    assert (figure.low, figure.claimant) == (11, "Zabihullah Mujahid")
    assert [path for path, _ in scene.site.asked][-2:] == ["/robots.txt", page]
    assert decision.alert is not None
    assert any(line.url.endswith(page) for line in decision.alert.figures)
    async with scene.parts.database.read() as connection:
        row = await entries.find(connection, decision.entry.url)
    assert row is not None
    assert (row.entry.title, row.entry.summary) == (TEASER, "")  # what identifies it is the feed's own text
    asked = len(scene.site.asked)
    scene.site.feed("/feed", Item("strike", TEASER), *sports(2))
    polled = await scene.poll(2, articles=articles)
    assert [d.edited for d in polled.decisions if d.same_as] in ([], [False])
    assert len(scene.site.asked) == asked + 1  # the feed only


@pytest.mark.parametrize("trouble", ["missing", "slow", "forbidden"])
async def test_without_its_article_a_teaser_is_told_all_the_same(scene: Scene, trouble: str) -> None:
    scene.site.feed("/feed", *sports(1))
    await scene.poll(-30)
    scene.site.feed("/feed", Item("strike", TEASER.replace("hit", "kill 9 people in")), *sports(1))
    if trouble == "slow":
        scene.site.redirect("/a/strike-long-words-of-it", "/slow")
    if trouble == "forbidden":
        scene.site.answers["/robots.txt"] = lambda _: web.Response(text="User-agent: *\nDisallow: /a")
    polled = await scene.poll(1, articles=articled(scene, seconds=0.3))
    assert (polled.new, polled.owed) == (1, 1)
    (decision,) = (d for d in polled.decisions if d.alert)
    assert decision.entry.article == ""


async def test_robots_of_the_site_that_a_link_leads_to_are_asked_too(scene: Scene) -> None:
    pages = Pages(scene.parts.fetcher, scene.parts.parser)
    other = scene.site.base.replace("127.0.0.1", "localhost")
    scene.site.redirect("/a/1", f"{other}/a/2", 302)
    scene.site.answers["/a/2"] = lambda _: web.Response(text=PAGE.format(toll=1), content_type="text/html")
    scene.site.answers["/robots.txt"] = lambda request: web.Response(
        text="User-agent: *\nDisallow: /" if (request.host or "").startswith("localhost") else ""
    )
    answer = await pages.text(f"{scene.site.base}/a/1")
    assert isinstance(answer, Failed)
    assert "leads to" in answer.reason


# --------------------------------------------------------------------------- operators


async def test_a_running_bot_takes_up_what_is_added_and_lets_go_of_what_is_removed(scene: Scene) -> None:
    scene.site.feed("/other", *sports(3))
    scene.site.answers["/"] = lambda _: web.Response(
        text="<html><head><link rel='alternate' type='application/rss+xml' href='/other'></head><body>Hi</body></html>",
        content_type="text/html",
    )
    watch = Watch((scene.feed,), scene.parts, lambda: NOW)
    await watch.start()
    desk = scene.roster()
    reply = await roster.add(desk, f"{scene.site.base}/")
    assert (reply.error, reply.title) == (False, "Added: Courier")
    assert len(reply.rows) == 3
    await watch.follow()
    added = watch.feeds[f"{scene.site.base}/other"]
    assert (added.side, added.group) == ("none", "Added")
    assert (await roster.add(desk, f"{scene.site.base}/other")).error
    again = Watch((scene.feed,), scene.parts, lambda: NOW)  # after a restart
    await again.start()
    assert set(again.feeds) == {scene.feed.url, added.url}
    assert (await roster.remove(desk, "courier")).error  # two feeds have that name
    assert not (await roster.remove(desk, added.url)).error
    assert not (await roster.remove(desk, "Courier")).error
    await watch.follow()
    assert watch.feeds == {}
    shown = await roster.overview(desk)
    assert shown.text == "0 feeds are read."
    assert {row.text for row in shown.rows} == {roster.REMOVED}


async def test_what_cannot_be_added_says_why(scene: Scene) -> None:
    scene.site.answers["/page"] = lambda _: web.Response(
        text="<html><body>Hi</body></html>", content_type="text/html"
    )
    scene.site.status("/down", 503)
    desk = scene.roster()
    for address, words in (
        (f"{scene.site.base}/page", "announces no feed"),
        (f"{scene.site.base}/down", "503"),
        ("http://127.0.0.2/feed", "may be dialled"),
        ("nowhere.example/feed", "http"),
        ("https://nowhere.example/feed", "cannot be resolved"),
        ("file:///etc/passwd", "only http and https"),
    ):
        reply = await roster.act(desk, "add", address)
        assert reply.error, address
        assert words in reply.text, (address, reply.text)
    assert (await roster.act(desk, "remove", "Nobody")).error
    assert await roster.followed(desk) == (scene.feed,)


async def test_lists_go_out_and_come_in(scene: Scene) -> None:
    desk = scene.roster()
    listed = b"""<opml version="2.0"><body><outline text="Dawn" xmlUrl="https://www.dawn.com/feeds/home"/>
    <outline text="Bad" xmlUrl="file:///x"/></body></opml>"""
    reply = await roster.take_over(desk, listed)
    assert reply.text == "1 feeds added, 0 were read already, 1 left out."
    (_, dawn) = await roster.followed(desk)
    assert (dawn.outlet, dawn.side) == ("Dawn", "PK")
    assert "1 were read already" in (await roster.take_over(desk, listed)).text
    assert (await roster.take_over(desk, b"<html/>")).error


async def test_one_feed_looked_at(scene: Scene) -> None:
    scene.site.feed("/feed", Item("strike", TEASER), *sports(2))
    reply = await roster.act(scene.roster(), "check", "Courier")
    assert (reply.title, reply.error) == ("Courier: ok", False)
    assert any(row.text == "1 of its entries" for row in reply.rows)
    scene.site.status("/feed", 403)
    reply = await roster.act(scene.roster(), "check", scene.feed.url)
    assert (reply.title, reply.error) == ("Courier: blocked", True)


def test_a_day_is_what_makes_an_etag_suspect() -> None:
    row = FeedRow("u", etag='"1"', unmodified=pace.STUCK)
    assert upkeep.conditions(row).etag == ""
    assert upkeep.conditions(replace(row, unmodified=pace.STUCK - 1)).etag == '"1"'
