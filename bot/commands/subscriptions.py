"""Looking after subscriptions: /pause, /resume, /subscriptions, /preview."""

from __future__ import annotations

from bot.commands import search, subscribe
from bot.commands.base import Context, Reply, Request, Row, call
from bot.news.alerts import audience
from bot.news.model import Alert, Level, Subscription
from bot.store import alerts, follows, subscriptions, wishes

ASKED = "by a manager"  # why it is paused
MOST = 5
LOOKED_AT = 200  # newest stories among which a preview looks for those that a channel would hear of
NONE_HERE = Reply("No subscription", f"This channel has none yet. {call('subscribe')} makes one.", error=True)


async def pause(request: Request, context: Context) -> Reply:
    """Nothing more until /resume; what happens meanwhile is not made up for."""
    async with context.database.write() as connection:
        here = await subscriptions.find(connection, *request.place)
        if here:
            await wishes.keep(connection, here, request.now)
            await subscriptions.pause(connection, here.id, ASKED)
    if here is None:
        return NONE_HERE
    until = f"This channel gets nothing until {call('resume')}."
    return Reply("Paused", f"{until} What was posted before stays as it is.")


async def resume(request: Request, context: Context) -> Reply:
    """Go on, if the bot may still post there."""
    async with context.database.read() as connection:
        here = await subscriptions.find(connection, *request.place)
    if here is None:
        return NONE_HERE
    if not here.paused:
        return Reply("Not paused", subscribe.describe(here))
    if missing := await context.missing(*request.place, here.style):
        rows = tuple(Row(name) for name in missing)
        return Reply("Still paused: I lack something there", "Please grant these:", rows, error=True)
    async with context.database.write() as connection:
        await wishes.keep(connection, here, request.now)
        await subscriptions.resume(connection, here.id)
        now = await subscriptions.get(connection, here.id)
    kept = here.paused.startswith(audience.LOST)
    made_up = "What waited too long meanwhile comes in the digest. " if kept else ""
    return Reply("Resumed", f"{made_up}{subscribe.describe(now or here)}")


async def listed(request: Request, context: Context) -> Reply:
    """Every channel of this server or workspace that hears of stories, to who manages it; and what the asker follows."""
    everywhere = request.operator and not request.space  # at the command line
    async with context.database.read() as connection:
        where = ("", None) if everywhere else (request.platform, request.space)
        found = await subscriptions.listed(connection, *where) if request.manager else ()
        found += await follows.of(connection, *(() if everywhere else (request.platform, request.user)))
    if not found:
        none = "You follow no story: press Follow under an alert."
        if request.manager:
            none = f"No channel here has one yet. {call('subscribe')} makes one."
        return Reply("Subscriptions", none)
    heads = (named(one, request, everywhere) for one in found)
    rows = [
        Row(head, subscribe.describe(one), channel="" if one.story else one.channel)
        for head, one in zip(heads, found, strict=True)
    ]
    return Reply("Subscriptions", rows=tuple(rows))


def named(one: Subscription, request: Request, everywhere: bool) -> str:
    """How a list calls a channel; platforms put their own link in its place."""
    if everywhere:
        return " ".join(filter(None, (one.platform, one.space, one.channel)))
    if one.story:
        return f"story {one.story}"
    return "this channel" if one.channel == request.channel else f"channel {one.channel}"


async def preview(request: Request, context: Context) -> Reply:
    """The last real stories as this channel would have got them; nothing is posted."""
    async with context.database.read() as connection:
        here = await subscriptions.find(connection, *request.place)
        said = await alerts.latest(connection, Level.MINOR, LOOKED_AT)
    wanted = here or subscribe.quiet_default(request, context)
    told = [(alert, how) for alert in said if (how := told_how(wanted, alert))]
    if not told:
        return Reply("Preview", f"No story of late would have come here. {subscribe.describe(wanted)}")
    rows = tuple(
        Row(search.kind(alert), f"{alert.headline} [{how}]", alert.url, alert.last_change)
        for alert, how in told[:MOST]
    )
    shown = "the last stories of this channel" if here else f"what {call('subscribe')} would bring"
    foot = "Only you see this; nothing was posted."
    return Reply(f"Preview: {shown}", subscribe.describe(wanted), rows, footer=foot)


def told_how(wanted: Subscription, alert: Alert) -> str:
    """How a channel would have heard of an alert; "" if it would not."""
    delivered, _ = audience.wants(wanted, alert)
    pace = "daily" if wanted.digest == "none" else wanted.digest
    return {"instant": "at once", "digest": f"in the {pace} digest", "none": ""}[delivered]
