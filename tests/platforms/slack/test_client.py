"""The real Slack client against the fake: connect, ask, post, edit, and every way in which that fails."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.commands.base import Reply, Request
from bot.outbox import key
from bot.outbox.sink import Gone, Later, Outcome, Payload, Refused, Sent, Target, Unsure
from bot.platforms.errors import PlatformRefused
from bot.platforms.slack.client import SlackPlatform
from tests.fakes.slack_process import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.platforms.finding import copies as copies_of
from tests.platforms.finding import find
from tests.platforms.world import until

NEWS = Target("T0BORDER", "C0NEWS")
HELLO: Payload = {
    "text": "hello",
    "blocks": [
        {"type": "section", "block_id": "s7.1.0", "text": {"type": "mrkdwn", "text": "hello"}},
        {
            "type": "actions",
            "block_id": "s7.1.1",
            "elements": [
                {
                    "type": "button",
                    "action_id": "borderwire.wording",
                    "text": {"type": "plain_text", "text": "Wording"},
                    "value": "7",
                }
            ],
        },
    ],
}


class Desk:
    """Answers every question and remembers it."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        return Reply("Done", f"You asked {request.command}.", pages=2 if request.command == "story" else 1)


Connect = Callable[..., Awaitable[SlackPlatform]]


def platform(slack: FakeSlack, **more: Any) -> SlackPlatform:
    given: dict[str, Any] = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url}
    given |= {"commands": COMMANDS, "ask": Desk().ask}
    given |= {"timeout": 5.0, "settle": 0.2, "watch": 0.05, "patience": 0.1}
    return SlackPlatform(**{**given, **more})


async def posted(sink: SlackPlatform, key: str = "aaaa") -> Sent:
    outcome = await sink.post(NEWS, HELLO, key)
    assert isinstance(outcome, Sent), outcome
    return outcome


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def connect(slack: FakeSlack, desk: Desk) -> AsyncIterator[Connect]:
    """Builds clients of the fake; all are stopped at the end of the test."""
    async with AsyncExitStack() as stack:

        async def made(**more: Any) -> SlackPlatform:
            one = platform(slack, **{"ask": desk.ask, **more})
            stack.push_async_callback(one.stop)
            await one.start()
            return one

        yield made


@pytest.fixture
async def sink(connect: Connect) -> SlackPlatform:
    return await connect()


async def test_a_command_is_acknowledged_at_once_and_answered_privately(
    slack: FakeSlack, sink: SlackPlatform, desk: Desk
) -> None:
    assert await sink.ready()
    done = await slack.slash('since=7d place="Spin Boldak"', "/timeline", user="U0MEMBER")
    assert done["acked"]
    assert done["seconds"] < 3
    assert done["answer"]["response_type"] == "ephemeral"
    assert "You asked timeline." in done["answer"]["blocks"][1]["text"]["text"]
    (request,) = desk.asked
    assert (request.platform, request.space, request.channel) == ("slack", "T0BORDER", "C0NEWS")
    assert dict(request.options) == {"since": "7d", "place": "Spin Boldak"}
    assert not request.manager
    assert (await slack.truth())["counts"]["call auth.test"] == 1  # not again within the three seconds


@pytest.mark.parametrize(
    ("user", "team", "manages"),
    [
        ("U0ADMIN", "T0BORDER", [True]),
        ("U0OWNER", "T0BORDER", [True]),
        ("U0MEMBER", "T0BORDER", [False]),
        ("U0GUEST", "T0BORDER", [False]),  # an admin, of another workspace
        ("U0GUEST", "T0OTHER", []),
    ],
)
async def test_who_manages_is_an_admin_of_this_workspace(
    slack: FakeSlack, sink: SlackPlatform, desk: Desk, user: str, team: str, manages: list[bool]
) -> None:
    done = await slack.slash("subscribe", user=user, team=team)
    assert done["acked"]
    assert [request.manager for request in desk.asked] == manages
    assert ("Done" in done["answer"]["text"]) is bool(manages)


