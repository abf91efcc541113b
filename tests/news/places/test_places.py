"""Where it happened: tied to the news, fitting its kind, never the dateline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from bot.news.model import Document, EventType, Where
from bot.news.places.tied import place_of
from bot.news.topics.topic import Topic
from tests.news.making import kind, shipped

TOPIC = shipped()


def document(title: str, summary: str = "") -> Document:
    return Document(f"{title}\n{summary}", len(title), datetime(2027, 2, 17, 11, tzinfo=UTC))


def where(document: Document, topic: Topic, type: EventType | None = None) -> Where:
    return place_of(document, topic, type or kind(document, topic)[0])


@pytest.mark.parametrize(
    ("title", "summary", "label"),
    [
        ("Pakistani air strikes kill nine in Afghanistan", "KABUL - Homes in Gurbuz district were hit.", "Gurbuz, Khost"),
        ("Air strikes hit Khost and Kunar", "Islamabad did not comment.", "Khost; Kunar"),
        ("Guards trade fire at Torkham", "The clash lasted an hour, officials in Jalalabad said.", "Torkham"),
        ("Clashes all along the frontier", "Taliban forces attacked posts in Kunar, Khost, Helmand and Paktia.", "Durand Line"),
        ("Bomber kills four in Mir Ali", "The bodies were taken to hospitals in Bannu, Kohat, Karak and Peshawar.",
         "Mir Ali, North Waziristan"),
        ("Pakistan and Taliban resume talks in Istanbul", "The border at Chaman stayed shut.", "Istanbul"),
        ("Pakistan summons Afghan envoy over Bannu attack", "The Foreign Office protested.", "Islamabad"),
        ("Kabul bans import of Pakistani cement", "", "Kabul"),
        ("Dar off to Kabul on one-day visit", "The minister left for Kabul on Saturday.", "Kabul"),
        ("Kabul urged to act over Bannu attack", "ISLAMABAD: The Afghan envoy was summoned and handed a note.", "Islamabad"),
        ("Pakistan, Afghanistan cut duties on fruit", "", "Islamabad; Kabul"),
        ("Pakistani strikes kill nine, Taliban say", "KABUL - Homes were hit, officials said.", "Afghanistan"),
        ("TTP refuses to prolong truce brokered by Afghan Taliban", "", "Pakistan"),
        ("Pakistan, Afghan Taliban agree to two-day truce", "", "Islamabad; Kabul"),
        ("Fighting erupts in Khost and Paktia", "Clashes broke out on Tuesday. On Saturday night jets had bombed Barmal.", "Khost; Paktia"),
        ("UNHCR: 90,000 Afghans back from Pakistan", "It gave the count on Monday. Chaman took most.", "Pakistan"),
        ("Pakistan's envoy warns Taliban at Security Council", "", "New York"),
        ("Torkham reopens after ten days", "Trucks moved towards Landi Kotal.", "Torkham"),
        ("Minister of Pakistan and his Afghan counterpart discuss trade", "His visit to Kabul took one day.", "Kabul"),
        ("Kabul: strikes hit a clinic", "Nine Afghans died when Pakistani jets bombed it.", "Kabul"),
        ("كابول: قصف باكستاني على مستشفى", "", "Kabul"),
        ("Kabul: Pakistani jets struck Barmal", "", "Barmal, Paktika"),
        ("Bombing at Pakistani police post kills three", "Islamabad points to Afghanistan.", "Pakistan"),
        ("Delegations of both sides met in Saudi Arabia for talks", "An official in Kabul said so of Pakistan.",
         "Saudi Arabia"),
        ("Taliban and Pakistani forces exchange fire", "It went on from Kunar to Paktika.", "Durand Line"),
        ("اسلام آباد میں دھماکا، 12 افراد جاں بحق", "", "Islamabad"),
        ("Six guards martyred in assault on a post", "DERA ISMAIL KHAN: Militants killed six guards before dawn, police said, "
         "and blamed Afghanistan.", "Dera Ismail Khan, Khyber Pakhtunkhwa"),
        ("'Our patience is over,' minister tells Kabul", "GUJRANWALA: Pakistan would wait no longer, he said.",
         "Gujranwala, Punjab"),
        ("Mills fear dearer coal as Kabul lifts duty", "LAHORE: Afghanistan raised its duty on coal sold to Pakistan, mill "
         "owners said.", "Kabul"),
        ("Gunmen kill three in Domel", "The attack hit a police post, Pakistan's police said.", "Domel, Bannu"),
        ("Five captives freed at Torkham", "Kabul handed over the Pakistani soldiers on Sunday.", "Torkham"),
        ("Pakistan and Afghanistan to hold fire for Eid", "Kabul and Islamabad said so at the request of Qatar.", "Islamabad; Kabul"),
        ("No deal between Pakistan and Taliban", "BEIJING (XYZ) - Talks hosted by China ended.", "Beijing; China"),
        ("Fee on Afghan transit cargo goes", "The Federal Board of Revenue on Friday withdrew it.", "Islamabad"),
        ("Taliban stop imports of Pakistani sugar", "Bakers in Jalalabad worry.", "Kabul"),
        ("5,000 containers wait at Karachi for Afghan importers", "", "Karachi, Sindh"),
        ("Six drones shot down over Tank", "They came from Afghanistan, Pakistan's army said.", "Tank, Khyber Pakhtunkhwa"),
        ("Pakistan-Afghanistan border quiet as truce holds", "", "Durand Line"),
        ("Afghan and Pakistani troops trade fire overnight", "", "Durand Line"),
        ("Clashes on the Durand Line", "", "Durand Line"),
        ("Truce agreed with Qatari mediation", "Pakistan and Kabul agreed a ceasefire, Qatar said.", "Doha; Qatar"),
    ],
)  # fmt: skip
def test_where(title: str, summary: str, label: str) -> None:
    found = where(document(title, summary), TOPIC)
    assert found.label == label, (found, kind(document(title, summary), TOPIC))
    assert found.because


def test_the_type_decides_which_place_is_meant() -> None:
    text = document("After Bajaur attack", "Pakistan protested in Islamabad over the Bajaur attack.")
    types: list[tuple[EventType, str]] = [("attack", "Bajaur"), ("diplomacy", "Islamabad")]
    for type, place in types:
        assert where(text, TOPIC, type).places[0] == place


def test_names_go_from_the_smallest_up() -> None:
    assert where(document("Air strike on Barmal"), TOPIC).places == ("Barmal", "Paktika")


def test_no_place_is_no_place() -> None:
    assert where(document("Nothing to see"), TOPIC).places == ()


@pytest.mark.parametrize(
    "title",
    ["Heavy fighting in Tripoli as militias trade fire", "An Afghan baker's battle with the tax office"],
)
def test_only_who_shows_the_border_or_both_sides_is_put_on_it(title: str) -> None:
    text = document(title, "Nine people spoke of it.")
    assert "Durand Line" not in where(text, TOPIC, "border_clash").places


HAPPENED = Path(__file__).with_name("places.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", HAPPENED)
def test_the_place_of_every_kind_of_happening(line: str) -> None:
    """Kind, a place that is right ("-": none), headline, lead."""
    kind_of, place, title, lead = line.split("\t")
    found = where(document(title, lead), TOPIC, cast(EventType, kind_of))
    right = {word for name in place.replace(";", ",").split(",") if (word := name.strip()) != "-"}
    label = found.label.replace(";", ",").replace(" (", ",").replace(")", ",")
    said = {name.strip() for name in label.split(",") if name.strip()}
    assert right & said if right else not said, found.because


def test_a_gate_is_one_place_by_the_end_that_the_news_names() -> None:
    title = "Guards exchange fire at Chaman"
    summary = "The fire from Spin Boldak was answered, security sources said."
    assert place_of(document(title, summary), TOPIC, "border_clash").label == "Chaman (Spin Boldak)"


@pytest.mark.parametrize(
    ("summary", "label"),
    [
        ("Four people were killed in Khost, provincial spokesman Gurbaz said.", "Khost"),
        ("Four people were killed in Khost, spokesman Mostaghfir Gurbaz said.", "Khost"),
        ("Two people died in Paktia, according to spokesman Abdullah Tani.", "Paktia"),
        ("Four people were killed in Gurbaz, provincial spokesman Amiri said.", "Gurbuz, Khost"),
    ],
)
def test_a_spokesman_called_by_a_district_is_no_place(summary: str, label: str) -> None:
    assert where(document("Pakistani air strike kills Afghan villagers", summary), TOPIC).label == label


@pytest.mark.parametrize(
    ("title", "summary", "label"),
    [
        ("Planner of Tank bombing among nine killed in Afghanistan strike", "Nine militants, the planner of the Tank bombing among them, died in a strike in Kunar, sources said. On March 3, 2026 a similar bombing in Tank had killed six.", "Kunar"),
        ("Bodies of Taliban guards brought to Khost hospital", "Doctors in Khost said the bodies of five Taliban guards were brought in after clashes in Kurram.", "Kurram, Khyber Pakhtunkhwa"),
        ("Pakistan holds 1,900 Afghans in a week", "Pakistan arrested 1,900 Afghan migrants from 2 to 8 February, IOM said.", "Pakistan"),
        ("Police in Islamabad arrest 30 Afghans", "Police in Islamabad arrested 30 Afghan nationals on Monday.", "Islamabad"),
        ("Truce between Pakistan and Afghanistan extended", "It will hold until the end of talks in Doha, officials said.", "Islamabad; Kabul"),
    ],
)  # fmt: skip
def test_what_is_only_told_along_is_no_place(title: str, summary: str, label: str) -> None:
    assert where(document(title, summary), TOPIC).label == label
