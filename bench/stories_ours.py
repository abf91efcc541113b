"""Our side of the stories benchmark: the whole judgement over a file of entries, and which story each went to."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time

from bot.news import decide
from bot.news.decision import Memory
from bot.news.model import Entry
from bot.news.topics import outlets
from bot.settings import load


def main() -> None:
    topic = load(environment={}).topic()
    for line in sys.stdin:
        rows = json.loads(Path(json.loads(line)["rows"]).read_text("utf-8"))
        given = []
        for number, row in enumerate(rows):
            outlet = outlets.find(row["outlet"], row["url"], topic)
            at = datetime.fromisoformat(row["at"])
            one = Entry(
                f"e{number}", row["outlet"], row["outlet"], row["url"], row["title"], row["lead"], at, at
            )
            given.append(replace(one, side=outlet.side, family=outlet.family))
        memory = Memory()
        wall, cpu = perf_counter(), process_time()
        told = [decide.decide([entry], memory, topic)[0].story for entry in given]
        said = {"wall": perf_counter() - wall, "cpu": process_time() - cpu}
        print(json.dumps({**said, "told": told}), flush=True)


if __name__ == "__main__":
    main()
