"""`python -m tests.killtest --kills N --seed S [--build NAME] --json`; the last line is the verdict."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.killtest.builds import BUILDS
from tests.killtest.harness import Harness, Plan


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.killtest", description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=100, help="how often the program is killed (default 100)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of kills and faults; any seed must hold")
    parser.add_argument("--build", choices=sorted(BUILDS), default="good", help="a known-bad build to catch")
    parser.add_argument(
        "--stories", type=int, default=12, help="stories, each with a rise in toll (at most 12)"
    )
    parser.add_argument("--discord", type=int, default=4, help="channels on Discord")
    parser.add_argument("--slack", type=int, default=2, help="channels on Slack")
    parser.add_argument("--keep", type=Path, help="leave states and truths in this folder")
    parser.add_argument("--json", action="store_true", help="print nothing but JSON on standard output")
    asked = parser.parse_args()
    plan = Plan(asked.kills, asked.seed, asked.build, asked.stories, asked.discord, asked.slack)
    with tempfile.TemporaryDirectory(prefix="killtest-") as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        result = asyncio.run(Harness(folder, plan).run())
    for trouble in result.verdict.troubles[:20]:
        sys.stderr.write(f"{trouble}\n")
    if not asked.json:
        found = result.verdict
        sys.stdout.write(
            f"{result.kills} kills, {found.due} due: {found.lost} lost, {found.duplicated} duplicated, "
            f"{found.out_of_order} out of order, {result.seconds:.0f} s\n"
        )
    sys.stdout.write(json.dumps(result.as_json()) + "\n")
    return 0 if result.verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
