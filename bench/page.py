"""What a benchmark prints: tables whose rows stand beside a named peer, and a line of progress meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

SCREEN = Console(highlight=False)


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """A table; the first column is words, the others are numbers."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for place, name in enumerate(head):
        table.add_column(name, justify="right" if place else "left", no_wrap=not place)
    for row in rows:
        table.add_row(*row)
    SCREEN.print(table)
    for line in notes:
        note(line)
    SCREEN.print()


def sheet(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """A table of many measures over few sizes: the measures are the lines."""
    turned = [list(line) for line in zip(head, *rows, strict=True)]
    show(title, turned[0], turned[1:], notes)


def note(line: str) -> None:
    SCREEN.print(f"  {line}", style="dim")


@contextmanager
def progress(what: str, steps: int) -> Iterator[Step]:
    """A bar; call what you get with the name of each step before it begins."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=SCREEN, transient=True) as bar:
        yield Step(bar, what, steps)


class Step:
    def __init__(self, bar: Progress, what: str, steps: int) -> None:
        self._bar, self._what = bar, what
        self._task = bar.add_task(what, total=steps)
        self._begun = False

    def __call__(self, name: str) -> None:
        self._bar.update(self._task, description=f"{self._what}: {name}", advance=int(self._begun))
        self._begun = True


def middle(values: Sequence[float]) -> float:
    return median(values) if values else 0.0


def times(peer: float, ours: float) -> str:
    """How many times less than the peer."""
    return f"{peer / ours:.1f}×" if ours else "–"


def goal(reached: bool, words: str) -> str:
    return f"{'met' if reached else 'missed'}: {words}"
