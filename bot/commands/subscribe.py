"""Who gets what where: /subscribe and /unsubscribe."""

from __future__ import annotations

from bot.commands import options
from bot.commands.base import Context, Reply, Request, Row
from bot.news.model import Level, Subscription
from bot.store import subscriptions


async def subscribe(request: Request, context: Context) -> Reply:
    """Make the channel hear of stories; a second call changes what it hears."""
    typed = request.options
    channel = typed.get("channel") or request.channel
    wanted = Subscription(
        id=0,
        platform=request.platform,
        space=request.space,
        channel=channel,
        created=request.now,
        instant=options.instant(typed.get("instant", ""), context.instant),
        digest=options.digest(typed.get("digest", ""), context.digest),
        types=options.types(typed.get("types", "")),
        places=options.places(typed.get("places", ""), context.topic),
    )
    missing = await context.missing(request.platform, request.space, channel)
    if missing:
        rows = tuple(Row(name) for name in missing)
        return Reply(
            "Not subscribed: I lack something in that channel",
            "Please grant these, then ask again:",
            rows,
            error=True,
        )
    async with context.database.write() as connection:
        before = await subscriptions.find(connection, request.platform, request.space, channel)
        await subscriptions.add(connection, wanted)
    return Reply(
        "Subscription changed" if before else "Subscribed",
        f"{describe(wanted)} Nothing old is posted: you hear of what happens from now on.",
        footer="Change it with /subscribe again; end it with /unsubscribe.",
    )


async def unsubscribe(request: Request, context: Context) -> Reply:
    channel = request.options.get("channel") or request.channel
    async with context.database.write() as connection:
        here = await subscriptions.find(connection, request.platform, request.space, channel)
        if here:
            await subscriptions.remove(connection, here.id, request.now)
    if not here:
        return Reply("Nothing to end", "This channel has no subscription.", error=True)
    return Reply("Unsubscribed", "This channel gets nothing more. What was posted stays.")


def describe(subscription: Subscription) -> str:
    """What a subscription means, in a sentence or two."""
    levels = " and ".join(
        level.word for level in sorted(Level, reverse=True) if level >= subscription.instant
    )
    digests = {
        "none": "the rest is not sent",
        "hourly": "the rest is kept for an hourly digest",
        "daily": "the rest is kept for a daily digest",
    }
    narrowed = (
        [f"only {', '.join(t.replace('_', ' ') for t in subscription.types)}"] if subscription.types else []
    )
    narrowed += [f"only about {', '.join(subscription.places)}"] if subscription.places else []
    tail = f" ({'; '.join(narrowed)})" if narrowed else ""
    return f"Stories that are {levels} come at once, {digests[subscription.digest]}{tail}."
