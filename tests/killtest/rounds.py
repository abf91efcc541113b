"""Many rounds, each on a fresh store and with a seed of its own, added up."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.killtest.harness import Harness
from tests.killtest.plan import ROUND, Plan
from tests.killtest.program import zygote
from tests.killtest.verdict import Verdict


@dataclass
class Result:
    """What all rounds came to."""

    kills: int = 0
    found: Verdict = field(default_factory=Verdict)
    seconds: float = 0.0
    at: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)  # calls that went wrong, by kind

    def as_json(self) -> dict[str, Any]:
        return {
            "kills": self.kills,
            "due": self.found.due,
            "lost": self.found.lost,
            "duplicated": self.found.duplicated,
            "out_of_order": self.found.out_of_order,
            "seconds": round(self.seconds, 1),
            "at_steps": dict(sorted(self.at.items())),
            "faults": dict(sorted(self.faults.items())),
        }


def rounds(plan: Plan) -> Iterator[Plan]:
    """The kills of a plan, dealt out to rounds."""
    count = max(1, -(-plan.kills // ROUND))
    for number in range(count):
        kills = plan.kills * (number + 1) // count - plan.kills * number // count
        yield replace(plan, kills=kills, seed=plan.seed * 1_000 + number)


async def play(
    folder: Path,
    plan: Plan,
    jobs: int = 2,
    result: Result | None = None,
    told: Callable[[Plan, Verdict], None] = lambda part, found: None,
) -> Result:
    """All rounds of a plan, some side by side; added to `result`, and `told` after each."""
    result = Result() if result is None else result
    places, before, began = asyncio.Semaphore(max(1, jobs)), result.seconds, time.monotonic()

    async def one(part: Plan) -> None:
        async with places:
            place = folder / f"round-{part.seed}"
            place.mkdir(parents=True, exist_ok=True)
            harness = Harness(place, part, server)
            found = await harness.run()
            result.found.add(found)
            result.kills += part.kills
            result.at += harness.at
            result.faults += harness.faults
            result.seconds = before + time.monotonic() - began
            told(part, found)

    async with zygote() as server, asyncio.TaskGroup() as group:
        for part in rounds(plan):
            group.create_task(one(part))
    return result
