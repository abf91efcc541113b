"""Everything that is measured of the judgement on a labelled set, beside the bar it should reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.quality import scoring, sets
from tests.quality.scoring import Rows, Score


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of the table."""

    what: str
    value: float
    bar: float | None = None
    most: bool = False  # the bar is the most that may be, not the least
    misses: tuple[str, ...] = ()
    detail: str = ""

    @property
    def reached(self) -> bool:
        return self.bar is None or (self.value <= self.bar if self.most else self.value >= self.bar)


FIGURE_BARS = {"value + measure": 0.92, "+ party": 0.88, "+ claimant": 0.82}
FIELD_BAR = 0.85


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled set: entries for `replay`, or articles for `inspect`."""

    name: str
    folder: Path
    kind: str  # entries, articles or examples

    @property
    def present(self) -> bool:
        return self.folder.is_dir()

    @property
    def replays(self) -> Path | None:
        """The entries that `replay` is asked about."""
        return None if self.kind == "articles" else self.folder / "entries.jsonl"

    def measured(self, replayed: Callable[[Path], Rows] = sets.replayed) -> list[Measured]:
        if self.replays is None:
            labels, found = sets.inspected(self.folder)
            return [
                *figures(labels, found),
                *share("background dates", scoring.background(labels, found), 0.85),
            ]
        labels = sets.read(self.folder / "labels.jsonl")
        found = replayed(self.replays)
        if self.kind == "examples":
            score = scoring.figures(labels, found, "value + measure")
            return [*share("figures: value + measure", score, 0.92, 0.97)]
        return list(entries(labels, found))


def both(name: str, folder: Path) -> tuple[Labelled, Labelled]:
    """A set's entries and its articles."""
    return Labelled(name, folder, "entries"), Labelled(f"{name}-articles", folder / "articles", "articles")


ALL = (
    *(labelled for name, folder in sets.FOLDERS.items() for labelled in both(name, folder)),
    *both("dev", sets.SHARED / "dev"),
    Labelled("real", sets.SHARED / "real", "entries"),
    Labelled("examples", sets.SHARED / "examples", "examples"),
)


def entries(labels: Rows, found: Rows) -> Iterator[Measured]:
    """Relevance, fields, figures and stories of a set of entries."""
    yield from share("relevance", scoring.relevance(labels, found), 0.95, 0.96)
    for field in ("type", "event_date", "place"):
        score = scoring.fields(labels, found, field)
        if score.right + score.missed:
            yield Measured(field, score.recall, FIELD_BAR, misses=tuple(score.misses))
    yield from figures({n: f for n, f in labels.items() if f["relevant"] and "figures" in f}, found)
    for everything in (False, True):
        grouped = scoring.grouping(labels, found, everything)
        scope = "all stories" if everything else "stories"
        yield Measured(f"{scope}: BCubed F", grouped.bcubed, 0.946, misses=grouped.split)
        yield Measured(f"{scope}: pair precision", grouped.pair_precision, 0.95, misses=grouped.mixed)
        yield Measured(f"{scope}: found per true", grouped.stories_per_story, 1.3, most=True)


def figures(labels: Rows, found: Rows) -> Iterator[Measured]:
    if any(label["figures"] for label in labels.values()):
        for level, bar in FIGURE_BARS.items():
            precision = 0.97 if level == "value + measure" else None
            yield from share(f"figures: {level}", scoring.figures(labels, found, level), bar, precision)
        for name in ("qualifier", "scope"):
            score = scoring.details(labels, found, name)
            yield Measured(f"figures: {name}", score.recall, misses=tuple(score.misses))


def share(what: str, score: Score, bar: float, precision: float | None = None) -> Iterator[Measured]:
    """F1, and precision where it has a bar of its own; the misses are told once."""
    detail = f"precision {score.precision:.3f}, recall {score.recall:.3f}"
    yield Measured(f"{what}: F1", score.f1, bar, misses=tuple(score.misses), detail=detail)
    if precision is not None:
        yield Measured(f"{what}: precision", score.precision, precision)
