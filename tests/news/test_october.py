"""The night of 11–12 October 2025 and the days after it, as a story with its ledger: every lane as it was claimed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.news.alerts.corroboration import CONTRADICT
from bot.news.decide import decide
from bot.news.decision import Memory
from bot.news.figures.claims import ledger
from bot.news.figures.claims.ledger import Lane
from bot.news.model import UNATTRIBUTED, Entry
from bot.news.stories.story import Story
from bot.news.topics import outlets
from tests.news.making import shipped

TOPIC = shipped()
START = datetime(2025, 10, 12, 5, tzinfo=UTC)
NIGHT = (
    (
        "TOLOnews",
        "Afghan forces killed 58 Pakistani soldiers in attacks on border posts, Mujahid says",
        "Zabihullah Mujahid said 58 Pakistani soldiers were killed and 30 wounded when Afghan forces attacked posts "
        "along the Durand Line on Saturday night. He said nine Afghan fighters were killed and 16 wounded, and 25 "
        "Pakistani posts were seized.",
    ),
    (
        "Dawn",
        "23 soldiers martyred, over 200 Taliban and affiliated militants killed in border clashes: ISPR",
        "Afghan Taliban forces attacked posts along the Durand Line on the night between October 11 and 12, ISPR said. "
        "It said 23 soldiers were martyred and 29 injured, over 200 Taliban and affiliated militants were killed and "
        "21 Taliban positions were captured.",
    ),
    (
        "Geo News",
        "ISPR: 23 soldiers martyred, over 200 Taliban and affiliated militants killed in border clashes",
        "Afghan Taliban forces attacked posts along the Durand Line on the night between October 11 and 12, ISPR said. "
        "It said 23 soldiers were martyred and 29 injured, over 200 Taliban and affiliated militants were killed and "
        "21 Taliban positions were captured.",
    ),
    (
        "Reuters",
        "Pakistan and Afghanistan give conflicting tolls after night of border clashes",
        "Pakistan's army says 23 of its soldiers were killed in clashes along the Durand Line on Saturday night, while "
        "the Taliban government claims 58. Pakistani officials rejected the Taliban figure as false and baseless.",
    ),
)  # fmt: skip


def told(reports: tuple[tuple[str, str, str], ...]) -> Story:
    """The story that a night's reports make, hour by hour."""
    memory = Memory()
    entries = []
    for hour, (outlet, title, summary) in enumerate(reports):
        known, at = outlets.find(outlet, "", TOPIC), START + timedelta(hours=hour)
        address = f"https://{known.family or hour}.example/{hour}"
        entries.append(
            Entry(f"e{hour}", outlet, outlet, address, title, summary, at, at, known.side, known.family)
        )
    decide(entries, memory, TOPIC)
    (story,) = memory.stories.values()
    return story


@pytest.fixture(scope="module")
def night() -> Story:
    return told(NIGHT)


def lanes(story: Story, claimant: str) -> dict[tuple[str, str], Lane]:
    return {(one.measure, one.party): one for one in story.ledger.lanes if one.claimant == claimant}


def test_it_is_a_clash_on_the_line(night: Story) -> None:
    assert night.alert is not None
    assert (night.alert.type, night.alert.place) == (
        "border_clash",
        "Pakistan–Afghanistan border",
    )
    assert night.alert.level.word == "critical"
    assert night.alert.corroboration.word == CONTRADICT


def test_each_claimant_has_lanes_of_its_own(night: Story) -> None:
    mujahid, army = lanes(night, "Zabihullah Mujahid"), lanes(night, "ISPR")
    assert {key: lane.points[-1].figure.low for key, lane in mujahid.items()} == {
        ("killed", "pak_security_forces"): 58,
        ("wounded", "pak_security_forces"): 30,
        ("killed", "afg_taliban_forces"): 9,
        ("wounded", "afg_taliban_forces"): 16,
        ("positions", "pak_security_forces"): 25,
    }
    assert {key: lane.points[-1].figure.low for key, lane in army.items()} == {
        ("killed", "pak_security_forces"): 23,
        ("wounded", "pak_security_forces"): 29,
        ("killed", "afg_taliban_and_militants"): 200,
        ("positions", "afg_taliban_forces"): 21,
    }
    assert not lanes(night, UNATTRIBUTED)