async def test_whoever_is_told_more_as_an_admin_is_known_for_one(
    slack: FakeSlack, sink: SlackPlatform, desk: Desk
) -> None:
    for user in ("U0ADMIN", "U0MEMBER"):
        await slack.slash("subscriptions", user=user)
    assert [request.manager for request in desk.asked] == [True, False]


async def test_who_is_admin_is_asked_once_a_minute(slack: FakeSlack, sink: SlackPlatform) -> None:
    for _ in range(3):
        await slack.slash("subscribe")
    assert (await slack.truth())["counts"]["call users.info"] == 1


async def test_pages_turn_in_place(slack: FakeSlack, connect: Connect, desk: Desk) -> None:
    async def paged(request: Request) -> Reply:
        desk.asked.append(request)
        return Reply("Timeline", page=int(request.options.get("page", "1")), pages=3)

    await connect(ask=paged)
    done = await slack.slash("place=Torkham", "/timeline", user="U0MEMBER")
    (forward,) = done["answer"]["blocks"][-1]["elements"]
    done = await slack.admin("click", {"button": forward, "user": "U0MEMBER"})
    assert done["answer"]["replace_original"] is True
    assert [b["action_id"] for b in done["answer"]["blocks"][-1]["elements"]] == [
        "borderwire.page.1",
        "borderwire.page.3",
    ]
    assert dict(desk.asked[1].options) == {"place": "Torkham", "page": "2"}


async def test_a_page_button_cannot_be_forged_into_a_setting(
    slack: FakeSlack, sink: SlackPlatform, desk: Desk
) -> None:
    forged = {"type": "button", "action_id": "borderwire.page.1", "value": "=unsubscribe&page=1"}
    done = await slack.admin("click", {"button": forged, "user": "U0MEMBER"})
    assert done["acked"]
    assert [request.manager for request in desk.asked] == [False]


async def test_an_edited_message_is_found_by_the_key_of_its_first_revision(
    slack: FakeSlack, sink: SlackPlatform
) -> None:
    first, second, other = (
        key.of("slack", "C0NEWS", name, revision=n) for name, n in (("a", 1), ("a", 2), ("b", 1))
    )
    sent = await posted(sink, first)
    assert await sink.edit(NEWS, sent.message, HELLO, second) == sent
    assert await find(sink, NEWS, first, 0) == sent.message
    assert await find(sink, NEWS, other, 0) is None


async def test_a_failing_command_says_so_without_details(slack: FakeSlack, connect: Connect) -> None:
    async def broken(request: Request) -> Reply:
        raise RuntimeError("secret detail")

    await connect(ask=broken)
    done = await slack.slash("status")
    assert "did not work" in done["answer"]["text"]
    assert "secret" not in str(done["answer"])


async def test_a_post_is_updated_in_place_and_found_again(slack: FakeSlack, sink: SlackPlatform) -> None:
    started = time.time()
    sent = await posted(sink)
    assert await find(sink, NEWS, "aaaa", started) == sent.message
    assert await find(sink, NEWS, "bbbb", started) is None
    changed = {"text": "changed", "blocks": HELLO["blocks"][:1]}
    assert await sink.edit(NEWS, sent.message, changed, "aaaa") == sent
    (message,) = await slack.messages()
    assert (message["text"], message["revisions"]) == ("changed", 2)
    assert message["flags"] == {
        "unfurl_links": False,
        "unfurl_media": False,
        "link_names": False,
        "parse": "none",
    }
    assert await find(sink, NEWS, "aaaa", started) == sent.message


async def test_a_button_answers_only_the_asker(slack: FakeSlack, sink: SlackPlatform) -> None:
    sent = await posted(sink)
    click = {"channel": "C0NEWS", "ts": sent.message, "action": "borderwire.wording", "user": "U0MEMBER"}
    done = await slack.admin("click", click)
    assert done["acked"]
    assert done["answer"]["response_type"] == "ephemeral"
    assert done["answer"]["replace_original"] is False
    assert "You asked story." in str(done["answer"]["blocks"])
    (more,) = done["answer"]["blocks"][-1]["elements"]
    assert more["value"] == "=story&story=7&part=wording&page=2"
    forged = await slack.admin("click", {**click, "value": "7; drop table"})
    assert "leads nowhere" in forged["answer"]["text"]
    stranger = await slack.admin("click", {**click, "team": "T0OTHER"})
    assert "Not for you" in stranger["answer"]["text"]


