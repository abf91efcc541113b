"""What holds for every text: nothing invented, exact offsets, the same answer always, bounded time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.figures.extract import extract
from bot.news.figures.sentence.reading import read
from bot.news.figures.sentence.vocabulary import vocabulary
from bot.news.model import UNATTRIBUTED, Document, Figure
from bot.news.topics.topic import Topic
from tests.news.making import shipped

TOPIC = shipped()
HERE = Path(__file__).parent
SENTENCES = [
    "Fighters overran a post near Torkham and killed 23 soldiers, while 41 others were wounded, police said.",
    "According to the UN mission, at least 37 civilians died in Paktika and 64 were hurt, among them 18 children.",
    "ISPR said over 214 terrorists had been neutralised since 2022; Zabihullah Mujahid put the toll at 58.",
    "The Foreign Office said 48 Pakistanis, including 12 policemen, were killed in attacks from Afghan soil.",
    "UNHCR counted 733 returns through Spin Boldak on Monday, of whom 52 had been deported.",
    "Troops captured 19 posts and destroyed 46 vehicles; 27 militants surrendered in Kunar.",
]
WORDS = [
    "soldiers",
    "civilians",
    "militants",
    "killed",
    "wounded",
    "captured",
    "were",
    "have",
    "been",
    "said",
    "police",
    "Kabul",
    "Islamabad",
    "ISPR",
    "and",
    "in",
    "the",
    "of",
    "at",
    "near",
    "Khost",
    "border",
    "attack",
    "fire",
    "strikes",
    "truce",
    "talks",
    "officials",
    "that",
    "after",
    "camps",
    "posts",
    "women",
    "trucks",
    "returned",
]


def figures(text: str) -> tuple[Figure, ...]:
    return extract(Document(text=text), TOPIC)


def without_numbers(figure: Figure) -> tuple[object, ...]:
    return (figure.measure, figure.party, figure.claimant, figure.qualifier, figure.scope, figure.subset)


@given(st.sampled_from(SENTENCES), st.integers(0, 3), st.integers(102, 999))
@settings(deadline=None)
def test_a_changed_number_changes_its_figure_and_no_other(sentence: str, which: int, value: int) -> None:
    """Whatever the number in the text, the figure says that number and nothing else moves."""
    before = figures(sentence)
    changeable = [f for f in before if f.text.isdecimal()]
    figure = changeable[which % len(changeable)]
    at = sentence.index(figure.text, figure.start)
    after = figures(sentence[:at] + str(value) + sentence[at + len(figure.text) :])
    assert [without_numbers(f) for f in after] == [without_numbers(f) for f in before]
    assert [f.low for f in after] == [value if f is figure else f.low for f in before]


@given(st.sampled_from(SENTENCES), st.integers(0, 3))
@settings(deadline=None)
def test_a_deleted_number_takes_its_figure_away(sentence: str, which: int) -> None:
    before = figures(sentence)
    changeable = [f for f in before if f.text.isdecimal()]
    figure = changeable[which % len(changeable)]
    at = sentence.index(figure.text, figure.start)
    after = figures(sentence[:at] + sentence[at + len(figure.text) :])
    assert figure.low not in [f.low for f in after]
    assert {f.low for f in after} <= {f.low for f in before}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_number_reads_back_as_the_figure_says(sentence: str) -> None:
    """The words of a figure's number, read alone, are worth what the figure says."""
    for figure in figures(sentence):
        (unit,) = [u for u in read(figure.text, 0, len(figure.text), vocabulary(TOPIC)) if u.quantity]
        assert unit.quantity is not None
        assert (unit.quantity.low, unit.quantity.high) == (figure.low, figure.high)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_who_says_a_figure_stands_in_the_text(sentence: str) -> None:
    for figure in figures(sentence):
        named = figure.claimant_text is not None and figure.claimant_text in sentence
        assert named or figure.claimant == UNATTRIBUTED


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_figure_without_a_number(words: list[str]) -> None:
    assert figures(" ".join(words) + ".") == ()


@given(st.text(max_size=300))
def test_any_text_is_read_and_offsets_are_exact(text: str) -> None:
    for figure in figures(text):
        assert figure.quote == text[figure.start : figure.end]
        assert figure.text in figure.sentence
        assert figure.claimant_text is None or figure.claimant_text in text


@given(
    st.lists(
        st.sampled_from(
            [*WORDS, "12", "a", "dozens", "one", "no", ",", ";", "“", "”", "(", ":", "5pm", "Rs", "its", "-"]
        ),
        max_size=60,
    )
)
@settings(max_examples=200)
def test_jumbled_words_never_invent(words: list[str]) -> None:
    text = " ".join(words)
    for figure in figures(text):
        assert figure.quote == text[figure.start : figure.end]
        assert figure.text.lower() in text.lower()
        assert figure.low in (None, 0, 1, 12)


def test_the_same_whatever_the_hash_seed_and_the_order_of_texts() -> None:
    """Fresh interpreters with other seeds, one of them from the last text to the first, print the same bytes."""
    code = (
        "import sys, tomllib\n"
        "from bot.news.figures.extract import extract\n"
        "from bot.news.model import Document\n"
        "from bot.settings import load\n"
        "topic, step = load(environment={}).topic(), int(sys.argv[2])\n"
        "cases = tomllib.load(open(sys.argv[1], 'rb'))['case'][::step]\n"
        "told = [extract(Document(text=case['text']), topic) for case in cases]\n"
        "print(*told[::step], sep='\\n')\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(HERE / "cases.toml"), step],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[2])},
            capture_output=True,
            check=True,
        ).stdout
        for seed, step in (("1", "1"), ("2", "-1"), ("77", "1"))
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 1_000


HOSTILE = {
    "one line": "Gunmen killed 5 soldiers and wounded 12 others, police said, " * 16_000,
    "digits": "1,2" * 330_000,
    "spaces": " " * 1_000_000,
    "quotes": '"' * 1_000_000,
    "emoji": "😀 12 killed " * 80_000,
    "right to left": "۱۰ نفر کشته شدند " * 60_000,
    "control characters": "\x00\x07 12 killed\x1b " * 60_000,
    "capitals": "Ab " * 330_000,
    "hyphens": "12-" * 330_000,
    "initials": "a." * 500_000,
    "capital initials": "A. B. " * 150_000,
    "ones": "1 " * 500_000,
    "million million": "5 million million " * 50_000,
    "no spaces": "killed12soldiers" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    text = HOSTILE[name]
    started = time.process_time()
    figures(text)
    assert time.process_time() - started < 30


def calls(text: str) -> int:
    """How many functions are called to read a text, Python's and built in: the same on every machine, however busy."""
    count = 0

    def entered(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(entered)
    try:
        figures(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    """Four times the text takes at most five times the calls."""
    text = HOSTILE[name]
    figures(text[:1_000])
    assert calls(text[:16_000]) < 5 * max(calls(text[:4_000]), 1_000)


def test_html_left_in_a_text_gives_no_false_figure(topic: Topic) -> None:
    text = (
        '<p style="margin:12px"><strong>Context:</strong> talks</p><ul><li>GS Paper 2</li></ul>&nbsp;&#8217;'
    )
    assert extract(Document(text=text), topic) == ()
