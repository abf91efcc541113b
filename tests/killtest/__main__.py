"""`python -m tests.killtest --kills N --seed S [--build NAME] --json`; the last line is the verdict."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.killtest.builds import BUILDS
from tests.killtest.plan import Plan
from tests.killtest.rounds import Result, play


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.killtest", description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=100, help="how often the program is killed (default 100)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of kills and faults; any seed must hold")
    parser.add_argument("--build", choices=sorted(BUILDS), default="good", help="a known-bad build to catch")
    parser.add_argument("--stories", type=int, default=12, help="stories in a round (at most 12)")
    parser.add_argument("--discord", type=int, default=4, help="channels on Discord")
    parser.add_argument("--slack", type=int, default=2, help="channels on Slack")
    parser.add_argument("--jobs", type=int, default=2, help="rounds played side by side")
    parser.add_argument("--keep", type=Path, help="leave states and truths in this folder")
    parser.add_argument("--json", action="store_true", help="print nothing but JSON on standard output")
    asked = parser.parse_args()
    plan = Plan(asked.kills, asked.seed, asked.build, asked.stories, discord=asked.discord, slack=asked.slack)
    with tempfile.TemporaryDirectory(prefix="killtest-") as scratch:
        result = asyncio.run(play(asked.keep or Path(scratch), plan, asked.jobs))
    report(result, words=not asked.json)
    return 0 if result.found.clean else 1


def report(result: Result, words: bool) -> None:
    for trouble in result.found.troubles[:20]:
        sys.stderr.write(f"{trouble}\n")
    if words:
        found = result.found
        sys.stdout.write(
            f"{result.kills} kills, {found.due} due: {found.lost} lost, {found.duplicated} duplicated, "
            f"{found.out_of_order} out of order, {result.seconds:.0f} s\n"
        )
    sys.stdout.write(json.dumps(result.as_json()) + "\n")


if __name__ == "__main__":
    sys.exit(main())