@pytest.mark.parametrize(
    ("kind", "outcome", "posted"),
    [
        ("ratelimited", Later, 0),
        ("5xx_before", Unsure, 0),
        ("5xx_after", Unsure, 1),
        ("fatal_before", Unsure, 0),
        ("fatal_after", Unsure, 1),
        ("reset_before", Unsure, 0),
        ("reset_after", Unsure, 1),
        ("hang_before", Unsure, 0),
        ("hang_after", Unsure, 1),
        ("error:internal_error", Unsure, 0),
        ("error:duplicate_message_not_found", Unsure, 0),
        ("error:something_new", Unsure, 0),
        ("error:invalid_auth", Gone, 0),
        ("error:token_revoked", Gone, 0),
        ("error:account_inactive", Gone, 0),
        ("error:restricted_action", Gone, 0),
        ("error:team_added_to_org", Later, 0),
        ("error:msg_too_long", Refused, 0),
        ("error:invalid_blocks", Refused, 0),
    ],
)
async def test_every_fault_of_a_post_is_told_apart_and_never_doubled(
    slack: FakeSlack, connect: Connect, kind: str, outcome: type[Outcome], posted: int
) -> None:
    sink = await connect(timeout=0.5 if "hang" in kind else 5.0)
    await slack.fault("chat.postMessage", kind, seconds=7)
    done = await sink.post(NEWS, HELLO, "aaaa")
    truth = await slack.truth()
    assert isinstance(done, outcome)
    assert len(truth["messages"]) == posted
    assert truth["counts"]["call chat.postMessage"] == 1
    if isinstance(done, Later):
        assert done.seconds == (7 if kind == "ratelimited" else 30)
    if isinstance(done, Gone):
        assert done.scope == ("channel" if kind == "error:restricted_action" else "all")


@pytest.mark.parametrize(
    ("channel", "code", "hint"),
    [
        ("C0AWAY", "not_in_channel", "/invite"),
        ("C0NONE", "channel_not_found", "invited"),
        ("C0OLD", "is_archived", "archived"),
    ],
)
async def test_a_channel_that_cannot_be_used_is_named(
    slack: FakeSlack, sink: SlackPlatform, channel: str, code: str, hint: str
) -> None:
    done = await sink.post(Target("T0BORDER", channel), HELLO, "aaaa")
    assert isinstance(done, Gone)
    assert done.scope == "channel"
    assert code in done.reason
    assert hint in done.reason


async def test_what_is_missing_is_known_before_subscribing(slack: FakeSlack, sink: SlackPlatform) -> None:
    assert await sink.missing("T0BORDER", "C0NEWS", "message") == ()
    (lack,) = await sink.missing("T0BORDER", "C0AWAY", "message")
    assert "/invite" in lack
    (lack,) = await sink.missing("T0OTHER", "C0NEWS", "message")
    assert "another workspace" in lack
    (lack,) = await sink.missing("T0BORDER", "D0ADMIN", "message")
    assert "direct messages" in lack


async def test_history_may_lag_behind_the_post(slack: FakeSlack, sink: SlackPlatform) -> None:
    await slack.admin("set", {"history_lag": 0.15})
    await slack.fault("chat.postMessage", "reset_after")
    started = time.time()
    assert isinstance(await sink.post(NEWS, HELLO, "aaaa"), Unsure)
    assert await find(sink, NEWS, "aaaa", started) is None  # why the outbox settles first
    await until(lambda: find(sink, NEWS, "aaaa", started))
    (message,) = await slack.messages()
    assert await find(sink, NEWS, "aaaa", started) == message["ts"]


