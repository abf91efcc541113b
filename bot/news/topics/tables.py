"""The topic out of its tables: every row checked, every name compiled.

`settings` reads the files. Every problem is a `TopicError` that names the file's table, the row, the key and
what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from bot.news.glosses.table import Glossary, glossary
from bot.news.model import SIDES
from bot.news.text import idf
from bot.news.text.around import Around
from bot.news.text.idf import Terms
from bot.news.text.lexicon import ACTOR_KINDS, PLACE_KINDS, Lexicon, Name
from bot.news.text.words import word_set
from bot.news.topics.chronology import events
from bot.news.topics.classifier import classifier
from bot.news.topics.nations import nations
from bot.news.topics.outlets import outlets
from bot.news.topics.roles import roles
from bot.news.topics.rows import TopicError, numbers, only, phrases, records, text
from bot.news.topics.scale import scale
from bot.news.topics.topic import Actor, Place, Term, Topic

WEIGHTS = word_set(
    "threshold meet_title meet_sentence meet_lead meet_text foreign happening happening_far border soil group group_attack militancy "
    "bomb uniform frontier rival_group actor off_title off_text off_sport others_policy other_border archive_days"
)
GLOSS = "gloss_"  # before the language, in the name of its file
Tables = Mapping[str, Mapping[str, Any]]
Words = dict[str, tuple[str, ...]]  # by the name of the list
Named = TypeVar("Named", Actor, Place)


def build(tables: Tables) -> Topic:
    """The topic of its tables: topic, actors, places, wording, outlets, chronology and the others' own."""
    main, spoken, grouping = (tables.get(file, {}) for file in ("topic", "languages", "stories"))
    only(main, {"topic", "roles", "weights", "words"}, "topic")
    only(spoken, {"actors", "places", "words", "around"}, "languages")
    around = _lists(spoken.get("around", {}), "languages: around")
    only(around, Around._fields, "languages: around")
    named = main.get("topic", {})
    only(named, {"name", "title"}, "topic: topic")
    actors = records(_rows(tables, "actors", "actor"), "actors: actor", Actor, kind=ACTOR_KINDS, side=SIDES)
    places = records(_rows(tables, "places", "place"), "places: place", Place, kind=PLACE_KINDS)
    _check_names(actors, places)
    actors = _owned(_called(actors, spoken, "actors"))
    places = _called(places, spoken, "places")
    words = _worded(_lists(main.get("words", {}), "topic: words"), spoken.get("words", {}))
    words |= _lists(grouping.get("words", {}), "stories: words", "stories.")
    weights = numbers(main.get("weights", {}), "topic: weights")
    if missing := sorted(WEIGHTS - weights.keys()):
        raise TopicError(f"topic: weights.{missing[0]} is missing (needed: {', '.join(sorted(WEIGHTS))})")
    more = numbers(grouping.get("weights", {}), "stories: weights")
    known = outlets(_rows(tables, "outlets", "outlet"))
    lexicon = _lexicon(actors, places, words, Around.of(around))
    return Topic(
        name=text(named, "name", "topic: topic"),
        title=text(named, "title", "topic: topic"),
        actors=actors,
        places=places,
        outlets=known,
        wording=records(_rows(tables, "wording", "term"), "wording: term", Term, side=SIDES),
        roles=roles(main.get("roles", {}), actors, places),
        nations=nations(actors, places),
        words={**words, **_lists(tables.get("figures", {}), "figures", "figures.")},
        telling={
            name: frozenset(told) for name, told in _lists(tables.get("telling", {}), "telling").items()
        },
        gates=Lexicon(words=_lists(tables.get("crossings", {}), "crossings").items()),
        weights=weights | {f"stories.{name}": weight for name, weight in more.items()},
        chronology=events(_rows(tables, "chronology", "event"), known),
        glosses=_glosses(tables),
        lexicon=lexicon,
        gazetteer={place.name: place for place in places},
        sides={actor.name: actor.side for actor in actors},
        **_others(tables, lexicon, actors),
    )


def _glosses(tables: Tables) -> dict[str, Glossary]:
    """The languages that are read in English, by their codes."""
    files = [file for file in tables if file.startswith(GLOSS)]
    try:
        return {file.removeprefix(GLOSS): glossary(tables[file], file) for file in files}
    except ValueError as error:
        raise TopicError(str(error)) from None


