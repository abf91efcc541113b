"""What one more entry costs the store when ten thousand are in it, and when a million are: it must stay flat."""

from __future__ import annotations

from bench import page
from bench.subject import Sample, Subject, ours

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
QUICK = (3_000, 10_000, 30_000)
GOAL = 1.5  # times what it cost at first


def run(quick: bool) -> None:
    """Print the cost of a stored entry at each size."""
    sizes = QUICK if quick else SIZES
    found: list[tuple[int, Sample]] = []
    with page.progress("entries", 2 * len(sizes)) as step, Subject(ours("bench.entries_ours")) as subject:
        for size in sizes:
            step(f"filling up to {size:,}")
            subject.ask(fill=size)
            step(f"measuring at {size:,}")
            found.append((size, subject.ask(polls=40)))
    first = found[0][1].said
    rows = []
    for size, sample in found:
        said = sample.said
        rows.append(
            [
                f"{size:,}",
                f"{said['cpu']:.0f} µs",
                f"{said['cpu'] / first['cpu']:.2f}×",
                f"{said['wall']:.0f} µs",
                f"{said['known']:.0f} µs",
                f"{sample.megabytes:.0f} MB",
                f"{said['file']:,.0f} MB",
            ]
        )
    head = ["entries stored", "CPU", "beside the first", "wall", "recognised (CPU)", "memory", "file"]
    title = "One more entry in SQLite: found to be new, stored under its names, committed; 50 in a poll"
    last = found[-1][1].said["cpu"] / first["cpu"]
    page.show(title, head, rows, [page.goal(last <= GOAL, f"at most {GOAL}× the cost of the first size")])
