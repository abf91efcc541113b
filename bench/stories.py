"""Which entries are about one happening: BCubed and speed beside likeness of words, on the labelled set."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import environment, page
from bench.subject import Subject, ours
from tests.quality import scoring, sets


def labelled() -> tuple[list[dict[str, Any]], list[str]]:
    """The labelled entries in order of publication (the peers' `at` and `lead` added), and their true stories."""
    labels = sets.read(sets.OWN / "labels.jsonl")
    found = []
    for row in sets.read(sets.OWN / "entries.jsonl").values():
        at = datetime.fromisoformat(row.get("published") or row["seen"])
        plain = {**row, "at": at.isoformat(), "lead": row["summary"]}
        found.append((at, row["id"], plain, labels[row["id"]]["story"] or f"alone {row['id']}"))
    found.sort(key=lambda one: one[:2])
    return [one[2] for one in found], [one[3] for one in found]


def score(true: Sequence[str], told: Sequence[Any]) -> scoring.Grouping:
    labels: dict[str, Mapping[str, Any]] = {
        str(n): {"story": name, "relevant": True} for n, name in enumerate(true)
    }
    said = {str(n): {"story": name} for n, name in enumerate(told)}
    return scoring.grouping(labels, said, everything=True)


def run(quick: bool) -> None:
    """Print the scores of one pass over the labelled set, ours first."""
    rows, true = labelled()
    notes = [
        f"{len(rows)} entries in {len(set(true))} stories (those of one entry included), in order of publication; our time is that of the whole judgement, figures and all"
    ]
    lines = []
    with tempfile.TemporaryDirectory() as name, page.progress("stories", 3) as step:
        path = Path(name) / "rows.json"
        path.write_text(json.dumps(rows), "utf-8")
        step("borderwire")
        with Subject(ours("bench.stories_ours")) as subject:
            lines.append(
                _line("borderwire", true, len(rows), subject.ask(rows=str(path)).said, subject.megabytes)
            )
        try:
            environment.prepare()
            for peer in ("token_set", "minhash"):
                step(peer)
                with Subject(environment.peer("stories_baseline.py", peer), Path(name) / "log") as subject:
                    said = subject.ask(rows=str(path)).said
                    lines.append(_line(said["version"], true, len(rows), said, subject.megabytes))
        except environment.NoPeers as error:
            notes.append(str(error))
    head = ["", "BCubed F", "pair precision", "stories per true one", "entries a second", "memory"]
    page.show("Stories: which entries are about one happening", head, lines, notes)


def _line(who: str, true: Sequence[str], count: int, said: Mapping[str, Any], megabytes: float) -> list[str]:
    found = score(true, said["told"])
    scores = [f"{found.bcubed:.3f}", f"{found.pair_precision:.3f}", f"{found.stories_per_story:.2f}"]
    return [who, *scores, f"{count / said['cpu']:,.0f}", f"{megabytes:.0f} MB"]
