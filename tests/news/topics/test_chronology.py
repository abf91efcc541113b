"""The shipped chronology can be used, and a bad row is refused with one clear line."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.news.model import Level, PastEvent
from bot.news.topics.chronology import events
from bot.news.topics.rows import TopicError

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture(scope="module")
def shipped() -> tuple[PastEvent, ...]:
    path = CONFIG / "topics" / "pakistan-afghanistan" / "chronology.toml"
    return events(tomllib.loads(path.read_text("utf-8"))["event"])


def row(**changes: Any) -> dict[str, Any]:
    good = {
        "date": date(2025, 10, 19),
        "place": "Doha",
        "type": "ceasefire",
        "level": "critical",
        "parties": ["Pakistan"],
        "what": "A ceasefire was signed.",
        "sources": [{"outlet": "Dawn", "url": "https://www.dawn.com/1"}],
    }
    return {key: value for key, value in (good | changes).items() if value is not None}


def claim(**changes: Any) -> dict[str, Any]:
    good = {
        "measure": "killed",
        "party": "afg_civilians",
        "low": 10,
        "high": 10,
        "text": "10",
        "qualifier": "exact",
        "claimant": "UNAMA",
        "url": "https://example.org/1",
    }
    return {key: value for key, value in (good | changes).items() if value is not None}


def test_every_happening_is_there_in_order(shipped: tuple[PastEvent, ...]) -> None:
    assert len(shipped) >= 118
    assert [e.start for e in shipped] == sorted(e.start for e in shipped)
    assert len({e.id for e in shipped}) == len(shipped)
    doha = next(e for e in shipped if e.place == "Doha")
    assert (doha.start, doha.end, doha.level) == (date(2025, 10, 18), date(2025, 10, 19), Level.CRITICAL)


def test_every_count_has_a_claimant_and_a_page(shipped: tuple[PastEvent, ...]) -> None:
    claims = [c for e in shipped for c in e.claims]
    assert len(claims) >= 278
    assert all(c.claimant and c.url.startswith("http") and c.text for c in claims)
    assert all(c.low is not None or c.qualifier == "vague" for c in claims)


def test_conflicting_tolls_stand_side_by_side(shipped: tuple[PastEvent, ...]) -> None:
    clashes = next(e for e in shipped if e.start == date(2025, 10, 11))
    killed = {(c.claimant, c.low) for c in clashes.claims if c.measure == "killed"}
    assert {("Zabihullah Mujahid", 58), ("ISPR", 23), ("ISPR", 200), ("Zabihullah Mujahid", 9)} == killed


@pytest.mark.parametrize("word", ["martyr", "neutralis", "khawarij", "terrorist", "regime", "so-called"])
def test_its_sentences_are_neutral(shipped: tuple[PastEvent, ...], word: str) -> None:
    assert [e.what for e in shipped if word in e.what.lower()] == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (row(date=None), "date must be a date"),
        (row(date="2025-10-19"), "without quotes"),
        (row(end=date(2025, 10, 1)), "is before date"),
        (row(type="war"), "type is 'war' .allowed: "),
        (row(level="huge"), "level is 'huge' .allowed: "),
        (row(what="x" * 201), "at most 200"),
        (row(what=" "), "what must be some text"),
        (row(sources=[]), "at least one outlet"),
        (row(colour="red"), "unknown key 'colour'"),
        (row(claims=[claim(url=None)]), "claim 1: url must be"),
        (row(claims=[claim(claimant=None)]), "claim 1: claimant must be"),
        (row(claims=[claim(party="everybody")]), "party is 'everybody' .allowed: "),
        (row(claims=[claim(), claim(low=12)]), "claim 2: high 10 is below low 12"),
        (row(claims=[claim(low="ten")]), "low must be a number"),
    ],
)
def test_a_bad_row_is_one_clear_line(bad: dict[str, Any], words: str) -> None:
    with pytest.raises(TopicError, match=words) as caught:
        events([bad])
    assert str(caught.value).startswith("chronology: event 1")