def test_own_losses_and_claims_about_the_other_side_are_told_apart(night: Story) -> None:
    own = {
        (lane.claimant, lane.points[-1].figure.low): lane.points[-1].figure.own_loss
        for lane in night.ledger.lanes
        if lane.measure == "killed" and not lane.is_denial
    }
    assert own[("ISPR", 23)] is own[("Zabihullah Mujahid", 9)] is True
    assert own[("ISPR", 200)] is own[("Zabihullah Mujahid", 58)] is False


def test_what_contradicts_and_what_does_not(night: Story) -> None:
    pairs = {
        (one.measure, *sorted((one.points[-1].figure.low or 0, other.points[-1].figure.low or 0)))
        for one, other in night.ledger.contradictions
    }
    assert pairs == {("killed", 23, 58), ("wounded", 29, 30), ("killed", 9, 200)}


def test_a_copy_adds_an_outlet_and_no_claim(night: Story) -> None:
    (point,) = lanes(night, "ISPR")[("killed", "pak_security_forces")].points
    assert {"Dawn", "Geo News", "Reuters"} <= set(point.outlets)


def test_the_denial_stands_beside_the_claim_that_it_denies(night: Story) -> None:
    denied = {
        (lane.claimant, lane.points[-1].figure.low): lane.points[-1].denied_by
        for lane in night.ledger.lanes
        if not lane.is_denial
    }
    by = "Pakistan (government)"
    assert denied[("Zabihullah Mujahid", 58)] == by
    assert {key for key, name in denied.items() if name} <= {
        ("Zabihullah Mujahid", 58),
        ("Afghan Taliban government", 58),
    }


def test_a_government_is_told_by_its_spokesman(night: Story) -> None:
    assert night.alert is not None
    shown = [(line.figure.claimant, line.figure.low) for line in night.alert.figures]
    assert ("Afghan Taliban government", 58) not in shown
    assert {("Zabihullah Mujahid", 58), ("ISPR", 23), ("ISPR", 200), ("Zabihullah Mujahid", 9)} <= set(shown)


def test_nothing_is_added_up(night: Story) -> None:
    values = {point.figure.low for lane in night.ledger.lanes for point in lane.points}
    assert values <= {9, 16, 21, 23, 25, 29, 30, 58, 200, None}


def test_as_it_was_known_in_the_morning(night: Story) -> None:
    morning = ledger.as_of(night.ledger, START + timedelta(minutes=30))
    assert {lane.claimant for lane in morning.lanes} == {"Zabihullah Mujahid"}
    assert morning.contradictions == ()
    noon = ledger.as_of(night.ledger, START + timedelta(hours=2, minutes=30))
    assert not any(lane.points[-1].denied_by for lane in noon.lanes)


QUARTER = (
    (
        "Reuters",
        "UNAMA: at least 17 civilians killed, 346 injured in Spin Boldak clashes",
        "At least 17 civilians were killed and 346 injured in clashes in Spin Boldak on 15 October, UNAMA said.",
    ),
    (
        "Khaama Press",
        "UNAMA counts 457 civilian casualties of Spin Boldak clashes",
        "UNAMA said the clashes in Spin Boldak on 15 October caused 457 civilian casualties: 35 killed and 422 injured.",
    ),
)  # fmt: skip


def test_a_toll_that_rises_is_one_lane_and_its_sum_another() -> None:
    known = lanes(told(QUARTER), "UNAMA")
    killed = known[("killed", "afg_civilians")]
    assert [point.figure.low for point in killed.points] == [17, 35]
    assert [point.status for point in killed.points] == ["superseded", "current"]
    assert known[("casualties", "afg_civilians")].points[-1].figure.low == 457