def _others(tables: Tables, lexicon: Lexicon, actors: Collection[Actor]) -> dict[str, Any]:
    """What other parts of the judgement make of their own files."""
    found: dict[str, Any] = {}
    try:
        if "idf" in tables and "stories" in tables:
            table = idf.build(tables["idf"], tables["stories"], _offices(actors))
            found["terms"] = Terms(lexicon, table)
        if "significance" in tables:
            found["scale"] = scale(tables["significance"])
        if "kinds" in tables:
            found["kinds"] = classifier(tables["kinds"])
    except ValueError as error:
        raise TopicError(str(error)) from None
    except KeyError as error:
        raise TopicError(f"idf, stories, significance or kinds: {error.args[0]!r} is missing") from None
    return found


def _offices(actors: Collection[Actor]) -> dict[str, str]:
    """The office of each person who holds one: a minister is named by it as often as by name."""
    offices = {actor.name for actor in actors if actor.kind == "office"}
    return {actor.name: actor.of for actor in actors if actor.kind == "person" and actor.of in offices}


# --------------------------------------------------------------------------- rows of actors, places and terms


def _called(rows: tuple[Named, ...], spoken: Mapping[str, Any], table: str) -> tuple[Named, ...]:
    """Actors or places with what the feeds' other languages call them: the name that readers see → more of them."""
    more = _lists(spoken.get(table, {}), f"languages: {table}")
    if unknown := sorted(more.keys() - {row.name for row in rows}):
        raise TopicError(f"languages: {table}: nothing is called {unknown[0]!r}")
    return tuple(replace(row, aliases=row.aliases + more.get(row.name, ())) for row in rows)


def _owned(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each office and who holds one by all that its state is called: "Taliban", "Emirate" and "Afghan defence ministry".

    Not so the men of a force, who never speak: an "Afghan fighter" may be anybody's.
    """
    owning = {actor.side: actor.owning for actor in actors if actor.kind == "state" and actor.owning}
    taken = {alias for actor in actors for alias in actor.aliases}
    return tuple(
        replace(
            actor,
            aliases=actor.aliases + tuple(dict.fromkeys(_of_all(actor.aliases, owning[actor.side], taken))),
        )
        if actor.claimant and actor.kind in ("office", "person") and actor.side in owning
        else actor
        for actor in actors
    )


def _of_all(aliases: tuple[str, ...], owning: tuple[str, ...], taken: Collection[str]) -> Iterator[str]:
    for alias in aliases:
        whose, _, office = alias.partition(" ")
        if office and whose in owning:
            yield from (name for other in owning if (name := f"{other} {office}") not in taken)


def _check_names(actors: Collection[Actor], places: Collection[Place]) -> None:
    """No name twice, which would make its mentions ambiguous, and no country that is none."""
    taken: set[str] = set()
    for name in (*(a.name for a in actors), *(f"{p.name} (place)" for p in places)):
        if name in taken:
            raise TopicError(f"actors, places: {name!r} is there twice")
        taken.add(name)
    for place in places:
        if place.country != "border" and not (len(place.country) == 2 and place.country.isupper()):
            raise TopicError(
                f"places: {place.name}: country must be PK, AF, border or two capital letters, not {place.country!r}"
            )


# --------------------------------------------------------------------------- words


def _worded(words: Words, spoken: Mapping[str, Any]) -> Words:
    """Word lists with their words in other languages."""
    more = _lists(spoken, "languages: words")
    if unknown := sorted(more.keys() - words.keys()):
        raise TopicError(f"languages: words: there is no list {unknown[0]!r}")
    return {name: (*found, *more.get(name, ())) for name, found in words.items()}


def _lexicon(actors: Collection[Actor], places: Collection[Place], words: Words, around: Around) -> Lexicon:
    """Every alias and cue word, compiled."""
    names = [(Name(a.name, a.kind, a.side, a.weight), a.aliases) for a in actors]
    for place in places:
        names.append((Name(place.name, place.kind, place.side, place.weight), place.aliases))
        names.append((Name(place.name, "demonym", place.side, place.weight), place.demonyms))
    try:
        return Lexicon(names, words.items(), around)
    except ValueError as error:
        raise TopicError(f"actors, places, topic: {error}") from None


def _rows(tables: Tables, file: str, table: str) -> list[Mapping[str, Any]]:
    content = tables.get(file, {})
    only(content, {table}, file)
    rows = content.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise TopicError(f"{file}: {table} must be tables, each under [[{table}]]")
    return rows


def _lists(table: Mapping[str, Any], where: str, prefix: str = "") -> Words:
    """Nested tables of lists, flat: words.type.attack is "type.attack"."""
    found: Words = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _lists(value, f"{where}.{key}", f"{prefix}{key}.")
        else:
            found[prefix + key] = phrases(value, f"{where}.{key}")
    return found