async def test_a_late_twin_is_seen_and_removed(slack: FakeSlack, sink: SlackPlatform) -> None:
    await slack.fault("chat.postMessage", "late", seconds=0.05)
    started = time.time()
    assert isinstance(await sink.post(NEWS, HELLO, "aaaa"), Unsure)
    assert isinstance(await sink.post(NEWS, HELLO, "aaaa"), Sent)

    async def two() -> bool:
        return len(await slack.messages()) == 2

    await until(two)
    copies = await copies_of(sink, NEWS, "aaaa", started)
    assert isinstance(copies, list)
    assert len(copies) == 2
    assert float(copies[0]) < float(copies[1])
    assert isinstance(await sink.remove(NEWS, copies[1]), Sent)
    assert [m["ts"] for m in await slack.messages()] == copies[:1]


async def test_the_parts_of_a_digest_and_what_a_thread_shows_are_not_copies(
    slack: FakeSlack, sink: SlackPlatform
) -> None:
    """A digest's parts share a name; a rise stands in the channel under the alert's own key."""
    first, second = (key.of("slack", "C0NEWS", "digest", revision=part) for part in (0, 1))
    await posted(sink, first)
    assert await find(sink, NEWS, second, 0, story=False) is None
    alert = key.of("slack", "C0NEWS", "entry", revision=1)
    told = await posted(sink, alert)
    assert await sink.edit(NEWS, told.message, {**HELLO, "reply": "the level rose"}, alert) == told
    assert len(await slack.messages()) == 3
    assert await copies_of(sink, NEWS, alert, 0) == [told.message]


async def test_find_cannot_tell_while_history_cannot_be_read(slack: FakeSlack, sink: SlackPlatform) -> None:
    await slack.fault("conversations.history", "ratelimited", seconds=3)
    assert await find(sink, NEWS, "aaaa", time.time()) == Later(3.0, "Slack asks to wait")
    await slack.fault("conversations.history", "reset_before", times=2)  # aiohttp repeats a GET by itself
    assert isinstance(await find(sink, NEWS, "aaaa", time.time()), Unsure)
    gone = await find(sink, Target("T0BORDER", "C0AWAY"), "aaaa", time.time())
    assert isinstance(gone, Gone)


async def test_a_closed_edit_window_becomes_one_thread_reply(slack: FakeSlack, sink: SlackPlatform) -> None:
    sent = await posted(sink)
    await slack.admin("set", {"edit_window_closed": True})
    await slack.fault("chat.postMessage", "reset_after")
    changed = {"text": "changed", "blocks": HELLO["blocks"][:1]}
    assert isinstance(await sink.edit(NEWS, sent.message, changed, "bbbb"), Unsure)
    assert await sink.edit(NEWS, sent.message, changed, "bbbb") == sent
    root, reply = await slack.messages()
    assert (root["text"], reply["text"], reply["thread_ts"]) == ("hello", "changed", root["ts"])


async def test_a_rise_is_said_once_in_the_thread_and_shown_in_the_channel(
    slack: FakeSlack, sink: SlackPlatform
) -> None:
    sent = await posted(sink)
    changed = {**HELLO, "reply": "*CRITICAL*: the level rose"}
    for _ in range(2):
        assert await sink.edit(NEWS, sent.message, changed, "aaaa") == sent
    _, reply = await slack.messages()
    assert (reply["text"], reply["broadcast"]) == ("*CRITICAL*: the level rose", True)


async def test_a_deleted_message_is_gone_alone(slack: FakeSlack, sink: SlackPlatform) -> None:
    done = await sink.edit(NEWS, "1700000000.000001", HELLO, "aaaa")
    assert isinstance(done, Gone)
    assert done.scope == "message"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"bot_token": "xoxb-canary-wrong"}, "SLACK_BOT_TOKEN (invalid_auth"),
        ({"app_token": "xapp-canary-wrong"}, "SLACK_APP_TOKEN (invalid_auth"),
        ({"api_url": "http://192.0.2.1/api/"}, "not encrypted"),
        ({"api_url": "slack"}, "no address"),
    ],
)
async def test_a_wrong_token_or_address_is_one_clear_line(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture, more: dict[str, Any], words: str
) -> None:
    caplog.set_level("DEBUG")
    sink = platform(slack, **more)
    with pytest.raises(PlatformRefused) as refused:
        await sink.start()
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "canary" not in str(refused.value) + caplog.text
    assert not await sink.ready()


