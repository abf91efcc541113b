"""One story for one person: /follow, and the buttons Follow and Unfollow. It is told in direct messages.

A follow is a subscription of its own, so the outbox brings it like any other: the alert as it stands, then
each change. That first message also tells whether the person can be written to at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.commands import options, story
from bot.commands.base import MAIN, Context, Reply, Request, call
from bot.news.alerts import audience
from bot.news.model import Alert, Subscription
from bot.news.stories.story import Story
from bot.store import codec, deliveries, follows, subscriptions

PATIENCE, LOOK = 15.0, 0.25  # seconds for the first message to arrive, and between looks whether it has


async def follow(request: Request, context: Context) -> Reply:
    """Tell who asks of one story; asked again, or told to stop, no more of it."""
    number = options.story_number(request.typed("story"))
    if number is None:
        typed = call("follow", {f"{MAIN}story": "12"})
        raise options.Mistake(f"story: name its number, as in {typed}; it stands under the alert.")
    stop = options.one_of(request.typed("stop") or "no", options.YES_NO, "stop") == "yes"
    found = await story.load(number, context)
    if found is None or found.alert is None:
        return story.no_such(number)
    async with context.database.read() as connection:
        mine = await follows.of(connection, request.platform, request.user)
    here = [one for one in mine if one.story in (number, found.id)]
    if here and (stop or not all(one.paused for one in here)):
        async with context.database.write() as connection:
            for one in here:
                await subscriptions.remove(connection, one.id, request.now)
        return Reply("No longer followed", f"You are told nothing more of story {found.id}.")
    if stop:
        return Reply("Not followed", f"You do not follow story {found.id}.", error=True)
    if hindered := hindrance(found, len(mine) - len(here), request, context):
        return hindered
    if why := await begin(found, found.alert, here, request, context):
        words = f"{why}. Nothing was kept: press Follow again once that has changed."
        return Reply("I cannot write to you", words, error=True)
    return Reply(
        "Followed",
        f"Story {found.id} is told to you in direct messages: as it stands, and each change.\n"
        f"Press Follow again, Unfollow there, or use {stopping(found.id)} to stop. "
        f"It ends by itself once nothing was reported for {days(context)}.",
    )


async def begin(
    found: Story, alert: Alert, here: Iterable[Subscription], request: Request, context: Context
) -> str:
    """Begin to tell who asks of a story, in place of what was `here`; why not, where that was refused."""
    channel, why = await context.direct(request.platform, request.user)
    if why:
        return why
    place = (request.platform, request.space, channel, request.now)
    wanted = Subscription(0, *place, digest="none", story=found.id, person=request.user)
    async with context.database.write() as connection:
        for one in here:
            await follows.drop(connection, one.id)
        who = await follows.begin(connection, wanted, alert, codec.stamp(request.now))
    if who is not None and (why := await refusal(who, context)):
        async with context.database.write() as connection:
            await follows.drop(connection, who.id)
    return why


def hindrance(found: Story, others: int, request: Request, context: Context) -> Reply | None:
    """Why a story cannot be followed from here, or by who follows so many `others`, or any more."""
    if not request.space:
        where = "There are no direct messages here: press Follow under the alert, in its channel."
        return Reply("Not from here", where, error=True)
    words = ""
    if others >= context.follows:
        most = options.counted(context.follows, "story")
        words = (
            f"One person may follow {most} here. {call('subscriptions')} lists yours, and how to stop one."
        )
    elif request.now - found.active > context.lifetime:
        silence = f"nothing was reported for {days(context)}, so nothing more will come"
        words = f"Story {found.id} is over: {silence}."
    return Reply("Not followed", words, error=True) if words else None


def stopping(number: int) -> str:
    """How a follow is stopped, as it is typed."""
    return call("follow", {f"{MAIN}story": str(number), "stop": "yes"})


def days(context: Context) -> str:
    return options.counted(context.lifetime.days, "day")


async def refusal(who: Subscription, context: Context) -> str:
    """Why the first message was refused; "" once it has arrived, or where that takes too long to wait for."""
    for _ in range(round(PATIENCE / LOOK)):
        async with context.database.read() as connection:
            now = await subscriptions.get(connection, who.id)
            owed = await deliveries.of_story(connection, who.id, who.story)
        if now is not None and now.paused:
            return now.paused.removeprefix(audience.LOST)
        if now is None or not any(one.state in ("new", "trying") for one in owed):
            break
        await asyncio.sleep(LOOK)
    return ""
