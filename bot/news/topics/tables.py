"""The topic out of its tables: every row checked, every name compiled.

`settings` reads the files. Every problem is a `TopicError` that names the file's table, the row, the key and
what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from typing import Any, get_args

from bot.news.model import EVENT_TYPES, Side
from bot.news.signs.frames import Frame, parse
from bot.news.text import idf
from bot.news.text.idf import Terms
from bot.news.text.lexicon import ACTOR_KINDS, PLACE_KINDS, Lexicon, Name
from bot.news.text.words import word_set
from bot.news.topics.chronology import events
from bot.news.topics.outlets import outlets
from bot.news.topics.rows import TopicError, number, one_of, only, text
from bot.news.topics.scale import scale
from bot.news.topics.topic import Actor, Place, Term, Topic, Weights

SIDES = get_args(Side)
WEIGHTS = sorted(
    word_set(
        "threshold meet_title meet_sentence meet_lead meet_text foreign happening happening_far border soil group group_attack militancy "
        "bomb uniform frontier rival_group actor off_title off_text off_sport others_policy other_border archive_days "
        "type_title type_lead type_second type_later type_statement type_multilateral type_aside "
        "type_broken type_means"
    )
)
Tables = Mapping[str, Mapping[str, Any]]


def build(tables: Tables) -> Topic:
    """The topic of its tables: topic, actors, places, wording, outlets, chronology and the others' own."""
    spoken = tables.get("languages", {})
    only(spoken, {"actors", "places", "words"}, "languages")
    actors = tuple(_actor(row, n) for n, row in enumerate(_rows(tables, "actors", "actor"), 1))
    places = tuple(_place(row, n) for n, row in enumerate(_rows(tables, "places", "place"), 1))
    _distinct(actors, places)
    called = _spoken(spoken, "actors", actors)
    actors = tuple(replace(a, aliases=(*a.aliases, *called.get(a.name, ()))) for a in actors)
    called = _spoken(spoken, "places", places)
    places = tuple(replace(p, aliases=(*p.aliases, *called.get(p.name, ()))) for p in places)
    wording = tuple(_term(row, n) for n, row in enumerate(_rows(tables, "wording", "term"), 1))
    known = outlets(_rows(tables, "outlets", "outlet"))
    main = tables.get("topic", {})
    only(main, {"topic", "weights", "words", "frames"}, "topic")
    grouping = tables.get("stories", {})
    words = {
        **_worded(
            _lists(main.get("words", {}), "topic: words"), _lists(spoken.get("words", {}), "languages: words")
        ),
        **_lists(grouping.get("words", {}), "stories: words", "stories."),
    }
    named = main.get("topic", {})
    only(named, {"name", "title"}, "topic: topic")
    lexicon = _lexicon(actors, places, words)
    return Topic(
        name=text(named, "name", "topic: topic"),
        title=text(named, "title", "topic: topic"),
        actors=actors,
        places=places,
        outlets=known,
        wording=wording,
        words={**words, **_lists(tables.get("figures", {}), "figures", "figures.")},
        gates=Lexicon(words=_lists(tables.get("crossings", {}), "crossings").items()),
        weights=Weights(
            {
                **_numbers(main.get("weights", {}), "topic: weights", WEIGHTS),
                **{
                    f"stories.{k}": v
                    for k, v in _numbers(grouping.get("weights", {}), "stories: weights").items()
                },
            }
        ),
        chronology=events(_rows(tables, "chronology", "event"), known),
        frames=_frames(main.get("frames", {}), words),
        lexicon=lexicon,
        gazetteer={place.name: place for place in places},
        **_others(tables, lexicon, _offices(actors)),
    )


def _offices(actors: tuple[Actor, ...]) -> dict[str, str]:
    """The office of each person who holds one: a minister is named by it as often as by name."""
    offices = {actor.name for actor in actors if actor.kind == "office"}
    return {actor.name: actor.of for actor in actors if actor.kind == "person" and actor.of in offices}


def _others(tables: Tables, lexicon: Lexicon, offices: Mapping[str, str]) -> dict[str, Any]:
    """What other parts of the judgement make of their own files."""
    found: dict[str, Any] = {}
    try:
        if "idf" in tables and "stories" in tables:
            found["terms"] = Terms(lexicon, idf.build(tables["idf"], tables["stories"], offices))
        if "significance" in tables:
            found["scale"] = scale(tables["significance"])
    except ValueError as error:
        raise TopicError(str(error)) from None
    except KeyError as error:
        raise TopicError(f"idf, stories or significance: {error.args[0]!r} is missing") from None
    return found


def _actor(row: Mapping[str, Any], number: int) -> Actor:
    where = f"actors: actor {number} ({row.get('name', 'no name')})"
    only(row, {f.name for f in fields(Actor)}, where)
    one_of(row, "kind", where, ACTOR_KINDS)
    one_of(row, "side", where, SIDES)
    return Actor(**_typed(row, Actor, where))