async def test_a_plain_socket_address_from_outside_is_refused(slack: FakeSlack) -> None:
    await slack.admin("set", {"socket_url": "ws://192.0.2.1/link"})
    with pytest.raises(PlatformRefused, match="Socket Mode address"):
        await platform(slack).start()


async def test_no_token_reaches_the_log(slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    sink = platform(slack)
    await sink.start()
    await sink.post(NEWS, HELLO, "aaaa")
    await slack.fault("chat.postMessage", "reset_after")
    await sink.post(NEWS, HELLO, "bbbb")
    await slack.slash("status")
    await sink.stop()
    for secret in (BOT_TOKEN, APP_TOKEN, "ticket=", "/respond/"):
        assert secret not in caplog.text


async def test_a_network_that_is_down_at_the_start_is_waited_out(slack: FakeSlack, connect: Connect) -> None:
    await slack.fault("auth.test", "reset_before", times=2)
    sink = await connect()
    await until(sink.ready)
    await until(sink.connection.listening)
    assert (await slack.slash("status"))["acked"]


async def test_nothing_was_sent_when_no_connection_was_made(slack: FakeSlack, sink: SlackPlatform) -> None:
    sink.web.base_url = "http://127.0.0.1:1/api/"
    assert isinstance(await sink.post(NEWS, HELLO, "aaaa"), Later)


@pytest.mark.parametrize("polite", [True, False])
async def test_a_dropped_socket_comes_back(slack: FakeSlack, sink: SlackPlatform, polite: bool) -> None:
    before = (await slack.truth())["counts"]["call apps.connections.open"]
    await slack.admin("disconnect", {"polite": polite})

    async def reopened() -> bool:
        truth = await slack.truth()
        return bool(truth["counts"]["call apps.connections.open"] > before and truth["sockets"])

    await until(reopened)
    assert (await slack.slash("status"))["acked"]


async def test_no_proxy_stands_between_us_and_this_machine(
    slack: FakeSlack, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    await posted(await connect())
    assert (await slack.slash("subscribe"))["answer"]["text"].startswith("Done")


async def test_an_answer_is_not_sent_to_a_plain_address_outside(
    slack: FakeSlack, sink: SlackPlatform
) -> None:
    with pytest.raises(PlatformRefused, match="address for an answer"):
        await sink.connection.respond("http://192.0.2.1/respond/1", {"text": "x"})
    done = await slack.slash("status", response_url="http://192.0.2.1/respond/1", wait=0.2)
    assert (done["acked"], done["answer"]) == (True, None)
    assert "responded" not in (await slack.truth())["counts"]


async def test_an_expired_ticket_is_not_clung_to(slack: FakeSlack, connect: Connect) -> None:
    sink = await connect(timeout=0.5)
    await slack.admin("set", {"refuse_tickets": True})
    await slack.admin("disconnect", {"polite": False})

    async def down() -> bool:
        return not await sink.connection.listening()

    await until(down)
    assert await sink.ready()
    await posted(sink)  # posting needs no socket
    await slack.admin("set", {"refuse_tickets": False})
    await until(sink.connection.listening)
    assert (await slack.slash("status"))["acked"]


async def test_a_token_revoked_later_stops_everything(slack: FakeSlack, sink: SlackPlatform) -> None:
    await slack.admin("set", {"revoked": "token_revoked"})
    done = await sink.post(NEWS, HELLO, "aaaa")
    assert isinstance(done, Gone)
    assert (done.scope, "revoked" in done.reason) == ("all", True)


async def test_a_missing_scope_is_named(slack: FakeSlack, sink: SlackPlatform) -> None:
    await slack.admin("set", {"scopes": ["chat:write"]})
    (lack,) = await sink.missing("T0BORDER", "C0NEWS", "message")
    assert "manifest" in lack
    found = await find(sink, NEWS, "aaaa", 0)
    assert isinstance(found, Gone)
    assert "channels:history" in found.reason
