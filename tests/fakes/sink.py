"""A platform in memory that keeps the truth: what was really posted, however the call seemed to end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.news.model import Alert
from bot.outbox.sink import Gone, Later, Mark, Outcome, Page, Payload, Refused, Sent, Target, Unsure
from tests.fakes.clock import FakeClock

LAG = 20.0  # seconds after which the history shows what has no key
FAULTS = ("429", "503", "500 before", "500 after", "reset before", "reset after", "hang", "late")


def once(*faults: str) -> Callable[[str], str]:
    """These faults in turn, then none."""
    left = iter(faults)
    return lambda call: next(left, "")


@dataclass
class Post:
    """One message as the channel has it."""

    id: str
    channel: str
    key: str
    payload: Payload
    at: float  # true time
    ping: str = ""
    edits: list[Payload] = field(default_factory=list)
    deleted: bool = False
    keyed: bool = True  # known by its key where the platform knows keys; a forum's post is not

    @property
    def revision(self) -> int:
        return int((self.edits[-1] if self.edits else self.payload)["revision"])


class FakeSink:
    """Discord (`reposts_safely`) or Slack, as the outbox sees them. `fault` names what goes wrong next."""

    def __init__(
        self,
        clock: FakeClock,
        platform: str = "discord",
        *,
        reposts_safely: bool = True,
        edits: bool = True,
        fault: Callable[[str], str] = lambda call: "",
    ) -> None:
        self.clock, self.platform, self.edits, self.fault = clock, platform, edits, fault
        self.reposts_safely = reposts_safely
        self.key_window = 60.0 if reposts_safely else 0.0
        self.nonce_window = 120.0  # really "a few minutes": longer than we count on
        self.settle = 5.0 if reposts_safely else 60.0
        self.lag = 0.0 if reposts_safely else LAG  # history shows a post only after this
        self.posts: list[Post] = []
        self.late: list[tuple[float, Post]] = []
        self.late_edits: list[tuple[float, Post, Payload]] = []
        self.late_by = 4.0
        self.page = 100  # messages
        self.calls: list[tuple[str, str]] = []
        self.called = asyncio.Event()
        self.connected = True
        self.lost: set[str] = set()
        self.in_flight = self.most_in_flight = 0

    async def ready(self) -> bool:
        return self.connected

    def render(self, alert: Alert, target: Target) -> Payload:
        return {
            "story": alert.story,
            "revision": alert.revision,
            "headline": alert.headline,
            "ping": target.ping,
            "rose": alert.level_rose,
        }

    def render_digest(self, alerts: Sequence[Alert], title: str, target: Target) -> list[Payload]:
        stories = [[alert.story, alert.revision] for alert in alerts]
        return [
            {
                "title": title,
                "stories": stories[start : start + 10],
                "lines": [self.line(alert) for alert in alerts[start : start + 10]],
                "revision": 0,
            }
            for start in range(0, len(stories), 10)
        ]

    def cost(self, payload: Payload, *, edit: bool) -> int:
        return 3 if edit else 1

    async def post(self, target: Target, payload: Payload, key: str) -> Outcome:
        async with self._call("post", target) as fault:
            if isinstance(fault, str):
                return self._post(target, payload, key, fault)
            return fault

    def _post(self, target: Target, payload: Payload, key: str, fault: str) -> Outcome:
        match fault:
            case "429":
                return Later(2.0, "429")
            case "503":
                return Later(1.0, "503")
            case "400":
                return Refused("400")
            case "10008":
                return Gone("unknown message", "message")
            case "500 before" | "reset before":
                return Unsure(fault)
        keyed = self.reposts_safely and target.style != "forum"
        post = Post("", target.channel, key, payload, self.clock.true, target.ping, keyed=keyed)
        if fault == "late":
            self.late.append((self.clock.true + self.late_by, post))
            return Unsure(fault)
        made = self._accept(post, self.clock.true)
        if fault in ("500 after", "reset after", "hang"):
            if fault == "hang":
                raise TimeoutError
            return Unsure(fault)
        return Sent(made.id)

    def _accept(self, post: Post, at: float) -> Post:
        if post.keyed:
            for before in self.posts:
                if before.key == post.key and at - before.at < self.nonce_window:
                    return before
        post.id, post.at = f"m{len(self.posts) + 1}", at
        self.posts.append(post)
        return post

    async def edit(self, target: Target, message: str, payload: Payload, key: str) -> Outcome:
        async with self._call("edit", target) as fault:
            if not isinstance(fault, str):
                return fault
            post = next((post for post in self.posts if post.id == message), None)
            if post is None or post.deleted:
                return Gone("the message was removed", "message")
            if fault in ("429", "503", "30046"):
                return Later(2.0, fault)
            if fault == "400":
                return Refused(fault)
            if fault == "late":
                self.late_edits.append((self.clock.true + self.late_by, post, payload))
            if fault in ("500 before", "reset before", "late"):
                return Unsure(fault)
            post.edits.append(payload)
            if not self.reposts_safely:
                post.key = key  # as on Slack; Discord's buttons keep the first
            return Sent(message) if not fault else Unsure(fault)

    def line(self, alert: Alert) -> str:
        return f"{alert.story} {alert.headline}"

    async def read(self, target: Target, since: float, more: str = "") -> Page | Outcome:
        async with self._call("read", target) as fault:
            if not isinstance(fault, str):
                return fault
            if fault in ("429", "503"):
                return Later(2.0, fault)
            if fault == "no history":
                return Refused("missing Read Message History")
            if fault:
                return Unsure(fault)
            shown = [
                Mark(post.id, post.key, frozenset(post.payload.get("lines", ())))
                for post in self.posts
                if post.channel == target.channel
                and post.at >= since - 1
                and self.clock.true - post.at >= (LAG if target.style == "forum" else self.lag)
                and not post.deleted
            ]
            start = int(more or 0)
            further = str(start + self.page) if len(shown) > start + self.page else ""
            return Page(tuple(shown[start : start + self.page]), further)

    async def remove(self, target: Target, message: str) -> Outcome:
        async with self._call("remove", target):
            for post in self.posts:
                post.deleted = post.deleted or post.id == message
            return Sent(message)

    def _call(self, name: str, target: Target) -> _Call:
        return _Call(self, name, target)

    def catch_up(self) -> None:
        """Late requests are accepted once their time has come."""
        due = [(at, post) for at, post in self.late if at <= self.clock.true]
        self.late = [(at, post) for at, post in self.late if at > self.clock.true]
        for at, post in due:
            self._accept(post, at)
        changed = [edit for edit in self.late_edits if edit[0] <= self.clock.true]
        self.late_edits = [edit for edit in self.late_edits if edit[0] > self.clock.true]
        for _, post, payload in changed:
            post.edits.append(payload)

    # ------------------------------------------------------------------ the truth

    def shown(self, channel: str = "") -> list[tuple[int, int]]:
        """(story, revision) of what stands in a channel, in its order."""
        self.catch_up()
        return [
            (post.payload["story"], post.revision)
            for post in self.posts
            if (not channel or post.channel == channel) and not post.deleted and "story" in post.payload
        ]


class _Call:
    def __init__(self, sink: FakeSink, name: str, target: Target) -> None:
        self.sink, self.name, self.target = sink, name, target

    async def __aenter__(self) -> str | Outcome:
        self.sink.in_flight += 1
        self.sink.most_in_flight = max(self.sink.most_in_flight, self.sink.in_flight)
        self.sink.catch_up()
        self.sink.called.set()
        self.sink.calls.append((self.name, self.target.channel))
        await asyncio.sleep(0)
        if self.target.channel in self.sink.lost:
            return Gone("missing access")
        fault = self.sink.fault(self.name)
        return Gone("token refused", "all") if fault == "401" else fault

    async def __aexit__(self, *error: object) -> None:
        self.sink.in_flight -= 1
