"""The labelled sets are sound: every label is found in its text, names are known, counts suffice."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.news import model
from tests.news.making import shipped
from tests.quality import sets

FOLDERS = tuple(sets.FOLDERS.values())
ENTRIES = {name: row for folder in FOLDERS for name, row in sets.read(folder / "entries.jsonl").items()}
LABELS = {name: row for folder in FOLDERS for name, row in sets.read(folder / "labels.jsonl").items()}
ARTICLES = {
    text.stem: (text.read_text("utf-8"), label)
    for folder in FOLDERS
    for text, label in sets.articles(folder / "articles")
}
TYPES = set(get_args(model.EventType))
NEEDED = {"low", "high", "text", "qualifier", "measure", "party", "claimant", "scope", "quote"}
KEYS = NEEDED | {"what", "subset", "optional", "claimant_alt"}
NUMBER = re.compile(
    r"\d|\b(an?|no|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|fourth|none|nobody|several"
    r"|(six|seven|eigh|nine)teen|(twen|thir|for|fif|six|seven|eigh|nine)ty|couple|dozens?|scores|hundreds|thousands|half|millions?|quarter)\b",
    re.IGNORECASE,
)
UNCOUNTED = {  # one person by name or trade, none in "not any", a number in other languages
    "girl", "FC soldier", "Naik Sajid", "Khalid alias Zarqawi", "ringleader", "Border guard", "another", "any", "iki",
    "her infant son", "its driver", "many", "the teacher", "fortnight", "month-long", "nil", "acht", "drei", "Zehntausende", "Tre", "some", "osm", "dva", "cinco", "tres", "sete", "sieben", "quatorze", "vingt et un", "dizaines",
}  # fmt: skip
EDITED = {
    "quality",
    "second",
    "third",
    "languages",
}  # sets with an entry that was rewritten under its address


def labelled() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every figure with the name and the text that it is labelled in."""
    for name, label in LABELS.items():
        entry = ENTRIES[name]
        yield from ((name, f"{entry['title']}\n{entry['summary']}", one) for one in label["figures"])
    for name, (text, label) in ARTICLES.items():
        yield from ((name, text, one) for one in label["figures"])


def test_there_is_enough_of_everything() -> None:
    relevant = [label for label in LABELS.values() if label["relevant"]]
    assert len(ENTRIES) >= 150
    assert len({label["story"] for label in relevant}) >= 60
    assert sum(label["relevant"] is False for label in LABELS.values()) >= 35
    assert len(list(labelled())) >= 300
    assert len(ARTICLES) >= 20
    assert {entry["lang"] for entry in ENTRIES.values()} >= {"en", "ur", "fa", "ps", "hi", "ar", "ru"}
    assert sum(bool(label["copy_of"]) for label in LABELS.values()) >= 9


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_entries_are_whole_and_in_order(folder: Path) -> None:
    rows = (folder / "entries.jsonl").read_text("utf-8").splitlines()
    entries = sets.read(folder / "entries.jsonl")
    assert (
        [json.loads(row)["id"] for row in rows] == list(entries) == list(sets.read(folder / "labels.jsonl"))
    )
    times = [datetime.fromisoformat(entry["published"]) for entry in entries.values()]
    assert times == sorted(times)
    for name, entry in entries.items():
        wanted = {"id", "outlet", "outlet_side", "url", "published", "title", "summary", "lang"}
        assert set(entry) - {"seen"} == wanted, name
        assert entry["outlet_side"] in {"PK", "AF", "AF-exile", "UN", "IN", "intl"}
        assert ".example/" in entry["url"], "invented outlets live at invented addresses"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_addresses_repeat_only_in_edited_entries(folder: Path) -> None:
    told = defaultdict(list)
    for name, entry in sets.read(folder / "entries.jsonl").items():
        told[entry["url"]].append(LABELS[name])
    edits = [labels for labels in told.values() if len(labels) > 1]
    assert bool(edits) == (folder.name in EDITED)
    for first, *later in edits:
        assert {label["story"] for label in later} == {first["story"]}
        assert all(label["note"].startswith("edited") for label in later)


@pytest.mark.parametrize("name", LABELS)
def test_a_label_is_sound(name: str) -> None:
    label = LABELS[name]
    assert label["relevant"] in (True, False, None)
    others = [row for row in LABELS.values() if row["story"] == label["story"] and row["relevant"]]
    # of a story's happening, which others tell, but nothing of the other side in it
    beside = label["relevant"] is False and bool(others) and "BORDERLINE" in label["note"]
    assert beside or (label["story"] is not None) == (label["relevant"] is not False)
    if label["relevant"] is False:
        assert (label["type"], label["event_date"], label["place"]) == (None, None, None)
        assert all(one.get("optional") for one in label["figures"])
    else:
        assert label["type"] in TYPES or label["note"].startswith("round-up")
        assert set(label.get("type_alt", ())) <= TYPES
    if label["event_date"]:
        day = date.fromisoformat(label["event_date"])
        last = date.fromisoformat(label.get("event_date_end") or label["event_date"])
        assert day <= last
        assert day <= datetime.fromisoformat(ENTRIES[name]["published"]).date()
    if original := label["copy_of"]:
        assert LABELS[original]["story"] == label["story"]
        assert LABELS[original]["copy_of"] is None
        assert list(LABELS).index(original) < list(LABELS).index(name)


def test_every_figure_is_in_its_text() -> None:
    for name, text, one in labelled():
        assert one["quote"] in text, name
        assert one["text"] in one["quote"], name
        assert NEEDED <= set(one) <= KEYS, name
        assert NUMBER.search(one["text"]) or not one["text"].isascii() or one["text"] in UNCOUNTED, one


def test_every_figure_uses_the_known_names() -> None:
    for name, _, one in labelled():
        assert one["measure"] in get_args(model.Measure), name
        assert one["party"] in get_args(model.Party), name
        assert one["qualifier"] in get_args(model.Qualifier), name
        assert one["scope"] in get_args(model.Scope), name
        assert one["claimant"], name
        assert (one["low"] is None) == (one["high"] is None) == (one["qualifier"] == "vague"), name
        assert one["low"] is None or 0 <= one["low"] <= one["high"], name
        assert one["low"] == one["high"] or one["qualifier"] == "range", name


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_sound(name: str) -> None:
    text, label = ARTICLES[name]
    assert label["id"] == name
    assert (240 if label["lang"] == "en" else 110) <= len(text.split()) <= 760
    assert label["headline"]["type"] in TYPES
    published = label["published"][:10]
    assert label["headline"]["event_date"] <= published
    assert label["background"], "a long report tells what happened before"
    for earlier in label["background"]:
        assert (earlier.get("date") or earlier["start"]) < published
    for other in label["not_figures"]:
        assert other.lower() in f"{label['title']} {text}".lower(), other


def test_digits_in_a_label_are_its_value() -> None:
    for name, _, one in labelled():
        digits = re.sub(r"[^\d]", "", one["text"])
        plain = re.fullmatch(r"[\d,]+", one["text"])
        if plain and one["low"] is not None:
            assert one["low"] == int(digits), name


def test_canonical_claimants_are_those_of_the_configuration() -> None:
    """A claimant that the configuration knows by another spelling would never be matched."""
    topic = shipped()
    known = {actor.name.lower(): actor.name for actor in topic.actors}
    for name, _, one in labelled():
        if one["claimant"].lower() in known:
            assert one["claimant"] == known[one["claimant"].lower()], name
