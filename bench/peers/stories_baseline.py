"""Stories by likeness of words: rapidfuzz token_set over titles, or MinHash with LSH over words of title and lead."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

DAYS = timedelta(days=7)  # a story that was silent for longer takes nothing in
ALIKE = 70.0  # token_set: a usual choice, not tuned to the set
SHARED = 0.4  # MinHash: a usual choice, not tuned to the set

Rows = list[dict[str, Any]]


def token_set(rows: Rows) -> list[int]:
    """Each entry goes to the story of the recent entry with the most similar title, if it is similar enough."""
    from rapidfuzz import fuzz, process, utils

    told: list[int] = []
    titles: list[str] = []
    times: list[datetime] = []
    first = 0
    for number, row in enumerate(rows):
        at, title = datetime.fromisoformat(row["at"]), utils.default_process(row["title"])
        while first < number and at - times[first] > DAYS:
            first += 1
        best = process.extractOne(title, titles[first:], scorer=fuzz.token_set_ratio, score_cutoff=ALIKE)
        told.append(told[first + best[2]] if best else number)
        titles.append(title)
        times.append(at)
    return told


def minhash(rows: Rows) -> list[int]:
    """Each entry goes to the story of the most similar entry that LSH finds."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=SHARED, num_perm=128)
    hashes: list[Any] = []
    told: list[Any] = []
    times: list[Any] = []
    for number, row in enumerate(rows):
        words = {word for word in f"{row['title']} {row['lead']}".lower().split() if len(word) > 3}
        mine = MinHash(num_perm=128)
        mine.update_batch([word.encode() for word in words])
        at = datetime.fromisoformat(row["at"])
        near = [found for found in index.query(mine) if at - times[found] <= DAYS]
        best = max(near, key=lambda found: (mine.jaccard(hashes[found]), -found), default=None)
        told.append(number if best is None else told[best])
        hashes.append(mine)
        times.append(at)
        index.insert(number, mine)
    return told


def main(name: str) -> None:
    package, group = {"token_set": ("rapidfuzz", token_set), "minhash": ("datasketch", minhash)}[name]
    group([{"at": "2026-01-01T00:00:00+00:00", "title": "One two three", "lead": "four five six"}])
    for line in sys.stdin:
        rows = json.loads(Path(json.loads(line)["rows"]).read_text("utf-8"))
        wall, cpu = perf_counter(), process_time()
        told = group(rows)
        said = {"wall": perf_counter() - wall, "cpu": process_time() - cpu, "told": told}
        print(
            json.dumps({**said, "version": f"{package} {importlib.metadata.version(package)}, {name}"}),
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1])
