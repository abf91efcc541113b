"""`make quality`: the scores of the news judgement on every labelled set, beside the bar, with the misses."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.quality import floors
from tests.quality.measure import ALL, Measured

screen = Console(highlight=False)


def show(name: str, measured: Sequence[Measured], floor: floors.Floors, misses: bool) -> None:
    table = Table("measured", title=name, title_justify="left")
    for heading in ("value", "bar", "floor"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for one in measured:
        bar = "" if one.bar is None else f"{'≤' if one.most else '≥'} {one.bar:g}"
        kept = f"{floor[one.what]:.2f}" if one.what in floor else ""
        missed = "" if one.reached else "above the bar  " if one.most else "below the bar  "
        value = Text(f"{one.value:.3f}", style="" if one.reached else "bold red")
        table.add_row(one.what, value, bar, kept, missed + one.detail)
    screen.print(table)
    if misses:
        for one in measured:
            for miss in one.misses:
                screen.print(Text(f"  {one.what.removesuffix(': F1')}: {miss}", style="dim"), soft_wrap=True)
    screen.print()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    names = [one.name for one in ALL]
    parser.add_argument(
        "sets", nargs="*", metavar="SET", help=f"which sets (all of them): {', '.join(names)}"
    )
    parser.add_argument("--misses", action="store_true", help="list what was missed")
    parser.add_argument("--raise", action="store_true", dest="rise", help="write floors that got better")
    given = parser.parse_args()
    if unknown := set(given.sets) - set(names):
        parser.error(f"no set is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    kept = floors.read()
    chosen = [one for one in ALL if one.name in (given.sets or names)]
    measured = {one.name: one.measured() for one in chosen if one.present}
    for name, rows in measured.items():
        show(name, rows, kept.get(name, {}), given.misses)
    for one in chosen:
        if not one.present:
            screen.print(f"{one.name}: not here", style="dim")
    if given.rise:
        floors.write(floors.raised(kept, measured))
        screen.print("floors.toml: raised where the judgement got better", style="dim")


if __name__ == "__main__":
    main()
