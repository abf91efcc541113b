"""Copies among pairs of entries: syndicated and rewritten texts, look-alikes, and daily templates."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.news.model import Entry
from bot.news.stories import identity
from bot.news.stories.story import Member
from bot.news.topics.topic import Topic

PAIRS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text("utf-8").splitlines()
]
FLOOR = 0.95  # only rises
NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


def entry(number: int, side: str, row: dict[str, str]) -> Entry:
    url = f"https://{row['outlet'].replace(' ', '').lower()}.example/{number}{side}-{row['title'][:12]}"
    return Entry(f"{number}{side}", row["outlet"], row["outlet"], url, row["title"], row["summary"], NOW, NOW)


def is_copy(number: int, pair: dict[str, Any], topic: Topic) -> bool:
    one, other = entry(number, "a", pair["a"]), entry(number, "b", pair["b"])
    member = Member(
        one.id, one.outlet, "none", "", one.url, one.title, one.summary, one.when, one.seen, relevant=True
    )
    return identity.copy_of(other, [member], topic.terms, topic.weights["stories.copy"]) == one.id


def test_copies_are_told_from_reports(topic: Topic) -> None:
    assert len(PAIRS) >= 200
    judged = [(is_copy(n, pair, topic), pair) for n, pair in enumerate(PAIRS)]
    right = sum(found and pair["duplicate"] for found, pair in judged)
    wrong = [pair for found, pair in judged if found and not pair["duplicate"]]
    missed = [pair for found, pair in judged if not found and pair["duplicate"]]
    f1 = 2 * right / (2 * right + len(wrong) + len(missed))
    assert f1 >= FLOOR, (wrong, missed)


def test_templates_are_never_duplicates(topic: Topic) -> None:
    templates = [(n, pair) for n, pair in enumerate(PAIRS) if pair["kind"] == "template"]
    assert len(templates) >= 100
    for number, pair in templates:
        first, later = entry(number, "a", pair["a"]), entry(number, "b", pair["b"])
        known = {key: identity.known(first, story=1) for key in identity.keys(first)}
        assert identity.recognise(later, known) is None, pair
        assert not is_copy(number, pair, topic), pair
