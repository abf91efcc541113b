"""Every kind of difficult sentence gives exactly its figures."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.news.figures.extract import extract
from bot.news.model import Document, Figure, Party
from bot.news.topics.topic import Topic

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
QUALIFIERS = {"at_least", "over", "nearly", "about", "up_to", "under", "range", "vague"}
SCOPES = {"incident", "period", "cumulative", "state"}
PARTIES = set(get_args(Party))
OWNERS = {"own": True, "others": False, "nobodys": None}
UPDATES = {"rise", "revision", "additional", "former", "withdrawn"}


def shown(figure: Figure) -> str:
    if figure.low is None:
        value = figure.text
    elif figure.low == figure.high:
        value = f"{figure.low:g}" if figure.low < 100_000 else str(int(figure.low))
    else:
        value = f"{figure.low:g}-{figure.high:g}"
    return f"{value} {figure.measure}"


def holds(figure: Figure, demand: str) -> bool:
    """Whether a figure is as a line of the table demands."""
    demand, _, instead = demand.partition(", instead of ")
    demand, _, denier = demand.partition(", not ")
    demand, _, claimant = demand.partition(" by ")
    known = demand.removeprefix(shown(figure))
    if (
        known == demand
        or (claimant and figure.claimant != claimant)
        or (denier and figure.denied_by != denier)
        or (instead and figure.instead != float(instead))
    ):
        return False
    words = set(known.split())
    return (
        ("part" in words) == figure.subset
        and all(word == figure.qualifier for word in words & QUALIFIERS)
        and all(word == figure.scope for word in words & SCOPES)
        and all(word == figure.update for word in words & UPDATES)
        and all(word == figure.party for word in words & PARTIES)
        and all(figure.own_loss is OWNERS[word] for word in words & OWNERS.keys())
    )


def assert_figures(found: Sequence[Figure], demands: Sequence[str]) -> None:
    """Exactly these figures were found, in this order, each as its line demands."""
    assert [shown(f) for f in found] == [
        " ".join(d.split()[: len(shown(f).split())]) for d, f in zip(demands, found, strict=False)
    ]
    assert len(found) == len(demands)
    assert all(holds(f, d) for f, d in zip(found, demands, strict=True)), found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['text'][:50].strip()}")
def test_a_sentence_gives_exactly_its_figures(case: dict[str, Any], topic: Topic) -> None:
    text = case["text"]
    title_end = len(text.partition("\n")[0]) if case.get("title") else 0
    found = extract(Document(text=text, title_end=title_end), topic)
    assert_figures(found, case["figures"])
    assert all(f.quote == text[f.start : f.end] for f in found)
