"""Who hears of an alert, and how: at once, in the digest, or not at all; always with the reason."""

from __future__ import annotations

from bot.news.model import Alert, Delivered, Level, Subscription
from bot.news.text.words import fold
from bot.news.topics.chronology import names

LOST = "access lost: "  # how a pause begins that nobody wished: what falls due meanwhile is kept


def wants(subscription: Subscription, alert: Alert) -> tuple[Delivered, str]:
    """What a channel gets of an alert: types and places first, then how much it matters.

    A story that a channel already shows is changed there whatever this says.
    """
    if subscription.paused and not subscription.paused.startswith(LOST):
        return "none", f"paused: {subscription.paused}"
    if subscription.story:
        followed = subscription.story == alert.story
        return ("instant", "followed") if followed else ("none", "another story is followed here")
    if subscription.types and alert.type not in subscription.types:
        return "none", f"{alert.type} is not among the types of this channel"
    here = {fold(name) for name in names(alert.place)}
    if subscription.places and here.isdisjoint(map(fold, subscription.places)):
        return "none", f"{alert.place or 'an unknown place'} is not among the places of this channel"
    instant = max(subscription.instant, Level.MAJOR)
    if alert.level >= instant:
        return "instant", f"{alert.level.word}: at once from {instant.word} on"
    if subscription.digest == "none":
        return "none", f"{alert.level.word}: at once only from {instant.word} on, and no digest"
    return "digest", f"{alert.level.word}: below {instant.word}, so in the {subscription.digest} digest"


def pings(subscription: Subscription, alert: Alert) -> bool:
    """Is it worth a mention, as far as its level goes?"""
    return bool(subscription.role) and alert.level >= subscription.role_level
