"""The configuration of a topic: what it refuses, and in which words."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.news.figures.claims import houses
from bot.news.topics.rows import TopicError
from bot.news.topics.tables import build
from tests.news.making import shipped

CONFIG = Path(__file__).parents[3] / "config"
TABLES = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in CONFIG.glob("topics/pakistan-afghanistan/*.toml")
}
TABLES["outlets"] = tomllib.loads((CONFIG / "outlets.toml").read_text("utf-8"))


def venue(name: str) -> int:
    """The row of a place."""
    return next(n for n, row in enumerate(TABLES["places"]["place"]) if row["name"] == name)


def cast(**roles: Any) -> dict[str, Any]:
    """The tables with other roles in topic.toml; None takes one away."""
    tables = copy.deepcopy(TABLES)
    kept = {**tables["topic"]["roles"], **roles}
    tables["topic"]["roles"] = {key: value for key, value in kept.items() if value is not None}
    return tables


def changed(file: str, table: str, row: int, **values: Any) -> dict[str, Any]:
    tables = copy.deepcopy(TABLES)
    found = tables[file][table][row]
    for key, value in values.items():
        if value is None:
            del found[key]
        else:
            found[key] = value
    return tables


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (changed("actors", "actor", 0, kind="king"), r"actors: actor 1 \(Pakistan .*kind is 'king' \(allowed: agency"),
        (changed("actors", "actor", 0, side="XX"), r"side is 'XX' \(allowed: AF, AF-exile"),
        (changed("actors", "actor", 1, nick="x"), r"actor 2 \(ISPR\): unknown key 'nick'"),
        (changed("actors", "actor", 1, aliases="ISPR"), "aliases must be a list of words"),
        (changed("actors", "actor", 1, aliases=["—"]), "no letters"),
        (changed("actors", "actor", 1, weight="high"), "weight must be"),
        (changed("actors", "actor", 1, name="Pakistan (government)"), "'Pakistan .government.' is there twice"),
        (changed("places", "place", 0, country="Pakistan"), "country must be PK, AF, border or two capital letters"),
        (changed("places", "place", 0, name=None), "name is missing"),
        (changed("wording", "term", 0, neutral=""), r"wording: term 1 \(martyred\): neutral must be some text"),
        ({**TABLES, "topic": {**TABLES["topic"], "weights": {}}}, r"topic: weights\..* is missing"),
        ({**TABLES, "topic": {**TABLES["topic"], "words": {"type": {"attack": "bomb"}}}}, r"words\.type\.attack must be a list"),
        ({**TABLES, "languages": {"actors": {"ISPRR": ["x"]}}}, "languages: actors: nothing is called 'ISPRR'"),
        ({**TABLES, "languages": {"words": {"type": {"atack": ["x"]}}}}, r"languages: words: there is no list 'type\.atack'"),
        (cast(rival=["ISKP"]), r"topic: roles: unknown key 'rival' \(allowed: army, bystanders"),
        (cast(line=None), "topic: roles: line must be some text"),
        (cast(line="ISPR"), "topic: roles.line: no row of places has the name 'ISPR'"),
        (cast(bystanders="Qatar"), r"topic: roles\.bystanders must be a list of words, not 'Qatar'"),
        (cast(bystanders=["Qatar", "Katar"]), r"topic: roles\.bystanders: no row of actors or places has the name 'Katar'"),
        (cast(missions={"UNAMA": "Afghanistan"}), r"roles\.missions: UNAMA is 'Afghanistan' \(allowed: AF, AF-exile"),
        (cast(missions={"UNMA": "AF"}), r"topic: roles\.missions: no row of actors has the name 'UNMA'"),
        (changed("places", "place", 0, demonyms=[]), "places: Pakistan: demonyms must begin with what its people are called"),
        (changed("places", "place", 0, kind="line"), "places: PK needs one country, and has none"),
        (changed("places", "place", 0, capital=True), "places: PK needs one capital, and has Pakistan, Islamabad"),
        (changed("places", "place", 0, capital="yes"), "capital must be true or false"),
        (changed("places", "place", venue("Doha"), capital=True), "places: Doha: capital is for towns of PK and AF"),
        (changed("actors", "actor", 0, kind="office"), "actors: PK needs one state, and has none"),
        ({**TABLES, "languages": {"around": {"befor": ["در"]}}}, r"languages: around: unknown key 'befor' \(allowed: arriving, before"),
        ({**TABLES, "languages": {"around": {"before": "در"}}}, r"languages: around\.before must be a list of words"),
        ({**TABLES, "actors": {"actor": {"name": "x"}}}, r"actors: actor must be tables, each under \[\[actor\]\]"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tables: dict[str, Any], message: str) -> None:
    with pytest.raises(TopicError, match=message):
        build(tables)


def test_what_other_languages_call_a_name_stands_in_one_place() -> None:
    spoken = TABLES["languages"]
    for table, rows in (("places", TABLES["places"]["place"]), ("actors", TABLES["actors"]["actor"])):
        known = {row["name"]: set(row["aliases"]) for row in rows}
        again = {name: both for name, more in spoken[table].items() if (both := known[name] & set(more))}
        assert not again, table


def test_the_shipped_topic_is_whole() -> None:
    topic = shipped()
    assert len(topic.actors) > 120
    assert len(topic.places) > 120
    known = {actor.name for actor in topic.actors}
    assert all(actor.of in known for actor in topic.actors if actor.of)
    provinces = {place.name for place in topic.places if place.kind == "province"} | {"Kabul", "Punjab"}
    assert all(place.province in provinces for place in topic.places if place.province)


def test_the_two_countries_are_called_as_the_ledger_calls_them() -> None:
    nations = shipped().nations
    assert {side: nation.name for side, nation in nations.items()} == houses.COUNTRIES
    called = {word: side for side, nation in nations.items() for word in (nation.people, nation.name)}
    assert called == houses.PEOPLES
    assert [nation.capital for nation in nations.values()] == ["Islamabad", "Kabul"]


def test_each_actor_and_place_is_found_by_every_alias() -> None:
    topic = shipped()
    for actor in topic.actors:
        for alias in actor.aliases:
            plain = alias.lstrip("=")
            if "~" in alias or "?" in alias:
                continue
            found = topic.lexicon.mentions(plain.replace("*", ""))
            assert found, (actor.name, alias)


def test_no_alias_means_two_actors() -> None:
    owners: dict[str, str] = {}
    for actor in shipped().actors:
        for alias in actor.aliases:
            if "~" not in alias and "?" not in alias:
                assert owners.setdefault(alias, actor.name) == actor.name
