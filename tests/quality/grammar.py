"""Sentences made from a grammar, with known answers: `python -m tests.quality.grammar [FILE…]` tells which are misread.

A class of words (`grammars/*.toml`) is a list of frames with slots, the words for each slot, and what every sentence
so made must say. Labelled texts show what is common; a grammar shows whether a word works in each frame that it has.

    [[class]]
    kind = "went home"              # told by the test's name
    measure = "returned"            # of the figure {n}; "" where {n} counts nothing that is told
    party = "afg_refugees"          # optional, like claimant, qualifier, scope
    claimant = "{speaker}"          # a name, or a slot whose words stand for one
    share = 1.0                     # least part of the sentences that must be read so; this only rises
    who = ["Afghans", "Afghan families"]
    speaker = ["UNHCR", ["the refugee agency's head, Lena Hoff,", "Lena Hoff"]]     # words, or [words, name]
    numbers = ["27"]                # optional, some of NUMBERS; or a table of words and values: {"$27 million" = 27e6}
    say = ["{N} {who} went home on Friday, {speaker} said."]    # {N}, {Who}: with a capital

Each word of each slot is tried in each frame beside changing words of the other slots.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.news.figures.extract import extract
from bot.news.model import Document, Figure
from tests.news.making import shipped
from tests.quality.scoring import people, same_source

FOLDER = Path(__file__).with_name("grammars")
NUMBERS = {
    "27": 27,
    "three": 3,
    "1,240": 1240,
    "at least 14": 14,
    "some 300": 300,
    "more than 60": 60,
    "seven": 7,
}
STOCKS = {  # numbers of those who are there, for classes that ask for them by name
    "1.3 million": 1_300_000,
    "some 220,000": 220_000,
    "nearly 800,000": 800_000,
    "40,000": 40_000,
}
PLAIN = {"300": 300, "60": 60}  # for frames that qualify the number themselves
VALUES = NUMBERS | STOCKS | PLAIN
SLOT = re.compile(r"\{(\w+)\}")
ASKED = ("party", "claimant", "qualifier", "scope")
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, the number it is about, and the claimant that its class names (with the slots filled)."""

    text: str
    number: float
    claimant: str


def classes(files: list[Path] | None = None) -> list[dict[str, Any]]:
    paths = files or sorted(FOLDER.glob("*.toml"))
    return [{"file": p.stem, **one} for p in paths for one in tomllib.loads(p.read_text("utf-8"))["class"]]


def sentences(of: dict[str, Any]) -> Iterator[Sentence]:
    """Each word of each slot in each frame, once."""
    given = of.get("numbers", ())
    values = given if isinstance(given, dict) else VALUES
    seen: set[str] = set()
    for order, frame in enumerate(of["say"]):
        slots = {name.lower(): _words(of, name.lower()) for name in SLOT.findall(frame)}
        for turn in range(max(map(len, slots.values()))):
            filled = {name: words[(turn + order) % len(words)] for name, words in slots.items()}
            text = _filled(frame, {name: words for name, (words, _) in filled.items()})
            text = re.sub(r",(?=[.,])", "", text)  # a closing comma of the words, and one of the frame
            if text not in seen:
                seen.add(text)
                names = {name: name_of for name, (_, name_of) in filled.items()}
                yield Sentence(text, values[filled["n"][0]], _filled(of.get("claimant", ""), names))


def misread(of: dict[str, Any]) -> tuple[int, list[str]]:
    """How many sentences a class makes, and those that are read otherwise, each with what is read."""
    made, lost = 0, []
    for sentence in sentences(of):
        made += 1
        found = [f for f in extract(_document(sentence.text), shipped()) if f.low == sentence.number]
        right = any(_is(f, of, sentence) for f in found) if of["measure"] else not found
        if not right:
            read = [(f.measure, f.party, f.claimant) for f in found] or "no figure"
            text = sentence.text.replace("\n", " || ")
            lost.append(f"{text}\n      {read}")
    return made, lost


def _document(text: str) -> Document:
    """A sentence as a report; what stands before a line break is its headline."""
    return Document(text, max(0, text.find("\n")), AT, "en")


def _is(figure: Figure, of: dict[str, Any], sentence: Sentence) -> bool:
    return (
        figure.measure == of["measure"]
        and ("party" not in of or people(figure.party) == people(of["party"]))
        and (not sentence.claimant or same_source(sentence.claimant, figure.claimant))
        and all(getattr(figure, key) == of[key] for key in ("qualifier", "scope") if key in of)
    )


def _words(of: dict[str, Any], slot: str) -> list[tuple[str, str]]:
    """The words of a slot, each with the name that it stands for."""
    given = list(of.get("numbers", NUMBERS)) if slot == "n" else of[slot]
    return [(one, one) if isinstance(one, str) else (one[0], one[1]) for one in given]


def _filled(frame: str, words: dict[str, str]) -> str:
    """A frame with its slots filled; a slot with a capital gives its words one."""

    def put(slot: re.Match[str]) -> str:
        found = words[slot[1].lower()]
        return found if slot[1].islower() else found[0].upper() + found[1:]

    return SLOT.sub(put, frame)


def main(names: list[str]) -> None:
    for one in classes([FOLDER / f"{name}.toml" for name in names]):
        count, wrong = misread(one)
        sys.stdout.write(f"{one['file']}: {one['kind']}: {(count - len(wrong)) / count:.3f} of {count}\n")
        sys.stdout.write("".join(f"   {line}\n" for line in wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
