"""Two plain words that tell a happening together, and what keeps them from doing so."""

from __future__ import annotations

import pytest

from bot.news.signs.frames import Frame, parse, told
from bot.news.text.lexicon import Lexicon, Name

WORDS = {
    "part.goods": ("flour", "cargo"),
    "part.measure": ("ban", "duty"),
    "part.killing": ("kills",),
    "part.rebels": ("militants",),
    "type.ceasefire": ("ban on fire",),
    "off.sport": ("cricket",),
}
LEXICON = Lexicon(
    [
        (Name("Pakistan", "state", "PK"), ["Pakistan"]),
        (Name("TTP", "group", "militants"), ["TTP"]),
        (Name("Cargo Pass", "crossing", "border"), ["Cargo Pass"]),
    ],
    WORDS.items(),
)


def found(sentence: str, *patterns: str) -> list[str]:
    text = LEXICON.read(sentence)
    frames = [parse(f"type.{at}", pattern, WORDS) for at, pattern in enumerate(patterns)]
    (span,) = text.sentences
    return [cue.phrase for cue in told(text, span, frames, text.said(span, "type.ceasefire"))]


@pytest.mark.parametrize(
    ("sentence", "pattern", "phrases"),
    [
        ("A ban on Afghan flour", "goods + measure", ["ban … flour"]),
        ("Flour prices rise", "goods + measure", []),
        ("A ban that nobody in the whole wide world had seen coming hits flour", "goods + measure", []),
        ("Pakistan lifts duty on cargo", "goods + measure + @PK", ["duty … cargo"]),
        ("Kabul lifts duty on cargo", "goods + measure + @PK", []),
        ("TTP burns cargo over duty", "goods + measure - @militants", []),
        ("Militants burn cargo over duty", "goods + measure - rebels", []),
        ("Army kills six militants", "killing > rebels", ["kills … militants"]),
        ("Militants: army kills six", "killing > rebels", []),
        ("A ban at Cargo Pass", "goods + measure", []),  # the word is part of a name
        ("Flour is short under the ban on fire", "goods + measure", []),  # ... of a phrase of its own
        (
            "Cricket ball in the flour, ban follows",
            "goods + measure",
            [],
        ),  # ... or the sentence is of something else
    ],
)
def test_frames(sentence: str, pattern: str, phrases: list[str]) -> None:
    assert found(sentence, pattern) == phrases


def test_a_type_is_told_once() -> None:
    text = LEXICON.read("Ban on flour, duty on cargo")
    frames = [parse("type.trade", "goods + measure", WORDS), parse("type.trade", "measure + goods", WORDS)]
    assert len(told(text, text.sentences[0], frames, ())) == 1


def test_a_pattern_says_what_it_needs() -> None:
    made = parse("type.operation", "killing > rebels + @PK - @militants", WORDS)
    lists = ("part.killing", "part.rebels")
    assert made == Frame("type.operation", lists, (False, True), ("PK",), ("militants",))


@pytest.mark.parametrize(
    "pattern", ["goods + wishes", "goods * measure", "goods + @XX", "@PK + @AF", "goods +"]
)
def test_mistakes_are_named(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"is no list|has no list|ends in a sign"):
        parse("type.trade", pattern, WORDS)
