"""A real discord.py client against the fake: connecting, posting, editing, finding, and every refusal."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord.http
import pytest
import yarl
from discord.gateway import DiscordWebSocket

from bot.commands import COMMANDS
from bot.outbox.sink import Gone, Later, Refused, Sent, Target, Unsure
from bot.platforms.discord import edits
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.discord.edits import EDITS_REFUSED, LOOK
from bot.platforms.errors import PlatformRefused
from tests.fakes.discord_process import CHANNEL, GUILD, OTHER_CHANNEL, FakeDiscord
from tests.fakes.discord_world import EMBED, HISTORY, SEND, VIEW, snowflake
from tests.platforms.discord.conftest import Connect
from tests.platforms.discord.samples import ORDINARY, UPDATED
from tests.platforms.finding import find

KEY, LATER_KEY, OTHER_KEY = (f"abcdefghijklmnopqrstuaaa{last}" for last in "bcd")
HERE = Target(GUILD, CHANNEL)


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110 - the fake is another process
            await asyncio.sleep(0.01)


def now() -> float:
    return time.time()


async def posted(platform: DiscordPlatform, key: str = KEY, target: Target = HERE) -> str:
    outcome = await platform.post(target, platform.render(ORDINARY, target), key)
    assert isinstance(outcome, Sent), outcome
    return outcome.message


# --------------------------------------------------------------------------- connecting


def test_the_library_still_has_the_two_addresses_that_we_set() -> None:
    assert discord.http.Route.BASE.startswith("http")
    assert isinstance(DiscordWebSocket.DEFAULT_GATEWAY, yarl.URL)


async def test_connects_with_the_fewest_intents(platform: DiscordPlatform, fake: FakeDiscord) -> None:
    assert await platform.ready()
    await fake.command("status")
    (line,) = fake.truth("identify")
    assert line["intents"] == 1  # guilds


async def test_commands_are_synced_once_and_not_again(connect: Connect, fake: FakeDiscord) -> None:
    memory: dict[str, str] = {}

    async def recall(name: str) -> str | None:
        return memory.get(name)

    async def remember(name: str, value: str) -> None:
        memory[name] = value

    for _ in range(2):
        await (await connect(recall=recall, remember=remember)).stop()
    (line,) = fake.truth("commands")
    assert {"subscribe", "unsubscribe", "timeline", "status"} <= set(line["names"])
    for command in line["body"]:
        assert command["contexts"] == [0]
        settings = command["name"] in {known.name for known in COMMANDS if known.manager}
        assert command["default_member_permissions"] == (32 if settings else None)


async def test_a_wrong_token_is_one_clear_line(
    connect: Connect, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(PlatformRefused) as refused:
        await connect(token="c2VjcmV0.wrong-token.canary")
    assert "token is refused" in str(refused.value)
    assert "\n" not in str(refused.value)
    told = caplog.text + "".join(capsys.readouterr())
    assert "canary" not in told
    assert "Traceback" not in told


async def test_the_token_is_in_no_log_line(
    connect: Connect,
    fake: FakeDiscord,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    platform = await connect()
    await fake.command("status")
    await posted(platform)
    await fake.fault("reset-before")
    await platform.post(HERE, platform.render(ORDINARY, HERE), LATER_KEY)
    await fake.admin("drop", {"code": 4000})
    await fake.command("status")
    await platform.stop()
    told = caplog.text + "".join(capsys.readouterr())
    assert "discord connected" in told
    assert fake.token not in told
    assert "aW50ZXJhY3Rpb24" not in told  # the token of an interaction answers in the bot's name


@pytest.mark.parametrize("url", ["http://127.0.0.1.example/api", "ftp://127.0.0.1/", "nonsense"])
async def test_plain_addresses_are_refused_before_anything_is_sent(url: str) -> None:
    for setting in ("api_base", "gateway_url"):
        with pytest.raises(PlatformRefused, match="is refused"):
            await DiscordPlatform("a.b.c", **{setting: url}).start()  # type: ignore[arg-type]


async def test_a_resume_address_that_is_not_encrypted_is_refused(connect: Connect, fake: FakeDiscord) -> None:
    await fake.settings(resume_url="ws://gateway.invalid/")
    platform = await connect()
    await fake.command("status")
    await fake.admin("drop", {"code": 4000})
    await asyncio.wait_for(platform.ended(), 10)
    assert "not encrypted" in platform.refused
    assert not await platform.ready()


async def test_a_dropped_gateway_is_resumed_and_sending_goes_on(connect: Connect, fake: FakeDiscord) -> None:
    platform = await connect()
    await fake.command("status")
    await fake.admin("drop", {"code": 4000})
    assert await posted(platform)
    assert (await fake.command("status"))["replies"]
    assert fake.truth("resume")


async def test_a_token_that_is_refused_later_stops_everything(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    await fake.settings(token="another.token.now")
    outcome = await platform.post(HERE, platform.render(ORDINARY, HERE), KEY)
    assert isinstance(outcome, Gone)
    assert outcome.scope == "all"
    assert not await platform.ready()


# --------------------------------------------------------------------------- posting and editing


async def test_posts_and_edits_one_message_and_mentions_nobody(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    message = await posted(platform)
    changed = await platform.edit(HERE, message, platform.render(UPDATED, HERE), LATER_KEY)
    assert changed == Sent(message)
    shown, _ = await fake.messages()
    assert shown["id"] == message
    assert "11 → 23" in str(shown["embeds"])
    assert [line["body"]["allowed_mentions"] for line in fake.truth("create", "edit")] == [{"parse": []}] * 3
    assert not fake.truth("bad")


async def test_a_role_is_called_once_and_again_only_when_the_level_rises(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    role = snowflake()
    target = Target(GUILD, CHANNEL, role)
    message = await posted(platform, target=target)
    update, quiet = (
        platform.render(UPDATED, target),
        platform.render(replace(UPDATED, level_rose=False), target),
    )
    await platform.edit(target, message, quiet, LATER_KEY)
    for _ in range(2):  # as after an answer that was lost
        assert await platform.edit(target, message, update, LATER_KEY) == Sent(message)
    create, reply = fake.truth("create")
    for line in (create, reply):
        assert line["body"]["content"].startswith(f"<@&{role}>")
        assert line["body"]["allowed_mentions"] == {"parse": [], "roles": [role]}
    assert reply["body"]["message_reference"]["message_id"] == message
    for line in fake.truth("edit"):
        assert line["body"]["allowed_mentions"] == {"parse": []}
        assert "content" not in line["body"]
    assert await find(platform, target, LATER_KEY, now() - 60) == message  # not the reply
    assert not fake.truth("bad")


@pytest.mark.parametrize("pages", [LOOK, 1])
async def test_a_rise_is_said_once_however_much_was_written_below_the_alert(
    platform: DiscordPlatform, fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """The nonce is forgotten by then; with one page at a time the look takes more than one attempt."""
    monkeypatch.setattr(edits, "LOOK", pages)
    await fake.settings(nonce_window=0.0, global_limit=0)

    async def talk(times: int) -> None:
        for _ in range(times):
            await fake.admin("message", {"channel": CHANNEL, "content": "…"})

    async def said() -> int:
        """How many attempts it took."""
        for attempt in range(1, 9):
            outcome = await platform.edit(HERE, message, platform.render(UPDATED, HERE), LATER_KEY)
            if outcome == Sent(message):
                return attempt
            assert isinstance(outcome, Later)
        raise AssertionError("never said")

    await posted(platform, OTHER_KEY)
    await talk(5)
    message = await posted(platform)
    await talk(130)
    assert await said() == (1 if pages > 1 else 2)
    await talk(120)
    assert await said() == (1 if pages > 1 else 2)
    assert len([line for line in fake.truth("create") if "message_reference" in line["body"]]) == 1
    assert not fake.truth("bad")


async def test_the_same_key_again_is_the_same_message(platform: DiscordPlatform, fake: FakeDiscord) -> None:
    assert await posted(platform) == await posted(platform)
    assert len(await fake.messages()) == 1


async def test_a_message_that_somebody_removed_does_not_come_back(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    message = await posted(platform)
    await fake.admin("message", {"channel": CHANNEL, "delete": message})
    again = await platform.post(HERE, platform.render(ORDINARY, HERE), KEY)
    assert isinstance(again, Gone)
    assert again.scope == "message"
    edited = await platform.edit(HERE, message, platform.render(UPDATED, HERE), LATER_KEY)
    assert isinstance(edited, Gone)
    assert edited.scope == "message"


async def test_an_archived_thread_is_opened_for_an_edit(platform: DiscordPlatform, fake: FakeDiscord) -> None:
    thread = snowflake()
    await fake.channel(thread, add=True, type=11, parent=CHANNEL)
    target = Target(GUILD, thread)
    message = await posted(platform, target=target)
    await fake.channel(thread, archived=True)
    assert await platform.edit(target, message, platform.render(UPDATED, target), LATER_KEY) == Sent(message)
    assert fake.truth("channel")


async def test_a_digest_is_posted_with_its_key(platform: DiscordPlatform, fake: FakeDiscord) -> None:
    (payload,) = platform.render_digest([ORDINARY, UPDATED], "Daily digest", HERE)
    outcome = await platform.post(HERE, payload, KEY)
    assert isinstance(outcome, Sent)
    assert await find(platform, HERE, KEY, now(), story=False) == outcome.message
    assert await find(platform, HERE, LATER_KEY, now(), story=False) is None
    assert not fake.truth("bad")


# --------------------------------------------------------------------------- finding


async def test_finds_its_message_by_key_even_after_an_edit(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    message = await posted(platform)
    await platform.edit(HERE, message, platform.render(UPDATED, HERE), LATER_KEY)
    for _ in range(3):
        await fake.admin("message", {"channel": CHANNEL, "content": "people talk"})
    assert await find(platform, HERE, KEY, now() - 60) == message
    assert await find(platform, HERE, LATER_KEY, now() - 60) == message  # another revision, the same message
    assert await find(platform, HERE, "zzzdefghijklmnopqrstuaaab", now() - 60) is None
    assert await find(platform, Target(GUILD, OTHER_CHANNEL), KEY, now() - 60) is None


async def test_finds_behind_a_busy_channel(platform: DiscordPlatform, fake: FakeDiscord) -> None:
    message = await posted(platform)
    for _ in range(120):
        await fake.admin("message", {"channel": CHANNEL, "content": "people talk"})
    assert await find(platform, HERE, KEY, now() - 60) == message


async def test_an_unreadable_channel_is_not_taken_for_an_empty_one(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    await posted(platform)
    await fake.command("status")
    await fake.channel(CHANNEL, deny=HISTORY)
    outcome = await find(platform, HERE, KEY, now() - 60)
    assert isinstance(outcome, Gone)
    assert "Read Message History" in outcome.reason


# --------------------------------------------------------------------------- refusals and doubts


@pytest.mark.parametrize(
    ("fault", "expected", "left"),
    [
        ({"kind": "answer", "status": 403, "code": 50013}, Gone, 0),
        ({"kind": "answer", "status": 403, "code": 50001}, Gone, 0),
        ({"kind": "answer", "status": 404, "code": 10003}, Gone, 0),
        ({"kind": "answer", "status": 400, "code": 50035}, Refused, 0),
        ({"kind": "answer", "status": 400, "code": 20016}, Later, 0),
        ({"kind": "503-before"}, Later, 0),
        ({"kind": "429-no-via", "retry_after": 7}, Later, 0),
        ({"kind": "429", "retry_after": 90}, Later, 0),
        ({"kind": "429", "retry_after": 3, "times": -1}, Later, 0),  # the time limit ends the wait
        ({"kind": "reset-before"}, Unsure, 0),
        ({"kind": "reset-after"}, Unsure, 1),
        ({"kind": "bad-json"}, Unsure, 1),
        ({"kind": "hang"}, Unsure, 1),
        ({"kind": "hang-before"}, Unsure, 0),
        ({"kind": "500-after", "times": -1}, Unsure, 1),
    ],
    ids=lambda value: value["kind"] + str(value.get("code", "")) if isinstance(value, dict) else None,
)
async def test_what_an_answer_means(
    connect: Connect, fake: FakeDiscord, fault: dict[str, object], expected: type, left: int
) -> None:
    platform = await connect(timeout=1.5)
    await fake.fault(**fault)  # type: ignore[arg-type]
    outcome = await platform.post(HERE, platform.render(ORDINARY, HERE), KEY)
    assert isinstance(outcome, expected), outcome
    assert len(await fake.messages()) == left
    await fake.admin("faults", {"faults": []})
    if isinstance(outcome, Unsure):  # the same bytes again: still one message
        await posted(platform)
        assert len(await fake.messages()) == 1


async def test_a_request_accepted_late_and_its_repetition_are_one_message(
    connect: Connect, fake: FakeDiscord
) -> None:
    platform = await connect(timeout=0.5)
    await fake.settings(late=0.8)
    await fake.fault("late")
    outcome = await platform.post(HERE, platform.render(ORDINARY, HERE), KEY)
    assert isinstance(outcome, Unsure)
    assert await find(platform, HERE, KEY, now()) is None  # not yet
    message = await posted(platform)
    await until(lambda: fake.truth("deduplicated"))
    assert [one["id"] for one in await fake.messages()] == [message]


@pytest.mark.parametrize(
    "wrong",
    [
        {"embeds": [{"title": "x" * 257}]},
        {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]},
        {"embeds": [{"fields": [{"name": "", "value": "x"}]}]},
        {"content": "x" * 2001},
        {"components": "twice"},
        {"embeds": []},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_the_fake_refuses_what_discord_would(
    wrong: dict[str, Any], platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    payload = platform.render(ORDINARY, HERE)
    rows = payload["components"] * 2 if "components" in wrong else []
    outcome = await platform.post(HERE, {**payload, **wrong, "components": rows}, KEY)
    assert isinstance(outcome, Refused), wrong
    assert len(fake.truth("bad")) == 1
    assert await fake.messages() == []


async def test_an_error_after_accepting_is_repeated_by_the_library_without_harm(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    await fake.fault("500-after")
    await posted(platform)
    assert len(await fake.messages()) == 1


async def test_a_refusal_behind_a_doubtful_request_proves_nothing(
    connect: Connect, fake: FakeDiscord
) -> None:
    platform = await connect()
    refusal = {"kind": "answer", "status": 400, "code": 50035, "method": "POST", "path": "*/messages"}
    first = {"kind": "500-after", "method": "POST", "path": "*/messages"}
    await fake.admin("faults", {"faults": [first, refusal]})
    outcome = await platform.post(HERE, platform.render(ORDINARY, HERE), KEY)
    assert isinstance(outcome, Unsure)
    assert len(await fake.messages()) == 1


async def test_nothing_is_sent_while_nobody_listens(connect: Connect, fake: FakeDiscord) -> None:
    platform = DiscordPlatform(fake.token, api_base="http://127.0.0.1:9/api", patience=0.2)
    await platform.start()
    try:
        assert not await platform.ready()
        assert isinstance(await platform.post(HERE, platform.render(ORDINARY, HERE), KEY), Later)
    finally:
        await platform.stop()


# The library asks again and gives up; it still waits when our time is up; it does not wait so long.
@pytest.mark.parametrize(("retry_after", "seconds"), [(0.05, 30.0), (25, 2.0), (90, 30.0)])
async def test_too_many_edits_of_an_old_message_are_told_apart(
    connect: Connect, fake: FakeDiscord, retry_after: float, seconds: float
) -> None:
    platform = await connect(timeout=seconds)
    message = await posted(platform)
    limit = {"kind": "429", "code": 30046, "retry_after": retry_after, "times": -1, "method": "PATCH"}
    await fake.admin("faults", {"faults": [{**limit, "path": "*/messages/*"}]})
    outcome = await platform.edit(HERE, message, platform.render(UPDATED, HERE), LATER_KEY)
    assert isinstance(outcome, Later)
    assert outcome.reason.startswith("429 30046")


async def test_what_an_old_message_may_no_longer_say_is_said_once_in_a_reply(
    connect: Connect, fake: FakeDiscord
) -> None:
    platform = await connect(timeout=0.7)
    message = await posted(platform)
    limit = {"kind": "429", "code": 30046, "retry_after": 90, "times": -1, "method": "PATCH"}
    await fake.admin("faults", {"faults": [{**limit, "path": "*/messages/*"}]})
    payload = platform.render(UPDATED, HERE)
    for _ in range(EDITS_REFUSED - 1):
        assert isinstance(await platform.edit(HERE, message, payload, LATER_KEY), Later)
    assert len(await fake.messages()) == 1
    assert await platform.edit(HERE, message, payload, LATER_KEY) == Sent(message)
    for _ in range(EDITS_REFUSED):  # as after a crash between saying and remembering it
        await platform.edit(HERE, message, payload, LATER_KEY)
    first, reply = await fake.messages()
    assert (first["id"], first["edited_timestamp"]) == (message, None)
    assert reply["embeds"][0]["title"] == payload["embeds"][0]["title"]
    (said,) = [line for line in fake.truth("create") if "message_reference" in line["body"]]
    assert said["body"]["message_reference"]["message_id"] == message
    assert not fake.truth("bad")


async def test_a_burst_stays_within_the_limits_of_the_channel(
    platform: DiscordPlatform, fake: FakeDiscord
) -> None:
    await fake.settings(channel_period=0.5)
    keys = [f"{KEY[:-2]}{letter}z" for letter in "abcdefghijkl"]
    for key in keys:
        await posted(platform, key)
    assert len(await fake.messages()) == len(keys)
    assert not fake.truth("limited")


# --------------------------------------------------------------------------- permissions


@pytest.mark.parametrize(
    ("deny", "names"),
    [
        (0, ()),
        (HISTORY, ("Read Message History",)),
        (EMBED | SEND, ("Send Messages", "Embed Links")),
        (VIEW, ("View Channel", "Send Messages", "Embed Links", "Read Message History")),
    ],
)
@pytest.mark.parametrize("told", [True, False], ids=["from the gateway", "asked for"])
async def test_names_the_missing_permissions(
    platform: DiscordPlatform, fake: FakeDiscord, deny: int, names: tuple[str, ...], told: bool
) -> None:
    if told:
        await fake.command("status")
    await fake.channel(CHANNEL, deny=deny)
    assert await platform.missing(GUILD, CHANNEL, "message") in (names, names[:1])


async def test_an_unknown_channel_cannot_be_viewed(platform: DiscordPlatform) -> None:
    assert await platform.missing(GUILD, snowflake(), "message") == ("View Channel",)
    assert await platform.missing(GUILD, "nonsense", "message") == ("View Channel",)
