"""`python -m tests.killtest.soak`: the long form. Thousands of kills of the good build; each bad build until it is caught.

Every round is a line as it ends. It can be interrupted: the table then says what was done until then. The last
line is the verdict on the good build.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.killtest.builds import BUILDS
from tests.killtest.plan import FAULTS, ROUND, STEPS, Plan
from tests.killtest.rounds import Result, play
from tests.killtest.verdict import Verdict

MOST = 300  # kills within which the ordinary schedule catches each bad build, whatever the seed
SCREEN = Console(width=110, highlight=False)


@dataclass
class Soak:
    """What the builds came to."""

    good: Result = field(default_factory=Result)
    bad: dict[str, Result] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        """Bad builds that were looked for and not caught."""
        return [name for name, result in self.bad.items() if result.found.clean]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.killtest.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=2_040, help="of the good build (default 2040)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="rounds played side by side")
    asked = parser.parse_args()
    # 25 channels: 12 stories each in 34 rounds are 10,200 deliveries owed.
    plan, soak = Plan(asked.kills, asked.seed, discord=17, slack=8), Soak()
    whole = asyncio.run(interruptible(soak, plan, asked.jobs))
    SCREEN.print(table(soak))
    for name in soak.missed:
        SCREEN.print(f"{name} was not caught in {soak.bad[name].kills} kills")
    if not whole:
        SCREEN.print(f"interrupted: {soak.good.kills} of {asked.kills} kills")
    sys.stdout.write(json.dumps(soak.good.as_json()) + "\n")
    return 0 if whole and soak.good.found.clean and not soak.missed else 1


async def interruptible(soak: Soak, plan: Plan, jobs: int) -> bool:
    """Everything, or as much as there was time for; whether it was everything."""
    playing = asyncio.create_task(everything(soak, plan, jobs))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, playing.cancel)
    await asyncio.wait([playing])
    if not playing.cancelled() and (error := playing.exception()):
        raise error
    return not playing.cancelled()


async def everything(soak: Soak, plan: Plan, jobs: int) -> None:
    await played(soak.good, plan, jobs)
    for build in sorted({*BUILDS} - {"good"}):
        found = soak.bad.setdefault(build, Result())
        for number in range(MOST // ROUND):  # seed after seed, until it shows what is wrong with it
            await played(found, Plan(ROUND, plan.seed + number, build), jobs)
            if not found.found.clean:
                break


async def played(result: Result, plan: Plan, jobs: int) -> None:
    """Play a plan, with a line after each round; what went wrong in the good build is left to be looked at."""
    scratch = Path(tempfile.mkdtemp(prefix="killtest-"))

    def told(part: Plan, found: Verdict) -> None:
        whole = result.found
        SCREEN.print(
            f"{part.build}, seed {part.seed}: {result.kills} kills, {whole.due} due, {whole.lost} lost, "
            f"{whole.duplicated} duplicated, {whole.out_of_order} out of order, {result.seconds:.0f} s"
        )
        place = scratch / f"round-{part.seed}"
        if found.clean or part.build != "good":
            shutil.rmtree(place)
        else:
            SCREEN.print("\n".join(found.troubles[:10]), f"see {place}", sep="\n")

    await play(scratch, plan, jobs, result, told)
    if result.found.clean:
        shutil.rmtree(scratch)


def table(soak: Soak) -> Table:
    """One line for each build; where the good one was killed, and what the platforms did to it meanwhile."""
    good = soak.good
    sheet = Table(box=box.SIMPLE_HEAD)
    for head in ("build", "kills", "due", "lost", "duplicated", "out of order", "seconds"):
        sheet.add_column(head, justify="left" if head == "build" else "right")
    for name, result in {"good": good, **soak.bad}.items():
        numbers = list(result.as_json().values())[:6]
        sheet.add_row(name, *map(str, numbers))
    whole = Table.grid(padding=(0, 2))
    whole.add_row(sheet)
    whole.add_row(
        "killed at: " + counted({name: good.at[name] for name in (*STEPS, "any instant", "at rest")})
    )
    whole.add_row("went wrong: " + counted({name: good.faults[name] for name in FAULTS}))
    return whole


def counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


if __name__ == "__main__":
    sys.exit(main())
