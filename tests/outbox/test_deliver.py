"""Nothing lost, nothing twice: posts, edits, refusals, doubt and restarts against a platform that keeps the truth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.news.model import Level
from bot.store import subscriptions
from tests.fakes.clock import FakeClock
from tests.fakes.sink import once
from tests.outbox.conftest import POLICY, Bench
from tests.store.nouns import alert


async def test_an_alert_reaches_every_channel_once(bench: Bench) -> None:
    await bench.subscribe("a", "b", "c")
    await bench.say(alert(1))
    assert await bench.outbox.tick() == 3
    await bench.ticks(5)
    assert [bench.sink.shown(channel) for channel in "abc"] == [[(1, 1)]] * 3
    assert await bench.states() == ["sent"] * 3


async def test_an_update_edits_the_same_message(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.say(alert(1, 2))
    await bench.ticks(3)
    (post,) = bench.sink.posts
    assert (post.payload["revision"], [edit["revision"] for edit in post.edits]) == (1, [2])


@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize("restart", [False, True])
async def test_an_edit_that_is_accepted_late_never_covers_a_newer_one(
    bench: Bench, safe: bool, restart: bool
) -> None:
    bench.use(reposts_safely=safe)
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    bench.sink.fault = once("late")
    await bench.say(alert(1, 2))
    await bench.outbox.tick()
    if restart:
        bench.new_outbox()
    await bench.say(alert(1, 3))
    await bench.settle(150, 1.0)
    bench.clock.pass_time(120)
    assert (bench.sink.shown("a"), await bench.unfinished()) == ([(1, 3)], [])


async def test_a_platform_without_edits_posts_the_update(bench: Bench) -> None:
    bench.sink.edits = False
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.say(alert(1, 2))
    await bench.ticks(3)
    assert bench.sink.shown() == [(1, 1), (1, 2)]


async def test_several_changes_become_one_edit(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    for revision in (2, 3, 4):
        await bench.say(alert(1, revision), coalesce=60.0)
        await bench.ticks(3)
    assert bench.sink.posts[0].edits == []
    await bench.ticks(60)
    assert [edit["revision"] for edit in bench.sink.posts[0].edits] == [4]
    assert await bench.states() == ["sent", "superseded", "superseded", "sent"]


async def test_what_was_not_sent_yet_is_sent_in_its_newest_form_in_its_old_place(bench: Bench) -> None:
    await bench.subscribe("a")
    bench.sink.connected = False
    await bench.say(alert(1), alert(2))
    await bench.say(alert(1, 2))
    await bench.ticks(3)
    assert bench.sink.calls == []
    bench.sink.connected = True
    await bench.ticks(3)
    assert bench.sink.shown("a") == [(1, 2), (2, 1)]
    assert bench.sink.posts[0].edits == []


@pytest.mark.parametrize(
    "fault", ["429", "503", "500 before", "500 after", "reset before", "reset after", "hang", "late"]
)
@pytest.mark.parametrize("safe", [True, False])
async def test_each_fault_ends_with_one_message(bench: Bench, fault: str, safe: bool) -> None:
    bench.use(reposts_safely=safe, fault=once(fault))
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2))
    await bench.settle()
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]
    assert await bench.states() == ["sent", "sent"]


async def test_within_the_window_the_same_bytes_go_again_under_the_same_key(bench: Bench) -> None:
    bench.sink.fault = once("500 after", "reset before")
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.say(alert(1, 2))  # must not slip into the repost
    await bench.ticks(20)
    assert [name for name, _ in bench.sink.calls] == ["post", "post", "post", "edit"]
    assert bench.sink.shown("a") == [(1, 2)]
    assert bench.sink.posts[0].payload["revision"] == 1


async def test_after_the_window_it_looks_first(bench: Bench) -> None:
    bench.sink.fault = once("500 after")
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    bench.clock.pass_time(300)
    await bench.ticks(3)
    assert [name for name, _ in bench.sink.calls] == ["post", "read"]
    assert bench.sink.shown("a") == [(1, 1)]


async def test_after_a_restart_it_looks_first_even_within_the_window(bench: Bench) -> None:
    bench.sink.fault = once("reset after")
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    bench.new_outbox()
    await bench.ticks(20)
    assert [name for name, _ in bench.sink.calls] == ["post", "read"]
    assert bench.sink.shown("a") == [(1, 1)]


async def test_where_reposts_are_never_safe_it_waits_and_looks_twice(bench: Bench) -> None:
    bench.use(reposts_safely=False, fault=once("reset before"))
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.ticks(55)
    assert [name for name, _ in bench.sink.calls] == ["post"]
    await bench.ticks(20)
    assert [name for name, _ in bench.sink.calls] == ["post", "read", "read", "post"]
    assert bench.sink.shown("a") == [(1, 1)]


async def test_a_twin_accepted_later_than_anybody_waits_is_removed(bench: Bench) -> None:
    bench.use(reposts_safely=False, fault=once("late"))
    bench.sink.late_by = 200.0
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(12, 10.0)
    await bench.say(alert(1, 2))
    await bench.ticks(40, 10.0)
    assert len(bench.sink.posts) == 2
    assert bench.sink.shown("a") == [(1, 2)]
    assert bench.notices == ["removed 1 messages that a platform had accepted late, as second copies"]


async def test_a_channel_that_cannot_be_read_back_is_held_not_repeated(bench: Bench) -> None:
    bench.use(reposts_safely=False)
    bench.sink.fault = lambda call: {"post": "reset after", "read": "no history"}[call]
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(20, 10.0)
    assert (await bench.states(), bench.sink.shown("a")) == (["held"], [(1, 1)])
    assert len(bench.notices) == 1
    assert "cannot be read back" in bench.notices[0]
    bench.sink.fault = once()
    await bench.say(alert(2))
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]  # it did not block
    bench.clock.pass_time(POLICY.hold)
    await bench.ticks(5)
    assert await bench.unfinished() == []
    assert bench.sink.shown("a") == [(1, 1), (2, 1)]


@pytest.mark.parametrize(("fault", "looks"), [("no history", 1), ("500 before", 12)])
async def test_an_operator_may_have_it_sent_again_instead(bench: Bench, fault: str, looks: int) -> None:
    bench.use(reposts_safely=False)
    posts = once("reset before")
    bench.sink.fault = lambda call: posts(call) if call == "post" else fault
    bench.new_outbox(policy=replace(POLICY, unreadable="resend"))
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(400, 30.0)
    assert (await bench.states(), bench.sink.shown("a")) == (["sent"], [(1, 1)])
    at_second = [name for name, _ in bench.sink.calls].index("post", 1)
    assert at_second == 1 + looks
    (notice,) = bench.notices
    assert "story 1 is sent again without knowing whether it is there: cannot be read back" in notice


async def test_what_is_held_is_sent_once_the_operator_says_so(bench: Bench) -> None:
    bench.use(reposts_safely=False)
    posts = once("reset before")
    bench.sink.fault = lambda call: posts(call) if call == "post" else "no history"
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.ticks(20, 10.0)
    assert await bench.states() == ["held"]
    bench.new_outbox(policy=replace(POLICY, unreadable="resend"))
    await bench.ticks(2, POLICY.hold)
    assert (await bench.states(), bench.sink.shown("a")) == (["sent"], [(1, 1)])


async def test_a_poisoned_delivery_never_blocks_its_channel(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1, headline="poison"), alert(2), alert(3))
    honest = bench.sink.post

    async def post(target, payload, key):  # type: ignore[no-untyped-def]
        bench.sink.fault = once("400" if payload["headline"] == "poison" else "")
        return await honest(target, payload, key)

    bench.sink.post = post  # type: ignore[method-assign]
    await bench.ticks(3)
    assert bench.sink.shown("a") == [(2, 1), (3, 1)]
    await bench.settle(60)
    assert await bench.states() == ["dead", "sent", "sent"]
    assert bench.notices == ["discord channel a: story 1 is dead: 400"]


async def test_endless_server_errors_on_one_message_do_not_block_for_ever(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1, headline="poison"), alert(2))
    honest = bench.sink.post

    async def post(target, payload, key):  # type: ignore[no-untyped-def]
        bench.sink.fault = once("500 before" if payload["headline"] == "poison" else "")
        return await honest(target, payload, key)

    bench.sink.post = post  # type: ignore[method-assign]
    await bench.ticks(60, 60.0)
    assert bench.sink.shown("a") == [(2, 1)]
    assert (await bench.states())[0] not in ("dead", "sent")  # an outage never kills


async def test_one_channel_does_not_wait_for_another(bench: Bench) -> None:
    await bench.subscribe("a", "b")
    await bench.say(alert(1))
    honest = bench.sink.post

    async def post(target, payload, key):  # type: ignore[no-untyped-def]
        bench.sink.fault = once("429") if target.channel == "a" else once()
        return await honest(target, payload, key)

    bench.sink.post = post  # type: ignore[method-assign]
    await bench.ticks(10)
    assert (bench.sink.shown("a"), bench.sink.shown("b")) == ([], [(1, 1)])


async def test_lost_access_pauses_the_channel_and_keeps_what_is_due(bench: Bench) -> None:
    (who,) = await bench.subscribe("a")
    bench.sink.lost.add("a")
    await bench.say(alert(1), alert(2))
    await bench.ticks(10)
    assert len(bench.sink.calls) == 1  # asked once, not in a loop
    assert bench.notices == ["discord channel a is paused: missing access"]
    await bench.say(alert(3))  # falls due meanwhile
    bench.sink.lost.clear()
    async with bench.database.write() as connection:
        assert await subscriptions.resume(connection, who.id)
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(1, 1), (2, 1), (3, 1)]


async def test_after_a_long_absence_old_alerts_go_to_the_digest(bench: Bench) -> None:
    (who,) = await bench.subscribe("a")
    bench.sink.lost.add("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    bench.clock.pass_time(3 * 86_400)
    await bench.say(alert(2))
    bench.sink.lost.clear()
    async with bench.database.write() as connection:
        assert await subscriptions.resume(connection, who.id)
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(2, 1)]
    assert await bench.states() == ["digested", "sent", "sent"]
    assert bench.sink.posts[1].payload["stories"] == [[1, 1]]


async def test_after_a_long_outage_nothing_floods_and_nothing_is_lost(bench: Bench) -> None:
    await bench.subscribe("a")
    bench.sink.connected = False
    await bench.say(*(alert(number) for number in range(1, 31)))
    bench.clock.pass_time(2 * POLICY.catch_up)
    await bench.say(alert(31))
    bench.sink.connected = True
    bench.new_outbox()
    await bench.ticks(40, 3600.0)
    assert bench.sink.shown("a") == [(31, 1)]
    digests = [post.payload["stories"] for post in bench.sink.posts if "stories" in post.payload]
    assert sorted(story for part in digests for story, _ in part) == list(range(1, 31))
    assert len(digests) == 3


async def test_a_refused_token_stops_the_platform_with_one_word(bench: Bench) -> None:
    await bench.subscribe("a", "b", "c")
    bench.sink.fault = lambda call: "401"
    await bench.say(alert(1))
    await bench.ticks(20)
    assert len(bench.sink.calls) <= 3
    assert len(bench.notices) == 1
    bench.sink.fault = once()
    await bench.ticks(5)
    assert bench.sink.shown() == []
    bench.new_outbox()
    await bench.ticks(5)
    assert [bench.sink.shown(channel) for channel in "abc"] == [[(1, 1)]] * 3


async def test_what_a_moderator_removed_stays_removed(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    bench.sink.posts[0].deleted = True
    await bench.say(alert(1, 2))
    await bench.ticks(5)
    await bench.say(alert(1, 3))
    await bench.ticks(5)
    assert len(bench.sink.posts) == 1
    assert await bench.unfinished() == []


async def test_unknown_message_on_create_means_posted_and_removed(bench: Bench) -> None:
    await bench.subscribe("a")
    bench.sink.fault = once("reset before", "10008")
    await bench.say(alert(1))
    await bench.ticks(5)
    await bench.say(alert(1, 2))
    await bench.ticks(5)
    assert (bench.sink.posts, await bench.unfinished()) == ([], [])


async def test_only_a_critical_story_or_a_rise_mentions_the_role(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1), alert(2, level=Level.CRITICAL))
    await bench.ticks(3)
    await bench.say(alert(1, 2, Level.CRITICAL, level_rose=True), alert(2, 2, Level.CRITICAL))
    await bench.ticks(3)
    first, second = bench.sink.posts
    assert (first.ping, second.ping) == ("", "role")
    assert ([edit["ping"] for edit in first.edits], [edit["ping"] for edit in second.edits]) == (
        ["role"],
        [""],
    )


async def test_a_mention_survives_coalescing(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.say(alert(1, 2, Level.CRITICAL, level_rose=True), coalesce=60)
    await bench.say(alert(1, 3, Level.CRITICAL), coalesce=60)
    await bench.ticks(70)
    assert [edit["ping"] for edit in bench.sink.posts[0].edits] == ["role"]


@pytest.mark.parametrize("role", ["", "role"])
async def test_the_notice_of_a_rise_survives_coalescing(bench: Bench, role: str) -> None:
    """A channel that mentions nobody hears of it, too: once, with the revision that is shown in its stead."""
    await bench.subscribe("a", role=role)
    await bench.say(alert(1))
    await bench.ticks(3)
    await bench.say(alert(1, 2, Level.CRITICAL, kind="update", level_rose=True), coalesce=60)
    await bench.ticks(3)
    await bench.say(alert(1, 3, Level.CRITICAL, kind="update"), coalesce=60)
    await bench.ticks(100)
    await bench.say(alert(1, 4, Level.CRITICAL, kind="update"))
    await bench.ticks(3)
    (post,) = bench.sink.posts
    assert [(edit["revision"], edit["rose"]) for edit in post.edits] == [(3, True), (4, False)]


async def test_a_rise_that_falls_again_before_it_is_told_is_none(bench: Bench) -> None:
    await bench.subscribe("a", role="")
    await bench.say(alert(1))
    await bench.ticks(3)
    await bench.say(alert(1, 2, Level.CRITICAL, kind="update", level_rose=True), coalesce=60)
    await bench.say(alert(1, 3, kind="update"), coalesce=60)
    await bench.ticks(100)
    (post,) = bench.sink.posts
    assert [(edit["revision"], edit["rose"]) for edit in post.edits] == [(3, False)]


async def test_lesser_alerts_wait_for_the_digest(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1, level=Level.NOTABLE))
    await bench.ticks(5)
    assert (bench.sink.calls, await bench.states()) == ([], ["digest"])
    await bench.say(alert(1, 2, Level.MAJOR, level_rose=True))
    await bench.ticks(5)
    assert (bench.sink.shown("a"), await bench.states()) == ([(1, 2)], ["superseded", "sent"])


async def test_a_story_that_is_shown_is_kept_true_when_it_matters_less(bench: Bench) -> None:
    await bench.subscribe("a")
    await bench.say(alert(1))
    await bench.outbox.tick()
    await bench.say(alert(1, 2, Level.MINOR))
    await bench.ticks(5)
    assert bench.sink.shown("a") == [(1, 2)]


async def test_an_alert_that_cannot_be_drawn_is_set_aside(bench: Bench) -> None:
    await bench.subscribe("a")
    bench.new_outbox(policy=replace(POLICY, give_up_after=2))
    bench.sink.render = lambda alert, target: 1 / 0 if alert.story == 1 else {"story": 2, "revision": 1}  # type: ignore
    await bench.say(alert(1), alert(2))
    await bench.settle(60)
    assert (await bench.states(), bench.sink.shown("a")) == (["dead", "sent"], [(2, 1)])


async def test_the_rate_is_kept(bench: Bench) -> None:
    bench.new_outbox(policy=replace(POLICY, per_second={"discord": 10.0}))
    await bench.subscribe(*(f"c{number}" for number in range(50)))
    await bench.say(alert(1))
    began = bench.clock.true
    while await bench.unfinished():
        await bench.outbox.tick()
    assert bench.clock.true - began >= 4.8  # the last second may be a little short


async def test_what_matters_most_goes_first(bench: Bench) -> None:
    bench.new_outbox(policy=replace(POLICY, in_flight=1))
    await bench.subscribe("a", "b", types=("trade",))
    await bench.subscribe("z", types=("attack",))
    await bench.say(alert(1, type="trade"), alert(2, level=Level.CRITICAL, type="attack"))
    await bench.outbox.tick()
    assert sorted(bench.sink.shown()) == [(1, 1), (2, 1)]  # there is room for one of each weight


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - what is waited for goes through SQLite's threads
        await asyncio.sleep(0.001)


class Halted(FakeClock):
    """Time goes on only while `go` is set."""

    def __init__(self, true: float) -> None:
        super().__init__(true)
        self.go = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        await self.go.wait()
        await super().sleep(seconds)


async def test_whatever_is_ahead_of_a_critical_alert_hurries_with_it(bench: Bench) -> None:
    clock = bench.clock = Halted(bench.clock.true)
    outbox = bench.new_outbox(policy=replace(POLICY, per_second={"discord": 10.0}))
    await bench.subscribe(*(f"c{number}" for number in range(40)), types=("trade",))
    await bench.subscribe("y", "z", types=("trade", "attack"))
    await bench.say(alert(1, type="trade"))
    first = asyncio.create_task(outbox.tick())
    await until(lambda: len(bench.sink.posts) == 1)  # one goes at once, all others wait at the gate
    await bench.say(alert(2, level=Level.CRITICAL, type="attack"))
    second = asyncio.create_task(outbox.tick())
    waiting = outbox._calls.gates["discord"]._waiting
    await until(lambda: [weight for weight, _ in waiting.values()].count(Level.CRITICAL) == 2)
    clock.go.set()
    await asyncio.gather(first, second)
    told = [(post.channel, post.payload["story"]) for post in bench.sink.posts]
    assert {*told[1:4]} >= {("y", 1), ("z", 1)}  # one more had its turn already
    assert [story for channel, story in told if channel == "z"] == [1, 2]
    assert len(told) == 44
