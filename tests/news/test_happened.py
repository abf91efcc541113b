"""The day and the night of a happening, and the days of what followed it, on sentences of our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.news import decide
from bot.news.days import dates
from bot.news.days.happened import named
from bot.news.model import Document, EventType
from tests.news.making import shipped

TOPIC = shipped()
AT = datetime(2027, 8, 12, 9, tzinfo=UTC)  # a Thursday
TOLD: dict[
    str, tuple[EventType, int | None]
] = {  # text → its kind, and the day of August that it names for its happening
    "Jets bombed homes in Khogyani on Wednesday and killed nine people, officials said.": ("air_strike", 11),
    "Nine people were killed when jets bombed homes in Khogyani on Wednesday, officials said on Thursday.": (
        "air_strike",
        11,
    ),
    "Officials on Thursday gave details of the air raid that killed nine men in Khost on Wednesday.": (
        "air_strike",
        11,
    ),
    "A labourer hurt in Tuesday's firing at Chaman died in Quetta on Thursday, hospital officials said.": (
        "border_clash",
        10,
    ),
    "Kabul called Wednesday night's attack on Khost a crime.": ("statement", 11),
    "The military on Thursday gave details of the drone attack on Tank.": ("attack", None),
    "Officials gave differing figures on Thursday for a border clash in Chitral that killed ten.": (
        "border_clash",
        None,
    ),
    "Security forces on Thursday recovered the bodies of 17 militants killed in Tirah.": ("operation", None),
    "Thousands attended the funerals of the victims of the Bannu blast on Thursday.": ("attack", None),
    "Hundreds marched in Jalalabad on Thursday in protest at the strike that killed children in Khogyani.": (
        "air_strike",
        None,
    ),
    "A constable wounded in the attack on the Tank post died in Peshawar on Thursday.": ("attack", None),
    "Funeral prayers for the men killed in the attack at Kharlachi were offered in Parachinar on Wednesday.": (
        "border_clash",
        None,
    ),
    "KABUL, August 12 (Agency) - Afghan forces claimed on Thursday to have killed nine guards in a clash.": (
        "border_clash",
        None,
    ),
    "Doctors raised the toll of the strike on Khost to 16 by Wednesday evening.": ("air_strike", None),
}
NIGHTS = {  # text → the date of its evening
    "Jets bombed homes in Khost on Tuesday night.": 10,
    "Jets bombed homes in Khost late on Tuesday.": 10,
    "Jets bombed homes in Khost in the night to Wednesday.": 10,
    "Jets bombed homes in Khost early on Wednesday.": 10,
    "Jets bombed homes in Khost in the early hours of Wednesday.": 10,
    "Jets bombed homes in Khost before dawn on Wednesday.": 10,
    "Jets bombed homes in Khost at 2am on Wednesday.": 10,
    "Jets bombed homes in Khost overnight.": 11,
    "Jets bombed homes in Khost in the night of August 10 and 11.": 10,
    "Jets bombed homes in Khost on Tuesday.": None,
    "Jets bombed homes in Khost on Tuesday morning.": None,
    "جنگنده‌های پاکستانی بامداد چهارشنبه خانه‌ای را در خوست بمباران کردند.": 10,
    "جنگنده‌های پاکستانی شام سه‌شنبه خانه‌ای را در خوست بمباران کردند.": 10,
}


def happened(text: str, kind: EventType) -> tuple[date | None, date | None]:
    document = Document(text, 0, AT)
    reading = replace(decide.read(document, TOPIC), type=kind, when=dates.when(document, TOPIC, kind))
    found = named(document, reading, TOPIC)
    return found.days and found.days[0], found.night


def test_under_a_headline_of_what_came_after_only_the_attack_s_own_day_counts() -> None:
    title = "Toll of Bannu blast rises to nine"
    for lead, day in (
        ("Two more people were killed on Thursday, doctors said.", None),
        ("Two of those hurt in Tuesday's blast died on Thursday, doctors said.", 10),
    ):
        document = Document(f"{title}\n{lead}", len(title), AT)
        found = named(document, decide.read(document, TOPIC), TOPIC).days
        assert (found and found[0]) == (day and date(2027, 8, day))


@pytest.mark.parametrize("text", TOLD)
def test_the_day_of_what_followed_is_not_that_of_the_happening(text: str) -> None:
    kind, day = TOLD[text]
    assert happened(text, kind)[0] == (day and date(2027, 8, day))


@pytest.mark.parametrize("text", NIGHTS)
def test_a_night_is_known_by_its_evening(text: str) -> None:
    day = NIGHTS[text]
    assert happened(text, "air_strike")[1] == (day and date(2027, 8, day))
