"""Our side of the figures benchmark: numbers with their words out of articles, on orders from outside."""

from __future__ import annotations

import gc
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from bot.news import decide
from bot.news.figures import extract
from bot.news.model import Document
from bot.settings import load


def main(articles: list[str]) -> None:
    topic = load(environment={}).topic()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    extract.extract(Document("Five soldiers were killed.", 0, at), topic)
    gc.collect()
    gc.freeze()  # as the running bot does: what was built at the start is not looked through for garbage
    for line in sys.stdin:
        how = json.loads(line)["how"]
        step = decide.read if how == "read" else extract.extract
        given = json.loads(Path(how).read_text("utf-8")) if how not in ("speed", "read") else articles
        wall, cpu = perf_counter(), process_time()
        found = [step(Document(text, text.find("\n"), at), topic) for text in given]
        said = {"wall": perf_counter() - wall, "cpu": process_time() - cpu}
        pairs = [] if how == "read" else [[[f.measure, f.low] for f in one] for one in found]  # type: ignore[union-attr]
        print(json.dumps({**said, "found": pairs}), flush=True)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
