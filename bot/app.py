"""Builds every part once and stops them in reverse: the one place that knows everyone."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from rich.console import Console

from bot import __version__, chat, commands, office, pipeline, roster, status
from bot.chat import Platform
from bot.commands.base import Context, Missing, Reply, Request, Row
from bot.feeds import catalog, fetch, pace
from bot.feeds.feed import Feed
from bot.feeds.pages import Pages
from bot.feeds.parse import Parser
from bot.feeds.teasers import Articles
from bot.layers import SettingsError
from bot.news.model import Level, Subscription
from bot.news.topics.topic import Topic
from bot.outbox.deliver import Outbox
from bot.outbox.notices import Notices
from bot.outbox.retry import Policy
from bot.schedule import Schedule
from bot.settings import Configuration, Settings
from bot.store import db, subscriptions
from bot.store.db import Database
from bot.watch import Watch
from bot.web import health, server

log: structlog.stdlib.BoundLogger = structlog.get_logger()
TERMINAL = "terminal"  # the console's one channel
HEALTH_EVERY = 10.0  # seconds
LEAVE = 5.0  # seconds for the platforms to say goodbye


@dataclass(frozen=True, slots=True)
class App:
    """Every part of the running bot."""

    configuration: Configuration
    topic: Topic
    database: Database
    watch: Watch
    outbox: Outbox
    platforms: Mapping[str, Platform]
    context: Context
    now: Callable[[], datetime]
    started: datetime
    notices: Notices

    async def ask(self, request: Request) -> Reply:
        return await commands.answer(request, self.context)


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(
    configuration: Configuration,
    console: Console,
    *,
    feeds: Iterable[Feed] | None = None,
    now: Callable[[], datetime] = utc_now,
    polled: Callable[[Feed, pipeline.Polled], None] | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> AsyncIterator[App]:
    """All parts, built and ready. `step` is told each time a crash would find something half-done."""
    settings, kept, topic = configuration.settings, configuration.settings.store, configuration.topic()
    chosen = tuple(feeds) if feeds is not None else enabled(configuration)
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        database = await enter(
            db.opened(configuration.state, busy_timeout=kept.busy_timeout, keep_backups=kept.keep_backups)
        )
        fetcher, parser = await enter(fetch.Fetcher(limits(settings))), await enter(Parser())
        platforms: dict[str, Platform] = {}  # they ask through the context, which asks them
        missing = partial(chat.missing, platforms)
        rows = partial(status.rows, database, chosen, now, settings.fetch.allow_ports)
        context = replace(
            asked_here(settings, database, topic, missing, rows),
            feeds=partial(roster.act, roster.Roster(database, fetcher, parser, chosen, topic, now)),
            direct=partial(chat.direct, platforms),
            styles=partial(chat.styles, platforms),
        )
        platforms.update(chat.build(chat.Wiring(configuration, context, database), console))
        notices = Notices(database, office.offices(settings, platforms))
        parts = polling(settings, database, fetcher, parser, topic, step)
        watch = Watch(chosen, parts, now, polled=polled, notice=notices)
        outbox = Outbox(database, platforms, policy(settings), notice=notices, step=step)
        yield App(configuration, topic, database, watch, outbox, platforms, context, now, now(), notices)


def still() -> None:
    """What was built so far stays: to look through it for garbage again and again halts everything each time."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """Platforms connected, jobs ticking. Leaving it drains what is under way."""
    settings = app.configuration.settings
    async with AsyncExitStack() as stack:
        stack.push_async_callback(disconnected, app.platforms.values())
        await connected(app.platforms.values())
        sending = asyncio.create_task(app.outbox.run(), name="outbox")
        stack.push_async_callback(drained, app, sending)
        still()
        await app.watch.start()
        schedule = Schedule()
        schedule.on_jump(app.watch.jumped)
        schedule.every("polls", settings.poll.tick, app.watch.tick)
        schedule.every("health", HEALTH_EVERY, partial(report, app))
        schedule.every("notices", office.TELL_EVERY, app.notices.tell)
        tidy = partial(office.tidy, app.database, settings, lifetime(app.topic), app.now)
        schedule.every("housekeeping", office.TIDY_EVERY, tidy)
        await health_page(app, stack)
        await stack.enter_async_context(schedule)
        yield


async def run(
    configuration: Configuration, console: Console, step: Callable[[str], None] = lambda name: None
) -> None:
    """Watch and tell until SIGTERM or Ctrl-C; a second one cuts the ending short."""
    stops: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stops.put_nowait, one.name)
    async with opened(configuration, console, step=step) as app:
        await until(stops, watch_and_tell(app, console))


async def watch_and_tell(app: App, console: Console) -> None:
    """For ever."""
    if "console" in app.platforms:
        await subscribe_terminal(app)
        console.print(
            "No chat token is set, so this terminal is the channel. What is in the feeds now is old and "
            "stays quiet; what happens from now on is told here. Stop with Ctrl-C.",
            style="dim",
        )
    async with running(app):
        log.info("running", version=__version__, feeds=len(app.watch.feeds), platforms=sorted(app.platforms))
        await asyncio.Event().wait()


async def until(stops: asyncio.Queue[str], work: Coroutine[Any, Any, None]) -> None:
    """Work until a stop is asked for, wherever the work is then; each further stop cancels what it still waits for."""
    working = asyncio.create_task(work, name="work")

    async def listen() -> None:
        while True:
            log.info("stopping", signal=await stops.get())
            working.cancel()

    listening = asyncio.create_task(listen(), name="stops")
    try:
        await asyncio.wait([working])
    finally:
        listening.cancel()
    if not working.cancelled():
        working.result()


async def subscribe_terminal(app: App) -> None:
    """The console's channel exists from the first run on."""
    wanted = Subscription(0, "console", "", TERMINAL, app.now(), app.context.instant)
    async with app.database.write() as connection:
        if await subscriptions.find(connection, "console", "", TERMINAL) is None:
            await subscriptions.add(connection, wanted)


