"""Levels have reasons, follow the most cautious claim, and no lone claim is critical."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.news.alerts import significance
from bot.news.model import Level
from bot.news.topics import scale
from tests.news import making
from tests.news.making import DAY, figure, lane, member, past

TOPIC = making.shipped()
BOTH = ("Pakistan (government)", "Afghan Taliban government")
TWO = (member("AFP", "Strike on a village in Khost kills civilians"), member("TOLOnews", "Strike in Khost"))


def test_the_reasons_add_up() -> None:
    story = making.story(
        "air_strike", ["Khost"], TWO, [lane(figure("killed", "afg_civilians", 10, "UNAMA"))], BOTH
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
    claim = lane(figure("killed", "pak_security_forces", 58, "Zabihullah Mujahid", False))
    level, because = significance.level(making.story("border_clash", ["Kurram"], told, [claim], BOTH), TOPIC)
    assert level == Level.MAJOR
    assert any("about the other side" in reason for reason in because)


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
    "title", ["UN urges ceasefire on the border", "Ceasefire talks fail to end fighting"]
)
def test_a_wish_is_no_truce(title: str) -> None:
    story = making.story("ceasefire", ["Doha"], [member("AFP", title)])
    assert not any(reason.startswith("truce made") for reason in significance.level(story, TOPIC)[1])


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
