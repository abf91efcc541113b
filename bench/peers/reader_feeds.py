"""lemon24/reader over the same feeds: one `update_feeds(workers=10, scheduled=False)` for each line of standard input."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import reader


def main(urls: list[str]) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="reader-bench-") as folder,
        reader.make_reader(str(Path(folder) / "reader.sqlite")) as ours,
    ):
        for url in urls:
            ours.add_feed(url)
        while line := sys.stdin.readline():
            if json.loads(line)["round"] == "ready":
                print(json.dumps({"new": 0}), flush=True)
                continue
            before = ours.get_entry_counts().total
            ours.update_feeds(workers=10, scheduled=False)
            failed = [feed.url for feed in ours.get_feeds(broken=True)]
            new = ours.get_entry_counts().total - before
            said = {"new": new, "failed": len(failed), "version": reader.__version__}
            print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
