"""What became of each revision of a story in one channel, in words: told, waiting, held back, or not wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import aiosqlite

from bot.news.alerts import audience, hours
from bot.news.alerts.days import moment
from bot.news.model import Alert, Level
from bot.store import alerts, deliveries, entries, stories, wishes
from bot.store.deliveries import Delivery, Message
from bot.store.wishes import Wished

REPORTS = 500
STATES: Mapping[str, str] = {
    "new": "waits to be sent",
    "trying": "is being sent",
    "sent": "was sent",
    "unsure": "was sent, and nobody knows whether it arrived: the channel is being looked through",
    "held": "is held: nobody can tell whether it arrived",
    "dead": "was not sent",
    "digest": "waits for the next digest",
    "digested": "came in a digest",
    "superseded": "was never sent by itself: a newer revision took its place",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One revision, what became of it, and why."""

    story: int
    revision: int
    level: Level
    at: datetime
    brought: datetime  # when the report was seen that brought it
    verdict: str
    because: tuple[str, ...]


async def told(connection: aiosqlite.Connection, story: int, wished: Wished) -> tuple[Told, ...]:
    """Each revision of a story as one channel got it, or why it did not; first those of stories that became part of it."""
    reports = await entries.of_story(connection, story, REPORTS)
    quiet = {row.entry.seen: row.quiet for row in reports if row.quiet}
    parts = await stories.parts(connection, story)
    return tuple([line for one in (*parts, story) for line in await _told(connection, one, wished, quiet)])


async def _told(
    connection: aiosqlite.Connection, story: int, wished: Wished, quiet: Mapping[datetime, str]
) -> list[Told]:
    who = wished.subscription
    owed = {one.revision: one for one in await deliveries.of_story(connection, who.id, story)}
    titles = await wishes.digests(connection, (one.digest for one in owed.values() if one.digest))
    message = await deliveries.message(connection, who.id, story)
    found = []
    for at, alert in await alerts.history(connection, story):
        then = Wished(await wishes.then(connection, who, at), wished.removed)
        if (delivery := owed.get(alert.revision)) is not None:
            verdict, because = of_delivery(delivery, then, titles)
        else:
            verdict, because = not_owed(alert, at, then, quiet.get(alert.last_change, ""), message)
        found.append(Told(story, alert.revision, alert.level, at, alert.last_change, verdict, because))
    return found


def of_delivery(one: Delivery, then: Wished, titles: Mapping[int, str]) -> tuple[str, tuple[str, ...]]:
    """What became of a revision that was owed."""
    verdict = STATES[one.state]
    if one.state == "sent":
        changed = "the message was changed" if one.kind == "edit" else verdict
        verdict = f"{changed}, {clock(one.last_attempt)}" if one.last_attempt else changed
        verdict += ", and called the role" if one.ping else ""
    if one.digest is not None and one.digest in titles:
        verdict = f"came in “{titles[one.digest]}”"
    due = f"not before {clock(one.not_before)}" if one.state == "new" and one.not_before else ""
    tries = f"tried {one.attempts} times" if one.attempts > 1 else ""
    created = datetime.fromtimestamp(one.created, UTC)
    rests = hours.rests(then.subscription, Level(one.level), created)
    night = f"it fell due in quiet hours ({hours.words(then.subscription)})" if rests else ""
    return verdict, tuple(filter(None, (one.because, one.reason, night, due, tries)))


def not_owed(
    alert: Alert, at: datetime, then: Wished, quiet: str, message: Message | None
) -> tuple[str, tuple[str, ...]]:
    """Why nothing was owed of a revision; the settings are those that the channel had then."""
    who = then.subscription
    if at < who.created:
        return "not told", (f"the channel subscribed later, {moment(who.created)}: nothing old is posted",)
    if then.removed is not None and at > then.removed:
        return "not told", ("the subscription had ended",)
    if message is not None and message.gone:
        return "not told", (f"the message was taken away, and stays away: {message.gone}",)
    if quiet:
        return "not told", (quiet,)
    delivered, because = audience.wants(who, alert)
    if delivered == "none":
        return "not told", (because,)
    other = "perhaps it was told as another story that became part of this one"
    return "nothing is on record of it", (because, other)


def clock(at: float) -> str:
    return moment(datetime.fromtimestamp(at, UTC))
