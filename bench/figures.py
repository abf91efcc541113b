"""Figures out of articles: speed on made-up ones, right and wrong on labelled ones, beside number recognisers."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import environment, page, texts
from bench.subject import Subject, ours
from tests.quality import sets

ARTICLES, PEERS, FEW = 600, 40, 60
PEOPLE = frozenset(
    {"killed", "wounded", "captured", "displaced", "returned", "deported", "surrendered", "trucks"}
)


def labelled() -> tuple[list[str], list[Mapping[str, Any]]]:
    """Texts of our own set, and their labels: entries and articles."""
    labels = sets.read(sets.OWN / "labels.jsonl")
    rows = [json.loads(line) for line in (sets.OWN / "entries.jsonl").read_text("utf-8").splitlines()]
    given = [
        (f"{row['title']}\n{row['summary']}", labels[row["id"]])
        for row in rows
        if labels[row["id"]]["relevant"]
    ]
    given += [(path.read_text("utf-8"), label) for path, label in sets.articles(sets.OWN / "articles")]
    return [text for text, _ in given], [label for _, label in given]


def score(
    labels: Sequence[Mapping[str, Any]], found: Sequence[Sequence[Sequence[Any]]]
) -> tuple[float, float, float]:
    """Precision, recall and F1 of (what is counted, value), for people and lorries: what a peer can say."""
    right = wrong = missed = 0
    for label, said in zip(labels, found, strict=True):
        wanted = Counter(
            (f["measure"], f["low"])
            for f in label["figures"]
            if f["measure"] in PEOPLE and f["low"] is not None and not f.get("optional")
        )
        spare = {(f["measure"], f["low"]) for f in label["figures"]}
        told = Counter((measure, value) for measure, value in said if measure in PEOPLE and value is not None)
        hits = wanted & told
        right += sum(hits.values())
        missed += sum((wanted - told).values())
        wrong += sum(count for pair, count in (told - wanted).items() if pair not in spare)
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def run(quick: bool) -> None:
    """Print speed and scores, ours first."""
    texts_, labels = labelled()
    count = FEW if quick else ARTICLES
    made = [f"{one.title}\n{' '.join(one.sentences)}" for one in texts.articles(count)]
    notes = [
        f"{count} made-up articles of {sum(map(len, made)) // count:,} characters (the peers: {min(count, PEERS)}); scores: {len(labels)} labelled texts of our own, (what is counted, value)"
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "all.json").write_text(json.dumps(made), "utf-8")
        (folder / "few.json").write_text(json.dumps(made[:PEERS]), "utf-8")
        (folder / "labelled.json").write_text(json.dumps(texts_), "utf-8")
        rows, speeds = [], []
        with page.progress("figures", 3) as step:
            step("borderwire")
            with Subject(ours("bench.figures_ours", str(folder / "all.json"))) as subject:
                read = subject.ask(how="read").said["cpu"]
                cpu = page.middle([subject.ask(how="speed").said["cpu"] for _ in range(3)])
                found = subject.ask(how=str(folder / "labelled.json")).said["found"]
                speeds.append(count / cpu * 60)
                rows.append(
                    [
                        "borderwire",
                        f"{speeds[0]:,.0f}",
                        "",
                        *(f"{v:.3f}" for v in score(labels, found)),
                        f"{subject.megabytes:.0f} MB",
                    ]
                )
            notes.append(
                f"everything that is read of an article (relevance, type, date, place, figures, background): {count / read * 60:,.0f} a minute"
            )
            try:
                environment.prepare()
                for peer in ("quantulum3", "recognizers"):
                    step(peer)
                    rows.append(_peer(peer, folder, labels, speeds[0], min(count, PEERS)))
            except environment.NoPeers as error:
                notes.append(str(error))
    head = ["", "articles a minute", "ours is", "precision", "recall", "F1", "memory"]
    notes.append(
        "a peer finds numbers only: the nearest casualty word within 60 characters is what is counted; goal: 6,000 a minute"
    )
    page.show("Figures: a number with what it counts", head, rows, notes)


def _peer(
    name: str, folder: Path, labels: Sequence[Mapping[str, Any]], speed: float, count: int
) -> list[str]:
    command = environment.peer("numbers_nearest.py", name, folder / "few.json")
    with Subject(command, folder / "log") as subject:
        sample = subject.ask(how="speed")
        found = subject.ask(how=str(folder / "labelled.json")).said["found"]
        theirs = count / sample.said["cpu"] * 60
        scores = [f"{v:.3f}" for v in score(labels, found)]
        return [
            sample.said["version"],
            f"{theirs:,.0f}",
            f"{speed / theirs:.1f}×",
            *scores,
            f"{subject.megabytes:.0f} MB",
        ]
