"""Who is told of what a batch brought: the newest revision of each story, once, and how loudly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.news.alerts import audience
from bot.news.decision import Decision
from bot.news.model import Alert, Subscription
from bot.quiet import LATE
from bot.store.deliveries import Wanted

How = Literal["shown", "late", "wanted"]
LOUDER: tuple[How, ...] = ("shown", "late", "wanted")


@dataclass(frozen=True, slots=True)
class Telling:
    """An alert to be told: to whoever wants it, late (never at once), or only where its story is shown already."""

    alert: Alert
    how: How
    rose: bool = False  # in this batch, its level did


def tellings(decisions: Iterable[Decision], into: Mapping[int, int]) -> list[Telling]:
    """One telling for each story that somebody may be told of. `into`: the stories that became part of others.

    What somebody would have been told of a story that is gone is told of the one that it became part of.
    """
    newest: dict[int, Alert] = {}
    how: dict[int, How] = {}
    rose: set[int] = set()

    def louder(story: int, one: How) -> None:
        how[story] = max(how.get(story, one), one, key=LOUDER.index)

    for decision in decisions:
        if (alert := decision.alert) is not None:
            newest[alert.story] = alert
            rose |= {alert.story} if alert.level_rose else set()
            if not decision.quiet or decision.quiet == LATE:
                louder(_root(alert.story, into), "late" if decision.quiet else "wanted")
            elif decision.others:
                louder(alert.story, "shown")
        for other in decision.others:
            newest[other.story] = other
            louder(other.story, "shown")
    return [
        Telling(newest[story], "shown" if story in into else how[story], story in rose)
        for story in sorted(how)
        if story in newest
    ]


def _root(story: int, into: Mapping[int, int]) -> int:
    while story in into:
        story = into[story]
    return story


def wants(subscription: Subscription, told: Telling) -> Wanted:
    """What one channel gets of it. A story that it shows is changed there whatever this says."""
    if told.how == "shown":
        return Wanted(subscription.id, "none", "only told where the story is shown")
    delivered, because = audience.wants(subscription, told.alert)
    if told.how == "late" and delivered == "instant":
        delivered, because = "digest", LATE
    pings = audience.pings(subscription, told.alert)
    return Wanted(subscription.id, delivered, because, ping=pings, ping_again=pings and told.rose)
