"""What kind of happening a text is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.news.model import Document
from tests.news.making import kind, shipped

TOPIC = shipped()
HEADLINES = Path(__file__).with_name("kinds.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("expected", "title", "summary"),
    [
        ("air_strike", "Pakistani jets bomb homes in Khost", ""),
        (
            "air_strike",
            "په سپېره کې په برید کې شپږ کسان ووژل شول",
            "ځايي چارواکي وايي دا د پاکستان هوايي برید و.",
        ),
        ("attack", "په کوټه کې په برید کې شپږ کسان ووژل شول", "د هوايي برید راپورونه رد شوي دي."),
        ("diplomacy", "افغان طالبان نے چھ پاکستانی فوجی رہا کر دیے", ""),
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
        ("border_clash", "Nine soldiers martyred, over 90 Taliban killed in border fighting: ISPR", ""),
        (
            "border_clash",
            "Army says 31 Taliban fighters dead, four troops lost in a night of fire",
            "At Chaman.",
        ),
        (
            "border_clash",
            "Afghan forces attacked Pakistani army positions; 12 soldiers killed, Kabul says",
            "",
        ),
        ("border_clash", "FC man martyred as Afghan forces fire on a post in Kurram", ""),
        (
            "border_clash",
            "Emirate strikes points across the imaginary line",
            "A camp near Khost had been bombed.",
        ),
        (
            "border_clash",
            "Official rejects toll of 40 dead soldiers",
            "It was invented, he said of the border battle.",
        ),
        ("attack", "Nine soldiers killed in night fighting with the TTP in Orakzai", ""),
        ("operation", "Thirty militants killed in clashes in Kurram", "They were of the TTP, the army said."),
        ("attack", "Twelve soldiers martyred as militants storm post in Tank", ""),
        (
            "attack",
            "Five troops martyred in TTP attack",
            "Afghan forces and Pakistani troops have fought before.",
        ),
        ("attack", "Four khwarij killed at college gate", "A vehicle bomb had broken it, ISPR said."),
        ("air_strike", "Two blasts shake Kabul", "A source in Pakistan spoke of precision strikes."),
        ("air_strike", "Homes in Nangarhar were bombed at night by Pakistan", ""),
        (
            "air_strike",
            "Red Crescent in Khost counts 18 dead after strikes; Islamabad speaks of militants",
            "",
        ),
        (
            "statement",
            "Premier tells Kabul to choose between TTP and peace",
            "He spoke at a funeral of soldiers killed in Bannu.",
        ),
        (
            "border_clash",
            "Neighbours trade accusations after clashes",
            "The army spoke of a night of clashes at Chaman.",
        ),
        ("diplomacy", "Dar in Kabul on first visit", "Trade was discussed."),
        ("diplomacy", "Kabul frees two Pakistani soldiers", "They were given to a Saudi delegation."),
        ("humanitarian", "UNAMA: 61 civilians killed in border violence in second quarter", ""),
        ("ceasefire", "Пакистан и талибы договорились о перемирии", ""),
        (
            "border_clash",
            "Posts at Nawa Pass change hands",
            "Two Pakistani posts were seized after a fight on Monday.",
        ),
        (
            "border_clash",
            "Army denies breaching truce",
            "Troops fired back at snipers in Nangarhar's Goshta, it said.",
        ),
        (
            "border_clash",
            "Troops repulse attack from Helmand",
            "Four soldiers embraced martyrdom, Afghan forces lost nine.",
        ),
        ("attack", "Two killed in Pakistan bombing that officials link to Afghanistan", ""),
        ("attack", "Spy drone sent by the Afghan Taliban falls on Kohat", ""),
        ("air_strike", "Pakistani spy drone fires on a van", "It was in Kandahar, police said."),
        ("air_strike", "Air raid on a house kills four in Khost", ""),
        ("attack", "Constable gunned down by khwarij in Swabi", ""),
        ("operation", "Six khwarij gunned down in Swabi", ""),
        ("diplomacy", "Kabul shuts consulate in Quetta", ""),
        ("diplomacy", "Nine labourers freed at Chaman in exchange for two drivers", ""),
        ("arrest", "Would-be suicide bomber arrested in Lahore", ""),
        ("political", "Senate passes a resolution on Afghan camps", ""),
        ("talks", "Clerics from Pakistan received by ministers in Kabul", ""),
        ("crossing", "Ten-day wait at Chaman", ""),
        ("statement", "FO: Kabul knows where they live", ""),
    ],
)
def test_kind(expected: str, title: str, summary: str) -> None:
    found, because = kind(Document(f"{title}\n{summary}", len(title)), TOPIC)
    assert found == expected, because
    assert because


def test_nothing_said_has_no_kind() -> None:
    assert kind(Document("Weather in Oslo"), TOPIC) == (None, ())


@pytest.mark.parametrize("line", HEADLINES)
def test_headlines_of_every_kind_in_many_words_and_five_languages(line: str) -> None:
    expected, title = line.split("\t")
    found, _ = kind(Document(title, title_end=len(title)), TOPIC)
    assert found == expected
