"""What is counted, who says and who denies it in Urdu, Persian, Pashto, Arabic and Hindi, and in languages of Europe."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.news.figures.extract import extract
from bot.news.model import UNATTRIBUTED, Document, Figure
from bot.news.topics.topic import Topic
from tests.news.figures.test_cases import assert_figures

HERE = Path(__file__).parent
LINES = (HERE / "languages.tsv").read_text("utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]
CASES = tomllib.loads((HERE / "languages.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize(("lang", "figures", "text"), ROWS)
def test_a_sentence_and_its_figures(lang: str, figures: str, text: str, topic: Topic) -> None:
    found = extract(Document(text=text, lang=lang), topic)
    assert_figures(found, [demand for demand in figures.split("; ") if demand])
    for figure in found:
        assert (figure.claimant_text is None) == (figure.claimant == UNATTRIBUTED)
        assert (figure.claimant_text or "") in text


@pytest.mark.parametrize("case", CASES, ids=[f"{one['lang']}-{n}" for n, one in enumerate(CASES)])
def test_a_newsroom_sentence(case: dict[str, Any], topic: Topic) -> None:
    title = case.get("title", "")
    text = f"{title}\n{case['text']}" if title else case["text"]
    found = extract(Document(text=text, title_end=len(title), lang=case["lang"]), topic)
    assert [told(figure) for figure in found] == case["figures"]


def told(figure: Figure) -> str:
    value = "vague" if figure.low is None else f"{figure.low:.12g}"
    return f"{value} {figure.measure} {figure.party}{' part' * figure.subset} | {figure.claimant}"
