"""What short texts say of crossings: open, closed, for some only, to come, denied, disputed, or nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.news.alerts.crossings.reports import of_text
from bot.news.model import UNATTRIBUTED, Document
from tests.news.making import shipped

TOPIC = shipped()
ROWS = [
    json.loads(line) for line in Path(__file__).with_name("crossings.jsonl").read_text("utf-8").splitlines()
]


def told(row: dict[str, Any]) -> dict[str, list[str]]:
    """By crossing: "open", "planned closed", each with who says so."""
    at = datetime.fromisoformat(row["published"])
    document = Document(
        f"{row['title']}\n{row['summary']}", len(row["title"]), at, row["outlet"], lang=row["lang"]
    )
    found: dict[str, list[str]] = {}
    for one in of_text(document, TOPIC, "https://x.example/1"):
        name = "all" if one.crossing == "*" else one.crossing
        by = f" by {one.claimant}" if one.claimant != UNATTRIBUTED else ""
        found.setdefault(name, []).append(f"{'planned ' if one.planned else ''}{one.state}{by}")
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_text_says_of_a_crossing_what_it_says(row: dict[str, Any]) -> None:
    found = told(row)
    for crossing, expected in row["says"].items():
        said = found.pop(crossing, [])
        assert len(said) == len(expected), said
        for wanted in expected:
            assert any(one == wanted or one.startswith(f"{wanted} ") for one in said), said
    assert not found, f"nothing is said of {', '.join(found)}"
