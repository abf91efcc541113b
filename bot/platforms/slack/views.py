"""The buttons under an alert: Wording, All sources, Timeline. What they show, only the asker sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.commands.base import Reply
from bot.platforms.slack.render import BUTTONS

View = Callable[[int], Awaitable[Reply]]  # a story's id → what to show
PREFIX = "borderwire."


async def press(body: Mapping[str, Any], team: str, views: Mapping[str, View]) -> Reply:
    """The reply to a click. The payload comes from outside: every part of it is checked."""
    if (body.get("team") or {}).get("id") != team or (body.get("user") or {}).get("team_id", team) != team:
        return Reply("Not for you", "Only members of this workspace can ask me.", error=True)
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    name, value = str(action.get("action_id", "")).removeprefix(PREFIX), str(action.get("value", ""))
    view = views.get(name)
    if (
        view is None
        or name not in dict(BUTTONS)
        or not (value.isascii() and value.isdecimal())
        or len(value) > 12
    ):
        return Reply("This button no longer works", "Ask /timeline instead.", error=True)
    return await view(int(value))
