"""What an alert says while a story develops: level, headline, summary and figures after each report."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.news.model import Alert, Level
from tests.news.making import Told, alerts, told

CASES = tomllib.loads((Path(__file__).parent / "telling.toml").read_text(encoding="utf-8"))["case"]
RUMOUR: Told = (
    "NDTV",
    "Viral post claims jets killed 40 in Kandahar",
    "A viral post claims that Pakistani jets bombed a hamlet in Kandahar on Monday night and killed 40 people.",
)
AGAIN: Told = (
    "News18",
    "Social media users speak of dozens dead after strike on Kandahar",
    "Social media users said dozens had died in a Pakistani air strike on Kandahar. No official has commented.",
)
VOUCHED: Told = (
    "TOLOnews",
    "Islamic Emirate: six killed as Pakistani jets hit Maruf, Kandahar",
    "Zabihullah Mujahid said Pakistani jets struck a house in Maruf, Kandahar, on Monday night and killed six civilians.",
)


def read(alert: Alert) -> list[str]:
    return [f"{line.figure.text} {line.figure.claimant}" for line in alert.figures]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_what_stands_on_top(case: dict[str, Any]) -> None:
    *_, last = alerts(*(tuple(report) for report in case["reports"]))
    assert last.headline == case["headline"]
    assert next(iter(read(last)), "") == case["first"]
    assert not [words for words in case["untold"] if words in f"{last.headline} {last.summary}"]


def test_a_rumour_waits_below_major_and_stands_last_once_somebody_answers_for_it() -> None:
    first, second, third = alerts(RUMOUR, AGAIN, VOUCHED)
    assert first.level == second.level == Level.NOTABLE
    assert second.corroboration.word == "unverified reports only"
    assert all("unverified" in line.note for line in second.figures)
    assert third.level == Level.MAJOR
    assert third.level_rose
    assert third.headline.startswith("Islamic Emirate: six killed")
    assert "40" not in third.summary
    assert "viral" not in third.summary.lower()
    assert read(third)[0] == "six Zabihullah Mujahid"
    assert third.corroboration.families == (("AF", 1),)


def test_an_outdated_number_leads_no_alert() -> None:
    post = "a bomber from Afghanistan rammed a vehicle into a post in Bannu"
    reports: list[Told] = [
        ("Dawn", "Three killed as bomber rams post in Bannu", f"Three policemen were killed when {post}, police said."),
        ("Geo News", "Bomber kills seven policemen at Bannu post", f"Seven policemen were killed when {post}, police said."),
        ("Reuters", "Bomber kills 12 police officers in Bannu", f"Twelve police officers were killed and nine hurt when {post}, police said."),
        ("Samaa", "Five die in Bannu", f"At least five people died in Bannu when {post}."),
        ("AP", "Toll of Bannu bombing climbs to 15", f"Fifteen people were killed when {post}, a rescue official said."),
    ]  # fmt: skip
    told_ = alerts(*reports)
    assert [alert.headline for alert in told_] == [reports[at][1] for at in (0, 1, 2, 4)]
    assert "killed (Pakistani police): 7 → 12" in told_[2].changed
    assert [line.figure.measure for line in told_[2].figures] == ["killed", "wounded"]
    assert "five" not in told_[-1].summary


def test_where_no_title_has_kept_up_the_headline_is_in_our_words() -> None:
    first: Told = (
        "Dawn",
        "Five killed in blast at Bannu bazaar",
        "Five people were killed by a bomb at a bazaar in Bannu on Monday night, police said; they suspect Afghan militants.",
    )
    later: Told = (
        "Geo News",
        "Five killed in Bannu bazaar blast: more bodies found",
        "Eleven people were killed by the bomb at a bazaar in Bannu on Monday night, police said; they suspect Afghan militants.",
    )
    *_, last = alerts(first, later)
    assert last.headline == "Attack, Bannu, Khyber Pakhtunkhwa: eleven people killed (Pakistani police)"


def test_a_toll_that_falls_lowers_the_level_and_a_denial_raises_none() -> None:
    reports: list[Told] = [
        ("TOLOnews", "Pakistani strike kills 30 in Khost, officials say",
         "At least 30 civilians were killed in a Pakistani air strike on Spera in Khost, the provincial governor's spokesman said."),
        ("AFP", "Pakistani strikes kill 30 in Khost: Taliban",
         "Thirty people died when homes were bombed before dawn, a Taliban spokesman told AFP."),
        ("TOLOnews", "Khost officials lower strike toll to 11",
         "The spokesman for Khost's governor said that 11 civilians were killed in the Pakistani air strike on Spera, revising an earlier figure of 30."),
        ("Dawn", "FO rejects reports of civilian deaths in Khost",
         "The Foreign Office rejected reports of civilian deaths in Khost, saying only militants were targeted in the strike."),
    ]  # fmt: skip
    _, high, low, denied = alerts(*reports)
    assert [one.level for one in (high, low, denied)] == [Level.CRITICAL, Level.MAJOR, Level.MAJOR]
    assert any("at least 30 → 11 (revised)" in words for words in low.changed)
    assert low.headline == denied.headline == "Khost officials lower strike toll to 11"
    assert "30 people" not in low.summary
    assert not denied.level_rose
    assert "rejected" in denied.summary


def test_a_sentence_that_says_what_a_toll_rose_from_is_not_outdated() -> None:
    reports: list[Told] = [
        ("AFP", "Pakistani strikes kill 10 in Paktika",
         "Ten civilians were killed in Pakistani air strikes in Paktika on Friday, a hospital official said."),
        ("Reuters", "Strikes on Paktika kill 17, security sources say",
         "Seventeen civilians were killed in the Pakistani air strikes in Paktika on Friday, Afghan security sources said, up from 10 that a hospital official had reported."),
    ]  # fmt: skip
    *_, last = alerts(*reports)
    assert "up from 10" in last.summary


def test_what_both_sides_deny_is_told_as_denied() -> None:
    reports: list[Told] = [
        ("Amu TV", "Pakistan and Taliban held secret talks in Urumqi, sources say",
         "Pakistani and Afghan Taliban officials held secret talks in Urumqi on Monday, sources told Amu TV."),
        ("Dawn", "FO denies secret talks with Kabul in Urumqi",
         "The Foreign Office denied reports that Pakistani officials held secret talks with the Afghan Taliban in Urumqi."),
        ("TOLOnews", "Islamic Emirate denies Urumqi talks with Pakistan",
         "The spokesman of the Islamic Emirate, Zabihullah Mujahid, denied reports of talks with Pakistan in Urumqi."),
    ]  # fmt: skip
    first, one, both = alerts(*reports)
    assert one.corroboration.word == "sides contradict each other"
    assert both.corroboration.word == "both sides deny it"
    assert both.level < first.level
    assert "denies" in both.headline


def test_two_countries_may_deny_with_one_voice() -> None:
    *_, last = told(
        ("Amu TV", "Drone hits house in Kunar", "A Pakistani drone hit a house in Sarkano, Kunar, on Monday night, sources said."),
        ("Geo News", "Pakistan, Afghanistan both deny drone strike in Kunar", "Both Islamabad and Kabul have denied that a drone struck Sarkano in Kunar."),
    )  # fmt: skip
    assert last.reading.stance.by == "both sides"
    assert last.alert
    assert last.alert.corroboration.word == "both sides deny it"
    assert last.level <= Level.NOTABLE


def test_a_gate_that_one_side_opens_and_the_other_keeps_shut_is_told_with_both_words() -> None:
    first: Told = (
        "Pajhwok",
        "Torkham reopens after nine days, Afghan customs officials say",
        "The Torkham crossing reopened for trade after nine days, Afghan customs officials said.",
    )
    other: Told = (
        "Dawn",
        "Torkham remains closed, Pakistani customs officials say",
        "The Torkham crossing remained closed for all traffic, Pakistani customs officials said.",
    )
    *_, last = alerts(first, other)
    assert last.corroboration.word == "sides contradict each other"
    assert "reopened" in last.summary
    assert "remained closed" in last.summary
    assert any("Torkham: closed" in words and "before: open" in words for words in last.changed)


def test_who_denies_a_number_does_not_claim_it() -> None:
    claim: Told = (
        "Al Emarah",
        "Mujahid: 58 Pakistani soldiers killed on the line",
        "Afghan forces killed 58 Pakistani soldiers in clashes along the Durand Line overnight, Zabihullah Mujahid said.",
    )
    denial: Told = (
        "Reuters",
        "Qatar says reports of 58 Pakistani dead in border clashes not accurate",
        "Qatar's foreign ministry dismissed reports that 58 Pakistani soldiers were killed in border clashes with Afghanistan as inaccurate.",
    )
    *_, last = alerts(claim, denial)
    assert read(last) == ["58 Zabihullah Mujahid"]
    assert last.figures[0].note == "denied by Qatar foreign ministry"


def test_an_earlier_toll_neither_leads_nor_lifts_nor_changes_anything() -> None:
    first: Told = (
        "AFP",
        "Bomb kills six in North Waziristan",
        "A roadside bomb killed six people in North Waziristan, days after Pakistani air strikes killed 19 in Paktika; "
        "police blamed militants from Afghanistan.",
    )
    later: Told = (
        "Geo News",
        "North Waziristan bomb follows last month's blast that killed 23",
        "The bomb in North Waziristan, which killed six people, follows last month's blast in Bannu that killed 23.",
    )
    made = alerts(first, later)
    assert len(made) == 1
    assert [line.figure.text for line in made[0].figures] == ["six"]
    assert made[0].level == Level.MAJOR


def test_a_confirmation_in_the_words_of_the_rumour_is_no_copy_of_it() -> None:
    rumour: Told = (
        "News18",
        "Rumours of ceasefire between Pakistan and Taliban after Doha meeting",
        "Unverified reports on social media say Pakistan and the Afghan Taliban have agreed to a ceasefire in Doha.",
    )
    vouched: Told = (
        "Al Jazeera",
        "Pakistan and Afghan Taliban agree to ceasefire, Qatar says",
        "Pakistan and the Afghan Taliban have agreed to a ceasefire in Doha, Qatar's foreign ministry said.",
    )
    first, last = told(rumour, vouched)
    assert first.level == Level.NOTABLE
    assert last.copy_of is None
    assert last.level == Level.MAJOR
    assert last.alert
    assert "truce made — Qatar" in last.alert.changed


def test_a_rumour_that_is_denied_is_minor() -> None:
    denial: Told = (
        "Pajhwok",
        "Kandahar officials deny Pakistani air strike",
        "The governor's office in Kandahar denied that Pakistani jets bombed a hamlet in Kandahar on Monday night.",
    )
    first, last = alerts(RUMOUR, denial)
    assert (first.level, last.level) == (Level.NOTABLE, Level.MINOR)


def test_the_boast_of_who_fights_them_does_not_lead() -> None:
    boast: Told = (
        "The Khorasan Diary",
        "TTP claims killing 25 soldiers in South Waziristan ambush",
        "The TTP claimed to have killed 25 soldiers in an ambush on a convoy in South Waziristan; Kabul did not comment.",
    )
    army: Told = (
        "Geo News",
        "Eight soldiers martyred in South Waziristan ambush: ISPR",
        "Eight soldiers were martyred in an ambush on a convoy in South Waziristan by attackers from Afghanistan, ISPR said.",
    )
    *_, last = alerts(boast, army)
    assert last.headline == "Eight soldiers killed in South Waziristan ambush: ISPR"
    assert read(last) == ["25 TTP", "Eight ISPR"]
    assert "25" in last.summary
    assert "Eight soldiers" in last.summary


def test_a_further_death_is_no_revision() -> None:
    blast = "wounded in the bomb blast in Bajaur that police blame on Afghan militants"
    *_, last = alerts(
        ("Dawn", "Two soldiers die after Bajaur blast", f"Two Frontier Corps soldiers were killed and three {blast}."),
        ("Geo News", "Third soldier dies after Bajaur blast", f"A third Frontier Corps soldier {blast} died, police said."),
    )  # fmt: skip
    assert not any("revised" in words for words in last.changed)
    assert [line.note for line in last.figures if "revised" in line.note] == []


def test_the_rounder_word_of_a_headline_is_no_other_count() -> None:
    *_, last = alerts(
        ("AP", "Strike on Kabul hospital kills 40, Taliban say", "A Pakistani strike on a hospital in Kabul killed at least 40 people, the Taliban health ministry said."),
        ("TOLOnews", "Death toll from Kabul hospital strike passes 60", "The death toll from the strike on the Kabul hospital has risen to 63, the ministry of public health said."),
    )  # fmt: skip
    assert last.headline == "Death toll from Kabul hospital strike passes 60"
    assert [line.figure.text for line in last.figures] == ["63"]


def test_a_corrected_place_is_told() -> None:
    *_, last = alerts(
        ("Samaa", "Blast in Quetta kills four", "Four people were killed in a blast in Quetta, police said, blaming Afghan militants."),
        ("Samaa", "CORRECTION: Blast in Pishin, not Quetta, kills four", "Four people were killed in a blast in Pishin, police said, blaming Afghan militants."),
    )  # fmt: skip
    assert last.headline == "Blast in Pishin, not Quetta, kills four"
    assert last.place.startswith("Pishin")


def test_what_the_un_has_counted_is_told_beside_both_sides() -> None:
    *_, last = alerts(
        ("Ariana News", "Shelling kills four in Goshta, Nangarhar", "Four civilians were killed in Pakistani shelling of Goshta in Nangarhar, the governor's spokesman said."),
        ("Dawn", "Security sources reject claim of civilian deaths in Nangarhar", "Pakistani security sources rejected the Afghan claim that four civilians were killed in Goshta, Nangarhar."),
        ("UNAMA", "UNAMA documents four deaths in Nangarhar shelling", "UNAMA said it had verified four civilians killed and nine wounded in cross-border shelling of Goshta."),
    )  # fmt: skip
    assert "UNAMA said it had verified" in last.summary
    assert "rejected" in last.summary


def test_a_strike_that_is_only_told_as_denied_is_never_major() -> None:
    (only,) = alerts(
        (
            "Dawn",
            "Pakistan denies strike on Kabul",
            "The Foreign Office denied that Pakistan had struck Kabul.",
        )
    )
    assert only.level == Level.NOTABLE
    assert "not major: nobody tells it but who denies or withdraws it" in only.because
