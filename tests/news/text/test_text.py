"""Reading: folding, sentences and names."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from bot.news.text.lexicon import Lexicon, Name
from bot.news.text.words import SENTENCE, fold, sentences, tokens
from tests.news.making import shipped

TOPIC = shipped()
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)


def names(text: str) -> list[str]:
    return [m.name for m in TOPIC.lexicon.mentions(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Türkiye", "TURKIYE"),
        ("Fitna-al-Khawarij", "fitna al khawarij"),
        ("Amir al-Mu’minin", "Amir al Muminin"),
        ("Pakistan's", "Pakistan"),
        ("پاكستاني", "پاکستانی"),
        ("وأفغانستان", "افغانستان"),
        ("l'Afghanistan", "L’AFGHANISTAN"),
    ],
)
def test_fold_makes_one_of_many_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Türkiye’s envoy met Pakistan's army in Spin-Boldak; पाकिस्तान ने कहा"
    assert [text[t.start : t.end] for t in tokens(text)] == [
        "Türkiye", "envoy", "met", "Pakistan", "army", "in", "Spin", "Boldak", "पाकिस्तान", "ने", "कहा",
    ]  # fmt: skip
    assert [text[m.start : m.end] for m in TOPIC.lexicon.mentions(text)] == [
        "Türkiye", "Pakistan's army", "Spin-Boldak", "पाकिस्तान",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lt. Gen. Khan spoke. He left.", 2),
        ("He lives in D.I. Khan. It is hot.", 2),
        ("Trade worth Rs. 500 was lost. The end.", 2),
        ("At 5 p.m. the gate shut. Trucks left.", 2),
        ("It met the U.N. envoy on Friday.", 1),
        ("“We will act.” He left.", 2),
        ("One line\nthat goes on. Another.", 2),
        ("A headline\nA Sentence", 2),
        ("یہ ایک جملہ ہے۔ یہ دوسرا ہے۔", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, expected: int) -> None:
    found = sentences(text)
    assert len(found) == expected
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Pakistani Taliban denied it", ["TTP"]),
        ("the Afghan Taliban and the Tehreek-e-Taliban Pakistan", ["Afghan Taliban government", "TTP"]),
        ("Khwarij were killed, TTA said", ["TTP", "Afghan Taliban government"]),
        ("Kabul said so in Kabul", ["Afghan Taliban government", "Kabul"]),
        (
            "Asif Ali Zardari met Khawaja Asif; Asif left",
            ["Asif Ali Zardari", "Khawaja Asif", "Khawaja Asif"],
        ),
        ("Asif left", []),
        ("a tank was destroyed in Tank", ["Tank"]),
        ("the tip of an imp", []),
        ("Khyber Pakhtunkhwa and Khyber district", ["Khyber Pakhtunkhwa", "Khyber"]),
        ("Paktia, not Paktika", ["Paktia", "Paktika"]),
        ("пакистанские талибы", ["Pakistan", "Afghan Taliban government"]),
        ("تحریک طالبان پاکستان", ["TTP"]),
        ("Daesh-K and ISIS-K", ["ISKP", "ISKP"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("KABUL - The ministry said", True),
        ("ISLAMABAD- The court said", True),
        ("ISLAMABAD (AP) — Pakistan said", True),
        ("Kabul, April 17 (ANI): The mission", True),
        ("Kabul/Islamabad: Afghan forces", True),
        ("Kabul: no talks", False),
        ("Kabul rejected it", False),
    ],
)
def test_datelines(text: str, dateline: bool) -> None:
    assert TOPIC.lexicon.mentions(text)[0].dateline is dateline


def test_an_alias_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="no letters"):
        Lexicon([(Name("X", "state", "PK"), ["—"])])


def test_the_same_answer_whatever_the_hash_seed() -> None:
    code = (
        "from tests.news.making import shipped\n"
        "from datetime import datetime, UTC\n"
        "from bot.news import relevance, types\n"
        "from bot.news.days import dates\n"
        "from bot.news.places.tied import place_of\n"
        "from bot.news.model import Document\n"
        "d = Document('Pakistan bombs Khost and Kunar\\nKabul said on Friday that strikes killed 9 after the "
        "October 19 truce.', 30, datetime(2026, 3, 4, 9, tzinfo=UTC))\n"
        "t = shipped()\n"
        "k = types.kinds(d, t)[0][0]; w = dates.when(d, t, k)\n"
        "print(relevance.judge(d, t), types.kinds(d, t), place_of(d, t, k), w, dates.background(d, t, k, w))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Asif warns rulers in Kabul", True),
        ("Asif bowls well in Colombo", False),
        ("Nadeem Asif flies to Kabul", False),
        ("Yaqoob and Asif shake hands", True),
    ],
)
def test_a_lone_surname_needs_a_second_cue(text: str, named: bool) -> None:
    found = {m.name for m in shipped().lexicon.mentions(text)}
    assert ("Khawaja Asif" in found) == named


def test_a_text_without_stops_is_read_in_pieces() -> None:
    """One sentence of a megabyte would make every look at a sentence quadratic."""
    text = "word " * 2_000 + "x" * 5_000
    spans = sentences(text)
    assert max(span.end - span.start for span in spans) <= SENTENCE
    assert "".join(text[span.start : span.end] for span in spans).replace(" ", "") == text.replace(" ", "")
    assert all(text[span.start - 1].isspace() for span in spans if 0 < span.start < 10_000)


def test_no_name_and_no_phrase_runs_over_the_end_of_a_sentence() -> None:
    lexicon = Lexicon(
        [(Name("Afghan Taliban", "state", "AF"), ["Afghan Taliban", "Afghan"]), (Name("TTP", "group", "militants"), ["Taliban"])],
        [("life", ["dies at"])],
    )  # fmt: skip
    read = lexicon.read("A driver dies\nAt noon he met an Afghan. Taliban came")
    assert [(m.name, read.text[m.start : m.end]) for m in read.mentions] == [
        ("Afghan Taliban", "Afghan"),
        ("TTP", "Taliban"),
    ]
    assert read.cues == ()
    assert lexicon.read("He dies at noon").cues
