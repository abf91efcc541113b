"""/story, /search, /why and the buttons, on a store that real reports came into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import commands, judging
from bot.commands import claims, help, why
from bot.commands.base import Command, Context, Reply
from bot.news.decision import Decision
from bot.news.figures.claims.ledger import Lane, Ledger, Point
from bot.news.model import Entry, FigureLine, Level
from bot.news.stories.story import Story
from bot.platforms import console
from bot.platforms.slack import slash
from bot.store import alerts, deliveries, housekeeping, stories, subscriptions, wishes
from bot.store.entries import EntryRow
from bot.store.figures import ClaimRow
from tests.commands.conftest import HERE, NOW, ask
from tests.store import nouns

HOUR = timedelta(hours=1)
CLASH = Entry(
    id="dawn-1",
    feed="https://www.dawn.com/feed",
    outlet="Dawn",
    url="https://www.dawn.com/news/1949001/clash-near-torkham?utm_source=rss",
    title="Seven soldiers killed in clash with Afghan Taliban near Torkham",
    summary=(
        "Seven Pakistani soldiers were killed near Torkham on Saturday in a clash with Afghan Taliban forces, ISPR said. "
        "Zabihullah Mujahid, the Taliban spokesman, said 19 Pakistani soldiers were killed."
    ),
    seen=NOW,
    published=NOW - HOUR,
    side="PK",
    family="Dawn",
    guid="1",
)
RISE = replace(
    CLASH,
    id="geo-1",
    feed="https://www.geo.tv/rss",
    outlet="Geo News",
    url="https://www.geo.tv/latest/600001-toll-rises",
    title="Toll from Torkham clash with Afghan Taliban rises to nine soldiers, says ISPR",
    summary=(
        "The number of Pakistani soldiers killed in Saturday's clash with Afghan Taliban forces near Torkham "
        "has risen to nine, ISPR said."
    ),
    seen=NOW + HOUR,
    published=NOW + HOUR / 2,
    family="Geo",
    guid="2",
)
CRICKET = replace(
    CLASH,
    id="dawn-2",
    url="https://www.dawn.com/news/1949002/cricket",
    title="Pakistan beat Afghanistan by five wickets in Sharjah",
    summary="Afghanistan's bowling attack collapsed in the last over.",
    guid="3",
)


async def read(context: Context, *given: Entry, quiet: str = "") -> tuple[Decision, ...]:
    found: list[Decision] = []
    for entry in given:
        found += await judging.judge(context.database, [entry], context.topic, entry.seen, lambda _: quiet)
    return tuple(found)


def text(reply: Reply) -> str:
    return "\n".join(
        [reply.title, reply.text, *(f"{row.head} | {row.text}" for row in reply.rows), reply.footer]
    )


async def whole(context: Context, command: str, **options: str) -> str:
    """All pages of an answer."""
    first = await ask(context, command, manager=False, **options)
    assert not first.error, first.text
    rest = [
        await ask(context, command, manager=False, **options, page=str(page))
        for page in range(2, first.pages + 1)
    ]
    return "\n".join(text(reply) for reply in (first, *rest))


# --------------------------------------------------------------------------- /story


async def test_a_story_is_told_whole_by_its_number(context: Context) -> None:
    decisions = await read(context, CLASH, RISE)
    assert {one.story for one in decisions} == {1}
    said = await whole(context, "story", story="1")
    assert "seven Pakistani soldiers killed — ISPR (own loss)" in said
    assert "19 Pakistani soldiers killed — Zabihullah Mujahid (claim about the other side)" in said
    assert (
        "“Zabihullah Mujahid, the Taliban spokesman, said 19 Pakistani soldiers were killed.” — Dawn" in said
    )
    assert "a later number took its place: nine (ISPR, " in said
    assert "Zabihullah Mujahid (AF) | chief spokesman · for Afghan Taliban government" in said
    assert "Geo News (PK) | Toll from Torkham clash" in said
    assert "Dawn (PK, independent daily) | Seven soldiers" in said
    assert "revision 2" in said
    assert "Before this" in said
    assert "2 reports" in said


@pytest.mark.parametrize("typed", ["#1", "story 1", "torkham clash", "Turkham seven"])
async def test_a_story_is_found_as_people_write_it(context: Context, typed: str) -> None:
    await read(context, CLASH)
    reply = await ask(context, "story", story=typed)
    assert reply.title.startswith("Story 1: "), text(reply)


async def test_words_that_several_stories_have_are_answered_with_a_list(context: Context) -> None:
    async with context.database.write() as connection:
        await stories.save(connection, [nouns.story(1), nouns.story(2)])
    reply = await ask(context, "story", story="spera")
    assert "Which story? 2" in reply.title
    assert [row.head.split(" ")[0] for row in reply.rows] == ["2", "1"]


@pytest.mark.parametrize(
    ("typed", "words"), [("99", "no story 99"), ("zebra", "No story has all"), ("", "name a number")]
)
async def test_a_story_that_is_not_there_is_said(context: Context, typed: str, words: str) -> None:
    assert words in text(await ask(context, "story", story=typed))


async def test_a_story_that_became_part_of_another_says_so(context: Context) -> None:
    async with context.database.write() as connection:
        await stories.save(connection, [nouns.story(1), nouns.story(2, merged_into=1)])
    reply = await ask(context, "story", story="2")
    assert reply.title.startswith("Story 1: ")
    assert reply.text.startswith("Story 2 became part of this one.")


def with_claims(count: int) -> Story:
    """A story that many claimants count the dead of; its alert shows the first of them."""
    lanes, lines = [], []
    for number in range(count):
        who = f"Speaker {number}"
        figure = replace(nouns.figure(11, who), sentence=f"{who} said that 11 people were killed in Spera.")
        at = NOW + timedelta(minutes=number)
        point = Point(figure, f"e{number}", at, "Khost Courier", "AF", f"https://courier.example/{number}")
        lanes.append(Lane("killed", "afg_civilians", "incident", who, points=(point,)))
        lines.append(FigureLine(figure, "Khost Courier", point.url, ""))
    alert = nouns.alert(1, figures=tuple(lines[:3]), replaced=("FAK (PK) → TTP",))
    return nouns.story(1, ledger=Ledger(tuple(lanes)), alert=alert)


async def test_wording_begins_with_the_figures_of_the_alert_and_has_pages(context: Context) -> None:
    async with context.database.write() as connection:
        await stories.save(connection, [with_claims(24)])
    first = await ask(context, "story", story="1", part="wording")
    assert first.pages == 3
    assert first.text == "Neutral words in headline and summary: FAK (PK) → TTP."
    shown = [row.head.partition("— ")[2] for row in first.rows]
    assert shown[:5] == ["Speaker 0", "Speaker 1", "Speaker 2", "Speaker 23", "Speaker 22"]
    assert first.rows[0].text.startswith("“Speaker 0 said that 11 people were killed in Spera.”")
    rest = [await ask(context, "story", story="1", part="wording", page=page) for page in "23"]
    everybody = {row.head for reply in (first, *rest) for row in reply.rows}
    assert len(everybody) == 24


async def test_all_sources_begin_with_those_of_the_alert_and_end_with_the_first(context: Context) -> None:
    copies = [
        replace(RISE, id=f"x{n}", guid=f"x{n}", outlet=f"Outlet {n}", family=f"F{n}", feed=f"https://x{n}.example/f",
                url=f"https://x{n}.example/1", seen=RISE.seen + timedelta(minutes=n))
        for n in range(1, 16)
    ]  # fmt: skip
    await read(context, CLASH, RISE, *copies)
    async with context.database.read() as connection:
        found = await stories.get(connection, 1)
    assert found is not None
    assert found.alert is not None
    pages = [await ask(context, "story", story="1", part="sources")]
    assert pages[0].pages > 1
    pages += [
        await ask(context, "story", story="1", part="sources", page=str(n))
        for n in range(2, pages[0].pages + 1)
    ]
    urls = [row.url for page in pages for row in page.rows]
    assert urls[: len(found.alert.sources)] == [source.url for source in found.alert.sources]
    assert len(urls) == len(set(urls)) == 17


# --------------------------------------------------------------------------- /search


async def test_stories_are_found_by_words_and_by_other_spellings(context: Context) -> None:
    await read(context, CLASH)
    for typed in ("torkham", "SOLDIER taliban", "turkham"):
        reply = await ask(context, "search", manager=False, words=typed)
        assert [row.head.split(" ")[0] for row in reply.rows] == ["1"], typed
    assert "for Torkham" in (await ask(context, "search", words="turkham")).text


async def test_a_search_has_pages_and_names_the_timeline_where_it_knows_more(context: Context) -> None:
    async with context.database.write() as connection:
        await stories.save(connection, [nouns.story(number) for number in range(1, 24)])
    first = await ask(context, "search", words="spera strike")
    last = await ask(context, "search", words="spera strike", page="9")
    assert (first.title, first.pages, len(first.rows), len(last.rows)) == ("Search: 23 stories", 3, 10, 3)
    nothing = await ask(context, "search", words="Doha")
    assert "No story has all of these words" in nothing.text
    assert "The timeline has" in nothing.text


# --------------------------------------------------------------------------- /why


async def stages(context: Context, about: str, **options: str) -> dict[str, str]:
    reply = await ask(context, "why", manager=False, about=about, **options)
    assert not reply.error, reply.text
    found: dict[str, str] = {}
    for row in reply.rows:
        name, _, verdict = row.head.partition(". ")[2].partition(": ")
        found[name] = f"{verdict} | {row.text}"
    return found


async def told(context: Context, **changed: object) -> int:
    """Subscribed before anything happened."""
    async with context.database.write() as connection:
        made = await subscriptions.add(
            connection, nouns.subscription("channel", created=NOW - 48 * HOUR, **changed)
        )
    return made.id


@pytest.mark.parametrize(
    "about",
    [
        "https://www.dawn.com/news/1949001/clash-near-torkham",
        "<http://dawn.com/news/1949001/clash-near-torkham?ref=x>",
        "Seven soldiers killed",
        "dawn SOLDIERS killed clash".replace("dawn ", ""),
    ],
)
async def test_an_article_is_followed_from_the_feed_to_the_channel(context: Context, about: str) -> None:
    await told(context)
    await read(context, CLASH)
    found = await stages(context, about)
    assert found["Known"].startswith(
        "yes, first seen 22 Nov 2026 12:00 UTC | published 22 Nov 2026 11:00 UTC"
    )
    assert found["About the topic"].startswith("yes | +")
    assert found["Story"].startswith("story 1 | opens story 1")
    assert "sum " in found["Level"]
    assert "come at once" in found["This channel"]
    name = "Revision 1 (major), which this article brought"
    assert found[name].startswith("waits to be sent | major: at once from major on")


async def test_which_revision_an_article_brought_is_told_and_that_it_brought_none(context: Context) -> None:
    await told(context)
    again = replace(
        RISE,
        title="Clash near Torkham: what we know",
        summary="There was a clash with Afghan Taliban forces near Torkham on Saturday, Pakistan's army said.",
    )
    await read(context, CLASH, again)
    first = await stages(context, CLASH.url)
    assert any(name.endswith(", which this article brought") for name in first)
    second = await stages(context, again.url)
    assert second["Said"].startswith("nothing new")


async def test_what_was_told_of_a_story_that_became_part_of_another_is_told_with_it(context: Context) -> None:
    who = await told(context)
    async with context.database.write() as connection:
        await stories.save(connection, [nouns.story(1), nouns.story(2, merged_into=1)])
        await alerts.add(connection, [nouns.alert(1), nouns.alert(2)], NOW)
        wanted = [deliveries.Wanted(who, "instant", "major: at once from major on")]
        await deliveries.add(connection, nouns.alert(2), wanted, NOW.timestamp())
    found = await stages(context, "2")
    assert found["Revision 1 (major) of story 2, now part of this one"].startswith("waits to be sent")


async def test_what_happened_while_the_bot_was_away_is_explained(context: Context) -> None:
    await told(context)
    async with context.database.write() as connection:
        await subscriptions.present(connection, "discord", {"other"}, NOW - HOUR)
    await read(context, CLASH)
    async with context.database.write() as connection:
        await subscriptions.present(connection, "discord", {"guild"}, NOW + HOUR)
    assert (await stages(context, "1"))["Revision 1 (major)"] == (
        "not told | paused: the bot was removed from here"
    )


async def test_the_parts_of_the_score_are_told_of_an_article_that_joined(context: Context) -> None:
    await read(context, CLASH, RISE)
    assert "joins story 1: " in (await stages(context, "toll from torkham"))["Story"]


async def test_what_is_not_about_the_topic_ends_there(context: Context) -> None:
    await told(context)
    await read(context, CRICKET)
    found = await stages(context, "five wickets")
    assert found["About the topic"].startswith("no | ")
    assert found["Told"].startswith("no: what is not about the topic is told to nobody")
    assert "This channel" not in found


async def test_an_article_that_no_feed_brought_is_told_with_what_is_read_of_its_site(
    context: Context,
) -> None:
    await read(context, CRICKET)
    dawn = await stages(context, "https://www.dawn.com/news/7/other")
    assert dawn == {
        "Known": "no: no feed brought this article | the last from there: Dawn, 22 Nov 2026 12:00 UTC"
    }
    other = await stages(context, "https://nowhere.example/a")
    assert "never read anything from nowhere.example" in other["Known"]


async def test_nobody_was_told_of_a_first_poll(context: Context) -> None:
    await told(context)
    await read(context, CLASH, quiet="first poll of this feed")
    found = await stages(context, "1")
    assert found["Revision 1 (major)"] == "not told | first poll of this feed"


async def test_settings_of_then_explain_what_was_not_wanted_then(context: Context) -> None:
    await told(context, places=("Chaman",))
    await read(context, replace(CLASH, seen=NOW - HOUR))
    changed = await ask(context, "subscribe", places="all")
    assert not changed.error
    found = await stages(context, "1")
    assert "Torkham" in found["Revision 1 (major)"]
    assert "is not among the places of this channel" in found["Revision 1 (major)"]


async def test_how_a_channel_was_is_forgotten_with_old_texts(context: Context) -> None:
    await told(context, places=("Chaman",))
    await ask(context, "subscribe", places="all")
    await ask(context, "pause")
    done = await housekeeping.tidy(context.database, NOW + timedelta(days=91))
    assert done.wishes == 1  # both at one moment: what held before it is kept
    async with context.database.read() as connection:
        (who,) = await subscriptions.listed(connection)
        assert await wishes.then(connection, who, NOW - HOUR) == who


async def test_a_pause_that_is_over_is_still_the_reason(context: Context) -> None:
    await told(context)
    await ask(context, "pause")
    await read(context, replace(CLASH, seen=NOW + HOUR))
    async with context.database.write() as connection:
        (who,) = await subscriptions.listed(connection)
        await wishes.keep(connection, who, NOW + 2 * HOUR)
        await subscriptions.resume(connection, who.id)
    found = await stages(context, "1")
    assert found["This channel"].startswith("subscribed ")
    assert found["Revision 1 (major)"] == "not told | paused: by a manager"


async def test_who_subscribed_later_is_told_nothing_old(context: Context) -> None:
    await read(context, CLASH)
    async with context.database.write() as connection:
        await subscriptions.add(connection, nouns.subscription("channel", created=NOW + HOUR))
    assert "subscribed later" in (await stages(context, "1"))["Revision 1 (major)"]


async def test_the_operator_who_names_no_channel_hears_of_every_one(context: Context) -> None:
    await told(context)
    await read(context, CLASH)
    at_home = replace(
        HERE, command="why", platform="console", space="", channel="terminal", options={"about": "1"}
    )
    reply = await commands.answer(at_home, context)
    assert "discord guild channel: waits to be sent" in text(reply)
    assert "asks for one" in text(reply)


async def test_a_channel_without_a_subscription_is_told_how_to_make_one(context: Context) -> None:
    await read(context, CLASH)
    assert (await stages(context, "1"))["This channel"].startswith("it has no subscription")


async def test_an_ended_subscription_is_still_explained(context: Context) -> None:
    number = await told(context)
    await read(context, CLASH)
    async with context.database.write() as connection:
        await subscriptions.remove(connection, number, NOW + HOUR)
    found = await stages(context, "1")
    assert found["This channel"].startswith("ended 22 Nov 2026 13:00 UTC")
    assert found["Revision 1 (major)"].startswith("was not sent | major: at once from major on; unsubscribed")


async def test_what_became_of_a_delivery_is_told(context: Context) -> None:
    await told(context, ceiling=1)
    await read(context, CLASH)
    async with context.database.write() as connection:
        ((who, _),) = await deliveries.due(connection, "discord", NOW.timestamp(), 5)
        (one,) = await deliveries.waiting(connection, who)
        ended = deliveries.Ending("digest", "the channel has had its 1 posts of today")
        await deliveries.end(connection, one.id, NOW.timestamp(), ended)
    found = await stages(context, "1")
    assert found["Revision 1 (major)"] == (
        "waits for the next digest | major: at once from major on; the channel has had its 1 posts of today"
    )


async def test_a_night_and_a_digest_are_told(context: Context) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC).time()
    await told(context, quiet=(at, at.replace(hour=14)), instant=Level.CRITICAL)
    await read(context, CLASH)
    found = await stages(context, "1")
    assert "below critical, so in the daily digest" in found["Revision 1 (major)"]
    assert "it fell due in quiet hours (12:00–14:00)" in found["Revision 1 (major)"]


async def test_why_of_nothing_says_what_to_type(context: Context) -> None:
    reply = await ask(context, "why")
    assert reply.error
    assert "an article's address" in reply.text
    assert "no article that I read" in text(await ask(context, "why", about="zebra quagga"))
    assert "there is no story 99" in text(await ask(context, "why", about="99"))


# --------------------------------------------------------------------------- /help


async def test_help_lists_everything_with_an_example_and_one_command_with_its_options(
    context: Context,
) -> None:
    short = await ask(context, "help", manager=False)
    assert len(short.rows) == len(commands.COMMANDS)
    asked = replace(HERE, command="help", options={"command": "/timeline"})
    one = await commands.answer(asked, context)
    assert {row.head for row in one.rows} >= {"since", "place"}
    misspelt = await commands.answer(replace(asked, options={"command": "timelin"}), context)
    assert "Did you mean timeline?" in misspelt.text


TYPED: dict[str, Callable[[Reply], Reply]] = {
    "discord": lambda reply: reply.typed("/{}".format),
    "slack": lambda reply: reply.typed(slash.usage, slash.option),
    "console": lambda reply: reply.typed("borderwire {}".format, console.option),
}
EXAMPLES = {
    "discord": ("/why about:12", "/subscribe"),
    "slack": ("/borderwire why 12", "/timeline place=Torkham since=2w"),
    "console": ("borderwire why 12", "borderwire pause slack C0123456789 --space T0123456789"),
}


@pytest.mark.parametrize("platform", TYPED)
def test_examples_are_what_is_typed_there(platform: str) -> None:
    shown = TYPED[platform](help.manual(replace(HERE, platform=platform), commands.COMMANDS))
    assert set(EXAMPLES[platform]) <= {row.head for row in shown.rows}


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
def test_examples_can_be_typed(command: Command) -> None:
    """Each is understood on Slack as it was meant, and takes only what the command has."""
    for example in command.examples:
        typed = TYPED["slack"](Reply("", help.example(command, example, "slack"))).text
        words = typed.removeprefix(slash.usage(command.name)).strip()
        assert slash.parse(words, command) == dict(example)


def test_equal_numbers_of_different_people_are_two_claims() -> None:
    at, url = NOW, "https://courier.example/1"
    figures = [
        replace(nouns.figure(5), noun=noun) for noun in (" women", " children", " people", " residents")
    ]
    rows = [ClaimRow(figure, 1, "e1", "Khost Courier", "AF", url, at) for figure in figures]
    said = claims.of(nouns.story(1, ledger=Ledger()), rows)
    assert [(one.figure.noun, len(one.reports)) for one in said] == [
        (" women", 1),
        (" children", 1),
        (" people", 2),
    ]


def test_reasons_are_parted_into_those_of_the_topic_and_those_of_the_story() -> None:
    because = (
        "+1.5 the border: Torkham",
        "it tells of story 7, which is about the topic",
        "joins story 7: 0.62 = (place 0.62) × 1.00",
        "a copy of dawn-1",
        "story 9 is the same happening as story 7: the same toll",
        "crossing +2",
        "not critical: a lone report",
    )
    row = EntryRow(CLASH, 7, None, True, Level.MAJOR, "", because, 0)
    assert why.reasons(row) == (because[:2], because[2:5])
