"""Who is named as speaking: many noun phrases in many frames, and how many get the right name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.news.figures.extract import extract
from bot.news.model import Document
from tests.news import making
from tests.quality.scoring import same_source

SPEAKERS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("speakers.toml").read_text("utf-8"))[
    "speaker"
]
TOLD = 47
FRAMES = (  # {x} is the phrase, {X} with a capital; a closing comma of its own goes where another mark follows
    "{X} said on Tuesday that 47 people had died in the shelling.",
    "The shelling left 47 people dead, {x} said.",
    "According to {x}, 47 people had died in the shelling.",
    "The shelling left 47 people dead, said {x}.",
    "{X} put the number of dead at 47.",
    "The gate stayed shut, but {x} told Reuters that 47 people had been killed.",
    "“The market is gone and 47 people are dead,” {x} said.",
    "{X} asked for a truce. {He} said 47 people had died.",
)
PRONOUN = {"person": "He", "body": "It", "people": "They"}
LEAST = 0.99  # of all; this only rises


def sentences(speaker: dict[str, Any]) -> Iterator[str]:
    words = speaker["words"]
    for frame in FRAMES:
        text = frame.replace("{x}", words).replace("{X}", words[0].upper() + words[1:])
        yield re.sub(r",(?=[.,])", "", text.replace("{He}", PRONOUN[speaker["kind"]]))


def claimant(text: str) -> str:
    document = Document(text, 0, datetime(2026, 3, 4, 9, tzinfo=UTC), "en")
    return next((f.claimant for f in extract(document, making.shipped()) if f.low == TOLD), "no figure")


def test_the_speaker_is_named_whatever_the_frame() -> None:
    asked = [(text, claimant(text), s["names"]) for s in SPEAKERS for text in sentences(s)]
    wrong = [f"{got}: {text}" for text, got, names in asked if not any(same_source(n, got) for n in names)]
    right = 1 - len(wrong) / len(asked)
    assert len(SPEAKERS) >= 110
    assert right >= LEAST, f"{right:.3f}\n" + "\n".join(wrong)
