"""One alert to very many Discord channels: how near to the 50 requests a second that Discord allows everybody.

The fake Discord keeps the limits and the record: what is counted is what it accepted and refused.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from bench import page
from bench.subject import Sample, Subject, ours
from tests.fakes import discord_process
from tests.fakes.discord_world import FIRST_CHANNEL, FIRST_GUILD, PER_GUILD

ALLOWED = 50.0  # requests a second
GROWTH, QUICK = (1_000, 10_000), (500,)
HEAD = (
    "channels",
    "requests a second",
    "of 50",
    "last channel told",
    "self-caused 429",
    "critical: channels",
    "critical: last one told",
    "still waiting then",
    "CPU a message",
    "memory",
    "event loop late, p99",
)
LIMITS = "goal: at least 95 % of 50 a second, under 1 % refused; the fake holds 50 a second overall, 5 in 5 s a channel"


@dataclass(frozen=True, slots=True)
class Result:
    """What the record says of one scene."""

    channels: int
    messages: int
    seconds: float  # from the first message to the last
    told: float  # from the start to the last channel, of those that were told
    urgent: int
    urgent_told: float  # from the moment when it was owed to the last of its channels
    waiting: int  # other messages that still waited then
    refused: int
    cpu: float
    megabytes: float
    lag: float

    @property
    def rate(self) -> float:
        return (self.messages - 1) / self.seconds

    def row(self, complete: bool) -> list[str]:
        return [
            f"{self.channels:,}",
            f"{self.rate:.1f}",
            f"{self.rate / ALLOWED:.1%}",
            f"{self.told:.0f} s" if complete else "–",
            f"{self.refused / (self.messages + self.refused):.2%}",
            f"{self.urgent:,}",
            f"{self.urgent_told:.1f} s",
            f"{self.waiting:,}",
            f"{self.cpu / self.messages * 1000:.1f} ms",
            f"{self.megabytes:.0f} MB",
            f"{self.lag:.0f} ms",
        ]


def run(quick: bool) -> None:
    """Print how fast everybody is told, how a critical alert overtakes, and how both grow."""
    sizes = QUICK if quick else GROWTH
    found: dict[str, list[Result]] = {"alert": [], "digests": []}
    with page.progress("fan-out", len(sizes) * len(found)) as step:
        for scene, results in found.items():
            for size in sizes:
                step(f"{scene}, {size:,} channels")
                results.append(measured(size, scene))
    show("One alert to every channel, and a critical one on the way", found["alert"], complete=True)
    show(
        "A digest waits for every channel when a critical alert comes; then it ends",
        found["digests"],
        complete=False,
    )
    page.note(LIMITS)


def show(title: str, results: Sequence[Result], *, complete: bool) -> None:
    page.sheet(title, HEAD, [result.row(complete) for result in results])


@contextmanager
def quick_fake(truth: Path, channels: int) -> Iterator[discord_process.FakeDiscord]:
    """The fake without its check of every body against the published schema: it is to be faster than we are."""
    unchecked = mock.patch.object(discord_process, "OPENAPI", Path("/nonexistent"))
    with unchecked, discord_process.running(truth, channels=channels) as fake:
        yield fake


def measured(size: int, scene: str) -> Result:
    """Play a scene with so many channels."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth, given = folder / "truth.jsonl", folder / "given.json"
        with quick_fake(truth, size) as fake:
            channels = [(str(FIRST_GUILD + n // PER_GUILD), str(FIRST_CHANNEL + n)) for n in range(size)]
            where = {"api": fake.api, "gateway": fake.gateway, "token": fake.token}
            given.write_text(json.dumps({"where": where, "channels": channels, "scene": scene}), "utf-8")
            with Subject(ours("bench.fanout_ours", str(given)), folder / "log") as subject:
                subject.begin()
                sample = subject.ask(go=True)
        return result(size, [json.loads(line) for line in truth.read_text("utf-8").splitlines()], sample)


def result(size: int, lines: Sequence[dict[str, Any]], sample: Sample) -> Result:
    """Count what the fake wrote down."""
    said = sample.said
    created = [line for line in lines if line["kind"] == "create"]
    critical = [line["at"] for line in created if "CRITICAL" in json.dumps(line["body"])]
    ordinary = [line["at"] for line in created if "CRITICAL" not in json.dumps(line["body"])]
    if len(critical) != said["urgent"]:
        raise RuntimeError(f"{len(critical)} of {said['urgent']} channels were told what is critical")
    return Result(
        channels=size,
        messages=len(created),
        seconds=created[-1]["at"] - created[0]["at"],
        told=ordinary[-1] - said["began"],
        urgent=said["urgent"],
        urgent_told=critical[-1] - said["urged"],
        waiting=size - sum(at <= critical[-1] for at in ordinary),
        refused=sum(line["kind"] == "limited" for line in lines),
        cpu=sample.cpu,
        megabytes=sample.megabytes,
        lag=said["lag"]["p99"],
    )
