"""What kind of happening a text is about."""

from __future__ import annotations

import pytest

from bot.news.model import Document
from bot.news.types import kind
from tests.news.making import shipped

TOPIC = shipped()


@pytest.mark.parametrize(
    ("expected", "title", "summary"),
    [
        ("air_strike", "Pakistani jets bomb homes in Khost", ""),
        ("air_strike", "Strikes on Paktika end two-day truce", "Kabul says the ceasefire is over."),
        ("air_strike", "Pakistan strikes Afghan cities overnight", ""),
        ("attack", "Taliban drones hit Pakistani army base", "They struck back after air strikes."),
        ("attack", "Suicide bomber kills five policemen in Bannu", ""),
        ("border_clash", "Pakistani and Afghan guards exchange fire at Chaman", ""),
        ("ceasefire", "Pakistan and Taliban agree truce after Qatar-hosted talks", ""),
        (
            "talks",
            "Second round of talks opens in Istanbul",
            "Envoys from Kabul and Islamabad seek a lasting ceasefire.",
        ),
        ("diplomacy", "Pakistan summons Afghan envoy over Bannu bombing", "Five policemen were killed."),
        ("multilateral", "Pakistan tells UN Security Council of camps in Afghanistan", ""),
        ("crossing", "Torkham reopens after nine days", "Trade between the two had been halted."),
        ("returns", "Pakistan deports 3,000 Afghans through Chaman", ""),
        ("trade", "Kabul tells traders to stop importing Pakistani medicine", ""),
        ("operation", "Security forces kill 14 militants in Kurram", ""),
        ("arrest", "Pakistan arrests IS-K commander near border", ""),
        ("statement", "India condemns Kabul's critics", "New Delhi rejects the charge and urges restraint."),
        ("crossing", "Ghulam Khan sealed as guards on both sides trade fire", ""),
        ("border_clash", "New firing heard at closed Kharlachi", ""),
        ("border_clash", "Nine dead and 20 hurt at Angoor Adda", ""),
        ("diplomacy", "Minister raises border woes in talks with Dar", "He spoke for Kabul."),
        ("talks", "Envoys of Kabul took part in meeting in Saudi Arabia", ""),
        ("multilateral", "Russia, Pakistan and Afghanistan hold a joint sitting", ""),
        ("statement", "TTP denies any truce with Pakistan", ""),
        ("humanitarian", "Thousands displaced by fighting in Kunar", ""),
        ("operation", "Twenty militants killed near Zhob", ""),
        ("air_strike", "حملات هوایی پاکستان در پکتیکا", ""),
        ("ceasefire", "Пакистан и талибы договорились о перемирии", ""),
    ],
)
def test_kind(expected: str, title: str, summary: str) -> None:
    found, because = kind(Document(f"{title}\n{summary}", len(title)), TOPIC)
    assert found == expected, because
    assert because


def test_nothing_said_has_no_kind() -> None:
    assert kind(Document("Weather in Oslo"), TOPIC) == (None, ())
