"""`make bench`: speed and memory of the bot's parts, each beside a named peer that is measured in the same run."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Mapping

from bench import entries, fanout, feeds, figures, judgement, page, stories

BENCHES: Mapping[str, Callable[[bool], None]] = {
    "judgement": judgement.run,
    "stories": stories.run,
    "figures": figures.run,
    "feeds": feeds.run,
    "entries": entries.run,
    "fanout": fanout.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "which", nargs="*", choices=[[], *BENCHES], metavar="|".join(BENCHES), help="default: all"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run, and about how fast?")
    wanted = parser.parse_args()
    if not os.path.isdir("/proc/self"):  # noqa: PTH112
        sys.exit("the benchmark reads times and memory from /proc and needs Linux")
    load = os.getloadavg()[0]
    page.SCREEN.print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before we began; "
        "what counts are the ratios\n",
        style="dim",
    )
    for name in wanted.which or BENCHES:
        BENCHES[name](wanted.quick)


if __name__ == "__main__":
    main()
