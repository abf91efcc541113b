"""The shipped list obeys its own rule, and a wrong line is named exactly."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.feeds import catalog
from bot.feeds.catalog import CatalogError
from bot.feeds.feed import Feed

CONFIG = Path(__file__).parents[2] / "config"
GOOD = {"url": "https://a.example/rss", "name": "A", "outlet": "A", "side": "PK"}


def shipped() -> dict[str, Any]:
    return tomllib.loads((CONFIG / "feeds.toml").read_text("utf-8"))


def shortfall(feeds: Iterable[Feed], rule: Mapping[str, int]) -> dict[str, int]:
    """How many enabled feeds each side lacks by the list's own rule."""
    have = Counter(feed.side for feed in feeds if feed.enabled)
    return {side: least - have[side] for side, least in rule.items() if have[side] < least}


def test_the_shipped_list_is_balanced() -> None:
    feeds, rule = catalog.load(shipped()), shipped()["balance"]
    assert shortfall(feeds, rule) == {}
    assert set(rule) <= set(catalog.SIDES)
    enabled = Counter(feed.side for feed in feeds if feed.enabled)
    assert {"PK", "AF", "AF-exile", "UN", "intl"} <= set(rule)
    assert max(enabled.values()) * 2 <= enabled.total()


def test_the_rule_would_notice_a_side_that_falls_silent() -> None:
    feeds = [feed for feed in catalog.load(shipped()) if feed.side != "AF"]
    assert shortfall(feeds, shipped()["balance"]) == {"AF": 3}


def test_every_feed_speaks_for_an_outlet_that_we_know_on_the_side_it_is_on() -> None:
    outlets = {
        row["name"]: row for row in tomllib.loads((CONFIG / "outlets.toml").read_text("utf-8"))["outlet"]
    }
    for feed in catalog.load(shipped()):
        if feed.kind == "feed":
            assert feed.outlet in outlets, feed.name
            assert outlets[feed.outlet].get("side", "none") == feed.side, feed.name


def test_search_feeds_are_off_until_an_operator_accepts_their_terms() -> None:
    assert [feed.name for feed in catalog.load(shipped()) if feed.kind != "feed" and feed.enabled] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"side": "Mars"}, "feeds.toml: feed 1 (A): side is 'Mars'; allowed: PK, AF, AF-exile"),
        ({"colour": "red"}, 'feeds.toml: feed 1 (A): unknown key "colour"; allowed: url, name'),
        ({"url": "ftp://a.example/"}, 'feed 1 (A): url: only http and https addresses are read, not "ftp"'),
        ({"url": "https://u:p@a.example/"}, "url: the address carries a user name or password"),
        ({"url": 7}, "url must be text, not 7"),
        ({"url": ""}, "url is missing"),
        ({"enabled": "yes"}, "enabled must be true or false, not 'yes'"),
        ({"interval": 5}, "interval must be seconds from 60 to 604800, not 5"),
        ({"frozen_after": 0}, "frozen_after must be hours from 1 to 8760, not 0"),
        ({"interval": True}, "interval must be seconds"),
        ({"zone": "Asia/Atlantis"}, "zone 'Asia/Atlantis' is not a time zone"),
        ({"kind": "podcast"}, "kind is 'podcast'; allowed: feed, google-news, gdelt"),
    ],
)
def test_a_wrong_line_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(CatalogError) as caught:
        catalog.load({"feed": [{**GOOD, **change}]})
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"feeds": []}, 'unknown table "feeds"'),
        ({"feed": {}}, "write [[feed]]"),
        ({"feed": ["x"]}, "feed 1: must be a table"),
        ({"feed": [GOOD, GOOD]}, "https://a.example/rss is listed twice"),
    ],
)
def test_a_wrong_file_is_named(tables: dict[str, Any], message: str) -> None:
    with pytest.raises(CatalogError, match=r"feeds\.toml") as caught:
        catalog.load(tables)
    assert message in str(caught.value)
