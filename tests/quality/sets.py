"""The labelled sets, and what the bot makes of them: the real program over real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).parent
SHARED = ROOT.parent / "shared" / "eval"


def read(path: Path) -> dict[str, dict[str, Any]]:
    """JSON lines by id; lines without an id (alerts) are passed over."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    return {row["id"]: row for row in rows if "id" in row}


def bot(*arguments: str) -> str:
    """The standard output of `python -m bot`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("BORDERWIRE_")}
    command = [sys.executable, "-m", "bot", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])} failed: {done.stderr[-2000:]}")
    return done.stdout


def replayed(entries: Path) -> dict[str, dict[str, Any]]:
    """What `replay` says of each entry."""
    rows = (json.loads(line) for line in bot("replay", str(entries), "--json").splitlines())
    return {row["id"]: row for row in rows if "id" in row}


def articles(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The labelled articles of a folder: the text's path and its labels."""
    for path in sorted(folder.glob("*.json")):
        labels = json.loads(path.read_text("utf-8"))
        text = (
            (path.parent / labels["text_path"]).resolve()
            if "text_path" in labels
            else path.with_suffix(".txt")
        )
        yield text, labels


def inspected(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Labels and answers of all articles of a folder, by name."""
    labels, found = {}, {}
    for text, label in articles(folder):
        labels[label["id"]] = label
        found[label["id"]] = json.loads(
            bot("inspect", str(text), "--published", label["published"], "--json")
        )
    return labels, found
