"""Every platform of the table with its fake, behind one face: a person presses, an alert stands somewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot import chat, commands
from bot.commands.base import Context, Reply, Request, Row
from bot.news.model import Alert, Subscription
from bot.outbox.deliver import Outbox
from bot.outbox.retry import Policy
from bot.platforms.discord.client import DiscordPlatform
from bot.platforms.slack.client import SlackPlatform
from bot.store import alerts, codec, db, deliveries, entries, follows, stories, subscriptions
from bot.telling import Telling, wants
from tests.fakes import discord_process, slack_process
from tests.fakes.discord_world import MEMBER, OWNER
from tests.fakes.slack_process import APP_TOKEN, BOT_TOKEN
from tests.news.making import shipped
from tests.store import nouns

QUICK = Policy(tick=0.02, per_channel_seconds=0.0, settle=0.3, drain=0.1)
Ask = Callable[[Request], Awaitable[Reply]]
Found = TypeVar("Found")


async def until(looked: Callable[[], Awaitable[Found]]) -> Found:
    """What is found by looking again and again, within ten seconds: another process tells nobody when it is there."""
    async with asyncio.timeout(10):
        while not (found := await looked()):  # noqa: ASYNC110 - the fake is another process
            await asyncio.sleep(0.05)
    return found


class OnDiscord:
    """People in a server of the fake Discord."""

    space, channel, people = discord_process.GUILD, discord_process.CHANNEL, (MEMBER, OWNER)

    def __init__(self, fake: discord_process.FakeDiscord) -> None:
        self.fake = fake

    async def begin(self) -> None:
        await self.fake.admin("reset", {})

    def platform(self, ask: Ask) -> chat.Platform:
        return DiscordPlatform(self.fake.token, ask=ask, api_base=self.fake.api, timeout=3.0, key_window=0.3)

    def told(self, rooms: dict[str, list[dict[str, Any]]], message: dict[str, Any]) -> list[dict[str, Any]]:
        """What stands in the thread on a message."""
        return rooms.get(message["id"], [])

    async def close(self) -> None:
        """Nobody takes direct messages any more."""
        await self.fake.settings(direct=False)

    async def rooms(self) -> dict[str, list[dict[str, Any]]]:
        """What stands in each channel, message by message; what is said in a thread of one stands in its own."""
        found: dict[str, list[dict[str, Any]]] = (await self.fake.admin("state"))["messages"]
        return found

    def labels(self, message: dict[str, Any]) -> dict[str, str]:
        """The buttons of a message: label and id."""
        return {b["label"]: b["custom_id"] for row in message["components"] for b in row["components"]}

    async def press(self, channel: str, message: dict[str, Any], label: str, person: str) -> str:
        """What somebody is answered who presses a button; only they see it."""
        direct = channel != self.channel
        pressed = self.labels(message)[label]
        more = {"channel": channel, "message": message["id"], "user": person, "direct": direct, "wait": 20}
        answer = await self.fake.press(pressed, **more)
        await asyncio.sleep(0.05)  # the client hears that its answer arrived
        assert answer["private"]
        return str(answer["replies"][-1]["embeds"][0])


class OnSlack:
    """People in the fake Slack."""

    space, channel, people = "T0BORDER", "C0NEWS", ("U0MEMBER", "U0ADMIN")

    def __init__(self, fake: slack_process.FakeSlack) -> None:
        self.fake = fake

    async def begin(self) -> None:
        await self.fake.admin("reset", {})

    def platform(self, ask: Ask) -> chat.Platform:
        return SlackPlatform(
            BOT_TOKEN, APP_TOKEN, ask=ask, api_url=self.fake.api_url, timeout=5.0, settle=0.2, watch=0.05
        )

    def told(self, rooms: dict[str, list[dict[str, Any]]], message: dict[str, Any]) -> list[dict[str, Any]]:
        return [one for one in rooms[message["channel"]] if one["thread_ts"] == message["ts"]]

    async def close(self) -> None:
        await self.fake.fault("chat.postMessage", "error:messages_tab_disabled")

    async def rooms(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for message in (await self.fake.truth())["messages"]:
            found.setdefault(message["channel"], []).append(message)
        return found

    def labels(self, message: dict[str, Any]) -> dict[str, str]:
        rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
        return {b["text"]["text"]: b["action_id"] for row in rows for b in row}

    async def press(self, channel: str, message: dict[str, Any], label: str, person: str) -> str:
        action = self.labels(message)[label]
        click = {"channel": channel, "ts": message["ts"], "action": action, "user": person, "wait": 20}
        answer = (await self.fake.admin("click", click))["answer"]
        assert answer["response_type"] == "ephemeral"
        return str(answer)


Place = OnDiscord | OnSlack


@contextmanager
def places(folder: Path) -> Iterator[dict[str, Place]]:
    """A fake for every platform of the table; a new platform fails here until it has one."""
    with discord_process.running(folder / "discord.jsonl") as discord, slack_process.running() as slack:
        found: dict[str, Place] = {"discord": OnDiscord(discord), "slack": OnSlack(slack)}
        assert set(found) == set(chat.PLATFORMS)
        yield found


class Scene:
    """A running outbox and a counter for questions, on one platform; a test says what happens."""

    def __init__(self, place: Place, context: Context) -> None:
        self.place, self.context, self.database = place, context, context.database

    async def subscribe(self, **wishes: Any) -> Subscription:
        made = nouns.subscription(
            self.place.channel, platform=self.name, space=self.place.space, role="", **wishes
        )
        async with self.database.write() as connection:
            return await subscriptions.add(connection, made)

    @property
    def name(self) -> str:
        return "discord" if isinstance(self.place, OnDiscord) else "slack"

    async def say(self, alert: Alert) -> None:
        """What a poll does that brings a revision."""
        async with self.database.write() as connection:
            state = nouns.story(alert.story, alert=alert, active=alert.last_change)
            await stories.save(connection, [state])
            report = nouns.entry(f"e{alert.story}")
            await entries.add(connection, [(nouns.decision(report, alert.story), ())])
            await alerts.add(connection, [alert], alert.last_change)
            heard = await subscriptions.listed(connection) + await follows.hearing(connection, {alert.story})
            wanted = [wants(who, Telling(alert, "wanted", alert.level_rose)) for who in heard]
            await deliveries.add(connection, alert, wanted, codec.stamp(alert.last_change))

    async def shown(self, count: int, room: str = "") -> list[dict[str, Any]]:
        """The messages of a channel (any other than the subscribed one, if none is named), once there are so many."""

        async def there() -> list[dict[str, Any]]:
            rooms = await self.place.rooms()
            names = [room] if room else [name for name in rooms if name != self.place.channel]
            found = [message for name in names for message in rooms.get(name, ())]
            return found if len(found) >= count else []

        return await until(there)

    async def followed(self) -> tuple[Subscription, ...]:
        async with self.database.read() as connection:
            return await follows.of(connection)


@asynccontextmanager
async def playing(place: Place, folder: Path, **changed: Any) -> AsyncIterator[Scene]:
    """The platform connected, the outbox running, the commands of the table behind the buttons.

    Played again in the same folder it is the same bot after a restart.
    """
    platforms: dict[str, chat.Platform] = {}

    async def health() -> tuple[Row, ...]:
        return ()

    async with db.opened(folder) as database:
        topic = shipped()
        wired = {"direct": partial(chat.direct, platforms), "styles": partial(chat.styles, platforms)}
        context = Context(database, topic, partial(chat.missing, platforms), health, **{**wired, **changed})

        async def ask(request: Request) -> Reply:
            return await commands.answer(request, context)

        platform = place.platform(ask)
        platforms[platform.platform] = platform
        await platform.start()
        if isinstance(platform, DiscordPlatform) and platform.client is not None:
            await platform.client.wait_until_ready()  # or the library says so when nobody is left to hear it
        outbox = Outbox(database, platforms, QUICK)
        running = asyncio.create_task(outbox.run())
        try:
            yield Scene(place, context)
        finally:
            await outbox.close()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await platform.stop()