def _place(row: Mapping[str, Any], number: int) -> Place:
    where = f"places: place {number} ({row.get('name', 'no name')})"
    only(row, {f.name for f in fields(Place)}, where)
    one_of(row, "kind", where, PLACE_KINDS)
    country = text(row, "country", where)
    if country != "border" and not (len(country) == 2 and country.isupper()):
        raise TopicError(f"{where}: country must be PK, AF, border or two capital letters, not {country!r}")
    return Place(**_typed(row, Place, where))


def _spoken(
    spoken: Mapping[str, Any], table: str, known: Iterable[Actor | Place]
) -> dict[str, tuple[str, ...]]:
    """What the feeds' other languages call actors or places: the name that readers see → more of them."""
    more = _lists(spoken.get(table, {}), f"languages: {table}")
    if unknown := sorted(more.keys() - {row.name for row in known}):
        raise TopicError(f"languages: {table}: nothing is called {unknown[0]!r}")
    return more


def _worded(
    words: dict[str, tuple[str, ...]], more: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Word lists with their words in other languages."""
    if unknown := sorted(more.keys() - words.keys()):
        raise TopicError(f"languages: words: there is no list {unknown[0]!r}")
    return {name: (*found, *more.get(name, ())) for name, found in words.items()}


def _term(row: Mapping[str, Any], number: int) -> Term:
    where = f"wording: term {number} ({row.get('term', 'no term')})"
    only(row, {f.name for f in fields(Term)}, where)
    one_of(row, "side", where, SIDES)
    text(row, "neutral", where)
    return Term(**_typed(row, Term, where))


def _distinct(actors: tuple[Actor, ...], places: tuple[Place, ...]) -> None:
    """A name that stands twice would make its mentions ambiguous."""
    taken: set[str] = set()
    for name in (*(a.name for a in actors), *(f"{p.name} (place)" for p in places)):
        if name in taken:
            raise TopicError(f"actors, places: {name!r} is there twice")
        taken.add(name)


def _lexicon(
    actors: tuple[Actor, ...], places: tuple[Place, ...], words: dict[str, tuple[str, ...]]
) -> Lexicon:
    """Every alias and cue word, compiled."""
    names: list[tuple[Name, tuple[str, ...]]] = [
        (Name(a.name, a.kind, a.side, a.weight), a.aliases) for a in actors
    ]
    for place in places:
        names.append((Name(place.name, place.kind, place.side, place.weight), place.aliases))
        names.append((Name(place.name, "demonym", place.side, place.weight), place.demonyms))
    try:
        return Lexicon(names, words.items())
    except ValueError as error:
        raise TopicError(f"actors, places, topic: {error}") from None


def _frames(table: Mapping[str, Any], words: Collection[str]) -> tuple[Frame, ...]:
    only(table, EVENT_TYPES, "topic: frames")
    found: list[Frame] = []
    for kind, patterns in table.items():
        for pattern in _phrases(patterns, f"topic: frames.{kind}"):
            try:
                found.append(parse(f"type.{kind}", pattern, words))
            except ValueError as error:
                raise TopicError(f"topic: frames.{kind}: {error}") from None
    return tuple(found)


def _typed(row: Mapping[str, Any], kind: type, where: str) -> dict[str, Any]:
    """A row's values, each of its field's type, lists as tuples."""
    typed: dict[str, Any] = {}
    for field_ in fields(kind):
        if field_.name not in row:
            if field_.default is MISSING:
                raise TopicError(f"{where}: {field_.name} is missing")
            continue
        value, wanted = row[field_.name], str(field_.type).removesuffix(" | None")
        if wanted.startswith("tuple"):
            value = _phrases(value, f"{where}: {field_.name}")
        elif wanted == "float":
            value = number(value, f"{where}: {field_.name}")
        elif not isinstance(value, bool if wanted == "bool" else str):
            raise TopicError(
                f"{where}: {field_.name} must be {'true or false' if wanted == 'bool' else 'some text'}"
            )
        typed[field_.name] = value
    return typed


def _rows(tables: Tables, file: str, table: str) -> list[Mapping[str, Any]]:
    content = tables.get(file, {})
    only(content, {table}, file)
    rows = content.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise TopicError(f"{file}: {table} must be tables, each under [[{table}]]")
    return rows


def _lists(table: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, tuple[str, ...]]:
    """Nested tables of lists, flat: words.type.attack is "type.attack"."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _lists(value, f"{where}.{key}", f"{prefix}{key}.")
        else:
            found[prefix + key] = _phrases(value, f"{where}.{key}")
    return found


def _phrases(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise TopicError(f"{where} must be a list of words, not {value!r}"[:300])
    return tuple(value)


def _numbers(table: Mapping[str, Any], where: str, needed: Collection[str] = ()) -> dict[str, float]:
    found = {key: number(value, f"{where}.{key}") for key, value in table.items()}
    missing = sorted(set(needed) - set(table))
    if missing:
        raise TopicError(f"{where}.{missing[0]} is missing (needed: {', '.join(needed)})")
    return found