# --------------------------------------------------------------------------- begin and end together


async def connected(platforms: Iterable[Platform]) -> None:
    """Connect side by side; one that is refused, or a stop meanwhile, ends the tries of the others."""
    starts = [asyncio.create_task(platform.start()) for platform in platforms]
    try:
        await asyncio.gather(*starts)
    finally:
        for start in starts:
            start.cancel()
        await asyncio.gather(*starts, return_exceptions=True)


async def drained(app: App, sending: asyncio.Task[None]) -> None:
    """Polls and sends under way may end, side by side within the same seconds."""
    try:
        await asyncio.gather(app.watch.close(app.configuration.settings.outbox.drain), app.outbox.close())
    finally:
        sending.cancel()  # it only waits for its next look now
    await asyncio.wait([sending])


async def disconnected(platforms: Iterable[Platform]) -> None:
    """Leave side by side, also where a start was broken off; nobody is waited for longer than some seconds."""
    stops = [asyncio.create_task(platform.stop()) for platform in platforms]
    _, late = await asyncio.wait(stops, timeout=LEAVE)
    for stop in late:
        stop.cancel()
    for result in await asyncio.gather(*stops, return_exceptions=True):
        if isinstance(result, Exception):
            log.error("not left in order", exc_info=result)


# --------------------------------------------------------------------------- the parts


def polling(
    settings: Settings,
    database: Database,
    fetcher: fetch.Fetcher,
    parser: Parser,
    topic: Topic,
    step: Callable[[str], None],
) -> pipeline.Parts:
    """What polls work with."""
    poll = settings.poll
    return pipeline.Parts(
        database,
        fetcher,
        parser,
        topic,
        fresh=timedelta(hours=poll.fresh_hours),
        pause=timedelta(hours=poll.pause_hours),
        coalesce=settings.story.coalesce,
        step=step,
        pace=pace.PaceSettings(**shared(poll, pace.PaceSettings)),
        articles=articles(settings, fetcher, parser),
    )


def asked_here(
    settings: Settings,
    database: Database,
    topic: Topic,
    missing: Missing,
    rows: Callable[[], Awaitable[tuple[Row, ...]]],
) -> Context:
    """What commands work with, wherever they are asked: in chat or on the command line."""
    wish = shared(settings.subscribe, Context) | {"instant": Level.of(settings.subscribe.instant)}
    return Context(database, topic, missing, health=rows, lifetime=lifetime(topic), **wish)


def lifetime(topic: Topic) -> timedelta:
    """After so long a silence a story is over: nothing joins it any more."""
    return timedelta(days=topic.weights["stories.days"])


def enabled(configuration: Configuration) -> tuple[Feed, ...]:
    """The feeds that are read."""
    ports = configuration.settings.fetch.allow_ports
    return tuple(feed for feed in catalog.load(configuration.tables("feeds"), ports=ports) if feed.enabled)


def limits(settings: Settings) -> fetch.Limits:
    """The [fetch] table as the fetcher takes it."""
    section = settings.fetch
    contact = f" (+{section.contact})" if section.contact else ""
    agent = section.user_agent or f"borderwire/{__version__}{contact}"
    return fetch.Limits(**shared(section, fetch.Limits) | {"user_agent": agent})


def articles(settings: Settings, fetcher: fetch.Fetcher, parser: Parser) -> Articles | None:
    section, pages = settings.fetch, Pages(fetcher, parser)
    return Articles(pages, section.articles_per_poll, section.articles_seconds) if section.articles else None


def policy(settings: Settings) -> Policy:
    return Policy(**shared(settings.outbox, Policy))


def shared(section: Any, target: type) -> dict[str, Any]:
    """The keys of a settings section that a part's own settings have, too."""
    names = {field.name for field in fields(target)}
    return {name: value for name, value in section.model_dump().items() if name in names}


async def report(app: App) -> None:
    """Write down how we are doing, for the health check and the health page."""
    now = app.now()
    waiting, oldest = await app.outbox.backlog()
    facts = health.Facts(
        at=now.timestamp(),
        started=app.started.timestamp(),
        last_poll=app.watch.last_poll.timestamp() if app.watch.last_poll else 0.0,
        stale_after=app.configuration.settings.web.stale_after,
        feeds=await status.feeds(app.database, (*app.watch.feeds.values(), *app.watch.closed), now),
        platforms={name: await platform.ready() for name, platform in app.platforms.items()},
        waiting=waiting,
        oldest=oldest,
    )
    try:
        await asyncio.to_thread(health.write, app.configuration.state, facts)
    except OSError as error:
        log.error("health not written", state=str(app.configuration.state), error=error.strerror)


async def health_page(app: App, stack: AsyncExitStack) -> None:
    """The health page, where the settings give it a port."""
    page = app.configuration.settings.web
    if not page.port:
        return
    serving = server.serving(page.host, page.port, app.configuration.state, lambda: app.now().timestamp())
    try:
        await stack.enter_async_context(serving)
    except OSError as error:
        where = f"{page.host}:{page.port}"
        raise SettingsError(f"web.port: {where} cannot be listened on: {error.strerror}") from None
