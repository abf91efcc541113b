"""The shipped outlets can be used, and copies belong to who wrote them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.news.topics import outlets
from bot.news.topics.rows import TopicError
from bot.news.topics.topic import Outlet

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture(scope="module")
def known() -> tuple[Outlet, ...]:
    return outlets.outlets(tomllib.loads((CONFIG / "outlets.toml").read_text("utf-8"))["outlet"])


def test_the_shipped_table_has_all_sides(known: tuple[Outlet, ...]) -> None:
    sides = {outlet.side for outlet in known}
    assert {"PK", "AF", "AF-exile", "UN", "IN", "intl"} <= sides


@pytest.mark.parametrize(
    ("name", "url", "family", "side"),
    [
        ("Dawn", "https://www.dawn.com/news/1", "Dawn Media Group", "PK"),
        ("", "https://images.dawn.com/news/1", "Dawn Media Group", "PK"),
        ("Dawn (AFP)", "https://www.dawn.com/news/1", "AFP", "intl"),
        ("AFP via The Sun Malaysia", "https://thesun.my/x", "AFP", "intl"),
        ("LatestLY/ANI", "https://www.latestly.com/x", "ANI", "IN"),
        ("RFE/RL via Chile Sun", "https://www.chilesun.com/x", "RFE/RL", "intl"),
        ("Dawn (via LatestTitles)", "https://www.latesttitles.com/x", "Dawn Media Group", "PK"),
        ("TOLOnews (repost)", "https://afghanistanpeacecampaign.org/x", "Moby Group", "AF"),
        ("APP", "https://www.app.com.pk/x", "Government of Pakistan", "PK"),
        ("AP", "https://apnews.com/x", "Associated Press", "intl"),
        ("Geo News", "https://geo-news.example/x", "Jang Group", "PK"),
        ("dawn.com.evil.example", "https://dawn.com.evil.example/x", "dawn.com.evil.example", "none"),
        ("Ghazni Gazette", "not an address", "Ghazni Gazette", "none"),
        ("", "http://[", "", "none"),
    ],
)
def test_find(known: tuple[Outlet, ...], name: str, url: str, family: str, side: str) -> None:
    outlet = outlets.finder(known)(name, url)
    assert (outlet.family, outlet.side) == (family, side)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"side": "PK", "kind": "own"}, "name is missing"),
        ({"name": "A", "side": "Mars", "kind": "own"}, "side is 'Mars' .allowed: "),
        ({"name": "A", "side": "PK", "kind": "good"}, "kind is 'good' .allowed: "),
        ({"name": "A", "side": "PK", "kind": "own", "colour": "red"}, "unknown key 'colour'"),
        ({"name": "A", "side": "PK", "kind": "own", "hosts": [1]}, "hosts must be a list of words"),
    ],
)
def test_a_bad_row_is_one_clear_line(row: dict[str, object], words: str) -> None:
    with pytest.raises(TopicError, match=words):
        outlets.outlets([row])


def test_no_name_or_host_twice() -> None:
    rows = [
        {"name": "A", "side": "PK", "kind": "own", "hosts": ["a.example"]},
        {"name": "B", "side": "AF", "kind": "own", "hosts": ["www.a.example"]},
    ]
    with pytest.raises(TopicError, match=r"'a.example' stands for A and for B"):
        outlets.outlets(rows)
