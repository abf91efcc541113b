"""The whole judgement, entry by entry: how fast, in how much memory, and does either grow with what is stored?"""

from __future__ import annotations

from bench import page
from bench.subject import Subject, ours

SIZES, QUICK = (1_000, 10_000, 100_000), (500, 2_000)
MEASURED, FEW = 600, 200  # the last entries, in batches as polls bring them


def run(quick: bool) -> None:
    """Print entries a second with 1 k to 100 k stored, alone and through the store; then the story step alone."""
    sizes, measured = (QUICK, FEW) if quick else (SIZES, MEASURED)
    rows = []
    with page.progress("judgement", 1 + len(sizes)) as step:
        step("decide alone")
        with Subject(ours("bench.judgement_ours")) as subject:
            sample = subject.ask(how="alone", size=measured, measured=measured)
        rows.append(_row("decide alone, an empty memory", sample.said, sample.megabytes))
        for size in sizes:
            step(f"{size:,} stored")
            with Subject(ours("bench.judgement_ours")) as subject:
                sample = subject.ask(how="stored", size=size, measured=measured)
            rows.append(_row(f"recall, decide, record: {size:,} stored", sample.said, sample.megabytes))
    head = ["the whole judgement", "entries a second", "CPU an entry", "memory"]
    page.show("Every entry read, placed, weighed and written down", head, rows)
    with page.progress("stories", len(sizes)) as step:
        rows = []
        for size in sizes:
            step(f"{size:,} stored")
            with Subject(ours("bench.grouping", "--serve")) as subject:
                sample = subject.ask(size=size)
            said = sample.said
            rows.append(
                [f"{size:,}", f"{said['rate']:,.0f}", f"{said['held']:,}", f"{said['megabytes']:.0f} MB"]
            )
    head = ["entries stored", "entries a second", "stories held", "memory for it"]
    page.show(
        "The story step alone: sketch, candidates, scores, join",
        head,
        rows,
        ["goal: 500 a second and 80 MB with 100,000 stored"],
    )


def _row(what: str, said: object, megabytes: float) -> list[str]:
    count, wall, cpu = (said[name] for name in ("count", "wall", "cpu"))  # type: ignore[index]
    return [what, f"{count / wall:,.0f}", f"{cpu / count * 1000:.1f} ms", f"{megabytes:.0f} MB"]
