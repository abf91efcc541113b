"""Levels have reasons, follow the most cautious claim, and no lone claim is critical."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.news.alerts import significance
from bot.news.alerts.corroboration import corroboration
from bot.news.figures.claims.houses import voices
from bot.news.model import Level, Stance
from bot.news.topics import scale
from tests.news import making
from tests.news.making import DAY, figure, lane, member, past

TOPIC = making.shipped()
BOTH = ("Pakistan (government)", "Afghan Taliban government")
TWO = (member("AFP", "Strike on a village in Khost kills civilians"), member("TOLOnews", "Strike in Khost"))


def test_the_reasons_add_up() -> None:
    story = making.story(
        "air_strike",
        ["Khost"],
        TWO,
        [lane(figure("killed", "afg_civilians", 10, "UNAMA"), told=("AFP", "TOLOnews"))],
        BOTH,
    )
    level, because = significance.level(story, TOPIC)
    given = sum(float(reason.rsplit(" ", 1)[1]) for reason in because[:-1])
    assert because[-1] == f"sum {given:g}: {level.word}"
    assert level == Level.CRITICAL


def test_the_lowest_claim_counts() -> None:
    high, low = (
        lane(figure("killed", "afg_civilians", n, who))
        for n, who in ((400, "Zabihullah Mujahid"), (4, "UNAMA"))
    )
    _, because = significance.level(making.story("air_strike", ["Khost"], TWO, [high, low]), TOPIC)
    assert any("4 killed by the most cautious claim (UNAMA)" in reason for reason in because)


@pytest.mark.parametrize(
    "change", [{"subset": True}, {"hypothetical": True}, {"scope": "cumulative"}, {"scope": "period"}]
)
def test_parts_wishes_and_running_totals_are_no_toll(change: dict[str, Any]) -> None:
    claim = replace(figure("killed", "afg_civilians", 400, "UNAMA"), **change)
    _, because = significance.level(making.story("air_strike", ["Khost"], TWO, [lane(claim)]), TOPIC)
    assert not any("killed" in reason for reason in because)


def test_one_publisher_is_never_critical() -> None:
    copies = [
        member("AFP", "Hundreds killed in Kabul"),
        member("Dawn (AFP)", "Hundreds killed in Kabul", minutes=5),
    ]
    story = making.story(
        "air_strike", ["Kabul"], copies, [lane(figure("killed", "afg_civilians", 400, "AFP"))], BOTH
    )
    level, because = significance.level(story, TOPIC)
    assert level == Level.MAJOR
    assert "not critical: only one publisher tells it" in because


def test_many_outlets_with_one_spokesmans_claim_are_one_claim() -> None:
    told = [
        member(name, "Mujahid: 58 soldiers killed", minutes=n)
        for n, name in enumerate(("AFP", "TOLOnews", "PTI"))
    ]
    claim = lane(
        figure("killed", "pak_security_forces", 58, "Zabihullah Mujahid", False), told=("AFP", "PTI")
    )
    level, because = significance.level(making.story("border_clash", ["Kurram"], told, [claim], BOTH), TOPIC)
    assert level == Level.MAJOR
    assert any("about the other side" in reason for reason in because)
    own = lane(figure("killed", "afg_taliban_forces", 20, "Zabihullah Mujahid", True), told=("AFP", "PTI"))
    story = making.story("border_clash", ["Kurram"], told, [own, claim], BOTH)
    assert not any("about the other side" in reason for reason in significance.level(story, TOPIC)[1])


def test_a_first_is_only_claimed_where_the_records_cover_the_time() -> None:
    story = making.story("air_strike", ["Khost"], TWO)
    other = [past(f"c:{n}", DAY - timedelta(days=5 + n), "talks", ["Doha"]) for n in range(3)]
    strike = past("c:9", DAY - timedelta(days=9), "air_strike", ["Kunar"])

    def said(rows: list[Any]) -> bool:
        return any("first air strike" in reason for reason in significance.level(story, TOPIC, rows)[1])

    assert said(other)
    assert not said([])
    assert not said([*other, strike])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Pakistan, Afghanistan agree to immediate ceasefire", "truce made"),
        ("Ceasefire called off, group tells fighters to attack", "truce broken or ended"),
        ("Talks in Istanbul end without agreement", "talks failed"),
    ],
)
def test_status_words(title: str, name: str) -> None:
    story = making.story("ceasefire", ["Doha"], [member("AFP", title)])
    assert any(reason.startswith(name) for reason in significance.level(story, TOPIC)[1])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("UN urges ceasefire on the border", "truce made"),
        ("Ceasefire talks fail to end fighting", "truce made"),
        ("Envoys discuss how the ceasefire reached in Doha a week ago is kept", "truce made"),
        ("Fighting of over a week gives way to ceasefire", "truce broken or ended"),
    ],
)
def test_what_a_title_does_not_say_is_no_state(title: str, name: str) -> None:
    story = making.story("ceasefire", ["Doha"], [member("AFP", title)])
    assert not any(reason.startswith(name) for reason in significance.level(story, TOPIC)[1])


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"levels": {"huge": 1.0}}, "levels: unknown key 'huge' .allowed: critical"),
        ({"levels": {}, "types": {"war": 1.0}}, "unknown key 'war'"),
        ({"levels": {}, "toll": {"killed": {"many": 1.0}}}, "must map counts to points"),
        ({"levels": {}, "status": [{"name": "x", "points": 1.0, "words": []}]}, "at least one phrase"),
        ({"levels": {}, "points": {"states": "much"}}, "points.states must be a number"),
        ({"levels": {}, "colour": {}}, "unknown key 'colour'"),
    ],
)
def test_a_bad_scale_is_one_clear_line(table: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        scale.scale(table)


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (  # "40 people" are no others than the six civilians that the spokesman counts
            [("unspecified", 40, "unattributed"), ("afg_civilians", 6, "Zabihullah Mujahid")],
            "6 killed by the most cautious claim (Zabihullah Mujahid)",
        ),
        (  # two policemen are only some of the dead
            [("unspecified", 40, "unattributed"), ("pak_security_forces", 2, "Pakistani police")],
            "40 killed by the most cautious claim (unattributed)",
        ),
        (
            [("afg_people", 30, "Khost hospital"), ("afg_civilians", 9, "Khost police")],
            "9 killed by the most cautious claim (Khost police)",
        ),
    ],
)
def test_the_most_cautious_claim_of_the_same_people(claims: list[Any], words: str) -> None:
    lanes = [lane(figure("killed", party, low, who)) for party, low, who in claims]
    _, because = significance.level(making.story("air_strike", ["Khost"], TWO, lanes), TOPIC)
    assert any(reason.startswith(words) for reason in because)


def test_what_a_number_has_grown_out_of_is_no_cautious_claim() -> None:
    early = lane(figure("killed", "pak_civilians", 12, "Pakistani police"))
    late = lane(figure("killed", "pak_civilians", 31, "Rescue 1122"), minutes=700)
    _, because = significance.level(making.story("attack", ["Khost"], TWO, [early, late]), TOPIC)
    assert any(reason.startswith("31 killed") for reason in because)


def test_a_toll_that_one_publisher_gives_makes_nothing_critical() -> None:
    told = (member("AFP", "Blast at a bazaar in Bannu"), member("Dawn", "Blast kills 40 in Bannu bazaar"))
    claim = figure("killed", "pak_civilians", 40, "hospital officials")
    level, because = significance.level(making.story("attack", ["Bannu"], told, [lane(claim)]), TOPIC)
    assert level == Level.MAJOR
    assert "not critical: only one publisher gives the toll" in because
    both = lane(claim, told=("Dawn", "AFP"))
    assert significance.level(making.story("attack", ["Bannu"], told, [both]), TOPIC)[0] == Level.CRITICAL


def test_a_rumour_is_notable_at_most_until_somebody_answers_for_it() -> None:
    rumours = [
        replace(member(name, "Viral post claims strike on Khost", minutes=n), stance=Stance(hearsay=True))
        for n, name in enumerate(("NDTV", "Amu TV"))
    ]
    post = lane(figure("killed", "unspecified", 40, "unattributed"))
    post = replace(post, points=(replace(post.points[0], hearsay=True, outlets=("NDTV", "Amu TV")),))
    level, because = significance.level(making.story("air_strike", ["Khost"], rumours, [post]), TOPIC)
    assert level == Level.NOTABLE
    assert "not major: only unverified reports tell it" in because
    six = lane(figure("killed", "afg_civilians", 6, "Zabihullah Mujahid", True))
    story = making.story("air_strike", ["Khost"], [*rumours, *TWO], [post, six])
    level, because = significance.level(story, TOPIC)
    assert level == Level.MAJOR
    assert any(reason.startswith("6 killed") for reason in because)


def test_what_both_sides_deny_is_never_major() -> None:
    told = [member("Amu TV", "Drone hits a house in Kunar")] + [
        replace(member(name, "No strike in Kunar", minutes=5), stance=Stance("denies", name, side))
        for name, side in (("Dawn", "PK"), ("Pajhwok", "AF"))
    ]
    story = making.story("air_strike", ["Kunar"], told, [])
    level, because = significance.level(story, TOPIC)
    assert level <= Level.NOTABLE
    assert any(reason.startswith("both sides deny it") for reason in because)
    assert corroboration(story, TOPIC).word == "both sides deny it"


def test_an_armed_groups_claim_is_one_claim_however_many_repeat_it() -> None:
    told = [
        member(name, "TTP claims 40 soldiers killed", minutes=n) for n, name in enumerate(("AFP", "Dawn"))
    ]
    claim = lane(figure("killed", "pak_security_forces", 40, "TTP"), told=("AFP", "Dawn"))
    claim = replace(claim, speaks_for=voices(TOPIC)["TTP"])
    level, because = significance.level(making.story("attack", ["Bannu"], told, [claim]), TOPIC)
    assert level == Level.MAJOR
    assert any("the toll is only told by TTP" in reason for reason in because) or "sum 5" in because[-1]


@pytest.mark.parametrize(
    "title",
    [
        "Mujahid withdraws claim of strike on Khost",
        "Ministry takes back report of Pakistani strike in Khost",
        "Governor retracts toll of Khost strike",
    ],
)
def test_what_is_only_taken_back_is_never_major(title: str) -> None:
    alone, told = member("TOLOnews", title), member("AFP", "Pakistani jets strike Khost", minutes=9)
    levels = [
        significance.level(making.story("air_strike", ["Khost"], m), TOPIC)[0]
        for m in ([alone], [alone, told])
    ]
    assert levels == [Level.NOTABLE, Level.MAJOR]


def test_where_somebody_came_from_takes_no_part() -> None:
    def parties(lead: str) -> bool:
        told = (member("Dawn", "Four soldiers die in Kurram, ISPR says", lead),)
        story = making.story("attack", ["Kurram"], told, [], ["ISPR", "Afghan Taliban government"])
        return "both governments take part +0.5" in significance.level(story, TOPIC)[1]

    assert not parties("The attackers came from Afghanistan, ISPR said.")
    assert parties("Afghanistan fired first, ISPR said.")
