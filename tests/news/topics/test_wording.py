"""Neutral words in the bot's own sentences, never inside quotation marks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.topics.wording import neutral, quotations
from tests.news.making import shipped

TOPIC = shipped()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three soldiers martyred in Bajaur", "Three soldiers killed in Bajaur"),
        ("Three soldiers Martyred", "Three soldiers Killed"),
        ("Two policemen had embraced martyrdom", "Two policemen had died"),
        ("11 khwarij neutralised near Zhob", "11 TTP militants killed near Zhob"),
        ("Army kills six Indian-sponsored khwarij", "Army kills six militants"),
        ("Indian-sponsored khwarij shot at a post", "Militants shot at a post"),
        ("Nine brave sons of soil embraced martyrdom", "Nine soldiers died"),
        ("Forces neutralised all four drones", "Forces neutralised all four drones"),
        ("Four drones were neutralized", "Four drones were neutralized"),
        ("Fitna-al-Khawarij behind it, army says", "TTP behind it, army says"),
        ("An unprovoked attack from Kunar", "An attack from Kunar"),
        ("The so-called Durand Line was crossed", "The border was crossed"),
        ("Army says 'khwarij' were hit", "Army says 'khwarij' were hit"),
        ("“Fitna al-Khawarij” did it, says ISPR", "“Fitna al-Khawarij” did it, says ISPR"),
        ('He said: "They were martyred', 'He said: "They were martyred'),
        ("Pakistan's men martyred, Kabul's unhurt", "Pakistan's men killed, Kabul's unhurt"),
        ("Blast martyrs three", "Blast kills three"),
        (
            "Security forces neutralise 12 militants near Torkham",
            "Security forces kill 12 militants near Torkham",
        ),
        ("Army neutralises six militants", "Army kills six militants"),
        ("Army eliminates 9 militants", "Army kills 9 militants"),
        ("Neutralising 12 terrorists in Bannu", "Killing 12 militants in Bannu"),
        ("Forces neutralise two drones, kill a militant", "Forces neutralise two drones, kill a militant"),
        ("Army eliminates threat", "Army eliminates threat"),
        ("12 TTP terrorists killed", "12 TTP militants killed"),
        ("A terrorist attack in Quetta", "A militant attack in Quetta"),
        ("US puts TTP on its terrorist list", "US puts TTP on its terrorist list"),
        ("200 Taliban and affiliated terrorists killed", "200 Taliban and affiliated militants killed"),
        ("when the Pakistani military regime bombed Khost", "when Pakistan bombed Khost"),
        ("Twelve khwarij of Fitna al-Khawarij were killed", "Twelve militants of TTP were killed"),
        ("Nine khwarij belonging to the banned TTP fled", "Nine militants belonging to the banned TTP fled"),
        ("TTP khwarij killed", "TTP militants killed"),
        ("Fitna al-Khawarij terrorists killed", "TTP militants killed"),
        ("Fitna al-Hindustan terrorists killed", "Baloch militants killed"),
        (
            "Indian proxy Fitna al-Hindustan was behind the infiltration",
            "“Indian proxy Fitna al-Hindustan” was behind the infiltration",
        ),
        ("Fitna al-Hindustan was behind it", "“Fitna al-Hindustan” was behind it"),
        ("along so-called Durand Line", "along the border"),
        ("An unprovoked firing", "A firing"),
        ("A martyr was buried", "A “martyr” was buried"),
        ("Tribute paid to martyrs", "Tribute paid to “martyrs”"),
    ],
)
def test_neutral(text: str, expected: str) -> None:
    assert neutral(text, TOPIC).text == expected


def test_it_says_what_was_replaced() -> None:
    assert neutral("martyred here, martyred there, khawarij", TOPIC).replaced == (
        "martyred → killed",
        "khawarij (PK) → TTP militants",
    )


@given(st.text(max_size=300))
def test_quoted_text_is_never_changed(words: str) -> None:
    quoted = "“" + words.replace("”", "") + "”"
    assert neutral(quoted, TOPIC).text == quoted


@given(st.text(alphabet="ab '\"“”‘’«»", max_size=200))
def test_quotations_are_in_order_and_inside(text: str) -> None:
    spans = quotations(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
