"""The labelled sets, and what the bot makes of them: the real program over real files."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import output
from bot.news import decide
from bot.settings import load
from bot.tasks import inspect

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).parent
FOLDERS = {"own": OWN} | {
    name: OWN / name
    for name in (
        "second",
        "third",
        "fourth",
        "fifth",
        "languages",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
    )
}  # entries and articles in each
SHARED = ROOT.parent / "shared" / "eval"

Rows = dict[str, dict[str, Any]]


def read(path: Path) -> Rows:
    """JSON lines by id; lines without an id (alerts) are passed over."""
    return by_id(path.read_text("utf-8"))


def by_id(lines: str) -> Rows:
    rows = (json.loads(line) for line in lines.split("\n") if line.strip())
    return {row["id"]: row for row in rows if "id" in row}


def replayed(entries: Path) -> Rows:
    """What `replay` says of each entry."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("BORDERWIRE_")}
    command = [sys.executable, "-m", "bot", "replay", str(entries), "--json"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed: {done.stderr[-2000:]}")
    return by_id(done.stdout)


def articles(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The labelled articles of a folder: the text's path and its labels."""
    for path in sorted(folder.glob("*.json")):
        labels = json.loads(path.read_text("utf-8"))
        yield (path.parent / labels.get("text_path", path.with_suffix(".txt").name)).resolve(), labels


def inspected(folder: Path) -> tuple[Rows, Rows]:
    """Labels and readings of all articles of a folder, by name: `inspect` in one process."""
    configuration = load(environment={})
    topic = configuration.topic()
    labels: Rows = {}
    found: Rows = {}
    for text, label in articles(folder):
        published = datetime.fromisoformat(label["published"])
        document, _ = asyncio.run(inspect.document_of(configuration, topic, str(text), published))
        labels[label["id"]] = label
        found[label["id"]] = output.reading(document.text, decide.read(document, topic), "", "")
    return labels, found
