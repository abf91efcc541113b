"""One alert to very many Discord channels: how near to the 50 requests a second that Discord allows everybody.

The fake Discord keeps the limits and the record: what is counted is what it accepted and refused.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bench import page
from bench.subject import Subject, ours
from tests.fakes import discord_process
from tests.fakes.discord_world import FIRST_CHANNEL, FIRST_GUILD, PER_GUILD

ALLOWED = 50.0  # requests a second
GROWTH, QUICK = (1_000, 10_000), (500,)


@dataclass(frozen=True, slots=True)
class Result:
    """What the record says of one fan-out."""

    channels: int
    messages: int
    first_to_last: float
    alert_done: float  # from the start to the last channel's alert
    urgent_done: float  # from the moment when it was owed
    waiting: int  # alerts that still waited when the critical one was through
    refused: int
    wrote: float
    cpu: float
    megabytes: float
    lag: float

    @property
    def rate(self) -> float:
        return (self.messages - 1) / self.first_to_last


def run(quick: bool) -> None:
    """Print how fast everybody is told, and how that grows."""
    sizes = QUICK if quick else GROWTH
    found = []
    with page.progress("fan-out", len(sizes)) as step:
        for size in sizes:
            step(f"{size:,} channels")
            found.append(measured(size))
    rows = [
        [
            f"{one.channels:,}",
            f"{one.rate:.1f}",
            f"{one.rate / ALLOWED:.1%}",
            f"{one.alert_done:.0f} s",
            f"{one.refused / (one.messages + one.refused):.2%}",
            f"{one.urgent_done:.1f} s",
            f"{one.waiting:,}",
            f"{one.wrote:.2f} s",
            f"{one.cpu / one.messages * 1000:.1f} ms",
            f"{one.megabytes:.0f} MB",
            f"{one.lag:.0f} ms",
        ]
        for one in found
    ]
    head = ["channels", "requests a second", "of 50", "last channel told", "self-caused 429", "critical to 100", "still waiting then", "written down in", "CPU a message", "memory", "lag p99"]  # fmt: skip
    page.sheet(
        "One alert to every channel, with a digest for one in ten, and a critical alert on the way",
        head,
        rows,
    )
    page.note(
        "goal: at least 95 % of 50 a second, under 1 % refused; the fake holds 50 a second overall, 5 in 5 s a channel"
    )


@contextmanager
def quick_fake(truth: Path, channels: int) -> Iterator[discord_process.FakeDiscord]:
    """The fake without its check of every body against the published schema: it is to be faster than we are."""
    unchecked = mock.patch.object(discord_process, "OPENAPI", Path("/nonexistent"))
    with unchecked, discord_process.running(truth, channels=channels) as fake:
        yield fake


def measured(size: int) -> Result:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth, given = folder / "truth.jsonl", folder / "given.json"
        with quick_fake(truth, size) as fake:
            channels = [(str(FIRST_GUILD + n // PER_GUILD), str(FIRST_CHANNEL + n)) for n in range(size)]
            where = {"api": fake.api, "gateway": fake.gateway, "token": fake.token}
            given.write_text(json.dumps({"where": where, "channels": channels}), "utf-8")
            with Subject(ours("bench.fanout_ours", str(given)), folder / "log") as subject:
                subject.begin()
                sample = subject.ask(go=True)
        return result(size, [json.loads(line) for line in truth.read_text("utf-8").splitlines()], sample)


def result(size: int, lines: list[dict], sample: object) -> Result:  # type: ignore[type-arg]
    said = sample.said  # type: ignore[attr-defined]
    created = [line for line in lines if line["kind"] == "create"]
    times = [line["at"] for line in created]
    met: set[str] = set()
    urgent = dict.fromkeys(said["urgent"], 0.0)
    alert_times = []
    for line in created:
        critical = (
            line["channel"] in urgent
            and line["at"] >= said["urged"]
            and "CRITICAL" in json.dumps(line["body"])
        )
        if critical:
            urgent[line["channel"]] = line["at"]
        elif line["channel"] not in met:
            met.add(line["channel"])
            alert_times.append(line["at"])
    through = max(urgent.values())
    return Result(
        channels=size,
        messages=len(created),
        first_to_last=times[-1] - times[0],
        alert_done=max(alert_times) - said["began"],
        urgent_done=through - said["urged"],
        waiting=sum(at > through for at in alert_times),
        refused=sum(line["kind"] == "limited" for line in lines),
        wrote=said["wrote"],
        cpu=sample.cpu,  # type: ignore[attr-defined]
        megabytes=sample.megabytes,  # type: ignore[attr-defined]
        lag=said["lag"]["p99"],
    )
