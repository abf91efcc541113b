"""Golden pairs: a feed as it comes, and the entries that we make of it. A new case is two files.

`feed` in the JSON holds what the catalogue would say of the feed; everything else is the outcome.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.feeds.feed import Feed, Fetched, Parsed
from bot.feeds.parse import Parser
from tests.feeds.conftest import NOW

SAMPLES = Path(__file__).parents[1] / "samples"
PAIRS = sorted(path for path in SAMPLES.glob("*.json") if path.with_suffix(".xml").exists())


def pair(path: Path) -> tuple[dict[str, Any], bytes]:
    return json.loads(path.read_text("utf-8")), path.with_suffix(".xml").read_bytes()


def plain(parsed: Parsed) -> dict[str, Any]:
    """What a golden file holds of a reading."""
    entries = []
    for entry in parsed.entries:
        row = {key: value for key, value in asdict(entry).items() if value not in ("", None)}
        assert row.pop("seen") == NOW
        row["published"] = entry.published.isoformat() if entry.published else None
        entries.append(row)
    return {"title": parsed.title, "total": parsed.total, "notes": list(parsed.notes), "entries": entries}


async def test_samples_read_as_written_down(parser: Parser) -> None:
    for path in PAIRS:
        expected, body = pair(path)
        feed = Feed(**expected.pop("feed"))
        parsed = await parser.parse(feed, Fetched(body, feed.url), NOW)
        assert isinstance(parsed, Parsed), (path.stem, parsed)
        assert plain(parsed) == expected, path.stem


def test_every_sample_is_half_of_a_pair() -> None:
    assert len(PAIRS) >= 6
    assert {path.stem for path in SAMPLES.glob("*.xml")} <= {path.stem for path in PAIRS}
