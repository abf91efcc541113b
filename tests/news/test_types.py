"""What kind of happening a text is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.news.model import Document
from tests.news.making import kind, shipped

TOPIC = shipped()
TEXTS = Path(__file__).with_name("kinds.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", TEXTS)
def test_the_kind_of_a_headline_and_its_lead_in_many_words_and_five_languages(line: str) -> None:
    expected, title, *lead = line.split("\t")
    found, because = kind(Document("\n".join((title, *lead)), title_end=len(title)), TOPIC)
    assert found == expected, because
    assert because


def test_nothing_said_has_no_kind() -> None:
    assert kind(Document("Weather in Oslo"), TOPIC) == (None, ())
