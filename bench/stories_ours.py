"""Our side of the stories benchmark: the whole judgement over a file of entries, and which story each went to."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from bot.news import decide
from bot.news.decision import Memory
from bot.settings import load
from bot.tasks.replay import entry_from


def main() -> None:
    topic = load(environment={}).topic()
    for line in sys.stdin:
        rows = json.loads(Path(json.loads(line)["rows"]).read_text("utf-8"))
        given = [entry_from(topic, row) for row in rows]
        memory = Memory()
        wall, cpu = perf_counter(), process_time()
        told = [decide.decide([entry], memory, topic)[0].story for entry in given]
        said = {"wall": perf_counter() - wall, "cpu": process_time() - cpu}
        print(json.dumps({**said, "told": told}), flush=True)


if __name__ == "__main__":
    main()
