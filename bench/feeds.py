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
ROUNDS = (
    "first",
    "nothing new",
    "nothing new",
    "nothing new",
    "one new each",
    "one new each",
    "one new each",
)
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
def serving(feeds: int) -> Iterator[Served]:
    """The feeds, in a process of their own."""
    command = [str(part) for part in ours("bench.feed_server", str(feeds))]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Served(int((process.stdout or iter(())).readline()))  # type: ignore[union-attr]
        finally:
            process.terminate()


def rounds(
    subject: Subject, server: Served, feeds: int, step: page.Step, who: str
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
        new = {"first": ITEMS * feeds, "nothing new": 0, "one new each": feeds}[name]
        if sample.said["new"] != new:
            raise RuntimeError(f"{who}: {sample.said['new']} new entries in the round {name!r}, not {new}")
        whole, same = server.served()
        if (whole, same) != ((0, feeds) if name == "nothing new" else (feeds, 0)):
            raise RuntimeError(f"{who}: {whole} bodies and {same} 304s in the round {name!r}")
        found.setdefault(name, []).append(sample)
    return found


def run(quick: bool) -> None:
    """Print how we read beside how reader reads."""
    feeds, whole = (FEW, FEW // 2) if quick else (FEEDS, WHOLE)
    notes = []
    try:
        environment.prepare()
    except environment.NoPeers as error:
        notes.append(str(error))
    with serving(feeds) as server, tempfile.TemporaryDirectory() as folder:
        urls = Path(folder) / "urls.json"
        urls.write_text(json.dumps(server.urls(feeds)), "utf-8")
        sides: dict[str, dict[str, list[Sample]]] = {}
        with page.progress("feeds", len(ROUNDS) * (2 if notes else 3)) as step:
            if not notes:
                with Subject(
                    environment.peer("reader_feeds.py", urls), Path(folder) / "reader.log"
                ) as subject:
                    sides["reader"] = rounds(subject, server, feeds, step, "reader")
            log = Path(folder) / "borderwire.log"
            with Subject(ours("bench.feeds_ours", "read", str(server.port), str(feeds)), log) as subject:
                sides["borderwire"] = rounds(subject, server, feeds, step, "borderwire")
            with Subject(ours("bench.feeds_ours", "whole", str(server.port), str(whole)), log) as subject:
                judged = rounds(subject, server, whole, step, "borderwire with judgement")
    table(feeds, sides, notes)
    alone(whole, judged)


def table(feeds: int, sides: dict[str, dict[str, list[Sample]]], notes: list[str]) -> None:
    rows = []
    mine, peer = sides["borderwire"], sides.get("reader")
    for name in dict.fromkeys(ROUNDS):
        wall, cpu = (page.middle([getattr(s, of) for s in mine[name]]) for of in ("wall", "cpu"))
        lag = max(s.said["lag"]["p99"] for s in mine[name])
        row = [name, f"{wall:.2f} s", f"{cpu:.2f} s", f"{mine[name][-1].megabytes:.0f} MB", f"{lag:.0f} ms"]
        if peer:
            theirs, spent = (page.middle([getattr(s, of) for s in peer[name]]) for of in ("wall", "cpu"))
            row += [f"{theirs:.2f} s", f"{spent:.2f} s", f"{peer[name][-1].megabytes:.0f} MB"]
            row += [page.times(theirs, wall), page.times(spent, cpu), f"≥ {GOALS[name]:g}×"]
        rows.append(row)
    head = ["round", "wall", "CPU", "memory", "lag p99"]
    if peer:
        version = peer["first"][0].said["version"]
        head += [f"reader {version}: wall", "CPU", "memory", "wall: ours is", "CPU: ours is", "goal (wall)"]
    notes.append(
        "both store every entry in SQLite; medians of the later rounds; memory: all processes together, the most so far"
    )
    page.show(f"Reading {feeds} feeds of {ITEMS} entries, about 41 KB each", head, rows, notes)


def alone(feeds: int, judged: dict[str, list[Sample]]) -> None:
    rows: list[Sequence[str]] = []
    for name in dict.fromkeys(ROUNDS):
        wall, cpu = (page.middle([getattr(s, of) for s in judged[name]]) for of in ("wall", "cpu"))
        entries = sum(s.said["new"] for s in judged[name])
        speed = entries / sum(s.wall for s in judged[name])
        lag = max(s.said["lag"]["p99"] for s in judged[name])
        rows.append(
            [
                name,
                f"{wall:.2f} s",
                f"{cpu:.2f} s",
                f"{judged[name][-1].megabytes:.0f} MB",
                f"{lag:.0f} ms",
                f"{speed:,.0f}",
            ]
        )
    title = f"The same with the whole judgement: stories, figures and alerts of {feeds} feeds"
    page.show(title, ["round", "wall", "CPU", "memory", "lag p99", "new entries a second"], rows)
