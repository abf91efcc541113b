"""The work of reading a text grows with its length, whatever it is made of: lines executed, not seconds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news import decide
from bot.news.model import Document
from tests.news.making import shipped
from tests.work import lines_run

TOPIC = shipped()
AT = datetime(2026, 1, 1, tzinfo=UTC)
SIZE = 6_000  # characters, then twice as many
MADE_OF = {
    "numbers": "12 345 ",
    "quotes": '“ ” " ',
    "said": "said ",
    "denials": "Kabul denied the claim of 58. ",
    "brackets": "( ",
    "tolls": "Nine soldiers were killed in Khost, Islamabad said. ",
    "lines": "12 killed\n",
    "nothing": "x",
    "dates": "on October 11 and 12 ",
    "commas": ", ",
    "people": "two soldiers and three guards and ",
    "surnames": "Asif Malik Dar ",
    "own": "خوست کې ۱۲ کسان ووژل شول ",
    "letters": "a",
    "apostrophes": "'",
    "stops": ".",
    "months": "Oct ",
    "places": "Kabul ",
    "ones": "1 ",
    "breaks": "\n",
    "articles": "the 1",
    "openings": '("',
    "ranges": "Oct 11-",
    "rates": "a day ",
    "stems": "пакистан",
}


def work(text: str) -> int:
    """How many lines of Python are run to read a text."""
    return lines_run(decide.read, Document(text, 0, AT), TOPIC)


@pytest.mark.parametrize("name", MADE_OF)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    text = MADE_OF[name] * (2 * SIZE // len(MADE_OF[name]))
    decide.read(Document(text[:300], 0, AT), TOPIC)  # what is compiled once
    once, twice = work(text[:SIZE]), work(text[: 2 * SIZE])
    assert twice < 2.5 * once + 500, f"{once:,} and {twice:,} lines"
