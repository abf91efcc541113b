"""What brings reports of one happening together: kinds, days, gates, tolls and names; and what keeps two apart."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.news import decide
from bot.news.decision import Decision, Memory
from bot.news.model import Entry
from tests.news.making import shipped
from tests.news.test_decide import entry

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text("utf-8"))


def told(*entries: Entry) -> list[Decision]:
    return decide.decide(entries, Memory(), shipped())


@pytest.mark.parametrize("pair", PAIRS["together"], ids=lambda pair: pair["what"])
def test_reports_of_one_happening_meet(pair: dict[str, Any]) -> None:
    one, *others = told(*(entry(**report) for report in pair["reports"]))
    assert {other.story for other in others} == {one.story}, others[-1].because


@pytest.mark.parametrize("pair", PAIRS["apart"], ids=lambda pair: pair["what"])
def test_what_only_looks_alike_stays_apart(pair: dict[str, Any]) -> None:
    one, other = told(*(entry(**report) for report in pair["reports"]))
    assert one.story != other.story, other.because


RAID = entry(
    "Pakistani jets kill twelve in Khost's Spera",
    "Pakistani jets bombed a house in Spera district of Khost on Monday night and killed 12 people, officials said.",
)
OTHER_RAID = entry(
    "Drone kills shepherd in Kunar's Dangam",
    "A Pakistani drone killed a shepherd in Dangam district of Kunar on Tuesday, residents said.",
    outlet="Indus Gazette",
    hours=12,
)


@pytest.mark.parametrize(
    "later",
    [
        entry(
            "Moscow deplores Pakistani bombing of Afghan homes",
            "Maria Zakharova voiced concern at the strikes and called on both neighbours to hold back.",
            outlet="Volga Post",
            hours=40,
        ),
        entry(
            "Pakistan says it hit militant camps across the border",
            "The information ministry said five hideouts of the TTP were targeted in precise air strikes.",
            outlet="Gulf Wire",
            hours=14,
        ),
    ],
    ids=["a condemnation", "a claim"],
)
def test_what_names_no_place_is_of_neither_of_two_strikes(later: Entry) -> None:
    *_, last = told(RAID, OTHER_RAID, later)
    assert "nothing else is meant" not in " ".join(last.because)


def test_an_attack_is_not_known_by_its_kind_alone() -> None:
    attack, answer = told(
        entry(
            "Seven policemen killed in Tank bombing",
            "A bomb killed seven policemen in Tank district on Monday, police said, and blamed the Pakistani Taliban.",
        ),
        entry(
            "Kabul rejects blame for attacks in Pakistan",
            "No attack is planned on Afghan soil, Zabihullah Mujahid said, and Islamabad should look at home.",
            outlet="Gulf Wire",
            hours=20,
        ),
    )
    assert attack.story != answer.story


def test_a_report_without_day_and_place_takes_them_from_its_story() -> None:
    first, later = told(
        entry(
            "Suicide bomber kills nine soldiers in Jandola",
            "Nine Pakistani soldiers were killed by a suicide bomber in Jandola on Sunday, ISPR said.",
        ),
        entry(
            "Nine soldiers killed by suicide bomber in Pakistan laid to rest",
            "The nine Pakistani soldiers killed by a suicide bomber were laid to rest.",
            outlet="Indus Gazette",
            hours=30,
        ),
    )
    assert first.story == later.story, later.because
    days = [decision.reading.when.start for decision in (first, later) if decision.reading.when]
    assert len(days) == 2
    assert days[0] == days[1]
    assert later.reading.where.places[0] == "Jandola"


def test_a_person_brings_the_office_along() -> None:
    terms = shipped().terms
    by_name = terms.sketch("Khawaja Asif gives Kabul ten days", "").vector
    by_office = terms.sketch("Pakistani defence minister gives Kabul ten days", "").vector
    assert "@office:Pakistan Ministry of Defence" in by_name.keys() & by_office.keys()


def test_two_attacks_by_other_means_do_not_merge_over_a_third_report() -> None:
    shooting, bomb, both = told(
        entry(
            "Gunmen kill two policemen in Hangu", "Gunmen of the TTP killed two policemen in Hangu on Monday."
        ),
        entry(
            "Roadside bomb in Hangu kills three soldiers",
            "A roadside bomb of the TTP killed three soldiers in Hangu on Monday.",
            outlet="Gulf Wire",
            hours=3,
        ),
        entry("TTP attack in Hangu", "The TTP attacked in Hangu on Monday.", outlet="Indus Gazette", hours=6),
    )
    assert shooting.story != bomb.story
    assert not any("same happening" in reason for reason in both.because)
