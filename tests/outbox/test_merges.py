"""Stories that became one, or came apart, in the channels: each message changed once in place, nothing told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import judging
from bot.news.decision import Decision
from bot.news.model import Entry
from bot.outbox.deliver import STEPS
from bot.store import db, entries, figures, migrate, restore, stories
from tests.fakes.clock import FakeClock
from tests.fakes.sink import FakeSink, Post, once
from tests.news.making import shipped
from tests.news.stories.test_regroup import (
    ARMY,
    BOTH,
    COPY,
    MOVED,
    SECOND,
    STRIKE,
    VILLAGE,
    apart,
    rewritten,
)
from tests.outbox.conftest import Bench
from tests.store.nouns import NOON

BURIED = replace(VILLAGE, title="Fourteen dead in Gurbuz, a district on the Durand Line")
TOPIC = shipped()
FIRST = {VILLAGE.outlet, ARMY.outlet}  # whose reports open a story each, until the third tells of both


class Killed(Exception):
    pass


async def read(bench: Bench, *given: Entry) -> list[Decision]:
    """What a poll does with entries, without quiet: recall, decide, record in one transaction."""
    decisions: list[Decision] = []
    for one in given:
        now = one.seen + timedelta(minutes=1)
        topic = apart(TOPIC) if one.outlet in FIRST else TOPIC
        judged = await judging.judgement(bench.database, [one], topic, now, lambda entry: "")
        async with bench.database.write() as connection:
            await judging.record(connection, judged, now, 0.0)
        decisions += judged.decisions
    return decisions


async def interrupted(bench: Bench, judged: judging.Judged) -> None:
    """Everything is written, and the program dies before it is committed."""
    async with bench.database.write() as connection:
        await judging.record(connection, judged, BOTH.seen, 0.0)
        raise Killed


def in_channel(bench: Bench, channel: str) -> list[tuple[int, int]]:
    """(story that a message tells of now, times that it was edited), message by message."""
    bench.sink.catch_up()
    return [(told(post), len(post.edits)) for post in bench.sink.posts if post.channel == channel]


def told(post: Post) -> int:
    return int((post.edits[-1] if post.edits else post.payload)["story"])


async def test_where_both_are_shown_both_are_edited_once_and_nobody_is_called(bench: Bench) -> None:
    await bench.subscribe("a")
    await read(bench, BURIED, ARMY)
    await bench.settle()
    assert in_channel(bench, "a") == [(1, 0), (2, 0)]
    calls = [post.ping for post in bench.sink.posts]
    await read(bench, BOTH)
    await bench.settle()
    assert in_channel(bench, "a") == [(1, 1), (2, 1)]
    assert [post.ping for post in bench.sink.posts] == calls
    assert all(edit["ping"] == "" for post in bench.sink.posts for edit in post.edits)


async def test_where_only_the_younger_is_shown_its_message_becomes_the_older_s(bench: Bench) -> None:
    await read(bench, BURIED)
    await bench.subscribe("late")
    await read(bench, ARMY)
    await bench.settle()
    assert in_channel(bench, "late") == [(2, 0)]
    await read(bench, BOTH)
    await bench.settle()
    assert in_channel(bench, "late") == [(1, 1)]
    wider = replace(
        BOTH,
        id="wider",
        url="https://delta.example/2025/toll-9",
        outlet="Delta News",
        seen=BOTH.seen + timedelta(hours=1),
        title="Toll of Gurbuz strike rises to 19",
        summary=BOTH.summary.replace("fourteen", "nineteen"),
    )
    (again,) = await read(bench, wider)
    assert (again.story, again.alert is not None) == (1, True)
    await bench.settle()
    assert in_channel(bench, "late") == [(1, 2)]


async def test_what_was_not_sent_yet_comes_as_one_message(bench: Bench) -> None:
    await bench.subscribe("a")
    await read(bench, BURIED, ARMY, BOTH)
    await bench.settle()
    assert in_channel(bench, "a") == [(1, 0)]


async def test_what_only_waited_as_the_younger_is_not_lost(bench: Bench) -> None:
    await read(bench, BURIED)
    await bench.subscribe("late")
    await read(bench, ARMY, BOTH)
    await bench.settle()
    assert in_channel(bench, "late") == [(1, 0)]


async def test_a_removed_message_stays_removed_when_its_story_is_gone(bench: Bench) -> None:
    await read(bench, BURIED)
    await bench.subscribe("late")
    await read(bench, ARMY)
    await bench.settle()
    async with bench.database.write() as connection:
        await connection.execute("UPDATE message SET gone = 'removed by a moderator'")
    await read(bench, BOTH)
    await bench.settle()
    assert in_channel(bench, "late") == [(2, 0)]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", ["", "500 after", "reset before"])
async def test_killed_at_any_step_each_message_ends_as_it_should(bench: Bench, step: str, fault: str) -> None:
    await bench.subscribe("a")
    await read(bench, BURIED)
    await bench.settle()
    await bench.subscribe("late")
    await read(bench, ARMY)
    await bench.settle()
    left = ["kill"]

    def die(name: str) -> None:
        if name == step and left:
            left.pop()
            raise Killed

    bench.sink.fault = once(fault)
    bench.new_outbox(step=die)
    await read(bench, BOTH)
    await bench.ticks(3)
    bench.new_outbox()
    await bench.settle(200)
    assert await bench.unfinished() == []
    assert [story for story, _ in in_channel(bench, "a")] == [1, 2]
    assert [story for story, _ in in_channel(bench, "late")] == [1]


async def test_a_merge_that_cannot_be_written_leaves_nothing_behind(bench: Bench) -> None:
    await bench.subscribe("a")
    await read(bench, BURIED, ARMY)
    await bench.settle()
    judged = await judging.judgement(bench.database, [BOTH], TOPIC, BOTH.seen, lambda entry: "")
    with pytest.raises(Killed):
        await interrupted(bench, judged)
    await bench.settle()
    assert in_channel(bench, "a") == [(1, 0), (2, 0)]
    await read(bench, BOTH)
    await bench.settle()
    assert in_channel(bench, "a") == [(1, 1), (2, 1)]


async def test_an_entry_of_a_story_that_is_gone_is_known_as_one_of_the_survivor(bench: Bench) -> None:
    await read(bench, BURIED, ARMY, BOTH)
    async with bench.database.read() as connection:
        held = await entries.of_story(connection, 1)
        assert {row.entry.title for row in held} == {BURIED.title, ARMY.title, BOTH.title}
        story = await stories.get(connection, 2)
    assert story is not None
    assert story.id == 1
    (decision,) = await read(bench, rewritten(ARMY, ("14 militants", "15 militants")))
    assert (decision.story, decision.edited) == (1, True)


async def test_a_quiet_merge_still_keeps_true_what_is_shown(bench: Bench) -> None:
    await bench.subscribe("a")
    await read(bench, BURIED, ARMY)
    await bench.settle()
    await bench.subscribe("new")
    judged = await judging.judgement(bench.database, [BOTH], TOPIC, BOTH.seen, lambda entry: "")
    quiet = replace(judged, decisions=tuple(replace(d, quiet="first poll") for d in judged.decisions))
    async with bench.database.write() as connection:
        await judging.record(connection, quiet, BOTH.seen, 0.0)
    await bench.settle()
    assert in_channel(bench, "a") == [(1, 1), (2, 1)]
    assert in_channel(bench, "new") == []


@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize("told", ["before", "with"])
async def test_a_copy_from_before_the_merge_tells_nothing_again(
    tmp_path: Path, told: str, safe: bool
) -> None:
    """A message was posted as the younger story and tells the older one; restored, it is owed `before` or `with` the merge."""
    clock = FakeClock(NOON.timestamp())
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock, sink := FakeSink(clock, reposts_safely=safe))
        await read(bench, BURIED)
        await bench.subscribe("late")
        copy = migrate.backup(database.path, tmp_path / "backups", 3, NOON)
        await read(bench, ARMY)
        await bench.settle()
        await read(bench, BOTH)
        await bench.settle()
        assert in_channel(bench, "late") == [(1, 1)]
    clock.pass_time(3_600)
    restore.restore(tmp_path, copy, NOON)
    async with db.opened(tmp_path) as database:
        bench = Bench(database, clock, sink)
        await read(bench, ARMY)
        if told == "before":
            await bench.settle()
        await read(bench, BOTH)
        await bench.settle()
        assert await bench.unfinished() == []
    assert [story for story, _ in in_channel(bench, "late")] == [1]


async def test_a_split_is_told_in_both_alerts(bench: Bench) -> None:
    await bench.subscribe("a")
    await read(bench, STRIKE, SECOND)
    await bench.settle()
    before = in_channel(bench, "a")
    assert [story for story, _ in before] == [1]
    edit = rewritten(
        SECOND,
        ("Spera district of Khost", "Barmal district of Paktika"),
        ("Khost", "Paktika"),
        ("12", "29"),
        ("Twelve", "29"),
    )
    (decision,) = await read(bench, replace(edit, seen=SECOND.seen + timedelta(hours=1)))
    assert decision.story == 2
    await bench.settle()
    assert in_channel(bench, "a") == [(1, before[0][1] + 1), (2, 0)]
    async with bench.database.read() as connection:
        assert [row.entry.id for row in await entries.of_story(connection, 2)] == [SECOND.id]


async def test_the_report_that_opened_a_story_leaves_it_and_gets_a_message_of_its_own(bench: Bench) -> None:
    """What is left keeps the message, which is named after the report that left: that must not be taken for the new one."""
    await bench.subscribe("a")
    for report in (STRIKE, SECOND):
        await read(bench, report)
        await bench.settle()
    edit = rewritten(
        STRIKE, ("Spera district of Khost", "Barmal district of Paktika"), ("12", "29"), ("twelve", "29")
    )
    (decision,) = await read(bench, replace(edit, seen=SECOND.seen + timedelta(minutes=1)))
    assert decision.story == 2
    await bench.settle()
    assert [story for story, _ in in_channel(bench, "a")] == [1, 2]


async def test_copies_are_stored_where_their_original_went(bench: Bench) -> None:
    await bench.subscribe("a")
    await read(bench, STRIKE, COPY, SECOND)
    await bench.settle()
    edit = replace(rewritten(STRIKE, *MOVED), seen=SECOND.seen + timedelta(hours=1))
    (decision,) = await read(bench, edit)
    assert decision.story == 2
    async with bench.database.read() as connection:
        moved, rest = await entries.of_story(connection, 2), await entries.of_story(connection, 1)
        claimed = await figures.of_story(connection, 1, edit.seen)
    assert {(row.entry.id, row.copy_of) for row in moved} == {(STRIKE.id, None), (COPY.id, STRIKE.id)}
    assert {row.entry.id for row in rest} == {SECOND.id} == {claim.entry for claim in claimed}
    await bench.settle()
    assert [story for story, _ in in_channel(bench, "a")] == [1, 2]
    (again,) = await read(bench, replace(rewritten(COPY, *MOVED), seen=SECOND.seen + timedelta(hours=2)))
    assert (again.story, again.same_as, again.copy_of) == (2, COPY.id, STRIKE.id)
