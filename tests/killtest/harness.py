"""Kills the program at named steps and at random instants, starts it again, and counts what stands at the end.

Nothing here waits for a time to pass: a life ends when the program reports what was waited for, when it has
nothing left to do, or, for a random instant, a moment after a report chosen by chance.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import tomllib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.news.model import Style, Subscription
from bot.store import db, migrate, subscriptions
from tests.fakes import discord_process, slack_process
from tests.fakes.discord_process import FakeDiscord
from tests.fakes.discord_world import FORUM
from tests.fakes.slack_process import FakeSlack
from tests.killtest import verdict
from tests.killtest.plan import BACK, FAULTS, FOLD, LOOK, MOVE, POLL, SEND, STORE, Plan
from tests.killtest.program import ROOT, Life, Zygote
from tests.killtest.scene import FEED, Newsroom, Story, stories

DISCORD, SLACK = "discord.jsonl", "slack.jsonl"  # each platform's record of the truth
MOMENT = 0.004  # seconds that such a piece of SQLite's work takes
CALM = 3  # polls in a row without a step of a delivery, and nothing owed: there is nothing left to do
PATIENCE = 25  # such polls after which what is owed is not waited for in this life
LAST_PATIENCE = 600  # and in the last life, which has no faults: what is owed then is lost
OWED = (
    "SELECT state, count(*) FROM delivery WHERE state IN ('new', 'trying', 'unsure', 'held') GROUP BY state"
)


class Harness:
    """One round: a folder, two platforms, one newsroom, a program that is killed."""

    def __init__(self, folder: Path, plan: Plan, zygote: Zygote) -> None:
        self.folder, self.plan, self.zygote = folder, plan, zygote
        self.config, self.state, self.output = folder / "config", folder / "state", folder / "output.txt"
        self.chance = random.Random(plan.seed)
        self.newsroom = Newsroom()
        self.stories = stories(plan.stories, plan.rises)
        self.coming = self.order_of_events()
        self.at: Counter[str] = Counter()  # where it was killed
        self.faults: Counter[str] = Counter()  # what went wrong on the platforms
        self.dated = self.first_date(datetime.now(UTC))
        self.environment = plan.environment()
        self.later = 0  # migrations that the program has beyond those of this version
        self.copy = folder / "copies"  # of the store, made while the program ran
        self.startup = 0.5  # seconds to the first report, as last observed
        self.reach = 12  # reports in a life, as last observed

    # ------------------------------------------------------------------ what happens

    def order_of_events(self) -> list[tuple[Story, int]]:
        """Stories begin in their order; in between, those already told rise."""
        rises = {story: list(story.tolls) for story in self.stories}
        fresh = list(self.stories)
        open_: list[Story] = []
        events: list[tuple[Story, int]] = []
        while fresh or open_:
            if fresh and (not open_ or self.chance.random() < 0.4):
                open_.append(fresh.pop(0))
                story = open_[-1]
            else:
                story = self.chance.choice(open_)
            events.append((story, rises[story].pop(0)))
            if not rises[story]:
                open_.remove(story)
        return events

    def first_date(self, now: datetime) -> datetime:
        """From when the reports are dated: in every other round, a midnight comes somewhere among them.

        Then those of the second day say what happened on the first.
        """
        recent = now - timedelta(seconds=600)
        if self.plan.seed % 2 == 0:
            return recent
        midnight = recent.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(seconds=random.Random(self.plan.seed).randint(2, len(self.coming)))

    def publish(self) -> None:
        story, toll = self.coming.pop(0)
        number = sum(map(len, (one.tolls for one in self.stories))) - len(self.coming)
        # Feeds date to the second: a second apart, so that the order owed is beyond doubt.
        at = self.dated + timedelta(seconds=number)
        self.newsroom.publish(f"story-{story.number}", *story.text(toll), at)

    # ------------------------------------------------------------------ the program

    def order(
        self, step: str = "", hit: int = 0, within: float = 0.0, restore: Path | None = None
    ) -> dict[str, Any]:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TZ", "LANG")}
        return {
            "config": str(self.config),
            "state": str(self.state),
            "output": str(self.output),
            "env": kept | self.environment,
            "build": self.plan.build,
            "later": self.later,
            "restore": str(restore or ""),
            "step": step,
            "hit": hit,
            "within": within,
        }

    def aim(self, published: bool) -> tuple[str, int]:
        """A step that can be reached now and was aimed at least; "" for a random instant."""
        owed = self.owed()
        within = {*LOOK} if owed.keys() & {"trying", "unsure"} else set()
        within |= {*SEND} if owed or published else set()
        within |= {*POLL} if published else {*POLL} - {"parsed"}
        half = sum(self.at.values()) * 2 >= self.plan.kills  # from here on it looks before every post
        within |= {*FOLD, *MOVE} | ({*BACK} if half else set())
        chosen = [step for step in self.plan.steps if step in within]
        if not chosen or self.chance.random() < self.plan.at_random:
            return "", 0
        step = min(chosen, key=lambda name: (self.at[name], self.chance.random()))
        return step, self.chance.choice(self.plan.hits) if step in SEND else 1

    async def doomed(self, published: bool) -> None:
        """One life and its end: at a step, at a random instant, or when there was nothing left to do."""
        step, hit = self.aim(published)
        within = self.chance.choice((0.0, self.chance.uniform(0, MOMENT))) if step in STORE else 0.0
        if step in BACK:
            await self.put_back(step, within)
            return
        self.later += step in MOVE
        life = await self.zygote.start(self.order(step, hit, within))
        if step:
            await self.rest(life)
        else:
            await self.instant(life)
        if life.ended and not life.killed:
            raise RuntimeError(f"the program ended by itself: {self.tail()}")
        where = (step if step else "any instant") if life.ended else "at rest"
        await life.kill()
        self.at["any instant" if not step else where] += 1
        if life.first:
            self.startup, self.reach = life.first - life.born, max(4, len(life.steps))

    async def put_back(self, step: str, within: float) -> None:
        """Restore a copy and die of it; whoever did it tries again, or lets the program run as it is."""
        self.at[step] += 1
        died = await self.zygote.start(self.order(step, 1, within, self.copy))
        await died.over()
        if self.chance.random() < 0.5:
            whole = await self.zygote.start(self.order(restore=self.copy))
            await whole.over()
            if whole.status:
                raise RuntimeError(f"the copy could not be restored: {self.tail()}")

    async def rest(self, life: Life, reports: int = 0, patience: int = PATIENCE) -> None:
        """Until it ended, has nothing left to do, or made so many reports."""
        calm = seen = 0
        while not life.ended:
            for step in life.steps[seen:]:
                calm = calm + 1 if step == "committed" else calm if step in POLL + STORE else 0
            seen = len(life.steps)
            if (reports and seen >= reports) or calm >= patience or (calm >= CALM and not self.owed()):
                return
            await life.news()

    async def instant(self, life: Life) -> None:
        """A moment chosen by chance: while starting, or some reports later and a little."""
        reports = self.chance.randint(0, self.reach)
        if reports:
            await self.rest(life, reports)
        await asyncio.sleep(self.chance.uniform(0, 0.02 if reports else self.startup))
        if not life.ended and self.chance.random() < self.plan.copies:
            self.keep()

    def keep(self) -> None:
        """Copy the store of the running program, as an operator does."""
        self.copy = migrate.backup(self.state / db.FILE, self.folder / "copies", 1, datetime.now(UTC))

    async def baseline(self) -> None:
        """The first look at the feed, which posts nothing."""
        life = await self.zygote.start(self.order())
        await self.rest(life)
        self.keep()
        await self.stop(life)

    async def undisturbed(self) -> None:
        """A last life without faults, until nothing is owed any more, and an ordinary stop.

        However quick that was: what a platform accepts late is there before the truth is read.
        """
        life = await self.zygote.start(self.order())
        await self.rest(life, patience=LAST_PATIENCE)
        await self.stop(life)
        await asyncio.sleep(self.plan.late)

    async def stop(self, life: Life) -> None:
        if life.ended:
            raise RuntimeError(f"the program ended by itself: {self.tail()}")
        await life.kill(signal.SIGTERM)
        if life.killed or life.status:
            raise RuntimeError(f"the program did not stop in order: {self.tail()}")

    def owed(self) -> dict[str, int]:
        """What the program itself still means to send; only to know what can happen now."""
        file = self.state / db.FILE
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as connection:
                return dict(connection.execute(OWED).fetchall())
        except sqlite3.OperationalError:  # killed where only somebody who may write can read the log
            with closing(sqlite3.connect(file, timeout=5)) as connection:
                return dict(connection.execute(OWED).fetchall())

    def whole(self) -> bool:
        with closing(sqlite3.connect(self.state / db.FILE)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")

    def tail(self) -> str:
        return self.output.read_text("utf-8", "replace")[-1500:] if self.output.exists() else ""

    # ------------------------------------------------------------------ the whole

    async def run(self) -> verdict.Verdict:
        rooms = [str(int(discord_process.CHANNEL) + n) for n in range(self.plan.discord)]
        halls = [f"C0KILL{n}" for n in range(self.plan.slack)]
        async with self.scene(rooms, halls) as (discord, slack):
            await self.baseline()
            await self.faulty(discord, slack, self.plan.share)
            events = len(self.coming)
            for number in range(self.plan.kills):
                published = (
                    bool(self.coming) and number >= (events - len(self.coming)) * self.plan.kills / events
                )
                if published:
                    self.publish()
                await self.doomed(published)
            while self.coming:
                self.publish()
            await self.faulty(discord, slack, 0.0)
            await self.undisturbed()
            state = await discord.admin("state")
            texts = verdict.discord_texts(state, rooms)
            truth = await slack.truth()
        self.faults += verdict.faults(self.folder / DISCORD, self.folder / SLACK)
        found = verdict.judge(self.stories, texts | verdict.slack_texts(truth, halls))
        if removed := truth["counts"].get("deleted", 0) + state["counts"].get("delete", 0):
            found.troubles.append(f"{removed} second copies stood in a channel until they were removed")
            found.duplicated += removed
        if not self.whole():
            found.troubles.append("the store is damaged")
            found.lost += 1
        return found

    @asynccontextmanager
    async def scene(self, rooms: list[str], halls: list[str]) -> AsyncIterator[tuple[FakeDiscord, FakeSlack]]:
        """Newsroom and platforms, each platform in a process of its own, and channels that subscribe."""
        async with AsyncExitStack() as stack:
            runner = await self.newsroom.open()
            stack.push_async_callback(runner.cleanup)
            discord = stack.enter_context(discord_process.running(self.folder / DISCORD, max(1, len(rooms))))
            slack = stack.enter_context(slack_process.running(self.folder / SLACK))
            self.newsroom.old()
            self.configure(discord if rooms else None, slack if halls else None)
            await discord.settings(nonce_window=30.0, channel_limit=0, global_limit=0, late=self.plan.late)
            channels = {hall: {"name": hall.lower(), "member": True} for hall in halls}
            await slack.admin("set", {"channels": channels, "history_lag": self.plan.late})
            for room in rooms[: self.plan.forums]:
                await discord.channel(room, type=FORUM)
            await self.subscribe(rooms, halls)
            yield discord, slack

    def configure(self, discord: FakeDiscord | None, slack: FakeSlack | None) -> None:
        self.config.mkdir(parents=True, exist_ok=True)
        shipped = tomllib.loads((ROOT / "config" / "feeds.toml").read_text("utf-8"))["feed"]
        off = [f'[[feed]]\nname = "{row["name"]}"\nenabled = false\n' for row in shipped]
        url = f"http://127.0.0.1:{self.newsroom.port}/feed"
        ours = f'[[feed]]\nname = "test"\nurl = "{url}"\noutlet = "{FEED}"\nside = "AF"\nenabled = true\n'
        (self.config / "feeds.toml").write_text("\n".join([*off, ours]), "utf-8")
        self.environment["BORDERWIRE_FETCH__ALLOW_PORTS"] = f"[{self.newsroom.port}]"
        if discord:
            self.environment |= {"DISCORD_TOKEN": discord.token, "DISCORD_API_BASE": discord.api}
        if slack:
            self.environment |= {
                "SLACK_BOT_TOKEN": slack_process.BOT_TOKEN,
                "SLACK_APP_TOKEN": slack_process.APP_TOKEN,
                "SLACK_API_URL": slack.api_url,
            }

    async def subscribe(self, rooms: list[str], halls: list[str]) -> None:
        at = datetime.now(UTC)
        forums: list[Style] = ["forum"] * self.plan.forums + ["message"] * len(rooms)
        wanted = [
            Subscription(0, "discord", discord_process.GUILD, room, at, style=style)
            for room, style in zip(rooms, forums, strict=False)
        ]
        wanted += [Subscription(0, "slack", "T0BORDER", hall, at) for hall in halls]
        async with db.opened(self.state) as database, database.write() as connection:
            for one in wanted:
                await subscriptions.add(connection, one)

    async def faulty(self, discord: FakeDiscord, slack: FakeSlack, share: float) -> None:
        """So large a share of what is posted, changed or looked up goes wrong from now on."""
        on_discord, on_slack = zip(*(FAULTS[name] for name in self.plan.faults), strict=True)
        seed = self.plan.seed
        where = {"method": "*", "path": "*/channels/*"}
        await discord.admin("faults", {"share": share, "seed": seed, "kinds": on_discord, **where})
        await slack.admin(
            "faults", {"rate": share, "seed": seed, "kinds": on_slack, "seconds": self.plan.late}
        )
