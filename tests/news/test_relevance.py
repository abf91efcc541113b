"""Whether a text is about the topic: an own-words set, and the rules one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.news.model import Document, Side
from bot.news.relevance import archive, close, judge
from tests.news.making import shipped

TOPIC = shipped()
SET = Path(__file__).parents[1] / "quality" / "relevance.jsonl"
ROWS = [json.loads(line) for line in SET.read_text("utf-8").splitlines()]


def text(title: str, summary: str = "", lang: str = "en") -> Document:
    return Document(f"{title}\n{summary}", len(title), datetime(2026, 3, 4, 9, tzinfo=UTC), lang=lang)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"][:40])
def test_own_words_set(row: dict[str, str]) -> None:
    verdict = judge(text(row["title"], row["summary"], row["lang"]), TOPIC)
    assert verdict.relevant == row["relevant"], verdict.because


def test_every_verdict_lists_its_evidence_and_adds_up() -> None:
    verdict = judge(text("Kabul says Pakistan bombed Khost", "Cricket was not played."), TOPIC)
    assert verdict.score == pytest.approx(sum(float(line.split()[0]) for line in verdict.because))
    assert any("both in the headline" in line for line in verdict.because)


def test_an_article_without_a_headline_is_judged_by_its_sentences() -> None:
    verdict = judge(Document("Pakistani jets hit Kunar, the Taliban said. Nobody was hurt."), TOPIC)
    assert verdict.relevant


def test_cricket_is_out_unless_players_were_killed() -> None:
    match = "Pakistan bowlers strike early as Afghanistan collapse in Sharjah T20"
    assert not judge(text(match, "Three wickets fell in two overs."), TOPIC).relevant
    killed = "Afghanistan quits T20 series after cricketers killed in Pakistani strike"
    assert judge(text(killed), TOPIC).relevant


def test_a_third_host_of_both_takes_nothing_away() -> None:
    assert judge(text("China hosts Dar and Muttaqi in Urumqi", "They spoke of the border."), TOPIC).relevant
    assert not judge(text("Tajik guards and Afghan smugglers clash", "Pakistan took note."), TOPIC).relevant


def test_a_dateline_names_no_side() -> None:
    summary = "ISLAMABAD (AP) - The Taliban closed beauty salons."
    assert not judge(text("Beauty salons closed", summary), TOPIC).relevant


def test_baloch_attacks_need_an_afghan_link() -> None:
    attack = "BLA gunmen kill nine soldiers in Balochistan"
    assert not judge(text(attack), TOPIC).relevant
    assert judge(text(attack, "Pakistan said the attackers came from Afghanistan."), TOPIC).relevant


@pytest.mark.parametrize(
    ("title", "summary", "side", "relevant"),
    [
        ("Truce with Kabul runs out, markets calm", "Nothing was heard at night.", "PK", True),
        ("Truce with Kabul runs out, markets calm", "Nothing was heard at night.", "intl", False),
        ("Kabul opens a hospital", "Patients came from everywhere.", "PK", False),
        ("Strike hits clinic in Kabul", "Bodies were carried out. Nobody spoke. Pakistan said it aimed at a depot.", "intl", True),
        ("Soldiers held in Afghanistan since autumn back with their units", "", "PK", True),
        ("Labourers held in Iran return to Kabul", "", "PK", False),
        ("Trade with Afghanistan shrinks by half", "Exporters lost millions.", "PK", True),
        ("Afghanistan's trade with Iran shrinks", "Exporters lost millions.", "PK", False),
        ("Assembly condemns terrorism from Afghan soil", "", "PK", True),
        ("Late strike sinks Afghanistan", "Pakistan won by one wicket and met the hosts later.", "PK", False),
    ],
)  # fmt: skip
def test_what_an_outlet_leaves_unsaid(title: str, summary: str, side: Side, relevant: bool) -> None:
    verdict = judge(replace(text(title, summary), side=side), TOPIC)
    assert verdict.relevant == relevant, verdict.because


def test_the_threshold_is_configuration() -> None:
    strict = replace(TOPIC, weights={**TOPIC.weights, "threshold": 99.0})
    document = text("Pakistan and Afghan Taliban trade fire at Torkham")
    assert judge(document, TOPIC).relevant
    assert not judge(document, strict).relevant


def test_old_pieces_that_surface_late_are_archive() -> None:
    seen = datetime(2026, 3, 1, tzinfo=UTC)
    assert archive(seen - timedelta(days=400), seen, TOPIC) == "published 400 days before it was seen"
    assert archive(seen - timedelta(days=2), seen, TOPIC) is None
    assert archive(None, seen, TOPIC) is None


def test_nothing_said_is_not_on_topic() -> None:
    for empty in ("", "\n", " ", "…"):
        assert not judge(Document(empty), TOPIC).relevant


def test_a_passing_mention_far_down_does_not_count_but_a_recurring_one_does() -> None:
    talk = "The assembly debated schools, roads and water for hours, and members spoke at length. " * 14
    aside = "One member said that strikes by Pakistan in Afghanistan had made things worse. "
    assert not judge(text("Assembly debates the budget of the province", talk + aside), TOPIC).relevant
    assert judge(text("Assembly debates the province", talk + aside * 5), TOPIC).relevant
    assert judge(text("Assembly debates the province", aside + talk), TOPIC).relevant


@pytest.mark.parametrize(
    ("title", "near"),
    [
        ("Toll at the Kabul clinic rises to nine", True),
        ("Afghanistan win by six wickets", False),
        ("Baloch militants free the train's last passengers", False),
        ("Nine dead in Lagos", False),
    ],
)
def test_only_a_text_without_another_subject_may_be_ours_by_its_story(title: str, near: bool) -> None:
    assert close(text(title), TOPIC) == near


def test_what_others_do_or_say_after_an_attack_is_not_ours_by_its_story() -> None:
    sympathy = text(
        "Oman ready to help Pakistan", "It sent condolences to Pakistan over the attack in Sindh."
    )
    assert not close(sympathy, TOPIC, "attack")
    assert close(text("Toll of attack on Pakistan shrine rises to 80"), TOPIC, "attack")


@pytest.mark.parametrize(
    ("title", "lead", "ours"),
    [
        ("Truce over: captains trade barbs before Afghanistan-Pakistan clash", "Tickets for Sunday are gone.", False),
        ("Afghanistan Under-19s reach Lahore for a three-match series", "They crossed at Torkham.", False),
        ("Polio's last strongholds: Afghanistan and Pakistan", "Vaccinators on both sides of the border fight refusals.", False),
        ("Shells from Afghanistan kill a polio worker in Bajaur", "A vaccinator died in Mamund.", True),
        ("Afghan migrants shot near the Iran-Pakistan border", "Iranian guards opened fire.", False),
        ("Afridi warns of 'attack on mandate' as talk of governor's rule grows", "He told PTI workers in Peshawar.", False),
        ("Pakistan to pause Operation Wrath of Truth for Eid", "Riyadh asked for it; a cross-border attack would end it, Tarar said.", True),
        ("Eid: Pakistan halts cross-border strikes for five days", "The pause ends on Monday, Attaullah Tarar said.", True),
    ],
)  # fmt: skip
def test_sport_health_and_home_politics_in_the_words_of_war(title: str, lead: str, ours: bool) -> None:
    document = Document(f"{title}\n{lead}", len(title), datetime(2026, 3, 18, 9, tzinfo=UTC))
    assert judge(document, TOPIC).relevant is ours


@pytest.mark.parametrize(
    ("title", "summary", "side", "ours"),
    [
        ("1.4m Afghans repatriated so far", "In June alone 99,000 left, the interior ministry said.", "PK", True),
        ("612 families come home", "The ministry said 612 families were deported from Pakistan on Monday.", "AF", True),
        ("4,700 return in a day", "About 4,700 people returned from Pakistan and Iran on Monday.", "AF", True),
        ("40 Afghans deported from Germany", "Berlin deported 40 Afghans on a charter flight.", "PK", False),
        ("4,000 Afghans return from Iran in a day", "They returned through Islam Qala, officials said.", "PK", False),
        ("Cabinet rules out longer stay for card holders", "The 1.3 million Afghans with proof of registration must leave, the interior minister said.", "PK", True),
        ("1.4m Afghans repatriated so far", "In June alone 99,000 left, the interior ministry said.", "none", False),
    ],
)  # fmt: skip
def test_an_outlet_leaves_its_own_side_unsaid_when_it_counts_returns(
    title: str, summary: str, side: Side, ours: bool
) -> None:
    told = Document(f"{title}\n{summary}", len(title), datetime(2026, 3, 4, 9, tzinfo=UTC), side=side)
    assert judge(told, TOPIC).relevant is ours
