"""What kind of happening a text is about."""

from __future__ import annotations

from pathlib import Path

from bot.news.model import Document
from bot.news.topics.classifier import NONE
from bot.news.types import kinds
from tests.news.making import kind, shipped

TOPIC = shipped()
TEXTS = Path(__file__).with_name("kinds.tsv").read_text(encoding="utf-8").splitlines()


LEAST = (
    0.88  # of all; hard headlines, some of which were seen while the weights were learned; this only rises
)


def told(line: str) -> str | None:
    """A line that is read as another kind, and what was found."""
    expected, title, *lead = line.split("\t")
    document = Document("\n".join((title, *lead)), title_end=len(title))
    found, because = kinds(document, TOPIC, relevant=expected != NONE)
    return None if (found[0] if found else NONE) == expected else f"{line}\n   {because}"


def test_the_kind_of_a_headline_and_its_lead_in_many_words_and_five_languages() -> None:
    wrong = [line for text in TEXTS if (line := told(text))]
    right = 1 - len(wrong) / len(TEXTS)
    assert right >= LEAST, f"{right:.3f}\n" + "\n".join(wrong)


def test_a_kind_is_told_with_the_words_that_speak_for_it() -> None:
    title = "Pakistani air strike kills nine in Khost"
    found, because = kind(Document(title, len(title)), TOPIC)
    assert found == "air_strike"
    assert "air strike" in because[0]
    assert because[1].startswith("rather than ")


def test_nothing_said_has_no_kind() -> None:
    assert kinds(Document("Weather in Oslo"), TOPIC, relevant=False) == ((), ())
