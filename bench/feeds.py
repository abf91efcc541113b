"""Reading feeds beside lemon24/reader: all new, nothing new, one new entry in each, over the same feeds in one run."""

from __future__ import annotations

import json
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import environment, page
from bench.feed_server import ITEMS, address
from bench.subject import ROOT, Sample, Subject, ours

FEEDS, FEW, WHOLE = 500, 60, 100
CROWD, SHORT = 5_000, 4  # very many feeds, of so few entries that reading them is not all that is measured
ROUNDS = (
    "first",
    "nothing new",
    "nothing new",
    "nothing new",
    "one new each",
    "one new each",
    "one new each",
)
MEASURES = ("wall", "CPU", "memory")
GOALS = {"first": 2.5, "nothing new": 10.0, "one new each": 15.0}  # wall, against reader


@dataclass(frozen=True, slots=True)
class Served:
    """A running feed server."""

    port: int

    def urls(self, count: int) -> list[str]:
        return [f"http://{address(number)}:{self.port}/{number}.xml" for number in range(count)]

    def turn(self, stage: int) -> None:
        self._get(f"/_/stage/{stage}")

    def served(self) -> tuple[int, int]:
        """Bodies and 304s since this was last asked."""
        whole, same = self._get("/_/served").split()
        return int(whole), int(same)

    def _get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://{address(0)}:{self.port}{path}") as answer:
            return str(answer.read().decode())


@contextmanager
def serving(feeds: int, items: int = ITEMS) -> Iterator[Served]:
    """The feeds, in a process of their own."""
    command = [str(part) for part in ours("bench.feed_server", str(feeds), str(items))]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Served(int((process.stdout or iter(())).readline()))  # type: ignore[union-attr]
        finally:
            process.terminate()


def rounds(
    subject: Subject, server: Served, feeds: int, step: page.Step, who: str, items: int = ITEMS
) -> dict[str, list[Sample]]:
    """Every round once, in order; what was served and what was found new must agree."""
    found: dict[str, list[Sample]] = {}
    server.turn(0)
    server.served()
    stage = 0
    subject.ask(round="ready")
    for name in ROUNDS:
        step(f"{who}, {name}")
        if name == "one new each":
            stage += 1
            server.turn(stage)
        sample = subject.ask(round=name)
        new = {"first": items * feeds, "nothing new": 0, "one new each": feeds}[name]
        if sample.said["new"] != new:
            raise RuntimeError(f"{who}: {sample.said['new']} new entries in the round {name!r}, not {new}")
        whole, same = server.served()
        if (whole, same) != ((0, feeds) if name == "nothing new" else (feeds, 0)):
            raise RuntimeError(f"{who}: {whole} bodies and {same} 304s in the round {name!r}")
        found.setdefault(name, []).append(sample)
    return found


def run(quick: bool) -> None:
    """Print how we read beside how reader reads, then the whole judgement, then very many feeds."""
    feeds, whole, crowd = (FEW, FEW // 2, CROWD // 10) if quick else (FEEDS, WHOLE, CROWD)
    notes = []
    try:
        environment.prepare()
    except environment.NoPeers as error:
        notes.append(str(error))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "borderwire.log"
        with serving(feeds) as server:
            beside(server, feeds, Path(folder), notes)
            title = f"The same with the whole judgement: stories, figures and alerts of {whole} feeds"
            alone(server, "whole", whole, ITEMS, log, title)
        with serving(crowd, SHORT) as server:
            title = f"{crowd:,} feeds of {SHORT} entries, all due at once, without the judgement"
            alone(server, "read", crowd, SHORT, log, title)


def beside(server: Served, feeds: int, folder: Path, notes: list[str]) -> None:
    """Reader and ours over the same feeds, one after the other."""
    urls = folder / "urls.json"
    urls.write_text(json.dumps(server.urls(feeds)), "utf-8")
    subjects = {"borderwire": ours("bench.feeds_ours", "read", str(server.port), str(feeds))}
    if not notes:
        subjects = {"reader": environment.peer("reader_feeds.py", urls), **subjects}
    sides: dict[str, dict[str, list[Sample]]] = {}
    with page.progress("feeds", len(ROUNDS) * len(subjects)) as step:
        for who, command in subjects.items():
            with Subject(command, folder / f"{who}.log") as subject:
                sides[who] = rounds(subject, server, feeds, step, who)
    table(feeds, sides, notes)


def table(feeds: int, sides: dict[str, dict[str, list[Sample]]], notes: list[str]) -> None:
    """A column for each round; the lines are what it took us, what it took reader, and the one by the other."""
    mine, peer = sides["borderwire"], sides.get("reader")
    head, rows = ["", *(f"borderwire: {of}" for of in MEASURES), "loop late, p99"], []
    if peer:
        version = peer["first"][0].said["version"]
        head += [
            *(f"reader {version}: {of}" for of in MEASURES),
            "wall: ours is",
            "CPU: ours is",
            "goal (wall)",
        ]
    for name in dict.fromkeys(ROUNDS):
        lag = max(s.said["lag"]["p99"] for s in mine[name])
        row = [name, *measured(mine[name]), f"{lag:.0f} ms"]
        if peer:
            times = [page.times(middle(peer[name], of), middle(mine[name], of)) for of in ("wall", "cpu")]
            row += [*measured(peer[name]), *times, f"≥ {GOALS[name]:g}×"]
        rows.append(row)
    notes.append("both store every entry in SQLite; medians of the later rounds")
    notes.append("memory: all processes together, the most so far")
    page.sheet(f"Reading {feeds} feeds of {ITEMS} entries, about 41 KB each", head, rows, notes)


def middle(samples: Sequence[Sample], of: str) -> float:
    return page.middle([getattr(sample, of) for sample in samples])


def measured(samples: Sequence[Sample]) -> list[str]:
    """Wall time, processor time and memory, in words."""
    wall, cpu = middle(samples, "wall"), middle(samples, "cpu")
    return [f"{wall:.2f} s", f"{cpu:.2f} s", f"{samples[-1].megabytes:.0f} MB"]


def alone(server: Served, how: str, feeds: int, items: int, log: Path, title: str) -> None:
    """Ours without a peer: none does the same."""
    with (
        page.progress("feeds", len(ROUNDS)) as step,
        Subject(ours("bench.feeds_ours", how, str(server.port), str(feeds)), log) as subject,
    ):
        found = rounds(subject, server, feeds, step, "borderwire", items)
    rows: list[Sequence[str]] = []
    for name in dict.fromkeys(ROUNDS):
        entries = sum(s.said["new"] for s in found[name])
        speed = entries / sum(s.wall for s in found[name])
        lag = max(s.said["lag"]["p99"] for s in found[name])
        rows.append([name, *measured(found[name]), f"{lag:.0f} ms", f"{speed:,.0f}"])
    page.sheet(title, ["", *MEASURES, "loop late, p99", "new entries a second"], rows)
