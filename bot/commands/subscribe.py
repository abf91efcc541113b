"""Who gets what where: /subscribe and /unsubscribe, and what a subscription means in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.commands import follow, options
from bot.commands.base import Context, Reply, Request, Row, call
from bot.news.alerts import hours
from bot.news.model import Level, Subscription
from bot.store import subscriptions, wishes

STYLES = {
    "thread": "What changes is told in a thread on its message, too.",
    "forum": "Each story is a post of the forum, and what changes is told in it, too.",
}


async def subscribe(request: Request, context: Context) -> Reply:
    """Make the channel hear of stories; a second call changes only what it names."""
    async with context.database.read() as connection:
        before = await subscriptions.find(connection, *request.place)
    base = before or quiet_default(request, context)
    can = await context.styles(*request.place)
    style = options.style(request.typed("style"), base.style if base.style in can else can[0], can)
    wanted = changed(replace(base, style=style), request, context)
    if missing := await context.missing(*request.place, style):
        rows = tuple(Row(name) for name in missing)
        title = "Not subscribed: I lack something in that channel"
        return Reply(title, "Please grant these, then ask again:", rows, error=True)
    async with context.database.write() as connection:
        if before:
            await wishes.keep(connection, before, request.now)
        await subscriptions.add(connection, wanted)
    new = "" if before else " Nothing old is posted: you hear of what happens from now on."
    foot = (
        f"Change it with {call('subscribe')} again, look at it with {call('preview')}, "
        f"stop it with {call('pause')} or {call('unsubscribe')}."
    )
    title = "Subscription changed" if before else "Subscribed"
    return Reply(title, f"{describe(wanted)}{new}", footer=foot)


def quiet_default(request: Request, context: Context) -> Subscription:
    """What a channel gets that asks for nothing in particular."""
    wish = Subscription(0, *request.place, request.now, context.instant, context.digest)
    return replace(wish, ceiling=context.ceiling)


def changed(base: Subscription, request: Request, context: Context) -> Subscription:
    """A subscription with what was typed; what was not typed stays. Asking for it ends a pause."""
    typed = {name: value for name, value in request.options.items() if value.strip()}

    def word(name: str) -> str:
        return typed.get(name, "")

    yes = options.one_of(word("critical_passes") or "yes", options.YES_NO, "critical_passes") == "yes"
    return replace(
        base,
        paused="",
        instant=options.instant(word("instant"), base.instant),
        digest=options.digest(word("digest"), base.digest),
        types=options.types(word("types")) if "types" in typed else base.types,
        places=options.places(word("places"), context.topic) if "places" in typed else base.places,
        quiet=options.quiet(word("quiet")) if "quiet" in typed else base.quiet,
        zone=options.zone(word("zone")) if "zone" in typed else base.zone,
        critical_passes=yes if "critical_passes" in typed else base.critical_passes,
        ceiling=options.number(word("ceiling"), "ceiling", options.MOST_POSTS)
        if "ceiling" in typed
        else base.ceiling,
        digest_hour=options.hour(word("digest_hour")) if "digest_hour" in typed else base.digest_hour,
        role=options.role(word("role"), request.platform, request.space) if "role" in typed else base.role,
        role_level=options.role_level(word("role_level"), base.role_level),
    )


async def unsubscribe(request: Request, context: Context) -> Reply:
    async with context.database.write() as connection:
        here = await subscriptions.find(connection, *request.place)
        if here:
            await subscriptions.remove(connection, here.id, request.now)
    if not here:
        return Reply("Nothing to end", "This channel has no subscription.", error=True)
    return Reply("Unsubscribed", "This channel gets nothing more. What was posted stays.")


def describe(subscription: Subscription) -> str:
    """What will come when, in plain words."""
    return " ".join(sentences(subscription))


def sentences(subscription: Subscription) -> Iterator[str]:
    if subscription.story:
        yield f"Story {subscription.story} is told in direct messages. {follow.stopping(subscription.story)} stops it."
        if subscription.paused:
            yield f"Nothing arrives: {subscription.paused}."
        return
    instant = max(subscription.instant, Level.MAJOR)
    levels = " and ".join(level.word for level in sorted(Level, reverse=True) if level >= instant)
    at = f"at {subscription.digest_hour:02}:00 ({subscription.zone})"
    digests = {
        "none": "the rest is not sent",
        "hourly": "the rest is kept for an hourly digest",
        "daily": f"the rest is kept for a daily digest {at}",
    }
    types = ", ".join(kind.replace("_", " ") for kind in subscription.types)
    narrowed = [f"only {types}"] if types else []
    narrowed += [f"only about {', '.join(subscription.places)}"] if subscription.places else []
    tail = f" ({'; '.join(narrowed)})" if narrowed else ""
    yield f"Stories that are {levels} come at once, {digests[subscription.digest]}{tail}."
    if subscription.quiet is not None:
        passes = " What is critical comes even then." if subscription.critical_passes else ""
        yield (
            f"Quiet hours are {hours.words(subscription)} ({subscription.zone}): what falls due then comes in"
            f" one message when they end.{passes}"
        )
    if subscription.ceiling:
        stories = options.counted(subscription.ceiling, "story")
        rest = f"comes in a digest {at}, the only one here"
        more = rest if subscription.digest == "none" else "goes into the digest"
        yield f"At most {stories} a day come at once, critical ones apart; more than that {more}."
    if told := STYLES.get(subscription.style):
        yield told
    if subscription.role:
        yield f"The role is mentioned from {subscription.role_level.word} on."
    if subscription.paused:
        yield f"It is paused: {subscription.paused}. {call('resume')} goes on, or says what I lack."
