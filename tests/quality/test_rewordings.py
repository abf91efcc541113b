"""What a text says does not depend on the words in which it is said: our own sets, reworded."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.news.figures.extract import extract
from bot.news.model import Document, Figure
from bot.news.text.words import word_set
from tests.news.making import shipped
from tests.quality.scoring import people, same_source

HERE = Path(__file__).parent
REWORDINGS = tomllib.loads((HERE / "rewordings.toml").read_text("utf-8"))["rewording"]
SETS = ("entries.jsonl", "second/entries.jsonl", "third/entries.jsonl")
SAID = re.compile(r"(?P<X>[^,;:“”\"]{3,60}?) said (?:that )?(?P<A>[^;:“”\"]{20,300})\.")
NO_FRAME = re.compile(  # whose words cannot stand elsewhere as they are
    r"(?:He|She|It|They|But|And)\b|.*\b(?:was|were|had|who|which|that|told|after|while|on [A-Z]\w+day)\b"
)
NO_CLAUSE = re.compile(
    r"(?:it|he|she|they|its|on|in|last|then|there)\b|.*\b(?:and|but) (?:that|said|put|rejected|denied)\b",
    re.I,
)
LOWER = word_set(
    "the a an at two three four five six seven eight nine ten eleven twelve its more over about nearly some police officials "
    "residents doctors local security hospital"
)
Known = tuple[Any, ...]
FEWEST = 3  # figures that a rewording must touch, to tell anything


def sentences() -> Iterator[str]:
    """Each English sentence of our sets that holds a number, once."""
    seen: dict[str, None] = {}
    for name in SETS:
        for line in (HERE / name).read_text("utf-8").splitlines():
            entry = json.loads(line)
            if entry.get("lang", "en") == "en":
                found = re.split(r"(?<=[a-z]\.) (?=[A-Z])", entry["summary"])
                seen |= dict.fromkeys(one for one in found if one.endswith("."))
    return iter(seen)


def told(text: str) -> list[Figure]:
    return list(extract(Document(text, 0, datetime(2026, 3, 4, 9, tzinfo=UTC), "en"), shipped()))


def what(figure: Figure) -> Known:
    return figure.low, figure.high, figure.measure, people(figure.party), figure.scope, figure.qualifier


def reworded(pairs: dict[str, str]) -> Callable[[str], str]:
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, pairs))})\b")
    return lambda text: words.sub(lambda found: pairs[found.group()], text)


def inside(text: str) -> str:
    """How it stands inside a sentence: "The army", but "Pakistan"."""
    first = text.partition(" ")[0]
    return text[0].lower() + text[1:] if first.lower() in LOWER else text


def framed(frame: str) -> Callable[[str], str]:
    def put(text: str) -> str:
        found = SAID.fullmatch(text)
        if found is None or NO_FRAME.match(found["X"]) or NO_CLAUSE.match(found["A"]):
            return text
        said, clause = found["X"], found["A"]
        return frame.format(X=said, A=clause[0].upper() + clause[1:], x=inside(said), a=inside(clause))

    return put


def ways(rewording: dict[str, Any]) -> list[Callable[[str], str]]:
    return [framed(frame) for frame in rewording.get("frames", ())] or [reworded(rewording["pairs"])]


@pytest.fixture(scope="module")
def before() -> dict[str, list[Figure]]:
    """What is read of each sentence as it stands."""
    return {text: found for text in sentences() if (found := told(text))}


@pytest.mark.parametrize("rewording", REWORDINGS, ids=lambda one: one["kind"])
def test_other_words_say_the_same(rewording: dict[str, Any], before: dict[str, list[Figure]]) -> None:
    names, right, lost = rewording.get("claimants", {}), 0, []
    for way in ways(rewording):
        for text, figures in before.items():
            if (other := way(text)) == text:
                continue
            now = told(other)
            for figure in figures:
                called = (figure.claimant, way(figure.claimant), names.get(figure.claimant, figure.claimant))
                same = any(
                    what(figure) == what(one) and any(same_source(name, one.claimant) for name in called)
                    for one in now
                )
                right += same
                if not same:
                    lost.append(
                        f"{what(figure)} by {figure.claimant}: {other}\n   {[(*what(n), n.claimant) for n in now]}"
                    )
    share = right / max(1, right + len(lost))
    assert right + len(lost) >= FEWEST, "hardly anything was reworded"
    assert share >= rewording["share"], f"{share:.3f}\n" + "\n".join(lost)
