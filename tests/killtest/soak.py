"""`python -m tests.killtest.soak`: the long form. Thousands of kills of the good build; each bad build until it is caught."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.killtest.builds import BUILDS
from tests.killtest.plan import ROUND, Plan
from tests.killtest.rounds import Result, play

MOST = 300  # kills within which the ordinary schedule catches each bad build, whatever the seed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.killtest.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=2_040, help="of the good build (default 2040)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="rounds played side by side")
    asked = parser.parse_args()
    # 25 channels: 12 stories each in 34 rounds are 10,200 deliveries owed.
    fine = run("good", Plan(asked.kills, asked.seed, discord=17, slack=8), asked.jobs).found.clean
    for build in sorted({*BUILDS} - {"good"}):
        fine &= caught(build, asked.seed, asked.jobs)
    return 0 if fine else 1


def caught(build: str, seed: int, jobs: int) -> bool:
    """Seed after seed of the ordinary schedule, until the build shows what is wrong with it."""
    for number in range(MOST // ROUND):
        if not run(build, Plan(ROUND, seed + number, build), jobs).found.clean:
            return True
    sys.stderr.write(f"{build} was not caught in {MOST} kills\n")
    return False


def run(build: str, plan: Plan, jobs: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="killtest-") as scratch:
        result = asyncio.run(play(Path(scratch), plan, jobs))
    sys.stdout.write(json.dumps({"build": build, "seed": plan.seed, **result.as_json()}) + "\n")
    sys.stdout.flush()
    for trouble in result.found.troubles[:10]:
        sys.stderr.write(f"{trouble}\n")
    return result


if __name__ == "__main__":
    sys.exit(main())
