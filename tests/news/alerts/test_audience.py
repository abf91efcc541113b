"""Who hears of an alert: each answer with its reason."""

from __future__ import annotations

import pytest

from bot.news.alerts import audience
from bot.news.model import Level
from tests.store.nouns import alert, subscription


@pytest.mark.parametrize(
    ("wanted", "said", "answer"),
    [
        ({}, {"level": Level.MAJOR}, "instant"),
        ({}, {"level": Level.NOTABLE}, "digest"),
        ({"digest": "none"}, {"level": Level.NOTABLE}, "none"),
        ({"instant": Level.CRITICAL}, {"level": Level.MAJOR}, "digest"),
        ({"instant": Level.CRITICAL}, {"level": Level.CRITICAL}, "instant"),
        ({"instant": Level.MINOR}, {"level": Level.NOTABLE}, "digest"),  # nothing below major can be instant
        ({"types": ("trade",)}, {}, "none"),
        ({"types": ("trade", "air_strike")}, {}, "instant"),
        ({"places": ("Khost",)}, {}, "instant"),
        ({"places": ("khost",)}, {}, "instant"),
        ({"places": ("Kunar",)}, {}, "none"),
        ({"paused": "by an admin"}, {}, "none"),
        ({"paused": audience.LOST + "missing access"}, {}, "instant"),
    ],
)
def test_wants(wanted: dict[str, object], said: dict[str, object], answer: str) -> None:
    delivered, because = audience.wants(subscription(**wanted), alert(**said))  # type: ignore[arg-type]
    assert delivered == answer
    assert because


def test_only_from_the_level_of_the_role_and_only_with_a_role() -> None:
    critical = alert(level=Level.CRITICAL)
    assert audience.pings(subscription(), critical)
    assert not audience.pings(subscription(), alert())
    assert not audience.pings(subscription(role=""), critical)
