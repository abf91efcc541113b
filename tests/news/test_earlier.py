"""What a report tells of an earlier happening is not its own."""

from __future__ import annotations

import pytest

from bot.news.days import earlier
from tests.news.making import shipped

TOPIC = shipped()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A mine killed two soldiers in Kurram on Friday, a day after a bomb killed six in Hangu.",
            ["a day after a bomb killed six in Hangu."],
        ),
        (
            "Kabul summoned the envoy, two days after strikes on Khost, and handed him a note.",
            ["two days after strikes on Khost"],
        ),
        (
            "Gunmen killed five in Bannu, 12 days after a raid on Hangu, and fled.",
            ["12 days after a raid on Hangu"],
        ),
        (
            "Shells hit Barmal. Two villagers died on Monday. 3 days earlier a drone had struck Khost.",
            ["3 days earlier a drone had struck Khost."],
        ),
        (
            "Drones hit Khost in response to the killing of guards in Karak.",
            ["in response to the killing of guards in Karak."],
        ),
        ("The toll of the raid on Bannu rose to nine, three days after the attack.", []),
        ("A wounded guard died in Bannu on Friday, a day after the attack.", []),
        ("Mujahid said on Monday, a day after six died in Spera, that the jets were Pakistan's.", []),
        ("Lorries passed Torkham for the first time in nine days after officials met.", []),
    ],
)
def test_what_stands_behind_a_day_after(text: str, expected: list[str]) -> None:
    found = earlier.told(TOPIC.lexicon.read(text))
    assert [text[part.start : part.end] for part in found] == expected
