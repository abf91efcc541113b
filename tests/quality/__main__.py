"""`make quality`: the scores of the news judgement on every labelled set, with the misses."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.quality import scoring, sets

screen = Console(highlight=False)


def entries(name: str, folder: Path) -> None:
    """Relevance, stories, fields and figures of a set of entries."""
    labels, found = sets.read(folder / "labels.jsonl"), sets.replayed(folder / "entries.jsonl")
    table = Table(
        "measured", "precision", "recall", "F1", title=f"{name}: {len(labels)} entries", title_justify="left"
    )
    misses: list[str] = []

    def row(what: str, score: scoring.Score) -> None:
        if score.right + score.wrong + score.missed:
            table.add_row(what, *(f"{v:.3f}" for v in (score.precision, score.recall, score.f1)))
            misses.extend(f"{what}: {miss}" for miss in score.misses)

    row("relevance", scoring.relevance(labels, found))
    for field in ("type", "event_date", "place"):
        row(field, scoring.fields(labels, found, field))
    row_figures(row, {n: f for n, f in labels.items() if f["relevant"] and "figures" in f}, found)
    for everything in (False, True):
        grouped = scoring.grouping(labels, found, everything)
        scope = "all entries" if everything else "relevant"
        table.add_row(f"stories, {scope}: BCubed F", "", "", f"{grouped.bcubed:.3f}")
        table.add_row(f"stories, {scope}: pairs", f"{grouped.pair_precision:.3f}", "", "")
        table.add_row(f"stories, {scope}: output per true", "", "", f"{grouped.stories_per_story:.2f}")
        misses.extend(f"mixed: {one}" for one in grouped.mixed)
        misses.extend(f"split: {one}" for one in grouped.split)
    show(table, misses)


def row_figures(row: object, labels: scoring.Rows, found: scoring.Rows) -> None:
    for level in scoring.LEVELS:
        row(f"figures: {level}", scoring.figures(labels, found, level))  # type: ignore[operator]


def articles(name: str, folder: Path) -> None:
    labels, found = sets.inspected(folder)
    table = Table(
        "measured", "precision", "recall", "F1", title=f"{name}: {len(labels)} articles", title_justify="left"
    )
    misses: list[str] = []

    def row(what: str, score: scoring.Score) -> None:
        table.add_row(what, *(f"{v:.3f}" for v in (score.precision, score.recall, score.f1)))
        misses.extend(f"{what}: {miss}" for miss in score.misses)

    row_figures(row, labels, found)
    row("background dates", scoring.background(labels, found))
    show(table, misses)


def show(table: Table, misses: list[str]) -> None:
    screen.print(table)
    if "--misses" in sys.argv:
        for miss in dict.fromkeys(misses):
            screen.print(Text(f"  {miss}", style="dim"))
    screen.print()


def main() -> None:
    for folder in (sets.OWN, sets.SHARED / "dev", sets.SHARED / "real"):
        if (folder / "entries.jsonl").is_file():
            entries(folder.name, folder)
        if (folder / "articles").is_dir():
            articles(f"{folder.name}/articles", folder / "articles")
    if "--misses" not in sys.argv:
        screen.print("The misses: python -m tests.quality --misses", style="dim")


if __name__ == "__main__":
    main()
