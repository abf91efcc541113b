"""A hostile server gets nowhere: every route ends in time, in a value, and never inside."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.feeds.feed import Answer, Failed, Fetched, NotModified, Validators
from bot.feeds.fetch import Fetcher
from tests.fakes.hostile_feeds import GOOD, INWARD, ROUTES
from tests.feeds.conftest import Hostile

WHOLE = [
    "/good", "/same", "/gzip", "/br", "/gzip-members", "/gzip-padded", "/deflate", "/deflate-raw", "/chunked", "/until-closed",
    "/moved", "/moved-for-now", "/moved-then-not", "/cookie", "/etag", "/modified", "/fresh-for-ever", "/long-etag",
]  # fmt: skip
FAILS: dict[str, str] = {
    "/loop": "redirect", "/loop-a": "redirect", "/to-file": "refused", "/to-data": "refused", "/to-port": "refused",
    "/to-bad-port": "protocol", "/to-bad-host": "protocol",
    "/redirect-without-place": "http",
    "/drip-body": "timeout", "/drip-header": "timeout", "/drip-status": "protocol", "/drip-chunks": "timeout",
    "/silence": "timeout", "/hang-in-body": "timeout",
    "/bomb-gzip": "too_big", "/bomb-deflate": "too_big", "/bomb-deflate-raw": "too_big", "/bomb-br": "too_big", "/bomb-twice": "encoding",
    "/endless": "too_big", "/endless-chunks": "too_big", "/huge-length": "too_big", "/empty-members": "encoding",
    "/header-flood": "protocol", "/long-header": "protocol",
    "/short-body": "truncated", "/negative-length": "protocol", "/no-http": "protocol", "/not-a-status": "protocol",
    "/http-0.9": "protocol", "/bad-chunk": "protocol", "/cut-chunk": "truncated",
    "/nothing": "connect", "/reset": "connect", "/reset-in-body": "truncated",
    "/bad-gzip": "encoding", "/cut-gzip": "truncated", "/not-gzip": "encoding", "/cut-br": "truncated", "/not-br": "encoding",
    "/401": "blocked", "/403": "blocked", "/404": "http", "/406": "blocked", "/410": "gone", "/429": "limited",
    "/500": "http", "/503": "http", "/304-unasked": "http", "/204": "http", "/999": "http",
    "/empty": "empty", "/blank": "empty", "/html": "html",
}  # fmt: skip


async def canaries(hostile: Hostile) -> int:
    async with aiohttp.ClientSession() as session, session.get(hostile.url("/canary-count")) as response:
        return int(await response.text())


def test_there_are_at_least_sixty_ways_to_misbehave() -> None:
    assert len(ROUTES) >= 60


async def test_an_honest_answer_comes_whole(hostile: Hostile, fetcher: Fetcher) -> None:
    answers = await asyncio.gather(*(fetcher.get(hostile.url(path)) for path in WHOLE))
    for path, answer in zip(WHOLE, answers, strict=True):
        assert isinstance(answer, Fetched), (path, answer)
        assert answer.body == GOOD, path


async def test_trouble_is_a_value(hostile: Hostile, fetcher: Fetcher, hasty: Fetcher) -> None:
    answers = await asyncio.gather(
        *((hasty if kind == "timeout" else fetcher).get(hostile.url(path)) for path, kind in FAILS.items())
    )
    kinds = {
        path: answer.kind if isinstance(answer, Failed) else "came"
        for path, answer in zip(FAILS, answers, strict=True)
    }
    assert kinds == FAILS
    for answer in answers:
        assert isinstance(answer, Failed)
        assert answer.reason
        assert "\n" not in answer.reason


async def test_every_route_ends_in_time(hostile: Hostile, hasty: Fetcher) -> None:
    started = time.monotonic()
    answers: list[Answer] = await asyncio.gather(*(hasty.get(hostile.url(path)) for path in ROUTES))
    assert len(answers) == len(ROUTES)
    assert time.monotonic() - started < 30  # an unguarded client would wait for ever


async def test_a_naive_client_reaches_the_inside_and_ours_never(hostile: Hostile, fetcher: Fetcher) -> None:
    before = await canaries(hostile)
    async with aiohttp.ClientSession() as naive:
        for path in INWARD:
            try:
                async with naive.get(hostile.url(path)) as response:
                    await response.read()
            except (aiohttp.ClientError, ValueError, OSError):
                continue
    reached = await canaries(hostile)
    assert reached - before >= 6
    for path in [*INWARD, "/in/permanent", "/in/kept-method"]:
        answer = await fetcher.get(hostile.url(path))
        assert isinstance(answer, Failed)
        assert answer.kind in ("refused", "protocol"), (path, answer)
    for host in ("127.0.0.2", "127.2", "2130706434", "[::ffff:127.0.0.2]", "[::1]", "127.0.0.3"):
        answer = await fetcher.get(f"http://{host}:{hostile.port}/canary")
        assert isinstance(answer, Failed)
        assert answer.kind in ("refused", "protocol"), (host, answer)
    assert await canaries(hostile) == reached


async def test_a_name_that_turns_inward_after_the_check_is_still_refused(
    hostile: Hostile, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebinding name: outside at the first look-up, then inside, then both at once."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2", "127.0.0.3"]])

    def lookup(host: str, port: int, *_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    url = f"http://rebinding.test:{hostile.port}/good"
    first = await fetcher.get(url)
    assert isinstance(first, Fetched)
    for _ in range(2):
        answer = await fetcher.get(url)
        assert isinstance(answer, Failed)
        assert answer.kind == "refused"


async def test_a_name_server_that_hangs_holds_up_only_its_own_feeds(
    hostile: Hostile, fetcher: Fetcher, hasty: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, released = socket.getaddrinfo, threading.Event()

    def lookup(host: str, *rest: Any) -> Any:
        if host.endswith(".test"):
            released.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "timed out")
        return real(host, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    hanging = [asyncio.create_task(hasty.get(f"http://h{n}.test:{hostile.port}/")) for n in range(10)]
    await asyncio.sleep(0.05)
    assert await asyncio.wait_for(asyncio.to_thread(lambda: 1), 1) == 1
    assert isinstance(await fetcher.get(hostile.url("/good")), Fetched)
    assert isinstance(await fetcher.get(f"http://localhost:{hostile.port}/good"), Fetched)
    answers = await asyncio.gather(*hanging)
    released.set()
    assert {answer.kind for answer in answers if isinstance(answer, Failed)} == {"timeout"}


async def test_a_name_that_does_not_exist_is_a_value(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lookup(host: str, *_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    answer = await fetcher.get("http://nowhere.test/")
    assert isinstance(answer, Failed)
    assert answer.kind == "dns"


async def test_nothing_new_is_said_by_etag_by_date_and_by_the_bytes(
    hostile: Hostile, fetcher: Fetcher
) -> None:
    for path in ("/etag", "/modified", "/same"):
        first = await fetcher.get(hostile.url(path))
        assert isinstance(first, Fetched)
        again = await fetcher.get(hostile.url(path), first.validators)
        assert isinstance(again, NotModified), path
        assert again.validators == first.validators


async def test_a_digest_alone_asks_no_condition(hostile: Hostile, fetcher: Fetcher) -> None:
    answer = await fetcher.get(hostile.url("/304-unasked"), Validators(digest="x"))
    assert isinstance(answer, Failed)


async def test_permanent_moves_are_told_apart_from_passing_ones(hostile: Hostile, fetcher: Fetcher) -> None:
    expected = {"/moved": "/good", "/moved-for-now": "", "/moved-then-not": "/moved-for-now"}
    for path, target in expected.items():
        answer = await fetcher.get(hostile.url(path))
        assert isinstance(answer, Fetched)
        assert answer.moved == (hostile.url(target) if target else "")
        assert answer.url == hostile.url("/good")


async def test_wishes_of_the_server_are_read_and_bounded(hostile: Hostile, fetcher: Fetcher) -> None:
    expected = {"/429": 7200.0, "/429-for-ever": 30 * 86_400.0, "/429-nonsense": None, "/503": 3600.0}
    for path, seconds in expected.items():
        answer = await fetcher.get(hostile.url(path))
        assert isinstance(answer, Failed)
        assert answer.retry_after == seconds
    for path, ttl in {"/fresh-for-ever": 30 * 86_400.0, "/expires-0": None, "/good": None}.items():
        answer = await fetcher.get(hostile.url(path))
        assert isinstance(answer, Fetched)
        assert answer.ttl == ttl


async def test_validators_that_lie_are_not_kept(hostile: Hostile, fetcher: Fetcher) -> None:
    for path in ("/modified-2041", "/long-etag"):
        answer = await fetcher.get(hostile.url(path))
        assert isinstance(answer, Fetched)
        assert (answer.validators.etag, answer.validators.last_modified) == ("", "")


async def test_we_say_who_we_are_and_carry_nothing_else(
    hostile: Hostile, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.3:1/")
    await fetcher.get(hostile.url("/cookie"))
    answer = await fetcher.get(hostile.url("/echo"))
    assert isinstance(answer, Fetched)
    sent = json.loads(answer.body)
    assert sent["user-agent"] == "borderwire/test (+https://example.org/contact)"
    assert "cookie" not in sent
    assert sent["accept-encoding"] == "gzip, deflate, br"


async def test_a_page_is_not_a_feed_but_may_be_asked_for(hostile: Hostile, fetcher: Fetcher) -> None:
    page = await fetcher.get(hostile.url("/html"), want="page")
    assert isinstance(page, Fetched)


async def test_one_host_is_not_asked_too_much_at_once(hostile: Hostile) -> None:
    async with Fetcher(replace(hostile.limits(timeout=0.25), per_host=1)) as fetcher:
        started = time.monotonic()
        answers = await asyncio.gather(*(fetcher.get(hostile.url("/silence")) for _ in range(3)))
        assert time.monotonic() - started >= 0.7
        # Waiting for one's turn does not count against the server's time.
        good = await fetcher.get(hostile.url("/good"))
    assert {answer.kind for answer in answers if isinstance(answer, Failed)} == {"timeout"}
    assert isinstance(good, Fetched)


async def test_requests_to_one_host_keep_their_distance(hostile: Hostile) -> None:
    async with Fetcher(replace(hostile.limits(), spacing=0.15)) as fetcher:
        started = time.monotonic()
        answers = await asyncio.gather(*(fetcher.get(hostile.url("/good")) for _ in range(4)))
        assert time.monotonic() - started >= 0.45
    assert all(isinstance(answer, Fetched) for answer in answers)


async def test_a_broken_handshake_is_a_value(hostile: Hostile, fetcher: Fetcher) -> None:
    answer = await fetcher.get(hostile.url("/good").replace("http:", "https:"))
    assert isinstance(answer, Failed)
    assert answer.kind == "tls"


async def test_cancelling_passes_through(hostile: Hostile, fetcher: Fetcher) -> None:
    task = asyncio.create_task(fetcher.get(hostile.url("/silence")))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance(await fetcher.get(hostile.url("/good")), Fetched)
